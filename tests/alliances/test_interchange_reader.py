import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances.interchange.neutralise import neutralised, restored
from alliances.interchange.problems import report_lines
from alliances.interchange.reader import read_organisations
from alliances.interchange.records import records
from alliances.services.imports import VOCABULARY

HEADER = "key,name,kind"


def read(text, **options):
    content = text if isinstance(text, bytes) else text.encode()
    return read_organisations(content, VOCABULARY, **options)


def found(reading):
    return [(each.line, each.column, each.code) for each in reading.problems]


def cell(column, text, *, kind="association"):
    """The reading of a file whose only unusual cell is ``text``."""
    quoted = text.replace('"', '""')
    header = f"{HEADER},{column}"
    return read(f'{header}\na,Une association,{kind},"{quoted}"\n')


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_is_read_with_both_separators_marks_and_ends_of_line(
    separator, mark, end
):
    lines = ["key,name,kind,summary", 'a,Été,company,"un ""mot"", deux"', ""]
    text = end.join(lines).replace(",", separator).replace(f"{separator} ", ", ")

    reading = read(mark + text.encode())

    assert [row.values for row in reading.rows] == [
        {"key": "a", "name": "Été", "kind": "company", "summary": 'un "mot", deux'}
    ]
    assert reading.problems == []


def test_lines_are_those_on_which_rows_start():
    reading = read(f'{HEADER},summary\na,A,company,"un\ndeux\ntrois"\n\nb,B,bogus,\n')

    assert found(reading) == [(6, "kind", "unknown_code")]
    assert [row.line for row in reading.rows] == [2]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [(0, "", "empty_file")]),
        (b"\n\n", [(0, "", "empty_file")]),
        (b'""\n', [(0, "", "empty_file")]),
        (b"key,name,kind\n", [(0, "", "no_row")]),
        ("key,name,kind\n1,Été,company".encode("cp1252"), [(2, "", "not_utf_8")]),
        ("key,name,kind\n1,A,company".encode("utf-16"), [(1, "", "utf_16")]),
        ("key,name,kind\n1,A,company".encode("utf-16-le"), [(1, "", "utf_16")]),
        (b"key\tname\tkind\n1\tA\tcompany\n", [(1, "", "tab_separated")]),
        (b"name,kind\n", [(1, "key", "missing_column")]),
        (b"key,name,kind,nom\n1,A,company,B\n", [(1, "nom", "unknown_column")]),
        (b"key,name,kind,\n1,A,company,\n", [(1, "", "unnamed_column")]),
        (b"key,name,kind,name\n1,A,company,B\n", [(1, "name", "repeated_column")]),
        (b"key,name,kind\n1,A,company,x\n", [(2, "", "wrong_cell_count")]),
        (b"key,name,kind\n1,A\n", [(2, "", "wrong_cell_count")]),
        (b'key,name,kind\n1,"A,company\n2,B', [(2, "name", "unterminated_quote")]),
        (b'key,name,kind\n1,"A"x,company\n', [(2, "name", "text_after_quote")]),
        (b'key,name,kind\n1,A"x",company\n', [(2, "name", "quote_inside")]),
        (b"key,name,kind\n1,A,company\r2,B\n", [(2, "kind", "lone_return")]),
        (b"key,name,kind\r1,A,company\r", [(1, "", "lone_return")]),
        (b"key,name,kind\n1,A\x00B,company\n", [(2, "name", "forbidden_character")]),
        (b'key,name,kind\n1,"A\nB",company\n', [(2, "name", "line_break")]),
        ("key,name,kind\n1,A�,company\n".encode(), [(2, "name", "damaged_text")]),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(content, expected):
    reading = read(content)

    assert found(reading) == expected
    assert reading.rows == []


def test_the_first_wrong_byte_is_named_with_its_line_and_what_to_do():
    [problem] = read("key,name,kind\n1,Été,company\n".encode("cp1252")).problems

    assert (problem.line, problem.value) == (2, "1,Été,company")
    assert problem.message == (
        "Cette ligne n’est pas en UTF-8 (octet 0xC9, sans doute un fichier "
        "Windows-1252)\u202f: enregistrez le fichier au format «\u202fCSV UTF-8\u202f»."
    )


def test_fifty_columns_too_many_are_fifty_errors():
    names = [f"plus{number}" for number in range(50)]

    reading = read(",".join([HEADER, *names]) + "\n")

    assert found(reading) == [(1, name, "unknown_column") for name in names]


