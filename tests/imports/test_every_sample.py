"""Samples through the upload form, the real queue and its worker: all layouts, and every fifth of
those about meaning, which `test_meaning.py` reads without a queue; with EVERY=1 all of these, too.
"""

import json
import time
from pathlib import Path

import pytest
from django.urls import reverse

from enrollment.imports.models import Import
from portal.templatetags.formats import angka
from tests import people
from tests.selection import EVERY, short
from villages import scope
from villages.models import Role

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text())
MEANING = {
    f"meaning/{name}": expected
    for name, expected in json.loads((SAMPLES / "meaning" / "expected.json").read_text()).items()
}
IN_THE_QUEUE = dict(list(MEANING.items())[:: 1 if EVERY else 5])
SECONDS = 120
pytestmark = pytest.mark.django_db(transaction=True)


def log_in(client, area):
    """Log in as somebody who uploads lists for `area`: a village head or the regency's admin."""
    role = Role.VILLAGE_HEAD if len(area) > 8 else Role.REGENCY_ADMIN
    office = people.hold(f"pengunggah-{area}", role, area)
    client.force_login(office.user, backend="villages.backends.OfficeHolderBackend")


def upload(client, path):
    with path.open("rb") as file:
        answer = client.post(reverse("import_new"), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"].split("/")[-2]


def read(pk):
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        with scope.whole_country("test"):
            job = Import.objects.get(pk=pk)
        if not job.busy:
            return job
        time.sleep(0.1)  # to ask takes processor time, which the worker needs
    raise AssertionError(f"still {job.state} at {job.cursor} of {job.total}")


def wrong_values(job, values):
    """The expected values that the row in their place does not have."""
    with scope.whole_country("test"):
        rows = {(row.sheet, row.row): row for row in job.rows.all()}
    kept = ((value, rows[value["sheet"], value["row"]]) for value in values)
    return [
        value
        for value, row in kept
        if str(getattr(row, value["field"]) or "") != (value["value"] or "")
    ]


def found_in(job):
    with scope.whole_country("test"):
        return sorted((row.sheet, row.row, code) for row in job.rows.all() for code in row.codes)


@pytest.mark.parametrize("samples", short([EXPECTED, IN_THE_QUEUE]), ids=["layouts", "meaning"])
def test_every_sample_uploaded_in_the_form_gives_the_expected_rows_and_findings(
    client, queue_worker, samples
):
    for name, expected in samples.items():
        log_in(client, expected["area"])
        job = read(upload(client, SAMPLES / name))
        assert (name, job.phase, job.message) == (name, Import.Phase.PREVIEW, "")
        assert (name, job.people, job.good) == (name, expected["rows"], expected["taken"])
        assert (name, job.counts) == (name, expected["summary"])
        findings = [
            (finding["sheet"], finding["row"], finding["code"]) for finding in expected["findings"]
        ]
        assert (name, found_in(job)) == (name, sorted(findings))
        assert (name, wrong_values(job, expected.get("values", []))) == (name, [])
        page = client.get(reverse("import_detail", args=[job.pk])).content.decode()
        assert f"{angka(expected['taken'])} orang ke daftar" in page, name
