"""A programme's page: its rules in words for everybody who sees it, to change for the admin."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from enrollment.proposals.papers import actions as papers
from enrollment.routes import actions as routes
from enrollment.routes.rules import Via
from enrollment.schedules import actions as schedules
from enrollment.schedules.rules import Dates
from enrollment.statements import actions as statements
from enrollment.statements.rules import Demand, Weight
from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits
from tests.pages.source import on_one_line
from tests.proposals import making
from tests.reports import reading
from villages import scope

pytestmark = pytest.mark.django_db
EVERYBODY = ["kartika", "olan", "tani", "karim", "vera", "amir", "audi", "bima", "rini"]
RULES = {
    "Jadwal": "Pengajuan 1 Juni 2026 sampai 11 Juni 2026, verifikasi paling lambat 1 Juli 2026, "
    "persetujuan paling lambat 2 Juli 2026",
    "Jalur": "Desa: diperiksa kecamatan dahulu. Kelurahan: langsung ke Dinas",
    "Naskah pengajuan": "Wajib sebelum diajukan, juga untuk yang dikembalikan. NIK utuh, dengan "
    "tanggal lahir",
    "Pernyataan masih bekerja": "Wajib: tanpa pernyataan tidak dapat diajukan. Berlaku 6 bulan",
    "Kuota tiap desa": "7 orang",
}
UNSET = {
    "Jadwal": "Tanpa batas waktu",
    "Jalur": "Langsung ke Dinas",
    "Naskah pengajuan": "Tidak diminta",
    "Pernyataan masih bekerja": "Diperingatkan: tetap dapat diajukan. Berlaku 12 bulan",
    "Kuota tiap desa": "Tanpa batas",
}


def page(client, subsidy):
    answer = client.get(f"/program/{subsidy.pk}/")
    assert answer.status_code == 200
    return on_one_line(answer.content.decode())


def ruled(people_sent=0):
    """A programme with rules of every kind, set after a village has handed in."""
    subsidy, rini = making.programme(village_quota=7), people.office("rini")
    if people_sent:
        making.submitted(subsidy, people_sent)
    with scope.enter(rini):
        dates = Dates(*(date(2026, *day) for day in ((6, 1), (6, 11), (7, 1), (7, 2))))
        schedules.set_dates(subsidy, dates, by=rini)
        routes.set_ways(subsidy, desa=Via.DISTRICT, kelurahan="langsung", by=rini)
        papers.set_rule(subsidy, asked="required", niks="whole", returned_too=True, by=rini)
        statements.ask(subsidy, Demand(Weight.REQUIRED, 6), by=rini)
    return subsidy


def values(html):
    """The rows of the panel: name → value."""
    panel = html.split('<h2 id="aturan">')[1].split("</section>")[0]
    rows = panel.split("<dt>")[1:]
    told = (row.replace("<a ", "|<a ").split("</dt>") for row in rows)
    return {name: reading.text(value).split("|")[0].strip() for name, value in told}


@pytest.mark.parametrize("name", EVERYBODY)
def test_whoever_sees_a_programme_reads_its_rules_and_the_admin_changes_them(as_person, name):
    subsidy = ruled()
    html = page(as_person(name), subsidy)
    assert values(html) == RULES
    for tail in ("jadwal/", "jalur/", "naskah/", "pernyataan/"):
        assert (f'href="/program/{subsidy.pk}/{tail}"' in html) == (name == "rini"), tail


def test_what_nobody_has_set_is_told_as_well(as_person):
    assert values(page(as_person("audi"), making.programme())) == UNSET


def test_the_tile_of_lists_that_came_opens_these_lists(as_person):
    subsidy = making.submitted(making.programme(), 2).programme
    vera = as_person("vera")
    html = page(vera, subsidy)
    tile = html.split("Sudah mengajukan")[0].rsplit('href="', 1)[1].split('"')[0]
    assert parse_qs(urlsplit(tile).query) == {"pengajuan": ["sudah"]}
    assert "1 dari 157" in html
    assert reading.total(vera.get(tile).content.decode()) == 1


@pytest.mark.parametrize(("width", "most"), [(360, 3700), (1280, 2100)])
def test_it_is_short_enough_to_be_read(page_at, as_person, width, most):
    subsidy = ruled(people_sent=2)
    seen = page_at(width, as_person("rini"))
    seen.goto(f"{HOME}/program/{subsidy.pk}/")
    assert_accessible(seen)
    assert_fits(seen)
    assert seen.evaluate("document.documentElement.scrollHeight") <= most
