"""A figure of agreement in a cell: its value, what stands beside it, and what has to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from .. import agreement as measures
from ..catalogue import catalogue
from ..records import Agreement, Remark
from ..words import noted, say
from .frame import percent

STEPS = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: what it says and what stands below, how dark it is in ten steps, and where it leads."""

    text: str
    note: str = ""
    step: int | None = None
    url: str = ""
    facts: tuple[str, ...] = ()


def cell(found: Agreement) -> Cell:
    """Return a figure with its interval, or why there is none."""
    if found.value is None:
        return Cell("–", say(str(found.undefined)))
    return Cell(f"{found.value:z.2f}", bounds(found), step(found.value))


def with_shares(found: Agreement, *, coverage: bool = False) -> Cell:
    """Return a figure with raw agreement, the largest category and, if wanted, the coverage below it."""
    made = cell(found)
    if found.value is None:
        return made
    facts = [
        (noted("{share} raw agreement"), found.observed),
        (noted("{share} in one category"), found.prevalence),
        (noted("{share} with a partner"), found.coverage if coverage else None),
    ]
    said = (say(text, share=share(value)) for text, value in facts if value is not None)
    return replace(made, facts=tuple(said))


def bounds(found: Agreement) -> str:
    """Say the interval; nothing where there is none."""
    if found.low is None or found.high is None:
        return ""
    return say("{low} to {high}", low=f"{found.low:z.2f}", high=f"{found.high:z.2f}")


def step(value: float) -> int:
    """Return how dark a cell is."""
    return min(max(int(value * STEPS), 0), STEPS)


def share(value: float | None) -> str:
    """Say a share in percent; a dash where there is none."""
    return "–" if value is None else percent(round(100 * value))


def title(measure: str) -> str:
    """Return what a measure is called in few words."""
    return gettext(catalogue(measures)[measure].title).partition(":")[0]


@dataclass(frozen=True, slots=True)
class Beware:
    """What has to be said, with the first one's values, and of which figures; of none by name if it is of all."""

    sentence: str
    of: list[str]


def beware(found: Iterable[Agreement], name: Callable[[Agreement], str]) -> list[Beware]:
    """Return what has to be said of figures, each kind of sentence once; `name` says which figure it is."""
    figures, kinds = list(found), dict[str, list[tuple[Agreement, Remark]]]()
    for each in figures:
        for remark in each.warnings:
            kinds.setdefault(remark.sentence, []).append((each, remark))
    return [_beware(held, len(figures), name) for held in kinds.values()]


def _beware(
    held: list[tuple[Agreement, Remark]], figures: int, name: Callable[[Agreement], str]
) -> Beware:
    first = held[0][1].values
    names = []
    for each, remark in held:
        own = [value for key, value in remark.values.items() if value != first[key]]
        names.append(f"{name(each)} ({', '.join(own)})" if own else name(each))
    of_all = len(held) == figures and all(remark.values == first for _each, remark in held)
    return Beware(say(held[0][1].sentence, **_titled(first)), [] if of_all else names)


def _titled(values: Mapping[str, str]) -> dict[str, str]:
    """Return what is put into a sentence: a measure that it speaks of is called as the page calls it."""
    return {
        key: f"“{title(value)}”" if key == "measure" else value for key, value in values.items()
    }


def of_label(found: Agreement) -> str:
    """Name a figure by its measure and label."""
    return f"{title(found.measure)}: {found.label or say('all labels')}"


def of_people(found: Agreement) -> str:
    """Name a figure by its people."""
    return ", ".join(found.annotators)


def of_attribute(found: Agreement) -> str:
    """Name a figure by what of a label it compares."""
    return f"{found.label} · {found.attribute}" if found.label else say("the label itself")
