"""What is said on a screen is said in every language, whole, with the same places to fill in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.template.base import Lexer, TokenType

from .. import words
from . import source

PLACES = re.compile(r"\{\w+\}|%\(\w+\)s|</?\w+[^>]*>|`[^`]+`")
"""What a translation keeps as it is: places to fill in, elements, and words of a format."""
SHORT = 12
"""Letters of what may be the same in two languages by chance."""
SPOKEN = re.compile(r"""\s(?:alt|aria-label|data-name|placeholder|title)="([^"]*)""")
SKIPPED = {"comment", "blocktranslate"}
NAMES = ("Galley", "API", "SHA-256")
NO_WORDS = re.compile(r"<(code|kbd)\b.*?</\1>|<[^>]*>|&\w+;", re.DOTALL)


def test_every_language_that_can_be_chosen_has_its_words() -> None:
    others = set(dict(settings.LANGUAGES)) - {settings.LANGUAGE_CODE}
    assert others == set(words.LANGUAGES)
    assert others == {each.name for each in words.LOCALE.iterdir()}


@pytest.fixture(scope="module")
def said() -> set[object]:
    return {(each.id, each.context) for each in words.source() if each.id}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_catalogue_has_what_is_said_and_nothing_else(language: str, said: set[object]) -> None:
    there = {(each.id, each.context) for each in words.written(language) if each.id}
    assert said - there == set(), "make words, then translate"
    assert there - said == set(), "make words"
    assert words.written(language).obsolete == {}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_catalogue_is_whole(language: str) -> None:
    catalogue = words.written(language)
    assert [each.id for each in words.untranslated(catalogue)] == []
    assert [each.id for each in catalogue if each.id and each.fuzzy] == []


def test_no_sentence_of_one_language_stands_in_another() -> None:
    of: defaultdict[tuple[Any, str], set[str]] = defaultdict(set)
    for language in words.LANGUAGES:
        for each in words.written(language):
            for sentence in several(each.string):
                if len(sentence) > SHORT and sentence not in several(each.id):
                    of[each.id, sentence].add(language)
    assert [key for key, languages in of.items() if len(languages) > 1] == []


def misfits(message: Message) -> list[str]:
    """Return the forms of a translation that have other places than the source has."""
    ids, strings = several(message.id), several(message.string)
    wanted = [places(each) for each in ids]
    return [each for each in strings if places(each) not in wanted]


def several(sentences: Any) -> list[str]:
    return [sentences] if isinstance(sentences, str) else list(sentences)


def places(sentence: str) -> Counter[str]:
    return Counter(PLACES.findall(sentence))


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_translations_have_the_places_of_the_source(language: str) -> None:
    wrong = [misfit for each in words.written(language) if each.id for misfit in misfits(each)]
    assert wrong == []


@pytest.mark.parametrize(
    ("sentence", "translation"),
    [
        ("“{name}” is new.", "„{nama}“ ist neu."),
        ("Open %(name)s", "Öffnen"),
        ('See <a href="%(home)s">this</a>.', "Siehe dies."),
        (("{n} span", "{n} spans"), ("eine", "{n}")),
    ],
)
def test_a_misfit_is_seen(sentence: Any, translation: Any) -> None:
    assert misfits(Message(sentence, translation))


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_what_is_made_from_a_catalogue_is_made_from_it_as_it_is(language: str) -> None:
    catalogue = words.written(language)
    kept = words.file_of(language).with_suffix(".mo").read_bytes()
    assert kept == words.compiled(catalogue), "make words"
    for folder in words.FOLDERS:
        script = words.SCRIPTS / f"{folder}.{language}.js"
        assert script.read_text() == words.script(catalogue, folder), "make words"


def unsaid(template: str) -> list[str]:
    """Return what stands in a template in plain English: text, and attributes that are read out."""
    found, inside = [], False
    html = ""
    for token in Lexer(template).tokenize():
        if token.token_type == TokenType.BLOCK:
            tag = token.contents.split(maxsplit=1)[0]
            is_class = tag == "block" and token.contents.endswith("_class")
            inside = is_class or tag in SKIPPED or (inside and not tag.startswith("end"))
        elif token.token_type == TokenType.TEXT and not inside:
            html += token.contents
    found += SPOKEN.findall(html)
    found += NO_WORDS.sub("\n", html).split("\n")
    return [
        each for each in found if each.strip(" ·") not in NAMES and re.search(r"[A-Za-z]", each)
    ]


def test_templates_say_everything_through_a_catalogue() -> None:
    files = source.TEMPLATES.rglob("*.html")
    found = {source.name(file): unsaid(file.read_text()) for file in files}
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize(
    "template",
    [
        "<p>Nothing here.</p>",
        '<nav aria-label="Pages"></nav>',
        "{% if a %}Yes{% endif %}",
        "{% blocktranslate %}Said{% endblocktranslate %} unsaid",
    ],
)
def test_plain_english_is_seen(template: str) -> None:
    assert unsaid(template)


def test_what_modules_and_python_say_is_found() -> None:
    module = (
        't("a"); counted(f(x, 1), "b", "c"); woven("d", {}); `${x ? `g ${t("e", { f })}` : "{h}"}`;'
    )
    assert list(words.said_in_module(module)) == [
        ("a", None),
        (("b", "c"), None),
        ("d", None),
        ("e", None),
    ]
    assert list(words.said_in_python('say("a" "b", c=d("e"))\nsay_many("f", "g", n)')) == [
        ("ab", None),
        (("f", "g"), None),
    ]
    template = (
        '<p>\n  {% translate "a" context "b" %}</p>'
        "{% blocktranslate trimmed %} c\n d{% endblocktranslate %}"
    )
    assert list(words.said_in_template(template)) == [("a", "b"), ("c d", None)]
