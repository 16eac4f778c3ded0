"""Numbers typed by people, and lines of figures by kind of actor."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class WholeNumberField(forms.IntegerField):
    """A whole number, in the digits that everybody reads."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        messages = {
            "invalid": _("Écrivez un nombre entier, en chiffres."),
            "required": _("Écrivez un nombre."),
        }
        options["error_messages"] = {**messages, **options.get("error_messages", {})}
        super().__init__(**options)
        self.widget.attrs["inputmode"] = "numeric"

    def to_python(self, value: Any) -> int | None:
        text = str(value).strip() if value is not None else ""
        if text and not re.fullmatch(r"[0-9]{1,4}", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)
