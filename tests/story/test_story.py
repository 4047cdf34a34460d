"""The whole story in real browsers: from a village's sheet to the annex of the decree.

Siti heads kelurahan Kelutan and works on her phone; Vera, Amir and Rini sit at their desks in
the Dinas and the regency's office. Web server, queue, worker and database are the real ones.
"""

import json
import re
from pathlib import Path

import openpyxl
import pytest

from tests import people
from tests.pages.browser import assert_quiet
from tests.proposals import making

pytestmark = pytest.mark.django_db(transaction=True)

SAMPLES = Path(__file__).parents[1] / "samples"
SHEET = SAMPLES / "01-template-trenggalek.xlsx"
KELUTAN = "35.03.11.1005"
PHONE, DESK = 360, 1280
MONTHS, PREMIUM = 12, 16_800
NUMBER = "188.45/417/406.001.3/2026"
WHY = "Alamatnya bukan di Kelutan. Periksa lagi ke RT."


@pytest.fixture
def siti(monkeypatch):
    monkeypatch.setitem(people.NAMES, "siti", (people.Role.VILLAGE_HEAD, KELUTAN))
    return "siti"


@pytest.fixture
def programme():
    making.programme(people_paid=1000, legal_basis="12 Tahun 2026")


def test_from_the_sheet_of_a_village_to_the_annex_of_the_decree(siti, programme, at_desk, tmp_path):
    good, bad = good_rows_of(SHEET), 7

    village = at_desk(siti, PHONE)
    upload(village, SHEET)
    assert preview_of(village) == {"read": "200", "good": "193", "errors": str(bad)}
    take(village, 193)
    returned = download(village, "unduh", tmp_path / "perbaikan.xlsx", exact=True)
    assert len(people_to_correct(returned)) == bad
    put_everybody_on_a_list(village)
    assert shown_cost(village) == rupiah(193 * MONTHS * PREMIUM)
    hand_in(village, 193)

    dinas = at_desk("vera", DESK)
    open_list_of_kelutan(dinas)
    sent_back = send_back_the_first_two(dinas, WHY)
    dinas.locator(".tile", has_text="Diajukan").click()
    decide_on_all(dinas, "Verifikasi", 191)
    remaining = [row for row in good if row["Nama"] not in sent_back]
    assert len(remaining) == 191

    head_of_dinas = at_desk("amir", DESK)
    open_people_of_the_programme(head_of_dinas)
    decide_on_all(head_of_dinas, "Setujui", 191)

    regency = at_desk("rini", DESK)
    draft_decree(regency)
    issue_decree(regency)
    annex = Annex(download(regency, "Unduh lampiran lengkap", tmp_path / "lampiran.xlsx"))
    in_order = sorted(remaining, key=lambda row: (row["Nama"].casefold(), row["NIK"]))
    assert annex.column("No.") == list(range(1, 192))
    assert annex.column("Nama") == [row["Nama"] for row in in_order]
    assert annex.column("NIK") == [row["NIK"] for row in in_order]
    assert annex.types("NIK") == {"s"}, "a number would lose its last digits in Excel"
    assert set(annex.column("Jumlah (Rp)")) == {MONTHS * PREMIUM}
    assert annex.total == 191 * MONTHS * PREMIUM
    assert not sent_back & set(annex.column("Nama"))

    village.get_by_role("link", name="LindungDesa").click()
    first = village.locator(".todo").first
    assert "Perbaiki 2 orang yang dikembalikan" in first.inner_text()
    assert village.get_by_text(WHY).count() == 2
    for page in (village, dinas, head_of_dinas, regency):
        assert_quiet(page)


@pytest.mark.every
def test_a_village_hands_in_without_javascript(siti, programme, at_desk):
    village = at_desk(siti, PHONE, javascript=False)
    upload(village, SHEET)
    assert preview_of(village)["good"] == "193"
    take(village, 193)
    put_everybody_on_a_list(village)
    hand_in(village, 193)


# --- The village ---------------------------------------------------------------------------


def upload(page, path):
    """Follow the to-do of the home page and upload the sheet."""
    page.get_by_role("link", name="Unggah daftar").click()
    page.get_by_label("Berkas daftar").set_input_files(path)
    page.get_by_role("button", name="Unggah dan periksa").click()


def preview_of(page):
    """The numbers on the page as soon as the worker has read the list."""
    page.get_by_role("heading", name="Hasil pemeriksaan").wait_for()
    labels = {"read": "Orang terbaca", "errors": "Salah, tidak disimpan"}
    tiles = {
        name: page.locator(".tile", has_text=label).locator("b").inner_text()
        for name, label in labels.items()
    }
    good = page.get_by_role("button", name=re.compile(r"^Simpan .* ke daftar")).inner_text()
    return tiles | {"good": re.search(r"[\d.]+", good)[0]}


