"""The contribution table a new portal starts with; an administrator changes its rows later.

Amounts and bases in rupiah a month, rates in hundredths of a percent. The BPU minimum (16,800)
is confirmed by the programmes of the regencies; the other brackets, the PPU rates and the
discount are the published ones and stay data for that reason.
"""

from datetime import date

from enrollment.programmes.rules import DiscountLine, TariffLine

SINCE_2015 = date(2015, 7, 1)

_BANDS = (
    (1_100_000, 2_700_000, 200_000),
    (2_700_000, 8_200_000, 500_000),
    (8_200_000, 20_200_000, 1_000_000),
)
"""Ranges of income that annex II of PP 44/2015 cuts into equal steps: from, below, step.

Outside them stand a first bracket and a last one, whose bases are not their middle."""


def _brackets():
    """`(income_from, income_to, base)` of annex II, PP 44/2015: the base is a step's middle."""
    yield 0, _BANDS[0][0], 1_000_000
    for start, below, step in _BANDS:
        for low in range(start, below, step):
            yield low, low + step, low + step // 2
    yield _BANDS[-1][1], None, 20_700_000


def _bpu():
    for low, below, base in _brackets():
        for component, rate, source in (
            ("JKK", 100, "PP 44/2015 lampiran II"),
            ("JHT", 200, "PP 46/2015 lampiran I"),
        ):
            yield TariffLine(
                segment="BPU",
                component=component,
                valid_from=SINCE_2015,
                income_from=low,
                income_to=below,
                base=base,
                rate=rate,
                source=source,
            )
    yield TariffLine(
        segment="BPU",
        component="JKM",
        valid_from=SINCE_2015,
        amount=6_800,
        source="PP 44/2015",
    )


def _ppu():
    for component, rate, source in (
        ("JKK", 24, "PP 44/2015 lampiran I (risiko sangat rendah)"),
        ("JKM", 30, "PP 44/2015"),
        ("JHT", 570, "PP 46/2015"),
    ):
        yield TariffLine(
            segment="PPU", component=component, valid_from=SINCE_2015, rate=rate, source=source
        )


_PENSION_CEILINGS = (
    (date(2024, 3, 1), date(2025, 2, 28), 10_042_300),
    (date(2025, 3, 1), date(2026, 2, 28), 10_547_400),
    (date(2026, 3, 1), None, 11_086_300),
)
"""The highest wage that counts for JP: BPJS announces a new one each March (PP 45/2015)."""


def _pension():
    for start, end, ceiling in _PENSION_CEILINGS:
        for low, below, base in ((0, ceiling, None), (ceiling, None, ceiling)):
            yield TariffLine(
                segment="PPU",
                component="JP",
                valid_from=start,
                valid_until=end,
                income_from=low,
                income_to=below,
                base=base,
                rate=300,
                source="PP 45/2015",
            )


DEFAULT_TARIFFS = (*_bpu(), *_ppu(), *_pension())

PUBLIC_FUNDS = ("apbd", "dbhcht", "apbdes")
"""Funds that PP 50/2025 leaves out: premiums paid from APBN or APBD money. A village's money
(dana desa, ADD) comes from those two, so it is planned at the full price."""

DEFAULT_DISCOUNTS = tuple(
    DiscountLine(
        segment="BPU",
        component=component,
        valid_from=date(2026, 4, 1),
        valid_until=date(2026, 12, 31),
        percent=50,
        excluded_funds=PUBLIC_FUNDS,
        source="PP 50/2025",
    )
    for component in ("JKK", "JKM")
)
"""For work other than transport, whose own, longer period (January 2026 to March 2027) needs
to know the occupation and is left to the administrator."""
