"""Three places, each with rows of every kind. Their names are unique, so that a leak is noticed:
an answer that contains a name from another place shows something that it must not.
"""

from datetime import date, timedelta
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from enrollment.bands.models import ApprovalBand
from enrollment.coverage.models import CoverSource
from enrollment.decrees.annexes import printing as pdf_printing
from enrollment.decrees.annexes.models import AnnexLook, AnnexPdf
from enrollment.decrees.arrangement.models import AnnexArrangement
from enrollment.decrees.by_villages.models import DecidedByVillages, VillageBudget
from enrollment.decrees.header import coded, header_of
from enrollment.decrees.letters import default
from enrollment.decrees.letters.models import LetterTemplate
from enrollment.decrees.models import Decree, DecreeAnnex, DecreeChange, DecreeEntry
from enrollment.decrees.moving import move
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.signing.models import DecreeFile, DecreeReceiving
from enrollment.desk.models import UsualReason
from enrollment.duplicates.models import DuplicateCase
from enrollment.illness import actions as illness
from enrollment.imports.models import Import, ImportRow
from enrollment.leavings.models import Leaving, LeavingStep
from enrollment.matching.models import Answer, AnswerFile, Batch, Layout, Line
from enrollment.programmes.models import LegalBasis, Payer, PremiumSubsidy, Quota
from enrollment.proposals.models import BulkDecision, Entry, Proposal, Step
from enrollment.proposals.papers.models import Paper, PaperRow, PaperScan
from enrollment.registrations.models import FileDefaults, Registering
from enrollment.renewals.models import Continuation, RenewalCheck
from enrollment.reverification.models import Reverification, ReverificationRule
from enrollment.schedules.models import Freeze
from enrollment.statements.models import StatementRule
from enrollment.workers.models import Disclosure, WorkerSource
from enrollment.workers.rechecks.models import Recheck
from tests import people
from tests.decrees import drafts
from villages import areas, scope
from villages.models import Agency, RolePair

PLACES = {
    "senden": (people.SENDEN, "olan"),
    "bogoran": (people.BOGORAN, "bagus"),
    "baureno": (people.BAURENO, "kades_baureno"),
}

WAYS = {people.SENDEN: "dpmd"}
"""Village → the way that its list took, if not directly: the DPMD sees that one alone."""

LONG_AGO = date(2020, 1, 1)


COLUMNS = [[at, name, name] for at, name in enumerate(
    ("nik", "name", "kk", "mother_name", "phone", "birth_date")
)]  # fmt: skip
REGENCIES = {"senden": "trenggalek", "bogoran": "trenggalek", "baureno": "bojonegoro"}
"""Place → its regency, whose own rows (programmes, decrees) all of its villages may see."""


def canary(place):
    """A name that occurs nowhere else, for the people and documents of a place or regency."""
    return f"KENARI{place.upper()}"


def build():
    """Fill the three places; returns place → its rows."""
    people.NAMES.setdefault("kades_baureno", (people.Role.VILLAGE_HEAD, people.BAURENO))
    subsidies = {}
    return {
        place: _fill(place, area, people.office(maker), number, subsidies)
        for number, (place, (area, maker)) in enumerate(PLACES.items(), start=100)
    }


