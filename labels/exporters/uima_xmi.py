"""UIMA CAS XMI: a zip with an XML file for each annotation set, and their type system.

`TypeSystem.xml` describes `galley.Span`, `galley.Link` and a feature for each attribute. XML cannot hold some control
characters: in texts and labels a blank stands for each.

Sample:

    ==> 000001_01890a5d-ac96-774b-bcce-000000000006_ana.xmi <==
    <?xml version='1.0' encoding='UTF-8'?>
    <xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:galley="http:///galley.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/><galley:Span xmi:id="2" sofa="1" begin="4" end="48" fragments="3 4" label="CLAIM" identifier="01890a5d-ac96-774b-bcce-000000000001" record="{&quot;confidence&quot;:null,&quot;derived_from&quot;:null,&quot;flag&quot;:false,&quot;origin&quot;:&quot;hand&quot;,&quot;rev&quot;:1,&quot;reviews&quot;:[{&quot;comment&quot;:&quot;The first quotation alone.&quot;,&quot;created_at&quot;:&quot;2019-10-30T09:00:00+00:00&quot;,&quot;id&quot;:&quot;01890a5d-ac96-774b-bcce-000000000004&quot;,&quot;proposal&quot;:{&quot;attributes&quot;:{},&quot;fragments&quot;:[{&quot;end&quot;:19,&quot;quote&quot;:&quot;“Taxes fell 5%,”&quot;,&quot;start&quot;:3}],&quot;label&quot;:&quot;CLAIM&quot;},&quot;reason&quot;:&quot;boundary&quot;,&quot;relation&quot;:null,&quot;rev&quot;:1,&quot;reviewer&quot;:&quot;rita&quot;,&quot;span&quot;:&quot;01890a5d-ac96-774b-bcce-000000000001&quot;,&quot;verdict&quot;:&quot;fix&quot;}]}" check_worthiness="CFS" form="direct"/><galley:Fragment xmi:id="3" sofa="1" begin="4" end="20"/><galley:Fragment xmi:id="4" sofa="1" begin="32" end="48"/><galley:Span xmi:id="5" sofa="1" begin="21" end="25" label="SOURCE" identifier="01890a5d-ac96-774b-bcce-000000000002" record="{&quot;confidence&quot;:null,&quot;derived_from&quot;:null,&quot;flag&quot;:false,&quot;origin&quot;:&quot;hand&quot;,&quot;rev&quot;:2,&quot;reviews&quot;:[]}"/><galley:Link xmi:id="6" sofa="1" begin="21" end="25" Governor="2" Dependent="5" label="ATTRIBUTED_TO" identifier="01890a5d-ac96-774b-bcce-000000000003" record="{&quot;rev&quot;:3,&quot;reviews&quot;:[]}" stance="affirm"/><galley:Document xmi:id="7" record="{&quot;article&quot;:{&quot;byline&quot;:&quot;&quot;,&quot;external_id&quot;:&quot;reuters-1&quot;,&quot;extra&quot;:{&quot;desk&quot;:&quot;world&quot;},&quot;id&quot;:&quot;01890a5d-ac96-774b-bcce-000000000006&quot;,&quot;language&quot;:&quot;en&quot;,&quot;length&quot;:47,&quot;published_at&quot;:&quot;2019-10-29&quot;,&quot;publisher&quot;:&quot;&quot;,&quot;title&quot;:&quot;Taxes&quot;,&quot;url&quot;:&quot;&quot;,&quot;version&quot;:1},&quot;set&quot;:{&quot;annotator&quot;:&quot;ana&quot;,&quot;id&quot;:&quot;01890a5d-ac96-774b-bcce-000000000005&quot;,&quot;kind&quot;:&quot;own&quot;,&quot;reviews&quot;:[],&quot;round&quot;:1,&quot;scheme_version&quot;:1,&quot;state&quot;:&quot;returned&quot;,&quot;version&quot;:3}}"/><cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text/plain" sofaString="🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”"/><cas:View sofa="1" members="2 3 4 5 6 7"/></xmi:XMI>
    ==> TypeSystem.xml <==
    <?xml version='1.0' encoding='utf-8'?>
    <typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types><typeDescription><name>galley.Document</name><description/><supertypeName>uima.cas.TOP</supertypeName><features><featureDescription><name>record</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription></features></typeDescription><typeDescription><name>galley.Fragment</name><description/><supertypeName>uima.tcas.Annotation</supertypeName></typeDescription><typeDescription><name>galley.Link</name><description/><supertypeName>uima.tcas.Annotation</supertypeName><features><featureDescription><name>Governor</name><description/><rangeTypeName>galley.Span</rangeTypeName></featureDescription><featureDescription><name>Dependent</name><description/><rangeTypeName>galley.Span</rangeTypeName></featureDescription><featureDescription><name>label</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>identifier</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>record</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>json</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>check_worthiness</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>form</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>stance</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription></features></typeDescription><typeDescription><name>galley.Span</name><description/><supertypeName>uima.tcas.Annotation</supertypeName><features><featureDescription><name>fragments</name><description/><rangeTypeName>uima.cas.FSArray</rangeTypeName><elementType>galley.Fragment</elementType></featureDescription><featureDescription><name>label</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>identifier</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>record</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>json</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>check_worthiness</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>form</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription><featureDescription><name>stance</name><description/><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription></features></typeDescription></types></typeSystemDescription>
"""  # noqa: E501 - a line of the format is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..records import AnnotationSet, Article, Loss
from ..vocabulary import Lost
from . import Family
from ._uima import UNFIT, attributes_of, cas, fit, named, types
from ._zip import zipped

NEEDS = "cassis"
MEDIA_TYPE = "application/zip"
SUFFIX = ".uima-xmi.zip"
FAMILY = Family.TOOL
UNIT = "utf16"
LOSES: frozenset[Lost] = frozenset()
PARTLY = frozenset({Lost.TEXT, Lost.LABEL})


def write(articles: Iterable[Article], unit: str = "codepoint") -> Iterator[bytes]:  # noqa: ARG001 - UIMA says
    """Yield a zip with a file for each set, and the types that they have together at its end."""
    yield from zipped(_files(articles))


def losses(article: Article) -> Iterator[Loss]:
    """Yield the texts and labels that have a character of which XML knows nothing."""
    if UNFIT.search(article.text):
        yield Loss(Lost.TEXT, "article", article.id, article.id)
    for made in article.annotation_sets:
        for span in made.spans:
            if UNFIT.search(span.label):
                yield Loss(Lost.LABEL, "span", span.id, article.id, made.id)
        for link in made.relations:
            if UNFIT.search(link.type):
                yield Loss(Lost.LABEL, "relation", link.id, article.id, made.id)


def _files(articles: Iterable[Article]) -> Iterator[tuple[str, str]]:
    attributes: set[str] = set()
    for name, article, made in named(articles):
        own = attributes_of(made)
        attributes |= own
        found = cas(article, _fit(made), types(own), fit(article.text))
        yield f"{name}.xmi", str(found.to_xmi())
    yield "TypeSystem.xml", types(attributes).to_xml()


def _fit(made: AnnotationSet | None) -> AnnotationSet | None:
    return made and replace(
        made,
        spans=[each._replace(label=fit(each.label)) for each in made.spans],
        relations=[each._replace(type=fit(each.type)) for each in made.relations],
    )
