"""The page that shows who saw whose data."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from enrollment.imports.models import Import, ImportRow, ShownNik
from enrollment.workers import disclosures, search
from enrollment.workers.models import Disclosure, Worker
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db
LIST = "/akses/"
Why = Disclosure.Why
VIEW, UNMASK, EXPORT = Disclosure.Kind.VIEW, Disclosure.Kind.UNMASK, Disclosure.Kind.EXPORT


def saw(name, worker, kind=VIEW, days_ago=0):
    office = people.office(name) if isinstance(name, str) else name
    with scope.enter(office):
        row = disclosures.record(by=office, kind=kind, worker=worker)
    if days_ago:  # the application may not change rows: an older one is added as a second row
        with scope.enter(office):
            row.pk, row.at = None, timezone.now() - timedelta(days=days_ago)
            row.save()


def downloaded(name, area, number=10):
    office = people.office(name)
    with scope.enter(office):
        disclosures.record(by=office, kind=EXPORT, area=area, subject="decree:x", people=number)


def who(answer):
    return [(row.who, row.kind) for row in answer.context["page"]]


def test_the_list_shows_who_saw_whom(as_person):
    worker = people.worker(1, name="SITI AMINAH")
    saw("kartika", worker)
    saw("olan", worker, UNMASK)
    answer = as_person("rini").get(LIST)
    assert who(answer) == [("Olan", "unmask"), ("Kartika", "view")]
    assert "SITI AMINAH" in answer.text
    assert "Kepala desa Senden" in answer.text
    assert worker.nik not in answer.text


def test_disclosures_of_a_nik_since_a_day_are_found(as_person):
    worker, other = people.worker(1, name="SITI"), people.worker(2)
    saw("kartika", worker)
    saw("olan", worker, days_ago=40)
    saw("kartika", other)
    day = timezone.localdate() - timedelta(days=7)
    client = as_person("rini")
    answer = client.post(LIST, {"q": worker.nik, "sejak": f"{day:%Y-%m-%d}"})
    assert answer.url == f"{LIST}?sejak={day:%Y-%m-%d}&orang={worker.public_id}"
    answer = client.get(answer.url)
    assert "Yang melihat data SITI" in answer.text
    assert [row.worker_id for row in answer.context["page"]] == [worker.pk, worker.pk]
    assert who(answer) == [("Olan", "view"), ("Kartika", "view")]


def test_a_persons_id_with_as_many_digits_as_a_nik_stays_in_the_url(as_person):
    worker = people.worker(1, name="SITI")
    with scope.whole_country("test"):
        Worker.objects.update(public_id="12345678-1234-4123-8123-123456789012")
    client = as_person("rini")
    answer = client.post(LIST, {"q": worker.nik})
    assert "Yang melihat data SITI" in client.get(answer.url).text
    refused = client.get(f"{LIST}?orang=1234-5678 1234 4123")
    assert refused.url == LIST


def test_downloads_of_the_persons_area_are_shown_with_the_person(as_person):
    worker = people.worker(1)
    downloaded("vera", people.TRENGGALEK)
    downloaded("vera", people.KAMPAK)
    downloaded("vera", people.BOGORAN)
    areas = [
        row.area_id
        for row in as_person("rini").get(LIST, {"orang": worker.public_id}).context["page"]
    ]
    assert areas == [people.KAMPAK, people.TRENGGALEK]


def test_disclosures_are_filtered_by_user_kind_and_day(as_person):
    worker = people.worker(1)
    saw("kartika", worker)
    saw("olan", worker, UNMASK)
    downloaded("vera", people.TRENGGALEK)
    client = as_person("rini")
    assert who(client.get(LIST, {"oleh": "kart"})) == [("Kartika", "view")]
    assert who(client.get(LIST, {"jenis": "unmask"})) == [("Olan", "unmask")]
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert who(client.get(LIST, {"sejak": f"{tomorrow:%Y-%m-%d}"})) == []
    assert len(who(client.get(LIST, {"sampai": f"{timezone.localdate():%Y-%m-%d}"}))) == 3


@pytest.mark.parametrize(
    "query", [{"orang": "x"}, {"sejak": "kemarin"}, {"jenis": "?"}, {"page": "x"}]
)
def test_invalid_parameters_are_ignored(as_person, query):
    saw("kartika", people.worker(1))
    assert as_person("rini").get(LIST, query).status_code == 200


def test_a_nik_that_nobody_has_stays_in_its_field_and_in_no_address(as_person):
    saw("rini", people.worker(1))
    answer = as_person("rini").post(LIST, {"q": people.nik(7), "oleh": "rini"})
    assert "Tidak ada orang dengan NIK itu" in answer.text
    assert answer.context["form"]["q"].value() == people.nik(7)
    assert answer.context["form"]["oleh"].value() == "rini"
    assert len(answer.context["page"]) == 0
    addresses = re.findall(r'(?:href|action)="([^"]*)"', answer.text)
    assert addresses and not any(people.nik(7) in address for address in addresses)


def test_a_nik_is_removed_from_the_url(as_person):
    answer = as_person("rini").get(LIST, {"q": people.nik(1)}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert people.nik(1) not in answer.text


def test_who_may_not_see_niks_cannot_try_one_after_the_other(as_person):
    """Beside the first digits and the birth year a few thousand tries would be left."""
    audi, answers = as_person("audi"), []
    for number in range(search.SEARCHES.free + 3):
        answers.append(audi.post(LIST, {"q": people.nik(number)}, follow=True).text)
    assert "Tidak ada orang dengan NIK itu" in answers[0]
    assert "Terlalu banyak NIK dicari. Tunggu" in answers[-1]
    worker = people.worker(1)
    page = f"/pekerja/{worker.public_id}/"
    assert audi.post("/pekerja/", {"q": worker.nik}).url != page
    assert as_person("vera").post("/pekerja/", {"q": worker.nik}).url == page


def test_a_nik_from_elsewhere_is_not_found(as_person):
    stranger = people.worker(1, people.BAURENO, name="RAHASIA")
    saw("boni", stranger)
    client = as_person("rini")
    answer = client.post(LIST, {"q": stranger.nik}, follow=True)
    assert "Tidak ada orang dengan NIK itu" in answer.text
    for page in (answer, client.get(LIST), client.get(LIST, {"orang": stranger.public_id})):
        assert "RAHASIA" not in page.text
        assert "Boni" not in page.text


def test_disclosures_to_an_account_of_another_area_are_shown(as_person):
    worker = people.worker(1)
    guest = people.hold("tamu", people.Role.BPJS, people.TRENGGALEK)
    with scope.whole_country("test"):
        guest.user.area_id = None  # the platform manages those who work in several regencies
        guest.user.save()
    saw(guest, worker)
    answer = as_person("rini").get(LIST)
    assert who(answer) == [("Tamu", "view")]
    assert "BPJS Ketenagakerjaan" in answer.text


@pytest.mark.parametrize("name", ["kartika", "olan", "karim", "vera", "amir", "bima", "tani"])
def test_other_roles_get_403(as_person, name):
    saw("kartika", people.worker(1))
    client = as_person(name)
    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"q": people.nik(1)}).status_code == 403


def test_an_auditor_may_read_the_list(as_person):
    saw("kartika", people.worker(1))
    assert who(as_person("audi").get(LIST)) == [("Kartika", "view")]


# --- the answer after a breach -----------------------------------------------------------------


def change(worker, **values):
    with scope.whole_country("test"):
        Worker.objects.filter(pk=worker.pk).update(**values)


def found(client, nik):
    """Who saw the person, each once, as the search for a NIK answers."""
    answer = client.post(LIST, {"q": nik}, follow=True)
    return {row.who for row in answer.context["page"]} if answer.context["worker"] else None


def test_a_person_is_found_by_each_nik_that_they_had(as_person):
    worker = people.worker(1)
    saw("kartika", worker)
    change(worker, nik=people.nik(5))
    client = as_person("rini")
    assert found(client, people.nik(1)) == found(client, people.nik(5)) == {"Kartika"}
    assert found(client, people.nik(6)) is None


def test_who_saw_the_person_before_a_move_is_found_after_it(as_person):
    worker = people.worker(1)
    saw("kartika", worker)
    downloaded("olan", people.SENDEN)
    change(worker, area_id=people.BOGORAN)
    assert found(as_person("rini"), worker.nik) == {"Kartika", "Olan"}
    change(worker, area_id=people.BAURENO)
    assert found(as_person("rini"), worker.nik) == {"Kartika", "Olan"}


def test_another_regency_learns_who_saw_the_person_before_they_moved_there(as_person):
    worker = people.worker(1)
    saw("kartika", worker)
    saw("kartika", people.worker(2))
    downloaded("olan", people.SENDEN)
    downloaded("bagus", people.BOGORAN)
    boni = as_person("boni")
    assert boni.post(LIST, {"q": worker.nik}, follow=True).context["worker"] is None
    with scope.enter(people.office("boni")):
        assert disclosures.elsewhere(worker) == [], "whoever is not here is nobody's business"
    change(worker, area_id=people.BAURENO)
    answer = boni.post(LIST, {"q": worker.nik}, follow=True)
    told = {(row.who, row.title, row.what) for row in answer.context["elsewhere"]}
    assert told == {
        ("Kartika", "Kepala desa Senden", "Halaman orang"),
        ("Olan", "Operator desa Senden", "Lampiran keputusan"),
    }
    assert "Di kabupaten lain, sebelum pindah" in answer.text
    file = boni.get(f"{LIST}unduh/", {"orang": worker.public_id})
    written = {cell.value for row in load_workbook(BytesIO(file.content)).active for cell in row}
    assert {"Kartika", "Olan"} <= written
    later = boni.get(LIST, {"orang": worker.public_id, "sejak": "2999-01-01"})
    assert later.context["elsewhere"] == []


def bagus_looks_at(*numbers):
    """Lists of Bogoran, each with the person of one number, which Bagus sees in full."""
    bagus, lists = people.office("bagus"), []
    for number in numbers:
        with scope.enter(bagus):
            upload = Import.objects.create(
                office=bagus, area_id=people.BOGORAN, filename="x", file="x", state="waiting"
            )
            ImportRow.objects.create(
                job=upload, area_id=people.BOGORAN, position=1, sheet="x", row=2, typed={},
                severity="clean", nik=people.nik(number),
            )  # fmt: skip
        with scope.enter(bagus):
            disclosures.reveal(
                by=bagus, why=Why.MEND, area=people.BOGORAN, subject=f"import:{upload.pk}", people=1
            )
        lists.append(upload)
    return lists


def test_rows_of_a_list_shown_in_full_are_found(as_person):
    """Also those of another village's list, in which nobody else knows that the person is."""
    worker = people.worker(1)
    first, _second = bagus_looks_at(1, 2)
    answer = as_person("rini").post(LIST, {"q": worker.nik}, follow=True)
    assert [row.subject for row in answer.context["page"]] == [f"import:{first.pk}"]


