"""What every import format keeps to: a true sample, odd text kept, faults told, streaming."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from collections.abc import Callable
from hashlib import sha256
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels import importers
from labels.catalogue import Entry, catalogue
from labels.importers._folder import Folder, of_listing
from labels.records import Article, BadItem

from ..exporters.articles import ODD_TEXTS
from ..text.texts import kept_texts
from .packed import documents, shown_documents

FORMATS = catalogue(importers)
SINGLE = [each for each in FORMATS.items() if not importers.takes_folders(each[1].module)]
every_format = pytest.mark.parametrize("entry", FORMATS.values(), ids=list(FORMATS))

Files = dict[str, bytes]


def table(texts: list[str]) -> bytes:
    """Return a table with a column of its own for each text's number."""
    target = io.StringIO()
    csv.writer(target).writerows(
        [["text", "number"], *[[text, at] for at, text in enumerate(texts)]]
    )
    return target.getvalue().encode()


def page(texts: list[str]) -> bytes:
    """Return a web page with one story."""
    return f"<html><body><article><p>{escape(texts[0])}</p></article></body></html>".encode()


def workbook(rows: list[list[str]]) -> Files:
    """Return the files of a workbook with one sheet, its texts in the cells."""
    cells = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{in_cell(each)}</t></is></c>' for each in row)
        + "</row>"
        for row in rows
    )
    return {
        "xl/workbook.xml": b"<workbook><sheets><sheet name='a'/></sheets></workbook>",
        "xl/worksheets/sheet1.xml": f"<worksheet>{cells}</worksheet>".encode(),
    }


def in_cell(text: str) -> str:
    """Write a text as a workbook does, which has numbers for what XML cannot hold."""
    held = re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_(?=x)", in_number, text)
    return escape(held, quote=False)


def in_number(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def cas_json(texts: list[str]) -> bytes:
    """Return a CAS in JSON with the first text."""
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": texts[0]}
    return json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": [sofa], "%VIEWS": {}}).encode()


def cas_xmi(texts: list[str]) -> Files:
    """Return a CAS in XML for each text."""
    return {
        f"{at:04}.xmi": (
            '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore">'
            f'<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="{in_attribute(text)}"/></xmi:XMI>'
        ).encode()
        for at, text in enumerate(texts)
    }


def in_attribute(text: str) -> str:
    """Write a text as an attribute has it."""
    written = escape(blanked(text))
    return re.sub("[\0\t\n\r]", lambda found: f"&#{ord(found[0])};", written)


def blanked(text: str) -> str:
    """Put a blank where XML cannot hold a character; a NUL stays, to be refused."""
    return re.sub("[^\0\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", " ", text)


def sheet(text: str) -> bytes:
    """Return a file of WebAnno's with the words of a text in one sentence."""
    lines, at = ["#FORMAT=WebAnno TSV 3.3", "", ""], 0
    found = text.split()
    if found:
        lines.append("#Text=" + " ".join(found).replace("\\", "\\\\"))
    for number, word in enumerate(found, 1):
        end = at + len(word.encode("utf-16-le")) // 2
        lines.append(f"1-{number}\t{at}-{end}\t" + word.replace("\\", "\\\\"))
        at = end + 1
    return "\n".join([*lines, ""]).encode()


def described(text: str, at: int) -> object:
    """Return an annotation that says what the text of an article is."""
    return {
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "TextualBody", "purpose": "describing", "value": text},
        "target": f"urn:article:{at}",
    }


