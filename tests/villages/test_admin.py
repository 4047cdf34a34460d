"""/pengelola/: Django's admin is the platform's alone, and shows no people."""

from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.urls import reverse

from enrollment.programmes.models import Quota, Tariff
from tests import people
from tests.decrees import drafts
from tests.proposals import making
from villages import scope
from villages.models import Office, User

pytestmark = pytest.mark.django_db

TABLES = {
    "villages.Area",
    "villages.RegionRelease",
    "villages.Regency",
    "villages.RolePair",
    "villages.Agency",
    "villages.User",
    "enrollment.Occupation",
    "enrollment.Sector",
    "enrollment.Fund",
    "enrollment.Tariff",
    "enrollment.TariffDiscount",
    "enrollment.Retention",
    "enrollment.Removal",
    "enrollment.UsageLimit",
    "enrollment.Quota",
    "enrollment.UsualReason",
}


@pytest.fixture
def superuser(client):
    user = User.objects.create_superuser("akar", password=people.PASSWORD)
    client.force_login(user, backend="villages.backends.OfficeHolderBackend")
    return client


def changelist(name):
    return reverse(f"admin:{name}_changelist")


def account_of(name):
    return reverse("admin:villages_user_change", args=[people.office(name).user_id])


def test_there_is_no_table_of_people():
    ours = {model._meta.label for model in admin.site._registry if model._meta.app_label in (
        "villages", "enrollment")}  # fmt: skip
    assert ours == TABLES


@pytest.mark.parametrize("name", sorted(people.NAMES))
def test_no_office_gets_in(name, as_person):
    client = as_person(name)
    for model in admin.site._registry:
        meta = model._meta
        url = changelist(f"{meta.app_label}_{meta.model_name}")
        assert client.get(url).status_code == 403, url
    assert client.get(reverse("admin:index")).status_code == 403
    assert client.post(account_of("kartika"), {}).status_code == 403


def test_a_superuser_who_acts_in_an_office_does_not_get_in(client):
    user = people.office("vera").user
    with scope.whole_country("tests"):
        User.objects.filter(pk=user.pk).update(is_superuser=True, area=None)
        user = User.objects.get(pk=user.pk)
    client.force_login(user, backend="villages.backends.OfficeHolderBackend")
    assert client.get(reverse("admin:index")).status_code == 403


def test_it_needs_a_log_in(client):
    answer = client.get(changelist("villages_user"), follow=True)
    back = f"{reverse('login')}?next={changelist('villages_user')}"
    assert unquote(answer.redirect_chain[-1][0]) == back


def test_the_superuser_opens_every_table(superuser):
    for model in admin.site._registry:
        meta = model._meta
        url = changelist(f"{meta.app_label}_{meta.model_name}")
        assert superuser.get(url).status_code == 200, url


def test_the_superuser_without_an_office_sees_no_people(superuser):
    drafts.approve(subsidy := drafts.programme(), people.worker(1))
    decree = drafts.draft(subsidy)
    assert superuser.get(reverse("decree_detail", args=[decree.pk])).status_code == 403
    assert superuser.get(reverse("decree_list")).status_code == 403


def test_the_superuser_has_the_pages_of_the_settings_too(superuser):
    people.office("kartika")
    for name in ("settings", "account_list", "area_list", "agency_list", "tariff_list",
                 "fund_list", "sector_list", "account_new", "agency_new", "quota_upload",
                 "retention_list"):  # fmt: skip
        assert superuser.get(reverse(name)).status_code == 200, name
    for name in ("profile_edit", "limit_edit"):
        assert superuser.get(reverse(name), follow=True).status_code == 200, name
    assert "kartika" in superuser.get(reverse("account_list")).text


def test_codes_are_made_on_the_portals_page(superuser):
    kartika = people.office("kartika").user
    answer = superuser.get(reverse("admin:auth_user_password_change", args=[kartika.pk]))
    assert answer.url == reverse("account_code", args=[kartika.pk])
    assert "Buat kode kata sandi?" in superuser.get(answer.url).text


def one_office(role, area, **more):
    return {
        "offices-TOTAL_FORMS": "1",
        "offices-INITIAL_FORMS": "0",
        "offices-0-role": role,
        "offices-0-area": area,
        "offices-0-agency": "",
        "offices-0-starts_on": "2026-01-01",
        **more,
    }


def test_an_account_of_one_regency_gets_no_office_in_another(superuser):
    """Otherwise its regency's admin could set its password and act in the other one."""
    people.regency(people.BOJONEGORO)
    office = people.office("bima")
    words = {
        "username": "bima", "first_name": "Bima", "is_active": "on",
        "area": people.TRENGGALEK, **one_office("bpjs", people.BOJONEGORO),
    }  # fmt: skip
    answer = superuser.post(account_of("bima"), words)
    assert "minta pengelola sistem" in answer.content.decode()
    answer = superuser.post(account_of("bima"), words | {"area": ""})
    assert answer.status_code == 302
    with scope.whole_country("tests"):
        assert Office.objects.filter(user=office.user).count() == 2


def test_places_taken_while_a_quota_is_edited_are_told_in_words(superuser, monkeypatch):
    subsidy = making.programme(village_quota=9)
    making.submitted(subsidy, 3)
    with scope.whole_country("tests"):
        quota = Quota.objects.get(programme=subsidy, area=people.SENDEN)
    monkeypatch.setattr(Quota, "validate_constraints", lambda *given, **options: None)
    url = reverse("admin:enrollment_quota_change", args=[quota.pk])
    answer = superuser.post(
        url, {"programme": subsidy.pk, "area": people.SENDEN, "people": 2}, follow=True
    )
    assert "di bawah jumlah orang yang sudah diusulkan" in answer.content.decode()
    with scope.whole_country("tests"):
        quota.refresh_from_db()
    assert (quota.people, quota.used) == (9, 3)


def test_a_tariff_that_changes_by_more_than_tenfold_is_asked_about(superuser):
    tariff = Tariff.objects.filter(amount__isnull=False).first()
    url = reverse("admin:enrollment_tariff_change", args=[tariff.pk])
    form = superuser.get(url).context["adminform"].form
    words = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    words["amount"] = f"{tariff.amount * 1000:,}".replace(",", ".")
    asked = superuser.post(url, words)
    assert "Simpan sekali lagi bila benar." in asked.text
    sure = asked.context["adminform"].form["sure"].value()
    assert superuser.post(url, words | {"sure": sure}).status_code == 302
    tariff.refresh_from_db()
    assert tariff.amount == int(words["amount"].replace(".", ""))
