"""The demo: every role has something to do, and every number is right."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from enrollment.counts import actions as counts
from enrollment.demo import accounts, load, programmes, regencies
from enrollment.management.commands import load_demo
from enrollment.models import (
    Decree,
    DuplicateCase,
    Entry,
    Import,
    PremiumSubsidy,
    Quota,
    Worker,
)
from enrollment.schedules.models import Extension, Freeze, Schedule
from enrollment.workers.checks.nik import check_nik
from tests.reports import reading
from villages import scope
from villages.models import Area, Office, Role, User

pytestmark = pytest.mark.slow

MENU = re.compile(r'class="nav-link-item" href="([^"]+)"')
ALIKE = {"operator.bogoran", "operator.kelutan", "kades.bogoran", "camat.trenggalek", "wali.latang"}
"""Accounts that are left out, since another printed account has the same role."""
DESA = re.compile(r".{20}\bdesa\b.{20}", re.I)
SAMPLES = Path(__file__).parent.parent / "samples"
HERE = [
    replace(demo, scattered=24)
    for demo in regencies.DEMOS
    if demo.code in (regencies.TRENGGALEK, regencies.SIJUNJUNG)
]
"""Two regencies with people in every 24th village only; tests/portal starts the whole demo."""


@pytest.fixture(scope="module")
def logins(django_db_setup, django_db_blocker, uploads):
    """The demo, loaded in one transaction around all tests of this file and then rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load.load(timezone.localdate(), HERE)
        transaction.set_rollback(True)


@pytest.fixture
def everything(logins, db):
    with scope.whole_country("tests"):
        yield


def client_of(username, area=None):
    with scope.whole_country("tests"):
        offices = Office.objects.filter(user__username=username).select_related("user")
        office = offices.filter(area=area).first() if area else offices.first()
    client = Client()
    client.force_login(office.user, backend="villages.backends.OfficeHolderBackend")
    client.post("/jabatan/", {"office": office.public_id})
    return client


def usernames(logins):
    return re.findall(r"^  (\S+)", logins, re.M)


def test_regencies_have_their_real_villages(everything):
    for demo, count in zip(HERE, (157, 62), strict=True):
        assert Area.objects.within(demo.code).villages().count() == count
        assert Worker.objects.within(demo.code).count() > 100


def test_there_are_people_in_every_state(everything):
    assert set(Entry.objects.values_list("state", flat=True)) == set(Entry.State.values)
    assert {"review", "sent", "issued", "revoked"} == set(
        Decree.objects.values_list("state", flat=True)
    )
    own = Decree.objects.filter(village__isnull=False).values_list("state", flat=True)
    assert sorted(own) == ["issued", "review"], "two nagari decide themselves"
    assert {"waiting", "done", "refused"} == set(Import.objects.values_list("state", flat=True))
    assert set(PremiumSubsidy.State.values) == set(
        PremiumSubsidy.objects.values_list("state", flat=True)
    )


def test_somebody_died_after_approval_and_somebody_after_the_decree(everything):
    gone = Entry.objects.approved_but_gone()
    assert set(gone.values_list("named", flat=True)) == {False, True}


def test_accounts_are_in_every_state_that_the_settings_show(everything):
    held = Office.objects.held_on(timezone.localdate()).values("user")
    left, closed, new = (
        User.objects.exclude(pk__in=held).filter(is_active=True, is_superuser=False),
        User.objects.filter(is_active=False),
        User.objects.filter(pk__in=held, password__startswith="!"),
    )
    assert all((left.exists(), closed.exists(), new.exists()))


def test_the_pages_of_accounts_show_each_of_their_states(logins, db):
    client = client_of("admin.trenggalek")
    listed = "".join(
        client.get("/pengaturan/akun/", {"page": page, "keadaan": state}).text
        for state in ("", "nonaktif", "tanpa")
        for page in (1, 2)
    )
    for words in ("Aktif", "Tanpa jabatan", "Dinonaktifkan", "Belum membuat kata sandi"):
        assert words in listed, words
    with scope.whole_country("tests"):
        users = User.objects.filter(area=regencies.TRENGGALEK)
        numbers = users.filter(username__regex="lama|baru|^bayu|^kades.senden$")
        numbers = list(numbers.values_list("pk", flat=True))
    pages = "".join(client.get(f"/pengaturan/akun/{number}/").text for number in numbers)
    for words in ("Dipegang sekarang", "Belum mulai", "Berakhir", "Belum memegang jabatan"):
        assert words in pages, words


