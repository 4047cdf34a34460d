"""That a NIK is registered elsewhere is told to who knows the person, or later with a case."""

import io
import re

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from enrollment.duplicates.models import DuplicateCase
from enrollment.imports import actions
from enrollment.imports.mending import correcting
from enrollment.imports.models import Import
from enrollment.limits.models import Usage
from enrollment.workers.models import Disclosure, Worker
from tests import people
from tests.imports.lists import HEADINGS, current, person, register_elsewhere, take
from tests.limits.test_counting import set_limits, used
from tests.pages.source import on_one_line
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

KNOWN = {"name": "Siti", "birth_date": "1980-01-01"}
"""As `person` has it."""
ELSEWHERE = "duplicate.elsewhere"


def told():
    with scope.whole_country("test"):
        return list(Disclosure.objects.filter(kind="told").values_list("area_id", "user__username"))


def cases():
    with scope.whole_country("test"):
        return DuplicateCase.objects.count()


def everything_about(client, job):
    """What all pages and the returned workbook of a list say, but for what is random in them."""
    addresses = [reverse("import_list"), reverse("import_detail", args=[job.pk])]
    addresses += [reverse("import_mend", args=[job.pk])]
    rows = reverse("import_rows", args=[job.pk])
    filters = ("", "keadaan=baru", "keadaan=siap", "keadaan=error", f"temuan={ELSEWHERE}")
    addresses += [f"{rows}?{chosen}" for chosen in filters]
    pages = [client.get(address).text for address in addresses]
    book = client.get(reverse("import_returned", args=[job.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    pages.append(str([[cell.value for cell in row] for row in sheet]))
    random = (
        rf'{job.pk}|name="csrfmiddlewaretoken" value="\w+"|data-left="\d+"|nonce-\S+'
        r"|\d\d[.:]\d\d(?: WIB)?"
    )
    return [re.sub(random, "", page) for page in pages]


def invented(handed_in):
    """A list with made-up names, and one row that anybody would have to mend."""
    rows = [person(number, f"KARANGAN {number}") for number in range(1, 4)]
    return handed_in("kartika", *rows, ["3503", "TANPA NIK"])


def test_before_saving_a_list_of_made_up_niks_tells_nothing_by_any_way(handed_in, as_person):
    client = as_person("kartika")
    nobody = everything_about(client, invented(handed_in))
    with scope.whole_country("test"):
        Import.objects.all().delete()
    register_elsewhere(1, people.BAURENO, birth_date="1980-01-01")
    register_elsewhere(2, name="KARANGAN 2", birth_date="1979-12-31")
    register_elsewhere(3, name="KARANGAN 3")
    job = invented(handed_in)
    assert everything_about(client, job) == nobody
    assert (job.good, told(), cases()) == (3, [], 0)
    job = take(job)  # there was something to tell
    assert (job.taken, job.counts[ELSEWHERE], cases()) == (0, 3, 3)
    assert sorted(told()) == [(people.BOGORAN, "kartika")] * 2 + [(people.BAURENO, "kartika")]
    assert used(job.office)[1] == 3
    page = client.get(reverse("import_rows", args=[job.pk]), {"temuan": ELSEWHERE}).text
    assert "akan diperiksa Dinas" in client.get(reverse("import_mend", args=[job.pk])).text
    assert "KARANGAN 1" in page


def test_who_has_name_and_birth_date_is_told_and_the_regency_sees_who_was(handed_in):
    register_elsewhere(1, people.BAURENO, **KNOWN)
    job = handed_in("kartika", person(1), person(2))
    assert (job.good, job.counts[ELSEWHERE], told()) == (1, 1, [(people.BAURENO, "kartika")])
    assert used(job.office) == (2, 1)
    with scope.enter(job.office):
        actions.discard(by=job.office, job=job)
    actions.advance(job.pk)
    with scope.enter(people.office("boni")):
        noted = Disclosure.objects.get()
        assert (noted.why, noted.subject) == ("check", f"import:{job.pk}")
        assert noted.worker_id == Worker.objects.get().pk
    with scope.enter(people.office("rini")):
        assert not Disclosure.objects.exists()


def test_undoing_withdraws_the_case_and_keeps_the_record(handed_in, as_person):
    """Else saving and undoing would tell as much as the preview once did, and nobody would see."""
    register_elsewhere(1, people.BAURENO)
    job = take(handed_in("kartika", person(1), person(2)))
    assert cases() == 1
    with scope.enter(job.office):
        actions.undo(by=job.office, job=job)
    actions.advance(job.pk)
    assert (cases(), told()) == (0, [(people.BAURENO, "kartika")])
    page = as_person("vino").get(reverse("duplicate_list"), {"ditarik": "1"}).text
    assert "ORANG LAIN" in page and "Senden" in page and "Kartika" in page
    assert "ORANG LAIN" not in as_person("vera").get(reverse("duplicate_list"), {"ditarik": 1}).text
    noted = as_person("boni").get(reverse("disclosure_list")).text
    assert "Diberi tahu bahwa terdaftar" in noted and "Jabatan di kabupaten lain" in noted


def test_a_village_that_has_reported_the_person_before_is_told_before_saving(handed_in):
    register_elsewhere(1)
    take(handed_in("kartika", person(1)))
    assert handed_in("kartika", person(1)).counts[ELSEWHERE] == 1
    assert len(told()) == 1
    assert ELSEWHERE not in handed_in("tani", person(1), area=people.SENDEN).counts


def test_an_agency_learns_no_more_of_a_village_than_another_village(handed_in):
    people.worker(1, name="LAIN")
    job = handed_in("tani", person(1), area=people.SENDEN)
    assert (job.good, told()) == (1, [])
    assert (take(job).taken, cases(), len(told())) == (0, 1, 1)


def test_a_regency_is_told_at_once_of_people_whom_it_sees(handed_in):
    register_elsewhere(1)
    job = handed_in("rini", person(1), area=people.SENDEN)
    assert (job.counts[ELSEWHERE], told(), used(job.office)) == (1, [], (1, 0))


def test_a_nik_typed_into_a_row_tells_nothing_before_saving(handed_in, as_person):
    register_elsewhere(1)
    job = handed_in("kartika", person(5), ["3503", "SITI", "01-01-1980"])
    row, _ = mend(job, nik=people.nik(1))
    assert (row.severity, ELSEWHERE in row.codes, told()) == ("gap", False, [])
    register_elsewhere(2, **KNOWN)
    row, _ = mend(job, nik=people.nik(2))
    assert (row.codes[-1], len(told())) == (ELSEWHERE, 1)


def mend(job, **cells):
    with scope.enter(job.office):
        seen = correcting.version(job.rows.get(position=2))
        return correcting.correct(by=job.office, job=job, position=2, cells=cells, seen=seen)


def test_names_cannot_be_tried_without_end(handed_in):
    set_limits(village_checks=4)
    register_elsewhere(1, **KNOWN)
    job = handed_in("kartika", person(5), person(1, "BUKAN"))
    for name in ("ANI", "ANA"):
        mend(job, name=name)
    with pytest.raises(Refusal, match="terlalu banyak NIK"):
        mend(job, name="SITI")
    assert (used(job.office), told()) == ((4, 0), [])
    with scope.whole_country("test"):
        assert job.rows.get(position=2).name == "ANA"


def test_the_form_of_a_registered_person_tells_with_a_case_and_changes_nothing(as_person):
    worker = people.worker(1)
    other = people.worker(2, people.BAURENO, name="RAHASIA")
    client = as_person("kartika")
    address = reverse("worker_edit", args=[worker.public_id])
    typed = client.get(address).context["form"].initial | {"nik": other.nik}
    answer = client.post(address, {key: value or "" for key, value in typed.items()})
    assert "akan diperiksa Dinas" in answer.text and "RAHASIA" not in answer.text
    with scope.enter(people.office("vino")):
        case = DuplicateCase.objects.get()
    assert (case.worker_id, case.claimed_by_id) == (other.pk, people.SENDEN)
    assert told() == [(people.BAURENO, "kartika")]
    with scope.whole_country("test"):
        assert Worker.objects.get(pk=worker.pk).nik == worker.nik


def test_beyond_the_limit_the_form_tells_no_difference(as_person):
    """Neither of somebody registered elsewhere nor of somebody new."""
    set_limits(village_answers=1)
    registered = [people.worker(number, people.BAURENO) for number in (1, 2)]
    client = as_person("kartika")

    def typed(nik):
        return client.post(reverse("worker_new"), {"nik": nik, "name": "BUDI"}).text

    assert "akan diperiksa Dinas" in typed(registered[0].nik)
    for nik in (registered[1].nik, people.nik(7)):
        answer = typed(nik)
        assert "terlalu banyak NIK" in answer and nik in answer
    assert cases() == 1
    with scope.whole_country("test"):
        assert Usage.objects.get().told == 1


def test_a_list_beyond_the_limit_waits_for_the_dinas_and_goes_on(handed_in, as_person):
    set_limits(village_checks=3)
    handed_in("olan", person(4))
    job = handed_in("olan", person(1), person(2), person(3))
    assert (job.state, job.phase, job.cursor) == ("held", "read", 0)
    page = reverse("import_detail", args=[job.pk])
    release = reverse("import_release", args=[job.pk])
    olan = as_person("olan")
    assert "menunggu Dinas" in olan.get(page).text and release not in olan.get(page).text
    assert olan.post(release).status_code == 403
    for name in ("vera", "amir", "rini"):
        home = as_person(name).get("/").text
        assert "1 daftar yang menunggu Dinas" in home
    vera = as_person("vera")
    assert str(job.pk) in vera.get(reverse("import_list"), {"menunggu": "dinas"}).text
    shown = on_one_line(vera.get(page).text)
    assert release in shown and "memeriksa 1 NIK" in shown
    vera.post(release)
    actions.advance(job.pk)
    assert (current(job).good, used(job.office)) == (3, (4, 0))
    job = take(current(job))
    assert (job.taken, job.released_by_id) == (3, people.office("vera").pk)
    assert "menunggu Dinas" not in as_person("rini").get("/").text


def test_a_list_with_too_many_answers_stops_while_it_is_saved_and_loses_nothing(handed_in):
    set_limits(village_answers=1)
    for number in (1, 2):
        register_elsewhere(number, people.BAURENO)
    job = take(handed_in("kartika", person(1), person(2), person(3)))
    assert (job.state, job.phase, job.taken, cases(), told()) == ("held", "take", 0, 0, [])
    with scope.enter(people.office("vera")):
        actions.release(by=people.office("vera"), job=job)
    actions.advance(job.pk)
    assert (current(job).taken, cases(), len(told())) == (1, 2, 2)


def test_with_no_answers_left_the_list_of_nobody_registered_waits_like_the_other(handed_in):
    """Else, prepared the day before, each list of one made-up NIK would tell by waiting or not."""
    register_elsewhere(1, people.BAURENO)
    lists = [handed_in("kartika", person(number, "KARANGAN")) for number in (1, 2)]
    set_limits(village_answers=1)
    register_elsewhere(3, people.BAURENO)
    assert take(handed_in("kartika", person(3))).elsewhere == 1
    assert [(job.state, job.taken) for job in map(take, lists)] == [("held", 0)] * 2
    assert cases() == 1


def test_that_there_were_too_many_answers_is_told_once_a_day(handed_in):
    """With one answer left, a list of two would wait for ever if both are registered, and no case
    would say so."""
    for number in (1, 2, 3):
        register_elsewhere(number, people.BAURENO)
    both = handed_in("kartika", person(1), person(2))
    rest = [handed_in("kartika", person(1), person(number)) for number in (3, 4)]
    set_limits(village_answers=1)
    assert [take(job).state for job in (both, *rest)] == ["held"] * 3
    assert cases() == 0


def test_nobody_releases_an_own_list_and_a_waiting_one_can_be_discarded(handed_in):
    set_limits(regency_checks=1)
    job = handed_in("rini", person(1), person(2), area=people.SENDEN)
    rini = people.office("rini")
    with scope.enter(rini):
        with pytest.raises(Refusal, match="unggah sendiri"):
            actions.release(by=rini, job=job)
        actions.discard(by=rini, job=job)
    actions.advance(job.pk)
    assert current(job).phase == "discarded"


def test_the_command_says_that_the_list_waits(workbook):
    people.office("kartika")
    set_limits(village_checks=1)
    path = workbook({"Lembar": [HEADINGS, person(1), person(2)]})
    with pytest.raises(CommandError, match="terlalu banyak NIK"):
        call_command("import_workers", path, area=people.SENDEN, by="kartika")
