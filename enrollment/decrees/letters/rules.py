"""What the letter of a decree says, in which order: plain values, no database and no clock.

The parts of a decree and their order: Law 12/2011, annex II, numbers 17 to 53, and Permendagri
80/2015. Only regulations stand under "Mengingat", the highest first (Law 12/2011, article 7);
instructions, decrees and circulars stand under "Memperhatikan".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from enrollment.decrees.annex import LetterWords

_RANKS = (
    r"undang-undang dasar|uud\b",
    r"ketetapan (?:mpr|majelis)|tap mpr",
    r"undang-undang|uu\b|perppu|perpu\b|peraturan pemerintah pengganti",
    r"peraturan pemerintah|pp\b",
    r"peraturan presiden|perpres",
    r"peraturan (?:menteri|badan|bpjs|kepala|direksi|komisi|mahkamah)|permen|pmk\b",
    r"(?:peraturan daerah|perda) provinsi",
    r"peraturan gubernur|pergub",
    r"peraturan daerah|perda\b|qanun",
    r"peraturan (?:bupati|wali ?kota)|per(?:bup|bub|wali|wal)\b",
    r"peraturan (?:desa|nagari|kepala desa|wali nagari)|perdes|pernag",
    r"peraturan",
)
"""How a regulation begins, by rank."""
_KINDS = tuple(re.compile(words, re.IGNORECASE) for words in _RANKS)
_YEAR = re.compile(r"\btahun\s+(\d{4})|/(\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+)")
NOT_A_REGULATION = len(_KINDS)
ORDINALS = (
    "KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN",
    "KESEMBILAN", "KESEPULUH",
)  # fmt: skip


class Bases(NamedTuple):
    """What a decree rests on (Mengingat), and what it has regard to (Memperhatikan)."""

    regulations: list[str]
    others: list[str]


def rank(line: str) -> int:
    """The rank of a regulation as it is cited, 0 the highest; NOT_A_REGULATION for other lines."""
    words = line.strip()
    return next((index for index, kind in enumerate(_KINDS) if kind.match(words)), NOT_A_REGULATION)


def bases_of(lines: Iterable[str]) -> Bases:
    """The lines of a legal basis as a decree cites them: by rank, of one rank the oldest first.

    Where no line is a regulation all of them stand under Mengingat, which no decree lacks.
    """
    ordered = sorted(map(closed, lines), key=lambda line: (rank(line), *_age(line)))
    regulations = [line for line in ordered if rank(line) < NOT_A_REGULATION]
    if not regulations:
        return Bases(ordered, [])
    return Bases(regulations, ordered[len(regulations) :])


def _age(line: str) -> tuple[int, int]:
    year, number = _YEAR.search(line), _NUMBER.search(line)
    when = int(year[1] or year[2]) if year else 9999
    return when, int(number[1][:9]) if number else 0


def closed(line: str) -> str:
    """A line of a list as it ends in a decree, with a semicolon."""
    return f"{line.strip().rstrip(';.,')};"


def lettered(lines: Sequence[str]) -> list[dict[str, str]]:
    """`a.`, `b.` … before each line, as template data."""
    return [
        {"huruf": f"{ascii_lowercase[index % 26]}.", "isi": line}
        for index, line in enumerate(lines)
    ]


def numbered(lines: Sequence[str]) -> list[dict[str, str]]:
    """`1.`, `2.` … before each line, as template data; a single line has no number."""
    if len(lines) == 1:
        return [{"nomor": "", "isi": lines[0]}]
    return [{"nomor": f"{index}.", "isi": line} for index, line in enumerate(lines, 1)]


def dictums(lines: Sequence[str]) -> list[dict[str, str]]:
    """`KESATU`, `KEDUA` … before each line, as template data."""
    return [{"ke": ORDINALS[index], "isi": line} for index, line in enumerate(lines)]


def listed(words: Sequence[str]) -> str:
    """`JKK dan JKM`; `JKK, JKM, dan JHT`."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


FUNDS = {
    "apbd": "Anggaran Pendapatan dan Belanja Daerah {government}",
    "provinsi": "Anggaran Pendapatan dan Belanja Daerah Provinsi {province}",
    "dbhcht": "Dana Bagi Hasil Cukai Hasil Tembakau {government}",
    "dbhsawit": "Dana Bagi Hasil Perkebunan Sawit {government}",
}
"""Key of a fund → how a decree writes it out."""


def fund_in_words(words: LetterWords) -> str:
    """The fund as a decree names it; one that the platform has added, by its own name."""
    named = FUNDS.get(words["fund_key"])
    if named is None:
        return words["fund"]
    return named.format(government=words["government"], province=words["province"]).strip()


class Granted(NamedTuple):
    """What a decree grants, in words."""

    title: str
    maker: str
    """`Bupati Trenggalek`"""
    government: str
    """`Pemerintah Kabupaten Trenggalek`"""
    villages: str
    """`desa/kelurahan`, `nagari`"""
    programme: str
    components: str
    people: str
    """`1.234 (seribu dua ratus tiga puluh empat)`"""
    months: str
    """`9 (sembilan)`"""
    period: str
    """`April–Desember 2026`"""
    premium: str
    """`Rp16.800`, empty where it differs between people or months"""
    money: str
    """`Rp1.512.000 (satu juta lima ratus dua belas ribu rupiah)`"""
    fund: str
    year: int
    office: str


def considerations(granted: Granted) -> list[str]:
    """Menimbang: why the decree is made, each beginning with "bahwa" and ending in a semicolon."""
    head = granted.maker.split()[0]
    return [
        "bahwa untuk melindungi pekerja rentan beserta keluarganya dari risiko sosial ekonomi "
        f"akibat kecelakaan kerja dan kematian, {granted.government} memberikan bantuan iuran "
        f"{granted.components};",
        "bahwa orang-orang yang namanya tercantum dalam Lampiran Keputusan ini telah diusulkan "
        f"dari {granted.villages}, diverifikasi, dan disetujui sehingga memenuhi syarat sebagai "
        "penerima bantuan iuran;",
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu "
        f"menetapkan Keputusan {_of(head, granted.maker)} tentang {granted.title};",
    ]


def _of(head: str, maker: str) -> str:
    """`Bupati`, `Wali Kota`, `Wali Nagari`: the office without its place."""
    return " ".join(maker.split()[:2]) if head.lower() in ("wali", "kepala") else head


def decisions(granted: Granted) -> list[str]:
    """Diktum KESATU and following."""
    price = f", sebesar {granted.premium} seorang setiap bulan" if granted.premium else ""
    return [
        f"Menetapkan {granted.people} orang penerima bantuan iuran jaminan sosial "
        f"ketenagakerjaan program {granted.programme} sebagaimana tercantum dalam Lampiran yang "
        "merupakan bagian tidak terpisahkan dari Keputusan ini.",
        "Bantuan iuran sebagaimana dimaksud dalam Diktum KESATU meliputi "
        f"{granted.components} selama {granted.months} bulan, {granted.period}{price}.",
        "Biaya yang timbul akibat ditetapkannya Keputusan ini, seluruhnya sebesar "
        f"{granted.money}, dibebankan pada {granted.fund} Tahun Anggaran {granted.year}.",
        f"{granted.office} mendaftarkan penerima bantuan iuran kepada BPJS Ketenagakerjaan, "
        "membayarkan iurannya, serta memantau dan melaporkan pelaksanaannya.",
        "Penerima bantuan iuran yang meninggal dunia, pindah, atau tidak lagi memenuhi syarat "
        "dapat diganti dengan perubahan atas Lampiran Keputusan ini.",
        "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
    ]
