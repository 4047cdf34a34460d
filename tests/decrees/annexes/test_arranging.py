"""How a regency arranges its annexes: the same columns in PDF, workbook and Word file, the page on
which they are chosen, and what a frozen list keeps of it."""

import base64
import io
import re
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from enrollment.decrees import actions
from enrollment.decrees.annexes import document, setting
from enrollment.decrees.annexes.layout import Layout
from enrollment.decrees.annexes.models import AnnexLook
from enrollment.decrees.arrangement.models import AnnexArrangement
from enrollment.decrees.arrangement.rules import (
    DEFAULT,
    Arrangement,
    in_order,
    roman,
    wrong_columns,
)
from tests import people
from tests.decrees import drafts, opened, signing
from tests.decrees.annexes.pdfs import pages, pdf, squeezed
from tests.decrees.letters.words import text
from tests.decrees.people import PEOPLE, SIJUNJUNG, TRENGGALEK, numbered, row
from villages import scope

OWN = Arrangement(
    columns=("name", "village", "occupation", "cost"),
    titles=(("name", "Nama penerima"),),
)


def in_word(header, **look):
    return text(document.word_file(Layout(header, **look), PEOPLE))


def in_pdf(header, **look):
    return squeezed("".join(pages(pdf(header=header, **look))))


def in_workbook(header, **look):
    return str(opened.lines(opened.sheet_of(opened.annex(header=header, **look))))


WAYS = {"word": in_word, "pdf": in_pdf, "workbook": in_workbook}


class TestRules:
    def test_roman(self):
        assert [roman(number) for number in (0, 1, 4, 9, 14, 20)] == [
            "", "I", "IV", "IX", "XIV", "XX",
        ]  # fmt: skip

    def test_columns_stand_by_their_numbers(self):
        assert in_order({"cost": 2, "name": 1, "nik": 2}) == ["name", "nik", "cost"]

    @pytest.mark.parametrize(
        ("columns", "sentence"),
        [
            (["sex", "village", "cost"], "Kolom nama harus ada"),
            (["name", "nik", "kk", "birth"], "sedikitnya 3 kolom yang boleh diumumkan"),
            (["name", "village", "cost", "nik_kk", "nik"], "sudah memuat kolom lain"),
            ([*DEFAULT, "district", "address_village", "kk"], "Paling banyak 12 kolom"),
        ],
    )
    def test_what_cannot_be_chosen(self, columns, sentence):
        assert sentence in wrong_columns(columns)
        assert wrong_columns(DEFAULT) == ""

    def test_the_published_version_lacks_what_is_private(self):
        chosen = Arrangement(columns=("name", "nik_kk", "birth", "address_village", "cost"))
        assert chosen.keys(masked=True) == ["name", "nik", "village", "cost"]


