"""Which organisations answer a search, in what order, and what to widen."""

import pytest
from django.http import QueryDict

from alliances.enums import ActorKind, FragilityDomain, Means, Part, PartnershipType
from alliances.filters import OrganisationFilter
from alliances.forms.refusals import choice_of
from alliances.models import Establishment, Organisation
from alliances.selectors.directory import Axis, Search, found, ordered
from alliances.selectors.pages import MAX_PAGES, PAGE_SIZE, directory_page, widenings
from alliances.selectors.resembling import namesakes
from alliances.selectors.spelling import corrected
from tests.factories.alliances import IntentionFactory, OrganisationFactory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db
EVERYONE = Organisation.objects


@pytest.fixture
def clisson():
    return TerritoryFactory(
        name="Clisson", code="44043", latitude_deg=47.09, longitude_deg=-1.28
    )


@pytest.fixture
def vertou():
    """Sixteen kilometres north-west of Clisson."""
    return TerritoryFactory(
        name="Vertou", code="44215", latitude_deg=47.17, longitude_deg=-1.47
    )


@pytest.fixture
def nantes():
    """Twenty-six kilometres north-west of Clisson."""
    return TerritoryFactory(
        name="Nantes", code="44109", latitude_deg=47.22, longitude_deg=-1.56
    )


def asked(query: str) -> OrganisationFilter:
    return OrganisationFilter(QueryDict(query), queryset=EVERYONE.active())


def names(organisations) -> list[str]:
    return [organisation.name for organisation in organisations.order_by("name")]


def answer(query: str) -> list[str]:
    return names(asked(query).qs)


@pytest.fixture
def garage(clisson):
    """Repairs bicycles in Clisson: mobility, offers premises, seeks donations."""
    return IntentionFactory(
        organisation__name="Garage solidaire",
        organisation__summary="Des vélos réparés pour les demandeurs d’emploi.",
        organisation__kind=ActorKind.ASSOCIATION,
        organisation__size="sme",
        organisation__seat=clisson,
        types=[PartnershipType.PATRONAGE],
        domains=[FragilityDomain.MOBILITY],
        offers=[Means.PREMISES],
        needs=[Means.DONATION],
    )


@pytest.fixture
def mill(nantes):
    """A company of Nantes: health, offers donations, seeks networks."""
    return IntentionFactory(
        organisation__name="Minoterie Dupont",
        organisation__kind=ActorKind.COMPANY,
        organisation__size="large",
        organisation__seat=nantes,
        types=[PartnershipType.ECONOMIC_COOPERATION],
        domains=[FragilityDomain.HEALTH],
        offers=[Means.DONATION],
        needs=[Means.NETWORKS],
    )


@pytest.mark.parametrize(
    ("query", "names_found"),
    [
        ("", ["Garage solidaire", "Minoterie Dupont"]),
        ("nature=association", ["Garage solidaire"]),
        ("nature=association&nature=company", ["Garage solidaire", "Minoterie Dupont"]),
        ("domaine=mobility", ["Garage solidaire"]),
        ("domaine=mobility&domaine=health", ["Garage solidaire", "Minoterie Dupont"]),
        ("type=patronage", ["Garage solidaire"]),
        ("offre=donation", ["Minoterie Dupont"]),
        ("besoin=donation", ["Garage solidaire"]),
        ("taille=large", ["Minoterie Dupont"]),
        ("domaine=mobility&offre=donation", []),
        ("territoire=COM-44043", ["Garage solidaire"]),
        ("territoire=Clisson", ["Garage solidaire"]),
        ("territoire=COM-44043&rayon=20", ["Garage solidaire"]),
        ("territoire=COM-44043&rayon=30", ["Garage solidaire", "Minoterie Dupont"]),
        ("rayon=20", ["Garage solidaire", "Minoterie Dupont"]),
        ("q=v%C3%A9los", ["Garage solidaire"]),
        ("q=velo+repare", ["Garage solidaire"]),
        ("q=garag", ["Garage solidaire"]),
        ("q=gara+velo", []),
        ("q=mobilit%C3%A9", ["Garage solidaire"]),
        ("q=entreprises+sant%C3%A9", ["Minoterie Dupont"]),
        ("q=locaux", ["Garage solidaire"]),
        ("q=dons", ["Garage solidaire", "Minoterie Dupont"]),
        ("q=qui+peut+aider+sur+la+mobilite+%3F", ["Garage solidaire"]),
    ],
)
def test_each_filter_keeps_what_it_asks(garage, mill, query, names_found):
    assert answer(query) == names_found


