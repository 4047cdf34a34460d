"""What a reader sees of a piece of a page, as text of a workbook."""

import pytest

from enrollment.workbooks.listed import number_of, text_of


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("SITI &lt;A&gt;", "SITI <A>"),
        ('<a href="/x">SITI</a>', "SITI"),
        ('SITI<br><span class="soft">RT 003</span>', "SITI, RT 003"),
        ('<svg><path d=""/></svg>Lengkap', "Lengkap"),
        ('<span class="visually-hidden">Pilih</span>SITI', "SITI"),
        ('<p>“Salah”</p><a class="btn btn-link" href="/">Perbaiki</a>', "“Salah”"),
        ("<details><summary>Usia</summary><ul><li>65 tahun</li></ul></details>", "Usia"),
        ("<form><input value=3><button>Simpan</button></form>", ""),
        ("<p>Satu</p><p>dua</p>", "Satu dua"),
        ("<!-- a --> x", "x"),
        ("", ""),
    ],
)
def test_text_of_markup(markup, text):
    assert text_of(markup) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.284", 1284), ("Rp16.800", 16800), ("7", 7), ("–", None), ("3503", 3503), ("1.2", None),
     ("lebih dari 1.000", None), ("", None)],
)  # fmt: skip
def test_numbers_as_they_are_written(text, number):
    assert number_of(text) == number
