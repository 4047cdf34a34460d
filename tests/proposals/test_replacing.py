"""A place that came free is offered to the village, which takes it for who is next.

Kartika heads Senden and Olan is her operator; Vera verifies and Rini administers for Trenggalek;
Tani proposes for an agency.
"""

import pytest

from enrollment.programmes import quotas
from enrollment.programmes.turns import Turn
from enrollment.proposals import actions, decisions, replacing
from enrollment.proposals.models import Entry, Proposal, Step
from enrollment.workers.models import Worker, WorkerSource
from tests import people
from tests.proposals import making
from tests.proposals.asking import of, text
from tests.proposals.making import act
from tests.proposals.test_departures import held, move, todos
from villages import scope
from villages.models import Area, Role
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

OFFER = "Ada tempat kosong untuk 1 orang dari daftar tunggu"


@pytest.fixture
def full():
    """Two places are taken; Pekerja 2, 3 and 4 wait, in this order."""
    proposal = making.submitted(making.programme(village_quota=2), 5)
    return proposal, making.entries(proposal)


def take(proposal, by="kartika"):
    office = people.office(by)
    with scope.enter(office):
        seen = Proposal.objects.select_related("programme").get(pk=proposal.pk)
        return replacing.take(seen, by=office)


def states(rows):
    return [making.fresh(row).state for row in rows]


def free(proposal, row):
    act("vera", "reject", proposal, pks=[row.pk], reason="Sudah meninggal")


