"""The annex as PDF: what stands on its pages, in one part and in several, and its bytes."""

import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
import segno

from enrollment.decrees.annexes import setting
from enrollment.decrees.annexes.choices import SIZES, Paper, Signing
from enrollment.decrees.signatories.rules import signed_as
from tests.decrees.annexes.pdfs import pages, pdf, squeezed
from tests.decrees.people import PEOPLE, SIJUNJUNG, TRENGGALEK, numbered, row

MANY = numbered(row(index, district="Panggul") for index in range(150))


def numbers_of(data, rows):
    """The running numbers in the order in which they stand in front of the people's names."""
    text = " ".join(" ".join(page.split()) for page in pages(data))
    return [int(found) for found in re.findall(r"(\d+) PESERTA \d{5}", text)]


class TestOnePart:
    def test_the_head_says_which_decree(self):
        first = squeezed(pages(pdf())[0])
        assert "LAMPIRANKEPUTUSANBUPATITRENGGALEK" in first
        assert "NOMOR:188.45/280/406.001.3/2025" in first
        assert "TANGGAL:17Agustus2025" in first
        assert f"TENTANG:{squeezed(TRENGGALEK.title.upper())}" in first

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"head_title": "Pj. Bupati"}, "KEPUTUSANBUPATITRENGGALEK"),
            (
                {"head_title": "Wali Nagari", "village": "Sei. Lansek"},
                "KEPUTUSANWALINAGARISEI.LANSEK",
            ),
        ],
    )
    def test_who_acts_is_left_out_and_a_place_stays_whole(self, values, words):
        assert words in squeezed(pages(pdf(header=replace(TRENGGALEK, **values)))[0])

    @pytest.mark.parametrize("sheet", Paper)
    def test_everybody_once_in_order_on_every_paper(self, sheet):
        data = pdf(sheet=sheet)
        assert numbers_of(data, PEOPLE) == [person.position for person in PEOPLE]
        whole = squeezed("".join(pages(data)))
        for person in PEOPLE:
            for words in (person.nik, person.kk, person.address, person.occupation, person.name):
                assert squeezed(words) in whole

    @pytest.mark.parametrize("sheet", Paper)
    def test_the_paper_has_its_measures(self, sheet):
        with pikepdf.open(BytesIO(pdf(sheet=sheet))) as document:
            for page in document.pages:
                sizes = [round(float(side) * 25.4 / 72) for side in page.mediabox[2:]]
                assert sizes == [SIZES[sheet].width, SIZES[sheet].height]

    def test_every_page_repeats_head_and_kecamatan_and_is_numbered(self):
        found = pages(pdf(MANY))
        assert len(found) > 3
        for number, page in enumerate(found, 1):
            assert f"Halaman {number} dari {len(found)}" in " ".join(page.split())
            if "PESERTA" in page:
                assert "NIK,nomorKK" in squeezed(page)
                assert "KECAMATANPANGGUL" in squeezed(page)

    def test_sums_of_each_kecamatan_and_of_all_in_figures_and_words(self):
        whole = squeezed("".join(pages(pdf())))
        assert "JUMLAHKECAMATANPANGGUL:15orang3.024.000" in whole
        assert "JUMLAHKECAMATANWATULIMO:15orang3.024.000" in whole
        assert "JUMLAHSELURUHNYA:30orang6.048.000" in whole
        assert squeezed("tiga puluh orang; enam juta empat puluh delapan ribu rupiah.") in whole

    @pytest.mark.every
    def test_the_last_page_has_rows_above_the_signature(self):
        """However the rows fall, the signature never stands alone on a page."""
        for count in range(8, 24):
            last = pages(pdf(numbered(row(index, district="Panggul") for index in range(count))))[
                -1
            ]
            assert "BAMBANG SUPARNO" in last
            assert "PESERTA" in last

    def test_rows_of_a_kecamatan_must_be_together(self):
        mixed = [replace(row(index), position=index + 1) for index in range(4)]
        with pytest.raises(ValueError, match="must come together"):
            pdf(mixed)


CHECKED = replace(
    TRENGGALEK, code="ACDEF34679", address="https://lindung.example.go.id/k/ACDEF34679/"
)


