"""Change log: what is new against the release before, and what the manager says of it."""

from __future__ import annotations

from . import Facts

FILE = "CHANGELOG.md"
MEDIA_TYPE = "text/markdown"


def text(facts: Facts) -> str:
    """Return the entry of this release."""
    lines = [f"# {facts.name} {facts.version} ({facts.released_on})"]
    if facts.terms.notes:
        lines.append(facts.terms.notes)
    if not facts.previous:
        lines.append("The first release.")
    else:
        lines.append(f"Against {facts.previous}:")
        lines.append(
            "\n".join(f"- {name}: {said(change)}" for name, change in facts.changes.items())
        )
    return "\n\n".join(lines) + "\n"


def said(change: object) -> str:
    """Say how many rows of a table changed."""
    counts = {each: getattr(change, each) for each in ("added", "changed", "removed")}
    found = [f"{count:,} {name}" for name, count in counts.items() if count]
    return ", ".join(found) or "nothing changed"
