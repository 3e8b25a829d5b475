"""Health, for whoever watches over the instance."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


def test_it_works_without_signing_in(client: Client) -> None:
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.content == b"Galley is well: the database answers.\n"


def test_a_database_that_does_not_answer_is_503(client: Client) -> None:
    def away(*_args: object) -> None:
        raise OperationalError("disk I/O error")

    with connection.execute_wrapper(away):
        answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.content.startswith(b"Galley is not well: the database does not answer")