class TestCode:
    def test_code_and_address_stand_on_each_page(self):
        found = pages(pdf(MANY, CHECKED))
        assert len(found) > 3
        for page in found:
            assert "Kode ACDEF-34679 · https://lindung.example.go.id/k/ACDEF34679/" in " ".join(
                page.split()
            )

    @pytest.mark.parametrize("sheet", Paper)
    def test_the_drawing_is_the_symbol_of_the_address_and_in_the_file_once(self, sheet):
        with pikepdf.open(BytesIO(pdf(MANY, CHECKED, sheet=sheet))) as document:
            drawings = [page.Resources.XObject["/Check"] for page in document.pages]
            assert len({drawing.objgen for drawing in drawings}) == 1
            drawing = drawings[0]
            size = int(drawing.BBox[2])
            squares = re.findall(rb"(\d+) (\d+) 1 1 re", drawing.read_bytes())
            for page in document.pages:
                scale, *_, left, low = drawn_at(page)
                assert 12.9 < scale * size * 25.4 / 72 < 13.1  # millimetres
                assert low * 25.4 / 72 > 4.2  # what printers leave white
                assert left * 25.4 / 72 + 0.01 > SIZES[sheet].side
        symbol = [list(row) for row in segno.make(CHECKED.address, error="m").matrix]
        drawn = [[0] * size for _ in range(size)]
        for column, line in squares:
            drawn[size - 1 - int(line)][int(column)] = 1
        assert drawn == symbol

    def test_without_a_code_nothing_is_drawn(self):
        with pikepdf.open(BytesIO(pdf())) as document:
            assert all("/Check" not in page.Resources.XObject for page in document.pages)
        assert "Kode" not in " ".join(pages(pdf()))


def drawn_at(page):
    """Scale and place (points) of the code's drawing on a page."""
    content = b"\n".join(stream.read_bytes() for stream in page.Contents)
    found = re.search(rb"q ([\d. ]+) cm /Check Do Q", content)
    scale, _, _, _, left, low = map(float, found[1].split())
    return scale, left, low


class TestMasked:
    def test_nothing_that_may_not_be_published(self):
        whole, masked = (squeezed("".join(pages(pdf(masked=to)))) for to in (False, True))
        for person in PEOPLE:
            for words in (person.nik, person.kk, squeezed(person.address)):
                assert words in whole
                assert words not in masked
            assert f"{person.birth_date:%d-%m-%Y}" in whole
            assert f"{person.birth_date:%d-%m-%Y}" not in masked
        assert "350301**********" in masked
        assert "Salinanuntukdiumumkan" in masked


class TestParts:
    """A kecamatan that is larger than a part goes on as if there were none."""

    @pytest.fixture
    def small_parts(self, monkeypatch):
        monkeypatch.setattr(setting, "ROWS_A_PART", 60)
        monkeypatch.setattr(setting, "TOLD", 45)

    def test_the_same_pages_as_in_one_part(self, monkeypatch):
        whole = pages(pdf(MANY))
        monkeypatch.setattr(setting, "ROWS_A_PART", 60)
        monkeypatch.setattr(setting, "TOLD", 45)
        assert pages(pdf(MANY)) == whole

    def test_each_kecamatan_of_a_large_list_begins_on_a_new_page(self, small_parts):
        rows = numbered(row(index, district=f"D{index % 5}") for index in range(150))
        data = pdf(rows)
        assert numbers_of(data, rows) == list(range(1, 151))
        for page in pages(data):
            assert len(set(re.findall(r"KECAMATAN D\d", page))) == 1

    def test_numbers_run_through_and_sums_are_of_all(self, small_parts):
        rows = [*MANY, replace(row(7, district="Watulimo"), position=151)]
        data = pdf(rows)
        assert numbers_of(data, rows) == list(range(1, 152))
        whole = squeezed("".join(pages(data)))
        assert whole.count("JUMLAHKECAMATANPANGGUL:150orang30.240.000") == 1
        assert "JUMLAHSELURUHNYA:151orang30.441.600" in whole

    def test_the_same_bytes_each_time(self, small_parts):
        assert pdf(MANY) == pdf(MANY)