class TestTheOffer:
    def test_a_full_village_is_offered_nothing(self, full, as_person):
        assert not [title for title in todos(as_person("kartika")) if "tempat kosong" in title]

    def test_after_a_rejection_the_home_page_names_who_is_next(self, full, as_person):
        proposal, rows = full
        free(proposal, rows[0])
        kartika = as_person("kartika")
        assert OFFER in todos(kartika)
        home = text(kartika.get("/"))
        assert "Pekerja rentan 2026. Gilirannya: Pekerja 2 (nomor 1)." in home
        assert f'action="{of(proposal, "pengganti/")}"' in home
        assert "Ajukan penggantinya" in home

    def test_the_operator_reads_that_the_head_hands_in(self, full, as_person):
        proposal, rows = full
        free(proposal, rows[0])
        home = text(as_person("olan").get("/"))
        assert OFFER in home
        assert "Kepala desa yang mengajukan." in home
        assert "pengganti/" not in home

    @pytest.mark.parametrize("how", ["returned", "raised", "moved"])
    def test_however_the_place_came_free(self, full, as_person, how):
        proposal, rows = full
        if how == "raised":
            with scope.enter(people.office("rini")):
                quota = proposal.programme.quotas.get(area=people.SENDEN)
                quotas.change(quota, people=3, by=people.office("rini"))
        else:
            act("vera", "return", proposal, pks=[rows[0].pk], reason="Keliru")
        if how == "moved":
            move(rows[2], people.BOGORAN)
        assert OFFER in todos(as_person("kartika"))
        assert take(proposal) == 1
        assert states(rows)[3 if how == "moved" else 2] == "submitted"

    def test_it_follows_the_chosen_order(self, full, as_person):
        proposal, rows = full
        with scope.whole_country("tests"):
            WorkerSource.objects.create(
                worker=rows[4].worker, area_id=people.SENDEN, registry="DTSEN", decile=1
            )
            type(proposal.programme).objects.update(waiting_order=[Turn.POOREST])
        free(proposal, rows[0])
        assert "Gilirannya: Pekerja 4 (desil 1, diajukan " in text(as_person("kartika").get("/"))
        assert take(proposal) == 1
        assert states(rows[2:]) == ["waiting", "waiting", "submitted"]

    def test_nobody_is_offered_the_place_of_an_agencys_person_who_is_before_them(self):
        subsidy = making.programme(village_quota=1)
        first = making.submitted(subsidy, 1)
        agency = making.submitted(subsidy, 1, by="tani", first=20)
        proposal = making.submitted(subsidy, 1, first=40)
        free(first, making.entries(first)[0])
        with pytest.raises(Refusal, match="Tidak ada lagi tempat kosong"):
            take(proposal)
        act("vera", "admit", agency)
        assert making.states(agency) == {"submitted": 1}

    def test_what_is_offered_behind_an_agencys_person_with_a_place_of_their_own_can_be_taken(self):
        """Two places are free: the agency's person has the first, and the village takes the other.
        Once the Dinas has given that away, the village would pass the agency's person."""
        subsidy = making.programme(village_quota=2)
        first = making.submitted(subsidy, 2)
        agency = making.submitted(subsidy, 1, by="tani", first=20)
        proposal = making.submitted(subsidy, 2, first=40)
        for row in making.entries(first)[:2]:
            free(first, row)
        assert take(proposal) == 1
        assert states(making.entries(proposal)[2:]) == ["submitted", "waiting"]
        with pytest.raises(Refusal, match="Tidak ada lagi tempat kosong"):
            take(proposal)
        act("vera", "admit", agency)
        assert making.states(agency) == {"submitted": 1}

    def test_whoever_is_passed_after_the_offer_was_read_is_not_passed(self, monkeypatch):
        """The Dinas takes somebody else meanwhile, so that one place is left, and not theirs."""
        subsidy = making.programme(village_quota=2)
        first = making.submitted(subsidy, 2)
        agency = making.submitted(subsidy, 1, by="tani", first=20)
        proposal = making.submitted(subsidy, 2, first=40)
        for row in making.entries(first)[:2]:
            free(first, row)
        *_, last = making.entries(proposal)
        asked = decisions.decide

        def meanwhile(*args, **how):
            monkeypatch.setattr(decisions, "decide", asked)
            vera = people.office("vera")
            with scope.enter(vera):
                chosen = Entry.objects.filter(pk=last.pk)
                asked("admit", subsidy, chosen, by=vera, out_of_turn=True)
            with scope.enter(people.office("kartika")):
                return asked(*args, **how)

        monkeypatch.setattr(decisions, "decide", meanwhile)
        with pytest.raises(Refusal, match="menunggu lebih dahulu"):
            take(proposal)
        assert making.states(agency) == {"waiting": 1}

    def test_the_number_of_queries_of_the_home_page_does_not_depend_on_who_waits(
        self, as_person, django_assert_max_num_queries
    ):
        proposal = making.submitted(making.programme(village_quota=1), 12)
        with scope.whole_country("tests"):
            proposal.programme.quotas.filter(area=people.SENDEN).update(people=11)
        kartika = as_person("kartika")
        with django_assert_max_num_queries(60):
            assert "dan 7 orang lagi" in text(kartika.get("/"))


