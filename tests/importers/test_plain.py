"""Plain articles: tables, JSON, pages and Markdown, with the names that people give what they have."""

from __future__ import annotations

import io
from json import dumps
from time import perf_counter
from typing import Any

import pytest

from labels.importers import csv, html, json, markdown, xlsx
from labels.importers._folder import Folder
from labels.records import Article, BadItem

LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"


def read(module: Any, data: str | bytes, name: str = "a.csv", **more: Any) -> list[Any]:
    data = data.encode() if isinstance(data, str) else data
    return list(module.read(io.BytesIO(data), name, **more))


def one(module: Any, data: str | bytes, **more: Any) -> Article:
    (found,) = read(module, data, **more)
    assert isinstance(found, Article), found
    return found


def test_columns_are_known_by_their_usual_names_and_others_are_kept() -> None:
    found = one(csv, "ID;Head-Line;Desk;BODY;Date\n7;Taxes;world;Ruiz said so.;2019-10-29\n")
    assert (found.external_id, found.title, found.text) == ("7", "Taxes", "Ruiz said so.")
    assert (found.published_at, found.extra) == ("2019-10-29", {"Desk": "world"})
    (note,) = found.notes
    assert "“BODY” = text" in note


def test_what_somebody_says_of_a_column_goes_before_its_name() -> None:
    data = "text,Story 2,kicker\nsummary,Ruiz said so.,Taxes\n"
    found = one(csv, data, columns={"story 2": "text", "Kicker": "title"})
    assert (found.text, found.title, found.extra) == ("Ruiz said so.", "Taxes", {"text": "summary"})


def test_without_a_text_the_columns_are_listed() -> None:
    (bad,) = read(csv, "name,words\na,b\n")
    assert (bad.place, bad.code) == ("a.csv, line 1", "no_text")
    assert "“name”, “words”" in bad.detail


def test_a_value_that_its_field_cannot_have_is_kept_beside_and_said() -> None:
    found = one(csv, "text,date,url\nRuiz said so.,29/10/2019,example.org\n")
    assert (found.published_at, found.url) == ("", "")
    assert found.extra == {"published_at": "29/10/2019", "url": "example.org"}
    assert any("29/10/2019" in note for note in found.notes)


def test_names_of_other_languages_and_utf16_are_known() -> None:
    found = one(csv, "Artikel-ID;Schlagzeile;Volltext;Quelle\n7;Steuern;Ruiz sagte es.;FAZ\n")
    assert (found.external_id, found.title, found.text, found.publisher) == (
        "7",
        "Steuern",
        "Ruiz sagte es.",
        "FAZ",
    )
    (bad,) = read(csv, "title\ttext\nA\tRuiz\n".encode("utf-16"))
    assert isinstance(bad, BadItem)
    assert (bad.code, bad.detail.endswith("looks like UTF-16.")) == ("not_utf8", True)


def test_every_bad_row_is_told_with_its_line() -> None:
    data = (
        b'text,title\r\n"one\r\nmore",a\r\n"x"y,b\r\nok,c,d\r\ncaf\xe9,e\r\n,,\r\n,f\r\nlast,g\r\n'
    )
    first, *bad, last = read(csv, data)
    assert (first.text, last.text) == ("one\nmore", "last")
    assert [(each.place, each.code) for each in bad] == [
        ("a.csv, line 4", "bad_row"),
        ("a.csv, line 5", "bad_row"),
        ("a.csv, line 6", "not_utf8"),
        ("a.csv, line 8", "empty_text"),
    ]


@pytest.mark.parametrize(
    ("head", "name", "is_taken"),
    [
        (b"title,text\n", "file", True),
        (b"Titel\tInhalt\tx\n", "file", True),
        (b"anything", "a.tsv", True),
        (b"Taxes fell, Ruiz said, in a text, by date\n", "file", False),
        (b"text\n", "file", False),
        (b"\xff\xfe\n", "file", False),
    ],
)
def test_a_table_is_known_by_its_header(head: bytes, name: str, is_taken: bool) -> None:
    assert bool(csv.recognises(head, name)) == is_taken


def test_json_takes_other_names_and_keeps_what_it_does_not_know() -> None:
    data = '{"body": "Ruiz said so.", "authors": ["Ana", "Ben"], "n": 5, "source": {"id": null}}'
    found = one(json, data)
    assert (found.text, found.byline) == ("Ruiz said so.", "Ana, Ben")
    assert found.extra == {"n": 5, "publisher": {"id": None}}


