"""What the scheduler says by codes and numbers, in French for people."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rendezvous.scheduling.problem import Reason
from rendezvous.scheduling.refusals import Refusal

REASONS = {
    "not_enough_tables": gettext_lazy(
        "Avec %(tables)d tables et %(rounds)d tours, %(participants)d participants ne "
        "peuvent pas tous avoir %(minimum)d rencontres : il faudrait "
        "%(seats_promised)d places, il y en a %(seats)d."
    ),
    "nobody_may_meet": gettext_lazy(
        "Aucune rencontre n’est possible entre les %(participants)d participants : refus, "
        "familles qui ne se rencontrent pas, ou présences qui ne se croisent pas."
    ),
    "too_few_partners_of_kinds": gettext_lazy(
        "Les %(participants)d participants de la famille « %(kind)s » doivent avoir "
        "%(promised)d rencontres en tout ; les %(partners)d participants qu’ils "
        "peuvent rencontrer n’en offrent que %(offered)d."
    ),
    "too_few_rounds": gettext_lazy(
        "%(participants)d participants ne sont pas assez présents pour leur minimum "
        "de rencontres (%(names)s)."
    ),
    "too_few_partners": gettext_lazy(
        "%(participants)d participants ont moins de partenaires possibles que leur "
        "minimum de rencontres (%(names)s)."
    ),
    "jointly_impossible": gettext_lazy(
        "Les minimums ne peuvent pas être tenus tous ensemble : il manquera au moins "
        "%(missing)d rencontres promises, quel que soit le programme."
    ),
    "short": gettext_lazy(
        "Le programme trouvé laisse %(participants)d participants sous leur minimum "
        "(%(missing)d rencontres manquantes), sans preuve que ce soit inévitable : "
        "donnez plus de temps au calcul."
    ),
    "not_kept": gettext_lazy(
        "Des inscriptions ou des choix ont changé : une partie de ce qui était verrouillé "
        "n’a pas pu être gardée."
    ),
    "too_many_meetings_of_one": gettext_lazy(
        "Le participant %(id)s a %(meetings)d rencontres demandées pour %(slots)d "
        "créneaux possibles."
    ),
    "too_many_meetings": gettext_lazy(
        "%(meetings)d rencontres sont demandées ; %(tables)d tables et %(slots)d "
        "créneaux n’en permettent que %(room)d."
    ),
    "no_arrangement": gettext_lazy(
        "Aucun programme ne tient toutes les rencontres demandées."
    ),
    "not_found_in_time": gettext_lazy(
        "Aucun programme n’a été trouvé dans le temps donné, sans preuve qu’il n’en "
        "existe pas."
    ),
}

FAULTS = {
    "syntax": gettext_lazy("le fichier n’est pas du JSON valable"),
    "encoding": gettext_lazy("le fichier n’est pas en UTF-8"),
    "unknown_key": gettext_lazy("cette clé n’est pas connue"),
    "missing": gettext_lazy("cette valeur est nécessaire"),
    "not_object": gettext_lazy("un objet est attendu"),
    "not_list": gettext_lazy("une liste est attendue"),
    "not_text": gettext_lazy("un texte est attendu"),
    "not_whole": gettext_lazy("un nombre entier est attendu"),
    "not_number": gettext_lazy("un nombre est attendu"),
    "out_of_range": gettext_lazy("cette valeur sort des limites"),
    "too_many": gettext_lazy("il y en a trop"),
    "twice": gettext_lazy("cette valeur est donnée deux fois"),
    "unknown_participant": gettext_lazy("ce participant n’est pas dans la liste"),
    "not_two": gettext_lazy("deux valeurs différentes sont attendues"),
    "not_three": gettext_lazy("trois participants différents sont attendus"),
    "not_two_or_three": gettext_lazy(
        "deux ou trois participants différents sont attendus"
    ),
    "backwards": gettext_lazy("le départ précède l’arrivée"),
    "broken": gettext_lazy("cette rencontre verrouillée enfreint une règle"),
}


def sentence(reason: Reason) -> str:
    """Put a reason into words."""
    ids = reason.facts.get("ids", ())
    names = ", ".join(ids) if isinstance(ids, tuple) else ""
    facts = {**reason.facts, "names": names}
    text: str = _(str(REASONS[reason.code])) % facts
    return text


def fault_line(refusal: Refusal) -> str:
    """Write a refusal as one line: line, column, value, message."""
    message = str(FAULTS[refusal.fault])
    if refusal.detail:
        message = f"{message} ({refusal.detail})"
    return f"{refusal.line}, {refusal.column}, {refusal.value}, {message}"
