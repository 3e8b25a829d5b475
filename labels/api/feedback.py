"""What was corrected of one's own work, and one's answers."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import feedback
from ..actions.feedback import OVERLOOKED, UNWANTED
from ..vocabulary import Difference
from .contract import PAGED, Parameter, promises
from .shapes import feedback as shapes
from .view import View, read_uuid

KINDS = [OVERLOOKED, UNWANTED, *(each for each in Difference.values if each != Difference.MISSING)]
SOURCES = ["review", "gold"]
KIND = Parameter("kind", "Corrections of one kind.", {"type": "string", "enum": KINDS})
SOURCE = Parameter("source", "From reviews, or from gold.", {"type": "string", "enum": SOURCES})


class Feedback(View):
    """`projects/{slug}/feedback/`"""

    @promises(
        shapes.Correction,
        many=True,
        parameters=(KIND, SOURCE, *PAGED),
        refuses=(errors.Invalid,),
    )
    def get(self, request: Request, slug: str) -> Response:
        """List one's own corrections, newest first.

        They come from reviews and from finished gold sets; nobody gets those of another. Reasons are codes, or
        words of whoever corrected.
        """
        kind, source = self.chosen("kind", KINDS), self.chosen("source", SOURCES)
        found = feedback.feedback(by=self.actor, slug=slug)
        rows = [
            each
            for each in found.corrections
            if (not kind or kind in each.kinds) and source in ("", each.source)
        ]
        return self.paged_made(rows, lambda each: each.place, _payload)

    @promises(
        shapes.Answer,
        201,
        takes=shapes.NewAnswer,
        refuses=(errors.Invalid, errors.NotFound, errors.AlreadyExists),
    )
    def post(self, request: Request, slug: str) -> Response:
        """Answer a correction of one's own, once."""
        body = self.body("correction", "text")
        made = feedback.answer(
            by=self.actor,
            slug=slug,
            correction=read_uuid(body.get("correction"), "correction"),
            said=body.get("text"),
        )
        told = {"id": made.uuid, "correction": body["correction"], "text": made.text}
        return Response(told | {"created_at": made.created_at}, status=201)


class FeedbackSummary(View):
    """`projects/{slug}/feedback/summary/`"""

    @promises(shapes.Summary)
    def get(self, request: Request, slug: str) -> Response:
        """Get how many corrections of each kind one had, month by month, and how near one came to gold.

        Gold counts in the month in which it was finished.
        """
        found = feedback.feedback(by=self.actor, slug=slug)
        return Response(
            {
                "corrections": len(found.corrections),
                "articles": found.articles,
                "spans": feedback.counted(found.nearness),
                "months": [
                    {
                        "month": each.name,
                        "corrections": [
                            {"kind": kind, "count": each.kinds[kind]} for kind in sorted(each.kinds)
                        ],
                        "articles": each.articles,
                        "spans": feedback.counted(each.nearness),
                    }
                    for each in found.months()
                ],
            }
        )


def _payload(each: feedback.Correction) -> dict[str, Any]:
    return {
        "id": each.id,
        "article": each.article,
        "title": each.title,
        "created_at": each.at,
        "source": each.source,
        "kinds": each.kinds,
        "label": each.label,
        "had": each.had,
        "had_label": each.had_label,
        "now": each.now,
        "values": [
            {"attribute": name, "had": had, "now": now} for name, (had, now) in each.values.items()
        ],
        "links": [
            {"type": kind, "had": had or [], "now": now or []}
            for kind, (had, now) in each.links.items()
        ],
        "reason": each.reason,
        "note": each.note,
        "answer": each.answer,
    }
