"""The shortest way from a programme to an approval, through the pages as users open them."""

from datetime import date

import pytest

from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Entry, Proposal
from tests import people
from tests.asked import insist
from tests.proposals.asking import finish
from villages import scope

pytestmark = pytest.mark.django_db

PROGRAMME = {
    "name": "Pekerja rentan", "year": 2026, "fund": "apbd", "category": "rentan",
    "segment": "BPU", "components": ["JKK", "JKM"], "start": 1, "months": 12,
    "wage": "1.000.000", "ceiling": "Rp2.016.000.000", "minimum_age": 17, "maximum_age": 65,
    "village_quota": "", "people": 10_000, "save": "1",
}  # fmt: skip


def test_from_programme_to_approval(as_person):
    for number in range(3):
        people.worker(number)
    people.worker(3, rt="", findings=["rt.missing"])
    rini = as_person("rini")
    answer = insist(rini, "/program/baru/", PROGRAMME)
    assert answer.status_code == 302, answer.content.decode()
    assert rini.get(answer.url).status_code == 200
    assert rini.post(answer.url + "buka/").status_code == 302
    programme_id = answer.url.split("/")[2]

    kartika = as_person("kartika")
    answer = kartika.post(f"/usulan/mulai/{programme_id}/")
    home = answer.url
    assert kartika.get(home).status_code == 200
    assert kartika.get(f"{home}pilih/").status_code == 200
    assert kartika.post(f"{home}pilih/", {"everybody": "1"}).status_code == 302
    assert kartika.get(home).status_code == 200
    assert kartika.post(f"{home}ajukan/").status_code == 302

    vera = as_person("vera")
    assert vera.get(f"/usulan/program/{programme_id}/").status_code == 200
    assert vera.get(home).status_code == 200
    vera.post(f"{home}tindak/", {"act": "verify", "all": "1", "status": "submitted"})
    finish()

    amir = as_person("amir")
    assert amir.get(f"/usulan/program/{programme_id}/orang/").status_code == 200
    amir.post(f"{home}tindak/", {"act": "approve", "all": "1", "status": "verified"})
    finish()
    with scope.whole_country("tests"):
        assert [e.state for e in Entry.objects.all()] == ["approved"] * 3
        assert PremiumSubsidy.objects.get().committed == 3 * 12 * 16_800
        assert Proposal.objects.get().submitted_at.date() >= date(2026, 1, 1)
        entry = Entry.objects.first()
    assert amir.get(f"/usulan/orang/{entry.public_id}/").status_code == 200
    assert amir.get("/usulan/").status_code == 200
    assert amir.get("/program/").status_code == 200
