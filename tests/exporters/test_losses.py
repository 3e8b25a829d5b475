"""What a format says that it loses is lost: nothing is reported that comes back as it was.

That nothing is lost without being reported is in `test_contract.py`.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pytest
from hypothesis import given, settings

from labels import exporters
from labels.catalogue import Entry, catalogue
from labels.exporters import label_studio
from labels.records import AnnotationSet, Article, Loss
from labels.vocabulary import Lost

from .articles import BY_ANA, SAMPLE
from .back import READERS, Told, imported
from .strategies import articles

FORMATS = catalogue(exporters)


class Everything(Told):
    """All facts but those that one loss takes away; whose a set is counts only where that is the loss."""

    def __init__(self, *losses: Loss) -> None:
        super().__init__(losses, ())
        self.named = False


@dataclass
class Back:
    """Articles, and what an export of them gives back."""

    entry: Entry
    found: Sequence[Article]

    @cached_property
    def articles(self) -> list[Article]:
        """What is read back."""
        data = b"".join(self.entry.module.write(self.found))
        if self.entry.key != "conll2002":
            return READERS[self.entry.key](data, self.found)
        # The reader of the other tests is told the texts, which importers are not.
        each_document = [one for one in self.found for _ in one.annotation_sets or [BY_ANA]]
        read = imported("conll2002")(data, self.found)
        pairs = zip(read, each_document, strict=True)
        return [replace(made, text_sha256=one.text_sha256) for made, one in pairs]

    @cached_property
    def missing(self) -> Counter[Any]:
        """The facts that do not come back."""
        return Everything().facts(self.found) - Everything().facts(self.articles)

    def sets(self, article: Article) -> Iterator[AnnotationSet]:
        """Yield what comes back of an article's sets."""
        for each in self.articles:
            if each.text_sha256 == article.text_sha256:
                yield from each.annotation_sets

    def lacks(self, loss: Loss) -> bool:
        """Whether what is reported as lost is missing."""
        (article,) = [each for each in self.found if each.id == loss.article]
        made = next((each for each in article.annotation_sets if each.id == loss.set), BY_ANA)
        sets = list(self.sets(article))
        there: dict[Lost, Callable[[], object]] = {
            Lost.TEXT: lambda: article.text in {each.text for each in self.articles},
            Lost.ARTICLE: lambda: article.text_sha256 in {x.text_sha256 for x in self.articles},
            Lost.ANNOTATOR: lambda: names(sets)[made.annotator] >= was[made.annotator],
            Lost.STANDING: lambda: loss.set in {each.id for each in sets},  # which has the id
            Lost.REVIEW: lambda: loss.id in {review.id for x in sets for review in x.reviews},
            Lost.PROVENANCE: lambda: loss.id in {unit for each in sets for unit in each.provenance},
            Lost.CELL: lambda: self._row("csv", loss) == self._row("csv_raw", loss),
            Lost.ORIGIN: lambda: not self._origins(article, made, loss) & self.missing,
        }
        was = names(article.annotation_sets)
        if loss.lost in there:
            return not there[loss.lost]()
        claimed = Everything().facts(self.found) - Everything(loss).facts(self.found)
        return bool(claimed & self.missing)

    @staticmethod
    def _origins(article: Article, made: AnnotationSet, loss: Loss) -> Counter[Any]:
        (span,) = [each for each in made.spans if each.id == loss.id]
        place = (article.text_sha256, "", span.label, span.fragments)
        return Counter([(*place, "origin", span.origin, span.derived_from)])

    def _row(self, key: str, loss: Loss) -> list[list[str]]:
        table = b"".join(FORMATS[key].module.write(self.found)).decode()
        return [row for row in csv.reader(io.StringIO(table, newline="")) if str(loss.id) in row]


def names(sets: Iterable[AnnotationSet]) -> Counter[str]:
    """Count the sets of each person."""
    return Counter(each.annotator for each in sets)


def reported(entry: Entry, found: Sequence[Article]) -> list[Loss]:
    """Return all that is reported as lost of articles."""
    return [each for one in found for each in entry.module.losses(one)]


@pytest.mark.parametrize("entry", FORMATS.values(), ids=list(FORMATS))
@settings(deadline=None, max_examples=60)
@given(found=articles(follow=True))
def test_what_is_said_to_be_lost_does_not_come_back(entry: Entry, found: list[Article]) -> None:
    back = Back(entry, found)
    assert [each for each in reported(entry, found) if not back.lacks(each)] == []


@pytest.mark.parametrize(
    ("key", "value", "lost"),
    [
        ("brat", ["yes", "two words"], False),
        ("brat", ["two words", "yes"], True),  # notes come behind
        ("brat", ["yes", "yes"], True),  # once is as good as twice
        ("brat", ["yes"], True),
        ("brat", [], True),
        ("brat", True, False),
        ("label_studio", True, True),
        ("label_studio", None, True),
        ("label_studio", ["a", "b"], False),
        ("label_studio", ["a"], True),
        ("label_studio", 0.5, False),
    ],
)
def test_an_attribute_is_said_to_be_lost_where_it_is(key: str, value: Any, lost: bool) -> None:
    span = BY_ANA.spans[0]._replace(attributes={"form": value})
    found = [replace(SAMPLE, annotation_sets=[replace(BY_ANA, spans=[span], relations=[])])]
    entry = FORMATS[key]
    back = Back(entry, found)
    told = [each for each in reported(entry, found) if each.lost == Lost.ATTRIBUTES]
    assert bool(told) is lost
    (read,) = [each for made in back.sets(found[0]) for each in made.spans][:1]
    assert (read.attributes.get("form") != value) is lost


def test_choices_of_label_studio_are_text() -> None:
    span = BY_ANA.spans[0]._replace(attributes={"a": True, "b": None, "c": ["x"]})
    found = replace(SAMPLE, annotation_sets=[replace(BY_ANA, spans=[span], relations=[])])
    (task,) = json.loads(b"".join(label_studio.write([found])))
    results = task["annotations"][0]["result"]
    choices = [each["value"]["choices"] for each in results if each["type"] == "choices"]
    assert choices == [["true"], ["null"], ["x"]]
