"""People who sign in. One account per person, whatever projects they are in."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import models

from .identifier import uuid7


class User(AbstractUser):
    """A person. Deactivated (`is_active`), never deleted: their work carries their name.

    A superuser runs the instance and is in no project unless they join it like anyone else.
    """

    uuid = models.UUIDField(unique=True, default=uuid7, editable=False)
    display_name = models.CharField(max_length=150, blank=True)
    keys = models.JSONField(default=dict, blank=True)
    """Keys of one's own by command, where they are not those that the label page comes with."""
    language = models.CharField(max_length=10, blank=True, default="")
    """The language of one's screens; empty for the one that the browser asks for."""
    # One name is enough: not everybody has two.
    first_name = None  # type: ignore[assignment]  # Django's way to leave a field out
    last_name = None  # type: ignore[assignment]  # as above

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @property
    def name(self) -> str:
        """What screens call the person."""
        return self.display_name or self.username

    @property
    def identifier(self) -> UUID:
        """The id that clients see."""
        return self.uuid
