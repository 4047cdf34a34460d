"""Row security: a village's decree is moved in its own scope, read in that of the regency, and out
of sight for a kecamatan and for other villages, whatever the code asks."""

from copy import copy
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from enrollment.decrees.models import DecreeStep
from enrollment.programmes import actions as programmes
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.by_villages import own
from tests.decrees.by_villages.own import ask
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    subsidy, _ = own.ready()
    return own.unnumbered(subsidy)


class TestMoving:
    def test_only_the_village_changes_its_words(self, draft):
        change = "UPDATE enrollment_decree SET title = 'Lain' WHERE id = %s"
        for name in ("rini", "vera", "bagus", "karim", "boni"):
            assert ask(name, change, draft.pk) == 0, name
        assert ask("kartika", change, draft.pk) == 1

    def test_only_the_village_moves_it(self, draft):
        for name in ("rini", "bagus", "karim"):
            with pytest.raises(DatabaseError, match=r"does not move|row-level security"):
                step(name, draft)
        step("kartika", draft)

    def test_only_the_village_throws_it_away(self, draft):
        with scope.whole_country("tests"):
            draft.entries.all().delete()
        gone = "DELETE FROM enrollment_decree WHERE id = %s"
        assert [ask(name, gone, draft.pk) for name in ("rini", "karim", "bagus", "kartika")] == [
            *(0, 0, 0, 1)
        ]

    def test_only_the_village_says_what_it_spends(self, draft):
        change = "UPDATE enrollment_villagebudget SET ceiling = 9000000"
        assert [ask(name, change) for name in ("rini", "karim", "bagus", "kartika")] == [
            *(0, 0, 0, 1)
        ]

    def test_people_of_other_villages_are_never_in_it(self, draft):
        """Not by the village, which does not see them, nor by the Dinas, which sees everybody."""
        with scope.whole_country("tests"):
            row = draft.entries.latest("position")
            (other,) = own.approved(draft.programme, 1, people.BOGORAN, first=700)
            entry, mine = other.entries.get(), own.approved(draft.programme, 1, first=701)[0]
            mine = mine.entries.get()

        def add(who, one):
            row.pk, row.position, row.entry, row.area_id = None, 900 + one.pk, one, one.area_id
            with scope.enter(people.office(who)), transaction.atomic():
                row.save(force_insert=True)

        for who in ("rini", "kartika"):
            with pytest.raises(DatabaseError):
                add(who, entry)
        with pytest.raises(IntegrityError, match="issued decree"):
            add("rini", mine)
        add("kartika", mine)

    def test_a_village_drafts_none_of_another_village_or_of_the_regency(self, draft):
        def make(name, village):
            office, one = people.office(name), copy(draft)
            one.pk, one.village_id, one.drafted_by = uuid4(), village, office
            with scope.enter(office), transaction.atomic():
                one.save(force_insert=True)

        for name, village in (
            *(("bagus", people.SENDEN), ("rini", people.SENDEN), ("kartika", None)),
            *(("kartika", people.BOGORAN), ("rini", None)),
        ):
            with pytest.raises(DatabaseError):
                make(name, village)
        make("kartika", people.SENDEN)


def step(name, decree):
    office = people.office(name)
    with scope.enter(office), transaction.atomic():
        DecreeStep.objects.create(
            decree_id=decree.pk, regency_id=people.TRENGGALEK, from_state="draft",
            to_state="review", office=office, name=name,
        )  # fmt: skip


def test_who_decides_stays_once_there_is_a_draft(draft):
    rini = people.office("rini")
    with scope.enter(rini), pytest.raises(own.Refusal, match="sudah punya rancangan"):
        own.actions.let_decide(draft.programme, villages=False, by=rini)
    kartika = people.office("kartika")
    with scope.enter(kartika):
        own.decrees.discard(draft, by=kartika)
    with scope.enter(rini):
        own.actions.let_decide(draft.programme, villages=False, by=rini)


def test_only_what_villages_pay_is_decided_by_them():
    subsidy, rini = drafts.programme(), people.office("rini")
    with scope.enter(rini), pytest.raises(own.Refusal, match="anggaran wilayahnya sendiri"):
        own.actions.let_decide(subsidy, villages=True, by=rini)


def test_its_fund_stays_one_of_villages_as_long_as_they_decide():
    subsidy, rini = own.programme(), people.office("rini")

    def paid_by(fund):
        subsidy.refresh_from_db()
        subsidy.fund_id = fund
        programmes.change(subsidy, occupations=[], by=rini)

    with scope.enter(rini):
        with pytest.raises(own.Refusal, match="Ubah dahulu siapa yang menetapkan"):
            paid_by("apbd")
        with pytest.raises(IntegrityError, match="not paid by villages"), transaction.atomic():
            type(subsidy).objects.filter(pk=subsidy.pk).update(fund_id="apbd")
        own.actions.let_decide(subsidy, villages=False, by=rini)
        paid_by("apbd")
        subsidy.refresh_from_db()
    assert subsidy.fund_id == "apbd"


def test_a_person_who_moves_away_is_struck_from_the_draft_by_whoever_decides(draft):
    """The Dinas only reads a village's draft, and yet nobody given away stays in it."""
    with scope.whole_country("tests"):
        worker = draft.entries.earliest("position").entry.worker
    with scope.enter(people.office("vera")):
        assert own.decrees.take_out(worker) == []
    after = signing.fresh(draft)
    assert (after.people, draft.people) == (2, 3)


def test_control_the_regencys_own_decree_is_read_by_its_villages():
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    decree = drafts.issue(drafts.draft(subsidy))
    count = "SELECT count(*) FROM enrollment_decree WHERE id = %s"
    assert {name for name in ("kartika", "bagus", "karim") if ask(name, count, decree.pk)} == {
        *("kartika", "bagus", "karim")
    }
