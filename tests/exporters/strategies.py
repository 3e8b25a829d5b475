"""Articles with annotation sets as exports have them: any text, every field, in the order of an export."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from labels.records import AnnotationSet, Article, Fragment, Provenance, Relation, Review, Span
from labels.text.canonical import canonical
from labels.vocabulary import Choice, Kind, Origin, State, Verdict

from ..text.texts import kept_texts
from .articles import ODD_TEXTS

Draw = Any

names = st.sampled_from(["ana", "ben", "Łukasz", "المراجع", "a b", "x" * 150])
labels = st.sampled_from(["CLAIM", "SOURCE", "CUE", "NEW.label-1", "x"])
types = st.sampled_from(["ATTRIBUTED_TO", "NEW_LINK"])
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
numbers = st.integers(-(2**53), 2**53) | st.sampled_from([0.5, -1.25, 1e-7, 3.0])
values = st.none() | st.booleans() | numbers | words | st.lists(words, max_size=3)
objects = st.dictionaries(words, st.recursive(values, lambda inner: st.lists(inner, max_size=2)))
attributes = st.dictionaries(st.sampled_from(["form", "stance", "Odd-1", "z.z"]), values)
counts = st.integers(0, 10**9)
moments = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.isoformat())
origins = st.builds(
    Provenance,
    derived_from=st.none() | st.uuids(),
    set=st.none() | st.uuids(),
    annotator=names,
    choice=st.sampled_from(Choice),
    reason=words,
    note=words,
    adjudicator=names,
    decided_at=moments,
)
texts = st.sampled_from(ODD_TEXTS) | kept_texts


@st.composite
def articles(draw: Draw, most: int = 3, *, follow: bool = False) -> list[Article]:
    """Draw articles of different texts, which may `follow` texts that are not among them."""
    found = draw(st.lists(texts, min_size=1, max_size=most, unique_by=lambda x: canonical(x).text))
    ids = iter(range(1, 100_000))
    made = [_article(draw, text, ids) for text in found]
    if follow:
        numbers, older = st.integers(1, 3), st.none() | st.uuids()
        made = [replace(each, version=draw(numbers), supersedes=draw(older)) for each in made]
    return made


def _id(ids: Any) -> UUID:
    return UUID(f"01890a5d-ac96-774b-bcce-{next(ids):012x}")


def _article(draw: Draw, text: str, ids: Any) -> Article:
    made = canonical(text)
    owners = st.lists(
        st.tuples(names, st.sampled_from(Kind), st.integers(1, 3)), max_size=2, unique=True
    )
    return Article(
        id=_id(ids),
        text=made.text,
        text_sha256=made.text_sha256,
        original_sha256=made.original_sha256,
        title=draw(st.sampled_from(["Taxes", "税金 “fell”", " x "])),
        publisher=draw(words),
        published_at=draw(st.sampled_from(["", "2019-10-29", "2019-10-29T08:30:00+02:00"])),
        extra=draw(objects),
        annotation_sets=[_set(draw, made.text, ids, *each) for each in draw(owners)],
    )


def _set(draw: Draw, text: str, ids: Any, name: str, kind: Kind, number: int) -> AnnotationSet:
    spans = [_span(draw, text, ids) for _ in range(draw(st.integers(0, 3)))]
    spans.sort(key=lambda span: (span.start, -span.end, span.label, span.id))
    relations = []
    if len(spans) > 1:
        ends = st.permutations(spans).map(lambda found: (found[0].id, found[1].id))
        for _ in range(draw(st.integers(0, 2))):
            one, other = draw(ends)
            relations.append(
                Relation(_id(ids), draw(types), one, other, draw(attributes), draw(counts))
            )
    targets: list[tuple[UUID | None, UUID | None]] = [(None, None), (_id(ids), None)]
    targets += [(span.id, None) for span in spans] + [(None, link.id) for link in relations]
    reviews = [
        _review(draw, ids, *target) for target in targets for _ in range(draw(st.integers(0, 2)))
    ]
    return AnnotationSet(
        id=_id(ids),
        annotator=name,
        kind=kind,
        round=number,
        state=draw(st.sampled_from(State)),
        version=draw(counts),
        scheme_version=1 + draw(counts) % 10**6,
        spans=spans,
        relations=relations,
        reviews=reviews,
        provenance={each.id: draw(origins) for each in spans} if kind == Kind.GOLD else {},
        active_seconds=draw(st.none() | counts),
    )


def _span(draw: Draw, text: str, ids: Any) -> Span:
    edges = draw(
        st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted)
    )
    fragments = [Fragment(*edges[at : at + 2]) for at in range(0, len(edges) - 1, 2)]
    return Span(
        id=_id(ids),
        label=draw(labels),
        fragments=tuple(fragments),
        attributes=draw(attributes),
        origin=draw(st.sampled_from(Origin)),
        derived_from=draw(st.none() | st.uuids()),
        confidence=draw(st.none() | st.floats(0, 1)),
        flag=draw(st.booleans()),
        rev=draw(counts),
    )


def _review(draw: Draw, ids: Any, span: UUID | None, relation: UUID | None) -> Review:
    verdicts = [Verdict.MISSING] if span is relation else [Verdict.ACCEPT, Verdict.FIX]
    verdict = draw(st.sampled_from(verdicts))
    return Review(
        id=_id(ids),
        verdict=verdict,
        reviewer=draw(names),
        rev=draw(counts),
        created_at=draw(moments),
        span=span,
        relation=relation,
        reason=draw(words),
        comment=draw(words),
        proposal=None if verdict == Verdict.ACCEPT else draw(attributes),
    )
