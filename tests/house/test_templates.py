"""Templates hold no script and no style, and none lies about unused."""

from __future__ import annotations

import re

import pytest

from . import source

FILES = sorted(source.TEMPLATES.rglob("*.html"))
USE = re.compile(r"""["'](labels/[\w/-]+\.html)["']""")


def faults(html: str) -> list[str]:
    """Return what neither linter nor content security policy would let pass."""
    found = re.findall(r"<script\b(?![^>]*\bsrc=)[^>]*>", html)
    found += re.findall(r"<style\b[^>]*>", html)
    found += re.findall(r"""\s(?:style|on[a-z]+)\s*=\s*["'{][^>]*""", html)
    found += re.findall(r"javascript:", html)
    found += re.findall(r"""(?:src|href)=["']https?://[^"']*""", html)
    return found + re.findall(r"\|safe\b|\{%\s*autoescape off", html)


def test_no_script_and_no_style() -> None:
    found = {source.name(file): faults(file.read_text()) for file in FILES}
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize(
    "html",
    [
        "<script>go()</script>",
        '<script type="module">go()</script>',
        "<style>p { color: red }</style>",
        '<p style="color: red">',
        '<button onclick="go()">',
        '<a href="javascript:go()">',
        '<img src="https://elsewhere.example/pixel.gif">',
        "{{ text|safe }}",
    ],
)
def test_a_fault_is_seen(html: str) -> None:
    assert faults(html)


def test_every_template_is_used_and_every_one_that_is_used_is_there() -> None:
    users = [*source.python("labels", "annotator"), *FILES]
    used = {each for user in users for each in USE.findall(user.read_text())}
    assert used == {str(file.relative_to(source.TEMPLATES)) for file in FILES}
