"""The values with which the letter of a decree is filled in: of a draft as it would be frozen now,
of a frozen list and an issued decree from what was frozen with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enrollment.coverage.rules import in_words, months_of
from enrollment.decrees.annex import AnnexHeader, signed_by
from enrollment.decrees.annexes.choices import SLOTS, Signing, Slots
from enrollment.decrees.annexes.layout import in_letters
from enrollment.decrees.annexes.sample import profile_of
from enrollment.decrees.columns import shown
from enrollment.decrees.header import annex_header, header_of, letter_words, without_marks
from enrollment.decrees.letters.rules import (
    Granted,
    bases_of,
    considerations,
    decisions,
    dictums,
    fund_in_words,
    lettered,
    listed,
    numbered,
)
from enrollment.decrees.rules import MARKS, Marking
from enrollment.formats import angka, rupiah, tanggal

if TYPE_CHECKING:
    from enrollment.decrees.annex import LetterWords
    from enrollment.decrees.models import Decree

TAGS = {
    "nomor": "Nomor keputusan, atau penandanya sebelum ditandatangani",
    "tanggal": "Tanggal keputusan, atau penandanya",
    "tentang": "Judul keputusan, tanpa kata “tentang”",
    "tempat": "Kota penetapan",
    "kepala_daerah": "Jabatan dan daerahnya",
    "jabatan_kepala_daerah": "Jabatannya saja",
    "pemerintah_daerah": "Pemerintah daerahnya",
    "daerah": "Kabupaten atau kotanya",
    "provinsi": "Provinsinya",
    "dinas": "Dinas yang melaksanakan",
    "sebutan_wilayah": "Sebutan wilayah pengusulnya",
    "sebutan_kepala": "Sebutan kepalanya",
    "menimbang": "Daftar pertimbangan: huruf, isi",
    "mengingat": "Daftar peraturan menurut tingkatannya: nomor, isi",
    "memperhatikan": "Daftar instruksi dan surat edaran: nomor, isi",
    "diktum": "Daftar diktum: ke, isi",
    "program": "Nama program",
    "tahun": "Tahun anggaran",
    "sumber_dana": "Sumber dananya",
    "perlindungan": "Jaminan yang dibayar",
    "masa": "Bulan-bulannya",
    "bulan": "Jumlah bulan",
    "bulan_terbilang": "Jumlah bulan dengan huruf",
    "iuran": "Iuran seorang sebulan; kosong bila berbeda-beda",
    "jumlah_orang": "Jumlah orang",
    "jumlah_orang_terbilang": "Jumlah orang dengan huruf",
    "jumlah_biaya": "Jumlah biaya",
    "jumlah_biaya_terbilang": "Jumlah biaya dengan huruf",
    "penandatangan": "Blok tanda tangan: jabatan (daftar), ttd, nama, bawah (daftar)",
}
"""Names that a template may use → what they are."""


def values_of(decree: Decree, signing: str) -> dict[str, Any]:
    """The values of a decree by the names of TAGS. `signing` (Signing): what stands in the place of
    number, date and signature while they are not known. Refusal where the regency has no
    profile."""
    kept = decree.header
    if decree.is_draft or not kept:
        kept = header_of(decree, MARKS[Marking.BLANK])
    signed = bool(decree.number and decree.date) and not decree.is_draft
    header = without_marks(annex_header(decree, kept, signed=signed))
    words = kept.get("letter") or letter_words(decree, profile_of(decree.regency_id))
    return values(
        header, words, people=decree.people, money=decree.total, slots=SLOTS[Signing(signing)]
    )


def values(
    header: AnnexHeader, words: LetterWords, *, people: int, money: int, slots: Slots
) -> dict[str, Any]:
    """The same from plain values: what the annex says of itself, and what only the letter says."""
    period = in_words(months_of(header.first_month, header.months))
    bases = bases_of(map(shown, header.legal_basis))
    granted = Granted(
        title=shown(header.title),
        maker=shown(header.maker),
        government=shown(f"Pemerintah {words['government']}"),
        villages=shown(header.village_word),
        programme=shown(header.programme),
        components=listed(words["components"]),
        people=f"{angka(people)} ({in_letters(people)})",
        months=f"{header.months} ({in_letters(header.months)})",
        period=period,
        premium=rupiah(header.premium) if header.premium else "",
        money=f"{rupiah(money)} ({in_letters(money)} rupiah)",
        fund=shown(fund_in_words(words)),
        year=words["year"],
        office=shown(words["office"]),
    )
    return {
        "nomor": shown(header.number) or slots.number,
        "tanggal": tanggal(header.day) if header.day else slots.day,
        "tentang": granted.title,
        "tempat": shown(header.city),
        "kepala_daerah": granted.maker,
        "jabatan_kepala_daerah": shown(header.head_title),
        "pemerintah_daerah": granted.government,
        "daerah": shown(words["government"]),
        "provinsi": shown(words["province"]),
        "dinas": granted.office,
        "sebutan_wilayah": granted.villages,
        "sebutan_kepala": shown(words["village_head"]),
        "menimbang": lettered(considerations(granted)),
        "mengingat": numbered(bases.regulations),
        "memperhatikan": numbered(bases.others),
        "diktum": dictums(decisions(granted)),
        "program": granted.programme,
        "tahun": str(granted.year),
        "sumber_dana": granted.fund,
        "perlindungan": granted.components,
        "masa": period,
        "bulan": str(header.months),
        "bulan_terbilang": in_letters(header.months),
        "iuran": granted.premium,
        "jumlah_orang": angka(people),
        "jumlah_orang_terbilang": in_letters(people),
        "jumlah_biaya": rupiah(money),
        "jumlah_biaya_terbilang": f"{in_letters(money)} rupiah",
        "penandatangan": {
            "jabatan": [shown(line) for line in header.signature_lines],
            "ttd": slots.signature,
            "nama": shown(signed_by(header.head_name)) or slots.name,
            "bawah": [
                shown(line)
                for line in (header.rank, f"NIP {header.nip}" if header.nip else "")
                if line
            ],
        },
    }
