"""What the regency's offices have to do: verify, approve, decree."""

from itertools import starmap

from django.db.models import Min, Q, Sum
from django.utils import timezone
from django.utils.text import capfirst

from enrollment.coverage.rules import last_payable
from enrollment.decrees import actions, rights, selection
from enrollment.decrees.header import village_heading
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.decrees.states import OPEN, TO_SIGN
from enrollment.duplicates import actions as duplicates
from enrollment.duplicates.models import DuplicateCase
from enrollment.formats import angka, bulan, rupiah, tanggal
from enrollment.imports.models import Import
from enrollment.limits import actions as limits
from enrollment.programmes import budget
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import departures, overview
from enrollment.proposals.lists import GONE, TO_COMPLETE
from enrollment.proposals.models import Entry, EntryCount, Proposal
from enrollment.renewals import outlook
from enrollment.reports import leavings
from enrollment.reports.proposers import FOR_SOME, MOST
from enrollment.reports.todos import Todo, address
from enrollment.schedules import actions as schedules
from villages.accounts.factor import resets
from villages.models import Area

PROGRAMMES = 6
OLDEST = 5
MOST_COUNTED = 1_000
"""People of whom the counts kept do not know it are counted up to here."""
State = Entry.State


def verifier(office, regency, today):
    context = lists_in(State.SUBMITTED, office, regency)
    programmes, word = context["programmes"], context["village_word"]
    unclear = DuplicateCase.objects.visible_to(office).open().count()
    todos = [*_held(office)]
    here = [programme for programme in programmes if programme.here]
    dues = schedules.dues(here, office)
    todos += [_verify(programme, word, dues) for programme in here]
    if unclear:
        todos.append(_decide(unclear, regency))
    queued = [programme for programme in programmes if programme.queued]
    for programme in queued:
        programme.queue = address("programme_people", programme.pk, status=State.WAITING)
    free = overview.vacancies(office, queued)
    todos += [_admit(programme, free[programme.pk]) for programme in queued if programme.pk in free]
    todos += [*leavings.todos(office), *_ending(office, today)]
    return {**context, "todos": todos, "queued": queued}


def _admit(programme, vacancies):
    """Places that are free again, and who waits longest for each."""
    people = sum(vacancy.can_come for vacancy in vacancies)
    named = [_vacancy(vacancy) for vacancy in vacancies[:MOST]]
    more = len(vacancies) - len(named)
    also = f" Ada tempat juga di {angka(more)} wilayah lain." if more else ""
    alone = len(vacancies) == 1
    query = {"wilayah": vacancies[0].area.pk} if alone else {}
    waiting = vacancies[0].waiting if alone else programme.queued
    return Todo(
        title=f"{angka(waiting)} orang menunggu, {angka(people)} dapat diambil",
        text=f"{programme}. {' '.join(named)}{also}",
        url=address("programme_people", programme.pk, status=State.WAITING, **query),
        link="Ambil",
        count=waiting,
    )


def _vacancy(vacancy):
    free = "tanpa batas tempat" if vacancy.free is None else f"{angka(vacancy.free)} tempat kosong"
    first = vacancy.next
    why = getattr(first, "why", f"nomor {first.rank}")
    return f"{vacancy.area}: {free}, berikutnya {first.person.name} ({why})."


def _held(office):
    """Lists beyond the limits of a day: somebody of the regency looks at them before they go on."""
    lists = Import.objects.visible_to(office).held().count()
    if lists:
        yield Todo(
            title=f"Lihat {angka(lists)} daftar yang menunggu Dinas",
            text="Berhenti karena terlalu banyak NIK diperiksa sehari. Lanjutkan bila wajar.",
            url=address("import_list", menunggu="dinas"),
            link="Lihat",
            count=lists,
        )


def _at_limit(office, regency):
    offices = limits.reached(office)
    if offices:
        names = ", ".join(regency.title_of(usage.office) for usage in offices[:MOST])
        yield Todo(
            title=f"{angka(len(offices))} jabatan mencapai batas pemeriksaan NIK hari ini",
            text=f"{names}. Tanyakan sebabnya; bila wajar, naikkan batasnya.",
            url=address("limit_edit"),
            link="Lihat batasnya",
            count=len(offices),
        )


