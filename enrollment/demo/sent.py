"""Of one decree the people have gone to BPJS: most are accepted, some refused, one a member
already, and a second file of answers waits to be looked at."""

from io import BytesIO

from django.core.files import File
from openpyxl import Workbook

from enrollment.decrees.models import Decree
from enrollment.matching import answering, working
from enrollment.matching.models import Line
from enrollment.matching.rules import Kind
from enrollment.registrations import actions, making
from enrollment.registrations.models import FileDefaults
from villages import scope
from villages.models import Office, Role

HEADINGS = ("NO_PEGAWAI", "NOMOR_IDENTITAS", "NAMA_LENGKAP", "KPJ", "KETERANGAN")
SAID = {
    3: ("", "Ditolak: tidak bekerja saat diperiksa"),
    7: ("", "NIK tidak sesuai Adminduk"),
    11: ("24010000999", "Sudah peserta"),
}
"""Line → KPJ and words; everybody else is valid."""
UNANSWERED = 4


def send(regency):
    office = Office.objects.select_related("user", "area").get(
        role=Role.REGENCY_ADMIN, area=regency
    )
    decree = Decree.objects.filter(regency=regency, amends=None).issued().order_by("date").last()
    if decree is None:
        return
    with scope.enter(office):
        defaults = FileDefaults(
            programme_id=decree.programme_id, regency_id=regency, place_of_work="3503",
            employment="1", married="Y",
        )  # fmt: skip
        actions.set_defaults(defaults, by=office)
        job = actions.make(decree, Kind.NEW, by=office)
    making.advance(job.pk)
    with scope.enter(office):
        job.batch.refresh_from_db()
        sent = list(Line.objects.filter(batch=job.batch).order_by("number"))
    answered = [_row(line) for line in sent[:-UNANSWERED]]
    taken = _answer(job.batch, office, answered, "jawaban-sipp.xlsx")
    with scope.enter(office):
        answering.take(taken, by=office)
    working.advance(taken.pk)
    later = [[*_row(line)[:4], "Menunggu verifikasi cabang"] for line in sent[-UNANSWERED:]]
    _answer(job.batch, office, later, "jawaban-sipp-2.xlsx")


def _row(line):
    kpj, words = SAID.get(line.number, (f"2401{line.number:07d}", "Valid"))
    payload = line.payload
    return [payload["key"], payload["nik"], payload["name"], kpj, words]


def _answer(batch, office, rows, name):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("jawaban")
    for row in (HEADINGS, *rows):
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    with scope.enter(office):
        job = answering.receive(batch, by=office, file=File(content, name=name))
    working.advance(job.pk)
    with scope.enter(office):
        job.refresh_from_db()
        return job
