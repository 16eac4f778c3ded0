"""Sentences: each is built from the figures that were used, and nothing else."""

import pytest

from alliances.enums import FragilityDomain, Means, PartnershipType
from matching import kernel
from matching.explanations import WARNINGS, type_sentences, words
from matching.explanations.components import Speaker, component_sentence
from matching.explanations.rules import APART, LIFTS, OBSTACLES
from matching.kernel import Reason

YOU = Speaker("Vélo", "Acier", "association", is_reader=True)
THEY = Speaker("Acier", "Vélo", "company", is_reader=False)
NNBSP = "\u202f"


def said(component, value, speaker=YOU, type_code="patronage", **facts):
    reason = Reason(component, value, 0.0, facts)
    return component_sentence(reason, speaker, type_code=type_code)


def test_every_code_has_its_words():
    assert set(words.MEANS) == set(Means.values)
    assert set(words.DOMAINS) == set(FragilityDomain.values)
    assert set(words.TYPES) == set(words.TO_TYPES) == set(PartnershipType.values)
    assert tuple(words.COMPONENTS) == kernel.COMPONENTS


def test_every_rule_of_the_kernel_has_its_words():
    assert {w.id: w.severity for w in kernel.WARNINGS} == {
        rule: point.severity for rule, point in WARNINGS.items()
    }
    assert {rule.message for rule in kernel.HARD_RULES} == set(OBSTACLES)
    assert {rule.lifted_by for rule in kernel.HARD_RULES} == set(LIFTS)
    assert all(p.sentence and p.lift and p.source for p in WARNINGS.values())


def test_every_rule_says_how_firm_it_is_where_it_comes_from_and_what_lifts_it():
    hard = [
        (rule.id, rule.severity, rule.source, OBSTACLES[rule.message])
        for rule in kernel.HARD_RULES
    ]
    warned = [
        (w.id, w.severity, w.source, WARNINGS[w.id].sentence) for w in kernel.WARNINGS
    ]
    apart = [(p.rule, p.severity, p.source, p.sentence) for p in APART.values()]
    every = [*hard, *warned, *apart]

    assert len({(rule, severity) for rule, severity, *_ in every}) == len(every)
    assert {severity for _, severity, *_ in hard + apart} == {"block"}
    assert {severity for _, severity, *_ in warned} == {"warn", "inform"}
    assert all(str(source) and str(sentence) for *_, source, sentence in every)
    assert all(str(point.lift) for point in APART.values())


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Vélo", "de Vélo"), ("Acier", "d’Acier"), ("Éclat", "d’Éclat")],
)
def test_de_is_elided_before_a_vowel(name, expected):
    assert words.of(name) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a et b"),
        (["a", "b", "c"], "a, b et c"),
        (["a", "b", "c", "d"], "a, b et 2 autres"),
    ],
)
def test_a_list_reads_as_a_sentence_and_counts_the_rest(items, expected):
    assert words.listed(items) == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, "0"), (0.001, "1"), (0.5, "50"), (0.999, "99"), (1.0, "100")],
)
def test_a_share_never_says_all_or_nothing_wrongly(share, expected):
    assert words.percent(share) == f"{expected}{NNBSP}%"


QUADRANTS = [
    {"code": "eco", "weight": 50.0, "fit": 1.0, "part": 0.5},
    {"code": "hr", "weight": 50.0, "fit": 0.5, "part": 0.25},
]


def test_objectives_say_the_main_one_in_the_words_of_the_kind():
    assert said("objectives", 0.75, quadrants=QUADRANTS) == (
        f"Votre premier objectif est «{NNBSP}Diversifier les sources de "
        f"financement{NNBSP}» (50 points sur 100){NNBSP}; l’ensemble de vos objectifs "
        "correspond bien au mécénat."
    )
    assert said("objectives", 0.1, THEY, quadrants=QUADRANTS) == (
        f"Premier objectif d’Acier{NNBSP}: «{NNBSP}Renforcer sa performance "
        f"économique{NNBSP}» (50 points sur 100){NNBSP}; l’ensemble de ses objectifs "
        "correspond peu au mécénat."
    )


def test_needs_say_what_is_covered():
    one = [{"means": "donation", "worth": 1.0}]

    assert said("needs", 1.0, covered=one, uncovered=[]) == (
        "Vous cherchez un don, qu’Acier propose."
    )
    assert said("needs", 0.5, covered=one, uncovered=["premises"]) == (
        f"Sur vos 2 besoins, Acier en couvre 1{NNBSP}: un don."
    )
    assert said("needs", 0.0, THEY, covered=[], uncovered=["loan"]) == (
        f"Les offres de Vélo ne couvrent pas ses besoins{NNBSP}: un prêt."
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {"overlap": 1.0, "distance_km": 3.0},
            "Le plus petit des deux périmètres est tout entier dans l’autre.",
        ),
        (
            {"overlap": 0.25, "distance_km": 3.0},
            f"25{NNBSP}% de la population du plus petit des deux périmètres est commune.",
        ),
        (
            {"overlap": 0.0, "distance_km": 6.2},
            f"Vos périmètres ne se touchent pas{NNBSP}; vos lieux les plus proches sont "
            f"à 6{NNBSP}km.",
        ),
        (
            {"overlap": 0.0, "distance_km": None, "is_far": True},
            f"Les périmètres ne se touchent pas, et plus de 150{NNBSP}km les séparent.",
        ),
        (
            {"overlap": 0.0, "distance_km": None},
            "Les périmètres ne se touchent pas.",
        ),
    ],
)
def test_the_territory_is_told_as_it_was_measured(facts, expected):
    known = {"is_far": False, "ceiling_km": 150.0, **facts}

    assert said("territory", 0.5, **known) == expected


def test_proximity_tells_only_what_is_known():
    facts = {"sizes": ("sme", None), "common_values": ("a", "b"), "is_linked": True}

    assert said("proximity", 1.0, **facts) == (
        f"Ce qui rapproche ou sépare{NNBSP}: 2 valeurs partagées et même réseau."
    )


@pytest.mark.parametrize("component", kernel.COMPONENTS)
def test_what_is_unknown_is_said_unknown(component):
    told = said(component, None)

    assert "compté" in told
    assert "%" not in told


def test_the_typology_is_read_from_the_side_of_the_company():
    (told,) = type_sentences(
        "patronage",
        is_named=True,
        kinds=("association", "company"),
        naming_reasons=(),
        maturities=(3, 3),
    )

    assert told == (
        f"Le mécénat, du côté de l’entreprise{NNBSP}: il s’agit de renforcer son "
        "positionnement, par un soutien sans contrepartie."
    )


def test_a_first_partnership_is_shown_the_entry_doors():
    told = type_sentences(
        "economic_cooperation",
        is_named=True,
        kinds=("company", "association"),
        naming_reasons=(),
        maturities=(None, 1),
    )

    assert told[-1].startswith("Pour un premier partenariat, le mécénat")


def test_the_deployment_phase_brings_other_rules():
    told = type_sentences(
        "economic_cooperation",
        is_named=True,
        kinds=("association", "local_authority"),
        naming_reasons=("phase_deployment",),
    )

    assert "d’autres règles juridiques, sociales et fiscales" in told[1]
