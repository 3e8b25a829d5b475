"""One's own page: the name on the screens, the password, light or dark, the language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import password_validation, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from ..actions import person
from ..errors import Refusal
from ..queries import project as projects
from ..queries.access import Actor
from ..words import say
from .form import Form
from .home import card

THEME_COOKIE = "theme"
THEME_AGE = 365 * 24 * 3600
THEMES = [
    ("", _("as the device")),
    ("light", pgettext_lazy("look", "light")),
    ("dark", pgettext_lazy("look", "dark")),
]


class Name(Form):
    """How one is called on the screens."""

    display_name = forms.CharField(
        label=_("Name on the screens"),
        max_length=150,
        required=False,
        help_text=_("Left empty, your user name serves."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class Password(Form):
    """A new password, twice, and the present one if there is one."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 10 characters, not only digits, and none of the common ones."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The new password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = by.person
        if not self.person.has_usable_password():
            del self.fields["present"]

    def clean_present(self) -> str:
        """Refuse a stranger who found the page open."""
        given: str = self.cleaned_data["present"]
        if not self.person.check_password(given):
            raise ValidationError(say("This is not your present password."))
        return given

    def clean_new(self) -> str:
        """Ask the validators of the settings."""
        given: str = self.cleaned_data["new"]
        password_validation.validate_password(given, self.person)
        return given

    def clean_again(self) -> str:
        """Refuse a slip of the fingers."""
        given: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and given != self.cleaned_data["new"]:
            raise ValidationError(say("The two are not the same."))
        return given


class Theme(Form):
    """Light or dark, kept on this device alone."""

    theme = forms.ChoiceField(
        label=_("On this device"),
        choices=THEMES,
        required=False,
        widget=forms.RadioSelect,
    )


class Language(Form):
    """The language of the screens, on every device."""

    language = forms.ChoiceField(
        label=_("Of the screens"),
        choices=[("", _("as the browser asks")), *settings.LANGUAGES],
        required=False,
        help_text=_(
            "What you label, schemes and guidelines stay in the language they are written in."
        ),
    )


@sensitive_post_parameters("present", "new", "again")
@sensitive_variables()
def me(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Show one's own page, or do what one of its forms asks."""
    wanted = request.POST.get("do") if request.method == "POST" else None
    given = {name: request.POST if wanted == name else None for name in DONE}
    forms_ = {
        "name": Name(given["name"], initial={"display_name": by.person.display_name}),
        "password": Password(given["password"], by=by),
        "theme": Theme(given["theme"], initial={"theme": request.COOKIES.get(THEME_COOKIE, "")}),
        "language": Language(given["language"], initial={"language": by.person.language}),
    }
    if wanted in DONE and forms_[wanted].is_valid():
        try:
            return DONE[wanted](request, by, forms_[wanted])
        except Refusal as refusal:
            forms_[wanted].take(refusal)
    context = {
        "person": by.person,
        "profile": forms_["name"],
        "password": forms_["password"],
        "theme": forms_["theme"],
        "language": forms_["language"],
        "has_password": by.person.has_usable_password(),
        "projects": [card(each, {}) for each in projects.memberships(by)],
    }
    return render(request, "labels/me.html", context, status=422 if wanted else 200)


def _rename(request: HttpRequest, by: Actor, form: Form) -> HttpResponse:
    person.rename(by=by.person, display_name=form.cleaned_data["display_name"])
    said = say("On the screens you are now “{name}”.", name=by.person.name)
    messages.success(request, said)
    return redirect("pages:me")


def _set_password(request: HttpRequest, by: Actor, form: Form) -> HttpResponse:
    person.set_password(by=by.person, password=form.cleaned_data["new"])
    # This session goes on; all others end, because their mark no longer fits the password.
    update_session_auth_hash(request, by.person)
    said = say("Your password is set. Sign-in links made before no longer work.")
    messages.success(request, said)
    return redirect("pages:me")


def _set_theme(request: HttpRequest, _by: Actor, form: Form) -> HttpResponse:
    answer = redirect("pages:me")
    theme = form.cleaned_data["theme"]
    if theme:
        answer.set_cookie(THEME_COOKIE, theme, max_age=THEME_AGE, samesite="Lax", httponly=True)
    else:
        answer.delete_cookie(THEME_COOKIE, samesite="Lax")
    return answer


def _set_language(_request: HttpRequest, by: Actor, form: Form) -> HttpResponse:
    person.set_language(by=by.person, language=form.cleaned_data["language"])
    return redirect("pages:me")


DONE = {
    "name": _rename,
    "password": _set_password,
    "theme": _set_theme,
    "language": _set_language,
}
