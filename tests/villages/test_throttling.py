"""Guessing passwords: an account and an address are each locked after ten failures."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tests import people

pytestmark = pytest.mark.django_db

LIMIT = settings.AXES_FAILURE_LIMIT


@pytest.fixture
def kartika():
    return people.office("kartika").user


def log_in(client, username, password="salah-sama-sekali", address="10.1.1.1", **headers):
    return client.post(
        reverse("login"),
        {"username": username, "password": password},
        REMOTE_ADDR=address,
        headers=headers,
    )


def test_an_account_is_locked_after_failures_from_many_addresses(kartika, client):
    for number in range(LIMIT - 1):
        assert log_in(client, "kartika", address=f"10.1.1.{number}").status_code == 200
    assert log_in(client, "kartika", address="10.1.1.99").status_code == 429
    locked = log_in(client, "kartika", people.PASSWORD, address="10.2.2.2")
    assert locked.status_code == 429
    assert "15 menit" in locked.content.decode()


def test_an_address_is_locked_after_failures_on_many_accounts(kartika, client):
    for number in range(LIMIT):
        log_in(client, f"tebakan{number}")
    assert log_in(client, "kartika", people.PASSWORD).status_code == 429
    elsewhere = log_in(client, "kartika", people.PASSWORD, address="10.3.3.3")
    assert elsewhere.status_code == 302


def test_one_failure_fewer_locks_nothing(kartika, client):
    for _ in range(LIMIT - 1):
        log_in(client, "kartika")
    assert log_in(client, "kartika", people.PASSWORD).status_code == 302


def test_the_lock_ends_after_fifteen_minutes(kartika, client):
    from axes.models import AccessAttempt

    for _ in range(LIMIT):
        log_in(client, "kartika")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert log_in(client, "kartika", people.PASSWORD).status_code == 302


def test_without_a_proxy_a_forged_address_is_ignored(kartika, client):
    for number in range(LIMIT):
        log_in(client, f"tebakan{number}", x_forwarded_for=f"172.16.0.{number}")
    forged = log_in(client, "kartika", people.PASSWORD, x_forwarded_for="172.16.9.9")
    assert forged.status_code == 429


def test_behind_our_proxy_each_caller_is_counted_separately(kartika, client, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(LIMIT):
        log_in(client, f"tebakan{number}", x_forwarded_for=f"9.9.9.9, 172.16.0.{number}")
    assert (
        log_in(client, "kartika", people.PASSWORD, x_forwarded_for="172.16.0.50").status_code == 302
    )


def test_behind_our_proxy_addresses_added_by_the_caller_are_ignored(kartika, client, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(LIMIT):
        log_in(client, f"tebakan{number}", x_forwarded_for=f"9.9.9.{number}, 172.16.0.1")
    forged = log_in(client, "kartika", people.PASSWORD, x_forwarded_for="8.8.8.8, 172.16.0.1")
    assert forged.status_code == 429
