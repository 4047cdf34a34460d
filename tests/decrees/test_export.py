"""The annex of an issued decree: who may download it, and that its bytes never change."""

import hashlib
import json
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from enrollment.decrees import actions, printing
from enrollment.decrees.models import Decree, DecreeAnnex, DecreeEntry
from enrollment.decrees.rules import snapshot_sha256
from enrollment.jobs.actions import sweep
from enrollment.programmes.models import PremiumSubsidy
from enrollment.workers.models import Disclosure, Worker
from portal.launch.embedded import wait_until
from tests import people
from tests.decrees import drafts
from villages import scope
from villages.models import Area, Regency

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued():
    subsidy = drafts.programme()
    drafts.approve(
        subsidy,
        people.worker(1, name="SITI SENDEN", address="=1+1"),
        people.worker(2, people.BOGORAN, name="BUDI BOGORAN"),
    )
    return drafts.issue(drafts.draft(subsidy))


@pytest.fixture
def printed(issued):
    drafts.printed(issued)
    return issued


def download(client, decree, version):
    answer = client.get(reverse(f"annex_{version}", args=[decree.pk]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def texts(data):
    sheet = load_workbook(BytesIO(data)).active
    return [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]


def disclosures():
    with scope.whole_country("tests"):
        return list(Disclosure.objects.filter(kind="export").select_related("user", "office"))


class TestDownload:
    @pytest.mark.parametrize("who", ["rini", "vera", "bima"])
    def test_full_with_the_decree_and_its_people(self, who, printed, as_person):
        data = download(as_person(who), printed, "full")
        shown = texts(data)
        assert people.nik(1) in shown
        assert "SITI SENDEN" in shown
        assert f": {printed.number}" in shown
        assert "JUMLAH SELURUHNYA: 2 orang" in shown

    def test_full_is_recorded(self, printed, as_person):
        download(as_person("rini"), printed, "full")
        (row,) = disclosures()
        assert (row.people, row.subject) == (2, f"decree:{printed.pk}")
        assert (row.user.username, row.office) == ("rini", people.office("rini"))

    @pytest.mark.parametrize("who", ["kartika", "karim", "audi"])
    def test_full_is_refused_to_other_offices(self, who, printed, as_person):
        client = as_person(who)
        assert client.get(reverse("annex_full", args=[printed.pk])).status_code == 403
        assert disclosures() == []

    @pytest.mark.parametrize("who", ["kartika", "karim", "audi", "rini"])
    def test_masked_is_whole_for_every_office_that_may_publish_it(self, who, printed, as_person):
        data = download(as_person(who), printed, "masked")
        shown = texts(data)
        assert {"SITI SENDEN", "BUDI BOGORAN"} <= set(shown)
        assert people.nik(1) not in " ".join(shown)
        assert data == download(as_person("rini"), printed, "masked")
        assert disclosures() == []

    @pytest.mark.parametrize("version", ["full", "masked"])
    def test_strangers_learn_nothing(self, version, printed, as_person):
        client = as_person("boni")
        assert client.get(reverse(f"annex_{version}", args=[printed.pk])).status_code == 404

    @pytest.mark.parametrize(
        ("version", "words"), [("full", "lengkap"), ("masked", "untuk diumumkan")]
    )
    def test_address_file_and_page_call_it_the_same(self, version, words, printed, as_person):
        client, there = as_person("rini"), reverse(f"annex_{version}", args=[printed.pk])
        name = words.replace(" ", "-")
        assert there.endswith(f"/lampiran/{name}.xlsx")
        assert client.get(there)["Content-Disposition"] == (
            f'attachment; filename="lampiran-{name}-18845-280-4060013-2026.xlsx"'
        )
        page = client.get(reverse("decree_detail", args=[printed.pk])).content.decode()
        assert f"Unduh lampiran {words}" in page
        assert DecreeAnnex.Version(version).label == f"Lampiran {words}"

    def test_a_draft_has_no_annex(self, as_person):
        subsidy = drafts.programme()
        drafts.approve(subsidy, people.worker(1))
        draft = drafts.draft(subsidy)
        client = as_person("rini")
        answer = client.get(reverse("annex_full", args=[draft.pk]), follow=True)
        assert "masih rancangan" in answer.content.decode()

    def test_an_unfinished_file_asks_the_user_to_wait(self, issued, as_person):
        client = as_person("rini")
        answer = client.get(reverse("annex_full", args=[issued.pk]), follow=True)
        assert "Lampiran masih disiapkan" in answer.content.decode()
        assert disclosures() == []


class TestFrozen:
    def change_everything(self):
        with scope.whole_country("tests"):
            Worker.objects.update(name="NAMA BARU", address="PINDAH", rt="9", kk="")
            Area.objects.filter(pk=people.SENDEN).update(name="Desa Baru")
            Regency.objects.update(
                bupati_name="Bupati Baru", decree_city="Kota Baru", village_word="kampung"
            )
            PremiumSubsidy.objects.update(name="Program Baru", prices={"": [1] * 9})

    def test_bytes_stay_the_same_after_later_changes(self, printed, monkeypatch):
        before = written(printed)
        self.change_everything()
        tomorrow = timezone.now() + timedelta(days=400)
        monkeypatch.setattr(timezone, "now", lambda: tomorrow)
        monkeypatch.setenv("TZ", "America/New_York")
        with scope.whole_country("tests"):
            DecreeAnnex.objects.update(file="", state="queued", sha256="")
        drafts.printed(printed)
        assert written(printed) == before
        assert b"NAMA BARU" not in before["full"]

    def test_the_seal_on_the_page_is_that_of_the_rows(self, printed, as_person):
        self.change_everything()
        page = as_person("rini").get(reverse("decree_detail", args=[printed.pk]))
        with scope.whole_country("tests"):
            rows = DecreeEntry.objects.filter(decree=printed).order_by("position")
            seal = snapshot_sha256(rows.iterator(), Decree.objects.get(pk=printed.pk).header)
        assert seal in page.content.decode()

    def test_has_no_live_formula(self, printed):
        for data in written(printed).values():
            with ZipFile(BytesIO(data)) as archive:
                sheet = archive.read("xl/worksheets/sheet1.xml").decode()
            assert "<f>" not in sheet
        assert "=1+1" in texts(written(printed)["full"])


def written(decree):
    """Version → bytes of the stored files, after checking their recorded digests."""
    with scope.whole_country("tests"):
        annexes = list(decree.annexes.all())
    found = {}
    for annex in annexes:
        with annex.file.open("rb") as file:
            found[annex.version] = file.read()
        assert hashlib.sha256(found[annex.version]).hexdigest() == annex.sha256
    return found


class TestWriting:
    @pytest.mark.folder
    def test_the_file_has_a_random_name_and_only_its_owner_can_read_it(self, printed, uploads):
        files = sorted((uploads / "annexes").iterdir())
        assert files
        assert all(len(path.name) == 32 and path.stat().st_mode & 0o777 == 0o600 for path in files)

    def test_another_worker_takes_over_after_one_dies(self, issued, monkeypatch):
        """The first dies between two turns; the second writes the whole file."""
        with scope.whole_country("tests"):
            annex = issued.annexes.get(version="full")
        monkeypatch.setattr(printing, "ROWS_A_TURN", 1)
        keep = printing._keep
        monkeypatch.setattr(printing, "_keep", lambda job, file: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            printing.advance(annex.pk)
        with scope.whole_country("tests"):
            annex.refresh_from_db()
        assert (annex.state, annex.cursor, annex.file.name) == ("running", 2, "")
        monkeypatch.setattr(printing, "_keep", keep)
        printing.advance(annex.pk)
        assert "JUMLAH SELURUHNYA: 2 orang" in texts(written_one(annex))

    def test_a_second_worker_leaves_a_finished_file_as_it_is(self, printed):
        before = {annex.pk: annex.file.name for annex in all_annexes()}
        for pk in before:
            printing.advance(pk)
        assert {annex.pk: annex.file.name for annex in all_annexes()} == before


def all_annexes():
    with scope.whole_country("tests"):
        return list(DecreeAnnex.objects.all())


def written_one(annex):
    with scope.whole_country("tests"):
        annex.refresh_from_db()
    with annex.file.open("rb") as file:
        return file.read()


@pytest.mark.django_db(transaction=True)
def test_the_queue_writes_what_issuing_ordered(queue_worker):
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    office = people.office("rini")
    with scope.enter(office):
        draft = actions.draft(by=office, programme=subsidy, **drafts.WORDS)
    with scope.enter(office):
        actions.issue(draft, by=office)
    wait_until(
        lambda: [annex.state for annex in all_annexes()] == ["done"] * 2,
        30,
        "No annex was written.",
    )
    assert {annex.version for annex in all_annexes()} == {"full", "masked"}
    assert sweep() == 0


class TestCommand:
    def export(self, tmp_path, *arguments, by="rini"):
        people.office(by)
        output, stdout = tmp_path / "lampiran.xlsx", StringIO()
        call_command("export_annex", *arguments, output=str(output), by=by, stdout=stdout)
        return output, stdout.getvalue()

    @pytest.mark.parametrize("version", ["full", "masked"])
    def test_writes_the_bytes_of_the_page(self, version, printed, tmp_path, as_person):
        masked = ["--masked"] if version == "masked" else []
        output, report = self.export(tmp_path, str(printed.pk), *masked, "--json")
        assert output.read_bytes() == download(as_person("rini"), printed, version)
        assert json.loads(report)["people"] == 2
        assert json.loads(report)["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
        assert output.stat().st_mode & 0o077 == 0

    def test_finds_a_decree_by_its_number_and_records_the_opening(self, printed, tmp_path):
        self.export(tmp_path, printed.number)
        (row,) = disclosures()
        assert (row.user.username, row.people) == ("rini", 2)

    @pytest.mark.parametrize(
        ("by", "arguments", "sentence"),
        [
            ("boni", [], "tidak ditemukan di wilayah boni"),
            ("kartika", [], "tidak memegang jabatan yang boleh"),
            ("kartika", ["--format", "docx"], "tidak memegang jabatan yang boleh"),
            ("karim", ["--letter"], "tidak memegang jabatan yang boleh"),
        ],
    )
    def test_refuses(self, by, arguments, sentence, printed, tmp_path):
        with pytest.raises(CommandError, match=sentence):
            self.export(tmp_path, str(printed.pk), *arguments, by=by)
        assert list(tmp_path.iterdir()) == []
        assert disclosures() == []

    def test_refuses_an_account_that_does_not_exist(self, printed, tmp_path):
        with pytest.raises(CommandError, match="Tidak ada akun hantu"):
            call_command("export_annex", str(printed.pk), output=str(tmp_path / "x"), by="hantu")

    def test_refuses_a_folder_that_does_not_exist(self, printed, tmp_path):
        with pytest.raises(CommandError, match="Tidak dapat menulis berkasnya"):
            self.export(tmp_path / "tidak-ada", str(printed.pk))
        assert disclosures() == []
