"""Splits: nothing that is nearly the same is in two of them, and a later release moves nothing."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from labels.records import Article, Terms
from labels.rules.splitting import Divider, draw
from labels.vocabulary import Split

WORDS = [
    "taxes",
    "fell",
    "rose",
    "mayor",
    "ruiz",
    "said",
    "lima",
    "jobs",
    "port",
    "strike",
    "vote",
    "council",
]


def article(number: int, text: str, date: str = "") -> Article:
    return Article(
        text=text,
        text_sha256="",
        original_sha256="",
        published_at=date,
        id=UUID(int=number),
    )


def story(number: int, length: int = 80) -> str:
    """Return a text of its own for each number."""
    return " ".join(
        WORDS[int(draw(number, str(at)) * len(WORDS))] + str(number) for at in range(length)
    )


def divided(terms: Terms, articles: list[Article]) -> Divider:
    divider = Divider(terms)
    for each in articles:
        divider.take(each)
    return divider


def test_shares_are_about_what_was_asked_for() -> None:
    articles = [article(number, story(number)) for number in range(1000)]
    splits = divided(Terms(split="article"), articles).splits()
    counts = Counter(splits.of.values())
    assert set(counts) == set(Split.values)
    assert 770 < counts["train"] < 830
    assert 75 < counts["dev"] < 125
    assert splits.groups == []


def test_near_duplicates_stay_together_and_a_shared_sentence_makes_none() -> None:
    closing = " Subscribe to our paper for more stories like this one every morning at your door."
    articles = [article(number, story(number) + closing) for number in range(200)]
    articles += [
        article(1000 + number, f"Update: {story(number)} More soon.") for number in range(0, 200, 7)
    ]
    splits = divided(Terms(split="article"), articles).splits()
    pairs = {(str(UUID(int=number)), str(UUID(int=1000 + number))) for number in range(0, 200, 7)}
    assert {tuple(group) for group in splits.groups} == pairs
    for one, other in pairs:
        assert splits.of[one] == splits.of[other]


def test_what_is_added_later_moves_nothing() -> None:
    first = [article(number, story(number)) for number in range(300)]
    later = [*first, *(article(number, story(number)) for number in range(300, 400))]
    terms = Terms(split="article", seed=7)
    before, after = divided(terms, first).splits().of, divided(terms, later).splits().of
    assert {each: after[each] for each in before} == before
    assert divided(Terms(split="article", seed=8), first).splits().of != before


def test_by_time_the_oldest_train() -> None:
    days = [f"2019-{1 + number % 12:02}-{1 + number % 28:02}" for number in range(100)]
    articles = [article(number, story(number), days[number]) for number in range(100)]
    articles += [article(500, story(500))]
    splits = divided(Terms(split="time"), articles).splits()
    assert splits.dates["train"][1] <= splits.dates["dev"][0]
    assert splits.dates["dev"][1] <= splits.dates["test"][0]
    assert splits.undated == 1
    assert splits.of[str(UUID(int=500))] == "train"


@given(st.lists(st.text(alphabet="ab 漢字🗳️.", max_size=40), max_size=20))
def test_any_texts_can_be_divided(texts: list[str]) -> None:
    articles = [article(number, text) for number, text in enumerate(texts)]
    for split in ("article", "time"):
        splits = divided(Terms(split=split), articles).splits()
        assert set(splits.of) == {str(each.id) for each in articles}
        for group in splits.groups:
            assert len({splits.of[each] for each in group}) == 1
        equal: dict[str, set[str]] = {}
        for each in articles:
            if any(char.isalnum() for char in each.text):
                equal.setdefault(each.text, set()).add(splits.of[str(each.id)])
        assert all(len(found) == 1 for found in equal.values())
