"""Regulations are cited as decrees cite them."""

from datetime import date

import pytest

from enrollment.programmes.models import LegalBasis
from enrollment.programmes.regulations import NAMES, citation, doubt_about_day


def cited(kind, number, day=None, title=""):
    return citation(
        kind, number, day, title, signer="Bupati Sijunjung", regency="Kabupaten Sijunjung"
    )


@pytest.mark.parametrize(
    ("number", "begins"),
    [
        ("5 Tahun 2024", "Peraturan Bupati Sijunjung Nomor 5 Tahun 2024 tanggal"),
        ("Nomor 5 Tahun 2024", "Peraturan Bupati Sijunjung Nomor 5 Tahun 2024 tanggal"),
        ("No. 5 Tahun 2024", "Peraturan Bupati Sijunjung Nomor 5 Tahun 2024 tanggal"),
        ("Perbup No 5 Tahun 2024", "Peraturan Bupati Sijunjung Nomor 5 Tahun 2024 tanggal"),
        ("12/2024", "Peraturan Bupati Sijunjung Nomor 12/2024 tanggal"),
        ("Instruksi Bupati Nomor 2", "Instruksi Bupati Nomor 2 tanggal"),
    ],
)
def test_a_perbup_is_cited_with_kind_and_number(number, begins):
    shown = cited("perbup", number, date(2024, 3, 5), "tentang Pekerja")
    assert shown.startswith(begins)
    assert shown.endswith("tanggal 5 Maret 2024 tentang Pekerja")


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        ("perda", "6 Tahun 2020", "Peraturan Daerah Kabupaten Sijunjung Nomor 6 Tahun 2020"),
        ("perda", "Perda No. 6/2020", "Peraturan Daerah Kabupaten Sijunjung Nomor 6/2020"),
        ("keputusan", "188.45/12/2026", "Keputusan Bupati Sijunjung Nomor 188.45/12/2026"),
        ("inpres", "Inpres 8 Tahun 2025", "Instruksi Presiden Nomor 8 Tahun 2025"),
        ("pp", "50 Tahun 2025", "Peraturan Pemerintah Nomor 50 Tahun 2025"),
        ("permendagri", "14 Tahun 2025", "Peraturan Menteri Dalam Negeri Nomor 14 Tahun 2025"),
        ("permenaker", "5 Tahun 2021", "Peraturan Menteri Ketenagakerjaan Nomor 5 Tahun 2021"),
        ("pmk", "PMK 72 Tahun 2024", "Peraturan Menteri Keuangan Nomor 72 Tahun 2024"),
        ("se", "842.2/5193/SJ", "Surat Edaran Nomor 842.2/5193/SJ"),
        ("se", "Surat Edaran Mendagri Nomor 842", "Surat Edaran Mendagri Nomor 842"),
        ("perda", "Perda Provinsi Nomor 2", "Perda Provinsi Nomor 2"),
        ("lain", "Perjanjian {1} Nomor 3", "Perjanjian {1} Nomor 3"),
    ],
)
def test_each_kind_is_named_as_it_is_cited(kind, number, shown):
    assert cited(kind, number) == shown


def test_every_kind_but_the_others_has_a_name():
    assert set(LegalBasis.Kind.values) - set(NAMES) == {"lain"}


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (date(2004, 10, 18), True),
        (date(2004, 10, 19), False),
        (date(2026, 5, 20), False),
        (date(2026, 5, 21), True),
        (None, False),
    ],
)
def test_a_day_before_the_law_or_to_come_is_asked_about(day, asked):
    assert bool(doubt_about_day(day, date(2026, 5, 20))) is asked
