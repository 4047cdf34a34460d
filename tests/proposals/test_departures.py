"""People who die, move or prove to be a mistake after approval: the approver is told, so that
their place and money can be taken back.

Kartika heads Senden and proposes, Bagus heads Bogoran; Vera verifies, Amir approves and Rini
administers for Trenggalek. Boni and the approver Bowo work in Bojonegoro.
"""

from datetime import date

import pytest

from enrollment.programmes.models import Quota
from enrollment.proposals import actions
from enrollment.workers import actions as workers
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts, signing
from tests.proposals import making
from tests.proposals.asking import acting_on, finish, of, picks, programme_of, text
from tests.proposals.making import YEAR
from tests.reports import reading
from villages import scope
from villages.models import Role
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 17)
TO_WITHDRAW = "Cabut persetujuan 1 orang"


def end(entry, reason="died", by="kartika"):
    office = people.office(by)
    with scope.enter(office):
        workers.end(
            by=office, worker=entry.worker, on=DAY, reason=reason, document="Surat 474.3/12/2026"
        )


def move(entry, to):
    """The person is registered in the village `to`, and the list has not been left: as after a
    decision while the decree that names them was being issued, or one made before decisions took
    people off lists (tests/duplicates/test_whole_person.py)."""
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=entry.worker_id).update(area_id=to)


def todos(client):
    return {todo.title: todo for todo in reading.todos(text(client.get("/")))}


def held(proposal, area=people.SENDEN):
    """Rupiah committed, and places used."""
    with scope.whole_country("tests"):
        used = Quota.objects.get(programme=proposal.programme_id, area=area).used
    return making.fresh(proposal.programme).committed, used


@pytest.fixture
def approved():
    """Two approved people of Senden; the tests end or move the first."""
    proposal = making.approved(making.programme(village_quota=5), 2)
    return proposal, making.entries(proposal)[0]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("died", "tetapi berakhir 17 Agustus 2025 (meninggal)"),
        ("moved", "tetapi berakhir 17 Agustus 2025 (pindah)"),
        ("mistake", "tetapi berakhir 17 Agustus 2025 (salah data)"),
    ],
)
def test_the_approver_is_told_and_takes_the_approval_back(approved, as_person, reason, said):
    proposal, entry = approved
    amir = as_person("amir")
    assert TO_WITHDRAW not in todos(amir)
    end(entry, reason)
    todo = todos(amir)[TO_WITHDRAW]
    listed = text(amir.get(todo.url))
    assert (todo.number, reading.total(listed)) == (1, 1)
    assert said in listed
    assert "Pekerja 0" in listed and "Pekerja 1" not in listed
    given = {"act": "reject", "all": "1", "status": "gone", "reason_reject": "Surat 474.3/12/2026"}
    amir.post(acting_on(proposal), given)
    finish()
    assert making.states(proposal) == {"approved": 1, "rejected": 1}
    assert held(proposal) == (YEAR, 1)
    assert TO_WITHDRAW not in todos(amir)


@pytest.mark.parametrize("name", ["kartika", "vera", "amir", "audi"])
def test_list_and_entry_show_it_to_village_and_dinas(approved, as_person, name):
    proposal, entry = approved
    client = as_person(name)
    pages = [of(proposal, "?status=approved"), f"/usulan/orang/{entry.public_id}/"]
    assert not any("mencabut persetujuannya" in text(client.get(page)) for page in pages)
    end(entry)
    for page in pages:
        assert text(client.get(page)).count("mencabut persetujuannya") == 1, page
    other = f"/usulan/orang/{making.entries(proposal)[1].public_id}/"
    assert "mencabut persetujuannya" not in text(client.get(other))


def test_people_stay_approved_when_the_ending_was_a_mistake(approved, as_person):
    _, entry = approved
    end(entry)
    amir = as_person("amir")
    assert TO_WITHDRAW in todos(amir)
    rini = people.office("rini")
    with scope.enter(rini):
        workers.reopen(by=rini, worker=entry.worker, reason="Orang lain")
    assert TO_WITHDRAW not in todos(amir)


