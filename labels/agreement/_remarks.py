"""What has to be said beside a figure, because it would mislead without: the pitfalls that practice knows.

What a measure alone can tell (units left out, a seed, values that are missing) it says itself, in its tally.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..records import Agreement, Remark
from ..words import noted

FEW_ARTICLES = 10
DOMINANT = 0.9
PARADOX = (0.8, 0.6)
"""Raw agreement above the first with a coefficient below the second wants an explanation."""
STRICT = 0.2
"""Share of spans that have a partner and yet are not the same, from which the strict figure misleads."""
MATCHED = 0.8
"""Share of units with a partner below which a figure of those alone leaves out too much."""
HIDDEN = 0.2
"""How far the figure of a label may lie below that of all."""
TENTATIVE, RELIABLE = 0.667, 0.8
"""Krippendorff's marks, for alpha alone: words for ranges of F1 or kappa are convention, not evidence."""

EXACT, FORGIVING = "span_f1_exact", "span_f1_overlap"
"""The measure that wants the same to the character, and what forgives other ends."""
GIVEN = "relation_f1_given"
"""The measure of links whose ends both have."""
LINKS = {"relation_f1", "relation_f1_exact"}
"""Measures in which an end that the other lacks makes the link differ."""
OF_MATCHED = {"krippendorff_alpha", "cu_alpha", GIVEN}
"""Measures of what two people both marked, silent about all else."""
ALPHAS = {"krippendorff_alpha", "alpha_u_2004", "cu_alpha", "u_alpha", "u_alpha_value"}


def remarked(found: Sequence[Agreement]) -> list[Agreement]:
    """Return a group's figures with what has to be said beside each."""
    lowest: dict[str, Agreement] = {}
    for each in found:
        if each.label and each.value is not None and not each.attribute:
            lowest[each.measure] = min(each, lowest.get(each.measure, each), key=_value)
    return [
        replace(each, warnings=[*each.warnings, *_of(each), *_hidden(each, lowest)])
        for each in found
    ]


def _value(found: Agreement) -> float:
    return found.value or 0.0


def _of(found: Agreement) -> Iterator[Remark]:
    if found.articles and found.articles < FEW_ARTICLES:
        yield Remark(
            noted("Few articles ({articles}): the figure may move a good deal with the next ones."),
            {"articles": str(found.articles)},
        )
    if found.prevalence is not None and found.prevalence >= DOMINANT:
        yield Remark(
            noted(
                "One category holds {share} of what was judged: a coefficient that corrects for"
                " chance falls with it, even where people agree."
            ),
            {"share": percent(found.prevalence)},
        )
    if found.value is not None:
        yield from (*_paradox(found), *_strict(found), *_matched(found), *_marks(found))


def _paradox(found: Agreement) -> Iterable[Remark]:
    value, observed = _value(found), found.observed
    if observed is None or observed < PARADOX[0] or value >= PARADOX[1]:
        return ()
    sentence = noted(
        "People agree on {share}, and yet the coefficient is {value}: most of that would be"
        " expected by chance. Read both."
    )
    return (Remark(sentence, {"share": percent(observed), "value": f"{value:.2f}"}),)


def _strict(found: Agreement) -> Iterable[Remark]:
    apart = (found.coverage or 0) - _value(found)
    if found.measure != EXACT or apart < STRICT:
        return ()
    sentence = noted(
        "{share} have a partner with other ends, which counts as nothing here: see {measure}."
    )
    return (Remark(sentence, {"share": percent(apart), "measure": FORGIVING}),)


def _matched(found: Agreement) -> Iterable[Remark]:
    if found.coverage is None or found.coverage >= MATCHED:
        return ()
    if found.measure in LINKS:
        sentence = noted(
            "Of the links, {share} have both ends marked by the other too. The rest differ because of their"
            " ends: {measure} leaves them out."
        )
        return (Remark(sentence, {"share": percent(found.coverage), "measure": GIVEN}),)
    if found.measure not in OF_MATCHED:
        return ()
    sentence = noted(
        "It speaks of what two people both marked: of all that they marked, {share} has a partner."
        " The rest is in no such figure."
    )
    return (Remark(sentence, {"share": percent(found.coverage)}),)


def _marks(found: Agreement) -> Iterable[Remark]:
    if found.measure not in ALPHAS or _value(found) >= RELIABLE:
        return ()
    if _value(found) >= TENTATIVE:
        return (Remark(noted("By Krippendorff’s marks for tentative conclusions only."), {}),)
    return (Remark(noted("By Krippendorff’s marks not to be relied on."), {}),)


def _hidden(found: Agreement, lowest: dict[str, Agreement]) -> Iterable[Remark]:
    low = lowest.get(found.measure)
    if found.label or found.attribute or found.value is None or low is None:
        return ()
    if found.value - _value(low) < HIDDEN:
        return ()
    sentence = noted(
        "It hides {label}, of which it is {value}: what is long or frequent decides over all"
        " labels together. Look at each."
    )
    return (Remark(sentence, {"label": str(low.label), "value": f"{_value(low):.2f}"}),)


def percent(share: float) -> str:
    """Write a share."""
    return f"{share:.0%}"
