"""What the client does is what the API says it does."""

from __future__ import annotations

import csv
import itertools
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from galley_client import AnnotationSet, Galley, Project, RefusalError, StaleError
from galley_client.client import PAGE
from galley_client.tables import RELATION_COLUMNS, SPAN_COLUMNS, relations, spans

from .. import server
from ..house import source
from ..server import Instance

NUMBER = itertools.count(1)
CLAIM = {"form": "direct", "check_worthiness": "CFS"}


@pytest.fixture
def mine(galley: Galley, project: Project) -> AnnotationSet:
    """Return an empty set of a new article, with signs that take two UTF-16 units."""
    text = f"{next(NUMBER)}: 🗳️ “Taxes fell,” Ruiz said, “and jobs rose.” Ruiz left."
    (article,) = project.add([{"text": text}])
    return galley.start(article["id"])


def test_who_and_where(galley: Galley, project: Project) -> None:
    assert galley.me()["username"] == "max"
    assert project.slug == "japan-south-korea"
    (article,) = project.articles(q="Japan")
    assert "text" not in article
    assert len(galley.article(article["id"])["text"]) == article["length"]


def test_a_list_is_followed_to_its_end(project: Project) -> None:
    batch = next(NUMBER)
    added = project.add([{"text": f"Batch {batch}, {each}."} for each in range(PAGE + 1)])
    listed = [each["id"] for each in project.articles()]
    assert [each["id"] for each in added] == listed[-PAGE - 1 :]
    (again,) = project.add([{"text": f"Batch {batch}, 0."}])
    assert again["duplicate"]
    assert again["id"] == added[0]["id"]


