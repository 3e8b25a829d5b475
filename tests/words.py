"""The words of other languages: `python -m tests.words` brings each catalogue up to what the source says.

`labels/locale/<language>/LC_MESSAGES/django.po` is what translators write. What Django reads (`django.mo`)
and what browsers do (`labels/static/labels/words/`) are made from it and kept beside it: serving needs no tool.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "labels"
LOCALE = LABELS / "locale"
MODULES = LABELS / "static/labels"
SCRIPTS = MODULES / "words"
LANGUAGES = ("de", "ja", "es")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
FOLDERS = ("canvas", "pages")
"""Folders of modules that speak."""

PYTHON: dict[str, Any] = {
    **dict.fromkeys(("say", "noted", "_", "gettext", "gettext_lazy")),
    **dict.fromkeys(("say_many", "ngettext"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    "npgettext": ((1, "c"), 2, 3),
}
"""What says a sentence in Python, and in what Django makes of a template."""
JAVASCRIPT: dict[str, Any] = {"t": None, "woven": None, "counted": (2, 3)}

FILLED = re.compile(r"\$\{((?:[^`{}]|\{[^`{}]*\})*)\}")
"""What a template literal is filled with."""
LITERAL = re.compile(rf"`(?:[^`\\$]|\\.|\$(?!\{{)|{FILLED.pattern})*`", re.DOTALL)

Said = tuple[str | tuple[str, ...], str | None]
"""A sentence, or its singular and plural, and its context."""


def said_in_python(source: str) -> Iterator[Said]:
    """Yield what a module says."""
    for _line, said, _comments, context in extract("python", io.BytesIO(source.encode()), PYTHON):
        yield said, context


def said_in_template(source: str) -> Iterator[Said]:
    """Yield what a template says: Django turns its tags into calls, and all else into one word."""
    from django.utils.translation.template import templatize  # noqa: PLC0415 - settings come first

    # Between brackets, no line's indent has a meaning.
    yield from said_in_python(f"({templatize(source)})")


def said_in_module(source: str) -> Iterator[Said]:
    """Yield what a JavaScript module says."""
    found = extract("javascript", io.BytesIO(_opened(source).encode()), JAVASCRIPT)
    for _line, said, _comments, context in found:
        yield said, context


def _opened(source: str) -> str:
    """Return a module whose template literals are sums, from the innermost out: Babel does not look into them."""
    while (less := LITERAL.sub(_sum, source)) != source:
        source = less
    return source


def _sum(literal: re.Match[str]) -> str:
    parts = (f"({each})" for each in FILLED.findall(literal[0]))
    return " + ".join(['""', *parts])


def said_of_entries() -> Iterator[tuple[Path, Said]]:
    """Yield title and help of each format and the title of each measure: they stand in its docstring."""
    from labels import agreement, exporters, importers  # noqa: PLC0415 - as above
    from labels.catalogue import catalogue  # noqa: PLC0415 - as above

    for package in (exporters, importers):
        for key, entry in catalogue(package).items():
            for text in filter(None, (entry.title, entry.help)):
                yield Path(package.__path__[0]) / f"{key}.py", (text, None)
    for key, entry in catalogue(agreement).items():
        yield Path(agreement.__path__[0]) / f"{key}.py", (entry.title, None)


def said() -> Iterator[tuple[Path, Said]]:
    """Yield all that the product says to people, with the file that says it."""
    for files, reader in (
        ([*ROOT.glob("annotator/**/*.py"), *LABELS.glob("**/*.py")], said_in_python),
        (LABELS.glob("templates/**/*.html"), said_in_template),
        ((file for each in FOLDERS for file in (MODULES / each).glob("**/*.js")), said_in_module),
    ):
        for file in sorted(files):
            for each in reader(file.read_text()):
                yield file, each
    yield from said_of_entries()


def source() -> Catalog:
    """Return the catalogue of what there is to translate."""
    found = Catalog(project="Galley", charset="utf-8", header_comment="# Words of Galley.")
    for file, (sentence, context) in said():
        found.add(sentence, locations=[(str(file.relative_to(ROOT)), 0)], context=context)
    return found


def file_of(language: str) -> Path:
    """Return where a language's words are written."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def written(language: str) -> Catalog:
    """Return the catalogue of a language as it is kept."""
    with file_of(language).open("rb") as file:
        return _dateless(read_po(file, locale=language))


def _dateless(words: Catalog) -> Catalog:
    """Take out when it was made: it would differ each time."""
    words.creation_date = words.revision_date = LONG_AGO
    return words


def compiled(words: Catalog) -> bytes:
    """Return a catalogue as Django reads it."""
    made = io.BytesIO()
    write_mo(made, words)
    return made.getvalue()


def script(words: Catalog, folder: str) -> str:
    """Return what the modules of a folder say, as a script that a page loads before them."""
    place = str((MODULES / folder).relative_to(ROOT)) + "/"
    found = {
        _key(each): list(each.string) if isinstance(each.string, tuple) else each.string
        for each in words
        if each.id and any(file.startswith(place) for file, _line in each.locations)
    }
    listed = json.dumps(found, ensure_ascii=False, sort_keys=True)
    return f"globalThis.galleyWords = {listed};\n"


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def update(language: str, there: Catalog) -> Catalog:
    """Bring a language's catalogue up to the source, keeping what is translated. Nothing is guessed."""
    file = file_of(language)
    words = written(language) if file.exists() else Catalog(locale=language, project="Galley")
    words.update(there, no_fuzzy_matching=True, update_header_comment=True)
    words.obsolete.clear()
    words.fuzzy = False
    return _dateless(words)


def keep(language: str, words: Catalog) -> None:
    """Write a catalogue, and what is made from it."""
    file = file_of(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as target:
        write_po(target, words, width=110, include_lineno=False, omit_header=False)
    kept = written(language)
    file.with_suffix(".mo").write_bytes(compiled(kept))
    SCRIPTS.mkdir(exist_ok=True)
    for folder in FOLDERS:
        (SCRIPTS / f"{folder}.{language}.js").write_text(script(kept, folder))


def untranslated(words: Catalog) -> list[Message]:
    """Return what has no translation yet."""
    return [
        each
        for each in words
        if each.id and not all(each.string if isinstance(each.string, tuple) else (each.string,))
    ]


def main() -> None:
    """Bring all catalogues up to date, and say what is left to translate."""
    import django  # noqa: PLC0415 - only here; the tests have set it up

    django.setup()
    there = source()
    for language in LANGUAGES:
        keep(language, update(language, there))
        left = untranslated(written(language))
        print(f"{language}: {len(there)} sentences, {len(left)} to translate")


if __name__ == "__main__":
    main()