def _verify(programme, village_word, dues):
    came = f"{angka(programme.came)} dari {angka(programme.villages)} {village_word}"
    return Todo(
        title=f"Verifikasi {angka(programme.here)} orang",
        text=f"{programme}. {came} sudah mengajukan.{until(programme, dues)}",
        url=address("programme_people", programme.pk, status=State.SUBMITTED),
        link="Verifikasi",
        count=programme.here,
    )


def _decide(unclear, regency):
    return Todo(
        title=f"Putuskan {angka(unclear)} data ganda",
        text=f"Orang yang dicatat oleh dua {regency.village_word}: di mana ia terdaftar?",
        url=address("duplicate_list"),
        link="Putuskan",
        count=unclear,
    )


def approver(office, regency, today):
    context = lists_in(State.VERIFIED, office, regency)
    to_approve = [programme for programme in context["programmes"] if programme.here]
    dues, fits = schedules.dues(to_approve, office), budget.fitting_each(to_approve)
    todos = [
        *_held(office),
        *(_approve(programme, dues, fits[programme.pk]) for programme in to_approve),
        *_complete(office),
        *leavings.todos(office),
        *_ended_approvals(office),
        *starmap(_take_back, _gone(office)),
        *_ending(office, today),
        *_resets(office),
    ]
    return {**context, "todos": todos}


def _ending(office, today):
    """Waves whose cover ends soon, or has just ended, and that nothing continues."""
    for programme in outlook.ending(office, today)[:MOST]:
        last = programme.last_month
        yield Todo(
            title=f"{programme} habis akhir {bulan(last)} tanpa lanjutan",
            text="Menurut keputusan. Tunggakannya dapat dibayar paling lambat "
            f"{tanggal(last_payable(last))}; sesudah itu semua orangnya mulai dari nol.",
            url=address("renewal_gap", programme.pk),
            link="Hitung akibatnya",
            mark="calendar-x",
        )


def until(programme, dues):
    due = dues.get(programme.pk, "")
    return f" {capfirst(due)}." if due else ""


def _approve(programme, dues, fits):
    cost = programme.here * fits.a_person
    if not fits.months:
        money = "Tidak ada lagi bulan yang dapat dibayar."
    elif cost > programme.left:
        money = (
            f"Sisa pagu hanya cukup untuk {angka(fits.people_that_fit)} orang selama "
            f"{fits.months} bulan."
        )
    else:
        money = f"Sisa pagu {rupiah(programme.left)}."
    return Todo(
        title=f"Setujui {angka(programme.here)} orang",
        text=f"{programme}: {_in_words(programme, cost)}. {money}{until(programme, dues)}",
        url=address("programme_people", programme.pk, status=State.VERIFIED),
        link="Setujui",
        count=programme.here,
    )


def _complete(office):
    """Those whom another approver has signed for, and who need this one's signature, too."""
    begun = EntryCount.objects.visible_to(office).having(State.COSIGNED, column="programme")
    programmes = PremiumSubsidy.objects.visible_to(office).filter(pk__in=begun)
    for programme in programmes[:PROGRAMMES]:
        rows = Entry.objects.visible_to(office).filter(programme=programme)
        rows = rows.in_state(State.COSIGNED).approvable_by(office).order_by()
        people = rows[: MOST_COUNTED + 1].count()
        number = f"lebih dari {angka(MOST_COUNTED)}" if people > MOST_COUNTED else angka(people)
        if people:
            yield Todo(
                title=f"Lengkapi persetujuan {number} orang",
                text=f"{programme}: sudah disetujui penyetuju lain, dan masih perlu persetujuan "
                "Anda. Dananya dipakai pada persetujuan terakhir.",
                url=address("programme_people", programme.pk, status=TO_COMPLETE),
                link="Setujui",
                count=people,
            )


def _in_words(programme, cost):
    """What people cost; their occupations may make it less."""
    return f"paling banyak {rupiah(cost)}" if programme.price_list.differs else rupiah(cost)


def _resets(office):
    """What one of two people has asked for and another one has to agree to."""
    waiting = resets.waiting_for(office).count()
    if waiting:
        yield Todo(
            title=f"Putuskan {angka(waiting)} permintaan melepas verifikasi dua langkah",
            text="Seseorang kehilangan HP-nya. Permintaan berlaku 24 jam.",
            url=address("reset_list"),
            link="Lihat permintaan",
            count=waiting,
        )


