"""What protection costs: the premium (iuran) of one person in one month, and a year's plan.

Money is integer rupiah, rates are hundredths of a percent. A tariff line or a discount is any
object with the fields of `TariffLine` or `DiscountLine`; the rows of the database have them too.
No database, no clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from enrollment.coverage.rules import in_words, month_after, months_of
from enrollment.formats import angka, tanggal
from villages.refusals import Refusal

if TYPE_CHECKING:
    from enrollment.programmes.models import Tariff, TariffDiscount

COMPULSORY = ("JKK", "JKM")
OFFERED = {"BPU": ("JKK", "JKM", "JHT"), "PPU": ("JKK", "JKM", "JHT", "JP")}
"""What each segment may take: PP 44/2015 (JKK, JKM), PP 46/2015 (JHT), PP 45/2015 (JP)."""

FULL_RATE = 10_000
"""One hundred percent in hundredths of a percent."""


class ProgrammeError(Refusal):
    """A programme breaks a rule: `code` says which one, `str()` is the sentence for the user."""

    def __init__(self, code: str, sentence: str):
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffLine:
    """One line of the contribution table; its days are included, its incomes `[from, to)`.

    Either `amount` rupiah, or `rate` of `base`, or of the wage itself when `base` is None.
    """

    segment: str
    component: str
    valid_from: date
    valid_until: date | None = None
    income_from: int = 0
    income_to: int | None = None
    base: int | None = None
    rate: int | None = None
    amount: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscountLine:
    """A temporary cut of one component by `percent`: for these `sectors` and `funds` (all where
    none is named), and not for the `excluded_funds`."""

    segment: str
    component: str
    valid_from: date
    valid_until: date
    percent: int
    sectors: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()
    excluded_funds: tuple[str, ...] = ()
    source: str = ""


def check_components(segment: str, components: Collection[str]) -> None:
    """Raise ProgrammeError unless the segment may take exactly these components."""
    if segment not in OFFERED:
        raise ProgrammeError(
            "segment.unknown", f"Segmen {segment} tidak dikenal: pilih BPU atau PPU."
        )
    if segment == "BPU" and "JP" in components:
        raise ProgrammeError(
            "component.jp_for_bpu",
            "JP tidak tersedia untuk BPU: Jaminan Pensiun hanya untuk penerima upah "
            "(PP 45/2015). Hapus JP, atau pilih segmen PPU.",
        )
    for component in components:
        if component not in OFFERED[segment]:
            raise ProgrammeError(
                "component.unknown",
                f"{component} tidak tersedia untuk {segment}: pilih dari "
                f"{', '.join(OFFERED[segment])}.",
            )
    missing = [component for component in COMPULSORY if component not in components]
    if missing:
        raise ProgrammeError(
            "component.compulsory",
            f"JKK dan JKM wajib diambil keduanya: tambahkan {' dan '.join(missing)}.",
        )


def check_months(first_month: date, count: int, *, year: int | None = None) -> None:
    """Raise ProgrammeError unless cover runs 1 to 12 months, within `year` when one is given."""
    if not 1 <= count <= 12:
        raise ProgrammeError("months.range", "Lama perlindungan harus 1 sampai 12 bulan.")
    outside = [m for m in months_of(first_month, count) if year is not None and m.year != year]
    if outside:
        raise ProgrammeError(
            "months.outside_year",
            f"{in_words(outside)} di luar tahun anggaran {year}: kurangi lama perlindungan "
            "atau ubah bulan pertama.",
        )


def monthly_premium(
    segment: str,
    components: Collection[str],
    tariffs: Collection[TariffLine | Tariff],
    month: date,
    income: int | None = None,
    *,
    fund: str = "",
    sector: str = "",
    discounts: Collection[DiscountLine | TariffDiscount] = (),
) -> int:
    """Rupiah for one person in the month that contains the day `month`.

    `income` is rupiah a month: the wage for PPU, which must be given; for BPU the reported
    income, whose bracket gives the base (the lowest bracket when it is None). Each component
    is rounded to whole rupiah, halves up, after its discount; if several discounts apply, only
    the largest counts. Raises ProgrammeError.
    """
    check_components(segment, components)
    month = month.replace(day=1)
    if income is not None and income < 0:
        raise ProgrammeError("income.negative", "Penghasilan tidak boleh kurang dari nol.")
    total = 0
    for component in set(components):
        line = _line(segment, component, tariffs, month, income or 0)
        share = 100 - _percent_off(segment, component, discounts, month, fund, sector)
        total += (_price(line, income) * share + FULL_RATE * 50) // (FULL_RATE * 100)
    return total


def _line(
    segment: str,
    component: str,
    tariffs: Iterable[TariffLine | Tariff],
    month: date,
    income: int,
) -> TariffLine | Tariff:
    """The one valid tariff line; an administrator must repair the table if none or several are."""
    lines = [
        line
        for line in tariffs
        if (line.segment, line.component) == (segment, component)
        and line.valid_from <= month <= (line.valid_until or date.max)
        and line.income_from <= income
        and (line.income_to is None or income < line.income_to)
    ]
    if len(lines) == 1:
        return lines[0]
    wanted = f"tarif {component} {segment} untuk {in_words([month])}"
    if lines:
        raise ProgrammeError(
            "tariff.overlap", f"Ada lebih dari satu {wanted}: minta admin menutup tarif yang lama."
        )
    raise ProgrammeError("tariff.missing", f"Belum ada {wanted}: minta admin mengisi tabel tarif.")


def _price(line: TariffLine | Tariff, income: int | None) -> int:
    """The undiscounted price in ten-thousandths of a rupiah, so that rounding happens once."""
    if line.amount is not None:
        return line.amount * FULL_RATE
    if line.rate is None:
        raise ValueError("A tariff line has an amount or a rate.")
    base = line.base if line.base is not None else income
    if base is None:
        raise ProgrammeError(
            "income.missing", f"Isi upah sebulan: iuran {line.component} dihitung dari upah."
        )
    return base * line.rate


def _percent_off(
    segment: str,
    component: str,
    discounts: Iterable[DiscountLine | TariffDiscount],
    month: date,
    fund: str,
    sector: str,
) -> int:
    return max(
        (
            row.percent
            for row in discounts
            if (row.segment, row.component) == (segment, component)
            and row.valid_from <= month <= (row.valid_until or date.max)
            and _is_for(row, fund, sector)
        ),
        default=0,
    )


def _is_for(row: DiscountLine | TariffDiscount, fund: str, sector: str) -> bool:
    return (
        (not row.sectors or sector in row.sectors)
        and (not row.funds or fund in row.funds)
        and fund not in row.excluded_funds
    )


def people_reached(budget: int, per_person: int) -> int:
    """How many people `budget` rupiah protects at `per_person` rupiah each, rounded down."""
    if per_person == 0:
        raise ProgrammeError("premium.zero", "Isi lama perlindungan dan iuran lebih dahulu.")
    return max(budget, 0) // per_person


def usual_months(today: date) -> tuple[date, int]:
    """(first month, how many) of a new programme: from next month, which can still be paid, to the
    end of its year."""
    first = month_after(today)
    return first, 13 - first.month


def doubt_about_months(first_month: date, months: int, today: date) -> str:
    """A question about a programme whose months have begun or lie far away; empty for the usual."""
    planned = months_of(first_month, months)
    this_month = today.replace(day=1)
    past = [month for month in planned if month < this_month]
    if len(past) == months:
        return f"Semua bulannya ({in_words(planned)}) sudah lewat?"
    if past:
        return f"{in_words(past)} sudah lewat: iuran bulan itu tidak dapat dibayar lagi. Tetap?"
    if first_month.year > today.year + 1:
        return f"Programnya baru mulai {in_words(planned[:1])}?"
    return ""


def doubt_about_ceiling(reached: int) -> str:
    """A question about a ceiling that pays for nobody."""
    return "" if reached else "Pagunya tidak cukup untuk seorang pun. Tetap?"


def doubt_about_places(quota: int | None, villages: int, reached: int, village_word: str) -> str:
    """A question about a quota a village that makes more places than there is money for."""
    places = (quota or 0) * villages
    if places <= reached:
        return ""
    return (
        f"{angka(quota)} orang di {angka(villages)} {village_word} adalah {angka(places)} tempat, "
        f"sedangkan pagunya cukup untuk {angka(reached)} orang. Yang sudah mengajukan dapat tidak "
        "kebagian dana. Tetap?"
    )


ONE_DAY = timedelta(days=1)


def outside_agreement(first_month: date, months: int, begin: date | None, end: date | None) -> str:
    """A warning about the months of cover that do not lie wholly within an agreement (PKS) with
    BPJS from `begin` to `end`; a day that is not known limits nothing. Empty if all do."""
    outside = [
        month
        for month in months_of(first_month, months)
        if (begin and month < begin) or (end and month_after(month) - ONE_DAY > end)
    ]
    if not outside:
        return ""
    return (
        f"Perlindungan {in_words(outside)} di luar masa PKS, yang berlaku {lasting(begin, end)}. "
        "Perbaiki tanggalnya, atau perpanjang perjanjiannya."
    )


def lasting(begin: date | None, end: date | None) -> str:
    """`sejak 1 Januari 2026 sampai 31 Desember 2026`; a day that is not known is left out."""
    days = (("sejak", begin), ("sampai", end))
    return " ".join(f"{word} {tanggal(day)}" for word, day in days if day)
