"""An article as it is read."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from labels.actions import annotation, comment
from labels.actions.access import Actor
from labels.models import Article, Project
from labels.queries import conversation
from labels.vocabulary import Role, Task

from ..factories import TEXT, assign, make_article, make_member, make_project, make_set
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db


def address(article: Article) -> str:
    return f"/articles/{article.uuid}/"


def marks(answer: object) -> list[tuple[str, str, str]]:
    found = answer.context["marks"]  # type: ignore[attr-defined]
    return [(each.name, each.state, each.act.text) for each in found]


def test_the_text_stands_there_paragraph_by_paragraph(
    project: Project, manager: Actor, visit: Visit
) -> None:
    article = make_article(project, "  First <b>line</b>.\n\n\nSecond 🗳️ & last.\n")
    answer = visit(manager).get(address(article))
    found = [(each.start, each.text) for each in answer.context["paragraphs"]]
    assert found == [(0, "  First <b>line</b>."), (23, "Second 🗳️ & last.")]
    assert all(article.text[start:].startswith(text) for start, text in found)
    assert b'<p dir="auto" id="at-0">  First &lt;b&gt;line&lt;/b&gt;.</p>' in answer.content


def test_what_the_import_found_beside_the_story_is_set_apart(
    project: Project, manager: Actor, visit: Visit
) -> None:
    text = "• Kyodo\n\nThe story.\n\nHelp us get it right."
    extra = {"byline_span": {"start": 2, "end": 7}, "closing_appeal": {"start": 21, "end": 42}}
    answer = visit(manager).get(address(make_article(project, text, extra=extra)))
    found = [(each.text, each.aside) for each in answer.context["paragraphs"]]
    assert found == [("• Kyodo", True), ("The story.", False), ("Help us get it right.", True)]
    assert len(answer.context["notes"]) == 1


@pytest.mark.parametrize("found", [7, "x", {"start": "a"}, {"end": 3}, None, [1, 2]])
def test_what_somebody_else_put_there_is_left_alone(
    project: Project, manager: Actor, visit: Visit, found: object
) -> None:
    article = make_article(project, extra={"closing_appeal": found})
    answer = visit(manager).get(address(article))
    assert (answer.status_code, answer.context["notes"]) == (200, [])


def test_managers_see_every_set_and_how_to_open_it(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    ben = make_member(project, Role.ANNOTATOR, "ben")
    article = make_article(project)
    make_set(article, ana)
    row = make_set(article, ben)
    annotation.submit(by=ben, uuid=row.uuid, if_match=row.version)
    answer = visit(manager).get(address(article))
    assert marks(answer) == [("ana", "open", "Look"), ("ben", "submitted", "Review")]
    assert answer.context["start"].text == "Label this article"


def test_annotators_see_their_own_set_alone(project: Project, ana: Actor, visit: Visit) -> None:
    ben = make_member(project, Role.ANNOTATOR, "ben")
    article = make_article(project)
    make_set(article, ben)
    make_set(article, ana)
    answer = visit(ana).get(address(article))
    assert marks(answer) == [("ana", "open", "Continue")]
    assert b"ben" not in answer.content


def test_reviewers_see_the_sets_they_are_to_review(
    project: Project, ana: Actor, rita: Actor, visit: Visit
) -> None:
    article = make_article(project)
    make_set(article, ana)
    assign(article, rita, Task.REVIEW)
    answer = visit(rita).get(address(article))
    assert marks(answer) == [("ana", "open", "Look")]
    assert answer.context["start"] is None


@pytest.mark.parametrize("who", ["ana", "rita"])
def test_who_has_nothing_to_do_with_it_may_not(
    request: pytest.FixtureRequest, project: Project, visit: Visit, who: str
) -> None:
    article = make_article(project, title="A secret headline")
    answer = visit(request.getfixturevalue(who)).get(address(article))
    assert answer.status_code == 403
    assert b"secret" not in answer.content


def test_strangers_find_nothing(project: Project, stranger: Actor, visit: Visit) -> None:
    article = make_article(project, title="A secret headline")
    answer = visit(stranger).get(address(article))
    assert answer.status_code == 404
    assert b"secret" not in answer.content


def test_managers_change_what_is_known_of_it(
    project: Project, manager: Actor, visit: Visit
) -> None:
    article = make_article(project, external_id="k-1")
    given = {"title": "Ruiz on taxes", "publisher": "Kyodo", "published_at": "2019-10-29"}
    answer = visit(manager).post(address(article), given, follow=True)
    assert texts(answer, "h1") == ["Ruiz on taxes"]
    assert texts(answer, "meta")[0] == f"Kyodo29 October 2019{len(TEXT)} characters"
    fresh = Article.objects.get()
    assert (fresh.publisher, fresh.external_id, fresh.text) == ("Kyodo", "k-1", TEXT)


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", " "), ("url", "javascript:alert(1)"), ("published_at", "last week")],
)
def test_what_cannot_be_is_refused_and_kept_in_the_form(
    project: Project, manager: Actor, visit: Visit, field: str, value: str
) -> None:
    article = make_article(project, title="As it was")
    answer = visit(manager).post(address(article), {"title": "New", field: value})
    assert answer.status_code == 422
    assert len(texts(answer, "bad")) == 1
    assert Article.objects.get().title == "As it was"


def test_others_change_nothing(project: Project, ana: Actor, visit: Visit) -> None:
    article = make_article(project, title="As it was")
    assign(article, ana, Task.ANNOTATE)
    client = visit(ana)
    assert client.post(address(article), {"title": "New"}).status_code == 403
    assert Article.objects.get().title == "As it was"
    assert b'<form method="post">' not in client.get(address(article)).content


def test_an_address_that_is_none_is_not_made_a_link(
    project: Project, manager: Actor, visit: Visit
) -> None:
    article = make_article(project, url="https://example.org/a?b=c&d")
    answer = visit(manager).get(address(article))
    assert b'<a href="https://example.org/a?b=c&amp;d" rel="noopener noreferrer">' in answer.content


def test_it_costs_the_same_with_one_set_and_with_three(
    manager: Actor, visit: Visit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    project = make_project(manager)
    article = make_article(project)
    client = visit(manager)
    for count, more in ((1, 1), (3, 2)):
        for _ in range(more):
            make_set(article, make_member(project, Role.ANNOTATOR))
        with django_assert_num_queries(6):
            answer = client.get(address(article))
        assert len(marks(answer)) == count


def test_what_is_said_of_the_article_stands_there_and_is_answered(
    project: Project, ana: Actor, rita: Actor, visit: Visit
) -> None:
    article = make_article(project)
    assign(article, ana, Task.ANNOTATE)
    assign(article, rita, Task.REVIEW)
    said = visit(ana).post(address(article), {"remark": "Is it <satire>?"})
    assert (said.status_code, said.headers["Location"]) == (302, f"{address(article)}#comments")
    home = visit(rita)
    found = home.get(address(article))
    assert b"Is it &lt;satire&gt;?" in found.content
    assert "annotators too" in found.context["talk"].hint
    assert home.post(address(article), {"remark": "", "resolves": "on"}).status_code == 302
    assert not visit(ana).get(address(article)).context["talk"].is_open
    assert visit(ana).post(address(article), {"remark": " "}).status_code == 422
    assert b"1 comment on the article" not in visit(ana).get(f"{address(article)}label/").content
    assert b"2 comments on the article" in visit(ana).get(f"{address(article)}label/").content


def test_a_browser_that_fetches_the_page_ahead_has_read_nothing(
    project: Project, ana: Actor, manager: Actor, visit: Visit
) -> None:
    article = make_article(project)
    assign(article, ana, Task.ANNOTATE)
    comment.add_on_article(by=manager, uuid=article.uuid, said="Careful.")
    client = visit(ana)
    client.get(address(article), headers={"Sec-Purpose": "prefetch"})
    assert conversation.unread(ana) == 1
    client.get(address(article))
    assert conversation.unread(ana) == 0
