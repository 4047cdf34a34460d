"""Every address × every role × own place, other place, anonymous and ended office, GET and POST."""

import pytest
from django.urls import reverse

from enrollment.decrees.models import DecreeQuerySet
from enrollment.duplicates.models import DuplicateCaseQuerySet
from enrollment.imports.models import ImportQuerySet
from enrollment.jobs.models import JobQuerySet
from enrollment.programmes.models import PremiumSubsidyQuerySet
from enrollment.proposals.models import BulkDecisionQuerySet, EntryQuerySet, ProposalQuerySet
from enrollment.workers import disclosures
from enrollment.workers.checks.findings import CODES
from enrollment.workers.models import WorkerQuerySet
from enrollment.workers.showing import in_full
from portal import caching
from tests import people
from tests.access import addresses, walk, world
from tests.selection import EVERY, short
from villages import scope
from villages.models import Regency, Role
from villages.permissions import MAY

pytestmark = pytest.mark.django_db

EVERYWHERE_IN_TRENGGALEK = {"trenggalek", "senden", "bogoran"}
SEES = {
    "olan": {"trenggalek", "senden"},
    "kartika": {"trenggalek", "senden"},
    "bagus": {"trenggalek", "bogoran"},
    "karim": EVERYWHERE_IN_TRENGGALEK,
    "dewi": {"trenggalek", "senden"},
    "vera": EVERYWHERE_IN_TRENGGALEK,
    "amir": EVERYWHERE_IN_TRENGGALEK,
    "rini": EVERYWHERE_IN_TRENGGALEK,
    "bima": EVERYWHERE_IN_TRENGGALEK,
    "audi": EVERYWHERE_IN_TRENGGALEK,
    "tani": {"trenggalek"},
    "boni": {"bojonegoro", "baureno"},
    "vino": {"bojonegoro", "baureno"},
}

_EDITED = {"worker_unmask", "worker_edit", "import_differences", "import_difference",
           "import_mend", "import_row_mend", "import_returned", "paper_people"}  # fmt: skip
_DECIDED = {"worker_unmask", "import_returned", "duplicate_list", "duplicate_decide",
            "paper_people"}  # fmt: skip
ANNEXES = {"annex_full", "annex_pdf_full", "annex_word_full", "decree_file"}
REVEAL_TO = {
    "rini": _EDITED | ANNEXES | {"batch_file"},
    "kartika": _EDITED,
    "olan": _EDITED,
    "tani": set(),
    "amir": _DECIDED | ANNEXES,
    "vera": _DECIDED | ANNEXES,
    "bima": ANNEXES | {"batch_file"},
    "audi": set(),
    "karim": set(),
    "dewi": set(),
    "bagus": _EDITED,
    "boni": _EDITED | {"decree_file", "batch_file"},
    "vino": _DECIDED | {"decree_file"},
}
"""Who → the addresses that show them somebody in full; nobody there is of an agency, and only the
decree with Senden is issued."""
ILL = CODES["work.too_ill"]
_READ = {
    *("programme_people", "proposal_detail", "entry_detail"),
    *("programme_desk", "proposal_desk"),
}
READ_OF_AN_ILLNESS = {"vera": _READ, "vino": _READ}
"""Who → the addresses that tell them that somebody of theirs is too ill to work."""
PARTS = {"import_difference"}
"""They answer with a part of a page, and to htmx alone."""

FIRST = ("kartika", "vera", "boni")
"""A village, and those of the Dinas of two regencies. The others are walked with EVERY=1."""
WALKED = short([*FIRST, *sorted(SEES.keys() - {*FIRST})], keep=len(FIRST))
WITH_HTMX = SEES if EVERY else ("kartika",)


def test_every_role_is_walked():
    assert {people.NAMES[name][0] for name in SEES} == set(Role)
    assert SEES.keys() == REVEAL_TO.keys()


def test_every_address_is_declared():
    assert sorted(set(walk.names()) - set(addresses.DECLARED)) == []
    assert sorted(set(addresses.DECLARED) - set(walk.names())) == []


@pytest.fixture(scope="module")
def places(kept_for_module):
    """Three places; the decree with Senden is issued and printed."""
    rows = world.build()
    world.issue(rows["senden"])
    return rows


@pytest.fixture
def answers_to(places, as_person):
    """`answers_to(name)`: what every address answers to somebody, on rows of theirs first."""

    def walked(name, **options):
        here = {place: places[place] for place in walked_by(name)}
        methods = walk.METHODS if name in WITH_HTMX else ("get", "post")
        client = as_person(name)
        client.raise_request_exception = False
        return walk.answers(client, here, methods, watched=hidden_from(name), **options)

    return walked


def walked_by(name):
    """The places on whose rows somebody calls the addresses, theirs first."""
    here = sorted(world.PLACES, key=lambda place: place not in SEES[name])
    left_out = "baureno" if name == "kartika" else "bogoran"
    return [place for place in here if EVERY or place != left_out]


def revealed_to(name):
    return REVEAL_TO[name] - (set() if name in WITH_HTMX else PARTS)


