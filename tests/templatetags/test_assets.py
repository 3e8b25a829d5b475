"""The import map and the preloads, made from the manifest of the real files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import normpath

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.utils import translation

from annotator.joining import EXPORT, IMPORT
from annotator.static import NAMED, PARTS, without_comments

SOURCES = Path(__file__).parent.parent.parent / "labels" / "static"
HASHED = {"staticfiles": {"BACKEND": "annotator.static.HashedFiles"}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("static")
    with served_from(made):
        call_command("collectstatic", verbosity=0, interactive=False)
    return made


@pytest.fixture
def collected(folder: Path) -> Iterator[Path]:
    with served_from(folder):
        yield folder


def served_from(folder: Path) -> override_settings:
    return override_settings(STATIC_ROOT=folder, STORAGES=django_settings.STORAGES | HASHED)


@pytest.fixture
def request_with_nonce(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.csp_nonce = "n0nce"  # type: ignore[attr-defined] # django-csp sets it
    return request


def rendered(source: str, request: HttpRequest) -> str:
    return Template("{% load assets %}" + source).render(Context({"request": request}))


def test_every_module_is_in_the_file_of_its_folder(collected: Path) -> None:
    for file in SOURCES.rglob("*.js"):
        place = str(file.parent.relative_to(SOURCES))
        folder = collected / PARTS.get(place, place)
        names = {file.name, "joined.js"} if file.parent.name != "words" else {file.name}
        served = [
            each.read_bytes()
            for each in folder.glob("*.js")
            if re.sub(r"\.[0-9a-f]{12}\.", ".", each.name) in names
        ]
        written = _statements(without_comments(file.read_bytes()))
        assert any(written <= _statements(each) for each in served), file.name


def test_the_map_leads_to_every_file_that_another_names(
    collected: Path, request_with_nonce: HttpRequest
) -> None:
    addresses = _map(request_with_nonce)
    served = {_served(collected, address) for address in addresses.values()}
    assert {each for each in served if not each.exists()} == set()
    asked = {
        f"/static/{normpath(file.parent.relative_to(collected) / other)}"
        for file in served
        for _how, other in NAMED.findall(file.read_text())
    }
    assert asked <= set(addresses)
    assert {address for address in addresses if address.endswith("/joined.js")} <= asked


def _map(request: HttpRequest) -> dict[str, str]:
    found = re.fullmatch(
        r'<script type="importmap" nonce="n0nce">(.*)</script>',
        rendered("{% import_map %}", request),
    )
    assert found
    addresses: dict[str, str] = json.loads(found[1])["imports"]
    return addresses


def _served(folder: Path, address: str) -> Path:
    return folder / address.removeprefix("/static/")


def _statements(source: bytes) -> set[bytes]:
    """Return the lines of a module without the blanks they begin with, those that joining takes apart left out.

    Which file holds what is asked for on demand is said where they are joined.
    """
    code = NAMED.sub(r"\1", IMPORT.sub("", source.decode()))
    return {line.strip().encode() for line in EXPORT.sub("", code).splitlines()}


def test_a_folder_is_one_file_and_what_a_page_begins_with_another(
    collected: Path, request_with_nonce: HttpRequest
) -> None:
    addresses = _map(request_with_nonce)
    served = {re.sub(r"\.[0-9a-f]{12}\.", ".", address) for address in addresses.values()}
    assert served == {
        "/static/labels/api/docs.js",
        "/static/labels/canvas/index.js",
        "/static/labels/canvas/joined.js",
        "/static/labels/canvas/edit/joined.js",
        "/static/labels/canvas/moves/joined.js",
        "/static/labels/canvas/elsewhere/joined.js",
        "/static/labels/canvas/review/index.js",
        "/static/labels/canvas/review/joined.js",
        "/static/labels/canvas/sheets/joined.js",
        "/static/labels/canvas/touch/joined.js",
        "/static/labels/pages/index.js",
        "/static/labels/pages/joined.js",
    }


def test_style_sheets_are_served_whole(collected: Path) -> None:
    for file in (SOURCES / "labels" / "style").glob("*.css"):
        hashed = collected / staticfiles_storage.stored_name(f"labels/style/{file.name}")  # type: ignore[attr-defined] # a manifest knows
        assert hashed.name != file.name
        served = re.sub(rb"/\*.*?\*/", b"", hashed.read_bytes(), flags=re.DOTALL)
        assert served.split() == _sheet(file).split()


def _sheet(file: Path) -> bytes:
    """Return what a style sheet says, with those that it imports."""
    written = re.sub(rb"/\*.*?\*/", b"", file.read_bytes(), flags=re.DOTALL)
    return re.sub(
        rb'@import "(.*?)";', lambda found: _sheet(file.parent / found[1].decode()), written
    )


def test_a_folder_is_preloaded(collected: Path, request_with_nonce: HttpRequest) -> None:
    html = rendered('{% module_preloads "labels/pages/" %}', request_with_nonce)
    pattern = r'<link rel="modulepreload" href="/static/labels/pages/(\w+)\.[0-9a-f]{12}\.js">'
    names = [re.fullmatch(pattern, line)[1] for line in html.splitlines()]  # type: ignore[index]
    assert sorted(names) == ["index", "joined"]


def test_a_folder_in_it_is_not(collected: Path, request_with_nonce: HttpRequest) -> None:
    html = rendered('{% module_preloads "labels/canvas/" %}', request_with_nonce)
    assert "/static/labels/canvas/index." in html
    assert "/static/labels/canvas/review/" not in html


def test_without_hashes_there_is_nothing_to_map(request_with_nonce: HttpRequest) -> None:
    assert rendered("{% import_map %}", request_with_nonce) == ""
    assert rendered('{% module_preloads "labels/canvas/" %}', request_with_nonce) == ""


def test_only_what_a_page_loads_is_collected(collected: Path) -> None:
    folders = {file.name for file in collected.iterdir() if file.is_dir()}
    assert folders == {"labels", "drf_spectacular_sidecar"}
    assert find("drf_spectacular_sidecar/redoc/bundles/redoc.standalone.js")
    assert not (collected / "drf_spectacular_sidecar" / "redoc").exists()
    assert list(collected.rglob("*.map")) == []


def test_a_page_in_another_language_loads_the_words_of_its_modules(
    collected: Path, request_with_nonce: HttpRequest
) -> None:
    source = '{% words "canvas" %}'
    assert rendered(source, request_with_nonce) == ""
    with translation.override("de"):
        found = re.fullmatch(
            r'<script src="(.*)" defer></script>', rendered(source, request_with_nonce)
        )
    assert found
    address = found[1]
    assert re.fullmatch(r"/static/labels/words/canvas\.de\.\w{12}\.js", address)
    said = (collected / address.removeprefix("/static/")).read_text()
    assert said.startswith("globalThis.galleyWords = {")
    assert '"Nothing to undo.": "Nichts rückgängig zu machen."' in said
