"""The page of conversations."""

from __future__ import annotations

from uuid import UUID

import pytest

from labels.actions import comment
from labels.actions.access import Actor
from labels.models import Project
from labels.vocabulary import Role

from ..factories import TEXT, add_span, apply, make_article, make_member, make_set
from .conftest import Visit

pytestmark = pytest.mark.django_db


def test_a_thread_leads_to_its_span_and_shows_what_is_new(
    project: Project, manager: Actor, visit: Visit
) -> None:
    ana = make_member(project, Role.ANNOTATOR, "ana")
    row = make_set(make_article(project, title="Taxes <b>"), ana)
    made = add_span(TEXT, "CUE", "said")
    apply(row, ana, made)
    comment.add(by=manager, uuid=row.uuid, said="@ana: <really>?", span=UUID(made["id"]))
    shown = visit(ana).get("/conversations/").content.decode()
    assert f'href="/articles/{row.article.uuid}/label/#span-{made["id"]}"' in shown
    assert "“said”" in shown
    assert "@ana: &lt;really&gt;?" in shown
    assert "Taxes &lt;b&gt;</span>" in shown
    assert "1 conversation has something new." in shown
    assert "names you ·" in shown
    theirs = visit(manager).get("/conversations/").content.decode()
    assert f'href="/annotation-sets/{row.uuid}/review/#span-{made["id"]}"' in theirs
    assert "names you ·" not in theirs
    # Whose marks they are is news to who reviews, and not to whose they are.
    comment.add(by=manager, uuid=row.uuid, said="All of it, please.")
    theirs = visit(manager).get("/conversations/").content.decode()
    assert "<span>Marks of ana</span>" in theirs
    assert "All marks of ana</a>" in theirs
    own = visit(ana).get("/conversations/").content.decode()
    assert "All marks of the article</a>" in own
    assert "arks of ana" not in own


def test_nothing_said_says_what_will_be_there(manager: Actor, visit: Visit) -> None:
    shown = visit(manager).get("/conversations/").content.decode()
    assert "Nothing has been said yet" in shown
