"""Each change of what matters leaves exactly one event, with who made it."""

import datetime as dt
from itertools import count

import pghistory
import pytest
from django.apps import apps
from django.db import InternalError, connection, transaction
from django.utils import timezone

from accounts.models import ApiToken, User
from alliances.enums import ActorKind, FragilityDomain, MandateRole, Means
from alliances.models import (
    Block,
    Claim,
    Establishment,
    Exclusion,
    Intention,
    IntentionDomain,
    IntentionPlace,
    Interest,
    Introduction,
    Invitation,
    Mandate,
    Membership,
    Need,
    Offer,
    Organisation,
    Report,
)
from alliances.selectors.journal.sources import EVERY_SOURCE
from jobs.registry import handler
from jobs.services import enqueue, run_job
from matching.models import Configuration
from tests.factories.accounts import UserFactory
from tests.factories.alliances import OrganisationFactory

pytestmark = pytest.mark.django_db

NUMBERS = count(1)


def rows():
    """A new, unsaved row of each model that is followed, and one change of it."""
    now = timezone.now()
    organisation, other, person = (
        OrganisationFactory(),
        OrganisationFactory(),
        UserFactory(),
    )
    low, high = sorted((organisation, other), key=lambda each: each.pk)
    place = organisation.seat
    project = Intention.objects.create(organisation=organisation, title="P")
    mine = {"organisation": organisation}
    soon = now + dt.timedelta(days=30)
    number = next(NUMBERS)
    return {
        User: (User(email=f"neuve{number}@exemple.test"), {"is_staff": True}),
        ApiToken: (
            ApiToken(
                user=person, label="a", digest=f"{number}", scopes=[], expires_at=soon
            ),
            {"revoked_at": now},
        ),
        Organisation: (
            Organisation(name="Neuve", kind=ActorKind.COMPANY),
            {"staff": 3},
        ),
        Establishment: (Establishment(**mine, commune=place), {"name": "Dépôt"}),
        Intention: (Intention(**mine), {"title": "Vélos"}),
        IntentionPlace: (IntentionPlace(intention=project, territory=place), {}),
        IntentionDomain: (
            IntentionDomain(intention=project, domain=FragilityDomain.MOBILITY),
            {"weight": 3},
        ),
        Need: (Need(intention=project, means=Means.DONATION), {"note": "tôt"}),
        Offer: (Offer(intention=project, means=Means.DONATION), {"note": "tard"}),
        Exclusion: (Exclusion(**mine, sector="tabac"), {"sector": "armes"}),
        Membership: (
            Membership(**mine, user=person, role="referent"),
            {"role": "signatory"},
        ),
        Mandate: (
            Mandate(
                user=person,
                territory=place,
                role=MandateRole.OBSERVER,
                starts_on=now.date(),
            ),
            {"ends_on": soon.date()},
        ),
        Claim: (
            Claim(**mine, user=person, answer_by=soon),
            {"state": "withdrawn", "decided_at": now},
        ),
        Invitation: (
            Invitation(
                **mine,
                email="i@exemple.test",
                role="referent",
                token_digest=f"{number}",
                sent_at=now,
                expires_at=soon,
            ),
            {"sent_count": 2},
        ),
        Interest: (
            Interest(
                **mine, other=other, answer="no", answered_at=now, expires_at=soon
            ),
            {"answer": "yes"},
        ),
        Introduction: (
            Introduction(low=low, high=high, opened_at=now),
            {"state": "ended", "closed_at": now},
        ),
        Block: (Block(**mine, other=other), {"by": person}),
        Report: (Report(**mine, reason_code="spam"), {"by": person}),
        Configuration: (
            Configuration(version=f"v{number}", content={}),
            {"reason": "essai"},
        ),
    }


FOLLOWED = (
    *(User, ApiToken, Organisation, Establishment, Intention, IntentionPlace),
    *(IntentionDomain, Need, Offer, Exclusion, Membership, Mandate, Claim),
    *(Invitation, Interest, Introduction, Block, Report, Configuration),
)


def events_of(model):
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event").objects