def test_somebody_in_the_printed_villages_is_decreed(everything):
    for area in (regencies.SENDEN, regencies.LALAN):
        named = Entry.objects.filter(area=area, decree_rows__decree__state="issued")
        assert named.exists(), area


def test_people_were_registered_in_the_months_before(everything):
    days = set(Worker.objects.values_list("created_at__date", flat=True))
    today = timezone.localdate()
    assert len(days) > 60
    assert all((today - day).days <= 300 for day in days)


def test_what_came_of_it_is_there_to_be_seen(everything):
    decrees = Decree.objects.filter(regency=regencies.TRENGGALEK).issued()
    assert {decree.registration is None for decree in decrees} == {False, True}
    returned = Entry.objects.filter(area=regencies.SENDEN).returned()
    assert returned.unrepaired().exists() and returned.exclude(repaired_at=None).exists()
    assert set(DuplicateCase.objects.values_list("decision", flat=True)) >= {"", "other"}
    with_room = Quota.objects.within(regencies.SIJUNJUNG).with_room()
    assert with_room.filter(queued__gt=0).exists()


def test_an_amendment_has_all_three_lists_and_a_decree_is_revoked(everything):
    amendment = Decree.objects.get(ordinal=1)
    kinds = Counter(amendment.changes.values_list("kind", flat=True))
    assert kinds == {"out": 2, "corrected": 2}
    assert amendment.is_issued and amendment.people == 3
    assert amendment.annexes.filter(state="done").count() == 2
    assert amendment.amends.date < amendment.date < amendment.programme.first_month
    revoked = Decree.objects.get(state="revoked")
    assert revoked.regency_id == regencies.TRENGGALEK and revoked.revocation.file.size
    assert set(
        Entry.objects.filter(decree_rows__decree=revoked).values_list("state", flat=True)
    ) == {"left"}


def test_a_programme_has_a_second_wave_and_one_has_dates(everything):
    second = PremiumSubsidy.objects.get(wave=2)
    assert (second.first.wave_name, second.fund_id) == ("Tahap 1", "provinsi")
    assert Schedule.objects.get().submit_until > timezone.localdate()
    assert Extension.objects.get().area_id == regencies.TIMAHAN
    called_off, over = Freeze.objects.all()
    assert (called_off.standing.word, over.standing.word) == ("Dibatalkan", "Lewat")


def test_budgets_are_the_published_figures(everything):
    plans = {
        (subsidy.regency_id, subsidy.year, subsidy.fund_id): (subsidy.ceiling, subsidy.months)
        for subsidy in PremiumSubsidy.objects.all()
    }
    assert plans["35.03", 2023, "apbd"] == (365_000_000, 3)
    assert plans["35.03", 2024, "apbd"] == (1_200_000_000, 10)
    assert plans["35.03", 2025, "apbd"] == (10_000 * 12 * 16_800, 12)


def test_the_kept_counts_are_those_of_a_recount(everything):
    assert counts.recount() == []


def test_in_sijunjung_people_beyond_the_quota_wait(everything):
    rows = Entry.objects.filter(area=regencies.LALAN, programme__village_quota=100)
    entries = Counter(rows.values_list("state", flat=True))
    assert entries["submitted"] == 100
    assert entries["waiting"] >= 3


def test_niks_are_well_formed_and_in_no_sample(everything):
    niks = set(Worker.objects.values_list("nik", flat=True))
    assert all(check_nik(nik) == (nik, None) for nik in niks)
    for name in ("01-template-trenggalek.xlsx", "02-desk-data-kop-dan-judul-gabung.xlsx"):
        book = openpyxl.load_workbook(SAMPLES / name, read_only=True)
        cells = {
            str(cell).strip("'") for sheet in book for row in sheet.values for cell in row if cell
        }
        assert not niks & cells


