"""The description of the API (OpenAPI 3.1), made from what each view promises (`labels.api.contract`).

Imported when the description is asked for: nothing else needs drf-spectacular, and it takes its time.
"""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from .. import errors
from . import contract
from .problems import MEDIA_TYPE
from .shapes.operation import OPERATIONS
from .shapes.problem import Problem

Json = dict[str, Any]

EVERYWHERE: contract.Refusals = (
    errors.NotSignedIn,
    errors.Forbidden,
    errors.ScopeMissing,
    errors.MethodNotAllowed,
    errors.Busy,
    errors.Broken,
)
WITH_BODY: contract.Refusals = (
    errors.Malformed,
    errors.BadText,
    errors.TooLarge,
    errors.UnsupportedType,
)


@cache
def document() -> Json:
    """Return the description; it is the same for everybody."""
    made: Json = SchemaGenerator().get_schema(public=True)
    return made


def refusals(base: type[errors.Refusal] = errors.Refusal) -> Iterator[type[errors.Refusal]]:
    """Yield every refusal there is."""
    yield base
    for each in base.__subclasses__():
        yield from refusals(each)


class Description(AutoSchema):
    """Describes one method of a view."""

    @property
    def promised(self) -> contract.Contract:
        """What the method promises."""
        return contract.of(self.view, self.method)

    def get_operation_id(self) -> str:
        """Return a name such as `get_annotation_set`."""
        words = re.sub(r"(?<!^)(?=[A-Z])", "_", type(self.view).__name__).lower()
        return f"{self.method.lower()}_{words}"

    def get_tags(self) -> list[str]:
        """Put operations together by their modules."""
        return [type(self.view).__module__.rpartition(".")[2].replace("_", " ")]

    def get_summary(self) -> str:
        """Return the first line of the method's docstring."""
        return self._said()[0].rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]  # as drf-spectacular has it
        """Return the rest of the docstring."""
        return "\n".join(self._said()[1:]).strip()

    def _said(self) -> list[str]:
        return (inspect.getdoc(getattr(self.view, self.method.lower())) or "").split("\n")

    def get_override_parameters(self) -> list[Any]:
        """Return parameters of the query, and headers that come and go."""
        asked = [
            OpenApiParameter(
                each.name,
                type=dict(each.schema),
                location=each.place,
                required=each.required,
                description=each.says,
            )
            for each in self.promised.parameters
        ]
        return [*asked, *self._sent_headers()]

    def _sent_headers(self) -> Iterator[OpenApiParameter]:
        gives = {getattr(shape, "__name__", "") for shape in self.promised.gives.values()}
        if gives & {"AnnotationSet", "OperationsAnswer"}:
            yield OpenApiParameter(
                "ETag",
                location=OpenApiParameter.HEADER,
                response=list(self.promised.gives),
                description="The version of the set, in quotes.",
            )

    def get_request_serializer(self) -> Any:
        """Return what the method takes."""
        takes: Any = self.promised.takes
        if takes is None:
            return None
        if self.promised.or_list:
            one = self.resolve_serializer(takes, "request").ref
            return {"application/json": {"oneOf": [one, _list_of(one)]}}
        return {"multipart/form-data" if self.promised.form else "application/json": takes}

    def get_response_serializers(self) -> Any:
        """Return what the method gives, and what it refuses, by status."""
        answers: dict[Any, Any] = {}
        for status, shape in self.promised.gives.items():
            if shape is None:
                answers[status] = OpenApiResponse(description="There is nothing to say.")
            else:
                answers[status, self.promised.media_type] = self._given(shape)
        for status, found in sorted(self._refused().items()):
            said = "\n".join(f"* `{each.code}`: {each.title}." for each in found)
            answers[status, MEDIA_TYPE] = OpenApiResponse(Problem, description=said)
        return answers

    def _given(self, shape: Any) -> Any:
        if not (self.promised.many or self.promised.or_list):
            return shape
        one = self.resolve_serializer(shape, "response").ref
        return _page_of(one) if self.promised.many else {"oneOf": [one, _list_of(one)]}

    def _refused(self) -> dict[int, Sequence[type[errors.Refusal]]]:
        found = [*EVERYWHERE, *self.promised.refuses]
        if "{" in self.path:
            found.append(errors.NotFound)
        if self.promised.takes is not None:
            found += WITH_BODY
        if self.promised.many:
            found += [errors.Malformed, errors.Invalid]
        if self.promised.parameters:
            found += [errors.BadText, errors.Invalid]
        by_status = defaultdict(list)
        for each in dict.fromkeys(found):
            by_status[each.status].append(each)
        return dict(by_status)


def _list_of(one: Json) -> Json:
    return {"type": "array", "items": one}


def _page_of(one: Json) -> Json:
    address = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "properties": {"next": address, "previous": address, "results": _list_of(one)},
        "required": ["next", "previous", "results"],
    }


class OneOfTheOperations(OpenApiSerializerFieldExtension):
    """Operations are told apart by their member `op`."""

    target_class = "labels.api.shapes.operation.Operation"

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Any) -> Json:
        """Return the choice between all of them."""
        found = {
            name: auto_schema.resolve_serializer(shape, direction).ref
            for name, shape in OPERATIONS.items()
        }
        mapping = {name: each["$ref"] for name, each in found.items()}
        return {
            "oneOf": list(found.values()),
            "discriminator": {"propertyName": "op", "mapping": mapping},
        }


class TokenScheme(OpenApiAuthenticationExtension):
    """A token in the header."""

    target_class = "labels.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> Json:
        """Return how a token is sent."""
        return {"type": "http", "scheme": "bearer", "description": "A token of yours."}


class SessionScheme(OpenApiAuthenticationExtension):
    """The session of somebody who is signed in on the pages."""

    target_class = "labels.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> Json:
        """Return where the session is."""
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "The session of the pages; writes need the header `X-CSRFToken`.",
        }


TAGS = (
    "token",
    "project",
    "migration",
    "membership",
    "article",
    "imports",
    "release",
    "diff",
    "assignment",
    "annotation",
    "edition",
    "review",
    "adjudication",
    "feedback",
    "qualification",
    "activity",
    "progress",
    "agreement",
    "look",
    "export",
)
"""The modules in the order in which somebody meets them."""


def in_order(result: Json, generator: Any, request: Any, public: bool) -> Json:  # noqa: FBT001 - a hook's signature
    """Name the groups of operations in a sensible order, each with its module's docstring."""
    result["tags"] = [
        {"name": name, "description": import_module(f".{name}", __package__).__doc__}
        for name in TAGS
    ]
    return result


def all_codes(result: Json, generator: Any, request: Any, public: bool) -> Json:  # noqa: FBT001 - a hook's signature
    """List every code that a problem can have, whether or not one address is known for it."""
    codes = sorted({each.code for each in refusals()})
    result["components"]["schemas"]["Problem"]["properties"]["code"]["enum"] = codes
    return result
