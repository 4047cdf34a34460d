"""The demo's password is printed on the screen, so nobody but this machine may log in with it."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ImproperlyConfigured

from enrollment.demo import accounts
from portal.launch import demo
from tests import databases, people
from tests.portal.launch.test_database import python
from villages import scope

LOCAL = ["127.0.0.1", "127.0.0.2", "::1", "localhost"]
OTHERS = ["0.0.0.0", "::", "192.168.1.7", "lindung.example.go.id"]


@pytest.mark.parametrize(
    ("host", "local"), [*((h, True) for h in LOCAL), *((h, False) for h in OTHERS)]
)
def test_an_address_of_this_machine_alone_is_known(host, local):
    assert demo.is_local(host) == local


@pytest.fixture
def account(db):
    """An account as the demo makes it; the tests' own hasher is a quicker one."""
    user = people.office("kartika").user
    user.password = Argon2PasswordHasher().encode(accounts.PASSWORD, accounts.SALT)
    with scope.whole_country("tests"):
        user.save()
    return user


@pytest.mark.parametrize("host", OTHERS)
def test_the_demo_is_not_served_to_others(host, account, monkeypatch):
    demo.refuse_strangers()
    monkeypatch.setenv("HOST", host)
    with pytest.raises(ImproperlyConfigured, match="whose password everybody knows"):
        demo.refuse_strangers()


def test_the_demo_is_not_served_in_production(account, settings):
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured):
        demo.refuse_strangers()


def test_an_account_with_a_password_of_its_own_is_not_the_demos(account, settings, monkeypatch):
    settings.PRODUCTION = True
    monkeypatch.setenv("HOST", "0.0.0.0")
    account.password = Argon2PasswordHasher().encode(accounts.PASSWORD, "another salt")
    with scope.whole_country("tests"):
        account.save()
    demo.refuse_strangers()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.every
def test_neither_a_public_server_is_prepared_nor_one_in_production_started(
    account, database_name, monkeypatch
):
    monkeypatch.setenv("HOST", "0.0.0.0")
    prepared = databases.manage(database_name, "prepare", "--no-static")
    assert (prepared.returncode, prepared.stderr) == (1, f"CommandError: {demo.PUBLIC}\n")
    for name, value in {"PORTAL_ENV": "production", "SECRET_KEY": "0123456789" * 5}.items():
        monkeypatch.setenv(name, value)
    web = python("DATABASE_URL", "-c", "import portal.wsgi", name=database_name)
    assert web.returncode
    assert demo.PUBLIC in web.stderr
