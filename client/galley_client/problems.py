"""What the API refuses."""

from __future__ import annotations

from typing import Any

import requests

LONGEST = 200


class RefusalError(Exception):
    """A refusal: `code` is for programs, `detail` says what to do, `errors` names the field, line or span."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.code = str(problem.get("code", ""))
        self.detail = str(problem.get("detail", ""))
        self.errors: list[dict[str, Any]] = problem.get("errors", [])
        super().__init__(f"{self.code or status}: {self.detail}")


class StaleError(RefusalError):
    """The set has moved on: `version` says to where, `operations` by what."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(status, problem)
        self.version: int = problem["version"]
        self.operations: list[dict[str, Any]] = problem.get("operations", [])


def checked(answer: requests.Response) -> requests.Response:
    """Return an answer that is none of these. Raises `RefusalError` or `StaleError`."""
    if answer.ok:
        return answer
    try:
        problem = answer.json()
    except requests.JSONDecodeError:
        # A proxy speaks for itself, in HTML.
        problem = {"detail": answer.text[:LONGEST]}
    kind = StaleError if answer.status_code == requests.codes.precondition_failed else RefusalError
    raise kind(answer.status_code, problem)
