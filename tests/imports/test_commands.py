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
