"""What is said of an article as a whole, and a line to say something oneself; it works without script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..actions import access, comment
from ..actions.access import Act
from ..errors import Invalid
from ..queries import comment as queries
from ..queries.access import Actor
from ..words import say
from .form import Form

if TYPE_CHECKING:
    from ..models import Article
    from ..records import Standing


class Remark(Form):
    """Something to say."""

    remark = forms.CharField(
        label=_("Say something"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": comment.LONGEST}),
    )
    resolves = forms.BooleanField(required=False)

    def speak(self, by: Actor, article: UUID) -> bool:
        """Say it; return whether it was said."""
        given = self.cleaned_data
        try:
            comment.add_on_article(
                by=by, uuid=article, said=given["remark"], resolves=given["resolves"]
            )
        except Invalid as refusal:
            self.add_error("remark", refusal.detail)
            return False
        return True


@dataclass(frozen=True, slots=True)
class Said:
    """One comment."""

    author: str
    text: str
    at: str
    resolves: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """The thread of an article, as one person reads it."""

    comments: list[Said]
    may_speak: bool
    hint: str

    @property
    def is_open(self) -> bool:
        """Whether there is something that can be resolved."""
        return bool(self.comments) and not self.comments[-1].resolves


def talk(request: HttpRequest, by: Actor, article: Article, standing: Standing) -> Talk:
    """Return what is said of an article, and note that it is read: to open the page is to read it.

    A browser that fetches the page before anybody asked for it has read nothing.
    """
    everything = access.may(Act.READ_ALL_COMMENTS, standing)
    found = list(queries.of_article(by, article, all_of_them=everything))
    if found and not is_prefetch(request):
        comment.read_on_article(by=by, uuid=article.uuid)
    return Talk(
        comments=[
            Said(each.author.name, each.text, date_format(each.created_at), each.resolves)
            for each in found
        ],
        may_speak=access.may(Act.COMMENT_ARTICLE, standing),
        hint=say("Whoever works on this article reads what you say here, annotators too.")
        if everything
        else say("Reviewers and managers read what you say here. Others who label it do not."),
    )


def is_prefetch(request: HttpRequest) -> bool:
    """Whether a browser fetches the page before anybody asked for it."""
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