def _fill(place, area, maker, number, subsidies):
    name = canary(place)
    worker = people.worker(number, area, name=name, **_private(number))
    claimed = people.worker(number + 50, area, name=f"{name} GANDA", **_private(number + 50))
    regency = areas.at_level(area, areas.REGENCY)
    with scope.enter(maker):
        illness.answer(worker.pk, True)
    with scope.whole_country("tests"):
        subsidy = subsidies.get(regency) or _subsidy(regency, place)
        subsidies[regency] = subsidy
        rows = SimpleNamespace(area=area, worker=worker, subsidy=subsidy, maker=maker)
        rows.basis = subsidy.legal_bases.get()
        rows.agency = Agency.objects.get_or_create(
            regency_id=regency, name=f"Dinas {canary(REGENCIES[place])}"
        )[0]
        StatementRule.objects.get_or_create(programme=subsidy, regency_id=regency)
        ReverificationRule.objects.get_or_create(
            programme=subsidy, regency_id=regency, defaults={"months": 3}
        )
        WorkerSource.objects.create(worker=worker, area_id=area, registry=f"REG{name}")
        Quota.objects.create(programme=subsidy, area_id=area, people=10)
        rows.upload = _upload(maker, area, worker, name)
        rows.differing, rows.faulty = 1, 2
        rows.recheck = Recheck.objects.create(
            office=maker, area_id=area, state="done", total=1, cursor=1
        )
        rows.proposal, rows.entry = _proposal(maker, subsidy, area, worker)
        rows.paper, rows.scan = _paper(maker, rows.entry, worker)
        rows.bulk = BulkDecision.objects.create(
            office=maker, area_id=area, programme=subsidy, proposal=rows.proposal, chosen={},
            verb_name="withdraw", reason=f"Karena {name}", seen_at=timezone.now(), phase="decide",
            state="done", total=1, cursor=1, decided=1,
        )  # fmt: skip
        rows.pair, _ = RolePair.objects.get_or_create(
            regency_id=regency, first="bpjs", second="opd",
            defaults={"reason": f"Karena {canary(REGENCIES[place])}"},
        )  # fmt: skip
        rows.band, _ = ApprovalBand.objects.get_or_create(
            regency_id=regency, amount_from=9_000_000_000_000, approvers=2
        )
        rows.freeze = Freeze.objects.create(
            regency_id=regency,
            move="all",
            first=LONG_AGO,
            last=LONG_AGO,
            reason=f"Karena {canary(REGENCIES[place])}",
        )
        rows.reason = UsualReason.objects.create(
            regency_id=regency,
            verb_name="return",
            text=f"Karena {canary(REGENCIES[place])} {place}",
        )
        rows.decree = _decree(maker, subsidy, place, rows)
        frozen = _frozen(maker, subsidy, place, area)
        rows.pdf_full, rows.pdf_masked = (_pdf(frozen, maker, to) for to in ("full", "masked"))
        AnnexLook.objects.get_or_create(regency_id=regency)
        AnnexArrangement.objects.get_or_create(
            regency_id=regency,
            defaults={
                "columns": ["name", "nik_kk", "birth", "address", "village", "cost"],
                "second_title": "Saksi",
                "second_name": canary(REGENCIES[place]),
            },
        )  # fmt: skip
        LetterTemplate.objects.create(
            regency_id=regency, filename=f"{canary(REGENCIES[place])}.docx", office=maker,
            file=SimpleUploadedFile("x", default.template()), sha256="0" * 64,
            name=canary(REGENCIES[place]),
        )  # fmt: skip
        rows.decree_file = DecreeFile.objects.create(
            decree=rows.decree, regency_id=regency, kind="sent", people=1, ending="pdf",
            file=SimpleUploadedFile("x", worker.nik.encode()), filename="naskah.pdf", size=16,
            sha256="0" * 64, office=maker, name=canary(REGENCIES[place]),
        )  # fmt: skip
        rows.signatory = Signatory.objects.create(
            regency_id=regency, name=f"Drs. {canary(REGENCIES[place])}", valid_from=LONG_AGO
        )
        rows.own = _own(subsidy, rows, name)
        rows.batch, rows.answers, rows.row_number = _sent(maker, rows, name)
        _renewal(subsidy, rows)
        Reverification.objects.create(
            programme=subsidy, area_id=area, on=LONG_AGO, said_on=LONG_AGO, document=f"BA {name}",
            people=1, office=maker, name=name,
        )  # fmt: skip
        rows.leaving = _leaving(maker, rows.entry, name)
        rows.duplicate = DuplicateCase.objects.create(
            regency_id=regency,
            worker=claimed,
            claimed_by_id=area,
            claimed_values={"name": name, **_private(number + 60, day=str)},
        )
        Disclosure.objects.create(
            kind="view", user=maker.user, office=maker, area_id=area, worker=worker,
            subject=f"worker:{name}",
        )  # fmt: skip
    return rows


