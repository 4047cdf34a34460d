"""Two people make an amendment of one decree at the same moment: one is told, and there is one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from enrollment.decrees import actions
from enrollment.decrees.models import Decree
from enrollment.proposals.models import Entry
from tests import databases, people
from tests.decrees import drafts, signing
from tests.decrees.amendments.making import WORDS
from tests.leavings import stories
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def base(monkeypatch):
    stories.today_is(monkeypatch, stories.MAY)
    subsidy = making.programme()
    making.approved(subsidy, 3)
    made = signing.fresh(drafts.issue(drafts.draft(subsidy)))
    with scope.whole_country("tests"):
        entry = Entry.objects.first()
    stories.left(entry)
    return made


def both(base, monkeypatch, *, held):
    """What came of two amendments that were begun together. Without the lock (`held`) both know the
    decree before either has written anything."""
    gate, rini = Barrier(2, timeout=20), people.office("rini")
    known = actions.held_decree

    def unheld(decree):
        found = Decree.objects.select_related("programme").get(pk=decree.pk)
        gate.wait()
        return found

    if not held:
        monkeypatch.setattr(actions, "held_decree", unheld)

    def make(_):
        try:
            if held:
                gate.wait()
            with scope.enter(rini):
                return actions.draft_amendment(by=rini, base=base, **WORDS).ordinal
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(make, range(2)), key=str)
    monkeypatch.setattr(actions, "held_decree", known)
    return found


@pytest.mark.parametrize("held", [True, False])
def test_one_of_two_is_made(base, monkeypatch, held):
    """By the lock and, without it, by the database."""
    assert both(base, monkeypatch, held=held) == [1, actions.AMENDED_ALREADY]
    with scope.whole_country("tests"):
        assert Decree.objects.filter(amends=base).count() == 1


CONSTRAINTS = ("decree_amended_once_at_a_time", "decree_amendment_ordinal_once")


def test_the_control_loses(base, monkeypatch):
    """Without lock and constraints two are made at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(CONSTRAINTS)]
        )
        made = [definition for (definition,) in cursor.fetchall()]
    _as_owner(*(f"DROP INDEX {name}" for name in CONSTRAINTS))
    try:
        monkeypatch.setattr(actions.amending, "copy_changes", lambda amendment: None)
        monkeypatch.setattr(actions, "_draft", _only_the_row)
        assert len([one for one in both(base, monkeypatch, held=False) if one in (1, 2)]) == 2
    finally:
        with scope.whole_country("tests"):
            Decree.objects.filter(amends=base).delete()
        _as_owner(*made)


def _only_the_row(by, decree, empty):
    decree.regency_id, decree.drafted_by = decree.programme.regency_id, by
    decree.save(force_insert=True)
    return decree


def _as_owner(*statements):
    name = connection.settings_dict["NAME"]
    with databases.owner(name) as owner, owner.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
