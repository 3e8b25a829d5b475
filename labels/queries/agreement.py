"""How far the annotators of a project agree, as far as somebody may know.

What counts are sets that are submitted or approved, of people their first and imported ones the last round; of
these, those that the actor may read (`access.seen`), so that a figure tells nobody of work they may not see. An
annotator gets the figures of themselves with others. Counting takes a moment, so figures are kept until a set
that counts has changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import combinations, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import orjson
from django.core.cache import cache
from django.db.models import Count, Max, QuerySet, Sum, TextField
from django.db.models.functions import Cast

from .. import agreement
from ..models import AnnotationSet, Article, Project, Relation, Scheme, Span
from ..records import Agreement, Scale
from ..vocabulary import Kind, Role
from . import scheme
from .access import SUBMITTED, Actor, seen
from .comparison import counting
from .snapshot import snapshot

if TYPE_CHECKING:
    from ..agreement._corpus import Codes, Corpus, Gathering
    from ..agreement._periods import Period

CHUNK = 100
"""Articles that are read at once."""
LISTED = {"choice", "choices", "ordinal", "boolean"}
"""Types of attributes with few values; the others are as many as the texts have."""
MOST_VALUES = 40
"""Different values of an attribute in a table; sets of choices can be many."""
KEPT = 24 * 60 * 60
"""Seconds for which figures are kept at most."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose agreement is asked for, by whom: one project as one person sees it."""

    by: Actor
    project: Project
    role: Role
    scheme: Scheme

    def sets(self) -> QuerySet[AnnotationSet]:
        """Return the sets that count."""
        return AnnotationSet.objects.filter(
            seen(self.by, self.project, self.role),
            counting(),
            article__in=Article.objects.live().filter(project=self.project),
            kind__in=(Kind.OWN, Kind.IMPORTED),
            state__in=SUBMITTED,
        )

    def keys(self, parts: Sequence[str]) -> dict[str, str]:
        """Return for each part of an answer under what it is kept: another whenever a set that counts changes."""
        found = self.sets().aggregate(Count("pk"), Max("pk"), Max("updated_at"), Sum("version"))
        whose = "" if self.role == Role.MANAGER else f"{self.by.person.pk} {self.role}"
        told = f"3 {self.project.uuid} {whose} {self.scheme.version} {sorted(found.items())}"
        return {each: sha256(f"{told} {each}".encode()).hexdigest() for each in parts}


def question(by: Actor, project: Project, role: Role) -> Asked:
    """Return what somebody asks of a project, with its scheme as it stands."""
    return Asked(by, project, role, scheme.current(project))


def people(asked: Asked) -> list[str]:
    """Return who has a set that counts, by name."""
    return sorted({name for _key, name in names(asked).items()})


def names(asked: Asked) -> dict[tuple[str, str], str]:
    """Return what each annotator is called, by account name and imported name.

    Who was imported under the name of somebody here is told apart.
    """
    found = asked.sets().order_by().values_list("annotator__username", "annotator_name").distinct()
    keys = [(username or "", name) for username, name in found]
    accounts = {username for username, _name in keys if username}
    return {
        (username, name): username or (f"{name} (imported)" if name in accounts else name)
        for username, name in keys
    }


def figures(
    asked: Asked, measures: Sequence[str], annotators: Sequence[str] = ()
) -> list[Agreement]:
    """Return measures of all annotators together and of each pair, or of those named and each pair of them.

    An annotator gets the pairs that they are in.
    """
    keys = kept_as(asked, measures, annotators)
    kept = cache.get_many(keys.values())
    missing = [each for each in measures if keys[each] not in kept]
    if missing:
        corpus = gathered(asked)
        found = agreement.results(corpus, missing, groups(asked, corpus, annotators))
        new: dict[str, list[Agreement]] = {keys[each]: [] for each in missing}
        for each in found:
            new[keys[each.measure]].append(each)
        cache.set_many(new, KEPT)
        kept |= new
    return [each for measure in measures for each in kept[keys[measure]]]


def kept_as(
    asked: Asked, measures: Sequence[str], annotators: Sequence[str] = ()
) -> dict[str, str]:
    """Return for each measure under what its figures are kept."""
    whose = " ".join(["", *annotators])
    keys = asked.keys([each + whose for each in measures])
    return dict(zip(measures, keys.values(), strict=True))


