"""What is old is removed each night, is told before and after, and nothing else goes with it."""

import os
import time
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from enrollment.imports.models import Import, ImportRow
from enrollment.imports.registry import discarding
from enrollment.retention import actions, rules
from enrollment.retention.models import LEAST_DAYS, Kind, Removal, Retention
from enrollment.workbooks import private
from enrollment.workers.models import Worker
from tests import histories, people
from tests.decrees import drafts
from tests.imports.pages import test_lists_in_a_browser as imports
from tests.sources import BASE
from villages import scope
from villages.accounts import records
from villages.accounts.models import AccountRecord
from villages.audit import KEPT_DAYS
from villages.models import Office, Role, User

pytestmark = pytest.mark.django_db

WorkerEvent, CoverEvent = (
    apps.get_model("enrollment", f"{name}Event") for name in ("Worker", "Cover")
)
LATER = timezone.now() + timedelta(days=366)


@pytest.fixture(autouse=True)
def run_hooks(django_capture_on_commit_callbacks):
    """Files are deleted once the transaction is safe."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


def rows_of(job):
    with scope.whole_country("tests"):
        return ImportRow.objects.filter(job=job.pk).count()


def now(job):
    with scope.whole_country("tests"):
        return Import.objects.get(pk=job.pk)


def everybody():
    with scope.whole_country("tests"):
        return set(Worker.objects.values_list("nik", flat=True))


def removed(at=LATER):
    return {removal.kind: removal.removed for removal in actions.remove(at)}


def due(at=LATER):
    return {found.kind: found.count for found in actions.report(at)}


class TestLists:
    @pytest.fixture
    def taken(self):
        return imports.taken(imports.handed_in(imports.SENDENS))

    @pytest.mark.folder
    def test_a_finished_list_loses_its_rows_and_its_file_and_its_people_stay(
        self, taken, django_capture_on_commit_callbacks
    ):
        path = Path(taken.file.path)
        registered = everybody()
        assert path.exists()
        assert rows_of(taken)
        assert registered
        assert due()[Kind.LISTS] == 1
        with django_capture_on_commit_callbacks(execute=True):
            assert removed()[Kind.LISTS] == 1
        assert rows_of(taken) == 0
        assert not path.exists()
        assert everybody() == registered
        assert due()[Kind.LISTS] == 0

    def test_a_list_that_finished_lately_stays(self, taken):
        soon = timezone.now() + timedelta(days=364)
        assert due(soon)[Kind.LISTS] == 0
        assert removed(soon) == {}
        assert rows_of(taken)

    def test_its_page_says_what_became_of_it_and_offers_nothing(self, taken, as_person):
        removed()
        client = as_person("kartika")
        page = client.get(reverse("import_detail", args=[taken.pk])).content.decode()
        assert "berkas dan barisnya sudah dihapus" in page
        assert "Batalkan impor ini" not in page
        client.post(reverse("import_undo", args=[taken.pk]))
        assert now(taken).phase == Import.Phase.EXPIRED

    def test_many_rows_are_removed_a_part_at_a_time(self, taken, monkeypatch):
        monkeypatch.setattr(discarding, "BATCH", 3)
        assert rows_of(taken) > 3
        removed()
        assert rows_of(taken) == 0

    def test_a_list_that_waited_too_long_is_discarded(self):
        job = imports.preview()
        waiting = due()[Kind.WAITING]
        assert now(job).state == "waiting"
        assert removed()[Kind.WAITING] == waiting
        assert (now(job).phase, now(job).state) == (Import.Phase.DISCARD, "queued")

    def test_a_list_whose_office_may_no_longer_upload_keeps_no_other(self):
        """Its uploader became an auditor, so discarding it in their name is refused."""
        jobs = [imports.handed_in(imports.SENDENS, who=who) for who in ("rini", "kartika")]
        with scope.whole_country("tests"):
            Office.objects.filter(user__username="rini").update(role=Role.AUDITOR)
        removed()
        assert {now(job).phase for job in jobs} == {Import.Phase.DISCARD}

    def test_a_list_that_nobody_let_go_on_while_it_was_saved_is_removed_too(self):
        job = imports.preview()
        long_ago = timezone.now() - timedelta(days=400)
        with scope.whole_country("tests"):
            Import.objects.exclude(pk=job.pk).delete()
            Import.objects.filter(pk=job.pk).update(
                state="held", phase=Import.Phase.TAKE, touched_at=long_ago
            )
        assert due(timezone.now())[Kind.LISTS] == 1
        assert removed(timezone.now()) == {Kind.LISTS: 1}
        assert (now(job).phase, now(job).state, rows_of(job)) == ("expired", "done", 0)

    @pytest.mark.folder
    def test_a_file_that_cannot_be_deleted_keeps_no_other_list(
        self, taken, monkeypatch, django_capture_on_commit_callbacks
    ):
        def fail(storage, name):
            raise OSError

        monkeypatch.setattr("django.core.files.storage.FileSystemStorage.delete", fail)
        with django_capture_on_commit_callbacks(execute=True):
            removed()
        assert now(taken).phase == Import.Phase.EXPIRED


class TestStrays:
    @pytest.fixture
    def stray(self):
        """A file whose request ended before its row was written."""
        path = Path(default_storage.path("imports/stray"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"NIK")
        return path

    @pytest.mark.folder
    def test_a_file_without_a_list_is_removed_and_those_of_lists_stay(self, stray):
        job = imports.preview()
        of_a_list = Path(now(job).file.path)
        week_ago = time.time() - 7 * 86_400
        for path in (stray, of_a_list):
            os.utime(path, (week_ago, week_ago))
        assert removed(timezone.now())[Kind.STRAYS] >= 1
        assert not stray.exists()
        assert of_a_list.exists()

    @pytest.mark.folder
    def test_a_table_of_the_settings_that_nobody_confirmed_is_removed(self, stray):
        """Accounts with their names, for example; the next upload may never come."""
        table = Path(default_storage.path("transfers/table"))
        table.parent.mkdir(exist_ok=True)
        stray.rename(table)
        week_ago = time.time() - 7 * 86_400
        os.utime(table, (week_ago, week_ago))
        assert removed(timezone.now())[Kind.STRAYS] >= 1
        assert not table.exists()

    def test_an_annex_whose_turn_was_rolled_back_goes_and_those_of_decrees_stay(self):
        subsidy = drafts.programme()
        drafts.approve(subsidy, people.worker(1))
        kept = drafts.printed(drafts.issue(drafts.draft(subsidy)))["full"].file.name
        stray = default_storage.save("annexes/stray", ContentFile(b"NIK"))
        actions.remove(timezone.now() + timedelta(days=3))
        assert not default_storage.exists(stray)
        assert default_storage.exists(kept)

    def test_a_file_of_every_folder_goes_when_no_row_names_it(self):
        saved = [
            default_storage.save(f"{folder}/stray", ContentFile(b"NIK"))
            for folder in private.folders()
        ]
        assert {"imports", "templates", "leavings"} <= private.folders()
        actions.remove(timezone.now() + timedelta(days=3))
        assert [name for name in saved if default_storage.exists(name)] == []

    @pytest.mark.folder
    def test_one_of_today_may_still_get_its_row(self, stray):
        removed(timezone.now())
        assert stray.exists()


class TestLogIns:
    @pytest.fixture
    def kartika(self):
        account = people.office("kartika").user
        with scope.whole_country("tests"):
            for kind in AccountRecord.Kind:
                records.add(account, kind)
        return account

    def kinds(self, account):
        with scope.whole_country("tests"):
            return set(AccountRecord.objects.filter(user=account).values_list("kind", flat=True))

    def forget(self, before):
        with scope.whole_country("tests"), connection.cursor() as cursor:
            cursor.execute("SELECT forget_log_ins(%s, 100)", [before])
            return cursor.fetchone()[0]

    def old(self, account):
        """The same records, as if made a year ago; the tests' login cannot change those there."""
        long_ago = timezone.now() - timedelta(days=400)
        with scope.whole_country("tests"):
            AccountRecord.objects.bulk_create(
                AccountRecord(user=account, kind=kind, at=long_ago) for kind in AccountRecord.Kind
            )

    def test_old_log_ins_go_and_what_was_done_to_the_account_stays(self, kartika):
        self.old(kartika)
        assert due(timezone.now())[Kind.LOG_INS] == 2
        assert removed(timezone.now())[Kind.LOG_INS] == 2
        with scope.whole_country("tests"):
            left = AccountRecord.objects.filter(user=kartika)
            year_ago = timezone.now() - timedelta(days=365)
            assert not left.filter(at__lt=year_ago, kind__in=AccountRecord.LOGS).exists()
            assert left.filter(at__lt=year_ago).count() == len(AccountRecord.Kind) - 2

    def test_whoever_has_the_portals_login_cannot_remove_those_of_the_last_90_days(self, kartika):
        assert AccountRecord.Kind.LOG_IN in self.kinds(kartika)
        assert self.forget(timezone.now() + timedelta(days=9)) == 0
        assert AccountRecord.Kind.LOG_IN in self.kinds(kartika)


