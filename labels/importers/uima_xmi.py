"""UIMA CAS XMI: a zip with an XML file for each annotator of a text.

What Galley exports comes back whole, but for control characters, which XML cannot hold. Of INCEpTION's files each
layer of spans and of relations is taken: a feature `label` or `value` is the label, otherwise the layer's name; the
other features are attributes, and those that lead to other spans are links. The file's name is the annotator. A type
system (`TypeSystem.xml`) is not needed; where there is one, it tells numbers from what leads elsewhere. The zip of a whole
project comes in as well, whichever format it was exported with.

Sample:

    ==> ana.xmi <==
    <?xml version="1.0" encoding="UTF-8"?>
    <xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///custom.ecore" xmi:version="2.0">
    <custom:Span xmi:id="2" sofa="1" begin="4" end="20" label="CLAIM" checkworthy="high"/>
    <custom:Span xmi:id="3" sofa="1" begin="21" end="25" label="SOURCE"/>
    <custom:Relation xmi:id="4" sofa="1" begin="21" end="25" Governor="2" Dependent="3" label="ATTRIBUTED_TO"/>
    <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”"/>
    <cas:View sofa="1" members="2 3 4"/>
    </xmi:XMI>
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element

from ..records import Article, BadItem
from ..words import say
from ._folder import Folder, joined
from ._reading import Fault
from ._uima import ELEMENTS, PLAIN, Cas, Unit, article_of
from ._xml import elements, tree

XMI = "{http://www.omg.org/XMI}"
SUFFIX = ".xmi"
REFERS = {"Governor", "Dependent", "fragments", "elements", "target"}
"""Features that lead to other units, whatever the type system says."""
CHAINED = {"first", "next"}
"""Features by which chains lead from span to span."""
TYPES = "TypeSystem.xml"
ENDINGS = (SUFFIX, TYPES)
LONGEST_LIST = 2_000
"""Characters of a feature that is looked at for the names of units."""


def holds(names: Sequence[str]) -> str | None:
    """Take a zip that has such files."""
    if any(each.endswith(SUFFIX) for each in names):
        return say("UIMA CAS XMI, by the names of its files")
    return None


def read_folder(folder: Folder) -> Iterator[Article | BadItem]:
    """Yield the article of each file; what stands one after the other of one article is put together."""
    names = [each for each in folder.names if each.endswith(SUFFIX)]
    if not names:
        yield BadItem(folder.name, "empty_file", say("There is no .xmi file in it."))
    try:
        leading = _leading(folder)
    except Fault as fault:
        yield BadItem(f"{folder.name}, {TYPES}", fault.code, fault.detail)
        return
    yield from joined(_articles(folder, names, leading))


def _articles(
    folder: Folder, names: Iterable[str], leading: set[str] | None
) -> Iterator[Article | BadItem]:
    for name in names:
        try:
            units = _units(tree(folder.read(name)), leading)
            yield article_of(Cas(units), PurePosixPath(name).stem)
        except Fault as fault:
            yield BadItem(f"{folder.name}, {name}", fault.code, fault.detail)


def _leading(folder: Folder) -> set[str] | None:
    """Return the features that lead to other units by the type systems in a folder; None if there are none."""
    systems = [each for each in folder.names if PurePosixPath(each).name == TYPES]
    ranges: dict[str, set[bool]] = defaultdict(set)
    for each in systems:
        for feature in elements(folder.read(each), "featureDescription"):
            told = {str(part.tag).rpartition("}")[2]: part.text or "" for part in feature}
            ranges[told.get("name", "")].add(told.get("rangeTypeName", "").startswith(PLAIN))
    return {name for name, plain in ranges.items() if plain == {False}} if systems else None


def _units(root: Element, leading: set[str] | None) -> Iterator[Unit]:
    ids = {each.get(f"{XMI}id", ""): each.get("begin") is not None for each in root}
    for each in root:
        yield _unit(each, ids, leading)


def _unit(element: Element, ids: Mapping[str, bool], leading: set[str] | None) -> Unit:
    space, _, short = str(element.tag).removeprefix("{").rpartition("}")
    package = space.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    kind = f"{package}.{short}".lstrip(".")
    features: dict[str, Any] = {
        name: value for name, value in element.items() if not name.startswith("{")
    }
    for child in element:
        features.setdefault(str(child.tag), [])
        if isinstance(features[str(child.tag)], list):
            features[str(child.tag)].append(child.text or "")
    refers = {
        name: tuple(value if isinstance(value, list) else value.split())
        for name, value in features.items()
        if not kind.startswith(PLAIN) and _leads(name, value, ids, leading)
    }
    if kind.startswith(PLAIN):
        listed = features.get(ELEMENTS, [])
        features[ELEMENTS] = listed.split() if isinstance(listed, str) else listed
    plain = {
        name: value for name, value in features.items() if name not in REFERS or name not in refers
    }
    return Unit(element.get(f"{XMI}id", ""), kind, plain, refers)


def _leads(
    name: str, value: str | list[str], ids: Mapping[str, bool], leading: set[str] | None
) -> bool:
    """Tell whether a feature leads to units; `ids` has them all, each with whether it is a span."""
    if name in REFERS:
        return True
    if isinstance(value, list) or name in {"sofa", "begin", "end"} or len(value) >= LONGEST_LIST:
        return False
    named = value.split()
    if not named or not all(each in ids for each in named):
        return False
    if leading is not None:
        return name in leading
    # Where nothing is said of types, a number that is the one of a span as well is a number all the same.
    return name in CHAINED or not any(ids[each] for each in named)
