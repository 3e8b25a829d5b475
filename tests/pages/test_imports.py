"""Importing: a look first, then all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from labels.actions import queue
from labels.actions.access import Actor
from labels.models import Article, Import, Project, Upload

from ..factories import SEEDS, make_article
from .conftest import Visit, texts

pytestmark = pytest.mark.django_db

SEED = next(SEEDS.glob("*.txt"))


def file(name: str, content: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def address(project: Project) -> str:
    return f"/projects/{project.slug}/import/"


def look(client: Client, project: Project, *files: SimpleUploadedFile, **more: Any) -> Any:
    """Send the form and go where it leads."""
    return client.post(address(project), {"uploads": list(files), **more}, follow=True)


def confirm(client: Client, project: Project, seen: Any) -> Any:
    given = {"do": "import", "look": str(seen.context["look"])}
    return client.post(address(project), given, follow=True)


def test_a_look_stores_no_article_and_says_what_was_found(
    project: Project, manager: Actor, visit: Visit
) -> None:
    seen = look(visit(manager), project, file(SEED.name, SEED.read_bytes()))
    assert texts(seen, "h1") == ["Before you import"]
    assert texts(seen, "lede") == ["1 article will be imported."]
    (article,) = seen.context["report"].articles
    assert article.title.startswith("Amid soured bilateral ties, Japan is making")
    assert article.notes != []
    assert all(note in texts(seen, "hint") for note in article.notes)
    assert not Article.objects.exists()


def test_what_was_looked_at_is_what_is_imported(
    project: Project, manager: Actor, visit: Visit
) -> None:
    client = visit(manager)
    done = confirm(client, project, look(client, project, file(SEED.name, SEED.read_bytes())))
    assert texts(done, "h1") == ["Imported"]
    assert texts(done, "lede") == ["1 article was imported."]
    article = Article.objects.get()
    assert article.text == SEED.read_bytes().decode()
    assert done.context["report"].articles[0].url == f"/articles/{article.uuid}/"
    assert not Upload.objects.exists()


def test_what_was_found_in_an_article_that_is_known_is_said_as_well(
    project: Project, manager: Actor, visit: Visit
) -> None:
    make_article(project, "Ruiz said so.")
    line = '{"text": "Ruiz said so.", "label": [[0, 4, "SOURCE"]], "Comments": ["Sure?"]}'
    seen = look(visit(manager), project, file("ana.jsonl", line))
    assert texts(seen, "lede") == ["0 articles will be imported, 1 is in the project already."]
    assert "Comments are not taken." in texts(seen, "hint")


def test_newer_texts_are_said_to_be_and_doubted(
    project: Project, manager: Actor, visit: Visit
) -> None:
    make_article(project, "Ruiz said so on Monday.", external_id="1", title="Older")
    line = '{"text": "Rain is to come.", "external_id": "1"}'
    seen = look(visit(manager), project, file("a.jsonl", line))
    (said,) = texts(seen, "notice")
    assert said.startswith("1 of them is a newer text of an article that is here.")
    assert "nothing in common with the older one: 1." in said
    assert "Version 2 of “Older”: both have the id “1”." in texts(seen, "hint")


def test_what_is_said_of_columns_holds_until_it_is_imported(
    project: Project, manager: Actor, visit: Visit
) -> None:
    client = visit(manager)
    table = file("a.csv", "Story,Head\nRuiz said so.,Taxes\n")
    seen = look(client, project, table, columns="Story=text, Head=title")
    assert seen.context["report"].reasons == ["a.csv: a table, by its name"]
    confirm(client, project, seen)
    assert list(Article.objects.values_list("text", "title")) == [("Ruiz said so.", "Taxes")]
    refused = look(client, project, table, columns="Story")
    assert "Body=text" in str(refused.context["form"].errors["columns"])


def test_the_list_of_formats_has_short_names(
    project: Project, manager: Actor, visit: Visit
) -> None:
    client = visit(manager)
    formats = {each["name"]: each for each in client.get(address(project)).context["formats"]}
    assert {"CSV", "HTML", "JSON Lines", "brat standoff"} <= formats.keys()
    assert formats["CSV"]["about"].startswith("a table of articles")
    japanese = client.get(address(project), headers={"accept-language": "ja"}).context["formats"]
    assert "CSV" in {each["name"] for each in japanese}


def test_several_files_are_one_import(project: Project, manager: Actor, visit: Visit) -> None:
    client = visit(manager)
    files = [file(f"{name}.txt", f"Report {name}. Nothing else.") for name in "abc"]
    seen = look(client, project, *files)
    assert texts(seen, "lede") == ["3 articles will be imported."]
    confirm(client, project, seen)
    assert list(Article.objects.order_by("pk").values_list("title", flat=True)) == [
        "Report a.",
        "Report b.",
        "Report c.",
    ]


def test_a_pasted_text_keeps_its_blanks(project: Project, manager: Actor, visit: Visit) -> None:
    client = visit(manager)
    confirm(client, project, look(client, project, text="\r\n  A text.\r\n\r\nIts end. \r\n"))
    assert Article.objects.get().text == "\n  A text.\n\nIts end. \n"


def test_an_article_of_the_project_is_recognised(
    project: Project, manager: Actor, visit: Visit
) -> None:
    make_article(project, "Known already. Nothing new.")
    client = visit(manager)
    seen = look(client, project, file("a.txt", "Known already. Nothing new."))
    assert texts(seen, "lede") == [
        "Everything in these files is in the project already. There is nothing to import."
    ]
    assert b'value="import"' not in seen.content
    both = [file("a.txt", "Known already. Nothing new."), file("b.txt", "This is new. Really.")]
    done = confirm(client, project, look(client, project, *both))
    assert texts(done, "lede") == ["1 article was imported, 1 is in the project already."]
    assert Article.objects.count() == 2


def test_a_file_that_is_not_utf8_is_refused_with_its_place(
    project: Project, manager: Actor, visit: Visit
) -> None:
    client = visit(manager)
    files = [file("good.txt", "All is well. Really."), file("bad.txt", "Caf\xe9".encode("latin-1"))]
    seen = look(client, project, *files)
    assert texts(seen, "lede") == [
        (
            "1 place cannot be read, so nothing can be imported yet: all of it is, or none."
            " Mend the files, or leave out the bad ones."
        )
    ]
    (refused,) = seen.context["report"].refused
    assert refused["place"].startswith("bad.txt")
    assert "position 3" in refused["message"]
    assert refused["message"] in texts(seen, "wide")
    assert b'value="import"' not in seen.content
    assert b"Will be imported" not in seen.content
    assert not Upload.objects.exists()
    answer = confirm(client, project, seen)
    assert answer.status_code == 404
    assert not Article.objects.exists()


def test_an_empty_file_is_refused(project: Project, manager: Actor, visit: Visit) -> None:
    seen = look(visit(manager), project, file("empty.txt", b""))
    assert "empty" in texts(seen, "main")[0]
    assert not Import.objects.filter(dry_run=False).exists()


def test_nothing_chosen_is_said_at_the_field(
    project: Project, manager: Actor, visit: Visit
) -> None:
    answer = visit(manager).post(address(project), {})
    assert answer.status_code == 422
    assert texts(answer, "error") == ["Choose a file, or paste a text below."]


def test_what_was_pasted_is_kept_when_it_is_refused(
    project: Project, manager: Actor, visit: Visit
) -> None:
    answer = visit(manager).post(address(project), {"text": "A text.", "format": "nonsense"})
    assert answer.status_code == 422
    assert texts(answer, "textarea") == ["A text."]


def test_confirming_twice_imports_once(project: Project, manager: Actor, visit: Visit) -> None:
    client = visit(manager)
    seen = look(client, project, file("a.txt", "Once only. Really."))
    confirm(client, project, seen)
    again = confirm(client, project, seen)
    assert again.status_code == 404
    assert texts(again, "prose") == [
        "This look was used already, or is gone. Choose the files again."
    ]
    assert Article.objects.count() == 1


@pytest.mark.parametrize("uuid", ["nonsense", "00000000-0000-7000-8000-000000000000"])
def test_a_report_that_is_none_is_not_found(
    project: Project, manager: Actor, visit: Visit, uuid: str
) -> None:
    assert visit(manager).get(address(project), {"look": uuid}).status_code == 404


def test_the_report_of_another_project_is_not_shown(
    project: Project, manager: Actor, stranger: Actor, visit: Visit
) -> None:
    seen = look(visit(manager), project, file("a.txt", "A secret. Really."))
    own = Project.objects.get(created_by=stranger.person)
    answer = visit(stranger).get(address(own), {"look": str(seen.context["look"])})
    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["ana", "rita"])
def test_only_managers_import(
    request: pytest.FixtureRequest, project: Project, visit: Visit, who: str
) -> None:
    client = visit(request.getfixturevalue(who))
    assert client.get(address(project)).status_code == 403
    assert look(client, project, file("a.txt", "A text. Really.")).status_code == 403
    assert not Import.objects.exists()


def test_strangers_find_nothing(project: Project, stranger: Actor, visit: Visit) -> None:
    assert visit(stranger).get(address(project)).status_code == 404


def test_a_report_costs_the_same_with_one_article_and_with_three(
    project: Project,
    manager: Actor,
    visit: Visit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = visit(manager)
    for names in ("a", "bcd"):
        files = [file(f"{name}.txt", f"Report {name}. Nothing else.") for name in names]
        seen = look(client, project, *files)
        with django_assert_num_queries(5):
            answer = client.get(address(project), {"look": str(seen.context["look"])})
        assert len(answer.context["report"].articles) == len(names)


def large(articles: int = 6) -> SimpleUploadedFile:
    lines = [f'{{"text": "{number} {"Ministers met. " * 60_000}"}}' for number in range(articles)]
    return file("large.jsonl", "\n".join(lines))


def test_a_large_file_is_looked_at_and_imported_beside_the_requests(
    project: Project, manager: Actor, visit: Visit, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    client = visit(manager)
    waiting = look(client, project, large())
    assert texts(waiting, "h1") == ["Your files are being looked at"]
    where = waiting.redirect_chain[-1][0]
    assert texts(client.get(address(project)), "notice")[0].startswith("Files are being looked")
    queue.work()
    seen = client.get(where, follow=True)
    assert texts(seen, "lede") == ["6 articles will be imported."]
    assert not Article.objects.exists()
    going = confirm(client, project, seen)
    assert texts(going, "h1") == ["Your files are being imported"]
    queue.work()
    done = client.get(going.redirect_chain[-1][0], follow=True)
    assert texts(done, "lede") == ["6 articles were imported."]
    used = client.get(where)
    assert texts(used, "h1") == ["Not imported"]
    assert "used already" in texts(used, "lede")[0]


def test_a_large_import_can_be_cancelled(
    project: Project, manager: Actor, visit: Visit, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    client = visit(manager)
    waiting = look(client, project, large())
    given = {"do": "cancel", "wait": waiting.context["wait"].id}
    gone = client.post(address(project), given, follow=True)
    assert texts(gone, "h1") == ["Not imported"]
    assert texts(gone, "lede") == ["It was cancelled. Nothing of it remains."]
    assert list((tmp_path / "imports" / "waiting").iterdir()) == []


def test_a_large_file_that_cannot_be_read_is_shown_as_a_small_one(
    project: Project, manager: Actor, visit: Visit, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    client = visit(manager)
    waiting = look(client, project, file("a.txt", b"\xff" * 5_000_000))
    queue.work()
    seen = client.get(waiting.redirect_chain[-1][0], follow=True)
    assert [each["code"] for each in seen.context["report"].refused] == ["not_utf8"]
