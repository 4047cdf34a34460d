"""The findings: everything that can be wrong with a person's data, each with a code.

The form, the import, the command line, the verifier's queue and the reports show the same
findings. Codes never change, as they are stored, counted and linked to; sentences may be reworded.

Sentences never contain a NIK or anything about another person, so that a finding may be shown,
stored and exported beside its row. They avoid the word for a village, which differs by regency
(desa, nagari, gampong ...).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from string import Formatter
from typing import TypedDict

from enrollment.fields.definitions import Field, Input, Need
from enrollment.fields.person import FIELDS


class Severity(StrEnum):
    """What a finding does to the row or person that has it."""

    ERROR = "error"  # the row is not saved and waits in the import to be corrected
    GAP = "gap"  # the person is saved, but cannot be proposed until it is filled
    WARNING = "warning"  # the person may be proposed; the verifier sees the warning
    REFUSAL = "refusal"  # a programme cannot accept this person, however good the data
    NOTICE = "notice"  # told to who proposes and decides; found anew each time, never stored
    GONE = "gone"  # approved, and since then dead, moved or found to be a mistake


@dataclass(frozen=True, slots=True)
class Code:
    """What all findings with the same code share.

    `field` is the cell to mark, `label` the short name beside a count, `sentence` an Indonesian
    `str.format` template that says what to do, `needs` the names of the values that it contains,
    without those that are `_OPTIONAL`.
    """

    severity: Severity
    field: str
    label: str
    sentence: str
    needs: frozenset[str]


_OPTIONAL = {"letter": "", "both": ""}
"""Values that a finding may lack, as those that were stored before: what stands there instead."""


def _codes(severity: Severity, table: dict[str, tuple[str, str, str]]) -> dict[str, Code]:
    def needs(sentence: str) -> frozenset[str]:
        names = (name for _, name, _, _ in Formatter().parse(sentence) if name)
        return frozenset(names) - _OPTIONAL.keys()

    return {
        code: Code(severity, field_, label, sentence, needs(sentence))
        for code, (field_, label, sentence) in table.items()
    }


_LOOK = "Cocokkan dengan KTP atau KK."
_DAMAGED = "angka ini rusak oleh Excel, ketik ulang sebagai teks"

_ERRORS = {
    "nik.missing": ("nik", "NIK kosong", "NIK belum diisi. Isi 16 angka seperti pada KTP atau KK."),
    "nik.format": (
        "nik",
        "NIK bukan 16 angka",
        "NIK harus tepat 16 angka tanpa huruf; di sini terbaca {digits} angka{letter}. " + _LOOK,
    ),
    "nik.excel_damaged": ("nik", "NIK rusak oleh Excel", f"NIK: {_DAMAGED}. {_LOOK}"),
    "nik.date": (
        "nik",
        "Tanggal di dalam NIK mustahil",
        "Tanggal lahir di dalam NIK (angka ke-7 sampai ke-12) tidak ada di kalender. " + _LOOK,
    ),
    "nik.serial": (
        "nik",
        "NIK berakhir 0000",
        "Empat angka terakhir NIK tidak mungkin 0000. " + _LOOK,
    ),
    "nik.placeholder": (
        "nik",
        "NIK asal isi",
        "Ini bukan NIK yang sebenarnya. Isi NIK dari KTP atau KK.",
    ),
    "name.missing": ("name", "Nama kosong", "Nama belum diisi. Tulis nama seperti pada KTP."),
    "birth_date.invalid": (
        "birth_date",
        "Tanggal lahir salah",
        "Tanggal lahir tidak terbaca atau tidak mungkin. Tulis hari-bulan-tahun, "
        "misalnya 17-08-1975.",
    ),
    "village.unknown": (
        "village",
        "Wilayah tidak ditemukan",
        "Nama wilayah ini tidak ada di kabupaten. Perbaiki ejaannya.",
    ),
    "village.ambiguous": (
        "village",
        "Nama wilayah ganda",
        "Ada lebih dari satu wilayah dengan nama ini. Isi juga nama kecamatannya.",
    ),
    "duplicate.in_file": (
        "nik",
        "NIK berulang di berkas",
        "NIK ini sudah ada di lembar {sheet} baris {row}. Bila orangnya sama, biarkan: baris ini "
        "tidak disimpan. Bila orangnya lain, perbaiki NIK-nya.",
    ),
    "duplicate.elsewhere": (
        "nik",
        "Terdaftar di tempat lain",
        "Orang ini sudah terdaftar, diteruskan ke Dinas: akan diperiksa Dinas. Tidak ada yang "
        "perlu Anda perbaiki; tunggu keputusannya.",
    ),
    "person.ended": (
        "status",
        "Meninggal atau pindah",
        "Menurut daftar ini orangnya sudah meninggal atau pindah, jadi tidak diambil. "
        "Bila keliru, perbaiki kolom Status.",
    ),
}


def _gap(field_: Field) -> tuple[str, str, str]:
    what = field_.label
    return (
        field_.name,
        f"{what} kosong",
        f"{what} belum diisi. Lengkapi sebelum orang ini diusulkan.",
    )


_GAPS = {f"{field.name}.missing": _gap(field) for field in FIELDS if field.need is Need.LATER}

_KEPT = "Disimpan seperti tertulis"


def _unread(field_: Field, ask: Input) -> tuple[str, str, str]:
    label = f"{ask.label or field_.label} tidak terbaca"
    return field_.name, label, f"{label} atau tidak mungkin, jadi tidak disimpan. {ask.unreadable}"


UNREAD = {
    f"{field.name}.unread": _unread(field, field.input)
    for field in FIELDS
    if field.input and field.input.unreadable
}
"""Optional values that would be lost without a word, because they are not stored as text."""

_WARNINGS = {
    "row.struck": (
        "name",
        "Baris dicoret",
        "Baris ini dicoret di berkas. Bila orangnya memang tidak jadi didaftarkan, buang barisnya; "
        "bila tidak, biarkan.",
    ),
    "village.differs": (
        "village",
        "Daftar menyebut wilayah lain",
        "Judul, nama lembar, atau kop daftar ini menyebut wilayah yang lain. Yang dipakai ialah "
        "yang paling dekat dengan baris ini. Periksa, lalu perbaiki bila keliru.",
    ),
    "nik.region_unknown": (
        "nik",
        "Kode wilayah NIK tidak dikenal",
        "Enam angka pertama NIK bukan kode kecamatan yang sekarang berlaku; bisa jadi kode lama. "
        + _LOOK,
    ),
    "nik.birth_date_mismatch": (
        "birth_date",
        "Tanggal lahir beda dengan NIK",
        "Tanggal lahir tidak sama dengan yang ada di dalam NIK{both}. Cocokkan dengan KTP; "
        "bila di KTP memang begitu, biarkan.",
    ),
    "nik.sex_mismatch": (
        "sex",
        "Jenis kelamin beda dengan NIK",
        "Jenis kelamin tidak sama dengan yang ada di dalam NIK{both}. Cocokkan dengan KTP; "
        "bila di KTP memang begitu, biarkan.",
    ),
    "duplicate.similar": (
        "name",
        "Mirip orang lain",
        "Ada NIK lain dengan nama dan tanggal lahir yang sama. Pastikan bukan orang yang sama.",
    ),
    "kk.format": (
        "kk",
        "Nomor KK bukan 16 angka",
        f"Nomor KK seharusnya 16 angka. {_KEPT}; cocokkan dengan KK.",
    ),
    "kk.excel_damaged": (
        "kk",
        "Nomor KK rusak oleh Excel",
        f"Nomor KK: {_DAMAGED}. {_KEPT}; cocokkan dengan KK.",
    ),
    "kk.renewal": (
        "kk",
        "KK perlu diperbarui",
        "Orang ini pindah ke sini menurut keputusan data ganda, jadi KK-nya harus yang baru. Minta "
        "KK terbaru, cocokkan nomornya, lalu simpan.",
    ),
    "phone.format": (
        "phone",
        "Nomor HP tidak lazim",
        f"Nomor HP tidak lazim. {_KEPT}; tulis seperti 081234567890.",
    ),
    "rt.unread": (
        "rt",
        "RT/RW tidak terbaca",
        f"RT atau RW tidak terbaca. {_KEPT}; tulis angkanya, misalnya 003. Bila tampak sebagai "
        "tanggal, Excel yang mengubahnya: 3-Mei tadinya mungkin 3/5, yaitu RT 003 RW 005.",
    ),
    "status.unclear": (
        "status",
        "Keterangan perlu dibaca",
        "Di namanya atau di keterangannya ada kata atau kode yang mungkin berarti meninggal, "
        "pindah, hilang atau dikeluarkan, tetapi tidak jelas maksudnya atau siapa orangnya. Bila "
        "orang ini sendiri, jangan diusulkan.",
    ),
    "occupation.unmapped": (
        "occupation",
        "Pekerjaan di luar daftar",
        f"Pekerjaan ini belum ada di daftar pekerjaan. {_KEPT}; pilih yang paling sesuai.",
    ),
    "sex.unknown": (
        "sex",
        "Jenis kelamin tidak terbaca",
        f"Jenis kelamin tidak terbaca. {_KEPT}; tulis L atau P.",
    ),
    **UNREAD,
    "term_end.early": (
        "term_end",
        "Akhir jabatan sebelum mulainya",
        f"Akhir menjabat lebih awal daripada mulai menjabat. {_KEPT}; periksa kedua tanggalnya.",
    ),
    "work.ill_unread": (
        "workplace",
        "Jawaban sakit berat tidak dipahami",
        "Jawaban di daftar tentang sakit berat tidak dipahami, jadi tidak disimpan. Jawab Ya atau "
        "Tidak pada isian orangnya, bagian Kesehatan; boleh juga tidak dijawab.",
    ),
}

_REFUSALS = {
    "age.over_limit": (
        "birth_date",
        "Melewati batas umur",
        "Pada hari pertama perlindungan umurnya {age} tahun; program ini untuk yang belum "
        "berumur {limit} tahun. Pilih orang lain.",
    ),
    "age.under_minimum": (
        "birth_date",
        "Belum cukup umur",
        "Pada hari pertama perlindungan umurnya {age} tahun; program ini mulai umur {limit} tahun. "
        "Pilih orang lain.",
    ),
    "worker.ended": (
        "status",
        "Sudah berakhir",
        "Sudah dicatat meninggal, pindah, atau salah data. Pilih orang lain.",
    ),
    "worker.moved": (
        "village",
        "Tercatat di wilayah lain",
        "Menurut keputusan data ganda sekarang tercatat di wilayah lain, jadi wilayah itu yang "
        "mengusulkannya. Pilih orang lain.",
    ),
    "membership.active": (
        "nik",
        "Sudah peserta aktif",
        "Sudah menjadi peserta aktif BPJS Ketenagakerjaan, jadi tidak dapat diusulkan. "
        "Pilih orang lain.",
    ),
    "coverage.double": (
        "nik",
        "Iuran sudah dibayar",
        "Iurannya untuk {months} sudah dibayar program lain. Pilih orang lain.",
    ),
    "occupation.not_covered": (
        "occupation",
        "Pekerjaan di luar sasaran",
        "Program ini hanya untuk {allowed}. Pilih orang lain, atau perbaiki pekerjaannya.",
    ),
    "registry.required": (
        "source",
        "Tidak ada di data acuan",
        "Program ini mensyaratkan tercatat di {registry}. Isi sumber datanya bila memang tercatat.",
    ),
    "jht.required": (
        "occupation",
        "Wajib ikut JHT",
        "Pemberi kerja wajib ikut Jaminan Hari Tua juga (Permenaker 5/2021), sedangkan program ini "
        "tidak membayarnya. Pilih orang lain, atau perbaiki pekerjaannya bila tidak mempekerjakan "
        "orang.",
    ),
    "family.limit": (
        "kk",
        "Satu KK sudah penuh",
        "Dari KK ini sudah ada {people} orang di program ini; paling banyak {limit} orang satu "
        "KK. Pilih orang dari KK lain, atau keluarkan salah satu lebih dahulu.",
    ),
    "consent.missing": (
        "consent",
        "Persetujuan belum ada",
        "Persetujuan pemakaian data belum dicatat. Minta persetujuannya, lalu catat.",
    ),
    "statement.missing": (
        "workplace",
        "Pernyataan wajib ada",
        "Kepesertaannya baru, dan program ini mewajibkan pernyataan masih bekerja. Yang belum ada: "
        "{missing}. Isi di bagian Masih bekerja.",
    ),
    "reverification.missing": (
        "village",
        "Belum diverifikasi ulang",
        "Kepesertaannya lanjut, dan program ini hanya meneruskannya bila penerima di wilayahnya "
        "diverifikasi ulang sejak {since}. Kepala wilayahnya mencatat berita acaranya di "
        "Verifikasi ulang, di halaman program.",
    ),
    "data.incomplete": (
        "name",
        "Data belum lengkap",
        "Data belum lengkap: {missing}. Lengkapi sebelum diusulkan.",
    ),
}

_NOTICES = {
    "proposal.elsewhere": (
        "nik",
        "Juga di program lain",
        "Juga diusulkan di program {programmes}, dan di sana belum diputuskan. Satu bulan hanya "
        "dibayar satu program: pastikan program mana yang dipakai.",
    ),
    "left.elsewhere": (
        "nik",
        "Pernah keluar dari program",
        "Tercatat keluar dari {programmes}. Pastikan keadaannya sekarang sesuai syarat program "
        "ini.",
    ),
    "age.no_return": (
        "birth_date",
        "Jangan sampai terputus",
        "Umurnya {age} tahun pada hari pertama perlindungan. Karena kepesertaannya berlanjut, ia "
        "boleh diteruskan; bila terputus, ia tidak dapat mendaftar lagi untuk selamanya.",
    ),
    "arrears.unpaid": (
        "nik",
        "Ada bulan yang belum dibayar",
        "Iuran {months} belum dibayar: {amount}. Bulan itu harus dibayar juga supaya "
        "kepesertaannya tetap berlanjut.",
    ),
    "statement.incomplete": (
        "workplace",
        "Pernyataan belum lengkap",
        "Kepesertaannya baru, dan yang belum dinyatakan tentang pekerjaannya: {missing}. Bila BPJS "
        "memeriksa klaim, pernyataan bertanggal menjadi bukti keluarganya: isi di bagian Masih "
        "bekerja.",
    ),
    "work.too_ill": (
        "workplace",
        "Tanyakan: sakit berat",
        "Menurut pengusulnya, orang ini sedang sakit berat sehingga tidak bekerja. Ini bukan "
        "pemeriksaan kesehatan dan bukan alasan menolak: tanyakan dahulu keadaannya kepada "
        "pengusul. Hanya verifikator yang melihat catatan ini; jangan diteruskan.",
    ),
    "position.doubled": (
        "position",
        "Jabatan dipegang dua orang",
        "Orang lain tercatat memegang jabatan yang sama pada waktu yang sama. Pastikan siapa yang "
        "sekarang menjabat, lalu perbaiki jabatan atau masa jabatannya.",
    ),
    "position.ends": (
        "term_end",
        "Masa jabatan berakhir",
        "Masa jabatannya berakhir {on}, {when}. Pastikan ia masih bekerja sesudah itu, atau siapa "
        "penggantinya.",
    ),
    "kind.changed": (
        "nik",
        "Baru atau lanjut berubah",
        "Sewaktu diperiksa terakhir ia tercatat {before}, sekarang {now}. Periksa bulan-bulan yang "
        "sudah dibayar untuknya.",
    ),
}

_GONE = {
    "approval.withdraw": (
        "status",
        "Persetujuan perlu dicabut",
        "Sudah disetujui, tetapi {what}. Tempat dan dananya masih terpakai: penyetuju Dinas "
        "mencabut persetujuannya, yaitu mengembalikan atau menolak dengan alasan.",
    ),
    "approval.drafted": (
        "status",
        "Berakhir, masih di rancangan keputusan",
        "Sudah disetujui, tetapi {what}. Namanya masih di rancangan keputusan: admin kabupaten "
        "menyegarkan daftarnya atau membuang rancangannya, lalu penyetuju mencabut persetujuannya.",
    ),
    "approval.frozen": (
        "status",
        "Berakhir, di daftar yang dibekukan",
        "Sudah disetujui, tetapi {what}. Namanya ada di daftar keputusan yang dibekukan untuk "
        "ditandatangani: sesudah keputusannya terbit, catat bahwa orang ini keluar; atau admin "
        "kabupaten membuka lagi daftarnya.",
    ),
    "approval.decreed": (
        "status",
        "Berakhir, sudah di keputusan",
        "Sudah disetujui, tetapi {what}. Tercantum dalam Keputusan Nomor {number}: buka usulannya, "
        "lalu catat bahwa orang ini keluar, supaya tempat dan dananya bebas.",
    ),
}

CODES: dict[str, Code] = {
    **_codes(Severity.ERROR, _ERRORS),
    **_codes(Severity.GAP, _GAPS),
    **_codes(Severity.WARNING, _WARNINGS),
    **_codes(Severity.REFUSAL, _REFUSALS),
    **_codes(Severity.NOTICE, _NOTICES),
    **_codes(Severity.GONE, _GONE),
}
"""All codes, in the order in which reports list them."""


class PlainFinding(TypedDict):
    """A finding in plain JSON types, as the command line prints it."""

    code: str
    field: str
    severity: str
    message: str


ON_SCREEN_ONLY = frozenset({"work.too_ill"})
"""Data about health, read by the verifier alone."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with one cell; `values` are inserted into the code's sentence."""

    code: str
    field: str
    values: dict[str, object] = dataclasses.field(default_factory=dict, hash=False)

    @property
    def severity(self) -> Severity:
        return CODES[self.code].severity

    @property
    def label(self) -> str:
        return CODES[self.code].label

    @property
    def on_screen_only(self) -> bool:
        """Whether it may not be on paper: a print is passed on."""
        return self.code in ON_SCREEN_ONLY

    @property
    def message(self) -> str:
        """The Indonesian sentence for the person who must act on it."""
        return CODES[self.code].sentence.format_map(_OPTIONAL | self.values)

    def as_dict(self) -> PlainFinding:
        return {
            "code": self.code,
            "field": self.field,
            "severity": self.severity.value,
            "message": self.message,
        }


@cache
def _plain(code: str) -> Finding:
    return Finding(code, CODES[code].field)


def finding(code: str, **values: object) -> Finding:
    """The finding with this code, on the code's field.

    Raises KeyError for an unknown code, and TypeError unless `values` are exactly those that the
    sentence needs: so a mistake is found by a test, before a user sees an incomplete sentence.
    """
    needs = CODES[code].needs
    if values.keys() - _OPTIONAL.keys() != needs:
        raise TypeError(f"{code} needs the values {sorted(needs)}, not {sorted(values)}")
    # A list of 157,058 people has a million gaps, so findings without values share one object.
    return Finding(code, CODES[code].field, values) if values else _plain(code)
