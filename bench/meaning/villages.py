"""Villages by the names that people give them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from bench.meaning.model import Truth
from villages import areas
from villages.models import Area

REGENCIES = ("35.22", "35.03", "35.09", "61.12", "13.03")
_NUMERALS = (
    ("Satu", "I", "1"),
    ("Dua", "II", "2"),
    ("Tiga", "III", "3"),
    ("Empat", "IV", "4"),
    ("Lima", "V", "5"),
)
_SHORT = {
    "Sungai": ("Sei", "Sui", "S.", "Sei.", "Sui."),
    "Tanjung": ("Tj.", "Tjg.", "Tg."),
    "Kampung": ("Kp.", "Kpg."),
    "Gunung": ("Gn.", "Gng."),
}


@dataclass(frozen=True)
class Village:
    code: str
    name: str
    district: str
    regency: str

    @property
    def urban(self) -> bool:
        return self.code.rsplit(".", 1)[1].startswith("1")


@dataclass
class Regency:
    """A regency: its villages, and those whose name occurs more than once in it."""

    code: str
    name: str
    villages: list[Village] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shared: dict[str, list[Village]] = {}

    def index(self) -> None:
        by_name = defaultdict(list)
        for village in self.villages:
            by_name[plain(village.name)].append(village)
        self.shared = {name: found for name, found in by_name.items() if len(found) > 1}
        self.names = set(by_name)
        self.districts = {plain(village.district) for village in self.villages}
        self.single = [found[0] for found in by_name.values() if len(found) == 1]


def plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def meant_by(village: Village, regency: Regency, *, bare: bool) -> Truth:
    """What a title or the name of a sheet says; `bare`: without a word for a village, so that it
    may also mean the district of that name, and an error is right too."""
    both = bare and plain(village.name) in regency.districts
    return {"village": (village.code, None) if both else (village.code,)}


def load() -> list[Regency]:
    """The regencies with their villages, from the database."""
    regencies = []
    for code in REGENCIES:
        found = dict(
            Area.objects.within(code)
            .filter(current=True)
            .order_by("code")
            .values_list("code", "name")
        )
        name = re.sub(r"^(?:Kabupaten|Kota) ", "", found[code])
        villages = [
            Village(at, named, found[district], name)
            for at, named in found.items()
            if areas.level(at) == areas.VILLAGE and (district := areas.at_level(at, areas.DISTRICT))
        ]
        regency = Regency(code, name, villages)
        regency.index()
        regencies.append(regency)
    return regencies


def word(village: Village, dice: Random) -> str:
    """The word before a village's name."""
    if village.code.startswith("13.03"):
        return dice.choice(("Nagari", "Nag.", "Kenagarian", "NAGARI", "Nagari"))
    if village.urban:
        return dice.choice(("Kelurahan", "Kel.", "KELURAHAN", "Kel"))
    return dice.choice(("Desa", "DESA", "Ds.", "Ds", "DS.", "desa"))


def shortened(village: Village, regency: Regency, dice: Random) -> str:
    """The name with a numeral or a usual abbreviation in it, if it has such a word."""
    words = village.name.split()
    for at, spelled in enumerate(words):
        for numeral in _NUMERALS:
            if spelled.capitalize() in numeral or spelled in numeral:
                words[at] = dice.choice(numeral)
        if spelled.capitalize() in _SHORT and at + 1 < len(words):
            words[at] = dice.choice(_SHORT[spelled.capitalize()])
    short = " ".join(words)
    taken = plain(short) in regency.names and plain(short) != plain(village.name)
    return village.name if taken else short


def spelled(village: Village, regency: Regency, dice: Random) -> str:
    """The village as a cell of a list names it."""
    name = shortened(village, regency, dice)
    name = dice.choice((name, name.upper(), name.lower(), name.title()))
    end = village.code.rsplit(".", 1)[1]
    district = village.district
    return dice.choice(
        (
            name,
            f"{word(village, dice)} {name}",
            f"[{end}] {name}",
            f"{end} {name}",
            f"{end} - {name}",
            f"{name} ({end})",
            f"{name} Kec. {district}",
            f"{name}, Kec. {district}",
            f"{name} / {district}",
            f"{name} - {district}",
            f"{name} ({district})",
            f"{name}, {district}, {village.regency}",
            f"{word(village, dice)} {name} Kecamatan {district}",
            f"{word(village, dice)} {name} Kec. {district} Kab. {village.regency}",
            village.code,
            village.code.replace(".", ""),
            f"  {name}  ",
        )
    )


def titled(village: Village, dice: Random, *, district: bool = False) -> str:
    """The village as a title or a letterhead names it."""
    name = dice.choice((village.name, village.name.upper()))
    before = word(village, dice)
    number = dice.choice(("", "", "", "1. ", "I. ", "A. "))
    text = f"{number}{before}{dice.choice((' ', ' ', ' : ', ': '))}{name}"
    if district:
        text += dice.choice((" ", ", ", " - ")) + dice.choice(("Kecamatan ", "Kec. ", "KEC. "))
        text += village.district
    return text
