"""Fetching a row: 404 for offices that cannot see it, 403 for those that may not do this to it."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from enrollment.workers.models import Worker
from tests import people
from villages import access, scope
from villages.models import Role
from villages.permissions import MAY

pytestmark = pytest.mark.django_db


def fetched(name, worker, may="worker.change"):
    office = people.office(name)
    with scope.enter(office):
        request = SimpleNamespace(office=office)
        return access.fetch(request, Worker.objects.all(), may=may, pk=worker.pk)


def test_an_office_with_the_right_gets_the_row():
    worker = people.worker(1)
    assert fetched("kartika", worker) == worker


def test_another_office_of_the_village_gets_it_too():
    worker = people.worker(1)
    assert fetched("olan", worker) == worker


@pytest.mark.parametrize("stranger", ["bagus", "boni", "tani"])
def test_a_stranger_does_not_learn_that_it_exists(stranger):
    with pytest.raises(Http404):
        fetched(stranger, people.worker(1))


def test_a_stranger_without_the_right_gets_404_too():
    with pytest.raises(Http404):
        fetched("vino", people.worker(1))


@pytest.mark.parametrize("name", ["vera", "amir", "audi", "karim", "bima"])
def test_an_office_that_sees_the_row_without_the_right_gets_403(name):
    with pytest.raises(PermissionDenied):
        fetched(name, people.worker(1))


def test_the_application_checks_even_where_row_security_shows_the_row():
    """Here the scope is the whole country, so `visible_to` is the only check."""
    worker = people.worker(1)
    request = SimpleNamespace(office=people.office("bagus"))
    with scope.whole_country("test"):
        assert Worker.objects.filter(pk=worker.pk).exists()
        with pytest.raises(Http404):
            access.fetch(request, Worker.objects.all(), may="worker.view", pk=worker.pk)


def test_an_agency_sees_only_its_own_people():
    tani = people.office("tani")
    own = people.worker(1, agency_id=tani.agency_id)
    people.worker(2)
    with scope.whole_country("test"):
        assert list(Worker.objects.visible_to(tani)) == [own]


def test_a_code_that_merely_begins_alike_is_another_area():
    """35.03.07 does not lie in 35.03.0: a part of a code ends at a dot."""
    worker = people.worker(1)
    with scope.whole_country("test"):
        seen = {code: Worker.objects.within(code).count() for code in ("35.03.07", "35.03.0", "3")}
    assert seen == {worker.area_id[:8]: 1, "35.03.0": 0, "3": 0}


def test_without_an_office_nothing_is_allowed():
    assert not any(access.allowed(None, verb) for verb in MAY)


def test_an_auditor_may_only_read():
    reads = ("view", "draft", "masked")
    assert [verb for verb in MAY if Role.AUDITOR in MAY[verb] and not verb.endswith(reads)] == []


def test_an_unknown_verb_is_an_error_and_no_permission():
    with pytest.raises(KeyError):
        access.allowed(people.office("rini"), "worker.fly")
