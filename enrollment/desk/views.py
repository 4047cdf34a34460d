"""The desk: one person at a time, with the list beside them.

Without scripts each decision is a form that leads to the next person. With htmx the answer is the
part of the page that changes.
"""

import uuid
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import replace_url

from enrollment.desk import actions, reasons, rules, sent, showing
from enrollment.desk.actions import Changed
from enrollment.desk.line import Line
from enrollment.desk.sitting import Sitting
from enrollment.programmes import budget
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import candidates, departures, steps, verbs
from enrollment.proposals.models import Entry, Proposal
from enrollment.proposals.verbs import COSIGN, HOLDS_MONEY, QUEUE, State
from enrollment.proposals.views import url_of_list
from enrollment.schedules import actions as schedules
from enrollment.workers import disclosures, search
from enrollment.workers.models import Disclosure, Worker
from enrollment.workers.showing import shown as masked
from enrollment.workers.showing import told_apart
from villages import access
from villages.naming import name_apart
from villages.parameters import plain
from villages.permissions import held_by
from villages.refusals import Refusal

PERSON = "orang"
BEFORE, BEHIND = 2, 12
"""How many people the list beside the person shows."""
UNDO, UNMASK = "undo", "unmask"
NOTHING_TO_UNDO = "Tidak ada keputusan Anda yang dapat dibatalkan di sini."
UNDO_ELSEWHERE = (
    "Keputusan terakhir Anda ada di daftar lain, dan tetap. Batalkan di meja daftar itu."
)
TONES = {messages.SUCCESS: "good", messages.WARNING: "attention", messages.ERROR: "refused"}


@dataclass(frozen=True)
class Said:
    """What has just happened, as one of Django's messages."""

    level: int
    text: str

    @property
    def tone(self):
        return TONES[self.level]


@require_http_methods(["GET", "HEAD", "POST"])
def programme_desk(request, pk):
    """Everybody of a programme who waits for this office."""
    programme = access.fetch(request, PremiumSubsidy.objects.all(), may="proposal.view", pk=pk)
    return _desk(request, programme)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_desk(request, pk):
    """Those of one list."""
    rows = Proposal.objects.select_related("programme", "area", "agency")
    proposal = access.fetch(request, rows, may="proposal.view", pk=pk)
    return _desk(request, proposal.programme, proposal)


def _desk(request, programme, proposal=None):
    if not verbs.waiting_for(held_by(request.office.role)):
        raise PermissionDenied
    if request.method != "POST" and (redirected := search.redirect_without_nik(request)):
        return redirected
    desk = Desk(request, programme, proposal)
    if request.method != "POST":
        return desk.show(desk.at(desk.line.of(sent.person(request.GET.get(PERSON)))))
    verb = request.POST.get("act")
    if verb == UNDO:
        return desk.take_back()
    entry = desk.line.of(sent.person(request.POST.get(PERSON)) or uuid.UUID(int=0))
    if entry is None:
        return desk.go(None, Said(messages.WARNING, "Orang itu tidak lagi ada di daftar ini."))
    if verb == UNMASK:
        return desk.show(desk.at(entry), unmasked=True)
    return desk.decide(entry, verb)


