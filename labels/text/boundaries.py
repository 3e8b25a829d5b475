"""Where people may begin and end a mark: grapheme clusters, words and white space.

The clusters are those of Unicode's annex 29 (table 1c with its conjuncts, as browsers have them
today). They are written out because the cluster of `regex` is ahead of them: it joins a
consonant to any virama before it, and so would refuse what somebody could select. So are the words:
its word edge forgets an apostrophe behind a combining mark. `canvas/boundaries.js` is the browser's
side, and `tests/vectors/text.json` holds for both.
"""

from __future__ import annotations

import regex

# What joins two consonants of an Indic script: a virama, with marks around it. Some linkers of
# newer tables are no marks but letters of their own; the browsers do not join by them.
_LINKER = r"[\p{InCB=Linker}&&\p{GCB=Extend}]"
_JOINT = rf"\p{{InCB=Extend}}* {_LINKER} (?: {_LINKER} | \p{{InCB=Extend}} )*"

_CLUSTER = regex.compile(
    r"""
    \r\n
    | [\p{GCB=Control}\r\n]
    | \p{GCB=Prepend}*
      (?: \p{GCB=L}* (?: \p{GCB=V}+ | \p{GCB=LV} \p{GCB=V}* | \p{GCB=LVT} ) \p{GCB=T}*
        | \p{GCB=L}+
        | \p{GCB=T}+
        | \p{GCB=Regional_Indicator}{2}
        | \p{Extended_Pictographic} (?: \p{GCB=Extend}* \p{GCB=ZWJ} \p{Extended_Pictographic} )*
        | \p{InCB=Consonant} (?: JOINT \p{InCB=Consonant} )*
        | [^\p{GCB=Control}\r\n\p{GCB=Prepend}]
      )
      [\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*
    | \p{GCB=Prepend}+
    """.replace("JOINT", _JOINT),
    regex.VERBOSE | regex.VERSION1,
)

# A character before which there is always a boundary, whatever stands further back: from here a
# look forward is right. Flags pair up from the first of their run and conjuncts from their first
# consonant, so these are no such places. Searched backwards.
_SURE_START = regex.compile(
    r"""(?r)
    (?<!\p{GCB=Prepend}) (?: (?!\p{Extended_Pictographic}|\p{InCB=Consonant}) \p{GCB=Other} )
    | (?<![\p{GCB=Prepend}\p{GCB=ZWJ}\p{InCB=Extend}\p{InCB=Linker}]) \p{GCB=Other}
    | (?<![\p{GCB=Prepend}\p{GCB=L}]) [\p{GCB=LV}\p{GCB=LVT}]
    | (?<!\r) \n | [\p{GCB=Control}\r]
    """,
    regex.VERBOSE | regex.VERSION1,
)

_X = r"[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*"
_LETTER = r"[\p{WB=ALetter}\p{WB=Hebrew_Letter}]"
# A letter or a digit with the apostrophe, point or gershayim between it and the next.
_LETTERS_AND_DIGITS = rf"""(?:
    \p{{WB=ALetter}} {_X} (?: [\p{{WB=MidLetter}}\p{{WB=MidNumLet}}'] {_X} (?={_LETTER}) )?
  | \p{{WB=Hebrew_Letter}} {_X}
    (?: ' {_X} | [\p{{WB=MidLetter}}\p{{WB=MidNumLet}}] {_X} (?={_LETTER})
      | " {_X} (?=\p{{WB=Hebrew_Letter}}) )?
  | \p{{WB=Numeric}} {_X} (?: [\p{{WB=MidNum}}\p{{WB=MidNumLet}}'] {_X} (?=\p{{WB=Numeric}}) )?
)+"""
_RUN = rf"(?: {_LETTERS_AND_DIGITS} | (?: \p{{WB=Katakana}} {_X} )+ )"
_LOW_LINES = rf"(?: \p{{WB=ExtendNumLet}} {_X} )"
_WORD = regex.compile(
    rf"""{_LOW_LINES}* {_RUN} (?: {_LOW_LINES}+ {_RUN} )* {_LOW_LINES}*
       | [\p{{Alphabetic}}\p{{N}}] {_X}""",
    regex.VERBOSE,
)
_FIRST_COMBINING = "\u0300"


def grapheme_boundaries(text: str) -> list[int]:
    """List every boundary between grapheme clusters, both ends of the text included."""
    return [0, *(cluster.end() for cluster in _CLUSTER.finditer(text))]


def is_grapheme_boundary(text: str, position: int) -> bool:
    """Tell whether no grapheme cluster goes on across `position`; looks only at what is near it."""
    if not 0 < position < len(text):
        return position in {0, len(text)}
    before, after = text[position - 1], text[position]
    if before < _FIRST_COMBINING and after < _FIRST_COMBINING:
        return not (before == "\r" and after == "\n")
    sure = _SURE_START.search(text, 0, position + 1)
    start = sure.start() if sure else 0
    edges = (cluster.end() for cluster in _CLUSTER.finditer(text, start))
    return start == position or next(edge for edge in edges if edge >= position) == position


def touches_white_space(text: str, start: int, end: int) -> bool:
    """Tell whether `text[start:end]`, which is not empty, begins or ends on white space."""
    return text[start].isspace() or text[end - 1].isspace()


def words(text: str) -> list[tuple[int, int]]:
    """List the words by the default rules of annex 29: what measures count in.

    The rules know no dictionary, so each ideograph is a word; the browser's own words are for
    people.
    """
    return [word.span() for word in _WORD.finditer(text)]