def test_rows_shown_in_full_are_found_after_they_were_deleted(as_person):
    """Discarded, read again, or removed because they were old: all of these delete rows."""
    worker = people.worker(1)
    first, _second = bagus_looks_at(1, 2)
    with scope.whole_country("test"):
        ImportRow.objects.all().delete()
        assert set(ShownNik.objects.values_list("nik", flat=True)) == {
            people.nik(1), people.nik(2)
        }  # fmt: skip
    answer = as_person("rini").post(LIST, {"q": worker.nik}, follow=True)
    assert [row.subject for row in answer.context["page"]] == [f"import:{first.pk}"]


def test_deleting_a_whole_list_keeps_the_niks_that_were_shown():
    (upload,) = bagus_looks_at(1)
    with scope.whole_country("test"):
        upload.delete()
        assert ShownNik.objects.get().nik == people.nik(1)
        connection.check_constraints()


def test_deleting_rows_that_nobody_was_shown_keeps_no_niks():
    with scope.enter(people.office("bagus")):
        upload = Import.objects.create(
            office=people.office("bagus"), area_id=people.BOGORAN, filename="x", file="x"
        )
        ImportRow.objects.create(
            job=upload, area_id=people.BOGORAN, position=1, sheet="x", row=2, typed={},
            severity="clean", nik=people.nik(1),
        )  # fmt: skip
        upload.rows.all().delete()
        assert not ShownNik.objects.exists()


