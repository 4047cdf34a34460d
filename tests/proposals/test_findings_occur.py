"""Every finding in the portal can occur.

The tests provoke them where users see them: on an imported list, and on a proposed person. A code
that no rule gives any more must be removed, with its sentence and its line in the guide.
"""

from datetime import date

import openpyxl
import pytest

from enrollment.coverage.models import Membership
from enrollment.illness import actions as illness
from enrollment.imports import actions
from enrollment.imports.models import ImportRow
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import candidates, lists
from enrollment.proposals.models import Entry
from enrollment.reverification.models import ReverificationRule
from enrollment.statements.models import StatementRule
from enrollment.statements.rules import Weight
from enrollment.workers.checks.findings import CODES
from enrollment.workers.models import Occupation, Worker
from tests import people
from tests.decrees import drafts, signing
from tests.duplicates import test_whole_person as whole_person
from tests.leavings import stories
from tests.proposals import making
from tests.proposals import test_departures as departures
from tests.proposals import test_two_programmes as two_programmes
from villages import scope

pytestmark = pytest.mark.django_db

HEADINGS = ["NIK", "Nama", "Tanggal Lahir", "JK", "Alamat", "RT", "Pekerjaan", "Nama Ibu Kandung",
            "No KK", "No HP", "Status", "Desa", "Kecamatan", "Penghasilan", "Tanggal Dinyatakan",
            "Desil", "Mulai Menjabat", "Akhir Menjabat", "Sakit Berat"]  # fmt: skip
WHOLE = ["", "SITI", "01-01-1980", "L", "JL. A", "1", "Petani", "SRI", "3503070101800001",
         "081234567890", "", "Senden", "Kampak", "", "", "", "", "", ""]  # fmt: skip


def row(number, **cells):
    """A row like WHOLE, except for `cells`."""
    names = ("nik", "name", "born", "sex", "address", "rt", "work", "mother", "kk", "phone",
             "status", "village", "district", "income", "said_on", "decile", "start", "end",
             "ill")  # fmt: skip
    given = dict(zip(names, WHOLE, strict=True)) | {"nik": people.nik(number)} | cells
    return [given[name] for name in names]


ROWS = [
    row(1, nik=""),
    row(2, nik="35030701018000"),
    row(3, nik="3,50307E+15"),
    row(4, nik="3503079901800001"),
    row(5, nik="3503070101800000"),
    row(6, nik="1111111111111111"),
    row(7, name=""),
    row(8, born="31-02-1980"),
    row(9, village="Tidak Ada", district=""),
    row(10, village="Besuki", district=""),
    row(11, name="BUDI"),
    row(11, name="BUDI"),
    row(12, status="Meninggal"),
    row(13, born="", sex="", address="", rt="", work="", mother=""),
    row(14, nik=people.nik(14).replace("350307", "350399", 1), name="WATI"),
    row(15, born="02-01-1980", name="RINI"),
    row(16, sex="P", name="JOKO"),
    row(17, name="KEMBAR"),
    row(18, name="KEMBAR"),
    row(19, kk="123", phone="0812", work="Juru kunci candi", sex="?", name="AGUS"),
    row(20, kk="3,50311E+15", name="TONO"),
    row(21, rt="Balai", status="KK meninggal", name="YANTO"),
    row(
        22, income="lumayan", said_on="besok", decile="12", start="dahulu", end="nanti", ill="entah"
    ),
    row(23, start="01-02-2025", end="31-01-2024"),
]


def imported(workbook, who, rows, title=""):
    path = workbook({"Lembar": [[title], HEADINGS, *rows]})
    strike(path, row=3)
    by = people.office(who)
    with scope.enter(by), path.open("rb") as file:
        job = actions.receive(by=by, file=file, filename=path.name)
    actions.advance(job.pk)
    with scope.whole_country("tests"):
        return {code for row in ImportRow.objects.filter(job=job) for code in row.codes}


def strike(path, row):
    """Strike through the name in a row."""
    book = openpyxl.load_workbook(path)
    book.active.cell(row, 2).font = openpyxl.styles.Font(strike=True)
    book.save(path)


def test_every_code_occurs_on_an_imported_list_or_a_proposed_person(workbook):
    people.worker(30, people.BOGORAN, name="BAGUS")
    met = imported(workbook, "rini", ROWS)
    met |= imported(workbook, "kartika", [row(30, name="BAGUS")], title="DESA BOGORAN")
    met |= proposing()
    met |= gone() | moved() | asked_of_two() | going_on() | returning()
    assert set(CODES) - met == set()


