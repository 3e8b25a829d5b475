"""The bench: what lies before an adjudicator of one article, and the disagreements of a project's articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase
from typing import Any
from uuid import UUID

from .. import records
from ..errors import NotFound, TooFewSets
from ..models import AnnotationSet, Article
from ..models import Scheme as SchemeRow
from ..queries import access as found_for
from ..queries import adjudication, annotation, comparison
from ..queries import scheme as schemes
from ..queries.access import Actor
from ..queries.comparison import Side
from ..queries.snapshot import snapshot
from ..rules import adjudication as rules
from ..rules.adjudication import Item
from ..rules.annotation import Missing, missing
from ..rules.comparison import Cluster, compare
from ..rules.explanation import Telling, explain
from ..rules.permissions import Act
from ..rules.scheme import Scheme
from ..vocabulary import Difference, State
from ..words import say
from . import access, renewing
from .scheme import parsed

REASONS = rules.REASONS


@dataclass(slots=True)
class Bench:
    """An article with the sets that are compared, the decisions so far, and what is still to be decided."""

    article: Article
    gold: AnnotationSet | None
    side: Side
    current: SchemeRow
    clusters: Sequence[Cluster]
    decisions: list[records.Decision]
    blind: bool
    items: list[Item] = field(default_factory=list)
    _telling: Telling | None = None

    @property
    def names(self) -> dict[UUID, str]:
        """What each set's annotator is called here: by name, or A, B, … where the project is blind."""
        if not self.blind:
            return self.side.names
        return {each: _code(place) for place, each in enumerate(sorted(self.side.names))}

    @property
    def scheme(self) -> Scheme:
        """The scheme of the gold set."""
        return parsed(self.current)

    @property
    def open(self) -> bool:
        """Whether decisions are taken."""
        return self.gold is not None and self.gold.state == State.OPEN

    @property
    def decided(self) -> int:
        """How many units are decided."""
        return sum(each.decided for each in self.items)

    @property
    def agreements(self) -> list[Item]:
        """What all agree on and was not taken yet."""
        return [each for each in self.items if each.agreed and not each.decided]

    @property
    def disagreements(self) -> list[Item]:
        """What people differ about, and what is gone."""
        return [each for each in self.items if not each.agreed]

    def item(self, key: str) -> Item:
        """Return a unit by its key. Raises `NotFound`."""
        for each in self.items:
            if each.key == key:
                return each
        raise NotFound(say("There is no such unit here. The sets may have changed: look again."))

    def alike(self, item: Item) -> list[Item]:
        """Return the other undecided units about which people differ in the same way."""
        if item.cluster is None:
            return []
        wanted = rules.likeness(item.cluster)
        return [
            each
            for each in self.items
            if each.cluster
            and each is not item
            and not each.decided
            and rules.likeness(each.cluster) == wanted
        ]

    def lacks(self) -> list[Missing]:
        """Return what the gold set lacks by its scheme, as in a refusal.

        `field` is the unit that brought it, `cure` another one whose decision keeps the link out of gold.
        """
        if self.gold is None:
            return []
        owners = {made: item.key for item in self.items for made in item.replaces}
        units = {
            str(span.id): owners.get(made.id, "") for made in self.decisions for span in made.spans
        }
        found = missing(self.scheme, *annotation.units(self.gold))
        placed = [{"field": units.get(each["span"], "")} | each for each in found]
        return [each | {"cure": next(self.cures(each), "")} for each in placed]

    def cures(self, lack: Missing) -> Iterator[str]:
        """Yield the units at the other end of a link that gold lacks, by key.

        Those that were left out, then those that somebody links to this in a version that was not taken.
        """
        kind = self.scheme.relations.get(lack["code"]) if lack["attribute"] is None else None
        if kind is None:
            return
        owners = {unit: item for item in self.items for unit in item.units if not item.gives}
        ends = rules.other_ends(self.decisions, lack["span"], kind)
        yield from {owners[end].key: None for end in ends if end in owners}
        own = next((each for each in self.items if each.key == lack["field"]), None)
        yield from (
            each.key
            for each in self.items
            if own and each.gives and rules.links_to(each, own, kind)
        )

    def telling(self) -> Telling:
        """Return what sentences about the units need."""
        if self._telling is None:
            called = titles(self.current.definition)
            self._telling = Telling(self.article.text, self.names, self.clusters, called)
        return self._telling

    def sentences(self, item: Item) -> dict[Difference, str]:
        """Say how the versions of a unit differ."""
        return explain(item.cluster, self.telling()) if item.cluster else {}

    def why(self, item: Item) -> str:
        """Say why something that was decided is asked again; nothing where it is not."""
        if not item.decision or not item.changed:
            return ""
        then = {each.set for each in item.decision.about}
        who = self.telling().who
        new = [each for each in item.changed if each not in then]
        gone = [each for each in item.changed if each in then and each not in self.names]
        other = [each for each in item.changed if each in then and each in self.names]
        said = []
        if new:
            said.append(say("New since this was decided: {who}.", who=_who(who, new)))
        if other:
            said.append(say("Changed since this was decided: {who}.", who=_who(who, other)))
        if gone:
            said.append(say("A set that was compared is not submitted now."))
        return " ".join(said)


