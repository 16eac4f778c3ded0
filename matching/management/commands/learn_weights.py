"""``manage.py learn_weights``: what signals say of the weights; a person accepts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from alliances.enums import ClosingReason
from matching.explanations.words import COMPONENTS as NAMES

if TYPE_CHECKING:
    from matching.evaluation import Measure, Quality
    from matching.learning import Evidence
    from matching.selectors.learning import Lessons

MEASURES = (
    ("recall", "recall@5"),
    ("reciprocal_rank", "MRR"),
    ("type_accuracy", "type"),
)


class Command(BaseCommand):
    help = (
        "Dit ce que les mises en relation apprennent des poids, et en propose ; une "
        "personne accepte."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accept", action="store_true", help="fait des poids proposés une version"
        )
        parser.add_argument(
            "--reason", default="", metavar="TEXTE", help="publiée avec la version"
        )

    def handle(self, *args: Any, accept: bool, reason: str, **options: Any) -> None:
        from matching.selectors.learning import lessons  # noqa: PLC0415 - NumPy
        from matching.services.learning import (  # noqa: PLC0415
            NothingToAcceptError,
            accept_lessons,
        )
        from matching.services.signals import keep_signals  # noqa: PLC0415

        if accept and not reason.strip():
            raise CommandError(
                _("Dites pourquoi avec --reason : la raison est publiée."), returncode=2
            )
        keep_signals()
        found = lessons()
        for line in _report(found):
            self.stdout.write(line)
        if not accept:
            return
        try:
            row = accept_lessons(found, reason=reason)
        except NothingToAcceptError as error:
            raise CommandError(_("Rien n’est proposé : rien n’est changé.")) from error
        self.stderr.write(
            _("Version %s active ; un calcul complet est demandé.") % row,
            style_func=str,
        )


def _report(found: "Lessons") -> Iterator[str]:
    yield _(
        "%(accepted)s mises en relation : %(good)s où les deux se sont parlé, %(poor)s "
        "closes pour une raison qui tient à la paire."
    ) % {"accepted": found.accepted, "good": found.good, "poor": found.poor}
    for reason, count in found.reasons.items():
        said = _("moins de 5") if count is None else count
        yield f"  {ClosingReason(reason).label} : {said}"
    yield ""
    yield _("Chances d’une bonne paire quand la composante gagne un dixième :")
    for evidence in found.evidence:
        yield _line(evidence, found)
    yield ""
    if found.proposed is None:
        yield _("Aucun poids n’est proposé.")
        return
    yield _("Effet sur les partenariats réels (docs/evaluation.md) :")
    parts = {"looked_at": _("regardés"), "kept_aside": _("mis de côté")}
    for part, (before, after) in found.effects.items():
        yield f"  {parts[part]} : {_effect(before, after)}"
    yield _('Pour accepter : --accept --reason "…".')


def _line(evidence: "Evidence", found: "Lessons") -> str:
    from matching.learning import MINIMUM  # noqa: PLC0415 - NumPy

    name = f"  {NAMES[evidence.component]} "
    if not evidence.is_enough:
        return name + _(
            "trop peu de paires (%(good)s et %(poor)s, il en faut %(minimum)s de chaque)"
        ) % {
            "good": evidence.n_good,
            "poor": evidence.n_poor,
            "minimum": MINIMUM,
        }
    weight = found.weights[evidence.component]
    proposed = (found.proposed or found.weights)[evidence.component]
    return (
        f"{name}× {evidence.odds:.2f} [{evidence.low:.2f} – {evidence.high:.2f}], "
        f"{weight:.3f} → {proposed:.3f}"
    )


def _effect(before: "Quality", after: "Quality") -> str:
    return ", ".join(
        f"{label} {_value(getattr(before, name))} → {_value(getattr(after, name))}"
        for name, label in MEASURES
    )


def _value(measure: "Measure") -> str:
    return f"{measure.value:.2f} (n = {measure.n})"
