"""A page of people on lists: filtered, with the findings of each and the verbs on offer."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Subquery, Sum
from django.db.models.functions import ExtractYear, Upper
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from enrollment.bands import actions as bands
from enrollment.coverage.rules import Kind
from enrollment.illness import actions as illness
from enrollment.paging import CLEAR, FILE, PRINT, SIFT, SORT, Listed, listed
from enrollment.proposals import candidates, departures, queue, signing, stages, steps, verbs
from enrollment.proposals.models import Entry, EntryQuerySet, LeftOut
from enrollment.proposals.verbs import APPROVE
from enrollment.standing import Standing
from enrollment.workers import search
from enrollment.workers.checking import occupation
from enrollment.workers.checks.findings import CODES, Finding, Severity, finding
from enrollment.workers.filters import NameFilter, PlaceFilter, offer_places
from enrollment.workers.models import WORK, Worker
from villages.access import allowed
from villages.models import Office, Role
from villages.naming import name_apart
from villages.parameters import plain
from villages.permissions import CHECKERS, held_by

State = Entry.State


def _of_person(expression: Any, worker: str = "worker_id") -> Subquery:
    """A value of the person of an entry. Looked up for each, not joined: those who moved out of
    sight stay on the list."""
    person = Worker.objects.filter(pk=OuterRef(worker)).order_by()
    return Subquery(person.annotate(sorted_by=expression).values("sorted_by"))


def sorts_by_person(worker: str = "worker_id") -> dict[str, list[Any]]:
    """How a list of rows about people is sorted by name, place and year of birth (`paging.listed`);
    `worker`: the path from a row to the id of its person."""
    name = _of_person(Upper("name"), worker)
    return {
        "nama": [name],
        "wilayah": [Upper("area__name"), "area_id", name],
        "lahir": [_of_person(ExtractYear("birth_date"), worker), name],
    }


SORTS = sorts_by_person() | {
    "alamat": [_of_person(F("hamlet")), _of_person(F("rt")), _of_person(F("rw"))],
    "pekerjaan": [_of_person(WORK)],
    "status": ["state", "area_id", "rank"],
}
HELD, ALL, UNREPAIRED, PENDING = "held", "semua", "unrepaired", "pending"
TO_APPROVE, TO_COMPLETE = "to_approve", "to_complete"
"""Those whom the approver who looks at them may still approve; and of them, those whom another one
has approved already."""
GRANTED = "granted"
"""Approved, whether a decree names them or not."""
WITH_THE_PROPOSER = {State.DRAFT, State.RETURNED}
GONE, GONE_NAMED = "gone", "gone_named"
WHO_IS_GONE = [(GONE, "Persetujuan perlu dicabut"), (GONE_NAMED, "Berakhir, sudah di keputusan")]
"""Approved people who died, moved or were entered by mistake: not named by any decree, and named
by a decree or its draft. Only for offices that may see drafts."""
OWN, DECREED = "entry.own", "entry.decreed"
REASONS = {
    OWN: "Anda sendiri yang mengusulkan, memeriksa, memverifikasi, atau menyetujui",
    DECREED: "Sudah masuk keputusan atau rancangannya",
}
"""Why a bulk decision may leave somebody out, besides a finding: code → label."""
LABELS = [
    *((name, code.label) for name, code in CODES.items() if code.severity != Severity.NOTICE),
    *REASONS.items(),
]


class EntryFilter(django_filters.FilterSet):
    """`EntryFilter(data, queryset=…, office=…)`; without a status, the default of the role.
    `whole`: the rows are those of a programme, not of one list."""

    q = NameFilter("Cari nama atau NIK", widget=search.UnsavedTextInput)
    status = django_filters.ChoiceFilter(
        label="Status",
        method="by_status",
        choices=[
            *stages.STAGES,
            (UNREPAIRED, "Dikembalikan, belum diperbaiki"),
            (PENDING, "Belum diajukan"),
            (HELD, "Memakai kuota"),
            (TO_APPROVE, "Menunggu persetujuan Anda"),
            (TO_COMPLETE, "Disetujui sebagian, menunggu Anda"),
            (GRANTED, "Disetujui atau ditetapkan"),
            *WHO_IS_GONE,
            (ALL, "Semua"),
        ],
        empty_label=None,
    )
    wilayah = PlaceFilter()
    kepesertaan = django_filters.ChoiceFilter(
        label="Kepesertaan", field_name="kind", empty_label="Semua",
        choices=[(kind.value, kind.label) for kind in Kind],
    )  # fmt: skip
    proses = django_filters.UUIDFilter(method="by_bulk", widget=forms.HiddenInput)
    alasan = django_filters.ChoiceFilter(
        label="Tidak ikut karena", method="by_reason", choices=LABELS, empty_label="Semua"
    )

    class Meta:
        model = Entry
        fields = ()

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        queryset: EntryQuerySet,
        office: Office,
        whole: bool = False,
    ) -> None:
        self.office, self.whole = office, whole
        self.usual = _first_look(office, queryset)
        given = {name: data[name] for name in self.base_filters if data.get(name)}
        if digits := search.digits_in(given.get("q", "")):
            given["q"] = digits[: search.SHOWN_DIGITS]  # a job keeps the filters, and no NIK
        super().__init__({"status": self.usual} | given, queryset=queryset)
        if "proses" not in given:
            del self.filters["proses"], self.filters["alasan"]
        offer_places(self.filters, office)
        status = self.filters["status"].extra
        if checks(office):
            others = status["choices"][len(stages.STAGES) :]
            status["choices"] = [*stages.named(checks=True), *others]
        kept = [] if allowed(office, "decree.draft") else [code for code, _ in WHO_IS_GONE]
        kept += [] if allowed(office, APPROVE.permission) else [TO_APPROVE, TO_COMPLETE]
        status["choices"] = [pair for pair in status["choices"] if pair[0] not in kept]

    @property
    def chosen(self):
        """The filters that were set by hand."""
        return {
            name: value
            for name, value in self.data.items()
            if not (name == "status" and value == self.usual)
        }

    @property
    def states(self):
        """The states of the shown rows to which a verb may be applied."""
        status = self.data["status"]
        several = {
            HELD: verbs.HOLDS_PLACE,
            GRANTED: set(),
            ALL: set(State.values),
            TO_APPROVE: {State.VERIFIED, State.COSIGNED},
            TO_COMPLETE: {State.COSIGNED},
            stages.DECREED: set(),
            UNREPAIRED: {State.RETURNED},
            PENDING: {State.DRAFT, State.RETURNED},
            GONE: {State.APPROVED},
            GONE_NAMED: set(),
        }
        return several.get(status, {status})

    @property
    def is_counted(self):
        """Whether the kept counts know whom the filters find: none looks at each person."""
        looked_at = self.data.keys() & {"q", "proses", "alasan", "kepesertaan"}
        return self.form.is_valid() and not (
            looked_at or self.data["status"] in (UNREPAIRED, PENDING, TO_APPROVE, TO_COMPLETE)
        )

    @property
    def place(self):
        """The district or village that was chosen; "" for all."""
        return self.form.cleaned_data.get("wilayah", "") if self.form.is_valid() else ""

    def total(self, counts):
        """How many people the filters find, by the kept `counts` of all whom the page may show;
        None where a filter looks at each person."""
        if not self.is_counted:
            return None
        if place := self.place:
            counts = counts.within(place)
        counts = self.by_status(counts, "status", self.data["status"])
        return counts.aggregate(number=Sum("people", default=0))["number"]

    def by_name(self, rows, name, value):
        return search.about(rows, value, many=self.whole)

    def by_status(self, rows, name, value):
        if value in (GONE, GONE_NAMED):
            return rows.approved_but_gone().filter(named=value == GONE_NAMED)
        # Whoever names every state keeps PostgreSQL from reading the rows in their order.
        if value == ALL:
            return rows
        if value in (TO_APPROVE, TO_COMPLETE):
            return rows.approvable_by(self.office).in_state(*self.states)
        if value in (UNREPAIRED, PENDING):
            return rows.unrepaired() if value == UNREPAIRED else rows.pending()
        if value == GRANTED:
            return rows.filter(state=State.APPROVED)
        return rows.filter(state__in=self.states) if value == HELD else rows.in_stage(value)

    def by_bulk(self, rows, name, value):
        """People whom a bulk decision left out, for the reason `alasan` or for any reason."""
        left = LeftOut.objects.filter(decision=value, entry=OuterRef("pk"))
        if reason := self.form.cleaned_data.get("alasan"):
            left = left.filter(codes__contains=[reason])
        return rows.filter(Exists(left))

    def by_reason(self, rows, name, value):
        return rows  # read by `by_bulk`


def page_of(
    rows: Any,
    programme: Any,
    asked: Any,
    *,
    office: Office,
    village_word: str = "desa",
    usual: str = "",
    in_turn: bool = False,
    **options: Any,
) -> Listed:
    """The page of entries that `asked` (see `paging.listed`) means, for `office`, each with
    `person`, `findings` and `standing`; `in_turn`: all of them wait, and stand in the order that
    the programme gives them. The number of queries does not depend on their number."""
    rows = rows.select_related("area", "programme").prefetch_related(stages.NAMED_BY)
    order = programme.waiting_order if in_turn else ()
    rows = rows.order_by("area_id", queue.turn(order) if order else "rank", "pk")
    stored = "wilayah, lalu giliran" if order else "wilayah, lalu nomor tunggu"
    on_screen = not any(asked.get(name) for name in (FILE, PRINT))
    page = listed(rows, asked, sorts=SORTS, usual=usual, stored=stored, **options)
    describe(page, programme, office=office, village_word=village_word, on_screen=on_screen)
    return page


def describe(
    rows: Any, programme: Any, *, office: Office, village_word: str, on_screen: bool = True
) -> None:
    """Set `person`, `findings`, `standing` and the like on each of the rows, as `page_of`; reads
    their `area` and `stages.NAMED_BY`. The number of queries does not depend on their number."""
    departures.add_people(list(rows))
    judge(rows, programme, office=office, village_word=village_word, on_screen=on_screen)


def judge(
    rows: Any,
    programme: Any,
    *,
    office: Office,
    village_word: str,
    on_screen: bool = True,
    asked: candidates.Asked | None = None,
) -> None:
    """`describe`, of rows that have their `person` already; `asked` as in `candidates.examined`."""
    queue.add_turns(programme, rows)
    steps.add_who_withdrew(list(rows), village_word)
    signing.add_progress(list(rows))
    name_apart([entry.area for entry in rows], within=office.area)
    people: dict[int, candidates.Person] = {
        entry.worker_id: candidates.Person.of(entry.person)
        for entry in rows
        if entry.present and _is_examined(entry)
    }
    verdicts, elsewhere, ill = {}, {}, set()
    if people:
        asked = asked or candidates.Asked(programme)
        verdicts = candidates.judged(programme, list(people.values()), asked)
        elsewhere = candidates.known_elsewhere(programme, list(people), asked.first_month)
        # Data about health: on the page of who verifies, and in no file or print of it.
        ill = illness.too_ill(people, office) if on_screen else set()
    for entry in rows:
        gone = departures.finding_of(entry, office=office)
        entry.stage = stages.stage_of(entry.state, decreed=stages.grant_of(entry) is not None)
        entry.standing = standing(entry, gone)
        if entry.state == State.CHECKING and checks(office):
            entry.standing = replace(entry.standing, word=stages.TO_CHECK, next="")
        entry.may_be_corrected = entry.present and entry.state in WITH_THE_PROPOSER
        entry.may_be_repaired = entry.present and entry.state == State.RETURNED and not entry.gone
        verdict = verdicts.get(entry.worker_id) if _is_examined(entry) else None
        entry.findings = _findings(entry, gone, verdict, elsewhere.get(entry.worker_id, []))
        if entry.worker_id in ill and entry.present and entry.state != State.APPROVED:
            entry.findings.append(finding("work.too_ill"))
        entry.kind = entry.kind or (verdict.kind.value if verdict else "")
        entry.work = occupation(entry.person) if entry.present else entry.person.occupation_text


def checks(office: Office, proposal: Any = None) -> bool:
    """Whether whoever waits to be checked, on this list or on all, waits for this office."""
    return office.role == Role.DPMD or (proposal is not None and proposal.route == office.role)


def standing(entry: Any, gone: Finding | None = None) -> Standing:
    """The Standing of a row today, after `steps.add_who_withdrew` and `signing.add_progress`;
    `gone` is the result of `departures.finding_of`."""
    what, repaired = gone.label if gone else "", entry.repaired_at is not None
    grant, today = stages.grant_of(entry), timezone.localdate()
    return stages.standing_on(
        today,
        entry.state,
        grant,
        what,
        repaired=repaired,
        withdrawn_by=entry.withdrawn_by,
        signed=entry.progress,
    )


def _is_examined(entry):
    """What is against somebody may change until a decree that names them is issued."""
    if entry.state != State.APPROVED:
        return entry.state in departures.UNDECIDED
    return all(row.decree.is_draft for row in entry.decree_rows.all())


def _findings(entry, gone, verdict, elsewhere):
    """What stops the person, and before approval also what is told without stopping anybody."""
    if gone and entry.state == State.APPROVED:
        return [gone]
    found = [gone] if gone else []
    if verdict is None:
        return found
    found += verdict.against
    if not entry.present or entry.state == State.APPROVED:
        return found
    changed = entry.kind not in ("", verdict.kind.value)
    return [
        *found,
        *([finding("kind.changed", before=entry.kind, now=verdict.kind.value)] if changed else []),
        *verdict.notices,
        *elsewhere,
        *warnings_of(entry.person),
    ]


def warnings_of(worker):
    """Warnings for the verifier to look at; they do not stop the person from being proposed."""
    return [
        finding(code)
        for code in worker.findings
        if CODES[code].severity == Severity.WARNING and not CODES[code].needs
    ]


def verbs_for(office, states):
    """The verbs that the office may take with people ticked somewhere among `states`."""
    return verbs.for_chosen(states, held_by(office.role))


def _first_look(office, rows):
    """The state that waits for the role; ALL for a role for which none does, and for a kecamatan or
    the DPMD where nobody waits to be checked. Where several may have to approve, those whom this
    approver has not."""
    if office.role in CHECKERS and not rows.in_state(State.CHECKING).exists():
        return ALL
    for verb in verbs_for(office, State):
        if verb.is_primary:
            if verb.partly:
                several = bands.asks_for_several(office.area_id)
                return TO_APPROVE if several else State.VERIFIED.value
            return str(next(iter(verb.origins(held_by(office.role)))))
    return ALL


def offer(page, office, states, *, ticked_elsewhere=False):
    """The verbs for a page of rows in `states`; sets on each row whether it can be ticked. A verb
    is offered where it reaches a row of the page, or may reach one that is on another page or
    ticked there. One for one's own decisions is offered where the page has such a row."""
    beyond = ticked_elsewhere or page.paginator.num_pages > 1
    found, pickable = [], set()
    for verb in verbs_for(office, states):
        reached = _reached(page, verb, office)
        pickable |= reached
        for_own = verb.own_decision or verb.own_signature or office.role in CHECKERS
        if reached or (beyond and (verb.not_by or not for_own)):
            found.append(verb)
    for entry in page:
        entry.can_be_picked = entry.pk in pickable
    return found


