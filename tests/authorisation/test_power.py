"""A matrix that finds nothing proves nothing: each seeded fault must be caught."""

import pytest

import accounts.middleware
import accounts.policy
import alliances.policy
from alliances import api as alliances_api
from alliances.models import Organisation
from alliances.selectors import profile
from tests.authorisation.attempts import attempts
from tests.authorisation.test_matrix import play
from tests.authorisation.world import build

pytestmark = pytest.mark.django_db


def everything(person, queryset):
    return queryset


def fault_every_address_open(monkeypatch):
    monkeypatch.setattr(accounts.middleware, "may_open", lambda person, name: True)
    return "jobs:", "portal:gallery"


def fault_archived_organisations_shown(monkeypatch):
    monkeypatch.setitem(accounts.policy._rows, Organisation, everything)
    monkeypatch.setattr(
        Organisation.objects.__class__, "active", lambda self: self.all(), raising=False
    )
    return ("alliances:organisation_detail",)


def fault_every_part_shown_to_all(monkeypatch):
    monkeypatch.setattr(
        profile, "visible_parts", lambda *_: alliances.policy.EVERY_PART
    )
    return ("alliances:organisation_detail",)


def fault_a_private_field_in_the_interface(monkeypatch):
    fields = (*alliances_api.OrganisationSerializer.Meta.fields, "values")
    monkeypatch.setattr(alliances_api.OrganisationSerializer.Meta, "fields", fields)
    return ("api:organisation-detail", "api:organisation-list")


def fault_anybody_edits(monkeypatch):
    monkeypatch.setattr("alliances.views.edition.can", lambda *_: True)
    return ("alliances:organisation_step",)


FAULTS = [
    value for name, value in sorted(globals().items()) if name.startswith("fault_")
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_seeded_fault_is_caught(fault, monkeypatch):
    world = build()
    names = fault(monkeypatch)
    chosen = [
        attempt
        for attempt in attempts(world)
        if attempt.address.name.startswith(names)
        and attempt.method in ("GET", "POST")
        and attempt.variant == 0
        and attempt.persona in ("visitor", "contributor_c", "contributor_b")
    ]

    assert chosen
    assert play(world, chosen) != []