def test_the_answer_can_be_downloaded(as_person):
    worker = people.worker(1, name="=SITI()")
    client = as_person("kartika")
    client.post(f"/pekerja/{worker.public_id}/nik/", REMOTE_ADDR="10.1.2.3")
    saw("vera", people.worker(2))
    rini = as_person("rini")
    answer = rini.get(f"{LIST}unduh/", {"orang": worker.public_id})
    sheet = load_workbook(BytesIO(answer.content)).active
    title, _heading, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert title[0] == "Yang melihat data =SITI() (350307**********, RT 001, lahir 1980)"
    assert [line[1:7] for line in lines] == [
        ["Kartika", "Kepala desa Senden", "Menampilkan NIK", "melihat data lengkap", "=SITI()", "1"]
    ]
    assert lines[0][-1] == "10.1.2.3"
    with scope.whole_country("test"):
        assert Disclosure.objects.filter(user__username="rini", kind="export").count() == 1
    assert as_person("vera").get(f"{LIST}unduh/").status_code == 403


def test_too_many_records_for_one_workbook_are_refused_with_a_sentence(as_person, monkeypatch):
    monkeypatch.setattr("enrollment.workers.disclosure_views.MOST_ROWS", 1)
    for number in range(2):
        saw("kartika", people.worker(number))
    answer = as_person("rini").get(f"{LIST}unduh/", follow=True)
    assert "Batasi tanggalnya" in answer.text


