"""Many spans at once, through the API: more than anybody would mark in a test."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from ..factories import SEEDS
from ..server import Instance

TEXT = next(SEEDS.glob("*.txt")).read_text()
PACK = 400


def span(label: str, start: int, end: int, **attributes: Any) -> dict[str, Any]:
    """Return the operation that makes a span of the seed's text."""
    fragment = {"start": start, "end": end, "quote": TEXT[start:end]}
    made = {"op": "add_span", "id": str(uuid4()), "label": label, "fragments": [fragment]}
    return made | {"attributes": attributes}


def quoted(label: str, quote: str, **attributes: Any) -> dict[str, Any]:
    """Return the operation that marks the first place of a quote."""
    start = TEXT.index(quote)
    return span(label, start, start + len(quote), **attributes)


def each_word(label: str, **attributes: Any) -> list[dict[str, Any]]:
    """Return an operation for every word of the text."""
    return [span(label, *each.span(), **attributes) for each in re.finditer(r"\w+", TEXT)]


def add(galley: Instance, username: str, operations: list[dict[str, Any]]) -> str:
    """Put operations into somebody's own set of the seed's article, and return the article's id."""
    token = galley.manage("create_token", username, "--scopes", "read").strip()
    (article,) = galley.call(token, "GET", "projects/japan-south-korea/articles/")["results"]
    found: str = article["id"]
    put(galley, username, found, operations)
    return found


def put(galley: Instance, username: str, article: str, operations: list[dict[str, Any]]) -> None:
    """Put operations into somebody's own set of an article."""
    token = galley.manage("create_token", username, "--scopes", "read,annotate").strip()
    made = galley.call(token, "POST", f"articles/{article}/annotation-sets/", {})
    version = made["version"]
    for first in range(0, len(operations), PACK):
        pack = operations[first : first + PACK]
        path = f"annotation-sets/{made['id']}/operations/"
        headers = {"If_Match": f'"{version}"', "Idempotency_Key": str(uuid4())}
        version = galley.call(token, "POST", path, {"operations": pack}, **headers)["version"]


def more_articles(galley: Instance, username: str, texts: list[str]) -> list[str]:
    """Import articles and assign them to somebody; return their ids."""
    token = galley.manage("create_token", "max", "--scopes", "read,import,manage").strip()
    project = "projects/japan-south-korea"
    made = galley.call(token, "POST", f"{project}/articles/", [{"text": each} for each in texts])
    ids = [each["id"] for each in made]
    body = {"person": username, "role": "annotate", "articles": ids}
    galley.call(token, "POST", f"{project}/assignments/", body)
    return ids
