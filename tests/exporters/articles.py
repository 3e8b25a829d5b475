"""Records that exports are tried on. The first is what each format's sample shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from labels.records import AnnotationSet, Article, Fragment, Relation, Review, Span
from labels.text.canonical import canonical
from labels.vocabulary import Kind, Origin, State, Verdict

TEXT = "🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.”"


def number(last: int) -> UUID:
    """Return an id that is the same in every run."""
    return UUID(f"01890a5d-ac96-774b-bcce-{last:012x}")


CLAIM = Span(
    id=number(1),
    label="CLAIM",
    fragments=(Fragment(3, 19), Fragment(31, 47)),
    attributes={"form": "direct", "check_worthiness": "CFS"},
    rev=1,
)
SOURCE = Span(id=number(2), label="SOURCE", fragments=(Fragment(20, 24),), rev=2)
LINK = Relation(
    id=number(3),
    type="ATTRIBUTED_TO",
    source=CLAIM.id,
    target=SOURCE.id,
    attributes={"stance": "affirm"},
    rev=3,
)
FIX = Review(
    id=number(4),
    verdict=Verdict.FIX,
    reviewer="rita",
    rev=1,
    created_at="2019-10-30T09:00:00+00:00",
    span=CLAIM.id,
    reason="boundary",
    comment="The first quotation alone.",
    proposal={
        "label": "CLAIM",
        "fragments": [{"start": 3, "end": 19, "quote": TEXT[3:19]}],
        "attributes": {},
    },
)
BY_ANA = AnnotationSet(
    id=number(5),
    annotator="ana",
    kind=Kind.OWN,
    round=1,
    state=State.RETURNED,
    version=3,
    scheme_version=1,
    spans=[CLAIM, SOURCE],
    relations=[LINK],
    reviews=[FIX],
)


def article(text: str, *, sets: Sequence[AnnotationSet] = (), last: int = 6) -> Article:
    """Return an article that is stored."""
    found = canonical(text)
    return Article(
        id=number(last),
        text=found.text,
        text_sha256=found.text_sha256,
        original_sha256=found.original_sha256,
        title="Taxes",
        annotation_sets=list(sets),
    )


SAMPLE = replace(
    article(TEXT, sets=[BY_ANA]),
    external_id="reuters-1",
    language="en",
    published_at="2019-10-29",
    extra={"desk": "world"},
)

SECOND = replace(
    BY_ANA,
    id=number(7),
    annotator="ben",
    kind=Kind.IMPORTED,
    round=2,
    state=State.SUBMITTED,
    spans=[
        CLAIM._replace(
            attributes={"tags": ["b", "a"], "score": 1.5, "sure": True, "z": None},
            origin=Origin.SUGGESTION,
            derived_from=CLAIM.id,
            confidence=0.25,
            flag=True,
        )
    ],
    relations=[],
    reviews=[
        replace(FIX, verdict=Verdict.ACCEPT, proposal=None, created_at="2019-10-30T08:00:00+00:00"),
        replace(
            FIX,
            id=number(8),
            verdict=Verdict.MISSING,
            span=None,
            created_at="2019-10-30T07:00:00+00:00",
        ),
        replace(
            FIX,
            id=number(9),
            verdict=Verdict.REJECT,
            proposal=None,
            span=number(99),
            created_at="2019-10-30T09:30:00+00:00",
        ),
    ],
)
"""With what the sample has not: other kinds, every attribute's type, a review of what is missing or
gone."""

ODD_TEXTS = (
    "  leading and trailing blanks \n\n",
    "one\u2028two\u0085three\x0bfour\x0cfive\ttab",
    "👨‍👩‍👧‍👦 🇯🇵🇰🇷 Zoe\u0308 𝒳-ray",
    "قال \u2067Ruiz\u2069: «نعم» \ufeff\u00ad\u200b",
    "東京𠮷野家で「はい。」",
    'quotes " \' \\ / </script> & {"text": 1} \x01 \x7f',
    "\u1112\u1161\u11ab क्षत्रिय กำลัง",
    "x",
)
