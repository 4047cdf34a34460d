"""Every address × every role × own place, other place, anonymous and ended office, GET and POST."""

import pytest
from django.urls import reverse

from enrollment.decrees.models import DecreeQuerySet
from enrollment.duplicates.models import DuplicateCaseQuerySet
from enrollment.imports.models import ImportQuerySet
from enrollment.jobs.models import JobQuerySet
from enrollment.programmes.models import PremiumSubsidyQuerySet
from enrollment.proposals.models import BulkDecisionQuerySet, EntryQuerySet, ProposalQuerySet
from enrollment.workers.models import WorkerQuerySet
from tests import people
from tests.access import addresses, walk, world
from villages import scope
from villages.models import Regency, Role

pytestmark = pytest.mark.django_db

EVERYWHERE_IN_TRENGGALEK = {"trenggalek", "senden", "bogoran"}
SEES = {
    "olan": {"trenggalek", "senden"},
    "kartika": {"trenggalek", "senden"},
    "bagus": {"trenggalek", "bogoran"},
    "karim": EVERYWHERE_IN_TRENGGALEK,
    "vera": EVERYWHERE_IN_TRENGGALEK,
    "amir": EVERYWHERE_IN_TRENGGALEK,
    "rini": EVERYWHERE_IN_TRENGGALEK,
    "bima": EVERYWHERE_IN_TRENGGALEK,
    "audi": EVERYWHERE_IN_TRENGGALEK,
    "tani": {"trenggalek"},
    "boni": {"bojonegoro", "baureno"},
    "vino": {"bojonegoro", "baureno"},
}

WALKED = SEES if walk.EVERY else ("kartika", "karim", "vera", "bima", "tani", "boni")
"""A village, a district, a regency's office, BPJS, an agency, and another regency."""
WITHOUT_PROFILE = SEES if walk.EVERY else ("rini", "kartika")


def test_every_role_is_walked():
    assert {people.NAMES[name][0] for name in SEES} == set(Role)


def test_every_address_is_declared():
    assert sorted(set(walk.names()) - set(addresses.DECLARED)) == []
    assert sorted(set(addresses.DECLARED) - set(walk.names())) == []


@pytest.fixture(scope="module")
def places(kept_for_module):
    return world.build()


@pytest.mark.slow
@pytest.mark.parametrize("name", WALKED)
def test_nobody_is_shown_another_place(name, places, as_person):
    assert list(walk.leaks(as_person(name), name, places, SEES[name])) == []


def test_there_is_something_to_leak(places, as_person):
    """The admin of Trenggalek does see the names that the others must not."""
    listed = as_person("rini").get(reverse("worker_list")).content
    for place in ("senden", "bogoran"):
        assert world.canary(place).encode() in listed


@pytest.mark.slow
def test_strangers_only_reach_the_public_pages(places, client):
    for name, _place, url, data in walk.calls(places):
        for method in (client.get, client.post):
            answer = method(url, data)
            if not addresses.DECLARED[name].public:
                assert answer.status_code == 302, name
                assert answer["Location"].startswith(reverse("login")), name


@pytest.mark.slow
def test_an_ended_office_reaches_nothing(places, client):
    client.force_login(world.ended_office().user, backend="villages.backends.OfficeHolderBackend")
    for name, _place, url, data in walk.calls({"senden": places["senden"]}):
        if addresses.DECLARED[name].public or name in ("logout", "act_as"):
            continue
        assert client.get(url).status_code == 403, name
        assert client.post(url, data).status_code == 403, name


@pytest.mark.slow
@pytest.mark.parametrize("name", WITHOUT_PROFILE)
def test_a_regency_without_a_profile_answers_on_every_page(name, places, as_person):
    """While the regency has not set its own word for villages, the usual words are used. The
    admin, who may do most, also sends every form."""
    client = as_person(name)
    client.raise_request_exception = False
    with scope.whole_country("tests"):
        Regency.objects.all().delete()
    place = next((place for place in places if place in SEES[name]), "senden")
    answers = list(walk.answers(client, {place: places[place]}))
    assert [answer for answer in answers if answer.status >= 500] == []
    opened = {answer.name for answer in answers if answer.status == 200}
    assert {"home", "programme_list", "programme_detail"} <= opened


# Below, row security lets everything through, so that only the application's checks are tested.


@pytest.fixture
def without_row_security(monkeypatch):
    monkeypatch.setattr(
        scope, "of_office", lambda office: scope.Scope("", "~", "", str(office.user_id))
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kartika", "tani", "boni"] if walk.EVERY else ["kartika"])
def test_without_row_security_nobody_is_shown_another_place(
    name, places, as_person, without_row_security
):
    assert list(walk.leaks(as_person(name), name, places, SEES[name])) == []


CHECKS = {
    WorkerQuerySet: "kartika",
    ImportQuerySet: "kartika",
    ProposalQuerySet: "kartika",
    EntryQuerySet: "kartika",
    BulkDecisionQuerySet: "kartika",
    PremiumSubsidyQuerySet: "boni",
    DecreeQuerySet: "boni",
    DuplicateCaseQuerySet: "boni",
    JobQuerySet: "boni",
}
"""Querysets of the rows that the walk opens, each with a person from whom it hides rows."""
NOTICED = CHECKS if walk.EVERY else (WorkerQuerySet, ImportQuerySet, DecreeQuerySet)


@pytest.mark.slow
@pytest.mark.parametrize("kind", NOTICED, ids=lambda kind: kind.__name__)
def test_the_walk_notices_a_missing_scope_check(
    kind, places, as_person, without_row_security, monkeypatch
):
    """One queryset at a time shows its rows to everybody: the walk must report it."""
    monkeypatch.setattr(kind, "visible_to", lambda rows, office: rows)
    name = CHECKS[kind]
    assert any(walk.leaks(as_person(name), name, places, SEES[name]))
