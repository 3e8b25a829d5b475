"""Where people disagree, and settling it into a gold set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import adjudication, disagreement, telling
from ..actions import bench as benches
from ..actions.adjudication import Wanted
from ..queries import adjudication as decisions
from ..vocabulary import Difference, Merge
from .annotation import tagged
from .contract import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    KEYED,
    MARKING,
    OFFSET_UNIT,
    PAGED,
    VERSIONED,
    Parameter,
    Refusals,
    promises,
)
from .shapes import adjudication as shapes
from .table import FORMAT, table, wanted
from .view import View, optional_uuid, read_uuid

TYPE = Parameter(
    "type", "Only disagreements of this type.", {"type": "string", "enum": Difference.values}
)
LABEL = Parameter("label", "Only where somebody has this label.")
ATTRIBUTE = Parameter("attribute", "Only where this attribute has different values.")
ARTICLE = Parameter("article", "Only this article.", {"type": "string", "format": "uuid"})

STARTED: Refusals = (errors.OwnWork, errors.TooFewSets, errors.NotFound)
DECIDED: Refusals = (*STARTED, *VERSIONED, *KEYED, errors.WrongState)


class Disagreements(View):
    """`projects/{slug}/disagreements/`"""

    @promises(
        shapes.Disagreements,
        many=True,
        parameters=(TYPE, LABEL, ATTRIBUTE, ARTICLE, *PAGED),
        refuses=(errors.Invalid,),
    )
    def get(self, request: Request, slug: str) -> Response:
        """List the articles that at least two have submitted, each with what they differ about.

        A page is one of articles; one without a disagreement that fits the filters stands there, too.
        Articles that one has labelled oneself are left out.
        """
        wanted = disagreement.Wanted(
            self.chosen("type", Difference.values),
            self.parameter("label"),
            self.parameter("attribute"),
        )
        article = self.parameter("article")
        rows = disagreement.articles(
            by=self.actor, slug=slug, article=read_uuid(article, "article") if article else None
        )

        def payloads(page: Sequence[Any]) -> list[dict[str, Any]]:
            return disagreement.payloads(page, wanted)

        return self.paged_together(rows, payloads)


class AdjudicationView(View):
    """Base of what answers with a whole adjudication."""

    def whole(self, article: UUID, status: int = 200) -> Response:
        """Answer with the adjudication as it is after a change."""
        unit = self.offset_unit()
        bench = benches.found(by=self.actor, article=article)
        return tagged(telling.payload(bench, unit), status)


class Adjudication(AdjudicationView):
    """`articles/{id}/adjudication/`"""

    @promises(shapes.Adjudication, parameters=(OFFSET_UNIT,), refuses=STARTED)
    def get(self, request: Request, uuid: UUID) -> Response:
        """Get every unit as each set has it, how they differ, and what was decided."""
        bench = benches.look(by=self.actor, article=uuid)
        return tagged(telling.payload(bench, self.offset_unit()))

    @promises(shapes.Adjudication, (201, 200), parameters=(OFFSET_UNIT,), refuses=STARTED)
    def post(self, request: Request, uuid: UUID) -> Response:
        """Start the gold set, or get the adjudication that is there."""
        self.offset_unit()
        _bench, made = adjudication.start(by=self.actor, article=uuid)
        return self.whole(uuid, 201 if made else 200)


class Decisions(AdjudicationView):
    """`articles/{id}/adjudication/decisions/`"""

    @promises(shapes.Decision, many=True, parameters=(FORMAT, *PAGED), refuses=STARTED)
    def get(self, request: Request, uuid: UUID) -> HttpResponseBase:
        """List all decisions, oldest first, those that were taken back included.

        `Accept: text/csv` gives all as one table, as `format=csv` does: a row for each span of gold, with what it
        comes from, and one for a decision that brought none.
        """
        bench = benches.look(by=self.actor, article=uuid)
        if wanted(self):
            rows_of = telling.table(bench, bench.decisions)
            return table(telling.COLUMNS, rows_of, f"decisions-{uuid}")
        gold = bench.gold
        rows = decisions.rows([gold.pk] if gold else [])
        return self.paged(rows, lambda row: telling.decision(decisions.record(row)))

    @promises(
        shapes.Adjudication,
        takes=shapes.NewDecision,
        parameters=(IF_MATCH, IDEMPOTENCY_KEY, OFFSET_UNIT),
        refuses=(*DECIDED, *MARKING, errors.Invalid, errors.BadDecision),
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Decide about a unit: take a version, merge the boundaries, edit, or say that nobody is right.

        `keep` keeps what was decided before the sets changed. The relations of the version that is taken
        come along once both their ends are in gold.
        """
        self.offset_unit()
        key, version = self.idempotency_key(), self.if_match()
        adjudication.decide(
            by=self.actor, article=uuid, if_match=version, key=key, wanted=self._wanted()
        )
        return self.whole(uuid)

    def _wanted(self) -> Wanted:
        body = self.body(
            "unit", "choice", "set", "merge", "label", "fragments", "attributes", "reason", "note", "alike"
        )  # fmt: skip
        return Wanted(
            unit=str(body.get("unit")),
            choice=body.get("choice"),
            set=optional_uuid(body, "set"),
            merge=body.get("merge", Merge.UNION),
            label=body.get("label"),
            fragments=body.get("fragments"),
            attributes=body.get("attributes"),
            reason=body.get("reason", ""),
            note=body.get("note", ""),
            alike=body.get("alike", False) is True,
        )


class Agreements(AdjudicationView):
    """`articles/{id}/adjudication/agreements/`"""

    @promises(
        shapes.Adjudication, parameters=(IF_MATCH, IDEMPOTENCY_KEY, OFFSET_UNIT), refuses=DECIDED
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Take all units that all sets agree on, in one act."""
        self.offset_unit()
        key, version = self.idempotency_key(), self.if_match()
        adjudication.agree(by=self.actor, article=uuid, if_match=version, key=key)
        return self.whole(uuid)


class Undo(AdjudicationView):
    """`articles/{id}/adjudication/undo/`"""

    @promises(
        shapes.Adjudication, parameters=(IF_MATCH, IDEMPOTENCY_KEY, OFFSET_UNIT), refuses=DECIDED
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Take the last act back."""
        self.offset_unit()
        key, version = self.idempotency_key(), self.if_match()
        adjudication.undo(by=self.actor, article=uuid, if_match=version, key=key)
        return self.whole(uuid)


class Finish(AdjudicationView):
    """`articles/{id}/adjudication/finish/`"""

    @promises(
        shapes.Adjudication,
        parameters=(IF_MATCH, OFFSET_UNIT),
        refuses=(*STARTED, *VERSIONED, errors.WrongState, errors.Incomplete),
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Close the gold set; 422 with the units that are not decided, or that lack what the scheme requires."""
        self.offset_unit()
        adjudication.finish(by=self.actor, article=uuid, if_match=self.if_match())
        return self.whole(uuid)


class ReopenAdjudication(AdjudicationView):
    """`articles/{id}/adjudication/reopen/`"""

    @promises(
        shapes.Adjudication,
        parameters=(IF_MATCH, OFFSET_UNIT),
        refuses=(*STARTED, *VERSIONED, errors.WrongState),
    )
    def post(self, request: Request, uuid: UUID) -> Response:
        """Open a finished gold set again. Decisions stand, but for units of which the sets say something else."""
        self.offset_unit()
        adjudication.reopen(by=self.actor, article=uuid, if_match=self.if_match())
        return self.whole(uuid)
