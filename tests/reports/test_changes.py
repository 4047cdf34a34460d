"""The record of changes: who changed what, for the auditor."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrollment import paging
from enrollment.programmes import quotas
from enrollment.programmes.models import PremiumSubsidy, Quota
from enrollment.reports import changes
from tests import people
from tests.programmes.test_waves import add
from tests.proposals import making
from tests.workers.test_listing import rows_of
from villages import scope
from villages.accounts import links
from villages.models import Area, Role, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def auditor():
    return people.office("audi")


def rows(slug, name="audi"):
    office, subject = people.office(name), changes.SUBJECTS[slug]
    with scope.enter(office):
        return changes.rows_of(subject, office, changes.events_of(subject, office))


def change_account(**values):
    rini, kartika = people.office("rini"), people.office("kartika").user
    with scope.enter(rini):
        account = User.objects.get(pk=kartika.pk)
        for name, value in values.items():
            setattr(account, name, value)
        account.save()


def test_a_changed_account_shows_who_old_and_new():
    change_account(is_active=False)
    row = rows("akun")[0]
    assert (row.who, row.what, row.whose) == ("Rini", "Diubah", "kartika")
    assert row.changes == [("aktif", "ya", "tidak")]


def test_an_office_is_named_by_its_holder_and_place():
    people.office("kartika")
    assert "Kartika, Kepala desa, Senden" in [row.whose for row in rows("jabatan")]


def test_a_quota_shows_what_an_admin_set_and_not_the_places_that_lists_took():
    subsidy = making.programme(village_quota=10)
    making.submitted(subsidy, 3)
    rini = people.office("rini")
    with scope.enter(rini):
        quotas.change(Quota.objects.get(programme=subsidy, area=people.SENDEN), people=7, by=rini)
        events = Quota.events.rel.related_model.objects.filter(area_id=people.SENDEN)
        assert events.filter(used=3, people=10).exists(), "there is something to leave out"
    assert [row.changes for row in rows("kuota") if row.what == "Diubah"] == [
        [("kuota (orang)", "10", "7")]
    ]


def test_waves_of_a_programme_and_villages_of_one_name_are_told_apart():
    first = making.programme(first_month=date(2026, 1, 1), months=6, village_quota=10)
    later = add(first, wave_name="Tahap perubahan", ceiling=1_000_000)
    assert rows("program")[0].whose == f"{later.name}, 2026, Tahap perubahan"
    besuki = "35.03.01.2001", "35.03.13.2009"
    with scope.whole_country("tests"):
        Area.objects.filter(pk__in=besuki).update(name="Besuki")
    whose = {row.whose for row in rows("kuota")}
    assert f"{later}, Besuki (Kec.\N{NO-BREAK SPACE}Panggul)" in whose
    assert f"{later}, Senden" in whose


def test_pages_go_on_where_the_last_one_ended(as_person):
    for number in range(paging.ROWS + 5):
        change_account(first_name=f"Kartika {number}")
    client, asked, names = as_person("audi"), {"apa": "akun"}, []
    for number in (1, 2):
        page = client.get(reverse("change_list"), {**asked, "page": number}).context["page"]
        assert page.number == number
        names += [row.changes[0].new for row in page if row.changes]
    assert names == [f"Kartika {number}" for number in range(paging.ROWS + 4, -1, -1)]


def test_all_changes_are_given_as_a_file_and_to_be_printed(as_person):
    for number in range(paging.ROWS + 5):
        change_account(first_name=f"Kartika {number}")
    client, asked = as_person("audi"), {"apa": "akun"}
    printed = client.get(reverse("change_list"), {**asked, "cetak": "1"})
    assert "Kartika 0" in printed.text and "Kartika 54" in printed.text
    given = rows_of(client.get(reverse("change_list"), {**asked, "unduh": "xlsx"}))
    assert given[2][0] == "Perubahan pada: Akun"
    assert given[5] == ["Apa", "Waktu", "Oleh", "Yang berubah"]
    assert given[6][0] == "kartika, Diubah"
    assert given[6][3].startswith("nama depan: Kartika 53 → Kartika 54")


def test_a_programme_and_a_decree_are_there():
    subsidy = making.programme()
    with scope.whole_country("tests"):
        PremiumSubsidy.objects.filter(pk=subsidy.pk).update(ceiling=subsidy.ceiling + 1)
    row = rows("program")[0]
    assert row.changes[0].label == "pagu anggaran (rupiah)"
    for slug in changes.SUBJECTS:
        rows(slug)


def test_a_change_that_comes_from_outside_is_shown_though_not_what_was_before():
    with scope.whole_country("tests"):
        User.objects.create_user("bima", area=None)
        User.objects.filter(username="bima").update(area=people.TRENGGALEK)
    row = rows("akun")[0]
    assert (row.whose, row.what, row.changes) == ("bima", changes.FROM_ELSEWHERE, [])


def test_another_regencys_changes_are_not_shown():
    people.hold("kades_baureno", Role.VILLAGE_HEAD, people.BAURENO)
    assert "kades_baureno" in [row.whose for row in rows("akun", "boni")]
    assert "kades_baureno" not in [row.whose for row in rows("akun")]


def test_a_new_password_by_link_is_in_the_record(as_person):
    rini, kartika = people.office("rini"), people.office("kartika").user
    with scope.enter(rini):
        links.make(User.objects.get(pk=kartika.pk), by=rini)
    page = as_person("audi").get(reverse("change_list")).text
    assert "Kata sandi dihapus, kode baru dibuat" in page
    assert "Rini" in page


@pytest.mark.parametrize(
    ("name", "status"), [("audi", 200), ("rini", 200), ("vera", 403), ("kartika", 403)]
)
def test_admins_and_auditors_read_it(name, status, as_person):
    client = as_person(name)
    for slug in changes.TITLES:
        assert client.get(reverse("change_list"), {"apa": slug}).status_code == status


@pytest.mark.parametrize("asked", [{"apa": "lain"}, {"apa": "a" * 300}])
def test_an_unknown_table_is_not_found(asked, as_person):
    assert as_person("audi").get(reverse("change_list"), asked).status_code == 404


def test_queries_do_not_grow_with_the_changes(as_person):
    client = as_person("audi")
    counts = []
    for number in range(2):
        change_account(first_name=f"Nama {number}")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("change_list"), {"apa": "akun"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("subject", changes.SUBJECTS.values(), ids=lambda subject: subject.slug)
def test_no_field_shows_the_name_of_its_column(subject):
    for field in changes._fields(subject):
        assert changes._label(field) != field.name.replace("_", " "), field.name


def test_numbers_are_written_as_people_read_them(as_person):
    subsidy = making.programme(village_quota=1000)
    rini = people.office("rini")
    with scope.enter(rini):
        PremiumSubsidy.objects.filter(pk=subsidy.pk).update(village_quota=2000, fund="apbdes")
    change = next(found for found in rows("program") if found.changes)
    told = {label: (old, new) for label, old, new in change.changes}
    assert told["kuota tiap wilayah (orang)"] == ("1.000", "2.000")
    assert told["sumber dana"] == ("APBD kabupaten", "APBDes / ADD")
