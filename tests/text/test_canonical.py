"""Canonical form: what goes, what stays, what is refused and where."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given

from labels.text.canonical import LONGEST, TextError, canonical

from .texts import kept_texts, texts


def test_byte_order_mark_and_carriage_returns_go():
    found = canonical(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert found.text == "one\ntwo\nthree\n"
    assert found.length == len("one\ntwo\nthree\n")


def test_a_byte_order_mark_inside_stays():
    assert canonical("\ufeffone\ufefftwo\ufeff").text == "one\ufefftwo\ufeff"


def test_none_of_several_byte_order_marks_stays_at_the_start():
    assert canonical("\ufeff\ufeffone").text == "one"


def test_nothing_else_changes():
    text = "  Zoe\u0308 \u2028 \u0085 \x0b\x0c\u00a0 \ufb01 🗳️ \t\n "
    assert canonical(text).text == text
    assert canonical(text.encode()).text == text


def test_digests_are_of_the_text_and_of_what_came():
    found = canonical(b"\xef\xbb\xbfone\r\n")
    assert found.text_sha256 == sha256(b"one\n").hexdigest()
    assert found.original_sha256 == sha256(b"\xef\xbb\xbfone\r\n").hexdigest()
    plain = canonical(b"one\n")
    assert plain.text_sha256 == plain.original_sha256 == found.text_sha256


def test_a_string_and_its_bytes_give_the_same():
    text = "\ufeffé\r\n🗳️\r"
    assert canonical(text) == canonical(text.encode())


@pytest.mark.parametrize(
    ("data", "code", "position"),
    [
        (b"caf\xe9 au lait", "not_utf8", 3),
        ("déjà".encode() + b"\xed\xa0\x80", "not_utf8", 6),
        ("one".encode("utf-16"), "not_utf8", 0),
        (b"one\0two", "nul", 3),
        ("é\0two", "nul", 1),
        ("é\0two".encode(), "nul", 2),
        ("one\ud83dtwo", "lone_surrogate", 3),
        ("", "empty_text", None),
        (b"\xef\xbb\xbf", "empty_text", None),
        (" \r\n\u2028\u00a0", "blank_text", None),
        ("x" * (LONGEST + 1), "too_long", None),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_place(data, code, position):
    with pytest.raises(TextError) as refused:
        canonical(data)
    assert (refused.value.code, refused.value.position) == (code, position)
    if position is not None:
        assert f"position {position}" in refused.value.detail


def test_a_file_in_utf16_is_called_that():
    with pytest.raises(TextError, match="looks like UTF-16"):
        canonical("Ruiz".encode("utf-16"))


@given(kept_texts)
def test_a_canonical_text_stays_byte_for_byte(text):
    assert canonical(text.encode()).text == text
    assert canonical(text).text_sha256 == sha256(text.encode()).hexdigest()


@given(texts)
def test_what_is_kept_is_its_own_canonical_form(text):
    kept = text.replace("\0", "") + "x"
    found = canonical(kept)
    assert "\r" not in found.text
    assert found.length == len(found.text)
    assert canonical(found.text).text == found.text


@given(texts)
def test_only_nul_and_emptiness_are_refused_of_whole_characters(text):
    is_kept = "\0" not in text and bool(text.lstrip("\ufeff").strip())
    if is_kept:
        assert canonical(text).length
    else:
        with pytest.raises(TextError):
            canonical(text)
