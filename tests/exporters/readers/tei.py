"""Reads TEI with stand-off annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from labels.records import AnnotationSet, Article, Span

from . import made

SPACE = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
RANGE = re.compile(r"#string-range\(t[0-9a-f-]+,(\d+),(\d+)\)")


def read(data: bytes, found: Sequence[Article]) -> list[Article]:
    """Read the documents of a corpus; a text that has nothing that XML forbids must be there as it was."""
    corpus = ET.fromstring(data)  # noqa: S314 - as above
    articles = [_article(each) for each in corpus.iter(f"{SPACE}TEI")]
    for was, now in zip(found, articles, strict=True):
        assert now.text == was.text or "\ufffd" in now.text
    return articles


def _article(root: ET.Element) -> Article:
    names = {each.get(ID): _one(each, "name").text or "" for each in root.iter(f"{SPACE}respStmt")}
    features = {each.get(ID): dict(_features(each)) for each in root.iter(f"{SPACE}fs")}
    sets = [_set(root, group, names, features) for group in root.iter(f"{SPACE}spanGrp")]
    text = _one(root, "ab").text or ""
    return made.article(_one(root, "idno").text or "", sets, text)


def _one(root: ET.Element, name: str) -> ET.Element:
    return next(root.iter(f"{SPACE}{name}"))


def _set(
    root: ET.Element, group: ET.Element, names: dict[Any, str], features: dict[Any, Any]
) -> AnnotationSet:
    owner = group.get("resp", "")
    links = [
        made.link(
            each.get(ID, "")[1:],
            each.get("type", ""),
            [end[2:] for end in each.get("target", "").split()],
            features.get(each.get("ana", "")[1:], {}),
        )
        for other in root.iter(f"{SPACE}linkGrp")
        if other.get("resp") == owner
        for each in other
    ]
    return made.one_set(names[owner[1:]], [_span(each, features) for each in group], links)


def _span(each: ET.Element, features: dict[Any, Any]) -> Span:
    ranges = [(int(start), int(size)) for start, size in RANGE.findall(each.get("target", ""))]
    sure = each.get("cert")
    return made.span(
        each.get(ID, "")[1:],
        each.get("type", ""),
        [(start, start + size) for start, size in ranges],
        features.get(each.get("ana", "")[1:], {}),
        confidence=float(sure) if sure else None,
    )


def _features(root: ET.Element) -> Iterator[tuple[str, Any]]:
    for each in root:
        yield each.get("name", ""), _value(each[0])


def _value(each: ET.Element) -> Any:
    match each.tag.removeprefix(SPACE):
        case "vColl":
            return [_value(inner) for inner in each]
        case "binary":
            return each.get("value") == "true"
        case "numeric":
            return json_number(each.get("value", ""))
        case _:
            return each.text or ""


def json_number(written: str) -> int | float:
    """Return a number, whole where it was written so."""
    return int(written) if re.fullmatch(r"-?\d+", written) else float(written)
