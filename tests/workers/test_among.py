"""A column compared with an array of ids finds the same people as one with a list."""

import pytest

from enrollment.among import Among
from enrollment.workers.models import Worker
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("chosen", [[], [1], [1, 3, 4]])
def test_those_who_are_named_and_nobody_else(chosen):
    made = {number: people.worker(number) for number in range(1, 5)}
    ids, niks = [made[number].pk for number in chosen], [people.nik(number) for number in chosen]
    with scope.enter(people.office("vera")):
        by_id = set(Worker.objects.filter(Among("pk", ids)))
        by_nik = set(Worker.objects.filter(Among("nik", niks)))
    assert by_id == by_nik == {made[number] for number in chosen}


def test_an_id_that_another_regency_has_is_not_found():
    elsewhere = people.worker(1, people.BAURENO)
    with scope.enter(people.office("vera")):
        assert not Worker.objects.filter(Among("pk", [elsewhere.pk])).exists()
    with scope.whole_country("tests"):
        assert Worker.objects.filter(Among("pk", [elsewhere.pk])).exists()