class Desk:
    """The desk of the request's office."""

    def __init__(self, request, programme, proposal):
        self.request, self.programme, self.proposal = request, programme, proposal
        self.office, self.permissions = request.office, held_by(request.office.role)
        self.line = Line(programme, proposal, request.GET, request.office)
        self.sitting = Sitting(request.session, programme, request.office)
        self.asked = candidates.Asked(programme)

    def decide(self, entry, name):
        """Apply the verb, and go on with who is next; or stay, and say why not."""
        allowed = {verb.name: verb for verb in _decisions(self.permissions)}
        if name not in allowed:
            raise PermissionDenied
        verb, data = allowed[name], self.request.POST
        try:
            done = actions.decide(
                verb, self.programme, entry, seen=sent.seen(data), by=self.office,
                regency=self.request.regency, reason=sent.reason(data), asked=self.asked,
            )  # fmt: skip
        except Changed as changed:
            return self.show(self._again(entry), Said(messages.WARNING, str(changed)))
        except Refusal as refusal:
            return self.show(self.at(entry), Said(messages.ERROR, str(refusal)), typed=data)
        if done.left:
            said = f"Tidak {verb.done}: orang ini tidak memenuhi syarat lagi. Lihat catatannya."
            return self.show(self._again(entry), Said(messages.WARNING, said))
        self.sitting.add(entry)
        following = self._after(entry)
        said = COSIGN.done if done.partly else verb.done
        return self.go(following, Said(messages.SUCCESS, f"{_name(entry)} {said}."))

    def take_back(self):
        """Take back the last decision of this sitting, and show that person again."""
        decided = self.sitting.decided
        entry = self.line.everybody.filter(pk=decided[-1]).first() if decided else None
        if entry is None:
            elsewhere = Entry.objects.filter(pk__in=decided[-1:]).exists()
            if not elsewhere:  # the row has gone: it can be taken back nowhere
                self.sitting.forget_last()
            said = Said(messages.WARNING, UNDO_ELSEWHERE if elsewhere else NOTHING_TO_UNDO)
            return self.go(self.at(self.line.of(sent.person(self.request.POST.get(PERSON)))), said)
        try:
            verb = actions.take_back(
                entry, programme=self.programme, by=self.office, regency=self.request.regency
            )
        except Refusal as refusal:
            if isinstance(refusal, Changed):
                self.sitting.forget_last()
            return self.show(self._again(entry), Said(messages.WARNING, str(refusal)))
        self.sitting.forget_last()
        entry.refresh_from_db()
        place = self.at(entry)
        said = f"{_name(entry)} {verb.done}."
        if entry.state == verb.otherwise:
            said = f"{_name(entry)} {verb.done}, dan {QUEUE.done}: tempatnya sudah diisi."
        elif entry.state not in self.line.states:
            said = f"{said} Langkah berikutnya bukan pada Anda lagi."
        return self.go(place, Said(messages.SUCCESS, said))

    def go(self, place, said):
        """On to a person: with htmx at once, else by way of their address."""
        if self.request.htmx:
            return self.show(place, said)
        messages.add_message(self.request, said.level, said.text)
        return redirect(self.address(place and place.entry))

    def at(self, entry):
        """The place of a row; None for none."""
        if entry is None:
            return None
        near = self.line.around(entry, BEFORE, BEHIND)
        return _place(entry, near.before, near.behind)

    def _again(self, entry):
        """The place of a row that is read once more."""
        return self.at(self.line.of(entry.public_id))

    def _after(self, entry):
        """The place of who comes after a row that has just been decided; None if nobody waits."""
        near = self.line.around(entry, BEFORE, BEHIND + 1)
        if not near.behind:
            departures.add_people([entry])
            return self.at(self.line.after_the_last(entry))
        following, *behind = near.behind
        before = [*near.before, entry][-BEFORE:] if near.waits else near.before
        return _place(following, before, behind, also=[entry])

    def address(self, entry=None):
        """Of the desk with its filters, and of one person at it."""
        named = (
            reverse("proposal_desk", args=[self.proposal.pk])
            if self.proposal
            else reverse("programme_desk", args=[self.programme.pk])
        )
        asked = dict(self.line.sifted.chosen)
        if entry is not None:
            asked[PERSON] = str(entry.public_id)
        return f"{named}?{urlencode(asked)}" if asked else named

    def show(self, place, said=None, *, unmasked=False, typed=None):
        """The page, or with htmx the desk alone. `typed`: the form whose decision was refused, to
        be shown again."""
        context = self._frame() | {"said": said}
        if place is None:
            context["elsewhere"] = self.line.elsewhere()
        else:
            context |= self._person(place, unmasked, typed or {})
        if not self.request.htmx:
            context |= self._around_the_desk()
            return render(self.request, "desk/page.html", context)
        answer = render(self.request, "desk/answer.html", context)
        return replace_url(answer, self.address(place and place.entry))

    def _around_the_desk(self):
        """What only the whole page says."""
        if self.proposal:
            name_apart([self.proposal.area], within=self.office.area)
        return {
            "programme": self.programme,
            "proposal": self.proposal,
            "filter": self.line.sifted,
            "time": schedules.situation(self.programme, self.office),
        }

    def _frame(self):
        there = url_of_list(self.programme, self.proposal)
        chosen = urlencode(self.line.sifted.chosen)
        return {
            "list_url": f"{there}?{chosen}" if chosen else there,
            "desk_url": self.address(),
            "people": self.line.people,
            "is_counted": self.line.is_counted,
            "decided": len(self.sitting.decided),
        }

    def _person(self, place, unmasked, typed):
        entry = place.entry
        entry.programme = self.programme
        show = self._unmasking(entry) if unmasked else None
        found = showing.of(
            entry, office=self.office, regency=self.request.regency, show=show or masked,
            asked=self.asked,
        )  # fmt: skip
        person = found.entry.person if found.entry.present else None
        if person and not show:
            disclosures.record(by=self.office, kind=Disclosure.Kind.VIEW, worker=person)
        decisions = [
            verb
            for verb in verbs.of_a_desk(found.entry.stage, self.permissions)
            # Who has approved in part waits for another approver.
            if not (entry.state == verb.partly and steps.own_earlier([entry], verb, self.office))
        ]
        keys = rules.keys_of(decisions)
        usual = reasons.offered(self.office) if decisions else {}
        costs = _costs(decisions)
        return {
            "view": found,
            "entry": found.entry,
            "revealed": show is not None,
            "may_unmask": person is not None and access.allowed(self.office, "worker.unmask"),
            "decisions": [
                {
                    "verb": verb,
                    "key": keys[verb.name],
                    "usual": usual.get(verb.name, []),
                    "refused": typed.get("act") == verb.name,
                    "own": plain(typed.get("own")),
                }
                for verb in decisions
            ],
            "costs": costs,
            "fits": budget.fitting_from(self.programme, self.asked.first_month) if costs else None,
            "person_url": self.address(entry),
            "seen": found.entry.changed_at.isoformat(),
            "seen_person": person.updated_at.isoformat() if person else "",
            **self._beside(place),
        }

    def _unmasking(self, entry):
        """What writes the person's data in full, recorded; None for who moved out of sight."""
        person = Worker.objects.filter(pk=entry.worker_id).first()
        if person is None:
            return None
        return disclosures.reveal(by=self.office, why=Disclosure.Why.LOOK, people=[person])

    def _beside(self, place):
        """The list beside the person: those before them and those who follow."""
        entry, before, behind = place
        rows = [*before, entry, *behind]
        for row in rows:
            row.told, row.url = told_apart(row.person), self.address(row)
            row.is_here = row.pk == entry.pk
        following = behind[0] if behind else self.line.after_the_last(entry)
        return {
            "rows": rows,
            "before_url": self.address(before[-1]) if before else "",
            "next_url": self.address(following) if following else "",
        }


class Place(NamedTuple):
    """A row, and the rows before and behind it, all with their `person`."""

    entry: Entry
    before: list[Entry]
    behind: list[Entry]


def _place(entry, before, behind, *, also=()):
    """Whoever is `also` wanted gets their `person` by the same statement."""
    departures.add_people([*also, *before, entry, *behind])
    return Place(entry, before, behind)


def _costs(decisions):
    return any(verb.to in HOLDS_MONEY for verb in decisions)


def _decisions(permissions):
    """Every verb that may be taken at the desk of somebody with these permissions."""
    return [verb for state in State for verb in verbs.of_a_desk(state, permissions)]


def _name(entry):
    return entry.person.name if entry.person else "Orang ini"
