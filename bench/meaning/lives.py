"""Kinds about people: who is missing something, who is dead or gone, and which village is "
"theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bench.meaning import spellings, villages, wordings
from bench.meaning.draft import Draft, text, title
from bench.meaning.model import Column, Filled, Level, Line, Plan, Table, Truth
from bench.meaning.people import HAMLETS, Somebody
from bench.meaning.villages import Village

ENDED = {"ended": (True,)}


def _some(draft: Draft) -> set[int]:
    """The numbers of some people, but not of all."""
    count = draft.dice.randint(1, max(1, len(draft.people) // 2))
    return set(draft.dice.sample(range(len(draft.people)), count))


def _number_of(draft: Draft) -> Callable[[Somebody], int]:
    numbers = {one.nik: at for at, one in enumerate(draft.people)}
    return lambda one: numbers.get(one.nik, -1)


# Without NIK or name


def without_nik(draft: Draft) -> None:
    dice, some, number = draft.dice, _some(draft), _number_of(draft)
    words = dice.choice(
        ("", "", "-", "belum ada", "belum punya KTP", "proses", "0", "?", "NIK belum ada")
    )
    usual = draft.fills["nik"]
    missing = Filled(words, {"nik": ("",), "told": ("nik.",)})
    draft.fills["nik"] = lambda one: missing if number(one) in some else usual(one)
    if dice.random() < 0.5:
        draft.remove("number")
    if dice.random() < 0.3:  # a list of little more than names
        draft.remove("birth_place", "birth_date", "sex", "mother_name", "phone", "kk", "occupation")
    if dice.random() < 0.3 and draft.has("hamlet"):
        draft.columns.sort(key=lambda column: column.key != "hamlet")


ODD_NAMES = (
    "TOTAL SUTRISNO|DESA RATNA|Camat Suparman|RT. Sutarno|Lurah Wibowo|MANDALA DUSUN|Kepala Sari"
    "|JORONG MARLINA|Ketua Tarno|BLOK SUTINI|PETUGAS SARIMAN|Kel. Sumarni|CATATAN WATI|Nama Rahayu"
    "|KECAMATAN DEWI|SUMBER REJEKI NINGSIH|Wali Songo|Mengetahui Ningsih|Jumlah Sari|Nikmah"
)


def odd_names(draft: Draft) -> None:
    """People without a NIK whose names resemble the words of titles, totals and signatures."""
    dice, some, number = draft.dice, _some(draft), _number_of(draft)
    usual = draft.fills["name"], draft.fills["nik"]

    def name(one: Somebody) -> Filled:
        if number(one) not in some:
            return usual[0](one)
        chosen = spellings.choose(ODD_NAMES, dice)
        return Filled(chosen, {"name": (chosen,)})

    missing = Filled("", {"nik": ("",), "told": ("nik.",)})
    draft.fills["name"] = name
    if dice.random() < 0.7:
        draft.fills["nik"] = lambda one: missing if number(one) in some else usual[1](one)
    draft.ensure("number", "sex", "birth_date")


def without_name(draft: Draft) -> None:
    some, number, usual = _some(draft), _number_of(draft), draft.fills["name"]
    missing = Filled(draft.dice.choice(("", "-", ".")), {"name": ("",), "told": ("name.missing",)})
    draft.fills["name"] = lambda one: missing if number(one) in some else usual(one)


# Life and death


def _column(draft: Draft, key: str, words: Callable[[Somebody], tuple[str, bool]]) -> None:
    def fill(one: Somebody) -> Filled:
        said, ended = words(one)
        return Filled(said, {"ended": (ended,)})

    heading = wordings.worded(key, draft.dice)
    end = len(draft.columns) if draft.dice.random() < 0.7 else None
    draft.add(Column(key, heading, plain=wordings.PLAIN[key]), fill, at=end)


def _said(draft: Draft, others: str) -> Callable[[Somebody], tuple[str, bool]]:
    dice, some, number = draft.dice, _some(draft), _number_of(draft)
    gone = spellings.choose(f"{spellings.DEAD}|{spellings.MOVED}", dice)

    def words(one: Somebody) -> tuple[str, bool]:
        if number(one) in some:
            return dice.choice(
                (gone, spellings.choose(f"{spellings.DEAD}|{spellings.MOVED}", dice))
            ), True
        return spellings.choose(others, dice), False

    return words


def status(draft: Draft) -> None:
    _column(draft, "status", _said(draft, spellings.ALIVE))


def remark(draft: Draft) -> None:
    _column(draft, "remark", _said(draft, f"{spellings.STILL}|{spellings.HARMLESS}|||"))


def decoys(draft: Draft) -> None:
    """Remarks and names that tell of somebody else's death, or of moving in."""
    dice = draft.dice
    if dice.random() < 0.7:
        _column(draft, "remark", lambda one: (spellings.choose(spellings.HARMLESS, dice), False))
    usual = draft.fills["name"]

    def name(one: Somebody) -> Filled:
        if dice.random() < 0.5:
            return usual(one)
        words = spellings.child_of_dead(one.name, one.father, one.sex, dice)
        return Filled(words, {"name": (words, one.name)})

    draft.fills["name"] = name


