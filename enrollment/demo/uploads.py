"""Workbooks that villages of the demo have uploaded: one taken, others waiting or refused."""

import io

from django.core.files.base import ContentFile
from openpyxl import Workbook

from enrollment.demo import regencies
from enrollment.imports import actions
from enrollment.models import Worker
from villages import scope
from villages.models import Office, Role

HEADINGS = {
    "nik": "NIK",
    "kk": "No. KK",
    "name": "Nama Lengkap",
    "birth_place": "Tempat Lahir",
    "birth_date": "Tanggal Lahir",
    "sex": "L/P",
    "address": "Alamat",
    "rt": "RT",
    "rw": "RW",
    "occupation": "Pekerjaan",
    "mother_name": "Nama Ibu Kandung",
}
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(64)
WAITING = {
    regencies.SENDEN: 14,
    regencies.LEBAKSARI: 12,
    regencies.PADOMASAN: 8,
    regencies.RASAU_JAYA: 8,
    regencies.LATANG: 9,
}
"""Villages whose upload waits for a decision, with its number of people."""


def upload(crowds):
    """Let the operators upload; `crowds` (regency code → Crowd) invents the people."""
    for village, people in WAITING.items():
        if village[:5] not in crowds:
            continue
        rows = [crowds[village[:5]].raw(village, 500 + number) for number in range(people)]
        rows[1]["nik"] = rows[1]["nik"][:-1]
        rows[3]["nik"] = f"{rows[3]['nik'][:6]}3113{rows[3]['nik'][10:]}"
        rows[5]["rt"] = ""
        _receive(village, rows, f"daftar-tambahan-{village[-4:]}.xlsx")
    if regencies.TRENGGALEK in crowds:
        _claim_neighbours(regencies.KELUTAN, regencies.SENDEN, crowds)
        _refuse(regencies.BOGORAN)
    if regencies.SIJUNJUNG in crowds:
        _claim_neighbours(regencies.LALAN, regencies.LATANG, crowds)


def _claim_neighbours(village, neighbour, crowds):
    """Take a list with two people whom a neighbouring village has registered already."""
    rows = [crowds[village[:5]].raw(village, 700 + number) for number in range(5)]
    for row, person in zip(rows, Worker.objects.filter(area=neighbour)[4:6], strict=False):
        row |= {name: getattr(person, name) for name in ("nik", "name", "birth_date", "sex")}
    job = _receive(village, rows, "pendataan-ulang.xlsx")
    with scope.enter(job.office):
        actions.take(by=job.office, job=job)
    actions.advance(job.pk)


def _receive(village, rows, filename):
    office = _operator(village)
    with scope.enter(office):
        job = actions.receive(by=office, file=_workbook(rows), filename=filename)
    actions.advance(job.pk)
    return job


def _refuse(village):
    """Upload a photo instead of a workbook, which the portal refuses."""
    office = _operator(village)
    with scope.enter(office):
        job = actions.receive(by=office, file=ContentFile(PHOTO), filename="foto-daftar.xlsx")
    actions.advance(job.pk)


def _operator(village):
    offices = Office.objects.select_related("user", "area", "agency")
    return offices.get(role=Role.VILLAGE_OPERATOR, area=village)


def _workbook(rows):
    book = Workbook()
    sheet = book.active
    sheet.title = "Daftar"
    sheet.append([*HEADINGS.values()])
    for row in rows:
        sheet.append([row[name] for name in HEADINGS])
    file = io.BytesIO()
    book.save(file)
    return ContentFile(file.getvalue())
