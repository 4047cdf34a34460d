"""Two samples in a real browser: the preview shows the expected numbers."""

import json
from pathlib import Path

import pytest

from tests import people
from tests.pages.browser import assert_quiet

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text())
PHONE, DESK = 360, 1280
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("name", "role", "width"),
    [
        ("02-desk-data-kop-dan-judul-gabung.xlsx", people.Role.VILLAGE_HEAD, PHONE),
        ("04-siak.xls", people.Role.REGENCY_ADMIN, DESK),
    ],
)
@pytest.mark.every
def test_the_preview_shows_the_expected_numbers(at_desk, monkeypatch, name, role, width):
    expected = EXPECTED[name]
    monkeypatch.setitem(people.NAMES, "sari", (role, expected["area"]))
    page = at_desk("sari", width)
    page.goto(f"{page.url.rstrip('/')}/impor/baru/")
    page.get_by_label("Berkas daftar").set_input_files(SAMPLES / name)
    page.get_by_role("button", name="Unggah dan periksa").click()
    taken, bad = expected["taken"], expected["rows"] - expected["taken"]
    page.get_by_role("button", name=f"Simpan {taken} orang ke daftar").wait_for()
    tiles = [" ".join(text.split()) for text in page.locator(".tile").all_inner_texts()]
    assert tiles[:2] == [
        f"Orang terbaca {expected['rows']}",
        f"Salah, tidak disimpan {bad}",
    ]
    assert_quiet(page)
