import io
import os
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliances.models import (
    Exclusion,
    Intention,
    IntentionDomain,
    Need,
    Offer,
    Organisation,
)
from alliances.services.imports import (
    Options,
    SourceError,
    check_source,
    import_organisations,
)
from alliances.services.merging import merge_organisations
from alliances.signals import intentions_changed
from territories.models import FormerCode
from tests.factories.alliances import MembershipFactory, OrganisationFactory
from tests.factories.elevation import elevated_administrator
from tests.factories.territories import TerritoryFactory

pytestmark = pytest.mark.django_db

HEADER = (
    "key,name,kind,commune,perimeter,domains,square_hr,square_stk,square_eco,"
    "square_inn,offers,needs"
)
COMPLETE = "{key},{name},company,44109,DEP-44,mobility:7|ageing,25,25,30,20,loan,donation@DEP-44"


@pytest.fixture
def places():
    commune = TerritoryFactory(code="44109", name="Nantes")
    department = TerritoryFactory(department=True, code="44", communes=[commune])
    return {"COM-44109": commune, "DEP-44": department}


def rows(*texts, header=HEADER):
    return "\n".join((header, *texts)).encode()


def complete(key, name="Une entreprise"):
    return COMPLETE.format(key=key, name=name)


def import_(*texts, header=HEADER, source="fichier.csv", **options):
    return import_organisations(
        rows(*texts, header=header), source=source, options=Options(**options)
    )


def counts(report):
    return (
        report.created_count,
        report.updated_count,
        report.unchanged_count,
        report.refused_count,
    )


def errors(report):
    return [(each.line, each.column, each.code) for each in report.errors]


def written():
    models = (Organisation, Intention, IntentionDomain, Need, Offer, Exclusion)
    return [model.objects.count() for model in models]


def test_a_row_becomes_an_organisation_with_its_main_intention(places):
    header = f"{HEADER},sub_kind,staff,types,general_interest,phase,maturity,sectors,values,excludes,siren,website,summary"
    text = f"{complete('a')},commercial,900,patronage|societal_innovation,no,deployment,2,62|numérique,entraide,sector:tabac|kind:company,732 829 320,https://a.fr,=1+1"

    report = import_(text, header=header)

    organisation = Organisation.objects.get()
    intention = organisation.intentions.get()
    assert (counts(report), report.is_complete) == ((1, 0, 0, 0), True)
    assert {
        name: getattr(organisation, name)
        for name in (
            "source",
            "key",
            "name",
            "kind",
            "sub_kind",
            "staff",
            "size",
            "seat",
            "general_interest",
            "maturity",
            "sectors",
            "values",
            "siren",
            "website",
            "summary",
            "is_fictitious",
        )
    } == {
        "source": "fichier.csv",
        "key": "a",
        "name": "Une entreprise",
        "kind": "company",
        "sub_kind": "commercial",
        "staff": 900,
        "size": "mid_cap",
        "seat": places["COM-44109"],
        "general_interest": False,
        "maturity": 2,
        "sectors": ["62", "numérique"],
        "values": ["entraide"],
        "siren": "732829320",
        "website": "https://a.fr",
        "summary": "=1+1",
        "is_fictitious": False,
    }
    assert (intention.is_default, intention.state, intention.square) == (
        True,
        "open",
        (25, 25, 30, 20),
    )
    assert (intention.types, intention.phase) == (
        ["patronage", "societal_innovation"],
        "deployment",
    )
    assert list(intention.perimeter.all()) == [places["DEP-44"]]
    assert set(intention.domains.values_list("domain", "weight")) == {
        ("mobility", 7),
        ("ageing", 10),
    }
    assert list(intention.needs.values_list("means", "territory")) == [
        ("donation", places["DEP-44"].pk)
    ]
    assert list(intention.offers.values_list("means", "territory")) == [("loan", None)]
    assert set(organisation.exclusions.values_list("sector", "kind")) == {
        ("tabac", ""),
        ("", "company"),
    }
    assert organisation.exclusions_answered_at is not None


def test_the_same_file_twice_changes_nothing(places):
    header = f"{HEADER},excludes"
    texts = [f"{complete('a')},key:b|sector:tabac", f"{complete('b')},"]
    import_(*texts, header=header)
    before = list(Organisation.objects.order_by("pk").values())
    heard = []
    intentions_changed.connect(
        listener := lambda **sent: heard.append(sent), weak=False
    )

    report = import_(*texts, header=header)

    intentions_changed.disconnect(listener)
    assert counts(report) == (0, 0, 2, 0)
    assert list(Organisation.objects.order_by("pk").values()) == before
    assert heard == []