def test_one_intention_answers_every_facet_together(garage):
    IntentionFactory(
        organisation=garage.organisation,
        is_default=False,
        domains=[FragilityDomain.HEALTH],
        offers=[Means.NETWORKS],
    )

    assert answer("domaine=health&offre=networks") == ["Garage solidaire"]
    assert answer("domaine=health&offre=premises") == []


def test_drafts_are_not_found(garage):
    garage.state = "draft"
    garage.save()

    assert [answer("domaine=mobility"), answer("q=mobilite")] == [[], []]


def test_archived_organisations_are_not_found(garage):
    EVERYONE.update(archived_at="2026-01-01T00:00Z")

    assert answer("q=garage") == []


def test_a_place_is_told_from_where_one_is_and_where_one_acts(clisson, nantes):
    sevre = TerritoryFactory(epci=True, code="200000001", communes=[clisson])
    established = OrganisationFactory(name="Établie", seat=nantes)
    Establishment.objects.create(organisation=established, commune=clisson)
    IntentionFactory(
        organisation__name="Agissante", organisation__seat=nantes, perimeter=[sevre]
    )
    OrganisationFactory(name="Seule", seat=clisson)

    assert [
        answer("territoire=EPCI-200000001"),
        answer("territoire=EPCI-200000001&niveau=dans"),
        answer("territoire=EPCI-200000001&niveau=agit"),
        answer("territoire=COM-44043&niveau=agit"),
    ] == [
        ["Agissante", "Seule", "Établie"],
        ["Seule", "Établie"],
        ["Agissante"],
        ["Agissante"],
    ]


def test_the_country_keeps_everybody_who_shows_a_place(garage, mill):
    TerritoryFactory(country=True)
    EVERYONE.filter(name="Minoterie Dupont").update(hidden_parts=[Part.PLACES])

    assert answer("territoire=FR") == ["Garage solidaire"]


@pytest.mark.parametrize(
    ("part", "queries"),
    [
        (Part.DOMAINS, ["domaine=mobility", "q=mobilite", "q=mobilit"]),
        (Part.MEANS, ["offre=premises", "besoin=donation", "q=locaux", "q=dons"]),
        (Part.TYPES, ["type=patronage"]),
        (Part.SIZE, ["taille=sme"]),
        (
            Part.PLACES,
            [
                "territoire=COM-44043",
                "territoire=COM-44043&rayon=50",
                "territoire=COM-44043&niveau=dans",
                "territoire=COM-44043&niveau=agit",
                "q=clisson",
            ],
        ),
    ],
)
def test_a_hidden_part_is_found_by_nothing(garage, part, queries):
    assert [query for query in queries if answer(query)] == [
        query for query in queries if query != "q=clisson"
    ]

    EVERYONE.update(hidden_parts=[part])

    assert [query for query in queries if answer(query)] == []
    assert answer("q=garage") == ["Garage solidaire"]


def test_partner_and_private_parts_are_found_by_no_word(garage):
    EVERYONE.update(values=["zouave"], sectors=["quetsche"], maturity=3, staff=4242)

    assert [answer(f"q={word}") for word in ("zouave", "quetsche", "4242")] == [[]] * 3


def test_the_nearest_come_first_when_a_place_is_asked(clisson, vertou, nantes):
    for place, name in ((nantes, "A"), (clisson, "B"), (vertou, "C"), (clisson, "D")):
        OrganisationFactory(name=name, seat=place)
    search = asked("territoire=COM-44043&rayon=50").search

    by_distance = ordered(found(EVERYONE.all(), search), search)
    by_name = ordered(found(EVERYONE.all(), search), search, "nom")

    assert [one.name for one in by_distance] == ["B", "D", "C", "A"]
    assert [one.name for one in by_name] == ["A", "B", "C", "D"]


