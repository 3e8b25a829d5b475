"""Adjudication: what is still to be decided, and what a decision about one unit means.

A decision stands as long as every set says of the unit what it said then. What has changed since is asked again;
until it is decided anew, the gold set keeps what came of the old decision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from ..errors import BadDecision, WrongState
from ..records import Decision, Fragment, Relation, Said, Span
from ..vocabulary import Choice, Difference, Merge, State
from ..words import noted, say
from .comparison import Cluster, Version, differences
from .review import REASONS as REVIEWED_FOR
from .scheme import RelationType

REASONS = {"guideline": noted("The guideline says so")} | REVIEWED_FOR
"""Why something is decided so, by code; a screen offers them, and words of one's own are as good."""

FEWEST = 2
"""Submitted sets that make a comparison."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an adjudicator wants.

    `set` is whose version is taken, or whose attributes and links go with a merge or an edit.
    """

    choice: Choice
    set: UUID | None = None
    merge: Merge = Merge.UNION
    label: str | None = None
    fragments: tuple[Fragment, ...] | None = None
    attributes: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One unit on the adjudicator's desk. `cluster` is None where no set has any more what was decided on."""

    key: str
    cluster: Cluster | None
    decision: Decision | None = None
    replaces: tuple[UUID, ...] = ()
    changed: tuple[UUID, ...] = ()
    """The sets that have said something else since it was decided; then it is asked again."""

    @property
    def decided(self) -> bool:
        """Whether a decision stands."""
        return self.decision is not None and not self.changed

    @property
    def units(self) -> frozenset[tuple[UUID, UUID]]:
        """The set and the id of each span that it is about, now or when it was decided."""
        now = self.cluster.units if self.cluster else ()
        return frozenset(now) | (self.decision.units if self.decision else frozenset())

    @property
    def gives(self) -> bool:
        """Whether gold has something of it."""
        return self.decision is not None and bool(self.decision.spans)

    @property
    def kinds(self) -> tuple[Difference, ...]:
        """How the versions differ."""
        return self.cluster.kinds if self.cluster else ()

    @property
    def agreed(self) -> bool:
        """Whether all sets say the same, so that it can be taken with all that is so."""
        return self.cluster is not None and self.cluster.agreed