def test_an_empty_cell_keeps_and_a_hyphen_erases(places):
    header = f"{HEADER},staff,summary"
    import_(f"{complete('a')},12,Un texte", header=header)

    report = import_("a,Nom,company,,-,,,,,,-,,,-", header=header)

    organisation = Organisation.objects.get()
    intention = organisation.intentions.get()
    assert counts(report) == (0, 1, 0, 0)
    assert (organisation.name, organisation.staff, organisation.summary) == (
        "Nom",
        12,
        "",
    )
    assert (organisation.seat, intention.square) == (
        places["COM-44109"],
        (25, 25, 30, 20),
    )
    assert (intention.perimeter.count(), intention.offers.count()) == (0, 0)
    assert (intention.needs.count(), intention.domains.count()) == (1, 2)
    assert [each.missing for each in report.incomplete] == [["offer"]]


def test_types_are_all_four_on_creation_and_once_erased(places):
    import_("a,A,company,patronage", header="key,name,kind,types")
    import_("a,A,company,-", "b,B,company,", header="key,name,kind,types")

    assert [len(each.types) for each in Intention.objects.all()] == [4, 4]


def test_what_was_added_by_hand_to_a_kept_line_is_kept(places):
    import_(complete("a"))
    Need.objects.update(note="dès septembre")

    report = import_(complete("a").replace("donation@DEP-44", "donation@DEP-44|loan"))

    assert counts(report) == (0, 1, 0, 0)
    assert set(Need.objects.values_list("means", "note")) == {
        ("donation", "dès septembre"),
        ("loan", ""),
    }


def test_one_wrong_row_refuses_the_whole_file(places):
    report = import_(complete("a"), complete("b").replace("company", "société"))

    assert (errors(report), report.is_accepted) == (
        [(3, "kind", "unknown_code")],
        False,
    )
    assert written() == [0] * 6


def test_partial_keeps_the_valid_rows_and_is_not_complete(places):
    report = import_(
        complete("a"), complete("b").replace("company", "société"), partial=True
    )

    assert (counts(report), report.is_complete) == ((1, 0, 0, 1), False)
    assert [each.key for each in Organisation.objects.all()] == ["a"]


def test_partial_keeps_nothing_of_a_file_that_cannot_be_read_to_its_end(places):
    report = import_(complete("a"), '"b,B', partial=True)

    assert errors(report) == [(3, "key", "unterminated_quote")]
    assert written() == [0] * 6


def test_a_dry_run_counts_and_writes_nothing(places):
    report = import_(complete("a"), complete("b"), dry_run=True)

    assert (counts(report), written()) == ((2, 0, 0, 0), [0] * 6)


def test_matching_learns_of_all_changed_intentions_at_once(places):
    import_(complete("a"))
    heard = []
    intentions_changed.connect(
        listener := lambda **sent: heard.append(set(sent["intention_ids"])), weak=False
    )

    import_(complete("a"), complete("b"), complete("c"))

    intentions_changed.disconnect(listener)
    new = Intention.objects.filter(organisation__key__in="bc")
    assert heard == [set(new.values_list("pk", flat=True))]


def test_places_that_do_not_exist_are_refused_and_former_codes_noticed(places):
    FormerCode.objects.create(
        code="44999", kind="former", name="Chantenay", territory=places["COM-44109"]
    )
    text = "a,A,company,{},{},,,,,,loan@{},"

    unknown = import_(text.format("44000", "DEP-44|DEP-99", "REG-77"))
    former = import_(text.format("44999", "DEP-44", "DEP-44"))

    assert errors(unknown) == [
        (2, "commune", "unknown_commune"),
        (2, "perimeter", "unknown_territory"),
        (2, "offers", "unknown_territory"),
    ]
    assert [(each.line, each.column, each.code) for each in former.notices] == [
        (2, "commune", "former_territory")
    ]
    assert Organisation.objects.get().seat == places["COM-44109"]


def test_everything_wrong_in_a_row_is_told_at_once(places):
    text = "a,A,planet,44000,DEP-99,,,,,,loan@REG-77,"

    assert errors(import_(text)) == [
        (2, "kind", "unknown_code"),
        (2, "commune", "unknown_commune"),
        (2, "perimeter", "unknown_territory"),
        (2, "offers", "unknown_territory"),
    ]


def test_the_key_of_a_merged_organisation_says_which_one_replaces_it(places):
    import_(complete("a", "Gardée"), complete("b", "Absorbée"))
    kept, absorbed = Organisation.objects.order_by("key")
    staff = elevated_administrator()
    merge_organisations(kept.pk, absorbed.pk, by=staff)

    report = import_(complete("a", "Gardée"), complete("b", "Absorbée"))
    [problem] = report.errors

    assert (problem.line, problem.code) == (3, "merged")
    assert "« Gardée »" in problem.message.replace("\u202f", " ")
    assert (report.is_accepted, Organisation.objects.count()) == (False, 2)
    absorbed.refresh_from_db()
    assert absorbed.archived_at is not None
    partial = import_(complete("a", "Autre nom"), complete("b"), partial=True)
    assert (partial.updated_count, partial.created_count) == (1, 0)


