"""A village's decrees cost no more than its own budget, also when two are frozen at once."""

import threading
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.db.models import F

from enrollment.decrees import freezing
from enrollment.decrees.by_villages import money
from enrollment.proposals.models import Entry
from tests import databases, people
from tests.decrees import drafts, signing
from tests.decrees.by_villages import own
from villages import scope

pytestmark = pytest.mark.django_db


def freeze(decree, head):
    return signing.begin_to_freeze(decree, "kartika", signatory=head)


def test_without_a_budget_no_list_is_frozen(as_person):
    subsidy = own.programme()
    own.approved(subsidy)
    head, decree = own.signatory(), own.unnumbered(subsidy)
    page = as_person("kartika").get(f"/keputusan/{decree.pk}/").content.decode()
    assert money.NO_BUDGET in page and f"/keputusan/pagu/{subsidy.pk}/" in page
    with pytest.raises(own.Refusal, match="belum diisi"):
        freeze(decree, head)
    own.budget(subsidy)
    freeze(decree, head)


def test_beyond_its_budget_it_is_told_by_how_much_and_within_it_frozen():
    subsidy = own.programme()
    own.approved(subsidy)
    own.budget(subsidy, ceiling=own.THREE - 1)
    head, decree = own.signatory(), own.unnumbered(subsidy)
    with pytest.raises(own.Refusal, match=r"Rp453\.600, lebih dari pagu Rp453\.599"):
        freeze(decree, head)
    own.budget(subsidy, ceiling=own.THREE)
    freeze(decree, head)


def test_the_database_holds_it_too_for_ink_and_for_freezing():
    subsidy = own.programme()
    own.approved(subsidy)
    head, decree = own.signatory(), own.unnumbered(subsidy)
    kartika = people.office("kartika")
    for to in ("freezing", "issuing"):
        refused = pytest.raises(own.IntegrityError, match="more than its budget")
        with scope.enter(kartika), refused, transaction.atomic():
            by_hand(decree, head, to)
    own.budget(subsidy)
    with scope.enter(kartika), transaction.atomic():
        by_hand(decree, head, "freezing")


def by_hand(decree, head, to):
    """The move as a script would do it, without the portal's own question about money."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO enrollment_decreestep (decree_id, regency_id, from_state, to_state,"
            " reason, office_id, name, at) SELECT id, regency_id, state, %s, '', drafted_by_id,"
            " 'x', now() FROM enrollment_decree WHERE id = %s",
            [to, decree.pk],
        )
        cursor.execute(
            "UPDATE enrollment_decree SET state = %s, signatory_id = %s, number = id::text,"
            " date = now() WHERE id = %s",
            [to, head.pk, decree.pk],
        )


@pytest.mark.django_db(transaction=True)
class TestAtOneMoment:
    """Two lists of a village, of which the budget holds one, are frozen at once."""

    @pytest.fixture
    def two(self):
        subsidy = own.programme()
        own.approved(subsidy)
        first = own.unnumbered(subsidy)
        own.approved(subsidy, 3, first=20)
        own.budget(subsidy, ceiling=own.THREE)
        return first, own.unnumbered(subsidy), own.signatory()

    def at_once(self, two):
        """What became of both: how many could be frozen."""
        *lists, head = two
        done, moved = [], threading.Barrier(2)

        def take(decree):
            """The transaction stays open until the other one has moved too, or waits for this."""
            try:
                with scope.enter(people.office("kartika")), transaction.atomic():
                    by_hand(decree, head, "freezing")
                    with suppress(threading.BrokenBarrierError):
                        moved.wait(2)
                done.append(decree)
            except own.IntegrityError:
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=take, args=[one]) for one in lists]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(done)

    def test_one_of_them_is(self, two):
        assert self.at_once(two) == 1

    def test_control_without_the_lock_both_are(self, two, database_name):
        with databases.owner(database_name) as owner, owner.cursor() as cursor:
            before = databases.definition(cursor, "village_budget_holds")
            assert "FOR NO KEY UPDATE" in before
            cursor.execute(before.replace(" FOR NO KEY UPDATE", ""))
            try:
                assert self.at_once(two) == 2
            finally:
                cursor.execute(before)


@pytest.mark.django_db
def test_a_freezing_that_stops_gives_the_money_back():
    subsidy = own.programme()
    workers = own.approved(subsidy)
    own.budget(subsidy, ceiling=own.THREE)
    head, decree = own.signatory(), own.unnumbered(subsidy)
    job = freeze(decree, head)
    with scope.whole_country("tests"):
        type(workers[0]).objects.filter(pk=workers[0].pk).update(name="Nama Lain")
    freezing.advance(job.pk)  # refused, since somebody has changed since
    assert signing.fresh(decree).state == "draft"
    with scope.enter(people.office("kartika")):
        assert money.spending(subsidy.pk, people.SENDEN).cost == 0


class TestDearerAfterFreezing:
    """Somebody's months are reckoned anew while the list is out to be signed."""

    @pytest.fixture
    def returned(self):
        subsidy = own.programme()
        own.approved(subsidy)
        own.budget(subsidy, ceiling=own.THREE)
        head, decree = own.signatory(), own.unnumbered(subsidy)
        decree = signing.send(signing.freeze(decree, by="kartika", signatory=head), by="kartika")
        signing.receive(decree, signatory=head, by="kartika")
        return signing.fresh(decree)

    def dearer(self, decree):
        with scope.whole_country("tests"):
            Entry.objects.filter(decree_rows__decree=decree).update(cost=F("cost") + 1)

    def test_it_is_not_issued(self, returned, as_person):
        self.dearer(returned)
        with pytest.raises(own.Refusal, match=r"Rp453\.603, lebih dari pagu Rp453\.600"):
            drafts.issue(returned, by="kartika")
        page = as_person("kartika").get(f"/keputusan/{returned.pk}/").content.decode()
        assert "lebih dari pagu" in page
        own.budget(returned.programme, ceiling=own.THREE + 3)
        assert drafts.issue(returned, by="kartika").is_issued

    def test_the_database_holds_it_too(self, returned):
        self.dearer(returned)
        refused = pytest.raises(own.IntegrityError, match="more than its budget")
        with scope.enter(people.office("kartika")), refused, transaction.atomic():
            by_hand(returned, returned.signatory, "issuing")
