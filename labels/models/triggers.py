"""Triggers: the rules that a constraint cannot say, kept by the database itself.

Each trigger is one guard: a table, the moments it fires, and the condition under which the row is refused.
They are taken away before every migrate that has work to do, and put back after it (`labels.apps`): SQLite drops
those of a table that it remakes, and remakes no table that another's trigger speaks of. `manage.py doctor` proves
that all of them exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse `moments` on `table` when `condition` holds, saying `message`."""

    name: str
    table: str
    moments: tuple[str, ...]
    message: str
    condition: str = ""
    breaking: str = ""
    """What selects, of all rows `written` by a statement, those that `condition` would refuse: where that is
    faster than to look at one after the other."""

    def names(self) -> Iterator[str]:
        """Yield the trigger's name for each moment."""
        for moment in self.moments:
            yield f"guard_{self.name}_{moment.split()[0].lower()}"


ALWAYS = ("UPDATE", "DELETE")
WRITTEN = ("INSERT", "UPDATE")

GUARDS = (
    Guard("revision", "labels_revision", ALWAYS, "a revision never changes"),
    Guard("scheme", "labels_scheme", ALWAYS, "a scheme version never changes"),
    Guard("comment", "labels_comment", ALWAYS, "a comment never changes"),
    Guard("mention", "labels_mention", ALWAYS, "a comment never changes"),
    Guard("review", "labels_review", ALWAYS, "a review never changes"),
    Guard("release", "labels_release", ALWAYS, "a release never changes"),
    Guard("file_part", "labels_filepart", ALWAYS, "a file of a release never changes"),
    Guard("decision", "labels_decision", ALWAYS, "a decision never changes"),
    Guard("answer", "labels_answer", ALWAYS, "an answer never changes"),
    Guard(
        "article_text",
        "labels_article",
        ("UPDATE",),
        "the text of an article never changes",
        "NEW.text <> OLD.text OR NEW.text_sha256 <> OLD.text_sha256 OR NEW.length <> OLD.length",
    ),
    Guard(
        "fragment_end",
        "labels_fragment",
        WRITTEN,
        "a fragment ends past the end of its article",
        'NEW."end" > (SELECT a.length FROM labels_span s'
        " JOIN labels_annotationset t ON t.id = s.annotation_set_id"
        " JOIN labels_article a ON a.id = t.article_id WHERE s.id = NEW.span_id)",
        # The article of each set once.
        'SELECT 1 FROM (SELECT s.annotation_set_id, max(w."end") AS "end" FROM written w'
        " JOIN labels_span s ON s.id = w.span_id GROUP BY s.annotation_set_id) last"
        " JOIN labels_annotationset t ON t.id = last.annotation_set_id"
        ' JOIN labels_article a ON a.id = t.article_id WHERE last."end" > a.length',
    ),
    Guard(
        "fragment_overlap",
        "labels_fragment",
        WRITTEN,
        "fragments of one span overlap",
        "EXISTS (SELECT 1 FROM labels_fragment f WHERE f.span_id = NEW.span_id"
        ' AND f.id <> NEW.id AND f.start < NEW."end" AND f."end" > NEW.start)',
        "SELECT 1 FROM written w JOIN labels_fragment f ON f.span_id = w.span_id"
        ' AND f.id <> w.id AND f.start < w."end" AND f."end" > w.start',
    ),
    Guard(
        "relation_ends",
        "labels_relation",
        WRITTEN,
        "a relation joins spans of its own set",
        "(SELECT count(*) FROM labels_span s WHERE s.id IN (NEW.source_id, NEW.target_id)"
        " AND s.annotation_set_id = NEW.annotation_set_id) <> 2",
    ),
)

WHOLE_TABLES = ("seqscan", "hashjoin", "mergejoin", "material")
"""PostgreSQL's ways to read a table from its beginning to its end."""

TRIGGERS = tuple(name for guard in GUARDS for name in guard.names())


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers that are not there, on the tables that are."""
    missing = set(TRIGGERS) - present(connection)
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for guard in GUARDS:
            if guard.table in tables and missing.intersection(guard.names()):
                for statement in statements(guard):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers that are there. Only a migration, a test's flush and a legal erasure may."""
    on_table = connection.vendor != "sqlite"
    there = present(connection)
    with connection.cursor() as cursor:
        for guard in GUARDS:
            for name in there.intersection(guard.names()):
                table = f" ON {guard.table}" if on_table else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of our triggers that the database has."""
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name for (name,) in cursor.fetchall()} & set(TRIGGERS)


def _sqlite(guard: Guard) -> Iterator[str]:
    when = f" WHEN {guard.condition}" if guard.condition else ""
    for moment, name in zip(guard.moments, guard.names(), strict=True):
        yield f"DROP TRIGGER IF EXISTS {name}"
        # AFTER, because NEW.id of an INSERT is not known before.
        yield (
            f"CREATE TRIGGER {name} AFTER {moment} ON {guard.table} FOR EACH ROW{when}"
            f" BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        )


def _postgresql(guard: Guard) -> Iterator[str]:
    function, condition, own = f"guard_{guard.name}", guard.condition or "TRUE", ""
    by_row = not guard.condition or "OLD." in guard.condition
    if by_row:
        refused = condition
    else:
        # All rows of a statement at once: to call a function for each row took longer than to write the row.
        found = f"SELECT 1 FROM written WHERE {condition.replace('NEW.', 'written.')}"  # noqa: S608 - ours
        refused = f"EXISTS ({guard.breaking or found})"
        # The session keeps its plan from the first use, which may be on tables of one page: it must look up row
        # by row, and not read them whole once an import has filled them.
        own = "".join(f" SET enable_{way} = off" for way in WHOLE_TABLES)
    # One function per guard, because a trigger's WHEN may not hold a subquery. SQLSTATE 23514 is a
    # check violation, so that Django raises IntegrityError as for any other constraint.
    yield (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql{own} AS $$"
        f" BEGIN IF {refused} THEN RAISE EXCEPTION '{guard.message}'"
        " USING ERRCODE = '23514'; END IF; RETURN NULL; END $$"
    )
    each = "FOR EACH ROW" if by_row else "REFERENCING NEW TABLE AS written FOR EACH STATEMENT"
    for moment, name in zip(guard.moments, guard.names(), strict=True):
        yield f"DROP TRIGGER IF EXISTS {name} ON {guard.table}"
        yield (
            f"CREATE TRIGGER {name} AFTER {moment} ON {guard.table}"
            f" {each} EXECUTE FUNCTION {function}()"
        )
