import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import luhn

from alliances.identifiers.checks import (
    CLEANERS,
    Identifier,
    IdentifierError,
    Problem,
    clean_rna,
    clean_siren,
    clean_siret,
)
from alliances.identifiers.sentences import sentence_for

LA_POSTE = "356000000"
SPACES = ("", " ", "\u00a0", "\u202f", "\u2009")
digits = st.text("0123456789", min_size=8, max_size=8)


def with_key(body):
    return body + luhn.calc_check_digit(body)


def altered(number, place, shift):
    changed = (int(number[place]) + shift) % 10
    return number[:place] + str(changed) + number[place + 1 :]


def problem_of(clean, text):
    with pytest.raises(IdentifierError) as caught:
        clean(text)
    return caught.value.problem


sirens = digits.map(with_key).filter(lambda number: number not in ("0" * 9, LA_POSTE))


@given(siren=sirens, space=st.sampled_from(SPACES))
def test_a_siren_with_its_key_is_accepted_however_it_is_spaced(siren, space):
    assert clean_siren(space.join((siren[:3], siren[3:6], siren[6:]))) == siren


@given(siren=sirens, place=st.integers(0, 8), shift=st.integers(1, 9))
def test_a_siren_with_one_altered_digit_is_refused(siren, place, shift):
    assert problem_of(clean_siren, altered(siren, place, shift)) is Problem.CHECKSUM


@given(
    siren=sirens,
    office=st.text("0123456789", min_size=4, max_size=4),
    place=st.integers(0, 13),
    shift=st.integers(1, 9),
)
def test_a_siret_is_accepted_with_its_key_and_refused_with_an_altered_digit(
    siren, office, place, shift
):
    siret = with_key(siren + office)
    wrong = altered(siret, place, shift)
    assume(not wrong.startswith(LA_POSTE))

    assert clean_siret(f"{siret[:9]} {siret[9:]}") == siret
    assert problem_of(clean_siret, wrong) is Problem.CHECKSUM


@given(office=st.text("0123456789", min_size=5, max_size=5))
def test_an_establishment_of_la_poste_counts_its_digits_by_five(office):
    siret = LA_POSTE + office
    assume(siret != "35600000000048")

    if sum(map(int, siret)) % 5 == 0:
        assert clean_siret(siret) == siret
    else:
        assert problem_of(clean_siret, siret) is Problem.CHECKSUM


def test_the_head_office_of_la_poste_has_an_ordinary_key():
    assert clean_siret("35600000000048") == "35600000000048"


@pytest.mark.parametrize(
    ("clean", "text", "problem"),
    [
        (clean_siren, "٧٣٢٨٢٩٣٢٠", Problem.FOREIGN_CHARACTER),
        (clean_siren, "732829320\n", Problem.FOREIGN_CHARACTER),
        (clean_siren, "732829320\0", Problem.FOREIGN_CHARACTER),
        (clean_siren, "732\u200b829320", Problem.FOREIGN_CHARACTER),
        (clean_siren, "\ud800", Problem.FOREIGN_CHARACTER),
        (clean_siren, "732829320.0", Problem.LENGTH),
        (clean_siren, "7,3282932E+8", Problem.SCIENTIFIC),
        (clean_siren, "73282932000074", Problem.IS_A_SIRET),
        (clean_siren, "000000000", Problem.CHECKSUM),
        (clean_siren, "5410192", Problem.LENGTH),
        (clean_siren, with_key("05410192")[1:], Problem.LOST_ZERO),
        (clean_siren, "7" * 100_000, Problem.LENGTH),
        (clean_siret, "3,56E+13", Problem.SCIENTIFIC),
        (clean_siret, "7.32829E13", Problem.SCIENTIFIC),
        (clean_siret, "732829320", Problem.IS_A_SIREN),
        (clean_siret, "٣٥٦٠٠٠٠٠٠٠٠٠٤٨", Problem.FOREIGN_CHARACTER),
        (clean_rna, "442001234", Problem.SHAPE),
        (clean_rna, "W44200123", Problem.SHAPE),
        (clean_rna, "W4420012345", Problem.SHAPE),
        (clean_rna, "W٤٤٢٠٠١٢٣٤", Problem.FOREIGN_CHARACTER),
        (clean_rna, "W442001234\n", Problem.FOREIGN_CHARACTER),
        (clean_rna, "ſ442001234", Problem.FOREIGN_CHARACTER),
    ],
)
def test_a_damaged_number_is_refused_with_its_cause(clean, text, problem):
    assert problem_of(clean, text) is problem


def test_an_rna_number_is_accepted_in_any_case_and_spacing():
    assert [
        clean_rna(text) for text in ("W442001234", "w 442 001 234", "W2A1000123")
    ] == [
        "W442001234",
        "W442001234",
        "W2A1000123",
    ]


@pytest.mark.parametrize("identifier", Identifier)
@pytest.mark.parametrize("text", ["", "   ", "\u202f"])
def test_nothing_typed_is_nothing_known(identifier, text):
    assert CLEANERS[identifier](text) == ""


@given(text=st.text(max_size=30))
def test_any_text_is_either_refused_or_made_of_ascii_digits(text):
    try:
        number = clean_siret(text)
    except IdentifierError:
        return
    assert number == "" or (len(number) == 14 and set(number) <= set("0123456789"))


@pytest.mark.parametrize("identifier", Identifier)
@pytest.mark.parametrize("problem", Problem)
def test_every_refusal_has_a_sentence(identifier, problem):
    sentence = sentence_for(IdentifierError(identifier, problem, found=3))

    assert sentence.endswith((".", "0"))
    assert "%" not in sentence
