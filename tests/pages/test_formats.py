"""How numbers, money and dates are written in Indonesian."""

from datetime import UTC, date, datetime

import pytest

from portal.templatetags import formats


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (formats.rupiah(2_016_000_000), "Rp2.016.000.000"),
        (formats.rupiah(0), "Rp0"),
        (formats.angka(157_058), "157.058"),
        (formats.tanggal(date(2025, 8, 17)), "17 Agustus 2025"),
        (formats.tanggal(datetime(2025, 8, 16, 20, 0, tzinfo=UTC)), "17 Agustus 2025"),
        (
            formats.tanggal_waktu(datetime(2025, 8, 17, 7, 5, tzinfo=UTC)),
            "17 Agustus 2025 pukul 14.05 WIB",
        ),
        (formats.bulan(3), "Maret"),
        (formats.bulan(date(2026, 12, 1)), "Desember 2026"),
        (formats.nik_masked("3522150108750001"), "352215**********"),
    ],
)
def test_values_are_written_the_indonesian_way(written, value):
    assert written == value


@pytest.mark.parametrize(
    "write",
    [
        formats.rupiah,
        formats.angka,
        formats.tanggal,
        formats.tanggal_waktu,
        formats.bulan,
        formats.nik_masked,
    ],
)
def test_an_unknown_value_is_shown_as_a_dash(write):
    assert write(None) == "–"
