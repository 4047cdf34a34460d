"""Where the people of a sheet live, by its titles, and what else a title says of those below it.

What is nearest to a person holds. A title between people that is not understood ends the village
of the title before it: nobody is put into a village that is not said.
"""

from __future__ import annotations

import re

from enrollment.sheets import titles
from enrollment.sheets.knowledge import Knowledge
from enrollment.sheets.legends import is_legend
from enrollment.sheets.titles import GROUP, Title

UNKNOWN_LENGTH = 100
BELOW = "(judul di bawah orangnya?)"
"""Stands behind the village of a title that may be about the people above it."""
LONGEST_SHEET_NAME = 31
"""Excel cuts the names of sheets there."""
_LIVING = re.compile(r"\b(?:tetap|menetap|aktif|hidup|masih)\b", re.I)
_LEFT_OUT = re.compile(
    r"(?:ninggal|pindah|wafat|\balm).*\b(?:dikeluarkan|dihapus|dicoret|"
    r"tidak (?:termasuk|dimasukkan|diikutkan|ada))\b|\b(?:kecuali|selain|tanpa)\b",
    re.I,
)
"""Says that the dead or moved have been left out of the list."""
_UNDERSTOOD = re.compile(
    r"\b(?:laki|perempuan|pria|wanita|aktif|hidup|halaman|hal|lanjutan|kategori|apbd|apbn|dbhcht|csr|"
    r"tahap|usulan|tahun|periode|gelombang|warga|penduduk|peserta|pekerja|penerima|jumlah|bulan|jenis|"
    r"status|sumber|desil|anggota|profesi|pekerjaan)\b",
    re.I,
)
"""Words of titles that say nothing of a place."""


class Place:
    """The titles in force at a row.

    `group`: what a group title says of the people below it (`hamlet`, `rt`, `rw`, `kk`, `address`).
    `state`: a title, or the sheet's name, which says that they died or moved.
    `people`: how many were read since the last title about their state.
    `where`: the village and the district of the people below, and another village that is named
    farther from them, "" where none is.
    """

    def __init__(self, sheet: str, knowledge: Knowledge):
        self.knowledge = knowledge
        self.head_village = self.head_district = ""
        self.group_village: str | None = None
        self.titles_below = False
        self.group_district = ""
        self.group: dict[str, str] = {}
        self.legends: list[str] = []
        """Lines of the letterhead that explain codes."""
        named = filter(knowledge.is_village, titles.without_noise(sheet))
        self.sheet_village = next(named, "")
        if not self.sheet_village and len(sheet) >= LONGEST_SHEET_NAME:
            self.sheet_village = knowledge.village_beginning(sheet)
        self.sheet_district = titles.read([sheet], knowledge).district
        self.sheet_state = sheet if self._tells_state(sheet) else ""
        self.group_state = ""
        self.nested = False
        self.people = 0
        self._settle()

    def _settle(self) -> None:
        """Decide where the people below live, and what has become of them: the nearest of a title
        between people, the sheet's name and the letterhead holds."""
        village = self.sheet_village or self.head_village
        if self.group_village is not None:
            village = self.group_village
            if village and self.titles_below:
                village = f"{village} {BELOW}"
        named = (self.sheet_village, self.head_village)
        farther = next((name for name in named if name and name != village), "")
        district = self.group_district or self.sheet_district or self.head_district
        self.where = (village, district, farther)
        self.state = self.group_state or self.sheet_state

    def letterhead(self, title: Title) -> None:
        """A line above the heading."""
        if is_legend(title.text):
            self.legends.append(title.text)
            return
        if title.village and self._believes(title):
            self.head_village = title.village
        if title.district:
            self.head_district = title.district
        if self._tells_state(title.text):
            self.sheet_state = title.text
        self._settle()

    def _believes(self, title: Title) -> bool:
        """Whether a letterhead's village holds: one that exists, and not one in an address if
        another line names one."""
        if not self.knowledge.villages_known():
            return not (title.is_address and self.head_village)
        if title.is_address and self.head_village:
            return False
        return self.knowledge.is_village(title.village)

    def total(self, title: Title) -> None:
        """A sum between people: that of a village ends its title, and people below it are of
        another one, which only the next title can say."""
        if self.group_village is not None and title.village:
            self.group_village, self.group = title.text[:UNKNOWN_LENGTH], {}
            self._settle()

    def enter(self, title: Title) -> None:
        """A title between people."""
        self._enter(title)
        self._settle()

    def doubt_titles(self) -> None:
        """The titles of villages seem to stand below their people: nobody is put into a village by
        a title that stands above."""
        self.titles_below = True
        self._settle()

    def _enter(self, title: Title) -> None:
        self._enter_state(title)
        if title.kk or title.address:
            self.group |= {"kk": title.kk, "address": title.address, "rt": title.rt, "rw": title.rw}
            return
        if title.district:
            self.group_district = title.district
        if title.village:
            self.group_village, self.group = title.village, {}
        elif title.district or self._is_foreign(title):
            self._end_village(title)
            self.group = {}
        if title.hamlet:
            self.group |= {"hamlet": title.hamlet, "rt": "", "rw": ""}
        if title.rw:
            self.group |= {"rw": title.rw, "rt": ""}
        if title.rt:
            self.group["rt"] = title.rt

    def _enter_state(self, title: Title) -> None:
        """A title about their state holds to the next title, or, where titles follow it at once,
        to the next title about a state."""
        if self._tells_state(title.text):
            self.group_state, self.nested, self.people = title.text, False, 0
        elif self.group_state and _LIVING.search(title.text):
            self.group_state = ""
        elif self.group_state and not title.kk:
            if self.people and not self.nested:
                self.group_state = self._doubt_of_state(title)
            else:
                self.nested = True

    def _doubt_of_state(self, title: Title) -> str:
        """A hamlet's title below the dead may be one of theirs, or lead back to the living."""
        within = (title.hamlet or title.rt or title.rw) and not title.village
        return f"{self.group_state.rstrip(' ?')} ?" if within else ""

    def _tells_state(self, text: str) -> bool:
        """Whether a title says that those below it have died or moved, and not that such people
        have been left out."""
        return self.knowledge.is_about_ended(text) and not _LEFT_OUT.search(text)

    def _is_foreign(self, title: Title) -> bool:
        """Whether a title is not understood: it says none of the things that titles say."""
        understood = title.hamlet or title.rt or title.rw or self._tells_state(title.text)
        return bool(
            title.text
            and not understood
            and not GROUP.match(title.text)
            and not _UNDERSTOOD.search(title.text)
            and not self.knowledge.is_occupation(title.text)
        )

    def _end_village(self, title: Title) -> None:
        if self.group_village is not None:
            self.group_village = None if title.district else title.text[:UNKNOWN_LENGTH]
