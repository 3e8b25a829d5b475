"""Imports: a look that stores nothing, then all or nothing; no text twice."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from labels import errors
from labels.actions import imports, room
from labels.actions.access import Actor
from labels.exporters import jsonl, webanno_tsv
from labels.models import Article, Import, Project, Upload
from labels.queries import article as articles
from labels.queries import export
from labels.vocabulary import Role

from ..exporters.articles import BY_ANA, SECOND, TEXT, article
from ..factories import SEEDS, make_article, make_person, make_project

pytestmark = pytest.mark.django_db

GOOD = "Ministers met.\n\nThey spoke for an hour, Ruiz said.\n"


@pytest.fixture
def project() -> Project:
    return make_project(make_person())


def manager(of: Project) -> Actor:
    return Actor(of.created_by)


def run(
    of: Project, *files: tuple[str, bytes | str], act: Any = imports.run, **more: Any
) -> Import:
    opened = [
        (name, io.BytesIO(content.encode() if isinstance(content, str) else content))
        for name, content in files
    ]
    made: Import = act(by=manager(of), slug=of.slug, files=opened, **more)
    return made


def state(of: Project) -> tuple[int, int, int]:
    of.refresh_from_db()
    visible = articles.visible(of, manager(of), Role.MANAGER).count()
    return Article.objects.filter(project=of).count(), visible, of.article_count


def test_the_seed_article_stays_whole(project: Project) -> None:
    (file,) = SEEDS.glob("*.txt")
    made = run(project, (file.name, file.read_bytes()))
    stored = Article.objects.get(batch=made)
    assert stored.text == file.read_text()
    assert (stored.byline, stored.text[slice(*places(stored, "byline_span"))]) == (
        "Kyodo",
        "• Kyodo",
    )
    appeal = stored.text[slice(*places(stored, "closing_appeal"))]
    assert appeal.startswith("In a time of both misinformation")
    assert appeal.endswith("get the story right.")
    assert stored.title.startswith("Amid soured bilateral ties, Japan is making")
    assert stored.title.endswith("a government source said Monday.")
    (item,) = made.report["items"]
    assert len(item["notes"]) == 3


def places(of: Article, name: str) -> tuple[int, int]:
    return of.extra[name]["start"], of.extra[name]["end"]


def test_a_look_stores_nothing_but_its_report(project: Project) -> None:
    made = run(project, ("a.txt", GOOD), act=imports.look)
    assert (made.report["articles"], made.report["items"][0]["duplicate"]) == (1, False)
    assert state(project) == (0, 0, 0)
    assert Upload.objects.count() == 0


def test_a_look_that_is_kept_can_be_confirmed_once(project: Project) -> None:
    seen = run(project, ("a.txt", GOOD), act=imports.look, keep=True)
    done = imports.confirm(by=manager(project), slug=project.slug, uuid=seen.uuid)
    assert done.report["articles"] == 1
    assert state(project) == (1, 1, 1)
    with pytest.raises(errors.NotFound):
        imports.confirm(by=manager(project), slug=project.slug, uuid=seen.uuid)


def test_the_same_text_is_recognised_and_not_doubled(project: Project) -> None:
    run(project, ("a.txt", GOOD))
    again = run(project, ("b.txt", "\ufeff" + GOOD.replace("\n", "\r\n")), ("c.txt", GOOD))
    assert (again.report["articles"], again.report["duplicates"]) == (0, 2)
    assert [each["duplicate"] for each in again.report["items"]] == [True, True]
    assert state(project) == (1, 1, 1)


def test_one_text_twice_in_one_import_is_one_article(project: Project) -> None:
    made = run(project, ("a.txt", GOOD), ("b.txt", GOOD))
    assert (made.report["articles"], made.report["duplicates"]) == (1, 1)
    assert state(project) == (1, 1, 1)


XMI = """<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore">
<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="Ministers met."/></xmi:XMI>"""


def test_files_that_belong_together_may_come_side_by_side(project: Project) -> None:
    files = [
        ("a.txt", "Ruiz said so."),
        ("a.ann", "T1\tSOURCE 0 4\tRuiz\n"),
        ("b.csv", "text\nRain is to come.\n"),
        ("c.xmi", XMI),
        ("TypeSystem.xml", "<typeSystemDescription/>"),
    ]
    report = run(project, *files, act=imports.look, keep=True)
    made = imports.confirm(by=manager(project), slug=project.slug, uuid=report.uuid).report
    assert (made["articles"], made["sets"], made["spans"]) == (3, 1, 1)
    assert made["reasons"] == [
        "b.csv: a table, by its name",
        "files: brat standoff, because texts have .ann files of their names",
        "files: UIMA CAS XMI, by the names of its files",
    ]


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        ([("a.ann", "T1\tSOURCE 0 4\tRuiz\n")], {"not_a_folder"}),
        ([("a.ann", "T1\tSOURCE 0 4\tRuiz\n"), ("b.ann", "")], {"empty_file", "no_text"}),
        (
            [("a.ann", "T1\tSOURCE 0 4\tRuiz\n"), ("b.csv", "text\nRain is to come.\n")],
            {"empty_file", "no_text"},
        ),
    ],
)
def test_annotations_without_their_text_are_no_articles(
    project: Project, files: Any, codes: set[str]
) -> None:
    report = run(project, *files, act=imports.look).report
    assert {each["code"] for each in report["errors"]} == codes
    one_by_one = imports.look(
        by=manager(project),
        slug=project.slug,
        files=((name, io.BytesIO(text.encode())) for name, text in files[:1]),
    ).report
    assert one_by_one["refused"] > 0


OLDER = ("a.jsonl", '{"text": "Old text.", "external_id": "a1"}\n')
NEWER = ("a.jsonl", '{"text": "New text.", "external_id": "a1"}\n')


def test_a_newer_text_of_an_external_id_follows_the_older(project: Project) -> None:
    run(project, OLDER)
    seen = run(project, NEWER, act=imports.look)
    assert (seen.report["newer"], seen.report["articles"], seen.report["refused"]) == (1, 1, 0)
    assert seen.report["items"][0]["newer"] is True
    made = run(project, NEWER)
    assert made.report["newer"] == 1
    old, new = Article.objects.order_by("version")
    assert (old.version, new.version, new.supersedes_id) == (1, 2, old.pk)


def test_a_newer_text_says_whom_it_follows_and_whether_that_can_be(project: Project) -> None:
    text = "The mayor said on Monday that taxes fell by five per cent in a year."
    lines = [{"text": text, "external_id": "1"}, {"text": f"{text} So it is.", "external_id": "1"}]
    lines.append({"text": "Quite another story, of rain and of the sea.", "external_id": "1"})
    files = [(f"{at}.jsonl", json.dumps(each)) for at, each in enumerate(lines)]
    report = run(project, *files, act=imports.look).report
    assert (report["newer"], report["unlike"]) == (2, 1)
    first, second, third = (each["notes"] for each in report["items"])
    assert first == []
    assert second == [f"Version 2 of “{text}”: both have the id “1”."]
    assert third == [
        f"Version 3 of “{text}”: both have the id “1”.",
        "It has nothing in common with that text: is the id the same by chance?",
    ]
    assert run(project, *files).report["items"][2]["notes"] == third


def test_a_newer_text_is_refused_where_none_is_wanted(project: Project) -> None:
    run(project, OLDER)
    with pytest.raises(errors.BadFile) as caught:
        run(project, NEWER, newer=False)
    assert [each["code"] for each in caught.value.errors] == ["newer_text"]
    assert Article.objects.count() == 1


def test_what_a_look_has_shown_as_newer_is_confirmed_as_newer(project: Project) -> None:
    run(project, OLDER)
    refusing = run(project, NEWER, act=imports.look, keep=True, newer=False)
    with pytest.raises(errors.BadFile):
        imports.confirm(by=manager(project), slug=project.slug, uuid=refusing.uuid)
    seen = run(project, NEWER, act=imports.look, keep=True)
    imports.confirm(by=manager(project), slug=project.slug, uuid=seen.uuid)
    assert Article.objects.count() == 2


def test_two_texts_of_one_external_id_in_one_file_follow_each_other(project: Project) -> None:
    both = ("a.jsonl", OLDER[1] + NEWER[1])
    with pytest.raises(errors.BadFile):
        run(project, both, newer=False)
    run(project, both)
    old, new = Article.objects.order_by("version")
    assert new.supersedes_id == old.pk


def test_an_export_of_several_texts_is_restored_whole(project: Project) -> None:
    by = manager(project)
    first = make_article(project, "One.", title="First")
    second = make_article(project, "One, two.", supersedes=str(first.uuid))
    make_article(project, "One, two, three.", supersedes=str(second.uuid))
    before = b"".join(jsonl.write(export.articles(project, export.Wanted())))
    other = make_project(by)
    Article.objects.update(supersedes=None)
    Article.objects.all().delete()
    again = run(other, ("a.jsonl", before.decode()))
    assert again.report["newer"] == 0
    assert b"".join(jsonl.write(export.articles(other, export.Wanted()))) == before


@pytest.mark.parametrize(
    ("name", "content", "code", "said"),
    [
        ("a.txt", b"Fine so far \xff\xfe", "not_utf8", "position 12"),
        ("a.txt", b"", "empty_text", ""),
        ("a.txt", b" \n\n ", "blank_text", ""),
        ("a.txt", b"one\0two", "nul", "3"),
        ("a.jsonl", b'{"text": "a"}\n{"text": "\\ud800"}\n', "", "2"),
        ("a.jsonl", b'{"text": "a"}\n{"text": ' + b"[" * 5000, "", "2"),
        ("a.jsonl", b'{"text": "a"}\n[1]\n', "", "2"),
        ("a.jsonl", b'{"text": 3}\n', "", "1"),
    ],
)
def test_a_bad_file_is_refused_whole(
    project: Project, name: str, content: bytes, code: str, said: str
) -> None:
    with pytest.raises(errors.BadFile) as caught:
        run(project, ("good.txt", GOOD), (name, content))
    (fault,) = caught.value.errors
    assert fault["code"] == code or not code
    assert said in fault["message"] + fault["place"]
    assert state(project) == (0, 0, 0)
    assert Import.objects.get().failed_at is not None


def test_unknown_formats_are_refused(project: Project) -> None:
    with pytest.raises(errors.UnknownFormat):
        run(project, ("a.txt", GOOD), format_name="nope")


def test_a_file_too_large_for_a_page_is_refused(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "LARGEST_FILE", 100)
    with pytest.raises(errors.TooLarge):
        run(project, ("a.txt", "x" * 101), act=imports.look)


def test_what_a_dead_import_staged_is_discarded_by_the_next(project: Project) -> None:
    dead = run(project, ("a.txt", GOOD))
    Import.objects.filter(pk=dead.pk).update(
        published_at=None, touched_at=timezone.now() - timedelta(hours=1)
    )
    Project.objects.filter(pk=project.pk).update(article_count=0)
    assert state(project) == (1, 0, 0)
    run(project, ("a.txt", GOOD))
    assert state(project) == (1, 1, 1)


def test_what_a_killed_import_staged_is_in_nobodys_way(project: Project) -> None:
    killed = run(project, ("a.txt", GOOD))
    name = str(killed.uuid)
    Import.objects.filter(pk=killed.pk).update(published_at=None)
    Project.objects.filter(pk=project.pk).update(article_count=0)
    with room.room("imports", name), pytest.raises(errors.Conflict):
        run(project, ("a.txt", GOOD))
    # A process that is killed leaves its room, which nobody holds any more.
    (room.rooms("imports") / name).mkdir()
    assert [each.name for each in room.left("imports")] == [name]
    run(project, ("a.txt", GOOD))
    assert state(project) == (1, 1, 1)
    assert room.left("imports") == []


def test_only_a_manager_imports(project: Project) -> None:
    with pytest.raises(errors.NotFound):
        imports.run(by=make_person(), slug=project.slug, files=[("a.txt", io.BytesIO(b"a"))])


def test_chunks_do_not_change_what_is_imported(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "CHUNK", 3)
    lines = "".join(f'{{"text": "Text number {number}."}}\n' for number in range(10))
    made = run(project, ("a.jsonl", lines))
    assert made.report["articles"] == 10
    assert state(project) == (10, 10, 10)


def test_annotations_of_the_web_find_their_article_by_its_address(project: Project) -> None:
    line = {"text": GOOD, "external_id": "taxes-1", "url": "https://news.example/1"}
    run(project, ("a.jsonl", json.dumps(line)))
    selector = {"type": "TextQuoteSelector", "exact": "Ruiz"}
    body = {"type": "TextualBody", "purpose": "tagging", "value": "SOURCE"}
    for number, source in enumerate(["https://news.example/1", "taxes-1"]):
        creator = {"name": f"person {number}"}
        mark = {"type": "Annotation", "id": "#1", "creator": creator, "body": body}
        made = run(
            project,
            ("m.json", json.dumps([{**mark, "target": {"source": source, "selector": selector}}])),
        )
        assert made.format == "web_annotation"
        assert (made.report["duplicates"], made.report["spans"]) == (1, 1)
    stray = {**mark, "target": {"source": "https://news.example/2", "selector": selector}}
    with pytest.raises(errors.BadFile) as refused:
        run(project, ("m.json", json.dumps([stray])))
    assert refused.value.errors[0]["code"] == "no_text"
    assert Article.objects.filter(project=project).count() == 1


def test_a_zip_of_webanno_s_is_an_article_with_a_set_for_each_file(project: Project) -> None:
    data = b"".join(webanno_tsv.write([article(TEXT, sets=[BY_ANA, SECOND])]))
    made = run(project, ("taxes.zip", data))
    assert (made.format, made.report["articles"], made.report["duplicates"]) == (
        "webanno_tsv",
        1,
        0,
    )
    (stored,) = Article.objects.filter(project=project)
    assert stored.text == TEXT
    names = stored.annotation_sets.order_by("pk").values_list("annotator_name", flat=True)
    assert list(names) == ["ana", "ben"]
    assert (made.report["spans"], made.report["relations"]) == (5, 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite counts nothing beforehand")
def test_the_database_knows_at_once_how_much_has_come(project: Project) -> None:
    marks = [[at, at + 1, "CLAIM"] for at in range(imports.MANY)]
    run(project, ("a.jsonl", json.dumps({"text": "x" * imports.MANY, "label": marks})))
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'labels_span'")
        assert cursor.fetchone()[0] >= imports.MANY
