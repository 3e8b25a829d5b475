"""What a view promises, in one line above each of its methods: what it takes, gives and refuses.

`labels.api.describe` makes the OpenAPI description from it; nothing here costs a request anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from drf_spectacular.types import OpenApiTypes
from rest_framework.serializers import BaseSerializer, Serializer

from .. import errors
from ..vocabulary import OffsetUnit
from .negotiation import JSONRenderer
from .paging import LARGEST_PAGE, PAGE

Method = TypeVar("Method", bound=Callable[..., Any])
Shape = type[Serializer[Any]] | BaseSerializer[Any] | OpenApiTypes
Refusals = tuple[type[errors.Refusal], ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query or a header; `schema` is JSON Schema."""

    name: str
    says: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    place: Literal["query", "header"] = "query"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Contract:
    """What one method of a view promises."""

    gives: Mapping[int, Shape | None]
    takes: Shape | None = None
    form: bool = False
    """The body is a form with files."""
    many: bool = False
    """What it gives is one page of a list."""
    or_list: bool = False
    """It takes a list, too, and then gives one."""
    media_type: str = JSONRenderer.media_type
    parameters: tuple[Parameter, ...] = ()
    refuses: Refusals = ()


_contracts: dict[Any, Contract] = {}


def promises(
    gives: Shape | None = None,
    status: int | Sequence[int] = 200,
    *,
    later: Shape | None = None,
    takes: Shape | None = None,
    form: bool = False,
    many: bool = False,
    or_list: bool = False,
    media_type: str = JSONRenderer.media_type,
    parameters: Sequence[Parameter] = (),
    refuses: Refusals = (),
) -> Callable[[Method], Method]:
    """Say what a method promises. One that answers 204 as well as something else gives nothing then.

    `later` is what it gives with 202, where what was asked for is still to be made.
    """
    statuses = [status] if isinstance(status, int) else status
    given: dict[int, Shape | None] = {each: None if each == 204 else gives for each in statuses}  # noqa: PLR2004 - no content
    made = Contract(
        gives=given | ({202: later} if later else {}),
        takes=takes,
        form=form,
        many=many,
        or_list=or_list,
        media_type=media_type,
        parameters=tuple(parameters),
        refuses=refuses,
    )

    def keep(method: Method) -> Method:
        _contracts[method] = made
        return method

    return keep


def of(view: object, method: str) -> Contract:
    """Return what a view's method promises; one that says nothing fails, so that none is forgotten."""
    bound = getattr(view, method.lower())
    return _contracts[bound.__func__]


# Parameters that several share

IF_MATCH = Parameter(
    "If-Match",
    "The version of the annotation set that you have seen, in quotes: it is what its `ETag` says.",
    {"type": "string", "examples": ['"7"']},
    place="header",
    required=True,
)
IDEMPOTENCY_KEY = Parameter(
    "Idempotency-Key",
    "A new UUID for each change; the same one to send the same change again, which is then done once.",
    {"type": "string", "format": "uuid"},
    place="header",
    required=True,
)
MAY_REPEAT = Parameter(
    "Idempotency-Key", IDEMPOTENCY_KEY.says, IDEMPOTENCY_KEY.schema, place="header"
)
OFFSET_UNIT = Parameter(
    "offset_unit",
    "What offsets in the answer count.",
    {"type": "string", "enum": OffsetUnit.values, "default": OffsetUnit.CODEPOINT},
)
PAGED = (
    Parameter("cursor", "Where the page begins: follow `next` and `previous`."),
    Parameter(
        "page_size",
        "Rows on a page.",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE},
    ),
)
# Refusals that several share

VERSIONED: Refusals = (errors.VersionMissing, errors.Stale, errors.Malformed)
KEYED: Refusals = (errors.KeyMissing, errors.KeyReused, errors.StillRunning)
MARKING: Refusals = (
    errors.BadOffsets,
    errors.QuoteMissing,
    errors.QuoteMismatch,
    errors.BadBoundary,
    errors.OverlapRefused,
    errors.UnknownLabel,
    errors.LabelRetired,
    errors.UnknownRelation,
    errors.NotJoined,
    errors.TooManyRelations,
    errors.BadAttribute,
    errors.UnknownUnit,
    errors.UnitExists,
    errors.UnitDeleted,
    errors.UnknownOperation,
    errors.SetLocked,
)