def codes(draft: Draft) -> None:
    """OpenSID's codes: 1 alive, 2 dead, 3 moved, 4 lost, 6 gone."""
    dice, some, number = draft.dice, _some(draft), _number_of(draft)
    kind = dice.choice((float, str))
    heading = dice.choice(
        ("status_dasar", "Status Dasar", "STATUS_DASAR", "Kode Status Dasar", "statusDasar")
    )

    def fill(one: Somebody) -> Filled:
        gone = number(one) in some
        return Filled(kind(dice.choice((2, 3, 4, 6)) if gone else 1), {"ended": (gone,)})

    draft.add(Column("status", heading), fill)


LEGENDS = (
    {"A": "Aktif", "M": "Meninggal", "P": "Pindah"},
    {"1": "Hidup", "2": "Meninggal", "3": "Pindah"},
    {"H": "Masih hidup", "W": "Wafat", "PD": "Pindah domisili"},
    {"0": "Ada", "1": "Meninggal dunia", "9": "Pindah keluar"},
)


def legend(draft: Draft) -> None:
    """Codes that the list itself explains: in the heading, in the letterhead or below."""
    dice, some, number = draft.dice, _some(draft), _number_of(draft)
    meant = dice.choice(LEGENDS)
    here, *gone = meant
    kind = dice.choice((float, str)) if here.isdigit() else str

    def fill(one: Somebody) -> Filled:
        ended = number(one) in some
        return Filled(kind(dice.choice(gone) if ended else here), {"ended": (ended,)})

    sign = dice.choice((" = ", "=", ": ", " : "))
    entries = [f"{code}{sign}{words}" for code, words in meant.items()]
    together = dice.choice((", ", "; ", " / ")).join(entries)
    heading, where = dice.choice(("Status", "Status Warga")), dice.choice(("in", "above", "below"))
    draft.add(Column("status", f"{heading} ({together})" if where == "in" else heading), fill)
    if where == "above":
        draft.letterhead(text(dice.choice(("Keterangan ", "Kode status: ", "")) + together))
    if where == "below":
        words = [together] if dice.random() < 0.5 else ["Keterangan:", *entries]
        draft.tables.append(Table(lines=tuple(text(each) for each in words)))