def test_ninjs_of_either_age_is_read() -> None:
    old = one(json, '{"uri": "u:1", "headline": "A", "body_xhtml": "<p>One.</p><p>Two.</p>"}')
    assert (old.external_id, old.title, old.text) == ("u:1", "A", "One.\n\nTwo.")
    assert old.extra["body_xhtml"] == "<p>One.</p><p>Two.</p>"
    new = one(
        json,
        '{"uri": "u:2", "headlines": [{"role": "main", "value": "B"}],'
        ' "bodies": [{"contentType": "text/plain", "value": "Three."}]}',
    )
    assert (new.external_id, new.title, new.text) == ("u:2", "B", "Three.")


def test_ninjs_s_main_body_and_headline_are_taken_and_others_are_kept() -> None:
    item = {
        "headlines": [{"role": "subtitle", "value": "Below"}, {"role": "main", "value": "Above"}],
        "bodies": [
            {"role": "summary", "contenttype": "text/plain", "value": "Short."},
            {"role": "main", "contentType": "text/html", "value": "<p>Long.</p>"},
            {"role": "main", "contentType": "text/plain", "value": "Long, and plain."},
        ],
    }
    found = one(json, dumps(item))
    assert (found.title, found.text) == ("Above", "Long, and plain.")
    assert found.extra == item
    assert found.notes == [
        "There are 3 texts: the main one was taken, all are kept beside it.",
    ]
    rich = one(json, dumps({"bodies": item["bodies"][:2]}))
    assert rich.text == "Long."
    assert rich.notes[0] == "The text was taken from HTML; that is kept beside it."


def test_json_leaves_marks_and_our_own_lines_to_their_formats() -> None:
    assert json.recognises(b'[{"body": "x"}]', "a.json")
    for other in (
        b'{"text": "x"}',
        b'{"text": "x", "label": [[0, 1, "A"]]}',
        b'[{"data": {"text": "x"}, "annotations": []}]',
        b'{"text": "x", "denotations": []}',
        b'{"article": {"text": "x"}, "annotation_sets": []}',
        b'{"name": "x"}',
    ):
        assert json.recognises(other, "a.json") is None, other


PAGE = """<html lang="en"><head><title>Taxes | The Paper</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Taxes fell",
"author": [{"name": "Ana Ruiz"}], "datePublished": "2019-10-29", "publisher": {"name": "The Paper"}}</script>
<link rel="canonical" href="https://example.org/taxes"></head>
<body><nav><p>A long list of other things that one can read here, and here.</p></nav>
<div><div class="story"><h1>Taxes fell</h1><p>Ruiz &amp; Diaz<br>said <b>so</b>.</p>
<script>p("<p>no</p>")</script><p>Nobody   was
surprised.</p><ul><li>One</li><li>Two</li></ul></div>
<div><p>Read more.</p></div></div><form><p>Subscribe</p></form></body></html>"""


def test_the_story_of_a_page_is_found_with_what_the_page_says_of_it() -> None:
    found = one(html, PAGE)
    assert (
        found.text == "Taxes fell\n\nRuiz & Diaz\nsaid so.\n\nNobody was surprised.\n\nOne\n\nTwo"
    )
    assert (found.title, found.byline, found.publisher) == ("Taxes fell", "Ana Ruiz", "The Paper")
    assert (found.url, found.published_at) == ("https://example.org/taxes", "2019-10-29")
    assert (found.language, found.extra["original_html"]) == ("en", PAGE)


def test_a_page_says_its_encoding() -> None:
    page = '<html><meta charset="iso-8859-1"><p>Zoë said so.</p></html>'
    assert one(html, page.encode("latin-1")).text == "Zoë said so."
    (bad,) = read(html, page.replace("iso-8859-1", "nope").encode("latin-1"))
    assert bad.code == "not_utf8"


@pytest.mark.parametrize("page", ["<div>" * 5000 + "<p>Deep.", "<p>" * 5000 + "Deep."])
def test_a_page_of_elements_within_elements_is_read(page: str) -> None:
    assert one(html, page).text == "Deep."


