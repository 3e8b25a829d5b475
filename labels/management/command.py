"""What our commands share: they begin with their work."""

from __future__ import annotations

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """A command that leaves Django's checks of the code to `make check`: they load every page and take longest."""

    requires_system_checks = []
