"""Mistakes on the public log of the weights: telling whom a change was learnt from."""

from django.utils import timezone

import matching.views.configurations
from alliances.models import Exclusion, Interest, Introduction
from matching.selectors.configurations import Version, Weight
from tests.authorisation.faults import fault

LOG = "matching:configuration_list"


def explained_by(patch, texts):
    """Make the reason of a version be what some rows say."""
    patch.setattr(
        matching.views.configurations,
        "versions",
        lambda _: [
            Version(
                name="2027.1",
                created_at=timezone.now(),
                reason=" ".join(str(text) for text in texts()),
                is_active=True,
                weights=[Weight("needs", 30.0, None)],
                others=[],
            )
        ],
    )


@fault(LOG)
def a_weight_explained_by_hidden_answers(patch):
    explained_by(patch, lambda: Interest.objects.values_list("reason", flat=True))


@fault(LOG)
def a_weight_explained_by_farewells(patch):
    explained_by(
        patch, lambda: Introduction.objects.values_list("closing_words", flat=True)
    )


@fault(LOG)
def a_weight_explained_by_exclusions(patch):
    explained_by(patch, lambda: Exclusion.objects.values_list("sector", flat=True))
