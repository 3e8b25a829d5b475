"""How far annotators agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response

from .. import agreement, errors
from ..actions import access, counting
from ..catalogue import catalogue
from ..queries import agreement as figures
from ..words import say
from .contract import Parameter, promises
from .shapes import agreement as shapes
from .table import FORMAT, table, wanted
from .view import View

LOOK_AGAIN = 2
"""Seconds after which a figure that is being counted may be there."""
COLUMNS = (
    "measure",
    "label",
    "attribute",
    "level",
    "annotators",
    "value",
    "low",
    "high",
    "n",
    "undefined",
    "articles",
    "units",
    "observed",
    "prevalence",
    "coverage",
    "warnings",
)
MEASURE = Parameter("measure", "Names of measures, with commas between; else all but gamma.")
ANNOTATORS = Parameter("annotators", "Names of annotators, with commas between; else everybody.")
PARAMETERS = (
    MEASURE,
    Parameter("label", "A label or a type of links; else each and all together."),
    ANNOTATORS,
    FORMAT,
)


class Agreement(View):
    """`projects/{slug}/agreement/`"""

    @promises(
        shapes.Agreement,
        later=shapes.Counting,
        parameters=PARAMETERS,
        refuses=(errors.Invalid, errors.NotCounted),
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Measure agreement of submitted and approved sets, of all together and of each pair.

        Annotators get the figures of themselves with others as far as they may read these, reviewers those of
        what they review, managers all. `Accept: text/csv` gives a table, as `format=csv` does.

        Gamma that takes more than about two seconds is counted beside the requests: 202, with `Location` to ask
        the same again until the figures are there. Where a set that counts has changed meanwhile, it begins anew.
        """
        project, standing = access.project_standing(by=self.actor, slug=slug)
        asked = figures.question(self.actor, project, standing.role)
        known = catalogue(agreement)
        measures = self._several("measure", list(known)) or [
            each for each in known if each not in agreement.SLOW
        ]
        people = self._several("annotators", figures.people(asked))
        label = self.chosen("label", _names(asked.scheme.definition))
        as_table = wanted(self)
        answer = counting.ask(asked, measures, people)
        if answer.waiting:
            headers = {"Location": request.get_full_path(), "Retry-After": str(LOOK_AGAIN)}
            return Response({"counting": answer.waiting}, status=202, headers=headers)
        rows = [
            figures.payload(each) for each in answer.figures if not label or each.label == label
        ]
        if as_table:
            return table(COLUMNS, map(_flat, rows), f"{slug}-agreement")
        described = [
            {"name": each, "title": known[each].title, "matching": known[each].module.MATCHING}
            for each in measures
        ]
        return Response({"results": rows, "measures": described})

    @promises(status=204, parameters=(MEASURE, ANNOTATORS), refuses=(errors.Invalid,))
    def delete(self, request: Request, slug: str) -> Response:
        """Give up figures that are being counted beside the requests: those that the same parameters ask for.

        Who asks for them anew has them counted anew. Repeated, it changes nothing.
        """
        project, standing = access.project_standing(by=self.actor, slug=slug)
        asked = figures.question(self.actor, project, standing.role)
        measures = self._several("measure", list(catalogue(agreement))) or list(agreement.SLOW)
        counting.cancel(asked, measures, self._several("annotators", figures.people(asked)))
        return Response(status=204)

    def _several(self, name: str, values: Sequence[str]) -> list[str]:
        """Return the words of a parameter. Raises `Invalid` for one that is not known."""
        found = [each for each in self.parameter(name).split(",") if each]
        for each in found:
            if each not in values:
                known = ", ".join(values)
                raise errors.Invalid(
                    say(
                        "{name}: {value} is not known. Known: {known}.",
                        name=name,
                        value=each,
                        known=known,
                    ),
                    errors=[{"field": name, "code": "invalid"}],
                )
        return list(dict.fromkeys(found))


def _names(definition: dict[str, Any]) -> list[str]:
    listed = [*definition["labels"], *definition.get("relations", ())]
    return [each["name"] for each in listed]


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    return row | {
        "annotators": " ".join(row["annotators"]),
        "warnings": " ".join(row["warnings"]),
        "units": " ".join(f"{name}={count}" for name, count in row["units"].items()),
    }
