"""How pages read what people type: Django's forms, in our words, with a place for refusals."""

from __future__ import annotations

from typing import Any

from django import forms

from ..errors import Refusal
from ..words import say


class Form(forms.Form):
    """A form whose labels carry no colon and which can show what an action refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"label_suffix": ""} | kwargs))
        for field in self.fields.values():
            field.error_messages.setdefault("required", "")
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = say("This is needed.")

    def take(self, refusal: Refusal) -> None:
        """Show a refusal at the fields it names, or above the form."""
        placed = False
        for error in refusal.errors:
            name, message = error.get("field"), error.get("message")
            if name in self.fields and message:
                self.add_error(name, message)
                placed = True
        if not placed:
            self.add_error(None, refusal.detail)