class TestMoved:
    """The person is registered in another village, and still on the list of the old one."""

    @pytest.mark.parametrize("to", [people.BOGORAN, people.BAURENO])
    def test_the_approver_is_told_and_takes_the_approval_back(self, approved, as_person, to):
        proposal, entry = approved
        amir = as_person("amir")
        move(entry, to)
        listed = text(amir.get(todos(amir)[TO_WITHDRAW].url))
        assert reading.total(listed) == 1
        assert "Pekerja 0" in listed  # as last known here
        assert "sekarang tercatat di wilayah lain" in listed
        making.act("amir", "reject", proposal, pks=[entry.pk], reason="Pindah")
        assert held(proposal) == (YEAR, 1)
        assert TO_WITHDRAW not in todos(amir)

    def test_the_village_still_sees_the_row_but_not_the_person(self, approved, as_person):
        proposal, entry = approved
        kartika = as_person("kartika")
        person = f"/pekerja/{entry.worker.public_id}/"
        assert person in text(kartika.get(f"/usulan/orang/{entry.public_id}/"))
        move(entry, people.BAURENO)
        listed = text(kartika.get(of(proposal)))
        assert reading.total(listed) == listed.count('scope="row"') == 2
        assert "sekarang tercatat di wilayah lain" in listed
        page = kartika.get(f"/usulan/orang/{entry.public_id}/")
        assert "Pekerja 0" in text(page)
        assert person not in text(page)
        assert kartika.get(person).status_code == 404

    def test_the_new_village_proposes_the_person_after_the_old_row_is_rejected(self, approved):
        proposal, entry = approved
        move(entry, people.BOGORAN)
        bagus = people.office("bagus")

        def proposed():
            with scope.enter(bagus):
                own = actions.start(proposal.programme, by=bagus)
                return actions.pick(own, Worker.objects.filter(pk=entry.worker_id), by=bagus)

        assert proposed() == 0
        making.act("amir", "reject", proposal, pks=[entry.pk], reason="Pindah")
        assert proposed() == 1

    @pytest.mark.parametrize("to", [people.BOGORAN, people.BAURENO])
    @pytest.mark.parametrize(("who", "act"), [("vera", "verify"), ("amir", "approve")])
    def test_before_approval_they_are_left_out_and_the_list_says_why(self, as_person, who, act, to):
        made = {"verify": making.submitted, "approve": making.verified}[act]
        proposal = made(making.programme(), 2)
        entry = making.entries(proposal)[0]
        move(entry, to)
        answer = as_person(who).post(
            of(proposal, "tindak/"), {"act": act, "pick": picks(proposal)}, follow=True
        )
        assert "1 orang tidak ikut" in text(answer)
        assert "sekarang tercatat di wilayah lain" in text(answer)
        assert making.states(proposal)[making.fresh(entry).state] == 1

    def test_the_village_withdraws_people_whom_the_dinas_returned(self, as_person):
        proposal = making.submitted(making.programme(), 1)
        (entry,) = making.entries(proposal)
        move(entry, people.BAURENO)
        making.act("vera", "return", proposal, reason="Sudah pindah")
        kartika = as_person("kartika")
        assert "Pekerja 0" in text(kartika.get("/"))
        listed = text(kartika.get(of(proposal, "?status=returned")))
        assert "Pekerja 0" in listed
        assert "Perbaiki data" not in listed
        given = {"act": "withdraw", "pick": picks(proposal), "reason_withdraw": "Pindah"}
        kartika.post(of(proposal, "tindak/"), given)
        assert making.states(proposal) == {"rejected": 1}


class TestDecreed:
    """A decree is frozen: the approval stays, and the pages say which decree names them."""

    def test_the_line_names_the_decree_and_nothing_can_be_taken_back(self, approved, as_person):
        proposal, entry = approved
        drafts.issue(drafts.draft(proposal.programme))
        end(entry)
        amir = as_person("amir")
        home = text(amir.get("/"))
        assert TO_WITHDRAW not in home
        assert f"/orang-keluar/baru/{entry.public_id}/" in home
        assert "Catat keluarnya 1 orang" in home
        listed = text(amir.get(programme_of(proposal, "orang/?status=gone_named")))
        assert reading.total(listed) == 1
        said = f"Tercantum dalam Keputusan Nomor {drafts.WORDS['number']}"
        assert said in listed
        assert 'name="act"' not in listed
        for name in ("kartika", "vera", "amir"):
            client = as_person(name)
            assert said in text(client.get(of(proposal, "?status=decreed"))), name
            assert said in text(client.get(f"/usulan/orang/{entry.public_id}/")), name
        with pytest.raises(Refusal, match="sudah masuk keputusan"):
            making.act("amir", "reject", proposal, pks=[entry.pk], reason="Meninggal")
        assert held(proposal) == (2 * YEAR, 2)

    def test_the_dinas_sees_a_draft_and_the_village_does_not(self, approved, as_person):
        proposal, entry = approved
        decree = drafts.draft(proposal.programme)
        end(entry)
        page = f"/usulan/orang/{entry.public_id}/"
        assert "masih di rancangan keputusan" in text(as_person("amir").get(page))
        assert TO_WITHDRAW not in todos(as_person("amir"))
        village = text(as_person("kartika").get(page))
        assert "rancangan" not in village
        assert "mencabut persetujuannya" in village
        as_person("rini").post(f"/keputusan/{decree.pk}/segarkan/")
        assert TO_WITHDRAW in todos(as_person("amir"))

    def test_of_a_frozen_list_nobody_is_told_to_refresh_it(self, approved, as_person):
        proposal, entry = approved
        signing.freeze(drafts.draft(proposal.programme))
        end(entry)
        page = f"/usulan/orang/{entry.public_id}/"
        said = text(as_person("amir").get(page))
        assert "dibekukan untuk ditandatangani" in said and "menyegarkan" not in said
        assert "dibekukan" not in text(as_person("kartika").get(page))

    def test_living_people_are_in_neither_list(self, approved, as_person):
        proposal, _ = approved
        amir = as_person("amir")
        for status in ("gone", "gone_named"):
            assert (
                reading.total(text(amir.get(programme_of(proposal, f"orang/?status={status}"))))
                == 0
            )


