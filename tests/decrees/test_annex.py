"""The annex as an office receives it: opened again, checked cell by cell and byte by byte."""

import re
import tempfile
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from enrollment.decrees.annex import signed_by
from enrollment.decrees.paper import dotted, height_of
from tests.decrees.opened import annex, lines, sheet_of, table
from tests.decrees.people import PEOPLE, SIJUNJUNG, TRENGGALEK, numbered, row

FULL_HEADINGS = [
    "No.",
    "Nama",
    "NIK",
    "Nomor KK",
    "Tempat Lahir",
    "Tanggal Lahir",
    "L/P",
    "Alamat",
    "RT/RW",
    "Desa/Kelurahan",
    "Pekerjaan",
    "Bulan",
    "Iuran sebulan (Rp)",
    "Jumlah (Rp)",
]
MASKED_HEADINGS = [
    "No.",
    "Nama",
    "NIK",
    "L/P",
    "Desa/Kelurahan",
    "Pekerjaan",
    "Bulan",
    "Iuran sebulan (Rp)",
    "Jumlah (Rp)",
]


@pytest.fixture(scope="module")
def full():
    return sheet_of(annex())


@pytest.fixture(scope="module")
def masked():
    return sheet_of(annex(masked=True))


class TestContent:
    def test_the_heading_stands_at_the_right(self, full):
        right = {row[8].value: row[9].value for row in full.iter_rows(max_row=5)}
        assert right == {
            "LAMPIRAN": None,
            "KEPUTUSAN BUPATI TRENGGALEK": None,
            "NOMOR": ": 188.45/280/406.001.3/2025",
            "TANGGAL": ": 17 Agustus 2025",
            "TENTANG": f": {TRENGGALEK.title.upper()}",
        }
        assert not any(cell.value for row in full["A1:H5"] for cell in row)

    def test_programme_cover_and_legal_basis_are_named(self, full):
        words = [line[0] for line in lines(full) if line]
        assert "PEKERJA RENTAN DBHCHT 2025" in words
        cover = "Masa perlindungan Januari–Desember 2025 (12 bulan), iuran Rp16.800 seorang sebulan"
        assert cover in words
        assert f"1. {TRENGGALEK.legal_basis[0]}" in words
        assert f"2. {TRENGGALEK.legal_basis[1]}" in words

    def test_no_price_is_named_when_it_differs(self):
        words = str(lines(sheet_of(annex(header=replace(TRENGGALEK, premium=None)))))
        assert "(12 bulan)'" in words

    def test_every_person_stands_under_their_kecamatan_in_order(self, full):
        people = [
            (line[0], line[1], line[2], line[3], line[9])
            for line in table(full)
            if isinstance(line[0], int)
        ]
        assert people == [(p.position, p.name, p.nik, p.kk, p.village) for p in PEOPLE]
        groups = [line[0] for line in table(full) if len(line) == 1]
        assert groups == ["KECAMATAN PANGGUL", "KECAMATAN WATULIMO"]

    def test_every_field_of_a_person_is_written(self, full):
        first = next(line for line in table(full) if line[0] == 1)
        who = PEOPLE[0]
        assert first == [
            1,
            who.name,
            who.nik,
            who.kk,
            "Trenggalek",
            f"{who.birth_date:%d-%m-%Y}",
            "P",
            who.address,
            "001/012",
            "Besuki",
            "Buruh tani",
            12,
            16_800,
            201_600,
        ]

    def test_sums_are_values(self, full):
        sums = [line for line in table(full) if str(line[0]).startswith("JUMLAH")]
        assert sums == [
            ["JUMLAH KECAMATAN PANGGUL: 15 orang", 15 * 201_600],
            ["JUMLAH KECAMATAN WATULIMO: 15 orang", 15 * 201_600],
            ["JUMLAH SELURUHNYA: 30 orang", 30 * 201_600],
        ]

    def test_sums_follow_the_rows_and_not_the_header(self):
        rows = numbered(
            [row(0, cost=1_000), row(1, cost=20_000), row(2, cost=300_000), row(3, cost=4_000_000)]
        )
        sums = [line[-1] for line in table(sheet_of(annex(rows))) if len(line) == 2]
        assert sums == [4_020_000, 301_000, 4_321_000]

    def test_the_signature_block_is_one_row_that_no_page_break_cuts(self, full):
        (block,) = lines(full)[-1]
        assert block.split("\n") == [
            "Ditetapkan di Trenggalek",
            "pada tanggal 17 Agustus 2025",
            "BUPATI TRENGGALEK,",
            *[""] * 4,
            "BAMBANG SUPARNO",
        ]
        assert full.row_dimensions[full.max_row].height > 8 * 14

    def test_a_mayor_signs_in_a_city(self):
        city = replace(
            TRENGGALEK, regency="Sawahlunto", regency_word="Kota", head_title="Wali Kota"
        )
        assert "KEPUTUSAN WALI KOTA SAWAHLUNTO" in str(lines(sheet_of(annex(header=city))))

    def test_unknown_values_stay_empty(self):
        unknown = row(0, kk="", birth_place="", birth_date=None, address="", rt="", rw="")
        line = next(line for line in table(sheet_of(annex([unknown]))) if line[0] == 1)
        assert line == [
            1,
            unknown.name,
            unknown.nik,
            "P",
            "Prigi",
            "Buruh tani",
            12,
            16_800,
            201_600,
        ]

    def test_an_empty_list_sums_to_nothing(self):
        assert table(sheet_of(annex([]))) == [["JUMLAH SELURUHNYA: 0 orang", 0]]

    def test_a_split_kecamatan_is_refused_and_its_temporary_file_deleted(
        self, tmp_path, monkeypatch
    ):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        rows = [row(0), row(1), row(2)]
        with pytest.raises(ValueError, match="together"):
            annex(rows)
        assert list(tmp_path.iterdir()) == []


