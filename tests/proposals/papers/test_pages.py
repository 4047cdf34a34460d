"""What the pages of papers say, to whom, and that opening whole NIKs and scans is recorded."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from enrollment.proposals.papers.models import Paper, PaperScan
from enrollment.proposals.papers.rules import Asked, Meeting, Nik
from enrollment.workbooks.scans import LARGEST_SCAN
from enrollment.workers.models import Disclosure, Worker
from tests import people
from tests.pages.source import on_one_line
from tests.proposals import making
from tests.proposals.asking import of
from tests.proposals.papers import signing
from villages import scope

pytestmark = pytest.mark.django_db
HOSTILE = ["<script>alert(1)</script>", "=1+1", "W" * 150, "\N{RIGHT-TO-LEFT OVERRIDE}TERBALIK"]


def text(answer):
    return on_one_line(answer.content.decode())


def main_action(answer):
    """The labels of the primary buttons of the page itself, without those of closed questions."""
    page = html.document_fromstring(answer.content)
    found = page.xpath("//main//*[contains(@class, 'btn-primary')]")
    folded = page.xpath("//details/*[not(self::summary)]")
    closed = {each for part in folded for each in part.iter()}
    return [" ".join(each.text_content().split()) for each in found if each not in closed]


def checked(answer):
    page = html.document_fromstring(answer.content)
    return {each.get("value", "on") for each in page.xpath("//main//input[@checked]")}


def paper_of(paper, tail=""):
    return f"/usulan/naskah/{paper.pk}/{tail}"


def disclosed():
    with scope.whole_country("tests"):
        return list(
            Disclosure.objects.filter(why="paper").values_list("user__username", "kind", "people")
        )


@pytest.fixture
def proposal():
    subsidy = making.programme()
    signing.ask(subsidy)
    return making.draft(subsidy, 3)


def test_the_village_is_led_from_step_to_step_with_one_primary_button(as_person, proposal):
    """Down to the last one, where the list is handed in by the form that a head has."""
    kartika = as_person("kartika")
    page = kartika.get(of(proposal))
    assert main_action(page) == ["Buat naskah"] and "Ajukan ke Dinas" not in text(page)
    page = kartika.get(of(proposal, "naskah/"))
    assert "memuat <b>3 orang</b>" in text(page) and main_action(page) == ["Buat naskah"]
    typed = {"on": "2026-05-04", "at": "09:30"}
    page = kartika.post(of(proposal, "naskah/buat/"), typed, follow=True)
    assert "Naskah Nomor 1 dibuat: 3 orang" in text(page)
    assert main_action(page) == ["Unggah pindaian"]
    assert main_action(kartika.get(of(proposal))) == ["Cetak dan unggah pindaian"]
    with scope.whole_country("tests"):
        paper = Paper.objects.get()
    scans = [SimpleUploadedFile("1.jpg", signing.JPEG), SimpleUploadedFile("2.jpg", signing.PNG)]
    page = kartika.post(paper_of(paper, "pindaian/"), {"scans": scans}, follow=True)
    assert "2 berkas tersimpan" in text(page) and main_action(page) == ["Ke daftar, lalu ajukan"]
    page = kartika.get(of(proposal))
    assert main_action(page) == ["Ajukan ke Dinas"] and "sesuai dengan daftar ini" in text(page)
    page = text(kartika.post(of(proposal, "ajukan/"), follow=True))
    assert "3 orang diajukan ke Dinas" in page
    page = text(as_person("vera").get(of(proposal)))
    assert "Naskah Nomor 1</a>: 3 orang, kode" in page and "pindaian ada" in page
    assert paper.sha256[:4] in page


def test_handing_in_without_papers_leads_to_where_they_are_made(as_person, proposal):
    answer = as_person("kartika").post(of(proposal, "ajukan/"))
    assert answer["Location"] == of(proposal, "naskah/")
    assert "Program ini meminta naskah" in text(as_person("kartika").get(answer["Location"]))
    assert making.states(proposal) == {"draft": 3}


def test_a_warning_lets_the_list_go(as_person, proposal):
    signing.ask(proposal.programme, Asked.WARNED)
    kartika = as_person("kartika")
    page = kartika.get(of(proposal))
    assert "Pindaian naskah yang ditandatangani belum ada" in text(page)
    assert main_action(page) == ["Buat naskah"] and "Ajukan ke Dinas" in text(page)
    assert "diajukan ke Dinas" in text(kartika.post(of(proposal, "ajukan/"), follow=True))


def test_a_programme_that_asks_for_none_looks_as_before(as_person, proposal):
    signing.ask(proposal.programme, Asked.NO)
    page = text(as_person("kartika").get(of(proposal)))
    assert "naskah" not in page.lower() and "Ajukan ke Dinas" in page


def test_what_changed_is_told_and_new_papers_are_one_press_away(as_person, proposal):
    signing.make(proposal, meeting=Meeting(place="Balai Desa"))
    with scope.whole_country("tests"):
        Worker.objects.filter(nik=people.nik(0)).update(name="SITI BARU")
    kartika = as_person("kartika")
    page = text(kartika.get(of(proposal, "naskah/")))
    assert "<bdi>SITI BARU</bdi>: nama berubah" in page and "Buat naskah baru" in page
    assert 'value="Balai Desa"' in page, "the meeting was the same"
    kartika.post(of(proposal, "naskah/buat/"), {"place": "Balai Desa"})
    page = text(kartika.get(of(proposal, "naskah/")))
    assert "Naskah Nomor 1" in page and "Naskah Nomor 2" in page


@pytest.mark.parametrize("tail", ["daftar/", "berita-acara/", "pernyataan/"])
def test_hostile_words_are_printed_as_text(as_person, tail):
    subsidy = making.programme(name="<img src=x onerror=alert(1)>")
    proposal = making.draft(subsidy, 0)
    for number, name in enumerate(HOSTILE):
        making.draft(subsidy, 1, first=number, name=name, address=name)
    meeting = Meeting(place=HOSTILE[0], attendance="\n".join(HOSTILE))
    paper, _ = signing.make(proposal, meeting=meeting)
    page = as_person("kartika").get(paper_of(paper, tail)).text
    assert "<script>alert" not in page and "<img src=x" not in page
    if tail != "pernyataan/":
        for name in HOSTILE[1:]:
            assert f"<bdi>{name}</bdi>" in page
        assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>" in page


def test_the_list_masks_niks_unless_the_programme_wants_them_whole(as_person, proposal):
    masked, _ = signing.make(proposal)
    page = text(as_person("kartika").get(paper_of(masked, "daftar/")))
    assert people.nik(0) not in page and "350307**********" in page
    assert "1980" in page and "01-01-1980" not in page
    assert disclosed() == []
    signing.ask(proposal.programme, niks=Nik.WHOLE)
    whole, _ = signing.make(proposal)
    page = text(as_person("kartika").get(paper_of(whole, "daftar/")))
    assert people.nik(0) in page and "01-01-1980" in page
    assert disclosed() == [("kartika", "export", 3)]
    page = text(as_person("audi").get(paper_of(whole, "daftar/")))
    assert people.nik(0) not in page and len(disclosed()) == 1


def test_papers_say_the_words_of_the_place_and_the_numbers(as_person, proposal):
    paper, _ = signing.make(
        proposal, meeting=Meeting(on=date(2026, 5, 4), attendance="Suparman, ketua BPD")
    )
    kartika = as_person("kartika")
    for tail in ("pernyataan/", "berita-acara/", "daftar/"):
        page = text(kartika.get(paper_of(paper, tail)))
        assert "Pemerintah Kabupaten Trenggalek" in page and "Kecamatan Kampak" in page
        assert "desa Senden" in page and "Kepala Desa Senden" in page
        assert "3 (tiga)" in page and "enam ratus empat ribu delapan ratus rupiah" in page
        assert paper.sha256[:8] in page and paper.sha256[-8:] in page
    page = text(kartika.get(paper_of(paper, "berita-acara/")))
    assert "Senin tanggal empat bulan Mei tahun dua ribu dua puluh enam" in page
    assert "<bdi>Suparman</bdi>" in page and "<bdi>ketua BPD</bdi>" in page
    css = kartika.get(paper_of(paper, "kertas-f4.css"))
    assert css["Content-Type"].startswith("text/css")
    assert "size: 215mm 330mm" in css.text and paper.sha256[:4] in css.text


def test_a_scan_is_a_download_that_nobody_keeps_and_that_is_recorded(as_person, proposal):
    paper, _ = signing.make(proposal)
    (scan,) = signing.scan(paper, signing.file(name='../"x".html'))
    for who in ("kartika", "olan", "vera", "amir", "rini", "audi"):
        answer = as_person(who).get(f"/usulan/naskah/pindaian/{scan.pk}/")
        assert b"".join(answer.streaming_content) == signing.PDF, who
        assert answer["Content-Disposition"] == 'attachment; filename="naskah-1-pindaian-1-1.pdf"'
        assert answer["Content-Type"] == "application/pdf"
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert disclosed()[0] == (who, "export", 3)
    count = len(disclosed())
    for who, status in (
        ("bagus", 404),
        ("karim", 403),
        ("bima", 403),
        ("tani", 404),
        ("vino", 404),
    ):
        answer = as_person(who).get(f"/usulan/naskah/pindaian/{scan.pk}/")
        assert answer.status_code == status, who
    assert len(disclosed()) == count


def test_what_is_no_scan_is_told_at_the_field(as_person, proposal):
    paper, _ = signing.make(proposal)
    file = SimpleUploadedFile("naskah.pdf", b"<html></html>", "application/pdf")
    page = text(as_person("kartika").post(paper_of(paper, "pindaian/"), {"scans": file}))
    assert "Berkas “naskah.pdf” bukan PDF atau foto" in page
    with scope.whole_country("tests"):
        assert not PaperScan.objects.exists()


def test_the_operator_prints_and_uploads_and_the_head_makes(as_person, proposal):
    olan = as_person("olan")
    assert "Naskah dibuat kepala desa" in text(olan.get(of(proposal, "naskah/")))
    assert olan.post(of(proposal, "naskah/buat/")).status_code == 403
    paper, _ = signing.make(proposal)
    file = SimpleUploadedFile("naskah.pdf", signing.PDF)
    answer = as_person("olan").post(paper_of(paper, "pindaian/"), {"scans": file}, follow=True)
    assert "1 berkas tersimpan" in text(answer)


def test_the_admin_says_what_a_programme_asks(as_person, proposal):
    url = f"/program/{proposal.programme_id}/naskah/"
    rini = as_person("rini")
    assert checked(rini.get(url)) == {"required", "masked"}
    answer = rini.post(url, {"asked": "warned", "niks": "whole", "returned_too": "on"}, follow=True)
    assert "Aturan naskah tersimpan" in text(answer)
    assert checked(rini.get(url)) == {"warned", "whole", "on"}
    assert as_person("vera").get(url).status_code == 403


def test_after_handing_in_a_scan_changes_only_with_a_note_that_the_verifier_reads(
    as_person, proposal
):
    paper, _ = signing.make(proposal)
    signing.scan(paper)
    signing.hand_in(proposal)
    kartika, there = as_person("kartika"), paper_of(paper, "pindaian/")
    assert main_action(kartika.get(paper_of(paper))) == ["Lihat daftar yang diajukan"]
    assert "berubah sesudah diajukan" not in text(as_person("vera").get(of(proposal)))
    kartika = as_person("kartika")
    page = text(kartika.get(there))
    assert "Naskah ini sudah diajukan" in page and "Pekerja rentan 2026" in page

    def given(**values):
        return {"scans": SimpleUploadedFile("2.jpg", signing.JPEG), "how": "replace", **values}

    page = text(kartika.post(there, given()))
    assert "Centang dahulu: pindaian ini berubah sesudah diajukan" in page
    with scope.whole_country("tests"):
        assert PaperScan.objects.count() == 1
    page = text(kartika.post(there, given(knows="on"), follow=True))
    assert "1 berkas tersimpan" in page and "Pindaiannya berubah sesudah diajukan" in page
    vera = as_person("vera")
    for address in (of(proposal), paper_of(paper)):
        assert "Pindaiannya berubah sesudah diajukan" in text(vera.get(address)), address


def test_where_the_scan_comes_later_uploading_it_is_the_next_thing(as_person, proposal):
    signing.ask(proposal.programme, Asked.WARNED)
    paper, _ = signing.make(proposal)
    signing.hand_in(proposal)
    assert main_action(as_person("kartika").get(paper_of(paper))) == ["Unggah pindaian"]


def test_the_good_photo_is_kept_beside_one_that_is_too_large(as_person, proposal):
    paper, _ = signing.make(proposal)
    large = signing.JPEG + b"\0" * LARGEST_SCAN
    sent = [SimpleUploadedFile("baik.jpg", signing.JPEG), SimpleUploadedFile("besar.jpg", large)]
    page = text(
        as_person("kartika").post(paper_of(paper, "pindaian/"), {"scans": sent}, follow=True)
    )
    assert "1 berkas tersimpan" in page and "Unggah" in page
    assert "Berkas “besar.jpg” lebih besar dari 12 MB" in page and "pengaturan kamera HP" in page
    with scope.whole_country("tests"):
        assert [scan.filename for scan in PaperScan.objects.all()] == ["baik.jpg"]


def test_papers_name_the_wave_of_their_programme(as_person):
    subsidy = making.programme(wave_name="Tahap 1")
    signing.ask(subsidy)
    paper, _ = signing.make(making.draft(subsidy, 1))
    for tail in ("", "pernyataan/", "berita-acara/", "daftar/", "pindaian/"):
        page = text(as_person("kartika").get(paper_of(paper, tail)))
        assert "Pekerja rentan 2026, Tahap 1" in page, tail


def test_a_meeting_years_away_is_asked_about_before_it_is_sealed(as_person, proposal):
    kartika = as_person("kartika")
    typed = {"on": "2062-05-04", "at": "pukul 9"}
    page = text(kartika.post(of(proposal, "naskah/buat/"), typed))
    assert "Jam tidak terbaca. Contoh: 09.30." in page
    typed["at"] = "09.30"
    answer = kartika.post(of(proposal, "naskah/buat/"), typed)
    assert "4 Mei 2062? Simpan sekali lagi bila benar." in text(answer)
    (sure,) = html.document_fromstring(answer.text).xpath("//main//input[@name='sure']/@value")
    page = kartika.post(of(proposal, "naskah/buat/"), typed | {"sure": sure}, follow=True)
    assert "Naskah Nomor 1 dibuat" in text(page)
