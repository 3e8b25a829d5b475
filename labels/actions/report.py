"""What an import finds or does, as it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .. import records
from ..models import Project
from ..words import say
from . import article, intake, reading

MOST_LINES = 200
"""Lines of a report that are kept, of each sort."""


@dataclass(slots=True)
class Report:
    """What an import finds or does; `items` and `errors` keep the first lines, the counts are whole."""

    project: Project
    format: str = ""
    articles: int = 0
    duplicates: int = 0
    refused: int = 0
    items: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    sets: int = 0
    known_sets: int = 0
    spans: int = 0
    relations: int = 0
    reviews: int = 0
    broken: int = 0
    warnings: list[dict[str, Any]] = field(default_factory=list)
    scheme: list[str] = field(default_factory=list)
    columns: str = ""
    takes_newer: bool = True
    """Whether newer texts of articles that the project has are to be taken in as such."""
    newer: int = 0
    unlike: int = 0
    """Newer texts that have nothing in common with the older one: their ids may be the same by chance."""

    def payload(self) -> dict[str, Any]:
        """Return the report as JSON."""
        return {
            "format": self.format,
            "articles": self.articles,
            "duplicates": self.duplicates,
            "refused": self.refused,
            "items": self.items,
            "errors": self.errors,
            "reasons": self.reasons,
            "sets": self.sets,
            "known_sets": self.known_sets,
            "spans": self.spans,
            "relations": self.relations,
            "reviews": self.reviews,
            "broken": self.broken,
            "warnings": self.warnings,
            "scheme": self.scheme,
            "columns": self.columns,
            "takes_newer": self.takes_newer,
            "newer": self.newer,
            "unlike": self.unlike,
        }

    def warn(self, place: str, code: str, sentence: str) -> None:
        """Note a rule that marks break; they are taken all the same."""
        self.broken += 1
        if len(self.warnings) < MOST_LINES:
            self.warnings.append({"place": place, "code": code, "message": sentence})

    def take_sets(self, found: intake.Intake) -> None:
        """Note what came beside articles, and how the scheme grows by it."""
        self.sets, self.known_sets = found.sets, found.known
        self.spans, self.relations, self.reviews = found.spans, found.relations, found.reviews
        self.scheme = found.unknown.sentences() if found.unknown else []

    def recognised(self, key: str, reason: str) -> None:
        """Note what a file is of, and why; several formats together are read as they were recognised."""
        self.format = key if self.format in {"", key} else reading.AUTO
        if reason and len(self.reasons) < MOST_LINES:
            self.reasons.append(reason)

    def take_bad(self, bad: records.BadItem) -> None:
        """Note what cannot be imported."""
        self.refused += 1
        if len(self.errors) < MOST_LINES:
            self.errors.append({"place": bad.place, "code": bad.code, "message": bad.detail})

    def take(self, stored: Iterable[article.Stored]) -> None:
        """Note what was stored or would be."""
        for each in stored:
            self.articles += not each.duplicate
            self.duplicates += each.duplicate
            self.newer += each.newer
            self.unlike += each.unlike
            if len(self.items) < MOST_LINES:
                self.items.append(
                    {
                        "id": str(each.id),
                        "title": each.article.title,
                        "length": each.article.length,
                        "duplicate": each.duplicate,
                        "version": each.version,
                        "newer": each.newer,
                        "notes": [*_follows(each), *each.article.notes],
                    }
                )


def _follows(stored: article.Stored) -> Iterator[str]:
    """Say of a newer text which article it follows, and whether that can be."""
    if stored.newer and stored.article.supersedes:
        yield say("Version {version} of “{title}”.", version=stored.version, title=stored.older)
    elif stored.newer:
        yield say(
            "Version {version} of “{title}”: both have the id “{id}”.",
            version=stored.version,
            title=stored.older,
            id=stored.article.external_id,
        )
    if stored.unlike:
        yield say("It has nothing in common with that text: is the id the same by chance?")
