"""The moves of an annotation set from state to state, and what a verdict must carry."""

from __future__ import annotations

from typing import Any

from ..errors import BadReview, SetLocked, WrongState
from ..vocabulary import Kind, State, Verdict
from ..words import noted, say

MOVES: dict[str, tuple[frozenset[State], State]] = {
    # move: (from these states, to this one)
    "submit": (frozenset({State.OPEN, State.RETURNED}), State.SUBMITTED),
    "reopen": (frozenset({State.SUBMITTED}), State.OPEN),
    "return": (frozenset({State.SUBMITTED, State.APPROVED}), State.RETURNED),
    "approve": (frozenset({State.SUBMITTED}), State.APPROVED),
}

WRITABLE = frozenset({State.OPEN, State.RETURNED})

REASONS = {
    "boundary": noted("The boundary is not right"),
    "label": noted("The label is not right"),
    "attribute": noted("An attribute is not right"),
    "link": noted("A link is not right"),
    "not_a_unit": noted("This should not be marked"),
    "repeated": noted("This is marked already"),
    "other": noted("Another reason"),
}


def move(name: str, state: State, *, reviewed: bool = False) -> State:
    """Return the state that a move leads to, or raise `WrongState`.

    `reviewed` tells that a reviewer has begun: then the annotator can no longer take the set back.
    """
    allowed, target = MOVES[name]
    if state not in allowed:
        raise WrongState(f"{say(_STANDS[state])} {say(_CANNOT[name])}")
    if name == "reopen" and reviewed:
        raise WrongState(
            say("The review has begun, so it cannot be taken back. Wait for its result.")
        )
    return target


_STANDS = {
    State.OPEN: noted("This set is open."),
    State.SUBMITTED: noted("This set is submitted."),
    State.RETURNED: noted("This set is returned."),
    State.APPROVED: noted("This set is approved."),
}
_CANNOT = {
    "submit": noted("It cannot be submitted now."),
    "reopen": noted("It cannot be taken back now."),
    "return": noted("It cannot be returned now."),
    "approve": noted("It cannot be approved now."),
}


def check_not_gold(kind: Kind) -> None:
    """Refuse to move a gold set as people's sets are moved: its adjudication does that."""
    if kind is Kind.GOLD:
        raise WrongState(
            say("A gold set is finished and reopened by its adjudication, not by a review.")
        )


def check_looked_once(*, again: bool) -> None:
    """Refuse to open a set again once a second look at its article is asked for, or it is one."""
    if again:
        raise WrongState(
            say(
                "A second look at this article was asked for. What was handed in stays as it is, so that the"
                " two can be compared."
            )
        )


def check_no_trial(*, is_trial: bool) -> None:
    """Refuse to open a set of the qualification round again: its score is taken once."""
    if is_trial:
        raise WrongState(
            say(
                "This set belongs to the qualification round. It is handed in once and stays as it is."
            )
        )


def check_unseen(*, opened: bool, settled: bool) -> None:
    """Refuse to take a set back once its annotator could read what others, or gold, have instead of it."""
    if opened:
        raise WrongState(
            say(
                "You can read by now what others have handed in for this article, so yours stays as it is. A"
                " reviewer can return it to you."
            )
        )
    if settled:
        raise WrongState(
            say(
                "The gold set of this article is finished, and you are told where yours differs, so it stays as"
                " it is. A reviewer can return it to you."
            )
        )


def compared(*, again: bool, is_trial: bool) -> str:
    """Say why a set is judged by nobody: it is held against one's first look, or against gold. Else nothing."""
    if again:
        return say(
            "This is a second look: it is compared with the first one and not reviewed. Review the first."
        )
    if is_trial:
        return say(
            "This set belongs to the qualification round: it is compared with the gold set and not reviewed."
        )
    return ""


def check_writable(state: State) -> None:
    """Refuse changes to a set that is submitted or approved."""
    if state not in WRITABLE:
        raise SetLocked(say(_CLOSED[state]))


_CLOSED = {
    State.SUBMITTED: noted("This set is submitted and cannot be changed. Take it back first."),
    State.APPROVED: noted(
        "This set is approved and cannot be changed. Ask the reviewer to return it."
    ),
}


def check_reviewable(state: State) -> None:
    """Refuse verdicts on a set that its annotator still works on."""
    if state is not State.SUBMITTED:
        raise WrongState(f"{say(_STANDS[state])} {say('Only a submitted set is reviewed.')}")


def check_verdict(
    verdict: Verdict, *, has_unit: bool, reason: str, proposal: dict[str, Any] | None
) -> None:
    """Refuse a verdict without what it needs."""
    if verdict is Verdict.MISSING and has_unit:
        raise BadReview(
            say("“missing” is said of the article: send a proposal, no span or relation.")
        )
    if verdict is not Verdict.MISSING and not has_unit:
        raise BadReview(say("Say which span or relation is meant."))
    if verdict is Verdict.REJECT and not reason.strip():
        raise BadReview(
            say("Give a reason, so that the annotator can learn from it."), errors=_at("reason")
        )
    if verdict in (Verdict.FIX, Verdict.MISSING) and proposal is None:
        raise BadReview(say("Send the corrected copy as proposal."), errors=_at("proposal"))
    if verdict in (Verdict.ACCEPT, Verdict.REJECT) and proposal is not None:
        raise BadReview(
            say("A proposal goes with “fix” or “missing” only."), errors=_at("proposal")
        )


def _at(field: str) -> list[dict[str, Any]]:
    return [{"field": field, "code": "bad_review"}]
