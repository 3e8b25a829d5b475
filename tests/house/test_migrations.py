"""Migrations say what they do, and none is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from .. import server
from . import source

NAMES = [each.stem for each in (source.ROOT / "labels" / "migrations").glob("0*.py")]


@pytest.mark.parametrize("name", NAMES)
def test_a_migration_says_what_it_does(name: str) -> None:
    assert re.fullmatch(r"\d{4}_[a-z0-9_]{8,}", name)
    assert not re.search(r"auto|alter_|_and_more|initial|\d{8}", name.partition("_")[2])


@pytest.mark.django_db
def test_none_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_an_instance_that_is_in_use_is_brought_up_to_date(tmp_path: Path) -> None:
    # Back to an older version and up again: its tables are remade with rows and triggers on them.
    instance = server.make(tmp_path / "data", connection.vendor)
    try:
        instance.manage("migrate", "labels", "0002")
        instance.manage("migrate")
        instance.manage("doctor")
    finally:
        server.drop(instance)