@pytest.mark.parametrize(
    "piece", ["<!--", "<a", "<![", '<p title="', "<div></p>", "&", "<html x='"]
)
def test_no_page_takes_long(piece: str) -> None:
    started = perf_counter()
    read(html, piece * (200_000 // len(piece)))
    assert perf_counter() - started < 5


def test_front_matter_is_told_from_the_text() -> None:
    found = one(markdown, '---\ntitle: "A: b"\ndate: 2019-10-29\ndesk: x\n---\n\n# H\n\nText.\n')
    assert (found.title, found.published_at, found.text) == ("A: b", "2019-10-29", "# H\n\nText.\n")
    assert found.extra["desk"] == "x"
    assert one(markdown, "# Taxes #\n\nText.").title == "Taxes"
    rule = "---\nNo front matter.\n---\nText."
    assert one(markdown, rule).text == rule


def book(sheet: str, **files: str) -> list[Any]:
    there = {
        "xl/workbook.xml": '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="a" r:id="r7"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<x><r Id="r7" Target="worksheets/one.xml"/></x>',
        "xl/worksheets/one.xml": f"<worksheet><sheetData>{sheet}</sheetData></worksheet>",
    }
    there |= {f"xl/{name}.xml": content for name, content in files.items()}
    folder = Folder("a.xlsx", list(there), lambda name: io.BytesIO(there[name].encode()))
    return list(xlsx.read_folder(folder))


HEADER = (
    '<row r="1"><c t="inlineStr"><is><t>text</t></is></c><c r="D1" t="str"><v>date</v></c></row>'
)
STYLES = (
    '<s><numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></s>'
)


def test_cells_are_read_by_place_with_dates_and_shared_texts() -> None:
    row = '<row r="4"><c r="A4" t="s"><v>0</v></c><c r="D4" s="1"><v>43767</v></c></row>'
    shared = "<sst><si><r><t>Ruiz </t></r><r><t>said so.</t></r><rPh><t>x</t></rPh></si></sst>"
    (found,) = book(HEADER + row, sharedStrings=shared, styles=STYLES)
    assert (found.text, found.published_at) == ("Ruiz said so.", "2019-10-29")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ('<row r="4"><c r="A4" t="s"><v>9</v></c></row>', "bad_row"),
        ('<row r="4"><c r="A4" t="e"><v>#REF!</v></c></row>', "bad_row"),
        ('<row r="4"><c r="ZZZ4"><v>1</v></c></row>', "invalid"),
    ],
)
def test_a_bad_row_of_a_sheet_is_told_with_its_number(row: str, code: str) -> None:
    bad, good = book(HEADER + row + '<row r="5"><c r="A5"><v>1</v></c></row>')
    assert isinstance(bad, BadItem)
    assert (bad.place, bad.code, good.text) == ("a.xlsx, line 4", code, "1")


def test_xml_with_entities_of_its_own_is_refused() -> None:
    (bad,) = book(HEADER, sharedStrings=f"{LAUGHS}<sst><si><t>&b;</t></si></sst>")
    assert bad.code == "unsafe_xml"
    (deep,) = book("<c>" * 300)
    assert deep.code == "too_deep"


def test_a_file_of_comments_is_looked_at_once() -> None:
    """Taking each comment apart in every way there is would never end."""
    assert html.recognises(b"<!---->" * 500 + b"x", "notes") is None
    assert html.recognises(b"<!-- a --> \n<!-- b --><html>", "notes")


def test_articles_stand_in_the_list_of_a_feed() -> None:
    feed = {"version": "1.1", "title": "News", "author": {"name": "x"}, "tags": ["a"]}
    items = [
        {
            "id": "7",
            "title": "Taxes",
            "content_text": "Ruiz said so.",
            "url": "https://a.example/7",
        },
        {"id": "8", "content_html": "<p>A meeting is planned.</p>"},
    ]
    for name in json.LISTS:
        data = dumps(feed | {name: items, "next": None})
        assert json.recognises(data.encode(), "feed.json")
        first, other = read(json, data)
        assert (first.external_id, first.title, first.url) == ("7", "Taxes", "https://a.example/7")
        assert (first.text, other.text) == ("Ruiz said so.", "A meeting is planned.")


def test_a_list_beside_a_text_is_kept_beside_it() -> None:
    given = {"text": "Ruiz said so.", "results": [{"content": "no article"}]}
    assert one(json, dumps(given)).extra == {"results": given["results"]}


def test_a_feed_that_is_not_closed_is_refused() -> None:
    whole = dumps({"items": [{"content_text": "Ruiz said so."}], "title": "News"})
    *_, bad = read(json, whole[:-3])
    assert (bad.place, bad.code) == ("a.csv, article 2", "bad_json")
