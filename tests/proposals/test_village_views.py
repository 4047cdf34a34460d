"""The pages of a list for its village: drawing up and handing in."""

import pytest
from django.db import connection

from enrollment.jobs import planning
from enrollment.proposals import candidates
from tests import people
from tests.proposals import making
from tests.proposals.asking import of, picks, text

pytestmark = pytest.mark.django_db


class TestDrawingUp:
    def test_starting_twice_makes_one_list(self, as_person):
        subsidy = making.programme()
        olan = as_person("olan")
        first = olan.post(f"/usulan/mulai/{subsidy.pk}/")
        assert olan.post(f"/usulan/mulai/{subsidy.pk}/").url == first.url
        assert "Daftar masih kosong" in text(olan.get(first.url))

    def test_not_for_a_programme_that_is_closed(self, as_person):
        subsidy = making.programme(opened=False, by="rini")
        assert as_person("kartika").post(f"/usulan/mulai/{subsidy.pk}/").status_code == 404
        proposal = making.draft(making.programme(name="Lain"), 1)
        rini = as_person("rini")
        rini.post(f"/program/{proposal.programme_id}/tutup/")
        answer = text(as_person("kartika").get(of(proposal)))
        assert "tidak sedang dibuka" in answer
        assert "Ajukan ke Dinas" not in answer
        refused = as_person("kartika").post(of(proposal, "ajukan/"), follow=True)
        assert "Hubungi Dinas" in text(refused)

    def test_missing_data_is_shown_for_each_person(self, as_person):
        proposal = making.draft(making.programme(), 0)
        people.worker(1, findings=["rt.missing", "mother_name.missing"])
        people.worker(2)
        answer = text(as_person("olan").get(of(proposal, "pilih/")))
        assert "RT kosong, Nama ibu kandung kosong" in answer
        assert "Memenuhi syarat" in answer

    def test_ticked_people_are_added_and_every_nik_is_masked(self, as_person):
        proposal = making.draft(making.programme(), 0)
        workers = [people.worker(n) for n in range(3)]
        olan = as_person("olan")
        page = text(olan.get(of(proposal, "pilih/")))
        assert workers[0].nik not in page and "350307**********" in page
        ticked = [str(worker.public_id) for worker in workers[:2]] + ["nonsense"]
        answer = olan.post(of(proposal, "pilih/"), {"pick": ticked}, follow=True)
        assert "2 orang masuk daftar" in text(answer)
        assert "Pekerja 2" in text(olan.get(of(proposal, "pilih/")))
        assert making.states(proposal) == {"draft": 2}

    def test_all_who_fit_within_the_search(self, as_person):
        proposal = making.draft(making.programme(), 0)
        people.worker(1, name="Siti Aminah")
        people.worker(2, name="Siti Kosong", findings=["rt.missing"])
        people.worker(3, name="Budi")
        as_person("olan").post(of(proposal, "pilih/"), {"everybody": "1", "q": "siti"})
        assert [row.worker.name for row in making.entries(proposal)] == ["Siti Aminah"]

    def test_nothing_ticked_says_what_to_do(self, as_person):
        proposal = making.draft(making.programme(), 0)
        people.worker(1)
        answer = as_person("olan").post(of(proposal, "pilih/"), {}, follow=True)
        assert "Centang orangnya lebih dahulu" in text(answer)

    def test_the_cost_of_the_list(self, as_person):
        proposal = making.draft(making.programme(), 3)
        assert "Rp604.800" in text(as_person("olan").get(of(proposal)))

    def test_the_cost_is_that_of_the_people_who_are_handed_in_now(self, as_person):
        subsidy = making.programme()
        proposal = making.submitted(subsidy, 2)
        making.draft(subsidy, 3, first=10)
        making.draft(subsidy, 1, first=20, findings=["rt.missing"])
        page = text(as_person("kartika").get(of(proposal)))
        assert "Ajukan 3 orang ke Dinas?" in page
        before, after = page.split("Yang siap diajukan", 1)[1].split("</dl>", 1)
        assert "<dd>3</dd>" in before and "<dd>Rp604.800</dd>" in before
        assert "6 orang, Rp1.209.600" in after

    def test_the_cost_is_without_those_who_will_wait_for_a_place(self, as_person):
        subsidy = making.programme(village_quota=3)
        proposal = making.submitted(subsidy, 1)
        making.draft(subsidy, 5, first=10)
        page = text(as_person("kartika").get(of(proposal)))
        assert "Ajukan 5 orang ke Dinas? 3 di antaranya masuk daftar tunggu." in page
        panel = page.split("Yang siap diajukan", 1)[1].split("</dl>", 1)[0]
        assert "<dd>2</dd>" in panel and "<dd>Rp403.200</dd>" in panel

    def test_taking_off(self, as_person):
        proposal = making.draft(making.programme(), 3)
        given = {"act": "remove", "pick": picks(proposal, 1), "status": "semua"}
        answer = as_person("olan").post(of(proposal, "tindak/"), given, follow=True)
        assert "1 orang dikeluarkan dari daftar" in text(answer)
        assert making.states(proposal) == {"draft": 2}