class TestBytes:
    def test_the_same_each_time_and_others_for_another_person(self):
        assert pdf() == pdf()
        assert pdf() != pdf([replace(PEOPLE[0], name="LAIN"), *PEOPLE[1:]])

    def test_qpdf_finds_no_fault(self):
        with pikepdf.open(BytesIO(pdf())) as document:
            assert document.check_pdf_syntax() == []

    def test_only_our_faces_are_in_it(self):
        with pikepdf.open(BytesIO(pdf())) as document:
            found = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
            names = {str(font.BaseFont) for font in found if font.get("/Type") == "/Font"}
        assert names
        assert all("TeXGyreBonum" in name for name in names)

    def test_a_part_that_cannot_be_set_is_told_without_its_words(self, monkeypatch):
        monkeypatch.setattr(setting, "SECONDS", 0.001)
        with pytest.raises(setting.NotSet) as told:
            pdf()
        assert PEOPLE[0].nik not in str(told.value)


class TestSigning:
    UNKNOWN = replace(TRENGGALEK, number="", day=None)

    def test_placeholders_stand_whole_in_the_text(self):
        nobody = replace(self.UNKNOWN, head_name="")
        found = pages(pdf(header=nobody, signing=Signing.PLACEHOLDERS))
        for words in ("${nomor_naskah}", "${tanggal_naskah}"):
            assert words in found[0]
        for words in ("${ttd_pengirim}", "${nama_pengirim}", "${tanggal_naskah}"):
            assert words in found[-1]

    def test_what_is_known_is_printed(self):
        found = pages(pdf(signing=Signing.PLACEHOLDERS))
        assert "${nomor_naskah}" not in found[0]
        assert TRENGGALEK.number in found[0]
        assert "${ttd_pengirim}" in found[-1]

    def test_a_tag_stands_once(self):
        whole = "".join(pages(pdf(header=self.UNKNOWN, signing=Signing.TAG)))
        assert whole.count("#") == 1

    def test_ink_leaves_lines_and_room(self):
        found = pages(pdf(header=self.UNKNOWN))
        assert "NOMOR:…………" in squeezed(found[0])
        assert "#" not in "".join(found)
        assert "${" not in "".join(found)

    @pytest.mark.parametrize(
        ("signatory", "words"),
        [
            ({}, "BUPATI TRENGGALEK, BAMBANG SUPARNO"),
            ({"capacity": "interim"}, "Pj. BUPATI TRENGGALEK, BAMBANG SUPARNO"),
            ({"capacity": "acting"}, "Plt. BUPATI TRENGGALEK, BAMBANG SUPARNO"),
            (
                {
                    "capacity": "on_behalf", "head_name": "Drs. H. Edi Sutrisno, M.Si.",
                    "rank": "Pembina Utama Madya", "nip": "196808171994031001",
                },
                "a.n. BUPATI TRENGGALEK SEKRETARIS DAERAH, Drs. H. EDI SUTRISNO, M.Si. "
                "Pembina Utama Madya NIP 196808171994031001",
            ),
            (
                {"head_title": "Wali Kota", "regency": "Solok", "head_name": "Zul"},
                "WALI KOTA SOLOK, ZUL",
            ),
            (
                {"head_title": "Wali Nagari", "regency": "Sijunjung", "head_name": "Rina"},
                "WALI NAGARI SIJUNJUNG, RINA",
            ),
            (
                {"head_title": "Kepala Desa", "regency": "Senden", "head_name": "Sri"},
                "KEPALA DESA SENDEN, SRI",
            ),
        ],
    )  # fmt: skip
    def test_any_kind_of_signatory(self, signatory, words):
        values = dict(signatory)
        capacity = values.pop("capacity", "head")
        header = replace(TRENGGALEK, **values)
        lines = signed_as(capacity, header.head_title, header.regency)
        header = replace(header, signed_as=tuple(lines))
        assert words in " ".join(pages(pdf(header=header))[-1].split())

    def test_who_stands_in_signs_the_decree_of_the_head(self):
        found = pages(pdf(header=replace(TRENGGALEK, head_title="Pj. Bupati")))
        assert "KEPUTUSANBUPATITRENGGALEK" in squeezed(found[0])
        assert "Pj. BUPATI TRENGGALEK," in found[-1]

    def test_a_nagari_is_called_so(self):
        whole = squeezed("".join(pages(pdf(header=SIJUNJUNG))))
        assert "Nagari" in whole
        assert "Desa" not in whole
