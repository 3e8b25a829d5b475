"""Annotation sets for the tests of comparison and adjudication, written by the words that are marked."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID, uuid5

from hypothesis import strategies as st

from labels.records import AnnotationSet, Fragment, Relation, Span
from labels.vocabulary import Kind, State

TEXT = (
    "“Tokyo tightened export controls on chip materials in July,” a government source said, “and"
    " talks will follow.” The minister Kono spoke in Bangkok on Monday."
)
SPACE = UUID(int=7)


def span(owner: str, label: str, *quotes: str, name: str = "", **attributes: Any) -> Span:
    """Return a span at the first place of each quote; its id follows from who marks what as what."""
    places = [TEXT.index(each) for each in quotes]
    fragments = tuple(Fragment(at, at + len(each)) for at, each in zip(places, quotes, strict=True))
    uuid = uuid5(SPACE, f"{owner}|{name or '|'.join((label, *quotes))}")
    return Span(uuid, label, fragments, attributes)


def link(source: Span, target: Span, kind: str = "ATTRIBUTED_TO", **attributes: Any) -> Relation:
    uuid = uuid5(SPACE, f"{source.id} {kind} {target.id}")
    return Relation(uuid, kind, source.id, target.id, attributes)


def a_set(owner: str, *units: Span | Relation) -> AnnotationSet:
    """Return somebody's submitted set."""
    return AnnotationSet(
        id=uuid5(SPACE, owner),
        annotator=owner,
        kind=Kind.OWN,
        round=1,
        state=State.SUBMITTED,
        version=1,
        scheme_version=1,
        spans=[each for each in units if isinstance(each, Span)],
        relations=[each for each in units if isinstance(each, Relation)],
    )


LABELS = ("CLAIM", "SOURCE", "CUE")
HALF = 0.5


@st.composite
def spans(draw: st.DrawFn, owner: str, number: int) -> Span:
    """Draw a span of one to three fragments anywhere in sixty code points."""
    edges = draw(
        st.lists(st.integers(0, 60), min_size=2, max_size=6, unique=True).map(
            lambda each: sorted(each)[: len(each) // 2 * 2]
        )
    )
    fragments = tuple(Fragment(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    values = draw(st.dictionaries(st.sampled_from("fg"), st.sampled_from("xyz"), max_size=2))
    return Span(uuid5(SPACE, f"{owner}{number}"), draw(st.sampled_from(LABELS)), fragments, values)


@st.composite
def sets(draw: st.DrawFn, owner: str) -> AnnotationSet:
    """Draw a set of up to six spans, stacked and nested as they come, with links between them."""
    made = [draw(spans(owner, number)) for number in range(draw(st.integers(0, 6)))]
    if not made:
        return a_set(owner)
    ends = st.tuples(st.sampled_from(made), st.sampled_from(made))
    pairs = draw(st.lists(ends, max_size=4, unique_by=lambda pair: (pair[0].id, pair[1].id)))
    links = [link(one, other, stance="affirm") for one, other in pairs if one.id != other.id]
    return a_set(owner, *made, *links)


def tangled(seed: int) -> list[AnnotationSet]:
    """Return the sets of two to four people with all that a set can hold; the same for the same seed.

    Spans are stacked, nested and in pieces, with lists of choices and references to cues. Links share ends, go in
    circles, refer to cues, and lie two between the same spans, with and without a direction.
    """
    lot = Random(seed)  # noqa: S311 - no secret is made
    owners = ("ana", "ben", "carl", "dora")[: lot.randint(2, 4)]
    return [_tangled(owner, lot) for owner in owners]


def _tangled(owner: str, lot: Random) -> AnnotationSet:
    made = []
    for number in range(lot.randint(0, 7)):
        edges = sorted(lot.sample(range(60), 2 * lot.randint(1, 3)))
        fragments = tuple(map(Fragment, edges[::2], edges[1::2]))
        values = {"f": lot.choice("xy"), "g": lot.sample("xyz", lot.randint(0, 3))}
        kept = {name: values[name] for name in values if lot.random() < HALF}
        made.append(Span(uuid5(SPACE, f"{owner}{number}"), lot.choice(LABELS), fragments, kept))
    cues = [{}, *({"cue": str(each.id)} for each in made if each.label == "CUE")]
    made = [each._replace(attributes={**each.attributes, **lot.choice(cues)}) for each in made]
    links: dict[object, Relation] = {}
    for _each in range(lot.randint(0, 9) if len(made) > 1 else 0):
        source, target = lot.sample(made, 2)
        kind, stance = lot.choice(("ATTRIBUTED_TO", "SAME_AS")), lot.choice(("affirm", "deny"))
        ends = (source.id, target.id)
        # Without a direction both ways are the same link.
        key = kind, frozenset(ends) if kind == "SAME_AS" else ends
        links[key] = link(source, target, kind, stance=stance, **lot.choice(cues))
    return a_set(owner, *made, *links.values())


def several(least: int = 2, most: int = 4) -> st.SearchStrategy[list[AnnotationSet]]:
    """Draw the sets of several people."""
    owners = ("ana", "ben", "carl", "dora")
    return st.integers(least, most).flatmap(
        lambda count: st.tuples(*(sets(owner) for owner in owners[:count])).map(list)
    )