def test_whoever_excludes_the_key_of_a_merged_organisation_excludes_the_kept(places):
    import_(complete("a", "Gardée"), complete("b", "Absorbée"))
    kept, absorbed = Organisation.objects.order_by("key")
    merge_organisations(kept.pk, absorbed.pk, by=elevated_administrator())

    report = import_(complete("c") + ",key:b", header=f"{HEADER},excludes")

    assert report.errors == []
    assert Exclusion.objects.get().other == kept


def test_an_organisation_taken_over_by_its_members_is_never_overwritten(places):
    import_(complete("a"), complete("b"))
    MembershipFactory(organisation=Organisation.objects.get(key="a"))

    report = import_(complete("a", "Pirate"), complete("b", "Nouveau"))
    partial = import_(complete("a", "Pirate"), complete("b", "Nouveau"), partial=True)

    assert errors(report) == errors(partial) == [(2, "key", "taken_over")]
    assert [each.name for each in Organisation.objects.order_by("key")] == [
        "Une entreprise",
        "Nouveau",
    ]


def test_identifiers_are_unique_in_the_file_and_in_the_base():
    OrganisationFactory(name="Déjà là", siren="732829320")
    header = "key,name,kind,siren"

    report = import_(
        "a,A,company,732829320",
        "b,B,company,356000000",
        "c,C,company,356 000 000",
        header=header,
    )

    assert errors(report) == [
        (2, "siren", "identifier_taken"),
        (4, "siren", "repeated_identifier"),
    ]
    assert "«\u202fDéjà là\u202f»" in report.errors[0].message


def test_two_organisations_may_exchange_their_identifiers():
    header = "key,name,kind,siren"
    import_("a,A,company,732829320", "b,B,company,356000000", header=header)

    report = import_("a,A,company,356000000", "b,B,company,732829320", header=header)

    assert counts(report) == (0, 2, 0, 0)
    assert list(
        Organisation.objects.order_by("key").values_list("siren", flat=True)
    ) == [
        "356000000",
        "732829320",
    ]


def test_the_siren_of_another_is_only_noticed_in_a_siret():
    OrganisationFactory(siren="732829320")

    report = import_("a,A,company,73282932000074", header="key,name,kind,siret")

    assert [each.code for each in report.notices] == ["siren_of_another"]
    assert counts(report) == (1, 0, 0, 0)


def test_exclusions_name_organisations_of_the_same_source_even_later_ones():
    header = "key,name,kind,excludes"
    import_("old,Ancienne,company,", header=header)

    report = import_(
        "a,A,company,key:b|key:old",
        "b,B,company,",
        "c,C,company,key:zz|key:c",
        header=header,
        partial=True,
    )

    assert errors(report) == [
        (4, "excludes", "unknown_excluded_key"),
        (4, "excludes", "excludes_itself"),
    ]
    assert set(Exclusion.objects.values_list("organisation__key", "other__key")) == {
        ("a", "b"),
        ("a", "old"),
    }


def test_a_row_that_excludes_a_refused_row_is_refused_too():
    header = "key,name,kind,excludes"

    report = import_(
        "a,A,company,key:b",
        "b,B,company,key:c",
        "c,C,société,",
        "d,D,company,",
        header=header,
        partial=True,
    )

    assert errors(report) == [
        (2, "excludes", "excluded_key_refused"),
        (3, "excludes", "unknown_excluded_key"),
        (4, "kind", "unknown_code"),
    ]
    assert [each.key for each in Organisation.objects.all()] == ["d"]


def test_a_kind_that_leaves_its_sub_kind_behind_is_refused():
    import_("a,A,company,siae", header="key,name,kind,sub_kind")

    report = import_("a,A,foundation,", header="key,name,kind,sub_kind")
    erased = import_("a,A,foundation,-", header="key,name,kind,sub_kind")

    assert errors(report) == [(2, "sub_kind", "sub_kind_to_be_said")]
    assert (counts(erased), Organisation.objects.get().sub_kind) == ((0, 1, 0, 0), "")


def test_the_same_key_in_two_sources_is_two_organisations():
    header = "key,name,kind"
    import_("a,A,company", header=header, source="un.csv")
    import_("a,B,company", header=header, source="deux.csv")

    assert Organisation.objects.count() == 2


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\nb", "alliances"])
def test_a_source_needs_a_name_of_its_own(name):
    with pytest.raises(SourceError):
        check_source(name)


