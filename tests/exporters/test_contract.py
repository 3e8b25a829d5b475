"""What every export format keeps to: its sample is true, it is deterministic, and it streams."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings

from labels import exporters
from labels.catalogue import Entry, catalogue
from labels.records import Article, Loss, Provenance
from labels.vocabulary import Choice, Kind

from .articles import BY_ANA, LINK, ODD_TEXTS, SAMPLE, SECOND, TEXT, article, number
from .back import READERS, Told
from .shown import shown
from .strategies import articles

FORMATS = catalogue(exporters)
ORIGIN = Provenance(number(1), BY_ANA.id, "ana", Choice.TAKE, "", "", "rita", "2019-10-31")
GOLD = replace(
    BY_ANA,
    id=number(20),
    annotator="",
    kind=Kind.GOLD,
    reviews=[],
    provenance={number(1): ORIGIN, LINK.id: ORIGIN},
)
RICH = replace(
    SAMPLE,
    annotation_sets=[
        BY_ANA,
        SECOND,
        GOLD,
        replace(BY_ANA, id=number(21), annotator="max", spans=[], relations=[]),
    ],
)
"""Has something of everything that can be lost, but for what depends on odd values."""
WHOLE = [each for each in FORMATS.values() if not each.module.LOSES | each.module.PARTLY]
HELD = {"parquet": 5_000, "spacy_docbin": 200}
"""How many rows, or documents, a format holds at once whose files are made of groups of them."""
every_format = pytest.mark.parametrize("entry", FORMATS.values(), ids=list(FORMATS))


@every_format
def test_it_explains_itself(entry: Entry):
    assert entry.title
    assert entry.help
    assert entry.module.MEDIA_TYPE.count("/") == 1
    assert entry.module.SUFFIX.startswith(".")
    assert entry.module.FAMILY in exporters.Family
    assert not entry.module.LOSES & entry.module.PARTLY


@every_format
def test_its_sample_is_what_it_writes(entry: Entry):
    written = shown(b"".join(entry.module.write([SAMPLE])))
    # A sample has one line end at its end, whatever a format asks for.
    assert written.rstrip("\n") == entry.sample.rstrip("\n")


@every_format
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_come_out_as_utf8(entry: Entry, text: str):
    written = shown(b"".join(entry.module.write([article(text)])))
    assert "\0" not in written
    written.encode()


@every_format
@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
def test_the_same_records_give_the_same_bytes(entry: Entry, unit: str):
    records = [SAMPLE, article(TEXT, sets=[BY_ANA, SECOND], last=50)]
    records += [article(text, last=51 + at) for at, text in enumerate(ODD_TEXTS)]
    first = b"".join(entry.module.write(records, unit))
    assert first == b"".join(entry.module.write(iter(records), unit))


@every_format
def test_it_holds_no_more_than_one_article(entry: Entry):
    taken = 0

    def many() -> Iterator[Article]:
        nonlocal taken
        for last in range(20_000):
            taken += 1
            yield replace(SAMPLE, id=number(100 + last))

    pieces = entry.module.write(many())
    assert taken == 0
    several = [replace(SAMPLE, id=number(last)) for last in (50, 51)]
    sizes = [len(b"".join(entry.module.write(several[:count]))) for count in (1, 2)]
    one = sizes[1] - sizes[0]
    given_out = 0
    if entry.key in HELD:
        next(pieces)
        assert taken <= HELD[entry.key]
        return
    while taken < 100:
        given_out += len(next(pieces))
    # Of a zip, the list of its files comes at the end.
    assert given_out > one * 99 / 2


@every_format
def test_nothing_to_export_is_no_error(entry: Entry):
    assert isinstance(b"".join(entry.module.write([])), bytes)


def lost(entry: Entry, found: Sequence[Article]) -> list[Loss]:
    """Return what a format says that it loses of articles."""
    return [each for one in found for each in entry.module.losses(one)]


@every_format
def test_what_it_loses_it_says_and_what_it_says_it_has_named(entry: Entry):
    found = {each.lost for each in lost(entry, [RICH, article(TEXT)])}
    assert found >= entry.module.LOSES
    assert found <= entry.module.LOSES | entry.module.PARTLY


@every_format
def test_a_loss_says_of_what(entry: Entry):
    sets = {each.id: each for each in RICH.annotation_sets}
    for each in lost(entry, [RICH]):
        assert each.article == RICH.id
        made = [sets[each.set]] if each.set else []
        there: dict[str, set[UUID | None]] = {
            "article": {RICH.id},
            "set": set(sets),
            "span": {span.id for one in made for span in one.spans},
            "relation": {link.id for one in made for link in one.relations},
            "review": {review.id for one in made for review in one.reviews},
        }
        assert each.id in there[each.kind]


@every_format
@settings(deadline=None, max_examples=50)
@given(found=articles(follow=True))
def test_what_is_not_said_to_be_lost_is_found_again(entry: Entry, found: list[Article]):
    told = lost(entry, found)
    assert {each.lost for each in told} <= entry.module.LOSES | entry.module.PARTLY
    back = READERS[entry.key](b"".join(entry.module.write(found)), found)
    kept = Told(told, entry.module.LOSES).facts(found)
    assert kept - Told(told, entry.module.LOSES).facts(back) == {}


@pytest.mark.parametrize("unit", ["codepoint", "utf16"])
@pytest.mark.parametrize("entry", WHOLE, ids=[each.key for each in WHOLE])
@settings(deadline=None, max_examples=50)
@given(found=articles(follow=True))
def test_what_loses_nothing_comes_back_byte_for_byte(entry: Entry, unit: str, found: list[Article]):
    first = b"".join(entry.module.write(found, unit))
    back = READERS[entry.key](first, found)
    again = b"".join(entry.module.write(back, unit))
    assert again == first
    assert READERS[entry.key](again, found) == back


@every_format
def test_a_report_has_a_line_for_each_loss_and_the_counts_last(entry: Entry):
    report = exporters.Report(entry.module)
    *lines, last = b"".join(report.write([RICH, article(TEXT)])).splitlines()
    found = lost(entry, [RICH, article(TEXT)])
    assert [(json.loads(line)["lost"], json.loads(line)["id"]) for line in lines] == [
        (each.lost, str(each.id)) for each in found
    ]
    assert json.loads(last)["losses"] == len(found) == sum(json.loads(last)["counts"].values())
