"""Claims for other data sets: what they say, what they are rated, and what is no claim."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from labels.exporters import attributions, claim_review, claims
from labels.records import Article, Fragment, Relation, Span
from labels.vocabulary import Lost

from .articles import BY_ANA, CLAIM, LINK, SAMPLE, SOURCE, number

CUE = Span(id=number(30), label="CUE", fragments=(Fragment(25, 29),))
CUED = Relation(id=number(31), type="CUED_BY", source=CLAIM.id, target=CUE.id)


def with_claim(**attributes: Any) -> Article:
    """Return the sample with a cue, and with other attributes of its claim."""
    spans = [CLAIM._replace(attributes=attributes), SOURCE, CUE]
    made = replace(BY_ANA, spans=spans, relations=[LINK, CUED], reviews=[])
    return replace(SAMPLE, annotation_sets=[made], publisher="Reuters")


def nodes(article: Article) -> list[Any]:
    """Return the graph of an article's claims."""
    found: list[Any] = json.loads(b"".join(claim_review.write([article])))["@graph"]
    return found


@pytest.mark.parametrize(
    ("verdict", "rating"), [("REFUTED", 1), ("CONFLICTING_EVIDENCE", 3), ("SUPPORTED", 5)]
)
def test_a_verdict_becomes_a_rated_review(verdict: str, rating: int):
    (node,) = nodes(with_claim(verdict=verdict, normalized_text="Taxes fell by 5 %."))
    assert node["@type"] == "ClaimReview"
    assert node["claimReviewed"] == node["itemReviewed"]["text"] == "Taxes fell by 5 %."
    assert node["itemReviewed"]["author"] == [{"@type": "Person", "name": "Ruiz"}]
    assert node["itemReviewed"]["appearance"]["publisher"]["name"] == "Reuters"
    assert node["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": rating,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": verdict,
    }


@pytest.mark.parametrize("verdict", ["NOT_ENOUGH_EVIDENCE", None, ["REFUTED"], 5])
def test_without_a_verdict_it_is_a_claim_alone(verdict: Any):
    (node,) = nodes(with_claim(verdict=verdict))
    assert node["@type"] == "Claim"
    assert node["text"] == "“Taxes fell 5%,” … “and jobs rose.”"


def test_a_claim_has_who_said_it_and_reads_as_it_was_put_into_words():
    article = with_claim(normalized_text="Taxes fell by 5 %.", claim_type=["numerical"])
    (found,) = json.loads(b"".join(claims.write([article])))
    assert (found["claim"], found["speaker"]) == ("Taxes fell by 5 %.", "Ruiz")
    assert (found["claim_date"], found["reporting_source"]) == ("2019-10-29", "Reuters")
    assert (found["claim_types"], found["label"]) == (["numerical"], None)
    assert found["span"]["fragments"] == [[3, 19], [31, 47]]


def test_what_is_in_no_claim_is_lost_and_a_cue_is_in_an_attribution():
    article = with_claim()
    units = {Lost.SPAN: CUE.id, Lost.RELATION: CUED.id}
    lost = {each.lost: each.id for each in claims.losses(article) if each.lost in units}
    assert lost == units
    assert not [each for each in attributions.losses(article) if each.lost in units]
    (line,) = b"".join(attributions.write([article])).splitlines()
    assert [each["quote"] for each in json.loads(line)["cues"]] == ["said"]
