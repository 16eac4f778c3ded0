import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from territories.models import Containment, FormerCode, LoadedVintage, Territory
from territories.services import load_vintage
from territories.services.projects import Project, state_projects
from territories.vintage import Vintage, VintageError
from tests.territories.vintages import write_vintage

pytestmark = pytest.mark.django_db


def load(folder, **options):
    return load_vintage(Vintage(folder), report=lambda sentence: None, **options)


def communes_of(reference_kind, code):
    return set(
        Containment.objects.filter(
            territory__kind=reference_kind, territory__code=code
        ).values_list("commune__code", flat=True)
    )


@pytest.fixture
def base(tmp_path):
    folder = write_vintage(tmp_path / "2026")
    load(folder)
    return folder


def test_every_kind_is_stored_with_its_communes(base):
    assert {
        (territory.reference, territory.population)
        for territory in Territory.objects.all()
    } == {
        ("FR", 450),
        ("REG-84", 400),
        ("DEP-01", 400),
        ("DEP-988", 50),
        ("EPCI-200000001", 400),
        ("COM-01001", 100),
        ("COM-01002", 300),
        ("COM-98801", 50),
    }
    assert communes_of("country", "FR") == {"01001", "01002", "98801"}
    assert communes_of("region", "84") == {"01001", "01002"}
    assert communes_of("collectivity", "988") == {"98801"}
    assert communes_of("commune", "01001") == {"01001"}


def test_names_and_codes_are_written_as_french_is(base):
    island = Territory.objects.get(kind="commune", code="98801")
    alpha = Territory.objects.get(kind="commune", code="01001")

    assert (island.name, island.latitude_deg) == ("L’Île", None)
    assert alpha.postal_codes == ["01000", "01001"]


def test_a_centre_that_no_file_gives_is_weighted_by_population(base):
    region = Territory.objects.get(kind="region")

    assert (region.latitude_deg, region.longitude_deg) == (46.15, 5.15)


def test_loading_the_same_vintage_again_changes_nothing(base):
    keys = set(Territory.objects.values_list("pk", "name"))
    containments = set(Containment.objects.values_list("pk", flat=True))

    result, forced = load(base), load(base, force=True)

    assert (result.was_already_loaded, forced.was_already_loaded) == (True, False)
    assert set(Territory.objects.values_list("pk", "name")) == keys
    assert set(Containment.objects.values_list("pk", flat=True)) == containments


@pytest.fixture
def merged(base, tmp_path):
    """The year after, Bêta joined Alpha, which changed its name."""
    folder = write_vintage(
        tmp_path / "2027",
        valid_from="2027-01-01",
        communes=[
            "01001,Alpha-et-Bêta,01,84,metro,410,01000,46.1,5.1",
            "98801,L'Île,,988,com,50,98800,,",
        ],
        epci_communes=["200000001,01001"],
        former_codes=[
            "01999,01001,commune-deleguee,Ancienne",
            "01002,01001,commune-deleguee,Bêta",
        ],
    )
    beta = Territory.objects.get(kind="commune", code="01002")
    state_projects([Project("pays", "Pays", [beta])], day=dt.date(2026, 6, 1))
    load(folder)
    return beta


def test_a_later_vintage_closes_what_it_no_longer_has(merged):
    merged.refresh_from_db()

    assert merged.valid_until == dt.date(2027, 1, 1)
    assert merged.successor.name == "Alpha-et-Bêta"
    assert communes_of("epci", "200000001") == {"01001"}
    assert FormerCode.objects.get(code="01002").territory.code == "01001"


def test_a_territory_of_project_follows_its_communes(merged):
    project = Territory.objects.get(kind="project")

    assert (project.valid_until, communes_of("project", "pays")) == (None, {"01001"})


def test_a_commune_that_comes_back_is_open_again(merged, tmp_path):
    load(write_vintage(tmp_path / "2028", valid_from="2028-01-01"))
    merged.refresh_from_db()

    assert (merged.valid_until, merged.successor) == (None, None)
    assert merged.valid_from == dt.date(2026, 1, 1)
    assert not FormerCode.objects.filter(code="01002").exists()


def test_an_earlier_vintage_is_refused(merged, base):
    with pytest.raises(VintageError, match="2027-01-01"):
        load(base, force=True)


def test_an_altered_file_is_refused_and_nothing_is_stored(tmp_path):
    folder = write_vintage(tmp_path / "2026")
    (folder / "epcis.csv").write_text("siren,nom,lat,lon\n")

    with pytest.raises(CommandError, match=r"epcis\.csv"):
        call_command("load_territories", data=folder)
    assert not Territory.objects.exists()


def test_a_grouping_of_an_unknown_commune_is_refused_and_nothing_is_stored(tmp_path):
    folder = write_vintage(
        tmp_path / "2026", epci_communes=["200000001,01001", "200000001,77777"]
    )

    with pytest.raises(CommandError, match="77777"):
        call_command("load_territories", data=folder)
    assert (Territory.objects.count(), LoadedVintage.objects.count()) == (0, 0)


def test_a_folder_without_a_manifest_is_refused(tmp_path):
    with pytest.raises(CommandError, match="manifest"):
        call_command("load_territories", data=tmp_path)


def test_the_command_says_what_is_in_place(base, capsys):
    call_command("load_territories", data=base)

    said = capsys.readouterr().out
    assert "déjà en place" in said
    assert "3 commune" in said
