"""The annex as a Word file: what stands in it, who may have it, and how long it may be."""

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import StringIO
from time import process_time

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from docx import Document

from enrollment.decrees.annexes import document
from enrollment.decrees.annexes.layout import Layout
from enrollment.workers.models import Disclosure
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.letters.words import text
from tests.decrees.people import PEOPLE, SIJUNJUNG, TRENGGALEK, numbered, row
from tests.selection import short
from villages import scope


def made(rows=PEOPLE, header=TRENGGALEK, **look):
    return document.word_file(Layout(header, **look), rows)


def tables(data):
    return Document(io.BytesIO(data)).tables


def body(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


class TestContent:
    def test_the_head_the_people_the_sums_and_the_signature(self):
        words = text(made())
        for part in (
            "LAMPIRAN\nKEPUTUSAN BUPATI TRENGGALEK", "NOMOR\t:\t188.45/280/406.001.3/2025",
            "DAFTAR PENERIMA BANTUAN IURAN", "KECAMATAN PANGGUL", PEOPLE[0].name, PEOPLE[-1].nik,
            "JUMLAH KECAMATAN PANGGUL: 15 orang", "JUMLAH SELURUHNYA: 30 orang",
            "Terbilang: tiga puluh orang; enam juta empat puluh delapan ribu rupiah.",
            "pada tanggal 17 Agustus 2025", "BAMBANG SUPARNO",
        ):  # fmt: skip
            assert part in words, part

    def test_every_person_has_a_row_and_the_head_is_repeated(self):
        table = tables(made())[1]
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        numbers = [int(cells[0]) for cells in rows[2:] if cells[0].isdigit()]
        assert numbered(PEOPLE) == PEOPLE and numbers == list(range(1, 31))
        assert body(made()).count("<w:tblHeader/>") == 2

    def test_the_published_one_lacks_what_is_private(self):
        words = text(made(masked=True))
        assert PEOPLE[0].name in words and "disamarkan" in words
        assert PEOPLE[0].nik not in words and PEOPLE[0].kk not in words
        assert "Jalan Melati" not in words

    def test_nagari(self):
        words = text(made(header=SIJUNJUNG))
        assert "Nagari" in words and "Desa" not in words

    def test_on_the_paper_that_was_chosen(self):
        section = Document(io.BytesIO(made(sheet="a4-upright"))).sections[0]
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)

    def test_the_same_bytes_every_time(self):
        assert made() == made()

    def test_people_of_a_kecamatan_come_together(self):
        mixed = [row(0), row(1), row(0)]
        with pytest.raises(ValueError, match="together"):
            made(mixed)


@pytest.mark.parametrize(
    "words",
    short(
        ["=1+1", "#let x = 1", "{{ x }}", "{% raw %}", "A" * 150, "a & b < c", "${ttd}",
         ' PAGE \\* MERGEFORMAT "', "]]>"],
        keep=5,
    ),
)  # fmt: skip
def test_whatever_was_typed_stands_as_text(words):
    person = row(0, name=words, address=words, village=words, occupation=words)
    header = replace(TRENGGALEK, title=words, programme=words, city=words, number=words)
    data = made([person], replace(header, head_name=words, rank=words))
    assert text(data).count(words) >= 6
    assert "instrText" not in body(data) and "fldSimple" not in body(data)


def test_a_sign_that_turns_the_direction_is_left_out():
    assert "SITIAMINAH" in text(made([row(0, name="SITI\u202eAMINAH")]))


def test_three_thousand_people_are_written_in_a_time_that_grows_evenly():
    """`add_row` of python-docx takes longer for each row the more there are."""

    def seconds(count):
        people = numbered(row(index, village="Desa", district="Kec") for index in range(count))
        begun = process_time()
        made(people)
        return process_time() - begun

    seconds(10)
    assert seconds(3000) < 12 * max(seconds(500), 0.02)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path):
    (tmp_path / "lampiran.docx").write_bytes(made())
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "txt:Text", "--outdir", str(tmp_path)]
    command.append(str(tmp_path / "lampiran.docx"))
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    words = (tmp_path / "lampiran.txt").read_text()
    assert "JUMLAH SELURUHNYA: 30 orang" in words and PEOPLE[-1].nik in words


