"""Three people who disagree about one article in every way there is, for adjudication and feedback."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from labels.actions import adjudication, annotation
from labels.actions import bench as benches
from labels.actions.access import Actor
from labels.actions.adjudication import Wanted
from labels.actions.bench import Bench
from labels.models import AnnotationSet, Article, Project
from labels.vocabulary import Choice, Role

from .factories import add_relation, add_span, apply, make_article, make_member, make_set

STORY = (
    "Tokyo tightened export controls on chip materials in July, a government source said. The minister"
    " Kono spoke in Bangkok. Talks will follow in Seoul, he said, and nobody expects a result. “We are"
    " ready,” Ito said, “and we will wait.” Prices rose and wages fell. Analysts agree."
)
DIRECT = {"form": "direct", "check_worthiness": "NFS"}
INDIRECT = {"form": "indirect", "check_worthiness": "NFS"}
NAMED = {"source_type": "named_individual"}
UNNAMED = {"source_type": "unnamed_individual"}
PERSON = {"entity_type": "PERSON"}

LINK = {"attitude": "statement", "stance": "affirm"}

Marks = list[dict[str, Any]]


def _said_by(claim: dict[str, Any], source: dict[str, Any]) -> dict[str, Any]:
    return add_relation("ATTRIBUTED_TO", claim["id"], source["id"], attributes=LINK)


def marks(owner: str) -> Marks:
    """Return what somebody marks. All agree on the source, the cue, Kono and two of Ben's and Carl's claims."""
    first = {
        "ana": "Tokyo tightened export controls on chip materials in July",
        "ben": "Tokyo tightened export controls",
        "carl": "Tokyo tightened export controls on chip materials in July",
    }[owner]
    source = add_span(STORY, "SOURCE", "a government source", attributes=UNNAMED)
    claim = add_span(STORY, "CLAIM", first, attributes=INDIRECT)
    ito = add_span(STORY, "SOURCE", "Ito", attributes=NAMED)
    pieces = ("“We are ready,”",) if owner == "carl" else ("“We are ready,”", "“and we will wait.”")
    quoted = add_span(STORY, "CLAIM", *pieces, attributes=DIRECT)
    worth = INDIRECT if owner != "ben" else {"form": "mixed", "check_worthiness": "NFS"}
    talks = add_span(STORY, "CLAIM", "Talks will follow in Seoul", attributes=worth)
    label, values = ("ENTITY", PERSON) if owner != "carl" else ("SOURCE", NAMED)
    kono = add_span(STORY, label, "Kono", attributes=values)
    made = [source, claim, ito, quoted, talks, kono]
    made.append(_said_by(claim, source))
    if owner != "ben":
        made.append(_said_by(talks, source))
    else:
        made.append(_said_by(talks, ito))
    made.append(_said_by(quoted, ito))
    if owner == "carl":
        made.append(_said_by(quoted, kono))
    free = {"form": "unattributed", "check_worthiness": "NFS"}
    if owner == "ben":
        made.append(add_span(STORY, "CLAIM", "Prices rose", attributes=free))
        made.append(add_span(STORY, "CLAIM", "wages fell", attributes=free))
    else:
        made.append(add_span(STORY, "CLAIM", "Prices rose and wages fell", attributes=free))
    if owner == "ana":
        made.append(add_span(STORY, "CLAIM", "nobody expects a result", attributes=free))
        made.append(add_span(STORY, "CLAIM", "Analysts agree", attributes=free))
    return made


@dataclass(slots=True)
class Crowd:
    """A project with three annotators who have submitted the story, and a reviewer who settles it."""

    project: Project
    article: Article
    rita: Actor
    people: dict[str, Actor] = field(default_factory=dict)
    sets: dict[str, AnnotationSet] = field(default_factory=dict)

    @property
    def bench(self) -> Bench:
        """What lies before Rita."""
        return benches.look(by=self.rita, article=self.article.uuid)

    @property
    def gold(self) -> AnnotationSet:
        """The gold set, once it was started."""
        found = self.bench.gold
        assert found
        return found

    def decide(self, unit: str, choice: Choice, **more: Any) -> None:
        """Decide about a unit."""
        adjudication.decide(
            by=self.rita,
            article=self.article.uuid,
            if_match=self.gold.version,
            key=uuid4(),
            wanted=Wanted(unit, choice, **more),
        )

    def do(self, act: Any, **more: Any) -> None:
        """Agree, undo, finish or reopen."""
        act(
            by=self.rita,
            article=self.article.uuid,
            if_match=self.gold.version,
            **more,
        )


def make_crowd(project: Project, suffix: str = "") -> Crowd:
    """Make the crowd in a project; people of a second one have other names, by the suffix."""
    article = make_article(project, STORY)
    crowd = Crowd(project, article, make_member(project, Role.REVIEWER, f"rita{suffix}"))
    for name in ("ana", "ben", "carl"):
        whom = crowd.people[name] = make_member(project, Role.ANNOTATOR, f"{name}{suffix}")
        row = make_set(article, whom)
        apply(row, whom, *marks(name))
        version = AnnotationSet.objects.values_list("version", flat=True).get(pk=row.pk)
        crowd.sets[name] = annotation.submit(by=whom, uuid=row.uuid, if_match=version)
    return crowd
