"""What `annex.typ` sets: the words, columns and rows of an annex as plain data, on plain values.

Words go to typst as JSON and become text there. Nothing that somebody typed is ever its source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import dropwhile
from typing import TYPE_CHECKING, Any

from enrollment.coverage.rules import in_words, months_of
from enrollment.decrees import paper
from enrollment.decrees.annex import (
    PUBLISHED,
    AnnexHeader,
    grouped,
    second_signer,
    signed_by,
)
from enrollment.decrees.annexes.choices import SIZES, SLOTS, Paper, Signing
from enrollment.decrees.annexes.columns import columns_of
from enrollment.decrees.annexes.faces import BREAK
from enrollment.decrees.arrangement.rules import Sums
from enrollment.decrees.codes.rules import in_halves
from enrollment.decrees.columns import shown
from enrollment.decrees.rules import AnnexRow
from enrollment.formats import angka, rupiah, tanggal

if TYPE_CHECKING:
    from enrollment.decrees.models import DecreeEntry

    Row = AnnexRow | DecreeEntry

_MILLIMETRES = 25.4 / 72
MOST_CROWDED = 1.45
"""Millimetres of the columns' own widths to one of the sheet, at the most."""
_INSETS = 2.4
"""Millimetres of a cell that its words cannot use."""
_NOTHING = "\u00a0"
"""A line that keeps its height."""
_RULES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one kecamatan or village, as cells; each row begins with its running number.
    `sums` is the line below them, None where no sums are wanted."""

    title: str
    rows: list[list[Any]]
    people: int
    cost: int
    sums: dict[str, str | None] | None


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
        version = "masked" if masked else "full"
        self.identity = header.identity("pdf", version, Paper(sheet).value, Signing(signing).value)
        self.columns = columns_of(header, masked, upright=self.size.upright)
        self.money_last = header.arrangement.keys()[-1] == "cost"
        self._room = self._rooms()

    @property
    def crowded(self) -> bool:
        """Whether the columns are too wide for the sheet to be read."""
        across = self.size.width - 2 * self.size.side
        return sum(column.width for column in self.columns) > MOST_CROWDED * across

    def groups(
        self, rows: Iterable[Row], cells: Callable[[Row], list[Any]] | None = None
    ) -> Iterator[Group]:
        """The groups in the order of the list, their people as `cells` writes them. ValueError when
        the rows of one are not together, because its sum would then be wrong."""
        for title, people in grouped(rows, self.header):
            yield self._group(shown(title), people, cells or self.cells)

    def _group(
        self, title: str, people: Iterable[Row], cells_of: Callable[[Row], list[Any]]
    ) -> Group:
        cells, cost = [], 0
        for row in people:
            cells.append(cells_of(row))
            cost += row.cost
        each = title and self.header.arrangement.sums == Sums.EACH
        sums = self._sum(f"JUMLAH {title}", len(cells), cost) if each else None
        return Group(title, cells, len(cells), cost, sums)

    def _sum(self, words: str, people: int, cost: int) -> dict[str, str | None]:
        """The amount has a cell of its own where its column is the last."""
        words = f"{words}: {angka(people)} orang"
        if self.money_last:
            return {"words": words, "amount": angka(cost)}
        return {"words": f"{words}, {rupiah(cost)}", "amount": None}

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
            "title": shown(f"{self._annex} Keputusan {self.whose} {header.number or ''}"),
            "author": shown(header.government),
            "foot": shown(f"{self._annex} Keputusan {self.whose.title()} {self._numbered()}"),
            "check": f"Kode {in_halves(header.code)} · {header.address}" if header.code else "",
            "qr": qr_of(header.address) if header.code else [],
        }

    @property
    def whose(self) -> str:
        """Whose decree it is: the Bupati's, also if "Pj. Bupati" signs. A place may have a full
        stop in its name: "Sei. Lansek"."""
        words = self.header.signer.split()
        return " ".join(dropwhile(lambda word: word.endswith("."), words))

    @property
    def _annex(self) -> str:
        word, *numeral = self.header.arrangement.annex.split()
        return " ".join([word.title(), *numeral])

    def _numbered(self) -> str:
        return f"Nomor {self.header.number}" if self.header.number else ""

    def heading(self) -> dict[str, Any]:
        header, look = self.header, self.header.arrangement
        months = in_words(months_of(header.first_month, header.months))
        price = f", iuran {rupiah(header.premium)} seorang sebulan" if header.premium else ""
        return {
            "lines": [look.annex, shown(f"KEPUTUSAN {self.whose}")],
            "labelled": [
                ["NOMOR", shown(header.number) or self.slots.number],
                ["TANGGAL", _day(header.day) or self.slots.day],
                ["TENTANG", shown(header.title.upper())],
            ],
            "title": [
                shown(header.headline),
                shown(header.programme.upper()),
            ],
            "cover": shown(f"Masa perlindungan {months} ({header.months} bulan){price}"),
            "opening": shown(look.opening),
            "note": PUBLISHED if self.masked else "",
        }

    def end(self, people: int, cost: int) -> dict[str, Any]:
        """What closes the annex: the sums in figures and in words, and who signs."""
        sums = self.header.closing(people, cost)
        if sums:
            _, people, cost = sums[-1]
        return {
            "totals": [self._sum(*one) for one in sums],
            "words": f"Terbilang: {in_letters(people)} orang; {in_letters(cost)} rupiah.",
            "signature": self._signature(),
            "second": self._second(),
        }

    def _signature(self) -> dict[str, Any]:
        header, slots = self.header, self.slots
        if header.arrangement.second_title:
            slots = slots.of(1)
        return {
            "place": [
                shown(f"Ditetapkan di {header.city}"),
                f"pada tanggal {_day(header.day) or slots.day}",
            ],
            "titles": [shown(line) for line in header.signature_lines],
            "sign": slots.signature,
            "name": shown(signed_by(header.head_name)) or slots.name,
            "under": [shown(line) for line in _under(header)],
        }

    def _second(self) -> dict[str, Any] | None:
        """Who signs at the left, on a level with the head."""
        second, slots = second_signer(self.header), self.slots.of(2)
        if second is None:
            return None
        above = len(self.header.signature_lines) - len(second.titles)
        return {
            "place": [_NOTHING, _NOTHING],
            "titles": [*[_NOTHING] * above, *map(shown, second.titles)],
            "sign": slots.signature,
            "name": shown(second.name) or slots.name or _NOTHING,
            "under": [shown(line) for line in second.under],
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


def _fitting(words: str, room: float) -> str:
    """Let a word that is wider than the room be broken after any of its characters."""
    if len(words) * 0.85 <= room:  # even the widest letters fit
        return words
    return "\n".join(
        " ".join(BREAK.join(word) if paper.ems(word) > room else word for word in line.split(" "))
        for line in words.split("\n")
    )


def _under(header: AnnexHeader) -> list[str]:
    """The lines below the name of who signs."""
    return [line for line in (header.rank, f"NIP {header.nip}" if header.nip else "") if line]


def _day(day: date | None) -> str:
    return tanggal(day) if day else ""
