"""Changing a scheme from the command line, to the end."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command

from labels.actions import carrying, migration
from labels.models import Migration
from labels.vocabulary import Role

from ..factories import (
    TEXT,
    add_span,
    apply,
    make_article,
    make_member,
    make_person,
    make_project,
    make_set,
)

pytestmark = pytest.mark.django_db

RENAME = {"kind": "rename", "label": "CLAIM", "to": "STATEMENT"}


def run(slug: str, by: str, what: str | None = None) -> str:
    said = io.StringIO()
    call_command("migrate_scheme", slug, by=by, what=what, stdout=said)
    return said.getvalue().strip()


def test_it_carries_everything_along_and_goes_on_with_what_was_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chief = make_person("max")
    project = make_project(chief)
    ana = make_member(project, Role.ANNOTATOR, "ana")
    for number in range(3):
        row = make_set(make_article(project, f"{TEXT} Number {number}."), ana)
        apply(row, ana, add_span(TEXT, "CLAIM", "Taxes fell 5%"))
    monkeypatch.setattr(carrying, "SPANS", 1)
    monkeypatch.setattr(migration, "SECONDS", 0)
    made = migration.begin(by=chief, slug=project.slug, what=RENAME)
    told = run(project.slug, "max")
    assert told == "CLAIM is now STATEMENT. 3 spans, 0 links, 3 sets; 0 sets stay as they were."
    told = run(project.slug, "max", json.dumps({"undoes": str(made.uuid)}))
    assert told.startswith("STATEMENT is now CLAIM. 3 spans")
    assert Migration.objects.filter(finished_at=None).count() == 0


@pytest.mark.parametrize(
    ("by", "what", "said"),
    [
        ("max", None, "Nothing was begun there"),
        ("max", "{", "not JSON"),
        ("max", '{"kind": "retire"}', "This is needed"),
        ("ana", '{"kind": "retire", "label": "CUE"}', "may not change the scheme"),
    ],
)
def test_what_cannot_be_is_said(by: str, what: str | None, said: str) -> None:
    project = make_project(make_person("max"))
    make_member(project, Role.ANNOTATOR, "ana")
    with pytest.raises(CommandError, match=said):
        run(project.slug, by, what)