def news(model, action):
    """Return the events that ``action`` leaves, and who they say made them."""
    before = set(events_of(model).values_list("pk", flat=True))
    with pghistory.context(user=7):
        action()
    new = events_of(model).exclude(pk__in=before).order_by("pgh_id")
    return [(event.pgh_label, event.pgh_context.metadata["user"]) for event in new]


def test_what_is_followed_is_what_the_journals_read():
    assert {source.model for source in EVERY_SOURCE} == set(FOLLOWED)
    assert set(rows()) == set(FOLLOWED)


@pytest.mark.parametrize("model", FOLLOWED, ids=lambda model: model.__name__)
def test_one_change_leaves_one_event(model):
    row, change = rows()[model]

    found = [news(model, row.save)]
    for name, value in change.items():
        setattr(row, name, value)
    if change:
        found.append(news(model, row.save))
    found.append(news(model, row.delete))

    expected = ["insert", "update", "delete"] if change else ["insert", "delete"]
    assert found == [[(label, 7)] for label in expected]


@pytest.mark.parametrize("model", FOLLOWED, ids=lambda model: model.__name__)
def test_what_is_written_in_bulk_leaves_one_event_a_row(model):
    several = [rows()[model] for _ in range(2)]
    new = [row for row, _change in several]
    change = several[0][1]
    pks = lambda: [row.pk for row in new]  # noqa: E731

    found = [news(model, lambda: model.objects.bulk_create(new))]
    stored = model.objects.filter(pk__in=pks())
    if change:
        found.append(news(model, lambda: stored.update(**change)))
    found.append(news(model, stored.delete))

    labels = ["insert", "update", "delete"] if change else ["insert", "delete"]
    assert found == [[(label, 7)] * 2 for label in labels]


def test_a_change_of_nothing_that_is_followed_leaves_no_event():
    person = UserFactory()

    def touch():
        User.objects.filter(pk=person.pk).update(
            last_login=timezone.now(), password="x", phone="0102030405"
        )

    assert news(User, touch) == []


def test_plain_sql_does_not_escape():
    organisation = OrganisationFactory()

    def rename():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE alliances_organisation SET name = 'Autre'")

    assert news(Organisation, rename) == [("update", 7)]
    event = events_of(Organisation).latest("pgh_id")
    assert event.name == organisation.name


@pytest.mark.parametrize("model", FOLLOWED, ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"]
)
def test_an_event_is_neither_changed_nor_deleted(model, statement):
    rows()[model][0].save()

    with (
        pytest.raises(InternalError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(events_of(model).model._meta.db_table))


SECRETS = {"token_digest", "digest", "password", "proof", "reason", "words", "phone"}


@pytest.mark.parametrize("model", FOLLOWED, ids=lambda model: model.__name__)
def test_no_secret_and_no_private_text_is_copied(model):
    kept = {field.name for field in events_of(model).model._meta.fields}

    allowed = {"reason"} if model is Configuration else set()
    assert kept & SECRETS <= allowed


def test_a_signed_in_person_is_the_author_of_what_they_do(client):
    person = UserFactory()
    client.force_login(person)

    client.post(
        "/organisations/nouvelle/", {"name": "Vélos", "kind": "association", "key": "k"}
    )

    event = events_of(Organisation).get()
    assert event.pgh_context.metadata == {
        "user": person.pk,
        "page": "alliances:organisation_create",
    }


def test_a_job_is_the_author_of_what_it_does(django_capture_on_commit_callbacks):
    organisation = OrganisationFactory()

    @handler("tests.rename")
    def rename(payload):
        Organisation.objects.filter(pk=organisation.pk).update(name="Autre")

    run_job(enqueue("tests.rename").pk)

    event = events_of(Organisation).filter(pgh_label="update").get()
    assert event.pgh_context.metadata == {"job": "tests.rename"}


def test_the_key_of_an_invitation_never_reaches_the_context(client):
    """The name of a page is kept, not its address."""
    client.force_login(UserFactory())

    client.get("/organisations/ZQjeton/modifier/")

    metadata = apps.get_model("pghistory", "Context").objects.values_list(
        "metadata", flat=True
    )
    assert not any("ZQjeton" in str(each) for each in metadata)
