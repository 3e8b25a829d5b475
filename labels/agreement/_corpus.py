"""What measures are made of: a project's annotation sets as columns.

Positions are code points on one line on which the articles lie behind each other, with one empty place between
two of them, so that nothing of one touches the next. A span is a row number in the columns; so is a fragment.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from ..records import Article, Scale
from ..text.boundaries import words

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Made = TypeVar("Made")
Value = str | int | bool | tuple[str, ...]


def added(place: Ints, weights: Ints | Floats | Flags | None = None, minlength: int = 0) -> Floats:
    """Count how often each place comes, or sum its weights."""
    return np.bincount(place, weights, minlength).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Codes:
    """An attribute's values: for each span the place of its value in `values`, or -1 where it has none."""

    scale: Scale
    values: tuple[Value, ...]
    of_span: Ints


@dataclass(frozen=True, slots=True)
class Corpus:
    """The columns. `labelled[article, annotator]` says who has a set of which article, if only an empty one."""

    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    relation_types: tuple[str, ...]
    symmetric: Flags
    """By relation type: its two ends are alike."""
    bases: Ints
    ends: Ints
    """Where each article begins and ends on the line."""
    labelled: Flags
    article: Ints
    annotator: Ints
    label: Ints
    first: Ints
    """By span: its first fragment; one number more at the end."""
    starts: Ints
    stops: Ints
    """By fragment."""
    relations: Ints
    """Rows of article, annotator, type, source and target."""
    word_starts: Ints
    word_stops: Ints
    word_bases: Ints
    """By article: the number of its first word; one number more at the end."""
    keys: Ints
    """By span: what whoever gathered the corpus calls it."""
    attributes: tuple[Codes, ...] = ()
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    go_on: Callable[[], None] = field(default=lambda: None, compare=False, repr=False)
    """Called before each figure, and by what takes long before each article; what it raises ends the counting."""

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        """Return what was made before under a key, or make it."""
        if key not in self.memo:
            self.memo[key] = make()
        made: Made = self.memo[key]
        return made

    @property
    def fragment_span(self) -> Ints:
        """By fragment: its span."""
        return np.repeat(np.arange(len(self.article)), np.diff(self.first))

    def shared(self, group: Sequence[int]) -> Flags:
        """Tell of each article whether two of a group, at least, have labelled it."""
        found: Flags = self.labelled[:, list(group)].sum(axis=1) > 1
        return found

    def spans(self) -> Ints:
        """Count spans by annotator, article and label."""
        return self.once("spans", self._spans)

    def _spans(self) -> Ints:
        shape = len(self.annotators), len(self.bases), len(self.labels)
        place = np.ravel_multi_index((self.annotator, self.article, self.label), shape)
        found: Ints = added(place, minlength=int(np.prod(shape))).reshape(shape).astype(np.int64)
        return found


Codings = Sequence[tuple[int, int]]
"""What a span's attributes are: for each the number of its scale, and of the value."""


