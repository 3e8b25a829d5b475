"""Spans value by value, as tables hold them, for where there are a million.

They go from a file into tables, from process to process, and from tables into a file as columns; a record is made
where somebody asks for one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise
from typing import Any, NamedTuple, Self
from uuid import UUID, SafeUUID

from .records import NONE, Attributes, Fragment, Span
from .vocabulary import Origin


class Columns(NamedTuple):
    """The values of spans; ids are 32 hexadecimal digits.

    `starts` and `ends` are those of all fragments, of which each span has as many as `parts` says.
    """

    ids: Sequence[str]
    labels: Sequence[str]
    parts: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    attributes: Sequence[Attributes]
    origins: Sequence[Origin]
    derived_from: Sequence[str | None]
    confidences: Sequence[float | None]
    flags: Sequence[bool]
    revs: Sequence[int]


class Spans(Sequence[Span]):
    """Spans of which there are the columns, and records from the first time that one is asked for."""

    __slots__ = ("_made", "columns")
    __hash__ = None  # type: ignore[assignment] # as that of a list

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._made: list[Span] | None = None

    @classmethod
    def of(cls, spans: Sequence[Span]) -> Self:
        """Take records apart; what is apart already stays as it is."""
        if isinstance(spans, cls):
            return spans
        fragments = [each.fragments for each in spans]
        places = list(chain.from_iterable(fragments))
        return cls(
            Columns(
                [each.id.hex for each in spans],
                [each.label for each in spans],
                [len(each) for each in fragments],
                [start for start, _end in places],
                [end for _start, end in places],
                # One for all that have none: it is sent to another process once.
                [each.attributes or NONE for each in spans],
                [each.origin for each in spans],
                [each.derived_from.hex if each.derived_from else None for each in spans],
                [each.confidence for each in spans],
                [each.flag for each in spans],
                [each.rev for each in spans],
            )
        )

    def __reduce__(self) -> Any:
        return Spans, (self.columns,)

    def __len__(self) -> int:
        return len(self.columns.ids)

    def __getitem__(self, at: Any) -> Any:
        return self._records()[at]

    def __iter__(self) -> Iterator[Span]:
        return iter(self._records())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._records() == list(other)

    def _records(self) -> list[Span]:
        if self._made is None:
            ids, labels, parts, starts, ends, attributes, origins, derived_from, *rest = (
                self.columns
            )
            places = list(map(Fragment, starts, ends))
            edges = pairwise(accumulate(parts, initial=0))
            fragments = [tuple(places[first:last]) for first, last in edges]
            sources = [each and known(each) for each in derived_from]
            named = map(known, ids), labels, fragments, attributes, origins, sources
            self._made = list(map(Span, *named, *rest))
        return self._made


def columns(spans: Sequence[Span]) -> Columns:
    """Return the values of spans."""
    return Spans.of(spans).columns


def shown(
    spans: Sequence[Span], place: Callable[[int, int], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return spans as clients and files see them; `place` gives a stretch of text its offsets and its quote."""
    ids, labels, parts, starts, ends, *values = columns(spans)
    places = map(place, starts, ends)
    return [
        {
            "id": written(uuid),
            "label": label,
            "fragments": [next(places)] if count == 1 else list(islice(places, count)),
            "attributes": attributes,
            "rev": rev,
            "origin": origin,
            "derived_from": source and written(source),
            "confidence": confidence,
            "flag": flag,
        }
        for uuid, label, count, attributes, origin, source, confidence, flag, rev in zip(
            ids, labels, parts, *values, strict=True
        )
    ]


def known(digits: str) -> UUID:
    """Return `UUID(digits)` in half the time: where they come from, they are 32 hexadecimal digits."""
    made = object.__new__(UUID)
    object.__setattr__(made, "int", int(digits, 16))
    object.__setattr__(made, "is_safe", SafeUUID.unknown)
    return made


def written(digits: str) -> str:
    """Return `str(known(digits))` without making a UUID."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
