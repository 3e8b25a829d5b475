"""What two releases of a project do not have alike, counted and row by row, from their own files.

Nothing is written. What is counted once is remembered by the hashes of the files, which never change.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

import orjson

from .. import releases as formats
from ..errors import Invalid
from ..models import Project, Release
from ..queries import release as releases
from ..queries.access import Actor
from ..queries.release import Listed
from ..rules import diff as rules
from ..rules.diff import HOWS, Change
from ..rules.permissions import Act
from ..words import say
from . import access

ARTICLES = "articles"
FILES = {
    ARTICLES: "articles.jsonl",
    "sets": "sets.jsonl",
    "spans": "annotations.jsonl",
    "gold": "gold.jsonl",
    "relations": "relations.jsonl",
}
"""What is compared, and the table in which it stands."""
SCHEME = "scheme.json"
Counts = dict[str, dict[str, int]]
"""By what rows are counted by, how many were added, changed and removed."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two releases of a project: what `after` has that `before` has not was added."""

    project: Project
    before: Release
    after: Release


@dataclass(frozen=True, slots=True)
class Table:
    """How the rows of one kind differ; `all` counts each once, `named` by label, type or kind, both sides."""

    of: str
    all: dict[str, int]
    named: Counts
    compared: bool = True
    """False where one of the releases was made before there was such a table."""


@dataclass(frozen=True, slots=True)
class Diff:
    """How two releases differ."""

    pair: Pair
    tables: list[Table]
    scheme: list[rules.Redefined]
    versions: tuple[int | None, int | None]
    """The newest version of the scheme that each follows."""
    terms: dict[str, tuple[Any, Any]]
    """The terms that differ, before and after."""

    def payload(self) -> dict[str, Any]:
        """Return it as clients see it."""
        one, other = self.versions
        return {
            "before": self.pair.before.version,
            "after": self.pair.after.version,
            "tables": [_told(each) for each in self.tables],
            "scheme": {"before": one, "after": other, "changes": [*map(_redefined, self.scheme)]},
            "terms": [
                {"name": name, "before": old, "after": new}
                for name, (old, new) in self.terms.items()
            ],
        }


def _told(table: Table) -> dict[str, Any]:
    named = [{"name": name, **counts} for name, counts in table.named.items()]
    return {"of": table.of, "compared": table.compared, **table.all, "names": named}


def _redefined(part: rules.Redefined) -> dict[str, Any]:
    what = list(part.what)
    return {"kind": part.kind, "name": part.name, "change": part.how, "what": what}


def row(change: Change, of: str) -> dict[str, Any]:
    """Return a row that was added, changed or removed as clients see it."""
    return {
        "of": of,
        "change": change.how,
        "what": list(change.what),
        "article": change.article,
        "before": change.before,
        "after": change.after,
    }


def pair(*, by: Actor, slug: str, version: str, against: str, rows: bool = False) -> Pair:
    """Return two releases that the actor may read; without `against`, with the one before.

    Raises `NotFound`, and `Invalid` where there is none before.
    """
    act = Act.EXPORT if rows else Act.READ_RELEASES
    project, named = access.exporting(act, by=by, slug=slug)
    after = releases.release(project, version, named=named)
    if against:
        return Pair(project, releases.release(project, against, named=named), after)
    earlier = releases.releases(project, named=named).filter(number__lt=after.number).first()
    if earlier is None:
        detail = say("There is no release before this one. Say with which to compare it.")
        raise Invalid(detail, errors=[{"field": "against", "code": "invalid", "message": detail}])
    return Pair(project, earlier, after)


def diff(of: Pair) -> Diff:
    """Count what two releases do not have alike, and say how their schemes differ."""
    (one, old), (other, new) = _scheme(of.before), _scheme(of.after)
    terms = {
        name: (of.before.terms.get(name), of.after.terms.get(name))
        for name in of.after.terms
        if name != "notes" and of.before.terms.get(name) != of.after.terms.get(name)
    }
    tables = [_table(of, each) for each in FILES]
    return Diff(of, tables, rules.redefined(old, new), (one, other), terms)


def changes(of: Pair, kind: str, how: str = "", name: str | None = None) -> Iterator[Change]:
    """Yield the rows that two releases do not have alike, of one kind; of one sort and one name if asked.

    Raises `Invalid` at once for a kind that there is not.
    """
    module = _module(kind)
    hashes = _hashes(of, module.FILE) if _is_known(of, module.FILE) else ("", "")
    return (
        each
        for each in _compared(module.FILE, *hashes, *_hashes(of, FILES[ARTICLES]))
        if how in ("", each.how) and (name is None or name in _names(module, each))
    )


