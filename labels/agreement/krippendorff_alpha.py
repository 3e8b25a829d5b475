"""Krippendorff's alpha on attributes, any number of people.

Where people marked the same unit: how far they say the same of it, beyond chance. Each attribute is compared on
its own scale, and values that nobody gave count as missing, not as a value. Alpha of the labels themselves is
given for units that overlap whatever their labels. Units of one person alone have nobody to agree with: read
the coverage beside it.

alpha = 1 - Do/De (Krippendorff 2004, chapter 11). Levels: nominal; ordinal for scales and whole numbers;
interval and ratio for whole numbers; MASI (Passonneau 2006) and Jaccard's distance for several choices at once.
Krippendorff asks for 0.800, and for tentative conclusions 0.667.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ..records import Remark
from ..words import noted
from ._coincidence import (
    MOST_RANKS,
    Coincidences,
    alpha,
    coincidences,
    interval_distances,
    jaccard_distances,
    masi_distances,
    nominal_distances,
    ordinal,
    ratio_distances,
)
from ._corpus import Codes, Corpus, Ints, Value
from ._matching import units
from ._tally import Tally

OVER = "labels"
PAIRS_ONLY = False
MATCHING = (
    "Units matched one to one by largest overlap, with the same label (for labels: whatever it is)."
)
MISSING = 0.1
"""Share of matched units with one value alone from which it is said."""
ONE_VALUE = noted(
    "{units} of {whole} matched units have this from one person alone. No value is not a value: they are"
    " left out."
)
READING = noted(
    "MASI is read as Passonneau does: a subset is 2/3 as like. Programs that scale Jaccard’s distance give"
    " another figure."
)
LABEL = "label"
"""What the comparison of the labels themselves is called."""
MOST_VALUES = 300
"""Different values of a scale: beyond these, hardly any two people can be expected to agree by chance."""
DISTANCES = {
    "nominal": nominal_distances,
    "interval": interval_distances,
    "ratio": ratio_distances,
    "masi": masi_distances,
    "jaccard": jaccard_distances,
}
LEVELS = {
    "choice": ("nominal",),
    "boolean": ("nominal",),
    "identifier": ("nominal",),
    "ordinal": ("ordinal", "nominal"),
    "integer": ("interval", "ordinal", "ratio"),
    "choices": ("masi", "jaccard"),
}
"""The levels of each type of attribute, the one to look at first; texts and spans are on no scale."""


def tallies(corpus: Corpus, group: Sequence[int], kind: int | None) -> Iterator[Tally]:
    """Yield alpha of the labels, or of each attribute of a label on each of its levels."""
    if kind is None:
        rows = units(corpus, group, any_label=True)
        values = np.where(rows < 0, -1, corpus.label[rows])
        pairs = coincidences(values, _article(corpus, rows), len(corpus.bases))
        found = alpha(pairs, nominal_distances(corpus.labels))
        yield replace(found, attribute=LABEL, level="nominal")
        return
    rows = units(corpus, group)
    # -1 would count from the end, but a row has one span at least, and they share their label.
    rows = rows[corpus.label[rows.max(axis=1)] == kind]
    for codes in corpus.attributes:
        if codes.scale.label == corpus.labels[kind]:
            yield from _levels(corpus, codes, rows)


def _article(corpus: Corpus, rows: Ints) -> Ints:
    found: Ints = corpus.article[rows.max(axis=1)]
    return found


def _levels(corpus: Corpus, codes: Codes, rows: Ints) -> Iterator[Tally]:
    if len(codes.values) > MOST_VALUES:
        return
    order = _order(codes)
    place = np.empty(len(order) + 1, dtype=np.int64)
    place[order] = np.arange(len(order))
    place[-1] = -1
    # A span without a value has the code -1, which reads the -1 behind the last value; so has a missing span.
    given = np.where(rows < 0, -1, codes.of_span[rows])
    pairs = coincidences(place[given], _article(corpus, rows), len(corpus.bases))
    missing = tuple(_missing(rows, given))
    for level in LEVELS.get(codes.scale.type, ()):
        found = _alpha(level, pairs, [codes.values[each] for each in order])
        if found:
            yield replace(
                found,
                attribute=codes.scale.attribute,
                level=level,
                warnings=(*missing, *found.warnings),
            )


def _missing(rows: Ints, given: Ints) -> Iterator[Remark]:
    """Say how many matched units have nobody to compare, where they are not few."""
    said = (given >= 0).sum(axis=1)
    alone = int(((said == 1) & ((rows >= 0).sum(axis=1) > 1)).sum())
    whole = int((said > 0).sum())
    if whole and alone / whole >= MISSING:
        yield Remark(ONE_VALUE, {"units": f"{alone:,}", "whole": f"{whole:,}"})


def _alpha(level: str, pairs: Coincidences, values: Sequence[Value]) -> Tally | None:
    if level == "ordinal":
        return ordinal(pairs, len(values)) if len(values) <= MOST_RANKS else None
    distances = DISTANCES[level](values)
    found = alpha(pairs, distances)
    apart = distances[pairs.one, pairs.two]
    partly = ((apart > 0) & (apart < 1)).any()
    return replace(found, warnings=(Remark(READING),)) if level == "masi" and partly else found


def _order(codes: Codes) -> list[int]:
    """Return the values' numbers in the order of their scale; those that the scheme no longer has come last."""
    known = {name: rank for rank, name in enumerate(codes.scale.values)}
    numbers = range(len(codes.values))
    if codes.scale.type == "integer":
        return sorted(numbers, key=lambda each: float(str(codes.values[each])))
    names = [str(each) for each in codes.values]
    return sorted(numbers, key=lambda each: (known.get(names[each], len(known)), names[each]))