def test_far_too_many_columns_are_one_error():
    assert found(read("a," * 300 + "key")) == [(1, "", "too_many_columns")]
    assert found(read("a," * 5_000_000 + "key")) == [(1, "", "too_many_cells")]


def test_a_row_of_a_million_cells_stops_the_reading():
    reading = read(f"{HEADER}\n1,A,company{',' * 1_000_000}\n2,B,company\n")

    assert found(reading) == [(2, "", "too_many_cells")]
    assert not reading.is_whole


def test_unknown_columns_are_notices_when_asked():
    reading = read(f"{HEADER},nom\n1,A,company,B\n", ignore_unknown=True)

    assert found(reading) == [(1, "nom", "column_ignored")]
    assert [row.values["name"] for row in reading.rows] == ["A"]


def test_a_cell_of_one_megabyte_is_refused_at_its_row_and_column():
    reading = cell("summary", "x" * 1_000_000)

    assert found(reading) == [(2, "summary", "cell_too_long")]
    assert len(reading.problems[0].shown) == 60


def test_rows_of_separators_at_the_end_are_not_organisations():
    reading = read(f"{HEADER}\n1,A,company\n,,\n,,\n")

    assert (reading.row_count, reading.problems) == (1, [])


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("model", "ig", "unknown_code"),
        ("size", "PME", "unknown_code"),
        ("staff", "douze", "not_an_integer"),
        ("staff", "-1", "not_an_integer"),
        ("staff", "١٢", "not_an_integer"),
        ("staff", "99999999999", "not_an_integer"),
        ("siren", "732829321", "bad_siren"),
        ("siren", "٧٣٢٨٢٩٣٢٠", "bad_siren"),
        ("siret", "3,56E+13", "number_format"),
        ("siret", "5480080000002", "lost_zero"),
        ("rna", "442001234", "bad_rna"),
        ("website", "javascript:alert(1)", "bad_website"),
        ("website", "https://", "bad_website"),
        ("commune", "1001", "lost_zero"),
        ("commune", "Nantes", "bad_commune"),
        ("perimeter", "FR|44", "bad_reference"),
        ("perimeter", "FR|fr", "repeated_item"),
        ("domains", "mobility:11", "bad_weight"),
        ("domains", "mobility:1.5", "bad_weight"),
        ("domains", "velo", "unknown_code"),
        ("domains", "mobility:1|mobility:2", "repeated_item"),
        ("square_hr", "100", "square_incomplete"),
        ("square_hr", "101", "out_of_range"),
        ("offers", "donation@nantes", "bad_reference"),
        ("needs", "don", "unknown_code"),
        ("needs", "donation|donation", "repeated_item"),
        ("types", "mecenat", "unknown_code"),
        ("general_interest", "oui", "unknown_code"),
        ("phase", "r&d", "unknown_code"),
        ("maturity", "4", "out_of_range"),
        ("sectors", "x" * 81, "too_long"),
        ("values", "|".join(map(str, range(101))), "too_many_items"),
        ("excludes", "tabac", "bad_exclusion"),
        ("excludes", "kind:tabac", "unknown_code"),
        ("excludes", "key:", "bad_exclusion"),
        ("sub_kind", "commune", "sub_kind_of_another"),
        ("summary", "x" * 4_001, "too_long"),
    ],
)
def test_each_column_refuses_what_it_cannot_hold(column, text, code):
    assert found(cell(column, text)) == [(2, column, code)]


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("staff", "1 200", 1200),
        ("siren", "732 829 320", "732829320"),
        ("siret", "356 000 000 00048", "35600000000048"),
        ("rna", "w9g1010991", "W9G1010991"),
        ("website", "https://exemple.fr/a?b=1", "https://exemple.fr/a?b=1"),
        ("commune", "2a004", "COM-2A004"),
        (
            "perimeter",
            "fr | dep-44|PRJ-pays-de-retz",
            ["FR", "DEP-44", "PRJ-pays-de-retz"],
        ),
        ("domains", "mobility|ageing:3", {"mobility": 10, "ageing": 3}),
        ("needs", "donation|loan@DEP-44", [("donation", ""), ("loan", "DEP-44")]),
        ("types", "patronage", ["patronage"]),
        ("general_interest", "no", False),
        (
            "excludes",
            "sector:tabac|kind:company",
            [("sector", "tabac"), ("kind", "company")],
        ),
        ("name", "'=cmd()", None),
        ("summary", "-", None),
    ],
)
def test_each_column_gives_its_value(column, text, value):
    if column == "name":
        [row] = read(f"{HEADER}\na,{text},company\n").rows
        assert row.values["name"] == "=cmd()"
        return

    reading = cell(column, text)

    assert [row.values.get(column, "absent") for row in reading.rows] == [value]


