"""The kinds of work the portal starts with; afterwards an administrator keeps the table.

Each is `(key, name, other spellings, number)`; the number is the civil registry's (SIAK, and the
village information systems that follow it), which their exports hold in the place of a word.
"""

from __future__ import annotations

OCCUPATIONS: tuple[tuple[str, str, tuple[str, ...], int | None], ...] = (
    ("farmer", "Petani", ("Petani/Pekebun", "Pekebun", "Tani", "Petani Penggarap"), 9),
    ("tobacco_farmer", "Petani tembakau", ("Tani Tembakau",), None),
    (
        "farm_labourer",
        "Buruh tani",
        ("Buruh Tani/Perkebunan", "Buruh Perkebunan", "Buruh Kebun"),
        20,
    ),
    ("tobacco_labourer", "Buruh tani tembakau", ("Buruh Tembakau",), None),
    ("livestock_farmer", "Peternak", (), 10),
    ("livestock_labourer", "Buruh peternakan", ("Buruh Ternak",), 22),
    ("fisher", "Nelayan", ("Nelayan/Perikanan", "Nelayan Kecil"), 11),
    ("fishing_labourer", "Buruh nelayan", ("Buruh Nelayan/Perikanan",), 21),
    (
        "trader",
        "Pedagang",
        ("Perdagangan", "Dagang", "Pedagang Kecil", "Pedagang Keliling", "Pedagang Kaki Lima"),
        8,
    ),
    ("day_labourer", "Buruh harian lepas", ("BHL", "Buruh Lepas", "Buruh Harian", "Buruh"), 19),
    (
        "motorcycle_taxi_driver",
        "Tukang ojek",
        ("Ojek", "Ojek Pangkalan", "Pengemudi Ojek", "Ojek Online", "Ojol"),
        None,
    ),
    ("driver", "Sopir", ("Supir", "Pengemudi", "Transportasi"), 14),
    ("pedicab_driver", "Tukang becak", ("Becak",), None),
    ("parking_attendant", "Juru parkir", ("Tukang Parkir", "Jukir"), None),
    ("builder", "Tukang batu", ("Tukang Bangunan", "Kuli Bangunan", "Buruh Bangunan"), 26),
    ("carpenter", "Tukang kayu", (), 27),
    ("welder", "Tukang las", ("Tukang Las/Pandai Besi", "Pandai Besi"), 29),
    ("tailor", "Penjahit", ("Tukang Jahit", "Jahit"), 30),
    ("barber", "Tukang cukur", (), 24),
    ("domestic_worker", "Pembantu rumah tangga", ("PRT", "ART", "Asisten Rumah Tangga"), 23),
    ("scavenger", "Pemulung", ("Petugas Sampah",), None),
    ("quran_teacher", "Guru ngaji", ("Guru Mengaji", "Ustadz", "Ustadz/Mubaligh"), 45),
    ("mosque_keeper", "Marbot", ("Marbot Masjid", "Takmir", "Merbot", "Penjaga Masjid"), None),
    ("imam", "Imam masjid", ("Imam",), 41),
    ("health_volunteer", "Kader posyandu", ("Kader", "Kader Kesehatan"), None),
    ("neighbourhood_head", "Ketua RT/RW", ("Ketua RT", "Ketua RW", "RT/RW"), None),
    ("civil_guard", "Linmas", ("Hansip", "Satlinmas"), None),
    ("volunteer", "Relawan", ("Pekerja Sosial", "Relawan Sosial"), None),
)
