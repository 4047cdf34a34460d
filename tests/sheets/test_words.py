"""The words of a heading in one spelling, however they are written."""

import pytest

from enrollment.sheets.words import normalise, words_of


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("noKK", "no kk"),
        ("namaIbuKandung", "nama ibu kandung"),
        ("tempatlahir", "tempat lahir"),
        ("TEMPAT_LAHIR", "tempat lahir"),
        ("N I K", "nik"),
        ("3. Tgl. Lhr *", "tgl lahir"),
        ("(12) Jns Kelamin", "jenis kelamin"),
        ("P5. Nama", "nama"),
        ("[Pekerjaan (wajib diisi)]", "pekerjaan"),
        ("Rukun Tetangga", "rt"),
        ("No. WhatsApp", "no hp"),
        ("Date of Birth", "tgl of lahir"),
    ],
)
def test_a_heading_has_one_spelling(heading, words):
    assert normalise(heading) == words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("JENSI KELAMIN", "jenis kelamin"), ("Pekejraan", "pekerjaan"), ("Alamt", "alamat"),
     ("Nmaa", "nama"), ("Kartu Keluara", "kartu keluarga"), ("Pekkerja", "pekerja")],
)  # fmt: skip
def test_a_slip_of_the_fingers_is_seen_through(typed, meant):
    assert normalise(typed) == meant


@pytest.mark.parametrize("word", ["Zodiak", "Kucing", "Rumpun", "Panen"])
def test_a_word_that_resembles_no_known_one_stays(word):
    assert normalise(word) == word.casefold()


def test_of_several_words_that_a_misspelt_one_resembles_its_phrase_tells_which():
    assert words_of("Alamat Tenga").named == ("alamat", "tenga")  # tengah or tenaga?
    assert words_of("Kota Lahir Tenga Kerja").named == ("kota", "lahir", "tenaga")


def test_what_follows_the_name_of_a_column_is_told_apart():
    words = words_of("Nama Lengkap sesuai KTP (tanpa gelar)")
    assert (words.named, words.behind) == (("nama", "lengkap"), ("ktp",))
    assert words_of("Siapa nama Bapak/Ibu?").named == ("nama",)
    assert words_of("Nama Orang Tua (Ibu)").bracketed == ("ibu",)
