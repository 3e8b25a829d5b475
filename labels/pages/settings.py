"""A project's settings: its name, what it is about, and who sees what of whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from ..actions import access
from ..actions import project as actions
from ..actions.access import Act
from ..errors import Refusal
from ..queries.access import Actor
from ..vocabulary import Sampling
from ..words import say
from .frame import frame
from .project import About


class Settings(About):
    """What a manager may change of a project, by the names that the API has for it."""

    blind = forms.BooleanField(
        label=_("Hide names from who settles disagreements"),
        required=False,
        help_text=_(
            "They see A, B and C instead. Who has had an article to review knows whose marks it has, and cannot"
            " settle it; exports and releases by name are for managers alone. Managers see all names."
        ),
    )
    peer_review = forms.BooleanField(
        label=_("Let annotators review"),
        required=False,
        help_text=_("They can be given articles to review, never their own work."),
    )
    open_after_submit = forms.BooleanField(
        label=_("Open submitted work to the others"),
        required=False,
        help_text=_(
            "Annotators read each other’s marks of an article once both have submitted theirs."
        ),
    )
    review_which = forms.ChoiceField(
        label=_("Which marks wait for a review"),
        required=False,
        choices=[
            (Sampling.ALL, _("all that are handed in")),
            (Sampling.SHARE, _("a share of them")),
            (Sampling.FLAGGED, _("those with a flagged span")),
            (Sampling.LOW_AGREEMENT, _("those that agree little with the others’")),
        ],
        help_text=_("The others stay handed in, and can be reviewed all the same."),
    )
    review_share = forms.IntegerField(
        label=_("The share, in percent"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_(
            "Drawn by the last digits of each set’s id, not by dice: the same are drawn again at any time, and a"
            " larger share has all that a smaller one had."
        ),
    )
    review_below = forms.IntegerField(
        label=_("Little agreement is under, in percent"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_(
            "F1 of spans of one label that share words, with all others of the article that are handed in. Where"
            " there are no others yet, the marks wait for a review."
        ),
    )

    gold_share = forms.IntegerField(
        label=_("Hidden gold among the next articles, in percent"),
        required=False,
        min_value=0,
        max_value=50,
        help_text=_(
            "Who is given the next articles that nobody has gets so many among them whose gold set is finished."
            " They are not told which; how near they come to gold stands on the people page, for managers."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Leave out what was not asked."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        return {
            name: value
            for name, value in given.items()
            if value not in (None, "") or name == "description"
        }


def settings(request: HttpRequest, *, by: Actor, slug: str) -> HttpResponse:
    """Show the settings of a project, and change them."""
    found, standing = access.project_standing(by=by, slug=slug)
    access.project(Act.CHANGE_PROJECT, by=by, slug=slug)
    initial: dict[str, Any] = {name: getattr(found, name) for name in Settings.base_fields}
    form = Settings(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(by=by, address=slug, settings=form.cleaned_data)
        except Refusal as refusal:
            form.take(refusal)
        else:
            messages.success(request, say("The settings are changed."))
            return redirect("pages:settings", slug)
    context = frame(found, standing, "settings") | {"form": form}
    return render(request, "labels/settings.html", context, status=422 if form.errors else 200)