class TestTaking:
    def test_one_click_moves_the_next_up_and_is_logged(self, full, as_person):
        proposal, rows = full
        free(proposal, rows[0])
        kartika = as_person("kartika")
        home = text(kartika.get("/"))
        assert "Ajukan Pekerja 2 (nomor 1) sebagai pengganti?" in home and "Ya, ajukan" in home
        answer = kartika.post(of(proposal, "pengganti/"), follow=True)
        assert "1 orang diajukan sebagai pengganti: Pekerja 2." in text(answer)
        assert states(rows) == ["rejected", "submitted", "submitted", "waiting", "waiting"]
        assert held(proposal) == (0, 2)
        with scope.whole_country("tests"):
            step = Step.objects.filter(entry=rows[2]).latest("pk")
            assert (step.from_state, step.to_state, step.role) == (
                "waiting", "submitted", Role.VILLAGE_HEAD
            )  # fmt: skip
        page = text(as_person("vera").get(f"/usulan/orang/{rows[2].public_id}/"))
        assert "Diajukan sebagai pengganti" in page

    def test_a_second_click_finds_no_place(self, full, as_person):
        proposal, rows = full
        free(proposal, rows[0])
        kartika = as_person("kartika")
        kartika.post(of(proposal, "pengganti/"))
        again = text(kartika.post(of(proposal, "pengganti/"), follow=True))
        assert "Tidak ada lagi tempat kosong bagi yang menunggu" in again
        assert held(proposal) == (0, 2)

    def test_the_verifier_can_still_admit_instead(self, full):
        proposal, rows = full
        free(proposal, rows[0])
        assert act("vera", "admit", proposal, pks=[rows[2].pk]).done == 1
        with pytest.raises(Refusal):
            take(proposal)

    def test_several_places_are_taken_at_once_and_no_more(self, full):
        proposal, rows = full
        act("vera", "reject", proposal, pks=[rows[0].pk, rows[1].pk], reason="Ganda")
        assert take(proposal) == 2
        assert states(rows[2:]) == ["submitted", "submitted", "waiting"]

    def test_without_a_limit_everybody_who_waits_is_taken(self, full):
        proposal, _ = full
        with scope.whole_country("tests"):
            proposal.programme.quotas.filter(area=people.SENDEN).update(people=None)
        assert take(proposal) == 3

    @pytest.mark.parametrize("name", ["olan", "bagus", "vera", "tani"])
    def test_nobody_else_takes_the_place(self, full, as_person, name):
        proposal, rows = full
        free(proposal, rows[0])
        answer = as_person(name).post(of(proposal, "pengganti/"))
        assert answer.status_code in (403, 404)
        assert making.fresh(rows[2]).state == "waiting"

    def test_whoever_took_the_place_does_not_verify(self, full):
        proposal, rows = full
        free(proposal, rows[0])
        take(proposal)
        kartika = people.office("kartika").user
        assert making.fresh(rows[2]).submitted_by_id == kartika.pk
        both = people.become("kartika", Role.VERIFIER, people.TRENGGALEK)
        with scope.enter(both), pytest.raises(Refusal, match="Yang mengajukan"):
            chosen = Entry.objects.filter(pk=rows[2].pk)
            decisions.decide("verify", proposal.programme, chosen, by=both)


NAGARI, PLACES, ROWS = 62, 100, 105


@pytest.mark.every
def test_sijunjung_fills_6200_places_and_310_wait():
    """62 nagari with 100 places each hand in 105 people: 5 of each wait, 310 in all."""
    people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
    admin = people.hold("sinta", Role.REGENCY_ADMIN, people.SIJUNJUNG)
    people.NAMES["sinta"] = (Role.REGENCY_ADMIN, people.SIJUNJUNG)
    try:
        subsidy = making.programme(
            by="sinta", village_quota=PLACES, people_paid=NAGARI * PLACES
        )  # fmt: skip
    finally:
        del people.NAMES["sinta"]
    with scope.enter(admin):
        villages = list(
            Area.objects.within(people.SIJUNJUNG).villages().filter(current=True).order_by("pk")
        )
    assert len(villages) == NAGARI
    for number, village in enumerate(villages):
        head = people.hold(f"wali{number}", Role.VILLAGE_HEAD, village.pk)
        first = people.worker(number * ROWS, village.pk)
        alike = {
            field.attname: getattr(first, field.attname)
            for field in Worker._meta.concrete_fields
            if field.attname not in ("id", "public_id", "nik", "name")
        }
        with scope.enter(head):
            Worker.objects.bulk_create(
                Worker(
                    **alike, nik=people.nik(number * ROWS + one, village.pk), name=f"Orang {one}"
                )
                for one in range(1, ROWS)
            )
            proposal = actions.start(subsidy, by=head)
            actions.pick(proposal, Worker.objects.all(), by=head)
            done = actions.submit(proposal, by=head)
        assert (done.submitted, done.waiting, done.left) == (100, 5, 0)
    with scope.whole_country("tests"):
        rows = Entry.objects.filter(programme=subsidy)
        assert rows.in_state("submitted").count() == 6_200
        assert rows.in_state("waiting").count() == 310
    assert subsidy.ceiling == 1_249_920_000
