"""The pages on which a programme asks for verifications and a village gives them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enrollment.renewals import outlook, reverifying
from enrollment.reverification import actions
from enrollment.reverification.models import Reverification, ReverificationRule
from tests import people
from tests.proposals import making
from tests.renewals import making as renewals
from tests.reverification.asking import ask, recorded, verify
from villages import scope

pytestmark = pytest.mark.django_db
SENDEN = people.SENDEN


def at(programme, name="reverification"):
    return reverse(name, args=[programme.pk])


def words(answer):
    return " ".join(answer.text.split())


@pytest.fixture
def waves():
    """A wave that three people of Senden receive, and the one that continues it and asks."""
    old = renewals.last_year()
    making.approved(old, 3)
    renewals.decreed(old)
    new = renewals.linked(old)
    ask(new)
    return making.fresh(old), making.fresh(new)


class TestTheRule:
    def test_is_off_until_the_admin_sets_it_and_off_again_when_emptied(self, as_person):
        wave, client = renewals.next_year(), as_person("rini")
        there = at(wave, "reverification_rule")
        assert client.get(there).context["form"]["months"].value() is None
        client.post(there, {"months": "3"})
        with scope.enter(people.office("kartika")):
            assert actions.demand_of(wave).months == 3
        page = words(client.get(reverse("programme_detail", args=[wave.pk])))
        assert "Lanjut hanya bila diverifikasi ulang tiap 3 bulan" in page
        client.post(there, {"months": ""})
        with scope.whole_country("tests"):
            assert not ReverificationRule.objects.exists()
        page = words(client.get(reverse("programme_detail", args=[wave.pk])))
        assert "Syaratkan verifikasi ulang" in page

    @pytest.mark.parametrize("months", ["0", "25", "tiga"])
    def test_refuses_what_is_no_number_of_months(self, as_person, months):
        wave = renewals.next_year()
        assert (
            as_person("rini")
            .post(at(wave, "reverification_rule"), {"months": months})
            .context["form"]
            .errors
        )
        with scope.whole_country("tests"):
            assert not ReverificationRule.objects.exists()

    @pytest.mark.parametrize("name", ["vera", "kartika", "amir"])
    def test_is_the_admins(self, waves, as_person, name):
        assert as_person(name).get(at(waves[1], "reverification_rule")).status_code == 403


class TestTheVillage:
    def test_reads_what_is_due_and_confirms(self, waves, as_person):
        client, today = as_person("kartika"), timezone.localdate()
        page = words(client.get(at(waves[1])))
        assert "Berikutnya: sekarang, karena belum pernah" in page
        assert "3 penerima" in page
        client.post(at(waves[1]), {"on": f"{today:%Y-%m-%d}", "document": "BA 9"})
        with scope.enter(people.office("kartika")):
            row = Reverification.objects.get()
        assert (row.people, row.on, row.document) == (3, today, "BA 9")
        page = words(client.get(at(waves[1])))
        assert "karena belum pernah" not in page
        assert "BA 9" in page

    def test_a_wrong_date_is_told_at_the_field(self, waves, as_person):
        client, tomorrow = as_person("kartika"), timezone.localdate() + timedelta(days=1)
        answer = client.post(at(waves[1]), {"on": f"{tomorrow:%Y-%m-%d}", "document": "BA 9"})
        assert "belum tiba" in answer.context["form"].errors["on"][0]

    def test_an_operator_sees_and_does_not_confirm(self, waves, as_person):
        client = as_person("olan")
        page = words(client.get(at(waves[1])))
        assert "Kepala desa yang mencatatnya" in page
        assert "Nyatakan sudah diperiksa" not in page
        data = {"on": "2026-10-01", "document": "BA"}
        assert client.post(at(waves[1]), data).status_code == 403

    def test_is_reminded_at_home_and_on_the_programmes_page_until_it_has(self, waves, as_person):
        client, home = as_person("kartika"), reverse("home")
        assert "Verifikasi ulang penerima" in words(client.get(home))
        detail = words(client.get(reverse("programme_detail", args=[waves[1].pk])))
        assert f'class="btn btn-quiet" href="{at(waves[1])}"' in detail  # proposing comes first
        assert "sekarang, karena belum pernah" in detail
        verify(waves[1], timezone.localdate())
        assert "Verifikasi ulang penerima" not in words(client.get(home))
        detail = words(client.get(reverse("programme_detail", args=[waves[1].pk])))
        assert "karena belum pernah" not in detail
        assert "Penerima diperiksa ulang tiap 3 bulan" in detail

    def test_two_waves_that_follow_one_another_are_one_thing_to_do(self, waves):
        ask(waves[0])
        office = people.office("kartika")
        with scope.enter(office):
            found = reverifying.due(office, outlook.concerning(office), 3)
            assert [wave for wave, _ in found] == [waves[1]]

    def test_without_recipients_nobody_is_reminded(self, waves):
        for name, number in (("kartika", 1), ("bagus", 0)):
            office = people.office(name)
            with scope.enter(office):
                assert len(reverifying.due(office, outlook.concerning(office), 3)) == number


class TestOthers:
    def test_the_dinas_sees_all_of_its_villages(self, waves, as_person):
        recorded(waves[1], date(2026, 10, 1))
        recorded(waves[1], date(2026, 10, 2), people.BOGORAN, by="bagus")
        for name, seen in (("vera", 2), ("rini", 2), ("kartika", 1), ("bagus", 1)):
            page = as_person(name).get(at(waves[1])).context["page"]
            assert len(page.object_list) == seen, name

    @pytest.mark.parametrize("name", ["tani"])
    def test_an_agency_does_not(self, waves, as_person, name):
        assert as_person(name).get(at(waves[1])).status_code == 403


class TestTheDifferences:
    def test_are_a_group_of_their_own_until_the_village_has_verified(self, waves, as_person):
        _, new = waves
        renewals.begin(new)
        renewal = reverse("renewal", args=[new.pk])
        page = as_person("kartika").get(renewal)
        assert page.context["counts"].because("verifikasi") == 3
        assert "Menunggu verifikasi ulang" in page.text
        only = as_person("kartika").get(renewal, {"alasan": "verifikasi"}).context["page"]
        assert len(only.object_list) == 3
        recorded(new, date(2026, 10, 1))
        counts = as_person("kartika").get(renewal).context["counts"]
        assert (counts.because("verifikasi"), counts.because("belum")) == (0, 3)
        assert renewals.take(new) == 3
        assert as_person("kartika").get(renewal).context["counts"].people == 0

    def test_who_is_stopped_by_more_is_among_the_unfit(self, waves, as_person):
        _, new = waves
        with scope.whole_country("tests"):
            worker = people.Worker.objects.first()
        people.cover(worker, date(2027, 3, 1), date(2027, 5, 1))
        renewals.begin(new)
        counts = as_person("kartika").get(reverse("renewal", args=[new.pk])).context["counts"]
        assert (counts.because("syarat"), counts.because("verifikasi")) == (1, 2)
        recorded(new, date(2026, 10, 1))
        counts = as_person("kartika").get(reverse("renewal", args=[new.pk])).context["counts"]
        assert (counts.because("syarat"), counts.because("belum")) == (1, 2)
