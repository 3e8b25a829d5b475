"""The first project: the seed article, the default scheme, and four people to try the whole way with."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from ..models import Project, User
from ..queries import article as articles
from ..queries.access import Actor
from ..vocabulary import Role, Task
from . import assignment, imports, membership, person, project, scheme

SLUG = "japan-south-korea"
PEOPLE = (
    ("max", "Max", Role.MANAGER),
    ("ana", "Ana", Role.ANNOTATOR),
    ("ben", "Ben", Role.ANNOTATOR),
    ("rita", "Rita", Role.REVIEWER),
)
WORK = (("ana", Task.ANNOTATE), ("ben", Task.ANNOTATE), ("rita", Task.REVIEW))


def fill() -> Project | None:
    """Fill an empty database; one that holds any project or person is left as it is.

    The article goes the way of any other file: the plain-text importer, by the import action.
    """
    if Project.objects.exists() or User.objects.exclude(username=person.INSTANCE).exists():
        return None
    instance = person.instance()
    people = {
        name: person.create(by=instance, name=name, display_name=shown)
        for name, shown, _role in PEOPLE
    }
    manager = Actor(people["max"])
    made = project.create(
        by=manager,
        name="Japan–South Korea",
        definition=scheme.default(),
        slug_wanted=SLUG,
        description="One article to try everything with.",
    )
    for name, _shown, role in PEOPLE[1:]:
        membership.add(by=manager, slug=SLUG, username=name, role=role)
    _bring_articles(manager)
    found = articles.visible(made, manager, Role.MANAGER)
    uuids = [each.uuid for each in found]
    for name, task in WORK:
        assignment.assign(by=manager, slug=SLUG, person=name, role=task, articles=uuids)
    return made


def _bring_articles(by: Actor) -> None:
    files = sorted((Path(settings.BASE_DIR) / "seeds").glob("*.txt"))
    for file in files:
        with file.open("rb") as source:
            imports.run(by=by, slug=SLUG, files=[(file.name, source)])
