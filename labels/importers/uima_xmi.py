"""UIMA CAS XMI: a zip with an XML file for each annotator of a text.

What Galley exports comes back whole, but for control characters, which XML cannot hold. Of INCEpTION's files each
layer of spans and of relations is taken: a feature `label` or `value` is the label, otherwise the layer's name; the
other features are attributes. The file's name is the annotator. The type system is not needed.

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

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from ..records import Article, BadItem
from ..words import say
from ._folder import Folder
from ._reading import Fault
from ._uima import Cas, Unit, article_of
from ._xml import tree

XMI = "{http://www.omg.org/XMI}"
SUFFIX = ".xmi"
REFERS = {"Governor", "Dependent", "fragments", "elements", "target"}
"""Features that lead to other units; others may, if all they name are there."""
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
    held: Article | None = None
    for name in names:
        try:
            found = article_of(Cas(_units(tree(folder.read(name)))), PurePosixPath(name).stem)
        except Fault as fault:
            yield BadItem(f"{folder.name}, {name}", fault.code, fault.detail)
            continue
        if held and _belong(held, found):
            held = replace(held, annotation_sets=[*held.annotation_sets, *found.annotation_sets])
            continue
        if held:
            yield held
        held = found
    if held:
        yield held


def _belong(held: Article, found: Article) -> bool:
    """Tell whether two files are of one article, and of two annotators."""
    sets = {each.id for each in held.annotation_sets} & {each.id for each in found.annotation_sets}
    return (held.id, held.text) == (found.id, found.text) and not sets


def _units(root: Element) -> Iterator[Unit]:
    ids = {each.get(f"{XMI}id", "") for each in root}
    for each in root:
        yield _unit(each, ids)


def _unit(element: Element, ids: set[str]) -> Unit:
    space, _, short = str(element.tag).removeprefix("{").rpartition("}")
    package = space.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    features = {name: value for name, value in element.items() if not name.startswith("{")}
    for child in element:  # lists of texts
        features[str(child.tag)] = " ".join(
            filter(None, (features.get(str(child.tag)), child.text))
        )
    refers = {
        name: tuple(value.split()) for name, value in features.items() if _leads(name, value, ids)
    }
    plain = {name: value for name, value in features.items() if name not in REFERS}
    return Unit(element.get(f"{XMI}id", ""), f"{package}.{short}".lstrip("."), plain, refers)


def _leads(name: str, value: str, ids: set[str]) -> bool:
    if name in REFERS:
        return True
    return (
        0 < len(value) < LONGEST_LIST
        and name not in {"sofa", "begin", "end"}
        and ids >= {*value.split()}
    )
