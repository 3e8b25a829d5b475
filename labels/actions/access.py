"""Finding a thing and asking the table of permissions in one step; every action and every page begins here."""

from __future__ import annotations

from uuid import UUID

from ..errors import ScopeMissing
from ..models import AnnotationSet, Article, Project
from ..queries import access
from ..queries.access import Actor
from ..records import Standing
from ..rules.permissions import PERMISSIONS, Act, allows, require
from ..vocabulary import Scope
from ..words import say

__all__ = [
    "Act",
    "Actor",
    "annotation_set",
    "article",
    "article_standing",
    "check",
    "check_scope",
    "exporting",
    "may",
    "project",
    "project_standing",
    "set_standing",
]


def check_scope(by: Actor, scope: Scope) -> None:
    """Refuse a token that lacks the scope; somebody signed in on the pages has all of their role's."""
    if by.scopes is not None and scope not in by.scopes:
        raise ScopeMissing(
            say("This token lacks the scope “{scope}”. Make one that has it.", scope=scope)
        )


def check(act: Act, by: Actor, standing: Standing) -> None:
    """Ask the token and the table. Raises `ScopeMissing`, `Forbidden` or `OwnWork`."""
    check_scope(by, PERMISSIONS[act].scope)
    require(act, standing)


def project(act: Act, *, by: Actor, slug: str) -> Project:
    """Return the project, if the actor may do this in it."""
    found, standing = access.project(by, slug)
    check(act, by, standing)
    return found


def exporting(act: Act, *, by: Actor, slug: str) -> tuple[Project, bool]:
    """Return the project, if the actor may do this in it, and whether what goes out may name people to them."""
    found, standing = access.project(by, slug)
    check(act, by, standing)
    return found, allows(Act.EXPORT_NAMES, standing)


def article(act: Act, *, by: Actor, uuid: UUID, text: bool = False) -> Article:
    """Return the article, if the actor may do this with it."""
    found, standing = access.article(by, uuid, text=text)
    check(act, by, standing)
    return found


def annotation_set(act: Act, *, by: Actor, uuid: UUID, lock: bool = False) -> AnnotationSet:
    """Return the annotation set, if the actor may do this with it."""
    found, standing = access.annotation_set(by, uuid, lock=lock)
    check(act, by, standing)
    return found


def may(act: Act, standing: Standing) -> bool:
    """Tell a page whether to offer something; the action asks again."""
    return allows(act, standing)


def article_standing(*, by: Actor, uuid: UUID, text: bool = False) -> tuple[Article, Standing]:
    """Return an article that the actor may read, with their standing towards it."""
    found, standing = access.article(by, uuid, text=text)
    check(Act.READ_ARTICLE, by, standing)
    return found, standing


def set_standing(*, by: Actor, uuid: UUID) -> tuple[AnnotationSet, Standing]:
    """Return an annotation set that the actor may read, with their standing towards it."""
    found, standing = access.annotation_set(by, uuid)
    check(Act.READ_SET, by, standing)
    return found, standing


def project_standing(
    *, by: Actor, slug: str, scope: Scope = Scope.READ
) -> tuple[Project, Standing]:
    """Return a project the actor is in, with their standing."""
    found, standing = access.project(by, slug)
    check_scope(by, scope)
    return found, standing
