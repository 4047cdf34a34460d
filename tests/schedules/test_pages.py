"""What pages say of dates and freezes, and the pages on which they are set."""

from collections import Counter
from datetime import timedelta

import pytest
from lxml import html

from enrollment.schedules.models import Extension, Freeze
from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_tables_fit
from tests.pages.source import on_one_line
from tests.proposals import making
from tests.schedules.test_actions import DAY, extend, freeze, lift, set_dates, today
from tests.selection import short
from villages import scope
from villages.models import Area

pytestmark = pytest.mark.django_db


def text(answer):
    return on_one_line(answer.content.decode())


def written(day):
    return day.isoformat()


def test_the_dates_are_set_and_told(as_person):
    subsidy = making.programme()
    url = f"/program/{subsidy.pk}/jadwal/"
    typed = {"submit_until": written(today() + 12 * DAY), "verify_until": written(today())}
    rini = as_person("rini")
    assert "lebih awal daripada" in text(rini.post(url, typed))
    typed["verify_until"] = ""
    assert "Jadwal tersimpan" in text(rini.post(url, typed, follow=True))
    proposal = making.draft(subsidy, 1)
    assert "12 hari lagi" in text(as_person("kartika").get(f"/usulan/{proposal.pk}/"))
    assert "12 hari lagi" in text(as_person("kartika").get("/"))


def test_who_is_late_sees_it_and_so_does_the_dinas(as_person):
    subsidy = making.programme()
    proposal = making.draft(subsidy, 1)
    set_dates(subsidy, submit_until=today() - 3 * DAY)
    page = text(as_person("kartika").get(f"/usulan/{proposal.pk}/"))
    assert "sudah lewat" in page and "Ajukan 1 orang" not in page
    lists = f"/usulan/program/{subsidy.pk}/?q=senden"
    assert "Terlambat" in text(as_person("vera").get(lists))
    page = text(as_person("rini").get(lists))
    assert f"/jadwal/tambahan/?wilayah={people.SENDEN}" in page
    extend(subsidy, until=today())
    assert "Terlambat" not in text(as_person("rini").get(lists))


def test_a_village_gets_more_time(as_person):
    subsidy = making.programme()
    set_dates(subsidy, submit_until=today())
    rini, url = as_person("rini"), f"/program/{subsidy.pk}/jadwal/tambahan/"
    assert f'value="{people.SENDEN}" selected' in text(rini.get(url, {"wilayah": people.SENDEN}))
    typed = {"area": people.SENDEN, "until": written(today()), "reason": "Banjir"}
    assert "Isi tanggal sesudahnya" in text(rini.post(url, typed))
    typed["until"] = written(today() + DAY)
    page = text(rini.post(url, typed, follow=True))
    assert "Senden" in page and "Banjir" in page
    with scope.whole_country("tests"):
        assert Extension.objects.get().name == "Rini"


def test_villages_of_one_name_are_offered_with_their_kecamatan(as_person):
    """The demo's regency has several villages of one name, so a name alone names nobody."""
    subsidy = making.programme()
    set_dates(subsidy, submit_until=today())
    with scope.whole_country("tests"):
        named = Counter(
            Area.objects.within(people.TRENGGALEK).villages().filter(current=True)
            .values_list("name", flat=True)
        )  # fmt: skip
    twice = {name for name, times in named.items() if times > 1}
    assert twice
    page = html.document_fromstring(as_person("rini").get(
        f"/program/{subsidy.pk}/jadwal/tambahan/").text)  # fmt: skip
    offered = [each.text_content().strip() for each in page.xpath("//select[@name='area']//option")]
    assert len(offered) == sum(named.values()) + 1
    assert not twice & set(offered)
    assert len(set(offered)) == len(offered)


DAYS_AWAY = [("0206-01-05", "5 Januari 206"), ("2062-01-05", "5 Januari 2062")]


@pytest.mark.parametrize(("typed", "said"), DAYS_AWAY)
def test_a_day_that_is_years_away_is_asked_about(as_person, typed, said):
    """A freeze until 2062 would stop a whole regency, a limit of the year 206 all its villages."""
    subsidy = making.programme()
    set_dates(subsidy, submit_until=today())
    rini = as_person("rini")
    first = min(typed, written(today()))
    forms = [
        ("/pengaturan/masa-beku/",
         {"move": "all", "reason": "Audit", "first": first, "last": max(typed, first)}),
        (f"/program/{subsidy.pk}/jadwal/", {"submit_from": "", "submit_until": typed}),
    ]  # fmt: skip
    if typed > first:  # more time is never less
        more = {"area": people.SENDEN, "until": typed, "reason": "Banjir"}
        forms.insert(0, (f"/program/{subsidy.pk}/jadwal/tambahan/", more))
    for url, given in forms:
        answer = rini.post(url, given)
        assert f"{said}? Simpan sekali lagi bila benar." in text(answer), url
        page = html.document_fromstring(answer.text)
        (sure,) = page.xpath("//main//input[@name='sure']/@value")
        assert rini.post(url, given | {"sure": sure}).status_code == 302, url


def test_a_freeze_is_set_said_and_ended(as_person):
    proposal = making.submitted(making.programme(), 1)
    rini = as_person("rini")
    typed = {"move": "verify", "reason": "Masa tenang", "first": written(today()),
             "last": written(today() - DAY)}  # fmt: skip
    assert "Lebih awal daripada tanggal mulai" in text(rini.post("/pengaturan/masa-beku/", typed))
    typed["last"] = written(today() + DAY)
    assert "Berlaku" in text(rini.post("/pengaturan/masa-beku/", typed, follow=True))
    people_page = f"/usulan/program/{proposal.programme_id}/orang/?status=submitted"
    assert "Masa tenang" in text(as_person("vera").get(people_page))
    assert "Masa tenang" not in text(as_person("kartika").get(f"/usulan/{proposal.pk}/"))
    with scope.whole_country("tests"):
        frozen = Freeze.objects.get()
    rini = as_person("rini")
    end = f"/pengaturan/masa-beku/{frozen.pk}/akhiri/"
    page = text(rini.post(end, follow=True))
    assert "Masa beku diakhiri: langkahnya berjalan lagi." in page
    assert "Diakhiri" in page and "Ya, akhiri" not in page
    assert "sudah berakhir" in text(rini.post(end, follow=True))
    assert "Masa tenang" not in text(as_person("vera").get(people_page))


def test_a_freeze_to_come_is_called_off(as_person):
    frozen = freeze(first=today() + DAY, last=today() + DAY)
    rini = as_person("rini")
    assert "Ya, batalkan" in text(rini.get("/pengaturan/masa-beku/"))
    page = text(rini.post(f"/pengaturan/masa-beku/{frozen.pk}/akhiri/", follow=True))
    assert "Masa beku dibatalkan." in page and "Dibatalkan" in page


@pytest.mark.parametrize("width", short([360, 1280]))
def test_the_pages_are_accessible_and_fit(page_at, as_person, width):
    subsidy = making.programme()
    set_dates(subsidy, submit_until=today() + DAY)
    extend(subsidy)
    freeze(last=today() + timedelta(days=9))
    freeze(first=today() + DAY, last=today() + DAY)
    lift(freeze(last=today() + DAY))
    page = page_at(width, as_person("rini"))
    for url in (
        f"/program/{subsidy.pk}/jadwal/",
        f"/program/{subsidy.pk}/jadwal/tambahan/",
        "/pengaturan/masa-beku/",
    ):
        page.goto(HOME + url)
        assert_accessible(page)
        assert_fits(page)
        if width == 1280:
            assert_tables_fit(page)
