"""The verbs of a decree: draft, change, refresh, discard, review, freeze, open again and issue;
issued ones never change. Sending and receiving files is the work of `signing`.

A refused attempt to freeze or to issue stays on the page until the draft is changed or refreshed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import F, Max, QuerySet, Sum

from enrollment.coverage.models import LONGEST_DOCUMENT, Cover, CoverSource
from enrollment.decrees import amending, rights, selection
from enrollment.decrees.annex import maker_of
from enrollment.decrees.by_villages import money
from enrollment.decrees.header import coded, header_of
from enrollment.decrees.models import (
    Decree,
    DecreeAnnex,
    DecreeDrafting,
    DecreeEntry,
    DecreeFreezing,
    DecreeIssue,
    Registration,
)
from enrollment.decrees.moving import NOT_IN_ORDER, move
from enrollment.decrees.rules import MARKS, NUMBERED, missing_before_issue
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.states import State
from enrollment.formats import angka, tanggal
from enrollment.jobs import planning
from enrollment.jobs.actions import end, enqueue
from enrollment.jobs.models import Job
from enrollment.jobs.rules import SMALL
from enrollment.programmes.models import PremiumSubsidy
from enrollment.schedules import actions as schedules
from enrollment.schedules.rules import Move
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure, Worker
from villages import scope
from villages.models import Office, ScopedQuerySet
from villages.refusals import Refusal, translating

NUMBER_TAKEN = "Nomor ini sudah dipakai keputusan lain di kabupaten ini. Periksa kembali nomornya."
NUMBER_TAKEN_HERE = "Nomor ini sudah dipakai keputusan Anda yang lain. Periksa kembali nomornya."
NUMBERS_TAKEN = (NUMBER_TAKEN, NUMBER_TAKEN_HERE)
NOT_YOURS = (
    "Siapa yang menetapkan penerima program ini baru saja berubah. Muat ulang halamannya, lalu "
    "mulai lagi."
)
NO_HEAD = (
    "Belum ada penandatangan yang menjabat pada tanggal keputusan. Isi dahulu namanya dan masa "
    "jabatannya di Penandatangan."
)
ALREADY_ISSUED = "Keputusan ini sudah diterbitkan, jadi tidak dapat diubah lagi."
BEING_ISSUED = "Keputusan ini sedang diterbitkan. Tunggu sebentar, lalu muat ulang halamannya."
BEING_FROZEN = "Daftar ini sedang dibekukan. Tunggu sebentar, lalu muat ulang halamannya."
IS_FROZEN = (
    "Daftar ini sudah dibekukan untuk ditandatangani. Buka lagi daftarnya dengan alasan, lalu ubah."
)
WITHDRAWN = "Rancangan ini sudah dibuang."
BEING_DRAFTED = (
    "Daftar orangnya sedang disusun. Tunggu sampai selesai, atau hentikan penyusunannya."
)
NOT_FROZEN = "Daftar ini tidak sedang dibekukan. Muat ulang halamannya."
NOT_BUSY = "Pekerjaan ini sudah selesai atau sudah berhenti. Muat ulang halamannya."
NOT_SIGNED = "Berkas bertanda tangan belum kembali. Unggah berkasnya, lalu terbitkan."
DISCARDED = "Rancangan ini sudah dibuang orang lain. Orang-orangnya tetap disetujui."
COPIED_MEANWHILE = (
    "Orang-orang ini baru saja masuk rancangan lain. Buka daftar keputusan, lalu lanjutkan "
    "rancangan itu."
)
NOBODY = (
    "Tidak ada orang yang dapat dimasukkan: semua yang disetujui pada program ini sudah masuk "
    "keputusan lain, sudah dibayar iurannya pada bulan yang sama, atau tidak memenuhi syarat lagi; "
    "alasannya tertulis pada orangnya di Usulan."
)
NOT_AMENDED = (
    "Yang diubah adalah keputusan pertama yang sudah terbit dan belum dicabut. Buka keputusan itu, "
    "lalu buat perubahannya di sana."
)
AMENDED_ALREADY = (
    "Perubahan keputusan ini sedang dibuat. Lanjutkan atau buang perubahan itu; yang berikutnya "
    "dibuat sesudah ia terbit."
)
NOTHING_CHANGED = (
    "Tidak ada yang berubah sejak keputusan atau perubahan terakhir: tidak ada yang keluar, masuk, "
    "atau datanya diperbaiki."
)
SENTENCES = {
    "decree_number_once": NUMBER_TAKEN,
    "decree_number_once_a_village": NUMBER_TAKEN_HERE,
    "decree_has_its_owner": NOT_YOURS,
    "decree_amended_once_at_a_time": AMENDED_ALREADY,
    "decree_amendment_ordinal_once": AMENDED_ALREADY,
    "amendment_fits": NOT_AMENDED,
    "amendment_in_order": NOT_IN_ORDER,
}
STALE = (
    "Daftar orang berubah sejak disalin ke rancangan ini. Segarkan daftarnya, periksa, lalu "
    "terbitkan."
)


@transaction.atomic
def draft(*, by: Office, programme: PremiumSubsidy, **words: str | date | None) -> Decree:
    """A new draft with everybody approved: of a programme that villages decide, drafted by the head
    of one, those of that village. `words`: number, date, title, legal_basis."""
    made = Decree(
        programme=programme, regency_id=programme.regency_id, village=rights.village_of(by), **words
    )
    rights.permit(by, "decree.make", made)
    return _draft(by, made, NOBODY)


@transaction.atomic
def draft_amendment(*, by: Office, base: Decree, **words: str | date | None) -> Decree:
    """A draft that changes the issued decree `base`: with everybody approved who is in no decree,
    and all who have left its list or were corrected since. One at a time."""
    rights.permit(by, "decree.make", base)
    held = held_decree(base)
    if held.is_amendment or not held.is_issued:
        raise Refusal(NOT_AMENDED)
    amendments = held.amendments.exclude(state=State.WITHDRAWN)
    latest: int = amendments.aggregate(latest=Max("ordinal", default=0))["latest"]
    amendment = Decree(
        programme=held.programme, regency_id=held.regency_id, village_id=held.village_id,
        amends=held, ordinal=latest + 1, **words,
    )  # fmt: skip
    return _draft(by, amendment, NOTHING_CHANGED)


def _draft(by: Office, decree: Decree, empty: str) -> Decree:
    decree.drafted_by = by
    with translating(SENTENCES), transaction.atomic():
        decree.save(force_insert=True)
    if _is_long(decree):
        _copy_by_job(decree, by)
    elif not _copy_people(decree) and not decree.changes.exists():
        raise Refusal(empty)
    return decree


def _is_long(decree: Decree) -> bool:
    """Whether examining everybody takes longer than a page may."""
    return selection.open_to(decree)[: SMALL + 1].count() > SMALL


def _copy_by_job(decree: Decree, by: Office) -> None:
    total = selection.open_to(decree).count()
    enqueue(
        DecreeDrafting.objects.create(
            decree=decree, office=by, area_id=decree.owner_id, total=total
        )
    )


@transaction.atomic
def change(decree: Decree, *, by: Office, **words: str | date | None) -> Decree:
    """Change number, date, title or legal basis of a draft."""
    rights.permit(by, "decree.make", decree)
    held = _held_draft(decree)
    _forget_attempts(held)
    for field, value in words.items():
        setattr(held, field, value)
    with translating(SENTENCES), transaction.atomic():
        held.save(update_fields=list(words))
    return held


@transaction.atomic
def refresh(decree: Decree, *, by: Office) -> int | None:
    """Copy the people anew into a draft. Returns how many there are now; None where the list is
    long, so that a job goes on with it."""
    rights.permit(by, "decree.make", decree)
    held = _held_draft(decree)
    _forget_attempts(held)
    if _is_long(held):
        _copy_by_job(held, by)
        return None
    held.entries.all().delete()
    return _copy_people(held)


def copy_drafted(job: DecreeDrafting) -> None:
    """The end of a `DecreeDrafting`: copy everybody who was examined. Refusal if it is no draft."""
    held = _held_draft(job.decree, job)
    held.entries.all().delete()
    _copy_people(held, job.left_out)


def _forget_attempts(draft: Decree) -> None:
    for attempts in (draft.issues, draft.freezings, draft.draftings):
        attempts.all().delete()
    forget_refused_files(draft)


def forget_refused_files(decree: Decree) -> None:
    """Forget why files that came back were refused. One that is examined now goes on."""
    decree.receivings.filter(state=Job.State.REFUSED).delete()


@transaction.atomic
def discard(decree: Decree, *, by: Office) -> None:
    """Throw a draft away; its people stay approved and wait for another decree. One that was sent
    out to be signed before is kept without people, with its files."""
    rights.permit(by, "decree.make", decree)
    held = _held_draft(decree)
    held.entries.all().delete()
    held.changes.all().delete()
    if held.files.exists():
        held.number, held.people, held.total, held.sha256 = "", 0, 0, ""
        move(held, State.WITHDRAWN, by=by)
    else:
        held.delete()


@transaction.atomic
def give_to_review(decree: Decree, *, by: Office) -> None:
    """Hand a draft to the legal office; Refusal where its title or legal basis is missing."""
    rights.permit(by, "decree.make", decree)
    schedules.refuse_frozen(decree.regency_id, Move.ISSUE)
    held = _held_draft(decree)
    _refuse_lacking(held, but=NUMBERED)
    move(held, State.REVIEW, by=by)


@transaction.atomic
def freeze(decree: Decree, *, by: Office, marking: str, signatory: Signatory | None) -> None:
    """Begin to freeze the list, so that it can be signed: from now on neither words nor people can
    change (`freezing` goes on). `marking` (rules.Marking): how the annex leaves number and date
    open. Refusal as for issuing, but without number and date."""
    rights.permit(by, "decree.make", decree)
    schedules.refuse_frozen(decree.regency_id, Move.ISSUE)
    held = _held_draft(decree)
    _refuse_unless_ready(held, but=NUMBERED)
    if held.village_id and signatory is None:
        raise Refusal(NO_HEAD)
    _forget_attempts(held)
    _drop_annexes(held)
    held.signatory = signatory
    held.header = coded(held, header_of(held, MARKS[marking]))
    held.people, held.total = held.entries.count(), _total(held)
    move(held, State.FREEZING, by=by)
    enqueue(
        DecreeFreezing.objects.create(
            decree=held, office=by, area_id=held.owner_id, total=held.people
        )
    )


@transaction.atomic
def stop(job: DecreeFreezing | DecreeDrafting, *, by: Office) -> None:
    """Stop freezing or drafting a list: the draft stays as it was. Refusal when it is done."""
    rights.permit(by, "decree.make", job.decree)
    rows = type(job).objects.unfinished().select_for_update(of=("self",))
    held = rows.filter(pk=job.pk).first()
    if held is None:
        raise Refusal(NOT_BUSY)
    end(held, Job.State.REFUSED, f"Dihentikan {by.user}. Daftarnya tetap seperti sebelumnya.")
    held.save()
    if isinstance(held, DecreeFreezing):
        move(held_decree(held.decree), State.DRAFT, by=by)


@transaction.atomic
def open_again(decree: Decree, *, by: Office, reason: str) -> None:
    """Take a decree back to a draft, out of review or with its list frozen but not issued. What was
    sent and signed stays; the annex is made anew when the list is frozen again."""
    rights.permit(by, "decree.make", decree)
    held = held_decree(decree)
    if not (held.in_review or held.waits_for_people):
        raise Refusal(why_not_a_draft(held))
    held.sha256 = ""
    move(held, State.DRAFT, by=by, reason=reason)
    _drop_annexes(held)


def _drop_annexes(decree: Decree) -> None:
    """Those of an older state of the list; what was sent is kept among the files."""
    decree.annexes.all().delete()
    decree.pdfs.all().delete()


def take_out(worker: Worker) -> list[DecreeEntry]:
    """Take a person who leaves their village out of the drafts that name them there. Returns the
    rows that stay, as `strike`."""
    return strike(DecreeEntry.objects.filter(entry__worker=worker, entry__area=worker.area_id))


@transaction.atomic
def strike(rows: QuerySet[DecreeEntry]) -> list[DecreeEntry]:
    """Delete those of these rows that stand in a draft. Returns those that stay, as their decree is
    issued or being issued, each with its `decree`.

    The drafts are held before any entry, as by whoever copies people into one. A village's draft,
    which the Dinas may only read, loses whoever leaves all the same.
    """
    with scope.whole_country("struck_from_drafts"):
        return _struck(rows)


def _struck(rows: QuerySet[DecreeEntry]) -> list[DecreeEntry]:
    named = Decree.objects.filter(pk__in=rows.values("decree"))
    held = {decree.pk: decree for decree in named.order_by("pk").select_for_update(of=("self",))}
    kept = []
    for row in rows.filter(decree__in=held):
        row.decree = held[row.decree_id]
        if row.decree.is_draft:
            _strike(row)
        else:
            kept.append(row)
    return kept


def _strike(row: DecreeEntry) -> None:
    """Delete a row of a draft that is held; those below move up."""
    draft = row.decree
    _forget_attempts(draft)
    row.delete()
    below = draft.entries.filter(position__gt=row.position)
    # No two rows have the same number at any moment, so they go out of the way first.
    below.update(position=F("position") + draft.people)
    below.update(position=F("position") - draft.people - 1)
    draft.people, draft.total = draft.entries.count(), _total(draft)
    draft.save(update_fields=["people", "total"])


@transaction.atomic
def issue(decree: Decree, *, by: Office, reason: str = "") -> DecreeIssue:
    """Begin to issue a draft that has everything, or a list that came back signed: from now on
    neither the words nor the list can change (`issuing` goes on).

    Refusal when something is missing, when the list has changed since it was copied, when
    somebody's months are already paid, or when whoever signed was not in office on that day. A list
    whose signed file differs from what was sent needs a `reason`, which is kept. Returns the job.
    """
    rights.permit(by, "decree.make", decree)
    schedules.refuse_frozen(decree.regency_id, Move.ISSUE)
    held = held_decree(decree)
    if held.is_returned:
        _refuse_unless_rightly_signed(held)
    else:
        _refuse_no_draft(held)
        _refuse_unless_ready(held)
        if held.village_id:
            held.signatory = _serving(held)
        held.header = coded(held, header_of(held))
        held.people, held.total = held.entries.count(), _total(held)
        held.sha256 = ""
    held.cover_source = _source(held)
    move(held, State.ISSUING, by=by, reason=reason)
    job = DecreeIssue.objects.create(
        decree=held, office=by, area_id=held.owner_id, total=held.people
    )
    enqueue(job)
    return job


def _serving(decree: Decree) -> Signatory:
    """Who heads the village on the day of its decree, which the form did not ask for."""
    assert decree.date is not None  # noqa: S101 it is ready
    serving = Signatory.objects.of(decree.owner_id).holding(decree.date).first()
    if serving is None:
        raise Refusal(NO_HEAD)
    return serving


def _source(decree: Decree) -> CoverSource:
    """What pays for its people, which may exist from an earlier attempt. Of a village it is always
    a new one: one of the same words can be that of a namesake, whose decrees it does not see."""
    words = {"name": str(decree.programme)[:150], "document": _document(decree)}
    rows = CoverSource.objects.filter(regency=decree.regency_id, decree=None, **words)
    found: CoverSource | None = None if decree.village_id else rows.first()
    return found or CoverSource.objects.create(regency_id=decree.regency_id, **words)


def _document(decree: Decree) -> str:
    """By what its people are protected. A village has numbers of its own, so it is named, too,
    where there is room for its name beside a long number."""
    short = f"Keputusan Nomor {decree.number}"
    if decree.village_id is None:
        return short
    whole = f"Keputusan {maker_of(decree.header)} Nomor {decree.number}"
    return whole if len(whole) <= LONGEST_DOCUMENT else short


def _copy_people(decree: Decree, left_out: dict[str, list[str]] | None = None) -> int:
    with translating({"decree_entry_person_once": COPIED_MEANWHILE}):
        decree.people = selection.copy_people(decree, left_out)
    decree.total = _total(decree)
    decree.save(update_fields=["people", "total", "left_out"])
    if decree.is_amendment:
        amending.copy_changes(decree)
    return decree.people


def _total(decree: Decree) -> int:
    total: int = decree.entries.aggregate(total=Sum("cost", default=0))["total"]
    return total


def _held_draft(decree: Decree, job: DecreeDrafting | None = None) -> Decree:
    """The draft, held; Refusal if it is none, or if a job but `job` copies people into it."""
    held = held_decree(decree)
    _refuse_no_draft(held, job)
    return held


def held_decree(decree: Decree) -> Decree:
    rows = Decree.objects.select_for_update(of=("self",)).select_related(
        "programme", "signatory", "village"
    )
    held = rows.filter(pk=decree.pk).first()
    if held is None:
        raise Refusal(DISCARDED)
    return held


def _refuse_no_draft(decree: Decree, job: DecreeDrafting | None = None) -> None:
    if not decree.is_draft:
        raise Refusal(why_not_a_draft(decree))
    busy = decree.draftings.unfinished()
    if (busy.exclude(pk=job.pk) if job else busy).exists():
        raise Refusal(BEING_DRAFTED)


def why_not_a_draft(decree: Decree) -> str:
    """Why words and people of this decree cannot be changed."""
    if decree.waits_for_people:
        return IS_FROZEN
    return {
        State.FREEZING: BEING_FROZEN,
        State.ISSUING: BEING_ISSUED,
        State.WITHDRAWN: WITHDRAWN,
    }.get(State(decree.state), ALREADY_ISSUED)


def missing(decree: Decree) -> dict[str, str]:
    """What a draft lacks before it can be issued, as field → sentence."""
    return missing_before_issue(
        number=decree.number,
        day=decree.date,
        title=decree.title,
        legal_basis=decree.legal_basis,
        people=decree.entries.exists() or decree.changes.exists(),
    )


def _refuse_lacking(decree: Decree, but: Collection[str] = ()) -> None:
    lacking = [sentence for field, sentence in missing(decree).items() if field not in but]
    if lacking:
        raise Refusal(" ".join(lacking))


def _refuse_unless_rightly_signed(decree: Decree) -> None:
    if sentence := wrongly_signed(decree):
        raise Refusal(sentence)


def wrongly_signed(decree: Decree) -> str:
    """What is against issuing a list as it came back signed; empty if nothing is."""
    if not (decree.date and decree.number.strip()):
        return NOT_SIGNED
    if decree.signatory and (sentence := decree.signatory.outside_term(decree.date)):
        return f"{sentence} Periksa tanggal dan penandatangannya."
    if paid := paid_within(decree).count():
        return (
            f"{angka(paid)} orang dalam daftar sudah dibayar iurannya pada bulan yang sama. "
            "Buka lagi daftarnya, lalu segarkan."
        )
    return over_budget(decree)


def over_budget(decree: Decree) -> str:
    """Why the village's own money does not suffice; empty if it does, and of a regency's decree."""
    if decree.village_id is None:
        return ""
    return money.spending(decree.programme_id, decree.village_id, decree.pk).hindrance


@planning.reading_whole_tables()
def _refuse_unless_ready(decree: Decree, but: Collection[str] = ()) -> None:
    _refuse_lacking(decree, but)
    if sentence := over_budget(decree):
        raise Refusal(sentence)
    if paid := paid_within(decree).count():
        raise Refusal(
            f"{angka(paid)} orang dalam daftar sudah dibayar iurannya pada bulan yang sama. "
            "Lihat siapa saja, lalu segarkan daftarnya."
        )
    difference = selection.difference(decree)
    otherwise = decree.is_amendment and amending.stale(decree)
    if difference.gone or difference.changed or otherwise:
        raise Refusal(STALE)


def paid_within(decree: Decree) -> ScopedQuerySet[Cover]:
    """Covers that already pay for people of the draft's own list, in the same months."""
    return selection.paid_already(decree).filter(worker__in=decree.entries.values("entry__worker"))


