"""The corpus stays what it is: figures of today are compared with figures of last year."""

from __future__ import annotations

import hashlib

from bench import corpus


def test_articles_are_the_same_in_every_run() -> None:
    texts = [corpus.article(number) for number in range(3)]
    assert [len(text) for text in texts] == [3_046, 2_980, 2_954]
    assert [_digest(text) for text in texts] == [
        "cd924f25a8bcf1c7",
        "9e3c2033cb7e4372",
        "50ba037d1df8a0c3",
    ]


def test_spans_are_the_same_in_every_run() -> None:
    texts = [corpus.article(number) for number in range(200)]
    places = [corpus.spans(text, 10, number) for number, text in enumerate(texts)]
    assert sum(map(len, places)) == 2_000
    assert _digest(repr(places)) == "7ccfc39931bbebd0"
    assert [texts[0][start:end] for start, end, _label in places[0][:3]] == [
        "on government",
        "October before",
        "Văn An?",
    ]


def test_single_articles_have_their_size_and_their_spans() -> None:
    samples = (corpus.SMALL, corpus.DENSE, corpus.LARGE)
    assert [(len(each.text), len(each.spans)) for each in samples] == [
        (2_992, 20),
        (2_992, 100),
        (294_142, 2_000),
    ]
    assert [_digest(each.text) for each in samples] == [
        "0128063f44b496dc",
        "0128063f44b496dc",
        "1b1699b4d6c3c1f6",
    ]


def test_spans_ascend_and_begin_and_end_at_words() -> None:
    text = corpus.DENSE.text
    end = 0
    for start, stop, label in corpus.DENSE.spans:
        assert end <= start < stop
        assert text[start - 1] == " "
        assert text[start:stop] == text[start:stop].strip()
        assert stop == len(text) or text[stop] in " \n"
        assert label in corpus.LABELS
        end = stop


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