@pytest.mark.parametrize("way", WAYS)
class TestEveryForm:
    def test_has_the_chosen_columns_alone(self, way):
        words = WAYS[way](replace(TRENGGALEK, arrangement=OWN))
        usual = WAYS[way](TRENGGALEK)
        assert squeezed("Nama penerima") in squeezed(words)
        for private in (PEOPLE[0].nik, squeezed("Jalan Melati")):
            assert private in squeezed(usual) and private not in squeezed(words)
        assert squeezed(PEOPLE[0].name) in squeezed(words)

    def test_has_no_whole_nik_when_published(self, way):
        header = replace(TRENGGALEK, arrangement=Arrangement(columns=DEFAULT))
        words = squeezed(WAYS[way](header, masked=True))
        assert squeezed(PEOPLE[0].name) in words
        assert PEOPLE[0].nik not in words and PEOPLE[0].kk not in words

    def test_groups_by_village_in_the_regencys_words(self, way):
        own = replace(OWN, grouping="village")
        words = squeezed(WAYS[way](replace(SIJUNJUNG, arrangement=own)))
        assert squeezed("JUMLAH KECAMATAN PANGGUL, NAGARI BESUKI: 5 orang") in words
        assert "DESA" not in words.upper()

    def test_without_groups_the_people_follow_each_other(self, way):
        words = squeezed(WAYS[way](replace(TRENGGALEK, arrangement=replace(OWN, grouping="none"))))
        assert "KECAMATAN" not in words
        assert squeezed("JUMLAH SELURUHNYA: 30 orang") in words

    @pytest.mark.parametrize(
        ("sums", "each", "whole"),
        [("whole", False, True), ("none", False, False), ("each", True, True)],
    )
    def test_sums(self, way, sums, each, whole):
        words = squeezed(WAYS[way](replace(TRENGGALEK, arrangement=replace(OWN, sums=sums))))
        assert ("JUMLAHKECAMATAN" in words) is each
        assert ("JUMLAHSELURUHNYA" in words) is whole

    def test_the_amount_stands_among_the_words_where_its_column_is_not_the_last(self, way):
        own = replace(OWN, columns=("name", "cost", "village", "occupation"))
        words = squeezed(WAYS[way](replace(TRENGGALEK, arrangement=own)))
        assert squeezed("JUMLAH SELURUHNYA: 30 orang, Rp6.048.000") in words

    def test_headline_opening_and_roman_number(self, way):
        own = replace(OWN, headline="DAFTAR NELAYAN", opening="Menurut #berita {{ acara }}.",
                      numeral=4)  # fmt: skip
        words = squeezed(WAYS[way](replace(TRENGGALEK, arrangement=own)))
        for part in ("DAFTAR NELAYAN", "Menurut #berita {{ acara }}.", "LAMPIRAN IV"):
            assert squeezed(part) in words
        assert "DAFTARPENERIMA" not in words

    def test_a_second_signer(self, way):
        own = replace(OWN, second_title="Kepala Dinas", second_name="Drs. Budi, M.Si.",
                      second_nip="1970")  # fmt: skip
        words = squeezed(WAYS[way](replace(TRENGGALEK, arrangement=own)))
        for part in ("KEPALA DINAS,", "Drs. BUDI, M.Si.", "NIP 1970", "BUPATI TRENGGALEK,"):
            assert squeezed(part) in words


class TestWorkbook:
    """The workbook has the columns that paper has: the same headings, with the same in them."""

    LOOKS = {
        "two values": {"columns": ("birth", "name", "address_village", "nik_kk", "cost")},
        "titles": {"columns": ("name", "address", "kk", "premium", "months", "cost"),
                   "titles": (("address", "Tempat tinggal"), ("cost", "Rupiah"))},
        "premium that differs": {"columns": ("district", "nik", "name", "sex", "premium")},
    }  # fmt: skip

    def both(self, look, masked=False, **values):
        header = replace(TRENGGALEK, arrangement=Arrangement(**look), **values)
        layout = Layout(header, masked=masked)
        sheet = opened.sheet_of(opened.annex(header=header, masked=masked))
        (head,) = [line for line in opened.lines(sheet) if line and line[0] == "No."]
        return layout, head, opened.table(sheet)

    @pytest.mark.parametrize("masked", [False, True])
    @pytest.mark.parametrize("look", LOOKS)
    def test_it_follows_the_arrangement_as_paper_does(self, look, masked):
        values = {"premium": None} if look == "premium that differs" else {}
        layout, head, rows = self.both(self.LOOKS[look], masked, **values)
        assert head == [column.heading for column in layout.columns]
        people_rows = [row for row in rows if isinstance(row[0], int)]
        assert len(people_rows) == len(PEOPLE)
        for person, written in zip(PEOPLE, people_rows, strict=True):
            on_paper = [column.value(person) for column in layout.columns]
            assert [as_words(cell) for cell in written] == [
                word.replace(".", "") for word in on_paper if word
            ]

    def test_two_values_stand_below_each_other_in_one_cell(self):
        _, _, rows = self.both({"columns": ("name", "nik_kk", "birth", "cost")})
        assert f"{PEOPLE[0].nik}\n{PEOPLE[0].kk}" in rows[1]
        assert f"Trenggalek,\n{PEOPLE[0].birth_date:%d-%m-%Y}" in rows[1]

    def test_sums_and_numbers_can_be_reckoned_with(self):
        _, _, rows = self.both({"columns": ("name", "months", "cost")})
        assert rows[1][2:] == [12, 201_600]
        assert rows[-1][-1] == 6_048_000

    def test_a_row_is_as_high_as_its_lines(self):
        look = Arrangement(columns=("name", "nik_kk", "cost"))
        one, two = (
            opened.sheet_of(opened.annex(header=replace(TRENGGALEK, arrangement=arrangement)))
            for arrangement in (replace(look, columns=("name", "nik", "cost")), look)
        )
        heights = [max(self.heights(sheet)) for sheet in (one, two)]
        assert heights[1] > heights[0] * 1.5

    def heights(self, sheet):
        for first, *_ in sheet.iter_rows():
            if isinstance(first.value, int):
                yield sheet.row_dimensions[first.row].height

    def test_without_an_arrangement_each_value_has_a_column_to_sort_by(self):
        (head,) = [
            line for line in opened.lines(opened.sheet_of(opened.annex())) if line[:1] == ["No."]
        ]
        assert {"NIK", "Nomor KK", "Tempat Lahir", "Tanggal Lahir", "RT/RW"} <= set(head)


