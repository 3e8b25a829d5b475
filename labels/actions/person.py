"""People: accounts, sign-in links, passwords."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from ..errors import AlreadyExists, Invalid, NotFound, NotSignedIn
from ..models import User
from ..rules import keymap
from ..rules.wording import text, username
from ..vocabulary import Subject
from ..words import say
from . import revision

LINK_SALT = "galley.sign-in-link"
LINK_DAYS = 7
INSTANCE = "galley"
"""The account in whose name the instance itself acts: it cannot sign in and is in no project."""


def instance() -> User:
    """Return the account of the instance itself, which makes the first people."""
    found, made = User.objects.get_or_create(
        username=INSTANCE, defaults={"is_active": False, "display_name": "Galley"}
    )
    if made:
        found.set_unusable_password()
        found.save(update_fields=["password"])
    return found


def create(
    *, by: User, name: str, display_name: str = "", email: str = "", now: datetime | None = None
) -> User:
    """Make an account without a password: its owner comes in by a sign-in link and sets one if they like."""
    checked = username("username", name)
    person = User(
        username=checked,
        display_name=text("display_name", display_name, longest=150).strip(),
        email=text("email", email, longest=254).strip(),
    )
    person.set_unusable_password()
    try:
        with transaction.atomic():
            if User.objects.filter(username__iexact=checked).exists():
                raise AlreadyExists(
                    say("There is somebody called “{username}” already.", username=checked)
                )
            person.save()
            revision.record(
                by=by,
                at=now or timezone.now(),
                project=None,
                subject=Subject.PERSON,
                subject_id=person.uuid,
                action="create",
                payload={"username": checked},
            )
    except IntegrityError:
        raise AlreadyExists(
            say("There is somebody called “{username}” already.", username=checked)
        ) from None
    return person


def rename(*, by: User, display_name: str) -> User:
    """Change how one is called on the screens."""
    by.display_name = text("display_name", display_name, longest=150).strip()
    with transaction.atomic():
        by.save(update_fields=["display_name"])
        _log(by, "rename")
    return by


def set_keys(*, by: User, keys: Any) -> User:
    """Change which keys do what on one's label page. An empty object brings back those it comes with."""
    by.keys = keymap.check(keys)
    with transaction.atomic():
        by.save(update_fields=["keys"])
        _log(by, "set_keys")
    return by


def set_language(*, by: User, language: Any) -> User:
    """Choose the language of one's screens; an empty one leaves it to the browser."""
    if language not in ("", *dict(settings.LANGUAGES)):
        known = ", ".join(dict(settings.LANGUAGES))
        message = say("Choose one of {names}.", names=known)
        raise Invalid(
            message, errors=[{"field": "language", "code": "invalid", "message": message}]
        )
    by.language = language
    with transaction.atomic():
        by.save(update_fields=["language"])
        _log(by, "set_language")
    return by


def speak_to(person: User) -> None:
    """Answer the request at hand in the language that somebody has chosen, if they have."""
    if person.language:
        translation.activate(person.language)


def set_password(*, by: User, password: str) -> None:
    """Set one's own password. Sign-in links made before stop working."""
    by.set_password(password)
    with transaction.atomic():
        by.save(update_fields=["password"])
        _log(by, "set_password")


def sign_in_token(person: User) -> str:
    """Return the secret part of a sign-in link.

    It is signed, not stored, and lives for `LINK_DAYS` days or until the person sets a password.
    """
    return signing.dumps(
        {"person": str(person.uuid), "password": _mark(person)}, salt=LINK_SALT, compress=True
    )


def from_sign_in_token(token: str) -> User:
    """Return whose link it is. Raises `NotSignedIn` for a link that is damaged, old or overtaken."""
    try:
        found = signing.loads(token, salt=LINK_SALT, max_age=LINK_DAYS * 24 * 3600)
    except signing.BadSignature:
        raise NotSignedIn(
            say(
                "This sign-in link does not work. Links live for {days} days: ask for a new one.",
                days=LINK_DAYS,
            )
        ) from None
    person = User.objects.filter(uuid=found["person"], is_active=True).first()
    if person is None or found["password"] != _mark(person):
        raise NotSignedIn(say("This sign-in link is no longer good. Sign in with your password."))
    return person


def by_name(name: str) -> User:
    """Return an account by its name, for the command line."""
    found = User.objects.filter(username=name).first()
    if found is None:
        raise NotFound(say("There is nobody called “{name}”.", name=name))
    return found


def _mark(person: User) -> str:
    """Return what changes with the password, so that setting one ends the links."""
    return person.get_session_auth_hash()[:16]


def _log(person: User, action: str) -> None:
    revision.record(
        by=person,
        at=timezone.now(),
        project=None,
        subject=Subject.PERSON,
        subject_id=person.uuid,
        action=action,
    )
