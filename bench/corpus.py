"""The corpus of the figures: news-like articles and spans, the same in every run and on every machine.

What is drawn, and in which order, is fixed: figures of two versions, or of two programs, are only worth
comparing on one text. `tests/bench/test_corpus.py` holds the articles to their hashes.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

LABELS = ("PERSON", "ORG", "PLACE", "DATE", "CLAIM", "QUOTE", "SLANT", "EVENT")
KEYS = "poldcqse"
"""What is pressed for each label."""

WORDS = str.split(
    "the a council minister said new report that after before government market city river people of in on with "
    "for by from economy percent growth deal leader party vote election court judge police officials company "
    "shares trade union workers strike school hospital budget tax plan climate storm flood rescue team border "
    "talks agreement weapons army troops peace region capital president spokesperson announced denied confirmed "
    "warned criticised praised according sources week month year Monday Tuesday Friday January March October "
    "early late million billion dollars euros pounds thousands dozens"
)
NAMES = str.split(
    "Anna Schmidt|João Pereira|Zoë Müller|Omar Al-Rashid|李小龍|Nguyễn Văn An|Élodie Dupont|Åsa Öberg|Reuters|"
    "World Bank|Acme Steel|東京新聞|United Nations|Berlin|São Paulo|København|北京|Kraków|Nairobi|New Delhi",
    "|",
)
ODD = [
    "😀",
    "🚨",
    "👩‍🚒",
    "🇺🇳",
    "中文新闻报道说,",
    "日本の首相は",
    "서울에서",
    "🗳️",
    "𝒳-ray",
    "café",
]
ODD_SENTENCES = 0.08
ENDINGS = [".", ".", ".", "?", "!"]
BLANKS = " \n"
SINGLE = 900_001
"""Number of the article that is made in several sizes."""
ROOM = 12
"""Code points that must be left before the next span may begin, for a span to take a second word."""

Place = tuple[int, int, str]
"""Start, end (code points) and label of a span."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A single article: its name, about how many bytes it has, and how many spans are asked for."""

    name: str
    size: int
    count: int

    @property
    def text(self) -> str:
        """Return the text."""
        return article(SINGLE, self.size)

    @property
    def spans(self) -> list[Place]:
        """Return the spans."""
        return spans(self.text, self.count, self.name)


SMALL = Sample("s20", 3_000, 20)
DENSE = Sample("s100", 3_000, 100)
LARGE = Sample("b2000", 300_000, 2_000)
CROWDED = Sample("b10000", 300_000, 10_000)


def article(number: int, size: int = 3_000) -> str:
    """Return an article of about `size` bytes: a headline, a blank line, paragraphs."""
    dice = Random(f"news-{number}-{size}")  # noqa: S311 - nothing is secret here
    lines = [_sentence(dice).rstrip(".!?").title(), ""]
    length = len(lines[0].encode())
    while length < size:
        sentences: list[str] = []
        for _ in range(dice.randint(2, 5)):
            sentences.append(_sentence(dice))
            length += len(sentences[-1].encode()) + 1
            if length >= size:
                break
        lines.append(" ".join(sentences))
        length += 1
    return "\n".join(lines)


def _sentence(dice: Random) -> str:
    words = [dice.choice(WORDS) for _ in range(dice.randint(8, 24))]
    for _ in range(dice.randint(0, 2)):
        _replace(words, dice, NAMES)
    if dice.random() < ODD_SENTENCES:
        _replace(words, dice, ODD)
    text = " ".join(words)
    return text[0].upper() + text[1:] + dice.choice(ENDINGS)


def _replace(words: list[str], dice: Random, choice: list[str]) -> None:
    """Put another word somewhere. The word is drawn before its place."""
    word = dice.choice(choice)
    words[dice.randrange(len(words))] = word


def spans(text: str, count: int, seed: object) -> list[Place]:
    """Return up to `count` spans of one or two words that do not overlap, labels in rotation."""
    dice = Random(f"sp-{seed}-{count}")  # noqa: S311 - as above
    starts = [at for at in range(1, len(text)) if text[at - 1] == " " and text[at] not in BLANKS]
    last, step = len(starts) - 1, len(starts) / count
    found: list[Place] = []
    for turn in range(count):
        low = int(turn * step)
        beyond = int((turn + 1) * step)
        start = starts[min(dice.randrange(low, max(low + 1, beyond - 3)), last)]
        dice.randint(1, 2)  # Drawn and left alone: the spans of every run so far were made so.
        limit = starts[min(beyond, last)] if turn + 1 < count else len(text)
        end = _end(text, start, limit)
        if not found or start >= found[-1][1]:
            found.append((start, end, LABELS[turn % len(LABELS)]))
    return found


def _end(text: str, start: int, limit: int) -> int:
    """Return the end of a word, or of the next one if there is room for it before `limit`."""
    end = _word_end(text, start)
    if end + 1 < len(text) and text[end] == " " and end + 1 + ROOM < limit:
        return _word_end(text, end + 1)
    return end


def _word_end(text: str, at: int) -> int:
    while at < len(text) and text[at] not in BLANKS:
        at += 1
    return at


def scheme() -> dict[str, Any]:
    """Return the eight labels as a scheme, each with its key."""
    pairs = zip(LABELS, KEYS, strict=True)
    labels = [
        {"name": name, "title": name.title(), "key": key, "overlap": "nest"} for name, key in pairs
    ]
    return {"name": "Labels of the bench", "labels": labels, "relations": []}