class TestPickingEverybody:
    def test_the_button_says_how_many_and_is_missing_where_nobody_is_eligible(self, as_person):
        proposal = making.draft(making.programme(), 1)
        people.worker(50, findings=["rt.missing"])
        olan, address = as_person("olan"), of(proposal, "pilih/")
        page = text(olan.get(address))
        assert "Tidak ada yang memenuhi syarat." in page
        assert 'name="everybody"' not in page
        page = text(olan.post(address, {"everybody": "1"}, follow=True))
        assert "Tidak ada yang memenuhi syarat" in page and "Centang orangnya" not in page
        people.worker(51)
        page = text(olan.get(address))
        assert "Tambahkan semua yang memenuhi syarat (1)" in page
        assert "Memenuhi syarat, dengan catatan: Pernyataan" in page
        page = text(olan.post(address, {"everybody": "1"}, follow=True))
        assert "1 orang masuk daftar" in page


class TestHandingIn:
    def test_the_head_hands_in_and_the_operator_cannot(self, as_person):
        proposal = making.draft(making.programme(), 2)
        olan = as_person("olan")
        assert olan.post(of(proposal, "ajukan/")).status_code == 403
        page = text(olan.get(of(proposal)))
        assert of(proposal, "ajukan/") not in page
        assert "Yang mengajukan: kepala desa" in page
        kartika = as_person("kartika")
        assert of(proposal, "ajukan/") in text(kartika.get(of(proposal)))
        answer = kartika.post(of(proposal, "ajukan/"), follow=True)
        assert "2 orang diajukan ke Dinas" in text(answer)

    def test_messages_report_the_full_quota_and_incomplete_people(self, as_person):
        proposal = making.draft(making.programme(village_quota=1), 2)
        making.draft(proposal.programme, 1, first=10, findings=["rt.missing"])
        answer = text(as_person("kartika").post(of(proposal, "ajukan/"), follow=True))
        assert "1 orang diajukan ke Dinas" in answer
        assert "Kuota penuh: 1 orang masuk daftar tunggu" in answer
        assert "1 orang belum dapat diajukan" in answer
        assert "Nomor tunggu 1" in answer

    def test_an_agency_hands_in_its_own(self, as_person):
        proposal = making.draft(making.programme(), 2, by="tani")
        answer = as_person("tani").post(of(proposal, "ajukan/"), follow=True)
        assert "2 orang diajukan ke Dinas" in text(answer)

    def test_returned_people_are_handed_in_again(self, as_person):
        proposal = making.submitted(making.programme(), 2)
        given = {"act": "return", "pick": picks(proposal, 1), "reason_return": "RT keliru"}
        as_person("vera").post(of(proposal, "tindak/"), given)
        kartika = as_person("kartika")
        page = text(kartika.get(of(proposal)))
        assert "“RT keliru”" in page and "Perbaiki satu per satu" in page
        kartika.post(of(proposal, "ajukan/"), {"juga_belum_diperbaiki": "on"})
        assert making.states(proposal) == {"submitted": 2}
        history = text(kartika.get(f"/usulan/orang/{picks(proposal, 1)[0]}/"))
        assert "“RT keliru”" in history and "Vera, Verifikator Dinas" in history
        assert history.count("Diajukan</b>") == 2


class TestAListOfTensOfThousands:
    """A page examines up to `MOST_EXAMINED` people; above that it counts complete data only."""

    @staticmethod
    def shown(client, proposal, django_assert_max_num_queries, most=60):
        with django_assert_max_num_queries(most) as asked:
            page = text(client.get(of(proposal)))
        return page, len(asked)

    def test_the_number_of_queries_does_not_depend_on_its_length(
        self, as_person, monkeypatch, django_assert_max_num_queries
    ):
        monkeypatch.setattr(candidates, "MOST_EXAMINED", 2)
        proposal = making.draft(making.programme(), 3)
        client = as_person("kartika")
        page, few = self.shown(client, proposal, django_assert_max_num_queries)
        assert "Ajukan sekitar 3 orang ke Dinas?" in page
        making.draft(proposal.programme, 17, first=10)
        page, many = self.shown(client, proposal, django_assert_max_num_queries)
        assert "Ajukan sekitar 20 orang ke Dinas?" in page
        assert "Syarat tiap orang diperiksa saat diajukan" in page
        assert many == few

    def test_a_short_list_is_examined_exactly(self, as_person):
        proposal = making.draft(making.programme(), 3)
        assert "Ajukan 3 orang ke Dinas?" in text(as_person("kartika").get(of(proposal)))

    def test_people_with_gaps_are_not_counted_as_ready(self, as_person, monkeypatch):
        monkeypatch.setattr(candidates, "MOST_EXAMINED", 2)
        proposal = making.draft(making.programme(), 2)
        making.draft(proposal.programme, 1, first=10, findings=["rt.missing"])
        page = text(as_person("kartika").get(of(proposal)))
        assert "Ajukan sekitar 2 orang ke Dinas?" in page
        assert "1 orang belum dapat diajukan" in page


@pytest.mark.parametrize("written", [planning.MANY - 1, planning.MANY])
def test_statistics_are_refreshed_only_after_many_rows(written):
    """A database function does it, because the application's role may not run ANALYZE itself."""
    with connection.cursor() as cursor:
        people.worker(1)
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'enrollment_worker'")
        (before,) = cursor.fetchone()
        planning.refresh(written)
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'enrollment_worker'")
        (after,) = cursor.fetchone()
    assert (after != before) == (written >= planning.MANY)
