"""The warning for a village that uploads another village's list, perhaps by mistake."""

import os
from collections import Counter

import pytest
from django.urls import reverse

from enrollment.imports import actions
from enrollment.imports.pages import misplaced
from tests import people
from tests.imports.lists import current, take
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.pages.source import on_one_line
from tests.selection import short
from villages import scope
from villages.models import Area

PICTURES = os.environ.get("PICTURES")
pytestmark = pytest.mark.django_db
HEADINGS = ["NIK", "Nama", "Desa", "Kecamatan"]


@pytest.fixture
def listed(workbook):
    """`listed(("Bogoran", "Kampak"), …)` uploads people with these villages and districts and
    returns the import, read."""

    def hand_in(*places, who="kartika", area=None, titles=(), sheet="Warga", **options):
        rows = [[people.nik(at), f"WARGA {at}", *place] for at, place in enumerate(places)]
        path = workbook({sheet: [*([title] for title in titles), HEADINGS, *rows]})
        by = people.office(who)
        with scope.enter(by), path.open("rb") as file:
            job = actions.receive(by=by, file=file, filename=path.name, area=area, **options)
        actions.advance(job.pk)
        return current(job)

    return hand_in


def named(job):
    with scope.enter(job.office):
        return [
            (village.name, village.number, village.rows)
            for village in misplaced.villages_named(job)
        ]


def detail(client, job):
    return on_one_line(client.get(reverse("import_detail", args=[job.pk])).content.decode())


def test_the_page_warns_which_village_is_named_where_before_and_after_saving(listed, as_person):
    neighbours = [("BOGORAN", "Kampak")] * 6
    job = listed(("Senden", "Kampak"), *neighbours, ("Desa Timahan", ""))
    assert named(job) == [("Bogoran", 6, [3, 4, 5, 6, 7]), ("Timahan", 1, [9])]
    client = as_person("kartika")
    page = detail(client, job)
    assert "Daftar ini menyebut desa lain" in page
    assert "kolom desa pada 6 baris (baris 3, 4, 5, 6, 7, …)" in page
    assert "kolom desa pada 1 baris (baris 9)" in page
    assert "jangan disimpan" in page
    assert job.good == 8, "the warning is not an error of the rows"
    job = take(job)
    assert "batalkan impor ini" in detail(client, job)
    with scope.enter(job.office):
        actions.undo(by=job.office, job=job)
    actions.advance(job.pk)
    assert "menyebut desa lain" not in detail(client, job)


@pytest.mark.parametrize(
    "place",
    [("SENDEN", "KAMPAK"), ("Ds. Senden", ""), ("35.03.07.2007", ""), ("1. Senden", "07 Kampak"),
     ("Sendenn", "Kampak"), ("Krajan", ""), ("", "Kampak")],
)  # fmt: skip
def test_names_that_are_or_may_be_the_villages_own_give_no_warning(listed, as_person, place):
    job = listed(place, ("Senden", "Kampak"))
    assert named(job) == []
    assert "menyebut desa lain" not in detail(as_person("kartika"), job)


def test_of_two_villages_with_the_same_name_the_district_decides(listed):
    with scope.whole_country("test"):
        villages = Area.objects.within(people.BOJONEGORO).filter(current=True, level=4)
        twice = Counter(villages.values_list("name", flat=True)).most_common(1)[0][0]
        own, other, *_ = villages.filter(name=twice).order_by("code")
        districts = [Area.objects.get(pk=village.code[:8]).name for village in (own, other)]
    places = [(twice, ""), (twice, districts[0]), (twice, districts[1])]
    job = listed(*places, who="boni", area=own.code)
    assert named(job) == [(twice, 1, [4])]


def test_a_village_named_in_a_title_gives_the_warning_too(listed, as_person):
    job = listed(("", ""), ("", ""), titles=["DAFTAR PEKERJA RENTAN", "DESA BOGORAN KEC. KAMPAK"])
    page = detail(as_person("kartika"), job)
    assert "<b>Bogoran</b>: judul lembar Warga</li>" in page
    own = listed(("", ""), titles=["DAFTAR PEKERJA RENTAN", "DESA SENDEN KEC. KAMPAK"])
    assert named(own) == []


def test_the_warning_about_a_list_that_is_only_checked_does_not_mention_saving(listed, as_person):
    job = listed(("BOGORAN", ""), who="rini", area=people.SENDEN, check_only=True)
    page = detail(as_person("rini"), job)
    assert "Daftar ini diperiksa sebagai daftar Senden." in page
    assert "dicatat di" not in page


def test_the_warning_names_at_most_ten_villages(listed, as_person):
    with scope.whole_country("test"):
        villages = Area.objects.within(people.TRENGGALEK).filter(current=True, level=4)
        others = [(village.pk, "") for village in villages.exclude(pk=people.SENDEN)[:12]]
    job = listed(*others)
    page = detail(as_person("kartika"), job)
    assert len(named(job)) == 12
    assert page.count("kolom desa pada 1 baris") == 10
    assert "dan desa lainnya, 12 seluruhnya" in page


def test_a_list_for_many_villages_gives_no_warning(listed):
    job = listed(("Bogoran", "Kampak"), ("Senden", "Kampak"), who="rini", area=people.KAMPAK)
    assert job.good == 2
    assert named(job) == []


@pytest.mark.parametrize("width", short([360, 1280]))
def test_the_page_with_the_warning_is_accessible_and_fits(
    page_at, client, as_person, listed, width
):
    job = listed(*[("BOGORAN", "Kampak")] * 7, titles=["DESA BOGORAN"])
    as_person("kartika")
    page = page_at(width, client)
    page.goto(HOME + reverse("import_detail", args=[job.pk]))
    assert_quiet(page)
    assert_accessible(page)
    assert_fits(page)
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/misplaced-{width}.png", full_page=True)
