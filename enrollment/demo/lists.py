"""Lists of the demo: villages and agencies hand in and the Dinas decides, by the real actions."""

from collections import defaultdict

from django.db import connection

from enrollment.models import Entry, Worker
from enrollment.proposals import actions, candidates, decisions
from villages import scope
from villages.models import Office, Role
from villages.permissions import CHECKERS

REASONS = (
    "Nama ibu kandung berbeda dari KK. Cocokkan dengan KK, lalu ajukan lagi.",
    "Alamat belum jelas: tulis nama dusun dan RT.",
    "Foto KTP yang dikirim menunjukkan pekerjaan lain. Perbaiki pekerjaannya.",
)
REFUSED = "Menurut catatan BPJS sudah menjadi peserta penerima upah."
STORIES = (
    *("none", "approved", "submitted", "verified", "draft"),
    *("approved", "returned", "submitted", "none", "verified", "submitted"),
)
"""How far the list of a village has come; assigned to the villages in turn."""

_BACKDATE = """
WITH list AS (SELECT * FROM unnest(%(lists)s::uuid[], %(days)s::int[]) AS l (id, days)),
moved AS (
    UPDATE enrollment_proposal p
    SET created_at = created_at - interval '1 day' * (days + 6),
        submitted_at = submitted_at - interval '1 day' * (days + 4)
    FROM list WHERE p.id = list.id
), changed AS (
    UPDATE enrollment_entry e SET changed_at = changed_at - interval '1 day' * days
    FROM list WHERE e.proposal_id = list.id
)
UPDATE enrollment_step s SET at = s.at - interval '1 day' * (days + CASE s.to_state
    WHEN 'draft' THEN 6 WHEN 'checking' THEN 5 WHEN 'submitted' THEN 4 WHEN 'waiting' THEN 4
    WHEN 'approved' THEN 0 ELSE 2 END)
FROM enrollment_entry e JOIN list ON list.id = e.proposal_id WHERE e.id = s.entry_id
"""


class Season:
    """The lists of one programme, and the offices that act on them: the Dinas and the heads."""

    def __init__(self, programme):
        self.programme = programme
        offices = Office.objects.within(programme.regency_id).select_related("user", "area")
        self.verifier = offices.get(role=Role.VERIFIER)
        self.approver = offices.filter(role=Role.APPROVER).order_by("pk").first()
        self.checkers = list(offices.filter(role__in=CHECKERS))
        self.heads = {office.area_id: office for office in offices.filter(role=Role.VILLAGE_HEAD)}

    def play(self, stories):
        """Let each village of `stories` (code → how far its list comes) draw up its list and hand
        it in; then the Dinas decides about all of them."""
        begun = {code: story for code, story in stories.items() if story != "none"}
        eligible = self._eligible(Worker.objects.filter(area__in=begun))
        lists = {
            code: self.hand_in(self.heads[code], submit=story != "draft", eligible=eligible[code])
            for code, story in begun.items()
        }
        self.decide({lists[code]: story for code, story in begun.items()})
        backdate({proposal: number * 7 % 19 for number, proposal in enumerate(lists.values())})
        return lists

    def _eligible(self, people):
        """Village → the ids of those who may be proposed there; asked for all villages at once."""
        here = Worker.objects.filter(pk__in=candidates.eligible(self.programme, people))
        found = defaultdict(list)
        for village, pk in here.values_list("area", "pk"):
            found[village].append(pk)
        return found

    def hand_in(self, office, *, submit=True, people=None, eligible=None):
        """The list of an office with everybody who may be proposed, at most `people` of them;
        `eligible` are their ids, if already known."""
        with scope.enter(office):
            proposal = actions.start(self.programme, by=office)
            own = Worker.objects.visible_to(office).filter(agency=office.agency)
            if eligible is None:
                eligible = candidates.eligible(self.programme, own)
            actions.pick(proposal, own.filter(pk__in=eligible[:people]), by=office)
            if submit and proposal.entries.exists():
                actions.submit(proposal, by=office)
        return proposal

    def decide(self, stories):
        """Verify, send back and approve the lists (proposal → how far they shall come)."""

        def lists(*wanted):
            return Entry.objects.filter(
                proposal__in=[proposal for proposal, story in stories.items() if story in wanted]
            )

        handed_in = [proposal for proposal, story in stories.items() if story == "submitted"]
        unchecked = Entry.objects.filter(proposal__in=handed_in[::2])
        self._pass_on(
            lists("submitted", "returned", "verified", "approved").exclude(
                pk__in=unchecked.values("pk")
            )
        )
        with scope.enter(self.verifier):
            sent_back = self._first_of_each(lists("returned"), 2)
            for remainder, reason in enumerate(REASONS):
                self._decide(
                    "return",
                    [pk for pk in sent_back if pk % len(REASONS) == remainder],
                    reason=reason,
                )
            self._decide("reject", self._first_of_each(lists("verified"), 1)[:3], reason=REFUSED)
            rest = lists("returned", "verified", "approved").in_state(Entry.State.SUBMITTED)
            decisions.decide("verify", self.programme, rest, by=self.verifier)
        with scope.enter(self.approver):
            decisions.decide("approve", self.programme, lists("approved"), by=self.approver)

    def _pass_on(self, entries):
        """The DPMD and the kecamatan have looked at these people, if their lists go by them; each
        kecamatan still has two to look at."""
        for checker in self.checkers:
            with scope.enter(checker):
                here = entries.within(checker.area_id)
                if checker.role == Role.DISTRICT:
                    here = here.exclude(pk__in=here.order_by("-pk").values("pk")[:2])
                decisions.decide("pass", self.programme, here, by=checker)

    def _decide(self, verb, pks, *, reason):
        if pks:
            chosen = Entry.objects.filter(pk__in=pks)
            decisions.decide(verb, self.programme, chosen, by=self.verifier, reason=reason)

    def _first_of_each(self, entries, count):
        """The ids of the first `count` submitted people of every list."""
        rows = entries.in_state(Entry.State.SUBMITTED).order_by("proposal", "pk")
        seen, chosen = {}, []
        for pk, proposal in rows.values_list("pk", "proposal"):
            seen[proposal] = seen.get(proposal, 0) + 1
            if seen[proposal] <= count:
                chosen.append(pk)
        return chosen


def backdate(days):
    """Move the dates of each list (Proposal → days) into the past, its steps some days apart."""
    values = {"lists": [proposal.pk for proposal in days], "days": list(days.values())}
    with connection.cursor() as cursor:
        cursor.execute(_BACKDATE, values)
