"""Invented people and the head of a decree, for the tests of the annex."""

from dataclasses import replace
from datetime import date

from enrollment.decrees.annex import AnnexHeader
from enrollment.decrees.rules import AnnexRow

TRENGGALEK = AnnexHeader(
    regency="Trenggalek",
    head_name="Bambang Suparno",
    number="188.45/280/406.001.3/2025",
    day=date(2025, 8, 17),
    title="Penerima Bantuan Iuran Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan Tahun 2025",
    legal_basis=(
        "Peraturan Bupati Trenggalek Nomor 12 Tahun 2024 tentang Pelindungan Pekerja Rentan",
        "Instruksi Presiden Nomor 2 Tahun 2021",
    ),
    city="Trenggalek",
    village_word="desa/kelurahan",
    programme="Pekerja Rentan DBHCHT 2025",
    first_month=date(2025, 1, 1),
    months=12,
    premium=16_800,
)
SIJUNJUNG = replace(
    TRENGGALEK,
    regency="Sijunjung",
    title="Penerima Bantuan Iuran Pekerja Rentan Nagari",
    legal_basis=("Peraturan Bupati Sijunjung Nomor 5 Tahun 2025",),
    city="Muaro Sijunjung",
    village_word="nagari",
    programme="APB Nagari 2025",
)

DISTRICTS = {"Watulimo": ("Prigi", "Tasikmadu"), "Panggul": ("Besuki", "Wonocoyo", "Panggul")}


def row(index, **changes):
    """A unique person; the index sets the data and the village."""
    district = list(DISTRICTS)[index % 2]
    villages = DISTRICTS[district]
    return replace(
        AnnexRow(
            position=1,
            nik=f"350301{index % 28 + 41}0880{index % 9999 + 1:04d}",
            kk=f"35030901{index:08d}",
            name=f"PESERTA {index:05d}",
            birth_place="Trenggalek",
            birth_date=date(1980, 8, index % 28 + 1),
            sex="P",
            address=f"Jalan Melati Nomor {index}",
            rt="001",
            rw="012",
            village=villages[index % len(villages)],
            district=district,
            occupation="Buruh tani",
            months=12,
            premium=16_800,
            cost=201_600,
        ),
        **changes,
    )


def list_order(row):
    """The sort key of a decree's list, the same as in the SQL of `selection`."""
    return (row.district.casefold(), row.village.casefold(), row.name.casefold(), row.nik)


def numbered(rows):
    """Rows as a decree freezes them: in order, with their positions."""
    return [
        replace(row, position=position)
        for position, row in enumerate(sorted(rows, key=list_order), 1)
    ]


PEOPLE = numbered(row(index) for index in range(30))
