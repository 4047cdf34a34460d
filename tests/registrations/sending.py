"""Helpers: a decree whose people go to BPJS, and what BPJS answers, as the pages do it."""

from io import BytesIO

from django.core.files import File
from openpyxl import Workbook, load_workbook

from enrollment.decrees.models import Decree
from enrollment.matching import answering, working
from enrollment.matching.models import AnswerFile, Batch, Line
from enrollment.matching.rules import Kind
from enrollment.registrations import actions, making
from enrollment.registrations.models import FileDefaults
from tests import people
from tests.decrees import drafts
from tests.proposals import making as lists
from villages import scope

DEFAULTS = {"place_of_work": "3503", "employment": "1", "married": "Y"}


def decreed(count=4, *, defaults=True, first=1, number=drafts.WORDS["number"], **values):
    """An issued decree of so many people, ready to be sent."""
    subsidy = lists.programme(**values)
    lists.approved(subsidy, count, first=first)
    made = drafts.issue(drafts.draft(subsidy, number=number))
    with scope.whole_country("tests"):
        decree = Decree.objects.select_related("programme").get(pk=made.pk)
    if defaults:
        set_defaults(subsidy)
    return decree


def set_defaults(programme, **values):
    with scope.whole_country("tests"):
        FileDefaults.objects.update_or_create(
            pk=programme.pk, defaults={"regency_id": programme.regency_id, **DEFAULTS, **values}
        )


def begin(decree, kind=Kind.NEW, by="rini"):
    office = people.office(by)
    with scope.enter(office):
        return actions.make(decree, kind, by=office)


def send(decree, kind=Kind.NEW, by="rini"):
    """Make a file as a worker would; returns its batch."""
    job = begin(decree, kind, by)
    making.advance(job.pk)
    with scope.enter(people.office(by)):
        job.refresh_from_db()
        assert job.done, job.message
        return fresh_batch(job.batch_id)


def fresh_batch(pk):
    with scope.whole_country("tests"):
        return Batch.objects.select_related("layout", "registering__decree__programme").get(pk=pk)


def lines(batch):
    with scope.whole_country("tests"):
        return list(Line.objects.filter(batch=batch).order_by("number"))


def states(batch):
    counted = {}
    for line in lines(batch):
        counted[line.state] = counted.get(line.state, 0) + 1
    return counted


def file_of(batch, part=1, by="rini"):
    office = people.office(by)
    with scope.enter(office):
        return actions.give_out(batch, part, by=office)


def rows_of(content):
    """The rows of the only sheet."""
    return [
        [cell.value or "" for cell in row] for row in load_workbook(BytesIO(content)).active.rows
    ]


HEADINGS = ("NO_PEGAWAI", "NOMOR_IDENTITAS", "NAMA_LENGKAP", "KPJ", "KETERANGAN")


def answer(line, *, kpj="", words="", key=True):
    """A row as BPJS would send it back."""
    payload = line.payload
    return [payload["key"] if key else "", payload["nik"], payload["name"], kpj, words]


def workbook(rows, headings=HEADINGS, name="jawaban.xlsx"):
    book = Workbook()
    book.active.append(list(headings))
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return File(out, name=name)


def received(batch, rows, by="rini", **values):
    """Send a workbook of answers."""
    file = rows if isinstance(rows, File) else workbook(rows, **values)
    office = people.office(by)
    with scope.enter(office):
        return answering.receive(batch, by=office, file=file)


def receive(batch, rows, **values):
    """Send a workbook of answers and read it as a worker would."""
    job = received(batch, rows, **values)
    working.advance(job.pk)
    return fresh(job)


def fresh(job):
    with scope.whole_country("tests"):
        return AnswerFile.objects.select_related("batch").get(pk=job.pk)


def do(action, job, by="rini", **values):
    """Take or take back, as a worker would finish it."""
    office = people.office(by)
    with scope.enter(office):
        action(job, by=office, **values)
    working.advance(job.pk)
    return fresh(job)


def take(job, **values):
    return do(answering.take, job, **values)


def take_back(job, **values):
    return do(answering.take_back, job, **values)
