"""Coming in and going out: the sign-in link, name and password, sign-out."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from ..actions import person
from ..errors import NotSignedIn
from ..words import say
from .form import Form

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(Form):
    """Name and password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@never_cache
@sensitive_post_parameters("password")
@sensitive_variables()
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form; let in whoever fits it."""
    if request.user.is_authenticated and request.method != "POST":
        return HttpResponseRedirect(_onward(request))
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = authenticate(request, **form.cleaned_data)
        if found is not None:
            login(request, found)
            return HttpResponseRedirect(_onward(request))
        # One sentence for both, so that nobody learns which names there are.
        form.add_error(None, say("This name and this password do not belong together."))
    return _page(request, form, 422 if form.errors else 200)


@never_cache
@require_safe
@sensitive_variables()
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in whoever holds the link."""
    try:
        found = person.from_sign_in_token(token)
    except NotSignedIn as refusal:
        return _page(request, SignIn(), 403, said=refusal.detail)
    login(request, found, backend=BACKEND)
    return redirect("pages:home")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; a POST, so that no picture in somebody's page can do it."""
    logout(request)
    return redirect("pages:sign_in")


def _page(request: HttpRequest, form: Form, status: int, *, said: str = "") -> HttpResponse:
    context = {"form": form, "next": _asked(request), "said": said}
    return render(request, "labels/sign_in.html", context, status=status)


def _asked(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


def _onward(request: HttpRequest) -> str:
    """Return where the visitor was going, if it is an address of ours."""
    wanted = _asked(request)
    secure = request.is_secure()
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=secure):
        return wanted
    return reverse("pages:home")
