"""Senden with something on every page: people, lists on their way in, decisions of each kind."""

from datetime import date
from types import SimpleNamespace

from django.utils import timezone

from enrollment.duplicates.models import DuplicateCase
from enrollment.programmes import grounds
from enrollment.programmes.models import LegalBasis
from enrollment.proposals import bulk
from enrollment.proposals.models import Entry
from enrollment.retention.models import Removal
from enrollment.workers.models import Worker
from enrollment.workers.rechecks import actions
from tests import people
from tests.decrees import drafts, signing
from tests.imports.pages import test_lists_in_a_browser as imports
from tests.proposals import making
from villages import scope

LONG = "NI LUH PUTU AYU WIDYASTUTI KUSUMANINGRUM SASTRODIWIRYO"
TOO_OLD = {"birth_date": "1930-01-01"}


def build():
    """Fill Senden. Returns sets of rows; the rows for an address are looked up in each set."""
    with scope.whole_country("tests"):
        Removal.objects.create(kind="log_ins", before=timezone.now(), removed=12)
    people.worker(900, name=LONG, findings=["rt.missing", "kk.format"], rt="", hamlet="Krajan",
                  position="Ketua RT 02", occupation_text="PENGEPUL BARANG BEKAS")  # fmt: skip
    ended = people.worker(901, ended_on="2026-08-17", ended_reason="died", ended_document="Surat 1")
    proposal = _list_in_every_state()
    decreed, decrees = _decrees()
    entries = _one_of_each_state(proposal)
    gone = [_died(proposal=proposal), _died(decree_rows__decree=decrees[0])]
    return [
        SimpleNamespace(
            area=people.SENDEN,
            maker=people.office("kartika"),
            agency=people.office("tani").agency,
            worker=entries[0].worker,
            subsidy=proposal.programme,
            basis=_basis(proposal.programme),
            proposal=proposal,
            entry=entries[0],
            recheck=_checked_again(),
            duplicate=_duplicate(),
        ),
        *(SimpleNamespace(entry=entry) for entry in [*entries[1:], *gone]),
        *(SimpleNamespace(upload=upload) for upload in _uploads()),
        *(SimpleNamespace(decree=decree) for decree in decrees),
        *(SimpleNamespace(bulk=job) for job in _bulk_decisions()),
        SimpleNamespace(worker=ended),
        SimpleNamespace(subsidy=making.programme(name="Nelayan", opened=False)),
        SimpleNamespace(subsidy=decreed),
        SimpleNamespace(proposal=making.submitted(proposal.programme, 3, by="tani", first=800)),
    ]


def _basis(programme):
    """The second of its legal bases, which can be moved up."""
    basis = LegalBasis(
        kind="permendagri", number="14 Tahun 2025", date=date(2025, 7, 1),
        title="Pedoman Penyusunan Anggaran Pendapatan dan Belanja Daerah Tahun Anggaran 2026",
    )  # fmt: skip
    office = people.office("rini")
    with scope.enter(office):
        grounds.add(basis, to=programme, by=office)
    making.paid_by(
        programme, kind="SG", npp="JJ016200", agreement_number="460/12/PKS/2026", refund="ya",
        agreement_from=date(2026, 1, 1), agreement_until=date(2026, 12, 31),
        subactivity="2.07.05.2.02.0005", accounts="5.1.02.02.02.0006, 5.1.02.02.02.0007",
    )  # fmt: skip
    return basis


def _list_in_every_state():
    """Sixteen people, some of whom wait for a place in the quota."""
    subsidy = making.programme(people_paid=1000, village_quota=14, legal_basis="12/2024")
    proposal = making.draft(subsidy, 16)
    office = people.office("kartika")
    with scope.enter(office):
        making.actions.submit(proposal, by=office)
    pks = [entry.pk for entry in making.entries(proposal) if entry.state == "submitted"]
    why = "Alamatnya bukan di sini; tanyakan dahulu kepada ketua RT."
    making.act("vera", "return", proposal, pks=pks[:2], reason=why)
    making.act("vera", "reject", proposal, pks=pks[2:4], reason="Sudah meninggal.")
    making.act("vera", "verify", proposal, pks=pks[4:10])
    making.act("amir", "approve", proposal, pks=pks[4:7])
    making.draft(subsidy, 2, first=500, findings=["rt.missing", "nik.sex_mismatch"])
    making.draft(subsidy, 1, first=510, **TOO_OLD)
    return proposal


