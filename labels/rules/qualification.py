"""How near a new member came to gold in the qualification round, and whether that is enough: plain counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import Forbidden
from ..records import Span
from ..words import say
from .feedback import Nearness, nearness


@dataclass(frozen=True, slots=True)
class Score:
    """Matches with gold over the round's articles, of all labels and of each."""

    overall: Nearness = field(default_factory=Nearness)
    labels: Mapping[str, Nearness] = field(default_factory=dict)

    @property
    def percent(self) -> int:
        """F1 of spans of one label that share words; all, where nothing is in gold and nothing was marked."""
        share = self.overall.f1_overlap
        return 100 if share is None else int(100 * share)


def score(pairs: Iterable[tuple[Sequence[Span], Sequence[Span]]]) -> Score:
    """Count the matches of somebody's spans with gold, article by article."""
    overall, labels = Nearness(), dict[str, Nearness]()
    for own, gold in pairs:
        overall = overall.plus(nearness(own, gold))
        for label in {each.label for each in (*own, *gold)}:
            both = [[each for each in side if each.label == label] for side in (own, gold)]
            labels[label] = labels.get(label, Nearness()).plus(nearness(*both))
    return Score(overall, dict(sorted(labels.items())))


def passes(found: Score, percent: int) -> bool:
    """Whether a score is enough."""
    return found.percent >= percent


def check_may_begin(*, on_trial: bool, is_trial: bool) -> None:
    """Refuse other articles to who has yet to pass the round. Raises `Forbidden`."""
    if on_trial and not is_trial:
        raise Forbidden(
            say(
                "First label the articles of the qualification round. The others open once you have passed it."
            )
        )
