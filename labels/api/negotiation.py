"""JSON in and out, by orjson: strict on the way in, five times faster on the way out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer


class JSONRenderer(BaseRenderer):
    """Writes JSON as UTF-8."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,  # noqa: ARG002 - DRF's signature
        renderer_context: Mapping[str, Any] | None = None,  # noqa: ARG002 - as above
    ) -> bytes:
        """Return the bytes of an answer; none for an answer without a body."""
        return b"" if data is None else orjson.dumps(data)


class JSONParser(BaseParser):
    """Reads JSON. Refuses what is no JSON, is nested too deeply, or holds half of a surrogate pair."""

    media_type = "application/json"

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,  # noqa: ARG002 - DRF's signature
        parser_context: Mapping[str, Any] | None = None,  # noqa: ARG002 - as above
    ) -> Any:
        """Return the value that the body holds."""
        try:
            return orjson.loads(stream.read())
        except orjson.JSONDecodeError as error:
            detail = f"This is no JSON: {error.msg}, line {error.lineno}, column {error.colno}."
            raise ParseError(detail) from None