class TestHistory:
    """Of people; it is divided by month, and goes a month at a time."""

    OLD, YOUNG = (timezone.localtime() - timedelta(days=days) for days in (2200, 1500))

    @pytest.fixture(autouse=True)
    def kept_as_short_as_may_be(self):
        Retention.objects.filter(kind=Kind.HISTORY).update(days=LEAST_DAYS[Kind.HISTORY])

    @pytest.fixture
    def person(self):
        """With three old events, in two months and two histories, and one that is younger."""
        person = people.worker(1)
        people.cover(person, date(2026, 1, 1), date(2026, 2, 1))
        for history, when in (
            (WorkerEvent, self.OLD),
            (WorkerEvent, self.OLD - timedelta(days=40)),
            (CoverEvent, self.OLD),
            (WorkerEvent, self.YOUNG),
        ):
            histories.in_its_month(history, when)
        return person

    def times(self, person):
        with scope.whole_country("tests"):
            return [event.pgh_created_at for event in person.events.order_by("pgh_created_at")]

    def forget(self, before):
        with scope.whole_country("tests"), connection.cursor() as cursor:
            cursor.execute("SELECT forget_history(%s)", [before])
            return cursor.fetchone()[0]

    def test_old_months_go_and_the_person_and_younger_events_stay(self, person):
        assert len(self.times(person)) == 4
        assert due(timezone.now())[Kind.HISTORY] == 3
        assert removed(timezone.now()) == {Kind.HISTORY: 3}
        assert due(timezone.now())[Kind.HISTORY] == 0
        assert self.times(person)[0] == self.YOUNG
        assert len(self.times(person)) == 2
        assert person.nik in everybody()
        removal = Removal.objects.get()
        assert (removal.kind, removal.removed) == (Kind.HISTORY, 3)

    def test_the_tables_of_the_months_are_gone(self, person):
        before = histories.parts(WorkerEvent)
        removed(timezone.now())
        assert {*before} - {*histories.parts(WorkerEvent)} == {
            f"enrollment_workerevent_{when:%Y_%m}"
            for when in (self.OLD, self.OLD - timedelta(days=40))
        }

    def test_it_is_kept_for_as_many_days_as_are_set(self, person):
        Retention.objects.filter(kind=Kind.HISTORY).update(days=3653)
        assert due(timezone.now())[Kind.HISTORY] == 0
        assert removed(timezone.now()) == {}
        assert len(self.times(person)) == 4

    def test_a_month_that_is_not_all_old_stays_whole(self, person):
        first = self.OLD.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        next_month = (first + timedelta(days=32)).replace(day=1)
        with scope.whole_country("tests"):
            assert rules.RULES[Kind.HISTORY].count(next_month - timedelta(seconds=1)) == 1
            assert rules.RULES[Kind.HISTORY].count(next_month) == 3
        assert self.forget(next_month - timedelta(seconds=1)) == 1
        assert self.forget(next_month - timedelta(seconds=1)) == 0
        assert [self.forget(next_month) for _ in range(3)] == [1, 1, 0]

    def test_whoever_has_the_portals_login_cannot_remove_the_last_five_years(self, person):
        far = timezone.now() + timedelta(days=9999)
        while self.forget(far):
            pass
        times = self.times(person)
        assert times[0] == self.YOUNG
        assert len(times) == 2

    def test_the_database_and_the_setting_know_the_same_five_years(self):
        path = "enrollment/migrations/sql/forget_history.v1.sql"
        assert f"interval '{KEPT_DAYS} days'" in (BASE / path).read_text()

    def test_the_command_tells_how_many_would_go(self, person):
        assert "riwayat perubahan data orang: kept for 1826 days, 3 would be removed" in said()


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_kept_for_less_than_people_need_it(kind):
    retention = Retention.objects.get(pk=kind)
    retention.days = LEAST_DAYS[kind]
    retention.save()
    retention.days -= 1
    with pytest.raises(IntegrityError, match="retention_long_enough"), transaction.atomic():
        retention.save()


