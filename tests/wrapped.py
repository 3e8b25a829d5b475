"""Settings with one more language, in which every sentence is wrapped: ⟦Your work⟧. What is bare was not said.

The catalogue and the scripts are written to the folder that `GALLEY_WRAPPED` names.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog

from annotator.settings import *  # noqa: F403 - it is all settings
from annotator.settings import LANGUAGES

from . import words

LANGUAGE = "eo"
FOLDER = Path(os.environ.get("GALLEY_WRAPPED", ""))

LANGUAGES = [*LANGUAGES, (LANGUAGE, "Esperanto")]
LOCALE_PATHS = [FOLDER / "locale"]
STATICFILES_DIRS = [FOLDER / "static"]


def write(folder: Path) -> None:
    """Write the catalogue of the language and the scripts with its words."""
    catalogue = Catalog(locale=LANGUAGE)
    for each in words.source():
        if each.id:
            catalogue.add(each.id, _wrapped(each.id), each.locations, context=each.context)
    compiled = folder / "locale" / LANGUAGE / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    compiled.write_bytes(words.compiled(catalogue))
    scripts = folder / "static/labels/words"
    scripts.mkdir(parents=True)
    for name in words.FOLDERS:
        (scripts / f"{name}.{LANGUAGE}.js").write_text(words.script(catalogue, name))


def _wrapped(said: Any) -> Any:
    return tuple(map(_wrapped, said)) if isinstance(said, tuple) else f"⟦{said}⟧"
