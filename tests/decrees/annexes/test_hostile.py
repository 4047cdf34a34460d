"""Whatever somebody has typed stands in the annex as text and does nothing."""

import unicodedata
from dataclasses import replace

import pytest

from tests.decrees.annexes.pdfs import pages, pdf, squeezed
from tests.decrees.people import TRENGGALEK, row
from tests.selection import short

TYPED = [
    "=1+1",
    "#let x = 1",
    "#panic()",
    '#read("/etc/passwd")',
    "{{ 7*7 }}",
    "$ x^2 $",
    "] tutup [",
    "\\ \\u{41} \\n",
    "<label> @ref",
    "*tebal* _miring_ `kode`",
    "// komentar /* dan */",
    "= Judul",
    "- butir",
    "${nomor_naskah}",
    '"; "petik',
    "https://jahat.example",
    "%PDF-1.7 ) Tj ET",
    "~---...'",
]


class TestTyped:
    @pytest.mark.parametrize("words", short(TYPED, keep=6))
    def test_it_stands_as_it_was_typed(self, words):
        """In every column that people type, and around the table."""
        person = row(0, name=words, address=words, village=words, occupation=words, rw=words)
        header = replace(TRENGGALEK, title=words, programme=words, city=words, number=words)
        data = pdf([person], replace(header, head_name=words, rank=words))
        whole = squeezed("".join(pages(data)))
        assert whole.count(squeezed(words)) >= 8

    def test_a_word_without_an_end_stays_in_its_column(self):
        long = "PANJANG" * 21 + "XYZ"
        lines = pages(pdf([row(0, name=long, address=long)]))
        text = "\n".join(lines)
        assert squeezed(text).count("XYZ") == 2
        assert long not in text.replace("\u200b", "")  # it goes on in the next line

    @pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\x00"])
    def test_signs_without_a_shape_are_left_out(self, sign):
        assert unicodedata.category(sign) in ("Cf", "Cc")
        text = "".join(pages(pdf([row(0, name=f"SITI{sign}AMINAH")])))
        assert "SITIAMINAH" in squeezed(text)
        assert sign not in text

    @pytest.mark.parametrize("words", ["ЖДАНОВ", "Ḥasan Ẓāhir", "Nguyễn", "محمد"])
    def test_letters_of_other_alphabets_are_letters(self, words):
        text = "".join(pages(pdf([row(0, name=words)])))
        assert words in text and "\x00" not in text

    def test_letters_that_no_face_of_ours_has_do_no_harm(self):
        text = "".join(pages(pdf([row(0, address="张 😀")])))
        assert "PESERTA" in text and "张" not in text
