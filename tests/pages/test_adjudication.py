"""The adjudication pages as a browser without script uses them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from labels.actions import adjudication, annotation
from labels.actions import project as projects
from labels.actions.access import Actor
from labels.models import Project
from labels.vocabulary import Choice, Difference, Role, State, Task

from ..factories import TEXT, add_span, apply, assign, make_article, make_member, make_set
from ..people import Crowd, make_crowd
from .conftest import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(project: Project) -> Crowd:
    return make_crowd(project)


@pytest.fixture
def rita(crowd: Crowd, visit: Visit) -> Client:
    return visit(crowd.rita)


@pytest.fixture
def path(crowd: Crowd) -> str:
    return f"/articles/{crowd.article.uuid}/adjudication/"


def send(client: Client, path: str, do: str, **more: Any) -> Any:
    """Press a button of the page as it is now."""
    page = client.get(path)
    context = page.context
    unit = context["unit"]["key"] if context["unit"] else ""
    form = {"do": do, "version": context["version"], "key": context["key"], "unit": unit}
    return client.post(path, form | more)


def kind(crowd: Crowd, wanted: Difference) -> str:
    return next(each.key for each in crowd.bench.items if wanted in each.kinds)


def test_from_begin_to_finish(crowd: Crowd, rita: Client, path: str) -> None:
    assert b"The gold set is not begun" in rita.get(path).content
    assert send(rita, path, "start").status_code == 302
    assert send(rita, path, "agree").status_code == 302
    for _each in crowd.bench.disagreements:
        card = rita.get(path).context["unit"]["cards"][0]
        answer = send(rita, path, f"take:{card.set}", reason="guideline", note="Read it.")
        assert answer.status_code == 302
    assert b"Everything is decided" in rita.get(path).content
    send(rita, path, "finish")
    assert crowd.gold.state == State.APPROVED
    done = rita.get(path).content.decode()
    assert "The gold set is finished" in done
    (table,) = re.findall(r'href="([^"]+format=csv)"', done)
    assert b"Read it." in rita.get(table).content
    # Who does not review the article is not led to where they may not go.
    gold = f"/annotation-sets/{crowd.gold.uuid}/review/"
    assert (gold in done, rita.get(gold).status_code) == (False, 403)
    assign(crowd.article, crowd.rita, Task.REVIEW)
    assert (gold in rita.get(path).content.decode(), rita.get(gold).status_code) == (True, 200)
    send(rita, path, "reopen")
    assert crowd.gold.state == State.OPEN
    send(rita, path, "undo")
    assert crowd.bench.decided == len(crowd.bench.items) - 1


def test_what_the_gold_set_lacks_leads_to_its_unit(crowd: Crowd, rita: Client, path: str) -> None:
    send(rita, path, "start")
    send(rita, path, "agree")
    for each in crowd.bench.disagreements:
        send(rita, path, f"take:{crowd.sets['carl'].uuid}", unit=each.key)
        if not crowd.bench.item(each.key).decided:
            send(rita, path, "none", unit=each.key)
    source = next(
        each
        for each in crowd.bench.items
        if each.cluster and each.cluster.labels == ["SOURCE"] and each.agreed
    )
    send(rita, path, "none", unit=source.key)
    answer = send(rita, path, "finish")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "still missing" in page
    lacks = answer.context["lacks"]
    assert lacks
    for each in lacks:
        assert f'href="?unit={each["key"]}"' in page
        unit = rita.get(f"{path}?unit={each['key']}").context["unit"]
        assert unit["lacks"] == each["said"]
        # What was left out, and is linked to by what lacks it, is where it can be put right, too.
        assert [cure["key"] for cure in each["cures"]] == [source.key]
    unit = rita.get(f"{path}?unit={source.key}").context["unit"]
    assert {line["key"] for line in unit["keeps_out"]} == {each["key"] for each in lacks}


def test_a_link_that_was_not_taken_leads_to_who_has_it(
    crowd: Crowd, rita: Client, path: str
) -> None:
    """Carl alone has Kono for a source, and links a claim to it; that claim is taken from Ana, who does not."""
    send(rita, path, "start")
    send(rita, path, "agree")
    for each in crowd.bench.disagreements:
        kono = each.cluster and "SOURCE" in each.cluster.labels
        takes = crowd.sets["carl" if kono else "ana"].uuid
        send(rita, path, f"take:{takes}", unit=each.key)
    (lack,) = rita.get(path).context["lacks"]
    assert lack["quote"] == "Kono"
    (cure,) = lack["cures"]
    assert (cure["quote"], cure["gives"]) == ("“We are ready,” … “and we will wait.”", True)
    page = rita.get(f"{path}?unit={cure['key']}")
    assert "“Kono” needs a link with this." in page.content.decode()
    send(rita, path, f"take:{crowd.sets['carl'].uuid}", unit=cure["key"])
    send(rita, path, "finish")
    assert crowd.gold.state == State.APPROVED


def test_what_somebody_did_not_mark_is_left_out_by_the_number_of_who_did_not(
    crowd: Crowd, rita: Client, path: str
) -> None:
    send(rita, path, "start")
    page = rita.get(f"{path}?unit={kind(crowd, Difference.MISSING)}")
    (empty,) = [each for each in page.context["unit"]["cards"] if each.empty]
    button = f'value="none" data-key="{empty.number}">Leave it out'
    assert button in page.content.decode()
    send(rita, path, "none", unit=page.context["unit"]["key"])
    page = rita.get(f"{path}?unit={page.context['unit']['key']}")
    assert page.context["unit"]["decision"] == "left out"


def test_cards_say_in_what_they_differ(crowd: Crowd, rita: Client, path: str) -> None:
    send(rita, path, "start")

    def unit(wanted: Difference) -> Any:
        return rita.get(f"{path}?unit={kind(crowd, wanted)}").context["unit"]

    differing = {
        each.names: [(fact.name, fact.value) for fact in each.facts if fact.differs]
        for each in unit(Difference.ATTRIBUTE)["cards"]
    }
    assert differing == {
        "ana and carl": [("Form", "indirect"), ("said by", "“a government source”")],
        "ben": [("Form", "mixed"), ("said by", "“Ito”")],
    }
    # The words stand once where all mark the same, and boundaries are merged only where they differ.
    assert unit(Difference.ATTRIBUTE)["shared"].pieces[1].text == "Talks will follow in Seoul"
    assert not unit(Difference.ATTRIBUTE)["mergeable"]
    assert unit(Difference.BOUNDARY)["shared"] is None
    assert unit(Difference.BOUNDARY)["mergeable"]
    (split,) = [each for each in unit(Difference.SPLIT)["cards"] if each.names == "ben"]
    # Both of Ben's spans say the same, which stands there once.
    assert [fact.name for fact in split.facts] == ["Form", "Check-worthiness"]


def test_who_is_the_only_reviewer_where_names_are_hidden_is_told_who_settles(
    crowd: Crowd, visit: Visit, manager: Actor
) -> None:
    address, slug = f"/projects/{crowd.project.slug}/adjudication/", crowd.project.slug
    projects.change(by=manager, address=slug, settings={"blind": True})
    assert b"Who manages the project has to settle them" in visit(crowd.rita).get(address).content
    assert b"add a second reviewer" in visit(manager).get(address).content
    make_member(crowd.project, Role.REVIEWER, "rob")
    for whom in (crowd.rita, manager):
        assert visit(whom).get(address).context["alone"] is False


def test_the_next_unit_that_waits_is_shown_after_a_decision(
    crowd: Crowd, rita: Client, path: str
) -> None:
    send(rita, path, "start")
    first, second = crowd.bench.disagreements[:2]
    answer = send(rita, path, "none")
    assert answer.headers["Location"] == f"{path}?unit={second.key}"
    page = rita.get(f"{path}?unit={first.key}")
    assert page.context["unit"]["decision"] == "nobody is right"


def test_of_two_buttons_pressed_on_one_page_the_first_counts(
    crowd: Crowd, rita: Client, path: str
) -> None:
    send(rita, path, "start")
    context = rita.get(path).context
    form = {"version": context["version"], "key": context["key"], "unit": context["unit"]["key"]}
    rita.post(path, form | {"do": "none"})
    answer = rita.post(path, form | {"do": "merge:union"})
    assert (answer.status_code, answer.headers["Location"]) == (302, path)
    assert crowd.bench.item(form["unit"]).decision.choice == Choice.NONE  # type: ignore[union-attr]  # it was decided


def test_equal_versions_are_one_card(crowd: Crowd, rita: Client, path: str) -> None:
    send(rita, path, "start")
    page = rita.get(f"{path}?unit={kind(crowd, Difference.BOUNDARY)}")
    cards = page.context["unit"]["cards"]
    assert [each.names for each in cards] == ["ana and carl", "ben"]
    marked = ["".join(one.text for one in each.pieces if one.marked) for each in cards]
    assert marked[1] == "Tokyo tightened export controls"
    # The words around them end with their paragraph, and what is said of each comes in the scheme's order.
    for each in cards:
        assert "\n" not in "".join(one.text for one in each.pieces)
        titles = [one.title for one in crowd.bench.scheme.labels["CLAIM"].attributes.values()]
        names = [one.name for one in each.facts if one.name in titles]
        assert names == sorted(names, key=titles.index)


def test_boundaries_are_merged(crowd: Crowd, rita: Client, path: str) -> None:
    send(rita, path, "start")
    unit = kind(crowd, Difference.BOUNDARY)
    assert send(rita, path, "merge:union", unit=unit).status_code == 302
    assert crowd.bench.item(unit).decision.choice == Choice.MERGE  # type: ignore[union-attr]  # it was decided


def edit(**more: Any) -> dict[str, Any]:
    return {
        "label": "CLAIM",
        "words": "tightened export controls",
        "value-form": "direct",
        "value-check_worthiness": "UFS",
        "value-claim_type": ["causal", "numerical"],
        "value-public_interest": "3",
        "value-source_implicit": "yes",
    } | more


def test_a_unit_is_edited(crowd: Crowd, rita: Client, path: str) -> None:
    send(rita, path, "start")
    unit = kind(crowd, Difference.BOUNDARY)
    assert send(rita, path, "edit", unit=unit, **edit()).status_code == 302
    (span,) = crowd.bench.item(unit).decision.spans  # type: ignore[union-attr]  # it was decided
    assert (span.start, span.end) == (6, 31)
    assert span.attributes == {
        "form": "direct",
        "check_worthiness": "UFS",
        "claim_type": ["causal", "numerical"],
        "public_interest": 3,
        "source_implicit": True,
    }


@pytest.mark.parametrize(
    ("do", "more", "said"),
    [
        ("edit", edit(words="not in the text"), "does not stand in the text"),
        ("edit", edit(words=""), "Words"),
        ("edit", edit(label="NONSENSE"), "Label"),
        ("edit", edit(**{"value-form": "sung"}), "Form"),
        ("take:nonsense", {}, "Load the page anew"),
        ("none", {"version": "x"}, "Load the page anew"),
        ("none", {"version": "99"}, "The set is at version"),
        ("none", {"key": ""}, "Load the page anew"),
        ("none", {"unit": "nothing"}, "There is no such unit"),
        ("dance", {}, "Choose one of"),
        ("finish", {}, "Not everything is decided yet"),
        ("undo", {}, "There is nothing to take back"),
    ],
)
def test_what_cannot_be_done_is_said_on_the_page(
    crowd: Crowd, rita: Client, path: str, do: str, more: dict[str, Any], said: str
) -> None:
    send(rita, path, "start")
    answer = send(rita, path, do, **({"unit": kind(crowd, Difference.BOUNDARY)} | more))
    assert answer.status_code >= 400
    assert said in answer.content.decode()
    assert crowd.bench.decided == 0


def test_the_same_for_all_like_this(crowd: Crowd, rita: Client, path: str) -> None:
    send(rita, path, "start")
    unit = next(
        each.key for each in crowd.bench.disagreements if each.kinds == (Difference.MISSING,)
    )
    send(rita, path, "none", unit=unit, alike="1")
    assert crowd.bench.decided == 2


def test_what_changed_since_is_asked_again_and_can_be_kept(
    crowd: Crowd, rita: Client, path: str, project: Project
) -> None:
    send(rita, path, "start")
    unit = kind(crowd, Difference.BOUNDARY)
    taken = str(crowd.sets["ana"].uuid)
    send(rita, path, f"take:{taken}", unit=unit)
    row, ben = crowd.sets["ben"], crowd.people["ben"]
    row.refresh_from_db()
    row = annotation.reopen(by=ben, uuid=row.uuid, if_match=row.version)
    span = row.spans.get(attributes__form="indirect")
    quote = {"start": 0, "end": 15, "quote": "Tokyo tightened"}
    apply(row, ben, {"op": "move_span", "id": str(span.uuid), "fragments": [quote]})
    annotation.submit(by=ben, uuid=row.uuid, if_match=row.version + 1)
    page = rita.get(f"{path}?unit={unit}")
    assert "Changed since this was decided: ben." in page.content.decode()
    send(rita, path, "keep", unit=unit)
    assert crowd.bench.item(unit).decided


def test_a_blind_project_shows_codes(crowd: Crowd, rita: Client, path: str) -> None:
    chief = Actor(crowd.project.created_by)
    projects.change(by=chief, address=crowd.project.slug, settings={"blind": True})
    send(rita, path, "start")
    for address in (path, f"/projects/{crowd.project.slug}/adjudication/"):
        content = rita.get(address).content.decode()
        assert re.findall(r"\b(?:ana|ben|carl)\b", content) == []
        assert "A, B, C" in content


# The list


def test_the_list_says_how_far_each_article_is(crowd: Crowd, rita: Client) -> None:
    page = rita.get(f"/projects/{crowd.project.slug}/adjudication/")
    (row,) = page.context["rows"]
    assert (row.names, row.decided, row.verb) == ("ana, ben, carl", 0, "Begin")
    assert row.disagreements == len(crowd.bench.disagreements)


def test_an_empty_list_says_what_will_be_there(project: Project, visit: Visit) -> None:
    page = visit(Actor(project.created_by)).get(f"/projects/{project.slug}/adjudication/")
    assert b"Nothing to settle" in page.content


def test_the_list_costs_the_same_with_one_article_and_with_three(
    crowd: Crowd, rita: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"/projects/{crowd.project.slug}/adjudication/"
    for count in (1, 3):
        for number in range(count - 1):
            article = make_article(crowd.project, f"{TEXT} Number {number}.")
            for name in ("ana", "ben"):
                row = make_set(article, crowd.people[name])
                apply(row, crowd.people[name], add_span(TEXT, "CUE", "said"))
                annotation.submit(by=crowd.people[name], uuid=row.uuid, if_match=2)
            adjudication.start(by=crowd.rita, article=article.uuid)
        if count == 1:
            adjudication.start(by=crowd.rita, article=crowd.article.uuid)
        with django_assert_num_queries(11):
            assert len(rita.get(address).context["rows"]) == count