def ticks(draft: Draft) -> None:
    dice, some, number = draft.dice, _some(draft), _number_of(draft)
    tick = dice.choice(("v", "V", "√", "x", "X", "✓", "1", "ya", "Ya", "*", "✔"))
    form = dice.choice(("one", "two", "group"))
    words = dice.choice(
        (
            ("Hidup", "Meninggal", "Pindah"),
            ("Masih Hidup", "Meninggal Dunia", "Pindah Domisili"),
            ("Ada", "Wafat", "Pindah"),
        )
    )

    def fill(one: Somebody) -> Filled:
        gone = number(one) in some
        cells = ["", "", ""]
        cells[dice.choice((1, 2)) if gone and form != "one" else 1 if gone else 0] = tick
        kept = {"one": cells[1:2], "two": cells[1:], "group": cells}[form]
        return Filled(tuple(kept), {"ended": (gone,)})

    if form == "one":
        column = Column(
            "status",
            "",
            subs=(
                dice.choice(
                    ("Meninggal", "Wafat", "Sudah Meninggal", "MD", "Meninggal (v)", "Pindah")
                ),
            ),
        )
    elif form == "two":
        column = Column("status", "", subs=words[1:])
    else:
        column = Column(
            "status",
            dice.choice(("Status", "Keterangan", "Status Penduduk", "Kondisi")),
            subs=words,
        )
    draft.add(column, fill, at=len(draft.columns))


GONE = (
    "MENINGGAL DUNIA|Daftar warga yang meninggal|Yang sudah meninggal:|PINDAH|Warga pindah domisili"
    "|B. MENINGGAL|II. PINDAH KELUAR|PESERTA MENINGGAL|Sudah pindah|DATA PINDAH|Meninggal|WAFAT"
)
HERE = "AKTIF|Masih hidup|PESERTA AKTIF|A. AKTIF|Warga tetap|Masih ada"


def titles(draft: Draft) -> None:
    """Titles that say that the people below are dead or moved."""
    dice = draft.dice
    half = dice.randint(1, len(draft.lines) - 1)
    at = dice.choice((0, 0, 1))
    gone = title(spellings.choose(GONE, dice), Level.GROUP, ENDED, at=at, blank=dice.randint(0, 1))
    here = title(spellings.choose(HERE, dice), Level.GROUP, {"ended": (False,)}, at=at)
    if dice.random() < 0.6:
        first = [here] if dice.random() < 0.5 else []
        draft.lines = [*first, *draft.lines[:half], gone, *draft.lines[half:]]
    else:
        draft.lines = [gone, *draft.lines[:half], here, *draft.lines[half:]]


GONE_SHEETS = (
    "MENINGGAL|Pindah|Data Meninggal 2025|PINDAH KELUAR|Penduduk Meninggal|Warga Pindah|wafat|MD"
    "|Meninggal & Pindah|Mutasi Pindah|2. Meninggal|Kematian"
)
HERE_SHEETS = "AKTIF|Pindah Datang|Pindahan Masuk|Hidup|Data|Peserta|Kelahiran"


def sheet(draft: Draft) -> None:
    """The dead and the moved on sheets of their own."""
    dice = draft.dice
    half = dice.randint(1, len(draft.lines) - 1)
    here = Plan(spellings.choose(HERE_SHEETS, dice), (draft.table(draft.lines[:half]),))
    gone = Plan(spellings.choose(GONE_SHEETS, dice), (draft.table(draft.lines[half:]),), ENDED)
    draft.plans = [here, gone] if dice.random() < 0.7 else [gone, here]


def names(draft: Draft) -> None:
    """A mark at the own name."""
    dice, some, number, usual = draft.dice, _some(draft), _number_of(draft), draft.fills["name"]

    def fill(one: Somebody) -> Filled:
        if number(one) in some:
            words = spellings.dead_name(one.name, one.sex, dice)
            return Filled(words, {"name": (words, one.name), "ended": (True,)})
        if dice.random() < 0.3:
            words = spellings.child_of_dead(one.name, one.father, one.sex, dice)
            return Filled(words, {"name": (words, one.name)})
        return usual(one)

    draft.fills["name"] = fill


# Whose village


