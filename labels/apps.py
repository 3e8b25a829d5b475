"""The one app of the product."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils import translation

from . import words


class LabelsConfig(AppConfig):
    """All rooms of the house are one app: they share one set of tables."""

    name = "labels"
    verbose_name = "Galley"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the triggers put back after every migration: SQLite drops them when it remakes a table.

        What is said to people is said in their language from here on.
        """
        words.lend(translation)
        post_migrate.connect(_install_triggers, sender=self)


def _install_triggers(using: str, **_signal: Any) -> None:
    from .models import triggers  # noqa: PLC0415 - models load after apps

    triggers.install(connections[using])
