r"""UIMA CAS JSON: a zip with a file for each annotation set.

JSON of version 0.4.0, as INCEpTION recommends it. Each file has its article's text and its own type system: `galley.Span`,
`galley.Link`, and each attribute as a feature. What INCEpTION does not know it keeps: nothing is left out.

Sample:

    ==> 000001_01890a5d-ac96-774b-bcce-000000000006_ana.json <==
    {"%TYPES": {"galley.Document": {"%NAME": "galley.Document", "%SUPER_TYPE": "uima.cas.TOP", "record": {"%NAME": "record", "%RANGE": "uima.cas.String"}}, "galley.Fragment": {"%NAME": "galley.Fragment", "%SUPER_TYPE": "uima.tcas.Annotation"}, "galley.Link": {"%NAME": "galley.Link", "%SUPER_TYPE": "uima.tcas.Annotation", "Governor": {"%NAME": "Governor", "%RANGE": "galley.Span"}, "Dependent": {"%NAME": "Dependent", "%RANGE": "galley.Span"}, "label": {"%NAME": "label", "%RANGE": "uima.cas.String"}, "identifier": {"%NAME": "identifier", "%RANGE": "uima.cas.String"}, "record": {"%NAME": "record", "%RANGE": "uima.cas.String"}, "json": {"%NAME": "json", "%RANGE": "uima.cas.String"}, "check_worthiness": {"%NAME": "check_worthiness", "%RANGE": "uima.cas.String"}, "form": {"%NAME": "form", "%RANGE": "uima.cas.String"}, "stance": {"%NAME": "stance", "%RANGE": "uima.cas.String"}}, "galley.Span": {"%NAME": "galley.Span", "%SUPER_TYPE": "uima.tcas.Annotation", "fragments": {"%NAME": "fragments", "%RANGE": "galley.Fragment[]"}, "label": {"%NAME": "label", "%RANGE": "uima.cas.String"}, "identifier": {"%NAME": "identifier", "%RANGE": "uima.cas.String"}, "record": {"%NAME": "record", "%RANGE": "uima.cas.String"}, "json": {"%NAME": "json", "%RANGE": "uima.cas.String"}, "check_worthiness": {"%NAME": "check_worthiness", "%RANGE": "uima.cas.String"}, "form": {"%NAME": "form", "%RANGE": "uima.cas.String"}, "stance": {"%NAME": "stance", "%RANGE": "uima.cas.String"}}}, "%FEATURE_STRUCTURES": [{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text/plain", "sofaString": "🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”"}, {"%ID": 2, "%TYPE": "galley.Span", "@sofa": 1, "begin": 4, "end": 48, "@fragments": 8, "label": "CLAIM", "identifier": "01890a5d-ac96-774b-bcce-000000000001", "record": "{\"confidence\":null,\"derived_from\":null,\"flag\":false,\"origin\":\"hand\",\"rev\":1,\"reviews\":[{\"comment\":\"The first quotation alone.\",\"created_at\":\"2019-10-30T09:00:00+00:00\",\"id\":\"01890a5d-ac96-774b-bcce-000000000004\",\"proposal\":{\"attributes\":{},\"fragments\":[{\"end\":19,\"quote\":\"“Taxes fell 5%,”\",\"start\":3}],\"label\":\"CLAIM\"},\"reason\":\"boundary\",\"relation\":null,\"rev\":1,\"reviewer\":\"rita\",\"span\":\"01890a5d-ac96-774b-bcce-000000000001\",\"verdict\":\"fix\"}]}", "check_worthiness": "CFS", "form": "direct"}, {"%ID": 3, "%TYPE": "galley.Fragment", "@sofa": 1, "begin": 4, "end": 20}, {"%ID": 4, "%TYPE": "galley.Fragment", "@sofa": 1, "begin": 32, "end": 48}, {"%ID": 5, "%TYPE": "galley.Span", "@sofa": 1, "begin": 21, "end": 25, "label": "SOURCE", "identifier": "01890a5d-ac96-774b-bcce-000000000002", "record": "{\"confidence\":null,\"derived_from\":null,\"flag\":false,\"origin\":\"hand\",\"rev\":2,\"reviews\":[]}"}, {"%ID": 6, "%TYPE": "galley.Link", "@sofa": 1, "begin": 21, "end": 25, "@Governor": 2, "@Dependent": 5, "label": "ATTRIBUTED_TO", "identifier": "01890a5d-ac96-774b-bcce-000000000003", "record": "{\"rev\":3,\"reviews\":[]}", "stance": "affirm"}, {"%ID": 7, "%TYPE": "galley.Document", "record": "{\"article\":{\"byline\":\"\",\"external_id\":\"reuters-1\",\"extra\":{\"desk\":\"world\"},\"id\":\"01890a5d-ac96-774b-bcce-000000000006\",\"language\":\"en\",\"length\":47,\"published_at\":\"2019-10-29\",\"publisher\":\"\",\"title\":\"Taxes\",\"url\":\"\",\"version\":1},\"set\":{\"annotator\":\"ana\",\"id\":\"01890a5d-ac96-774b-bcce-000000000005\",\"kind\":\"own\",\"reviews\":[],\"round\":1,\"scheme_version\":1,\"state\":\"returned\",\"version\":3}}"}, {"%ID": 8, "%TYPE": "uima.cas.FSArray", "%ELEMENTS": [3, 4]}], "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3, 4, 5, 6, 7]}}}
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..records import Article, Loss
from ..vocabulary import Lost
from . import Family
from ._uima import attributes_of, cas, named, types
from ._zip import zipped

NEEDS = "cassis"
MEDIA_TYPE = "application/zip"
SUFFIX = ".uima-json.zip"
FAMILY = Family.TOOL
UNIT = "utf16"
LOSES: frozenset[Lost] = frozenset()
PARTLY: frozenset[Lost] = frozenset()


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - UIMA says
    """Yield a zip with a file for each set."""
    yield from zipped(_files(articles))


def losses(article: Article) -> Iterator[Loss]:  # noqa: ARG001 - whatever it is
    """Yield nothing: all is held."""
    yield from ()


def _files(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    for name, article, made in named(articles):
        found = cas(article, made, types(attributes_of(made)), article.text)
        yield f"{name}.json", str(found.to_json(pretty_print=False))