def _subsidy(regency, place):
    subsidy = PremiumSubsidy.objects.create(
        regency_id=regency, name=f"Program {canary(REGENCIES[place])}", year=2026, fund_id="apbd",
        components=["JKK", "JKM"], first_month=date(2026, 1, 1), months=12,
        prices={"": [16_800] * 12},
        ceiling=100_000_000, state="open",
    )  # fmt: skip
    name = canary(REGENCIES[place])
    basis = {"position": 1, "number": "1", "title": name, "regency_id": regency}
    LegalBasis.objects.create(programme=subsidy, **basis)
    Payer.objects.create(programme=subsidy, regency_id=regency, agreement_number=name)
    return subsidy


def _own(subsidy, rows, name):
    """A programme that villages decide, with the village's budget, head and draft."""
    own, new = PremiumSubsidy.objects.get_or_create(
        regency_id=subsidy.regency_id, name=f"{subsidy.name} APBDes", year=2026, defaults={
            "fund_id": "apbdes", "components": ["JKK", "JKM"], "first_month": date(2026, 1, 1),
            "months": 12, "prices": {"": [16_800] * 12}, "ceiling": 100_000_000, "state": "open",
        },
    )  # fmt: skip
    if new:
        DecidedByVillages.objects.create(programme=own, regency_id=own.regency_id)
    VillageBudget.objects.create(
        programme=own, area_id=rows.area, ceiling=20_160_000, document=f"Perdes {name}"
    )
    head = Signatory.objects.create(
        regency_id=own.regency_id, village_id=rows.area, name=f"H. {name}", valid_from=LONG_AGO
    )
    decree = Decree.objects.create(
        programme=own, regency_id=own.regency_id, village_id=rows.area, title=f"Desa {name}",
        number=f"1/{name}", signatory=head, drafted_by=rows.maker,
    )  # fmt: skip
    DecreeReceiving.objects.create(
        decree=decree, office=rows.maker, area_id=rows.area, filename=f"{name}.pdf",
        number=f"1/{name}", date=LONG_AGO, state="done",
    )  # fmt: skip
    return own


def _renewal(subsidy, rows):
    """A wave of the year after that continues this one; the person has been checked for it."""
    later, _ = PremiumSubsidy.objects.get_or_create(
        regency_id=subsidy.regency_id, name=subsidy.name, year=2027, defaults={
            "fund_id": "apbd", "components": ["JKK", "JKM"], "first_month": date(2027, 1, 1),
            "months": 12, "prices": {"": [16_800] * 12}, "ceiling": 100_000_000, "state": "open",
        },
    )  # fmt: skip
    link, _ = Continuation.objects.get_or_create(
        programme=later, previous=subsidy, regency_id=subsidy.regency_id
    )
    rows.later = later
    RenewalCheck.objects.create(
        entry=rows.entry, programme=link, proposal=rows.proposal, worker=rows.worker,
        area_id=rows.area, loss=4, checked_at=timezone.now(),
    )  # fmt: skip


def _upload(maker, area, worker, name):
    upload = Import.objects.create(
        office=maker, area_id=area, filename=f"{name}.xlsx", file="imports/none",
        state="waiting", phase="preview", people=2, good=1, total=2, cursor=2,
        columns=[{"sheet": "Pekerja", "row": 1, "signature": "s", "columns": COLUMNS}],
        sheets=[{"name": "Pekerja", "people": 2, "village": "", "district": "", "visible": True,
                 "rows": 2, "sentence": "", "skipped": {}}],
    )  # fmt: skip
    number = int(worker.nik[-4:])
    _row(upload, 1, name, _private(number + 20), nik=worker.nik, severity="clean", worker=worker,
         changes=list(_private(0)),
         before={column: str(getattr(worker, column)) for column in _private(0)})  # fmt: skip
    _row(upload, 2, name, _private(number + 30), nik=people.nik(number + 30, area),
         severity="error", codes=["birth_date.invalid"])  # fmt: skip
    return upload


def _row(upload, position, name, private, *, nik, **values):
    typed = {"nik": nik, "name": name, **private, "birth_date": str(private["birth_date"])}
    ImportRow.objects.create(
        job=upload, area_id=upload.area_id, position=position, sheet="Pekerja", row=position + 1,
        typed=typed, nik=nik, name=name, village_id=upload.area_id, **private, **values,
    )  # fmt: skip


