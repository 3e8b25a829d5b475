"""Every refusal: a code for programs, a sentence that says what to do, and an HTTP status.

A refusal is raised by rules and actions and turned into an answer in one place: problem details by the
API (`labels.api.problems`), a notice or an error page by the pages. `errors` names fields, lines or units.
Sentences are in the language of who asked; titles are noted here and said with the answer.
"""

from __future__ import annotations

from typing import Any, ClassVar

from .words import noted, say


class Refusal(Exception):  # noqa: N818 - it is a refusal, not an error of the program
    """Base of all refusals. `extra` goes into the problem details beside the standard members."""

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = noted("This cannot be done")
    status: ClassVar[int] = 422

    def __init__(
        self, detail: str, *, errors: list[dict[str, Any]] | None = None, **extra: Any
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors or []
        self.extra = extra

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a refusal go to another process as it is, whatever it was made from."""
        return type(self).__new__, (type(self), *self.args), self.__dict__


# Who and whether


class NotSignedIn(Refusal):
    """Nobody is signed in, or the token is not (or no longer) valid."""

    code, title, status = "not_signed_in", noted("Sign in first"), 401


class NotFound(Refusal):
    """There is no such thing, or not for this person: strangers are told no more."""

    code, title, status = "not_found", noted("Not found"), 404


class Forbidden(Refusal):
    """A member without the right."""

    code, title, status = "forbidden", noted("Not allowed"), 403


class ScopeMissing(Forbidden):
    """The token lacks the scope that the call needs."""

    code, title = "scope_missing", noted("This token may not do that")


# How it was asked


class Malformed(Refusal):
    """The request cannot be read at all."""

    code, title, status = "malformed", noted("The request cannot be read"), 400


class MethodNotAllowed(Refusal):
    """An address that does not take this method; the header `Allow` says which it takes."""

    code, title, status = "method_not_allowed", noted("Not a method of this address"), 405


class UnsupportedType(Refusal):
    """A body in a form that the address does not read."""

    code, title, status = "unsupported_media_type", noted("This content type is not read here"), 415


class KeyMissing(Malformed):
    """A write without an `Idempotency-Key`."""

    code, title = "idempotency_key_missing", noted("Idempotency-Key is missing")


class VersionMissing(Refusal):
    """A write without `If-Match`."""

    code, title, status = "if_match_missing", noted("If-Match is missing"), 428


class Stale(Refusal):
    """The set has moved on; `version` and `operations` in `extra` tell to where."""

    code, title, status = "stale_version", noted("The annotation set has changed"), 412


class KeyReused(Refusal):
    """One idempotency key for two different requests."""

    code, title = "idempotency_key_reused", noted("Idempotency-Key was used for something else")


class StillRunning(Refusal):
    """The same request is being worked on."""

    code, title, status = "still_running", noted("The same request is still running"), 409


class TooLarge(Refusal):
    """More than one request or file may hold."""

    code, title, status = "too_large", noted("Too large"), 413


class Busy(Refusal):
    """The database cannot be written right now: nothing was changed, try again."""

    code, title, status = "busy", noted("Try again in a moment"), 503


class NotCounted(Refusal):
    """A figure whose counting broke off again and again."""

    code, title, status = "not_counted", noted("This figure could not be counted"), 503


class Broken(Refusal):
    """A fault of ours, not of who asks."""

    code, title, status = "broken", noted("Something broke"), 500


class Invalid(Refusal):
    """Fields that are missing or wrong; `errors` names each."""

    code, title = "invalid", noted("Some fields are not right")


class UnknownFormat(Invalid):
    """No importer or exporter of that name, or none that recognises the file."""

    code, title = "unknown_format", noted("This format is not known")


class LibraryMissing(Refusal):
    """The format needs a library that is not installed here; `library` in `extra` names it."""

    code, title, status = "library_missing", noted("A library is missing here"), 501

    def __init__(self, format_name: str, library: str) -> None:
        detail = say(
            "“{format}” needs {library}, which is not installed here. "
            "Ask whoever runs Galley to run “make extras”.",
            format=format_name,
            library=library,
        )
        errors = [{"field": "format", "code": self.code}]
        super().__init__(detail, errors=errors, library=library)


# The state of things


class Conflict(Refusal):
    """It cannot be done as things stand."""

    code, title, status = "conflict", noted("Not as things stand"), 409


class SetLocked(Conflict):
    """The set is submitted or approved."""

    code, title = "set_locked", noted("The annotation set is closed")


class WrongState(Conflict):
    """No such move from the state the set is in."""

    code, title = "wrong_state", noted("Not in this state")


class AlreadyExists(Conflict):
    """A name or id that is taken."""

    code, title = "already_exists", noted("It exists already")


class LastManager(Conflict):
    """A project keeps at least one manager."""

    code, title = "last_manager", noted("A project needs a manager")


class Incomplete(Refusal):
    """The set cannot be submitted yet; `errors` says what is missing and where."""

    code, title = "incomplete", noted("Something is still missing")


# Text, spans and relations


class BadText(Refusal):
    """A text that cannot be kept as it is."""

    code, title = "bad_text", noted("The text cannot be taken")


class BadFile(Refusal):
    """A file that the importer cannot read; `errors` names lines or positions."""

    code, title = "bad_file", noted("The file cannot be read")


class QuoteMissing(Refusal):
    """An offset without its quote."""

    code, title = "quote_missing", noted("Each fragment needs its quote")


class QuoteMismatch(Refusal):
    """The quote is not the text at its offsets; both strings are in `errors`."""

    code, title = "quote_mismatch", noted("The quote is not the text there")


class BadOffsets(Refusal):
    """Offsets outside the text, out of order or overlapping."""

    code, title = "bad_offsets", noted("The offsets are not right")


class BadBoundary(Refusal):
    """A fragment that begins or ends on white space or inside a character."""

    code, title = "bad_boundary", noted("The boundary is not right")


class OverlapRefused(Refusal):
    """The scheme does not let these spans overlap so."""

    code, title = "overlap", noted("These spans may not overlap so")


class UnknownLabel(Refusal):
    """A label the scheme does not have."""

    code, title = "unknown_label", noted("The scheme has no such label")


class LabelRetired(Refusal):
    """A label that is kept where it stands, and given to no other span."""

    code, title = "label_retired", noted("This label is no longer used")


class UnknownRelation(Refusal):
    """A relation type the scheme does not have."""

    code, title = "unknown_relation", noted("The scheme has no such relation")


class NotJoined(Refusal):
    """A relation between labels that the scheme does not join."""

    code, title = "relation_not_joined", noted("The scheme does not join these labels")


class TooManyRelations(Refusal):
    """More relations of one type than the scheme allows, or the same one twice."""

    code, title = "relation_repeated", noted("There is such a link already")


class BadAttribute(Refusal):
    """An attribute the label does not have, or a value it cannot take."""

    code, title = "bad_attribute", noted("The attribute is not right")


class UnknownUnit(Refusal):
    """A span or relation that is not in the set."""

    code, title = "unknown_unit", noted("There is no such span or link in this set")


class UnitExists(Refusal):
    """An id that the set has already."""

    code, title = "unit_exists", noted("This id is in the set already")


class UnitDeleted(Refusal):
    """A span or relation that was deleted."""

    code, title = "unit_deleted", noted("It was deleted")


class UnknownOperation(Refusal):
    """An operation of no known name or shape."""

    code, title = "unknown_operation", noted("This operation is not known")


# Schemes and reviews


class BadScheme(Refusal):
    """A scheme definition with faults; `errors` names each with its place."""

    code, title = "bad_scheme", noted("The scheme has faults")


class MigrationRunning(Conflict):
    """The scheme is being changed together with what is labelled: one change at a time."""

    code, title = "migration_running", noted("The scheme is being changed just now")


class BadReview(Refusal):
    """A verdict that lacks what it needs, such as a reason or a proposal."""

    code, title = "bad_review", noted("The verdict is not complete")


class BadDecision(Refusal):
    """A decision that does not fit the unit, such as taking what a set does not have."""

    code, title = "bad_decision", "This cannot be decided so"


class TooFewSets(Conflict):
    """An article is adjudicated once at least two people have submitted their sets of it."""

    code, title = "too_few_sets", noted("There is nothing to compare yet")


class OwnWork(Forbidden):
    """Nobody reviews or adjudicates their own work."""

    code, title = "own_work", noted("This is your own work")
