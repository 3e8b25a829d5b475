"""Agreement of six people on 1,000 articles of 30 spans each: `python -m bench.agreeing`.

All measures but gamma, of each label, of each pair and of all together, with their intervals. The corpus is in
memory, so what is measured is the counting.
"""

from __future__ import annotations

import random
import resource
import time

from bench.table import Line, printed
from labels import agreement
from labels.agreement import results
from labels.agreement._corpus import Corpus, Gathering
from labels.catalogue import catalogue
from labels.records import Fragment, Scale

ARTICLES, PEOPLE, SPANS, LENGTH = 1000, 6, 30, 3000
TEXT = ("The minister said on Monday that taxes fell by five percent, and jobs rose. " * 40)[
    :LENGTH
]
LABELS = ("CLAIM", "SOURCE", "CUE", "ENTITY")
TYPES = tuple("abcdefgh")
SCALES = (
    Scale("CLAIM", "worth", "ordinal", TYPES[:3]),
    Scale("CLAIM", "type", "choices"),
    Scale("CLAIM", "harm", "integer"),
    Scale("SOURCE", "kind", "choice"),
)
SECONDS, MEGABYTES = 10, 500


def main() -> None:
    """Gather, count and print."""
    begun = time.process_time()
    corpus = _corpus(random.Random(1))  # noqa: S311 - the same corpus every time
    gathered = time.process_time()
    found = results(corpus, [each for each in catalogue(agreement) if each != "gamma"])
    done = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    work = f"agreement of {PEOPLE} people on {ARTICLES:,} articles: {len(found):,} figures"
    lines = [
        Line(f"gather {PEOPLE * ARTICLES * SPANS:,} spans (made by chance)", "s", gathered - begun),
        Line(work, "s", done - gathered, None, SECONDS),
        Line(f"{work}: memory", "MiB", memory, None, MEGABYTES),
    ]
    print(printed(lines))


def _corpus(dice: random.Random) -> Corpus:
    found = Gathering(SCALES)
    for _article in range(ARTICLES):
        found.article(TEXT)
        true = sorted(
            (dice.randrange(LENGTH - 200), dice.randint(5, 150), dice.choice(LABELS))
            for _ in range(SPANS)
        )
        for person in range(PEOPLE):
            found.annotation_set(f"person {person}")
            spans = [_mark(found, dice, *each) for each in true]
            for source in dice.sample(spans, 6):
                found.relation("ATTRIBUTED_TO", source, dice.choice(spans))
    return found.corpus()


def _mark(found: Gathering, dice: random.Random, start: int, length: int, label: str) -> int:
    """Mark what is there as people do: four in ten with other ends, one in ten with another label."""
    if dice.random() < 0.4:  # noqa: PLR2004 - see above
        start = max(start + dice.randint(-3, 3), 0)
    if dice.random() < 0.1:  # noqa: PLR2004 - see above
        label = dice.choice(LABELS)
    fragments = [Fragment(start, start + length)]
    if length > 20 and dice.random() < 0.15:  # noqa: PLR2004 - as many as in news
        third = length // 3
        fragments = [Fragment(start, start + third), Fragment(start + 2 * third, start + length)]
    given = {
        "worth": dice.choice(TYPES[:3]),
        "type": dice.sample(TYPES, 2),
        "harm": dice.randint(1, 5),
        "kind": dice.choice(TYPES),
    }
    return found.span(label, fragments, given)


if __name__ == "__main__":
    main()
