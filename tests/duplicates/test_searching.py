"""Among people who were entered twice the Dinas looks for one, by name or by the digits shown."""

import pytest
from django.urls import reverse

from enrollment.duplicates.models import DuplicateCase
from tests import people
from tests.duplicates.test_whole_person import claimed, decide
from tests.proposals import making
from tests.proposals.asking import text
from villages import scope

pytestmark = pytest.mark.django_db
LIST = "/data-ganda/"


@pytest.fixture
def cases():
    """Of three people of Senden: one is claimed under another name, one has a NIK of Bogoran's."""
    named = ["SITI AMINAH", "BUDI HARTONO", "WAGIMAN"]
    workers = [people.worker(number, name=name) for number, name in enumerate(named)]
    with scope.whole_country("tests"):
        type(workers[2]).objects.filter(pk=workers[2].pk).update(nik="3522100101800009")
    claims = ["SITI AMINAH", "SLAMET HARTONO", "WAGIMAN"]
    return [claimed(worker, name=name) for worker, name in zip(workers, claims, strict=True)]


def found(answer):
    return sorted(case.person.name for case in answer.context["page"])


@pytest.mark.parametrize("where", ["", "?sudah=1"])
def test_by_either_name_and_by_digits(as_person, cases, where):
    for case in cases if where else ():
        decide(case, "stay")
    vera = as_person("vera")
    assert len(found(vera.get(LIST + where))) == 3
    given = {"sudah": "1"} if where else {}
    for typed, names in [
        ("siti", ["SITI AMINAH"]), ("slamet", ["BUDI HARTONO"]), ("budi", ["BUDI HARTONO"]),
        ("hartono", ["BUDI HARTONO"]), ("siapa ini", []),
    ]:  # fmt: skip
        answer = vera.post(LIST, given | {"q": typed}, follow=True)
        assert found(answer) == names, typed
        assert "q=" in answer.redirect_chain[-1][0]
    assert "Tidak ada yang cocok" in text(answer)
    answer = vera.post(LIST, given | {"q": "352210**********"})
    assert found(answer) == ["WAGIMAN"] and answer.status_code == 200
    assert vera.get(LIST + "?q=352210").url == LIST


def test_among_those_withdrawn(as_person, cases):
    with scope.whole_country("tests"):
        DuplicateCase.objects.all().delete()
    vera = as_person("vera")
    assert len(found(vera.get(f"{LIST}?ditarik=1"))) == 3
    answer = vera.post(LIST, {"ditarik": "1", "q": "slamet"}, follow=True)
    assert found(answer) == ["BUDI HARTONO"]
    assert found(vera.post(LIST, {"ditarik": "1", "q": "350307"})) == [
        "BUDI HARTONO",
        "SITI AMINAH",
    ]


def test_deciding_leads_back_to_what_was_looked_for(as_person, cases):
    vera = as_person("vera")
    decision = reverse("duplicate_decide", args=[cases[1].public_id])
    given = {"q": "hartono", "page": "1", "decision": "stay"}
    refused = vera.post(decision, given)
    assert found(refused) == ["BUDI HARTONO"]
    assert vera.post(decision, given | {"reason": "KTP"}).url == f"{LIST}?q=hartono"
    by_digits = reverse("duplicate_decide", args=[cases[2].public_id])
    given = {"q": "352210", "page": "1", "decision": "stay"}
    assert found(vera.post(by_digits, given)) == ["WAGIMAN"]
    assert vera.post(by_digits, given | {"reason": "KTP"}).url == LIST
    assert making.fresh(cases[2]).decision == "stay"
