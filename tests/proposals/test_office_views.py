"""The pages of lists for the Dinas: decisions, and which villages have handed in."""

import re

import pytest
from django.utils import timezone

from tests import people
from tests.proposals import making
from tests.proposals.asking import acting_on, finish, of, picks, programme_of, text

pytestmark = pytest.mark.django_db


class TestDeciding:
    def test_in_bulk_by_ticks_and_by_all(self, as_person):
        proposal = making.submitted(making.programme(), 5)
        vera = as_person("vera")
        answer = vera.post(
            of(proposal, "tindak/"), {"act": "verify", "pick": picks(proposal, 2)}, follow=True
        )
        assert "2 orang diverifikasi" in text(answer)
        vera.post(of(proposal, "tindak/"), {"act": "verify", "all": "1"})
        finish()
        assert making.states(proposal) == {"verified": 5}
        amir = as_person("amir")
        answer = amir.post(acting_on(proposal), {"act": "approve", "all": "1"})
        finish()
        assert re.search(r"Orang disetujui(</span>\s*)+<b>5</b>", text(amir.get(answer.url)))
        assert making.states(proposal) == {"approved": 5}

    def test_all_means_the_people_on_the_page_and_not_those_added_since(self, as_person):
        subsidy = making.programme()
        proposal = making.submitted(subsidy, 2)
        shown = timezone.now().isoformat()
        making.submitted(subsidy, 1, first=10)
        given = {"act": "verify", "all": "1", "seen": shown}
        as_person("vera").post(of(proposal, "tindak/"), given)
        finish()
        assert making.states(proposal) == {"verified": 2, "submitted": 1}

    def test_a_missing_reason_is_asked_for_and_the_ticks_stay(self, as_person):
        proposal = making.submitted(making.programme(), 2)
        chosen = picks(proposal, 1)
        answer = as_person("vera").post(
            of(proposal, "tindak/"), {"act": "return", "pick": chosen, "reason_return": " "}
        )
        assert "Tulis alasannya" in text(answer)
        assert text(answer).count("data-pick checked") == 1
        assert making.states(proposal) == {"submitted": 2}

    def test_over_the_budget_nothing_is_approved_and_the_page_says_how_many_fit(self, as_person):
        proposal = making.verified(making.programme(people_paid=2), 3)
        amir = as_person("amir")
        assert "cukup untuk <b>2</b> orang lagi" in text(amir.get(of(proposal)))
        answer = text(
            amir.post(of(proposal, "tindak/"), {"act": "approve", "pick": picks(proposal)})
        )
        assert "cukup untuk 2 orang selama 12 bulan atau 3 orang selama 8 bulan" in answer
        assert "sedangkan yang dipilih 3 orang (Rp604.800)" in answer
        assert answer.count("data-pick checked") == 3
        assert making.states(proposal) == {"verified": 3}

    def test_maker_and_checker_in_one_account_get_a_message(self, as_person):
        proposal = making.submitted(making.programme(), 1)
        second = people.become("kartika", people.Role.VERIFIER, people.TRENGGALEK)
        kartika = as_person("kartika")
        kartika.post("/jabatan/", {"office": str(second.public_id)})
        answer = kartika.post(of(proposal, "tindak/"), {"act": "verify", "pick": picks(proposal)})
        assert "tidak boleh memverifikasi" in text(answer)

    def test_a_role_first_sees_the_people_waiting_for_it(self, as_person):
        proposal = making.submitted(making.programme(), 2)
        making.act("vera", "verify", proposal, pks=[making.entries(proposal)[0].pk])
        assert "Pekerja 1" in text(as_person("vera").get(of(proposal)))
        assert "Pekerja 0" not in text(as_person("vera").get(of(proposal)))
        assert "Pekerja 0" in text(as_person("amir").get(of(proposal)))
        assert "Pekerja 1" not in text(as_person("amir").get(of(proposal)))

    def test_the_verifier_sees_warnings(self, as_person):
        proposal = making.submitted(making.programme(), 1, findings=["nik.sex_mismatch"])
        assert "Jenis kelamin beda dengan NIK" in text(as_person("vera").get(of(proposal)))

    @pytest.mark.parametrize(
        ("who", "act"),
        [
            ("vera", "approve"),
            ("amir", "verify"),
            ("kartika", "verify"),
            ("kartika", "return"),
            ("olan", "withdraw"),
            ("karim", "verify"),
            ("rini", "approve"),
            ("audi", "reject"),
            ("vera", "submit"),
            ("vera", "nonsense"),
            ("vera", ""),
        ],
    )
    def test_verbs_of_other_roles_are_forbidden(self, as_person, who, act):
        proposal = making.submitted(making.programme(), 1)
        given = {"act": act, "pick": picks(proposal), "reason": "x"}
        assert as_person(who).post(of(proposal, "tindak/"), given).status_code == 403
        assert making.states(proposal) == {"submitted": 1}


class TestSubmissions:
    def test_the_page_counts_submissions_of_157_villages(self, as_person):
        subsidy = making.programme()
        making.submitted(subsidy, 1)
        making.draft(subsidy, 1, by="bagus", first=10, area=people.BOGORAN)
        making.submitted(subsidy, 1, by="tani", first=20)
        vera = as_person("vera")
        page = text(vera.get(f"/usulan/program/{subsidy.pk}/"))
        assert "1 dari 157 sudah mengajukan" in page
        assert "Dinas Pertanian" in page
        assert "<b>1</b> dari 157" in text(vera.get("/usulan/"))
        came = text(vera.get(f"/usulan/program/{subsidy.pk}/?pengajuan=sudah"))
        assert "Senden" in came and "Bogoran" not in came
        missing = text(
            vera.get(f"/usulan/program/{subsidy.pk}/?pengajuan=belum&kecamatan=35.03.07")
        )
        assert "Bogoran" in missing and "Senden" not in missing

    def test_a_district_sees_its_own_villages_and_changes_nothing(self, as_person):
        proposal = making.submitted(making.programme(), 1)
        karim = as_person("karim")
        assert "1 dari 7 sudah mengajukan" in text(karim.get(programme_of(proposal)))
        page = text(karim.get(of(proposal)))
        assert "Pekerja 0" in page
        assert 'name="act"' not in page

    def test_invalid_values_in_the_address_are_ignored(self, as_person):
        subsidy = making.programme()
        vera = as_person("vera")
        for query in ("kecamatan=x", "pengajuan=x", "page=x", "page=-1"):
            answer = vera.get(f"/usulan/program/{subsidy.pk}/?{query}")
            assert answer.status_code == 200, query
        for query in ("status=x", "wilayah=x", "page=9999"):
            answer = vera.get(f"/usulan/program/{subsidy.pk}/orang/?{query}")
            assert answer.status_code == 200, query
