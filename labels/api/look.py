"""Second looks: older articles that a person labels once more, and how far they agree with themselves."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from .. import agreement, errors
from ..actions import access, look
from ..actions.access import Act
from ..catalogue import catalogue
from ..queries import look as looks
from ..queries import scheme as schemes
from .contract import PAGED, Parameter, promises
from .shapes import agreement as figures
from .shapes import look as shapes
from .view import View

PERSON = Parameter("person", "A user name.")


class Looks(View):
    """`projects/{slug}/looks/`"""

    @promises(shapes.Look, many=True, parameters=PAGED)
    def get(self, request: Request, slug: str) -> Response:
        """List the articles that people were to look at again."""
        project = access.project(Act.READ_ASSIGNMENTS, by=self.actor, slug=slug)
        return self.paged_together(looks.asked(project), looks.payloads)

    @promises(shapes.Asked, 201, takes=shapes.NewLooks, refuses=(errors.Invalid,))
    def post(self, request: Request, slug: str) -> Response:
        """Ask a person to look again at some articles that they handed in some days ago.

        They come to the person's queue as new ones. Until a second look is handed in, its annotator is not shown
        the first. Which articles is settled by the ids of the sets, not by dice.
        """
        body = self.body("person", "count", "days")
        person = _name(body.get("person"))
        asked = look.ask(
            by=self.actor,
            slug=slug,
            person=person,
            count=body.get("count"),
            days=body.get("days", look.DAYS),
        )
        return Response({"person": person, "articles": asked}, status=201)

    @promises(shapes.Asked, parameters=(PERSON,), refuses=(errors.Invalid,))
    def delete(self, request: Request, slug: str) -> Response:
        """Take back the second looks that a person has not begun."""
        person = _name(self.parameter("person"))
        freed = look.withdraw(by=self.actor, slug=slug, person=person)
        return Response({"person": person, "articles": freed})


class SelfAgreement(View):
    """`projects/{slug}/agreement/self/`"""

    @promises(figures.Agreement)
    def get(self, request: Request, slug: str) -> Response:
        """Measure how far each person agrees with themselves: their second looks against their first.

        `units` are those of look “1” and “2”. Annotators get their own figures, reviewers those of what they
        review, managers all.
        """
        project, standing = access.project_standing(by=self.actor, slug=slug)
        found = looks.selves(self.actor, project, standing.role, schemes.current(project))
        known = catalogue(agreement)
        return Response(
            {
                "results": [
                    looks.payload(person, each)
                    for person, figures in found.figures.items()
                    for each in figures
                ],
                "measures": [
                    {
                        "name": each,
                        "title": known[each].title,
                        "matching": known[each].module.MATCHING,
                    }
                    for each in looks.MEASURES
                ],
            }
        )


def _name(sent: object) -> str:
    if not isinstance(sent, str) or not sent:
        raise errors.Invalid(
            "person: a user name is expected.", errors=[{"field": "person", "code": "invalid"}]
        )
    return sent
