"""Change log: what is new against the release before, which texts are in it, what the manager says of it."""

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
    lines += filter(None, [_versions(facts)])
    return "\n\n".join(lines) + "\n"


def _versions(facts: Facts) -> str:
    """Say which versions of articles' texts there are, where not all are first ones."""
    counted = sorted(
        (int(number), count) for number, count in facts.counts.get("versions", {}).items()
    )
    if all(number == 1 for number, _count in counted):
        return ""
    said = ", ".join(f"{count:,} of version {number}" for number, count in counted)
    return f"Texts of articles: {said}."


def said(change: object) -> str:
    """Say how many rows of a table changed."""
    counts = {each: getattr(change, each) for each in ("added", "changed", "removed")}
    found = [f"{count:,} {name}" for name, count in counts.items() if count]
    return ", ".join(found) or "nothing changed"
