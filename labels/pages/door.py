"""What every page goes through: who is there, and what becomes of a refusal.

`urls.py` wraps each view in one of the two doors, so that the list of addresses says which pages strangers see.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from ..actions.person import speak_to
from ..errors import NotSignedIn, Refusal
from ..queries.access import Actor
from . import problems

View = Callable[..., HttpResponse]


def anybody(view: View) -> View:
    """Open to everybody, signed in or not."""

    @wraps(view)
    def opened(request: HttpRequest, **address: Any) -> HttpResponse:
        try:
            return view(request, **address)
        except Refusal as refusal:
            return problems.refused(request, refusal)
        except (OperationalError, InterfaceError):
            return problems.busy(request)

    return opened


def signed_in(view: View) -> View:
    """Open to people: the view is told who acts. Everybody else is asked to sign in and comes back."""

    def entered(request: HttpRequest, **address: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        speak_to(request.user)
        try:
            return view(request, by=Actor(person=request.user), **address)
        except NotSignedIn:
            return redirect_to_login(request.get_full_path())

    return anybody(wraps(view)(entered))
