"""Invented people with lawful NIKs: what is true of them, before anybody writes it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.meaning.model import Truth
from enrollment.demo import names

NAMES = (names.JAVANESE, names.MADURESE, names.MALAY, names.MINANGKABAU)
PLACES = (
    *("Bojonegoro", "Tuban", "Trenggalek", "Jember", "Pontianak"),
    *("Sijunjung", "Surabaya", "Blora", "Kediri", "Ngawi"),
)
STREETS = ("Merdeka", "Diponegoro", "Kartini", "Mawar", "Melati", "Pahlawan", "Veteran", "Kenanga")
HAMLETS = (
    *("Krajan", "Kidulan", "Sumberejo", "Ngemplak"),
    *("Tegalsari", "Karanganyar", "Sidomulyo", "Jatisari"),
)
OCCUPATIONS = (
    *("Petani", "Buruh Tani", "Nelayan", "Pedagang", "Tukang Ojek", "Guru Ngaji"),
    *("Marbot Masjid", "Kader Posyandu", "Buruh Harian Lepas", "Tukang Batu", "Penjahit"),
)
PROVIDERS = (12, 13, 21, 52, 57, 77, 81, 95)
OLDEST, YOUNGEST = date(1952, 1, 1), date(2006, 12, 31)


@dataclass(frozen=True)
class Somebody:
    """A person; `village` is the code of where they live."""

    nik: str
    kk: str
    name: str
    sex: str
    birth_date: date
    birth_place: str
    address: str
    hamlet: str
    rt: str
    rw: str
    occupation: str
    phone: str
    mother_name: str
    father: str
    village: str

    @property
    def own(self) -> Truth:
        """What follows from the NIK: it may be taken where no column says it."""
        return {"birth_date": (self.birth_date,), "sex": (self.sex,)}


class Crowd:
    """Invents people, no two with the same NIK."""

    def __init__(self, dice: Random):
        self.dice = dice
        self.serials: set[int] = set()
        self.names = dice.choice(NAMES)

    def somebody(self, village: str) -> Somebody:
        dice = self.dice
        sex = dice.choice("LP")
        born = OLDEST + timedelta(days=dice.randrange((YOUNGEST - OLDEST).days))
        return Somebody(
            nik=self.nik(village, born, sex),
            kk=f"{_district(village)}{dice.randint(1, 28):02d}{dice.randint(1, 12):02d}"
            f"{dice.randint(5, 24):02d}{dice.randint(1, 8999):04d}",
            name=self.name(sex),
            sex=sex,
            birth_date=born,
            birth_place=dice.choice(PLACES).upper(),
            address=f"JL. {dice.choice(STREETS)} NO. {dice.randint(1, 99)}".upper(),
            hamlet=dice.choice(HAMLETS).upper(),
            rt=f"{dice.randint(1, 14):03d}",
            rw=f"{dice.randint(1, 9):03d}",
            occupation=dice.choice(OCCUPATIONS),
            phone=f"08{dice.choice(PROVIDERS)}{dice.randint(10**7, 10**8 - 1)}",
            mother_name=self.name("P"),
            father=self.name("L"),
            village=village,
        )

    def nik(self, village: str, born: date, sex: str) -> str:
        day = born.day + (40 if sex == "P" else 0)
        serial = self.dice.randint(1, 8999)
        while serial in self.serials:
            serial = self.dice.randint(1, 8999)
        self.serials.add(serial)
        return f"{_district(village)}{day:02d}{born:%m%y}{serial:04d}"

    def name(self, sex: str) -> str:
        initial = self.dice.choice("ABCDEFGHIKLMNPRSTW")
        return f"{self.names.of(sex, self.dice)} {initial}."


def _district(village: str) -> str:
    return village[:8].replace(".", "")
