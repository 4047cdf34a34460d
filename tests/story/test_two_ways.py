"""Jember's two ways in one programme: a desa's list by the DPMD, a kelurahan's by its kecamatan.

Padomasan is a desa of Jombang, Sumbersari a kelurahan of the district of that name. Somebody is
sent back on each level, and the villages read why.
"""

import pytest

from enrollment.proposals.models import Step
from enrollment.routes import actions as routes
from tests import people
from tests.proposals import making
from tests.proposals.asking import text
from villages import scope
from villages.models import Role

pytestmark = pytest.mark.django_db

JEMBER = "35.09"
PADOMASAN, SUMBERSARI = "35.09.01.2001", "35.09.21.1002"
PEOPLE = {
    "padma": (Role.VILLAGE_HEAD, PADOMASAN),
    "sari": (Role.VILLAGE_HEAD, SUMBERSARI),
    "camat": (Role.DISTRICT, SUMBERSARI[:8]),
    "desi": (Role.DPMD, JEMBER),
    "veri": (Role.VERIFIER, JEMBER),
    "seto": (Role.APPROVER, JEMBER),
    "adi": (Role.REGENCY_ADMIN, JEMBER),
}


@pytest.fixture(autouse=True)
def named(monkeypatch):
    for name, held in PEOPLE.items():
        monkeypatch.setitem(people.NAMES, name, held)


def way_of(entry):
    """The roles that took a person's steps, and the states to which these led."""
    with scope.whole_country("tests"):
        steps = Step.objects.filter(entry=entry).order_by("at", "pk")
        return [f"{step.role}: {step.to_state}" for step in steps]


def act(client, page, verb, entry, reason=""):
    """Take a verb with one person on a page, as the form there does."""
    given = {"act": verb, "pick": [str(entry.public_id)], f"reason_{verb}": reason}
    return client.post(f"{page}tindak/", given | {"status": "semua"}, follow=True)


def test_a_desa_goes_by_the_dpmd_and_a_kelurahan_by_its_kecamatan(as_person):
    subsidy = making.programme(by="adi", regency_id=JEMBER)
    adi = people.office("adi")
    with scope.enter(adi):
        routes.set_ways(subsidy, desa="dpmd", kelurahan="kecamatan", by=adi)
    ways = {
        "desi": making.submitted(subsidy, 3, by="padma", area=PADOMASAN),
        "camat": making.submitted(subsidy, 3, by="sari", area=SUMBERSARI, first=20),
    }
    heads = {"desi": "padma", "camat": "sari"}
    role = {"desi": "dpmd", "camat": "kecamatan"}

    for checker, proposal in ways.items():
        page = f"/usulan/{proposal.pk}/"
        other = next(one for name, one in ways.items() if name != checker)
        client = as_person(checker)
        assert "Periksa 3 orang" in text(client.get("/"))
        assert client.get(f"/usulan/{other.pk}/").status_code == 404
        unclear, *good = making.entries(proposal)
        act(client, page, "return", unclear, f"Alamat belum jelas menurut {checker}")
        for entry in good:
            act(client, page, "pass", entry)
        assert making.states(proposal) == {"returned": 1, "submitted": 2}
        assert f"Alamat belum jelas menurut {checker}" in text(as_person(heads[checker]).get("/"))

    for checker, proposal in ways.items():
        page = f"/usulan/{proposal.pk}/"
        client = as_person("veri")
        _, wrong, right = making.entries(proposal)
        act(client, page, "return", wrong, f"Pekerjaan keliru, {checker}")
        act(client, page, "verify", right)
        head = as_person(heads[checker])
        assert f"Pekerjaan keliru, {checker}" in text(head.get("/"))
        answer = head.post(f"{page}ajukan/", {"juga_belum_diperbaiki": "on"}, follow=True)
        assert "2 orang diajukan" in text(answer)
        assert making.states(proposal) == {"checking": 1, "submitted": 1, "verified": 1}
        unclear, wrong, right = making.entries(proposal)
        act(as_person(checker), page, "pass", unclear)
        for entry in (unclear, wrong):
            act(as_person("veri"), page, "verify", entry)
        for entry in (unclear, wrong, right):
            act(as_person("seto"), page, "approve", entry)
        assert making.states(proposal) == {"approved": 3}
        assert way_of(right) == [
            "kepala_desa: draft",
            "kepala_desa: checking",
            f"{role[checker]}: submitted",
            "verifikator: verified",
            "penyetuju: approved",
        ]
        assert way_of(unclear)[1:4] == [
            "kepala_desa: checking",
            f"{role[checker]}: returned",
            "kepala_desa: checking",
        ]
        assert "kepala_desa: submitted" in way_of(wrong)
        history = text(as_person(heads[checker]).get(f"/usulan/orang/{unclear.public_id}/"))
        assert "Diteruskan ke Dinas" in history and "Alamat belum jelas" in history
    assert making.fresh(subsidy).committed == 6 * making.YEAR