def test_files_come_in_after_a_look(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(f"Ministers met {next(NUMBER)} times.")
    before = len(list(project.articles()))
    assert project.import_files(file, dry_run=True)["report"]["articles"] == 1
    assert len(list(project.articles())) == before
    assert project.import_files(file)["state"] == "done"
    assert len(list(project.articles())) == before + 1
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(RefusalError) as refusal:
        project.import_files(file)
    assert refusal.value.code == "bad_file"


def test_columns_and_newer_texts_are_as_somebody_says(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    name = next(NUMBER)
    file.write_text(f"Story,id\nRuiz said so {name} times.,name-{name}\n")
    assert project.import_files(file, columns="Story=text")["report"]["articles"] == 1
    file.write_text(f"Story,id\nRuiz said so {name} times again.,name-{name}\n")
    with pytest.raises(RefusalError, match="newer texts are not to be taken in") as refusal:
        project.import_files(file, columns="Story=text", newer=False)
    assert refusal.value.code == "bad_file"


def test_words_are_marked_by_code_points(mine: AnnotationSet) -> None:
    claim = mine.mark("CLAIM", "“Taxes fell,”", "“and jobs rose.”", attributes=CLAIM)
    ruiz = mine.mark("SOURCE", "Ruiz said", attributes={"source_type": "named_individual"})
    link = mine.link("ATTRIBUTED_TO", claim, ruiz, attributes={"stance": "affirm"})
    assert (mine.version, [each["id"] for each in mine.spans]) == (4, [claim, ruiz])
    (relation,) = mine.relations
    assert (relation["id"], relation["from"], relation["to"]) == (link, claim, ruiz)
    for span in mine.spans:
        for part in span["fragments"]:
            assert mine.text[part["start"] : part["end"]] == part["quote"]


@pytest.mark.parametrize(
    ("quotes", "sentence"),
    [
        ((), "at least one word"),
        (("",), "at least one word"),
        (("Tokyo",), "does not stand in the text"),
        (("Ruiz",), "more than once"),
        (("“and jobs rose.”", "“Taxes fell,”"), "behind offset"),
    ],
)
def test_words_that_are_not_there_once_are_not_marked(
    mine: AnnotationSet, quotes: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        mine.mark("CLAIM", *quotes)
    assert mine.refresh().version == 1


def test_a_refusal_says_why_and_changes_nothing(mine: AnnotationSet) -> None:
    with pytest.raises(RefusalError) as refusal:
        mine.mark("RUMOUR", "Taxes")
    assert (refusal.value.status, refusal.value.code) == (422, "unknown_label")
    assert "RUMOUR" in str(refusal.value)
    assert mine.refresh().spans == []


def test_a_set_that_has_moved_on(galley: Galley, mine: AnnotationSet) -> None:
    other = galley.annotation_set(mine.id)
    other.mark("CUE", "said")
    with pytest.raises(StaleError) as stale:
        mine.mark("CUE", "left")
    assert stale.value.version == 2
    assert [each["op"] for each in stale.value.operations] == ["add_span"]
    mine.refresh().mark("CUE", "left")
    assert [each["fragments"][0]["quote"] for each in mine.spans] == ["said", "left"]


def test_what_is_missing_stands_in_the_way_of_submitting(mine: AnnotationSet) -> None:
    claim = mine.mark("CLAIM", "Taxes fell")
    with pytest.raises(RefusalError) as refusal:
        mine.submit()
    assert refusal.value.code == "incomplete"
    mine.apply([{"op": "delete_span", "id": claim}])
    assert mine.submit().state == "submitted"


def test_an_export_streams_line_by_line(project: Project, mine: AnnotationSet) -> None:
    mine.mark("CUE", "said")
    (line,) = [each for each in project.export() if each["article"]["id"] == mine.article]
    assert [each["id"] for each in line["annotation_sets"]] == [mine.id]
    assert all(each["annotation_sets"] for each in project.export(set="own", state="open"))
    assert list(project.export(round=2)) == []
    assert list(project.export(round=1)) == list(project.export(set="own"))
    assert list(project.export(updated_since="2999-01-01T00:00:00Z")) == []
    names = {s["annotator"] for x in project.export(pseudonyms=True) for s in x["annotation_sets"]}
    assert names
    assert all(each.startswith("person-") for each in names)


def test_a_file_is_there_once_it_is_whole(
    project: Project, mine: AnnotationSet, tmp_path: Path
) -> None:
    mine.mark("CUE", "said")
    whole = project.download(tmp_path / "data.jsonl")
    assert [json.loads(each) for each in whole.read_text().splitlines()] == list(project.export())
    with project.download(tmp_path / "spans.csv", format="csv_raw").open(newline="") as table:
        assert mine.id in {row["set_id"] for row in csv.DictReader(table)}
    bare = project.download(tmp_path / "bare.zip", with_text=False)
    with zipfile.ZipFile(bare) as archive:
        assert set(archive.namelist()) == {"dataset.jsonl", "rebuild.py"}
    losses = project.download(tmp_path / "losses.jsonl", format="csv_raw", report=True)
    assert json.loads(losses.read_text().splitlines()[-1])["losses"] > 0
    with pytest.raises(RefusalError):
        project.download(tmp_path / "none", format="none")
    names = {each.name for each in tmp_path.iterdir()}
    assert names == {"data.jsonl", "spans.csv", "losses.jsonl", "bare.zip"}


def test_tables_have_a_row_for_each_part(project: Project, mine: AnnotationSet) -> None:
    claim = mine.mark("CLAIM", "“Taxes fell,”", "“and jobs rose.”", attributes=CLAIM)
    cue = mine.mark("CUE", "said")
    mine.link("CUED_BY", claim, cue)
    lines = [each for each in project.export() if each["article"]["id"] == mine.article]
    table = spans(lines)
    assert list(table["fragment"]) == [0, 1, 0]
    assert list(table["attributes.form"][:2]) == ["direct", "direct"]
    places = zip(table["start"], table["end"], strict=True)
    assert [mine.text[start:end] for start, end in places] == list(table["quote"])
    links = relations(lines)
    assert list(links[["type", "from", "to"]].iloc[0]) == ["CUED_BY", claim, cue]


def test_two_releases_are_compared_row_by_row(
    running: Instance, galley: Galley, project: Project, mine: AnnotationSet
) -> None:
    token = running.manage("create_token", "max", "--scopes", "read,manage").strip()
    path = f"projects/{project.slug}/releases/"
    mine.mark("CUE", "said")
    mine.submit()
    running.call(token, "POST", path, {"version": "7.0.0", "split": "article"})
    galley.call("POST", f"annotation-sets/{mine.id}/reopen/", version=mine.version)
    mine.refresh().mark("CUE", "Taxes")
    mine.submit()
    running.call(token, "POST", path, {"version": "8.0.0"})
    assert [each["version"] for each in project.releases()] == ["8.0.0", "7.0.0"]
    parts = [list(project.export(split=each, release="7.0.0")) for each in ("train", "dev", "test")]
    assert mine.article in {line["article"]["id"] for part in parts for line in part}
    counts = {each["of"]: each["added"] for each in project.diff("7.0.0", "8.0.0")["tables"]}
    assert counts == {"articles": 0, "sets": 0, "spans": 1, "gold": 0, "relations": 0}
    (row,) = project.diff_rows("7.0.0", "8.0.0", "spans", change="added", name="CUE")
    assert (row["change"], row["before"], row["article"]) == ("added", None, mine.article)
    assert row["after"] is not None
    assert [each["quote"] for each in row["after"]["fragments"]] == ["Taxes"]
    (gone,) = project.diff_rows("8.0.0", "7.0.0", "spans")
    assert (gone["change"], gone["before"]) == ("removed", row["after"])


def test_tables_of_nothing_have_their_columns() -> None:
    assert list(spans([]).columns) == SPAN_COLUMNS
    assert list(relations([]).columns) == RELATION_COLUMNS


def test_agreement_is_there(project: Project) -> None:
    assert "results" in project.agreement()


@contextmanager
def answering(statuses: list[int]) -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    """Serve these statuses in turn; note the method and the key of each request."""
    heard: list[tuple[str, str | None]] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            heard.append((self.command, self.headers["Idempotency-Key"]))
            self.rfile.read(int(self.headers["Content-Length"] or 0))
            body = (
                b'{"username": "max", "results": []}' if (s := statuses.pop(0)) == 200 else b"<p>"
            )
            self.send_response(s)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer  # noqa: N815 - the library's names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}", heard
        finally:
            listening.shutdown()
            thread.join()


def test_what_can_be_repeated_is() -> None:
    with answering([503, 502, 200, 503, 200, 503]) as (url, heard), Galley(url, "x") as galley:
        assert galley.me()["username"] == "max"
        galley.change("annotation-sets/1/operations/", {"operations": []}, version=1)
        assert [method for method, _key in heard] == ["GET", "GET", "GET", "POST", "POST"]
        assert heard[3] == heard[4]
        # Without a key nobody knows whether it was done.
        with pytest.raises(RefusalError) as refusal:
            galley.call("POST", "projects/")
        assert (refusal.value.status, refusal.value.detail) == (503, "<p>")


def test_the_notebook_runs(
    running: server.Instance, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GALLEY_URL", running.url)
    monkeypatch.setenv("GALLEY_TOKEN", token)
    notebook = json.loads((source.ROOT / "docs" / "client.ipynb").read_text())
    known: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), cell["id"], "exec"), known)  # noqa: S102 - our own
    assert len(known["frame"]) >= 3  # type: ignore[arg-type]  # a data frame
