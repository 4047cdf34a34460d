"""The meaning of headings, in the spellings that offices use."""

import pytest

from enrollment.sheets import meanings
from enrollment.sheets.headings import describe
from enrollment.sheets.lines import may_be_heading

SPELLINGS = {
    "nik": "NIK|N I K|N.I.K.|No. NIK|No KTP|Nomor KTP|No. KTP/NIK|NIK KTP|Nomor Induk Kependudukan|"
    "NOMOR INDUK\nKEPENDUDUKAN|NIK (16 digit)|No. Induk Kependudukan|NIK Pekerja|NIK Peserta|"
    "NIK PENERIMA MANFAAT|No. Identitas|nomor e-KTP|No. KTP-el|"
    "National ID|ID Number|nik*",
    "kk": "No KK|No. KK|Nomor KK|Nomor Kartu Keluarga|No. Kartu Keluarga (KK)|NKK|no_kk|KK",
    "name": "Nama|N A M A|Nama Lengkap|NAMA LENGKAP (sesuai KTP)|"
    "NAMA LENGKAP SESUAI KTP-EL|Nama Peserta|Nama Penduduk|"
    "Nama Pekerja|Nama Pekerja Rentan|Nama Calon Penerima|Nama sesuai KTP|Full Name|Name|nama",
    "mother_name": "Nama Ibu|Nama Ibu Kandung|Ibu Kandung|Ibu|nama_ibu|Nama Gadis Ibu Kandung|"
    "Mother's Name",
    "birth": "TTL|Tempat/Tgl Lahir|Tempat, Tgl Lahir|Tempat Tanggal Lahir|TEMPAT / TANGGAL LAHIR|"
    "Tempat dan Tanggal Lahir|Tmpt/Tgl Lhr",
    "birth_place": "Tempat Lahir|tempatlahir|Tmp. Lahir|Kota Lahir|Place of Birth",
    "birth_date": "Tanggal Lahir|Tgl Lahir|Tgl. Lhr|tanggallahir|Tanggal Lahir (dd-mm-yyyy)|"
    "Date of Birth",
    "sex": "JK|J K|L/P|Jenis Kelamin|Jenis Kelamin (L/P)|Kelamin|Sex|Gender|Jns Kelamin|LK/PR",
    "address": "Alamat|Alamat Lengkap|Jorong / Alamat|Alamat Domisili|Alamat Tempat Tinggal|"
    "Address",
    "hamlet": "Dusun|Nama Dusun|Jorong|Lingkungan|dusun|Dusun/Lingkungan",
    "rt": "RT|R.T.|No RT",
    "rw": "RW|R W",
    "rt_rw": "RT/RW|RT / RW|RT-RW",
    "occupation": "Pekerjaan|Profesi|Jenis Pekerjaan|Pekerjaan Utama|pekerjaan_id|Mata Pencaharian",
    "income": "Penghasilan|Penghasilan per Bulan (Rp)|Pendapatan|Upah/Bulan",
    "phone": "No HP|No. HP|No. Telp|WA|No. WA|No. HP/WA|Nomor Telepon|telepon|Nomor HP Aktif",
    "source": "Sumber|Sumber Data|Asal Data",
    "decile": "Desil|Desil Kesejahteraan|DESIL DTSEN",
    "status": "Status|Status Penduduk|status_dasar",
    "position": "Jabatan|Kedudukan",
    "term_start": "Mulai Menjabat|TMT|TMT Jabatan|Tgl Pengangkatan|Awal Masa Jabatan",
    "province": "Provinsi|Nama Provinsi",
    "regency": "Kabupaten|Kab/Kota|Kabupaten/Kota",
    "district": "Kecamatan|Kec.|Nama Kecamatan",
    "village": "Desa|Desa/Kel|Desa/Kelurahan|Kel/Desa|Kelurahan|Nagari|Nama Desa|Kelurahan/Desa",
}