def test_the_number_of_queries_does_not_grow_with_the_rows(places, monkeypatch):
    """The import's own: what other applications answer is theirs to bound."""
    monkeypatch.setattr(intentions_changed, "receivers", [])

    def queries(count):
        texts = [complete(f"{count}-{number}") for number in range(count)]
        with CaptureQueriesContext(connection) as captured:
            import_(*texts, source=f"{count}.csv")
        with CaptureQueriesContext(connection) as again:
            import_(
                *(text.replace("loan", "equity") for text in texts),
                source=f"{count}.csv",
            )
        return len(captured), len(again)

    assert queries(3) == queries(1_000) == (11, 14)


def run(path, *options):
    stderr, stdout = io.StringIO(), io.StringIO()
    try:
        call_command(
            "import_organisations", str(path), *options, stdout=stdout, stderr=stderr
        )
        code = 0
    except SystemExit as stop:
        code = stop.code
    except CommandError as error:
        code = error.returncode
    assert stdout.getvalue() == ""
    return code, stderr.getvalue().splitlines()


def test_the_command_says_each_error_on_a_line_and_in_the_report(places, tmp_path):
    path, report = tmp_path / "faux.csv", tmp_path / "rapport.csv"
    path.write_bytes(
        rows(complete("a").replace("DEP-44,m", "DEP44,m"), "a,,société,,,,,,,,,")
    )

    code, lines = run(path, "--report", str(report))

    expected = [
        '2,perimeter,DEP44,"Référence de territoire incorrecte\u202f: FR, REG-93, DEP-13, '
        'EPCI-200054807, EPT-200057867, COM-13055 ou PRJ-nom."',
        "3,key,a,Cette clé est déjà celle de la ligne 2.",
        "3,name,,Cette cellule est obligatoire.",
        '3,kind,société,"Code inconnu. Codes possibles\u202f: association, company, '
        'local_authority, foundation, academic, institution, citizen_group."',
    ]
    assert code == 1
    assert sorted(lines[:4]) == sorted(expected)
    assert lines[4:] == [
        "Import refusé, rien n’est enregistré\u202f: 0 créées, 0 mises à jour, 0 inchangées, "
        "0 incomplètes, 2 refusées, 0 avis."
    ]
    assert sorted(report.read_text().splitlines()) == sorted(
        ["line,column,value,message", *expected]
    )


def test_the_command_names_the_source_after_the_file(places, tmp_path):
    path = tmp_path / "organisations.csv"
    path.write_bytes(rows(complete("a")))

    assert run(path) == (
        0,
        [
            "Import enregistré\u202f: 1 créées, 0 mises à jour, 0 inchangées, "
            "0 incomplètes, 0 refusées, 0 avis."
        ],
    )
    assert run(path, "--source", "autre")[0] == 0
    assert set(Organisation.objects.values_list("source", flat=True)) == {
        "organisations.csv",
        "autre",
    }


@pytest.mark.parametrize(
    "options",
    [["--source", ""], ["--source", "alliances"], ["--report", "/nulle/part/r.csv"]],
)
def test_bad_usage_exits_with_2(tmp_path, options):
    path = tmp_path / "organisations.csv"
    path.write_bytes(b"key,name,kind\na,A,company\n")

    assert run(path, *options)[0] == (0 if options == ["--source", ""] else 2)


def test_a_missing_file_is_bad_usage(tmp_path):
    assert run(tmp_path / "absent.csv")[0] == 2


def test_partial_exits_with_1_when_a_row_is_refused(places, tmp_path):
    path = tmp_path / "organisations.csv"
    path.write_bytes(rows(complete("a"), "b,,company,,,,,,,,,"))

    assert run(path, "--partial")[0] == 1
    assert Organisation.objects.count() == 1


def database_url():
    """Where another process finds the database of the tests, embedded or not."""
    wanted = connection.get_connection_params()
    password = quote(wanted.get("password") or "", safe="")
    host = quote(wanted.get("host") or "", safe="")
    port = f":{wanted['port']}" if wanted.get("port") else ""
    return f"postgres://{wanted['user']}:{password}@{host}{port}/{wanted['dbname']}"


@pytest.mark.django_db(transaction=True)
def test_an_import_killed_in_its_middle_writes_nothing(tmp_path):
    """The file is large; the process is killed once it has begun to write."""
    text = "\n".join(f"k{number},Nom,company" for number in range(8_000))
    path = tmp_path / "grand.csv"
    path.write_text(f"key,name,kind\n{text}\n")
    script = (
        "import django, sys; django.setup();"
        "from django.db import connection;"
        "from alliances.services.imports import import_organisations;"
        "say = lambda step, done, total: print(step, done, flush=True);"
        "import_organisations(open(sys.argv[1], 'rb').read(), source='s', progress=say)"
    )
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    for line in process.stdout:
        if line.startswith("write"):
            break
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    assert process.returncode == -signal.SIGKILL
    assert written() == [0] * 6
