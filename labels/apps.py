"""The one app of the product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils import translation

from . import words


class LabelsConfig(AppConfig):
    """All rooms of the house are one app: they share one set of tables."""

    name = "labels"
    verbose_name = "Galley"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the triggers taken away while migrations change the tables, and put back afterwards.

        What is said to people is said in their language from here on.
        """
        words.lend(translation)
        pre_migrate.connect(_lift_triggers, sender=self)
        post_migrate.connect(_install_triggers, sender=self)


def _lift_triggers(using: str, plan: Sequence[object] = (), **_signal: Any) -> None:
    from .models import triggers  # noqa: PLC0415 - models load after apps

    if plan:
        triggers.remove(connections[using])


def _install_triggers(using: str, **_signal: Any) -> None:
    from .models import triggers  # noqa: PLC0415 - models load after apps

    triggers.install(connections[using])
