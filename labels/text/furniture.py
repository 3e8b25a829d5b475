"""What a newspaper puts around a story: headline, byline, and the appeal to subscribe behind it.

These are finds, offered as metadata with the place where they stand. They are never cut from the
text: every offset counts on it, and a guess may be wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from .segments import paragraphs, sentences

Block = tuple[int, int]

LONGEST_TITLE = 490
"""Code points of a title that is the first sentence of a text without a headline."""
LONGEST_HEADLINE = 160
LONGEST_BYLINE = 100
LONGEST_APPEAL = 500
TOP, TAIL = 5, 6
"""How many blocks from either end are looked at."""

_BULLETS = tuple("•·∙‣▪●■◆")
_BULLET = regex.compile(rf"[{''.join(_BULLETS)}]\s*(.+)")
_BY = regex.compile(r"(?:By|BY)(?:\s+|:\s*)(.+)")
_NAMES = regex.compile(
    r"""(?: (?: [\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}’'.\-]*
              | and | of | for | in | the | de | da | do | dos | del | della | di | du | la | le
              | van | von | der | den | bin | ibn | al | el | y | e | und | et )
            (?: \s*[,&/|]\s* | \s+(?:[–—-]\s+)? | $ ) )++""",
    regex.VERBOSE,
)
_DAY_OR_MONTH = regex.compile(
    r"""(?: (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day | January | February | March | April | May
          | June | July | August | September | October | November | December )\b""",
    regex.VERBOSE,
)
_AGENCIES = regex.compile(
    r"""(?: (?: (?:The\s+)?
              (?: Kyodo(?:\s+News)? | Jiji(?:\s+Press)? | AFP-JIJI | Associated\s+Press | AP
                | (?:Thomson\s+)?Reuters(?:\s+Foundation)? | Agence\s+France-Presse | AFP
                | Bloomberg(?:\s+News)? | Yonhap(?:\s+News(?:\s+Agency)?)? | Xinhua | dpa | EFE
                | ANSA | Press\s+Trust\s+of\s+India | PTI | IANS | TASS | Interfax | UPI
                | Anadolu(?:\s+Agency)? | Press\s+Association
                | PA\s+Media | Canadian\s+Press | Australian\s+Associated\s+Press | AAP )
              | staff(?:\s+report(?:s|er)?|\s+writers?)? )
            (?: \s*[,/&+-]\s* | \s+and\s+ | $ ) )++""",
    regex.VERBOSE | regex.IGNORECASE,
)
_ENDS_SENTENCE = regex.compile(r"""[.,;:…。．，、；：،؛।][\p{Pe}\p{Pf}"'’”»]*$""")
# What speaks to the reader wherever it stands, and what is an appeal only where a sentence begins
# with it.
_APPEAL = regex.compile(
    r"""\b(?: you\s+can\s+help\s+us | help\s+us\s+(?:keep|get|continue|tell) | follow\s+us\s+on
          | your\s+(?:support|subscription|donation|contribution|gift)
            \s+(?:helps?|makes?|allows?|keeps?|will)
          | (?:download|get)\s+our\s+(?:\w+\s+)?(?:app|newsletter) )\b
      | (?:^|[.!?:]\s+)(?:please\s+)?
        (?: by\s+(?:subscribing|donating)
          | (?:by\s+becoming|become)\s+an?\s+(?:\w+\s+)?(?:member|subscriber|supporter|patron)
          | subscribe\s+(?:now|today|to|for|here) | donate\s+(?:now|today|here|to)
          | sign\s+up\s+(?:now|today|here|for|to)
          | consider\s+(?:subscribing|donating|supporting|making|an?\s+(?:donation|subscription))
          | support\s+(?:us|our|quality|independent|local|honest|nonprofit)
          | thank\s+you\s+for\s+(?:reading|supporting|subscribing) )\b""",
    regex.VERBOSE | regex.IGNORECASE,
)
_LEADS_TO_APPEAL = regex.compile(
    r"\b(?:journalis[mt]s?|newsroom|misinformation|our\s+(?:readers|reporters|reporting|coverage))\b",
    regex.IGNORECASE,
)
_OPENING_MARKS = tuple("\"'“‘„«「『")


@dataclass(frozen=True, slots=True)
class Byline:
    """Who a text says it is by, and where; `is_agency` if it names news agencies alone."""

    name: str
    start: int
    end: int
    is_agency: bool


@dataclass(frozen=True, slots=True)
class Furniture:
    """What was found around a story; the title, never empty, is a sentence without a headline."""

    title: str
    headline: Block | None
    byline: Byline | None
    appeal: Block | None


def find(text: str) -> Furniture:
    """Find headline, byline and closing appeal of a text that is not blank."""
    blocks = paragraphs(text)
    byline = _byline(text, blocks)
    headline, found = _title(text, blocks, byline)
    return Furniture(found, headline, byline, _appeal(text, blocks))


def title(text: str) -> str:
    """Give the title of a text that is not blank: its headline, or else its first sentence."""
    blocks = paragraphs(text)
    return _title(text, blocks, _byline(text, blocks))[1]


def _byline(text: str, blocks: list[Block]) -> Byline | None:
    """Look at the short lines above the story; a byline with nothing behind it is no byline."""
    lines = [text[start:end].strip() for start, end in blocks[: TOP + 1]]
    for place, line in enumerate(lines[:-1]):
        if len(line) > LONGEST_HEADLINE:
            break
        name = _bylined(line)
        beside = [*lines[max(0, place - 1) : place], lines[place + 1]]
        is_listed = line.startswith(_BULLETS) and any(each.startswith(_BULLETS) for each in beside)
        if name and not is_listed:
            return Byline(name, *blocks[place], _AGENCIES.fullmatch(name) is not None)
    return None


def _bylined(line: str) -> str | None:
    """Give the name in a byline, or None for any other line."""
    if len(line) > LONGEST_BYLINE:
        return None
    for form in (_BULLET, _BY):
        found = form.fullmatch(line)
        name = found.group(1).strip() if found else ""
        if name and _NAMES.fullmatch(name) and not _DAY_OR_MONTH.match(name):
            return name
    return line if _AGENCIES.fullmatch(line) else None


def _title(text: str, blocks: list[Block], byline: Byline | None) -> tuple[Block | None, str]:
    """Give the headline's place and the title, or None and the first sentence.

    A headline is a first line that is short, ends no sentence and has a story below it.
    """
    above = (byline.start, byline.end) if byline else None
    story = [block for block in blocks[: TOP + 2] if block != above]
    line = text[slice(*story[0])].strip()
    is_short = 0 < len(line) <= LONGEST_HEADLINE
    if len(story) > 1 and is_short and not _ENDS_SENTENCE.search(line):
        return story[0], line
    for start, end in story:
        for first, last in sentences(text, start, end):
            return None, _shortened(text[first:last])
    return None, _shortened(text.strip())


def _shortened(sentence: str) -> str:
    if len(sentence) <= LONGEST_TITLE:
        return sentence
    words = sentence[: LONGEST_TITLE + 1].rsplit(None, 1)
    kept = words[0] if len(words) > 1 else sentence[:LONGEST_TITLE]
    return kept.rstrip(" ,;:–—-") + " …"


def _appeal(text: str, blocks: list[Block]) -> Block | None:
    """Find the paragraphs at the end that speak of the paper itself.

    Those right above that lead up to them belong to it; what somebody is quoted as saying does not.
    """
    first = None
    for place in range(len(blocks) - 1, max(0, len(blocks) - 1 - TAIL), -1):
        start, end = blocks[place]
        line = text[start:end].strip()
        if len(line) > LONGEST_APPEAL or line.startswith(_OPENING_MARKS):
            break
        adjoins = first is not None and blocks[first][0] - end == 1
        if not (_APPEAL.search(line) or (adjoins and _LEADS_TO_APPEAL.search(line))):
            break
        first = place
    return None if first is None else (blocks[first][0], blocks[-1][1])
