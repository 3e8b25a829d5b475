"""The documents of spaCy hold what was marked, where it was marked, and agree with the export's own."""

from __future__ import annotations

import itertools
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from galley_client import Docs, Galley, Line, Project

pytest.importorskip("spacy")

NUMBER = itertools.count(1)
CLAIM = {"form": "direct", "check_worthiness": "CFS"}
TAXES = (
    "🗳️ “Taxes fell,” Ruiz said, “and jobs rose.” השר רואיז אמר. 大臣は述べた。 😀😀 Ruizova left."
)


def lines(
    galley: Galley, project: Project, *marks: tuple[str, ...], text: str = TAXES, language: str = ""
) -> list[Line]:
    """Return the export of a new article in which each of these is marked: a label and its quotes."""
    new = {"text": f"{next(NUMBER)}: {text}", "language": language}
    (article,) = project.add([new])  # type: ignore[list-item]  # the words of a request
    mine = galley.start(article["id"])
    for label, *quotes in marks:
        mine.mark(label, *quotes, attributes=CLAIM if label == "CLAIM" else None)
    return [each for each in project.export() if each["article"]["id"] == article["id"]]


def groups(doc: Any) -> dict[str, list[str]]:
    return {label: [each.text for each in group] for label, group in doc.spans.items()}


def test_spans_stand_by_label_where_they_were_marked(galley: Galley, project: Project) -> None:
    marks = [("CLAIM", "“Taxes fell,”"), ("SOURCE", "השר רואיז"), ("CUE", "said"), ("CUE", "left")]
    made = Docs(found := lines(galley, project, *marks))
    (doc,) = made
    assert doc.text == found[0]["article"]["text"]
    assert groups(doc) == {
        "CLAIM": ["“Taxes fell,”"],
        "SOURCE": ["השר רואיז"],
        "CUE": ["said", "left"],
    }
    (stored,) = found[0]["annotation_sets"]
    places = {
        x["id"]: (x["fragments"][0]["start"], x["fragments"][0]["end"]) for x in stored["spans"]
    }
    spans = [each for group in doc.spans.values() for each in group]
    assert {x.id_: (x.start_char, x.end_char) for x in spans} == places
    (claim,) = doc.spans["CLAIM"]
    assert json.loads(doc.user_data["galley"])["attributes"] == {claim.id_: CLAIM}
    assert doc.user_data["galley.article"] == found[0]["article"]["id"]
    assert doc.user_data["galley.set"] == stored["id"]
    assert made.misfits == []


def test_what_is_not_one_span_of_tokens_is_reported(galley: Galley, project: Project) -> None:
    parts = ("CLAIM", "“Taxes fell,”", "“and jobs rose.”")
    made = Docs(
        found := lines(
            galley, project, parts, ("SOURCE", "大臣"), ("CUE", "Ruizov"), ("CUE", "said")
        )
    )
    (doc,) = made
    assert groups(doc) == {"CLAIM": [*parts[1:]], "SOURCE": [], "CUE": ["said"]}
    assert len({each.id_ for each in doc.spans["CLAIM"]}) == 1
    told = [(x.reason, x.label, *(part["quote"] for part in x.fragments)) for x in made.misfits]
    assert told == [("parts", *parts), ("edges", "SOURCE", "大臣"), ("edges", "CUE", "Ruizov")]
    (stored,) = found[0]["annotation_sets"]
    assert {(each.article, each.set) for each in made.misfits} == {
        (found[0]["article"]["id"], stored["id"])
    }
    assert {x.span for x in made.misfits} < {x["id"] for x in stored["spans"]}
    assert len(list(made)) == 1
    assert len(made.misfits) == 3


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("ja", "与党の大臣は述べた。", "大臣"),
        ("zh", "部长星期一说。", "部长"),
        ("ko", "장관은 말했다.", "장관"),
    ],
)
def test_languages_without_blanks_need_nothing_more(
    galley: Galley, project: Project, language: str, text: str, source: str
) -> None:
    made = Docs(lines(galley, project, ("SOURCE", source), text=text, language=language))
    (doc,) = made
    assert groups(doc) == {"SOURCE": [source]}
    assert made.misfits == []


