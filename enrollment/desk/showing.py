"""What the desk shows of one person. The number of queries is the same for everybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects

from enrollment.desk import rules
from enrollment.duplicates.models import DuplicateCase
from enrollment.fields.person import KEPT, SECTIONS
from enrollment.proposals import lists, overview, signing, stages, steps
from enrollment.proposals.candidates import Asked
from enrollment.proposals.models import Entry, Step
from enrollment.proposals.overview import Moment
from enrollment.workers import history, twins
from enrollment.workers.checking import occupation
from enrollment.workers.models import Worker
from enrollment.workers.showing import Show, told_apart
from enrollment.workers.showing import shown as masked
from villages.access import allowed
from villages.models import Office, Regency

MOST_OF_A_FAMILY = 12
MOST_LISTS = 12
HIDDEN = "berubah, tetapi disamarkan"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field before and now, as the desk shows it; `hidden` where both look alike masked."""

    label: str
    old: str
    new: str

    @property
    def hidden(self) -> str:
        return HIDDEN if self.old == self.new else ""


@dataclass(slots=True)
class PersonView:
    """One person at the desk. `facts` are groups of (label, text, whether it is a number that may
    not break); `since` is the moment from which `differences` count."""

    entry: Any
    moments: list[Moment]
    facts: list[tuple[str, list[tuple[str, str, bool]]]] = field(default_factory=list)
    since: Moment | None = None
    differences: list[Difference] = field(default_factory=list)
    lists: list[Any] = field(default_factory=list)
    family: list[Any] = field(default_factory=list)
    twins: list[Any] = field(default_factory=list)
    cases: list[DuplicateCase] = field(default_factory=list)

    @property
    def is_elsewhere(self) -> bool:
        return bool(self.lists or self.twins or self.cases)


def of(entry: Entry, *, office: Office, regency: Regency, show: Show, asked: Asked) -> PersonView:
    """Everything about the person of a row that the office may know, after `departures.add_people`;
    `show` writes their data, `asked` is what the row's programme asks."""
    row: Any = entry
    people = {row.worker_id: row.person} if row.present else {}
    if row.present:
        people |= {other.pk: other for other in _family(row.person, office)}
    others = _others(row, people, office)
    prefetch_related_objects([row, *others], stages.NAMED_BY)
    taken = _steps([row, *others])
    lists.judge([row], row.programme, office=office, village_word=regency.village_word, asked=asked)
    past = taken[row.pk]
    view = PersonView(row, overview.moments(row, regency, past))
    if not row.present:  # moved out of sight: only what was last known here
        return view
    worker = row.person
    view.facts = facts(worker, show)
    if looked := rules.last_look(past):
        view.since = Moment(looked.at, overview.what(looked), overview.who(looked, regency), "")
        changes = history.changes_since(worker, looked.at, show)
        view.differences = [Difference(*change) for change in changes]
    _add_rows(view, others, people, taken, regency)
    _add_alike(view, worker, office)
    return view


def facts(worker: Worker, show: Show) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """(title, [(label, text, …)]) of each part of the form, with the fields that are filled in."""
    known = {each.name: each for each in KEPT}
    found = []
    for section in SECTIONS:
        named = [known[name] for name in (*section.fields, *section.folded) if name in known]
        texts = [(each, _text(worker, each, show)) for each in named if each.name != "name"]
        filled = [
            (_label(each, show), text, each.name in ("nik", "kk")) for each, text in texts if text
        ]
        found.append((section.title, filled))
    return [(title, filled) for title, filled in found if filled]


def _label(of_person: Any, show: Show) -> str:
    """Masked, a birth date is no more than its year."""
    if of_person.name == "birth_date" and show is masked:
        return "Tahun lahir"
    return str(of_person.label)


def _text(worker: Worker, of_person: Any, show: Show) -> str:
    if of_person.name == "occupation":
        return occupation(worker)
    return show(of_person.column, getattr(worker, of_person.column))


def _others(row: Entry, people: Collection[int], office: Office) -> list[Entry]:
    """Other rows of these people that the office may see."""
    if not people:
        return []
    rows: Any = Entry.objects.visible_to(office).filter(worker__in=people).exclude(pk=row.pk)
    rows = rows.select_related("programme", "area").order_by("-changed_at")
    return list(rows[: MOST_LISTS + MOST_OF_A_FAMILY])


def _steps(rows: Sequence[Entry]) -> dict[int, list[Step]]:
    """Row → its steps, the oldest first."""
    found: dict[int, list[Step]] = {row.pk: [] for row in rows}
    for step in Step.objects.filter(entry__in=list(found)).order_by("at", "pk"):
        found[step.entry_id].append(step)
    return found


def _add_rows(
    view: PersonView,
    others: Sequence[Any],
    people: Mapping[int, Worker],
    taken: Mapping[int, Sequence[Step]],
    regency: Regency,
) -> None:
    """The person on other lists, and others of the same family card."""
    steps.add_who_withdrew(others, regency.village_word)
    signing.add_progress(others)
    own, here = view.entry.worker_id, view.entry.programme_id
    for row in others:
        row.person = people[row.worker_id]
        row.told, row.is_of_another = told_apart(row.person), row.programme_id != here
        row.standing = lists.standing(row)
        step = taken[row.pk][-1] if taken[row.pk] else None
        row.who = overview.who(step, regency) if step else ""
        row.when = step.at if step else row.changed_at
    view.lists = [row for row in others if row.worker_id == own][:MOST_LISTS]
    view.family = [row for row in others if row.worker_id != own]


def _add_alike(view: PersonView, worker: Worker, office: Office) -> None:
    """Twins and open cases."""
    alike: list[Any] = twins.of(
        nik=worker.nik, name=worker.name, birth_date=worker.birth_date, person=worker
    )
    for twin in alike:
        twin.told = told_apart(twin)
    view.twins = alike
    if allowed(office, "duplicate.view"):
        cases = DuplicateCase.objects.visible_to(office).open().filter(worker=worker)
        view.cases = list(cases.select_related("claimed_by", "claimed_agency")[:MOST_LISTS])


def _family(worker: Worker, office: Office) -> list[Worker]:
    """Others with the same family card whom the office may see."""
    if not worker.kk:
        return []
    others = Worker.objects.visible_to(office).filter(kk=worker.kk).exclude(pk=worker.pk)
    return list(others.order_by("pk")[:MOST_OF_A_FAMILY])