# A file, or a folder, of each format that holds the given texts. A new format has to be added here.
FILES: dict[str, Callable[[list[str]], bytes | Files]] = {
    "argilla": lambda texts: "".join(
        json.dumps({"fields": {"text": each}, "responses": {}}) + "\n" for each in texts
    ).encode(),
    "brat": lambda texts: {f"{at:04}.txt": text.encode() for at, text in enumerate(texts)},
    "conll2002": lambda texts: "".join(
        "-DOCSTART- O\n\n" + "".join(f"{word} O\n" for word in text.split()) + "\n"
        for text in texts
    ).encode(),
    "conll_u": lambda texts: "".join(
        f"# newdoc id = {at}\n"
        + "".join(f"{n}\t{word}" + "\t_" * 8 + "\n" for n, word in enumerate(text.split(), 1))
        + "\n"
        for at, text in enumerate(texts)
    ).encode(),
    "csv": table,
    "doccano": lambda texts: "".join(
        json.dumps({"text": text, "label": []}) + "\n" for text in texts
    ).encode(),
    "html": page,
    "json": lambda texts: "".join(json.dumps({"body": text}) + "\n" for text in texts).encode(),
    "json_array": lambda texts: ",\n".join(
        json.dumps({"article": {"text": text}}) for text in texts
    ).encode(),
    "label_studio": lambda texts: "".join(
        json.dumps({"data": {"text": text}, "annotations": []}) + "\n" for text in texts
    ).encode(),
    "prodigy": lambda texts: "".join(
        json.dumps({"text": text, "spans": []}) + "\n" for text in texts
    ).encode(),
    "pubannotation": lambda texts: "".join(
        json.dumps({"text": text, "denotations": []}) + "\n" for text in texts
    ).encode(),
    "jsonl": lambda texts: "".join(json.dumps({"text": text}) + "\n" for text in texts).encode(),
    "markdown": lambda texts: texts[0].encode(),
    "text": lambda texts: texts[0].encode(),
    "spacy_docbin": documents,
    "uima_json": cas_json,
    "uima_xmi": cas_xmi,
    "web_annotation": lambda texts: "".join(
        json.dumps(described(text, at)) + "\n" for at, text in enumerate(texts)
    ).encode(),
    "webanno_tsv": lambda texts: sheet(texts[0]),
    "xlsx": lambda texts: workbook([["text"], *[[text] for text in texts]]),
}
ONE_ARTICLE_A_FILE = {"html", "markdown", "text", "uima_json", "webanno_tsv"}
IN_XML = {"uima_xmi", "xlsx"}
PACKED = {"spacy_docbin"}
"""Formats whose bytes cannot be read by eye, and which are read whole."""
BLANKED = {"uima_xmi"}
"""Formats that cannot hold every character."""
PUT_TOGETHER = {"conll2002", "conll_u", "html", "webanno_tsv"}
"""Formats whose text is made of the file: its characters stay, the white space between may be another."""
SHOWN: dict[str, Callable[[str], bytes | Files]] = {
    "spacy_docbin": shown_documents,
    "xlsx": lambda sample: workbook([line.split("\t") for line in sample.splitlines()]),
}
"""What a sample stands for where a file of the format cannot be read by eye."""


