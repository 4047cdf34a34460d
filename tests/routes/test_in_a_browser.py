"""A kecamatan looks at the list of its kelurahan in a browser: it reads what there is to do, sends
one person back with a reason and passes others on. A list that goes by the DPMD it does not see."""

import pytest
from playwright.sync_api import expect

from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.proposals import making
from tests.proposals.asking import of
from tests.routes.test_ways import KELUTAN, by_way
from tests.selection import short
from villages.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
DISTRICT = KELUTAN[:8]


@pytest.fixture(autouse=True)
def named(monkeypatch):
    monkeypatch.setitem(people.NAMES, "lurah", (Role.VILLAGE_HEAD, KELUTAN))
    monkeypatch.setitem(people.NAMES, "camat", (Role.DISTRICT, DISTRICT))


@pytest.mark.parametrize("javascript", short([False, True]), ids=["plain", "script"])
@pytest.mark.parametrize("width", short([360, 1280]))
def test_a_kelurahans_list_is_looked_at_by_its_kecamatan(page_at, as_person, width, javascript):
    subsidy = by_way(desa="dpmd", kelurahan="kecamatan")
    proposal = making.submitted(subsidy, 4, by="lurah", area=KELUTAN, first=20)
    elsewhere = making.submitted(subsidy, 1, first=60)
    page = page_at(width, as_person("camat"), javascript=javascript)
    page.goto(f"{HOME}/")
    todo = page.locator(".todo", has_text="Periksa 4 orang")
    todo.get_by_role("link", name="Periksa").click()
    expect(page.locator("tbody th")).to_have_count(4)
    page.goto(f"{HOME}{of(proposal)}")
    page.get_by_label("Pilih Pekerja 20").check()
    page.locator(".bulk summary", has_text="Kembalikan").click()
    page.locator(".bulk details[open] textarea").fill("Sudah pindah ke kelurahan lain")
    page.locator(".bulk details[open] .actions button").click()
    expect(page.get_by_text("1 orang dikembalikan")).to_be_visible()
    page.get_by_label("Pilih Pekerja 21").check()
    page.get_by_label("Pilih Pekerja 22").check()
    page.get_by_role("button", name="Teruskan ke Dinas").click()
    expect(page.get_by_text("2 orang diteruskan ke Dinas")).to_be_visible()
    assert_quiet(page)
    assert_fits(page)
    if javascript:  # axe is a script
        assert_accessible(page)
    assert making.states(proposal) == {"returned": 1, "submitted": 2, "checking": 1}
    assert making.states(elsewhere) == {"checking": 1}
    page.goto(f"{HOME}{of(elsewhere)}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("tidak")

    head = page_at(width, as_person("lurah"), javascript=javascript)
    head.goto(f"{HOME}/")
    expect(head.get_by_text("Sudah pindah ke kelurahan lain").first).to_be_visible()
