"""Editing a unit on the adjudication page: its words, its label and what is said of it, as a plain form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from ..errors import BadDecision
from ..words import say
from .form import Form

if TYPE_CHECKING:
    from ..actions.bench import Bench
    from ..records import Fragment, Span

PREFIX = "value-"
YES, NO = "yes", "no"


class Edit(Form):
    """A unit as it should be; what is not asked for here stays as it is."""

    label = forms.ChoiceField()
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=100_000)

    def __init__(self, *args: Any, bench: Bench, span: Span, **kwargs: Any) -> None:
        text = bench.article.text
        quotes = [" ".join(text[each.start : each.end].split()) for each in span.fragments]
        initial = {"label": span.label, "words": "\n".join(quotes)}
        super().__init__(*args, initial=initial, **kwargs)
        telling = bench.telling()
        self.fields["label"].label = say("Label")
        self.fields["label"].choices = [  # type: ignore[attr-defined]  # a choice field's
            (name, telling.title(name)) for name in bench.scheme.labels
        ]
        self.fields["words"].label = say("Words")
        self.fields["words"].help_text = say("A line for each stretch of the text.")
        self.span, self.text = span, text
        known = (
            bench.scheme.labels[span.label].attributes if span.label in bench.scheme.labels else {}
        )
        self.known = {name: each for name, each in known.items() if each.type != "span"}
        for name, each in self.known.items():
            field = _field(each, lambda value, name=name: telling.title(span.label, name, value))
            field.label, field.initial = each.title, _shown(span.attributes.get(name))
            self.fields[PREFIX + name] = field

    def fragments(self) -> list[dict[str, Any]]:
        """Return where the words stand: the place nearest to where they stood. Raises `BadDecision`."""
        lines = [each for each in self.cleaned_data["words"].splitlines() if each.strip()]
        return placed(self.text, lines, self.span.fragments)

    def attributes(self) -> dict[str, Any] | None:
        """Return what is said of it; None where another label has other attributes."""
        if self.cleaned_data["label"] != self.span.label:
            return None
        kept = {
            name: value for name, value in self.span.attributes.items() if name not in self.known
        }
        given = {name: self.cleaned_data.get(PREFIX + name) for name in self.known}
        return kept | {
            name: _read(value) for name, value in given.items() if value not in ("", None, [])
        }


def _shown(value: Any) -> Any:
    return {True: YES, False: NO}[value] if isinstance(value, bool) else value


def _read(value: Any) -> Any:
    return value == YES if value in (YES, NO) else value


def _field(attribute: Any, title: Any) -> forms.Field:
    choices = [(each, title(each)) for each in attribute.values]
    if attribute.type in ("choice", "ordinal"):
        return forms.ChoiceField(choices=[("", "–"), *choices], required=False)
    if attribute.type == "choices":
        return forms.MultipleChoiceField(
            choices=choices, required=False, widget=forms.CheckboxSelectMultiple
        )
    if attribute.type == "boolean":
        return forms.ChoiceField(
            choices=[("", "–"), (YES, say("yes")), (NO, say("no"))], required=False
        )
    if attribute.type == "integer":
        return forms.IntegerField(required=False)
    return forms.CharField(required=False, max_length=10_000)


def placed(text: str, lines: Sequence[str], before: Sequence[Fragment]) -> list[dict[str, Any]]:
    """Return the fragments in which each line stands, as near as can be to where the unit was."""
    found, least = [], 0
    for number, line in enumerate(lines):
        near = before[min(number, len(before) - 1)].start
        pattern = re.compile(r"\s+".join(map(re.escape, line.split())))
        places = [each.span() for each in pattern.finditer(text, least)]
        if not places:
            raise BadDecision(
                say("“{words}” does not stand in the text there.", words=line.strip())
            )
        start, end = min(places, key=lambda place: abs(place[0] - near))
        found.append({"start": start, "end": end, "quote": text[start:end]})
        least = end
    return found