class Counted(io.BytesIO):
    """A file that knows how far it was read."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found

    def readline(self, size: int | None = -1) -> bytes:
        found = super().readline(size)
        self.taken += len(found)
        return found


def same(entry: Entry, found: str, text: str) -> bool:
    """Tell whether a text is the one that a file was made of."""
    if entry.key in BLANKED:
        return found == blanked(text)
    return found == text or (entry.key in PUT_TOGETHER and found.split() == text.split())


def sample(entry: Entry) -> bytes:
    """Return the file that the sample of a format shows."""
    made = SHOWN[entry.key](entry.sample) if entry.key in SHOWN else entry.sample.encode()
    assert isinstance(made, bytes)
    return made


def read(entry: Entry, data: bytes | Files) -> list[Article | BadItem]:
    """Read a file, or a folder, of a format."""
    if isinstance(data, bytes):
        return list(entry.module.read(io.BytesIO(data), "a file"))
    return list(entry.module.read_folder(folder(data)))


def folder(files: bytes | Files) -> Folder:
    """Return files as a folder."""
    assert isinstance(files, dict)
    return Folder("a file", list(files), lambda name: io.BytesIO(files[name]))


@every_format
def test_it_explains_itself(entry: Entry):
    assert entry.title
    assert entry.help
    assert entry.sample


@every_format
def test_its_sample_is_read_and_recognised(entry: Entry):
    if importers.takes_folders(entry.module):
        shown = SHOWN.get(entry.key)
        listed = folder(shown(entry.sample)) if shown else of_listing("a folder", entry.sample)
        found = list(entry.module.read_folder(listed))
        assert found
        assert all(isinstance(each, Article) for each in found), found
        assert entry.module.holds(listed.names)
        assert not entry.module.holds(["a.jsonl", "b.txt"])
        return
    data = sample(entry)
    found = read(entry, data)
    assert found
    assert all(isinstance(each, Article) for each in found), found
    assert entry.module.recognises(data[:4096], "file")
    # The first format that recognises a file takes it.
    takers = [key for key, each in SINGLE if each.module.recognises(data[:4096], "file")]
    assert takers[0] == entry.key


@every_format
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_stay_as_they_are(entry: Entry, text: str):
    (found,) = read(entry, FILES[entry.key]([text]))
    assert isinstance(found, Article), found
    assert same(entry, found.text, text)
    assert found.text_sha256 == sha256(found.text.encode()).hexdigest()
    assert found.title.strip()


@every_format
@given(text=kept_texts)
def test_any_text_stays_as_it_is(entry: Entry, text: str):
    (found,) = read(entry, FILES[entry.key]([text]))
    assert isinstance(found, Article), found
    assert same(entry, found.text, text)


@every_format
def test_carriage_returns_go_and_the_original_s_digest_stays(entry: Entry):
    data = FILES[entry.key](["one\r\ntwo\rthree"])
    (found,) = read(entry, data)
    assert isinstance(found, Article), found
    assert same(entry, found.text, "one\ntwo\nthree")
    of_whole = entry.key in PUT_TOGETHER and isinstance(data, bytes)
    original = data if of_whole and isinstance(data, bytes) else b"one\r\ntwo\rthree"
    assert found.original_sha256 == sha256(original).hexdigest()


@every_format
@pytest.mark.parametrize(
    ("text", "code"), [("", "empty_text"), (" \n ", "blank_text"), ("a\0b", "nul")]
)
def test_a_text_that_cannot_be_kept_is_told(entry: Entry, text: str, code: str):
    (found,) = read(entry, FILES[entry.key]([text]))
    assert isinstance(found, BadItem)
    codes = {code, "blank_text"} if entry.key in PUT_TOGETHER else {code}
    codes |= {"bad_xml"} if entry.key in BLANKED else set()
    assert (found.code in codes, "a file" in found.place) == (True, True)


@every_format
def test_a_file_that_is_not_utf8_is_told_with_the_byte(entry: Entry):
    whole = FILES[entry.key](["Zoe met Ruiz"])
    if entry.key in IN_XML and isinstance(whole, dict):
        (found,) = read(entry, dict.fromkeys(whole, b"Zo\xeb met Ruiz"))
        assert isinstance(found, BadItem)
        assert found.code == "bad_xml"
        return
    if isinstance(whole, dict):
        data = b"Zo\xeb met Ruiz"
        (found,) = read(entry, dict.fromkeys(whole, data))
    else:
        data = whole.replace(b"Zoe", b"Zo\xeb")
        if entry.key in PACKED:
            data = zlib.compress(zlib.decompress(whole).replace(b"Zoe", b"Zo\xeb"))
        (found,) = read(entry, data)
    if entry.key in PACKED:
        assert isinstance(found, BadItem)
        assert found.code == "bad_archive"
        return
    assert isinstance(found, BadItem)
    assert found.code == "not_utf8"
    assert f"position {data.index(0xEB)}" in found.detail


@every_format
@given(data=st.binary(max_size=200))
def test_no_bytes_make_it_fail(entry: Entry, data: bytes):
    if importers.takes_folders(entry.module):
        names = [*FILES[entry.key](["a"]), "0000.ann"]
        for each in read(entry, {names[0]: b"Ruiz", **dict.fromkeys(names[1:], data)}):
            assert isinstance(each, Article | BadItem)
        return
    for each in read(entry, data):
        assert isinstance(each, Article | BadItem)
    entry.module.recognises(data, "a file")


@st.composite
def hurt(draw: st.DrawFn, whole: bytes) -> bytes:
    """Draw a file with some of its bytes changed, gone, or there twice."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 8))
        put = draw(st.sampled_from([b"", b"\0", b'"', b"<", b"\xeb", b"99999", data[at : at + 40]]))
        data[at : at + length] = put
    return bytes(data)


@every_format
@given(drawn=st.data())
def test_a_sample_with_some_bytes_hurt_is_read_or_told(entry: Entry, drawn: st.DataObject):
    if importers.takes_folders(entry.module):
        shown = SHOWN.get(entry.key)
        listed = folder(shown(entry.sample)) if shown else of_listing("a file", entry.sample)
        files = {each: listed.read(each) for each in listed.names}
        name = drawn.draw(st.sampled_from(sorted(files)))
        found = read(entry, files | {name: drawn.draw(hurt(files[name]))})
    else:
        found = read(entry, drawn.draw(hurt(sample(entry))))
    assert found
    assert all(isinstance(each, Article | BadItem) for each in found)


@every_format
def test_the_same_file_gives_the_same_records(entry: Entry):
    data = FILES[entry.key](list(ODD_TEXTS))
    assert read(entry, data) == read(entry, data)


@every_format
def test_it_reads_no_further_than_it_has_given(entry: Entry):
    if entry.key in ONE_ARTICLE_A_FILE | PACKED or importers.takes_folders(entry.module):
        return
    texts = [f"Article {number}. " + "Ruiz said so. " * 200 for number in range(200)]
    data = FILES[entry.key](texts)
    assert isinstance(data, bytes)
    source = Counted(data)
    articles = entry.module.read(source, "a file")
    assert source.taken == 0
    assert same(entry, next(articles).text, texts[0])
    assert source.taken < len(data) / 10
    assert sum(1 for _ in articles) == len(texts) - 1


@every_format
def test_an_empty_file_is_told(entry: Entry):
    (found,) = read(entry, {} if importers.takes_folders(entry.module) else b"")
    assert isinstance(found, BadItem)
    assert found.code in {"empty_text", "empty_file"}
