"""Whose turn it is on a waiting list: by what the regency chose, and last by arrival.

Kartika heads Senden, Vera verifies and Rini administers for Trenggalek.
"""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrollment.programmes import waves
from enrollment.programmes.turns import MOST, Turn, checked, in_words
from enrollment.proposals import actions, queue
from enrollment.proposals.models import Entry
from enrollment.proposals.turns import Waiter, key, reason
from enrollment.workers.models import Worker, WorkerSource
from tests import people
from tests.pages.source import on_one_line
from tests.proposals import making
from tests.proposals.asking import acting_on, of, text
from tests.proposals.making import act
from villages import scope
from villages.refusals import Refusal

MARCH = date(2026, 3, 3)
ORDERS = [
    list(order)
    for length in range(MOST + 1)
    for order in permutations(Turn.values, length)
    if not {Turn.OLDEST, Turn.YOUNGEST} <= set(order)
]


def waiter(number=1, **values):
    return Waiter(number=number, since=MARCH, **values)


class TestTheRule:
    def test_without_criteria_whoever_came_first_is_first(self):
        rich, poor = waiter(1, decile=9), waiter(2, decile=1, registry="DTSEN")
        assert key([], rich) < key([], poor)

    @pytest.mark.parametrize(
        ("criterion", "first", "second"),
        [
            (Turn.POOREST, {"decile": 1}, {"decile": 2}),
            (Turn.POOREST, {"decile": 10}, {}),
            (Turn.LISTED, {"registry": "DTSEN"}, {}),
            (Turn.CONTINUING, {"kind": "lanjut"}, {"kind": "baru"}),
            (Turn.CONTINUING, {"kind": "lanjut"}, {}),
            (Turn.OLDEST, {"birth_date": date(1961, 3, 20)}, {"birth_date": date(1961, 3, 21)}),
            (Turn.YOUNGEST, {"birth_date": date(1999, 1, 2)}, {"birth_date": date(1999, 1, 1)}),
            (Turn.OLDEST, {"birth_date": date(2008, 1, 1)}, {}),
            (Turn.YOUNGEST, {"birth_date": date(1899, 1, 1)}, {}),
        ],
    )
    def test_each_criterion_and_the_unknown_last(self, criterion, first, second):
        assert key([criterion], waiter(2, **first)) < key([criterion], waiter(1, **second))

    def test_a_later_criterion_counts_where_the_earlier_ones_are_equal(self):
        order = [Turn.POOREST, Turn.OLDEST]
        old, young = date(1961, 1, 1), date(1999, 1, 1)
        assert key(order, waiter(2, decile=1, birth_date=young)) < key(
            order, waiter(1, decile=2, birth_date=old)
        )
        assert key(order, waiter(2, decile=1, birth_date=old)) < key(
            order, waiter(1, decile=1, birth_date=young)
        )

    def test_a_rank_says_why(self):
        poor = waiter(decile=1, registry="DTSEN", birth_date=date(1961, 3, 20))
        assert reason([Turn.POOREST, Turn.LISTED], poor) == (
            "desil 1, tercatat DTSEN, diajukan 3 Maret"
        )
        assert reason([Turn.OLDEST], poor) == "lahir 1961, diajukan 3 Maret"
        assert reason([Turn.POOREST, Turn.LISTED, Turn.YOUNGEST], waiter()) == (
            "desil belum diisi, tidak tercatat, tanggal lahir belum diisi, diajukan 3 Maret"
        )

    def test_an_order_has_no_criterion_twice_and_no_contradiction(self):
        assert checked(["", Turn.POOREST, None, Turn.OLDEST]) == ["poorest", "oldest"]
        with pytest.raises(Refusal, match="dua kali"):
            checked([Turn.POOREST, Turn.POOREST])
        with pytest.raises(Refusal, match="salah satu"):
            checked([Turn.OLDEST, Turn.YOUNGEST])

    def test_the_order_in_words_ends_with_arrival(self):
        assert in_words([]) == "yang lebih dahulu diajukan"
        assert in_words([Turn.POOREST]).endswith(", lalu yang lebih dahulu diajukan")


