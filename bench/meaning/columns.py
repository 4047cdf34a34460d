"""Kinds of headings, columns and spellings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bench.meaning import others, spellings, villages, wordings
from bench.meaning.draft import Draft
from bench.meaning.model import Column, Filled, Line, Table, Truth
from bench.meaning.notation import expand
from bench.meaning.people import Somebody

# Headings


def headings(style: str) -> Callable[[Draft], None]:
    """All headings in this style, or a few, so that the others cannot hide what they mean."""

    def change(draft: Draft) -> None:
        written, share = wordings.STYLES[style], draft.dice.choice((1, 0.2))
        draft.columns = [
            replace(column, heading=written(column.key, draft.dice))
            if column.key in wordings.WORDINGS and draft.dice.random() < share
            else column
            for column in draft.columns
        ]
        if style == "question":
            stamp = Column("stamp", draft.dice.choice(("Timestamp", "Stempel waktu", "Cap waktu")))
            draft.add(stamp, lambda _: Filled("26/11/2025 10:21:07"), at=0)

    return change


GROUPS: tuple[tuple[tuple[str, ...], Mapping[str, str]], ...] = (
    (
        ("Tempat/Tanggal Lahir", "Kelahiran", "Lahir", "TTL", "Tempat dan Tanggal Lahir"),
        {"birth_place": "Tempat|Kota|Tmpt", "birth_date": "Tanggal|Tgl|Tgl/Bln/Thn"},
    ),
    (
        ("Alamat", "Alamat Tempat Tinggal", "Alamat Lengkap", "Domisili", "ALAMAT KTP"),
        {"address": "Jalan|Jl./Gg.|Nama Jalan|Alamat", "hamlet": "Dusun", "rt": "RT", "rw": "RW"},
    ),
    (
        ("Identitas", "Data Diri", "Data Peserta", "IDENTITAS PESERTA", "Identitas Kependudukan"),
        {"nik": "NIK|No. KTP", "kk": "No. KK|Nomor KK", "name": "Nama|Nama Lengkap"},
    ),
    (
        ("Nomor", "Nomor Kependudukan", "Nomor Identitas"),
        {"nik": "NIK|KTP|Induk Kependudukan", "kk": "KK|Kartu Keluarga"},
    ),
    (("Nama", "NAMA"), {"name": "Lengkap|Peserta|Sesuai KTP", "mother_name": "Ibu Kandung|Ibu"}),
)  # fmt: skip


def two_lines(draft: Draft) -> None:
    """Groups above some columns, or the words of a heading over two lines."""
    for titles, leaves in draft.dice.sample(GROUPS, draft.dice.randint(1, 2)):
        group = draft.dice.choice(titles)
        draft.ensure(*leaves)
        at = min(draft.position(key) for key in leaves)
        moved = [column for column in draft.columns if column.key in leaves and not column.group]
        draft.columns = [column for column in draft.columns if column not in moved]
        changed = [
            replace(c, group=group, heading=spellings.choose(leaves[c.key], draft.dice))
            for c in moved
        ]
        draft.columns[at:at] = changed


# Columns


def order(draft: Draft) -> None:
    """In any order; sometimes nothing stands above the numbers of the rows."""
    if draft.has("number") and draft.dice.random() < 0.2:
        draft.change("number", heading="")
    draft.dice.shuffle(draft.columns)


def of_others(draft: Draft) -> None:
    """Columns about something or somebody else, none of which is a field of the person."""
    dice = draft.dice
    for at, (notation, value) in enumerate(dice.sample(others.COLUMNS, dice.randint(2, 6))):
        words = expand(notation, dice, {})
        heading = dice.choice((words, words, words.upper(), words.lower(), f"{at + 1}. {words}"))
        draft.add(
            Column(f"other{at}", heading),
            lambda one, value=value: Filled(value(one, dice)),  # type: ignore[misc]
        )


def further(draft: Draft) -> None:
    """Fields that only some lists have: registry, decile, income, position."""
    dice = draft.dice
    registries = dice.choice((("DTSEN 2025",), ("Damisda 2025-I", "P3KE 2024"), ("DTKS 2023",)))
    positions = ("Ketua RT 03", "Ketua RW 01", "Kader", "-")

    def source(one: Somebody) -> Filled:
        registry = dice.choice(registries)
        return Filled(registry, {"source": (registry, registry.rsplit(" ", 1)[0])})

    def decile(one: Somebody) -> Filled:
        number = dice.randint(1, 5)
        cell = dice.choice((float(number), str(number), f"Desil {number}"))
        return Filled(cell, {"decile": (number,)})

    def income(one: Somebody) -> Filled:
        amount = dice.randint(5, 40) * 50_000
        dotted = f"{amount:,}".replace(",", ".")
        cell = dice.choice((float(amount), dotted, f"Rp {dotted}", f"Rp. {dotted},-"))
        return Filled(cell, {"income": (amount,)})

    def position(one: Somebody) -> Filled:
        words = dice.choice(positions)
        return Filled(words, {"position": (words.strip("-"),)})

    fills = {"source": source, "decile": decile, "income": income, "position": position}
    for key in dice.sample(sorted(fills), dice.randint(1, 4)):
        heading = dice.choice((wordings.PLAIN[key], wordings.worded(key, dice)))
        draft.add(Column(key, heading, plain=wordings.PLAIN[key]), fills[key])


REPLACING = (
    ("Lama", "Baru"),
    ("Lama", "Pengganti"),
    ("yang Diganti", "Pengganti"),
    ("Peserta Lama", "Peserta Pengganti"),
    ("Peserta yang Diganti", "Peserta Pengganti"),
    ("Semula", "Menjadi"),
    ("Sebelumnya", "Sekarang"),
    ("Peserta Keluar", "Peserta Masuk"),
    ("Peserta Meninggal", "Peserta Pengganti"),
    ("Sebelum", "Sesudah"),
    ("Calon Awal", "Calon Pengganti"),
    ("yang Digantikan", "yang Menggantikan"),
)
BESIDE = (
    ("Pemilik Usaha", "Pekerja"),
    ("Pemilik Kapal", "ABK"),
    ("Pemilik Lahan", "Buruh Tani"),
    ("Juragan", "Buruh"),
    ("Pemberi Kerja", "Tenaga Kerja"),
    ("Pemilik", "Penggarap"),
    ("Ketua Kelompok", "Anggota"),
    ("Majikan", "ART"),
    ("Kepala Keluarga", "Peserta"),
    ("Ahli Waris", "Peserta"),
    ("Suami/Istri", "Peserta"),
    ("Ayah", "Peserta"),
    ("Toko", "Pedagang"),
    ("Kelompok Tani", "Petani"),
    ("Pengurus", "Anggota"),
    ("Pasangan", "Peserta"),
)
NOBODY = {"Toko", "Kelompok Tani"}


def two_of_a_kind(draft: Draft) -> None:
    """Another person, or a group, in columns of the same kind: replaced, owner, father."""
    dice = draft.dice
    other, own = dice.choice(REPLACING if dice.random() < 0.5 else BESIDE)
    grouped = dice.random() < 0.4
    plain_own = (other, own) in BESIDE and dice.random() < 0.3
    before = dice.random() < 0.6
    keys = ("name",) if other in NOBODY else ("nik", "name")
    block = []
    for key in keys:
        word = dice.choice(("NIK", "No. KTP", "NIK")) if key == "nik" else "Nama"
        values = others.nik if key == "nik" else others.business if other in NOBODY else others.name
        column = Column(
            f"{key}_other", word if grouped else f"{word} {other}", other if grouped else ""
        )
        draft.fills[column.key] = lambda one, values=values: Filled(values(one, dice))  # type: ignore[misc]
        block.append(column)
        if grouped:
            draft.change(key, group=own, heading=word)
        elif not plain_own:
            draft.change(key, heading=f"{word} {own}")
    owns = [column for column in draft.columns if column.key in keys]
    rest = [column for column in draft.columns if column.key not in keys]
    at = 1 if rest and rest[0].key == "number" else 0
    draft.columns = [
        *rest[:at],
        *(block if before else owns),
        *(owns if before else block),
        *rest[at:],
    ]


def composite(draft: Draft) -> None:
    """A value over several columns, or two values in one."""
    for change in draft.dice.sample((_birth, _rt_rw, _name, _boxes), draft.dice.randint(1, 2)):
        change(draft)


def _birth(draft: Draft) -> None:
    draft.dice.choice((_place_and_date, _place_and_date, _beside, _day_month_year))(draft)


def _born(one: Somebody) -> Truth:
    places = (one.birth_place, one.birth_place.title())
    return {"birth_date": (one.birth_date,), "birth_place": places}


def _place_and_date(draft: Draft) -> None:
    """In one cell."""
    heading = wordings.worded("birth", draft.dice)
    draft.put(
        ("birth_place", "birth_date"),
        Column("birth", heading, plain=wordings.PLAIN["birth"]),
        lambda one: Filled(
            spellings.place_and_date(one.birth_place, one.birth_date, draft.dice), _born(one)
        ),
    )


def _beside(draft: Draft) -> None:
    """Place and date in two columns under one heading."""
    heading = wordings.worded("birth", draft.dice)
    subs = draft.dice.choice((("", ""), ("Tempat", "Tanggal"), ("Tmpt", "Tgl")))
    draft.put(
        ("birth_place", "birth_date"),
        Column("birth", heading, subs=subs),
        lambda one: Filled((one.birth_place, f"{one.birth_date:%d-%m-%Y}"), _born(one)),
    )


def _day_month_year(draft: Draft) -> None:
    """In three columns, with or without a heading above them."""
    dice = draft.dice
    top = dice.choice(("Tanggal Lahir", "Tgl. Lahir", "Lahir", "", ""))
    units = (("Tgl", "Bln", "Thn"), ("Tanggal", "Bulan", "Tahun"))
    subs = dice.choice(units) if top else tuple(f"{unit} Lahir" for unit in dice.choice(units))

    def fill(one: Somebody) -> Filled:
        day = one.birth_date
        month = dice.choice((float(day.month), f"{day.month:02}", spellings.MONTHS[day.month - 1]))
        return Filled((float(day.day), month, float(day.year)), {"birth_date": (day,)})

    draft.put(("birth_date",), Column("birth_date", top, subs=subs), fill)


def _rt_rw(draft: Draft) -> None:
    draft.dice.choice((_in_one, _in_two, _in_address))(draft)


def _numbers(one: Somebody) -> Truth:
    return {"rt": (one.rt,), "rw": (one.rw,)}


def _in_one(draft: Draft) -> None:
    heading = wordings.worded("rt_rw", draft.dice)
    draft.put(
        ("rt", "rw"),
        Column("rt_rw", heading, plain=wordings.PLAIN["rt_rw"]),
        lambda one: Filled(spellings.rt_rw(one.rt, one.rw, draft.dice), _numbers(one)),
    )


def _in_two(draft: Draft) -> None:
    """Two columns under one heading."""
    if draft.dice.random() < 0.5:
        column = Column("rt_rw", wordings.worded("rt_rw", draft.dice), subs=("", ""))
    else:
        top = draft.dice.choice(("Alamat", "RT/RW", "Rukun"))
        column = Column("rt_rw", top, subs=("RT", "RW"))
    draft.put(("rt", "rw"), column, lambda one: Filled((one.rt, one.rw), _numbers(one)))


def _in_address(draft: Draft) -> None:
    ends = "RT {0} RW {1}|RT/RW {0}/{1}|RT.{0}/RW.{1}|RT {0}/{1}|Rt. {0} / Rw. {1}|RT/RW : {0}/{1}"

    def fill(one: Somebody) -> Filled:
        end = spellings.choose(ends, draft.dice).format(one.rt, one.rw)
        words = f"{one.address}{draft.dice.choice((' ', ', '))}{end}"
        return Filled(words, {**_numbers(one), "address": (words, one.address)})

    draft.ensure("address")
    draft.remove("rt", "rw")
    draft.fills["address"] = fill


def _name(draft: Draft) -> None:
    first, last = draft.dice.choice(
        (
            ("Nama Depan", "Nama Belakang"),
            ("Nama Pertama", "Nama Akhir"),
            ("First Name", "Last Name"),
        )
    )

    def fill(one: Somebody) -> Filled:
        given, _, rest = one.name.partition(" ")
        return Filled((given, rest), {"name": (one.name,)})

    draft.put(("name",), Column("name", "", subs=(first, last)), fill)


def _boxes(draft: Draft) -> None:
    heading = draft.dice.choice(("NIK", "Nomor Induk Kependudukan", "NIK (16 kotak)"))
    kind = draft.dice.choice((float, str))
    column = Column("nik", heading, subs=("",) * 16)
    draft.put(("nik",), column, lambda one: Filled(tuple(map(kind, one.nik)), {"nik": (one.nik,)}))


def name_and_nik(draft: Draft) -> None:
    """Two values that decide in one cell."""
    dice = draft.dice
    between = dice.choice((" / ", "\n", " - ", ", NIK "))
    heading = dice.choice(("Nama/NIK", "NAMA DAN NIK", "Nama Lengkap / NIK", "Nama & No. KTP"))
    draft.put(
        ("name", "nik"),
        Column("name_nik", heading),
        lambda one: Filled(
            f"{one.name}{between}{one.nik}", {"nik": (one.nik,), "name": (one.name,)}
        ),
    )


CODES_OF_SEX = (
    ("1", "2", "Laki-laki", "Perempuan"),
    ("2", "1", "Laki-laki", "Perempuan"),
    ("A", "B", "Pria", "Wanita"),
    ("B", "A", "laki-laki", "perempuan"),
    ("2", "1", "Pria", "Wanita"),
)


def coded_sex(draft: Draft) -> None:
    """Codes of the sex that a legend below the list explains."""
    dice = draft.dice
    he, she, male, female = dice.choice(CODES_OF_SEX)
    kind = dice.choice((float, str)) if he.isdigit() else str
    draft.ensure("sex")
    draft.fills["sex"] = lambda one: Filled(
        kind(he if one.sex == "L" else she), {"sex": (one.sex,)}
    )
    sign = dice.choice((" = ", "=", " : "))
    entries = sorted([f"{he}{sign}{male}", f"{she}{sign}{female}"])
    lines = [", ".join(entries)] if dice.random() < 0.5 else ["Keterangan:", *entries]
    draft.tables.append(Table(lines=tuple(Line(at={0: words}) for words in lines)))


# Spellings


def niks(draft: Draft) -> None:
    draft.spell("nik", lambda one: spellings.nik(one.nik, draft.dice))
    if draft.has("kk"):
        draft.spell("kk", lambda one: spellings.kk(one.kk, draft.dice))


def dates(draft: Draft) -> None:
    draft.ensure("birth_date")
    dice = draft.dice
    if dice.random() < 0.1:
        draft.spell("birth_date", lambda one: spellings.month_first(one.birth_date, dice))
    else:
        draft.spell("birth_date", lambda one: spellings.born(one.birth_date, dice))


def sexes(draft: Draft) -> None:
    draft.ensure("sex")
    dice = draft.dice
    if dice.random() < 0.15:
        kind = dice.choice((float, str))
        draft.spell("sex", lambda one: kind("LP".index(one.sex) + 1))
    else:
        draft.spell("sex", lambda one: spellings.sex(one.sex, dice))


def ticked_sex(draft: Draft) -> None:
    """A column for men and one for women, one of them ticked."""
    dice = draft.dice
    tick = dice.choice(("v", "V", "√", "x", "X", "1", "✓"))
    group = dice.choice(("Jenis Kelamin", "JK", "L/P", "Kelamin"))
    subs = dice.choice((("L", "P"), ("Lk", "Pr"), ("Laki-laki", "Perempuan"), ("Pria", "Wanita")))

    def fill(one: Somebody) -> Filled:
        return Filled((tick, "") if one.sex == "L" else ("", tick), {"sex": (one.sex,)})

    draft.put(("sex",), Column("sex", group, subs=subs), fill)


def parts(draft: Draft) -> None:
    dice = draft.dice
    if dice.random() < 0.5:
        draft.ensure("rt", "rw")
        draft.spell("rt", lambda one: spellings.part("RT", one.rt, dice))
        draft.spell("rw", lambda one: spellings.part("RW", one.rw, dice))
    else:
        _rt_rw(draft)


def phones(draft: Draft) -> None:
    draft.ensure("phone")
    draft.spell("phone", lambda one: spellings.phone(one.phone, draft.dice))


def village_cells(draft: Draft) -> None:
    dice = draft.dice
    if dice.random() < 0.5:
        draft.remove("district")
    draft.spell(
        "village", lambda one: villages.spelled(draft.known[one.village], draft.regency, dice)
    )


def faulty(draft: Draft) -> None:
    """Values that are wrong, or that contradict the NIK: the row has to say so."""
    dice = draft.dice
    draft.ensure("sex", "birth_date", "kk")
    usual = dict(draft.fills)
    share = dice.uniform(0.1, 0.4)

    def sometimes(fill: Callable[[Somebody], Filled], key: str) -> Callable[[Somebody], Filled]:
        return lambda one: fill(one) if dice.random() < share else usual[key](one)

    def bad_nik(one: Somebody) -> Filled:
        value, code = spellings.spoilt_nik(one.nik, dice)
        return Filled(value, {"nik": ("",), "told": (code,)})

    def other_sex(one: Somebody) -> Filled:
        sex = "P" if one.sex == "L" else "L"
        return Filled(sex, {"sex": (sex,), "told": ("nik.", "sex.")})

    def other_day(one: Somebody) -> Filled:
        day = one.birth_date + timedelta(days=dice.choice((400, 800, 3700)))
        return Filled(f"{day:%d-%m-%Y}", {"birth_date": (day,), "told": ("nik.", "birth_date.")})

    def no_day(one: Somebody) -> Filled:
        words = dice.choice(("31-02-1980", "tidak tahu", "45-13-1970", "17-08-2075"))
        return Filled(words, {"birth_date": ("",), "told": ("birth_date.invalid", "birth_date.")})

    def bad_kk(one: Somebody) -> Filled:
        return Filled(one.kk[:-1], {"kk": (one.kk[:-1],), "told": ("kk.",)})

    draft.fills["nik"] = sometimes(bad_nik, "nik")
    key, fill = dice.choice(
        (("sex", other_sex), ("birth_date", other_day), ("birth_date", no_day), ("kk", bad_kk))
    )
    draft.fills[key] = sometimes(fill, key)
