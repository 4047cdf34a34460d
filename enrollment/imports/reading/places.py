"""Which village a row means, in a list for many villages: by its name as people write it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from villages import areas
from villages.models import Area

_WORD_FOR_VILLAGE = re.compile(
    r"^(?:desa|ds|kelurahan|kel|nagari|gampong|kampung|pekon|lembang|kalurahan|kepenghuluan)\b"
)
_WORD_FOR_DISTRICT = re.compile(r"^(?:kecamatan|kec|distrik|kapanewon|kemantren)\b")
_NUMBER = re.compile(r"^\d+\s(?=\D)")  # in names of sheets: 1. Senden, 2007 SENDEN
_CODE = re.compile(r"\d{2}\.?\d{2}\.?\d{2}\.?\d{4}")


class Place(NamedTuple):
    """The village found, or None and why not (`village.unknown`, `village.ambiguous`)."""

    code: str | None
    finding: str | None = None


class Places:
    """The villages at or below an area, found by name or code and narrowed by district."""

    def __init__(self, area_code: str):
        self.only = area_code if areas.level(area_code) == areas.VILLAGE else None
        self.known: dict[tuple[str, str], Place] = {}
        if self.only:
            return
        self.villages: dict[str, set[str]] = defaultdict(set)
        self.districts: dict[str, set[str]] = defaultdict(set)
        self.codes: dict[str, str] = {}
        for code, name, level in (
            Area.objects.within(area_code)
            .filter(current=True, level__gte=areas.DISTRICT)
            .values_list("code", "name", "level")
        ):
            if level == areas.VILLAGE:
                self.villages[fold(name)].add(code)
                self.codes[code.replace(".", "")] = code
            else:
                self.districts[fold(name)].add(code)

    def find(self, village: str, district: str) -> Place:
        """The village that two cells name; in a list for one village always that village."""
        if self.only:
            return Place(self.only)
        names = (village, district)
        if names not in self.known:
            self.known[names] = self._find(str(village), str(district))
        return self.known[names]

    def _find(self, village: str, district: str) -> Place:
        found = self.candidates(village, district)
        if len(found) == 1:
            return Place(*found)
        return Place(None, "village.ambiguous" if found else "village.unknown")

    def candidates(self, village: str, district: str) -> set[str]:
        """Codes of all villages that two texts may mean."""
        if _CODE.fullmatch(village.strip()):
            code = self.codes.get(village.strip().replace(".", ""))
            return {code} if code else set()
        found = self._named(village, self.villages, _WORD_FOR_VILLAGE)
        within = self._named(district, self.districts, _WORD_FOR_DISTRICT)
        if within:  # an unknown (misspelt) district is ignored
            found = {code for code in found if areas.at_level(code, areas.DISTRICT) in within}
        return found

    @staticmethod
    def _named(text: str, table: Mapping[str, set[str]], word: re.Pattern[str]) -> set[str]:
        """Codes of this name: as written, else without a number and a word such as "desa"."""
        name = " ".join(re.findall(r"[^\W_]+", text.casefold()))
        bare = word.sub("", _NUMBER.sub("", name))
        return table.get(fold(name)) or table.get(fold(bare)) or set()


def fold(name: str) -> str:
    """The form in which names are compared: Olak-Olak Kubu equals OLAK OLAK KUBU."""
    return "".join(re.findall(r"[^\W_]+", name.casefold()))
