from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.description.parts import Domains
from alliances.enums import DOMAINS_OF_GROUP, DomainGroup, FragilityDomain
from alliances.forms.step import StepForm

# DESIGN: three words for a scale of ten (docs/decisions/0061).
IMPORTANCE = {10: _("prioritaire"), 6: _("important"), 3: _("secondaire")}
DEFAULT_WEIGHT = 10
ABSENT = ""


class DomainsForm(StepForm[Domains]):
    """Sixteen domains in four families, each with its importance."""

    labels_of_part = {"weights": _("Vos sujets")}

    def initial_of(self, part: Domains) -> dict[str, Any]:
        self.stored = dict(part.weights)
        return {
            domain: str(self.stored.get(domain, ABSENT)) for domain in FragilityDomain
        }

    def arrange(self) -> None:
        for domain in FragilityDomain:
            self.fields[domain.value] = forms.ChoiceField(
                choices=self._choices(self.stored.get(domain.value)),
                required=False,
                label=domain.label,
            )

    @staticmethod
    def _choices(stored: int | None) -> list[tuple[str, Any]]:
        choices: list[tuple[str, Any]] = [(ABSENT, _("Pas notre sujet"))]
        choices += [(str(weight), word) for weight, word in IMPORTANCE.items()]
        if stored and stored not in IMPORTANCE:
            choices.append((str(stored), _("comme aujourd’hui (%d sur 10)") % stored))
        return choices

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields of each family, with its name."""
        return [
            (DomainGroup(group).label, [self[domain.value] for domain in domains])
            for group, domains in DOMAINS_OF_GROUP.items()
        ]

    def wished(self) -> Domains:
        weights = (
            (domain.value, self.valid(domain.value, self.stored.get(domain.value)))
            for domain in FragilityDomain
        )
        return Domains(tuple((d, int(weight)) for d, weight in weights if weight))
