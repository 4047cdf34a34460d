"""What a programme asks about work, of whom, and what follows from it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrollment.programmes import actions as programmes
from enrollment.programmes import waves
from enrollment.proposals import actions as proposals
from enrollment.proposals import candidates
from enrollment.statements import actions
from enrollment.statements.models import StatementRule
from enrollment.statements.rules import Demand, Weight
from enrollment.workers.checks.findings import CODES
from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

SAID = {
    "workplace": "sawah Krajan", "work": "menanam padi", "work_said_by": "Sunarto",
    "work_said_on": date(2026, 1, 2),
}  # fmt: skip


@pytest.fixture
def subsidy():
    return making.programme(first_month=date(2026, 4, 1), months=9)


def ask(subsidy, weight, months=12, by="rini"):
    office = people.office(by)
    with scope.enter(office):
        actions.ask(subsidy, Demand(weight, months), by=office)


def judged(subsidy, worker):
    """(codes against, codes of notices) for a village that proposes."""
    with scope.enter(people.office("kartika")):
        verdict = candidates.examine(subsidy, Worker.objects.filter(pk=worker.pk))[worker.pk]
    return [found.code for found in verdict.against], [found.code for found in verdict.notices]


class TestTheNew:
    def test_are_warned_about_where_nobody_has_chosen(self, subsidy):
        assert judged(subsidy, people.worker(1)) == ([], ["statement.incomplete"])
        assert judged(subsidy, people.worker(2, **SAID)) == ([], [])

    def test_are_stopped_where_the_programme_says_so(self, subsidy):
        ask(subsidy, Weight.REQUIRED)
        assert judged(subsidy, people.worker(1)) == (["statement.missing"], [])
        assert judged(subsidy, people.worker(2, **SAID)) == ([], [])

    def test_are_not_asked_where_it_does_not_ask(self, subsidy):
        ask(subsidy, Weight.NONE)
        assert judged(subsidy, people.worker(1)) == ([], [])

    def test_who_is_not_taken_is_left_behind_when_the_list_is_handed_in(self, subsidy):
        ask(subsidy, Weight.REQUIRED)
        proposal = making.draft(subsidy, 2)
        kartika = people.office("kartika")
        with scope.enter(kartika), pytest.raises(Refusal, match="Belum ada yang dapat diajukan"):
            proposals.submit(proposal, by=kartika)
        with scope.whole_country("tests"):
            Worker.objects.filter(entries__proposal=proposal).update(**SAID)
        with scope.enter(kartika):
            proposals.submit(proposal, by=kartika)
        assert making.states(proposal) == {"submitted": 2}

    def test_an_old_statement_counts_as_the_programme_says(self, subsidy):
        old = people.worker(1, **SAID | {"work_said_on": date(2025, 3, 1)})
        assert judged(subsidy, old) == ([], ["statement.incomplete"])
        ask(subsidy, Weight.WARNING, months=24)
        assert judged(subsidy, old) == ([], [])


def test_a_later_wave_asks_as_the_first_one_until_somebody_chooses(subsidy):
    rini = people.office("rini")
    with scope.enter(rini):
        wave = waves.following(subsidy, date(2026, 1, 1))
        programmes.price(wave)
        wave.ceiling = 1_000_000
        programmes.add_wave(wave, to=subsidy, occupations=[], by=rini)
    ask(subsidy, Weight.REQUIRED)
    with scope.enter(rini):
        assert actions.demand_of(wave).weight is Weight.REQUIRED
    ask(wave, Weight.NONE)
    with scope.enter(rini):
        assert actions.demand_of(wave).weight is Weight.NONE
        assert actions.demand_of(subsidy).weight is Weight.REQUIRED


@pytest.mark.parametrize("weight", [Weight.REQUIRED, Weight.WARNING])
def test_who_stays_a_member_is_not_asked(subsidy, weight):
    ask(subsidy, weight)
    worker = people.worker(1)
    people.cover(worker, date(2025, 1, 1), date(2026, 4, 1))
    assert judged(subsidy, worker) == ([], [])


class TestThePage:
    def test_shows_what_holds_and_stores_what_is_chosen(self, subsidy, as_person):
        client, there = as_person("rini"), reverse("statement_rule", args=[subsidy.pk])
        assert client.get(there).context["form"]["weight"].value() == "peringatan"
        client.post(there, {"weight": "wajib", "months": "6"})
        with scope.enter(people.office("kartika")):
            assert actions.demand_of(subsidy) == Demand(Weight.REQUIRED, 6)

    def test_refuses_what_is_no_choice(self, subsidy, as_person):
        there = reverse("statement_rule", args=[subsidy.pk])
        for data in ({"weight": "keras", "months": "6"}, {"weight": "wajib", "months": "0"}):
            assert as_person("rini").post(there, data).status_code == 200
        with scope.whole_country("tests"):
            assert not StatementRule.objects.exists()

    @pytest.mark.parametrize("name", ["vera", "kartika", "amir"])
    def test_is_the_admins(self, subsidy, as_person, name):
        answer = as_person(name).get(reverse("statement_rule", args=[subsidy.pk]))
        assert answer.status_code == 403
        with pytest.raises(PermissionDenied):
            ask(subsidy, Weight.NONE, by=name)

    def test_another_regency_neither_sees_nor_changes_it(self, subsidy, as_person):
        ask(subsidy, Weight.REQUIRED)
        there = reverse("statement_rule", args=[subsidy.pk])
        assert as_person("boni").get(there).status_code == 404
        with scope.enter(people.office("boni")):
            assert not StatementRule.objects.exists()


@pytest.mark.parametrize("values", [{"months": 0}, {"months": 61}, {"weight": "keras"}])
def test_the_database_refuses_what_means_nothing(subsidy, values):
    with scope.enter(people.office("rini")), pytest.raises(IntegrityError), transaction.atomic():
        StatementRule.objects.create(
            programme=subsidy, regency_id=people.TRENGGALEK, **{"weight": "tidak"} | values
        )


class TestPositions:
    def test_two_heads_of_one_rt_are_told_and_not_stopped(self, subsidy):
        ask(subsidy, Weight.NONE)
        head = people.worker(1, position="Ketua RT 01 RW 02")
        assert judged(subsidy, head) == ([], [])
        people.worker(2, position="RT 1")
        assert judged(subsidy, head) == ([], ["position.doubled"])

    def test_who_ended_or_lives_in_another_village_is_no_second_head(self, subsidy):
        ask(subsidy, Weight.NONE)
        head = people.worker(1, position="Ketua RT 01")
        people.worker(2, people.BOGORAN, position="Ketua RT 01")
        people.worker(3, position="Ketua RT 01", ended_on=date(2026, 1, 1), ended_reason="died")
        assert judged(subsidy, head) == ([], [])

    @pytest.mark.parametrize(
        ("end", "codes"),
        [
            (date(2026, 3, 31), ["position.ends"]),
            (date(2026, 6, 30), ["position.ends"]),
            (date(2026, 12, 30), ["position.ends"]),
            (date(2026, 12, 31), []),
            (None, []),
        ],
    )
    def test_a_term_that_ends_within_the_cover(self, subsidy, end, codes):
        ask(subsidy, Weight.NONE)
        head = people.worker(1, position="Ketua RW 02", term_end=end)
        assert judged(subsidy, head) == ([], codes)

    def test_a_term_without_a_position_says_nothing(self, subsidy):
        ask(subsidy, Weight.NONE)
        assert judged(subsidy, people.worker(1, term_end=date(2026, 6, 30))) == ([], [])

    def test_the_pages_of_who_proposes_and_verifies_show_it(self, subsidy, as_person):
        proposal = making.submitted(subsidy, 2, position="Ketua RT 01", term_end=date(2026, 6, 30))
        entry = making.entries(proposal)[0]
        people.worker(50, position="Ketua RT 01")
        for name, address in (
            ("kartika", reverse("proposal_pick", args=[proposal.pk])),
            ("kartika", reverse("proposal_detail", args=[proposal.pk])),
            ("vera", reverse("programme_people", args=[subsidy.pk])),
            ("vera", reverse("entry_detail", args=[entry.public_id])),
        ):
            assert CODES["position.doubled"].sentence in as_person(name).get(address).text, address
        page = as_person("vera").get(reverse("entry_detail", args=[entry.public_id])).text
        assert "berakhir 30 Juni 2026, dalam bulan-bulan perlindungan" in " ".join(page.split())

    def test_a_list_of_heads_takes_no_more_queries_than_one_head(self, subsidy):
        def queries(pks):
            with scope.enter(people.office("kartika")), CaptureQueriesContext(connection) as asked:
                candidates.examine(subsidy, Worker.objects.filter(pk__in=pks))
            return len(asked)

        heads = [people.worker(n, position=f"Ketua RT {n}").pk for n in range(1, 31)]
        assert queries(heads) == queries(heads[:1])