@transaction.atomic
def hand_out(decree: Decree, *, version: str, by: Office) -> DecreeAnnex:
    """The finished annex file of a frozen or issued decree; giving out the full one is recorded.

    Refusal while the decree is a draft or its file is still being made.
    """
    if not (decree.is_published or decree.is_frozen):
        raise Refusal("Keputusan ini masih rancangan: lampirannya ada setelah diterbitkan.")
    annex = decree.annexes.filter(version=version, state=DecreeAnnex.State.DONE).first()
    if annex is None:
        raise Refusal("Lampiran masih disiapkan. Tunggu sebentar, lalu coba lagi.")
    if version == DecreeAnnex.Version.FULL:
        record_given_out(decree, by)
    return annex


def record_given_out(decree: Decree, by: Office, people: int | None = None) -> None:
    """That a file which names everybody of a decree in full is given out; `people` where they are
    others than the decree names now."""
    rights.permit(by, "annex.full", decree)
    disclosures.reveal(
        by=by,
        why=Disclosure.Why.ANNEX,
        kind=Disclosure.Kind.EXPORT,
        area=decree.owner_id,
        subject=f"decree:{decree.pk}",
        people=decree.named if people is None else people,
    )


@transaction.atomic
def register(decree: Decree, *, by: Office, on: date, today: date) -> None:
    """Keep that BPJS has registered the people of an issued decree on the day `on`."""
    rights.permit(by, "decree.register", decree)
    if not decree.is_issued or decree.date is None:
        raise Refusal("Keputusan ini masih rancangan: belum ada yang dapat didaftarkan.")
    if not decree.date <= on <= today:
        raise Refusal(
            f"Tanggal pendaftaran harus antara {tanggal(decree.date)} (tanggal keputusan) dan hari "
            "ini."
        )
    _say(decree, by=by, done=True, on=on)


@transaction.atomic
def take_registration_back(decree: Decree, *, by: Office) -> None:
    """Keep that the people of a decree are not registered after all."""
    rights.permit(by, "decree.register", decree)
    if decree.registration:
        _say(decree, by=by, done=False, on=None)


def _say(decree: Decree, *, by: Office, done: bool, on: date | None) -> None:
    Registration.objects.create(
        decree=decree, area_id=decree.owner_id, done=done, on=on, office=by, name=str(by.user)
    )


@transaction.atomic
def print_again(decree: Decree, *, by: Office) -> int:
    """Queue annex files again that could not be written. Returns how many."""
    rights.permit(by, "decree.make", decree)
    refused = decree.annexes.select_for_update().filter(state=DecreeAnnex.State.REFUSED)
    for annex in refused:
        annex.state, annex.attempts, annex.message = DecreeAnnex.State.QUEUED, 0, ""
        annex.save()
        enqueue(annex)
    return len(refused)