def as_words(cell):
    """A cell as paper writes it, without dots between thousands."""
    return str(cell).replace(".", "")


@pytest.mark.parametrize(
    ("signing_way", "first", "second"),
    [("placeholders", "${ttd_pengirim1}", "${ttd_pengirim2}"), ("tag", "#", "^")],
)
def test_two_who_sign_have_marks_of_their_own(signing_way, first, second):
    own = replace(OWN, second_title="Kepala Dinas")
    header = replace(TRENGGALEK, arrangement=own)
    last = pages(pdf(header=header, signing=signing_way))[-1]
    assert first in last and second in last  # unbroken
    words = in_word(header, signing=signing_way)
    assert first in words and second in words


def test_a_long_list_without_groups_is_set_in_parts(monkeypatch):
    """Every person stands in it once, as in one that fits a part."""
    rows = numbered(row(index) for index in range(150))
    header = replace(TRENGGALEK, arrangement=replace(OWN, grouping="none"))
    whole = squeezed("".join(pages(pdf(rows, header))))
    monkeypatch.setattr(setting, "ROWS_A_PART", 60)
    parts = squeezed("".join(pages(pdf(rows, header))))
    for person in rows:
        assert whole.count(squeezed(person.name)) == parts.count(squeezed(person.name)) == 1


PLACES = {"place_name": "1", "place_village": "2", "place_cost": "3", "title_name": "Penerima"}
FORM = {
    **PLACES, "grouping": "village", "sums": "each", "headline": "", "opening": "", "numeral": "2",
    "paper": "a4-across", "signing": "placeholders", "second_title": "", "second_name": "",
    "second_nip": "",
}  # fmt: skip
PAGE, SHOWN, BACK = (
    lambda: reverse("annex_arrangement"),
    lambda: reverse("annex_arrangement_shown"),
    lambda: reverse("annex_arrangement_back"),
)


