"""People who were sent back: the reason above the form, one after another, and handed in again."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from playwright.sync_api import expect

from enrollment.proposals import actions
from enrollment.proposals.models import Entry
from enrollment.workers.models import Worker
from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.proposals import making
from tests.proposals.asking import of, text
from tests.proposals.test_departures import todos
from tests.workers.asking import everybody, url
from villages import scope

pytestmark = pytest.mark.django_db
DONE = {"sudah_diperbaiki": "1"}


@pytest.fixture
def returned():
    """A list of Senden with three people, all sent back."""
    proposal = making.submitted(making.programme(), 3)
    making.act("vera", "return", proposal, reason="Nama ibu tidak cocok dengan KK")
    return proposal


def repair(entry):
    return reverse("entry_repair", args=[entry.public_id])


def as_shown(client, entry):
    form = client.get(repair(entry)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def hand_in(proposal, by="kartika", **given):
    with scope.enter(people.office(by)):
        return actions.submit(proposal, by=people.office(by), **given)


def test_the_reason_stands_above_the_form_and_the_next_person_follows(returned, as_person):
    client = as_person("olan")
    first, second, third = making.entries(returned)
    page = client.get(repair(first))
    assert "Nama ibu tidak cocok dengan KK" in text(page)
    assert repair(second) in page.text and "3 orang di daftar ini" in text(page)
    answer = client.post(repair(first), as_shown(client, first) | DONE | {"mother_name": "SUMI"})
    assert answer.url == repair(second)
    assert everybody(pk=first.worker_id)[0].mother_name == "SUMI"
    assert client.post(repair(third), as_shown(client, third) | DONE).url == repair(second)
    answer = client.post(repair(second), as_shown(client, second) | DONE, follow=True)
    assert answer.redirect_chain[-1][0] == of(returned)
    assert "Semua yang dikembalikan sudah diperbaiki" in text(answer)


def test_saving_alone_marks_nobody(returned, as_person):
    client = as_person("olan")
    entry = making.entries(returned)[0]
    answer = client.post(repair(entry), as_shown(client, entry) | {"rt": "009"})
    assert answer.url == of(returned)
    assert making.entries(returned)[0].repaired_at is None
    assert everybody(pk=entry.worker_id)[0].rt == "009"


def test_what_is_refused_marks_nobody_and_keeps_the_reason_in_sight(returned, as_person):
    client = as_person("olan")
    entry = making.entries(returned)[0]
    page = client.post(repair(entry), as_shown(client, entry) | DONE | {"nik": "12"})
    assert "NIK harus tepat 16 angka" in page.text and "Nama ibu tidak cocok" in page.text
    assert making.entries(returned)[0].repaired_at is None


def test_only_who_is_repaired_is_handed_in_again(returned):
    kartika = people.office("kartika")
    entries = making.entries(returned)
    with scope.enter(kartika):
        actions.mark_repaired(entries[0], by=kartika)
    done = hand_in(returned)
    assert (done.submitted, done.left) == (1, 0)
    assert making.states(returned) == {"submitted": 1, "returned": 2}
    assert making.entries(returned)[0].repaired_at is None


def test_the_others_too_if_somebody_says_so(returned, as_person):
    page = text(as_person("kartika").get(of(returned)))
    assert "3 orang yang dikembalikan dan belum ditandai" in page
    refused = as_person("kartika").post(of(returned, "ajukan/"), follow=True)
    assert "Belum ada yang dapat diajukan" in text(refused)
    sent = {"juga_belum_diperbaiki": "on"}
    assert "3 orang diajukan" in text(
        as_person("kartika").post(of(returned, "ajukan/"), sent, follow=True)
    )
    assert making.states(returned) == {"submitted": 3}


def test_the_list_and_the_persons_page_lead_to_the_form_with_the_reason(returned, as_person):
    client = as_person("olan")
    entry = making.entries(returned)[0]
    assert repair(entry) in client.get(of(returned, "?status=returned")).text
    worker = everybody(pk=entry.worker_id)[0]
    assert repair(entry) in client.get(url(worker)).text
    assert repair(entry) in client.get(reverse("entry_detail", args=[entry.public_id])).text
    with scope.enter(people.office("olan")):
        actions.mark_repaired(entry, by=people.office("olan"))
    assert "Sudah diperbaiki, siap diajukan lagi" in text(client.get(of(returned)))


@pytest.mark.parametrize("left", [{"ended_on": "2026-02-01", "ended_reason": "died"},
                                  {"area_id": people.BOGORAN}])  # fmt: skip
def test_who_has_gone_is_not_to_be_repaired_but_taken_off(returned, as_person, left):
    first, *others = making.entries(returned)
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=first.worker_id).update(**left)
    asked = todos(as_person("olan"))
    assert asked["Perbaiki 2 orang yang dikembalikan"].number == 2
    assert asked["Tarik 1 orang yang dikembalikan"].url == f"{of(returned)}?status=returned"
    head = as_person("kartika")
    page = head.get(f"{of(returned)}?status=returned")
    assert "1 orang yang dikembalikan sudah berakhir atau tercatat di tempat lain" in text(page)
    assert "Ajukan juga 2 orang yang dikembalikan" in text(page)
    repaired = {row.pk for row in page.context["page"] if row.may_be_repaired}
    assert repaired == {row.pk for row in others}
    assert "2 orang di daftar ini" in text(head.get(repair(others[0])))
    given = {"act": "withdraw", "pick": [str(first.public_id)], "reason_withdraw": "Pergi"}
    head.post(of(returned, "tindak/"), given | {"status": "returned"})
    assert making.fresh(first).state == "rejected"
    assert "Tarik 1 orang yang dikembalikan" not in todos(head)


def test_where_all_returned_have_gone_nothing_is_to_be_handed_in(returned, as_person):
    head = as_person("kartika")
    assert "Ajukan lagi yang dikembalikan" in text(head.get(of(returned)))
    with scope.whole_country("tests"):
        Worker.objects.all().update(ended_on="2026-02-01", ended_reason="died")
    assert "Ajukan lagi yang dikembalikan" not in text(head.get(of(returned)))


def test_only_returned_people_of_ones_own_list_are_repaired(returned, as_person):
    entry = making.entries(returned)[0]
    assert as_person("bagus").get(repair(entry)).status_code == 404
    assert as_person("vera").get(repair(entry)).status_code == 403
    assert as_person("rini").get(repair(entry)).status_code == 403
    hand_in(returned, unrepaired=True)
    assert as_person("olan").get(repair(entry)).status_code == 404
    with scope.enter(people.office("olan")):
        actions.mark_repaired(entry, by=people.office("olan"))
    assert making.entries(returned)[0].repaired_at is None


def test_the_database_marks_only_who_is_returned():
    proposal = making.draft(making.programme(), 1)
    with scope.enter(people.office("kartika")), transaction.atomic():
        with pytest.raises(IntegrityError, match="entry_repaired_is_returned"):
            Entry.objects.filter(proposal=proposal).update(repaired_at="2026-01-01T00:00Z")
        transaction.set_rollback(True)


def test_returned_people_are_repaired_one_after_another_on_a_phone(returned, as_person, page_at):
    page = page_at(360, as_person("kartika"))
    page.goto(HOME + of(returned))
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("link", name="Perbaiki satu per satu").click()
    for name in ("Pekerja 0", "Pekerja 1"):
        page.get_by_role("heading", name=f"Perbaiki data {name}").wait_for()
        expect(page.get_by_text("Nama ibu tidak cocok dengan KK")).to_be_visible()
        assert_accessible(page)
        assert_fits(page)
        page.get_by_role("button", name="Sudah diperbaiki, lanjut").click()
    page.get_by_role("button", name="Sudah diperbaiki", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("tersimpan")
    expect(page.get_by_text("Semua yang dikembalikan sudah diperbaiki")).to_be_visible()
    assert_quiet(page)