def _private(number, day=lambda day: day):
    """What is masked besides the NIK, different for each number."""
    return {
        "kk": f"350399010120{number:04d}",
        "mother_name": f"BUNDA NOMOR {number:04d}",
        "phone": f"08130000{number:04d}",
        "birth_date": day(date(1971, 1, 1) + timedelta(days=number)),
    }


def _proposal(maker, subsidy, area, worker):
    proposal = Proposal.objects.create(
        programme=subsidy, area_id=area, created_by=maker, submitted_at=timezone.now(),
        route=WAYS.get(area, "langsung"),
    )  # fmt: skip
    entry = Entry.objects.create(
        proposal=proposal, programme=subsidy, worker=worker, area_id=area, state="submitted",
        submitted_by=maker.user,
    )  # fmt: skip
    Step.objects.create(entry=entry, area_id=area, to_state="submitted", office=maker)
    return proposal, entry


def _paper(maker, entry, worker):
    """Papers that write NIKs in full, with a scan whose content is the person's name."""
    place = {"area_id": entry.area_id}
    signed = {"office": maker, "name": f"Kepala {worker.name}", **place}
    about = {
        "regency": "Kabupaten Uji", "district": "Kecamatan Uji", "unit_word": "desa",
        "village": entry.area_id, "head_word": "kepala desa", "head_name": f"Kepala {worker.name}",
        "programme": "Uji", "months": "Januari 2026",
    }  # fmt: skip
    paper = Paper.objects.create(
        proposal=entry.proposal, number=1, niks="whole", about=about, people=1, total=201_600,
        attendance=worker.name, **signed,
    )  # fmt: skip
    PaperRow.objects.create(
        paper=paper, entry=entry, public_id=entry.public_id, position=1, nik=worker.nik,
        name=worker.name, birth_date=worker.birth_date, months=12, cost=201_600, **place,
    )  # fmt: skip
    paper.sha256 = "0" * 64
    paper.save()
    scan = PaperScan(
        paper=paper, version=1, position=1, filename=f"{worker.name}.pdf", kind="pdf", size=9,
        sha256="0" * 64, **signed,
    )  # fmt: skip
    scan.file.save("", ContentFile(worker.name.encode()), save=False)
    scan.save()
    return paper, scan


def _leaving(maker, entry, name):
    """Of somebody who is approved no longer, so that nothing can be decided about it."""
    leaving = Leaving.objects.create(
        entry=entry, area_id=entry.area_id, reason="moved", on=LONG_AGO, words=f"Karena {name}",
        role=maker.role, prepared_by=maker.user, state="prepared",
    )  # fmt: skip
    LeavingStep.objects.create(
        leaving=leaving, area_id=entry.area_id, to_state="prepared", office=maker, name=name,
        role=maker.role,
    )  # fmt: skip
    return leaving


def _decree(maker, subsidy, place, rows):
    area, worker = rows.area, rows.worker
    decree = Decree.objects.create(
        regency_id=subsidy.regency_id, programme=subsidy, number=f"188/{area}",
        date=date(2026, 2, 1), title=f"Tentang {canary(REGENCIES[place])}", legal_basis="Uji",
        drafted_by=maker, people=1,
    )  # fmt: skip
    DecreeEntry.objects.create(
        decree=decree, entry=rows.entry, area_id=area, position=1, nik=worker.nik, name=worker.name,
        kk=worker.kk, birth_date=worker.birth_date,
        village=area, district=area, months=12, premium=16_800, cost=201_600,
    )  # fmt: skip
    return decree


def _frozen(maker, subsidy, place, area):
    """A list that waits to be signed; only of such a one and of an issued decree there are PDFs."""
    decree = Decree.objects.create(
        regency_id=subsidy.regency_id, programme=subsidy, number=f"189/{area}",
        title=f"Tentang {canary(REGENCIES[place])}", legal_basis="Uji", drafted_by=maker, people=1,
    )  # fmt: skip
    for state in (Decree.State.FREEZING, Decree.State.READY):
        decree.sha256 = "1" * 64 if state == Decree.State.READY else ""
        move(decree, state, by=maker)
    return decree


