"""The page of feedback: each sees their own corrections, some at a time, and answers once."""

from __future__ import annotations

from uuid import uuid4

import pytest

from labels.actions import adjudication, annotation
from labels.models import Project
from labels.vocabulary import Choice

from ..factories import TEXT, add_span, apply, make_article, make_set
from ..people import Crowd, make_crowd
from .conftest import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(project: Project) -> Crowd:
    return make_crowd(project)


def test_each_sees_their_corrections_and_answers_once(crowd: Crowd, visit: Visit) -> None:
    adjudication.start(by=crowd.rita, article=crowd.article.uuid)
    crowd.do(adjudication.agree, key=uuid4())
    for item in crowd.bench.disagreements:
        whose = item.cluster and item.cluster.present[0].set
        crowd.decide(item.key, Choice.TAKE, set=whose, reason="guideline")
    crowd.do(adjudication.finish)
    address = f"/projects/{crowd.project.slug}/feedback/"
    client = visit(crowd.people["ben"])
    page = client.get(address)
    rows = page.context["rows"]
    assert rows
    assert b"The guideline says so" in page.content
    (link,) = [row for row in rows if "link" in row.correction.kinds]
    changed = [(each.title, each.had, each.now) for each in link.values]
    assert changed == [("Form", "mixed", "indirect"), ("said by", "Ito", "a government source")]
    first = str(rows[0].correction.id)
    assert client.post(address, {"correction": first, "text": ""}).status_code == 422
    assert client.post(address, {"correction": "x", "text": "Hm."}).status_code == 404
    assert client.post(address, {"correction": first, "text": "Why?"}).status_code == 302
    assert client.post(address, {"correction": first, "text": "Why?"}).status_code == 409
    assert b"Why?" in client.get(address).content
    other = visit(crowd.people["ana"])
    assert other.post(address, {"correction": first, "text": "Mine?"}).status_code == 404


def test_corrections_come_some_at_a_time_and_by_kind(
    project: Project, crowd: Crowd, visit: Visit
) -> None:
    carl, rita = crowd.people["carl"], crowd.rita
    for number in range(28):
        article = make_article(project, f"{number}. {TEXT}")
        for whom, quotes in ((crowd.people["ana"], ["said"]), (carl, ["said", "spoke"])):
            row = make_set(article, whom)
            apply(row, whom, *[add_span(article.text, "CUE", each) for each in quotes])
            row.refresh_from_db()
            annotation.submit(by=whom, uuid=row.uuid, if_match=row.version)
        other = Crowd(project, article, rita)
        adjudication.start(by=rita, article=article.uuid)
        other.do(adjudication.agree, key=uuid4())
        other.decide(other.bench.disagreements[0].key, Choice.NONE)
        other.do(adjudication.finish)
    client, address = visit(carl), f"/projects/{project.slug}/feedback/"
    first = client.get(address)
    second = client.get(f"{address}?{first.context['next']}")
    pages = [first.context["rows"], second.context["rows"]]
    assert [len(each) for each in pages] == [25, 3]
    assert len({row.correction.id for page in pages for row in page}) == 28
    assert second.context["next"] == ""
    # What is left out carries the label that one gave it.
    assert {row.had_label.name for page in pages for row in page} == {"CUE"}
    assert b"not marked" in first.content
    unwanted = client.get(f"{address}?kind=unwanted")
    assert [(each.kind, each.count) for each in first.context["kinds"]] == []
    assert len(unwanted.context["rows"]) == 25
    assert unwanted.context["next"].startswith("kind=unwanted&after=")
    last = str(pages[1][0].correction.id)
    answer = client.post(f"{address}?{first.context['next']}", {"correction": last, "text": "Why?"})
    assert answer.headers["Location"] == f"{address}?{first.context['next']}#correction-{last}"


def test_no_correction_is_said_kindly(crowd: Crowd, visit: Visit) -> None:
    page = visit(crowd.people["ana"]).get(f"/projects/{crowd.project.slug}/feedback/")
    assert b"Nothing was corrected yet" in page.content
