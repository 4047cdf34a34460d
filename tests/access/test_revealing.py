"""Every address × every role: an answer that holds a masked value in full has recorded it."""

import pytest
from django.utils import timezone

from enrollment.coverage.models import CoverSource
from enrollment.decrees.header import header_of
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.workers import disclosures
from enrollment.workers.showing import in_full
from tests import people
from tests.access import walk, world
from tests.decrees import drafts
from villages import scope
from villages.models import Role
from villages.permissions import MAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REVEAL_TO = {
    "rini": {
        "worker_unmask", "worker_edit", "import_differences", "import_difference", "import_mend",
        "import_row_mend", "import_returned", "annex_full",
    },
    "kartika": {
        "worker_unmask", "worker_edit", "import_differences", "import_difference", "import_mend",
        "import_row_mend", "import_returned",
    },
    "olan": {
        "worker_unmask", "worker_edit", "import_differences", "import_difference", "import_mend",
        "import_row_mend", "import_returned",
    },
    "tani": set(),
    "amir": {"worker_unmask", "import_returned", "duplicate_list", "annex_full"},
    "vera": {"worker_unmask", "import_returned", "duplicate_list", "annex_full"},
    "bima": {"annex_full"},
    "audi": set(),
    "karim": set(),
}  # fmt: skip
"""Who → the addresses that show them somebody of Senden in full; nobody there is of an agency."""


@pytest.fixture(scope="module")
def senden(kept_for_module):
    """The rows of Senden, with its decree issued and printed."""
    rows = world.build()["senden"]
    with scope.enter(people.office("rini")):
        _issue(rows.decree)
    drafts.printed(rows.decree)
    return {"senden": rows}


def _issue(decree):
    Decree.objects.filter(pk=decree.pk).update(
        state="issued", sha256="0" * 64, issued_by=people.office("rini"),
        issued_at=timezone.now(), header=header_of(decree), total=201_600,
        cover_source=CoverSource.objects.create(
            regency_id=decree.regency_id, name="Uji", document="Uji"
        ),
    )  # fmt: skip
    for version in DecreeAnnex.Version:
        DecreeAnnex.objects.create(
            decree=decree, office=people.office("rini"), area_id=decree.regency_id,
            version=version, total=1,
        )  # fmt: skip


@pytest.mark.parametrize("name", REVEAL_TO)
def test_what_is_shown_in_full_is_recorded_by_the_same_request(name, senden, as_person):
    found = list(walk.shown(as_person(name), senden))
    assert [shown for shown in found if not shown.recorded] == []
    assert {shown.name for shown in found} == REVEAL_TO[name]


def test_every_role_is_walked():
    assert {people.NAMES[name][0] for name in REVEAL_TO} == set(Role)


def test_who_may_not_unmask_is_shown_nothing_in_full():
    """But for BPJS, which gets the annex with which it registers people."""
    without = {name for name in REVEAL_TO if people.NAMES[name][0] not in MAY["worker.unmask"]}
    assert without == {"bima", "audi", "karim"}


# The controls: the walk finds what is shown without a record.


def unrecorded(client, senden):
    return {shown.name for shown in walk.shown(client, senden) if not shown.recorded}


def test_the_walk_finds_a_view_that_reveals_without_a_record(senden, as_person, monkeypatch):
    monkeypatch.setattr(disclosures, "reveal", lambda **_options: in_full)
    assert unrecorded(as_person("rini"), senden) == REVEAL_TO["rini"]


def test_the_walk_finds_a_list_that_forgets_to_mask(senden, as_person, monkeypatch):
    monkeypatch.setattr("portal.templatetags.formats.mask", lambda nik: nik)
    assert {"worker_list", "import_rows", "entry_detail"} <= unrecorded(as_person("audi"), senden)
