"""What happens in each regency: seasons that are over, and the current one."""

from datetime import time, timedelta

from django.utils import timezone

from enrollment.bands.models import ApprovalBand
from enrollment.demo import changes, decrees, regencies
from enrollment.demo.lists import STORIES, Season, backdate
from enrollment.illness import actions as illness
from enrollment.programmes import actions, waves
from enrollment.proposals import actions as proposals
from enrollment.proposals import decisions
from enrollment.proposals.models import Entry
from enrollment.proposals.papers import actions as papers
from enrollment.proposals.papers.rules import Meeting
from enrollment.proposals.verbs import State
from enrollment.renewals import actions as renewals
from enrollment.renewals import renewing, reverifying
from enrollment.reverification import actions as reverification
from enrollment.routes import actions as routes
from enrollment.schedules import actions as schedules
from enrollment.schedules.rules import Dates, Move
from villages import scope
from villages.models import Area, Office, Role

OWN_STORIES = {
    regencies.SENDEN: "returned",
    regencies.BOGORAN: "approved",
    regencies.TIMAHAN: "none",
    regencies.KELUTAN: "draft",
    regencies.BAURENO: "returned",
    regencies.LEBAKSARI: "draft",
    regencies.SUMBERSARI: "returned",
    regencies.PADOMASAN: "draft",
    regencies.ARANG_LIMBUNG: "returned",
    regencies.RASAU_JAYA: "submitted",
    regencies.LALAN: "submitted",
    regencies.LATANG: "returned",
}
"""How far the lists of the villages with a printed log-in have come."""

ALSO = {"t_running": [regencies.SENDEN], "s_running": [regencies.LALAN]}
"""Villages with a printed log-in whose people have a decree for the season that runs."""

NOT_YET_OPEN = {"t_draft", "b_tobacco", "k_wage"}


def play(made):
    """Open the programmes (`made`: key → programme), fill their lists, decide and decree."""
    for key, programme in made.items():
        _ways(key, programme)
        if key not in NOT_YET_OPEN:
            _open(programme, by=_office(programme, Role.REGENCY_ADMIN))
    _past(made)
    _present(made)
    _continue(made)
    if "s_open" in made:
        _two_approvers(made["s_open"])
        _reverify(made["s_open"])


CHANGES = {"t_running": changes.amend}
"""Programmes whose decree is changed after it was issued."""
WAYS = {
    "j_open": {"desa": "dpmd", "kelurahan": "kecamatan"},
    "t_open": {"desa": "dpmd", "kelurahan": "kecamatan"},
}
"""Programmes of which lists are checked before the Dinas has them; all others go directly."""


def _ways(key, programme):
    if key in WAYS:
        by = _office(programme, Role.REGENCY_ADMIN)
        with scope.enter(by):
            routes.set_ways(programme, **WAYS[key], by=by)


def _open(programme, *, by):
    with scope.enter(by):
        actions.open_for_lists(programme, by=by)
    programme.refresh_from_db()


def _office(programme, role, **more):
    offices = Office.objects.select_related("user", "area", "agency")
    return offices.filter(role=role, area=programme.regency_id, **more).order_by("pk").first()


def _past(made):
    for key, every, number in (
        ("t2023", 24, "188.45/412/406.004"),
        ("t2024", 18, "188.45/388/406.004"),
        ("t2025", 12, "188.45/731/406.004"),
        ("t_running", 6, "188.45/805/406.004"),
        ("j_running", 2, "188.45/301/1.12"),
        ("k_running", 2, "477/DTKT"),
        ("s_running", 2, "188.45/296/KPTS-BPT"),
    ):
        if programme := made.get(key):
            season = Season(programme)
            chosen = [*list(season.heads)[::every], *ALSO.get(key, ())]
            season.play(dict.fromkeys(chosen, "approved"))
            _finish(programme, number, CHANGES.get(key), lambda s=season, c=chosen: _late(s, c))
    if programme := made.get("t_fishing"):
        _late(Season(programme), (), people=12)
        _finish(programme, "188.45/811/406.004", changes.revoke)
    for key, people, number in (
        ("b_running", 67, "188/455/KEP/412.013"),
        ("b_incentive", 273, "188/456/KEP/412.013"),
    ):
        if programme := made.get(key):
            season = Season(programme)
            proposal = season.hand_in(season.heads[regencies.BAURENO], people=people)
            season.decide({proposal: "approved"})
            _finish(programme, number)
    if programme := made.get("s_own"):
        _by_villages(programme)


