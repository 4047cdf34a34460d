"""Who has withdrawn people: a village that took them off its list did not see them rejected."""

import pytest

from tests import people
from tests.proposals import making
from tests.proposals.asking import of, text
from villages import scope
from villages.models import Regency

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended():
    """One person whom the Dinas has rejected, and one whom the village has withdrawn."""
    proposal = making.submitted(making.programme(), 2)
    rejected, withdrawn = making.entries(proposal)
    making.act("vera", "reject", proposal, pks=[rejected.pk], reason="Sudah bekerja.")
    making.act("vera", "return", proposal, pks=[withdrawn.pk], reason="Periksa.")
    making.act("kartika", "withdraw", proposal, pks=[withdrawn.pk], reason="Pindah.")
    return proposal


@pytest.mark.parametrize("who", ["kartika", "vera"])
def test_everybody_reads_who_ended_it(as_person, ended, who):
    client, asked = as_person(who), {"status": "rejected"}
    listed = client.get(of(ended), asked)
    words = [row.standing.word for row in listed.context["page"]]
    assert words == ["Ditolak", "Ditarik desa"]
    assert "</svg>Ditarik desa</span>" in text(listed), "the list says so, with this filter too"
    for entry, word in zip(making.entries(ended), words, strict=True):
        assert word in text(client.get(f"/usulan/orang/{entry.public_id}/"))
        assert word in text(client.get(f"/pekerja/{entry.worker.public_id}/"))


def test_a_sum_names_both(as_person, ended):
    assert "Ditolak atau ditarik" in text(as_person("kartika").get("/usulan/"))


def test_a_nagari_withdraws_as_a_nagari(as_person, ended):
    with scope.whole_country("tests"):
        Regency.objects.filter(pk=people.TRENGGALEK).update(village_word="nagari")
    page = as_person("kartika").get(of(ended), {"status": "rejected"}).context["page"]
    assert "Ditarik nagari" in [row.standing.word for row in page]


def test_an_agency_withdraws_as_an_agency(as_person):
    proposal = making.submitted(making.programme(), 1, by="tani")
    making.act("vera", "return", proposal, reason="Periksa.")
    making.act("tani", "withdraw", proposal, reason="Pindah.")
    page = as_person("vera").get(of(proposal), {"status": "rejected"}).context["page"]
    assert [row.standing.word for row in page] == ["Ditarik OPD"]


def test_who_was_withdrawn_and_then_rejected_is_rejected(as_person):
    proposal = making.submitted(making.programme(), 1)
    making.act("vera", "return", proposal, reason="Periksa.")
    making.act("kartika", "withdraw", proposal, reason="Pindah.")
    with scope.enter(people.office("kartika")):
        making.actions.pick(proposal, making.Worker.objects.all(), by=people.office("kartika"))
        making.actions.submit(proposal, by=people.office("kartika"))
    making.act("vera", "reject", proposal, reason="Sudah bekerja.")
    page = as_person("vera").get(of(proposal), {"status": "rejected"}).context["page"]
    assert sorted(row.standing.word for row in page) == ["Ditarik desa", "Ditolak"]
