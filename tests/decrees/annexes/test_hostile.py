"""Whatever somebody has typed stands in the annex as text and does nothing."""

import io
import unicodedata
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from enrollment.decrees.annexes import document
from enrollment.decrees.annexes.layout import Layout
from enrollment.decrees.arrangement.rules import DEFAULT, Arrangement
from tests.decrees import opened
from tests.decrees.annexes.pdfs import pages, pdf, squeezed
from tests.decrees.letters.words import text
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


def hostile(words, look):
    """A person and a header with these words wherever somebody types."""
    person = row(0, name=words, address=words, village=words, occupation=words, rw=words)
    header = replace(TRENGGALEK, title=words, programme=words, city=words, number=words,
                     head_name=words, rank=words, arrangement=look)  # fmt: skip
    return person, header


LOOKS = {"usual": Arrangement(), "chosen": Arrangement(columns=DEFAULT, headline="=1+1")}


@pytest.mark.parametrize("look", LOOKS)
class TestOtherForms:
    """The workbook and the Word file, with the portal's columns and with a regency's own."""

    @pytest.mark.parametrize(
        "words", short([*TYPED, "@SUM(A1)", "+1", "-1", "PANJANG" * 21], keep=6)
    )
    def test_a_workbook_has_text_and_no_formula(self, words, look):
        person, header = hostile(words, LOOKS[look])
        data = opened.annex([person], header)
        cells = [cell for line in load_workbook(io.BytesIO(data)).active for cell in line]
        assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
        assert (
            squeezed("".join(str(cell.value or "") for cell in cells)).count(squeezed(words)) >= 8
        )
        assert b"<f>" not in sheet_xml(data) and b"externalLink" not in data
        for cell in cells:
            if str(cell.value).startswith(("=", "+", "-", "@")):
                assert cell.quotePrefix

    @pytest.mark.parametrize("words", short([*TYPED, "PANJANG" * 21], keep=6))
    def test_a_word_file_has_text_and_no_field(self, words, look):
        person, header = hostile(words, LOOKS[look])
        data = document.word_file(Layout(header), [person])
        assert squeezed(text(data)).count(squeezed(words)) >= 8
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = archive.read("word/document.xml")
        assert b"instrText" not in body and b"fldSimple" not in body

    @pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200f", "\ufeff", "\x00", "\uffff"])
    def test_signs_without_a_shape_are_left_out(self, sign, look):
        """They could turn the direction of what follows, so that it reads as another name."""
        person, header = hostile(f"SITI{sign}AMINAH", LOOKS[look])
        for data, name in (
            (opened.annex([person], header), "xl/worksheets/sheet1.xml"),
            (document.word_file(Layout(header), [person]), "word/document.xml"),
        ):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                whole = archive.read(name) + archive.read("docProps/core.xml")
            written = whole.decode()
            assert "SITIAMINAH" in written
            assert sign not in written and f"&#{ord(sign)};" not in written


def sheet_xml(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")
