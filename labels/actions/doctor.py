"""The doctor: proves that triggers exist, texts are whole, chains verify and counts are right."""

from __future__ import annotations

from collections.abc import Iterator

from ..models import Revision
from ..queries import health, release
from . import revision
from .intake_rows import IMPORT


def findings() -> Iterator[str]:
    """Yield one sentence for each thing that is wrong; nothing at all when the instance is well."""
    for name in sorted(health.missing_triggers()):
        yield f"The trigger {name} is missing: run manage.py migrate."
    yield from health.damaged_texts()
    yield from health.miscounted()
    yield from release.damaged()
    yield from broken_chains()


def broken_chains() -> Iterator[str]:
    """Yield a sentence for each annotation set whose history does not verify."""
    heads = health.chain_heads()
    last: dict[int, tuple[int, str]] = {}
    broken: set[int] = set()
    for line in health.chain_rows():
        key = line.annotation_set_id or 0
        version, previous = last.get(key, (0, ""))
        if not _follows(line, version, previous):
            broken.add(key)
            yield f"Annotation set {line.subject_id}: revision {line.version} does not verify."
        last[key] = (line.version or 0, line.chain)
    for key, head in heads.items():
        if key not in broken and last.get(key, (0, "")) != head:
            yield f"Annotation set number {key}: its history does not lead to its version {head[0]}."


def _follows(line: Revision, version: int, previous: str) -> bool:
    """Check one link; a payload that a legal erasure blanked is judged by its digest alone.

    A chain begins at version 1, or at the version that an imported set came with.
    """
    came = line.action == IMPORT and not previous
    if line.version is None or line.previous != previous:
        return False
    if line.version != version + 1 and not came:
        return False
    if line.payload and revision.digest(line.payload) != line.digest:
        return False
    expected = revision.link(
        previous=previous,
        version=line.version,
        action=line.action,
        by=line.by,
        at=line.at,
        digest=line.digest,
    )
    return line.chain == expected