class TestForm:
    def test_headings_and_the_village_word(self, full, masked):
        assert FULL_HEADINGS in lines(full)
        assert MASKED_HEADINGS in lines(masked)

    def test_numbers_of_persons_and_families_are_text(self, full):
        cells = [c for r in full.iter_rows(min_col=3, max_col=4) for c in r if c.value]
        numbers = [c for c in cells if re.fullmatch(r"\d{16}", str(c.value))]
        assert len(numbers) == 2 * len(PEOPLE)
        assert {(c.data_type, c.number_format) for c in numbers} == {("s", "@")}

    def test_money_and_months_are_numbers(self, full):
        person = next(r for r in full.iter_rows() if r[0].value == 1)
        assert [c.data_type for c in person[11:]] == ["n", "n", "n"]

    def test_the_page_is_f4_landscape_and_as_wide_as_the_table(self, full):
        assert full.page_setup.paperSize == 14  # 8.5 x 13 inches
        assert full.page_setup.orientation == "landscape"
        assert full.sheet_properties.pageSetUpPr.fitToPage
        assert (full.page_setup.fitToWidth, full.page_setup.fitToHeight) == (1, 0)

    def test_the_head_of_the_table_is_repeated_and_pages_are_counted(self, full):
        (head,) = [r[0].row for r in full.iter_rows() if r[0].value == "No."]
        assert full.print_title_rows == f"${head}:${head}"
        assert full.oddFooter.center.text == "Halaman &P dari &N"

    def test_the_type_is_bookman_12(self, full):
        fonts = {(c.font.name, c.font.sz) for r in full.iter_rows() for c in r if c.value}
        assert fonts == {("Bookman Old Style", 12)}

    def test_a_long_name_gets_a_higher_row(self):
        rows = [row(0), row(2, name="SITI AMINAH BINTI ABDURRAHMAN WAHID SYAIFUDIN ZUHRI")]
        sheet = sheet_of(annex(rows))
        heights = {r[1].value: sheet.row_dimensions[r[0].row].height for r in sheet.iter_rows()}
        assert heights[rows[1].name] > 1.8 * heights[rows[0].name]

    @pytest.mark.parametrize(
        ("number", "shown"),
        [
            (0, "0"),
            (999, "999"),
            (1_000, "1.000"),
            (16_800, "16.800"),
            (201_600, "201.600"),
            (2_016_000_000, "2.016.000.000"),
        ],
    )
    def test_thousands_have_dots_whatever_the_language(self, number, shown):
        digits = list(str(number))
        mask = dotted(number).replace('"', "")
        places = mask.count("0")
        while len(digits) > places:  # the first place takes all remaining digits
            digits[:2] = ["".join(digits[:2])]
        filled = iter(digits)
        assert "".join(next(filled) if sign == "0" else sign for sign in mask) == shown

    def test_a_very_long_word_gets_a_height(self):
        assert height_of([("A" * 300, 10)]) > 20 * height_of([("A", 10)])
        assert height_of([]) == height_of([("", 10)])


class TestVillageWord:
    @pytest.mark.parametrize("masked", [False, True])
    def test_sijunjung_has_nagari_and_no_desa(self, masked):
        data = annex(header=SIJUNJUNG, masked=masked)
        with ZipFile(BytesIO(data)) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
        assert "desa" not in everything.lower()
        assert "Nagari" in everything


class TestMasked:
    def test_a_masked_nik_hides_only_the_birth_date(self, masked):
        niks = [line[2] for line in table(masked) if isinstance(line[0], int)]
        assert niks == [f"{p.nik[:6]}**********" for p in PEOPLE]

    def test_the_file_contains_nothing_that_may_not_be_published(self):
        with ZipFile(BytesIO(annex(masked=True))) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
        for person in PEOPLE:
            born = person.birth_date
            for secret in (
                person.nik,
                person.nik[6:12],
                person.kk,
                person.address,
                "001/012",
                f"{born:%d-%m-%Y}",
                f"{born:%Y-%m-%d}",
                "1980",
            ):
                assert secret not in everything
        assert not re.search(r"(?<!\d)\d{16}(?!\d)", everything)

    def test_the_full_version_contains_them(self):
        """Otherwise the test above would prove nothing."""
        with ZipFile(BytesIO(annex())) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
        for secret in (PEOPLE[0].nik, PEOPLE[0].kk, PEOPLE[0].address, "001/012", "1980"):
            assert secret in everything

    def test_it_says_that_it_is_masked_and_has_the_same_sums(self, full, masked):
        assert "Salinan untuk diumumkan" in str(lines(masked))
        assert "Salinan untuk diumumkan" not in str(lines(full))
        assert [line[-1] for line in table(masked)] == [line[-1] for line in table(full)]


@pytest.mark.parametrize(
    ("name", "signed"),
    [
        ("Drs. H. Sutrisno, M.Si.", "Drs. H. SUTRISNO, M.Si."),
        ("dr. Hj. Siti Aminah, Sp.A., M.Kes", "dr. Hj. SITI AMINAH, Sp.A., M.Kes"),
        ("H. Mochamad Nur Arifin", "H. MOCHAMAD NUR ARIFIN"),
        ("Ir. I Wayan Koster", "Ir. I WAYAN KOSTER"),
        ("", ""),
    ],
)
def test_a_degree_is_signed_as_it_is_written(name, signed):
    assert signed_by(name) == signed
