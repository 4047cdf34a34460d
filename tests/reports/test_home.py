"""The home page of each role: its things to do, what it must not show, and its queries."""

import re
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enrollment.imports.models import Import
from enrollment.proposals import actions as proposals
from enrollment.proposals.models import Entry, Proposal
from enrollment.schedules import actions as schedules
from enrollment.schedules.rules import Dates
from tests import people
from tests.decrees import drafts
from tests.leavings import stories
from tests.leavings.test_actions import ended
from tests.proposals import making
from tests.reports import reading
from villages import scope
from villages.models import Role

pytestmark = pytest.mark.django_db

MOST_QUERIES = 17
"""For one home page, including its frame."""


def home(client):
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def titles(client):
    return [todo.title for todo in reading.todos(home(client))]


def send_back(proposal, count, reason="Alamat belum jelas"):
    with scope.whole_country("tests"):
        pks = list(proposal.entries.values_list("pk", flat=True)[:count])
    making.act("vera", "return", proposal, pks=pks, reason=reason)


def upload(name, **values):
    office = people.office(name)
    with scope.enter(office):
        return Import.objects.create(
            office=office, area=office.area, agency=office.agency, state=Import.State.WAITING,
            phase=Import.Phase.PREVIEW, filename="daftar.xlsx", people=9, good=7, **values,
        )  # fmt: skip


def test_a_village_is_first_asked_to_correct_people_sent_back(as_person):
    send_back(making.submitted(making.programme(), 5), 2)
    upload("olan")
    page = home(as_person("kartika"))
    asked = reading.todos(page)
    assert asked[0].title == "Perbaiki 2 orang yang dikembalikan"
    assert asked[1].title == "Tinjau daftar.xlsx"
    assert page.count("Alamat belum jelas") == 2
    assert "3 orang menunggu verifikasi" in page


def test_who_is_marked_as_repaired_is_not_asked_for_again(as_person):
    proposal = making.submitted(making.programme(), 5)
    send_back(proposal, 2)
    with scope.enter(people.office("olan")):
        proposals.mark_repaired(proposal.entries.unrepaired().first(), by=people.office("olan"))
    page = home(as_person("kartika"))
    assert reading.todos(page)[0].title == "Perbaiki 1 orang yang dikembalikan"
    assert page.count("Alamat belum jelas") == 1


def test_a_village_sees_what_a_list_costs_before_handing_it_in(as_person):
    making.draft(making.programme(name="Pekerja rentan"), 3)
    page = home(as_person("kartika"))
    assert reading.todos(page)[0].title == "Ajukan daftar Pekerja rentan 2026"
    assert "Rp604.800 untuk 12 bulan" in page
    assert titles(as_person("olan"))[0] == "Siapkan daftar Pekerja rentan 2026"


def test_a_village_sees_the_way_of_each_list_that_has_not_come_to_a_decree(as_person):
    farmers, fishers = making.programme(name="Petani"), making.programme(name="Nelayan")
    ploughed = making.verified(farmers, 2)
    making.submitted(fishers, 3, first=50)
    page = home(as_person("kartika"))
    assert "2 orang menunggu persetujuan" in page
    assert "3 orang menunggu verifikasi" in page
    making.act("amir", "approve", ploughed)
    drafts.issue(drafts.draft(farmers))
    page = home(as_person("kartika"))
    assert "Nelayan 2026</a></h3>" in page and "Petani 2026</a></h3>" not in page


def test_who_holds_another_office_is_told_what_waits_there(client):
    user = people.office("kartika").user
    there = people.hold("kartika", Role.VILLAGE_OPERATOR, people.BOGORAN)
    people.worker(1)
    people.worker(2, people.BOGORAN)
    client.force_login(user, backend="villages.backends.OfficeHolderBackend")
    assert "jabatan Anda yang lain" not in home(client)
    with scope.enter(there):
        Import.objects.create(
            office=there, area=there.area, state=Import.State.WAITING,
            phase=Import.Phase.PREVIEW, filename="rahasia.xlsx", people=9, good=7,
        )  # fmt: skip
    page = home(client)
    assert "1 hal menunggu Anda" in page and f"ke Operator desa {there.area.name}" in page
    assert "rahasia.xlsx" not in page
    client.post("/jabatan/", {"office": there.public_id})
    assert "rahasia.xlsx" in home(client)


