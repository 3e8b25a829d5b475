"""Segments of a text: paragraphs, which the page draws, and sentences, which give a text its title.

A paragraph ends at LF alone. `str.splitlines` would also cut at U+2028, U+0085 and form feeds, and
the browser's paragraphs would no longer be the server's.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

ABBREVIATIONS = frozenset(
    """Adm Apr Assn Aug Ave Blvd Bros Capt Cmdr Co Col Corp Dec Dept Dr Feb Gen Gov Hon Inc Jan Jr
    Lt Ltd Maj Messrs Mr Mrs Ms Mt Nov Oct Prof Rep Rev Sen Sept Sgt Sr St Supt Univ approx cf eg
    etc fig ie pp vol vs""".split()  # noqa: SIM905 - a list of words, not of quotation marks
)
"""Words whose full stop ends no sentence; the browser has the same list."""

OPENERS = frozenset(
    """A After An And As At But He Her His However I If In It Its Meanwhile On She That The Their
    There These They This Those We When While You""".split()  # noqa: SIM905 - as above
)
"""Words after which a dotted acronym before them is seen to have ended its sentence."""

_BEFORE_NUMBERS = frozenset({"No", "Nos"})

_END = regex.compile(
    r"""(?: [.!?…؟۔।॥]+ [\p{Pe}\p{Pf}"'’”»]* (?=\s|\Z) | [。！？｡]+ [\p{Pe}\p{Pf}"'’”»]* )"""
    r"""(?!\s*\p{Ll})""",
    regex.VERBOSE,
)
_LAST_WORD = regex.compile(r"(?r)[\p{L}\p{M}\p{N}.]+")
_NEXT_WORD = regex.compile(r"[\s\p{P}]*(\p{L}*)")
_ACRONYM = regex.compile(r"(?:\p{L}\.)+\p{L}")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """List the lines of a text that hold anything; an empty line gives no block."""
    blocks = []
    start = 0
    for line in text.split("\n"):
        if line:
            blocks.append((start, start + len(line)))
        start += len(line) + 1
    return blocks


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the sentences of one paragraph, `text[start:end]`, without the blanks around them."""
    end = len(text) if end is None else end
    start = _after_blanks(text, start, end)
    for mark in _END.finditer(text, start, end):
        if mark.end() < end and _ends_sentence(text, start, mark.start(), mark.group()):
            yield start, mark.end()
            start = _after_blanks(text, mark.end(), end)
    if start < end:
        yield start, start + len(text[start:end].rstrip())


def _after_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _ends_sentence(text: str, start: int, stop: int, mark: str) -> bool:
    """Judge a full stop by the word before it: "Nov." and "J." go on, "U.S." ends before "The"."""
    last = _LAST_WORD.search(text, start, stop) if mark == "." else None
    if last is None or last.end() != stop:
        return True
    word = last.group()
    if _ACRONYM.fullmatch(word):
        following = _NEXT_WORD.match(text, stop + 1)
        return following is not None and following.group(1) in OPENERS
    if word in _BEFORE_NUMBERS and text[stop + 1 :].lstrip()[:1].isnumeric():
        return False
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    return word not in ABBREVIATIONS and not is_initial
