"""The page of a bulk decision: started with "Semua … orang", its progress and its result."""

import re

import pytest

from enrollment.proposals.models import BulkDecision
from enrollment.workers.models import Worker
from tests.proposals import making
from tests.proposals.asking import acting_on, begun, finish, of, programme_of, text
from villages import scope

pytestmark = pytest.mark.django_db


def press_all(client, proposal, act="verify", **data):
    """Press a button with "Semua … orang" ticked; returns the address of the job's page."""
    answer = client.post(acting_on(proposal), {"act": act, "all": "1"} | data)
    assert answer.status_code == 302
    return answer.url


@pytest.fixture
def with_one_who_does_not_fit():
    proposal = making.submitted(making.programme(), 3)
    with scope.whole_country("tests"):
        Worker.objects.filter(name="Pekerja 1").update(findings=["rt.missing"])
    return proposal


def test_ticking_all_leads_to_a_page_with_the_progress(as_person):
    proposal = making.submitted(making.programme(), 3)
    vera = as_person("vera")
    url = press_all(vera, proposal)
    page = text(vera.get(url))
    assert "Verifikasi: 3 orang" in page and "Menunggu giliran" in page
    assert "hx-get" in page and 'http-equiv="refresh"' in page
    moving = vera.get(url, headers={"HX-Request": "true"})
    assert "<h1" not in text(moving) and "0 dari 3" in text(moving)
    assert making.states(proposal) == {"submitted": 3}
    assert "Lihat kemajuannya" in text(vera.get(programme_of(proposal, "orang/")))
    finish()
    assert vera.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    page = text(vera.get(url))
    assert "Orang diverifikasi" in page and "hx-get" not in page
    assert making.states(proposal) == {"verified": 3}


def test_people_left_out_are_listed_by_reason(as_person, with_one_who_does_not_fit):
    proposal = with_one_who_does_not_fit
    vera = as_person("vera")
    url = press_all(vera, proposal)
    finish()
    page = text(vera.get(url))
    (link,) = set(re.findall(r'href="([^"]+alasan=[^"]+)"', page))
    assert "Data belum lengkap" in page
    listed = text(vera.get(link.replace("&amp;", "&")))
    assert "Pekerja 1" in listed
    assert "Pekerja 0" not in listed and "Pekerja 2" not in listed


def test_the_list_of_those_left_out_can_be_sent_back_as_a_whole(
    as_person, with_one_who_does_not_fit
):
    proposal = with_one_who_does_not_fit
    making.submitted(proposal.programme, 1, first=10)
    vera = as_person("vera")
    press_all(vera, proposal)
    first = begun()
    finish()
    press_all(vera, proposal, "return", reason_return="Lengkapi RT", status="semua",
              proses=str(first.pk), alasan="data.incomplete")  # fmt: skip
    finish()
    assert making.states(proposal) == {"verified": 3, "returned": 1}


def test_a_missing_reason_is_asked_for_before_anything_begins(as_person):
    proposal = making.submitted(making.programme(), 1)
    given = {"act": "return", "all": "1", "reason_return": " "}
    answer = as_person("vera").post(of(proposal, "tindak/"), given)
    assert "Tulis alasannya" in text(answer)
    with scope.whole_country("tests"):
        assert not BulkDecision.objects.exists()


def test_a_message_appears_if_there_is_nobody_to_decide_about(as_person):
    proposal = making.draft(making.programme(), 1)
    given = {"act": "verify", "all": "1"}
    answer = as_person("vera").post(of(proposal, "tindak/"), given, follow=True)
    assert "Tidak ada yang diverifikasi" in text(answer)


def test_the_page_says_when_the_budget_is_too_small(as_person):
    proposal = making.verified(making.programme(people_paid=2), 3)
    amir = as_person("amir")
    url = press_all(amir, proposal, "approve")
    finish()
    page = text(amir.get(url))
    assert "cukup untuk 2 orang selama 12 bulan atau 3 orang selama 8 bulan" in page
    assert "sedangkan yang dipilih 3 orang (Rp604.800)" in page
    assert making.states(proposal) == {"verified": 3}


@pytest.mark.parametrize("seen", ["", "nonsense", "2026-99-99T25:00:00", "2026-01-01T00:00:00"])
def test_an_invalid_time_in_the_form_is_ignored(as_person, seen):
    proposal = making.submitted(making.programme(), 1)
    press_all(as_person("vera"), proposal, seen=seen)
    finish()
    assert making.states(proposal) == {"verified": 1}


def test_a_strange_job_in_the_address_is_no_error(as_person):
    proposal = making.submitted(making.programme(), 1)
    vera = as_person("vera")
    for query in ("proses=x", f"proses={proposal.pk}", f"proses={proposal.pk}&alasan=x"):
        assert vera.get(f"{programme_of(proposal, 'orang/')}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("who", "sees"),
    [("amir", 200), ("audi", 200), ("kartika", 404), ("tani", 404), ("vino", 404), ("bima", 403)],
)
def test_who_may_open_the_page(as_person, who, sees):
    proposal = making.submitted(making.programme(), 1)
    url = press_all(as_person("vera"), proposal)
    assert as_person(who).get(url).status_code == sees


def test_a_bulk_decision_of_a_village_is_visible_to_village_and_dinas(as_person):
    proposal = making.draft(making.programme(), 2)
    given = {"act": "remove", "all": "1", "status": "semua"}
    url = as_person("olan").post(of(proposal, "tindak/"), given).url
    finish()
    assert making.states(proposal) == {}
    assert "Orang dikeluarkan dari daftar" in text(as_person("olan").get(url))
    assert as_person("vera").get(url).status_code == 200
    assert as_person("bagus").get(url).status_code == 404