def _by_village(draft: Draft, above: Callable[[Village], Line]) -> list[Line]:
    lines: list[Line] = []
    for village, group in draft.villages_of(draft.lines):
        lines.append(above(village))
        if draft.dice.random() < 0.2:  # a title within the village does not end it
            hamlet = draft.dice.choice(HAMLETS)
            says = {"hamlet": (hamlet,)}
            lines.append(title(f"Dusun {hamlet}", Level.HAMLET, says))
        lines += group
        if draft.dice.random() < 0.3:
            lines.append(Line(at={1: f"Jumlah {village.name}", 3: float(len(group))}))
    return lines


def at_changes(draft: Draft) -> None:
    """The village stands only in the first row of its people."""
    usual, last = draft.fills["village"], [""]

    def fill(one: Somebody) -> Filled:
        said = usual(one)
        first, last[0] = one.village != last[0], one.village
        return said if first else Filled("", said.says)

    draft.ensure("village", "district")
    draft.fills["village"] = fill


def village_titles(draft: Draft) -> None:
    dice = draft.dice
    at, with_district = dice.choice((0, 0, 1)), dice.random() < 0.3
    bare = dice.random() < 0.15
    draft.remove("village", "district")

    def above(village: Village) -> Line:
        words = (
            village.name.upper() if bare else villages.titled(village, dice, district=with_district)
        )
        return title(
            words,
            Level.VILLAGE,
            villages.meant_by(village, draft.regency, bare=bare),
            at=at,
            blank=dice.randint(0, 1),
        )

    draft.lines = _by_village(draft, above)


def titles_below(draft: Draft) -> None:
    """The titles of the villages stand below their people: nobody is put into another village."""
    dice, blank = draft.dice, draft.dice.randint(0, 1)
    form = dice.choice(("title", "title", "name"))
    draft.remove("village", "district")
    lines: list[Line] = []
    for village, group in draft.villages_of(draft.lines):
        words = village.name.upper() if form == "name" else villages.titled(village, dice)
        lines += [replace(line, says={**line.says, **NOT_HERE}) for line in group]
        lines.append(text(words, blank=blank))
    draft.lines = lines


NOT_HERE: Truth = {"village": (None,)}
NOWHERE = "Sumberkhayal|Karangantah|Mojotiada|Wonoangan|Tirtamaya|Banyukhayal"


