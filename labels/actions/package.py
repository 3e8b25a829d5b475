"""The package of a release, written into a folder file by file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from hashlib import blake2b, sha256
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import orjson
from django.utils.translation import override

from .. import agreement as measuring
from .. import releases as formats
from ..catalogue import catalogue
from ..errors import Invalid
from ..models import Project, Release, Scheme
from ..queries import agreement, export
from ..queries import release as releases
from ..queries.access import Actor
from ..queries.snapshot import snapshot
from ..records import Article, Splits, Terms
from ..releases import Changes, Facts, File
from ..rules import release as rules
from ..rules.splitting import Divider
from ..vocabulary import Kind, Role, State
from ..words import say

LINES = "application/jsonl"
SUMS = "SHA256SUMS"
PAIR = 2
FINISHED = (State.SUBMITTED, State.APPROVED)
"""States of a set that is ready to be given away."""

Step = Callable[[str, int], None]
"""Takes which part of the work is done, and how many articles of it; may raise to stop all."""


def unheard(_part: str, _done: int) -> None:
    """Tell nobody how far a release is."""


@dataclass(frozen=True, slots=True)
class Made:
    """A package that lies in its folder."""

    version: str
    previous: str
    files: list[File]
    digest: str
    counts: dict[str, dict[str, int]]
    changes: dict[str, dict[str, int]]


@dataclass(slots=True)
class _Sheet:
    """A table while it is written: its bytes, hash and rows, and how they differ from the release before."""

    table: ModuleType
    target: IO[bytes]
    before: dict[bytes, bytes]
    """What the release before had and this one has not shown yet: the hash of each row by that of its key."""
    whole: Any = field(default_factory=sha256)
    size: int = 0
    rows: int = 0
    added: int = 0
    changed: int = 0

    def take(self, row: dict[str, Any] | bytes) -> None:
        """Write a row."""
        if isinstance(row, bytes):
            line = row
        else:
            line = orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
            self._compare(row)
        self.target.write(line)
        self.whole.update(line)
        self.size += len(line)
        self.rows += 1

    def _compare(self, row: dict[str, Any]) -> None:
        key, data = _hashes(self.table, row)
        old = self.before.pop(key, None)
        self.added += old is None
        self.changed += old not in (None, data)

    def file(self) -> File:
        """Return what is listed of it."""
        return File(self.table.FILE, LINES, self.size, self.whole.hexdigest())

    def changes(self) -> Changes:
        """Return how it differs from the release before."""
        return Changes(self.added, self.changed, len(self.before))


@dataclass(slots=True)
class Package:
    """The files of a release of a project, to be written into a folder."""

    by: Actor
    project: Project
    terms: Terms
    folder: Path
    last: Release | None
    step: Step = unheard
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    files: list[File] = field(default_factory=list)

    def write(self, *, version: str, at: datetime) -> Made:
        """Write all files. Raises `Invalid` where there is nothing to release."""
        with snapshot():
            splits = self._splits()
            changes = self._tables(splits)
            schemes = self._schemes()
            agreed = self._agreement()
        previous = self.last.version if self.last else ""
        # A release that was made before there was such a table says nothing of it.
        known = self.last.counts["rows"] if self.last else {}
        compared = {name: each for name, each in changes.items() if name in known}
        total = {
            name: sum(getattr(each, name) for each in compared.values())
            for name in ("added", "changed", "removed")
        }
        number = rules.number(version, previous, **total)
        facts = Facts(
            slug=self.project.slug,
            name=self.project.name,
            description=self.project.description,
            version=number,
            released_on=at.date().isoformat(),
            terms=self.terms,
            schemes=schemes,
            splits=splits,
            counts={name: dict(sorted(each.items())) for name, each in self.counts.items()},
            previous=previous,
            changes=compared,
            agreement=agreed,
        )
        self._documents(facts)
        digest = self._sums()
        told = {name: asdict(each) for name, each in compared.items()}
        return Made(
            number,
            previous,
            self.files,
            digest,
            {n: dict(c) for n, c in facts.counts.items()},
            told,
        )

    def _articles(self) -> Iterator[Article]:
        """Yield the articles that somebody has finished, with the finished sets alone."""
        wanted = export.Wanted(pseudonyms=self.terms.pseudonyms)
        for article in export.articles(self.project, wanted):
            sets = [each for each in article.annotation_sets if each.state in FINISHED]
            if sets:
                yield replace(article, annotation_sets=sets)

    def _splits(self) -> Splits:
        if self.terms.split == "none":
            return Splits()
        divider = Divider(self.terms)
        for number, article in enumerate(export.texts(self.project, FINISHED)):
            self.step("splits", number)
            divider.take(article)
        return divider.splits()

    def _tables(self, splits: Splits) -> dict[str, Changes]:
        """Write all tables in one pass over the articles."""
        with ExitStack() as stack:
            sheets = [
                _Sheet(
                    table, stack.enter_context(self._path(table).open("wb")), self._before(table)
                )
                for table in formats.tables()
            ]
            for number, article in enumerate(self._articles()):
                self.step("tables", number)
                self._count(article)
                split = splits.of.get(str(article.id), "")
                for sheet in sheets:
                    for row in sheet.table.rows(article, split, self.terms):
                        sheet.take(row)
        if not self.counts["states"]:
            raise Invalid(
                say(
                    "There is nothing to release yet: a release holds sets that are submitted or approved."
                )
            )
        for sheet in sheets:
            self.counts["rows"][sheet.table.FILE] = sheet.rows
        self.files += [each.file() for each in sheets if each.rows]
        return {each.table.FILE: each.changes() for each in sheets if each.table.COMPARED}

    def _path(self, table: ModuleType) -> Path:
        return self.folder / str(table.FILE)

    def _before(self, table: ModuleType) -> dict[bytes, bytes]:
        """Return what the release before had in a table."""
        listed = releases.file(self.last, table.FILE) if self.last and table.COMPARED else None
        if listed is None:
            return {}
        return dict(_hashes(table, row) for row in releases.rows(listed.sha256))

    def _count(self, article: Article) -> None:
        self.counts["languages"][article.language] += 1
        self.counts["versions"][str(article.version)] += 1
        for made in article.annotation_sets:
            self.counts["states"][str(made.state)] += 1
            self.counts["kinds"][str(made.kind)] += 1
            self.counts["scheme_versions"][str(made.scheme_version)] += 1
            if made.kind != Kind.GOLD:
                self.counts["annotators"][made.annotator] += len(made.spans)
            self.counts["labels"].update(each.label for each in made.spans)
            self.counts["origins"].update(str(each.origin) for each in made.spans)
            self.counts["relations"].update(each.type for each in made.relations)

    def _schemes(self) -> dict[int, Any]:
        numbers = [int(each) for each in self.counts["scheme_versions"]]
        found = Scheme.objects.filter(project=self.project, version__in=numbers)
        return dict(found.values_list("version", "definition"))

    def _agreement(self) -> list[dict[str, Any]]:
        """Return how far people agree, in English and under the names that the release has for them."""
        self.step("agreement", 0)
        asked = agreement.question(self.by, self.project, Role.MANAGER)
        if len(agreement.people(asked)) < len(("one", "another")):
            return []
        measures = [each for each in catalogue(measuring) if each not in measuring.SLOW]
        with override("en"):
            found = agreement.figures(asked, measures)
        # Of many people most pairs have no article in common: there is nothing to tell of them.
        told = [each for each in found if each.articles or len(each.annotators) != PAIR]
        return [self._named(agreement.payload(each)) for each in told]

    def _named(self, figure: dict[str, Any]) -> dict[str, Any]:
        names = {each: self._name(each) for each in (*figure["annotators"], *figure["units"])}
        return figure | {
            "annotators": sorted(names[each] for each in figure["annotators"]),
            "units": {names[each]: count for each, count in sorted(figure["units"].items())},
        }

    def _name(self, name: str) -> str:
        return export.pseudonym(self.project, name) if self.terms.pseudonyms else name

    def _documents(self, facts: Facts) -> None:
        """Write the documents; each knows of the files before it."""
        for document in formats.documents():
            content = document.text(replace(facts, files=list(self.files))).encode()
            if content:
                self._add(document.FILE, document.MEDIA_TYPE, content)

    def _sums(self) -> str:
        """Write the list of hashes as `sha256sum --check` reads it, and return its own."""
        lines = sorted(f"{each.sha256}  {each.name}\n" for each in self.files)
        return self._add(SUMS, "text/plain", "".join(lines).encode())

    def _add(self, name: str, media_type: str, content: bytes) -> str:
        (self.folder / name).write_bytes(content)
        digest = sha256(content).hexdigest()
        self.files.append(File(name, media_type, len(content), digest))
        return digest


def _hashes(table: ModuleType, row: dict[str, Any]) -> tuple[bytes, bytes]:
    key, data = table.core(row)
    written = orjson.dumps(data, option=orjson.OPT_SORT_KEYS)
    return blake2b(key.encode(), digest_size=8).digest(), blake2b(written, digest_size=8).digest()
