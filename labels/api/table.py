"""Answers as tables: CSV, for whoever asks for it by `format=csv` or by `Accept: text/csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse

from ..text.cells import harmless
from .contract import Parameter
from .view import View

FORMATS = ("json", "csv")
CSV = "text/csv"
FORMAT = Parameter("format", "The form of the answer.", {"type": "string", "enum": list(FORMATS)})


def wanted(view: View) -> bool:
    """Whether a table is asked for. Raises `Invalid` for a format that there is not."""
    accepted = view.request.META.get("HTTP_ACCEPT", "")
    named = view.chosen("format", FORMATS)
    return named == "csv" or (not named and CSV in accepted and "json" not in accepted)


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], name: str) -> HttpResponse:
    """Answer with rows as CSV, to be kept under a name; no text in it is run by a spreadsheet."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    answer = HttpResponse(target.getvalue(), content_type=f"{CSV}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _cell(value: Any) -> Any:
    """Return a text so that it is not run; a number below nought is none."""
    return harmless(value) if isinstance(value, str) else value