def proposing():
    with scope.whole_country("tests"):
        tobacco, fishing = Occupation.objects.all()[:2]
    strict = making.programme(
        occupations=[tobacco], minimum_age=17, required_registry="DTSEN", consent_required=True,
        family_limit=1,
    )  # fmt: skip
    with scope.whole_country("tests"):
        StatementRule.objects.create(
            programme=strict, regency_id=people.TRENGGALEK, weight=Weight.REQUIRED
        )
        ReverificationRule.objects.create(programme=strict, regency_id=people.TRENGGALEK, months=3)
    employer = people.worker(43, occupation_id="employer", kk="3503070101200001")
    making.crowd(strict, 1, Entry.State.SUBMITTED, first=44, area=people.BOGORAN)
    with scope.whole_country("tests"):
        Worker.objects.filter(entries__programme=strict).update(kk=employer.kk)
    people_ = [
        people.worker(40, birth_date=date(1930, 1, 1), findings=["rt.missing"], occupation=fishing),
        people.worker(41, birth_date=date(2020, 1, 1), ended_on="2026-01-01", ended_reason="died",
                      ended_document="Surat 1"),
        people.worker(42),
        employer,
    ]  # fmt: skip
    with scope.whole_country("tests"):
        Membership.objects.create(worker=people_[2], area_id=people.SENDEN)
        people.cover(people_[2], date(2026, 1, 1), date(2026, 3, 1))
        people.cover(employer, date(2025, 1, 1), date(2026, 1, 1))
        found = candidates.examine(strict, Worker.objects.filter(pk__in=[w.pk for w in people_]))
        against = [finding for verdict in found.values() for finding in verdict.against]
        assert all(finding.message for finding in against)
        return {finding.code for finding in against}


def going_on():
    """Findings about a person whose membership goes on: old, in arrears, and handed in as new."""
    subsidy = making.programme(name="Program 98", first_month=date(2026, 4, 1), months=9)
    proposal = making.submitted(subsidy, 1, first=98, birth_date=date(1961, 4, 2))
    (entry,) = making.entries(proposal)
    people.cover(entry.worker, date(2025, 1, 1), date(2026, 2, 1))
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=entry.worker_id).update(
            birth_date=date(1960, 1, 1), position="Ketua RT 1", term_end=date(2026, 6, 30)
        )
    people.worker(99, position="RT 001")
    with scope.enter(people.office("kartika")):
        illness.answer(entry.worker_id, True)
    return codes_on(proposal)


def returning():
    """Findings about a person who has left a programme and is proposed again."""
    proposal = making.approved(making.programme(name="Program 93"), 1, first=93)
    stories.left(making.entries(proposal)[0], reason="formal", on=date(2026, 1, 2))
    other = making.programme(name="Program 94", first_month=date(2026, 7, 1), months=6)
    return codes_on(two_programmes.also(other, proposal))


def gone():
    """Findings about people who died or moved after they were put on a list."""
    for first, how_far in ((50, str), (60, drafts.draft), (65, frozen), (70, issued)):
        subsidy = making.programme(name=f"Program {first}")
        entry = making.entries(making.approved(subsidy, 2, first=first))[0]
        how_far(subsidy)
        departures.end(entry)
    moving = making.submitted(making.programme(name="Program 80"), 1, first=80)
    departures.move(making.entries(moving)[0], people.BOGORAN)
    rini = people.office("rini")
    with scope.enter(rini):
        shown = [
            entry
            for programme in PremiumSubsidy.objects.all()
            for entry in lists.page_of(
                Entry.objects.filter(programme=programme), programme, {}, office=rini
            )
        ]
        return {finding.code for entry in shown for finding in entry.findings}


def asked_of_two():
    """Findings about a person on the lists of two programmes."""
    first = making.submitted(making.programme(name="Program 95"), 1, first=95)
    return codes_on(two_programmes.also(making.programme(name="Program 96"), first))


def codes_on(proposal):
    """The codes of the findings that the verifier sees on a list."""
    rows, vera = Entry.objects.filter(proposal=proposal), people.office("vera")
    with scope.enter(vera):
        page = lists.page_of(rows, proposal.programme, {}, office=vera)
        return {finding.code for entry in page for finding in entry.findings}


def moved():
    """Findings about a person whom a decision about duplicates has moved."""
    worker = people.worker(90)
    whole_person.decide(whole_person.claimed(worker))
    return set(making.fresh(worker).findings)


def issued(subsidy):
    drafts.issue(drafts.draft(subsidy, number="2"))


def frozen(subsidy):
    signing.freeze(signing.unnumbered(subsidy))
