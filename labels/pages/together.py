"""The spans behind a figure of several people, unit by unit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from ..actions import access
from ..errors import NotFound
from ..queries import agreement as figures
from ..queries import together
from ..queries.access import Actor
from ..queries.together import Show
from ..records import Scale
from ..vocabulary import Role
from ..words import say
from .form import Form
from .frame import frame
from .paging import after, further

LABEL_ITSELF = "label"
"""Stands for an attribute where the labels of the same words are compared."""


class Which(Form):
    """Which units are shown."""

    label = forms.ChoiceField(label=_("Label"), required=False)
    attribute = forms.ChoiceField(label=_("Attribute"), required=False)
    show = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            (Show.DIFFERENT, _("where they differ")),
            (Show.LACKING, _("where somebody has nothing, or another label")),
            (Show.ALL, _("all")),
        ],
    )

    def __init__(self, *args: Any, labels: list[str], scales: list[Scale], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = self.data.get("label", "")
        own = [each.attribute for each in scales if each.label == label]
        names = [(each, each) for each in own] if label else [(LABEL_ITSELF, _("the label itself"))]
        self.fields["label"].choices = [("", _("all labels")), *((each, each) for each in labels)]  # type: ignore[attr-defined]
        self.fields["attribute"].choices = [("", _("none")), *names]  # type: ignore[attr-defined]

    def wanted(self) -> together.Wanted:
        """Return what is asked for; what is not known asks for nothing."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return together.Wanted(**given | {"show": Show(given.get("show", Show.DIFFERENT))})


def units(
    slug: str, label: str | None, attribute: str | None = None, *, show: Show = Show.DIFFERENT
) -> str:
    """Return where the units with a label or an attribute stand."""
    given = {"label": label or "", "attribute": attribute or "", "show": show}
    return f"{reverse('pages:agreement_units', args=[slug])}?{urlencode(given)}"


def agreement_units(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show what everybody says of each unit."""
    found, standing = access.project_standing(by=by, slug=slug)
    asked = figures.question(by, found, standing.role)
    if standing.role == Role.ANNOTATOR and not _is_of_a_pair(asked):
        raise NotFound(say("You may compare your own work with that of one person at a time."))
    definition = asked.scheme.definition
    labels = [each["name"] for each in definition["labels"]]
    form = Which(request.GET, labels=labels, scales=figures.scales(definition))
    wanted = form.wanted()
    rows, more = together.units(asked, wanted, after(request))
    context = frame(found, standing, "agreement") | {
        "form": form,
        "wanted": wanted,
        "rows": rows,
        "next": further(request, more),
    }
    return render(request, "labels/agreement_units.html", context)


def _is_of_a_pair(asked: figures.Asked) -> bool:
    """Whether an annotator sees the work of one other person; of more, they see no pair of others."""
    return len(figures.people(asked)) <= 2  # noqa: PLR2004 - a pair
