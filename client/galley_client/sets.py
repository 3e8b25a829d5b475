"""An annotation set that one changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from .shapes import Fragment, Relation, Set, Span

if TYPE_CHECKING:
    from .client import Galley


class AnnotationSet:
    """One person's spans and relations on one article, as of `version`."""

    def __init__(self, galley: Galley, found: Set) -> None:
        self._galley, self._found = galley, found
        self._text: str | None = None

    def __repr__(self) -> str:
        return f"AnnotationSet({self.id!r}, version={self.version}, state={self.state!r})"

    @property
    def id(self) -> str:
        """Its id."""
        return self._found["id"]

    @property
    def article(self) -> str:
        """The id of its article."""
        return self._found["article"]

    @property
    def version(self) -> int:
        """How many changes it has seen."""
        return self._found["version"]

    @property
    def state(self) -> str:
        """Where it stands: open, submitted, returned or approved."""
        return self._found["state"]

    @property
    def spans(self) -> list[Span]:
        """Its spans, in the order of the text."""
        return self._found["spans"]

    @property
    def relations(self) -> list[Relation]:
        """Its relations, in the order of their making."""
        return self._found["relations"]

    @property
    def text(self) -> str:
        """The article's text, which never changes."""
        if self._text is None:
            self._text = self._galley.article(self.article)["text"]
        return self._text

    def refresh(self) -> AnnotationSet:
        """Get it anew."""
        self._found = self._galley.call("GET", self._path()).json()
        return self

    def apply(self, operations: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Do operations, all or none, and return what each did. Raises `RefusalError` or `StaleError`."""
        body = {"operations": list(operations)}
        answer = self._galley.change(self._path("operations/"), body, version=self.version).json()
        self.refresh()
        results: list[dict[str, Any]] = answer["results"]
        return results

    def mark(self, label: str, *quotes: str, attributes: Mapping[str, Any] | None = None) -> str:
        """Mark a span by what stands in the text, one quote for each fragment, and return its id.

        Each quote is looked for behind the one before it. Raises `ValueError` if it is not there, or, for the
        first, if it is there more than once: then say more of it, or use `apply` with offsets.
        """
        made = str(uuid4())
        fragments = self._found_in_text(quotes)
        add = {"op": "add_span", "id": made, "label": label, "fragments": fragments}
        self.apply([{**add, "attributes": dict(attributes or {})}])
        return made

    def link(
        self, type: str, source: str, target: str, *, attributes: Mapping[str, Any] | None = None
    ) -> str:
        """Link one span to another and return the relation's id."""
        made = str(uuid4())
        add = {"op": "add_relation", "id": made, "type": type, "from": source, "to": target}
        self.apply([{**add, "attributes": dict(attributes or {})}])
        return made

    def submit(self) -> AnnotationSet:
        """Hand it in. Raises `RefusalError` with what is missing."""
        answer = self._galley.call("POST", self._path("submit/"), version=self.version)
        self._found = answer.json()
        return self

    def _path(self, more: str = "") -> str:
        return f"annotation-sets/{self.id}/{more}"

    def _found_in_text(self, quotes: tuple[str, ...]) -> list[Fragment]:
        if not quotes or not all(quotes):
            raise ValueError("Say at least one word to mark.")
        fragments: list[Fragment] = []
        begin = 0
        for quote in quotes:
            start = self.text.find(quote, begin)
            if start < 0:
                raise ValueError(f"“{quote}” does not stand in the text behind offset {begin}.")
            if not fragments and self.text.find(quote, start + 1) >= 0:
                raise ValueError(f"“{quote}” stands more than once in the text: say more of it.")
            begin = start + len(quote)
            fragments.append({"start": start, "end": begin, "quote": quote})
        return fragments
