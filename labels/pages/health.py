"""Whether the instance is well, in plain words, for whoever watches over it."""

from __future__ import annotations

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

PLAIN = "text/plain; charset=utf-8"


def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and knows our tables, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM labels_project LIMIT 1")
            cursor.fetchone()
    except Error as error:
        said = f"Galley is not well: the database does not answer ({type(error).__name__}).\n"
        return HttpResponse(said, status=503, content_type=PLAIN, headers={"Retry-After": "5"})
    return HttpResponse("Galley is well: the database answers.\n", content_type=PLAIN)
