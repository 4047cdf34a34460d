"""Values as people and programs write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from random import Random

from enrollment.workbooks.opening import Cell

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agst", "Sept", "Okt", "Nop", "Des")
SEXES = {
    "L": "L|l|LK|Lk|Lk.|Laki-laki|LAKI-LAKI|Laki - laki|laki laki|Laki2|Pria|1. Laki-laki"
    "|L (Laki-laki)"
    "|Laki-laki (L)|Lelaki|M|Male|L.|Laki",
    "P": "P|p|PR|Pr|Pr.|Perempuan|PEREMPUAN|perempuan|Wanita|2. Perempuan|P (Perempuan)"
    "|Perempuan (P)"
    "|W|F|Female|P.|Prp|Prmpn",
}
DEAD = (
    "2. Meninggal|Meninggal|MENINGGAL|Meninggal Dunia|MD|Wafat|Sudah meninggal|meninggal 2024"
    "|Mati|Alm.|Almarhum|Telah meninggal dunia|meninggal tgl 3-4-2025|Wafat th 2023|M.D."
    "|Sdh meninggal|tutup usia|Meninggal dunia karena sakit|sudah wafat|Berpulang|almarhumah"
)
MOVED = (
    "3. Pindah|Pindah|PINDAH|Pindah ke Surabaya|Sudah pindah|Pindah domisili|pindah penduduk"
    "|Pindah alamat ke luar kota|Pindah luar negeri|Telah pindah ke Kalimantan|pindah kab. lain"
    "|Pindah keluar|Tidak ditemukan, sudah pindah|Pindah KK ke Malang|Sdh pindah"
    "|Pergi, tidak diketahui alamatnya|Hilang"
)
ALIVE = (
    "1. Hidup|Hidup|Ada|Aktif|HIDUP|Masih hidup|Tetap|Warga tetap|Penduduk tetap|Domisili sesuai"
    "|OK|Valid|ada|Baik|Sehat|hidup|Berdomisili"
)
HARMLESS = (
    "istri alm. Karto|anak dari almarhum Sukimin|janda, suami meninggal|Suami sudah meninggal"
    "|pindahan dari Tuban|pindah datang 2023|Pindahan dari desa sebelah|suami wafat 2020|cerai mati"
    "|Ayah meninggal|ahli waris alm. Paimin|belum pindah|tidak pindah|orang tua sudah meninggal"
    "|menggantikan Paidi yang meninggal|Pindah masuk dari Blora|KTP hilang|KK hilang"
)
STILL = (
    "Lengkap|perlu dicek|KK menyusul|belum foto|anggota baru|data lama|usulan dusun|punya 2 anak|"
)


def choose(texts: str, dice: Random) -> str:
    return dice.choice(texts.split("|"))


def nik(digits: str, dice: Random) -> Cell:
    """A NIK with something round it or within, or as a number: its sixteen digits are all there."""
    if dice.random() < 0.1 and digits[-1] != "0":
        return float(digits)
    groups = f"{digits[:6]}{{0}}{digits[6:12]}{{0}}{digits[12:]}"
    fours = "{0}".join(digits[at : at + 4] for at in range(0, 16, 4))
    return dice.choice(
        (
            f"'{digits}",
            f"`{digits}",
            f"’{digits}",
            f"‘{digits}",
            f'"{digits}"',
            f"“{digits}”",
            f'="{digits}"',
            f" {digits} ",
            f"\u00a0{digits}",
            f"{digits}\u200b",
            f"\ufeff{digits}",
            f"{digits}.0",
            f"{digits}.",
            f"{digits},",
            f"{digits};",
            f"({digits})",
            f"[{digits}]",
            f"NIK {digits}",
            f"NIK. {digits}",
            f"NIK: {digits}",
            f"NIK : {digits}",
            f"No. {digits}",
            f"No KTP {digits}",
            f": {digits}",
            f"-{digits}",
            f"#{digits}",
            f"{digits}*",
            groups.format(" "),
            groups.format("."),
            groups.format("-"),
            groups.format("–"),
            fours.format(" "),
            fours.format("-"),
            fours.format("."),
            groups.format("\n"),
            " ".join(digits),
        )
    )


def kk(digits: str, dice: Random) -> Cell:
    """A family card number, written in the same ways."""
    written = nik(digits, dice)
    return re.sub("NIK|KTP", "KK", written) if isinstance(written, str) else written


def spoilt_nik(digits: str, dice: Random) -> tuple[Cell, str]:
    """A NIK that is none, and the finding that says why."""
    at = dice.randrange(6, 15)
    return dice.choice(
        (
            (digits[:-1], "nik.format"),
            (digits + "1", "nik.format"),
            (digits[:at] + dice.choice("OoIlSB") + digits[at + 1 :], "nik.format"),
            (f"{digits[0]},{digits[1:6]}E+15", "nik.excel_damaged"),
            (f"{digits[0]}.{digits[1:6]}E+15", "nik.excel_damaged"),
            (float(digits[:-1] + "0"), "nik.excel_damaged"),
            (digits[:8] + "13" + digits[10:], "nik.date"),
            (digits[:12] + "0000", "nik.serial"),
            ("1111111111111111", "nik.placeholder"),
        )
    )


def born(day: date, dice: Random) -> Cell:
    """A birth date, day first."""
    month, short, year = MONTHS[day.month - 1], SHORT[day.month - 1], f"{day:%y}"
    age = f"({2026 - day.year} th)"
    return dice.choice(
        (
            datetime(day.year, day.month, day.day),
            day,
            float((day - date(1899, 12, 30)).days),
            str((day - date(1899, 12, 30)).days),
            f"{day:%d-%m-%Y}",
            f"{day:%d/%m/%Y}",
            f"{day:%d.%m.%Y}",
            f"{day:%d %m %Y}",
            f"{day.day}/{day.month}/{day.year}",
            f"{day.day}-{day.month}-{day.year}",
            f"{day.day}/{day.month}/{year}",
            f"{day:%d-%m-%y}",
            f"{day:%d%m%Y}",
            f"{day:%d%m%y}",
            f"{day:%Y-%m-%d}",
            f"{day:%Y/%m/%d}",
            f"{day:%Y-%m-%d} 00:00:00",
            f"{day:%d/%m/%Y} 00:00",
            f"{day:%d/%m/%Y} 00.00",
            f"{day:%d-%m-%Y} {age}",
            f"{day.day} {month} {day.year}",
            f"{day.day:02} {month.upper()} {day.year}",
            f"{day.day} {short} {day.year}",
            f"{day.day} {short}. {day.year}",
            f"{day.day}-{short}-{year}",
            f"{day.day} {short} '{year}",
            f"{day.day} {month} {day.year} {age}",
            f"{day.day}-{month}-{day.year}",
            f"tgl {day.day} {month} {day.year}",
            f" {day:%d - %m - %Y} ",
            f"{day:%d–%m–%Y}",
        )
    )


def month_first(day: date, dice: Random) -> str:
    return dice.choice((f"{day.month}/{day.day}/{day.year}", f"{day:%m/%d/%Y}", f"{day:%m-%d-%Y}"))


def place_and_date(place: str, day: date, dice: Random) -> str:
    text = dice.choice(
        (
            f"{day:%d-%m-%Y}",
            f"{day:%d/%m/%Y}",
            f"{day.day} {MONTHS[day.month - 1]} {day.year}",
            f"{day.day} {SHORT[day.month - 1]} {day.year}",
            f"{day:%d-%m-%y}",
        )
    )
    place = dice.choice((place, place.title()))
    return place + dice.choice((", ", ",", " / ", "/", " ", "  ", ", tgl ", ". ")) + text


def sex(letter: str, dice: Random) -> str:
    return choose(SEXES[letter], dice)


def part(label: str, digits: str, dice: Random) -> Cell:
    """An RT or RW in its own column."""
    number = int(digits)
    return dice.choice(
        (
            digits,
            str(number),
            f"{number:02}",
            float(number),
            f"{label} {number}",
            f"{label}. {digits}",
            f"{label}.{number:02}",
            f"{label} {digits}",
            f"{label}{number:02}",
            f"'{digits}",
            f"{label}: {number}",
            f"{label}-{number}",
        )
    )


def rt_rw(rt: str, rw: str, dice: Random) -> str:
    """RT and RW in one cell."""
    a, b = int(rt), int(rw)
    return dice.choice(
        (
            f"{rt}/{rw}",
            f"{a}/{b}",
            f"{a:02}/{b:02}",
            f"{a:02} / {b:02}",
            f"{a}-{b}",
            f"{a:02}–{b:02}",
            f"{a:02}.{b:02}",
            f"RT {a} RW {b}",
            f"RT. {rt} RW. {rw}",
            f"RT.{a:02}/RW.{b:02}",
            f"RT {rt}/RW {rw}",
            f"RT/RW {rt}/{rw}",
            f"RT/RW : {rt}/{rw}",
            f"RT/RW. {a}/{b}",
            f"Rt {a}, Rw {b}",
            f"RT {a} / {b}",
            f"RW {b} RT {a}",
            f"RW.{b:02}/RT.{a:02}",
            f"rt{a:02}/rw{b:02}",
            f"RT:{a} RW:{b}",
        )
    )


def phone(digits: str, dice: Random) -> Cell:
    rest = digits[1:]
    return dice.choice(
        (
            digits,
            f"+62{rest}",
            f"62{rest}",
            f"+62 {rest[:3]}-{rest[3:7]}-{rest[7:]}",
            rest,
            float(rest),
            float(f"62{rest}"),
            f"'{digits}",
            f"{digits[:4]}-{digits[4:8]}-{digits[8:]}",
            f"{digits[:4]} {digits[4:8]} {digits[8:]}",
            f"{digits[:4]}.{digits[4:8]}.{digits[8:]}",
            f"({digits[:4]}) {digits[4:]}",
            f"HP {digits}",
            f"HP. {digits}",
            f"WA: {digits}",
            f"No. {digits}",
            f"{digits}.0",
            f'="{digits}"',
            f"Telp. {digits}",
            f"`{digits}",
            f"{digits} (WA)",
        )
    )


def dead_name(name: str, sex: str, dice: Random) -> str:
    """The name of somebody dead, who is marked as such."""
    mark = "Almh" if sex == "P" else "Alm"
    return dice.choice(
        (
            f"{name} ({mark})",
            f"{name} ({mark.upper()})",
            f"{name} ({mark}.)",
            f"{mark}. {name}",
            f"{mark.upper()} {name}",
            f"({mark}) {name}",
            f"{name}, {mark}.",
            f"{name} {mark.upper()}",
            f"{'Almarhumah' if sex == 'P' else 'Almarhum'} {name}",
            f"{name} (meninggal)",
            f"{name} (+)",
        )
    )


def child_of_dead(name: str, father: str, sex: str, dice: Random) -> str:
    """A name that says that the father is dead, not the person."""
    child = "BINTI" if sex == "P" else "BIN"
    father = father.rsplit(" ", 1)[0]
    return dice.choice(
        (
            f"{name} {child} ALM. {father}",
            f"{name} {child} (ALM) {father}",
            f"{name} {child.lower()} Alm {father}",
            f"{name} {child} {father} (ALM)",
            f"{name} {child} ALMARHUM {father}",
            f"{name} {child.title()} {father}, Alm.",
        )
    )


DITTO = ('"', "sda", "sda.", "idem", "s.d.a", "''", '-"-', "SDA", "Idem", "s d a", "″")