SOURCE = st.tuples(st.sampled_from(["DTSEN", "P3KE"]), st.none() | st.integers(1, 10))
PERSON = st.tuples(
    st.none() | st.dates(date(1895, 1, 1), date(2010, 1, 1)),
    st.lists(SOURCE, max_size=2, unique_by=lambda source: source[0]),
    st.sampled_from(["", "baru", "lanjut"]),
)
PEOPLE = 5


@pytest.mark.django_db
class TestTheDatabase:
    """It ranks by one expression as the rule does on plain values."""

    @pytest.fixture
    def rows(self):
        return making.entries(making.submitted(making.programme(village_quota=0), PEOPLE))

    @settings(
        max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        st.lists(PERSON, min_size=PEOPLE, max_size=PEOPLE),
        st.permutations(range(1, PEOPLE + 1)),
        st.sampled_from(ORDERS),
        st.sets(st.integers(0, PEOPLE - 1), min_size=1),
    )
    def test_agrees_with_the_rule_about_turns_and_about_who_is_passed_over(
        self, rows, persons, numbers, order, chosen
    ):
        with scope.whole_country("tests"):
            waiters = dict(zip(rows, self.written(rows, persons, numbers), strict=True))
            found = Entry.objects.filter(pk__in=[row.pk for row in rows])
            ranked = sorted(rows, key=lambda row: key(order, waiters[row]))
            assert list(found.order_by(queue.turn(order))) == ranked
            places = dict(found.in_line().values_list("pk", queue.place(order)))
            assert [places[row.pk] for row in ranked] == list(range(1, PEOPLE + 1))
            several = queue.turn_in({rows[0].programme_id: order})
            assert list(found.order_by(several)) == ranked

            picked = {rows[number] for number in chosen}
            last = max(ranked.index(row) for row in picked)
            expected = {row.pk for row in ranked[:last] if row not in picked}
            passed = found.passed_over(found.filter(pk__in=[row.pk for row in picked]), order)
            assert set(passed.values_list("pk", flat=True)) == expected

    def written(self, rows, persons, numbers):
        WorkerSource.objects.all().delete()
        for row, (born, sources, kind), number in zip(rows, persons, numbers, strict=True):
            Worker.objects.filter(pk=row.worker_id).update(birth_date=born)
            Entry.objects.filter(pk=row.pk).update(rank=number, kind=kind)
            WorkerSource.objects.bulk_create(
                WorkerSource(worker_id=row.worker_id, area_id=row.area_id, registry=name,
                             decile=decile)
                for name, decile in sources
            )  # fmt: skip
            deciles = [decile for _, decile in sources if decile]
            yield waiter(
                number, birth_date=born, kind=kind, decile=min(deciles, default=None),
                registry=min((name for name, _ in sources), default=""),
            )  # fmt: skip


def listed(worker, decile, registry="DTSEN"):
    with scope.whole_country("tests"):
        WorkerSource.objects.create(
            worker=worker, area_id=worker.area_id, registry=registry, decile=decile
        )


