"""Undoing an import: people that it added are removed, people that it changed are restored."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from enrollment.coverage.models import Membership
from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.imports.registry import undoing
from enrollment.proposals import actions as proposals
from enrollment.proposals.models import Entry
from enrollment.workers import actions as workers
from enrollment.workers.models import Disclosure, Worker, WorkerSource
from tests import people
from tests.imports.lists import current, person, registered, take
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def undo(job):
    with scope.enter(job.office):
        actions.undo(by=job.office, job=job)
    actions.advance(job.pk)
    return current(job)


def listed(number, programme):
    """Complete a person's data and put the person on Senden's list for a new programme."""
    kartika, subsidy = people.office("kartika"), making.programme(name=programme)
    with scope.enter(kartika):
        rows = Worker.objects.filter(nik=people.nik(number))
        rows.update(sex="L", mother_name="IBU", occupation_text="Petani", findings=[])
        proposal = proposals.start(subsidy, by=kartika)
        assert proposals.pick(proposal, rows, by=kartika) == 1
    return proposal


def hand_in(proposal):
    kartika = people.office("kartika")
    with scope.enter(kartika):
        return proposals.submit(proposal, by=kartika)


def names():
    with scope.whole_country("test"):
        return sorted(Worker.objects.values_list("name", flat=True))


def stays(job):
    with scope.whole_country("test"):
        return list(job.rows.values_list("stays", flat=True))


def test_added_people_are_removed_with_their_sources_and_their_history_is_kept(handed_in):
    people.worker(9, name="LAMA")
    job = take(handed_in("kartika", person(1, source="DTSEN 2026-II"), person(2, "BUDI")))
    assert names() == ["BUDI", "LAMA", "SITI"]
    events = Worker.events.rel.related_model.objects
    job = undo(job)
    assert names() == ["LAMA"]
    assert (job.phase, job.undone, stays(job)) == (Import.Phase.UNDONE, 2, ["", ""])
    with scope.whole_country("test"):
        assert not WorkerSource.objects.exists()
        history = events.filter(nik=people.nik(1)).order_by("pgh_id")
        labels = list(history.values_list("pgh_label", "name"))
        assert labels == [("insert", "SITI"), ("delete", "SITI")]
        last = events.filter(nik=people.nik(1)).latest("pgh_id").pgh_context
    assert (last["username"], last["job"]) == ("kartika", str(job.pk))


def test_changed_people_get_their_former_values_back(handed_in):
    people.worker(1, name="SITI", address="JL. B", rt="", findings=["rt.missing"])
    with scope.whole_country("test"):
        worker = Worker.objects.get()
        WorkerSource.objects.create(
            worker=worker, area_id=worker.area_id, registry="DTSEN", decile=2
        )
    row = person(1, born="02-02-1980", rt="7", source="DTSEN", decile="4")
    job = take(handed_in("kartika", row), update=True)
    after = registered()
    assert (after.address, after.birth_date, after.rt) == ("JL. A", date(1980, 2, 2), "007")
    job = undo(job)
    before = registered()
    assert (before.address, before.birth_date, before.rt) == ("JL. B", date(1980, 1, 1), "")
    assert "rt.missing" in before.findings
    assert (job.undone, stays(job)) == (1, [""])
    with scope.whole_country("test"):
        assert WorkerSource.objects.get().decile == 2


def test_sources_added_to_people_who_were_registered_before_are_removed(handed_in):
    people.worker(1, name="SITI", address="JL. A")
    job = take(handed_in("kartika", person(1, source="DTSEN 2026-II")))
    with scope.whole_country("test"):
        assert WorkerSource.objects.count() == 1
    undo(job)
    with scope.whole_country("test"):
        assert not WorkerSource.objects.exists()


def test_people_who_were_changed_since_are_kept_with_the_reason(handed_in):
    people.worker(8, name="DELAPAN", address="JL. B")
    rows = [person(number, f"ORANG {number}") for number in range(1, 6)]
    job = take(handed_in("kartika", *rows, person(8, "DELAPAN")), update=True)
    _change(1, address="JL. BARU")
    with scope.enter(job.office):
        ended = Worker.objects.get(nik=people.nik(2))
        workers.end(by=job.office, worker=ended, on=date(2026, 1, 1), reason="died", document="x")
    _change(3, nik=people.nik(7))
    with scope.whole_country("test"):
        member = Worker.objects.get(nik=people.nik(4))
        Membership.objects.create(worker=member, area_id=member.area_id, kpj="12345678901")
    _change(8, phone="0812")
    job = undo(job)
    assert names() == ["DELAPAN", "ORANG 1", "ORANG 2", "ORANG 3", "ORANG 4"]
    assert stays(job) == ["changed", "changed", "gone", "held", "", "changed"]
    assert job.undone == 1
    assert registered(nik=people.nik(8)).address == "JL. A"


def _change(number, **values):
    with scope.whole_country("test"):
        worker = Worker.objects.get(nik=people.nik(number))
    with scope.enter(people.office("kartika")):
        for field, value in values.items():
            setattr(worker, field, value)
        worker.updated_at = timezone.now()
        worker.save()


def test_people_whom_another_list_names_too_are_kept(handed_in):
    job = take(handed_in("kartika", person(1), person(2)))
    take(handed_in("kartika", person(1)))
    job = undo(job)
    assert stays(job) == ["named", ""]
    assert registered().nik == people.nik(1)


def test_people_who_were_only_viewed_are_removed_and_the_disclosure_is_kept(handed_in, as_person):
    job = take(handed_in("kartika", person(1)))
    with scope.enter(job.office):
        worker = Worker.objects.get()
        Disclosure.objects.create(
            kind="view", user=job.office.user, area_id=worker.area_id, worker=worker, subject="x"
        )
    undo(job)
    assert names() == []
    with scope.whole_country("test"):
        assert Disclosure.objects.get().worker_id == worker.pk
    client = as_person("rini")
    answer = client.post(reverse("disclosure_list"), {"q": people.nik(1)}, follow=True)
    assert [row.worker_id for row in answer.context["page"]] == [worker.pk]
    assert "Kartika" in answer.content.decode() and people.nik(1) not in answer.content.decode()


def test_a_turn_that_fails_is_repeated_and_counts_once(handed_in, monkeypatch):
    job = take(handed_in("kartika", *(person(number, f"ORANG {number}") for number in range(5))))
    monkeypatch.setattr(undoing, "BATCH", 2)
    undo_rows, calls = undoing.undo, []

    def failing_once(job, last):
        undo_rows(job, last)
        calls.append(last)
        if len(calls) == 2:
            raise ZeroDivisionError

    monkeypatch.setitem(
        actions._PHASES,
        Import.Phase.UNDO,
        actions.Phase(undoing.batches, failing_once, undoing.finish),
    )
    with pytest.raises(ZeroDivisionError):
        undo(job)
    assert (len(names()), current(job).undone, current(job).cursor) == (3, 2, 2)
    actions.advance(job.pk)
    assert (names(), current(job).undone, calls) == ([], 5, [2, 4, 4, 5])


def test_people_leave_drafts_and_a_submitted_list_prevents_undoing(handed_in):
    job = take(handed_in("kartika", person(1), person(2)))
    draft = listed(1, "A")
    undo(job)
    assert names() == []
    with scope.whole_country("test"):
        assert not Entry.objects.filter(proposal=draft).exists()
    again = take(handed_in("kartika", person(1), person(2)))
    assert hand_in(listed(1, "B")).submitted == 1
    with scope.enter(again.office), pytest.raises(Refusal, match="1 orang di antaranya"):
        actions.undo(by=again.office, job=again)
    assert current(again).phase == Import.Phase.TAKEN
    assert len(names()) == 2


def test_other_roles_and_areas_cannot_undo_an_import(handed_in, as_person):
    job = take(handed_in("kartika", person(1)))
    there, page = (reverse(name, args=[job.pk]) for name in ("import_undo", "import_detail"))
    refused = {"vera": 403, "audi": 403, "karim": 403, "bagus": 404, "boni": 404}
    for user, code in refused.items():
        assert as_person(user).post(there).status_code == code, user
    assert b"Batalkan impor ini" not in as_person("vera").get(page).content
    client = as_person("olan")
    assert client.get(there).status_code == 302
    assert b"Batalkan impor ini" in client.get(page).content
    assert client.post(there).status_code == 302
    assert current(job).phase == Import.Phase.UNDO
    assert b"Membatalkan impor" in client.get(page).content


def test_numbers_in_the_result_are_the_lengths_of_the_linked_lists(handed_in, as_person):
    job = take(handed_in("kartika", *(person(number) for number in range(1, 4))))
    _change(1, phone="0812")
    _change(2, nik=people.nik(9))
    job = undo(job)
    client = as_person("kartika")
    reasons = client.get(reverse("import_detail", args=[job.pk])).context["preview"].stays
    assert [(reason, number) for reason, _, number in reasons] == [("changed", 1), ("gone", 1)]
    for reason, _, number in reasons:
        rows = client.get(reverse("import_rows", args=[job.pk]), {"tetap": reason})
        assert rows.context["page"].paginator.count == number
        assert "Tetap ada" in rows.content.decode()


def test_undoing_an_import_twice_is_refused(handed_in):
    job = undo(take(handed_in("kartika", person(1))))
    for _ in range(2):
        with scope.enter(job.office), pytest.raises(Refusal, match="sudah dibatalkan"):
            actions.undo(by=job.office, job=job)
    assert current(job).undone == 1
    assert take(handed_in("kartika", person(1))).taken == 1
