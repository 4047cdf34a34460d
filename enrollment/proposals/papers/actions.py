"""Making a list's papers, attaching the signed scan, and what handing in asks of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files import File
from django.db import transaction
from django.db.models import Max, Min, Sum
from django.utils import timezone

from enrollment.coverage.rules import in_words
from enrollment.programmes import months
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import decisions
from enrollment.proposals.models import Entry, EntryQuerySet, Proposal
from enrollment.proposals.papers import copying
from enrollment.proposals.papers.models import Paper, PaperHandover, PaperRule, PaperScan
from enrollment.proposals.papers.rules import About, Asked, Meeting
from enrollment.proposals.steps import NEEDED
from enrollment.proposals.verbs import State
from enrollment.workbooks import scans
from villages import access
from villages.models import Area, Office, Regency
from villages.refusals import Refusal, translating

if TYPE_CHECKING:
    from collections.abc import Iterable

NOBODY = (
    "Belum ada yang dapat diajukan, jadi belum ada naskah yang dibuat. Lengkapi data orang yang "
    "bertanda, atau tambahkan orang lain."
)
NOT_NEEDED = (
    "Yang dikembalikan dan sudah diperbaiki boleh diajukan lagi tanpa naskah baru. Langsung saja "
    "ajukan dari daftarnya."
)
NO_PROFILE = "Profil kabupaten belum diisi. Minta admin kabupaten melengkapinya di Pengaturan."
NOT_MADE = (
    "Program ini meminta naskah bertanda tangan. Buat naskahnya di sini, cetak, minta tanda "
    "tangan, lalu unggah pindaiannya."
)
OUTDATED = (
    "Data berubah sesudah naskah dibuat, jadi belum ada yang diajukan. Lihat perubahannya di sini, "
    "lalu buat naskah yang baru."
)
OF_ANOTHER = (
    "Naskah ini pernyataan kepala yang lain, jadi belum ada yang diajukan. Buat naskah baru atas "
    "nama Anda di sini, cetak, tanda tangani, lalu unggah pindaiannya."
)
NOT_SCANNED = (
    "Pindaian naskah yang sudah ditandatangani belum diunggah, jadi belum ada yang diajukan. "
    "Unggah di sini, lalu ajukan."
)
OLD_PAPER = "Sudah ada naskah yang lebih baru. Unggah pindaiannya pada naskah itu."
NO_FILE = "Pilih paling sedikit satu berkas."
TOO_MANY = (
    f"Satu pindaian paling banyak {scans.MOST_SCANS} berkas. Gabungkan halamannya menjadi PDF, "
    "atau ganti pindaian yang lama."
)
SENTENCES = {
    "paper_number_once": "Naskah ini baru saja dibuat. Muat ulang halamannya.",
    "paper_scan_position": "Berkas lain baru saja masuk. Muat ulang halamannya, lalu unggah lagi.",
}


class MissingPaper(Refusal):
    """A list is not handed in for want of papers; their page says what to do."""


def rule_of(programme: PremiumSubsidy) -> PaperRule:
    """What the programme asks; nothing where nobody has said so."""
    kept = PaperRule.objects.filter(pk=programme.pk).first()
    return kept or PaperRule(programme=programme, regency_id=programme.regency_id)


def set_rule(
    programme: PremiumSubsidy, *, asked: str, niks: str, returned_too: bool, by: Office
) -> None:
    access.permit(by, "programme.make")
    values = {"asked": asked, "niks": niks, "returned_too": returned_too}
    values |= {"regency_id": programme.regency_id}
    PaperRule.objects.update_or_create(pk=programme.pk, defaults=values)


def latest(proposal: Proposal) -> Paper | None:
    paper: Paper | None = Paper.objects.filter(proposal=proposal).exclude(sha256="").first()
    return paper


def named_in_papers(rule: PaperRule, entries: Sequence[Entry]) -> list[int]:
    """The ids of those of the rows that are handed in with papers."""
    return [entry.pk for entry in entries if rule.returned_too or entry.state == State.DRAFT]


def make(
    proposal: Proposal, rows: EntryQuerySet, *, meeting: Meeting, by: Office
) -> tuple[Paper, bool]:
    """Freeze those of `rows` (what the office may hand in today) who have no finding, as papers.

    Returns the papers and whether they are new: pressed twice, the second press finds the same
    people with the same data and gives the same papers. Refusal where there is nobody, and where no
    month of the wave is left to be paid.
    """
    access.permit(by, "paper.make")
    rule = rule_of(proposal.programme)
    months.refuse_none_left(proposal.programme, months.first_payable(proposal.programme))
    with translating(SENTENCES), transaction.atomic():
        Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
        ready = decisions.eligible_of(proposal.programme, list(rows.order_by("pk").only(*NEEDED)))
        entries = named_in_papers(rule, ready)
        if not entries:
            raise Refusal(NOT_NEEDED if ready else NOBODY)
        last = latest(proposal)
        if (
            last
            and last.is_of(by)
            and _says_the_same(last, rule, meeting, proposal.programme, entries)
        ):
            return last, False
        return _write(proposal, entries, rule, meeting, by=by), True


def _says_the_same(
    paper: Paper, rule: PaperRule, meeting: Meeting, programme: PremiumSubsidy,
    entries: Sequence[int],
) -> bool:  # fmt: skip
    return (paper.niks, paper.meeting) == (rule.niks, meeting) and fits(paper, programme, entries)


def _write(
    proposal: Proposal, entries: Sequence[int], rule: PaperRule, meeting: Meeting, *, by: Office
) -> Paper:
    before = Paper.objects.filter(proposal=proposal).aggregate(last=Max("number"))["last"]
    paper = Paper.objects.create(
        proposal=proposal, area_id=proposal.area_id, number=(before or 0) + 1, niks=rule.niks,
        about=_about(proposal, by), meeting_on=meeting.on, meeting_at=meeting.at,
        meeting_place=meeting.place, attendance=meeting.attendance, office=by, name=str(by.user),
    )  # fmt: skip
    copying.copy_rows(paper.pk, proposal.programme, entries)
    paper.people = len(entries)
    paper.total = paper.rows.aggregate(total=Sum("cost"))["total"]
    paper.sha256 = copying.seal_of_paper(paper.pk)
    paper.save(update_fields=["people", "total", "sha256"])
    return paper


def _about(proposal: Proposal, by: Office) -> About:
    """The words of the papers, as they are today."""
    profile = Regency.objects.select_related("area").of(proposal.area_id)
    if profile is None:
        raise Refusal(NO_PROFILE)
    area, programme = proposal.area, proposal.programme
    district = Area.objects.get(pk=area.district_code)
    return {
        "regency": profile.area.name,
        "district": f"{district.get_kind_display()} {district.name}",
        "unit_word": profile.unit_word(area),
        "village": area.name,
        "head_word": profile.head_word(area),
        "head_name": str(by.user),
        "programme": str(programme),
        "months": in_words(months.in_order(programme, months.first_payable(programme))),
    }


def fits(paper: Paper, programme: PremiumSubsidy, entries: Sequence[int]) -> bool:
    """Whether papers name exactly these rows, with the data that they have now."""
    return (
        paper.people == len(entries) and copying.seal_of_today(programme, entries) == paper.sha256
    )


def check(proposal: Proposal, going: Sequence[Entry], *, by: Office) -> Paper | None:
    """The papers with which `by` hands these held rows in; None without any. They are its own: the
    head declares in them what an earlier head cannot declare any more.

    MissingPaper where the programme requires papers that name exactly these people, with a scan.
    """
    if proposal.agency_id:
        return None
    rule = rule_of(proposal.programme)
    entries = named_in_papers(rule, going)
    paper = latest(proposal) if entries else None
    fit = paper if paper and fits(paper, proposal.programme, entries) else None
    if rule.asked == Asked.REQUIRED and entries:
        if not fit:
            raise MissingPaper(OUTDATED if paper else NOT_MADE)
        if not fit.is_of(by):
            raise MissingPaper(OF_ANOTHER)
        if not fit.scans.exists():
            raise MissingPaper(NOT_SCANNED)
    return fit if fit and fit.is_of(by) else None


def note_handover(paper: Paper | None, *, by: Office) -> None:
    """Keep with which papers people have been handed in."""
    if paper:
        PaperHandover.objects.create(
            paper=paper, area_id=paper.area_id, office=by, name=str(by.user),
            scan_version=paper.scans.aggregate(last=Max("version"))["last"],
        )  # fmt: skip


def changed_after_handover(paper: Paper) -> PaperScan | None:
    """The newest scan that came after people were first handed in with these papers: the verifier
    is told, since it is not what they were handed in with."""
    first = paper.handovers.aggregate(at=Min("at"))["at"]
    if first is None:
        return None
    late: PaperScan | None = paper.scans.filter(at__gt=first).order_by("-at").first()
    return late


def told_apart(
    files: Iterable[File[bytes]],
) -> tuple[list[File[bytes]], list[str]]:
    """The files that can be taken, and a sentence with the name of each that cannot: over a slow
    line nobody sends ten photos again because of one."""
    good: list[File[bytes]] = []
    wrong: list[str] = []
    for file in files:
        try:
            _kind(file)
        except Refusal as refusal:
            wrong.append(str(refusal))
        else:
            good.append(file)
    return good, wrong


def attach(
    paper: Paper, files: Iterable[File[bytes]], *, replace: bool, by: Office
) -> list[PaperScan]:
    """Keep files of the signed papers, in their order: added to the newest scan, or as a new one
    that replaces it. All of them or none: Refusal with the name of a file that cannot be taken.
    """
    access.permit(by, "paper.scan")
    given = list(files)
    if not given:
        raise Refusal(NO_FILE)
    kinds = [_kind(file) for file in given]
    with translating(SENTENCES), transaction.atomic():
        Proposal.objects.select_for_update(of=("self",), no_key=True).get(pk=paper.proposal_id)
        if Paper.objects.filter(proposal=paper.proposal_id, number__gt=paper.number).exists():
            raise Refusal(OLD_PAPER)
        kept = list(paper.scans.order_by("-version", "-position"))
        version = kept[0].version if kept else 1
        taken = {scan.sha256 for scan in kept if scan.version == version}
        position = 0 if replace or not kept else kept[0].position
        if replace and kept:
            version, taken = version + 1, set()
        made = []
        for file, kind in zip(given, kinds, strict=True):
            if (digest := scans.digest(file)) in taken:
                continue  # sent twice
            taken.add(digest)
            position += 1
            made.append(_scan(paper, file, kind, digest, version, position, by))
        if position > scans.MOST_SCANS:
            raise Refusal(TOO_MANY)
        for scan, file in made:
            scan.file.save("", file, save=False)
        return PaperScan.objects.bulk_create(scan for scan, _ in made)


def _scan(
    paper: Paper, file: File[bytes], kind: scans.Kind, digest: str, version: int, position: int,
    by: Office,
) -> tuple[PaperScan, File[bytes]]:  # fmt: skip
    scan = PaperScan(
        paper=paper, area_id=paper.area_id, version=version, position=position,
        filename=PurePath(file.name or "").name[:255] or "pindaian", kind=kind, size=file.size,
        sha256=digest, office=by, name=str(by.user), at=timezone.now(),
    )  # fmt: skip
    return scan, file


def _kind(file: File[bytes]) -> scans.Kind:
    try:
        return scans.kind_of(file, file.size)
    except scans.UnreadableScan as wrong:
        raise Refusal(f"Berkas “{file.name}” {wrong}") from wrong
