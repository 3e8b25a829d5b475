"""What becomes of spans when their article has a newer text."""

from __future__ import annotations

import itertools
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.records import Fragment, Span
from labels.rules.edition import Fated, fate
from labels.text.boundaries import grapheme_boundaries, is_grapheme_boundary
from labels.text.diff import diff
from labels.vocabulary import Fate

from ..text.texts import kept_texts

OLD = (
    "Taxes fell by 5% in May, minister Ruiz said on Monday.\n"
    "“Jobs rose,” he added, “in every town of the north.”\n"
    "The opposition called it a dream. Weather was fine."
)


def a_span(*places: tuple[int, int]) -> Span:
    return Span(UUID(int=1), "CLAIM", tuple(Fragment(*each) for each in places))


def marked(text: str, *quotes: str) -> Span:
    return a_span(*((at := text.index(each), at + len(each)) for each in quotes))


def told(old: str, new: str, *quotes: str) -> tuple[Fate, list[str], list[list[str]]]:
    """Return the state, the words of the proven place and those of each proposal."""
    found = fate(diff(old, new), marked(old, *quotes))
    said = [new[each.start : each.end] for each in found.fragments]
    return found.fate, said, [[new[x.start : x.end] for x in each] for each in found.proposals]


@pytest.mark.parametrize(
    ("change", "quotes", "state", "said", "proposals"),
    [
        (("", ""), ["Ruiz"], Fate.UNCHANGED, ["Ruiz"], []),
        (("Taxes", "On Tuesday taxes"), ["Ruiz"], Fate.UNCHANGED, ["Ruiz"], []),
        (
            ("every town", "all towns"),
            ["Taxes fell by 5%"],
            Fate.UNCHANGED,
            ["Taxes fell by 5%"],
            [],
        ),
        (
            (" he added,", " he told us,"),
            ["“Jobs rose,”", "“in every town of the north.”"],
            Fate.UNCHANGED,
            ["“Jobs rose,”", "“in every town of the north.”"],
            [],
        ),
        (("5%", "6%"), ["Taxes fell by 5% in May"], Fate.EDITED, [], [["Taxes fell by 6% in May"]]),
        (("minister ", ""), ["minister Ruiz"], Fate.EDITED, [], [["Ruiz"]]),
        (("Ruiz", "Ruiz’s aide"), ["Ruiz"], Fate.EDITED, [], [["Ruiz’s aide"]]),
        (("The opposition called it a dream. ", ""), ["called it a dream"], Fate.DELETED, [], []),
        (("dream", "drea\u0301m"), ["it a dream"], Fate.EDITED, [], [["it a drea\u0301m"]]),
    ],
)
def test_each_span_has_one_fate(
    change: tuple[str, str],
    quotes: list[str],
    state: Fate,
    said: list[str],
    proposals: list[list[str]],
) -> None:
    assert told(OLD, OLD.replace(*change, 1), *quotes) == (state, said, proposals)


def test_what_went_along_with_its_paragraph_has_moved() -> None:
    first, second, third = OLD.split("\n")
    newer = f"{second}\n{third}\n{first}"
    assert told(OLD, newer, "Ruiz") == (Fate.MOVED, ["Ruiz"], [])
    assert told(OLD, newer, "Jobs rose")[0] == Fate.UNCHANGED


def test_fragments_that_changed_places_are_for_a_person() -> None:
    old = "He said taxes fell at last.\nShe said jobs rose at last.\nIt rained the whole day."
    one, two, three = old.split("\n")
    state, said, (proposal,) = told(old, f"{two}\n{three}\n{one}", "taxes fell", "jobs rose")
    assert (state, said, proposal) == (Fate.EDITED, [], ["jobs rose", "taxes fell"])


