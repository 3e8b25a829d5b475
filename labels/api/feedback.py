"""What was corrected of one's own work, and one's answers."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from .. import errors
from ..actions import feedback
from .contract import promises
from .shapes import feedback as shapes
from .view import View, read_uuid


class Feedback(View):
    """`projects/{slug}/feedback/`"""

    @promises(shapes.Feedback)
    def get(self, request: Request, slug: str) -> Response:
        """Get one's own corrections, newest first, and how near one came to gold.

        They come from reviews and from finished gold sets; nobody gets those of another. Reasons are codes, or
        words of whoever corrected.
        """
        found = feedback.feedback(by=self.actor, slug=slug)
        near = found.nearness
        return Response(
            {
                "corrections": [_payload(each) for each in found.corrections],
                "articles": found.articles,
                "spans": {
                    "own": near.own,
                    "gold": near.gold,
                    "exact": near.exact,
                    "overlap": near.overlap,
                    "f1_exact": near.f1_exact,
                    "f1_overlap": near.f1_overlap,
                },
            }
        )

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
        "now": each.now,
        "values": [
            {"attribute": name, "had": had, "now": now} for name, (had, now) in each.values.items()
        ],
        "reason": each.reason,
        "note": each.note,
        "answer": each.answer,
    }
