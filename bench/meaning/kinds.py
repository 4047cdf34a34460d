"""The kinds of lists: what each tries, alone or with others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from bench.meaning import columns, layouts, lives
from bench.meaning.draft import Draft
from bench.meaning.model import List
from bench.meaning.villages import Regency

COLUMNS, LINES, AROUND = range(3)


@dataclass(frozen=True)
class Kind:
    """`make` changes a draft. `touches`: what other kinds of the same list leave alone. `phase`:
    columns come first, then the order of lines, then what stands around them. `wide`: only for a
    regency's list (True), only for a village's (False), or for either (None)."""

    name: str
    make: Callable[[Draft], None]
    touches: frozenset[str]
    phase: int = COLUMNS
    wide: bool | None = None


def _kind(
    name: str,
    make: Callable[[Draft], None],
    touches: str = "",
    *,
    phase: int = COLUMNS,
    wide: bool | None = None,
) -> Kind:
    return Kind(name, make, frozenset(touches.split()) or frozenset({name}), phase, wide)


_APART = "village lines sheets end first above"
"""What a kind touches that gives each village a sheet of its own."""
KINDS: Sequence[Kind] = (
    _kind("plain", lambda draft: None),
    *(
        _kind(f"heading: {style}", columns.headings(style), "headings")
        for style in ("words", "decorated", "program", "misspelt", "question", "english")
    ),
    _kind("heading: two lines", columns.two_lines, "headings"),
    _kind("columns: order", columns.order, "order"),
    _kind("columns: of others", columns.of_others),
    _kind("columns: two of a kind", columns.two_of_a_kind, "headings nik name order life"),
    _kind("columns: composite", columns.composite, "headings nik name birth rt address"),
    _kind("columns: name and NIK in one", columns.name_and_nik, "headings nik name order"),
    _kind("columns: further", columns.further),
    _kind("columns: ticked sex", columns.ticked_sex, "headings sex"),
    _kind("value: NIK, KK", columns.niks, "nik kk"),
    _kind("value: date", columns.dates, "birth nik"),
    _kind("value: sex", columns.sexes, "sex nik"),
    _kind("value: coded sex", columns.coded_sex, "sex nik headings second sheets life"),
    _kind("value: RT, RW", columns.parts, "rt address headings"),
    _kind("value: phone", columns.phones, "phone"),
    _kind("value: faulty", columns.faulty, "nik sex birth kk"),
    _kind("layout: letterhead", layouts.letterhead, "above", phase=AROUND),
    _kind("layout: below heading", layouts.below_heading, "first", phase=AROUND),
    _kind("layout: groups", layouts.groups, "lines rt address", phase=LINES, wide=False),
    _kind("layout: end", layouts.end, "end", phase=AROUND),
    _kind("layout: pages", layouts.pages, "lines", phase=LINES),
    _kind("layout: second table", layouts.second_table, "second lines", phase=AROUND, wide=False),
    _kind("layout: replaced", layouts.replaced, "second lines nik name", phase=AROUND, wide=False),
    _kind("layout: unnamed", layouts.unnamed, "second lines end nik", phase=AROUND, wide=False),
    _kind(
        "layout: sheets", layouts.sheets, "sheets first lines end above", phase=LINES, wide=False
    ),
    _kind("layout: merged", layouts.merged, "rt kk order lines address"),
    _kind("layout: ditto", layouts.ditto, "rt kk address lines order"),
    _kind("layout: continued", layouts.continued, "lines rt address kk", phase=LINES, wide=False),
    _kind("layout: families", layouts.families, "lines rt address kk", phase=LINES, wide=False),
    _kind("people: no NIK", lives.without_nik, "nik"),
    _kind("people: odd names", lives.odd_names, "nik name"),
    _kind("people: no name", lives.without_name, "name nik"),
    _kind("life: status", lives.status, "life"),
    _kind("life: remark", lives.remark, "life"),
    _kind("life: decoys", lives.decoys, "life name"),
    _kind("life: codes", lives.codes, "life"),
    _kind("life: legend", lives.legend, "life headings above second sheets"),
    _kind("life: ticks", lives.ticks, "life headings"),
    _kind("life: title", lives.titles, "life lines", phase=LINES, wide=False),
    _kind("life: sheet", lives.sheet, "life sheets lines end first above", phase=LINES, wide=False),
    _kind("life: name", lives.names, "life name"),
    _kind("village: column", columns.village_cells, "village", wide=True),
    _kind(
        "village: at changes", lives.at_changes, "village lines sheets first order above", wide=True
    ),
    _kind("village: title", lives.village_titles, "village lines", phase=LINES, wide=True),
    _kind("village: title below", lives.titles_below, "village lines end", phase=LINES, wide=True),
    _kind("village: unknown title", lives.unknown_titles, "village lines", phase=LINES, wide=True),
    _kind("village: sheet", lives.village_sheets, _APART, phase=LINES, wide=True),
    _kind("village: letterhead", lives.village_letterheads, _APART, phase=LINES, wide=True),
    _kind("village: same name", lives.same_names, _APART, phase=LINES, wide=True),
    _kind("village: two that differ", lives.differing, "village lines", phase=LINES, wide=True),
)
MIXED = "mixed"
"""The kind of a list that is of several kinds."""
NAMES = (*(kind.name for kind in KINDS), MIXED)
_NAMED = {kind.name: kind for kind in KINDS}
MIXED_SHARE = 0.35


def make(seed: int, number: int, regencies: Sequence[Regency], kind: str = "") -> List:
    """The list of this number, of a given kind or of any; the same for the same seed."""
    dice = Random(f"{seed}/{number}")
    name = kind or (MIXED if dice.random() < MIXED_SHARE else KINDS[number % len(KINDS)].name)
    chosen = _mixture(dice) if name == MIXED else [_NAMED[name]]
    wide = next((each.wide for each in chosen if each.wide is not None), dice.random() < 0.3)
    draft = Draft(number, dice, dice.choice(regencies), wide=wide)
    for phase in (COLUMNS, LINES, AROUND):
        if phase == LINES:
            draft.write()
        for each in chosen:
            if each.phase == phase:
                each.make(draft)
    return draft.finish(name)


def _mixture(dice: Random) -> list[Kind]:
    chosen: list[Kind] = []
    for kind in dice.sample(KINDS[1:], 12):
        wide = {other.wide for other in chosen if other.wide is not None}
        free = all(kind.touches.isdisjoint(other.touches) for other in chosen)
        if free and (kind.wide is None or not wide or kind.wide in wide) and len(chosen) < 4:
            chosen.append(kind)
    return sorted(chosen, key=KINDS.index)