def test_words_that_stand_at_several_places_are_never_chosen_from() -> None:
    newer = "Ruiz left. Ruiz came back. Nobody knows where Ruiz is."
    state, said, proposals = told("Last Monday it was Ruiz who had all the keys.", newer, "Ruiz")
    assert (state, said) == (Fate.DELETED, [])
    assert proposals == [["Ruiz"], ["Ruiz"], ["Ruiz"]]


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("She spoke 👩 today.", "She spoke 👩🏽‍🚒 today.", "👩"),
        ("Call it cafe today.", "Call it cafe\u0301 today.", "cafe"),
        ("Two 🇯🇵 flags.", "Two 🇯🇵\u200d flags.", "🇯🇵"),
        ("The word क here.", "The word क्ष here.", "क"),
    ],
)
def test_no_character_is_ever_cut(old: str, new: str, quote: str) -> None:
    found = fate(diff(old, new), marked(old, quote))
    assert found.fate == Fate.EDITED
    for each in found.proposals[0]:
        assert is_grapheme_boundary(new, each.start)
        assert is_grapheme_boundary(new, each.end)


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("東京都は税金を下げた。", "昨日、東京都は税金を下げた。", "税金"),
        ("قال روئيز إن الضرائب انخفضت.", "يوم الاثنين قال روئيز إن الضرائب انخفضت.", "الضرائب"),
        (
            "🗳️ “Taxes fell 5%,” Ruiz said.",
            "👩🏽‍🚒👩🏽‍🚒 🗳️ “Taxes fell 5%,” Ruiz said.",
            "“Taxes fell 5%,”",
        ),
        ("משרד האוצר הודיע על כך.", "אתמול משרד האוצר הודיע על כך.", "האוצר"),
    ],
)
def test_scripts_of_all_kinds_keep_their_words(old: str, new: str, quote: str) -> None:
    assert told(old, new, quote) == (Fate.UNCHANGED, [quote], [])


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(kept_texts)
    edges = st.sampled_from(grapheme_boundaries(text))
    places = draw(st.lists(st.lists(edges, min_size=2, max_size=6, unique=True), max_size=5))
    even = [each[: len(each) // 2 * 2] for each in map(sorted, places)]
    return text, [a_span(*zip(each[::2], each[1::2], strict=True)) for each in even]


def check(found: Fated, old: str, new: str, span: Span) -> None:
    """Hold a fate against both texts."""
    if found.fate in (Fate.UNCHANGED, Fate.MOVED):
        for was, now in zip(span.fragments, found.fragments, strict=True):
            assert old[was.start : was.end] == new[now.start : now.end]
    else:
        assert not found.fragments
    for places in (found.fragments, *found.proposals):
        assert all(0 <= each.start < each.end <= len(new) for each in places)
        assert all(a.end <= b.start for a, b in itertools.pairwise(places))
        assert all(is_grapheme_boundary(new, x) for each in places for x in (each.start, each.end))


@given(marked_texts(), kept_texts)
def test_what_is_proven_has_its_quote_and_no_place_cuts_a_character(
    given_: tuple[str, list[Span]], new: str
) -> None:
    old, spans = given_
    found = diff(old, new)
    for each in spans:
        check(fate(found, each), old, new, each)


@given(marked_texts())
def test_in_the_same_text_nothing_changes(given_: tuple[str, list[Span]]) -> None:
    text, spans = given_
    found = diff(text, text)
    for each in spans:
        now = fate(found, each)
        assert (now.fate, now.fragments) == (Fate.UNCHANGED, each.fragments)


@given(marked_texts(), kept_texts, kept_texts)
def test_what_no_edit_touches_is_never_lost(
    given_: tuple[str, list[Span]], before: str, behind: str
) -> None:
    text, spans = given_
    new = f"{before}\n{text}\n{behind}"
    found = diff(text, new)
    for each in spans:
        now = fate(found, each)
        check(now, text, new, each)
        assert now.fragments or now.proposals or not text[each.start : each.end].strip()


def test_a_span_of_several_parts_is_proposed_where_its_words_stand() -> None:
    parts = (Fragment(0, 1), Fragment(2, 3))
    now = fate(diff("x00", "xRuiz said \nx00\nxRuiz said "), Span(UUID(int=1), "CLAIM", parts))
    assert now.proposals == ((Fragment(12, 13), Fragment(14, 15)),)


@given(marked_texts(), kept_texts, kept_texts)
def test_what_is_carried_twice_keeps_its_quote(
    given_: tuple[str, list[Span]], second: str, third: str
) -> None:
    first, spans = given_
    middle, last = f"{second}\n{first}", f"{first}\n{third}"
    for each in spans:
        once = fate(diff(first, middle), each)
        if once.fragments:
            twice = fate(diff(middle, last), Span(each.id, each.label, once.fragments))
            check(twice, middle, last, Span(each.id, each.label, once.fragments))
            check(fate(diff(first, last), each), first, last, each)
