"""Who has lost the phone gets rid of the second factor through two other people."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import people
from tests.villages.second_factor import device_of, give
from villages import scope
from villages.accounts.factor import resets
from villages.accounts.models import AccountRecord, FactorReset, RecoveryCode, Session
from villages.models import Role, User
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
Kind = AccountRecord.Kind


@pytest.fixture
def vera():
    """The verifier, who has a second factor and a session."""
    user = people.office("vera").user
    give("vera")
    user.browser = Client()
    user.browser.force_login(user)
    assert user.browser.get("/usulan/").status_code == 200
    return user


def ask(account, by="rini"):
    office = people.office(by)
    with scope.enter(office):
        return resets.ask(User.objects.get(pk=account.pk), by=office, asker=office.user)


def confirm(reset, by="amir"):
    office = people.office(by)
    with scope.enter(office):
        found = FactorReset.objects.select_related("user").get(pk=reset.pk)
        resets.confirm(found, by=office, confirmer=office.user)


def by_sql(statement, *values, by):
    office = people.office(by)
    with transaction.atomic(), scope.enter(office), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_one_asks_on_the_accounts_page_and_another_agrees(as_person, vera):
    rini = as_person("rini")
    page = rini.get(reverse("account_detail", args=[vera.pk])).text
    url = reverse("reset_ask", query={"akun": "vera"})
    assert f'href="{url}"' in page
    assert "kehilangan HP" in rini.get(url).text
    assert rini.post(url).url == reverse("reset_list")
    assert "Menunggu orang lain" in rini.get(reverse("reset_list")).text
    assert device_of(vera), "asking alone removes nothing"
    amir = as_person("amir")
    assert "permintaan melepas verifikasi dua langkah" in amir.get("/").text
    page = amir.get(reverse("reset_list"))
    assert "Rini (rini)" in page.text
    public_id = page.context["waiting"][0]["reset"].public_id
    answer = amir.post(reverse("reset_confirm"), {"permintaan": public_id}, follow=True)
    assert "Vera sudah dilepas" in answer.text
    assert device_of(vera) is None
    assert "Tidak ada permintaan" in amir.get(reverse("reset_list")).text


def test_codes_and_sessions_end_with_it_and_the_password_stays(vera):
    confirm(ask(vera))
    with scope.identity(user_id=vera.pk):
        assert not RecoveryCode.objects.exists()
        assert not Session.objects.exists()
    assert vera.browser.get("/usulan/").status_code == 302
    words = {"username": "vera", "password": people.PASSWORD}
    page = Client().post(reverse("login"), words, follow=True)
    assert page.redirect_chain == [("/", 302)]
    assert "Rini (rini) meminta verifikasi dua langkah akun ini dilepas" in page.text
    assert "Amir (amir) menyetujui pelepasan" in page.text


def test_it_stands_in_the_record_of_changes(as_person, vera):
    confirm(ask(vera))
    page = as_person("audi").get(reverse("change_list")).text
    for kind in (Kind.FACTOR_ON, Kind.RESET_ASKED, Kind.RESET):
        assert kind.label in page


def test_who_asked_cannot_agree_not_even_by_raw_sql(vera):
    reset = ask(vera)
    with pytest.raises(Refusal, match="Anda yang meminta"):
        confirm(reset, by="rini")
    update = "UPDATE villages_factorreset SET confirmed_by_id = %s, confirmed_at = now()"
    with pytest.raises(IntegrityError, match="factor_reset_by_two"):
        by_sql(update, people.office("rini").user_id, by="rini")
    with pytest.raises(IntegrityError, match="under their own name"):
        by_sql(update, people.office("amir").user_id, by="rini")
    assert device_of(vera)
    confirm(reset, by="amir")
    assert device_of(vera) is None


def test_the_owner_can_neither_ask_nor_agree():
    people.hold("ani", Role.REGENCY_ADMIN, people.TRENGGALEK)
    ani = people.hold("ani", Role.REGENCY_ADMIN, people.TRENGGALEK)
    rini = people.office("rini")
    with scope.enter(rini), pytest.raises(Refusal, match="Pemilik akun"):
        resets.ask(rini.user, by=rini, asker=rini.user)
    with scope.enter(ani):
        reset = resets.ask(rini.user, by=ani, asker=ani.user)
    with pytest.raises(Refusal, match="Pemilik akun"):
        confirm(reset, by="rini")
    update = "UPDATE villages_factorreset SET confirmed_by_id = %s, confirmed_at = now()"
    with pytest.raises(IntegrityError, match="factor_reset_by_others"):
        by_sql(update, rini.user_id, by="rini")
    confirm(reset, by="amir")


def test_a_request_lasts_a_day_and_nobody_can_make_it_longer(vera):
    reset = ask(vera)
    by_sql("DELETE FROM villages_factorreset", by="rini")
    rini, old = people.office("rini"), timezone.now() - timedelta(hours=25)
    with scope.enter(rini):
        reset = FactorReset.objects.create(
            user=vera, asked_by=rini.user, asked_name="Rini", asked_at=old,
            expires_at=old + timedelta(days=1),
        )  # fmt: skip
        assert not resets.waiting(rini).exists()
    with pytest.raises(Refusal, match="lewat sehari"):
        confirm(reset)
    with pytest.raises(IntegrityError, match="under their own name"):
        by_sql("UPDATE villages_factorreset SET expires_at = now() + '1 hour'", by="amir")
    with pytest.raises(IntegrityError, match="within_a_day"):
        by_sql(
            "INSERT INTO villages_factorreset"
            " (public_id, user_id, asked_by_id, asked_name, asked_at, expires_at)"
            " VALUES (gen_random_uuid(), %s, %s, '', now(), now() + '2 days')",
            vera.pk, rini.user_id, by="rini",
        )  # fmt: skip
    assert device_of(vera)


def test_a_request_is_answered_once(vera):
    reset = ask(vera)
    with pytest.raises(Refusal, match="sudah diminta"):
        ask(vera)
    confirm(reset)
    people.hold("ani", Role.REGENCY_ADMIN, people.TRENGGALEK)
    give("vera")
    with pytest.raises(IntegrityError, match="and once"):
        by_sql(
            "UPDATE villages_factorreset SET confirmed_by_id = %s",
            people.office("amir").user_id,
            by="amir",
        )
    assert device_of(vera)


@pytest.mark.parametrize("name", ["kartika", "audi", "bima", "boni"])
def test_nobody_else_asks_or_agrees(as_person, name, vera):
    reset = ask(vera)
    client = as_person(name)
    asked = client.post(reverse("reset_ask", query={"akun": "vera"}))
    assert asked.status_code == (404 if name == "boni" else 403)
    answer = client.post(reverse("reset_confirm"), {"permintaan": reset.public_id}, follow=True)
    assert answer.status_code == 403 or "sudah lewat" in answer.text
    assert device_of(vera)


def test_the_approver_agrees_and_does_not_ask(as_person, vera):
    assert as_person("amir").post(reverse("reset_ask", query={"akun": "vera"})).status_code == 403
    amir = people.office("amir")
    with scope.enter(amir), pytest.raises(PermissionDenied):
        resets.ask(vera, by=amir, asker=amir.user)


def test_the_platform_asks_and_agrees_for_everybody(client, vera):
    chief, deputy = (
        User.objects.create_superuser(name, password=people.PASSWORD) for name in ("satu", "dua")
    )
    client.force_login(chief)
    client.post(reverse("reset_ask", query={"akun": "vera"}))
    client.force_login(deputy)
    page = client.get(reverse("reset_list"))
    public_id = page.context["waiting"][0]["reset"].public_id
    assert "Vera sudah dilepas" in (
        client.post(reverse("reset_confirm"), {"permintaan": public_id}, follow=True).text
    )
    assert device_of(vera) is None
    with scope.identity(user_id=vera.pk):
        assert AccountRecord.objects.filter(by_name="Pengelola sistem", kind=Kind.RESET).exists()