def meaning(*lines):
    found = meanings.meaning(*lines)
    return found.field, found.guessed


OTHERS = (
    "NIK Ayah|NIK Ibu|ayah_nik|ibu_nik|NIK Ibu Kandung|No. KTP Suami|NIK Kepala Keluarga|"
    "NIK Ahli Waris|Nama Ayah|Ayah|Nama Suami/Istri|Nama Petugas|Nama Pendamping|Status Kawin|SHDK|"
    "Agama|Umur|Pendidikan|No. Peserta BPJS|kk_level|pendidikan_kk_id|"
    "No. Rekening|Nama Bank|Nama Kelompok Tani"
)


@pytest.mark.parametrize(
    ("field", "heading"),
    [(field, text) for field, texts in SPELLINGS.items() for text in texts.split("|")],
)
def test_a_heading_is_recognised_in_every_usual_spelling(field, heading):
    assert meaning(heading) == (field, False)


@pytest.mark.parametrize(
    "heading",
    OTHERS.split("|"),
)
def test_headings_about_somebody_else_or_other_things_have_no_meaning(heading):
    assert meaning(heading)[0] is None


def test_lines_of_a_merged_heading_are_read_together():
    assert meaning("TEMPAT / TANGGAL LAHIR", "TGL") == ("birth_date", False)
    assert meaning("TEMPAT / TANGGAL LAHIR", "TEMPAT") == ("birth_place", False)
    assert meaning("KELAHIRAN", "TEMPAT") == ("birth_place", False)
    assert meaning("ALAMAT", "RT") == ("rt", False)
    assert meaning("ALAMAT", "JALAN") == ("address", False)
    assert meaning("NOMOR INDUK", "KEPENDUDUKAN") == ("nik", False)
    assert meaning("DATA IBU KANDUNG", "NIK") == (None, False)
    assert meaning("DATA IBU KANDUNG", "NAMA") == ("mother_name", False)
    assert meaning("AHLI WARIS", "NAMA") == (None, False)


def test_a_sure_match_wins_over_a_guess_and_the_other_column_is_marked_as_rival():
    heading = describe(1, [["Nama Kepala Keluarga", "NIK", "Nama", "No KTP", "Zodiak"]])
    assert heading.fields == {"nik": 1, "name": 2}
    assert [column.rival for column in heading.columns] == ["name", None, None, "nik", None]
    assert heading.columns[4].heading == "Zodiak"


def test_a_guessed_column_is_marked_as_guessed():
    heading = describe(1, [["NIK", "Nama Kepala Keluarga"]])
    assert heading.complete
    assert [column.guessed for column in heading.columns] == [False, True]


def test_the_signature_depends_on_the_headings_and_not_on_the_rows_below():
    first = describe(1, [["NIK", "Nama", ""]], [["1", "A", ""]])
    same = describe(7, [[" nik ", "NAMA\n"]], [["2", "B"]])
    other = describe(1, [["Nama", "NIK"]])
    assert first.signature == same.signature != other.signature
    assert first.columns[1].samples == ("A",)


def test_the_users_match_replaces_the_automatic_one():
    heading = describe(1, [["No", "Identitas Usaha", "NIK", "Nama", "Zodiak"]])
    fixed = heading.correct({"nik": 1, "name": 3, "hamlet": 4})
    assert fixed.fields == {"number": 0, "nik": 1, "name": 3, "hamlet": 4}
    assert fixed.signature == heading.signature
    assert fixed.corrected


@pytest.mark.parametrize(
    "text",
    ["Nama lengkap seperti pada KTP.", "Isi NIK sesuai KTP atau KK.", "Nama jalan dan nomor."],
)
def test_a_whole_sentence_is_not_a_heading(text):
    assert meaning(text) == (None, False)
    assert meaning("Nama orang") == ("name", False)


def test_an_example_of_a_date_in_a_heading_is_no_nik():
    assert may_be_heading(["NIK", "Nama", "103. Lhr (contoh 17-08-1975)"])
