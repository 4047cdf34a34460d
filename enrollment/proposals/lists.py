"""A page of people on lists: filtered, with the findings of each and the verbs on offer."""

import uuid
from collections.abc import Mapping

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from enrollment.paging import KeysFirst
from enrollment.proposals import candidates, departures, verbs
from enrollment.proposals.models import Entry, EntryQuerySet, LeftOut
from enrollment.standing import Standing
from enrollment.workers.checks.findings import CODES, Severity, finding
from enrollment.workers.filters import NameFilter, PlaceFilter, offer_places
from enrollment.workers.models import Worker
from villages.access import allowed
from villages.models import Office
from villages.permissions import held_by

PAGE = 25
State = Entry.State
HELD, ALL = "held", "semua"
WITH_THE_PROPOSER = {State.DRAFT, State.RETURNED}
GONE, GONE_NAMED = "gone", "gone_named"
WHO_IS_GONE = [(GONE, "Persetujuan perlu dicabut"), (GONE_NAMED, "Berakhir, sudah di keputusan")]
"""Approved people who died, moved or were entered by mistake: not named by any decree, and named
by a decree or its draft. Only for offices that may see drafts."""
LOOKS = {
    State.DRAFT: ("plain", "Belum diajukan"),
    State.SUBMITTED: ("moving", "Menunggu verifikasi Dinas"),
    State.VERIFIED: ("moving", "Menunggu persetujuan Dinas"),
    State.APPROVED: ("good", "Menunggu keputusan Bupati"),
    State.RETURNED: ("attention", "Perbaiki, lalu ajukan lagi"),
    State.REJECTED: ("refused", ""),
    State.WAITING: ("plain", "Menunggu tempat kosong"),
}
"""State → tone and what happens next."""
REPAIRED = ("moving", "Sudah diperbaiki, siap diajukan lagi")
OWN, DECREED = "entry.own", "entry.decreed"
REASONS = {
    OWN: "Anda sendiri yang mengajukan atau memverifikasi",
    DECREED: "Sudah masuk keputusan atau rancangannya",
}
"""Why a bulk decision may leave somebody out, besides a finding: code → label."""
LABELS = [*((name, code.label) for name, code in CODES.items()), *REASONS.items()]


class EntryFilter(django_filters.FilterSet):
    """`EntryFilter(data, queryset=…, office=…)`; without a status, the default of the role."""

    q = NameFilter()
    status = django_filters.ChoiceFilter(
        label="Status",
        method="by_status",
        choices=[*State.choices, (HELD, "Memakai kuota"), *WHO_IS_GONE, (ALL, "Semua")],
        empty_label=None,
    )
    wilayah = PlaceFilter()
    proses = django_filters.UUIDFilter(method="by_bulk", widget=forms.HiddenInput)
    alasan = django_filters.ChoiceFilter(
        label="Tidak ikut karena", method="by_reason", choices=LABELS, empty_label="Semua"
    )

    class Meta:
        model = Entry
        fields = ()

    def __init__(self, data: Mapping[str, str], *, queryset: EntryQuerySet, office: Office) -> None:
        self.usual = _first_look(office)
        given = {name: data[name] for name in self.base_filters if data.get(name)}
        super().__init__({"status": self.usual} | given, queryset=queryset)
        if "proses" not in given:
            del self.filters["proses"], self.filters["alasan"]
        offer_places(self.filters, office)
        if not allowed(office, "decree.draft"):
            status = self.filters["status"].extra
            status["choices"] = [pair for pair in status["choices"] if pair not in WHO_IS_GONE]

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
            ALL: set(State.values),
            GONE: {State.APPROVED},
            GONE_NAMED: set(),
        }
        return several.get(status, {status})

    def total(self, counts):
        """How many people the filters find, by the kept `counts` of all whom the page may show;
        None where a filter looks at each person."""
        if self.data.keys() & {"q", "proses", "alasan"} or not self.form.is_valid():
            return None
        if place := self.form.cleaned_data.get("wilayah"):
            counts = counts.within(place)
        counts = self.by_status(counts, "status", self.data["status"])
        return sum(counts.by_state().values())

    def by_name(self, rows, name, value):
        for word in value.split():
            rows = rows.filter(worker__name__icontains=word)
        return rows

    def by_status(self, rows, name, value):
        if value in (GONE, GONE_NAMED):
            return rows.approved_but_gone().filter(named=value == GONE_NAMED)
        # Whoever names every state keeps PostgreSQL from reading the rows in their order.
        return rows if value == ALL else rows.filter(state__in=self.states)

    def by_bulk(self, rows, name, value):
        """People whom a bulk decision left out, for the reason `alasan` or for any reason."""
        left = LeftOut.objects.filter(decision=value, entry=OuterRef("pk"))
        if reason := self.form.cleaned_data.get("alasan"):
            left = left.filter(codes__contains=[reason])
        return rows.filter(Exists(left))

    def by_reason(self, rows, name, value):
        return rows  # read by `by_bulk`


def page_of(rows, programme, number, *, office, total=None):
    """A page of entries for `office`, each with `person`, `findings` and `standing`; `total` is how
    many entries there are, where that is known. The number of queries does not depend on it."""
    rows = rows.select_related("area").prefetch_related("decree_rows__decree")
    pages = KeysFirst(rows.order_by("area_id", "rank", "pk"), PAGE, total=total)
    page = pages.get_page(number)
    departures.add_people(page.object_list)
    asked = [entry.worker_id for entry in page if entry.state in departures.UNDECIDED]
    against = candidates.examine(programme, Worker.objects.filter(pk__in=asked)) if asked else {}
    for entry in page:
        gone = departures.finding_of(entry, office=office)
        entry.standing = standing(entry, gone)
        entry.may_be_corrected = entry.present and entry.state in WITH_THE_PROPOSER
        entry.may_be_repaired = entry.present and entry.state == State.RETURNED
        entry.findings = ([gone] if gone else []) + against.get(entry.worker_id, [])
        if entry.present and entry.state in departures.UNDECIDED:
            entry.findings += warnings_of(entry.person)
    return page


def standing(entry, gone=None):
    """The Standing of a row; `gone` is the result of `departures.finding_of`."""
    tone, following = REPAIRED if entry.repaired_at else LOOKS[entry.state]
    if gone and entry.state == State.APPROVED:
        tone, following = "attention", gone.label
    return Standing(tone, entry.get_state_display(), following)


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


def _first_look(office):
    """The state that waits for the signature of the role; ALL for a role that does not sign."""
    for verb in verbs_for(office, State):
        if verb.signs:
            return str(next(iter(verb.origins(held_by(office.role)))))
    return ALL


def offer(page, office, states):
    """The verbs for a page of rows in `states`; sets on each row whether it can be ticked."""
    by_state = {state: bool(verbs_for(office, {state})) for state in states}
    for entry in page:
        entry.can_be_picked = by_state.get(entry.state, False)
    return verbs_for(office, states)


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