def groups(asked: Asked, corpus: Corpus, annotators: Sequence[str]) -> list[tuple[int, ...]]:
    """Return whose figures are taken: all together and each pair, as far as they may be known."""
    wanted = [
        number
        for number, name in enumerate(corpus.annotators)
        if not annotators or name in annotators
    ]
    found = [tuple(wanted), *(combinations(wanted, 2) if len(wanted) > 2 else ())]  # noqa: PLR2004 - a pair is all
    if asked.role != Role.ANNOTATOR:
        return found if wanted else []
    own = asked.by.person.username
    alone = [(number,) for number in wanted if corpus.annotators[number] == own]
    pairs = combinations(wanted, 2)
    return [each for each in pairs if set(each) & {*sum(alone, ())}] or list(alone)


def gathered(asked: Asked) -> Corpus:
    """Read the sets that count as columns, some articles at a time."""
    definition = asked.scheme.definition
    found = agreement.gathering(scales(definition), symmetric(definition))
    called = names(asked)
    for chunk in chunks(asked):
        with snapshot():
            gather(found, chunk, called)
    return found.corpus()


@dataclass(frozen=True, slots=True)
class Values:
    """An attribute's values, each with how often each annotator gave it."""

    label: str
    attribute: str
    values: list[tuple[str, list[int]]]


@dataclass(frozen=True, slots=True)
class Overview:
    """What a page shows: figures, and tables of counts.

    `confusions` has for each pair the counts of labels against labels, the last row and column for spans without
    a partner; `counts` spans by annotator and label; `values` how often each annotator gave which value of an
    attribute; `weeks` what each measure was in the week in which the last of an article's sets was submitted.
    """

    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    figures: list[Agreement]
    confusions: dict[tuple[str, str], list[list[int]]]
    counts: dict[str, list[int]]
    values: list[Values]
    weeks: dict[str, list[Period]]


def overview(asked: Asked, measures: Sequence[str]) -> Overview:
    """Return all that the page of a project shows, kept as figures are."""
    (key,) = asked.keys([" ".join(["overview", *measures])]).values()
    kept: Overview | None = cache.get(key)
    if kept is None:
        kept = _overview(asked, measures)
        cache.set(key, kept, KEPT)
    return kept


def _overview(asked: Asked, measures: Sequence[str]) -> Overview:
    corpus = gathered(asked)
    which = groups(asked, corpus, ())
    pairs = [each for each in which if len(each) == 2]  # noqa: PLR2004 - a pair is two
    everybody = max(which, key=len, default=())
    weeks = _weeks(asked)
    spans = corpus.spans().sum(axis=1).tolist() if corpus.annotators else []
    return Overview(
        annotators=corpus.annotators,
        labels=corpus.labels,
        figures=agreement.results(corpus, measures, which),
        confusions={
            (corpus.annotators[one], corpus.annotators[two]): agreement.confusion(corpus, one, two)
            for one, two in pairs
        },
        counts=dict(zip(corpus.annotators, spans, strict=True)),
        values=_values(corpus),
        weeks={
            each: agreement.by_period(corpus, each, everybody, weeks)
            for each in (measures if sum(len(one) == len(everybody) for one in which) == 1 else ())
        },
    )


def _weeks(asked: Asked) -> list[str]:
    """Return for each article with sets the Monday of the week in which the last of these was submitted."""
    found = asked.sets().order_by("article").values_list("article")
    return [monday(at.date()) if at else "" for _key, at in found.annotate(Max("submitted_at"))]


def monday(day: date) -> str:
    """Return the first day of a day's week, as YYYY-MM-DD."""
    return (day - timedelta(days=day.weekday())).isoformat()


def _values(corpus: Corpus) -> list[Values]:
    return [
        Values(
            codes.scale.label,
            codes.scale.attribute,
            [
                (shown(value), counts[:, place].tolist())
                for place, value in sorted(
                    enumerate(codes.values), key=lambda each: (rank(codes, each[1]), str(each[1]))
                )
            ],
        )
        for codes, counts in agreement.said(corpus)
        if codes.scale.type in LISTED and 0 < len(codes.values) <= MOST_VALUES
    ]


