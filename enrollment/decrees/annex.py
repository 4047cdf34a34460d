"""The annex of a decree (Lampiran Keputusan Bupati) as a workbook, the same bytes every time.

The full version is for signing. The masked one may be published (UU 14/2008 art. 17, UU 27/2022):
it leaves out the family card, the home address and the birth date, which together with a masked
NIK would give the whole NIK away.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, NotRequired, TypedDict
from uuid import UUID

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from enrollment.coverage.rules import in_words, months_of
from enrollment.decrees import paper
from enrollment.decrees.arrangement.rules import (
    HEADLINE,
    OWN,
    Arrangement,
    Grouping,
    KeptArrangement,
    Sums,
)
from enrollment.decrees.codes.rules import in_halves
from enrollment.decrees.columns import (
    CENTRE,
    LEFT,
    RIGHT,
    birth_date,
    columns_of,
    shown,
    values,
)
from enrollment.decrees.rules import AnnexRow, Balance
from enrollment.decrees.signatories.rules import in_capitals
from enrollment.formats import angka, rupiah
from enrollment.months import MONTHS
from enrollment.workbooks.archive import save_frozen
from enrollment.workbooks.rows import Cell, Rows

if TYPE_CHECKING:
    from enrollment.decrees.models import DecreeEntry

PUBLISHED = (
    "Salinan untuk diumumkan: NIK disamarkan; nomor KK, tanggal lahir, dan alamat rumah "
    "tidak dicantumkan (UU 14/2008 Pasal 17)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexHeader:
    """The text around the table, as it was when the decree was issued.

    `regency_word` and `regency` are "Kabupaten" and "Sijunjung"; `village_word` heads the column
    of villages ("nagari", "desa/kelurahan"). `premium` is rupiah a month, or None where it
    differs between people or months. `legal_basis` has one item for each line.
    """

    regency: str
    regency_word: str = "Kabupaten"
    head_title: str = "Bupati"
    head_name: str
    number: str
    day: date | None
    """None while it is not signed; `undated` then stands in its place."""
    undated: str = ""
    frozen_on: date | None = None
    """Of an annex without a date: when its list was frozen."""
    signed_as: tuple[str, ...] = ()
    rank: str = ""
    nip: str = ""
    title: str
    legal_basis: tuple[str, ...]
    city: str
    village_word: str
    district_word: str = "Kecamatan"
    programme: str
    first_month: date
    months: int
    premium: int | None = None
    village: str = ""
    """Of a decree of a village itself: its name. `head_title` is then its head's, "Wali Nagari"."""
    code: str = ""
    """By which anybody looks the decree up at `address`; empty where it was frozen before there
    were codes."""
    address: str = ""
    balance: Balance | None = None
    """Of an amendment: people and rupiah before and after it."""
    arrangement: Arrangement = OWN
    salt: str = ""
    """A secret of the list (`header.coded`); empty where it was frozen before there were any."""

    @property
    def headline(self) -> str:
        """The title above the table."""
        words = self.arrangement.headline or HEADLINE
        return f"PERUBAHAN {words}" if self.balance else words

    def closing(self, people: int, cost: int) -> list[tuple[str, int, int]]:
        """The sums below the table: words, people, rupiah. `people` and `cost`: of all rows."""
        if self.balance is None:
            none = self.arrangement.sums == Sums.NONE
            return [] if none else [("JUMLAH SELURUHNYA", people, cost)]
        lines = {"before": "SEMULA", "out": "KELUAR", "coming": "MASUK", "after": "MENJADI"}
        sums: Any = self.balance
        return [(words, *sums[name]) for name, words in lines.items()]

    @property
    def maker(self) -> str:
        """Who decides: `Bupati Sijunjung`, `Wali Nagari Lalan`."""
        return f"{self.head_title} {self.village or self.regency}"

    @property
    def government(self) -> str:
        """`Pemerintah Kabupaten Sijunjung`, `Pemerintah Nagari Lalan`."""
        if self.village:
            return f"Pemerintah {self.village_word.title()} {self.village}"
        return f"Pemerintah {self.regency_word} {self.regency}"

    @property
    def signer(self) -> str:
        return self.maker.upper()

    @property
    def signature_lines(self) -> list[str]:
        """In which capacity it is signed, one a line, the last with a comma."""
        *above, last = self.signed_as or (in_capitals(self.maker),)
        return [*above, f"{last},"]

    @property
    def long_day(self) -> str:
        return _long_date(self.day) if self.day else self.undated

    def identity(self, *form: str) -> str:
        """The name (a UUID) of one of its files, which `form` tells from the others. It follows
        from the list's secret, so whoever guesses what is in the file cannot guess its hash."""
        words = "\n".join([self.salt, self.number, str(self.day), self.title, *form])
        return str(UUID(bytes=hashlib.sha256(words.encode()).digest()[:16], version=5))

    @property
    def made_on(self) -> date:
        """The day that the file itself bears: the same at every writing."""
        day = self.day or self.frozen_on
        if day is None:
            raise ValueError("An annex has a date, or the day on which its list was frozen.")
        return day


