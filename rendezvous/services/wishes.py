"""What a participant wishes of the others; nobody is told."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from rendezvous.enums import WishAnswer
from rendezvous.models import Registration, Wish


@transaction.atomic
def wish(own: Registration, answers: Mapping[int, str], *, by: User) -> None:
    """Write down ``answers`` by registration; an empty one takes the wish back."""
    locked = Registration.objects.select_for_update(no_key=True).get(pk=own.pk)
    if not locked.is_confirmed:
        return
    taken_back = [pk for pk, answer in answers.items() if not answer]
    Wish.objects.filter(registration=locked, other__in=taken_back).delete()
    known = dict(
        Wish.objects.filter(registration=locked).values_list("other_id", "answer")
    )
    for pk, answer in sorted(answers.items()):
        if answer and known.get(pk) != answer:
            Wish.objects.update_or_create(
                registration=locked,
                other_id=pk,
                defaults={"answer": WishAnswer(answer), "by": by},
            )
