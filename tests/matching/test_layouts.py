"""A layout is data: which heading holds which value of a person, and what is missing."""

import json

from enrollment.matching import layouts
from tests.sources import BASE

SHIPPED = {
    one["kind"]: one
    for one in json.loads((BASE / "enrollment/migrations/seeds/layouts.v1.json").read_text())
}
COMPLETE = {
    "key": "K7QF2A-000001", "nik": "3503070101800001", "name": "SITI AMINAH",
    "birth_place": "Trenggalek", "birth_date": "1975-08-17", "sex": "P", "married": "Y",
    "wage": "1000000", "place_of_work": "3503", "employment": "1", "begins_on": "2026-04-01",
}  # fmt: skip


def row_of(kind, facts):
    columns = SHIPPED[kind]["columns"]
    cells = layouts.row(columns, facts)
    return dict(zip([column["heading"] for column in columns], cells, strict=True))


def test_a_new_member_has_the_thirty_columns_of_sipp():
    headings = [column["heading"] for column in SHIPPED["new"]["columns"]]
    assert len(headings) == 30
    assert headings[:2] == ["NO_PEGAWAI", "NAMA_LENGKAP"]
    assert headings[-1] == "TGL_AKHIR_KONTRAK"


def test_a_row_is_text_and_days_are_written_day_first():
    cells = row_of("new", COMPLETE)
    assert all(isinstance(cell, str) for cell in cells.values())
    assert cells["TANGGAL_LAHIR"] == "17-08-1975"
    assert cells["NOMOR_IDENTITAS"] == "3503070101800001"
    assert (cells["JENIS_IDENTITAS"], cells["JENIS_KELAMIN"]) == ("KTP", "P")
    assert (cells["NO_PEGAWAI"], cells["TANGGAL_KEPESERTAAN"]) == ("K7QF2A-000001", "")


def test_what_is_required_and_unknown_is_named():
    columns = SHIPPED["new"]["columns"]
    assert layouts.missing(columns, COMPLETE) == []
    gaps = layouts.missing(columns, COMPLETE | {"married": "", "birth_date": ""})
    assert gaps == ["tanggal lahir", "status kawin"]


def test_whoever_leaves_is_sent_with_the_kpj():
    cells = row_of("leaving", COMPLETE | {"kpj": "12345678901", "left_on": "2026-05-03"})
    assert (cells["KPJ"], cells["TGL_KEJADIAN"]) == ("12345678901", "03-05-2026")
    assert "nomor KPJ" in layouts.missing(SHIPPED["leaving"]["columns"], COMPLETE)


def test_every_shipped_layout_names_values_that_there_are_and_has_a_place_for_the_key():
    for layout in SHIPPED.values():
        values = [column["value"] for column in layout["columns"] if "value" in column]
        assert set(values) <= set(layouts.Value) and "key" in values
        headings = [column["heading"] for column in layout["columns"]]
        assert len(set(headings)) == len(headings)
