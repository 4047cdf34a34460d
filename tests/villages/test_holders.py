"""An account is read with its offices in one statement, and is what Django would have read."""

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import people
from villages import holders, scope
from villages.models import Area, Office, Regency, User

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def account(pk):
    return holders.account(pk, TODAY())


def values(row):
    """All columns, with their types."""
    columns = [field.attname for field in row._meta.concrete_fields]
    return {name: (type(getattr(row, name)), getattr(row, name)) for name in columns}


@pytest.mark.parametrize("name", ["kartika", "tani", "vera"])
def test_all_columns_are_what_django_reads(name):
    office = people.office(name)
    user = account(office.user_id)
    with scope.whole_country("test"):
        stored = Office.objects.select_related("user", "area", "agency").get(pk=office.pk)
        profile = Regency.objects.select_related("area").get(pk=office.area_id[:5])
    (held,) = user.held
    pairs = [(user, stored.user), (held, stored), (held.area, stored.area)]
    pairs += [(held.profile, profile), (held.profile.area, profile.area)]
    pairs += [(held.agency, stored.agency)] if stored.agency else []
    for read, expected in pairs:
        assert values(read) == values(expected)
        assert read == expected
    assert held.user is user
    assert (held.agency is None) == (stored.agency is None)


def test_a_row_that_was_read_is_changed_and_not_added():
    user = account(people.office("kartika").user_id)
    with scope.identity(user_id=user.pk):
        user.first_name = "Kartika Sari"
        user.save(update_fields=["first_name"])
    assert account(user.pk).first_name == "Kartika Sari"


def test_a_regency_without_a_profile_has_the_usual_words():
    office = people.office("kartika")
    with scope.whole_country("test"):
        Regency.objects.filter(pk=people.TRENGGALEK).delete()
    (held,) = account(office.user_id).held
    usual = Regency(area=Area.objects.get(pk=people.TRENGGALEK))
    assert model_to_dict(held.profile) == model_to_dict(usual)
    assert str(held.profile) == "Kabupaten Trenggalek"


def test_offices_stand_in_the_order_in_which_they_were_given():
    first = people.office("kartika")
    second = people.hold("kartika", first.role, people.BOGORAN)
    assert account(first.user_id).held == [first, second]


def test_who_holds_nothing_has_an_account_all_the_same():
    superuser = User.objects.create_superuser("root", password=people.PASSWORD)
    assert account(superuser.pk) == superuser
    assert account(superuser.pk).held == []


def test_there_may_be_no_such_account():
    assert account(0) is None


def test_a_request_asks_twice_who_sent_it(as_person):
    """Once for the session, and once for the account with its offices and their regency's words."""
    client = as_person("kartika")
    client.get("/")
    with CaptureQueriesContext(connection) as statements:
        client.get("/pekerja/")
    asked = ("villages_session", "villages_user", "villages_office", "villages_regency")
    about = [
        row["sql"]
        for row in statements
        if any(f"FROM {table}" in row["sql"].replace('"', "") for table in asked)
    ]
    assert len(about) == 2
