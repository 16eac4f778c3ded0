"""Why something was not done to the members; each refusal says what to do instead."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RefusedError(Exception):
    """Nothing was written; ``sentence`` says why, and what to do."""

    sentence: str | Promise = ""

    def __init__(self) -> None:
        super().__init__(str(self.sentence))


class GoneError(RefusedError):
    sentence = _(
        "Cette organisation n’est plus dans l’annuaire : rien n’a été changé. "
        "Retournez à « Mes organisations »."
    )


class AlreadyDoneError(RefusedError):
    sentence = _(
        "Quelqu’un vient de s’en occuper : rien n’a été changé. La page montre où cela "
        "en est."
    )


class LastResponsibleError(RefusedError):
    sentence = _(
        "Il faut au moins une personne référente ou signataire pour décider au nom de "
        "l’organisation : rien n’a été changé. Donnez d’abord ce rôle à quelqu’un "
        "d’autre, ou invitez la personne qui prendra la suite."
    )


class NotAllowedError(RefusedError):
    sentence = _(
        "Votre rôle ne le permet pas, ou ne le permet plus : rien n’a été changé. "
        "Demandez à une personne référente ou signataire."
    )


class SecondPersonError(RefusedError):
    sentence = _(
        "Une autre personne référente ou signataire doit vous nommer signataire : rien "
        "n’a été changé. Demandez-le-lui."
    )


class TooEarlyError(RefusedError):
    sentence = _(
        "Une demande de rattachement a été acceptée il y a moins de 48 heures : "
        "personne ne peut encore être nommé signataire. Rien n’a été changé ; "
        "recommencez après ce délai."
    )


class AlreadyInvitedError(RefusedError):
    sentence = _(
        "Une invitation attend déjà une réponse à cette adresse. Renvoyez-la plutôt "
        "que d’en faire une deuxième."
    )


class AlreadyMemberError(RefusedError):
    sentence = _(
        "Cette personne fait déjà partie de l’équipe : il n’y a rien à faire. Pour lui "
        "donner un autre rôle, utilisez « Modifier » à côté de son nom."
    )


class TooManyInvitationsError(RefusedError):
    sentence = _(
        "Trop d’invitations attendent une réponse. Annulez celles qui ne servent plus, "
        "puis recommencez."
    )


class ResentEnoughError(RefusedError):
    sentence = _(
        "Cette invitation vient d’être envoyée, ou l’a été cinq fois : elle n’est pas "
        "repartie. Appelez la personne, ou annulez l’invitation et vérifiez l’adresse."
    )


class OtherAddressError(RefusedError):
    sentence = _(
        "Cette invitation donne le rôle de signataire : seule la personne dont le "
        "compte porte l’adresse invitée, vérifiée, peut l’accepter. Connectez-vous avec "
        "cette adresse, ou demandez une invitation à la vôtre."
    )


class AlreadyClaimedError(RefusedError):
    sentence = _(
        "Votre demande pour cette organisation attend déjà une réponse : elle n’a pas "
        "été envoyée deux fois."
    )


class TooManyClaimsError(RefusedError):
    sentence = _(
        "Vous avez déjà cinq demandes en attente : celle-ci n’est pas partie. Retirez-en "
        "une, ou attendez une réponse."
    )


class RefusedLatelyError(RefusedError):
    sentence = _(
        "Une demande pour cette organisation vous a été refusée il y a moins de 30 "
        "jours : celle-ci n’est pas partie. Demandez plutôt une invitation à quelqu’un "
        "de l’organisation."
    )