def signed_by(name: str) -> str:
    """A name in capitals as under a decree, its degrees as they are written: `Drs. H. SUTRISNO,
    M.Si.`. A word with a full stop is a degree, and so is all that follows a comma."""
    person, comma, degrees = name.partition(",")
    words = [word if word.endswith(".") else word.upper() for word in person.split()]
    return f"{' '.join(words)}{comma}{degrees}"


class RegencyWords(TypedDict):
    """What the letter of a decree says of the regency."""

    government: str
    """`Kabupaten Trenggalek`"""
    province: str
    office: str
    village_head: str


class LetterWords(RegencyWords):
    """What only the letter of a decree says, as it was when the list was frozen."""

    fund: str
    fund_key: str
    components: list[str]
    year: int


class KeptHeader(TypedDict):
    """An AnnexHeader as the decree stores it: dates are text."""

    regency: str
    regency_word: str
    head_title: str
    head_name: str
    number: str
    day: str
    title: str
    legal_basis: list[str]
    city: str
    village_word: str
    district_word: str
    programme: str
    first_month: str
    months: int
    premium: int | None
    village: NotRequired[str]
    undated: NotRequired[str]
    frozen_on: NotRequired[str]
    signed_as: NotRequired[list[str]]
    rank: NotRequired[str]
    nip: NotRequired[str]
    code: NotRequired[str]
    address: NotRequired[str]
    balance: NotRequired[Balance]
    salt: NotRequired[str]
    letter: NotRequired[LetterWords]
    arrangement: NotRequired[KeptArrangement]


