"""What A wishes of others, and who comes for it: a wish reaches nobody, its catalyst included."""

from rendezvous.enums import WishAnswer
from rendezvous.models import Attendee, Registration, Wish
from rendezvous.services.wishes import wish
from tests.authorisation.variations import varies

ANSWERS = (*WishAnswer.values, "")


@varies()
def a_wish_about_who_comes_too(a, world, chance):
    own = Registration.objects.get(organisation=a)
    others = Registration.objects.filter(session=own.session).exclude(pk=own.pk)
    said = dict(own.wishes.values_list("other_id", "answer"))
    answers = {
        one.pk: chance.choice(
            [each for each in ANSWERS if each != said.get(one.pk, "")]
        )
        for one in others.order_by("pk")
    }
    wish(own, answers, by=world.people["referent_a"])


@varies()
def every_wish_taken_back(a, world, chance):
    Wish.objects.filter(registration__organisation=a).delete()


@varies("catalyst_here")
def who_comes_for_it(a, world, chance):
    people = Attendee.objects.filter(registration__organisation=a)
    people.update(name=f"ZQAinscrite {chance.random()}")
