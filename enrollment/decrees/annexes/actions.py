"""Having an annex made as PDF, and giving it out."""

from __future__ import annotations

from contextlib import nullcontext

import structlog
from django.db import transaction

from enrollment.decrees import actions as decrees
from enrollment.decrees import rights, sections
from enrollment.decrees.annexes import document, printing
from enrollment.decrees.annexes.models import VERBS, AnnexLook, AnnexPdf, Version
from enrollment.decrees.annexes.setting import NotSet
from enrollment.decrees.models import Decree
from enrollment.formats import angka
from enrollment.jobs.actions import enqueue
from villages.models import Office
from villages.refusals import Refusal

log = structlog.get_logger(__name__)

SMALL = 300
"""People whose annex is written while the page waits, about a second."""
NO_LIST = "Keputusan ini masih rancangan: lampirannya ada setelah dibekukan atau diterbitkan."
NOT_PUBLIC = "Lampiran untuk diumumkan baru ada sesudah keputusan diterbitkan."
NOT_SET = "PDF belum berhasil dibuat. Coba lagi; bila tetap gagal, hubungi admin portal."


@transaction.atomic
def prepare(
    decree: Decree, *, version: str, paper: str, signing: str, by: Office, wait: bool = False
) -> AnnexPdf:
    """The PDF of a frozen list or an issued decree: the kept one, or one that is written now or by
    a job.

    Who may open the full one has either made; a kecamatan or village downloads what there is.
    `wait` writes it now however large it is. Refusal while the decree is a draft.
    """
    rights.permit_print(by, decree)
    held = decrees.held_decree(decree)
    if not (held.is_published or held.waits_for_people):
        raise Refusal(NO_LIST)
    if version == Version.MASKED and not held.is_published:
        raise Refusal(NOT_PUBLIC)
    values = {"office": by, "area_id": held.owner_id, "total": held.people}
    annex, _ = AnnexPdf.objects.select_for_update(of=("self",)).get_or_create(
        decree=held, seal=held.sha256, issued=held.is_published, version=version, paper=paper,
        signing=signing, defaults=values,
    )  # fmt: skip
    if annex.done:
        return annex
    if wait or decree.named <= SMALL:
        return _write_now(annex)
    if annex.refused:
        annex.state, annex.attempts, annex.message = AnnexPdf.State.QUEUED, 0, ""
        annex.save()
    enqueue(annex)
    return annex


@transaction.atomic
def word_file(decree: Decree, *, version: str, by: Office) -> bytes:
    """The annex of a frozen list or an issued decree as a Word file, made anew from the frozen rows
    on the paper that the regency chose last; the same bytes each time. Giving out a full one is
    recorded. Refusal while the decree is a draft, and for a list that is too long for Word."""
    rights.permit(by, VERBS[Version(version)], decree)
    if not (decree.is_published or decree.is_frozen) or not decree.sha256:
        raise Refusal(NO_LIST)
    if version == Version.MASKED and not decree.is_published:
        raise Refusal(NOT_PUBLIC)
    if (size := decree.named) > document.MOST:
        raise Refusal(
            f"Daftar ini memuat {angka(size)} orang. Lampiran Word hanya sampai "
            f"{angka(document.MOST)} orang: pakai PDF atau Excel."
        )
    look = look_of(decree.regency_id)
    people = decree.entries.order_by("position")
    written = document.word_file(
        printing.layout(
            decree, paper=look.paper, signing=look.signing, masked=version == Version.MASKED
        ),
        sections.amendment_rows(decree, nullcontext) if decree.is_amendment else people,
    )
    if version == Version.FULL:
        decrees.record_given_out(decree, by)
    return written


def look_of(regency_id: str) -> AnnexLook:
    """The paper and the way of signing that a regency chose last."""
    kept = AnnexLook.objects.filter(regency=regency_id).first()
    return kept or AnnexLook(regency_id=regency_id)


def remember(regency_id: str, *, paper: str, signing: str) -> None:
    """Keep what a regency chose for the next time."""
    AnnexLook.objects.update_or_create(
        regency_id=regency_id, defaults={"paper": paper, "signing": signing}
    )


def _write_now(annex: AnnexPdf) -> AnnexPdf:
    try:
        printing.write_now(annex)
    except NotSet as error:
        log.warning("annex_not_set", annex=str(annex.pk), reason=str(error))
        raise Refusal(NOT_SET) from None
    return annex


@transaction.atomic
def hand_out(annex: AnnexPdf, *, by: Office) -> AnnexPdf:
    """A finished PDF; giving out a full one is recorded. Refusal while it is being made."""
    rights.permit(by, VERBS[Version(annex.version)], annex.decree)
    if not annex.done:
        raise Refusal("Lampiran masih disiapkan. Tunggu sebentar, lalu coba lagi.")
    if annex.version == Version.FULL:
        decrees.record_given_out(annex.decree, by)
    return annex