def _by_villages(programme):
    """Two nagari whose people no other programme pays for have named their own."""
    season = Season(programme)
    own = [code for code in list(season.heads)[1::2] if code != regencies.LALAN][:2]
    lists = [season.hand_in(season.heads[code], people=9) for code in own]
    season.decide(dict.fromkeys(lists, "approved"))
    decrees.of_villages(programme, [season.heads[code] for code in own])
    by = _office(programme, Role.REGENCY_ADMIN)
    with scope.enter(by):
        actions.close(programme, by=by)


def _continue(made):
    """The current season continues the one that runs; its people are checked again."""
    for running, now in (("t_running", "t_open"), ("s_running", "s_open")):
        if running in made and now in made:
            by = _office(made[now], Role.REGENCY_ADMIN)
            with scope.enter(by):
                renewals.link(made[now], made[running], by=by)
                job = renewing.start(made[now], by=by)
            renewing.proceed(job.pk)


def _reverify(programme):
    """People go on only if their nagari has looked at them again: one has, and the next is due."""
    by, season = _office(programme, Role.REGENCY_ADMIN), Season(programme)
    with scope.enter(by):
        reverification.ask(programme, 3, by=by)
    head = season.heads[regencies.LALAN]
    day = timezone.localdate() - timedelta(days=75)
    with scope.enter(head):
        people = reverifying.recipients(programme, head).people
        reverification.confirm(
            programme, on=day, document="BA 140/9/WN-LLN", people=people, by=head
        )


def _late(season, chosen, people=3):
    """So many people are approved in villages that are not among the `chosen` ones."""
    for code in sorted(set(season.heads) - {*chosen, *OWN_STORIES}):
        proposal = season.hand_in(season.heads[code], people=people)
        if proposal.entries.exists():
            season.decide({proposal: "approved"})
            people -= proposal.entries.count()
        if not people:
            return


def _finish(programme, number, change=None, meanwhile=None):
    """Issue the decree of a past season, change it, backdate its lists and close the programme."""
    year = programme.first_month.year - (programme.first_month.month == 1)
    days = (timezone.localdate() - programme.first_month).days + 40
    decrees.issue(programme, f"{number}/{year}", meanwhile if change else None)
    if change:
        head, own, rest = number.split("/", 2)
        change(programme, f"{head}/{int(own) + 41}/{rest}/{year}")
    backdate(dict.fromkeys(programme.proposals.all(), days))
    by = _office(programme, Role.REGENCY_ADMIN)
    with scope.enter(by):
        actions.close(programme, by=by)


def _present(made):
    for key in filter(made.get, ("t_open", "b_open", "j_open", "k_open", "s_open")):
        season = Season(made[key])
        numbered = enumerate(sorted(season.heads))
        stories = {code: STORIES[number % len(STORIES)] for number, code in numbered}
        lists = season.play(stories | {c: s for c, s in OWN_STORIES.items() if c in stories})
        _decree_under_way(season, lists)
    if "t_tobacco" in made:
        _agencies(made)
        _second_wave(made["t_tobacco"])
    if "t_open" in made:
        _dates(made["t_open"])
        _illness(made["t_open"])


def _illness(programme):
    """A village has said of one person under review that they are too ill to work."""
    waiting = programme.entries.filter(state=State.SUBMITTED).order_by("pk")
    villages = Office.objects.select_related("user", "area").filter(role=Role.VILLAGE_HEAD)
    for entry in waiting:
        if office := villages.filter(area=entry.area_id).first():
            with scope.enter(office):
                illness.answer(entry.worker_id, True)
            return


