"""Rechecking registered people: the job, its pages and its workbook."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from enrollment.workers.checks.nik import mask
from enrollment.workers.models import Disclosure, Worker
from enrollment.workers.rechecks import actions
from enrollment.workers.rechecks.models import Recheck
from portal.launch.embedded import wait_until
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db
LIST, NEW = "/periksa/", "/periksa/baru/"


def run(area=people.TRENGGALEK, by="vera"):
    """A finished recheck of `area`."""
    office = people.office(by)
    with scope.enter(office):
        job = actions.start(by=office, area=area)
    actions.proceed(job.pk)
    return again(job)


def again(row):
    with scope.whole_country("test"):
        return type(row).objects.select_related("area").get(pk=row.pk)


def findings(worker):
    return again(worker).findings


# --- the job ---------------------------------------------------------------------------------


def test_findings_are_added_removed_or_kept_according_to_the_data():
    corrected = people.worker(1, findings=["rt.missing"])
    worse = people.worker(2, rt="", sex="P")
    unchanged = people.worker(3, kk="12", findings=["kk.format"])
    job = run()
    assert findings(corrected) == []
    assert findings(worse) == ["nik.sex_mismatch", "rt.missing"]
    assert findings(unchanged) == ["kk.format"]
    assert (job.state, job.cursor, job.changed) == ("done", 3, 2)
    assert job.counts == {"nik.sex_mismatch": 1, "rt.missing": 1, "kk.format": 1}


def test_people_registered_under_older_rules_get_the_findings_of_new_rules():
    """A NIK ending in 0000 cannot be entered today; one that was saved earlier is found."""
    worker = people.worker(1)
    with scope.whole_country("test"):
        Worker.objects.update(nik="3503070101800000")
    run()
    assert findings(worker) == ["nik.serial"]
    with scope.enter(people.office("vera")):
        assert Worker.objects.incomplete().get() == worker


def test_similar_people_are_found_across_villages():
    first = people.worker(1, name="SITI AMINAH")
    second = people.worker(2, people.BOGORAN, name="Siti Aminah")
    people.worker(3, name="SITI AMINAH", birth_date="1980-01-02")
    run()
    assert findings(first) == findings(second) == ["duplicate.similar"]


def test_similar_people_are_found_in_two_batches(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 1)
    alike = [people.worker(number, name="SITI AMINAH") for number in (1, 2)]
    run()
    assert [findings(worker) for worker in alike] == [["duplicate.similar"]] * 2


def test_who_is_entered_during_the_run_is_compared_too(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    for number in range(2):
        people.worker(number, name=f"ORANG {number}")
    alike = [people.worker(2, name="KEMBAR")]
    recheck_a_batch = actions._work

    def and_enter(job, size):
        recheck_a_batch(job, size)
        if len(alike) == 1:
            alike.append(people.worker(3, name="KEMBAR", findings=["duplicate.similar"]))

    monkeypatch.setattr(actions, "_work", and_enter)
    run()
    assert [findings(worker) for worker in alike] == [["duplicate.similar"]] * 2


def test_findings_seen_only_in_the_cell_are_kept():
    worker = people.worker(1, sex="", kk="3503070101200000",
                           findings=["kk.excel_damaged", "sex.unknown"])  # fmt: skip
    assert run().changed == 0
    assert findings(worker) == ["kk.excel_damaged", "sex.unknown"]


def test_only_active_people_of_the_area_are_checked():
    outside = people.worker(1, people.BOGORAN, rt="")
    ended = people.worker(2, rt="", ended_on="2026-01-01", ended_reason="moved")
    inside = people.worker(3, rt="")
    job = run(people.SENDEN)
    assert (job.cursor, job.total) == (1, 1)
    assert findings(inside) == ["rt.missing"]
    assert findings(outside) == findings(ended) == []


def test_the_persons_data_and_version_do_not_change():
    worker = people.worker(1, rt="")
    before = worker.updated_at
    run()
    assert again(worker).updated_at == before


def test_the_job_continues_at_the_batch_at_which_it_was_killed(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    made = [people.worker(number, rt="") for number in range(5)]
    office = people.office("vera")
    with scope.enter(office):
        job = actions.start(by=office, area=people.TRENGGALEK)

    writes = []

    def write_and_die(changed, fields):
        if len(writes) == 1:
            raise SystemExit
        writes.append(changed)
        original(changed, fields)

    original = actions.write
    monkeypatch.setattr(actions, "write", write_and_die)
    with pytest.raises(SystemExit):
        actions.proceed(job.pk)
    assert (again(job).cursor, again(job).state) == (2, "running")
    assert [findings(worker) for worker in made] == [["rt.missing"]] * 2 + [[]] * 3
    monkeypatch.setattr(actions, "write", original)
    actions.proceed(job.pk)
    assert [findings(worker) for worker in made] == [["rt.missing"]] * 5
    assert (again(job).cursor, again(job).counts) == (5, {"rt.missing": 5})


def test_a_batch_of_three_takes_as_many_queries_as_one_of_one():
    counts = []
    for numbers in (range(1), range(1, 3)):
        for number in numbers:
            people.worker(number, rt="")
        with CaptureQueriesContext(connection) as queries:
            run()
        counts.append(sum("enrollment_worker" in query["sql"] for query in queries))
    assert counts[0] == counts[1]


def test_starting_twice_for_the_same_area_makes_one_job():
    office = people.office("vera")
    with scope.enter(office):
        jobs = {actions.start(by=office, area=people.KAMPAK).pk for _ in range(2)}
        elsewhere = actions.start(by=office, area=people.SENDEN)
    assert len(jobs) == 1
    assert elsewhere.pk not in jobs


@pytest.mark.django_db(transaction=True)
def test_a_celery_worker_runs_the_job(queue_worker, as_person):
    worker = people.worker(1, rt="")
    answer = as_person("vera").post(NEW, {"area": people.TRENGGALEK})
    [job] = jobs()
    assert answer.url == f"/periksa/{job.pk}/"
    wait_until(lambda: again(job).state == "done", 30, "The recheck was not done")
    assert findings(worker) == ["rt.missing"]


def jobs():
    with scope.whole_country("test"):
        return list(Recheck.objects.all())


# --- its pages -------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["vera", "amir", "rini"])
def test_starting_a_recheck_redirects_to_its_page(as_person, who):
    client = as_person(who)
    assert client.get(NEW).status_code == 200
    answer = client.post(NEW, {"area": people.KAMPAK}, follow=True)
    assert "Menunggu giliran" in answer.text
    assert jobs()[0].area_id == people.KAMPAK


def test_an_area_of_another_regency_cannot_be_chosen(as_person):
    answer = as_person("vera").post(NEW, {"area": people.BAURENO})
    assert "area" in answer.context["form"].errors
    assert jobs() == []


@pytest.mark.parametrize("who", ["kartika", "olan", "karim", "tani", "bima"])
def test_other_roles_cannot_see_or_start_rechecks(as_person, who):
    job = run()
    client = as_person(who)
    assert client.get(LIST).status_code == 403
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, {"area": people.SENDEN}).status_code == 403
    for end in ("", "kemajuan/", "unduh/"):
        assert client.get(f"/periksa/{job.pk}/{end}").status_code in (403, 404)


def test_an_auditor_sees_rechecks_and_cannot_start_one(as_person):
    job = run()
    client = as_person("audi")
    assert "Trenggalek" in client.get(LIST).text
    assert client.get(f"/periksa/{job.pk}/").status_code == 200
    assert "Periksa lagi</a>" not in client.get(LIST).text
    assert client.post(NEW, {"area": people.SENDEN}).status_code == 403


def test_another_regency_does_not_see_the_recheck(as_person):
    job = run()
    client = as_person("vino")
    assert "Belum pernah" in client.get(LIST).text
    for end in ("", "kemajuan/", "unduh/"):
        assert client.get(f"/periksa/{job.pk}/{end}").status_code == 404


def test_pages_are_read_only(as_person):
    job = run()
    client = as_person("vera")
    for address in (LIST, *(f"/periksa/{job.pk}/{end}" for end in ("", "kemajuan/", "unduh/"))):
        assert client.post(address).status_code == 405


def test_every_count_agrees_with_the_list_that_it_links_to(as_person):
    for number in range(3):
        people.worker(number, rt="")
    people.worker(4, people.BOGORAN, rt="")
    job = run(people.SENDEN)
    client = as_person("vera")
    [row] = client.get(f"/periksa/{job.pk}/").context["rows"]
    assert (row["then"], row["now"]) == (3, 3)
    assert client.get(row["url"]).context["page"].paginator.count == 3
    with scope.whole_country("test"):
        Worker.objects.filter(nik=people.nik(0)).update(findings=[])
    [row] = client.get(f"/periksa/{job.pk}/").context["rows"]
    assert (row["then"], row["now"]) == (3, 2)
    assert client.get(row["url"]).context["page"].paginator.count == 2


def test_counts_of_the_whole_regency_link_to_the_list_too(as_person):
    people.worker(1, rt="")
    job = run()
    client = as_person("vera")
    [row] = client.get(f"/periksa/{job.pk}/").context["rows"]
    assert client.get(row["url"]).context["page"].paginator.count == 1


def test_progress_reloads_the_page_when_done(as_person):
    office = people.office("vera")
    with scope.enter(office):
        job = actions.start(by=office, area=people.SENDEN)
    client, htmx = as_person("vera"), {"HX-Request": "true"}
    address = f"/periksa/{job.pk}/kemajuan/"
    busy = client.get(address, headers=htmx)
    assert "hx-get" in busy.text
    assert "HX-Refresh" not in busy
    actions.proceed(job.pk)
    assert client.get(address, headers=htmx)["HX-Refresh"] == "true"


def test_three_rechecks_take_as_many_queries_as_one(as_person):
    client, counts = as_person("vera"), []
    for areas in ([people.SENDEN], [people.BOGORAN, people.KAMPAK]):
        for area in areas:
            run(area)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- its workbook ----------------------------------------------------------------------------


def test_the_workbook_names_people_with_masked_niks(as_person):
    worker = people.worker(1, name="=SUM(A1)", rt="", kk="12")
    people.worker(2)
    job = run()
    answer = as_person("vera").get(f"/periksa/{job.pk}/unduh/")
    assert "attachment" in answer["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(answer.content)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert lines[1:] == [
        ["Kampak", "Senden", "=SUM(A1)", "1980", mask(worker.nik), None, "002", None, "RT kosong",
         "Nomor KK bukan 16 angka"]
    ]  # fmt: skip
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet["C4"].data_type == "s"


def test_a_download_is_recorded(as_person):
    people.worker(1, rt="")
    job = run(people.SENDEN)
    as_person("vera").get(f"/periksa/{job.pk}/unduh/")
    with scope.whole_country("test"):
        row = Disclosure.objects.get()
        assert (row.kind, row.area_id, row.people) == ("export", people.SENDEN, 1)
        assert row.subject == f"recheck:{job.pk}"
        assert row.user.username == "vera"


def test_too_many_people_for_one_workbook_are_refused_with_a_sentence(as_person, monkeypatch):
    monkeypatch.setattr("enrollment.workers.rechecks.views.MOST_PEOPLE", 1)
    people.worker(1, rt="")
    people.worker(2, rt="")
    job = run()
    answer = as_person("vera").get(f"/periksa/{job.pk}/unduh/", follow=True)
    assert "Terlalu banyak untuk satu berkas" in answer.text


def test_what_a_list_said_unclearly_stays_told_until_it_is_given():
    """The stored value is empty, so that a recheck alone cannot see that there was something."""
    told = ["income.unread", "term_start.unread", "work.ill_unread"]
    unclear = people.worker(1, findings=told)
    given = people.worker(2, findings=told, income=900_000, term_start=date(2024, 2, 1))
    run()
    assert set(told) <= set(findings(unclear))
    assert set(told) & set(findings(given)) == {"work.ill_unread"}
