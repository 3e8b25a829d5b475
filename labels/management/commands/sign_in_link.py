"""Print a sign-in link for somebody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from ...actions import person
from ...errors import Refusal
from .. import command


class Command(command.Command):
    """`manage.py sign_in_link USER`"""

    help = "Print a link by which somebody signs in without a password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user name."""
        parser.add_argument("user")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the link alone."""
        try:
            whom = person.by_name(options["user"])
        except Refusal as refusal:
            raise CommandError(refusal.detail) from None
        self.stdout.write(f"{settings.ADDRESS}/sign-in/{person.sign_in_token(whom)}/")