def test_an_office_for_a_whole_regency_says_for_which(as_person):
    """Who works for BPJS serves several regencies: the role alone does not tell them apart."""
    rini = as_person("rini")
    people.hold("rini", Role.VERIFIER, people.TRENGGALEK)
    making.submitted(making.programme(), 1)
    page = home(rini)
    assert "Verifikator Dinas, Kabupaten Trenggalek</b>: 1 hal menunggu" in page
    assert "ke Verifikator Dinas, Kabupaten Trenggalek" in page


def test_a_village_is_asked_to_begin_a_list_and_complete_people(as_person):
    making.programme()
    people.worker(1)
    people.worker(2, rt="", findings=["rt.missing"])
    assert titles(as_person("kartika")) == [
        "Susun daftar Pekerja rentan 2026",
        "Lengkapi data 1 orang",
    ]


def test_a_village_without_people_is_asked_to_register_them(as_person):
    assert titles(as_person("kartika")) == ["Daftarkan pekerja rentan"]


def test_a_village_sees_nothing_of_its_neighbour(as_person):
    send_back(making.submitted(making.programme(), 2), 1)
    upload("olan")
    people.worker(90, rt="", findings=["rt.missing"])
    page = home(as_person("bagus"))
    assert [todo.title for todo in reading.todos(page)] == ["Daftarkan pekerja rentan"]
    assert "Alamat belum jelas" not in page


def test_an_agency_sees_only_its_own_lists(as_person):
    subsidy = making.programme()
    making.submitted(subsidy, 2)
    mine = making.submitted(subsidy, 3, by="tani", first=50)
    send_back(mine, 1, "Bukan petani")
    page = home(as_person("tani"))
    assert reading.todos(page)[0].title == "Perbaiki 1 orang yang dikembalikan"
    assert "2 orang menunggu verifikasi" in page
    assert titles(as_person("kartika"))[-1] != "Perbaiki 1 orang yang dikembalikan"


def test_a_district_is_asked_to_remind_villages_that_have_not_handed_in(as_person):
    making.submitted(making.programme(), 1)
    page = home(as_person("karim"))
    todo = reading.todos(page)[0]
    assert todo.title == "Ingatkan 6 desa"
    assert "Senden" not in reading.text(page.split("belum mengajukan")[0])
    assert "1 dari 7 desa sudah mengajukan" in reading.text(page)


def test_a_verifier_sees_people_to_verify_and_the_lists_waiting_longest(as_person):
    subsidy = making.programme()
    making.submitted(subsidy, 3)
    making.submitted(subsidy, 2, by="bagus", first=50, area=people.BOGORAN)
    page = home(as_person("vera"))
    assert reading.todos(page)[0].title == "Verifikasi 5 orang"
    assert "2 dari 157 desa/kelurahan sudah mengajukan" in reading.text(page)
    longest = [tile[:2] for tile in reading.numbers(page) if "Kec." in tile.label]
    assert longest == [("Senden, Kec. Kampak", 3), ("Ngadimulyo, Kec. Kampak", 2)]
    assert titles(as_person("vino")) == ["Tidak ada yang menunggu Anda"]


def test_an_approver_sees_people_and_the_remaining_budget(as_person):
    making.verified(making.programme(people_paid=2), 3)
    page = home(as_person("amir"))
    assert reading.todos(page)[0].title == "Setujui 3 orang"
    assert "Rp604.800" in page
    assert "Sisa pagu hanya cukup untuk 2 orang" in page


