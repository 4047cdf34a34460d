"""A job puts nobody on a list whom its proposer could not put there, and runs once at a time."""

import threading

import pytest
from django.db import connections

from enrollment.proposals import actions as proposals
from enrollment.proposals.models import Entry
from enrollment.renewals import renewing
from enrollment.renewals.models import Renewal
from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from tests.renewals import making as renewals
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def on_the_new_list(new):
    with scope.whole_country("tests"):
        return set(Entry.objects.filter(programme=new.pk).values_list("worker", flat=True))


def test_who_has_left_the_agency_is_not_on_its_list():
    old = renewals.last_year()
    proposal = making.approved(old, 2, by="tani")
    new = renewals.linked(old)
    gone, stays = (entry.worker_id for entry in making.entries(proposal))
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=gone).update(agency=None)
    assert renewals.begin(new).added == 1
    assert on_the_new_list(new) == {stays}


def test_who_moves_between_the_check_and_the_list_is_not_on_it(monkeypatch):
    old = renewals.last_year()
    proposal = making.approved(old, 2)
    new = renewals.linked(old)
    gone, stays = (entry.worker_id for entry in making.entries(proposal))
    real = proposals.draft

    def moved(*given, **named):
        Worker.objects.filter(pk=gone).update(area_id=people.BOGORAN)
        return real(*given, **named)

    monkeypatch.setattr(renewing.proposals, "draft", moved)
    assert renewals.begin(new).added == 1
    assert on_the_new_list(new) == {stays}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_the_second_is_told(monkeypatch):
    """The second looks for a job before the first has committed its own."""
    old = renewals.last_year()
    making.approved(old, 3)
    new = renewals.linked(old)
    rini = people.office("rini")
    seen, written = threading.Barrier(2), []
    real = renewing.sharing.admit

    def both_have_looked(by):
        seen.wait(timeout=30)
        return real(by)

    monkeypatch.setattr(renewing.sharing, "admit", both_have_looked)

    def start():
        try:
            with scope.enter(rini):
                renewing.start(type(new).objects.get(pk=new.pk), by=rini)
            written.append("begun")
        except Exception as refused:
            written.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert written.count("begun") == 1
    [told] = [answer for answer in written if answer != "begun"]
    assert isinstance(told, Refusal) and str(told) == renewing.STILL_BUSY
    with scope.whole_country("tests"):
        assert Renewal.objects.filter(programme=new).count() == 1
