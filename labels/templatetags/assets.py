"""Scripts under their hashed names, without a build step.

Modules import each other by plain relative paths. An import map made from the manifest sends each of these
addresses to the hashed file that holds the module, so that a browser may keep a file for ever and a changed one
is fetched at once. Where files are served under their own names, as in tests, there is no manifest and nothing to
map.
"""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

MODULES = "labels/"
WORDS = "labels/words/"
"""Where the words of modules are, a script for each folder and language: no modules, and of no import map."""


@register.simple_tag(takes_context=True)
def import_map(context: dict[str, Any]) -> SafeString:
    """Print the import map. It stands before every module script and every preload: later ones are ignored."""
    modules = _hashed(MODULES)
    if not modules:
        return SafeString("")
    addresses = {settings.STATIC_URL + name: address for name, address in modules.items()}
    # The names are those of our own files, and `<` could not stand in an address unescaped.
    listed = mark_safe(json.dumps({"imports": addresses}, separators=(",", ":")))  # noqa: S308
    nonce = getattr(context["request"], "csp_nonce", "")
    return format_html('<script type="importmap" nonce="{}">{}</script>', nonce, listed)


@register.simple_tag
def words(folder: str) -> SafeString:
    """Print the script with what a folder's modules say in the page's language. English, the source, has none.

    It is deferred as modules are, so that it has run before those that stand after it.
    """
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return SafeString("")
    return format_html('<script src="{}" defer></script>', static(f"{WORDS}{folder}.{language}.js"))


@register.simple_tag
def module_preloads(folder: str) -> SafeString:
    """Print a link for each file that holds modules of a folder, so that a browser fetches them all at once.

    A folder in it has a line of its own on the page that needs it: what it holds is for some pages only.
    """
    addresses = dict.fromkeys(
        address for name, address in _hashed(folder).items() if "/" not in name.removeprefix(folder)
    )
    return format_html_join(
        "\n", '<link rel="modulepreload" href="{}">', ((each,) for each in addresses)
    )


def _hashed(folder: str) -> dict[str, str]:
    """Return the folder's modules by name, each with the address of the hashed file that holds it."""
    manifest: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    return {
        name: settings.STATIC_URL + hashed
        for name, hashed in sorted(manifest.items())
        if name.startswith(folder) and name.endswith(".js") and not name.startswith(WORDS)
    }
