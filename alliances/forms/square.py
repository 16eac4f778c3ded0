from typing import Any

from django.utils.translation import gettext_lazy as _

from alliances.description.parts import Square
from alliances.forms.step import StepForm
from alliances.square.field import SquareField, SquareInput
from alliances.square.geometry import Weights


class SquareForm(StepForm[Square]):
    """The four weights of the square, whose words follow the kind."""

    labels_of_part = {"weights": _("Votre carré des objectifs")}

    square = SquareField(
        required=False,
        label=_("Répartissez 100 entre quatre objectifs"),
        help_text=_(
            "Qu’attendez-vous surtout d’un partenariat ? Aucun partage n’est meilleur "
            "qu’un autre, et vous pourrez le changer."
        ),
    )

    def initial_of(self, part: Square) -> dict[str, Any]:
        return {"square": Weights(*part.weights) if part.weights else None}

    def arrange(self) -> None:
        widget = self.fields["square"].widget
        if self.organisation is not None and isinstance(widget, SquareInput):
            widget.kind = self.organisation.kind

    def wished(self) -> Square:
        if "square" in self.errors:
            return self.part
        weights = self.cleaned_data["square"]
        return Square(tuple(weights) if weights is not None else None)
