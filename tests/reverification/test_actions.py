"""A programme lets people go on only if their village has looked at them again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enrollment.programmes import actions as programmes
from enrollment.programmes import waves
from enrollment.proposals import actions as proposals
from enrollment.proposals import candidates
from enrollment.reverification import actions
from enrollment.reverification.models import Reverification, ReverificationRule
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts
from tests.proposals import making
from tests.renewals import making as renewals
from tests.reverification.asking import against, ask, member, recorded, verify
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
SENDEN, BOGORAN = people.SENDEN, people.BOGORAN
CODE = "reverification.missing"
IN_TIME, TOO_EARLY = date(2026, 10, 1), date(2026, 9, 30)


@pytest.fixture
def wave():
    """Of 2027, asking for a verification each three months."""
    made = renewals.next_year()
    ask(made)
    return made


class TestWhoeverGoesOn:
    def test_is_stopped_until_the_village_has_verified_in_time(self, wave):
        worker = member()
        assert against(wave, worker) == [CODE]
        recorded(wave, TOO_EARLY)
        assert against(wave, worker) == [CODE]
        recorded(wave, IN_TIME)
        assert against(wave, worker) == []

    def test_is_not_asked_where_the_programme_does_not_ask(self, wave):
        worker = member()
        assert against(wave, worker) == [CODE]
        ask(wave, None)
        assert against(wave, worker) == []

    def test_is_not_helped_by_another_village(self, wave):
        here, there = member(1), member(2, BOGORAN)
        recorded(wave, IN_TIME, BOGORAN)
        assert (against(wave, here), against(wave, there, by="bagus")) == ([CODE], [])

    def test_a_new_member_is_not_stopped(self, wave):
        assert against(wave, people.worker(1)) == []
        assert against(wave, member(2, until=date(2026, 9, 1))) == []  # lapsed: new again

    def test_sentence_names_the_day(self, wave):
        worker = member()
        with scope.enter(people.office("kartika")):
            rows = Worker.objects.filter(pk=worker.pk)
            (found,) = candidates.examine(wave, rows)[worker.pk].against
        assert "sejak 1 Oktober 2026" in found.message


class TestWhatCounts:
    def test_one_of_the_wave_that_it_continues(self):
        old = renewals.last_year()
        new = renewals.linked(old)
        ask(new)
        worker = member()
        assert against(new, worker) == [CODE]
        recorded(old, IN_TIME)
        assert against(new, worker) == []

    def test_one_of_the_wave_that_continues_it(self):
        old = renewals.last_year()
        new = renewals.linked(old)
        recorded(new, IN_TIME)
        with scope.enter(people.office("kartika")):
            assert actions.last_of(old) == {SENDEN: IN_TIME}

    def test_one_of_any_wave_before_and_after_it_in_the_chain(self):
        """Years 1 to 4: a look in the first is known to the last, and the other way round."""
        chain = self.chain_of_years()
        worker = member(until=date(2029, 1, 1))
        ask(chain[-1], 24)  # its year begins in January 2029
        assert against(chain[-1], worker) == [CODE]
        recorded(chain[0], date(2026, 12, 31))  # a day too early
        assert against(chain[-1], worker) == [CODE]
        recorded(chain[0], date(2027, 1, 1))
        assert against(chain[-1], worker) == []
        recorded(chain[-1], date(2027, 2, 1))
        with scope.enter(people.office("kartika")):
            assert actions.last_of(chain[0]) == {SENDEN: date(2027, 2, 1)}

    def chain_of_years(self):
        chain = [renewals.last_year()]
        for year in (2027, 2028, 2029):
            new = making.programme(name=f"Tahun {year}", year=year, first_month=date(year, 1, 1))
            renewals.link(new, chain[-1])
            chain.append(new)
        return chain

    def test_a_chain_goes_through_every_wave_of_a_programme(self):
        """What follows on a programme's second wave follows on its first one's people too."""
        first, rini = making.programme(months=6), people.office("rini")
        with scope.enter(rini):
            later = waves.following(first, date(2026, 1, 1))
            programmes.price(later)
            later.ceiling = 1_000_000
            programmes.add_wave(later, to=first, occupations=[], by=rini)
        second_year = renewals.linked(later)
        third_year = making.programme(name="2028", year=2028, first_month=date(2028, 1, 1))
        renewals.link(third_year, second_year)
        recorded(first, IN_TIME)
        with scope.enter(people.office("kartika")):
            assert actions.last_of(third_year) == {SENDEN: IN_TIME}

    def test_none_of_another_programme(self, wave):
        other, worker = renewals.next_year(name="Lain"), member()
        recorded(other, IN_TIME)
        assert against(wave, worker) == [CODE]

    def test_a_later_wave_asks_as_the_first_one_and_shares_its_verifications(self):
        first, rini = (
            making.programme(first_month=date(2026, 1, 1), months=6),
            people.office("rini"),
        )
        with scope.enter(rini):
            later = waves.following(first, date(2026, 1, 1))
            programmes.price(later)
            later.ceiling = 1_000_000
            programmes.add_wave(later, to=first, occupations=[], by=rini)
        ask(first, 3)
        worker = member(until=date(2026, 7, 1))
        assert against(later, worker) == [CODE]
        recorded(first, date(2026, 4, 1))
        assert against(later, worker) == []


class TestEachStep:
    """A row that stops being fit is stopped alone, whichever step comes next."""

    def last_years(self, people_):
        """A wave that was decreed for so many people, and the next one with their drafts."""
        old = renewals.last_year()
        making.approved(old, people_)
        renewals.decreed(old)
        new = renewals.linked(old, legal_basis="2 Tahun 2026")
        renewals.begin(new)
        with scope.whole_country("tests"):
            return making.fresh(new), new.proposals.get()

    def test_handing_in(self):
        new, proposal = self.last_years(2)
        ask(new)
        kartika = people.office("kartika")
        with scope.enter(kartika), pytest.raises(Refusal, match="Belum ada yang dapat diajukan"):
            proposals.submit(proposal, by=kartika)
        recorded(new, IN_TIME)
        with scope.enter(kartika):
            proposals.submit(proposal, by=kartika)
        assert making.states(proposal) == {"submitted": 2}

    @pytest.mark.parametrize(
        ("name", "verb", "before", "after"),
        [
            ("vera", "verify", "submitted", "verified"),
            ("amir", "approve", "verified", "approved"),
        ],
    )
    def test_verifying_and_approving(self, name, verb, before, after):
        new, proposal = self.last_years(2)
        kartika = people.office("kartika")
        with scope.enter(kartika):
            proposals.submit(proposal, by=kartika)
        if before == "verified":
            making.act("vera", "verify", proposal)
        ask(new)
        making.act(name, verb, proposal)
        assert making.states(proposal) == {before: 2}
        recorded(new, IN_TIME)
        making.act(name, verb, proposal)
        assert making.states(proposal) == {after: 2}

    def test_the_decree(self):
        new, proposal = self.last_years(2)
        kartika = people.office("kartika")
        with scope.enter(kartika):
            proposals.submit(proposal, by=kartika)
        making.act("vera", "verify", proposal)
        making.act("amir", "approve", proposal)
        ask(new)
        with pytest.raises(Refusal):
            drafts.draft(making.fresh(new), number="2")
        recorded(new, IN_TIME)
        assert drafts.draft(making.fresh(new), number="2").people == 2


class TestConfirming:
    today = staticmethod(timezone.localdate)

    def test_keeps_who_when_and_by_which_minutes(self, wave):
        day = self.today() - timedelta(days=3)
        verify(wave, day, document="BA 140/2026", number=7)
        with scope.enter(people.office("kartika")):
            row = Reverification.objects.get()
        assert (row.area_id, row.on, row.said_on) == (SENDEN, day, self.today())
        assert (row.document, row.people) == ("BA 140/2026", 7)
        assert row.name == str(people.office("kartika").user)

    @pytest.mark.parametrize("name", ["olan", "vera", "amir", "rini", "tani"])
    def test_is_the_heads_alone(self, wave, name):
        verify(wave, self.today() - timedelta(days=1))
        with pytest.raises(PermissionDenied):
            verify(wave, self.today(), by=name)

    def test_of_a_day_to_come_is_refused(self, wave):
        with pytest.raises(Refusal, match="belum tiba"):
            verify(wave, self.today() + timedelta(days=1))
        verify(wave, self.today())

    def test_of_minutes_that_are_not_later_is_refused(self, wave):
        verify(wave, self.today())
        for days in (0, 1):
            with pytest.raises(Refusal, match="sesudahnya"):
                verify(wave, self.today() - timedelta(days=days))

    def test_is_refused_where_nothing_is_asked(self, wave):
        ask(wave, None)
        with pytest.raises(Refusal, match="tidak mensyaratkan"):
            verify(wave, self.today())

    def test_only_the_admin_asks(self, wave):
        for name in ("vera", "kartika", "amir"):
            with pytest.raises(PermissionDenied):
                ask(wave, 1, by=name)
        with scope.enter(people.office("rini")):
            assert actions.demand_of(wave).months == 3


class TestTheDatabase:
    def row(self, wave, **values):
        given = {"on": IN_TIME, "said_on": IN_TIME, "document": "BA", "people": 1,
                 "area_id": SENDEN, "name": "Kartika"} | values  # fmt: skip
        office = people.office("kartika")
        return Reverification.objects.create(programme=wave, office=office, **given)

    def test_keeps_one_a_village_programme_and_day(self, wave):
        kartika = people.office("kartika")
        with scope.enter(kartika):
            self.row(wave)
            with pytest.raises(IntegrityError, match="reverified_once_a_day"), transaction.atomic():
                self.row(wave)

    @pytest.mark.parametrize("values", [{"said_on": TOO_EARLY}, {"document": ""}, {"people": -1}])
    def test_refuses_what_means_nothing(self, wave, values):
        with scope.enter(people.office("kartika")):
            with pytest.raises(IntegrityError), transaction.atomic():
                self.row(wave, **values)
            self.row(wave)

    def test_refuses_another_village_and_a_programme_of_another_regency(self, wave):
        theirs = renewals.next_year(by="boni")
        with scope.enter(people.office("kartika")):
            for values in ({"area_id": BOGORAN}, {"programme": theirs}):
                with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
                    self.row(**{"wave": wave, **_renamed(values)})
            self.row(wave)

    def test_never_changes_or_drops_a_row(self, wave):
        recorded(wave, IN_TIME)
        with scope.enter(people.office("kartika")):
            assert Reverification.objects.count() == 1
            assert Reverification.objects.update(on=TOO_EARLY) == 0
            assert Reverification.objects.all().delete()[0] == 0
            assert Reverification.objects.get().on == IN_TIME

    def test_shows_a_village_its_own_alone(self, wave):
        recorded(wave, IN_TIME)
        recorded(wave, IN_TIME, BOGORAN, by="bagus")
        for name, count in (("kartika", 1), ("bagus", 1), ("vera", 2), ("boni", 0)):
            with scope.enter(people.office(name)):
                assert Reverification.objects.count() == count, name
                assert len(actions.last_of(wave)) == count, name

    @pytest.mark.parametrize("months", [0, 25])
    def test_refuses_months_that_mean_nothing(self, wave, months):
        with scope.enter(people.office("rini")), transaction.atomic():
            with pytest.raises(IntegrityError), transaction.atomic():
                ReverificationRule.objects.filter(pk=wave.pk).update(months=months)
            assert ReverificationRule.objects.filter(pk=wave.pk).update(months=6) == 1

    def test_another_regency_neither_sees_nor_changes_the_rule(self, wave):
        with scope.enter(people.office("boni")):
            assert not ReverificationRule.objects.exists()
        with scope.enter(people.office("kartika")):
            assert ReverificationRule.objects.exists()
            assert ReverificationRule.objects.update(months=9) == 0

    def test_the_rule_has_a_history(self, wave):
        ask(wave, 6)
        ask(wave, None)
        with scope.enter(people.office("rini")):
            events = ReverificationRule.events.rel.related_model.objects.order_by("pgh_id")
            assert list(events.values_list("pgh_label", "months")) == [
                ("insert", 3), ("update", 6), ("delete", 6),
            ]  # fmt: skip


def _renamed(values):
    return {"wave" if name == "programme" else name: value for name, value in values.items()}


def test_many_people_take_no_more_queries_than_one(wave):
    def queries(pks):
        with scope.enter(people.office("kartika")), CaptureQueriesContext(connection) as asked:
            candidates.examine(making.fresh(wave), Worker.objects.filter(pk__in=pks))
        return len(asked)

    pks = [member(n).pk for n in range(1, 21)]
    assert queries(pks) == queries(pks[:1])
