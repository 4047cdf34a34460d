"""Villages of the same name carry their kecamatan."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import people
from tests.workers.asking import LIST
from villages.models import Area
from villages.naming import name_apart

pytestmark = pytest.mark.django_db


def twins():
    """A name that two villages of Trenggalek have, and one that only one has."""
    names = {}
    for area in Area.objects.within(people.TRENGGALEK).villages().filter(current=True):
        names.setdefault(area.name, []).append(area)
    two = next(areas for areas in names.values() if len(areas) > 1)
    one = next(areas for areas in names.values() if len(areas) == 1)
    return two, one[0]


def test_only_names_that_two_villages_have_carry_their_kecamatan():
    (first, second, *_), alone = twins()
    district = Area.objects.get(code=first.district_code)
    regency = Area.objects.get(code=people.TRENGGALEK)
    with CaptureQueriesContext(connection) as queries:
        name_apart([first, second, alone], within=regency)
    assert len(queries) == 1
    assert first.full_name == f"{first.name} (Kec.\N{NO-BREAK SPACE}{district.name})"
    assert second.full_name != first.full_name
    assert alone.full_name == alone.name


def test_a_twin_is_told_apart_even_when_the_other_is_not_on_the_page():
    (first, *_), _ = twins()
    name_apart([first], within=Area.objects.get(code=first.code))
    assert "(Kec." in first.full_name


def test_the_list_of_a_regency_shows_it(as_person):
    (first, second, *_), _ = twins()
    people.worker(1, first.code)
    people.worker(2, second.code)
    assert as_person("vera").get(LIST).text.count(f"{first.name} (Kec.") >= 2


def test_a_select_of_areas_tells_them_apart_too(as_person):
    """The name of a group is not seen once its option is chosen, nor in the filter on paper."""
    (first, *_), alone = twins()
    district = Area.objects.get(code=first.district_code)
    page = as_person("vera").get(LIST).text
    apart = f"{first.name} (Kec.\N{NO-BREAK SPACE}{district.name})"
    assert f'<option value="{first.code}">{apart}</option>' in page
    assert f'<option value="{alone.code}">{alone.name}</option>' in page
    chosen = as_person("vera").get(LIST, {"wilayah": first.code}).text
    assert f"Desa: {apart}" in chosen
