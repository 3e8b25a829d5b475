"""Which sets come along with a migration, and what is flagged in them."""

from __future__ import annotations

import pytest

from labels.actions import annotation, migration
from labels.actions import scheme as schemes
from labels.models import Revision
from labels.queries import annotation as sets
from labels.vocabulary import Role

from ..factories import SCHEME, TEXT, add_span, apply, make_member, make_person, make_project
from .test_migration import RENAME, anew, labels, marked, migrate

pytestmark = pytest.mark.django_db


def test_sets_of_older_versions_come_along_if_all_they_say_has_a_place() -> None:
    chief = make_person("max")
    project = make_project(chief)
    ana = make_member(project, Role.ANNOTATOR, "ana")
    row, plain = marked(project, ana), marked(project, ana, f"{TEXT} Twice.")
    apply(row, ana, add_span(TEXT, "CUE", "said"))
    less = SCHEME | {
        "labels": [each for each in SCHEME["labels"] if each["name"] != "CUE"],
        "relations": [each for each in SCHEME["relations"] if each["name"] == "ABOUT"]
        + [
            each | {"attributes": [x for x in each["attributes"] if x["name"] != "cue"]}
            for each in SCHEME["relations"]
            if each["name"] == "ATTRIBUTED_TO"
        ],
    }
    schemes.add_version(by=chief, slug=project.slug, definition=less)
    assert migration.look(by=chief, slug=project.slug, what=RENAME).concern.older == 2
    made = migrate(chief, project, RENAME)
    assert (made.done, made.left_count, made.left) == (2, 1, [str(row.uuid)])
    assert (anew(row).scheme.version, anew(plain).scheme.version) == (1, 3)
    assert labels(anew(row)) == ["CLAIM", "SOURCE", "CUE"]
    assert labels(anew(plain)) == ["STATEMENT", "SOURCE"]


def test_a_split_by_people_flags_what_is_to_be_looked_at_where_it_can_be_changed() -> None:
    chief = make_person("max")
    project = make_project(chief)
    ana = make_member(project, Role.ANNOTATOR, "ana")
    row = marked(project, ana)
    handed_in = marked(project, ana, f"{TEXT} Twice.")
    annotation.submit(by=ana, uuid=handed_in.uuid, if_match=4)
    made = migrate(chief, project, {"kind": "split", "label": "CLAIM", "into": ["QUOTE"]})
    assert made.spans == 0
    flags = {
        each.pk: [span.flag for span in sets.units(anew(each))[0]] for each in (row, handed_in)
    }
    assert flags == {row.pk: [True, False], handed_in.pk: [False, False]}
    line = Revision.objects.get(annotation_set=row, version=5)
    assert len(line.payload["flagged"]) == 1
