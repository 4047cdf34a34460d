"""Changes to registered people by a list: shown before, chosen person by person."""

import pytest
from django.urls import reverse

from enrollment.imports import actions
from enrollment.imports.mending import correcting
from enrollment.imports.registry import differing, taking
from enrollment.workers import actions as workers
from enrollment.workers.models import Worker
from tests import people
from tests.imports.lists import current, outcomes, person, registered, take
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(handed_in):
    """A list with three people who are registered with another address, and one without changes."""
    for number in range(1, 4):
        people.worker(number, name=f"ORANG {number}", address="JL. B", rt="001")
    people.worker(4, name="ORANG 4", address="JL. A", rt="001")
    return handed_in("kartika", *(person(n, f"ORANG {n}") for n in range(1, 5)))


def choose(job, position, choice):
    with scope.enter(job.office):
        return differing.choose(by=job.office, job=job, position=position, choice=choice)


def addresses():
    with scope.whole_country("test"):
        return list(Worker.objects.order_by("nik").values_list("address", flat=True))


def change(number, **values):
    """Change a person as another user."""
    with scope.enter(people.office("olan")):
        worker = Worker.objects.get(nik=people.nik(number))
        for field, value in values.items():
            setattr(worker, field, value)
        worker.save()


def test_registered_people_are_not_changed_unless_the_user_chooses_so(three):
    assert outcomes(take(three)) == ["kept", "kept", "kept", "same"]
    assert addresses() == ["JL. B"] * 3 + ["JL. A"]


@pytest.mark.parametrize(
    ("update", "expected"),
    [(False, ["JL. B", "JL. A", "JL. B"]), (True, ["JL. B", "JL. A", "JL. A"])],
)
def test_the_choice_for_a_person_overrides_the_choice_for_the_list(three, update, expected):
    choose(three, 1, "keep")
    choose(three, 2, "update")
    choose(three, 3, "keep")
    choose(three, 3, "list")
    take(three, update=update)
    assert addresses()[:3] == expected


def test_people_who_changed_in_a_shown_field_or_ended_since_are_not_updated(three):
    change(1, address="JL. C")  # the field that differed
    change(2, phone="0812345678")  # another field
    with scope.enter(three.office):
        workers.end(
            by=three.office, worker=Worker.objects.get(nik=people.nik(3)),
            on=registered(nik=people.nik(3)).created_at.date(), reason="died", document="Akta",
        )  # fmt: skip
    job = take(three, update=True)
    assert outcomes(job) == ["kept", "changed", "kept", "same"]
    assert addresses()[:3] == ["JL. C", "JL. A", "JL. B"]
    assert registered(nik=people.nik(2)).phone == "0812345678"


def test_people_registered_after_the_preview_are_not_updated(handed_in):
    job = handed_in("kartika", person(1), person(2))
    people.worker(1, name="LAIN", address="JL. LAIN")
    job = take(job, update=True)
    assert outcomes(job) == ["kept", "new"]
    assert (registered(nik=people.nik(1)).address, job.taken) == ("JL. LAIN", 2)


def test_the_source_of_the_list_is_stored_of_people_who_are_not_updated_too(handed_in):
    job = handed_in("kartika", person(1, source="DTSEN 2025-I", decile="2"))
    worker = people.worker(1, name="LAIN", address="JL. LAIN")
    assert outcomes(take(job)) == ["kept"]
    with scope.whole_country("test"):
        assert worker.sources.values_list("registry", "decile").get() == ("DTSEN", 2)


def test_no_source_is_stored_of_a_person_who_moves_away_while_the_list_is_taken(
    handed_in, monkeypatch
):
    worker = people.worker(1)
    job = handed_in("kartika", person(1, source="DTSEN 2025-I"))
    update = taking._update

    def move_and_update(rows):
        with scope.whole_country("test"):
            Worker.objects.filter(pk=worker.pk).update(area_id=people.BOGORAN)
        update(rows)

    monkeypatch.setattr(taking, "_update", move_and_update)
    take(job)
    with scope.whole_country("test"):
        assert not worker.sources.exists()


def test_a_change_by_an_import_is_noticed_by_a_form_opened_before(three):
    before = workers.version_of(registered(nik=people.nik(1)))
    take(three, update=True)
    assert workers.version_of(registered(nik=people.nik(1))) != before