def test_a_kind_that_fails_does_not_keep_the_others(monkeypatch):
    def fail(before):
        raise OSError

    imports.preview()
    monkeypatch.setitem(rules.RULES, Kind.LISTS, rules.Rule(lambda before: 1, fail))
    assert Kind.WAITING in removed()


def test_the_command_tells_what_would_go_and_removes_it_on_request():
    job = imports.preview()
    assert "daftar yang tidak pernah disimpan: kept for 60 days, 0 would be removed" in said()
    with scope.whole_country("tests"):
        Import.objects.filter(pk=job.pk).update(touched_at=timezone.now() - timedelta(days=61))
    assert "kept for 60 days, 1 would be removed, last removed: never" in said()
    assert "Removed: 1 × daftar yang tidak pernah disimpan" in said(remove=True)
    assert Removal.objects.get().removed == 1


def said(**options):
    out = StringIO()
    call_command("retention", stdout=out, **options)
    return out.getvalue()


def test_the_platform_changes_the_days_and_a_regency_reads_them(client, as_person):
    change = reverse("admin:enrollment_retention_change", args=[Kind.LISTS])
    assert as_person("rini").post(change, {"days": "40"}).status_code == 403
    akar = User.objects.create_superuser("akar")
    client.force_login(akar, backend="villages.backends.OfficeHolderBackend")
    refused = client.post(change, {"days": "29"})
    assert "Terlalu singkat. Paling sedikit: 30 hari" in refused.content.decode()
    assert client.post(change, {"days": "40"}).status_code == 302
    assert Retention.objects.get(pk=Kind.LISTS).days == 40
    assert "40" in as_person("rini").get(reverse("retention_list")).text
    client.force_login(akar, backend="villages.backends.OfficeHolderBackend")
    shown = client.get(reverse("admin:enrollment_retention_changelist"))
    assert "Akan dihapus malam ini" in shown.content.decode()
