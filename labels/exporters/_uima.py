"""Articles as UIMA's common analysis structure (CAS): one for each annotation set, with types of our own.

A span is a `galley.Span`, its parts `galley.Fragment`s where it has several, a link a `galley.Link` from its
`Governor` to its `Dependent`, as relations are called in DKPro and INCEpTION. Each attribute is a feature of its
own name, or of `x_` and the name in hexadecimal UTF-8 where it cannot be one; what is no text is JSON there,
and the feature `json` names such features. `record` holds as JSON what only Galley knows, so that nothing is lost.
The library turns code points into UTF-16.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import count
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import orjson

from ..records import AnnotationSet, Article, Relation, Span
from ._native import payload
from ._units import owner

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

STRING, ANNOTATION, TOP = "uima.cas.String", "uima.tcas.Annotation", "uima.cas.TOP"
DOCUMENT, SPAN, FRAGMENT, LINK = (
    f"galley.{name}" for name in ("Document", "Span", "Fragment", "Link")
)
OWN = ("label", "identifier", "record", "json")
"""Features of spans and links that are no attributes."""
TAKEN = {
    *OWN,
    "fragments",
    "Governor",
    "Dependent",
    "begin",
    "end",
    "sofa",
    "type",
    "self",
    "xmiID",
} | {
    "get",
    "set",
    "value",
    "elements",
    "mro",
    "get_covered_text",
}
"""What a feature cannot be called, here or in the library."""
FEATURE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""
UNFIT_NAME = re.compile(r"""[\x00-\x1f\x7f/\\:*?"<>|]""")
LONGEST = 160
"""Bytes of an annotator's name in a file's name."""

Payload = dict[str, Any]


def named(articles: Iterable[Article]) -> Iterator[tuple[str, Article, AnnotationSet | None]]:
    """Yield each set of each article, or an article without any, with what its file is named by, in order."""
    numbers = count(1)
    for article in articles:
        sets: Sequence[AnnotationSet | None] = article.annotation_sets or [None]
        for made in sets:
            name = f"{next(numbers):06}_{article.id}"
            if made is not None:
                whose = UNFIT_NAME.sub("-", owner(made)).encode()[:LONGEST].decode(errors="ignore")
                name = f"{name}_{whose}"
            yield name, article, made


def attributes_of(made: AnnotationSet | None) -> set[str]:
    """Return the names of a set's attributes."""
    units: Sequence[Span | Relation] = (*made.spans, *made.relations) if made else ()
    return {name for each in units for name in each.attributes}


def types(attributes: Iterable[str]) -> TypeSystem:
    """Return the type system with a feature for each attribute."""
    return _types(tuple(sorted(map(feature, attributes))))


@lru_cache(maxsize=8)  # to make one takes longer than all else
def _types(features: tuple[str, ...]) -> TypeSystem:
    from cassis import TypeSystem  # noqa: PLC0415 - not every installation has it

    found = TypeSystem()
    found.create_feature(found.create_type(DOCUMENT, TOP), "record", STRING)
    span, link = found.create_type(SPAN, ANNOTATION), found.create_type(LINK, ANNOTATION)
    fragment = found.create_type(FRAGMENT, ANNOTATION)
    found.create_feature(span, "fragments", "uima.cas.FSArray", elementType=fragment)
    for name in ("Governor", "Dependent"):
        found.create_feature(link, name, span)
    for name in (*OWN, *features):
        for each in (span, link):
            found.create_feature(each, name, STRING)
    return found


def cas(article: Article, made: AnnotationSet | None, system: TypeSystem, text: str) -> Cas:
    """Return an article with one set; `text` is the article's, or one as long."""
    from cassis import Cas  # noqa: PLC0415 - not every installation has it

    found = Cas(typesystem=system)
    found.sofa_string = text
    found.sofa_mime = "text/plain"
    alone = replace(article, annotation_sets=[made] if made else [])
    told: Payload = orjson.loads(orjson.dumps(payload(alone, "codepoint")))
    record = {"article": told["article"]}
    del record["article"]["text"], record["article"]["text_sha256"]
    for own in told["annotation_sets"]:
        there = {each["id"]: _span(found, each) for each in own.pop("spans")}
        for each in own.pop("relations"):
            _link(found, each, there)
        record["set"] = own
    found.add(system.get_type(DOCUMENT)(record=_json(record)))
    return found


def _span(found: Cas, told: Payload) -> Any:
    places = [(each["start"], each["end"]) for each in told.pop("fragments")]
    made = found.typesystem.get_type(SPAN)(begin=places[0][0], end=places[-1][1], **_features(told))
    found.add(made)
    if len(places) > 1:
        fragment = found.typesystem.get_type(FRAGMENT)
        parts = [fragment(begin=start, end=end) for start, end in places]
        found.add_all(parts)
        made.fragments = found.typesystem.get_type("uima.cas.FSArray")(elements=parts)
    return made


def _link(found: Cas, told: Payload, there: Mapping[str, Any]) -> None:
    ends = {"Governor": there[told.pop("from")], "Dependent": there[told.pop("to")]}
    place = {"begin": ends["Dependent"].begin, "end": ends["Dependent"].end}
    told["label"] = told.pop("type")
    found.add(found.typesystem.get_type(LINK)(**place, **ends, **_features(told)))


def _features(told: Payload) -> dict[str, str | None]:
    attributes = {feature(name): value for name, value in sorted(told.pop("attributes").items())}
    plain = {name: each for name, each in attributes.items() if _is_plain(each)}
    coded = {name: _json(each) for name, each in attributes.items() if name not in plain}
    return {
        "label": told.pop("label"),
        "identifier": told.pop("id"),
        "record": _json(told),
        "json": " ".join(coded) or None,
        **plain,
        **coded,
    }


def feature(attribute: str) -> str:
    """Return the name of the feature that an attribute is."""
    taken = attribute in TAKEN or attribute.startswith("x_") or iskeyword(attribute)
    if FEATURE.fullmatch(attribute) and not taken:
        return attribute
    return f"x_{attribute.encode().hex()}"


def fit(text: str) -> str:
    """Return a text in which blanks stand for what XML cannot hold."""
    return UNFIT.sub(" ", text)


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and not UNFIT.search(value)


def _json(value: Any) -> str:
    # JSON may have two characters as they are that XML may not.
    said = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    return said.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
