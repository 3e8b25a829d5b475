"""What every export format keeps to: its sample is true, it is deterministic, and it streams."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from labels import exporters
from labels.catalogue import Entry, catalogue
from labels.records import Article

from .articles import BY_ANA, ODD_TEXTS, SAMPLE, SECOND, TEXT, article

FORMATS = catalogue(exporters)
every_format = pytest.mark.parametrize("entry", FORMATS.values(), ids=list(FORMATS))


@every_format
def test_it_explains_itself(entry: Entry):
    assert entry.title
    assert entry.help
    assert entry.module.MEDIA_TYPE.count("/") == 1
    assert entry.module.SUFFIX.startswith(".")


@every_format
def test_its_sample_is_what_it_writes(entry: Entry):
    assert b"".join(entry.module.write([SAMPLE])).decode() == entry.sample


@every_format
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_come_out_as_utf8(entry: Entry, text: str):
    written = b"".join(entry.module.write([article(text)]))
    assert written.decode()
    assert b"\0" not in written


@every_format
@pytest.mark.parametrize("unit", ["codepoint", "utf16", "utf8"])
def test_the_same_records_give_the_same_bytes(entry: Entry, unit: str):
    records = [SAMPLE, article(TEXT, sets=[BY_ANA, SECOND]), *map(article, ODD_TEXTS)]
    first = b"".join(entry.module.write(records, unit))
    assert first == b"".join(entry.module.write(iter(records), unit))


@every_format
def test_it_reads_one_article_at_a_time(entry: Entry):
    taken = 0

    def articles() -> Iterator[Article]:
        nonlocal taken
        for _ in range(1_000):
            taken += 1
            yield SAMPLE

    pieces = entry.module.write(articles())
    assert taken == 0
    while b"Ruiz" not in next(pieces):
        pass
    assert taken == 1


@every_format
def test_nothing_to_export_is_no_error(entry: Entry):
    assert isinstance(b"".join(entry.module.write([])), bytes)
