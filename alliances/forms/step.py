"""What the forms of all steps share."""

from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.description.parts import Part, fingerprint
from alliances.models import Intention, Organisation

P = TypeVar("P", bound=Part)
MAX_TAGS = 20
MAX_TAG_LENGTH = 80


class StepForm(forms.Form, Generic[P]):
    """A form over one part: what is valid is saved even when the rest is not."""

    required_css_class = "al-required"
    # The fields of the part in words, for the two versions of a conflict.
    labels_of_part: ClassVar[dict[str, Any]] = {}

    def __init__(
        self,
        data: Any = None,
        *,
        part: P,
        organisation: Organisation | None = None,
        project: Intention | None = None,
        is_autosave: bool = False,
    ) -> None:
        self.is_autosave = is_autosave
        self.part = part
        self.organisation = organisation
        self.project = project  # None: the main one
        super().__init__(
            data, initial=self.initial_of(part), use_required_attribute=False
        )
        self.arrange()

    def initial_of(self, part: P) -> dict[str, Any]:
        """Return the initial values of the fields for ``part``."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Adapt the fields to the organisation; by default, nothing."""

    def wished(self) -> P:
        """Return the stored part, overlaid with every field found valid."""
        raise NotImplementedError

    def valid(self, name: str, otherwise: Any) -> Any:
        """Return what was typed in ``name``, or ``otherwise`` when it is refused."""
        if name in self.errors or name not in self.cleaned_data:
            return otherwise
        return self.cleaned_data[name]

    @property
    def seen(self) -> str:
        """The fingerprint that the page was filled from; empty when truncated."""
        return str(self.data.get("seen", ""))

    @property
    def current_fingerprint(self) -> str:
        return fingerprint(self.part)


class TagsField(forms.CharField):
    """A few words separated by commas, each once, in the order typed."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MAX_TAGS * MAX_TAG_LENGTH, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, tuple | list) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        tags = tuple(dict.fromkeys(t for t in map(_tidy, text.split(",")) if t))
        if len(tags) > MAX_TAGS:
            raise forms.ValidationError(
                _("Gardez vingt mots au plus : il y en a %(count)s."),
                params={"count": len(tags)},
            )
        if any(len(tag) > MAX_TAG_LENGTH for tag in tags):
            raise forms.ValidationError(
                _("Un de ces mots est trop long : séparez-les par des virgules.")
            )
        return tags


def _tidy(text: str) -> str:
    return " ".join(text.split())
