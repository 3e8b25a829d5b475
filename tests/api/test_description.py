"""The description of the API: complete, valid, and true of what is really answered."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from labels import errors
from labels.actions import making
from labels.actions.access import Actor
from labels.actions.unit import MEMBERS
from labels.api import contract, describe
from labels.api import urls as api
from labels.api.shapes.operation import OPERATIONS
from labels.models import AnnotationSet, Project, User
from labels.vocabulary import Choice, Role, Task

from ..factories import (
    TEXT,
    add_relation,
    add_span,
    apply,
    assign,
    fragment,
    make_article,
    make_member,
    make_project,
    make_set,
)
from ..people import make_crowd
from .caller import anonymous, with_token
from .checked import Checked
from .test_access import methods, routes

pytestmark = pytest.mark.django_db

SNAPSHOT = Path(__file__).parents[2] / "docs/openapi.yaml"


@pytest.fixture(scope="module")
def document() -> Any:
    return describe.document()


def _operations(document: Any) -> list[Any]:
    return [each for path in document["paths"].values() for each in path.values()]


def test_the_description_is_valid_and_says_nothing_doubtful() -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, stdout=io.StringIO())


def test_it_is_served_to_everybody_as_openapi_3_1(document: Any) -> None:
    answer = anonymous().get("schema/")
    assert answer.headers["Content-Type"] == "application/vnd.oai.openapi+json; version=3.1"
    assert answer.json() == orjson.loads(orjson.dumps(document))
    assert document["openapi"].startswith("3.1.")


def test_the_kept_copy_is_the_description_of_today(document: Any) -> None:
    """`make openapi` writes it anew: a change of the API is then seen where changes are read."""
    assert yaml.safe_load(SNAPSHOT.read_text()) == orjson.loads(orjson.dumps(document))


def test_every_route_and_method_is_described(document: Any) -> None:
    there = {
        f"{method.lower()}_{view.cls.__name__}"
        for name, view in routes(api.urlpatterns)
        if hasattr(view, "cls") and name != "schema"
        for method in methods(view)
    }
    described = [each["operationId"] for each in _operations(document)]
    assert len(described) == len(set(described)) == len(there)
    assert {each.replace("_", "") for each in described} == {
        each.replace("_", "").lower() for each in there
    }


def test_every_group_of_operations_is_named(document: Any) -> None:
    used = {tag for each in _operations(document) for tag in each["tags"]}
    assert {each["name"] for each in document["tags"]} == used
    assert all(each["description"] for each in document["tags"])


def test_every_refusal_has_a_code_of_its_own_that_is_listed(document: Any) -> None:
    codes = [each.code for each in describe.refusals()]
    assert len(codes) == len(set(codes))
    assert document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] == sorted(
        codes
    )


def test_every_refusal_is_promised_somewhere(document: Any) -> None:
    said = "\n".join(
        response["description"]
        for operation in _operations(document)
        for response in operation["responses"].values()
    )
    missing = {each for each in describe.refusals() if f"`{each.code}`" not in said}
    # The base of all, which nothing raises.
    assert missing == {errors.Refusal}


def test_operations_are_described_as_the_rules_have_them(document: Any) -> None:
    described = {
        name: set(document["components"]["schemas"][shape.__name__]["properties"]) - {"op", "id"}
        for name, shape in OPERATIONS.items()
    }
    assert described == MEMBERS


def test_a_view_that_promises_nothing_is_found() -> None:
    with pytest.raises(KeyError):
        contract.of(object.__new__(type("View", (), {"get": lambda _self: None})), "GET")


# What is really answered


@pytest.fixture
def seen() -> set[tuple[str, str, int]]:
    return set()


def test_answers_are_as_described(
    document: Any, project: Project, max_: Actor, seen: set[tuple[str, str, int]]
) -> None:
    """The whole way, from a new project to its export: each request and answer is held against its shape."""
    manager = Checked(with_token(max_), document, seen)
    for step in (
        _people_and_texts,
        _labelling,
        _reviewing,
        _looking_around,
        _refusals,
        _settling,
        _carrying,
    ):
        step(manager, project)
    answered = {(template, method) for template, method, status in seen if status < 300}
    described = {
        (template, method.upper())
        for template, operations in document["paths"].items()
        for method in operations
    }
    assert answered == described


def _as(manager: Checked, whom: str) -> Checked:
    caller = with_token(Actor(User.objects.get(username=whom)))
    return Checked(caller, manager.document, manager.seen)


def _people_and_texts(manager: Checked, project: Project) -> None:
    own = f"projects/{project.slug}/"
    manager.get("me/")
    manager.patch("me/", {"keys": {"link": "l"}})
    manager.post("projects/", {"name": "Another", "slug": "another", "scheme": project.slug})
    manager.patch(own, {"description": "x"})
    manager.put(f"{own}scheme/", manager.get(f"{own}scheme/").json() | {"name": "Changed"})
    path = f"{own}scheme/migrations/"
    change = {"kind": "rename", "relation": "ABOUT", "to": "CONCERNS"}
    _look, made = (manager.post(path, change | {"dry_run": x}).json() for x in (True, False))
    for method, tail in (("GET", ""), ("GET", f"{made['id']}/"), ("POST", f"{made['id']}/")):
        manager(method, path + tail)
    manager.post(f"{own}members/", {"username": "ana", "role": "annotator"})
    manager.post(f"{own}members/", {"username": "rita", "role": "reviewer", "display_name": "R"})
    manager.post(f"{own}members/", {"username": "zoe", "role": "annotator"})
    manager.delete(f"{own}members/?username=zoe")
    made = manager.post(f"{own}articles/", {"text": TEXT, "extra": {"a": [1]}}).json()
    manager.post(f"{own}articles/", [{"text": TEXT}, {"text": "Another."}])
    manager.post(f"{own}articles/", {"text": TEXT})
    manager.patch(f"articles/{made['id']}/", {"title": "Taxes"})
    manager.upload(f"{own}imports/", SimpleUploadedFile("a.txt", b"A file."))
    manager.upload(f"{own}imports/", SimpleUploadedFile("a.txt", b"\xff"), dry_run="1")
    manager.upload(f"{own}imports/", SimpleUploadedFile("a.txt", b"\xff"))
    for person, role in (("ana", Task.ANNOTATE), ("rita", Task.REVIEW)):
        manager.post(
            f"{own}assignments/", {"person": person, "role": role, "articles": [made["id"]]}
        )
    manager.post(
        f"{own}assignments/", {"person": "rita", "role": "annotate", "article": made["id"]}
    )
    manager.delete(f"{own}assignments/?person=rita&role=annotate&article={made['id']}")
    token = manager.post(
        "tokens/", {"name": "x", "scopes": ["read"], "project": project.slug}
    ).json()
    manager.delete(f"tokens/?id={token['id']}")


def _article(project: Project) -> str:
    return str(project.articles.get(title="Taxes").uuid)


def _set(project: Project) -> AnnotationSet:
    return AnnotationSet.objects.get(article__project=project)


def _labelling(manager: Checked, project: Project) -> None:
    ana, article = _as(manager, "ana"), _article(project)
    ana.post(f"projects/{project.slug}/next/")
    ana.post(f"articles/{article}/annotation-sets/")
    ana.post(f"articles/{article}/annotation-sets/?offset_unit=utf8")
    row = _set(project)
    claim = add_span(
        TEXT, "CLAIM", "“Taxes fell 5%,”", attributes={"form": "direct"}, confidence=0.5
    )
    source = add_span(TEXT, "SOURCE", "Ruiz", derived_from=None, flag=True)
    cue = add_span(TEXT, "CUE", "said", origin="suggestion")
    link = add_relation("ATTRIBUTED_TO", claim["id"], source["id"], attributes={"cue": cue["id"]})
    ana.operations(row, claim, source, cue, link)
    ana.move(row, "submit")
    for step in (
        {"op": "move_span", "id": source["id"], "fragments": [fragment(TEXT, "Mayor Ruiz")]},
        {"op": "relabel_span", "id": cue["id"], "label": "ENTITY"},
        {"op": "set_attributes", "id": cue["id"], "attributes": {"nil": True}, "flag": False},
        {"op": "set_relation_attributes", "id": link["id"], "attributes": {"stance": "affirm"}},
        {"op": "delete_relation", "id": link["id"]},
        {"op": "restore_relation", "id": link["id"]},
        {"op": "delete_span", "id": source["id"]},
        {"op": "restore_span", "id": source["id"]},
        {"op": "delete_span", "id": claim["id"]},
        {"op": "delete_span", "id": source["id"]},
        {"op": "set_attributes", "id": cue["id"], "attributes": {"entity_type": "NORP"}},
    ):
        assert ana.operations(row, step).status_code == 200, step
    ana.post(f"annotation-sets/{row.uuid}/active-time/", {"seconds": 30})
    ana.post(f"annotation-sets/{row.uuid}/active-time/", {"seconds": -1})
    ana.post(f"annotation-sets/{row.uuid}/comments/", {"text": "Hm.", "span": cue["id"]})
    for name in ("submit", "reopen", "submit"):
        assert ana.move(row, name).status_code == 200


def _carrying(manager: Checked, project: Project) -> None:
    whole = make_project(Actor(project.created_by))
    ben = make_member(whole, Role.ANNOTATOR)
    row = make_set(make_article(whole), ben)
    apply(row, ben, add_span(TEXT, "SOURCE", "Ruiz"), claim := add_span(TEXT, "CLAIM", TEXT))
    newer = make_article(whole, f"More. {TEXT[:-1]} now.", supersedes=str(row.article.uuid))
    assign(newer, ben, Task.ANNOTATE)
    caller = Checked(with_token(ben), manager.document, manager.seen)
    caller.get(f"articles/{newer.uuid}/versions/")
    path = f"annotation-sets/{row.uuid}/carrying/{newer.uuid}/"
    caller.get(path)
    caller.post(path, {})
    for outcome in ("again", None, "carried", "carried"):
        caller.post(f"{path}settle/", {"span": claim["id"], "outcome": outcome})
    caller.post(f"{path}undo/", {})


def _settling(manager: Checked, project: Project) -> None:
    crowd = make_crowd(make_project(Actor(project.created_by)), "2")
    rita = Checked(with_token(crowd.rita), manager.document, manager.seen)
    own = f"articles/{crowd.article.uuid}/adjudication/"
    rita.post(own)
    keyed = [{"if_match": '"1"', "idempotency_key": str(uuid4())} for _ in range(4)]
    version = rita.post(f"{own}agreements/", **keyed[0]).json()["version"]
    unit = next(each for each in rita.get(own).json()["units"] if not each["decided"])
    body = {"unit": unit["unit"], "choice": "none", "reason": "not_a_unit"}
    now = {"if_match": f'"{version}"'}
    version = rita.post(f"{own}decisions/", body, **(keyed[1] | now)).json()["version"]
    rita.get(f"{own}decisions/")
    now = {"if_match": f'"{version}"'}
    rita.post(f"{own}finish/", **now)
    rita.get(f"projects/{crowd.project.slug}/disagreements/")
    rita.post(f"{own}undo/", **(keyed[2] | now))
    for item in crowd.bench.items:
        if not item.decided:
            first = item.cluster.present[0].set  # type: ignore[union-attr]  # none is gone
            crowd.decide(item.key, Choice.TAKE, set=first)
    rita.post(f"{own}finish/", if_match=f'"{crowd.gold.version}"')
    there = f"projects/{crowd.project.slug}/"
    manager.put(f"{there}qualification/", {"percent": 80, "articles": [str(crowd.article.uuid)]})
    manager.post(f"{there}members/", {"username": "dora", "role": "annotator"})
    manager.post(f"{there}qualification/passes/", {"person": "dora"})
    ben = Checked(with_token(crowd.people["ben"]), manager.document, manager.seen)
    path = f"projects/{crowd.project.slug}/feedback/"
    first = ben.get(path).json()["results"][0]["id"]
    for text in ("Why?", "Again?", ""):
        ben.post(path, {"correction": first, "text": text})
    rita.post(f"{own}reopen/", if_match=f'"{crowd.gold.version}"')


def _reviewing(manager: Checked, project: Project) -> None:
    rita, ana, row = _as(manager, "rita"), _as(manager, "ana"), _set(project)
    own = f"annotation-sets/{row.uuid}/"
    (span,) = rita.get(own).json()["spans"]
    rita.post(f"projects/{project.slug}/next/")
    fix = {"span": span["id"], "verdict": "fix", "proposal": {"attributes": {}}}
    rita.post(f"{own}reviews/", fix)
    rita.post(f"{own}reviews/", {"verdict": "missing", "proposal": {"label": "CUE"}})
    proposal = {"label": "CUE", "fragments": [fragment(TEXT, "spoke")]}
    rita.post(f"{own}reviews/", {"verdict": "missing", "proposal": proposal})
    rita.move(row, "return", {"note": "Look."})
    assert ana.move(row, "submit").status_code == 200
    rita.post(f"{own}reviews/accept-rest/")
    rita.post(f"{own}comments/read/")
    rita.post(f"articles/{row.article.uuid}/comments/", {"text": "Satire?"})
    ana.get(f"articles/{row.article.uuid}/comments/")
    ana.post(f"articles/{row.article.uuid}/comments/read/")
    assert rita.move(row, "approve").status_code == 200
    rita.post(f"projects/{project.slug}/next/")


def _looking_around(manager: Checked, project: Project) -> None:
    row, article, own = _set(project), _article(project), f"projects/{project.slug}/"
    imported = manager.get(f"{own}imports/").json()["results"][-1]["id"]
    manager.get(f"{own}imports/{imported}/")
    large = SimpleUploadedFile("large.txt", b"Ministers met.\n" * 300_000)
    waiting = manager.upload(f"{own}imports/", large).json()["id"]
    assert manager.delete(f"{own}imports/{waiting}/").status_code == 200
    made = manager.post(f"{own}releases/", {"licence_labels": "CC-BY-4.0"}).json()
    same = f"against={made['version']}"
    for name in ("", "README.md", f"diff/?{same}", f"diff/rows/?of=spans&{same}"):
        manager.get(f"{own}releases/{made['version']}/{name}")
    asked = making.take(by=Actor(project.created_by), slug=project.slug)
    for each in (manager.get, manager.delete):
        each(f"{own}releases/making/{asked.uuid}/")
    manager.get(own)
    listed = "articles members agreement agreement/self qualification assignments changes export releases"
    for name in listed.split():
        manager.get(f"{own}{name}/")
    manager.delete(f"{own}agreement/")
    for name in ("", "annotation-sets/"):
        manager.get(f"articles/{article}/{name}")
    manager.post(f"{own}looks/", {"person": "ana", "count": 1, "days": 0})
    manager.get(f"{own}looks/")
    manager.delete(f"{own}looks/?person=ana")
    _as(manager, "ana").get(f"{own}feedback/summary/")
    for name in ("", "?offset_unit=utf16", "revisions/", "reviews/", "comments/"):
        manager.get(f"annotation-sets/{row.uuid}/{name}")
    for caller in (manager, _as(manager, "ana"), _as(manager, "rita")):
        caller.get(f"{own}progress/")
    manager.get("projects/?page_size=1")
    manager.get("tokens/")


def _refusals(manager: Checked, project: Project) -> None:
    row, own = _set(project), f"projects/{project.slug}/"
    nobody = Checked(anonymous(), manager.document, manager.seen)
    ana, operations = _as(manager, "ana"), f"annotation-sets/{row.uuid}/operations/"
    statuses = [
        nobody.get("me/"),
        ana.get(f"{own}export/"),
        ana.get("projects/nowhere/"),
        ana.operations(row, add_span(TEXT, "CUE", "said")),
        ana.operations(row, add_span(TEXT, "CUE", "said"), version=1),
        ana.post(operations, {}, idempotency_key="x"),
        ana.post(operations, {"operations": []}, idempotency_key="x" * 32),
        manager.get(f"{own}articles/?cursor=x"),
        manager.get(f"{own}articles/?page_size=0"),
        manager.post(f"{own}articles/", b"{"),
        manager.post(f"{own}articles/", b"{}", content_type="text/plain"),
        manager.post(f"{own}articles/", {"text": "\0"}),
        manager.put(f"{own}scheme/", {}),
        manager.post("projects/", {"name": "x", "slug": "another"}),
        manager.delete(f"{own}members/?username=max"),
        manager.move(row, "approve"),
        manager.post(f"annotation-sets/{row.uuid}/reviews/", {"verdict": "accept"}),
    ]
    assert all(each.status_code >= 400 for each in statuses)
