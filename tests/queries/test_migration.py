"""Which sets have spans that share words: of some labels, living, in one set."""

from __future__ import annotations

import pytest

from labels.models import Fragment, Span
from labels.queries.migration import overlapping
from labels.vocabulary import Role

from ..factories import make_article, make_member, make_person, make_project, make_set

pytestmark = pytest.mark.django_db

APART = [("SOURCE", 0, 4), ("ENTITY", 4, 8), ("CLAIM", 0, 20)]
CASES = {
    "touching, and under a span of another label": (APART, False),
    "crossing": ([("SOURCE", 0, 5), ("ENTITY", 4, 8)], True),
    "the same words": ([("SOURCE", 0, 5), ("ENTITY", 0, 5)], True),
    "inside one that begins far before": (
        [("SOURCE", 0, 20), ("ENTITY", 1, 3), ("ENTITY", 9, 12)],
        True,
    ),
    "behind a shorter one inside a longer one": (
        [("ENTITY", 30, 33), ("SOURCE", 0, 20), ("SOURCE", 2, 3), ("ENTITY", 18, 22)],
        True,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_finds_the_sets_in_which_spans_share_words(case: str) -> None:
    spans, share = CASES[case]
    manager = make_person()
    project = make_project(manager)
    ana, ben = (make_member(project, Role.ANNOTATOR) for _ in range(2))
    article = make_article(project, "Ministers met in Lima on Monday, Ruiz said.")
    row, other = make_set(article, ana), make_set(article, ben)
    written = [*((row.pk, *each, None) for each in spans), (other.pk, "SOURCE", 0, 40, None)]
    # A span that is deleted, and one of somebody else's, lie over all of them.
    for number, (owner, label, start, end, gone) in enumerate(
        [*written, (row.pk, "ENTITY", 0, 40, 3)]
    ):
        uuid = f"00000000-0000-4000-8000-{number:012}"
        made = Span.objects.create(
            annotation_set_id=owner, uuid=uuid, label=label, rev=1, deleted_rev=gone
        )
        Fragment.objects.create(span=made, start=start, end=end)
    found = overlapping([row.pk, other.pk], ["SOURCE", "ENTITY"])
    assert found == ([row.pk] if share else [])
