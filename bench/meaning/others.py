"""Columns about something or somebody else, none of which is a field of the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from bench.meaning.people import HAMLETS, OCCUPATIONS, PLACES, Somebody
from enrollment.workbooks.opening import Cell

Value = Callable[[Somebody, Random], Cell]

LATEST = date(2026, 10, 1)
BUSINESSES = ["MAKMUR", "BERKAH", "TANI MULYO", "SUMBER REJEKI"]
RELATIVE = (
    "{Ayah|Bapak|Suami|Istri|Pasangan|Suami/Istri|Ahli Waris|Orang Tua|Wali|Kepala Keluarga"
    "|Saudara}"
)
OFFICER = "{Petugas|Pendata|Verifikator|Pendamping|Kader Pendata|Ketua RT|Operator|Saksi}"


def nik(one: Somebody, dice: Random) -> str:
    """A lawful NIK of somebody who is not on the list; the crowd has serials up to 8999."""
    born = f"{dice.randint(1, 28):02}{dice.randint(1, 12):02}{dice.randint(50, 99)}"
    return f"{one.nik[:6]}{born}{dice.randint(9000, 9999)}"


def name(one: Somebody, dice: Random) -> str:
    return f"{dice.choice(('KARSO', 'SRI', 'DARMI', 'JOYO', 'MURNI'))} {one.father.split()[0]}"


def _civil_servant(one: Somebody, dice: Random) -> str:
    return f"{one.birth_date:%Y%m%d}199003{dice.choice('12')}001"


def _tax_number(one: Somebody, dice: Random) -> str:
    """Since 2024 the NIK is also the tax number."""
    return dice.choice((one.nik, "12.345.678.9-612.000"))


def _recent(one: Somebody, dice: Random) -> str:
    return f"{LATEST - timedelta(days=dice.randrange(600)):%d-%m-%Y}"


def _birthday(one: Somebody, dice: Random) -> str:
    return f"{dice.randint(1, 28):02}-{dice.randint(1, 12):02}-{dice.randint(1950, 1999)}"


def _phone(one: Somebody, dice: Random) -> str:
    return f"08{dice.randint(10**9, 10**10 - 1)}"


def _address(one: Somebody, dice: Random) -> str:
    return f"PASAR {dice.choice(PLACES).upper()} BLOK {dice.choice('ABC')}"


def business(one: Somebody, dice: Random) -> str:
    return f"{dice.choice(BUSINESSES)} {dice.choice('IVX')}"


def _email(one: Somebody, dice: Random) -> str:
    return f"{one.name.split()[0].lower()}{dice.randint(1, 99)}@contoh.id"


def _age(one: Somebody, dice: Random) -> float:
    return float(LATEST.year - one.birth_date.year)


def _digits(least: int, most: int) -> Value:
    return lambda one, dice: "".join(dice.choices("123456789", k=dice.randint(least, most)))


def _number(least: int, most: int) -> Value:
    return lambda one, dice: float(dice.randint(least, most))


def _of(texts: str) -> Value:
    return lambda one, dice: dice.choice(texts.split("|"))


COLUMNS: tuple[tuple[str, Value], ...] = (
    ("{Nomor|No.} Rekening|No. Rek.|Rekening Bank|Nomor Rekening Bank BRI", _digits(10, 15)),
    ("NPWP|No. NPWP|Nomor Pokok Wajib Pajak", _tax_number),
    ("No. BPJS|No BPJS Kesehatan|Nomor JKN|No. Kartu KIS|Nomor Kartu BPJS", _digits(13, 13)),
    ("NIP|NIP/NRP|NIPPPK", _civil_servant),
    ("Kode Pos|Kodepos", _digits(5, 5)),
    ("Tanggal {Input|Entri|Daftar|Verifikasi|Pendataan|Cetak KK|Terbit KTP|Survei}", _recent),
    ("{Tanggal|Tgl.} {Kawin|Nikah|Masuk}|Tgl {Input|Daftar}", _recent),
    (f"Nama {RELATIVE}|Nm. {RELATIVE}", name),
    (f"Nama {OFFICER}|Nama {OFFICER} Lapangan", name),
    (f"NIK {RELATIVE}|No. KTP {RELATIVE}|NIK {{Ibu|Ibu Kandung}}", nik),
    (f"NIK {OFFICER}", nik),
    ("{Tanggal|Tgl} Lahir {Ayah|Ibu|Suami|Istri|Pasangan|Ahli Waris|Anak}", _birthday),
    ("Pekerjaan {Ayah|Ibu|Suami|Istri|Pasangan}", lambda one, dice: dice.choice(OCCUPATIONS)),
    ("No. HP {Petugas|Ahli Waris|Pendata|Suami|Ketua Kelompok}", _phone),
    ("Telp. {Kantor|Desa|Keluarga Terdekat}", _phone),
    ("Alamat {Usaha|Kantor|Tempat Kerja|Ahli Waris|Lahan|Toko|Orang Tua}", _address),
    ("Lokasi {Usaha|Lahan|Kerja}", _address),
    ("Luas Lahan|Luas Lahan (m2)|Luas Sawah (Ha)|Luas Garapan", _number(100, 9000)),
    ("Nama {Kelompok|Kelompok Tani|Poktan|Gapoktan|KUB|Lembaga|Koperasi}", business),
    ("Nama {Usaha|Toko|Perusahaan|Bank|Kapal|Pasar}", business),
    ("ID DTKS|IDBDT|ID Keluarga P3KE|ID DTSEN|Kode Unik", _digits(8, 15)),
    ("No. Peserta|Nomor Kepesertaan|KPJ|No. KPJ|Nomor Anggota|No. Registrasi", _digits(8, 11)),
    (
        "Status {Kawin|Perkawinan|Pernikahan|Nikah|Kawin (K/BK/CM/CH)}",
        _of("KAWIN|BELUM KAWIN|CERAI MATI|CERAI HIDUP|K|BK|CM|Janda|Duda"),
    ),
    ("Agama|Kepercayaan", _of("ISLAM|KRISTEN|KATHOLIK|HINDU")),
    (
        "Pendidikan|Pendidikan Terakhir|Ijazah|Pend. Akhir",
        _of("SD|SLTP|SLTA/SEDERAJAT|TIDAK SEKOLAH|S1"),
    ),
    ("Gol. Darah|Golongan Darah|Gol Drh", _of("A|B|AB|O|-")),
    (
        "Hubungan Keluarga|SHDK|Hub. Kel.|Status Hubungan dalam Keluarga|Hub. dgn KK",
        _of("KEPALA KELUARGA|ISTRI|ANAK|ORANG TUA"),
    ),
    ("Umur|Usia|Umur (Th)|Usia (tahun)", _age),
    ("Kewarganegaraan|WN", _of("WNI")),
    ("Suku|Suku Bangsa", _of("JAWA|MADURA|MELAYU")),
    ("Jumlah {Anak|Tanggungan|Anggota Keluarga}|Jml. Anak", _number(0, 5)),
    ("Email|Alamat Email|E-mail", _email),
    ("Tahun Masuk|Tahun Anggaran|Tahun Daftar", _number(2019, 2025)),
    ("Iuran|Premi|Besar Iuran (Rp)|Nilai Iuran", _number(16800, 16800)),
    ("Tempat Lahir {Ayah|Ibu|Suami|Istri}", lambda one, dice: dice.choice(PLACES)),
    ("Dusun {Lokasi Usaha|Lahan}", lambda one, dice: dice.choice(HAMLETS)),
    ("Tanda Tangan|TTD|Paraf|Foto KTP|Foto", _of("")),
)
"""Headings in the notation of `notation.expand`, and what stands below them."""