@pytest.mark.django_db
class TestThePages:
    @pytest.fixture
    def waiting(self):
        """Two places, one of them free; of Pekerja 2, 3 and 4 the last one is the poorest."""
        subsidy = making.programme(village_quota=2, waiting_order=[Turn.POOREST, Turn.LISTED])
        proposal = making.submitted(subsidy, 5)
        rows = making.entries(proposal)
        listed(rows[3].worker, 4)
        listed(rows[4].worker, 1)
        act("vera", "return", proposal, pks=[rows[0].pk], reason="RT keliru")
        return proposal, rows[2:]

    def test_the_list_stands_in_the_chosen_order_with_reasons(self, waiting, as_person):
        proposal, _ = waiting
        for client in (as_person("vera"), as_person("kartika")):
            page = text(client.get(of(proposal) + "?status=waiting"))
            places = [page.index(f"Pekerja {number}<") for number in (4, 3, 2)]
            assert places == sorted(places)
            assert "Urutan 1: desil 1, tercatat DTSEN, diajukan " in page
            assert "Urutan 3: desil belum diisi, tidak tercatat, diajukan " in page
            assert "Nomor tunggu" not in page

    def test_the_verifier_reads_who_is_next_and_why(self, waiting, as_person):
        home = text(as_person("vera").get("/"))
        assert "1 tempat kosong, berikutnya Pekerja 4 (desil 1, tercatat DTSEN, diajukan " in home

    def test_the_first_in_turn_is_admitted_at_once(self, waiting):
        proposal, (_, _, poorest) = waiting
        assert act("vera", "admit", proposal, pks=[poorest.pk]).done == 1

    def test_whoever_came_first_and_is_not_next_is_asked_about(self, waiting, as_person):
        proposal, (earliest, _, _) = waiting
        given = {"act": "admit", "pick": [str(earliest.public_id)], "status": "waiting"}
        page = text(as_person("vera").post(acting_on(proposal), given))
        assert "2 orang menunggu lebih dahulu" in page
        assert page.index("Pekerja 4") < page.index("Pekerja 3")
        assert "urutan 1 (desil 1, tercatat DTSEN, diajukan " in page
        assert making.fresh(earliest).state == "waiting"

    def test_a_corrected_decile_changes_the_turn(self, waiting):
        proposal, (earliest, _, _) = waiting
        listed(earliest.worker, 1, "P3KE")
        assert act("vera", "admit", proposal, pks=[earliest.pk]).done == 1

    def test_a_persons_page_says_the_place_and_why(self, waiting, as_person):
        _, (_, _, poorest) = waiting
        page = text(as_person("kartika").get(f"/usulan/orang/{poorest.public_id}/"))
        assert "1: desil 1, tercatat DTSEN, diajukan " in page

    def test_the_programme_says_its_order_to_everybody(self, waiting, as_person):
        proposal, _ = waiting
        page = text(as_person("kartika").get(f"/program/{proposal.programme_id}/"))
        told = "desil terendah lebih dahulu, lalu yang tercatat di data acuan lebih dahulu, lalu"
        assert told in page

    def test_nobody_keeps_an_order_that_contradicts_itself(self):
        with pytest.raises(Exception, match="subsidy_waiting_order"):
            making.programme(waiting_order=[Turn.OLDEST, Turn.YOUNGEST])


@pytest.mark.django_db
def test_a_wave_begins_with_the_order_of_the_one_before():
    subsidy = making.programme(waiting_order=[Turn.OLDEST], months=3)
    with scope.enter(people.office("rini")):
        assert waves.following(subsidy, MARCH).waiting_order == ["oldest"]


@pytest.mark.django_db
class TestSomebodyNew:
    """A free place belongs to who waits, whoever proposed them."""

    def full(self, **values):
        """A list of which five have the places of the village and one waits; one of the five is
        returned, so a place is free."""
        proposal = making.submitted(making.programme(village_quota=5, **values), 6)
        first, *_ = making.entries(proposal)
        making.act("vera", "return", proposal, pks=[first.pk], reason="Alamatnya kurang")
        return proposal, first

    def test_passes_nobody(self):
        proposal, _ = self.full()
        making.submitted(proposal.programme, 1, first=10)
        assert making.states(proposal) == {"submitted": 4, "returned": 1, "waiting": 2}

    def test_of_an_agency_passes_nobody_whom_it_does_not_see(self):
        proposal, _ = self.full()
        agency = making.submitted(proposal.programme, 1, by="tani", first=20)
        assert making.states(agency) == {"waiting": 1}

    def test_who_comes_back_had_a_place_before(self):
        proposal, first = self.full()
        with scope.enter(people.office("kartika")):
            actions.submit(proposal, by=people.office("kartika"), unrepaired=True)
        assert making.fresh(first).state == "submitted"

    def test_gets_what_is_left_beyond_who_waits(self):
        proposal, _ = self.full()
        with scope.whole_country("tests"):
            proposal.programme.quotas.filter(area=people.SENDEN).update(people=7)
        making.submitted(proposal.programme, 3, first=10)
        assert making.states(proposal) == {"submitted": 6, "returned": 1, "waiting": 2}

    def test_is_told_so_before(self, as_person):
        proposal, _ = self.full()
        making.draft(proposal.programme, 1, first=10)
        page = as_person("kartika").get(f"/usulan/{proposal.pk}/").content.decode()
        assert "1 di antaranya masuk daftar tunggu" in on_one_line(page)