def test_other_methods_get_405(as_person):
    assert as_person("rini").put(LIST).status_code == 405


def test_three_rows_take_as_many_queries_as_one(as_person):
    client, counts = as_person("rini"), []
    for numbers in (range(1), range(1, 3)):
        for number in numbers:
            saw("kartika" if number else "olan", people.worker(number))
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(LIST).context["page"]) == numbers.stop
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_application_cannot_change_or_delete_disclosures(as_person):
    saw("kartika", people.worker(1))
    with scope.whole_country("test"):
        assert Disclosure.objects.update(people=0) == 0
        assert Disclosure.objects.all()._raw_delete("default") == 0
        assert Disclosure.objects.get().people == 1


# --- revealing -------------------------------------------------------------------------------


def test_revealing_records_who_whom_why_and_from_where(as_person):
    worker = people.worker(1)
    client = as_person("kartika")
    address = f"/pekerja/{worker.public_id}/nik/"
    assert worker.nik in client.post(address, REMOTE_ADDR="10.1.2.3").text
    with scope.whole_country("test"):
        (row,) = Disclosure.objects.all()
    office = people.office("kartika")
    assert (row.user_id, row.office_id) == (office.user_id, office.pk)
    assert (row.worker_id, row.kind, row.why) == (worker.pk, "unmask", "look")
    assert (row.origin, row.network) == (address, "10.1.2.3")


@pytest.mark.parametrize(
    ("name", "why", "may"),
    [
        ("kartika", Why.LOOK, True), ("vera", Why.DUPLICATE, True), ("audi", Why.LOOK, False),
        ("karim", Why.RETURNED, False), ("bima", Why.LOOK, False), ("bima", Why.ANNEX, True),
        ("kartika", Why.ANNEX, False),
    ],
)  # fmt: skip
def test_revealing_needs_the_right_and_leaves_no_record_without_it(name, why, may):
    worker, office = people.worker(1), people.office(name)
    with scope.enter(office):
        if may:
            show = disclosures.reveal(by=office, why=why, people=[worker])
            assert show("nik", worker.nik) == worker.nik
        else:
            with pytest.raises(PermissionDenied):
                disclosures.reveal(by=office, why=why, people=[worker])
    with scope.whole_country("test"):
        assert Disclosure.objects.count() == may


def test_revealing_many_takes_one_statement():
    workers, office = [people.worker(number) for number in range(5)], people.office("kartika")
    with scope.enter(office), CaptureQueriesContext(connection) as queries:
        disclosures.reveal(by=office, why=Why.DUPLICATE, people=workers)
    assert len(queries) == 1