def unknown_titles(draft: Draft) -> None:
    """Some of the titles name a village that is not in the regency: nobody is put above it."""
    dice = draft.dice
    some = set(dice.sample([village.code for village in draft.villages], len(draft.villages) // 2))
    bare = dice.random() < 0.3
    draft.remove("village", "district")

    def above(village: Village) -> Line:
        known = village.code not in some
        name = village.name if known else spellings.choose(NOWHERE, dice)
        shown = replace(village, name=name)
        words = name.upper() if bare else villages.titled(shown, dice)
        says = villages.meant_by(village, draft.regency, bare=bare)
        return title(words, Level.VILLAGE, says if known else NOT_HERE, blank=dice.randint(0, 1))

    draft.lines = _by_village(draft, above)


def village_sheets(draft: Draft) -> None:
    dice = draft.dice
    draft.remove("village", "district")
    form = dice.choice(
        (
            "{name}",
            "{word} {name}",
            "{n}. {name}",
            "{name} (2)",
            "{end} {name}",
            "{n} {name}",
            "{NAME}",
            "{name}_{n}",
            "{name} fix",
        )
    )

    def named(village: Village, number: int) -> str:
        words = form.format(
            name=village.name, NAME=village.name.upper(), word=villages.word(village, dice),
            n=number, end=village.code.rsplit(".", 1)[1],
        )  # fmt: skip
        return words.replace("/", "-")[:31]

    draft.plans = [
        Plan(
            named(village, number),
            (draft.table(group),),
            villages.meant_by(village, draft.regency, bare="{word}" not in form),
        )
        for number, (village, group) in enumerate(draft.villages_of(draft.lines), 1)
    ]


def village_letterheads(draft: Draft) -> None:
    dice = draft.dice
    form = dice.randrange(4)
    draft.remove("village", "district")

    def above(village: Village) -> list[Line]:
        says = {"village": (village.code,)}
        name, word = village.name.upper(), villages.word(village, dice)
        heads = (
            [title(f"{word} {name}", Level.DOCUMENT, says)],
            [
                title(f"{word} : {name}", Level.DOCUMENT, says),
                text(f"Kecamatan : {village.district}"),
            ],
            [
                Line(
                    at={0: word.strip("."), 1: ":", 2: village.name},
                    level=Level.DOCUMENT,
                    says=says,
                )
            ],
            [
                title(
                    f"DAFTAR PEKERJA RENTAN {word.upper()} {name} KECAMATAN "
                    f"{village.district.upper()} TAHUN 2026",
                    Level.DOCUMENT,
                    says,
                )
            ],
        )[form]
        decoys = dice.sample(
            (
                "Penerima BLT Dana Desa Tahap I",
                "Hasil Musyawarah Desa Khusus",
                "Tahun Anggaran 2026",
                "Jl. Raya Desa No. 1",
            ),
            dice.randint(0, 2),
        )
        return [text("DAFTAR PESERTA"), *heads, *map(text, decoys)]

    draft.plans = [
        Plan(f"Sheet{number}", (draft.table(group, above(village)),))
        for number, (village, group) in enumerate(draft.villages_of(draft.lines), 1)
    ]


def same_names(draft: Draft) -> None:
    """Villages whose name occurs twice in the regency: the district tells them apart, if it stands
    anywhere; else the row has to say that it does not know."""
    dice = draft.dice
    if not draft.regency.shared:
        return
    pair = dice.sample(dice.choice(list(draft.regency.shared.values())), 2)
    draft.villages = [*pair, draft.villages[0]]
    draft.people = [one for village in draft.villages for one in draft.crowd_of(village)]
    form = dice.choice(("column", "none", "title", "sheet", "letterhead"))
    draft.ensure("village", "district")
    draft.write()
    if form != "column":
        draft.remove("district")
    word = dice.choice(("KECAMATAN ", "Kecamatan ", "Kec. ", "Kecamatan : "))
    groups = draft.villages_of(draft.lines)
    if form == "title":
        draft.lines = [
            line for village, group in groups for line in (_district(village, word), *group)
        ]
    elif form == "sheet":
        draft.plans = [
            Plan(f"Kec. {village.district}"[:31], (draft.table(group),), _within(village))
            for village, group in groups
        ]
    elif form == "letterhead":
        draft.plans = [
            Plan(f"Sheet{number}", (draft.table(group, [_district(village, word)]),))
            for number, (village, group) in enumerate(groups, 1)
        ]


def _within(village: Village) -> Truth:
    return {"district": (village.district,)}


def _district(village: Village, word: str) -> Line:
    return title(word + village.district.upper(), Level.DISTRICT, _within(village))


def differing(draft: Draft) -> None:
    """The cell names one village, the title above another: the cell holds, and it is told."""

    def above(village: Village) -> Line:
        says = {"village": (village.code,)}
        return title(villages.titled(village, draft.dice), Level.VILLAGE, says)

    draft.lines = _by_village(draft, above)
    some = {at for at, line in enumerate(draft.lines) if line.person and draft.dice.random() < 0.3}
    for at in some:
        line = draft.lines[at]
        here = line.cells["village"].says["village"][0]
        other = next(village for village in draft.villages if village.code != here)
        cell = Filled(other.name, {"village": (other.code,)})
        cells = {**line.cells, "village": cell}
        if "district" in cells:
            cells["district"] = Filled(other.district, _within(other))
        draft.lines[at] = replace(line, cells=cells)
