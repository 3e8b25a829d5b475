"""The moves of a set, and what a verdict must carry."""

from __future__ import annotations

import pytest

from labels import errors
from labels.rules import review
from labels.vocabulary import State, Verdict

ALLOWED = {
    ("submit", State.OPEN): State.SUBMITTED,
    ("submit", State.RETURNED): State.SUBMITTED,
    ("reopen", State.SUBMITTED): State.OPEN,
    ("return", State.SUBMITTED): State.RETURNED,
    ("return", State.APPROVED): State.RETURNED,
    ("approve", State.SUBMITTED): State.APPROVED,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", review.MOVES)
def test_every_move_from_every_state(name: str, state: State) -> None:
    if (name, state) in ALLOWED:
        assert review.move(name, state) is ALLOWED[name, state]
    else:
        with pytest.raises(errors.WrongState):
            review.move(name, state)


def test_a_set_under_review_cannot_be_taken_back() -> None:
    with pytest.raises(errors.WrongState):
        review.move("reopen", State.SUBMITTED, reviewed=True)


@pytest.mark.parametrize(
    ("verdict", "has_unit", "reason", "proposal", "fine"),
    [
        (Verdict.ACCEPT, True, "", None, True),
        (Verdict.ACCEPT, True, "", {}, False),
        (Verdict.ACCEPT, False, "", None, False),
        (Verdict.REJECT, True, "", None, False),
        (Verdict.REJECT, True, "  ", None, False),
        (Verdict.REJECT, True, "label", None, True),
        (Verdict.FIX, True, "", None, False),
        (Verdict.FIX, True, "", {}, True),
        (Verdict.MISSING, False, "", {}, True),
        (Verdict.MISSING, False, "", None, False),
        (Verdict.MISSING, True, "", {}, False),
    ],
)
def test_what_a_verdict_needs(
    verdict: Verdict,
    has_unit: bool,
    reason: str,
    proposal: dict[str, str] | None,
    fine: bool,
) -> None:
    if fine:
        review.check_verdict(verdict, has_unit=has_unit, reason=reason, proposal=proposal)
    else:
        with pytest.raises(errors.BadReview):
            review.check_verdict(verdict, has_unit=has_unit, reason=reason, proposal=proposal)