def take(page, count):
    page.get_by_role("button", name=f"Simpan {count} orang ke daftar").click()
    page.get_by_role("heading", name=f"{count} orang ada di daftar pekerja").wait_for()


def put_everybody_on_a_list(page):
    menu(page, "Usulan")
    page.get_by_role("button", name="Mulai daftar").click()
    page.get_by_role("link", name="Pilih orang").click()
    page.get_by_role("button", name="Tambahkan semua yang memenuhi syarat").click()


def shown_cost(page):
    return page.locator(".sum-total dd").inner_text()


def hand_in(page, count):
    unfold(page, "Ajukan ke Dinas")
    page.get_by_text(f"Ajukan {count} orang ke Dinas?").wait_for()
    page.get_by_role("button", name="Ya, ajukan").click()
    page.get_by_text(f"{count} orang diajukan").wait_for()


# --- The Dinas -----------------------------------------------------------------------------


def open_list_of_kelutan(page):
    menu(page, "Usulan")
    page.get_by_role("link", name="1 dari 157 sudah mengajukan").click()
    page.get_by_role("link", name="yang sudah").click()
    page.get_by_role("link", name="Kelutan").click()


def send_back_the_first_two(page, reason):
    """Returns their names."""
    rows = page.locator("tbody tr")
    names = {
        rows.nth(at).get_by_role("rowheader").get_by_role("link").inner_text() for at in (0, 1)
    }
    for name in names:
        page.get_by_label(f"Pilih {name}", exact=True).check()
    unfold(page, "Kembalikan")
    page.get_by_label("Alasan").first.fill(reason)
    page.get_by_role("button", name="Kembalikan").click()
    page.get_by_text("2 orang dikembalikan").wait_for()
    return names


def open_people_of_the_programme(page):
    menu(page, "Usulan")
    page.get_by_role("link", name="Buka daftar orang").click()


def decide_on_all(page, word, count):
    page.get_by_label("Semua yang disaring dan dapat diproses").check()
    page.get_by_role("button", name=word).click()
    done = page.locator(".tile", has_text="Orang di")
    done.get_by_text(str(count), exact=True).wait_for()


# --- The regency's office ------------------------------------------------------------------


def draft_decree(page):
    menu(page, "Keputusan")
    page.get_by_role("link", name="Buat rancangan").first.click()
    page.get_by_label("Nomor keputusan").fill(NUMBER)
    page.get_by_label("Tanggal keputusan").fill("2026-11-20")
    page.get_by_label("Tentang").fill("Penerima Bantuan Iuran Tahun 2026")
    page.get_by_label("Dasar hukum").fill("Peraturan Bupati Trenggalek Nomor 12 Tahun 2026")
    page.get_by_role("button", name="Buat rancangan").click()
    page.get_by_text("sudah lewat pada tanggal keputusan itu").first.wait_for()
    page.get_by_role("button", name="Buat rancangan").click()
    page.get_by_text("Rancangan dibuat dengan 191 orang").wait_for()


def issue_decree(page):
    unfold(page, "Terbitkan")
    page.get_by_text(f"Terbitkan {NUMBER}?").wait_for()
    page.get_by_role("button", name="Ya, terbitkan").click()


class Annex:
    """The downloaded annex as a spreadsheet program shows it."""

    def __init__(self, path):
        rows = list(openpyxl.load_workbook(path).active.iter_rows())
        (head,) = [at for at, row in enumerate(rows) if row[0].value == "No."]
        self.headings = [cell.value for cell in rows[head]]
        self.people = [row for row in rows[head:] if isinstance(row[0].value, int)]
        words = f"JUMLAH SELURUHNYA: {len(self.people)} orang"
        (self.total,) = [row[-1].value for row in rows[head:] if row[0].value == words]

    def cells(self, heading):
        at = self.headings.index(heading)
        return [row[at] for row in self.people]

    def column(self, heading):
        return [cell.value for cell in self.cells(heading)]

    def types(self, heading):
        return {cell.data_type for cell in self.cells(heading)}


# --- Steps shared by all, and the contents of the sheet ------------------------------------


def menu(page, word):
    page.get_by_role("navigation").get_by_role("link", name=word, exact=True).click()


def unfold(page, words):
    page.locator("summary", has_text=words).click()


def download(page, link, path, **options):
    with page.expect_download() as begun:
        page.get_by_role("link", name=link, **options).click()
    begun.value.save_as(path)
    return path


def good_rows_of(path):
    """The rows of a sheet that are not named as faulty in expected.json, heading → value."""
    expected = json.loads((SAMPLES / "expected.json").read_text())[path.name]
    faulty = {finding["row"] for finding in expected["findings"]}
    head, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    named = [(at, dict(zip(head, row, strict=True))) for at, row in enumerate(rows, 2)]
    return [row for at, row in named if at not in faulty]


def people_to_correct(path):
    return [row for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2) if row[0].value]


def rupiah(amount):
    return f"Rp{amount:,}".replace(",", ".")
