"""Lists go to the Dinas directly, or kecamatan or DPMD look at them first."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import actions, bulk, replacing
from enrollment.proposals.models import BulkDecision, Entry, EntryCount, Proposal
from enrollment.routes import actions as routes
from enrollment.routes.rules import Via, way_of
from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from tests.proposals.asking import text
from villages import scope
from villages.models import Area, Role
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

KELUTAN = "35.03.11.1005"
"""A kelurahan of Trenggalek."""


def by_way(desa="langsung", kelurahan="langsung", **values):
    """A programme whose lists go these ways."""
    subsidy = making.programme(**values)
    rini = people.office("rini")
    with scope.enter(rini):
        routes.set_ways(subsidy, desa=desa, kelurahan=kelurahan, by=rini)
    return subsidy


@pytest.mark.parametrize(
    ("kind", "way"),
    [("desa", "dpmd"), ("desa_adat", "dpmd"), ("kelurahan", "kecamatan")],
)
def test_only_a_kelurahan_goes_the_way_of_kelurahan(kind, way):
    assert way_of(kind, desa="dpmd", kelurahan="kecamatan") == way


class TestHandingIn:
    def test_without_a_setting_a_list_goes_to_the_dinas(self, db):
        proposal = making.submitted(making.programme(), 1)
        assert making.states(proposal) == {"submitted": 1}
        assert making.fresh(proposal).route == "langsung"

    @pytest.mark.parametrize("way", ["kecamatan", "dpmd"])
    def test_a_list_is_checked_first_and_holds_its_places(self, way):
        subsidy = by_way(desa=way, village_quota=5)
        proposal = making.submitted(subsidy, 2)
        assert making.states(proposal) == {"checking": 2}
        assert making.fresh(proposal).route == way
        with scope.whole_country("tests"):
            assert subsidy.quotas.get(area=people.SENDEN).used == 2
            counts = EntryCount.objects.filter(proposal=proposal)
            assert counts.by_stage() == {"checking": 2}

    def test_a_list_keeps_its_way_when_the_setting_changes(self):
        subsidy = by_way(desa="dpmd")
        proposal = making.submitted(subsidy, 1)
        rini = people.office("rini")
        with scope.enter(rini):
            routes.set_ways(subsidy, desa="langsung", kelurahan="langsung", by=rini)
        making.submitted(subsidy, 1, first=10)
        later = making.submitted(subsidy, 1, by="bagus", area=people.BOGORAN, first=40)
        assert making.states(proposal) == {"checking": 2}
        assert making.states(later) == {"submitted": 1}

    def test_an_agencys_list_goes_directly(self):
        proposal = making.submitted(by_way(desa="dpmd"), 1, by="tani")
        assert making.states(proposal) == {"submitted": 1}

    def test_who_waits_is_checked_when_a_place_is_free(self):
        subsidy = by_way(desa="kecamatan", village_quota=1)
        proposal = making.submitted(subsidy, 2)
        assert making.states(proposal) == {"checking": 1, "waiting": 1}
        making.act("karim", "return", proposal, reason="Bukan warga")
        making.act("vera", "admit", proposal)
        assert making.states(proposal) == {"returned": 1, "checking": 1}

    @pytest.mark.parametrize(("way", "checker"), [("kecamatan", "karim"), ("dpmd", "dewi")])
    def test_a_replacement_that_a_village_takes_is_checked_and_an_agencys_is_not(
        self, way, checker
    ):
        """An agency's person waits before the village's, and both have a free place."""
        subsidy = by_way(desa=way, village_quota=2)
        proposal = making.submitted(subsidy, 2)
        agency = making.submitted(subsidy, 1, by="tani", first=20)
        making.submitted(subsidy, 1, first=40)
        gone = [row.pk for row in making.entries(proposal)[:2]]
        making.act(checker, "return", proposal, pks=gone, reason="Bukan warga")
        kartika = people.office("kartika")
        with scope.enter(kartika):
            seen = Proposal.objects.select_related("programme").get(pk=proposal.pk)
            assert replacing.take(seen, by=kartika) == 1
        making.act("vera", "admit", agency)
        assert making.states(proposal) == {"returned": 2, "checking": 1}
        assert making.states(agency) == {"submitted": 1}
        with scope.whole_country("tests"):
            assert subsidy.quotas.get(area=people.SENDEN).used == 2

    def test_only_the_admin_sets_the_way(self):
        subsidy = making.programme()
        vera = people.office("vera")
        with scope.enter(vera), pytest.raises(PermissionDenied):
            routes.set_ways(subsidy, desa="dpmd", kelurahan="dpmd", by=vera)


class TestChecking:
    @pytest.mark.parametrize(("way", "checker"), [("kecamatan", "karim"), ("dpmd", "dewi")])
    def test_who_checks_passes_on_or_returns_with_a_reason(self, way, checker):
        proposal = making.submitted(by_way(desa=way), 2)
        good, bad = making.entries(proposal)
        making.act(checker, "pass", proposal, pks=[good.pk])
        with pytest.raises(Refusal, match="Tulis alasannya"):
            making.act(checker, "return", proposal, pks=[bad.pk])
        making.act(checker, "return", proposal, pks=[bad.pk], reason="Nama belum jelas")
        assert making.states(proposal) == {"submitted": 1, "returned": 1}
        assert making.fresh(bad).reason == "Nama belum jelas"

    def test_nobody_else_passes_on(self):
        proposal = making.submitted(by_way(desa="dpmd"), 1)
        people.office("dewi")
        for name in ("karim", "vera", "amir", "kartika", "rini"):
            assert making.act(name, "pass", proposal).done == 0
        assert making.act("vera", "verify", proposal).done == 0
        assert making.act("dewi", "pass", proposal).done == 1
        assert making.act("vera", "verify", proposal).done == 1

    def test_the_kecamatan_returns_nothing_of_a_list_of_the_dpmd(self):
        proposal = making.submitted(by_way(desa="dpmd"), 1)
        assert making.act("karim", "return", proposal, reason="Bukan warga").done == 0
        assert making.act("dewi", "return", proposal, reason="Bukan warga").done == 1

    def test_who_was_passed_on_and_comes_back_from_the_dinas_goes_there_directly(self):
        proposal = making.submitted(by_way(desa="kecamatan"), 1)
        making.act("karim", "pass", proposal)
        making.act("vera", "return", proposal, reason="Alamat")
        hand_in_again(proposal)
        assert making.states(proposal) == {"submitted": 1}

    def test_who_was_returned_by_the_kecamatan_comes_to_it_again(self):
        proposal = making.submitted(by_way(desa="kecamatan"), 1)
        making.act("karim", "pass", proposal)
        making.act("karim", "unpass", proposal)
        making.act("karim", "return", proposal, reason="Alamat")
        hand_in_again(proposal)
        assert making.states(proposal) == {"checking": 1}

    def test_one_takes_back_what_one_has_passed_on_until_it_is_verified(self):
        proposal = making.submitted(by_way(desa="kecamatan"), 2)
        making.act("karim", "pass", proposal)
        people.hold("camila", Role.DISTRICT, people.KAMPAK)
        people.NAMES["camila"] = (Role.DISTRICT, people.KAMPAK)
        assert making.act("camila", "unpass", proposal).done == 0
        making.act("vera", "verify", proposal, pks=[making.entries(proposal)[0].pk])
        assert making.act("karim", "unpass", proposal).done == 1
        assert making.states(proposal) == {"verified": 1, "checking": 1}

    def test_a_reopened_person_who_was_never_passed_on_is_checked(self):
        proposal = making.submitted(by_way(desa="kecamatan", village_quota=1), 2)
        waiting = next(row for row in making.entries(proposal) if row.state == "waiting")
        making.act("karim", "return", proposal, reason="Bukan warga")
        making.act("vera", "reject", proposal, pks=[waiting.pk], reason="Keliru")
        making.act("vera", "reopen", proposal)
        making.act("vera", "admit", proposal)
        assert making.fresh(waiting).state == "checking"

    def test_everybody_of_a_page_is_passed_on_by_a_job(self):
        subsidy = by_way(desa="dpmd")
        first = making.submitted(subsidy, 3)
        second = making.submitted(subsidy, 2, by="bagus", area=people.BOGORAN, first=40)
        dewi = people.office("dewi")
        job = making.begin(dewi, "pass", subsidy, status="checking")
        with scope.enter(dewi):
            assert BulkDecision.objects.visible_to(dewi).get() == job
        bulk.proceed(job.pk)
        assert making.fresh(job).decided == 5
        assert making.states(first) == making.states(second) | {"submitted": 3}

    def test_a_person_with_a_finding_is_left_out(self):
        proposal = making.submitted(by_way(desa="dpmd"), 2)
        with scope.whole_country("tests"):
            Worker.objects.filter(entries__pk=making.entries(proposal)[0].pk).update(
                birth_date="1950-01-01"
            )
        done = making.act("dewi", "pass", proposal)
        assert (done.done, done.left) == (1, 1)


def hand_in_again(proposal):
    kartika = people.office("kartika")
    with scope.enter(kartika):
        actions.submit(proposal, by=kartika, unrepaired=True)


class TestSeeing:
    """The DPMD sees what is on lists that go by it, with row security and by `visible_to`."""

    @pytest.fixture
    def lists(self):
        subsidy = by_way(desa="dpmd", kelurahan="kecamatan")
        kelurahan = people.hold("lura", Role.VILLAGE_HEAD, KELUTAN)
        people.NAMES["lura"] = (kelurahan.role, KELUTAN)
        return {
            "own": making.submitted(subsidy, 2),
            "agency": making.submitted(subsidy, 1, by="tani", first=20),
            "draft": making.draft(subsidy, 1, by="bagus", area=people.BOGORAN, first=40),
            "kelurahan": making.submitted(subsidy, 1, by="lura", area=KELUTAN, first=60),
        }

    @pytest.mark.parametrize("model", [Proposal, Entry, EntryCount, Worker])
    def test_it_sees_its_own_lists_alone(self, lists, model):
        people.worker(50)
        with scope.enter(people.office("vera")):
            assert model.objects.count() >= 4  # there is something to hide
        dewi = people.office("dewi")
        with scope.enter(dewi):
            secured = set(model.objects.values_list("pk", flat=True))
        with scope.whole_country("tests"):
            expected = {
                Proposal: {lists["own"].pk},
                Entry: {row.pk for row in making.entries(lists["own"])},
                Worker: {row.worker_id for row in making.entries(lists["own"])},
                EntryCount: set(lists["own"].counts.values_list("pk", flat=True)),
            }[model]
            filtered = set(model.objects.visible_to(dewi).values_list("pk", flat=True))
        assert secured == filtered == expected

    def test_it_sees_no_history_of_others_and_no_step(self, lists):
        steps = "SELECT count(*) FROM enrollment_step"
        events = "SELECT count(*) FROM enrollment_workerevent"
        rows = "SELECT count(*) FROM enrollment_entryevent"

        def asked(name, question):
            with scope.enter(people.office(name)), connection.cursor() as cursor:
                cursor.execute(question)
                return cursor.fetchone()[0]

        assert [asked("vera", question) for question in (steps, events)] == [9, 5]
        assert [asked("dewi", question) for question in (steps, events)] == [4, 2]
        assert asked("vera", rows) and not asked("dewi", rows)

    def test_a_kecamatan_sees_its_own_villages_alone(self, lists):
        karim = people.office("karim")
        with scope.enter(karim):
            assert not Proposal.objects.filter(pk=lists["kelurahan"].pk).exists()
            assert Proposal.objects.filter(pk=lists["own"].pk).exists()

    def test_its_pages_show_no_other_list(self, lists, as_person):
        client = as_person("dewi")
        own, others = lists["own"], [lists["agency"], lists["draft"], lists["kelurahan"]]
        assert client.get(f"/usulan/{own.pk}/").status_code == 200
        assert [client.get(f"/usulan/{one.pk}/").status_code for one in others] == [404] * 3


class TestPages:
    def test_the_admin_chooses_the_ways_and_is_told_who_is_missing(self, as_person):
        subsidy = making.programme()
        client, address = as_person("rini"), f"/program/{subsidy.pk}/jalur/"
        answer = client.post(address, {"desa": "dpmd", "kelurahan": "kecamatan"}, follow=True)
        page = answer.content.decode()
        assert "Jalur tersimpan." in page
        assert "Belum ada yang memegang jabatan DPMD" in page
        assert "14 dari 14 kecamatan belum punya pemegang jabatan" in page
        with scope.enter(people.office("rini")):
            desa = Area.objects.get(pk=people.SENDEN)
            assert routes.way(PremiumSubsidy.objects.get(), desa) == Via.DPMD

    def test_the_village_is_told_the_way_and_where_its_list_is(self, as_person):
        subsidy = by_way(desa="kecamatan")
        proposal = making.draft(subsidy, 1)
        client = as_person("kartika")
        page = client.get(f"/usulan/{proposal.pk}/").content.decode()
        assert "Jalur daftar ini: Diperiksa kecamatan dahulu." in page
        assert "Ajukan 1 orang ke kecamatan?" in page
        page = client.post(f"/usulan/{proposal.pk}/ajukan/", follow=True).content.decode()
        assert "1 orang diajukan ke kecamatan." in page
        home = client.get("/").content.decode()
        assert "1 orang menunggu pemeriksaan kecamatan" in home

    @pytest.mark.parametrize(("way", "checker"), [("kecamatan", "karim"), ("dpmd", "dewi")])
    def test_who_checks_finds_them_at_home_and_passes_them_on(self, way, checker, as_person):
        proposal = making.submitted(by_way(desa=way), 2)
        client = as_person(checker)
        assert "Periksa 2 orang" in client.get("/").content.decode()
        address = f"/usulan/{proposal.pk}/"
        page = client.get(address).content.decode()
        assert "Teruskan ke Dinas" in page and "Kembalikan" in page
        picked = [str(row.public_id) for row in making.entries(proposal)[:1]]
        client.post(f"{address}tindak/", {"act": "pass", "pick": picked})
        assert making.states(proposal) == {"checking": 1, "submitted": 1}
        assert "Periksa 1 orang" in client.get("/").content.decode()

    def test_a_kecamatan_is_not_told_to_check_what_the_dpmd_checks(self, as_person):
        making.submitted(by_way(desa="dpmd"), 2)
        assert "Periksa 2 orang" not in as_person("karim").get("/").content.decode()

    def test_the_dinas_sees_at_whom_a_list_is(self, as_person):
        subsidy = by_way(desa="kecamatan")
        proposal = making.submitted(subsidy, 2)
        making.act("karim", "pass", proposal, pks=[making.entries(proposal)[0].pk])
        answer = as_person("vera").get(f"/usulan/program/{subsidy.pk}/?q=Senden")
        page = text(answer)
        assert ">Kecamatan 1</a>" in page and ">Verifikator 1</a>" in page and "sejak" in page

    def test_who_was_passed_on_before_is_asked_about_and_told_as_going_to_the_dinas(
        self, as_person
    ):
        """The list goes by the DPMD; two of it whom the Dinas returned do not, a new one does."""
        proposal = making.submitted(by_way(desa="dpmd"), 2)
        making.act("dewi", "pass", proposal)
        making.act("vera", "return", proposal, reason="Alamat")
        client, address = as_person("kartika"), f"/usulan/{proposal.pk}/"
        assert "Ajukan lagi yang dikembalikan ke Dinas?" in text(client.get(address))
        with scope.whole_country("tests"):
            proposal.entries.update(repaired_at=timezone.now())
        page = text(client.get(address))
        assert "Ajukan 2 orang ke Dinas?" in page
        assert "2 orang sudah pernah diteruskan DPMD, jadi langsung ke Dinas" in page
        making.draft(proposal.programme, 1, first=20)
        page = text(client.get(address))
        assert "Ajukan 3 orang: 1 ke DPMD, 2 langsung ke Dinas?" in page
        page = text(client.post(f"{address}ajukan/", follow=True))
        assert "3 orang diajukan: 1 ke DPMD, 2 langsung ke Dinas." in page
        assert making.states(proposal) == {"submitted": 2, "checking": 1}

    @pytest.mark.parametrize(
        ("way", "who", "said"),
        [("dpmd", "dewi", "DPMD"), ("kecamatan", "karim", "kecamatan"), ("dpmd", "vera", "Dinas")],
    )
    def test_the_village_reads_who_returned_somebody(self, as_person, way, who, said):
        proposal = making.submitted(by_way(desa=way), 1)
        if who == "vera":
            making.act("dewi", "pass", proposal)
        making.act(who, "return", proposal, reason="Alamat")
        (entry,) = making.entries(proposal)
        page = text(as_person("kartika").get(f"/usulan/orang/{entry.public_id}/perbaiki/"))
        assert f"Dikembalikan {said} karena" in page

    def test_home_does_not_send_a_list_of_the_dpmd_to_the_dinas(self, as_person):
        making.draft(by_way(desa="dpmd"), 1)
        page = text(as_person("kartika").get("/"))
        assert "Periksa, lalu ajukan." in page and "ajukan ke Dinas" not in page

    def test_the_dpmd_reads_that_the_people_wait_for_itself(self, as_person):
        subsidy = by_way(desa="dpmd")
        proposal = making.submitted(subsidy, 2)
        making.act("dewi", "pass", proposal, pks=[making.entries(proposal)[0].pk])
        dewi = as_person("dewi")
        for address in (f"/usulan/{proposal.pk}/", f"/usulan/program/{subsidy.pk}/orang/"):
            page = text(dewi.get(address, {"status": "semua"}))
            assert "Perlu Anda periksa" in page, address
            assert "Diperiksa kecamatan/DPMD" not in page, address
        assert "Diperiksa kecamatan/DPMD" in text(
            as_person("vera").get(f"/usulan/{proposal.pk}/", {"status": "semua"})
        )

    def test_home_says_the_dinas_with_its_capital(self, as_person):
        making.submitted(by_way(desa="dpmd"), 1)
        page = text(as_person("dewi").get("/"))
        assert "Teruskan ke Dinas atau kembalikan" in page and "ke dinas" not in page
