"""Revoking an issued decree: its months, its people, what it hinders, and what a stranger reads."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from enrollment.coverage.models import Cover
from enrollment.decrees import actions
from enrollment.decrees.revoking import actions as revoking
from enrollment.decrees.revoking import working
from enrollment.proposals.models import Entry
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.amendments.making import amend, amended, in_force
from tests.leavings import stories
from tests.proposals import making
from tests.public.test_looking import ask, words
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 10)
NUMBER = "188.45/500/406.001.3/2026"


@pytest.fixture
def base(monkeypatch):
    """Three people, from January to December; today is in May."""
    stories.today_is(monkeypatch, stories.MAY)
    subsidy = making.programme()
    making.approved(subsidy, 3)
    return signing.fresh(drafts.issue(drafts.draft(subsidy)))


def begin(decree, *, day=DAY, by="rini"):
    office = people.office(by)
    with scope.enter(office):
        return revoking.revoke(
            decree, by=office, number=NUMBER, day=day, reason="Salah dasar hukum",
            file=signing.pdf(),
        )  # fmt: skip


def revoked(decree, **values):
    working.advance(begin(decree, **values).pk)
    return signing.fresh(decree)


def periods():
    with scope.whole_country("tests"):
        return sorted((one.months.lower, one.months.upper) for one in Cover.objects.all())


class TestWhatBecomesOfIt:
    def test_begun_months_stay_later_ones_places_and_money_come_free(self, base):
        programme = base.programme
        with scope.whole_country("tests"):
            said = revoking.outlook(base)
        assert (said.people, said.released) == (3, 3 * 7 * 16_800)
        assert (len(said.kept), len(said.freed)) == (5, 7)
        assert (stories.used(programme), stories.committed(programme)) == (3, 3 * 12 * 16_800)
        after = revoked(base)
        assert after.is_revoked
        assert periods() == [(date(2026, 1, 1), date(2026, 6, 1))] * 3
        assert stories.used(programme) == 0
        assert stories.committed(programme) == 3 * 5 * 16_800
        assert stories.cost_of_everybody(programme) == 3 * 5 * 16_800
        with scope.whole_country("tests"):
            assert {entry.state for entry in Entry.objects.all()} == {"left"}
            last = after.steps.first()
            assert (last.to_state, after.revocation.reason) == ("revoked", "Salah dasar hukum")

    def test_its_amendments_go_with_it(self, base):
        with scope.whole_country("tests"):
            entries = list(Entry.objects.order_by("pk"))
        stories.left(entries[0])
        making.approved(base.programme, 1, by="bagus", area=people.BOGORAN, first=500)
        amended(base, day=date(2026, 5, 2))
        revoked(base)
        five = (date(2026, 1, 1), date(2026, 6, 1))
        assert periods() == [five, five, five]  # the newcomer's would have begun in June
        assert in_force(base, date(2026, 5, 9)) != []
        assert in_force(base, DAY) == []

    def test_its_people_on_a_new_list_are_paid_from_the_next_month(self, base):
        revoked(base)
        programme = base.programme
        kartika = people.office("kartika")
        with scope.enter(kartika):
            from enrollment.proposals import actions as proposals
            from enrollment.workers.models import Worker

            proposal = proposals.start(programme, by=kartika)
            proposals.pick(
                proposal, Worker.objects.filter(entries__programme=programme), by=kartika
            )
            proposals.submit(proposal, by=kartika)
        making.act("vera", "verify", proposal)
        making.act("amir", "approve", proposal)
        again = drafts.issue(
            drafts.draft(programme, number="188.45/501/2026", date=date(2026, 5, 12))
        )
        assert again.people == 3
        assert periods() == sorted(
            [(date(2026, 1, 1), date(2026, 6, 1))] * 3 + [(date(2026, 6, 1), date(2027, 1, 1))] * 3
        )
        assert stories.committed(programme) == 3 * 12 * 16_800

    def test_a_stranger_reads_that_it_is_revoked(self, base):
        code = base.header["code"]
        assert "Dicabut" not in words(ask(code))
        revoked(base)
        shown = words(ask(code))
        assert f"Dicabut dengan Nomor {NUMBER} tanggal 10 Mei 2026" in shown
        assert "Salah dasar hukum" not in shown

    def test_in_small_turns_and_after_a_worker_has_died(self, base, monkeypatch):
        monkeypatch.setattr(working, "PEOPLE_A_TURN", 1)
        job = begin(base)
        real, calls = working._end_months, []

        def dies(*given):
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return real(*given)

        monkeypatch.setattr(working, "_end_months", dies)
        with pytest.raises(KeyboardInterrupt):
            working.advance(job.pk)
        with scope.whole_country("tests"):
            assert Entry.objects.filter(state="left").count() == 1
        working.advance(job.pk)
        assert signing.fresh(base).is_revoked
        assert periods() == [(date(2026, 1, 1), date(2026, 6, 1))] * 3
        assert stories.committed(base.programme) == 3 * 5 * 16_800


class TestWhatIsSaidOfItsPeople:
    def pages(self, as_person, entry):
        """The badge and the history of a person, as the village head reads them."""
        page = as_person("kartika").get(reverse("entry_detail", args=[entry.public_id]))
        told = [moment.what for moment in page.context["moments"]]
        return page.context["entry"].standing, told

    def counted(self, programme):
        with scope.enter(people.office("vera")):
            return programme.counts.visible_to(people.office("vera")).by_stage()

    def test_the_decree_stays_in_their_history(self, base, as_person):
        with scope.whole_country("tests"):
            entry = Entry.objects.first()
        named = f"Ditetapkan dengan keputusan {base.number} tanggal"
        assert any(named in told for told in self.pages(as_person, entry)[1])
        revoked(base)
        standing, told = self.pages(as_person, entry)
        assert standing.word == "Keluar"
        assert any(named in what for what in told)
        assert self.counted(base.programme) == {"left": 3}

    def test_until_their_turn_comes_they_are_not_said_to_wait_for_a_decree(
        self, base, as_person, monkeypatch
    ):
        """A regency takes minutes, and a worker that dies on the way some more."""
        monkeypatch.setattr(working, "PEOPLE_A_TURN", 1)
        job = begin(base)
        real, calls = working._end_months, []

        def dies(*given):
            calls.append(1)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return real(*given)

        monkeypatch.setattr(working, "_end_months", dies)
        with pytest.raises(KeyboardInterrupt):
            working.advance(job.pk)
        assert self.counted(base.programme) == {"left": 1, "decreed": 2}
        with scope.whole_country("tests"):
            last = Entry.objects.filter(state="approved").first()
        assert self.pages(as_person, last)[0].word == "Ditetapkan"


class TestRefused:
    def test_while_an_amendment_is_being_made_and_none_afterwards(self, base):
        with scope.whole_country("tests"):
            entry = Entry.objects.first()
        stories.left(entry)
        draft = amend(base)
        with pytest.raises(Refusal, match="sedang dibuat"):
            begin(base)
        rini = people.office("rini")
        with scope.enter(rini):
            actions.discard(draft, by=rini)
        revoked(base)
        with pytest.raises(Refusal, match="belum dicabut"):
            amend(base)

    def test_a_draft_an_amendment_and_what_is_revoked_already(self, base):
        with scope.whole_country("tests"):
            entry = Entry.objects.first()
        stories.left(entry)
        june = amended(base, day=date(2026, 5, 2))
        with pytest.raises(Refusal, match="keputusan pertama"):
            begin(june)
        revoked(base)
        with pytest.raises(Refusal, match="keputusan pertama"):
            begin(base)

    @pytest.mark.parametrize("day", [date(2026, 3, 16), date(2026, 5, 16)])
    def test_a_date_before_the_decree_or_after_today(self, base, day):
        with pytest.raises(Refusal, match="antara"):
            begin(base, day=day)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE enrollment_decree SET title = 'Lain'",
            "UPDATE enrollment_decree SET state = 'issued'",
            "DELETE FROM enrollment_decreerevocation",
        ],
    )
    def test_what_is_revoked_stays(self, base, statement):
        revoked(base)
        with (
            scope.whole_country("tests"), connection.cursor() as cursor,
            pytest.raises(IntegrityError), transaction.atomic(),
        ):  # fmt: skip
            cursor.execute(statement)

    def test_nobody_leaves_without_a_leaving_or_a_revoked_decree(self, base):
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError, match="approved leaving"), transaction.atomic(),
        ):  # fmt: skip
            Entry.objects.update(state="left")
