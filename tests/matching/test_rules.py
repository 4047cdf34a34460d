"""What the words of an answer mean."""

import json

import pytest

from enrollment.matching import rules
from enrollment.matching.rules import State, Wording
from tests.sources import BASE

SHIPPED = [
    Wording(one["words"], one["state"], one["reason"])
    for one in json.loads((BASE / "enrollment/migrations/seeds/wordings.v1.json").read_text())
]


@pytest.mark.parametrize(
    ("said", "state", "reason"),
    [
        ("Valid", State.ACCEPTED, ""),
        ("BERHASIL", State.ACCEPTED, ""),
        ("Tidak Valid", State.REFUSED, "Data tidak sesuai"),
        ("Tidak valid: NIK tidak ditemukan", State.REFUSED, "NIK"),
        ("Ditolak; sudah peserta", State.ALREADY, ""),
        ("NIK sudah terdaftar.", State.ALREADY, ""),
        ("Ditolak, peserta menunggak iuran", State.REFUSED, "Menunggak"),
        ("Ditolak karena tidak bekerja", State.REFUSED, "Tidak bekerja"),
    ],
)
def test_is_understood(said, state, reason):
    meant = rules.meaning(said, "", SHIPPED)
    assert (meant.state, meant.reason) == (state, reason)


@pytest.mark.parametrize(
    "said",
    [
        *("", "Belum diterima", "Menunggu", "invalid", "tidak berhasil"),
        "Pendaftaran tidak dapat diterima",
        "Belum terdaftar sebagai peserta aktif",
        "Valid, tidak ada tunggakan",
        "Peserta tidak menunggak; valid",
    ],
)
def test_is_not_guessed(said):
    assert rules.meaning(said, "", SHIPPED) is None


def test_a_kpj_without_words_is_an_acceptance_and_with_unknown_words_is_not():
    assert rules.meaning("", "12345678901", SHIPPED).state == State.ACCEPTED
    assert rules.meaning("Tunggu verifikasi", "12345678901", SHIPPED) is None


def test_words_that_are_only_signs_say_nothing_of_others():
    assert rules.meaning("", "", [*SHIPPED, Wording("-", State.REFUSED, "Tanpa alasan")]) is None


@pytest.mark.parametrize(
    ("cell", "kpj"),
    [
        ("1234 5678 901", "12345678901"),
        ("belum terbit", ""),
        ("3503070101800001", ""),
        ("1234", ""),
    ],
)
def test_what_is_a_kpj(cell, kpj):
    assert rules.kpj_of(cell) == kpj


def test_a_regency_may_say_what_words_mean():
    own = Wording("menunggu cabang", State.REFUSED, "Tanpa alasan")
    assert rules.meaning("Menunggu, cabang", "", [*SHIPPED, own]) == own


@pytest.mark.parametrize(
    ("people", "files"), [(157_058, 16), (10_001, 2), (10_000, 1), (1, 1), (0, 0)]
)
def test_how_many_files_so_many_people_need(people, files):
    assert rules.parts(people, 10_000) == files