@pytest.fixture
def draft():
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1, name="SITI SENDEN", address="=1+1"))
    return signing.unnumbered(subsidy)


@pytest.fixture
def issued(draft):
    return drafts.issue(signing.signed(draft))


def get(client, decree, version="full"):
    return client.get(reverse(f"annex_word_{version}", args=[decree.pk]), follow=True)


def exports():
    with scope.whole_country("tests"):
        return list(Disclosure.objects.filter(kind="export").values_list("subject", "people"))


@pytest.mark.django_db
class TestPage:
    def test_a_full_one_is_given_and_recorded(self, issued, as_person):
        answer = get(as_person("rini"), issued)
        words = text(answer.content)
        assert "SITI SENDEN" in words and people.nik(1) in words and "=1+1" in words
        assert signing.NUMBER in words
        assert exports() == [(f"decree:{issued.pk}", 1)]

    def test_it_has_the_same_bytes_after_people_have_changed(self, issued, as_person):
        client = as_person("rini")
        before = get(client, issued).content
        with scope.whole_country("tests"):
            issued.programme.__class__.objects.update(name="Lain")
        assert get(client, issued).content == before

    def test_before_signing_it_has_the_placeholders(self, draft, as_person):
        frozen = signing.freeze(draft)
        with scope.whole_country("tests"):
            from enrollment.decrees.annexes.models import AnnexLook

            AnnexLook.objects.create(regency_id=people.TRENGGALEK, signing="placeholders")
        words = text(get(as_person("rini"), frozen).content)
        assert "NOMOR\t:\t${nomor_naskah}" in words and "${ttd_pengirim}" in words

    def test_a_draft_has_none(self, draft, as_person):
        assert "masih rancangan" in get(as_person("rini"), draft).content.decode()
        assert exports() == []

    def test_the_published_one(self, issued, as_person):
        client = as_person("karim")
        words = text(get(client, issued, "masked").content)
        assert "SITI SENDEN" in words and people.nik(1) not in words
        assert get(client, issued).status_code == 403
        assert exports() == []

    def test_one_that_is_too_long_is_refused_in_words(self, issued, as_person, monkeypatch):
        monkeypatch.setattr(document, "MOST", 0)
        page = get(as_person("rini"), issued).content.decode()
        assert "Daftar ini memuat 1 orang. Lampiran Word hanya sampai 0 orang" in page
        assert exports() == []

    def test_strangers_learn_nothing(self, issued, as_person):
        assert get(as_person("boni"), issued).status_code == 404

    def test_the_page_leads_to_it(self, issued, as_person):
        page = as_person("rini").get(reverse("annex_pdfs", args=[issued.pk])).content.decode()
        assert re.findall(r"lengkap\.docx|untuk-diumumkan\.docx", page) == [
            "lengkap.docx", "untuk-diumumkan.docx",
        ]  # fmt: skip


@pytest.mark.django_db
class TestCommand:
    @pytest.mark.parametrize("version", ["full", "masked"])
    def test_writes_the_bytes_of_the_page(self, version, issued, tmp_path, as_person):
        people.office("rini")
        output, stdout = tmp_path / "lampiran.docx", StringIO()
        masked = ["--masked"] if version == "masked" else []
        call_command("export_annex", issued.number, "--format", "docx", *masked,
                     output=str(output), by="rini", stdout=stdout)  # fmt: skip
        assert output.read_bytes() == get(as_person("rini"), issued, version).content
        assert hashlib.sha256(output.read_bytes()).hexdigest() in stdout.getvalue()

    def test_says_when_it_is_too_long(self, issued, tmp_path, monkeypatch):
        people.office("rini")
        monkeypatch.setattr(document, "MOST", 0)
        with pytest.raises(CommandError, match="hanya sampai"):
            call_command("export_annex", issued.number, "--format", "docx",
                         output=str(tmp_path / "x"), by="rini")  # fmt: skip
        assert list(tmp_path.iterdir()) == []