def test_the_page_shows_old_and_new_values_and_masks_private_ones(handed_in, as_person):
    people.worker(1, name="SITI", address="JL. B", birth_date=None)
    job = handed_in("kartika", person(1))
    page = as_person("kartika").get(reverse("import_differences", args=[job.pk])).content.decode()
    for text in ("JL. B", "JL. A", "01-01-1980", "350307**********", "Perbarui"):
        assert text in page
    assert people.nik(1) not in page
    assert "Nama ibu" not in page  # the list has no such column


def test_a_choice_is_stored_with_and_without_htmx(three, as_person):
    client = as_person("kartika")
    there = reverse("import_difference", args=[three.pk, 2])
    answer = client.post(there, {"choice": "update", "page": "1"})
    assert answer.status_code == 302 and answer["Location"].endswith("?page=1#orang-2")
    answer = client.post(there, {"choice": "keep", "page": "1"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200 and b"<html" not in answer.content
    with scope.whole_country("test"):
        assert list(three.rows.values_list("overwrite", flat=True)) == [None, False, None, None]
    preview = client.get(reverse("import_detail", args=[three.pk])).content.decode()
    assert "1 sudah Anda pilih sendiri" in preview


def test_numbers_in_the_preview_are_the_lengths_of_the_linked_lists(three, as_person):
    client = as_person("kartika")
    preview = client.get(reverse("import_detail", args=[three.pk]))
    by = preview.context["preview"].by
    assert (by["baru"], by["berubah"], by["sama"], by["error"]) == (0, 3, 1, 0)
    page = client.get(reverse("import_differences", args=[three.pk])).context["page"]
    assert page.paginator.count == by["berubah"]
    for word in ("baru", "sama"):
        rows = client.get(reverse("import_rows", args=[three.pk]), {"keadaan": word})
        assert rows.context["page"].paginator.count == by[word]


def test_after_taking_the_choices_cannot_be_changed(three, as_person):
    assert choose(three, 1, "update").overwrite
    take(three)
    with pytest.raises(Refusal, match="tidak dapat diubah lagi"):
        choose(three, 1, "keep")
    client = as_person("kartika")
    there = reverse("import_difference", args=[three.pk, 1])
    answer = client.post(there, {"choice": "keep"}, headers={"HX-Request": "true"})
    assert "HX-Redirect" in answer
    page = client.get(reverse("import_differences", args=[three.pk])).content.decode()
    assert "Diperbarui" in page and "Dibiarkan" in page and 'name="choice"' not in page


@pytest.mark.parametrize(("choice", "address"), [(None, "JL. B"), ("update", "JL. A")])
def test_rows_corrected_later_ignore_the_list_wide_choice_and_follow_an_individual_one(
    handed_in, choice, address
):
    people.worker(1, name="SITI", address="JL. B", rt="001")
    broken = person(1)
    broken[0] = "123"
    job = take(handed_in("kartika", broken, person(2)), update=True)
    with scope.enter(job.office):
        seen = correcting.version(job.rows.get(position=1))
        cells = {"nik": people.nik(1)}
        correcting.correct(by=job.office, job=job, position=1, cells=cells, seen=seen)
    if choice:
        choose(job, 1, choice)
    with pytest.raises(Refusal):
        choose(job, 2, "update")
    with scope.enter(job.office):
        actions.take_corrected(by=job.office, job=job)
    actions.advance(job.pk)
    assert registered(nik=people.nik(1)).address == address
    assert outcomes(current(job)) == ["changed" if choice else "kept", "new"]
    assert current(job).taken == 2


def test_only_who_may_import_chooses_and_other_areas_get_404(three, as_person):
    page = reverse("import_differences", args=[three.pk])
    there = reverse("import_difference", args=[three.pk, 1])
    for who, seen, chosen in (
        ("olan", 200, 302), ("rini", 200, 302), ("vera", 200, 403), ("audi", 200, 403),
        ("bagus", 404, 404), ("karim", 403, 403), ("boni", 404, 404),
    ):  # fmt: skip
        client = as_person(who)
        assert client.get(page).status_code == seen, who
        assert client.post(there, {"choice": "keep"}).status_code == chosen, who
    assert client.get(there).status_code == 302


def test_the_page_takes_as_many_queries_for_three_people_as_for_one(
    handed_in, as_person, django_assert_num_queries
):
    def queries(job):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("import_differences", args=[job.pk]))
        return len(asked)

    client = as_person("kartika")
    for number in range(1, 4):
        people.worker(number, name="X", address="JL. B")
    short = handed_in("kartika", person(1))
    longer = handed_in("kartika", *(person(number) for number in range(1, 4)))
    assert current(longer).people == 3
    assert queries(short) == queries(longer)