def test_tokens_can_be_those_of_a_pipeline(galley: Galley, project: Project) -> None:
    import spacy  # noqa: PLC0415 - not every installation has it

    nlp = spacy.blank("zh")
    made = Docs(lines(galley, project, ("CUE", "Ruizov")), nlp)
    (doc,) = made
    assert groups(doc) == {"CUE": ["Ruizov"]}
    assert doc.vocab is nlp.vocab
    tokenizer = nlp.tokenizer
    nlp.tokenizer = lambda text: tokenizer(text.lower())
    with pytest.raises(ValueError, match="changes the text"):
        list(made)


def test_they_agree_with_the_files_of_the_export(
    galley: Galley, project: Project, tmp_path: Path
) -> None:
    from spacy.tokens import DocBin  # noqa: PLC0415 - not every installation has it
    from spacy.vocab import Vocab  # noqa: PLC0415 - as above

    parts = ("CLAIM", "“Taxes fell,”", "“and jobs rose.”")
    lines(galley, project, parts, ("CUE", "said"), ("CUE", "Ruizov"), language="en")
    project.add([{"text": f"Nobody has read {next(NUMBER)}.", "language": "en"}])
    with zipfile.ZipFile(project.download(tmp_path / "x.zip", format="spacy_docbin")) as packed:
        bins = [DocBin().from_bytes(packed.read(each)) for each in sorted(packed.namelist())]
    theirs = [each for some in bins for each in some.get_docs(Vocab())]
    made = project.docs()
    ours = list(made)
    assert [json.loads(each.user_data["galley"]) for each in ours] == [
        json.loads(each.user_data["galley"]) for each in theirs
    ]
    english = [x for x in zip(ours, theirs, strict=True) if x[0].lang_ == "en"]
    assert len(english) >= 2
    sets = {our.user_data.get("galley.set") for our, _their in english}
    moved = {each.span for each in made.misfits if each.reason == "edges" and each.set in sets}
    assert moved
    for our, their in english:
        assert [each.text for each in our] == [each.text for each in their]
        assert places(our) == {each for each in places(their) if each[0] not in moved}
    losses = project.download(tmp_path / "lost", format="spacy_docbin", report=True)
    said = [json.loads(each) for each in losses.read_text().splitlines()[:-1]]
    assert {x["id"] for x in said if x["lost"] == "edges" and x["set"] in sets} == moved


def places(doc: Any) -> set[tuple[str, str, int, int]]:
    return {(x.id_, x.label_, x.start, x.end) for group in doc.spans.values() for x in group}


def test_a_file_of_them_comes_back_in(galley: Galley, project: Project, tmp_path: Path) -> None:
    from spacy.tokens import DocBin  # noqa: PLC0415 - not every installation has it

    found = lines(galley, project, ("CLAIM", "“Taxes fell,”"), ("CUE", "said"), language="en")
    file = tmp_path / "corpus.spacy"
    DocBin(store_user_data=True, docs=Docs(found)).to_disk(file)
    report = project.import_files(file, dry_run=True)["report"]
    assert (report["duplicates"], report["sets"]) == (1, 1)


def test_filters_are_those_of_the_export(galley: Galley, project: Project) -> None:
    found = lines(galley, project, ("CUE", "said"), ("SOURCE", "Ruizova"))
    article = found[0]["article"]["id"]
    docs = project.docs(set="own", state="open", label="CUE", pseudonyms=True)
    (doc,) = [each for each in docs if each.user_data["galley.article"] == article]
    assert groups(doc) == {"CUE": ["said"]}
    assert json.loads(doc.user_data["galley"])["annotator"].startswith("person-")
    assert list(project.docs(updated_since="2999-01-01T00:00:00Z")) == []


def test_without_spacy_it_says_what_to_install(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'galley-client\[spacy\]'"):
        project.docs()
