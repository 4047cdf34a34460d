"""What a village or a proposing agency (OPD) has to do, and how far its lists have come."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.html import format_html
from django.utils.text import capfirst

from enrollment.duplicates import actions as duplicates
from enrollment.formats import angka, bulan, rupiah
from enrollment.imports.models import Import
from enrollment.programmes import budget
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import candidates, departures, replacing, stages
from enrollment.proposals.lists import PENDING, UNREPAIRED
from enrollment.proposals.models import Entry, EntryCount, Proposal
from enrollment.proposals.verbs import REPLACE
from enrollment.renewals import outlook, reverifying
from enrollment.reports import leavings
from enrollment.reports.todos import Todo, address
from enrollment.schedules import actions as schedules
from enrollment.workers.models import PeopleCount
from villages.access import allowed
from villages.models import Area

State = Entry.State
MOST = 3
"""How many things of one kind a home page shows; the rest is behind the link."""


def facts(office, regency, today):
    """The context of the page, in a fixed number of queries."""
    own = Proposal.objects.own(office).select_related("programme__by_villages")
    people = PeopleCount.objects.visible_to(office).active().summed()
    total, incomplete = people["total"], people["incomplete"]
    on_their_way = _on_their_way(own)
    return {
        "todos": [
            *_decide(office, on_their_way),
            *_todos(office, regency, own, total, incomplete),
        ],
        "returned": _returned(office),
        "complete": total - incomplete,
        "people": total,
        "on_their_way": on_their_way,
    }


def _todos(office, regency, own, people, incomplete):
    """In order: people sent back, people who leave, places that came free, answers of the Dinas,
    uploads to go on with, lists to hand in, lists to begin."""
    unfinished = _unfinished(own)
    waiting = Import.objects.visible_to(office).filter(state=Import.State.WAITING)
    yield from (_mend(proposal) for proposal in unfinished if proposal.now.unrepaired)
    yield from (_take_off(proposal) for proposal in unfinished if proposal.now.gone)
    yield from leavings.todos(office)
    yield from (_replace(offer, office, regency) for offer in replacing.offers(office, MOST))
    yield from _answered()
    yield from (_go_on_with(upload) for upload in waiting[:MOST])
    dues = schedules.dues([proposal.programme for proposal in unfinished], office)
    waves = outlook.concerning(office)
    yield from _verify(waves, office, regency)
    yield from map(_renew, outlook.of_proposer(office, waves, MOST))
    to_hand_in = [proposal for proposal in unfinished if proposal.may_be_handed_in]
    fits = budget.fitting_each([proposal.programme for proposal in to_hand_in])
    yield from map(_hand_in(office, regency, dues, fits), to_hand_in)
    unstarted = _unstarted(office, own) if people else []
    if not people:
        yield _register()
    for_all = [programme for programme in unstarted if not programme.optional]
    yield from (_begin(programme, "Program dibuka") for programme in for_all)
    if incomplete:
        yield _complete(incomplete)
    if_any = "Bila ada pekerja yang memenuhi syarat"
    for_some = [programme for programme in unstarted if programme.optional]
    yield from (_begin(programme, if_any, tone="plain") for programme in for_some)


def _decide(office, on_their_way):
    """People whom the Dinas has approved, and whom the village names by a decree of its own."""
    if not allowed(office, "village_decree.make") or office.area.kind == Area.Kind.URBAN_VILLAGE:
        return
    for proposal in on_their_way:
        approved = proposal.people.get(State.APPROVED, 0)
        if approved and getattr(proposal.programme, "by_villages", None):
            yield Todo(
                title=f"Tetapkan {angka(approved)} orang dengan keputusan Anda",
                text=f"{proposal.programme}. Sudah disetujui Dinas; iurannya dibayar sesudah "
                "keputusan Anda terbit.",
                url=address("decree_list"),
                link="Buka keputusan",
                count=approved,
                mark="stamp",
            )


def _mend(proposal):
    people = proposal.now.unrepaired
    return Todo(
        title=f"Perbaiki {angka(people)} orang yang dikembalikan",
        text=f"{proposal.programme}. Baca alasannya, perbaiki datanya, lalu ajukan lagi.",
        url=address("proposal_detail", proposal.pk, status=UNREPAIRED),
        link="Perbaiki",
        count=people,
    )


def _take_off(proposal):
    """People who were returned and have died or moved since: there is nothing to repair."""
    people = proposal.now.gone
    return Todo(
        title=f"Tarik {angka(people)} orang yang dikembalikan",
        text=f"{proposal.programme}. Sudah berakhir atau tercatat di tempat lain, jadi tidak dapat "
        "diajukan lagi.",
        url=address("proposal_detail", proposal.pk, status=State.RETURNED),
        link="Lihat",
        count=people,
    )


def _replace(offer, office, regency):
    """Places that are free again, and for whom: who may hand in does it with one click."""
    programme, may = offer.proposal.programme, allowed(office, REPLACE.permission)
    named = ", ".join(f"{one.person.name} ({getattr(one, 'why', f'nomor {one.rank}')})"
                      for one in offer.first)  # fmt: skip
    more = f", dan {angka(offer.more)} orang lagi" if offer.more else ""
    then = "" if may else f" {capfirst(regency.village_head_word)} yang mengajukan."
    waiting = address("proposal_detail", offer.proposal.pk, status=State.WAITING)
    return Todo(
        title=f"Ada tempat kosong untuk {angka(offer.people)} orang dari daftar tunggu",
        text=format_html(
            '{}. Gilirannya: {}{}.{} <a href="{}">Lihat daftar tunggu</a>',
            programme,
            named,
            more,
            then,
            waiting,
        ),
        url=address("proposal_replace", offer.proposal.pk) if may else waiting,
        link=REPLACE.label if may else "Lihat",
        mark=REPLACE.icon,
        question=f"Ajukan {named}{more} sebagai pengganti?" if may else "",
    )


def _renew(renewing):
    """People of the last list who are not on the new one and could be."""
    programme, last = renewing.link.programme, angka(renewing.last_people)
    parts = [
        *([f"{angka(renewing.to_mend)} perlu diperbaiki"] if renewing.to_mend else []),
        *([f"{angka(renewing.missing)} belum dimasukkan"] if renewing.missing else []),
    ]
    return Todo(
        title=f"Perpanjangan {programme.year}: {last} orang, {' dan '.join(parts)}",
        text=f"{programme} melanjutkan {renewing.link.previous}. Yang paling rugi bila putus "
        "ditulis paling atas.",
        url=address("renewal", programme.pk),
        link="Buka perpanjangan",
        count=renewing.to_mend + renewing.missing,
    )


def _verify(waves, office, regency):
    """The waves for which the village has to look at its recipients again."""
    if not allowed(office, "reverification.view"):
        return
    may = allowed(office, "reverification.make")
    for programme, standing in reverifying.due(office, waves, MOST):
        yield Todo(
            title=f"Verifikasi ulang penerima {programme}",
            text=f"{capfirst(standing.in_words)}. Tanpa itu yang lanjut tidak dapat diteruskan."
            + ("" if may else f" {capfirst(regency.village_head_word)} yang mencatatnya."),
            url=address("reverification", programme.pk),
            link="Verifikasi ulang" if may else "Lihat",
            mark="list-checks",
        )


def _answered():
    """What the Dinas has decided about people whom this office has claimed."""
    _, people = duplicates.answers()
    if people:
        yield Todo(
            title=f"Baca {angka(people)} jawaban Dinas tentang data ganda",
            text="Orang yang Anda masukkan, padahal NIK-nya sudah terdaftar di tempat lain.",
            url=address("duplicate_answers"),
            link="Baca",
            count=people,
        )


def _go_on_with(upload):
    url = address("import_detail", upload.pk)
    if upload.phase == Import.Phase.MATCH:
        return Todo(
            title=f"Cocokkan kolom {upload.filename}",
            text="Ada judul kolom yang belum kami kenali. Sesudah dicocokkan, daftarnya diperiksa.",
            url=url,
            link="Cocokkan",
            mark="columns-3",
        )
    return Todo(
        title=f"Tinjau {upload.filename}",
        text=f"{angka(upload.people)} orang terbaca, {angka(upload.good)} dapat disimpan. "
        "Belum tersimpan sebelum Anda setujui.",
        url=url,
        link="Tinjau",
        mark="file-check",
    )


def _hand_in(office, regency, dues, fits):
    """A function that makes the to-do of a list: whoever may hand it in is asked to do so,
    others are asked to prepare it. `fits` says what people cost who are approved today."""
    if allowed(office, "proposal.submit"):
        verb, then = "Ajukan", "Periksa, lalu ajukan."
    else:
        verb, then = "Siapkan", f"Sesudah siap, {regency.village_head_word} yang mengajukan."

    def todo(proposal):
        programme, people = proposal.programme, proposal.now.people
        today, due = fits[programme.pk], dues.get(programme.pk, "")
        most = rupiah(people * today.a_person)
        return Todo(
            title=f"{verb} daftar {programme}",
            text=f"{angka(people)} orang belum diajukan. Biayanya paling banyak {most} untuk "
            f"{today.months} bulan. {f'{capfirst(due)}. ' if due else ''}{then}",
            url=address("proposal_detail", proposal.pk, status=PENDING),
            link="Buka daftar",
            count=people,
        )

    return todo


def _register():
    return Todo(
        title="Daftarkan pekerja rentan",
        text=format_html(
            "Unggah daftar dari Excel. Bentuknya bebas, asal ada kolom NIK dan Nama. "
            'Belum punya? <a href="{}" download>Unduh templat Excel</a>.',
            address("import_template"),
        ),
        url=address("import_new"),
        link="Unggah daftar",
        mark="user-plus",
    )


def _begin(programme, why, tone="attention"):
    months = f"{programme.months} bulan sejak {bulan(programme.first_month)}"
    return Todo(
        title=f"Susun daftar {programme}",
        text=f"{why}: perlindungan {months}.",
        url=address("programme_detail", programme.pk),
        link="Mulai",
        mark="list-plus",
        tone=tone,
    )


def _complete(incomplete):
    return Todo(
        title=f"Lengkapi data {angka(incomplete)} orang",
        text="Ada isian yang kosong, jadi belum dapat diusulkan.",
        url=address("worker_list", kelengkapan="belum"),
        link="Lengkapi",
        count=incomplete,
    )


FOR_SOME = Exists(PremiumSubsidy.occupations.through.objects.filter(premiumsubsidy=OuterRef("pk")))
"""Programmes for certain occupations: a village may have nobody for them."""


def _unstarted(office, own):
    """Open programmes without a list; `optional` where having none is not an omission."""
    programmes = PremiumSubsidy.objects.visible_to(office).open()
    programmes = programmes.exclude(pk__in=own.values("programme"))
    programmes = list(programmes.annotate(optional=FOR_SOME)[:MOST])
    for programme in programmes:
        programme.optional |= office.agency_id is not None
    return programmes


def _returned(office):
    """The people most recently sent back and not yet repaired, each with the reason; also those who
    have gone and can only be taken off."""
    rows = Entry.objects.visible_to(office).proposed_by(office).returned()
    rows = rows.filter(repaired_at=None)
    rows = list(rows.select_related("programme").order_by("-changed_at", "pk")[:MOST])
    departures.add_people(rows)
    return rows


def _unfinished(own):
    """Lists with people to correct or to hand in (`may_be_handed_in`), those sent back first; `now`
    says how many, as the page of the list does."""
    open_ = PremiumSubsidy.State.OPEN
    waits = Q(people_returned__gt=0) | Q(people_draft__gt=0, programme__state=open_)
    lists = list(
        own.with_counts().filter(waits).order_by("-people_returned", "-programme__year")[:MOST]
    )
    for proposal in lists:
        counts = {state: getattr(proposal, f"people_{state}") for state in State.values}
        proposal.now = candidates.pending(proposal, counts)
        is_open = proposal.programme.state == open_
        proposal.may_be_handed_in = proposal.now.people and is_open
    return lists


@dataclass(frozen=True)
class Journey:
    """How far a list has come: `now` is the current step, counted from 1; `note` stands beside it.

    It is `refused` where nobody on it is being decided about: all who are left were sent back."""

    steps: str
    now: int
    note: str
    has_arrived: bool = False
    refused: bool = False


AHEAD = (
    ((State.CHECKING,), "Diperiksa", "pemeriksaan {}"),
    ((State.SUBMITTED,), "Diverifikasi", "verifikasi"),
    ((State.VERIFIED, State.COSIGNED), "Disetujui", "persetujuan"),
    ((State.APPROVED,), "SK terbit", "keputusan"),
)
"""Who has come to one of the states waits for a step: states, step, what is waited for."""


def journey(people, via):
    """How far a list that was handed in has come, from the number of its `people` in each stage: as
    far as the people who are furthest behind. People who were sent back are not waited for."""
    ahead = [row for row in AHEAD if via.is_checked or State.CHECKING not in row[0]]
    steps = "|".join(["Disusun", "Diajukan", *(step for _, step, _ in ahead)])
    for done, (states, _, waits_for) in enumerate(ahead, 3):
        if number := sum(people.get(state, 0) for state in states):
            waits_for = waits_for.format(via.receiver)
            return Journey(steps, done, f"{angka(number)} orang menunggu {waits_for}")
    if people.get(stages.DECREED):
        return Journey(steps, len(ahead) + 3, "", has_arrived=True)
    return Journey(steps, 1, "Perbaiki, lalu ajukan lagi", refused=True)


def _on_their_way(own):
    """The lists most recently handed in that have not come to a decree, each with its `journey`; if
    all have, the last one."""
    lists = list(own.handed_in().order_by("-submitted_at", "pk")[:MOST])
    stages_of = EntryCount.objects.filter(proposal__in=lists).by_stage("proposal")
    for proposal in lists:
        people = proposal.people = stages_of.get(proposal.pk, {})
        proposal.states = stages.tiles(people)
        proposal.journey = journey(people, proposal.via)
    return [proposal for proposal in lists if not proposal.journey.has_arrived] or lists[:1]