def hidden_from(name):
    return walk.hidden_from(SEES[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", WALKED)
def test_every_address_keeps_its_promises(name, answers_to):
    """Nobody is shown another place; what is shown in full is recorded by the same request; no
    answer is kept in a cache; none is a server error. Each address is called once for all four."""
    answers = list(answers_to(name))
    assert {200, 302, 403} <= {answer.status for answer in answers}
    assert list(walk.leaks(name, answers, hidden_from(name))) == []
    told = {a.name for a in answers if ILL.label in a.text or ILL.sentence in a.text}
    assert told == READ_OF_AN_ILLNESS.get(name, set())
    revealed = list(walk.shown(answers))
    assert [shown for shown in revealed if not shown.recorded] == []
    assert {shown.name for shown in revealed} == revealed_to(name)
    assert walk.kept(answers) == []


def test_who_may_not_unmask_is_shown_nothing_in_full():
    """But for BPJS, which gets the annex with which it registers people."""
    without = {name for name in REVEAL_TO if people.NAMES[name][0] not in MAY["worker.unmask"]}
    assert without == {"bima", "audi", "karim", "dewi"}


def test_there_is_something_to_leak(places, as_person):
    """The admin of Trenggalek does see the names that the others must not."""
    listed = as_person("rini").get(reverse("worker_list")).content
    for place in ("senden", "bogoran"):
        assert world.canary(place).encode() in listed


@pytest.mark.slow
def test_strangers_only_reach_the_public_pages(places, client):
    one = places if EVERY else {"senden": places["senden"]}
    answers = list(walk.answers(client, one, every=True))
    for answer in answers:
        if not addresses.DECLARED[answer.name].public:
            assert answer.status == 302, answer.name
            assert answer.leads_to.startswith(reverse("login")), answer.name
    assert walk.kept(answers) == []


@pytest.mark.slow
def test_an_ended_office_reaches_nothing(places, client):
    client.force_login(world.ended_office().user, backend="villages.backends.OfficeHolderBackend")
    for name, _place, url, data in walk.calls({"senden": places["senden"]}):
        if addresses.DECLARED[name].public or name in ("logout", "act_as"):
            continue
        assert client.get(url).status_code == 403, name
        assert client.post(url, data).status_code == 403, name


@pytest.mark.slow
@pytest.mark.parametrize("name", short(["kartika", *sorted(SEES.keys() - {"kartika"})]))
def test_a_regency_without_a_profile_answers_on_every_page(name, places, as_person):
    """While the regency has not set its own word for villages, the usual words are used. The
    admin, who may do most, also sends every form."""
    client = as_person(name)
    client.raise_request_exception = False
    with scope.whole_country("tests"):
        Regency.objects.all().delete()
    place = next((place for place in places if place in SEES[name]), "senden")
    methods = ("get", "post") if name == "rini" else ("get",)
    answers = list(walk.answers(client, {place: places[place]}, methods))
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
@pytest.mark.parametrize("name", short(["dewi", "kartika", "tani", "boni"]))
def test_without_row_security_nobody_is_shown_another_place(name, answers_to, without_row_security):
    assert list(walk.leaks(name, answers_to(name), hidden_from(name))) == []


CHECKS = {
    WorkerQuerySet: "kartika",
    ImportQuerySet: "kartika",
    DecreeQuerySet: "boni",
    ProposalQuerySet: "kartika",
    EntryQuerySet: "kartika",
    BulkDecisionQuerySet: "kartika",
    PremiumSubsidyQuerySet: "boni",
    DuplicateCaseQuerySet: "boni",
    JobQuerySet: "boni",
}
"""Querysets of the rows that the walk opens, each with a person from whom it hides rows."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", short(CHECKS, keep=3), ids=lambda kind: kind.__name__)
def test_the_walk_notices_a_missing_scope_check(
    kind, answers_to, without_row_security, monkeypatch
):
    """One queryset at a time shows its rows to everybody: the walk must report it."""
    monkeypatch.setattr(kind, "visible_to", lambda rows, office: rows)
    name = CHECKS[kind]
    assert any(walk.leaks(name, answers_to(name), hidden_from(name)))


# The walk finds what is shown without a record, and what a cache may keep.


def unrecorded(answers):
    return {shown.name for shown in walk.shown(answers) if not shown.recorded}


def test_the_walk_finds_a_view_that_reveals_without_a_record(answers_to, monkeypatch):
    monkeypatch.setattr(disclosures, "reveal", lambda **_options: in_full)
    revealing = revealed_to("rini")
    assert unrecorded(answers_to("rini", only=revealing)) == revealing


def test_the_walk_finds_a_list_that_forgets_to_mask(answers_to, monkeypatch):
    monkeypatch.setattr("portal.templatetags.formats.mask", lambda nik: nik)
    lists = {"worker_list", "import_rows", "entry_detail"}
    assert unrecorded(answers_to("audi", only=lists)) == lists


def test_the_walk_finds_what_a_cache_may_keep(answers_to, monkeypatch):
    monkeypatch.setattr(caching, "MAY_BE_KEPT", {"home"})
    kept = walk.kept(answers_to("audi", only={"home", "worker_list"}))
    assert {name for name, _ in kept} == {"home"}
