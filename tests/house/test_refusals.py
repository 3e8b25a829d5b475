"""Every refusal can be told from every other, by a program and by a person."""

from __future__ import annotations

import ast
import inspect
from collections import Counter

import pytest

from labels import errors

from . import source

REFUSALS = [
    each
    for _name, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, errors.Refusal)
]
BARE = {"Exception", "RuntimeError", "BaseException"}


def test_codes_are_unique() -> None:
    assert [
        code for code, times in Counter(each.code for each in REFUSALS).items() if times > 1
    ] == []


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda each: each.code)
def test_a_refusal_says_what_and_how_bad(refusal: type[errors.Refusal]) -> None:
    assert refusal.code == refusal.code.lower()
    assert refusal.title[0].isupper()
    assert 400 <= refusal.status < 600
    assert refusal.__doc__


def test_nothing_raises_a_bare_exception() -> None:
    raised = [
        f"{source.name(file)}: {ast.unparse(node.exc)}"
        for file in source.python("labels", "annotator")
        for node in ast.walk(source.tree(file))
        if isinstance(node, ast.Raise) and node.exc
    ]
    assert [each for each in raised if each.split(": ")[1].partition("(")[0] in BARE] == []