def test_a_square_of_99_is_refused_with_its_sum():
    header = f"{HEADER},square_hr,square_stk,square_eco,square_inn"

    [problem] = read(f"{header}\na,A,company,20,30,40,9\n").problems

    assert (problem.line, problem.column, problem.value) == (
        2,
        "square_hr",
        "20|30|40|9",
    )
    assert problem.message == "Les quatre objectifs totalisent 99 au lieu de 100."


def test_the_key_cannot_be_repeated_nor_erased():
    reading = read(f"{HEADER}\na,A,company\na,B,company\n-,C,company\n,D,company\n")

    assert found(reading) == [
        (3, "key", "repeated_key"),
        (4, "key", "cannot_be_erased"),
        (5, "key", "required"),
    ]


def test_a_report_line_is_csv_short_and_harmless():
    [problem] = cell("domains", "=cmd|' /C calc'!A0").problems[:1]

    assert next(iter(report_lines([problem]))).startswith("2,domains,'=cmd,")


# A loaded machine must not make a property fail.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = st.text(st.sampled_from('ab;,"\n\r é=\t'), max_size=12)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"))


@patient
@given(TEXTS)
def test_neutralising_loses_nothing(text):
    assert restored(neutralised(text)) == text
    assert not neutralised(text).startswith(("=", "+", "-", "@", "\t", "＝"))


@patient
@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_any_quoted_file_is_read_back_as_it_was_written(rows):
    text = "".join(
        ";".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n"
        for row in rows
    )

    assert [list(record.cells) for record in records(text, ";")] == rows


@patient
@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda t: t.encode("utf-8", "ignore"))
)
def test_no_content_makes_the_reader_fail(content):
    reading = read(b"key,name,kind,summary\n" + content)

    assert len(reading.rows) <= reading.row_count


FAULTS = {
    "kind": [
        ("entreprise", "unknown_code"),
        ("", "required"),
        ("-", "cannot_be_erased"),
    ],
    "name": [
        ("", "required"),
        ("x" * 201, "too_long"),
        ("a\x07b", "forbidden_character"),
    ],
    "staff": [
        ("dix", "not_an_integer"),
        ("12,5", "not_an_integer"),
        ("۳", "not_an_integer"),
    ],
    "siren": [("123456789", "bad_siren"), ("7,3E+08", "number_format")],
    "commune": [("1001", "lost_zero"), ("441", "bad_commune")],
    "perimeter": [("DEP44", "bad_reference"), ("FR|FR", "repeated_item")],
    "domains": [("mobility:12", "bad_weight"), ("bus", "unknown_code")],
    "needs": [("argent", "unknown_code"), ("loan@44", "bad_reference")],
    "offers": [("donation|donation", "repeated_item")],
    "types": [("don", "unknown_code")],
    "general_interest": [("true", "unknown_code")],
    "maturity": [("9", "out_of_range")],
    "square_hr": [("cent", "not_an_integer"), ("200", "out_of_range")],
    "excludes": [("alcool", "bad_exclusion")],
    "website": [("ftp://a.fr", "bad_website")],
}
RIGHT = {
    "key": "",
    "name": "Une organisation",
    "kind": "company",
    "staff": "12",
    "siren": "",
    "commune": "44109",
    "perimeter": "FR",
    "domains": "mobility:5",
    "needs": "donation",
    "offers": "loan",
    "types": "",
    "general_interest": "yes",
    "maturity": "2",
    "square_hr": "25",
    "square_stk": "25",
    "square_eco": "25",
    "square_inn": "25",
    "excludes": "",
    "website": "",
    "summary": "Deux\nlignes",
}


@pytest.mark.parametrize("seed", range(3))
def test_seeded_faults_are_all_found_and_nothing_else(seed):
    draw = random.Random(seed)
    lines, expected, line = [",".join(RIGHT)], [], 2
    for number in range(500):
        row = RIGHT | {"key": f"k{number}"}
        for column in draw.sample(list(FAULTS), draw.choice([0, 0, 1, 2, 3])):
            row[column], code = draw.choice(FAULTS[column])
            expected.append((line, column, code))
        lines.append(
            ",".join('"' + each.replace('"', '""') + '"' for each in row.values())
        )
        line += 2

    reading = read("\n".join(lines))

    assert sorted(found(reading)) == sorted(expected)
    assert len(reading.rows) == 500 - len({line for line, _, _ in expected})