@pytest.mark.django_db
class TestPage:
    def give(self, client, **values):
        return client.post(PAGE(), FORM | values, follow=True).content.decode()

    def kept(self):
        with scope.whole_country("tests"):
            return AnnexArrangement.objects.filter(pk=people.TRENGGALEK).first()

    def test_keeps_what_was_chosen(self, as_person):
        assert "Susunan lampiran tersimpan" in self.give(as_person("rini"))
        kept = self.kept()
        assert (kept.columns, kept.titles) == (["name", "village", "cost"], {"name": "Penerima"})
        assert (kept.grouping, kept.numeral) == ("village", 2)
        with scope.whole_country("tests"):
            look = AnnexLook.objects.get(pk=people.TRENGGALEK)
        assert (look.paper, look.signing) == ("a4-across", "placeholders")

    def test_shows_it_again_and_goes_back_to_the_portals_own(self, as_person):
        client = as_person("rini")
        self.give(client)
        page = client.get(PAGE()).content.decode()
        assert re.search(r'name="place_cost" value="3"', page) and 'value="Penerima"' in page
        page = client.post(BACK(), follow=True).content.decode()
        assert "Susunan bawaan dipakai lagi" in page and self.kept() is None
        assert "sudah dipakai" in client.post(BACK(), follow=True).content.decode()

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"place_name": ""}, "Kolom nama harus ada"),
            ({"place_cost": "1,5"}, "tidak jelas"),
            ({"second_name": "Drs. Budi"}, "Isi jabatannya"),
            ({"numeral": "99"}, "20"),
            (
                {"paper": "a4-upright", "place_address": "4", "place_birth": "5", "place_nik": "6",
                 "place_kk": "7", "place_occupation": "8", "place_district": "9"},
                "terlalu lebar untuk kertas itu",
            ),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong_and_keeps_nothing(self, values, sentence, as_person):
        assert sentence in self.give(as_person("rini"), **values)
        assert self.kept() is None

    def test_shows_the_first_page_as_a_picture_while_it_is_edited(self, as_person):
        client = as_person("rini")
        pictures = []
        for columns in ({}, {"place_nik": "4"}):
            answer = client.post(SHOWN(), FORM | columns, headers={"HX-Request": "true"})
            (picture,) = re.findall(r"data:image/png;base64,([\w+/=]+)", answer.content.decode())
            pictures.append(base64.b64decode(picture))
        assert all(picture.startswith(b"\x89PNG") for picture in pictures)
        assert pictures[0] != pictures[1]
        assert self.kept() is None

    def test_shows_it_as_pdf_where_scripts_are_off(self, as_person):
        answer = as_person("rini").post(SHOWN(), FORM)
        assert answer["Content-Type"] == "application/pdf"
        words = squeezed("".join(pages(answer.content)))
        assert "Penerima" in words and "LAMPIRANII" in words and "SUKAMAJU" in words

    def test_says_in_the_preview_what_is_wrong(self, as_person):
        answer = as_person("rini").post(
            SHOWN(), FORM | {"place_name": ""}, headers={"HX-Request": "true"}
        )
        assert "Kolom nama harus ada" in answer.content.decode()

    @pytest.mark.parametrize("name", ["vera", "kartika", "audi"])
    def test_only_the_admin_may(self, name, as_person):
        client = as_person(name)
        for address in (PAGE(), SHOWN(), BACK()):
            assert client.post(address, FORM).status_code == 403
        assert self.kept() is None

    def test_of_another_regency_nothing_is_seen(self, as_person):
        self.give(as_person("rini"))
        with scope.enter(people.office("rini")):
            assert AnnexArrangement.objects.count() == 1
        with scope.enter(people.office("boni")):
            assert AnnexArrangement.objects.count() == 0

    def test_the_database_wants_people_named(self):
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError, match="arrangement_names_people"),
            transaction.atomic(),
        ):
            AnnexArrangement.objects.create(regency_id=people.TRENGGALEK, columns=["nik"])


@pytest.mark.django_db
class TestFrozen:
    def arrange(self, **values):
        with scope.whole_country("tests"):
            AnnexArrangement.objects.update_or_create(
                regency_id=people.TRENGGALEK,
                defaults={"columns": ["name", "village", "cost"], **values},
            )

    def sheet(self, decree):
        drafts.printed(decree)
        with scope.whole_country("tests"):
            annex = decree.annexes.get(version="full")
        with annex.file.open("rb") as file:
            return str(opened.lines(opened.sheet_of(io.BytesIO(file.read()).getvalue())))

    def test_a_list_keeps_the_arrangement_with_which_it_was_frozen(self):
        subsidy = drafts.programme()
        drafts.approve(subsidy, people.worker(1, name="SITI SENDEN"))
        self.arrange(headline="DAFTAR PERTAMA")
        frozen = signing.freeze(signing.unnumbered(subsidy))
        self.arrange(headline="DAFTAR KEDUA", columns=["name", "nik", "cost", "sex"])
        words = self.sheet(frozen)
        assert "DAFTAR PERTAMA" in words and people.nik(1) not in words
        assert signing.fresh(frozen).header["arrangement"]["headline"] == "DAFTAR PERTAMA"

    def test_it_is_part_of_the_seal(self):
        subsidy = drafts.programme()
        drafts.approve(subsidy, people.worker(1))
        draft = signing.unnumbered(subsidy)
        seals = set()
        for headline in ("SATU", "DUA"):
            self.arrange(headline=headline)
            seals.add(signing.freeze(draft).sha256)
            with scope.enter(people.office("rini")):
                office = people.office("rini")
                actions.open_again(signing.fresh(draft), by=office, reason="coba lagi")
        assert len(seals) == 2