# What stands


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that hold: neither taken back nor replaced, oldest first."""
    rows = list(decisions)
    undone = {each.undoes for each in rows if each.choice is Choice.UNDO}
    held = [each for each in rows if each.choice is not Choice.UNDO and each.act not in undone]
    replaced = {one for each in held for one in each.replaces}
    return [each for each in held if each.id not in replaced]


def last_act(decisions: Iterable[Decision]) -> UUID | None:
    """Return the last act that was not taken back."""
    rows = list(decisions)
    undone = {each.undoes for each in rows if each.choice is Choice.UNDO}
    acts = [each.act for each in rows if each.choice is not Choice.UNDO and each.act not in undone]
    return acts[-1] if acts else None


def items(clusters: Sequence[Cluster], held: Sequence[Decision]) -> list[Item]:
    """Return what is on the desk: each cluster, then what was decided on and is gone by now."""
    by_unit: dict[tuple[UUID, UUID], list[Decision]] = {}
    for each in held:
        for unit in each.units:
            by_unit.setdefault(unit, []).append(each)
    found, met = [], set()
    for cluster in clusters:
        about = {each.id: each for unit in cluster.units for each in by_unit.get(unit, ())}
        met |= set(about)
        found.append(_item(cluster, [each for each in held if each.id in about]))
    gone = [each for each in held if each.units and each.id not in met]
    return found + [_gone(each) for each in gone]


def _item(cluster: Cluster, decisions: Sequence[Decision]) -> Item:
    key = _key(cluster.units)
    if not decisions:
        return Item(key, cluster)
    replaced = tuple(each.id for each in decisions)
    return Item(key, cluster, decisions[-1], replaced, changed(cluster, decisions[-1]))


def _gone(decision: Decision) -> Item:
    owners = tuple(each.set for each in decision.about if each.spans)
    return Item(_key(sorted(decision.units)), None, decision, (decision.id,), owners)


def _key(units: Iterable[tuple[UUID, UUID]]) -> str:
    """Return the name of a unit: the same as long as the same spans are in it."""
    named = "\n".join(f"{owner} {span}" for owner, span in sorted(units))
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def changed(cluster: Cluster, decision: Decision) -> tuple[UUID, ...]:
    """Return the sets that say something else than they did when it was decided."""
    then = {each.set: each for each in decision.about}
    now = {each.set: said(each) for each in cluster.versions}
    return tuple(each for each in sorted({*then, *now}) if then.get(each) != now.get(each))


def said(version: Version) -> Said:
    """Return what a set says, to be kept with a decision; what only tells of its making is left out."""
    spans = tuple(
        Span(each.id, each.label, each.fragments, dict(each.attributes)) for each in version.spans
    )
    links = tuple(each.relation._replace(rev=0) for each in version.links)
    return Said(version.set, spans, links)


def other_ends(
    decisions: Iterable[Decision], gold: str, kind: RelationType
) -> Iterator[tuple[UUID, UUID]]:
    """Yield the set and the id of what the sets link a gold span to by a type, those of the set taken first."""
    made = next((each for each in decisions for one in each.spans if str(one.id) == gold), None)
    if made is None:
        return
    for said_by in sorted(made.about, key=lambda each: each.set != made.taken):
        own = {each.id for each in said_by.spans}
        for link in said_by.links:
            if link.type == kind.name and own & {link.source, link.target}:
                yield said_by.set, link.target if link.source in own else link.source


def links_to(item: Item, other: Item, kind: RelationType) -> bool:
    """Whether some version of a unit has a link of a type to another unit."""
    if item is other or item.cluster is None or other.cluster is None:
        return False
    links = (link for version in item.cluster.versions for link in version.links)
    return any((link.relation.type, link.to) == (kind.name, other.cluster.number) for link in links)


def likeness(cluster: Cluster) -> tuple[object, ...]:
    """Return what makes two disagreements alike: their kinds, who has which label, which attributes differ."""
    labels = tuple(
        (each.set, tuple(span.label for span in each.spans)) for each in cluster.versions
    )
    return cluster.kinds, labels, tuple(varying(cluster))


def varying(cluster: Cluster) -> list[str]:
    """Return the attributes of which not all spans have the same value."""
    values = [span.attributes for each in cluster.versions for span in each.spans]
    names = sorted({name for each in values for name in each})
    return [name for name in names if len({repr(each.get(name)) for each in values}) > 1]


# What a decision brings


def spans(item: Item, wish: Wish, new_id: Iterable[UUID]) -> tuple[tuple[Span, ...], UUID | None]:
    """Return the gold spans that a wish comes to and the set they are taken from. Raises `BadDecision`."""
    if wish.choice is Choice.KEEP:
        return _kept(item)
    if item.cluster is None and wish.choice is not Choice.NONE:
        raise BadDecision(say("Nobody marks this any more. Keep what was decided, or drop it."))
    if item.cluster is None or wish.choice is Choice.NONE:
        return (), None
    base = _base(item.cluster, wish)
    if wish.choice is Choice.TAKE:
        drafts = list(base.spans)
    elif wish.choice is Choice.MERGE:
        drafts = [base.span._replace(fragments=merged(item.cluster, wish.merge))]
    else:
        drafts = [_edited(base.span, wish)]
    made = [
        Span(uuid, each.label, each.fragments, dict(each.attributes), derived_from=each.id)
        for uuid, each in zip(new_id, drafts, strict=False)
    ]
    return tuple(made), base.set


def _kept(item: Item) -> tuple[tuple[Span, ...], UUID | None]:
    if item.decision is None:
        raise BadDecision(say("Nothing was decided about this yet, so there is nothing to keep."))
    return item.decision.spans, item.decision.taken


def _base(cluster: Cluster, wish: Wish) -> Version:
    """Return the version that a wish begins with: the first that there is, unless one is named."""
    if wish.set is None and wish.choice is Choice.TAKE:
        raise BadDecision(say("Say whose version is taken."))
    for each in cluster.present:
        if wish.set in (None, each.set):
            return each
    raise BadDecision(
        say("That set has nothing here. Choose one that has, or that nobody is right.")
    )


def _edited(span: Span, wish: Wish) -> Span:
    label = wish.label or span.label
    kept = span.attributes if label == span.label else {}
    return span._replace(
        label=label,
        fragments=wish.fragments or span.fragments,
        attributes=kept if wish.attributes is None else wish.attributes,
    )


def links(item: Item, taken: UUID | None, choice: Choice) -> tuple[Relation, ...]:
    """Return the relations that come along: those of the version that is taken."""
    if choice is Choice.KEEP and item.decision:
        return item.decision.links
    versions = item.cluster.versions if item.cluster else ()
    return next((said(each).links for each in versions if each.set == taken), ())


def corrections(
    item: Item, made: Sequence[Span], taken: UUID | None
) -> dict[UUID, tuple[Difference, ...]]:
    """Return in which ways the outcome differs from what each set says, for the sets that it corrects."""
    if item.cluster is None:
        return {}
    base = next((each for each in item.cluster.versions if each.set == taken), None)
    outcome = _outcome(base, made)
    return {
        each.set: kinds
        for each in item.cluster.versions
        if (each.spans or made) and (kinds := differences((each, outcome)))
    }


def _outcome(base: Version | None, made: Sequence[Span]) -> Version:
    """Return gold as if it were a set: references stay comparable where the values are those of the base."""
    if base is None or not made:
        return Version(UUID(int=0), tuple(made))
    same = [dict(each.attributes) for each in base.spans] == [
        dict(each.attributes) for each in made
    ]
    values = base.values if same else repr([sorted(each.attributes.items()) for each in made])
    return replace(base, spans=tuple(made), values=values)


def merged(cluster: Cluster, how: Merge) -> tuple[Fragment, ...]:
    """Return the boundaries that take in what any version covers, or only what all do."""
    covered = [
        sorted((each.start, each.end) for span in version.spans for each in span.fragments)
        for version in cluster.present
    ]
    if how is Merge.UNION:
        found = _union([each for edges in covered for each in edges])
    else:
        found = covered[0]
        for each in covered[1:]:
            found = _intersection(found, each)
    if not found:
        raise BadDecision(say("They have no words in common to all. Merge them the other way."))
    return tuple(Fragment(start, end) for start, end in found)


Edges = list[tuple[int, int]]


def _union(edges: Edges) -> Edges:
    found: Edges = []
    for start, end in sorted(edges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _intersection(one: Edges, other: Edges) -> Edges:
    both = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return sorted((start, end) for start, end in both if start < end)


# Whether it may be decided


def check_open(state: State) -> None:
    """Refuse decisions on a gold set that is finished."""
    if state is not State.OPEN:
        raise WrongState(say("This adjudication is finished. Reopen it to decide something anew."))


def check_finished(state: State) -> None:
    """Refuse to reopen what is open."""
    if state is not State.APPROVED:
        raise WrongState(say("This adjudication is open already."))