def _one_of_each_state(proposal):
    return list({entry.state: entry for entry in making.entries(proposal)}.values())


def _uploads():
    waiting = imports.preview()
    done = imports.taken(imports.handed_in(imports.SENDENS))
    refused = imports.handed_in(imports.SAMPLES / "hostile" / "bersandi.xlsx")
    reading = imports.handed_in(imports.SENDENS, read=False)
    checked = imports.handed_in(imports.SENDENS, who="vera", check_only=True, area=people.SENDEN)
    return [waiting, done, refused, reading, checked]


def _decrees():
    """The programme, and its decrees in each state."""
    subsidy = making.programme(people_paid=1000, name="Petani tembakau", legal_basis="9/2025")
    making.paid_by(subsidy, kind="SG", agreement_until=date(2026, 10, 31))
    making.approved(subsidy, 6, first=600)
    issued = drafts.issue(drafts.draft(subsidy))
    drafts.printed(issued)
    making.approved(subsidy, 3, first=650, by="bagus", area=people.BOGORAN)
    ready = drafts.draft(subsidy, number="188.45/281/406.001.3/2026")
    making.approved(subsidy, 1, first=660, by="tani")
    lacking = drafts.draft(subsidy, number="", legal_basis="", date=None)
    making.approved(subsidy, 2, first=670)
    issuing = drafts.draft(subsidy, number="188.45/282/406.001.3/2026")
    drafts.begin(issuing)
    to_sign = []
    for number in range(3):
        making.approved(subsidy, 1, first=680 + number)
        to_sign.append(signing.freeze(signing.unnumbered(subsidy)))
    _, sent, back = to_sign
    signing.send(sent)
    signing.send(back, signing.pdf())
    signing.receive(back, signatory=signing.signatory())
    return subsidy, [issued, ready, lacking, issuing, *to_sign]


def _bulk_decisions():
    """Three jobs: one finished and left people out, one is running, one was refused."""
    subsidy = making.programme(people_paid=1, name="Pengrajin bambu")
    vera, amir = people.office("vera"), people.office("amir")
    making.submitted(subsidy, 3, first=700)
    making.submitted(subsidy, 2, by="bagus", first=720, area=people.BOGORAN)
    with scope.whole_country("tests"):
        Worker.objects.filter(name__in=["Pekerja 700", "Pekerja 720"]).update(
            findings=["rt.missing"]
        )
    done = making.begin(vera, "verify", subsidy)
    bulk.proceed(done.pk)
    refused = making.begin(amir, "approve", subsidy)
    bulk.proceed(refused.pk)
    at_work = making.begin(amir, "return", subsidy, reason="Alamatnya belum lengkap.")
    return [done, refused, at_work]


def _died(**held):
    """The last approved person of a list, or of a decree, dies."""
    with scope.whole_country("tests"):
        entries = Entry.objects.filter(state="approved", **held).select_related("worker")
        entry = entries.order_by("pk").last()
        entry.worker.ended_on, entry.worker.ended_reason = "2026-08-17", "died"
        entry.worker.save()
    return entry


def _checked_again():
    office = people.office("rini")
    with scope.enter(office):
        job = actions.start(by=office, area=people.TRENGGALEK)
    actions.proceed(job.pk)
    return job


def _duplicate():
    with scope.whole_country("tests"):
        return DuplicateCase.objects.create(
            regency_id=people.TRENGGALEK, worker=people.worker(902), claimed_by_id=people.BOGORAN,
            claimed_values={"name": "PEKERJA 902", "birth_date": "1980-01-02"},
        )  # fmt: skip
