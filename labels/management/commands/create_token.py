"""Make an access token for somebody and print it alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from ...actions import access, person, token
from ...actions.access import Actor
from ...errors import Refusal
from .. import command


class Command(command.Command):
    """`manage.py create_token USER --scopes read,annotate`"""

    help = "Make an access token and print it alone; it cannot be shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whose, for what, how long and where."""
        parser.add_argument("user")
        parser.add_argument("--scopes", required=True, help="such as read,annotate,export")
        parser.add_argument("--name", default="command line")
        parser.add_argument("--days", type=int, help="days until it expires; never if left out")
        parser.add_argument("--project", help="slug of the only project it is good for")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the token."""
        try:
            self.stdout.write(self._made(**options))
        except Refusal as refusal:
            raise CommandError(refusal.detail) from None

    def _made(self, **options: Any) -> str:
        whom = person.by_name(options["user"])
        slug, days = options["project"], options["days"]
        found = access.project_standing(by=Actor(whom), slug=slug)[0] if slug else None
        _token, secret = token.create(
            by=whom,
            scopes=[each.strip() for each in options["scopes"].split(",") if each.strip()],
            name=options["name"],
            project=found,
            expires_at=timezone.now() + timedelta(days=days) if days else None,
        )
        return secret
