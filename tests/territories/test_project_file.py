import pytest
from django.core.management import CommandError, call_command

from territories.models import Territory
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    TerritoryFactory(code="44043", name="Clisson", population=7_000)
    TerritoryFactory(code="44063", name="Gorges", population=5_000)

    def write(*lines):
        path = tmp_path / "projets.csv"
        path.write_text("\n".join(["slug,name,communes", *lines]) + "\n")
        return path

    return write


def communes(slug):
    project = Territory.objects.get(kind="project", code=slug)
    return project, {found.code for found in Territory.objects.communes_of(project)}


def test_a_file_creates_then_updates_a_territory_of_project(file):
    call_command("load_project_territories", file("vallee,La Vallée,44043|44063"))
    project, codes = communes("vallee")
    assert (project.name, project.population, codes) == (
        "La Vallée",
        12_000,
        {"44043", "44063"},
    )

    call_command("load_project_territories", file("vallee,Vallée,44043"))
    project, codes = communes("vallee")
    assert (project.name, project.population, codes) == ("Vallée", 7_000, {"44043"})


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("Vallée,La Vallée,44043", "2,slug,Vallée,"),
        ("vallee,,44043", "2,name,,"),
        ("vallee,La Vallée,", "2,communes,,"),
        ("vallee,La Vallée,44043|99999", "2,communes,99999,"),
        ("vallee,La Vallée,٤٤٠٤٣", "2,communes,٤٤٠٤٣,"),
        ("vallee,La Vallée", "2,communes,,"),
        ('vallee,"La Vallée,44043', ",,,guillemets"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_stored(file, capsys, line, error):
    path = file(line)

    with pytest.raises(CommandError, match="Rien n’a été enregistré"):
        call_command("load_project_territories", path)

    assert error in capsys.readouterr().err.replace("3,,,", ",,,").replace(
        "2,,,", ",,,"
    )
    assert not Territory.objects.filter(kind="project").exists()


def test_a_slug_given_twice_is_refused(file, capsys):
    with pytest.raises(CommandError):
        call_command(
            "load_project_territories", file("a,A,44043", "b,B,44043", "a,A,44063")
        )

    assert "4,slug,a,déjà donné à la ligne 2" in capsys.readouterr().err
