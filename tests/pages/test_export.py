"""The export page: choices that become one call."""

from __future__ import annotations

import json
import shlex
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from labels import exporters
from labels.actions import annotation, release, token
from labels.actions import project as projects
from labels.actions.access import Actor
from labels.catalogue import catalogue
from labels.models import AnnotationSet, Project
from labels.pages.export import FAMILIES, LOSSES
from labels.vocabulary import Lost, Role

from ..factories import make_article, make_member, make_set
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db


def address(project: Project) -> str:
    return f"/projects/{project.slug}/export/"


def test_the_choices_become_parameters_of_the_call(
    project: Project, manager: Actor, visit: Visit
) -> None:
    given = {
        "format": "jsonl",
        "set": "own",
        "state": "approved",
        "round": "1",
        "label": "CLAIM",
        "updated_since": "2027-01-31",
        "pseudonyms": "true",
    }
    answer = visit(manager).get(address(project), given)
    url = urlsplit(answer.context["download_url"])
    assert url.path == f"/api/v1/projects/{project.slug}/export/"
    assert parse_qs(url.query) == {name: [value] for name, value in given.items()} | {
        "updated_since": ["2027-01-31T00:00:00Z"]
    }


def test_splits_are_chosen_where_a_release_has_them(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    page = visit(manager)
    fields = page.get(address(project)).context["form"].fields
    assert not {"split", "release"} & set(fields)
    assert "No release divides the articles yet" in page.get(address(project)).content.decode()
    row = make_set(make_article(project, "One."), ana)
    annotation.submit(by=ana, uuid=row.uuid, if_match=row.version)
    terms = {"split": "article", "shares": [100, 0, 0]}
    release.make(by=manager, slug=project.slug, terms=terms)
    answer = page.get(address(project), {"split": "train"})
    assert "release" not in answer.context["form"].fields
    url = answer.context["download_url"]
    assert parse_qs(urlsplit(url).query)["split"] == ["train"]
    assert len(b"".join(page.get(url).streaming_content).splitlines()) == 1  # type: ignore[attr-defined]
    release.make(by=manager, slug=project.slug, terms=terms | {"shares": [0, 0, 100]})
    older = {"split": "train", "release": "1.0.0"}
    for given, count in (({"split": "train"}, 0), (older, 1)):
        url = page.get(address(project), given).context["download_url"]
        assert len(b"".join(page.get(url).streaming_content).splitlines()) == count  # type: ignore[attr-defined]
    url = page.get(address(project), {"release": "1.0.0"}).context["download_url"]
    assert "release" not in url


def test_texts_are_left_out_where_the_format_can(
    project: Project, manager: Actor, visit: Visit
) -> None:
    page = visit(manager)
    answer = page.get(address(project), {"with_text": "false"})
    url = answer.context["download_url"]
    assert parse_qs(urlsplit(url).query) == {"format": ["jsonl"], "with_text": ["false"]}
    assert page.get(url).headers["Content-Type"] == "application/zip"
    said = answer.content.decode()
    assert "It cannot hold: texts." in said
    assert "You get a zip with <code>dataset.jsonl</code> and a program" in said
    assert "The program needs nothing but Python." in said
    assert f"These formats go without: {', '.join(exporters.bare())}." in said
    shown = [each for all_ in answer.context["families"].values() for each in all_]
    assert {each.key for each in shown if not each.of_the_texts} == set(exporters.bare())
    assert said.count("not without the texts") == len(shown) - len(exporters.bare())
    table = page.get(address(project), {"with_text": "false", "format": "parquet"})
    assert page.get(table.context["download_url"]).headers["Content-Type"] == "application/zip"
    assert "The program needs the library pyarrow." in table.content.decode()
    whole = page.get(address(project)).content.decode()
    assert "not without the texts" not in whole
    assert "You get a zip" not in whole
    refused = page.get(address(project), {"with_text": "false", "format": "brat"})
    assert (refused.status_code, refused.context["download_url"]) == (422, "")
    assert texts(refused, "error") == [
        f"“brat” does not go without the texts: choose {', '.join(exporters.bare())}."
    ]


def test_what_is_left_alone_stays_out_of_the_call(
    project: Project, manager: Actor, visit: Visit
) -> None:
    answer = visit(manager).get(address(project))
    path = f"/api/v1/projects/{project.slug}/export/?format=jsonl"
    assert answer.context["download_url"] == path
    (line,) = texts(answer, "pre")
    assert shlex.split(line) == [
        "curl",
        "--fail",
        "-OJ",
        "-H",
        "Authorization: Bearer $GALLEY_TOKEN",
        f"http://testserver{path}",
    ]


def test_the_call_gives_the_data_set(
    project: Project, manager: Actor, ana: Actor, visit: Visit, client: Client
) -> None:
    make_set(make_article(project, title="Exported"), ana)
    url = visit(manager).get(address(project)).context["download_url"]
    _made, secret = token.create(by=manager.person, scopes=["export"])
    answer = client.get(url, headers={"Authorization": f"Bearer {secret}"})
    (line,) = b"".join(answer.streaming_content).splitlines()  # type: ignore[attr-defined]
    assert json.loads(line)["article"]["title"] == "Exported"


def test_second_looks_are_chosen_on_the_page(
    project: Project, manager: Actor, ana: Actor, visit: Visit
) -> None:
    article = make_article(project, "Twice.")
    first = str(make_set(article, ana).uuid)
    second = str(make_set(article, make_member(project, Role.ANNOTATOR, "ben")).uuid)
    AnnotationSet.objects.filter(uuid=second).update(round=2)
    page = visit(manager)
    for number, wanted in (("1", [first]), ("2", [second]), ("", [first, second])):
        url = page.get(address(project), {"round": number}).context["download_url"]
        lines = b"".join(page.get(url).streaming_content)  # type: ignore[attr-defined]
        assert [each["id"] for each in json.loads(lines)["annotation_sets"]] == wanted


def test_every_format_says_what_it_leaves_out(
    project: Project, manager: Actor, visit: Visit
) -> None:
    answer = visit(manager).get(address(project), {"format": "csv"})
    shown = {each.key: each for all_ in answer.context["families"].values() for each in all_}
    assert set(shown) == set(catalogue(exporters))
    for key, entry in catalogue(exporters).items():
        assert bool(shown[key].loses) == bool(entry.module.LOSES)
        assert bool(shown[key].partly) == bool(entry.module.PARTLY)
    assert answer.context["chosen"].key == "csv"
    assert "It cannot hold: texts, links" in answer.content.decode()
    url = answer.context["report_url"]
    assert url == f"/api/v1/projects/{project.slug}/export/?format=csv&report=true"
    assert f'href="{url.replace("&", "&amp;")}"' in answer.content.decode()
    whole = visit(manager).get(address(project)).content.decode()
    assert "Nothing is left out." in whole
    assert "report=true" not in whole


def test_everything_that_can_be_lost_has_its_words() -> None:
    assert set(LOSSES) == set(Lost)
    assert set(FAMILIES) == set(exporters.Family)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", "nonsense"),
        ("state", "nonsense"),
        ("round", "3"),
        ("label", "X"),
        ("updated_since", "soon"),
        ("with_text", "true"),
    ],
)
def test_a_choice_that_is_none_is_said_at_the_field(
    project: Project, manager: Actor, visit: Visit, field: str, value: str
) -> None:
    answer = visit(manager).get(address(project), {field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert len(texts(answer, "error")) == 1
    assert answer.context["download_url"] == ""


def test_who_has_been_granted_the_export_may(project: Project, visit: Visit) -> None:
    rita = make_member(project, Role.REVIEWER, can_export=True)
    assert visit(rita).get(address(project)).status_code == 200


@pytest.mark.parametrize("who", ["ana", "rita"])
def test_others_may_not(
    request: pytest.FixtureRequest, project: Project, visit: Visit, who: str
) -> None:
    answer = visit(request.getfixturevalue(who)).get(address(project))
    assert answer.status_code == 403
    assert texts(answer, "h1") == ["Not allowed"]


def test_strangers_find_nothing(project: Project, stranger: Actor, visit: Visit) -> None:
    assert visit(stranger).get(address(project)).status_code == 404


def test_where_names_are_hidden_only_managers_export_them(
    project: Project, manager: Actor, visit: Visit
) -> None:
    granted = make_member(project, Role.REVIEWER, can_export=True)
    address = f"/projects/{project.slug}/export/"
    projects.change(by=manager, address=project.slug, settings={"blind": True})
    assert b'name="pseudonyms"' in visit(manager).get(address).content
    page = visit(granted).get(address)
    assert b'name="pseudonyms"' not in page.content
    assert b"only managers export them by name" in page.content
