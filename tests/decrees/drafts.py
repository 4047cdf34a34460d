"""Helpers that create programmes with approved people, and their decrees."""

from datetime import date

from enrollment.decrees import actions, issuing, printing
from enrollment.decrees.models import Decree
from enrollment.programmes.models import LegalBasis, PremiumSubsidy
from enrollment.proposals.models import Entry, Proposal
from tests import people
from villages import scope
from villages.refusals import Refusal

WORDS = {
    "number": "188.45/280/406.001.3/2026",
    "date": date(2026, 3, 17),
    "title": "Penerima Bantuan Iuran Tahun 2026",
    "legal_basis": "Peraturan Bupati Trenggalek Nomor 12 Tahun 2024\nInpres Nomor 2 Tahun 2021",
}


def programme(name="Pekerja Rentan", regency=people.TRENGGALEK, *, rests=True, **values):
    """A programme that `rests` on a regulation."""
    with scope.whole_country("tests"):
        made = PremiumSubsidy.objects.create(
            regency_id=regency,
            name=name,
            **{
                "year": 2026,
                "fund_id": "apbd",
                "components": ["JKK", "JKM"],
                "first_month": date(2026, 4, 1),
                "months": 9,
                "prices": {"": [16_800] * 9},
                "ceiling": 10_000_000_000,
                "state": "open",
                **values,
            },
        )
        if rests:
            LegalBasis.objects.create(
                programme=made,
                regency_id=regency,
                position=1,
                number="12 Tahun 2024",
                date=date(2024, 5, 2),
                title="Pelindungan Pekerja Rentan",
            )
        return made


def basis(subsidy, position, kind, number, **values):
    """One more legal basis of the programme."""
    with scope.whole_country("tests"):
        return LegalBasis.objects.create(
            programme=subsidy, regency_id=subsidy.regency_id, position=position, kind=kind,
            number=number, **values,
        )  # fmt: skip


def approve(subsidy, *workers, state=Entry.State.APPROVED):
    """Put people on their villages' lists with all signatures."""
    maker, checker, approver = (
        people.office("kartika"),
        people.office("vera"),
        people.office("amir"),
    )
    with scope.whole_country("tests"):
        for worker in workers:
            proposal, _ = Proposal.objects.get_or_create(
                programme=subsidy, area_id=worker.area_id, defaults={"created_by": maker}
            )
            Entry.objects.create(
                proposal=proposal,
                programme=subsidy,
                worker=worker,
                area_id=worker.area_id,
                state=state,
                cost=subsidy.cost_a_person,
                submitted_by=maker.user,
                verified_by=checker.user,
                approved_by=approver.user,
            )


def draft(subsidy, by="rini", **words):
    """A draft with everybody approved, complete unless `words` say otherwise."""
    office = people.office(by)
    with scope.enter(office):
        return actions.draft(by=office, programme=subsidy, **WORDS | words)


def begin(decree, by="rini"):
    """Start to issue the decree; returns the job."""
    office = people.office(by)
    with scope.enter(office):
        return actions.issue(decree, by=office)


def issue(decree, by="rini"):
    """Issue the decree as a worker would; Refusal if it cannot be issued."""
    job = begin(decree, by)
    issuing.advance(job.pk)
    with scope.enter(people.office(by)):
        job.refresh_from_db()
        if job.state == job.State.REFUSED:
            raise Refusal(job.message)
        return Decree.objects.get(pk=decree.pk)


def go_on(decree):
    """Finish the issue that a page has started, as a worker would."""
    with scope.whole_country("tests"):
        job = decree.issues.latest("created_at")
    issuing.advance(job.pk)


def printed(decree):
    """Write the annex files of an issued decree as a worker would. Returns version → row."""
    with scope.whole_country("tests"):
        waiting = list(decree.annexes.all())
    for annex in waiting:
        printing.advance(annex.pk)
    with scope.whole_country("tests"):
        return {annex.version: annex for annex in decree.annexes.all()}


def village_of(number, area=people.SENDEN, **values):
    """A person of a village; see `people.worker`."""
    return people.worker(number, area, **values)
