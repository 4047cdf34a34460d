"""Kinds of layout: what stands above, between and below the people, and on which sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bench.meaning import others, spellings, villages, wordings
from bench.meaning.draft import Draft, text, title
from bench.meaning.model import Column, Filled, Level, Line, Plan, Table
from bench.meaning.people import HAMLETS, Somebody

DECOYS = (
    "Penerima BLT Dana Desa Tahap I",
    "Hasil Musyawarah Desa Khusus tanggal 3 Maret 2026",
    "Jl. Raya Desa No. 1 Telp. (0353) 123456",
    "Sumber dana: APB Desa",
    "Lampiran Surat Nomor 141/23/412.501/2026",
    "Periode: Januari - Desember 2026",
    "NIK dan Nama ditulis sesuai KTP",
    "Program Desa Sejahtera",
    "Daftar ini dibuat oleh Kasi Kesejahteraan",
    "Bidang Pemberdayaan Masyarakat Desa",
    "Jumlah penerima: 12 orang",
    "Tanggal cetak: 26-11-2026",
    "Kode Pos 62171",
    "Email: contoh@desa.id",
    "Yang meninggal dan pindah sudah dikeluarkan",
)
TITLES = (
    "DAFTAR CALON PESERTA BPJS KETENAGAKERJAAN",
    "DATA PEKERJA RENTAN",
    "DAFTAR NAMA PENERIMA BANTUAN IURAN JKK DAN JKM",
    "USULAN PESERTA PROGRAM PERLINDUNGAN PEKERJA RENTAN",
    "BNBA PEKERJA RENTAN TAHUN 2026",
)


def letterhead(draft: Draft) -> None:
    dice = draft.dice
    lines = [text(f"PEMERINTAH KABUPATEN {draft.regency.name.upper()}"), text(dice.choice(TITLES))]
    if not draft.wide:
        village = draft.villages[0]
        lines.insert(1, text(f"KECAMATAN {village.district.upper()}"))
        lines.insert(2, text(f"{villages.word(village, dice).upper()} {village.name.upper()}"))
        if dice.random() < 0.3:
            lines += [text("Desa", f": {village.name}"), text("Kecamatan", f": {village.district}")]
    lines += [text(words) for words in dice.sample(DECOYS, dice.randint(1, 4))]
    lines[-1] = replace(lines[-1], blank=dice.randint(0, 2))
    at = dice.choice((0, 0, 0, 1, 2))
    draft.letterhead(*(replace(line, at={k + at: v for k, v in line.at.items()}) for line in lines))
    for count in range(dice.randint(0, 2)):
        draft.lines[count] = replace(draft.lines[count], blank=count == 0)


ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"


def _numbers(draft: Draft) -> Line:
    """The row that numbers the columns."""
    count = sum(column.width for column in draft.columns)
    roman = ROMAN.split()
    form = draft.dice.choice(
        ("{n}", "({n})", "{n}.", "-{n}-", "{r}", "({r})", "{l}", "float", "{n})", "[{n}]")
    )
    cells = {}
    for at in range(count):
        roman_or_number = roman[at] if at < len(roman) else str(at + 1)
        letter = "abcdefghijklmnopqrstuvwxyz"[at % 26]
        cells[at] = (
            float(at + 1) if form == "float" else form.format(n=at + 1, r=roman_or_number, l=letter)
        )
    return Line(at=cells)


FORMATS = {
    "number": "1, 2, 3",
    "nik": "16 digit",
    "kk": "16 digit",
    "name": "sesuai KTP",
    "birth_place": "kota/kabupaten",
    "birth_date": "dd-mm-yyyy",
    "sex": "L/P",
    "address": "jalan, nomor",
    "rt": "3 digit",
    "rw": "3 digit",
    "hamlet": "nama dusun",
    "occupation": "pilih dari daftar",
    "phone": "08xxxxxxxxxx",
    "mother_name": "sesuai KK",
    "village": "nama desa",
    "district": "nama kecamatan",
}
REQUIRED = dict.fromkeys(FORMATS, "wajib")
TYPES = dict.fromkeys(FORMATS, "teks") | {"birth_date": "tanggal", "number": "angka"}


def _format_row(draft: Draft) -> Line:
    texts = draft.dice.choice((FORMATS, FORMATS, REQUIRED, TYPES))
    return Line({column.key: Filled(texts.get(column.key, "")) for column in draft.columns})


def _example_row(draft: Draft) -> Line:
    """The row of an invented person that a template shows how to fill it."""
    one = draft.crowd.somebody(draft.villages[0].code)
    cells = dict(draft.line(one).cells)
    if draft.has("number"):
        cells["number"] = Filled(
            draft.dice.choice(("Contoh", "contoh", "CONTOH", "Contoh:", "Cth."))
        )
        return Line(cells, needs="number")
    cells["name"] = Filled(draft.dice.choice((f"CONTOH: {one.name}", f"(contoh) {one.name}")))
    return Line(cells, needs="name")


def below_heading(draft: Draft) -> None:
    rows = draft.dice.sample((_numbers, _format_row, _example_row), draft.dice.randint(1, 2))
    draft.lines[:0] = [row(draft) for row in rows]
    draft.lines[0] = replace(draft.lines[0], blank=draft.dice.choice((0, 0, 0, 1)))


def groups(draft: Draft) -> None:
    """Titles of hamlets and RTs with their people below, and subtotals."""
    dice = draft.dice
    rt = draft.has("rt") and draft.has("rw")
    hamlet = not rt or dice.random() < 0.7
    draft.remove("hamlet", *(("rt", "rw") if rt else ()))
    lines: list[Line] = []
    at = dice.choice((0, 0, 1))
    word = dice.choice(
        ("DUSUN", "Dusun", "Dsn.", "Dukuh", "LINGKUNGAN", "A. Dusun", "I. DUSUN", "Dusun :")
    )
    names = dice.sample(HAMLETS, 3)
    total = dice.choice(
        ("JUMLAH", "Sub Jumlah", "Jumlah {0}", "Total", "Subtotal {0}", "Jml", "JUMLAH {0}", "")
    )
    for number, part in enumerate(_parts(draft.lines, dice.randint(2, 3))):
        name = names[number % 3]
        if hamlet:
            says = {"hamlet": (name, f"{word} {name}", f"Dusun {name}")}
            lines.append(
                title(f"{word} {name}", Level.HAMLET, says, at=at, blank=dice.randint(0, 1))
            )
        if rt:
            a, b = number + 1, number + 2
            words = spellings.choose(
                "RT {0:02} RW {1:02}|RT {0} / RW {1}|RT. {0:03} RW. {1:03}|RT/RW {0:03}/{1:03}"
                "|RT: {0} RW: {1}",
                dice,
            )
            numbers = {"rt": (f"{a:03}",), "rw": (f"{b:03}",)}
            lines.append(title(words.format(a, b), Level.RT, numbers, at=at))
        lines += part
        if total:
            lines.append(_total(draft, total.format(name), len(part)))
    draft.lines = lines


def _parts(lines: Sequence[Line], count: int) -> list[Sequence[Line]]:
    size = max(1, -(-len(lines) // count))
    return [lines[at : at + size] for at in range(0, len(lines), size)]


def _total(draft: Draft, words: str, count: int) -> Line:
    number = draft.dice.choice((float(count), f"{count} orang", f"{count} jiwa"))
    where = draft.dice.choice((0, 1))
    return Line(at={where: words, where + draft.dice.randint(1, 3): number})


def end(draft: Draft) -> None:
    """What stands below the people: totals, recaps, notes, signatures."""
    dice = draft.dice
    further = (_recap, _signature, _signatures, _notes, _grand_total)
    ends = dice.sample(further, dice.randint(1, 3))
    if dice.random() < 0.3:
        ends.insert(0, _unfilled)
    for part in ends:
        lines = part(draft)
        draft.lines += [replace(lines[0], blank=dice.choice((0, 1, 1, 2))), *lines[1:]]


def _unfilled(draft: Draft) -> list[Line]:
    """Rows that are numbered, and have their village, but nobody is on them."""
    cells = {
        "village": Filled(draft.villages[-1].name),
        "district": Filled(draft.villages[-1].district),
    }
    first = len(draft.people) + 1
    numbers = range(first, first + draft.dice.randint(1, 4))
    return [Line({"number": Filled(float(number)), **cells}) for number in numbers]


def _recap(draft: Draft) -> list[Line]:
    dice, count = draft.dice, len(draft.people)
    at = dice.choice((0, 1, 1, 2))
    rows = dice.choice(
        (
            [("Laki-laki", 3.0), ("Perempuan", float(count - 3)), ("Jumlah", float(count))],
            [*((f"Dusun {name.title()}", 2.0) for name in dice.sample(HAMLETS, 3)), ("TOTAL", 6.0)],
            [("Petani", 4.0), ("Nelayan", 1.0), ("Pedagang", 2.0)],
            [("L", ":", 3.0), ("P", ":", 4.0)],
            [("MENINGGAL", 1.0), ("PINDAH", 2.0), ("AKTIF", float(count))],
        )
    )
    heads = dice.choice(
        (["REKAPITULASI"], ["Rekap:"], ["Rekap per Dusun", "Jumlah"], ["Keterangan", "Jumlah"])
    )
    return [text(*heads, at=at), *(text(*row, at=at) for row in rows)]


def _signature(draft: Draft) -> list[Line]:
    dice = draft.dice
    village = draft.villages[0].name if not draft.wide else draft.regency.name
    at = dice.choice((2, 3, 5))
    name = draft.crowd.name("L")
    head = dice.choice(
        (
            "Kepala Desa",
            f"Kepala Desa {village}",
            "Pj. Kepala Desa",
            "Lurah",
            "Kasi Kesra",
            "PENJABAT KEPALA DESA",
        )
    )
    return [
        text(
            dice.choice(
                (
                    f"{village}, 12 Maret 2026",
                    f"{village}, .... 2026",
                    f"{village},    November 2026",
                )
            ),
            at=at,
        ),
        text(head, at=at),
        text(
            dice.choice((f"( {name} )", name, f"H. {name}, S.Sos", f"{name}, S.IP.")),
            at=at,
            blank=3,
        ),
        *([text("NIP. 19700101 199003 1 001", at=at)] if dice.random() < 0.5 else []),
    ]


def _signatures(draft: Draft) -> list[Line]:
    names = draft.crowd.name("L"), draft.crowd.name("P")
    return [
        Line(at={1: "Mengetahui,", 4: "Dibuat oleh,"}),
        Line(at={1: "Camat", 4: "Operator Desa"}),
        Line(at={1: names[0], 4: names[1]}, blank=2),
    ]


def _notes(draft: Draft) -> list[Line]:
    notes = (
        "*) NIK wajib 16 digit",
        "L = Laki-laki, P = Perempuan",
        "Catatan: data per 1 Maret 2026",
        "1. Peserta berumur di bawah 65 tahun",
        "- Nama ditulis sesuai KTP",
        "NB: yang sudah meninggal jangan diusulkan",
        "Sumber: SIAK dan pendataan dusun",
        "M = Meninggal; P = Pindah",
    )
    chosen = draft.dice.sample(notes, draft.dice.randint(1, 3))
    return [
        text(draft.dice.choice(("Keterangan :", "Ket:", "Catatan:"))),
        *(text(words) for words in chosen),
    ]


def _grand_total(draft: Draft) -> list[Line]:
    return [
        _total(
            draft,
            draft.dice.choice(("JUMLAH", "TOTAL SELURUHNYA", "Jumlah Total", "Grand Total")),
            len(draft.people),
        )
    ]


def pages(draft: Draft) -> None:
    """The heading again on each printed page, with sums carried over."""
    dice = draft.dice
    parts = _parts(draft.lines, dice.randint(2, 3))
    lines = [*parts[0]]
    for number, part in enumerate(parts[1:], 2):
        if dice.random() < 0.5:
            lines.append(
                text(
                    dice.choice(("Jumlah dipindahkan", "Jumlah halaman ini", "Jumlah")),
                    float(len(part)),
                    at=1,
                )
            )
        if dice.random() < 0.5:
            lines.append(
                text(dice.choice((f"Halaman {number}", f"Hal. {number}", f"- {number} -")))
            )
        if dice.random() < 0.4:
            lines.append(text(dice.choice(TITLES)))
        lines += [Line(repeats=True), *part]
    draft.lines = lines


def second_table(draft: Draft) -> None:
    """Another table below: people under a heading of their own, or a recap of something else."""
    dice = draft.dice
    if dice.random() < 0.5:
        rows = [
            text(float(n), name, float(dice.randint(2, 30)), float(dice.randint(2, 30)))
            for n, name in enumerate(dice.sample(HAMLETS, 3), 1)
        ]
        heads = dice.choice(
            (
                ("No", "Dusun", "L", "P"),
                ("No", "Nama Dusun", "Laki-laki", "Perempuan"),
                ("No.", "Nama Wilayah", "Target", "Realisasi"),
            )
        )
        draft.tables.append(
            Table(
                above=(
                    text(dice.choice(("REKAPITULASI PER DUSUN", "Rekap", "TABEL 2")), blank=2),
                    text(*heads),
                    *rows,
                )
            )
        )
        return
    people = [draft.crowd.somebody(draft.villages[0].code) for _ in range(dice.randint(2, 4))]
    kept = [column for column in draft.columns if column.width == 1]
    dice.shuffle(kept)
    above = [
        text(dice.choice(("TAMBAHAN", "DAFTAR CADANGAN", "Tabel 2", "Usulan tambahan")), blank=2)
    ]
    draft.tables.append(
        Table(tuple(kept), tuple(map(draft.line, people)), tuple(above), draft.below)
    )


OUT_AND_IN = (
    ("Keluar", "Masuk"),
    ("Yang keluar", "Yang masuk"),
    ("Peserta Lama", "Peserta Baru"),
    ("Yang diganti", "Pengganti"),
    ("DIGANTI", "PENGGANTI"),
    ("Meninggal", "Pengganti"),
)


def replaced(draft: Draft) -> None:
    """Below the list, those who go out beside those who come in for them."""
    dice = draft.dice
    out, into = dice.choice(OUT_AND_IN)
    columns = [
        Column("nik_out", "NIK", group=out),
        Column("name_out", "Nama", group=out),
        Column("nik", "NIK", group=into),
        Column("name", "Nama", group=into),
    ]
    if dice.random() < 0.7:
        columns.insert(0, Column("number", "No"))
    draft.fills["nik_out"] = lambda one: Filled(others.nik(one, dice))
    draft.fills["name_out"] = lambda one: Filled(others.name(one, dice))
    people = [draft.crowd.somebody(draft.villages[0].code) for _ in range(dice.randint(2, 4))]
    titles = ("PENGGANTIAN", "Perubahan peserta", "Tabel 2", "Daftar keluar dan masuk", "")
    above = [text(words, blank=2) for words in [dice.choice(titles)] if words]
    draft.numbered = 0
    draft.tables.append(Table(tuple(columns), tuple(map(draft.line, people)), tuple(above)))


UNNAMED = {
    "nik": ("Nomor Kartu", "Nomor", "Kartu"),
    "name": ("Peserta", "Penerima", "Warga", "Anggota"),
}


def unnamed(draft: Draft) -> None:
    """Below the list, people under a heading that says neither NIK nor name: whoever reads it may
    ask."""
    dice = draft.dice
    draft.ensure("address")
    kept = [replace(column, group="") for column in draft.columns if column.width == 1]
    if not {"nik", "name"} <= {column.key for column in kept}:
        return
    dice.shuffle(kept)
    columns = [
        replace(column, heading=dice.choice(UNNAMED[column.key]), plain="")
        if column.key in UNNAMED
        else column
        for column in kept
    ]
    people = [draft.crowd.somebody(draft.villages[0].code) for _ in range(dice.randint(2, 4))]
    above = [text(dice.choice(("TAMBAHAN", "Tabel 2", "Susulan")), blank=2)]
    draft.tables.append(Table(tuple(columns), tuple(map(draft.line, people)), tuple(above)))
    draft.doubtful = True


def sheets(draft: Draft) -> None:
    """Further sheets: how to fill it, a recap, a hidden one, people of a hamlet each."""
    dice = draft.dice
    guide = (
        text(dice.choice(("PETUNJUK PENGISIAN", "Cara mengisi"))),
        text("1. Isi NIK 16 angka sesuai KTP"),
        text("2. Isi nama lengkap tanpa gelar"),
        text("Kolom", "Keterangan", "Contoh"),
        text("NIK", "16 angka", "3522100101800001"),
        text("Nama", "sesuai KTP", "SITI AMINAH"),
    )
    recap = (
        text("REKAP USULAN"),
        text("No", "Nama Desa", "Jumlah", "Keterangan"),
        text(1.0, draft.villages[0].name, 12.0, "lengkap"),
        text(2.0, draft.villages[-1].name, 9.0, "belum"),
    )
    codes = (text("Kode", "Pekerjaan"), text(1.0, "Petani"), text(2.0, "Nelayan"))
    chosen = dice.sample(("guide", "recap", "codes", "hidden", "hamlets"), dice.randint(1, 3))
    if "guide" in chosen:
        draft.before.append(
            Plan(
                dice.choice(("PETUNJUK", "Petunjuk Pengisian", "BACA DULU")), (Table(above=guide),)
            )
        )
    if "recap" in chosen:
        side = draft.before if dice.random() < 0.5 else draft.after
        side.append(Plan(dice.choice(("REKAP", "Rekapitulasi", "Sheet9")), (Table(above=recap),)))
    if "codes" in chosen:
        draft.after.append(Plan("kode", (Table(above=codes),)))
    if "hamlets" in chosen:
        names = dice.sample(HAMLETS, 3)
        draft.plans = [
            Plan(dice.choice((f"Dusun {name.title()}", name, f"DSN {name}")), (draft.table(part),))
            for name, part in zip(names, _parts(draft.lines, 2), strict=False)
        ]


def merged(draft: Draft) -> None:
    """Cells merged over people who have the same family card, hamlet, RT, village."""
    dice = draft.dice
    keys = ["kk", "hamlet", "rt", "rw"] + (["village", "district"] if draft.wide else [])
    draft.ensure("rt", "rw")
    chosen = [key for key in keys if draft.has(key) and dice.random() < 0.7] or ["rt"]
    share(draft, [key for key in chosen if key in ("kk", "hamlet", "rt", "rw")])
    for key in chosen:
        draft.change(key, merged=True)


def share(draft: Draft, keys: Sequence[str]) -> None:
    """Let people have the same as the one before them, sometimes."""
    people: list[Somebody] = []
    for one in draft.people:
        before = people[-1] if people else None
        if before and before.village == one.village and draft.dice.random() < 0.6:
            one = replace(one, **{key: getattr(before, key) for key in keys})
        people.append(one)
    draft.people = people


def ditto(draft: Draft) -> None:
    """Marks that stand for the value above."""
    dice = draft.dice
    keys = ["address", "hamlet", "rt", "rw", "kk", "occupation"]
    draft.ensure("address", "rt")
    chosen = [key for key in keys if draft.has(key) and dice.random() < 0.7] or ["address"]
    share(draft, chosen)
    mark = dice.choice(spellings.DITTO)
    for key in [*chosen, *(["village"] if draft.wide else [])]:
        draft.fills[key] = lambda one, usual=draft.fills[key]: replace(usual(one), ditto=mark)  # type: ignore[misc]


def continued(draft: Draft) -> None:
    """The address goes on in the row below."""
    draft.ensure("address")
    draft.remove("rt", "rw")
    draft.write()
    for at, (one, line) in enumerate(zip(draft.people, draft.lines, strict=True)):
        rest = spellings.choose(
            f"RT {one.rt} RW {one.rw}|RT/RW {one.rt}/{one.rw}|RT.{one.rt}/RW.{one.rw}", draft.dice
        )
        whole = (one.address, f"{one.address} {rest}", f"{one.address}, {rest}")
        says = {"rt": (one.rt,), "rw": (one.rw,), "address": whole}
        draft.lines[at] = replace(line, below={"address": rest}, says=says, needs="address")


def families(draft: Draft) -> None:
    """A line above each family with its card, head and address."""
    dice = draft.dice
    draft.remove("kk", "address", "rt", "rw")
    lines: list[Line] = []
    number = 0
    while number < len(draft.lines):
        one, size = draft.people[number], dice.randint(1, 3)
        address = dice.choice(("Alamat : ", "Alamat: ", "ALAMAT : ")) + f"DUSUN {one.hamlet}"
        place = f"{address}, RT/RW : {one.rt}/{one.rw}"
        card = dice.choice(("No KK : ", "NO. KK: ", "No. Kartu Keluarga : ")) + one.kk
        head = dice.choice(("Kepala Keluarga : ", "Nama KK : ")) + one.father
        words = dice.choice(
            ((card, head, place), (f"{card} {head} {place}",), (place,), (card, place))
        )
        says = {
            "rt": (one.rt,),
            "rw": (one.rw,),
            "kk": ("", one.kk),
            "address": (
                "",
                f"DUSUN {one.hamlet}",
                f"DUSUN {one.hamlet}, RT/RW : {one.rt}/{one.rw}",
                place,
            ),
        }
        if not draft.has("hamlet"):
            says["hamlet"] = ("", one.hamlet)
        lines.append(Line(at=dict(enumerate(words)), level=Level.FAMILY, says=says))
        lines += draft.lines[number : number + size]
        number += size
    draft.lines = lines


def plain_remark(draft: Draft) -> None:
    """A column of remarks that say nothing about life."""
    draft.add(
        Column("remark", wordings.worded("remark", draft.dice)),
        lambda one: Filled(spellings.choose(spellings.STILL, draft.dice)),
    )
