"""The home pages outside of the Dinas: kecamatan and DPMD, BPJS and the auditor."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from enrollment.decrees.models import Decree
from enrollment.duplicates.models import DuplicateCase
from enrollment.formats import angka, rupiah, tanggal
from enrollment.proposals import overview
from enrollment.proposals.models import Proposal
from enrollment.proposals.verbs import PASS, State
from enrollment.reports.dinas import lists_to_check, standing, until
from enrollment.reports.proposers import MOST
from enrollment.reports.todos import Todo, address, calm
from enrollment.schedules import actions as schedules
from enrollment.workers.models import Disclosure
from enrollment.workers.rechecks.models import Recheck

NAMES = 6
DECREES = 6
LOOKED_BACK = 30  # days


def district(office, regency, today):
    """Whom to check, and which villages of the district have not handed in, by programme;
    programmes for everybody come first."""
    context = lists_to_check(office, regency)
    villages, word = overview.villages_of(office), context["village_word"]
    programmes = sorted(context["open"], key=lambda programme: programme.optional)[:MOST]
    todos = _checks(context["programmes"], office)
    todos += [_remind(programme, villages, word) for programme in programmes if missing(programme)]
    if programmes and not todos:
        done = f"Semua {word} sudah mengajukan"
        todos = [calm(done, "Tidak ada yang menunggu Anda.")]
    return {**context, "todos": todos}


def dpmd(office, regency, today):
    """Whom to check; nothing is known of lists that do not come here."""
    context = lists_to_check(office, regency)
    todos = _checks(context["programmes"], office)
    none = calm(
        "Tidak ada yang menunggu diperiksa",
        "Daftar yang diajukan lewat DPMD akan muncul di sini.",
    )
    return {"todos": todos or [none], "oldest": context["oldest"]}


def _checks(programmes, office):
    here = [programme for programme in programmes if programme.here]
    dues = schedules.dues(here, office)
    return [_check(programme, until(programme, dues)) for programme in here]


def _check(programme, due):
    return Todo(
        title=f"Periksa {angka(programme.here)} orang",
        text=f"{programme}. {PASS.label} atau kembalikan.{due}",
        url=address("programme_people", programme.pk, status=State.CHECKING),
        link="Periksa",
        count=programme.here,
    )


def missing(programme):
    return programme.villages - programme.came


def _remind(programme, villages, village_word):
    """A reminder of villages that have not handed in; no omission if a programme is not for all."""
    handed_in = Proposal.objects.handed_in().filter(
        programme=programme, agency=None, area=OuterRef("pk")
    )
    late = ", ".join(map(str, villages.filter(~Exists(handed_in)).order_by("name")[:NAMES]))
    count = f"{angka(missing(programme))} {village_word}"
    more = missing(programme) - NAMES
    if more > 0:
        late += f" dan {angka(more)} lagi"
    return Todo(
        title=f"{count} belum mengajukan" if programme.optional else f"Ingatkan {count}",
        text=f"{programme}: {late} belum mengajukan.",
        url=address("submission_list", programme.pk, pengajuan="belum"),
        link="Lihat",
        count=missing(programme),
        tone="plain" if programme.optional else "attention",
    )


def bpjs(office, regency, today):
    """Issued decrees whose people BPJS has not registered yet while their months run."""
    to_register, others = [], []
    for decree in _issued(office).prefetch_related("registrations")[: 2 * DECREES]:
        waits = decree.registration is None and decree.months[1] > today
        (to_register if waits else others).append(decree)
    none = calm(
        "Belum ada yang perlu didaftarkan",
        "Keputusan yang diterbitkan kabupaten akan muncul di sini.",
    )
    return {
        "todos": [_register(decree) for decree in to_register] or [none],
        "decrees": others,
        "decrees_title": "Sudah didaftarkan atau berakhir",
    }


def _register(decree):
    last = tanggal(decree.months[1] - timedelta(days=1))
    months = f"{decree.programme.months} bulan, sampai {last}"
    return Todo(
        title=f"Daftarkan {angka(decree.people)} orang",
        text=f"Keputusan {decree}. {decree.programme}: {months}.",
        url=address("decree_detail", decree.pk),
        link="Buka lampiran",
        count=decree.people,
    )


def auditor(office, regency, today):
    """Which decrees were issued, who looked at whose data, what the last recheck found."""
    decrees = list(_issued(office)[:DECREES])
    duplicates = DuplicateCase.objects.visible_to(office).open().count()
    todos = [_read(decree) for decree in decrees[:1]]
    if duplicates:
        todos.append(_look_at(duplicates))
    rechecks = Recheck.objects.visible_to(office).select_related("area")
    return {
        **standing(office, regency),
        **_disclosures(office, since=today - timedelta(days=LOOKED_BACK)),
        "todos": todos,
        "decrees": decrees,
        "decrees_title": "Keputusan terbaru",
        "recheck": rechecks.order_by("-created_at").first(),
    }


def _read(decree):
    sums = f"{angka(decree.people)} orang, {rupiah(decree.total)}"
    return Todo(
        title="Periksa keputusan terbaru",
        text=f"{decree}, {tanggal(decree.date)}: {sums}.",
        url=address("decree_detail", decree.pk),
        link="Buka",
        mark="stamp",
        tone="plain",
    )


def _look_at(duplicates):
    return Todo(
        title=f"{angka(duplicates)} data ganda belum diputuskan",
        text="Dinas yang memutuskan.",
        url=address("duplicate_list"),
        link="Lihat",
        count=duplicates,
    )


def _disclosures(office, since):
    """How often personal data was opened, one tile for each kind of access."""
    seen = Disclosure.objects.visible_to(office).filter(at__gte=_start_of(since))
    times = dict(seen.order_by().values_list("kind").annotate(times=Count("pk")))
    tiles = [
        {
            "label": kind.label,
            "number": times.get(kind, 0),
            "url": address("disclosure_list", jenis=kind.value, sejak=since.isoformat()),
        }
        for kind in Disclosure.Kind
    ]
    return {"since": since, "disclosures": tiles}


def _start_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _issued(office):
    decrees = Decree.objects.visible_to(office).filter(state=Decree.State.ISSUED)
    return decrees.select_related("programme").order_by("-date", "-issued_at")
