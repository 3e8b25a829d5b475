"""Segments: paragraphs restore the text, sentences survive abbreviations."""

from __future__ import annotations

from hypothesis import given

from labels.text.segments import paragraphs, sentences

from .texts import texts


@given(texts)
def test_blocks_and_what_lies_between_restore_the_text(text):
    rebuilt = ""
    for start, end in paragraphs(text):
        between = text[len(rebuilt) : start]
        assert set(between) <= {"\n"}
        assert "\n" not in text[start:end]
        assert start < end
        rebuilt += between + text[start:end]
    assert set(text[len(rebuilt) :]) <= {"\n"}


@given(texts)
def test_sentences_cover_all_but_the_blanks_between(text):
    for begin, stop in paragraphs(text):
        covered = list(sentences(text, begin, stop))
        last = begin
        for start, end in covered:
            assert last <= start < end <= stop
            assert not text[last:start].strip()
            assert not text[start].isspace()
            assert not text[end - 1].isspace()
            last = end
        assert not text[last:stop].strip()


def test_sentences_of_a_part_have_the_text_s_offsets():
    text = "Zero.\nOne of them. Two of them."
    found = [text[start:end] for start, end in sentences(text, 6, len(text))]
    assert found == ["One of them.", "Two of them."]


def test_a_blank_paragraph_has_no_sentence():
    assert list(sentences("  \u00a0")) == []
    assert list(sentences("")) == []


def test_a_sentence_is_found_without_reading_the_rest():
    text = "One. " * 200_000
    assert next(sentences(text)) == (0, 4)
