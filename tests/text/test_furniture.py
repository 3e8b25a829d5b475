"""Furniture: found on the seed and on what newsrooms write, and not found in a story."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given

from labels.text.furniture import LONGEST_TITLE, find, title

from .texts import kept_texts

SEEDS = Path(__file__).parents[2] / "seeds"
STORY = "Tokyo and Seoul are to talk. Nobody knows when."


@pytest.fixture(scope="module")
def seed() -> str:
    (path,) = SEEDS.glob("*.txt")
    return path.read_bytes().decode()


def test_the_seed_has_a_byline_an_appeal_and_no_headline(seed):
    found = find(seed)
    assert found.byline is not None
    assert (found.byline.name, found.byline.is_agency) == ("Kyodo", True)
    assert seed[found.byline.start : found.byline.end] == "• Kyodo"
    assert found.headline is None
    assert found.title.startswith("Amid soured bilateral ties, Japan is making final arrangements")
    assert found.appeal is not None
    appeal = seed[slice(*found.appeal)]
    assert appeal.startswith("In a time of both misinformation")
    assert appeal.endswith("you can help us get the story right.")


@pytest.mark.parametrize(
    ("line", "name", "is_agency"),
    [
        ("• Kyodo", "Kyodo", True),
        ("By Jane Doe", "Jane Doe", False),
        ("BY JANE DOE AND JOHN O’NEIL", "JANE DOE AND JOHN O’NEIL", False),
        ("By Jane Doe, Reuters", "Jane Doe, Reuters", False),
        ("By Ludwig van der Berg | Tokyo", "Ludwig van der Berg | Tokyo", False),
        ("By The Associated Press", "The Associated Press", True),
        ("AFP-JIJI, Reuters", "AFP-JIJI, Reuters", True),
        ("Kyodo, staff report", "Kyodo, staff report", True),
        ("• 鈴木太郎", "鈴木太郎", False),
    ],
)
def test_bylines(line, name, is_agency):
    for text in (
        f"{line}\n\n{STORY}",
        f"A headline\n{line}\n{STORY}",
        f"A headline\n\n{line}\n\n{STORY}",
    ):
        byline = find(text).byline
        assert byline is not None
        assert (byline.name, byline.is_agency) == (name, is_agency)
        assert text[byline.start : byline.end] == line


@pytest.mark.parametrize(
    "line",
    [
        "By subscribing, you can help",
        "By the time he left, it was over",
        "By Friday, Talks Had Failed",
        "By 2030 Japan will have",
        "Reuters reported that Kyodo was wrong",
        "• Talks are to be held in mid-November",
        f"By {'Jane Doe and ' * 9}John",
    ],
)
def test_other_first_lines_are_no_bylines(line):
    assert find(f"{line}\n\n{STORY}").byline is None


def test_a_byline_is_looked_for_above_the_story_alone():
    assert find(f"{STORY * 5}\n\nBy Jane Doe\n\n{STORY}").byline is None


def test_a_list_of_bullets_is_no_byline():
    assert find(f"• Tokyo\n• Seoul\n\n{STORY}").byline is None
    assert find(f"Places\n• Tokyo\n• Seoul\n\n{STORY}").byline is None


def test_a_byline_with_no_story_behind_it_is_the_text():
    found = find("• Kyodo")
    assert found.byline is None
    assert found.title == "• Kyodo"


@pytest.mark.parametrize(
    ("text", "expected", "stands"),
    [
        (f"Ministers to meet\n\n{STORY}", "Ministers to meet", True),
        (f"Will they meet?\n{STORY}", "Will they meet?", True),
        (f"  Ministers “to meet”  \n\n{STORY}", "Ministers “to meet”", True),
        (f"By Jane Doe\n\nMinisters to meet\n\n{STORY}", "Ministers to meet", True),
        (STORY, "Tokyo and Seoul are to talk.", False),
        (f"• Kyodo\n\n{STORY}", "Tokyo and Seoul are to talk.", False),
        (f"Dear readers,\n\n{STORY}", "Dear readers,", False),
        (f"“He left.”\n\n{STORY}", "“He left.”", False),
        ("Mr. Kono met Dept. of State people. Then", "Mr. Kono met Dept. of State people.", False),
        ("Ministers to meet", "Ministers to meet", False),
        ("\n \n\nRuiz", "Ruiz", False),
        (" \n" * 20 + "Ruiz", "Ruiz", False),
    ],
)
def test_titles(text, expected, stands):
    found = find(text)
    assert found.title == title(text) == expected
    assert (found.headline is not None) is stands
    if found.headline:
        assert text[slice(*found.headline)].strip() == expected


def test_a_long_sentence_is_cut_at_a_word():
    text = "Ministers " + "meet again and " * 60 + "talk."
    cut = title(text)
    assert len(cut) <= LONGEST_TITLE + 2
    assert cut.endswith(" …")
    assert text.startswith(cut.removesuffix(" …"))
    assert text[len(cut) - 2] == " "
    assert len(title("首" * 600)) == LONGEST_TITLE + 2


@pytest.mark.parametrize(
    "appeal",
    [
        "Subscribe now.",
        "Please consider supporting us.",
        "Your subscription helps our reporters get the story right.",
        "Sign up for our newsletter",
        "Support independent journalism. Donate today.",
        "Good journalism is dear.\nBecome a member",
        "Follow us on Facebook.\n\nDownload our free app.",
    ],
)
def test_appeals(appeal):
    text = f"A headline\n\n{STORY}\n\nJournalism is not cheap, Ruiz said.\n\n{appeal}\n"
    found = find(text).appeal
    assert found is not None
    assert text[slice(*found)] == appeal


@pytest.mark.parametrize(
    "ending",
    [
        "He asked readers to subscribe to the paper.",
        "“You can help us get there,” he said.",
        "The union will support our journalists, she said.",
        "Journalism is in danger, a newsroom source said.",
    ],
)
def test_a_story_s_end_is_no_appeal(ending):
    assert find(f"{STORY}\n\n{ending}").appeal is None


def test_an_appeal_alone_is_the_text():
    assert find("Subscribe now.").appeal is None


@given(kept_texts)
def test_finds_lie_in_the_text_and_the_title_is_never_empty(text):
    found = find(text)
    assert found.title.strip()
    assert "\n" not in found.title
    for place in (found.headline, found.appeal):
        assert place is None or text[slice(*place)].strip()


@pytest.mark.parametrize(
    "line", ["By " + "A-" * 48 + "!", "By " + "A " * 48 + "!", "AP, " * 24 + "!"]
)
def test_a_line_made_to_confuse_takes_no_time(line):
    started = time.perf_counter()
    find(f"{line}\n\n{STORY}")
    assert time.perf_counter() - started < 1