def rank(codes: Codes, value: Any) -> int:
    """Return the place of a value in its scale; what the scheme does not list comes last."""
    known = codes.scale.values
    return known.index(str(value)) if str(value) in known else len(known)


def shown(value: Any) -> str:
    """Return a value as it is written in a table."""
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def scales(definition: dict[str, Any]) -> list[Scale]:
    """Return the attributes of a scheme's labels."""
    return [
        Scale(label["name"], each["name"], each["type"], tuple(map(str, each.get("values") or ())))
        for label in definition["labels"]
        for each in label.get("attributes", ())
    ]


def symmetric(definition: dict[str, Any]) -> list[str]:
    """Return the relation types whose ends are alike."""
    return [each["name"] for each in definition.get("relations", ()) if each.get("symmetric")]


Row = tuple[int, int, str, str, int]
"""A set's key, its article's, its annotator's account and imported name, and its round."""


def chunks(asked: Asked, last: int = 0) -> Iterator[list[Row]]:
    """Yield the sets that count, those of some articles at once, in the order of these."""
    columns = ("pk", "article_id", "annotator__username", "annotator_name", "round")
    while True:
        articles = list(
            asked.sets()
            .filter(article__gt=last)
            .order_by("article")
            .values_list("article", flat=True)
            .distinct()[:CHUNK]
        )
        if not articles:
            return
        last = articles[-1]
        rows = asked.sets().filter(article__in=articles).order_by("article", "round", "pk")
        yield [
            (key, article, username or "", name, number)
            for key, article, username, name, number in rows.values_list(*columns)
        ]


def gather(found: Gathering, rows: list[Row], called: dict[tuple[str, str], str]) -> None:
    """Add the sets of some articles, each under the name that its annotator is called."""
    texts = dict(Article.objects.filter(pk__in={row[1] for row in rows}).values_list("pk", "text"))
    spans = _spans([row[0] for row in rows])
    relations = _relations([row[0] for row in rows])
    # Few values come again and again; what is kept is of these sets alone, for texts are as many as spans.
    codings = lru_cache(None)(
        lambda label, given: found.codings(label, orjson.loads(given)) if given != "{}" else ()
    )
    for article, group in groupby(rows, itemgetter(1)):
        found.article(texts[article])
        # A later round takes the place of an earlier one.
        last = {called.get((row[2], row[3]), row[2] or row[3]): row[0] for row in group}
        for name, key in last.items():
            found.annotation_set(name)
            numbers = {
                pk: found.span(label, places, codings(label, given), pk)
                for pk, label, given, places in spans[key]
            }
            for kind, source, target in relations[key]:
                if source in numbers and target in numbers:
                    found.relation(kind, numbers[source], numbers[target])


Marked = tuple[int, str, str, list[tuple[int, int]]]
"""A span's key, its label, its attributes as they are stored, and its fragments."""


def _spans(sets: list[int]) -> dict[int, list[Marked]]:
    columns = (
        "annotation_set_id",
        "pk",
        "label",
        Cast("attributes", TextField()),
        "fragments__start",
        "fragments__end",
    )
    rows = Span.objects.filter(annotation_set__in=sets).live().order_by("pk", "fragments__start")
    by_set: dict[int, list[Marked]] = defaultdict(list)
    last = 0
    places: list[tuple[int, int]] = []
    for owner, pk, label, given, start, end in rows.values_list(*columns):
        if pk != last:
            last, places = pk, []
            by_set[owner].append((pk, label, given, places))
        places.append((start, end))
    return by_set


def _relations(sets: list[int]) -> dict[int, list[tuple[str, int, int]]]:
    rows = Relation.objects.filter(annotation_set__in=sets).live().order_by("pk")
    found: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    columns = ("annotation_set_id", "type", "source_id", "target_id")
    for owner, kind, source, target in rows.values_list(*columns):
        found[owner].append((kind, source, target))
    return found


def payload(found: Agreement) -> dict[str, Any]:
    """Return a figure as clients see it."""
    return {
        "measure": found.measure,
        "label": found.label,
        "attribute": found.attribute,
        "level": found.level,
        "annotators": list(found.annotators),
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "undefined": found.undefined,
        "articles": found.articles,
        "units": dict(found.units),
        "observed": found.observed,
        "prevalence": found.prevalence,
        "coverage": found.coverage,
        "warnings": [str(each) for each in found.warnings],
    }
