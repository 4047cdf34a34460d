"""The command line: expected results for samples, nothing stored by a dry run, no NIK printed."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from enrollment.imports.models import Import
from enrollment.workers.models import Worker
from tests import people
from villages import scope
from villages.models import Office, User

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text())
SENDENS = SAMPLES / "02-desk-data-kop-dan-judul-gabung.xlsx"
pytestmark = pytest.mark.django_db


def run(name, *args, **options):
    out = StringIO()
    call_command(name, *args, json=True, stdout=out, **options)
    assert not re.search(r"\d{16}", out.getvalue())
    return json.loads(out.getvalue())


def count(model):
    with scope.whole_country("test"):
        return model.objects.count()


def keys(findings):
    return sorted((finding["sheet"], finding["row"], finding["code"]) for finding in findings)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_dry_run_reports_the_expected_findings_and_stores_nothing(name, uploads):
    expected = EXPECTED[name]
    report = run("import_workers", SAMPLES / name, area=expected["area"], dry_run=True)
    assert (report["rows"], report["taken"]) == (expected["rows"], expected["taken"])
    assert report["summary"] == expected["summary"]
    assert keys(report["findings"]) == keys(expected["findings"])
    assert {"sheet", "row", "field", "code", "severity", "message"} == set().union(
        *report["findings"], {"sheet", "row", "field", "code", "severity", "message"}
    )
    assert [count(model) for model in (Import, Worker, User, Office)] == [0, 0, 0, 0]
    assert not [path for path in uploads.rglob("*") if path.is_file()]


def test_without_dry_run_the_good_rows_are_taken():
    people.office("kartika")
    report = run("import_workers", SENDENS, area=people.SENDEN, by="kartika")
    assert (report["rows"], report["taken"]) == (60, 59)
    assert count(Worker) == 59
    with scope.whole_country("test"):
        assert set(Worker.objects.values_list("area_id", flat=True)) == {people.SENDEN}


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"area": people.SENDEN}, "--by"),
        ({"area": people.BOGORAN, "by": "kartika"}, "holds no office"),
        ({"area": people.TRENGGALEK, "by": "vera"}, "holds no office"),
        ({"area": "35.03.99", "by": "kartika"}, "no area"),
    ],
)
def test_an_import_without_an_office_in_the_area_is_refused(options, says):
    people.office("kartika")
    people.office("vera")
    with pytest.raises(CommandError, match=says):
        run("import_workers", SENDENS, **options)
    assert count(Worker) == 0


def test_an_unreadable_workbook_is_refused_with_what_to_do():
    file = SAMPLES / "hostile" / "bersandi.xlsx"
    for options in ({"dry_run": True}, {"by": "kartika"}):
        people.office("kartika")
        with pytest.raises(CommandError, match="kata sandi"):
            run("import_workers", file, area=people.SENDEN, **options)
    with pytest.raises(CommandError, match="kata sandi"):
        run("check_nik", file)


DOUBTFUL = [
    ["NIK", "Nama Kepala Keluarga", "Mawar"],
    *[[people.nik(at), "SITI AMINAH", "LP"[at % 2]] for at in range(6)],
]


def test_columns_in_doubt_are_named_and_the_list_is_read_by_the_best_guess(workbook):
    path = workbook({"Data": [["DAFTAR WARGA"], *DOUBTFUL]})
    report = run("import_workers", path, area=people.SENDEN, dry_run=True)
    assert (report["rows"], report["taken"]) == (6, 6)
    (doubt,) = report["doubts"]
    assert (doubt["sheet"], doubt["row"]) == ("Data", 2)
    assert doubt["columns"] == ["Nama Kepala Keluarga", "Mawar"]
    assert "Kami mengira Nama ada di “Nama Kepala Keluarga”" in doubt["question"]
    assert "Kolom “Mawar” kami kira berisi" in doubt["question"]
    out = StringIO()
    call_command("import_workers", path, area=people.SENDEN, dry_run=True, stdout=out)
    assert "In doubt: Data, row 2, column 'Nama Kepala Keluarga', 'Mawar'" in out.getvalue()


def test_of_two_columns_for_a_nik_both_are_in_doubt(workbook):
    rows = [["NIK", "No KTP", "Nama"]]
    rows += [[people.nik(at), people.nik(at + 50), "SITI AMINAH"] for at in range(4)]
    report = run("import_workers", workbook({"Data": rows}), area=people.SENDEN, dry_run=True)
    assert [doubt["columns"] for doubt in report["doubts"]] == [["NIK", "No KTP"]]


def test_a_plain_list_has_no_doubts(workbook):
    rows = [["NIK", "Nama", "Alamat"], [people.nik(1), "SITI AMINAH", "JL. MAWAR"]]
    report = run("import_workers", workbook({"Data": rows}), area=people.SENDEN, dry_run=True)
    assert report["doubts"] == []


def test_check_nik_reads_a_workbook():
    report = run("check_nik", SAMPLES / "03-nik-angka.xlsx")
    assert (report["rows"], report["good"]) == (40, 8)
    assert report["summary"] == {"nik.excel_damaged": 32}


def test_check_nik_reads_a_text_file(tmp_path):
    path = tmp_path / "nik.txt"
    good = people.nik(1)
    path.write_text(
        f"{good}\n\n'{people.nik(2)}\n{good}\n123\n9999990101800001\n1111111111111111\n"
    )
    report = run("check_nik", path)
    assert (report["rows"], report["good"]) == (6, 3)
    assert keys(report["findings"]) == [
        ("nik", 4, "duplicate.in_file"),
        ("nik", 5, "nik.format"),
        ("nik", 6, "nik.region_unknown"),
        ("nik", 7, "nik.placeholder"),
    ]


NIKS = [people.nik(at) for at in range(1, 8)]
ONE_A_LINE = "".join(f"{nik}\n" for nik in NIKS)
LISTS = {
    "one a line": ONE_A_LINE,
    "without an end of the last line": ONE_A_LINE.rstrip(),
    "lines of Windows": ONE_A_LINE.replace("\n", "\r\n"),
    "byte order mark": ONE_A_LINE.encode("utf-8-sig"),
    "UTF-16": ONE_A_LINE.encode("utf-16"),
    "UTF-16 without a mark": ONE_A_LINE.encode("utf-16-le"),
    "quotes": "".join(f'"{nik}"\n' for nik in NIKS),
    "apostrophes": "".join(f"'{nik}\n" for nik in NIKS),
    "semicolons": ONE_A_LINE.replace("\n", ";\n"),
    "spaces": "".join(f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}\n" for nik in NIKS),
    "dots": "".join(f" {nik[:6]}.{nik[6:12]}.{nik[12:]} \n" for nik in NIKS),
    "blank lines": ONE_A_LINE.replace("\n", "\n\n\n"),
    "numbered": "".join(f"{at}. {nik}\n" for at, nik in enumerate(NIKS, 1)),
    "numbered without a space": "".join(f"{at}){nik}\n" for at, nik in enumerate(NIKS, 1)),
    "numbered and spaced": "".join(
        f"{at}. {nik[:8]} {nik[8:]}\n" for at, nik in enumerate(NIKS, 1)
    ),
    "numbered with tabs": "".join(f"{at}\t{nik}\n" for at, nik in enumerate(NIKS, 1)),
    "bullets": "".join(f"• {nik}\n" for nik in NIKS),
    "names behind": "".join(f"{nik} ORANG KE {at}\n" for at, nik in enumerate(NIKS)),
    "heading": "NIK\n" + ONE_A_LINE,
    "heading of another kind": "No KTP\r\n" + ONE_A_LINE,
    "a title and a heading": "DESA SENDEN\nDaftar NIK Penerima\n" + ONE_A_LINE,
    "a signature": ONE_A_LINE + "\nSenden, 3 Maret 2026\nKepala Desa\n",
    "in one line": ",".join(NIKS),
    "in one line with spaces": " ".join(NIKS),
    "with the family card": "No KK;NIK\n" + "".join(f"3503110101200001;{nik}\n" for nik in NIKS),
    "with the family card and no heading": "".join(f"3503110101200001;{nik}\n" for nik in NIKS),
    "with phones": "HP,NIK\n" + "".join(f"08123456789{nik[-1]},{nik}\n" for nik in NIKS),
    "with addresses": "No;NIK;Alamat\n" + "".join(f"1;{nik};RT 1, RW 2\n" for nik in NIKS),
    "a web page": "<table>" + "".join(f"<tr><td>1<td>{nik}" for nik in NIKS),
}


@pytest.mark.parametrize("content", LISTS.values(), ids=LISTS.keys())
def test_check_nik_reads_a_list_of_niks_as_people_have_them(tmp_path, content):
    path = tmp_path / "nik.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    report = run("check_nik", path)
    assert (report["rows"], report["good"], report["findings"]) == (len(NIKS), len(NIKS), [])


@pytest.mark.parametrize("heading", [[], ["NIK"], ["No KTP"], ["Daftar NIK Penerima"]])
@pytest.mark.parametrize("number", [False, True])
def test_check_nik_reads_a_workbook_without_names(workbook, heading, number):
    lines = [[1, nik] if number else [nik] for nik in NIKS]
    if heading:
        lines.insert(0, ["No", *heading] if number else heading)
    report = run("check_nik", workbook({"Data": lines}))
    assert (report["rows"], report["good"], report["findings"]) == (len(NIKS), len(NIKS), [])


@pytest.mark.parametrize("heading", ["", "NIK\n"])
@pytest.mark.parametrize("number", ["", "7. "])
def test_damaged_niks_among_good_ones_are_rows_too(tmp_path, heading, number):
    path = tmp_path / "nik.csv"
    path.write_text(f"{heading}{NIKS[0]}\n{number}3,50301E+15\n{number}3.50301E+15\n{NIKS[1]}\n")
    report = run("check_nik", path)
    assert (report["rows"], report["good"]) == (4, 2)
    assert report["summary"] == {"nik.excel_damaged": 2}
    first = 2 + bool(heading)
    assert [finding["row"] for finding in report["findings"]] == [first, first + 1]


def test_numbers_of_a_workbook_are_seen_as_damaged(workbook):
    lines = [["NIK"], [3503010108800010], [3503010108800020], [NIKS[0]]]
    report = run("check_nik", workbook({"Data": lines}))
    assert (report["rows"], report["summary"]) == (3, {"nik.excel_damaged": 2})


def test_a_sheet_of_niks_beside_one_of_people_is_read_too(workbook):
    persons = [["NIK", "Nama"], *([nik, f"ORANG {at}"] for at, nik in enumerate(NIKS[:3]))]
    phones = [["Petugas", "HP"], ["A", "081234567890"], ["B", "081234567891"]]
    sheets = {"Orang": persons, "HP": phones, "NIK": [[nik] for nik in NIKS[3:]]}
    report = run("check_nik", workbook(sheets))
    assert (report["rows"], report["good"]) == (len(NIKS), len(NIKS))


def test_a_file_without_a_nik_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / "nik.txt"
    path.write_text("Senden, 3 Maret\nKepala Desa\n")
    with pytest.raises(CommandError, match="satu NIK di setiap baris"):
        run("check_nik", path)