def with_reasons(offered, typed):
    """These verbs with the reasons that a form has brought for them, so that a page which is shown
    once more repeats them."""
    return [replace(verb, said=plain(typed.get(f"reason_{verb.name}"))) for verb in offered]


def _reached(page, verb, office):
    """The ids of those rows of the page to which the office may apply the verb."""
    origins = verb.origins(held_by(office.role))
    here = [entry for entry in page if entry.stage in origins]
    ids = {entry.pk for entry in here}
    if here:
        ids -= steps.own_earlier(here, verb, office)
    own = verb.own_list or verb.own_decision or verb.own_signature
    if ids and (own or office.role in CHECKERS):
        rows = Entry.objects.filter(pk__in=ids)
        ids = set(steps.within_reach(rows, verb, by=office).values_list("pk", flat=True))
    return ids


def ticked_elsewhere(entries, page, ticked, office, shown):
    """The public ids of those ticked who are not on this page and can still be decided about, while
    the list shows people in the states `shown`."""
    others = ticked - {entry.public_id for entry in page}
    if not others:
        return []
    states = [state for state in State if state in shown and verbs_for(office, {state})]
    rows = entries.in_state(*states).filter(public_id__in=others)
    return list(rows.values_list("public_id", flat=True))


def seen_at(data):
    """When the page with the form was shown; now, if the form does not say so."""
    try:
        seen = parse_datetime(data.get("seen", ""))
    except ValueError:
        seen = None
    return seen if seen and timezone.is_aware(seen) else timezone.now()


def ticked(data):
    """The public ids ticked in a form; values that are not ids are ignored."""
    found = set()
    for text in data.getlist("pick"):
        try:
            found.add(uuid.UUID(text))
        except ValueError:
            continue
    return found


def typed_filters(posted):
    """The filters that stand in the fields of a form with ticks, and its sort; the form has those
    that are applied once more, behind its fields."""
    if posted.get(SIFT) == CLEAR:
        return {}
    names = [*EntryFilter.base_filters, SORT]
    return {name: posted.getlist(name)[0] for name in names if name in posted}
