"""What `annex.typ` sets: the words, columns and rows of an annex as plain data, on plain values.

Words go to typst as JSON and become text there. Nothing that somebody typed is ever its source.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from enrollment.coverage.rules import in_words, months_of
from enrollment.decrees import paper
from enrollment.decrees.annex import PUBLISHED, AnnexHeader, signed_by
from enrollment.decrees.annexes.choices import SIZES, SLOTS, Paper, Signing
from enrollment.decrees.codes.rules import in_halves
from enrollment.decrees.rules import AnnexRow
from enrollment.formats import angka, rupiah, tanggal
from enrollment.workbooks.cells import plain
from enrollment.workers.checks.nik import mask

if TYPE_CHECKING:
    from enrollment.decrees.models import DecreeEntry

    Row = AnnexRow | DecreeEntry

LEFT, CENTRE, RIGHT = "left", "centre", "right"
_MILLIMETRES = 25.4 / 72
_INSETS = 2.4
"""Millimetres of a cell that its words cannot use."""
_BREAK = "\u200b"
"""Where a word that is wider than its column may go on in the next line; it has no width."""
_RULES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, relative width, side, and what stands in it for a person (lines)."""

    heading: str
    width: float
    side: str
    value: Callable[[Row], str]
    published: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one kecamatan, as cells; each row begins with its running number."""

    title: str
    rows: list[list[Any]]
    people: int
    cost: int

    @property
    def sums(self) -> dict[str, str]:
        words = f"JUMLAH {self.title}: {angka(self.people)} orang"
        return {"words": words, "amount": angka(self.cost)}


class Layout:
    """One annex: its sheet, its columns, and the data of each part of it."""

    def __init__(
        self,
        header: AnnexHeader,
        *,
        sheet: str = Paper.F4_ACROSS,
        signing: str = Signing.INK,
        masked: bool = False,
    ):
        self.header, self.masked = header, masked
        self.size, self.slots = SIZES[Paper(sheet)], SLOTS[Signing(signing)]
        every = (_upright if self.size.upright else _across)(header, masked)
        self.columns = [column for column in every if column.published or not masked]
        self._room = self._rooms()

    def groups(self, rows: Iterable[Row]) -> Iterator[Group]:
        """The kecamatan in the order of the list. ValueError when the rows of one are not
        together, because its sum would then be wrong."""
        done: set[str] = set()
        for title, people in groupby(rows, key=self.header.group):
            if title in done:
                raise ValueError("The rows of a kecamatan must come together.")
            done.add(title)
            yield self._group(title, people)

    def _group(self, title: str, people: Iterable[Row]) -> Group:
        cells, cost = [], 0
        for row in people:
            cells.append(self.cells(row))
            cost += row.cost
        return Group(shown(title), cells, len(cells), cost)

    def cells(self, row: Row) -> list[Any]:
        """The cells of a person; a word that is wider than its column may be broken."""
        values = (column.value(row) for column in self.columns[1:])
        return [row.position, *map(_fitting, values, self._room[1:])]

    def part(
        self,
        groups: Sequence[dict[str, Any]],
        *,
        first: bool,
        flowing: bool,
        end: Any,
        marked: int | None,
    ) -> dict[str, Any]:
        """The data of one part. `flowing` puts one kecamatan below the other on a page; the pages
        of rows from the number `marked` on are told."""
        return {
            **self.sheet(),
            "size": self.size.points,
            "columns": [
                {"heading": column.heading, "width": column.width, "side": column.side}
                for column in self.columns
            ],
            "heading": self.heading() if first else None,
            "groups": groups,
            "flowing": flowing,
            "end": end,
            "marked": marked,
        }

    def sheet(self) -> dict[str, Any]:
        """Measures in millimetres, and what the file says of itself."""
        size, header = self.size, self.header
        return {
            "width": size.width,
            "height": size.height,
            "side": size.side,
            "block": 105 if size.upright else 125,
            "title": shown(f"Lampiran Keputusan {self.whose} {header.number or ''}"),
            "author": shown(f"Pemerintah {header.regency_word} {header.regency}"),
            "foot": shown(f"Lampiran Keputusan {self.whose.title()} {self._numbered()}"),
            "check": f"Kode {in_halves(header.code)} · {header.address}" if header.code else "",
            "qr": qr_of(header.address) if header.code else [],
        }

    @property
    def whose(self) -> str:
        """Whose decree it is: the Bupati's, also if "Pj. Bupati" signs."""
        words = self.header.signer.split()
        return " ".join(word for word in words if not word.endswith("."))

    def _numbered(self) -> str:
        return f"Nomor {self.header.number}" if self.header.number else ""

    def heading(self) -> dict[str, Any]:
        header = self.header
        months = in_words(months_of(header.first_month, header.months))
        price = f", iuran {rupiah(header.premium)} seorang sebulan" if header.premium else ""
        return {
            "lines": ["LAMPIRAN", shown(f"KEPUTUSAN {self.whose}")],
            "labelled": [
                ["NOMOR", shown(header.number) or self.slots.number],
                ["TANGGAL", _day(header.day) or self.slots.day],
                ["TENTANG", shown(header.title.upper())],
            ],
            "title": [
                header.heading,
                shown(header.programme.upper()),
            ],
            "cover": shown(f"Masa perlindungan {months} ({header.months} bulan){price}"),
            "note": PUBLISHED if self.masked else "",
        }

    def end(self, people: int, cost: int) -> dict[str, Any]:
        """What closes the annex: the sums in figures and in words, and who signs."""
        header, slots = self.header, self.slots
        sums = header.closing(people, cost)
        _, people, cost = sums[-1]
        return {
            "totals": [
                {"words": f"{words}: {angka(count)} orang", "amount": angka(amount)}
                for words, count, amount in sums
            ],
            "words": f"Terbilang: {in_letters(people)} orang; {in_letters(cost)} rupiah.",
            "signature": {
                "place": [
                    shown(f"Ditetapkan di {header.city}"),
                    f"pada tanggal {_day(header.day) or slots.day}",
                ],
                "titles": [shown(line) for line in header.signature_lines],
                "sign": slots.signature,
                "name": shown(signed_by(header.head_name)) or slots.name,
                "under": [shown(line) for line in _under(header)],
            },
        }

    def _rooms(self) -> list[float]:
        """How many heights of type fit beside each other in each column."""
        across = self.size.width - 2 * self.size.side
        share = across / sum(column.width for column in self.columns)
        height = self.size.points * _MILLIMETRES
        return [(column.width * share - _INSETS) / height for column in self.columns]


