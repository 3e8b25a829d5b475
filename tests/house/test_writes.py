"""Only actions write, and every action says in whose name."""

from __future__ import annotations

import ast

import pytest

from . import source

ALWAYS = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "executemany"}
ON_ROWS = {"create", "update", "delete"}
READERS = [
    each
    for each in source.python("labels")
    if each.relative_to(source.ROOT / "labels").parts[0] != "actions"
]


def writes(code: ast.Module) -> list[str]:
    """Return the calls that write rows. `actions.create(by=…)` is an action; `found.update(…)` fills a dict."""
    calls = (
        node
        for node in ast.walk(code)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    )
    return [ast.unparse(call) for call in calls if _writes(call)]


def _writes(call: ast.Call) -> bool:
    function = call.func
    assert isinstance(function, ast.Attribute)
    if any(keyword.arg == "by" for keyword in call.keywords):
        return False
    on_a_name = isinstance(function.value, ast.Name)
    return function.attr in ALWAYS or (function.attr in ON_ROWS and not on_a_name)


def test_nothing_else_writes() -> None:
    found = {source.name(file): writes(source.tree(file)) for file in READERS}
    assert {name: calls for name, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    "line",
    [
        "span.save()",
        "Span.objects.create(label='CLAIM')",
        "Span.objects.filter(pk=1).update(label='CLAIM')",
        "row.spans.all().delete()",
        "cursor.executemany(sql, rows)",
    ],
)
def test_a_write_is_seen(line: str) -> None:
    assert writes(ast.parse(line)) == [line]


@pytest.mark.parametrize(
    "line", ["actions.create(by=by, name=name)", "found.update(more)", "seen.add(1)"]
)
def test_what_is_no_write_is_left_alone(line: str) -> None:
    assert writes(ast.parse(line)) == []


SWITCHES = {"commit", "force", "skip", "skip_checks", "log"}


def test_actions_say_who_acts_and_have_no_switches() -> None:
    faults = [
        f"{source.name(file)}: {function.name}({name})"
        for file in source.python("labels/actions")
        for function in source.tree(file).body
        if isinstance(function, ast.FunctionDef)
        for name, default in _keywords(function)
        if (name == "by" and default is not None) or name in SWITCHES
    ]
    assert faults == []


def _keywords(function: ast.FunctionDef) -> list[tuple[str, ast.expr | None]]:
    arguments = function.args
    return [
        (each.arg, default)
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
