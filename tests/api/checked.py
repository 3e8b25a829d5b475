"""A caller that holds every answer against the description of the API."""

from __future__ import annotations

from typing import Any

import orjson
from jsonschema import Draft202012Validator, FormatChecker

from .caller import Caller


class Checked(Caller):
    """A caller whose every answer has to be what is described for its address, method and status."""

    def __init__(self, caller: Caller, document: Any, seen: set[tuple[str, str, int]]) -> None:
        super().__init__(caller.client, caller.headers)
        self.document = document
        self.seen = seen

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = super().__call__(method, path, body, **headers)
        self.check(method, path, body, answer)
        return answer

    def upload(self, path: str, *files: Any, **fields: Any) -> Any:
        answer = super().upload(path, *files, **fields)
        self.check("POST", path, None, answer)
        return answer

    def check(self, method: str, path: str, body: Any, answer: Any) -> None:
        template, operation = self._operation(method, path)
        self.seen.add((template, method, answer.status_code))
        described = operation["responses"][str(answer.status_code)]
        if answer.status_code == 204:
            assert "content" not in described
            assert answer.content == b""
            return
        kind = answer.headers["Content-Type"]
        self._hold(described["content"][kind]["schema"], self._values(kind, answer))
        assert set(described.get("headers", {})) <= set(answer.headers)
        if answer.status_code < 300 and body is not None and "requestBody" in operation:
            taken = operation["requestBody"]["content"]["application/json"]["schema"]
            self._hold(taken, [orjson.loads(orjson.dumps(body))])

    def _values(self, kind: str, answer: Any) -> list[Any]:
        if kind == "application/jsonl":
            return [orjson.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
        return [] if kind == "application/octet-stream" else [answer.json()]

    def _operation(self, method: str, path: str) -> tuple[str, Any]:
        sent = f"/api/v1/{path.partition('?')[0]}".split("/")
        for template, operations in self.document["paths"].items():
            parts = template.split("/")
            if len(parts) == len(sent) and all(
                one == other or one.startswith("{") for one, other in zip(parts, sent, strict=True)
            ):
                return template, operations[method.lower()]
        raise AssertionError(path)

    def _hold(self, schema: Any, values: list[Any]) -> None:
        whole = {"components": closed(self.document["components"]), **closed(schema)}
        validator = Draft202012Validator(whole, format_checker=FormatChecker())
        for value in values:
            faults = list(validator.iter_errors(value))
            assert not faults, faults


def closed(schema: Any) -> Any:
    """Return a schema that allows no members beside those it names, where it names any."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: closed(each) for name, each in schema.items()}
    if "properties" in schema and schema.get("type") == "object":
        made.setdefault("additionalProperties", False)
    return made