class TestWhoMay:
    @pytest.mark.parametrize(
        ("who", "act"), [("vera", "reject"), ("vera", "return"), ("kartika", "withdraw")]
    )
    def test_take_an_approval_back(self, approved, as_person, who, act):
        """Only the approver may, not the proposer or the verifier."""
        proposal, entry = approved
        end(entry)
        given = {"act": act, "pick": [str(entry.public_id)], f"reason_{act}": "Meninggal"}
        as_person(who).post(of(proposal, "tindak/"), given)
        assert making.states(proposal) == {"approved": 2}
        given = {"act": "reject", "pick": [str(entry.public_id)], "reason_reject": "Meninggal"}
        as_person("amir").post(of(proposal, "tindak/"), given)
        assert making.states(proposal) == {"approved": 1, "rejected": 1}

    def test_not_without_a_reason(self, approved, as_person):
        proposal, entry = approved
        end(entry)
        given = {"act": "reject", "pick": [str(entry.public_id)]}
        answer = as_person("amir").post(of(proposal, "tindak/"), given)
        assert "Tulis alasannya" in text(answer)
        assert making.states(proposal) == {"approved": 2}

    def test_afterwards_all_signatures_are_needed_again(self, approved):
        """Handed in again after a mistaken ending, the person needs new signatures."""
        proposal, entry = approved
        end(entry)
        making.act("amir", "return", proposal, pks=[entry.pk], reason="Meninggal?")
        entry = making.fresh(entry)
        assert (entry.verified_by_id, entry.approved_by_id, entry.cost) == (None, None, 0)
        rini, kartika = people.office("rini"), people.office("kartika")
        with scope.enter(rini):
            workers.reopen(by=rini, worker=making.fresh(entry.worker), reason="Orang lain")
        with scope.enter(kartika):
            assert actions.submit(proposal, by=kartika, unrepaired=True).submitted == 1
        assert making.act("amir", "approve", proposal).done == 0
        making.act("vera", "verify", proposal)
        assert making.act("amir", "approve", proposal).done == 1


class TestWhoIsNotTold:
    def test_another_regency(self, approved, as_person):
        proposal, entry = approved
        end(entry)
        people.hold("bowo", Role.APPROVER, people.BOJONEGORO)
        people.NAMES.setdefault("bowo", (Role.APPROVER, people.BOJONEGORO))
        assert TO_WITHDRAW in todos(as_person("amir"))
        bowo = as_person("bowo")
        assert TO_WITHDRAW not in todos(bowo)
        assert bowo.get(f"/usulan/orang/{entry.public_id}/").status_code == 404
        assert bowo.get(programme_of(proposal, "orang/?status=gone")).status_code == 404

    def test_another_village_and_another_agency(self, as_person):
        """Tani's agency proposed a person of Senden: only that agency and Senden are told."""
        proposal = making.approved(making.programme(), 1, by="tani")
        (entry,) = making.entries(proposal)
        end(entry)
        page = f"/usulan/orang/{entry.public_id}/"
        for name in ("tani", "kartika"):
            assert "mencabut persetujuannya" in text(as_person(name).get(page)), name
        other = people.hold("nela", Role.AGENCY, people.TRENGGALEK)
        with scope.whole_country("tests"):
            agency = type(other.agency).objects.create(
                regency_id=people.TRENGGALEK, name="Dinas Perikanan"
            )
            type(other).objects.filter(pk=other.pk).update(agency=agency)
        client = as_person("bagus")
        assert client.get(page).status_code == 404
        client.force_login(other.user, backend="villages.backends.OfficeHolderBackend")
        assert client.get(page).status_code == 404
        listed = client.get(programme_of(proposal, "orang/"))
        assert listed.status_code == 200
        assert "Pekerja 0" not in text(listed)


def test_every_number_equals_the_length_of_its_list(as_person):
    """Two programmes, one of them closed: some are gone, some are in a decree, most are alive."""
    open_one = making.approved(making.programme(), 4)
    closed = making.approved(making.programme(name="Tahun lalu"), 3, first=10)
    with scope.whole_country("tests"):
        type(closed.programme).objects.filter(pk=closed.programme_id).update(state="closed")
    for entry in making.entries(closed)[:2]:
        end(entry)
    drafts.issue(drafts.draft(open_one.programme))
    for entry in making.entries(open_one)[:3]:
        end(entry)
    amir = as_person("amir")
    about = ("status=gone", "/orang-keluar/perlu/")
    numbers = reading.numbers(text(amir.get("/")))
    lines = [line for line in numbers if any(part in line.url for part in about)]
    assert sorted(line.number for line in lines) == [2, 3]
    for line in lines:
        assert reading.total(text(amir.get(line.url))) == line.number
