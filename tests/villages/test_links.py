"""One-time links: an administrator never knows a password, and its owner learns of each link."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.launch.embedded import wait_until
from tests import people
from tests.waiting import somebody_waits
from villages import scope
from villages.accounts import codes, links
from villages.accounts.models import AccountRecord, PasswordLink
from villages.models import User

pytestmark = pytest.mark.django_db
NEW = "sawah-hijau-pagi-77"
LINK = "account_code"


@pytest.fixture
def kartika():
    return people.office("kartika").user


def make(account):
    rini = people.office("rini")
    with scope.enter(rini):
        return links.make(User.objects.get(pk=account.pk), by=rini)


def redeem(code, username="kartika", password=NEW, again=None, client=None):
    words = {"username": username, "code": code, "password1": password}
    words["password2"] = again or password
    return (client or Client()).post(reverse("first_password"), words)


def logs_in(password, username="kartika"):
    words = {"username": username, "password": password}
    return Client().post(reverse("login"), words).status_code == 302


def test_an_admin_makes_a_code_with_which_the_owner_sets_a_password(as_person, kartika):
    client = as_person("rini")
    url = reverse(LINK, args=[kartika.pk])
    assert "Buat kode kata sandi?" in client.get(url).text
    page = client.post(url)
    code = page.context["code"]
    assert code in page.text
    assert page.context["filled_in"].endswith(f"/sandi-baru/#kartika/{code}")
    assert redeem(code).url == reverse("login")
    assert logs_in(NEW)


def test_an_admin_can_nowhere_type_a_password(as_person, kartika):
    words = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    client = as_person("rini")
    client.post(reverse(LINK, args=[kartika.pk]), words)
    client.post(reverse("account_new"), {"username": "baru", "first_name": "Baru", **words})
    with scope.whole_country("tests"):
        for user in User.objects.filter(username__in=["kartika", "baru"]):
            assert not user.has_usable_password(), user


def test_a_link_ends_the_old_password_and_its_sessions_at_once(as_person, kartika):
    client = as_person("kartika")
    assert client.get("/pekerja/").status_code == 200
    make(kartika)
    assert client.get("/pekerja/").status_code == 302
    assert not logs_in(people.PASSWORD)


def test_a_code_is_good_once(kartika):
    code = make(kartika)
    assert redeem(code).status_code == 302
    again = redeem(code, password="gunung-biru-sore-88")
    assert "sudah dipakai" in again.text
    assert logs_in(NEW)


def test_a_code_is_good_for_a_day(kartika):
    code = make(kartika)
    with scope.whole_country("tests"):
        PasswordLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "lewat 24 jam" in redeem(code).text
    assert not logs_in(NEW)


def test_a_new_code_ends_the_one_before(kartika):
    first, second = make(kartika), make(kartika)
    assert "tidak cocok" in redeem(first).text
    assert redeem(second).status_code == 302


def test_a_code_is_good_for_its_own_account_alone(kartika):
    people.office("olan")
    assert "tidak cocok" in redeem(make(kartika), username="olan").text
    assert logs_in(people.PASSWORD, "olan")


def test_a_code_of_a_closed_account_is_refused(kartika):
    code = make(kartika)
    with scope.whole_country("tests"):
        User.objects.filter(pk=kartika.pk).update(is_active=False)
    assert "tidak cocok" in redeem(code).text


def test_a_code_may_be_typed_with_small_letters_and_without_dashes(kartika):
    code = make(kartika)
    assert redeem(code.replace("-", " ").lower()).status_code == 302


@pytest.mark.parametrize(
    "words", [{"password": "pendek"}, {"again": "lain-sekali"}, {"password": "trenggalek2026"}]
)
def test_a_weak_or_mistyped_password_does_not_spend_the_code(kartika, words):
    code = make(kartika)
    assert redeem(code, **words).status_code == 200
    assert redeem(code).status_code == 302


def test_a_code_is_kept_nowhere(kartika):
    code = make(kartika)
    with scope.whole_country("tests"):
        kept = PasswordLink.objects.get(user=kartika)
        assert kept.digest == codes.digest(code)
        assert code not in str(vars(kept))


def test_the_owner_is_told_at_each_log_in_for_a_month(client, kartika):
    make(kartika)
    redeem(make(kartika))
    words = {"username": "kartika", "password": NEW}
    for _ in range(2):
        page = client.post(reverse("login"), words, follow=True)
        assert "Rini (rini) membuatkan kode kata sandi untuk akun ini 2 kali" in page.text
        client.post(reverse("logout"))


def test_a_code_made_by_the_platform_is_not_taken_for_the_owners_doing(client, kartika):
    with scope.whole_country("tests"):
        code = links.make(User.objects.get(pk=kartika.pk), by=None)
    redeem(code)
    words = {"username": "kartika", "password": NEW}
    page = client.post(reverse("login"), words, follow=True)
    assert "Pengelola sistem membuatkan kode" in page.text


def test_the_owner_sees_what_happened_to_the_account(client, kartika):
    redeem(make(kartika))
    client.post(reverse("login"), {"username": "kartika", "password": NEW})
    page = client.get(reverse("account")).text
    for kind in ("LOG_IN", "LINK", "NEW_PASSWORD"):
        assert AccountRecord.Kind[kind].label in page
    assert "Rini (rini)" in page


@pytest.mark.django_db(transaction=True)
def test_two_at_once_use_a_code_once():
    """The second waits for the first and finds the code spent.

    The control is the account's row not held: then both pass the check, and the second wins.
    """
    code = make(people.office("kartika").user)
    started, over, together = Event(), Event(), ThreadPoolExecutor(2)

    def first():
        with transaction.atomic():
            done = links.redeem("kartika", code, NEW, address=None)
            started.set()
            over.wait(60)
        connection.close()
        return done

    def second():
        started.wait(10)
        with scope.identity(username="kartika"):
            seen = links.owner("kartika", code)  # what a check without the lock says
        done = links.redeem("kartika", code, "gunung-biru-sore-88", address=None)
        connection.close()
        return seen is not None, done

    one, two = together.submit(first), together.submit(second)
    try:
        wait_until(somebody_waits, 60, "nobody waits for the open transaction")
    finally:
        over.set()
    assert (one.result(), two.result()) == (True, (True, False))
    assert logs_in(NEW)


def test_nobody_else_sees_it(as_person, kartika):
    redeem(make(kartika))
    assert AccountRecord.Kind.LINK.label not in as_person("olan").get(reverse("account")).text
    bagus = people.office("bagus")
    with scope.enter(bagus):
        assert not AccountRecord.objects.filter(user=kartika).exists()


def test_a_script_of_an_admin_makes_no_code_for_an_account_beyond_the_regency(kartika):
    boni = people.office("boni")
    with scope.enter(boni), pytest.raises(PermissionDenied):
        links.make(kartika, by=boni)


def test_the_platforms_pages_change_a_password_where_it_is_throttled_and_recorded(client):
    user = User.objects.create_superuser("akar")
    client.force_login(user, backend="villages.backends.OfficeHolderBackend")
    answer = client.get(reverse("admin:password_change"))
    assert answer.url == reverse("password_change")


def test_no_code_is_in_an_address(as_person, kartika):
    """An address is in the log of the web server; what stands behind a # is not."""
    page = as_person("rini").post(reverse(LINK, args=[kartika.pk]))
    assert page.context["code"] in page.context["filled_in"].split("#")[1]
    assert page.context["code"] not in page.context["filled_in"].split("#")[0]


def test_an_admin_is_told_that_an_account_without_office_cannot_work_yet(as_person, kartika):
    client, url = as_person("rini"), reverse(LINK, args=[kartika.pk])
    assert "Belum memegang jabatan" not in client.post(url).text
    with scope.whole_country("test"):
        kartika.offices.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert "Belum memegang jabatan" in client.post(url).text
