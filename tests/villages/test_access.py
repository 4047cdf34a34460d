"""The door: strangers get 404, a known person without the right 403."""

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


def test_who_may_gets_the_row():
    worker = people.worker(1)
    assert fetched("kartika", worker) == worker


def test_a_team_mate_gets_it_too():
    worker = people.worker(1)
    assert fetched("olan", worker) == worker


@pytest.mark.parametrize("stranger", ["bagus", "boni", "tani"])
def test_a_stranger_does_not_learn_that_it_exists(stranger):
    with pytest.raises(Http404):
        fetched(stranger, people.worker(1))


def test_a_stranger_without_the_right_does_not_learn_it_either():
    with pytest.raises(Http404):
        fetched("vino", people.worker(1))


@pytest.mark.parametrize("name", ["vera", "amir", "audi", "karim", "bima"])
def test_who_sees_it_and_may_not_is_told_so(name):
    with pytest.raises(PermissionDenied):
        fetched(name, people.worker(1))


def test_the_application_asks_even_where_the_database_would_show_it():
    """`visible_to` holds by itself: here the scope is the whole country's."""
    worker = people.worker(1)
    request = SimpleNamespace(office=people.office("bagus"))
    with scope.whole_country("test"):
        assert Worker.objects.filter(pk=worker.pk).exists()
        with pytest.raises(Http404):
            access.fetch(request, Worker.objects.all(), may="worker.view", pk=worker.pk)


def test_an_agency_is_shown_its_own_people_alone():
    tani = people.office("tani")
    own = people.worker(1, agency_id=tani.agency_id)
    people.worker(2)
    with scope.whole_country("test"):
        assert list(Worker.objects.visible_to(tani)) == [own]


def test_areas_that_begin_alike_are_not_each_other():
    """35.03 is not a part of 35.0, nor 35.03.07 of 35.03.0: the dot belongs to the code."""
    worker = people.worker(1)
    with scope.whole_country("test"):
        seen = {code: Worker.objects.within(code).count() for code in ("35.03.07", "35.03.0", "3")}
    assert seen == {worker.area_id[:8]: 1, "35.03.0": 0, "3": 0}


def test_without_an_office_nothing_is_allowed():
    assert not any(access.allowed(None, verb) for verb in MAY)


def test_an_auditor_changes_nothing():
    reads = ("view", "draft", "masked")
    assert [verb for verb in MAY if Role.AUDITOR in MAY[verb] and not verb.endswith(reads)] == []


def test_an_unknown_verb_is_an_error_and_no_permission():
    with pytest.raises(KeyError):
        access.allowed(people.office("rini"), "worker.fly")
