"""What the table of permissions must never allow, tried for whoever somebody is and whatever a project allows."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import product

import pytest

from labels.errors import Forbidden, OwnWork
from labels.records import Standing
from labels.rules.permissions import PERMISSIONS, Act, allows, require
from labels.vocabulary import Role

SWITCHES = [each.name for each in fields(Standing) if each.name != "role"]
STANDINGS = [
    Standing(role, **dict(zip(SWITCHES, switched, strict=True)))
    for role in Role
    for switched in product((False, True), repeat=len(SWITCHES))
]
"""Every way in which a member can stand to a thing."""


@pytest.mark.parametrize("act", [Act.REVIEW_SET, Act.READ_ADJUDICATION, Act.ADJUDICATE])
def test_nobody_judges_their_own_work(act: Act) -> None:
    for standing in (each for each in STANDINGS if each.own):
        assert not allows(act, standing)
        with pytest.raises(OwnWork):
            require(act, standing)


@pytest.mark.parametrize("act", [Act.WRITE_SET, Act.SUBMIT_SET])
def test_nobody_writes_the_set_of_another(act: Act) -> None:
    assert not any(allows(act, each) for each in STANDINGS if not each.own)


@pytest.mark.parametrize("act", [Act.ADJUDICATE, Act.READ_ADJUDICATION, Act.EXPORT_NAMES])
def test_where_names_are_hidden_a_reviewer_does_not_get_at_them_twice(act: Act) -> None:
    knowing = replace(Standing(Role.REVIEWER), blind=True, reviews=True)
    assert not any(
        allows(act, replace(knowing, own=each.own, can_export=each.can_export))
        for each in STANDINGS
    )


@pytest.mark.parametrize("act", Act)
def test_what_is_not_allowed_is_refused(act: Act) -> None:
    for standing in STANDINGS:
        if allows(act, standing):
            require(act, standing)
        else:
            with pytest.raises(Forbidden):
                require(act, standing)


def test_every_act_has_its_row() -> None:
    assert set(PERMISSIONS) == set(Act)