def test_once_the_months_have_begun_a_list_costs_the_months_that_remain(as_person, monkeypatch):
    stories.today_is(monkeypatch, date(2026, 5, 15))
    subsidy = stories.decreed(1, people_paid=2).programme
    making.draft(subsidy, 3, by="bagus", area=people.BOGORAN, first=40)
    assert "Biayanya paling banyak Rp352.800 untuk 7 bulan" in home(as_person("bagus"))
    making.verified(subsidy, 3, first=50)
    page = home(as_person("amir"))
    assert "Rp352.800. Sisa pagu hanya cukup untuk 1 orang selama 7 bulan." in page
    stories.today_is(monkeypatch, date(2026, 12, 1))
    assert "Tidak ada lagi bulan yang dapat dibayar" in home(as_person("amir"))


def test_the_oldest_lists_tell_since_when_people_wait_for_this_office(as_person):
    """Not when the list was handed in, which is the day of another step."""
    proposal = making.verified(making.programme(), 2)
    with scope.whole_country("tests"):
        Proposal.objects.update(submitted_at=day(2026, 2, 1))
        Entry.objects.filter(proposal=proposal).update(changed_at=day(2026, 3, 5))
        Entry.objects.filter(pk=making.entries(proposal)[0].pk).update(changed_at=day(2026, 3, 9))
    page = reading.text(home(as_person("amir")))
    assert "orang sejak 5 Maret 2026" in page
    assert "1 Februari 2026" not in page


def day(*parts):
    return timezone.make_aware(datetime(*parts))


def test_an_admin_is_asked_to_complete_and_draft_decrees_and_open_programmes(as_person):
    subsidy = making.programme(name="Pertama")
    making.approved(subsidy, 2)
    drafts.draft(subsidy, number="", legal_basis="")
    making.approved(making.programme(name="Kedua"), 1, first=40)
    making.programme(name="Ketiga", opened=False)
    page = home(as_person("rini"))
    assert [todo.title for todo in reading.todos(page)][:3] == [
        "Lengkapi rancangan keputusan",
        "Tetapkan 1 orang yang disetujui",
        "Buka Ketiga 2026",
    ]
    assert "Nomor keputusan belum diisi." in page
    assert "Dasar hukum belum diisi" in page
    assert titles(as_person("boni")) == ["Tidak ada yang menunggu Anda"]


def test_bpjs_is_asked_to_register_the_people_of_current_decrees(as_person, settings):
    subsidy = drafts.programme(year=2098, first_month=date(2098, 1, 1), months=12, maximum_age=150)
    drafts.approve(subsidy, drafts.village_of(1), drafts.village_of(2))
    drafts.issue(drafts.draft(subsidy))
    over = drafts.programme(name="Lama", year=2020, first_month=date(2020, 1, 1), months=3)
    drafts.approve(over, drafts.village_of(3))
    drafts.issue(drafts.draft(over, number="1/2020"))
    page = home(as_person("bima"))
    assert [todo.title for todo in reading.todos(page)] == ["Daftarkan 2 orang"]
    assert "1/2020" in page.partition("Sudah didaftarkan atau berakhir")[2]


def test_a_decree_whose_people_bpjs_has_registered_asks_for_nothing_more(as_person):
    subsidy = drafts.programme(year=2098, first_month=date(2098, 1, 1), months=12, maximum_age=150)
    drafts.approve(subsidy, drafts.village_of(1))
    decree = drafts.issue(drafts.draft(subsidy))
    bima = as_person("bima")
    assert titles(bima) == ["Daftarkan 1 orang"]
    bima.post(reverse("decree_register", args=[decree.pk]), {"on": f"{timezone.localdate()}"})
    assert titles(bima) == ["Belum ada yang perlu didaftarkan"]
    bima.post(reverse("registration_undo", args=[decree.pk]))
    assert titles(bima) == ["Daftarkan 1 orang"]


def test_bpjs_sees_no_draft(as_person):
    subsidy = drafts.programme()
    drafts.approve(subsidy, drafts.village_of(1))
    drafts.draft(subsidy)
    assert titles(as_person("bima")) == ["Belum ada yang perlu didaftarkan"]


