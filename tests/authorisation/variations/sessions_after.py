"""What A says of a meeting with C, which has not answered, and of how far it is with B."""

from rendezvous.enums import FeedbackAnswer, Stage, StopReason
from rendezvous.models import Checkpoint, Feedback, Registration
from rendezvous.services.following.feedback import Said, give_feedback
from tests.authorisation.variations import varies


def registration(world, letter):
    session = world.rows["rendezvous.Session"]["A"]
    organisation = world.organisations[letter]
    return Registration.objects.get(organisation=organisation, session=session)


@varies()
def an_answer_about_a_meeting(a, world, chance):
    answer = FeedbackAnswer(chance.choice(FeedbackAnswer.values))
    said = Said(answer, f"ZQAseule {chance.random()}")
    own, other = registration(world, "A"), registration(world, "C")
    give_feedback(own, other, said=said, by=world.people["contributor_a"])


@varies()
def no_answer_about_a_meeting(a, world, chance):
    Feedback.objects.filter(registration__organisation=a, outcome="").delete()


@varies()
def how_far_it_says_that_it_is(a, world, chance):
    """Between two answers that say the same together."""
    rows = Checkpoint.objects.filter(registration__organisation=a)
    rows.update(stage=Stage.STOPPED, why=chance.choice(StopReason.values))
