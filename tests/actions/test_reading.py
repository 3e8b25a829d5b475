"""Files as people have them: whole projects of other tools, and documents of word processors."""

from __future__ import annotations

import io
from typing import Any

import pytest
from cassis import Cas

from labels.actions import reading
from labels.errors import UnknownFormat
from labels.importers import _project
from labels.records import Article, BadItem

from ..importers.test_folder import packed
from ..importers.test_uima import layers

TEXT, OTHER = "🗳️ Ruiz said so.", "Nobody has read this."
BEGUN = ("exportedproject2452654953818172424.json", b'{"name": "Taxes"}')


def read(name: str, content: bytes, form: str = reading.AUTO) -> list[Article | BadItem]:
    known: dict[str, Any] = {"columns": {}, "texts": lambda _source: None}
    return list(reading.read([(name, io.BytesIO(content))], form, lambda *_: None, known))


def cas(text: str, label: str = "") -> Cas:
    system = layers()
    found = Cas(typesystem=system)
    found.sofa_string = text
    if label:
        found.add(system.get_type("custom.Span")(begin=3, end=7, label=label))
    return found


def xmi(name: str, of: Cas) -> bytes:
    """Return what INCEpTION packs for one annotator."""
    system = of.typesystem.to_xml()
    assert system
    return packed(
        (f"{name}.xmi", of.to_xmi().encode()), ("TypeSystem.xml", system.encode())
    ).getvalue()


def project(*files: tuple[str, bytes]) -> bytes:
    left_out = [
        ("source/a.txt", TEXT.encode()),
        ("annotation_ser/a.txt/ana.ser", b"\xac\xed\x00\x05"),
        ("log/project-1.log", b""),
        ("guideline/how.pdf", b"%PDF-1.4"),
    ]
    return packed(BEGUN, *left_out, *files).getvalue()


def marks(found: list[Article | BadItem]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Return each text with the annotators and the labels of its sets."""
    for each in found:
        assert isinstance(each, Article), each
    return [
        (x.text, [(y.annotator, [z.label for z in y.spans]) for y in x.annotation_sets])
        for x in found
        if isinstance(x, Article)
    ]


def test_a_project_s_annotators_come_in_and_what_nobody_has_opened() -> None:
    found = read(
        "project.zip",
        project(
            ("annotation/a.txt/webanno1export.zip", xmi("ana", cas(TEXT, "SOURCE"))),
            ("annotation/a.txt/webanno2export.zip", xmi("ben", cas(TEXT, "CUE"))),
            ("annotation/a.txt/webanno3export.zip", xmi("INITIAL_CAS", cas(TEXT))),
            ("annotation/b.txt/webanno4export.zip", xmi("INITIAL_CAS", cas(OTHER))),
            ("curation/a.txt/curated.zip", xmi("CURATION_USER", cas(TEXT, "CLAIM"))),
        ),
    )
    assert marks(found) == [
        (TEXT, [("ana", ["SOURCE"]), ("ben", ["CUE"]), ("CURATION_USER", ["CLAIM"])]),
        (OTHER, []),
    ]


def test_a_project_s_files_need_no_zips_of_their_own() -> None:
    found = read(
        "project.zip",
        project(
            ("annotation/a.txt/ana.json", cas(TEXT, "SOURCE").to_json().encode()),
            ("annotation/a.txt/ben.json", cas(TEXT, "CUE").to_json().encode()),
            ("annotation/a.txt/INITIAL_CAS.json", cas(TEXT).to_json().encode()),
            ("curation/a.txt/CURATION_USER.json", cas(TEXT, "CLAIM").to_json().encode()),
        ),
    )
    sets = [("ana", ["SOURCE"]), ("ben", ["CUE"]), ("CURATION_USER", ["CLAIM"])]
    assert marks(found) == [(TEXT, sets)]


def test_a_project_without_a_format_says_what_to_do() -> None:
    (bad,) = read("project.zip", project())
    assert isinstance(bad, BadItem)
    assert (bad.place, bad.code) == ("project.zip", "no_annotations")
    assert "Export it again" in bad.detail


def test_a_zip_in_a_project_that_is_damaged_is_named() -> None:
    (bad,) = read("project.zip", project(("annotation/a.txt/webanno1export.zip", b"PK\x03\x04")))
    assert isinstance(bad, BadItem)
    assert bad.code == "bad_archive"
    assert bad.detail.startswith("annotation/a.txt/webanno1export.zip: ")


def test_zips_in_a_project_are_unpacked_no_further_than_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_project, "LARGEST_ALL", 1000)
    content = project(
        ("annotation/a.txt/webanno1export.zip", packed(("ana.tsv", bytes(2000))).getvalue())
    )
    (bad,) = read("project.zip", content)
    assert isinstance(bad, BadItem)
    assert bad.code == "too_large"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3"),
        ("a.rtf", rb"{\rtf1\ansi Ruiz said so.}"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.docx", packed(("[Content_Types].xml", b""), ("word/document.xml", b"")).getvalue()),
        ("a.odt", packed(("content.xml", b""), ("META-INF/manifest.xml", b"")).getvalue()),
        ("a.epub", packed(("META-INF/container.xml", b"")).getvalue()),
    ],
)
@pytest.mark.parametrize("form", [reading.AUTO, "text"])
def test_of_a_document_it_is_said_what_to_do(name: str, content: bytes, form: str) -> None:
    with pytest.raises(UnknownFormat) as caught:
        read(name, content, form)
    assert caught.value.detail.startswith(f"{name} is a document")
    assert "Save it as text" in caught.value.detail


def test_texts_that_stand_twice_in_a_zip_stay_two() -> None:
    twice = packed(("a.txt", TEXT.encode()), ("b.txt", TEXT.encode())).getvalue()
    assert marks(read("texts.zip", twice)) == [(TEXT, []), (TEXT, [])]