def _sent(maker, rows, name):
    """A file for BPJS with the person in it, and an answer that waits to be looked at."""
    regency, worker = rows.decree.regency_id, rows.worker
    FileDefaults.objects.get_or_create(programme=rows.subsidy, defaults={
        "regency_id": regency, "place_of_work": "1", "employment": "1",
    })  # fmt: skip
    batch = Batch.objects.create(
        regency_id=regency, layout=Layout.objects.get(kind="new"), code=rows.area[-6:],
        office=maker, name=name, people=1,
    )  # fmt: skip
    Registering.objects.create(
        decree=rows.decree, batch=batch, office=maker, area_id=regency, state="done", total=1
    )
    payload = {
        "key": f"{batch.code}-000001", "nik": worker.nik, "name": worker.name,
        "birth_date": worker.birth_date.isoformat(), "mother_name": worker.mother_name,
        "phone": worker.phone,
    }  # fmt: skip
    line = Line.objects.create(
        batch=batch, number=1, kind="new", about=rows.decree.entries.get().pk, worker=worker,
        area_id=rows.area, payload=payload, state="sent",
    )  # fmt: skip
    batch.sha256 = "0" * 64
    batch.save()
    answers = AnswerFile.objects.create(
        batch=batch, office=maker, area_id=regency, filename=f"{name}.xlsx", sha256="0" * 64,
        state="waiting", phase="look", total=1, cursor=1,
    )  # fmt: skip
    Answer.objects.create(
        file=answers, area_id=rows.area, row=2, line=line, how="key", state="accepted",
        label=f"Valid {name}", name=name,
    )  # fmt: skip
    return batch, answers, 1


def _pdf(decree, maker, version):
    return AnnexPdf.objects.create(
        decree=decree, office=maker, area_id=decree.regency_id, version=version, total=1,
        paper="f4-across", signing="ink", seal=decree.sha256, issued=decree.is_issued,
    )  # fmt: skip


def issue(rows):
    """As if the decree of a place had been issued, with both annexes printed."""
    rini = people.office("rini")
    with scope.enter(rini):
        decree = Decree.objects.get(pk=rows.decree.pk)
        decree.sha256, decree.issued_by, decree.issued_at = "0" * 64, rini, timezone.now()
        decree.header, decree.total = coded(decree, header_of(decree)), 201_600
        decree.cover_source = CoverSource.objects.create(
            regency_id=decree.regency_id, name="Uji", document="Uji"
        )
        for state in (Decree.State.ISSUING, Decree.State.ISSUED):
            move(decree, state, by=rini)
        for version in DecreeAnnex.Version:
            DecreeAnnex.objects.create(
                decree=decree, office=people.office("rini"), area_id=decree.regency_id,
                version=version, total=1,
            )  # fmt: skip
        rows.pdf_full, rows.pdf_masked = (_pdf(decree, rini, to) for to in ("full", "masked"))
        _amendment(decree, rini)
    drafts.printed(decree)
    for pdf in (rows.pdf_full, rows.pdf_masked):
        pdf_printing.advance(pdf.pk)


def _amendment(decree, by):
    """A draft that takes the decree's person out of it."""
    amendment = Decree.objects.create(
        regency_id=decree.regency_id, programme_id=decree.programme_id, title=decree.title,
        legal_basis="Uji", drafted_by=by, amends=decree, ordinal=1,
    )  # fmt: skip
    named = decree.entries.get()
    copied = {
        name: getattr(named, name)
        for name in ("area_id", "position", "nik", "kk", "name", "birth_date", "village")
    }
    DecreeChange.objects.create(
        decree=amendment, row=named, kind="out", district=named.district, months=12, cost=201_600,
        **copied,
    )  # fmt: skip


def ended_office():
    """Somebody whose office in Senden ended yesterday."""
    today = timezone.localdate()
    return people.hold(
        "mantan", people.Role.VILLAGE_HEAD, people.SENDEN, ends_on=today - timedelta(days=1)
    )
