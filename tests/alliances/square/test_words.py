import pytest

from alliances.square.geometry import Weights
from alliances.square.labels import words_for
from alliances.square.words import sentence


@pytest.mark.parametrize(
    ("kind", "weights", "expected"),
    [
        (
            "company",
            Weights(10, 70, 10, 10),
            "Priorité\u202f: dialoguer avec les parties prenantes externes (70 sur 100),"
            " puis impliquer ses ressources humaines (10), renforcer sa performance"
            " économique (10), innover (10). L’ensemble penche nettement vers la"
            " mobilisation des acteurs et nettement vers son écosystème.",
        ),
        (
            "local_authority",
            Weights(40, 10, 40, 10),
            "Priorités à égalité (40 sur 100 chacune)\u202f: cohésion sociale,"
            " développement économique, puis qualité de vie (10), attractivité du"
            " territoire (10). L’ensemble penche nettement vers les besoins du"
            " territoire\u202f; l’autre axe est équilibré.",
        ),
        (
            "association",
            Weights(25, 25, 25, 25),
            "Les quatre objectifs comptent autant. L’ensemble est équilibré sur les"
            " deux axes.",
        ),
        (
            "citizen_group",
            Weights(0, 0, 0, 100),
            "Priorité\u202f: innovation (100 sur 100). L’ensemble penche nettement vers"
            " la performance des actions et nettement vers son écosystème.",
        ),
    ],
)
def test_a_square_is_told_in_the_words_of_its_kind(kind, weights, expected):
    assert sentence(weights, words_for(kind)) == expected
