"""Data and paragraphs as they are printed: whatever a text holds, it stays text."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template import Context, Template

from labels.pages.article import Paragraph, blocks

ODD = '</script><!-- & "quoted" \u2028 🗳️ Zoë'


class Reader(HTMLParser):
    """Reads HTML as a browser does: the elements, and the text in each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if data != "\n":
            tag, attributes, text = self.found.pop()
            self.found.append((tag, attributes, text + data))


def read(source: str, **context: Any) -> list[tuple[str, dict[str, str | None], str]]:
    html = Template("{% load canvas %}" + source).render(Context(context))
    return Reader(html).found


@pytest.mark.parametrize("value", [{"text": ODD, ODD: [1, None, True]}, [], "a < b"])
def test_data_comes_back_as_it_was(value: Any) -> None:
    [(tag, attributes, text)] = read('{% data_script value "boot" %}', value=value)
    assert (tag, attributes) == ("script", {"id": "boot", "type": "application/json"})
    assert json.loads(text) == value


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Headline", "title"), ("A sentence.", None), ("Another", None), ("", None)],
)
def test_a_paragraph_has_its_text_and_its_place(title: str, shown: str | None) -> None:
    first = title if title == "A sentence." else "Headline"
    found = read(
        "{% text_blocks blocks title %}", blocks=blocks(f"{first}\n\n{ODD}\n"), title=title
    )
    head = {"dir": "auto", "data-start": "0"} | ({"class": shown} if shown else {})
    body = {"dir": "auto", "data-start": str(len(first) + 2)}
    assert found == [("p", head, first), ("p", body, ODD)]


@pytest.mark.parametrize("text", ["a  b", "a\tb", " a", "a "])
def test_blanks_that_a_browser_would_leave_out_are_kept(text: str) -> None:
    [(_, attributes, shown)] = read(
        "{% text_blocks blocks title %}", blocks=[Paragraph(0, text, False)], title=text
    )
    assert (attributes["class"], shown) == ("title spaced", text)