def test_a_word_of_the_name_comes_before_a_word_of_the_presentation():
    OrganisationFactory(name="Autre", summary="Nous aimons le théâtre.")
    OrganisationFactory(name="Théâtre du Fil")
    search = Search(words=("theatre",))

    assert [one.name for one in ordered(found(EVERYONE.all(), search), search)] == [
        "Théâtre du Fil",
        "Autre",
    ]


def test_names_sort_without_their_accents():
    for name in ("Zoé", "école", "Écluse", "abri"):
        OrganisationFactory(name=name)

    assert [one.name for one in ordered(EVERYONE.all(), Search())] == [
        "abri",
        "Écluse",
        "école",
        "Zoé",
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("theatrre",), ("theatre",)),  # one letter too many
        (("minotrie",), ("minoterie",)),  # one letter missing
        (("mobiltie",), ("mobilite",)),  # two letters swapped, a word of the lists
        (("garage", "solidiare"), ("garage", "solidaire")),
        (("xylophone",), ("xylophone",)),  # near to nothing
        (("abc",), ("abc",)),  # too short to guess
        (("velo",), ("velo",)),  # written in a presentation: nothing to correct
    ],
)
def test_typing_errors_are_corrected_by_known_words(garage, mill, typed, meant):
    OrganisationFactory(name="Théâtre du Fil")

    assert corrected(typed) == meant


def test_names_of_archived_organisations_correct_nothing():
    OrganisationFactory(name="Xylographie", archived_at="2026-01-01T00:00Z")

    assert corrected(("xylografie",)) == ("xylografie",)


def test_a_search_with_a_typing_error_is_answered_and_says_so(garage):
    page = directory_page(
        EVERYONE.active(), Search(words=("garrage",)), order="", number=""
    )

    assert (page.count, page.is_corrected, page.search.words) == (1, True, ("garage",))


def test_widenings_say_what_a_wider_search_finds(garage, mill):
    search = asked("territoire=COM-44043&domaine=health&taille=large").search

    wider = widenings(EVERYONE.active(), search)

    assert [(one.dropped, one.search.radius_km, one.count) for one in wider] == [
        (None, 30, 1),
        (Axis.TERRITORY, None, 1),
    ]


def test_widenings_never_count_a_hidden_place(garage, mill):
    EVERYONE.filter(name="Minoterie Dupont").update(hidden_parts=[Part.PLACES])
    search = asked("territoire=COM-44043&domaine=health").search

    wider = widenings(EVERYONE.active(), search)

    assert [(one.dropped, one.count) for one in wider] == [
        (Axis.TERRITORY, 1),
        (Axis.DOMAINS, 1),
    ]


def test_a_page_holds_twenty_lines_and_the_count_of_all(clisson):
    for rank in range(PAGE_SIZE + 3):
        OrganisationFactory(name=f"Nom {rank:03}", seat=clisson)
    everyone = EVERYONE.active()

    first = directory_page(everyone, Search(), order="", number="1")
    last = directory_page(everyone, Search(), order="", number="9999")
    odd = directory_page(everyone, Search(), order="", number="٣")

    assert [first.count, len(first.lines), len(last.lines)] == [PAGE_SIZE + 3, 20, 3]
    assert [odd.page.number, last.page.number] == [1, 2]
    assert [line.organisation.name for line in last.lines] == [
        "Nom 020",
        "Nom 021",
        "Nom 022",
    ]


def test_pages_stop_after_fifty(monkeypatch):
    monkeypatch.setattr("alliances.selectors.pages.PAGE_SIZE", 1)
    OrganisationFactory.create_batch(MAX_PAGES + 2, seat=None)

    page = directory_page(EVERYONE.active(), Search(), order="", number="9999")

    assert (page.page.number, page.page.paginator.is_cut) == (MAX_PAGES, True)


def test_a_hidden_seat_is_told_neither_by_a_namesake_nor_by_a_choice():
    seat = TerritoryFactory(name="Lieu caché")
    hidden = OrganisationFactory(
        name="Recyclerie du Port", seat=seat, hidden_parts=["places"]
    )

    assert choice_of(hidden).name == "Recyclerie du Port"
    places = (seat, TerritoryFactory(), None)
    for name in ("Recyclerie du Port", "Ressourcerie de Porto", "Recycle"):
        answers = [namesakes(name, place) for place in places]
        assert answers[0] == answers[1] == answers[2]
    assert namesakes("Recyclerie du Port", seat) == [hidden]