def qr_of(address: str) -> list[str]:
    """The picture of an address, a text of 0 and 1 for each row; level M, so that a stamp or a fold
    over a seventh of it does no harm."""
    import segno  # loaded only where an annex is set

    return ["".join(map(str, row)) for row in segno.make(address, error="m", micro=False).matrix]


def in_letters(number: int) -> str:
    """`dua miliar enam belas juta` for 2,016,000,000."""
    from lokal import terbilang  # takes a tenth of the time in which the portal starts

    return _RULES.sub(" ", terbilang(number)).strip()


def shown(text: object) -> str:
    """One line of text without characters that have no shape of their own: they could turn the
    direction of what follows, or hide in it."""
    words = plain(text)
    if words.isprintable():
        return words
    return plain("".join(c for c in words if unicodedata.category(c) not in ("Cf", "Co", "Cn")))


def _fitting(words: str, room: float) -> str:
    """Let a word that is wider than the room be broken after any of its characters."""
    if len(words) * 0.85 <= room:  # even the widest letters fit
        return words
    return "\n".join(
        " ".join(_BREAK.join(word) if paper.ems(word) > room else word for word in line.split(" "))
        for line in words.split("\n")
    )


def _lines(*words: str) -> str:
    """What stands below each other in a cell."""
    return "\n".join(filter(None, words))


def _under(header: AnnexHeader) -> list[str]:
    """The lines below the name of who signs."""
    return [line for line in (header.rank, f"NIP {header.nip}" if header.nip else "") if line]


def _day(day: date | None) -> str:
    return tanggal(day) if day else ""


def _birth(row: Row) -> str:
    day = f"{row.birth_date:%d-%m-%Y}" if row.birth_date else ""
    place = shown(row.birth_place)
    return _lines(f"{place}," if place and day else place, day)


def _address(row: Row) -> str:
    return _lines(shown(row.address), _neighbourhood(row))


def _neighbourhood(row: Row) -> str:
    rt, rw = shown(row.rt), shown(row.rw)
    words = [f"RT {rt}" if rt else "", f"RW {rw}" if rw else ""]
    return " ".join(filter(None, words)).replace(" ", "\u00a0")


def _premiums(header: AnnexHeader, width: float) -> Column:
    if header.premium is not None:
        return Column("Iuran sebulan (Rp)", width, RIGHT, lambda row: angka(row.premium or ""))
    return Column("Iuran (Rp × bulan)", width + 8, LEFT, lambda row: shown(row.prices))


def _across(header: AnnexHeader, masked: bool) -> list[Column]:
    return [
        Column("No.", 11, CENTRE, lambda row: str(row.position)),
        Column("Nama", 52, LEFT, lambda row: shown(row.name)),
        Column("L/P", 9, CENTRE, lambda row: shown(row.sex)),
        _identity(masked, 37),
        Column("Tempat, tanggal lahir", 32, LEFT, _birth, published=False),
        Column("Alamat", 54, LEFT, _address, published=False),
        Column(header.village_word.title(), 33, LEFT, lambda row: shown(row.village)),
        Column("Pekerjaan", 31, LEFT, lambda row: shown(row.occupation)),
        Column("Bulan", 14, CENTRE, lambda row: str(row.months)),
        _premiums(header, 21),
        Column("Jumlah (Rp)", 25, RIGHT, lambda row: angka(row.cost)),
    ]


def _upright(header: AnnexHeader, masked: bool) -> list[Column]:
    if masked:
        return _across(header, masked)
    return [
        Column("No.", 11, CENTRE, lambda row: str(row.position)),
        Column("Nama", 41, LEFT, lambda row: shown(row.name)),
        Column("L/P", 9, CENTRE, lambda row: shown(row.sex)),
        _identity(masked, 37),
        Column("Tempat, tanggal lahir", 27, LEFT, _birth, published=False),
        Column(
            f"Alamat, {header.village_word}", 44, LEFT,
            lambda row: _lines(
                shown(row.address), f"{_neighbourhood(row)} {shown(row.village)}".strip()
            ),
        ),
        Column("Pekerjaan", 25, LEFT, lambda row: shown(row.occupation)),
        Column("Bulan", 13, CENTRE, lambda row: str(row.months)),
        _premiums(header, 19),
        Column("Jumlah (Rp)", 23, RIGHT, lambda row: angka(row.cost)),
    ]  # fmt: skip


def _identity(masked: bool, width: float) -> Column:
    if masked:
        return Column("NIK", width, CENTRE, lambda row: mask(row.nik))
    return Column("NIK, nomor KK", width, CENTRE, lambda row: _lines(shown(row.nik), shown(row.kk)))
