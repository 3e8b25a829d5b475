"""The one app of the product."""

from __future__ import annotations

from django.apps import AppConfig


class LabelsConfig(AppConfig):
    """All rooms of the house are one app: they share one set of tables."""

    name = "labels"
    verbose_name = "Galley"
    default_auto_field = "django.db.models.BigAutoField"