class Gathering:
    """Takes a project piece by piece, in the order article, set, spans, relations, and makes a `Corpus` of it.

    Rows are kept as they come and laid out as columns at the end of an article: a call for each number would
    take longer than all that is counted afterwards.
    """

    def __init__(self, scales: Iterable[Scale] = (), symmetric: Iterable[str] = ()) -> None:
        self._scales = list(scales)
        self._by_label: dict[str, list[int]] = {}
        for number, scale in enumerate(self._scales):
            self._by_label.setdefault(scale.label, []).append(number)
        self._symmetric = frozenset(symmetric)
        self._annotators: dict[str, int] = {}
        self._labels: dict[str, int] = {}
        self._types: dict[str, int] = {}
        self._values: list[dict[Value, int]] = [{} for _ in self._scales]
        self._given = [array("q") for _ in self._scales]
        self._blocks: dict[str, list[Ints]] = {name: [] for name in _WIDTHS}
        self._rows: dict[str, list[tuple[int, ...]]] = {name: [] for name in _WIDTHS}
        self._base = self._end = -1
        self._articles = self._spans = self._who = 0

    def article(self, text: str) -> None:
        """Begin the next article."""
        self._lay_out()
        self._base, self._end = self._end + 1, self._end + 1 + len(text)
        found = words(text)
        self._rows["articles"].append((self._base, self._end, len(found)))
        self._rows["words"] += found
        self._articles += 1

    def _lay_out(self) -> None:
        """Make columns of the rows of an article; places are on the line from here on."""
        for name, rows in self._rows.items():
            made = np.array(rows, dtype=np.int64).reshape(-1, _WIDTHS[name])
            self._blocks[name].append(made + self._base if name in _PLACES else made)
        self._rows = {name: [] for name in _WIDTHS}

    def annotation_set(self, annotator: str) -> None:
        """Begin somebody's set of the article."""
        self._who = self._annotators.setdefault(annotator, len(self._annotators))
        self._rows["sets"].append((self._articles - 1, self._who))

    def span(
        self,
        label: str,
        places: Sequence[tuple[int, int]],
        codings: Codings = (),
        key: int = 0,
    ) -> int:
        """Add a span with its fragments to the set and return its number."""
        number = self._spans
        self._spans += 1
        known = self._labels.setdefault(label, len(self._labels))
        self._rows["spans"].append((self._articles - 1, self._who, known, len(places), key))
        self._rows["fragments"] += places
        for scale, code in codings:
            self._given[scale].extend((number, code))
        return number

    def codings(self, label: str, attributes: Mapping[str, Any]) -> Codings:
        """Return what the attributes of a span with a label are."""
        found = []
        for number in self._by_label.get(label, ()) if attributes else ():
            given = attributes.get(self._scales[number].attribute)
            if given in (None, "", []):
                continue
            value = tuple(sorted(given)) if isinstance(given, list) else given
            known = self._values[number]
            found.append((number, known.setdefault(value, len(known))))
        return found

    def relation(self, kind: str, source: int, target: int) -> None:
        """Add a relation between two spans of the set."""
        number = self._types.setdefault(kind, len(self._types))
        self._rows["relations"].append((self._articles - 1, self._who, number, source, target))

    def corpus(self) -> Corpus:
        """Return what was taken; annotators, labels and types in the order of their names."""
        self._lay_out()
        made = {name: np.concatenate(each) for name, each in self._blocks.items()}
        annotators, people = _sorted(self._annotators)
        labels, kinds = _sorted(self._labels)
        types, links = _sorted(self._types)
        bases, ends, many_words = made["articles"].T.copy()
        spans, sets, relations = made["spans"], made["sets"], made["relations"]
        relations[:, 1] = people[relations[:, 1]]
        relations[:, 2] = links[relations[:, 2]]
        labelled = np.zeros((len(bases), len(annotators)), dtype=np.bool_)
        labelled[sets[:, 0], people[sets[:, 1]]] = True
        return Corpus(
            annotators=annotators,
            labels=labels,
            relation_types=types,
            symmetric=np.array([each in self._symmetric for each in types], dtype=np.bool_),
            bases=bases,
            ends=ends,
            labelled=labelled,
            article=spans[:, 0].copy(),
            annotator=people[spans[:, 1]],
            label=kinds[spans[:, 2]],
            first=np.append(0, np.cumsum(spans[:, 3])),
            starts=made["fragments"][:, 0].copy(),
            stops=made["fragments"][:, 1].copy(),
            relations=relations,
            word_starts=made["words"][:, 0].copy(),
            word_stops=made["words"][:, 1].copy(),
            word_bases=np.append(0, np.cumsum(many_words)),
            keys=spans[:, 4].copy(),
            attributes=tuple(self._coded(number) for number in range(len(self._scales))),
        )

    def _coded(self, number: int) -> Codes:
        of_span = np.full(self._spans, -1, dtype=np.int64)
        spans, codes = np.array(self._given[number], dtype=np.int64).reshape(-1, 2).T
        of_span[spans] = codes
        return Codes(self._scales[number], tuple(self._values[number]), of_span)


_WIDTHS = {"articles": 3, "words": 2, "sets": 2, "spans": 5, "fragments": 2, "relations": 5}
"""Columns of what is taken: begin, end and words of an article; article and annotator of a set; article,
annotator, label, number of fragments and key of a span; article, annotator, type, source and target of a
relation."""
_PLACES = {"words", "fragments"}
"""What has begin and end in its article."""


def _sorted(known: Mapping[str, int]) -> tuple[tuple[str, ...], Ints]:
    """Return names in order, and for each old number the new one."""
    names = tuple(sorted(known))
    moved = np.zeros(len(names), dtype=np.int64)
    for new, name in enumerate(names):
        moved[known[name]] = new
    return names, moved


def gathered(
    articles: Iterable[Article], scales: Iterable[Scale] = (), symmetric: Iterable[str] = ()
) -> Corpus:
    """Make a corpus of articles with their annotation sets."""
    found = Gathering(scales, symmetric)
    for article in articles:
        found.article(article.text)
        for each in article.annotation_sets:
            found.annotation_set(each.annotator)
            numbers = {
                span.id: found.span(
                    span.label,
                    [(place.start, place.end) for place in span.fragments],
                    found.codings(span.label, span.attributes),
                )
                for span in each.spans
            }
            for link in each.relations:
                found.relation(link.type, numbers[link.source], numbers[link.target])
    return found.corpus()
