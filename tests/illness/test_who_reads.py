"""Whether somebody is too ill to work: read by the verifier of the regency, and by nobody else."""

import io

import openpyxl
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from enrollment.illness import actions
from enrollment.illness.models import IllnessAnswer, StagedIllness
from enrollment.workers.checks.findings import CODES
from enrollment.workers.models import Worker
from tests import people
from tests.imports.lists import registered
from tests.proposals import making
from tests.workers.asking import COMPLETE, NEW, as_shown, url
from villages import scope

pytestmark = pytest.mark.django_db

TOLD = CODES["work.too_ill"].label
OTHERS = [name for name in people.NAMES if name != "vera"]


def say(worker, ill=True, by="olan"):
    with scope.enter(people.office(by)):
        actions.answer(worker.pk, ill)


def read_by(name):
    with scope.enter(people.office(name)):
        return list(IllnessAnswer.objects.values_list("worker", "ill"))


@pytest.fixture
def ill():
    """Somebody of Senden of whom Olan has said that they are too ill to work."""
    worker = people.worker(100)
    say(worker)
    return worker


def test_the_verifier_of_the_regency_reads_the_answer(ill):
    assert read_by("vera") == [(ill.pk, True)]


@pytest.mark.parametrize("name", OTHERS)
def test_the_database_shows_it_to_no_other_office(name, ill):
    assert read_by(name) == []
    with scope.enter(people.office(name)):
        assert actions.too_ill([ill.pk], people.office(name)) == set()


def test_the_platform_does_not_read_it_either(ill):
    with scope.whole_country("tests"):
        assert list(IllnessAnswer.objects.all()) == []


@pytest.mark.parametrize("name", ["olan", "kartika", "vera", "rini"])
def test_nobody_writes_it_past_the_question(name, ill):
    with scope.enter(people.office(name)):
        assert IllnessAnswer.objects.filter(pk=ill.pk).update(ill=False) == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            IllnessAnswer.objects.create(worker=people.worker(2), ill=False)
    assert read_by("vera") == [(ill.pk, True)]


def test_a_village_answers_about_its_own_people_alone(ill):
    stranger = people.worker(3, people.BOGORAN)
    with scope.enter(people.office("olan")):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            actions.answer(stranger.pk, True)
        assert actions.answered([ill.pk, stranger.pk]).keys() == {ill.pk}


def test_who_answers_is_told_that_it_is_answered_and_may_answer_again(ill):
    say(ill, ill=False)
    assert read_by("vera") == [(ill.pk, False)]
    with scope.enter(people.office("olan")):
        assert actions.answered([ill.pk]).keys() == {ill.pk}
        assert actions.answered([]) == {}


def test_the_role_that_writes_is_left_again(ill):
    with scope.enter(people.office("olan")), connection.cursor() as cursor:
        actions.answered([ill.pk])
        cursor.execute("SELECT current_setting('portal.role', true)")
        assert cursor.fetchone() == ("operator_desa",)


def test_it_goes_with_the_person(ill):
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=ill.pk)._raw_delete("default")
    assert read_by("vera") == []


def test_it_goes_along_with_a_person_who_moves_to_another_village(ill):
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=ill.pk).update(area_id=people.BOGORAN)
    assert read_by("vera") == [(ill.pk, True)]
    with scope.enter(people.office("olan")):
        assert actions.answered([ill.pk]) == {}


def test_history_and_stored_findings_say_nothing_of_it(ill):
    with scope.whole_country("tests"), connection.cursor() as cursor:
        ill.refresh_from_db()
        assert ill.findings == []
        cursor.execute("SELECT tablename FROM pg_tables WHERE tablename ~ 'illnessanswer'")
        assert cursor.fetchall() == [("enrollment_illnessanswer",)]


# --- on pages


@pytest.fixture
def listed():
    """A list that was handed in: somebody ill, somebody who is not, and one nobody has asked."""
    entries = making.entries(making.submitted(making.programme(), 3))
    say(entries[0].worker)
    say(entries[1].worker, ill=False)
    return entries


def pages_about(entry):
    return [
        reverse("programme_people", args=[entry.programme_id]),
        reverse("proposal_detail", args=[entry.proposal_id]),
        reverse("entry_detail", args=[entry.public_id]),
        reverse("worker_detail", args=[entry.worker.public_id]),
        reverse("worker_list"),
    ]


def test_the_verifier_is_warned_beside_the_ill_person_alone(listed, as_person):
    client = as_person("vera")
    page = client.get(pages_about(listed[0])[0]).context["page"]
    warned = [e.pk for e in page if TOLD in [found.label for found in e.findings]]
    assert warned == [listed[0].pk]
    assert CODES["work.too_ill"].sentence in client.get(pages_about(listed[0])[2]).text


def test_the_warning_stops_nobody(listed, as_person):
    entry = listed[0]
    act = {"act": "verify", "pick": [str(entry.public_id)]}
    as_person("vera").post(reverse("programme_act", args=[entry.programme_id]), act)
    assert making.fresh(entry).state == "verified"


def test_no_file_and_no_print_of_the_verifier_has_it(listed, as_person):
    client, there = as_person("vera"), pages_about(listed[0])[0]
    assert TOLD in client.get(there).text
    assert TOLD not in client.get(there, {"cetak": "1"}).text
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(there, {"unduh": "xlsx"}))))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]
    assert any("Pekerja 0" in cell for cell in cells)
    assert not any("sakit" in cell.lower() for cell in cells)


@pytest.mark.parametrize("name", OTHERS)
def test_no_page_tells_anybody_else(name, listed, as_person):
    client = as_person(name)
    for address in pages_about(listed[0]):
        page = client.get(address).text.lower()
        offered = CODES["work.ill_unread"].label.lower()  # a filter of all lists
        assert "sakit" not in page.replace(offered, ""), address


# --- in the form


def test_the_form_asks_stores_the_answer_and_never_shows_it_again(as_person):
    client = as_person("olan")
    assert "Sedang sakit berat sehingga tidak bekerja?" in client.get(NEW).text
    client.post(NEW, COMPLETE | {"nik": people.nik(7), "ill": "ya"})
    worker = registered(nik=people.nik(7))
    assert read_by("vera") == [(worker.pk, True)]
    page = client.get(url(worker, "ubah/"))
    assert page.context["form"]["ill"].value() in (None, "")
    assert "Sudah dijawab" in page.text
    assert 'value="ya" checked' not in " ".join(page.text.split())


def test_saving_without_an_answer_leaves_the_one_before(as_person):
    client, worker = as_person("olan"), people.worker(1)
    say(worker)
    client.post(url(worker, "ubah/"), as_shown(client, worker) | {"address": "Jl. Baru"})
    assert registered(nik=worker.nik).address == "Jl. Baru"
    assert read_by("vera") == [(worker.pk, True)]


def test_an_answer_is_not_needed(as_person):
    as_person("olan").post(NEW, COMPLETE | {"nik": people.nik(7)})
    assert registered(nik=people.nik(7))
    assert read_by("vera") == []


def test_a_regency_asks_in_its_own_words(as_person):
    as_person("rini").post(reverse("illness_question"), {"text": "Apakah sedang opname?"})
    assert "Apakah sedang opname?" in as_person("olan").get(NEW).text
    as_person("rini").post(reverse("illness_question"), {"text": ""})
    assert "Sedang sakit berat" in as_person("olan").get(NEW).text


def test_staged_answers_are_read_by_nobody(ill):
    for name in people.NAMES:
        with scope.enter(people.office(name)):
            assert list(StagedIllness.objects.all()) == []
