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

from ..records import Article, Fragment, Scale
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


class Gathering:
    """Takes a project piece by piece, in the order article, set, spans, relations, and makes a `Corpus` of it."""

    def __init__(self, scales: Iterable[Scale] = (), symmetric: Iterable[str] = ()) -> None:
        self._scales = list(scales)
        self._by_label: dict[str, list[int]] = {}
        for number, scale in enumerate(self._scales):
            self._by_label.setdefault(scale.label, []).append(number)
        self._symmetric = frozenset(symmetric)
        self._annotators: dict[str, int] = {}
        self._labels: dict[str, int] = {}
        self._types: dict[str, int] = {}
        self._columns = {name: array("q") for name in _COLUMNS}
        self._values: list[dict[Value, int]] = [{} for _ in self._scales]
        self._codes = [(array("q"), array("q")) for _ in self._scales]
        self._end = -1
        self._fragments = 0
        self._who = -1

    def article(self, text: str) -> None:
        """Begin the next article."""
        base = self._end + 1
        self._end = base + len(text)
        add = self._columns
        add["bases"].append(base)
        add["ends"].append(self._end)
        add["word_bases"].append(len(add["word_starts"]))
        for start, stop in words(text):
            add["word_starts"].append(base + start)
            add["word_stops"].append(base + stop)

    def annotation_set(self, annotator: str) -> None:
        """Begin somebody's set of the article."""
        self._who = self._annotators.setdefault(annotator, len(self._annotators))
        self._columns["set_article"].append(len(self._columns["bases"]) - 1)
        self._columns["set_annotator"].append(self._who)

    def span(
        self,
        label: str,
        fragments: Iterable[Fragment],
        attributes: Mapping[str, Any],
        key: int = 0,
    ) -> int:
        """Add a span to the set and return its number."""
        add = self._columns
        number = len(add["article"])
        base = add["bases"][-1]
        add["article"].append(len(add["bases"]) - 1)
        add["annotator"].append(self._who)
        add["label"].append(self._labels.setdefault(label, len(self._labels)))
        add["keys"].append(key)
        add["first"].append(self._fragments)
        for each in fragments:
            add["starts"].append(base + each.start)
            add["stops"].append(base + each.end)
            self._fragments += 1
        if attributes:
            self._attributes(number, label, attributes)
        return number

    def _attributes(self, span: int, label: str, attributes: Mapping[str, Any]) -> None:
        for number in self._by_label.get(label, ()):
            given = attributes.get(self._scales[number].attribute)
            if given in (None, "", []):
                continue
            value = tuple(sorted(given)) if isinstance(given, list) else given
            spans, codes = self._codes[number]
            known = self._values[number]
            spans.append(span)
            codes.append(known.setdefault(value, len(known)))

    def relation(self, kind: str, source: int, target: int) -> None:
        """Add a relation between two spans of the set."""
        number = self._types.setdefault(kind, len(self._types))
        article = len(self._columns["bases"]) - 1
        self._columns["relations"].extend((article, self._who, number, source, target))

    def corpus(self) -> Corpus:
        """Return what was taken; annotators, labels and types in the order of their names."""
        made = {name: np.array(each, dtype=np.int64) for name, each in self._columns.items()}
        annotators, people = _sorted(self._annotators)
        labels, kinds = _sorted(self._labels)
        types, links = _sorted(self._types)
        relations = made["relations"].reshape(-1, 5)
        relations[:, 1] = people[relations[:, 1]]
        relations[:, 2] = links[relations[:, 2]]
        labelled = np.zeros((len(made["bases"]), len(annotators)), dtype=np.bool_)
        labelled[made["set_article"], people[made["set_annotator"]]] = True
        return Corpus(
            annotators=annotators,
            labels=labels,
            relation_types=types,
            symmetric=np.array([each in self._symmetric for each in types], dtype=np.bool_),
            bases=made["bases"],
            ends=made["ends"],
            labelled=labelled,
            article=made["article"],
            annotator=people[made["annotator"]],
            label=kinds[made["label"]],
            first=np.append(made["first"], self._fragments),
            starts=made["starts"],
            stops=made["stops"],
            relations=relations,
            word_starts=made["word_starts"],
            word_stops=made["word_stops"],
            word_bases=np.append(made["word_bases"], len(made["word_starts"])),
            keys=made["keys"],
            attributes=tuple(self._coded(number) for number in range(len(self._scales))),
        )

    def _coded(self, number: int) -> Codes:
        of_span = np.full(len(self._columns["article"]), -1, dtype=np.int64)
        spans, codes = (np.array(each, dtype=np.int64) for each in self._codes[number])
        of_span[spans] = codes
        return Codes(self._scales[number], tuple(self._values[number]), of_span)


_COLUMNS = (
    "bases",
    "ends",
    "set_article",
    "set_annotator",
    "article",
    "annotator",
    "label",
    "keys",
    "first",
    "starts",
    "stops",
    "relations",
    "word_starts",
    "word_stops",
    "word_bases",
)


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
                span.id: found.span(span.label, span.fragments, span.attributes)
                for span in each.spans
            }
            for link in each.relations:
                found.relation(link.type, numbers[link.source], numbers[link.target])
    return found.corpus()