def _ended_approvals(office):
    """Approved people whom a decision about duplicates has moved since."""
    counted = duplicates.untold(office).aggregate(people=Sum("approvals_ended", default=0))
    if moved := counted["people"]:
        yield Todo(
            title=f"{angka(moved)} persetujuan berakhir karena data ganda",
            text="Orangnya sekarang tercatat di tempat lain. Tempat dan dananya bebas, namanya "
            "keluar dari rancangan keputusan.",
            url=address("duplicate_list", sudah=1, persetujuan=1),
            link="Lihat orangnya",
            count=moved,
        )


def _gone(office):
    """Pairs of a programme and its number of approved people who are gone and whom no decree names:
    their approval can be taken back. The others leave (`leavings`)."""
    counted = departures.approved_but_gone(office)
    programmes = PremiumSubsidy.objects.in_bulk({programme for programme, _ in counted})
    pairs = []
    today = timezone.localdate()
    for (key, named), people in counted.items():
        programme = programmes[key]
        if not named and programme.period[1] > today:  # else nothing is to be done
            pairs.append((programme, people))
    return pairs[:PROGRAMMES]


def _take_back(programme, people):
    return Todo(
        title=f"Cabut persetujuan {angka(people)} orang",
        text=f"{programme}: meninggal, pindah, atau salah data sesudah disetujui. Tempat dan "
        "dananya masih terpakai.",
        url=address("programme_people", programme.pk, status=GONE),
        link="Lihat orangnya",
        count=people,
    )


def admin(office, regency, today):
    context = standing(office, regency)
    programmes = PremiumSubsidy.objects.visible_to(office)
    waiting = selection.waiting(office)
    for_decree = rights.programmes_of(office).filter(pk__in=waiting)[:PROGRAMMES]
    own = Decree.objects.visible_to(office).filter(village=None)
    decrees = own.filter(state__in=[*OPEN, *TO_SIGN])
    annexes = DecreeAnnex.objects.filter(decree__in=own, state=DecreeAnnex.State.REFUSED)
    unopened = programmes.filter(state=PremiumSubsidy.State.DRAFT)
    without_basis = programmes.open().filter(legal_bases=None)
    todos = [
        *_held(office),
        *_at_limit(office, regency),
        *map(_finish, decrees.select_related("programme")[:MOST]),
        *(_decree(programme, waiting[programme.pk]) for programme in for_decree),
        *map(_print_again, annexes.select_related("decree")[:MOST]),
        *(_open(programme, context["village_word"]) for programme in unopened[:MOST]),
        *map(_give_basis, without_basis[:MOST]),
        *_ending(office, today),
        *_resets(office),
    ]
    return {**context, "todos": todos}


def _finish(decree):
    return _sign(decree) if decree.waits_for_people else _finish_draft(decree)


def _sign(decree):
    """A frozen list waits to be sent, to come back, or to be issued."""
    return Todo(
        title=f"{decree.standing.next}: {str(decree).lower()}",
        text=f"{decree.programme}, {angka(decree.people)} orang. {decree.standing.word}.",
        url=address("decree_detail", decree.pk),
        link="Buka keputusan",
        mark="stamp",
    )


def _finish_draft(draft):
    lacks = list(actions.missing(draft).values())
    what = " ".join(lacks) if lacks else "Semua sudah lengkap."
    return Todo(
        title=f"{'Lengkapi' if lacks else 'Terbitkan'} {str(draft).lower()}",
        text=f"{draft.programme}, {angka(draft.people)} orang. {what}",
        url=address("decree_detail", draft.pk),
        link="Buka rancangan",
        mark="stamp",
    )


def _decree(programme, waiting):
    return Todo(
        title=f"Tetapkan {angka(waiting['people'])} orang yang disetujui",
        text=f"{programme}: {rupiah(waiting['cost'])}, belum masuk keputusan.",
        url=address("decree_new", program=programme.pk),
        link="Buat rancangan",
        count=waiting["people"],
    )


