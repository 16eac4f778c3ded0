"""What the people of A keep to themselves: keys, sessions, absences, choices, copies."""

import datetime as dt

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from accounts.models import ApiToken, Consent
from accounts.services.absences import remove_absence, state_absence
from accounts.services.consents import answer
from accounts.services.erasure import ask_erasure, cancel_erasure
from accounts.services.exports import request_export
from accounts.services.profile import update_profile
from accounts.services.tokens import note_use, revoke_token
from notifications.models import Notification
from notifications.registry import Frequency, kinds
from notifications.services.choosing import choose
from notifications.services.reading import read_all_of
from tests.authorisation.neighbours import PARTNER
from tests.authorisation.variations import varies
from tests.factories.accounts import UserFactory, add_second_factor
from tests.factories.tokens import key_of

OF_A = ("contributor_a", "referent_a", "signatory_a")
PASSWORD = "une autre phrase, longue"


def somebody(world, chance):
    return world.people[chance.choice(OF_A)]


@varies()
def a_key(a, world, chance):
    key_of(somebody(world, chance), label=f"ZQAcle {chance.random()}")


@varies()
def a_key_that_serves_or_ends(a, world, chance):
    key = ApiToken.objects.filter(user=world.people["contributor_a"]).first()
    chance.choice([note_use, revoke_token])(key)


@varies()
def an_absence(a, world, chance):
    today = timezone.localdate()
    begins = today + dt.timedelta(days=chance.randint(-3, 3))
    state_absence(somebody(world, chance), begins, begins + dt.timedelta(days=9))


@varies()
def an_absence_that_is_forgotten(a, world, chance):
    remove_absence(world.rows["accounts.Absence"]["A"])


@varies()
def what_one_wants_to_be_told(a, world, chance):
    optional = [kind for kind in kinds() if not kind.is_essential]
    wanted = [(kind, chance.choice(list(Frequency))) for kind in optional]
    choose(somebody(world, chance), wanted)


@varies()
def what_one_has_read(a, world, chance):
    ours = [world.person(persona).pk for persona in world.members_of_a]
    read_all_of(Notification.objects.filter(user__in=ours))


@varies()
def a_second_factor(a, world, chance):
    add_second_factor(world.people["referent_a"])


@varies()
def a_second_factor_that_is_taken_off(a, world, chance):
    person = world.people[chance.choice(["signatory_a", "contributor_a"])]
    Authenticator.objects.filter(user=person).delete()


@varies()
def a_session(a, world, chance):
    UserSession.objects.create(
        user=somebody(world, chance),
        session_key=f"zqa{chance.randint(0, 10**9)}",
        ip="203.0.113.99",
        user_agent="ZQAnavigateur",
    )


@varies()
def sessions_that_end(a, world, chance):
    for session in UserSession.objects.filter(user=world.people["contributor_a"]):
        session.end()


@varies()
def a_password(a, world, chance):
    person = somebody(world, chance)
    person.set_password(PASSWORD)
    person.save()


# A partner reads how to reach the lead contact, with their consent.
@varies(PARTNER)
def a_name_and_a_number(a, world, chance):
    name, phone = f"ZQApersonne {chance.random()}", f"0{chance.randint(10**8, 10**9)}"
    update_profile(somebody(world, chance), name=name, phone=phone)


@varies()
def a_consent_for_another_organisation(a, world, chance):
    other = world.organisations["S"].public_id
    agreed = {(purpose, other): True for purpose in Consent.Purpose.values}
    answer(somebody(world, chance), agreed)


@varies(PARTNER)
def a_consent_that_only_partners_see(a, world, chance):
    persona = chance.choice(OF_A)
    had_agreed = persona == "contributor_a"
    question = Consent.Purpose.SHARE_CONTACT, a.public_id
    answer(world.people[persona], {question: not had_agreed})


@varies()
def a_copy_of_ones_data(a, world, chance):
    request_export(world.people["referent_a"])


@varies()
def an_erasure_that_is_asked(a, world, chance):
    ask_erasure(world.people["referent_a"])


@varies()
def an_erasure_that_is_given_up(a, world, chance):
    cancel_erasure(world.people["contributor_a"])


@varies()
def an_account_that_is_closed(a, world, chance):
    newcomer = UserFactory(name="ZQApersonne nouvelle", is_active=False)
    newcomer.memberships.create(organisation=a, role="contributor")