def _second_wave(programme):
    """Money of the province for more people, in the same year."""
    by = _office(programme, Role.REGENCY_ADMIN)
    with scope.enter(by):
        wave = waves.following(programme, timezone.localdate())
        wave.fund_id = "provinsi"
        actions.price(wave)
        wave.ceiling = 25 * wave.cost_a_person
        occupations = programme.occupations.all()
        actions.add_wave(wave, to=programme, occupations=occupations, by=by)
        actions.open_for_lists(wave, by=by)


def _dates(programme):
    """Until when, more time for one village, a freeze that is over and one that was called off."""
    by, today = _office(programme, Role.REGENCY_ADMIN), timezone.localdate()
    due = today + timedelta(days=20)
    with scope.enter(by):
        schedules.set_dates(
            programme,
            Dates(None, due, due + timedelta(days=14), due + timedelta(days=24)),
            by=by,
        )
        schedules.extend(
            programme, Area.objects.get(pk=regencies.TIMAHAN), until=due + timedelta(days=7),
            reason="Balai desa terendam banjir", by=by,
        )  # fmt: skip
        schedules.freeze(
            move=Move.APPROVE, first=today - timedelta(days=60), last=today - timedelta(days=46),
            reason="Tutup buku perubahan anggaran", by=by,
        )  # fmt: skip
        vote = schedules.freeze(
            move=Move.SUBMIT, first=today + timedelta(days=30), last=today + timedelta(days=32),
            reason="Masa tenang pemilihan kepala desa, ditunda", by=by,
        )  # fmt: skip
        schedules.thaw(vote, by=by)


def _two_approvers(programme):
    """Much money needs two approvers, and one of them has begun."""
    with scope.enter(_office(programme, Role.REGENCY_ADMIN)):
        ApprovalBand.objects.create(
            regency_id=programme.regency_id, amount_from=100_000_000, approvers=2
        )
    by = _office(programme, Role.APPROVER)
    with scope.enter(by):
        rows = Entry.objects.filter(programme=programme).in_state(State.VERIFIED).order_by("pk")
        first = Entry.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:12]))
        decisions.decide("approve", programme, first, by=by)


def _decree_under_way(season, lists):
    """A decree under way, and people approved afterwards, who wait for the next one."""
    decrees.under_way(season.programme)
    late = [lists[code] for code in sorted(lists) if code not in OWN_STORIES]
    season.decide(dict.fromkeys(late[2::5], "approved"))


def _papers(programme, proposal, head):
    """A list that waits for its signed papers."""
    by = _office(programme, Role.REGENCY_ADMIN)
    with scope.enter(by):
        papers.set_rule(programme, asked="required", niks="masked", returned_too=False, by=by)
    meeting = Meeting(
        on=timezone.localdate() - timedelta(days=3), at=time(9), place="Balai desa Senden",
        attendance="Suparman, ketua BPD\nSri Wahyuni, ketua PKK\nBudi Santoso, ketua RT 003",
    )  # fmt: skip
    with scope.enter(head):
        rows = proposals.to_hand_in(proposal, by=head)
        papers.make(proposal, rows, meeting=meeting, by=head)


def _agencies(made):
    tobacco = Season(made["t_tobacco"])
    farming = _office(tobacco.programme, Role.AGENCY, agency__name__startswith="Dinas Pertanian")
    tobacco.decide({tobacco.hand_in(farming, people=40): "returned"})
    senden = tobacco.heads[regencies.SENDEN]
    _papers(tobacco.programme, tobacco.hand_in(senden, submit=False), senden)
    fishing = _office(tobacco.programme, Role.AGENCY, agency__name="Dinas Perikanan")
    Season(made["t_open"]).hand_in(fishing, submit=False)
