"""Every workbook that leaves the portal: what somebody typed stays text, never a formula.

Rini administers Trenggalek, Vera verifies there, Kartika heads Senden, a village of it.
"""

import ast
import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.urls import reverse
from openpyxl import load_workbook

from enrollment.imports import actions as imports
from enrollment.programmes.models import Quota
from enrollment.workers.rechecks import actions as rechecks
from tests import people
from tests.decrees import drafts
from tests.imports.lists import HEADINGS, person
from tests.registrations import sending
from tests.sources import BASE
from villages import scope
from villages.models import Area, User

pytestmark = pytest.mark.django_db

EVIL = '=HYPERLINK("http://jahat.example","Klik")'
DEMO = {"enrollment/demo/uploads.py", "enrollment/demo/sent.py"}
"""Write lists and answers to be uploaded, not to be given out."""


def body(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def name(area):
    with scope.whole_country("tests"):
        Area.objects.filter(pk=area).update(name=EVIL)


def annexes(as_person):
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1, name=EVIL, address=EVIL))
    decree = drafts.issue(drafts.draft(subsidy, title=EVIL))
    drafts.printed(decree)
    for version in ("annex_full", "annex_masked"):
        yield as_person("rini").get(reverse(version, args=[decree.pk]))


def files_for_bpjs(as_person):
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1, name=EVIL, address=EVIL))
    decree = drafts.issue(drafts.draft(subsidy))
    sending.set_defaults(subsidy)
    yield as_person("rini").get(reverse("batch_file", args=[sending.send(decree).pk, 1]))


def metadata_for_the_jdih(as_person):
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    decree = drafts.issue(drafts.draft(subsidy, title=EVIL))
    package = as_person("rini").get(reverse("jdih_package", args=[decree.pk]))
    with ZipFile(BytesIO(body(package))) as files:
        yield HttpResponse(files.read("metadata.xlsx"))


def recheck(as_person):
    people.worker(1, name=EVIL, rt="")
    vera = people.office("vera")
    with scope.enter(vera):
        job = rechecks.start(by=vera, area=people.TRENGGALEK)
    rechecks.proceed(job.pk)
    yield as_person("vera").get(reverse("recheck_download", args=[job.pk]))


def disclosures(as_person):
    worker = people.worker(1, name=EVIL)
    as_person("kartika").get(reverse("worker_detail", args=[worker.public_id]))
    yield as_person("rini").get(reverse("disclosure_download"))


def rows_to_correct(as_person):
    row = person(1, name=EVIL)
    file = StringIO()
    csv.writer(file).writerows([HEADINGS, [row[0][:15], *row[1:]]])
    kartika = people.office("kartika")
    with scope.enter(kartika):
        content = BytesIO(file.getvalue().encode())
        job = imports.receive(by=kartika, file=content, filename="daftar.csv")
    imports.advance(job.pk)
    yield as_person("kartika").get(reverse("import_returned", args=[job.pk]))


def blank_template(as_person):
    name(people.SENDEN)
    yield as_person("rini").get(reverse("import_template"))


def lists_of_pages(as_person):
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1, name=EVIL, occupation_text=EVIL))
    vera = as_person("vera")
    yield vera.get(reverse("worker_list"), {"unduh": "xlsx"})
    people_of = reverse("programme_people", args=[subsidy.pk])
    yield vera.get(people_of, {"unduh": "xlsx", "status": "semua"})


def reference_data(as_person):
    """Areas, accounts and quotas, from the settings pages."""
    people.office("kartika")
    subsidy = drafts.programme(name=EVIL)
    name(people.SENDEN)
    with scope.whole_country("tests"):
        Quota.objects.create(programme=subsidy, area_id=people.SENDEN, people=1)
        User.objects.filter(username="kartika").update(first_name=EVIL)
    for table in ("area", "account", "quota"):
        yield as_person("rini").get(reverse(f"{table}_download"))


EXPORTS = {
    "enrollment/decrees/annex.py": annexes,
    "enrollment/matching/batches.py": files_for_bpjs,
    "enrollment/public/publishing/package.py": metadata_for_the_jdih,
    "enrollment/workers/rechecks/report.py": recheck,
    "enrollment/workers/disclosure_report.py": disclosures,
    "enrollment/imports/pages/returned.py": rows_to_correct,
    "enrollment/blanks/workbook.py": blank_template,
    "enrollment/workbooks/listed.py": lists_of_pages,
    "villages/transfers.py": reference_data,
}
"""Whatever makes a workbook → the answers of pages that give it out, with EVIL in it."""


def makers_of_workbooks():
    for room in ("enrollment", "villages", "portal"):
        for path in (BASE / room).rglob("*.py"):
            calls = (node for node in ast.walk(ast.parse(path.read_text())))
            if any(isinstance(it, ast.Call) and ast.unparse(it.func) == "Workbook" for it in calls):
                yield str(path.relative_to(BASE))


def test_every_maker_of_workbooks_is_tested():
    assert set(makers_of_workbooks()) - DEMO == set(EXPORTS)


@pytest.mark.parametrize("export", EXPORTS.values(), ids=list(EXPORTS))
def test_a_name_that_looks_like_a_formula_is_text(export, as_person):
    answers = list(export(as_person))
    assert answers
    for answer in answers:
        book = load_workbook(BytesIO(body(answer)))
        cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
        found = [cell for cell in cells if str(cell.value).startswith("=")]  # masked, too
        assert found
        assert {cell.data_type for cell in found} == {"s"}
        assert all(cell.quotePrefix for cell in found)
        assert "f" not in {cell.data_type for cell in cells}