def _print_again(annex):
    return Todo(
        title=f"Siapkan lagi lampiran {annex.decree}",
        text=annex.message,
        url=address("decree_detail", annex.decree_id),
        link="Buka keputusan",
        mark="file-x",
        tone="refused",
    )


def _open(programme, village_word):
    return Todo(
        title=f"Buka {programme}",
        text=f"Masih disiapkan: {village_word} belum dapat mengusulkan.",
        url=address("programme_detail", programme.pk),
        link="Periksa",
        mark="hand-coins",
    )


def _give_basis(programme):
    return Todo(
        title=f"Isi dasar hukum {programme}",
        text="Tanpa dasar hukum, keputusannya tidak dapat diterbitkan.",
        url=address("legal_bases", programme.pk),
        link="Isi",
        mark="scale",
    )


def lists_in(state, office, regency):
    """Programmes with people in `state` (`here`: how many), and the lists waiting longest."""
    counts = EntryCount.objects.visible_to(office)
    here = counts.having(state, column="programme")
    context = standing(office, regency, also=Q(pk__in=here))
    for programme in context["programmes"]:
        programme.here = _people(programme, state)
        programme.queued = _people(programme, State.WAITING)
    return {**context, "oldest": _oldest(state, Proposal.objects.visible_to(office), counts)}


def lists_to_check(office, regency):
    """As `lists_in`, of the people whom this office looks at before the Dinas does."""
    lists = Proposal.objects.visible_to(office).filter(route=office.role)
    counts = EntryCount.objects.visible_to(office).filter(proposal__in=lists)
    rows = counts.filter(state=State.CHECKING).order_by().values_list("programme")
    people = dict(rows.annotate(number=Sum("people")))
    context = standing(office, regency, also=Q(pk__in=[pk for pk, here in people.items() if here]))
    for programme in context["programmes"]:
        programme.here = people.get(programme.pk, 0)
    return {**context, "oldest": _oldest(State.CHECKING, lists, counts)}


def standing(office, regency, *, also=None):
    """Programmes that are open for lists or match the condition `also`, each with the number of
    villages that have handed in; and the word for a village here, such as "nagari".
    """
    shown = Q(state=PremiumSubsidy.State.OPEN)
    if also is not None:
        shown |= also
    programmes = PremiumSubsidy.objects.visible_to(office).filter(shown).annotate(optional=FOR_SOME)
    programmes = list(programmes.order_by("-state", "-year", "name", "pk")[:PROGRAMMES])
    overview.add_lists(programmes, office)
    return {
        "programmes": programmes,
        "open": [
            programme for programme in programmes if programme.state == PremiumSubsidy.State.OPEN
        ],
        "village_word": village_heading(regency, office.area_id),
    }


def _people(programme, state):
    return next((people for name, _, people, _ in programme.states if name == state), 0)


def _oldest(state, lists, counts):
    """Those of `lists` with people in `state` that were handed in first, each as a tile with the
    day since which somebody on it has been in that state.

    The lists are chosen first and only their people counted, so that the work does not grow with
    the regency.
    """
    waiting = lists.with_people_in(state, counts)
    first = list(waiting.order_by("submitted_at", "pk").values_list("pk")[:OLDEST])
    chosen = lists.filter(pk__in=[pk for (pk,) in first]).with_counts()
    chosen = list(chosen.select_related("area", "agency", "programme").order_by("submitted_at"))
    districts = Area.objects.in_bulk([proposal.area.district_code for proposal in chosen])
    waiting = Entry.objects.in_state(state).filter(proposal__in=chosen).order_by()
    since = dict(waiting.values_list("proposal").annotate(since=Min("changed_at")))
    for proposal in chosen:
        proposal.since = since.get(proposal.pk)
    longest = sorted(chosen, key=lambda proposal: (proposal.since is None, proposal.since))
    return [_tile(proposal, state, districts) for proposal in longest]


def _tile(proposal, state, districts):
    """The parameters of the component `tile`: whose list, how many people wait, since when."""
    district = districts.get(proposal.area.district_code)
    return {
        "label": proposal.agency or f"{proposal.area}, Kec. {district}",
        "number": getattr(proposal, f"people_{state}"),
        "url": address("proposal_detail", proposal.pk, status=state),
        "note": f"orang sejak {tanggal(proposal.since)}",
    }
