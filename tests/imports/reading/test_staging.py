"""Reading, checking and staging every sample gives exactly the expected rows and findings."""

import json
from pathlib import Path

import pytest

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.imports.reading.checking import Checker
from enrollment.jobs.models import Job
from tests import people
from villages import scope
from villages.models import Role

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text())
pytestmark = pytest.mark.django_db


def upload(path, area, **options):
    """An import of the file at `path`, uploaded by an office of `area` and read."""
    role = Role.VILLAGE_HEAD if len(area) > 8 else Role.REGENCY_ADMIN
    office = people.hold(f"pengunggah-{area}", role, area)
    with scope.enter(office), path.open("rb") as file:
        job = actions.receive(by=office, file=file, filename=path.name, **options)
    actions.advance(job.pk)
    return reread(job)


def reread(job):
    with scope.whole_country("test"):
        return Import.objects.select_related("office__user", "office__area").get(pk=job.pk)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_sample_gives_exactly_the_expected_rows_and_findings(name):
    expected = EXPECTED[name]
    job = upload(SAMPLES / name, expected["area"])
    assert (job.state, job.phase) == (Job.State.WAITING, Import.Phase.PREVIEW), job.message
    assert (job.people, job.good) == (expected["rows"], expected["taken"])
    assert job.counts == expected["summary"]
    with scope.enter(job.office):
        found = {(row.sheet, row.row, code) for row in job.rows.all() for code in row.codes}
    assert found == {
        (finding["sheet"], finding["row"], finding["code"]) for finding in expected["findings"]
    }


@pytest.mark.parametrize(
    ("term", "told"),
    [("sejak dahulu", True), ("2025-2020", True), ("2020-2025", False), ("-", False)],
)
def test_a_term_in_one_cell_that_cannot_be_read_is_told(term, told):
    with scope.whole_country("test"):
        _, _, findings = Checker(people.SENDEN).check({"term": term})
    assert ("term_start.unread" in [found.code for found in findings]) is told