# What stands beside rows that are shown


def titles(of: Pair, articles: Collection[str]) -> dict[str, str]:
    """Return the titles of articles, as the later of the releases that has them says."""
    wanted, found = set(articles), dict[str, str]()
    for digest in _hashes(of, FILES[ARTICLES]) if wanted else ():
        found |= {str(each["id"]): each["title"] for each in _rows(digest) if each["id"] in wanted}
    return found


def quote(row: Mapping[str, Any]) -> str:
    """Return the words of a span's row; of long ones a release without text has the edges alone."""
    return " … ".join(
        each.get("quote") or f"{each.get('quote_start', '')} … {each.get('quote_end', '')}"
        for each in row["fragments"]
    )


def ends(of: Pair, changes: Iterable[Change]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words at the ends of relations, by set and span, as each of the releases has them."""
    found = list(changes)
    return (
        _quotes(of.before, [each.before for each in found]),
        _quotes(of.after, [each.after for each in found]),
    )


def _quotes(of: Release, relations: Iterable[Mapping[str, Any] | None]) -> dict[str, str]:
    wanted = {f"{row['set']}/{row[end]}" for row in relations if row for end in ("from", "to")}
    found: dict[str, str] = {}
    for name in ("spans", "gold"):
        listed = releases.file(of, FILES[name])
        for row in _rows(listed.sha256 if listed else ""):
            if len(found) == len(wanted):
                return found
            if (key := f"{row['set']}/{row['id']}") in wanted:
                found[key] = quote(row)
    return found


# Reading the files


def _table(of: Pair, kind: str) -> Table:
    file = FILES[kind]
    if not _is_known(of, file):
        return Table(kind, dict.fromkeys(HOWS, 0), {}, compared=False)
    whole, named = _counted(file, *_hashes(of, file), *_hashes(of, FILES[ARTICLES]))
    return Table(kind, dict(whole), {name: dict(counts) for name, counts in named.items()})


def _is_known(of: Pair, file: str) -> bool:
    return all(file in each.counts["rows"] for each in (of.before, of.after))


def _hashes(of: Pair, file: str) -> tuple[str, str]:
    """Return the hashes of a file in both; empty where a release has no row of it."""
    found = (releases.file(each, file) for each in (of.before, of.after))
    one, other = (each.sha256 if each else "" for each in found)
    return one, other


@lru_cache(maxsize=256)
def _counted(
    file: str, before: str, after: str, *articles: str
) -> tuple[dict[str, int], dict[str, Counter[str]]]:
    module = _of_file(file)
    whole: Counter[str] = Counter(dict.fromkeys(HOWS, 0))
    named: dict[str, Counter[str]] = defaultdict(lambda: Counter(dict.fromkeys(HOWS, 0)))
    if before != after:
        for each in _compared(file, before, after, *articles):
            whole[each.how] += 1
            for name in _names(module, each):
                named[name][each.how] += 1
    return whole, dict(sorted(named.items()))


def _compared(file: str, before: str, after: str, *articles: str) -> Iterator[Change]:
    module = _of_file(file)
    member = "id" if file == FILES[ARTICLES] else "article"
    one, other = (rules.by_article(_rows(each), member) for each in (before, after))
    yield from rules.changes(one, other, _order(*articles), module.core)


@lru_cache(maxsize=4)
def _order(before: str, after: str) -> dict[str, int]:
    """Return the place of each article of two releases, by the hashes of their lists."""
    return rules.places(*([str(each["id"]) for each in _rows(of)] for of in (before, after)))


def _names(module: ModuleType, change: Change) -> frozenset[str]:
    return change.names(module.NAMED_BY) if module.NAMED_BY else frozenset({""})


def _rows(digest: str) -> Iterator[dict[str, Any]]:
    if digest:
        yield from releases.rows(digest)


def _module(kind: str) -> ModuleType:
    """Return the table of a kind. Raises `Invalid`."""
    if kind not in FILES:
        detail = say("Choose one of {choices}.", choices=", ".join(FILES))
        raise Invalid(
            f"of: {detail}", errors=[{"field": "of", "code": "invalid", "message": detail}]
        )
    return _of_file(FILES[kind])


def _of_file(name: str) -> ModuleType:
    return next(each for each in formats.tables() if name == each.FILE)


def _scheme(of: Release) -> tuple[int | None, Mapping[str, Any]]:
    """Return the newest version of the scheme that a release follows, and its definition."""
    listed: Listed | None = releases.file(of, SCHEME)
    if listed is None:
        return None, {}
    found = orjson.loads(b"".join(releases.content(listed.sha256)))
    return found["current"], found["versions"].get(str(found["current"]), {})
