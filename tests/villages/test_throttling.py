"""Guessing passwords and codes: pauses grow for an account and for an address, apart."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests import people
from villages.accounts import throttling
from villages.accounts.models import Attempts
from villages.accounts.throttling import ACCOUNT, ADDRESS

pytestmark = pytest.mark.django_db
OFFICE, HALL = "10.1.1.1", "10.9.9.9"


@pytest.fixture(autouse=True)
def kartika():
    return people.office("kartika").user


def log_in(client, username="kartika", password="salah-sama-sekali", address=OFFICE, **headers):
    return client.post(
        reverse("login"),
        {"username": username, "password": password},
        REMOTE_ADDR=address,
        headers=headers,
    )


def time_passes(**duration):
    moved = timedelta(**duration)
    for tried in Attempts.objects.all():
        tried.last_at, tried.free_at = tried.last_at - moved, tried.free_at - moved
        tried.save()


def tried(account="kartika", address=OFFICE):
    """Fail once. Returns the seconds to wait if it may not be tried yet, else 0."""
    try:
        with throttling.attempt(account=account, address=address):
            raise PermissionDenied
    except PermissionDenied:
        return 0
    except throttling.TooEarly as early:
        return early.seconds


def fail(count, **where):
    """Fail so many times, waiting each time as long as one must."""
    for _ in range(count):
        tried(**where)
        Attempts.objects.update(free_at=timezone.now())


def guess_many_accounts(client, address=OFFICE, x_forwarded_for=""):
    """Fail once at each of many accounts, until the address must wait for about a minute."""
    for number in range(ADDRESS.free + 7):
        forwarded = x_forwarded_for.format(number)
        log_in(client, f"tebakan{number}", address=address, x_forwarded_for=forwarded)
        if number < ADDRESS.free + 6:
            Attempts.objects.update(free_at=timezone.now())


def test_a_few_mistakes_cost_nothing(client):
    for _ in range(ACCOUNT.free):
        assert log_in(client).status_code == 200
    assert log_in(client, password=people.PASSWORD).status_code == 302


def test_then_pauses_grow_and_the_page_says_how_long(client):
    waits = []
    for number in range(ACCOUNT.free + 7):
        log_in(client, address=f"10.1.2.{number}")
        refused = log_in(client, address=f"10.1.3.{number}")
        waits.append(int(refused.get("Retry-After", 0)))
        if waits[-1]:
            assert refused.status_code == 429
            assert f"Tunggu {throttling.in_words(waits[-1])}" in refused.text
        time_passes(seconds=waits[-1])
    growing = [wait for wait in waits if wait]
    assert len(growing) >= 4
    assert growing == sorted(growing)
    assert growing[-1] >= 4 * growing[0]


def test_capitals_make_no_new_account_to_guess_at(client):
    fail(ACCOUNT.free + 3)
    tried()
    assert log_in(client, "KARTIKA", people.PASSWORD).status_code == 429


def test_the_right_password_waits_too_and_then_logs_in(client):
    fail(ACCOUNT.free + 6)
    log_in(client)
    early = log_in(client, password=people.PASSWORD)
    assert early.status_code == 429
    time_passes(seconds=int(early["Retry-After"]))
    assert log_in(client, password=people.PASSWORD).status_code == 302


def test_a_pause_has_a_limit_so_that_an_account_stays_usable():
    fail(60)
    tried(address="10.7.7.7")
    assert 1 < tried(address="10.7.7.8") <= ACCOUNT.longest


def test_nobodys_success_clears_the_failures_of_another(client):
    """The attack: guess at a colleague, log in oneself, and again, for ever."""
    people.office("olan")
    fail(ACCOUNT.free + 6)
    assert log_in(client, "olan", people.PASSWORD).status_code == 302
    client.logout()
    log_in(client)
    assert log_in(client).status_code == 429


def test_ones_own_success_clears_ones_own_failures(client):
    fail(ACCOUNT.free)
    assert log_in(client, password=people.PASSWORD).status_code == 302
    assert not Attempts.objects.filter(pk=ACCOUNT.key("kartika")).exists()


def test_ten_failures_do_not_stop_a_whole_village(client):
    for number in range(10):
        log_in(client, f"tebakan{number}", address=HALL)
    assert log_in(client, password=people.PASSWORD, address=HALL).status_code == 302


def test_an_address_that_tries_many_accounts_is_slowed_down(client):
    guess_many_accounts(client, address=HALL)
    assert log_in(client, password=people.PASSWORD, address=HALL).status_code == 429
    assert log_in(client, password=people.PASSWORD, address=OFFICE).status_code == 302


def test_failures_fade_also_while_an_address_is_in_use(client):
    """A typo now and then, for days, must not add up to a pause for a whole office."""
    for _ in range(3 * ADDRESS.free):
        assert tried("siapa saja") == 0
        time_passes(minutes=2)
        Attempts.objects.exclude(pk=ADDRESS.key(OFFICE)).delete()
    assert Attempts.objects.get(pk=ADDRESS.key(OFFICE)).failures < 3


def test_counts_that_no_longer_matter_are_deleted():
    fail(1)
    time_passes(hours=23)
    assert throttling.forget_old() == 0
    time_passes(hours=2)
    assert throttling.forget_old() == 2


def test_a_stranger_who_keeps_guessing_does_not_keep_the_owner_out(client):
    """Where the account has been used lately its tries are counted apart."""
    assert log_in(client, password=people.PASSWORD).status_code == 302
    client.logout()
    fail(ACCOUNT.free + 6, address=HALL)
    log_in(client, address=HALL)
    assert log_in(client, address=HALL).status_code == 429
    assert log_in(client, password=people.PASSWORD).status_code == 302


def test_who_tries_many_accounts_at_an_address_does_not_keep_those_at_home_there_out(client):
    """A hall, or the customers of a phone company, share one address: whoever keeps trying there
    would have each of the seconds in which one may try."""
    log_in(client, password=people.PASSWORD)
    for number in range(ADDRESS.free + 8):
        fail(1, account=f"nobody-{number}")
    assert tried("olan") == 0 and tried("olan") > 0, "the address waits"
    client.logout()
    assert log_in(client, password=people.PASSWORD).status_code == 302


def test_one_line_of_ipv6_is_one_address():
    assert throttling.network("2001:db8:1:2:3::4") == throttling.network("2001:db8:1:2::9")
    assert throttling.network("2001:db8:1:3::9") != throttling.network("2001:db8:1:2::9")
    assert throttling.network(None) == ""


def test_the_old_password_cannot_be_guessed_at_leisure(client):
    """Whoever finds a computer unlocked tries the old password on the page for changing it."""
    log_in(client, password=people.PASSWORD)
    words = {"new_password1": "sawah-hijau-pagi-77", "new_password2": "sawah-hijau-pagi-77"}
    words["old_password"] = "tebakan"
    assert client.post(reverse("password_change"), words).status_code == 200
    fail(ACCOUNT.free + 6, address="127.0.0.1")
    client.post(reverse("password_change"), words)
    assert client.post(reverse("password_change"), words).status_code == 429


def test_a_code_cannot_be_guessed_at_leisure(client):
    words = {"password1": "sawah-hijau-pagi-77", "password2": "sawah-hijau-pagi-77"}
    words |= {"username": "kartika", "code": "AAAA-BBBB-CCCC"}
    assert client.post(reverse("first_password"), words).status_code == 200
    fail(ACCOUNT.free + 6)
    client.post(reverse("first_password"), words)
    assert client.post(reverse("first_password"), words).status_code == 429


def test_what_was_typed_as_a_name_is_not_kept(client):
    log_in(client, "kata-sandi-di-kolom-yang-salah")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(attempts::text, ' ') FROM villages_attempts attempts")
        assert "kata-sandi" not in cursor.fetchone()[0]


def test_without_a_proxy_a_forged_address_is_ignored(client):
    guess_many_accounts(client, x_forwarded_for="172.16.0.{}")
    forged = log_in(client, password=people.PASSWORD, x_forwarded_for="172.16.9.9")
    assert forged.status_code == 429


def test_behind_our_proxy_each_caller_is_counted_separately(client, settings):
    settings.TRUSTED_PROXIES = 1
    guess_many_accounts(client, x_forwarded_for="9.9.9.9, 172.16.0.{}")
    right = log_in(client, password=people.PASSWORD, x_forwarded_for="172.16.0.50")
    assert right.status_code == 302


def test_behind_our_proxy_addresses_added_by_the_caller_are_ignored(client, settings):
    settings.TRUSTED_PROXIES = 1
    guess_many_accounts(client, x_forwarded_for="9.9.9.{}, 172.16.0.1")
    forged = log_in(client, password=people.PASSWORD, x_forwarded_for="8.8.8.8, 172.16.0.1")
    assert forged.status_code == 429


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_the_same_moment_do_not_slip_through_together():
    """Each is counted before it is compared. The control looks first and counts afterwards."""
    fail(ACCOUNT.free + 6)
    key, many = ACCOUNT.key("kartika"), 8
    all_have_looked = Barrier(many)

    def looks_first(number):
        free = Attempts.objects.get(pk=key).free_at <= timezone.now()
        all_have_looked.wait(30)
        connection.close()
        return free

    def counts_first(number):
        seconds = tried(address=f"10.4.4.{number}")
        connection.close()
        return seconds == 0

    with ThreadPoolExecutor(many) as pool:
        assert list(pool.map(looks_first, range(many))).count(True) == many
        assert list(pool.map(counts_first, range(many))).count(True) == 1
