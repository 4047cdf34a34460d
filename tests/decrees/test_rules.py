"""The seal of a frozen list, its order, and what is missing before a draft is issued."""

import hashlib
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from enrollment.decrees.models import DecreeEntry
from enrollment.decrees.rules import (
    FROZEN,
    AnnexRow,
    doubt_about_day,
    impossible_day,
    missing_before_issue,
    snapshot_sha256,
)

SITI = AnnexRow(
    position=1,
    nik="3503015708800001",
    kk="3503010101200001",
    name="SITI AMINAH",
    birth_place="Trenggalek",
    birth_date=date(1980, 8, 17),
    sex="P",
    address="Dusun Krajan",
    rt="001",
    rw="002",
    village="Panggul",
    district="Panggul",
    occupation="Petani",
    months=12,
    premium=16_800,
    cost=201_600,
)
BUDI = replace(SITI, position=2, nik="3503011708800002", name="BUDI", sex="L")

CHANGED = {
    "position": 9,
    "months": 11,
    "premium": 16_801,
    "cost": 201_601,
    "birth_date": date(1980, 8, 18),
}


def test_the_seal_is_that_of_canonical_json_lines():
    # Written out by hand: a change of the canonical form would break every existing seal.
    siti = (
        '{"address":"Dusun Krajan","birth_date":"1980-08-17","birth_place":"Trenggalek",'
        '"cost":201600,"district":"Panggul","kk":"3503010101200001","months":12,'
        '"name":"SITI AMINAH","nik":"3503015708800001","occupation":"Petani","position":1,'
        '"premium":16800,"rt":"001","rw":"002","sex":"P","village":"Panggul"}\n'
    )
    assert snapshot_sha256([SITI]) == hashlib.sha256(siti.encode()).hexdigest()


@pytest.mark.parametrize("field", FROZEN)
def test_every_field_is_sealed(field):
    other = replace(SITI, **{field: CHANGED.get(field, "LAIN")})
    assert snapshot_sha256([other]) != snapshot_sha256([SITI])


def test_order_and_number_of_rows_are_sealed():
    seals = {
        snapshot_sha256(rows) for rows in ([SITI, BUDI], [BUDI, SITI], [SITI], [SITI, SITI], [])
    }
    assert len(seals) == 5


def test_the_header_is_sealed_when_it_is_given():
    plain = snapshot_sha256([SITI])
    sealed = snapshot_sha256([SITI], {"number": "188/280", "day": date(2025, 8, 17)})
    other = snapshot_sha256([SITI], {"number": "188/281", "day": date(2025, 8, 17)})
    assert len({plain, sealed, other}) == 3
    assert sealed == snapshot_sha256([SITI], {"day": date(2025, 8, 17), "number": "188/280"})


def test_a_stored_row_has_the_seal_of_the_plain_one():
    values = {name: getattr(SITI, name) for name in FROZEN}
    stored = SimpleNamespace(pk=77, prices="", **values)
    assert snapshot_sha256(iter([stored])) == snapshot_sha256([SITI])


def test_the_database_keeps_every_sealed_field():
    assert set(FROZEN) <= {field.name for field in DecreeEntry._meta.get_fields()}


WHOLE = {
    "number": "188/280/KEP/412.013/2023",
    "day": date(2023, 8, 17),
    "title": "Penerima bantuan iuran",
    "legal_basis": "Peraturan Bupati Nomor 12 Tahun 2022",
    "people": 1,
}


def test_a_complete_draft_may_be_issued():
    assert missing_before_issue(**WHOLE) == {}


@pytest.mark.parametrize(
    ("field", "empty", "sentence"),
    [
        ("number", "  ", "Nomor keputusan"),
        ("day", None, "Tanggal keputusan"),
        ("title", "", "Judul (tentang)"),
        ("legal_basis", "\n", "Dasar hukum belum diisi"),
        ("people", 0, "Belum ada orang yang disetujui"),
    ],
)
def test_each_missing_field_is_reported(field, empty, sentence):
    ((found, message),) = missing_before_issue(**WHOLE | {field: empty}).items()
    assert found == {"day": "date"}.get(field, field)
    assert message.startswith(sentence)


def test_an_empty_draft_reports_all_missing_fields_at_once():
    assert len(missing_before_issue(number="", day=None, title="", legal_basis="", people=0)) == 5


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 17), ""),
        (date(2026, 12, 28), ""),
        (date(2026, 12, 29), "masih jauh"),
        (date(2031, 3, 17), "masih jauh"),
        (date(2025, 12, 30), ""),
        (date(2024, 6, 1), "terlalu awal untuk program tahun 2026"),
        (date(2020, 3, 17), "terlalu awal"),
    ],
)
def test_a_decree_is_dated_near_its_year_and_not_far_ahead(day, said):
    assert said in impossible_day(day, date(2026, 11, 27), 2026, date(2024, 5, 2))
    assert bool(said) == bool(impossible_day(day, date(2026, 11, 27), 2026, None))


def test_a_decree_is_not_older_than_the_regulation_it_rests_on():
    why = impossible_day(date(2026, 1, 5), date(2026, 11, 27), 2026, date(2026, 2, 1))
    assert (
        why == "5 Januari 2026 lebih awal daripada dasar hukumnya, yang bertanggal 1 Februari 2026."
    )
    assert not impossible_day(date(2026, 2, 1), date(2026, 11, 27), 2026, date(2026, 2, 1))


def test_a_decree_after_months_of_its_programme_is_asked_about():
    assert not doubt_about_day(date(2026, 4, 30), date(2026, 4, 1), 9)
    asked = doubt_about_day(date(2026, 6, 1), date(2026, 4, 1), 9)
    assert asked == "April–Mei 2026 sudah lewat pada tanggal keputusan itu. Tetap?"