def maker_of(header: KeptHeader) -> str:
    """As `AnnexHeader.maker`, of a header as the decree stores it."""
    return f"{header['head_title']} {header.get('village') or header['regency']}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its heading, width in characters, style, and value of a row: a number,
    or text that has passed `columns.shown`."""

    heading: str
    width: float
    style: str
    value: Callable[[AnnexRow | DecreeEntry], str | int]


USUAL = (
    "name", "nik_kk", "birth", "sex", "address", "village", "occupation", "months", "premium",
    "cost",
)  # fmt: skip
"""The columns of a workbook, unless a regency has chosen its own. Of two values in one column each
has its own then, so that they can be sorted."""
WIDTHS = {
    "name": 26, "sex": 6, "nik_kk": 24, "nik": 24, "kk": 24, "birth": 16, "address": 28,
    "address_village": 32, "village": 19, "district": 19, "occupation": 19, "months": 9,
    "premium": 14, "cost": 20,
}  # fmt: skip
_PRICES = 26
_STYLES = {LEFT: paper.TEXT, CENTRE: paper.CENTRED, RIGHT: paper.MONEY}


def _columns(header: AnnexHeader, masked: bool) -> list[Column]:
    """The running number and the columns that the regency has chosen, as on paper, or the usual."""
    numbers, apart = _numbers(), {} if header.arrangement.columns else _apart()
    if header.premium is None:
        del numbers["premium"]
    found = [Column("No.", 8.5, paper.CENTRED, lambda row: row.position)]
    for one in columns_of(header, USUAL, masked=masked):
        width = _PRICES if one.key == "premium" and header.premium is None else WIDTHS[one.key]
        value = numbers.get(one.key, one.value)
        column = Column(one.heading, width, _STYLES[one.side], value)
        found.extend(apart.get(one.key, [column]))
    return found


def _numbers() -> dict[str, Callable[[AnnexRow | DecreeEntry], str | int]]:
    """The columns in which a number stands, with which a spreadsheet reckons."""
    return {
        "months": lambda row: row.months,
        "premium": lambda row: row.premium or "",
        "cost": lambda row: row.cost,
    }


def _apart() -> dict[str, list[Column]]:
    """The usual columns with two values → the two that they are in a workbook."""
    of = {key: value for key, (_, value) in values().items()}
    return {
        "nik_kk": [
            Column("NIK", 24, paper.CENTRED, of["nik"]),
            Column("Nomor KK", 24, paper.CENTRED, of["kk"]),
        ],
        "birth": [
            Column("Tempat Lahir", 16, paper.TEXT, lambda row: shown(row.birth_place)),
            Column("Tanggal Lahir", 15, paper.CENTRED, birth_date),
        ],
        "address": [
            Column("Alamat", 28, paper.TEXT, lambda row: shown(row.address)),
            Column("RT/RW", 13, paper.CENTRED, _neighbourhood),
        ],
    }


def _neighbourhood(row: AnnexRow | DecreeEntry) -> str:
    return "/".join(filter(None, [shown(row.rt), shown(row.rw)]))


def write_annex(
    out: BinaryIO,
    header: AnnexHeader,
    rows: Iterable[AnnexRow | DecreeEntry],
    *,
    masked: bool = False,
) -> None:
    """Write the annex to the binary file `out`; returns nothing and leaves `out` open.

    `rows` (objects with the fields of `rules.AnnexRow`) come in the order of their positions and
    are streamed. ValueError when the rows of a kecamatan are not together, because its sum would
    then be wrong.
    """
    book = Workbook(write_only=True)
    paper.add_styles(book)
    _properties(book, header, masked)
    with TemporaryFile() as file:  # it holds personal data, and has no name
        annex = _Annex(book, header, _columns(header, masked), file)
        annex.heading(masked)
        annex.table(rows)
        annex.signature()
        save_frozen(book, annex.rows, out, header.made_on)


def _properties(book: Workbook, header: AnnexHeader, masked: bool) -> None:
    book.properties.identifier = header.identity("xlsx", "masked" if masked else "full")
    book.properties.creator = shown(header.government)
    book.properties.title = shown(f"Lampiran Keputusan {header.number}")
    book.properties.created = book.properties.modified = datetime(
        header.made_on.year, header.made_on.month, header.made_on.day
    )


class _Annex:
    """The sheet while it is written from top to bottom."""

    def __init__(
        self, book: Workbook, header: AnnexHeader, columns: Sequence[Column], file: BinaryIO
    ):
        self.header, self.columns = header, columns
        self.widths = [column.width for column in columns]
        self.sheet = book.create_sheet("Lampiran")
        paper.set_up(self.sheet, self.widths)
        if header.code:
            paper.check_by(self.sheet, f"Kode {in_halves(header.code)} {header.address}")
        self.rows = Rows(self.sheet, file)
        self.last = len(columns)
        self.money_last = header.arrangement.keys(USUAL)[-1] == "cost"
        self.right = self.last * 3 // 5 + 1
        self.merged: list[str] = []

    def heading(self, masked: bool) -> None:
        header, right = self.header, self.right
        self.line(header.arrangement.annex, right)
        self.line(f"KEPUTUSAN {header.signer}", right)
        self.labelled("NOMOR", header.number)
        self.labelled("TANGGAL", header.long_day)
        self.labelled("TENTANG", header.title.upper())
        self.blank()
        self.line(header.headline, 1, paper.HEADLINE)
        self.line(header.programme.upper(), 1, paper.HEADLINE)
        self.line(self.cover(), 1, paper.HEADLINE)
        if header.arrangement.opening:
            self.line(header.arrangement.opening, 1)
        self.line("Dasar hukum:", 1)
        for number, basis in enumerate(header.legal_basis, 1):
            self.line(f"{number}. {basis}", 1)
        if masked:
            self.line(PUBLISHED, 1)
        self.blank()

    def cover(self) -> str:
        header = self.header
        words = in_words(months_of(header.first_month, header.months))
        price = f", iuran {rupiah(header.premium)} seorang sebulan" if header.premium else ""
        return f"Masa perlindungan {words} ({header.months} bulan){price}"

    def table(self, rows: Iterable[AnnexRow | DecreeEntry]) -> None:
        self.append([self.cell(shown(column.heading), paper.HEAD) for column in self.columns])
        self.sheet.print_title_rows = f"{self.rows.count}:{self.rows.count}"
        people, money = 0, 0
        for title, group in grouped(rows, self.header):
            count, total = self.group(title, group)
            people, money = people + count, money + total
        for words, count, total in self.header.closing(people, money):
            self.sum_line(words, count, total)

    def group(self, title: str, rows: Iterable[AnnexRow | DecreeEntry]) -> tuple[int, int]:
        """The rows of one group with their heading and sum; returns people and rupiah."""
        if title:
            self.line(title, 1, paper.GROUP)
        people, money = 0, 0
        for row in rows:
            self.append([self.cell(column.value(row), column.style) for column in self.columns])
            people, money = people + 1, money + row.cost
        if title and self.header.arrangement.sums == Sums.EACH:
            self.sum_line(f"JUMLAH {title}", people, money)
        return people, money

    def sum_line(self, words: str, people: int, money: int) -> None:
        """The amount under its column where that is the last; else it stands among the words."""
        words = f"{words}: {angka(people)} orang"
        if not self.money_last:
            self.line(f"{words}, {rupiah(money)}", 1, paper.GROUP)
            return
        label = self.cell(shown(words), paper.GROUP)
        cells = [label, *self.filling(self.last - 2), self.cell(money, paper.SUM)]
        self.append(cells, 1, self.last - 1)

    def signature(self) -> None:
        """Write the signature block in one row, so that no page break can split it."""
        header = self.header
        lines = (
            f"Ditetapkan di {header.city}",
            f"pada tanggal {header.long_day}",
            *header.signature_lines,
            *[""] * 4,
            signed_by(header.head_name),
            *([header.rank] if header.rank else []),
            *([f"NIP. {header.nip}"] if header.nip else []),
        )
        block = (paper.SIGNATURE, "\n".join(shown(line) for line in lines), "")
        self.blank()
        if second := second_signer(header):
            before = len(header.signature_lines) + 2 - len(second.titles)
            above = [*[""] * before, *second.titles, *[""] * 4, second.name, *second.under]
            beside = (paper.SIGNATURE, "\n".join(shown(line) for line in above), "")
            gap: list[Cell | None] = [None] * (self.right - 2)
            self.append([beside, *gap, block], self.right)
            self.merge(1, self.right - 1)
        else:
            self.append([*[None] * (self.right - 1), block], self.right)

    def line(self, words: str, start: int, style: str = paper.LINE) -> None:
        """Words from column `start` to the last one; framed when the style belongs to the table."""
        filling = self.filling(self.last - start) if style == paper.GROUP else []
        self.append([None] * (start - 1) + [self.cell(shown(words), style), *filling], start)

    def labelled(self, label: str, words: str) -> None:
        cells = [self.cell(label, paper.LINE), self.cell(f": {shown(words)}", paper.LINE)]
        self.append([*[None] * (self.right - 1), *cells], self.right + 1)

    def cell(self, value: str | int, style: str) -> Cell:
        """A text must have passed `columns.shown`."""
        if isinstance(value, int):
            return style, value, paper.dotted(value) if style in (paper.MONEY, paper.SUM) else ""
        return style, value, ""

    def filling(self, count: int) -> list[Cell]:
        """Empty cells that carry the frame of a merged line."""
        return [self.cell("", paper.GROUP)] * count

    def blank(self) -> None:
        self.append([])

    def append(
        self,
        cells: Sequence[Cell | None],
        merge_from: int | None = None,
        merge_to: int | None = None,
    ) -> None:
        """Add a row as high as its text needs; merged cells count with their total width."""
        widths = self.widths
        if merge_from:
            merge_to = merge_to or self.last
            widths = widths.copy()
            widths[merge_from - 1] = sum(widths[merge_from - 1 : merge_to])
        height = paper.height_of(
            (cell[1], width)
            for cell, width in zip(cells, widths, strict=False)
            if cell is not None and isinstance(cell[1], str)
        )
        self.rows.append(cells, height)
        if merge_from and merge_to:
            self.merge(merge_from, merge_to)

    def merge(self, first: int, last: int) -> None:
        letters = get_column_letter(first), get_column_letter(last)
        self.merged.append("{1}{0}:{2}{0}".format(self.rows.count, *letters))
        # Kept in the order of the sheet: openpyxl uses a set, whose order may differ between runs.
        self.sheet.merged_cells = self.merged


def grouped(
    rows: Iterable[AnnexRow | DecreeEntry], header: AnnexHeader
) -> Iterator[tuple[str, Iterator[AnnexRow | DecreeEntry]]]:
    """The groups of a list in its order, each with its title; one without a title where it has no
    groups. ValueError when the rows of one are not together: its sum would then be wrong."""
    fields = FIELDS[Grouping(header.arrangement.grouping)]
    if not fields and header.balance is None:
        yield "", iter(rows)
        return

    def key(row: AnnexRow | DecreeEntry) -> tuple[str, ...]:
        return (getattr(row, "section", ""), *(getattr(row, field) for field in fields))

    done: set[str] = set()
    for (section, *places), people in groupby(rows, key=key):
        title = _title(section, places, header)
        if title in done:
            raise ValueError("The rows of a kecamatan or village must come together.")
        done.add(title)
        yield title, people


FIELDS = {
    Grouping.NONE: (), Grouping.DISTRICT: ("district",), Grouping.VILLAGE: ("district", "village"),
}  # fmt: skip
"""What the rows of a group have in common; those of an amendment also its list."""


def _title(section: str, places: list[str], header: AnnexHeader) -> str:
    words = (header.district_word, header.village_word)
    inside = ", ".join(f"{word} {place}" for word, place in zip(words, places, strict=False))
    return " – ".join(filter(None, [section, inside])).upper()


@dataclass(frozen=True, slots=True)
class SecondSigner:
    """Who signs beside the head."""

    titles: list[str]
    name: str
    under: list[str]


def second_signer(header: AnnexHeader) -> SecondSigner | None:
    """Whoever signs at the left, where the regency has somebody sign there."""
    look = header.arrangement
    if not look.second_title:
        return None
    under = [f"NIP {look.second_nip}"] if look.second_nip else []
    return SecondSigner([f"{in_capitals(look.second_title)},"], signed_by(look.second_name), under)


def _long_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