def _who(who: Any, sets: Sequence[UUID]) -> str:
    return str(who([records.Said(each) for each in sets]))


def _code(place: int) -> str:
    """Return A to Z, then A1, B1, …"""
    turn, letter = divmod(place, len(ascii_uppercase))
    return ascii_uppercase[letter] + (str(turn) if turn else "")


def titles(definition: dict[str, Any]) -> dict[str, str]:
    """Return what a scheme calls its labels, relations, attributes and values, by the names that lead there."""
    found = {}
    for owner in (*definition["labels"], *definition.get("relations", ())):
        name = owner["name"]
        found[name] = owner.get("title") or name
        for each in owner.get("attributes", ()):
            path = f"{name}.{each['name']}"
            found[path] = each.get("title") or each["name"]
            found |= {f"{path}.{key}": title for key, title in each.get("titles", {}).items()}
    return found


def lay(
    article: Article,
    side: Side,
    gold: AnnotationSet | None,
    made: list[records.Decision],
    current: SchemeRow,
) -> Bench:
    """Lay out one article; `current` is the gold set's scheme, or the project's before there is one."""
    scheme = parsed(current)
    symmetric = {each.name for each in scheme.relations.values() if each.symmetric}
    bench = Bench(
        article=article,
        gold=gold,
        side=side,
        current=current,
        clusters=compare(side.sets, symmetric=symmetric),
        decisions=made,
        blind=article.project.blind,
    )
    bench.items = rules.items(bench.clusters, rules.standing(made))
    return bench


def benches_of(page: Sequence[Article]) -> list[Bench]:
    """Lay out several articles of one project, in as many queries as for one."""
    if not page:
        return []
    keys = [each.pk for each in page]
    sides, golds = comparison.sides(keys), adjudication.gold_of(keys)
    made = renewing.decisions([each.pk for each in golds.values()])
    now = schemes.current(page[0].project)
    found = []
    for each in page:
        gold = golds.get(each.pk)
        decided = made[gold.pk] if gold else []
        found.append(lay(each, sides[each.pk], gold, decided, gold.scheme if gold else now))
    return found


def find(act: Act, *, by: Actor, article: UUID, lock: bool = False) -> Bench:
    """Return the bench of an article, if the actor may do this. Raises `OwnWork` or `TooFewSets`."""
    found, standing = found_for.article(by, article, text=True)
    own = comparison.has_labelled(by, found)
    # What was to be reviewed once was seen, and stays known.
    reviews = standing.reviews or (standing.blind and comparison.had_to_review(by, found))
    access.check(act, by, replace(standing, own=own, reviews=reviews))
    if lock:
        # Holds the article, so that two who begin at once make one gold set.
        Article.objects.select_for_update().only("pk").get(pk=found.pk)
    return _bench(found, lock=lock)


def _bench(article: Article, *, lock: bool = False) -> Bench:
    side = comparison.sides([article.pk])[article.pk]
    if len(side.sets) < rules.FEWEST:
        raise TooFewSets(
            say("At least two people have to submit their sets of this article first.")
        )
    gold = adjudication.gold(article.pk, lock=lock)
    made = renewing.decisions([gold.pk])[gold.pk] if gold else []
    current = gold.scheme if gold else schemes.current(article.project)
    return lay(article, side, gold, made, current)


def look(*, by: Actor, article: UUID) -> Bench:
    """Return the bench of an article for reading, all of it as of one moment."""
    with snapshot():
        return find(Act.READ_ADJUDICATION, by=by, article=article)


def found(*, by: Actor, article: UUID) -> Bench:
    """Return the bench that was just changed: who may write it need not have the scope to read."""
    with snapshot():
        row, _standing = found_for.article(by, article, text=True)
        return _bench(row)