def test_an_auditor_sees_the_latest_decree_and_who_opened_data(as_person):
    subsidy = drafts.programme()
    person = drafts.village_of(1)
    drafts.approve(subsidy, person)
    drafts.issue(drafts.draft(subsidy))
    as_person("vera").get(f"/pekerja/{person.public_id}/")
    page = home(as_person("audi"))
    assert reading.todos(page)[0].title == "Periksa keputusan terbaru"
    assert ("Membuka halaman", 1) in [tile[:2] for tile in reading.numbers(page)]


@pytest.mark.parametrize("name", people.NAMES)
def test_every_home_page_opens_on_an_empty_portal(as_person, name):
    page = home(as_person(name))
    assert len(reading.todos(page)) == 1


def test_the_home_page_is_read_only(as_person):
    assert as_person("kartika").post("/").status_code == 405


def test_the_home_page_needs_a_log_in(client, db):
    assert client.get("/").status_code == 302


def test_in_sijunjung_a_village_is_a_nagari(client):
    people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
    for name, role, area in (
        ("wali", Role.VILLAGE_OPERATOR, "13.03.07.2002"),
        ("camat", Role.DISTRICT, "13.03.07"),
        ("periksa", Role.VERIFIER, people.SIJUNJUNG),
        ("atur", Role.REGENCY_ADMIN, people.SIJUNJUNG),
    ):
        held = people.hold(name, role, area)
        client.force_login(held.user, backend="villages.backends.OfficeHolderBackend")
        page = home(client).replace("LindungDesa", "")
        assert "desa" not in page.lower()


def queries_of(client):
    """The number of queries of the page itself, without those for session, account and office."""
    with CaptureQueriesContext(connection) as captured:
        home(client)
    asked = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
    known = re.compile(r"set_config|villages_session|FROM .villages_(user|office)")
    return len([sql for sql in asked if not known.search(sql)])


def test_the_number_of_queries_does_not_grow_with_the_rows(as_person):
    names = ["kartika", "tani", "karim", "vera", "amir", "rini", "bima", "audi"]
    subsidy = making.programme()
    queries = {name: [] for name in names}
    for round_ in range(3):
        first = 100 * round_
        send_back(making.submitted(subsidy, 3, first=first), 1)
        making.verified(subsidy, 2, first=first + 10)
        making.approved(subsidy, 2, first=first + 20)
        making.submitted(subsidy, 2, by="tani", first=first + 30)
        people.worker(first + 40, rt="", findings=["rt.missing"])
        upload("olan")
        drafts.issue(drafts.draft(subsidy, number=f"{round_}/2026"))
        for name in names:
            client = as_person(name)
            home(client)
            queries[name].append(queries_of(client))
    for _name, (_, second, third) in queries.items():
        assert second == third <= MOST_QUERIES


def test_the_month_of_a_last_day_keeps_its_capital(as_person):
    subsidy = making.programme()
    making.submitted(subsidy, 1)
    making.draft(subsidy, 1, by="bagus", area=people.BOGORAN, first=40)
    rini = people.office("rini")
    dates = Dates(submit_until=date(2099, 1, 11), verify_until=date(2099, 1, 12))
    with scope.enter(rini):
        schedules.set_dates(subsidy, dates, by=rini)
    assert "Paling lambat 12 Januari 2099, " in home(as_person("vera"))
    assert "Paling lambat 11 Januari 2099, " in home(as_person("bagus"))


def test_the_daily_work_comes_before_who_has_left(as_person, monkeypatch):
    """The first thing to do has the page's one primary button."""
    stories.today_is(monkeypatch, stories.MAY)
    decreed = stories.decreed(2)
    ended(making.entries(decreed)[0])
    sent = making.submitted(decreed.programme, 3, by="bagus", area=people.BOGORAN, first=40)
    assert titles(as_person("vera")) == ["Verifikasi 3 orang", "Catat keluarnya 1 orang"]
    making.act("vera", "verify", sent)
    stories.filed(making.entries(decreed)[1])
    assert titles(as_person("amir"))[:2] == ["Setujui 3 orang", "Putuskan keluarnya 1 orang"]