def test_every_role_of_trenggalek_can_log_in_with_the_printed_password(logins, db):
    with scope.whole_country("tests"):
        offices = Office.objects.filter(user__username__in=usernames(logins))
        roles = set(offices.within("35.03").values_list("role", flat=True))
    assert roles == set(Role.values)
    client = Client()
    answer = client.post(
        "/masuk/", {"username": "kades.senden", "password": "lindungdesa-demo"}, follow=True
    )
    assert "Perbaiki 1 orang" in answer.content.decode()


def test_every_printed_account_has_something_to_do(logins, db):
    idle = []
    for username in usernames(logins):
        page = client_of(username).get("/").content.decode()
        if reading.todos(page)[0].url == "":
            idle.append(username)
    assert idle == []


@pytest.mark.every
def test_every_number_is_the_length_of_the_list_it_links_to(logins, db):
    compared = 0
    for username in (name for name in usernames(logins) if name not in ALIKE):
        client = client_of(username)
        for label, number, url in reading.numbers(client.get("/").content.decode()):
            answer = client.get(url)
            assert answer.status_code == 200, (username, label, url)
            page = answer.content.decode()
            listed = reading.total(page)
            if listed is None:
                assert re.search(rf"\b{number}\b", reading.text(page)), (username, label, url)
            else:
                assert listed == number, (username, label, url)
                compared += 1
    assert compared > 25


def test_in_sijunjung_no_page_of_the_menu_says_desa(logins, db):
    with scope.whole_country("tests"):
        names = Area.objects.within(regencies.SIJUNJUNG).filter(name__icontains="desa")
        names = list(names.values_list("name", flat=True))
    occurrences = []
    for username in [name for name in usernames(logins) if re.search("lalan|sijunjung", name)]:
        client = client_of(username)
        for url in ["/", *MENU.findall(client.get("/").content.decode())]:
            text = reading.text(client.get(url).content.decode())
            for name in ("LindungDesa", *names):
                text = text.replace(name, "")
            occurrences += [(username, url, found) for found in DESA.findall(text)]
    assert occurrences == []


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 21), (2027, 1, 12)),
        (date(2027, 3, 10), (2027, 4, 9)),
        (date(2027, 9, 30), (2027, 10, 3)),
        (date(2027, 12, 31), (2028, 1, 12)),
    ],
)
def test_lists_are_collected_for_future_months(today, expected):
    assert programmes.season(today) == expected


def test_the_command_refuses_a_portal_with_accounts(logins, db):
    with pytest.raises(CommandError, match="already"):
        call_command("load_demo")


def test_the_demo_is_refused_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not in production"):
        call_command(load_demo.Command())


@pytest.fixture
def recognised(logins, db):
    """One account has its password as the demo's own hasher writes it; the tests' is quicker."""
    with scope.whole_country("tests"):
        password = Argon2PasswordHasher().encode(accounts.PASSWORD, accounts.SALT)
        User.objects.filter(username="camat.kampak").update(password=password)


def test_the_approver_logs_in_with_the_code_that_a_command_prints(logins, recognised, capsys):
    assert re.search(r"penyetuju\.trenggalek .*bin/manage demo_code", logins)
    client = Client()
    words = {"username": "penyetuju.trenggalek", "password": "lindungdesa-demo"}
    assert client.post("/masuk/", words).url == "/masuk/kode/"
    call_command("demo_code")
    code = capsys.readouterr().out.split()[-1]
    assert client.post("/masuk/kode/", {"kode_verifikasi": code}).url == "/"


def test_a_code_is_printed_for_the_demo_alone(recognised, settings):
    call_command("demo_code")
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not the demo"):
        call_command("demo_code")
    settings.PRODUCTION = False
    with scope.whole_country("tests"):
        User.objects.filter(username="camat.kampak").update(password="!")
    with pytest.raises(CommandError, match="not the demo"):
        call_command("demo_code")
