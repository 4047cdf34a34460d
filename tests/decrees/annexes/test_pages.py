"""Having an annex made as PDF: by page, job and command; who may, and what is recorded."""

import hashlib
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from enrollment.decrees.annexes import actions, printing
from enrollment.decrees.annexes.choices import Paper, Signing
from enrollment.decrees.annexes.models import AnnexPdf
from enrollment.decrees.models import Decree
from enrollment.programmes.models import PremiumSubsidy
from enrollment.workers.models import Disclosure, Worker
from portal.launch.embedded import wait_until
from tests import people
from tests.decrees import drafts
from tests.decrees.annexes.pdfs import pages, squeezed
from villages import scope
from villages.models import Regency

pytestmark = pytest.mark.django_db

LOOK = {"paper": "f4-across", "signing": "ink"}


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
def by_a_job(monkeypatch):
    """Everything counts as large."""
    monkeypatch.setattr(actions, "SMALL", 0)


def rows():
    with scope.whole_country("tests"):
        return list(AnnexPdf.objects.all())


def disclosures():
    with scope.whole_country("tests"):
        return list(Disclosure.objects.filter(kind="export").select_related("user", "office"))


def ask(client, decree, version="full", **look):
    data = {"version": version, **LOOK, **look}
    return client.post(reverse("annex_pdfs", args=[decree.pk]), data, follow=True)


def download(client, version="full"):
    with scope.whole_country("tests"):
        annex = AnnexPdf.objects.filter(version=version).latest("created_at")
    answer = client.get(reverse(f"annex_pdf_{version}", args=[annex.pk]))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


class TestPage:
    def test_a_small_one_is_there_at_once(self, issued, as_person):
        client = as_person("rini")
        page = ask(client, issued).content.decode()
        assert "PDF siap diunduh: Lampiran lengkap, F4 mendatar" in page
        text = squeezed("".join(pages(download(client))))
        for words in (people.nik(1), "SITISENDEN", "BUDIBOGORAN", "=1+1", squeezed(issued.number)):
            assert words in text

    def test_the_decree_leads_to_it(self, issued, as_person):
        page = as_person("rini").get(reverse("decree_detail", args=[issued.pk])).content.decode()
        assert reverse("annex_pdfs", args=[issued.pk]) in page

    def test_the_file_is_called_after_the_decree(self, issued, as_person):
        client = as_person("rini")
        ask(client, issued, paper="a4-upright")
        answer = client.get(reverse("annex_pdf_full", args=[rows()[0].pk]))
        assert answer["Content-Disposition"] == (
            'attachment; filename="lampiran-lengkap-a4-tegak-basah-18845-280-4060013-2026.pdf"'
        )
        assert answer["Content-Type"] == "application/pdf"

    @pytest.mark.parametrize("paper", Paper)
    @pytest.mark.parametrize("signing", Signing)
    def test_the_name_of_no_file_has_a_word_of_the_code(self, paper, signing):
        """Nor a dash at its end while the decree has no number."""
        name = AnnexPdf(decree=Decree(), version="full", paper=paper, signing=signing).filename
        words = name.removesuffix(".pdf").split("-")
        assert words[:2] == ["lampiran", "lengkap"] and "" not in words
        assert not {"across", "upright", "ink", "tag", "placeholders"} & set(words)

    def test_asked_twice_it_is_made_once_and_stays_as_it_is(self, issued, as_person):
        client = as_person("rini")
        ask(client, issued)
        before = download(client)
        with scope.whole_country("tests"):
            Worker.objects.update(name="NAMA BARU")
            Regency.objects.update(bupati_name="Bupati Baru", decree_city="Kota Baru")
            PremiumSubsidy.objects.update(name="Program Baru")
        ask(client, issued)
        (annex,) = rows()
        assert download(client) == before
        assert hashlib.sha256(before).hexdigest() == annex.sha256

    def test_made_again_from_the_frozen_rows_it_has_the_same_bytes(self, issued, as_person):
        client = as_person("rini")
        ask(client, issued)
        before = download(client)
        with scope.whole_country("tests"):
            Worker.objects.update(name="NAMA BARU")
            Regency.objects.update(bupati_name="Bupati Baru", decree_city="Kota Baru")
            AnnexPdf.objects.update(state="queued", file="", sha256="")
        ask(client, issued)
        assert download(client) == before

    def test_a_full_one_is_recorded_whenever_it_is_opened(self, issued, as_person):
        client = as_person("rini")
        ask(client, issued)
        assert disclosures() == []
        download(client)
        (row,) = disclosures()
        assert (row.people, row.subject) == (2, f"decree:{issued.pk}")

    def test_who_may_only_publish_gets_the_masked_one(self, issued, as_person):
        maker = as_person("rini")
        for version in ("full", "masked"):
            ask(maker, issued, version)
        client = as_person("karim")
        page = client.get(reverse("annex_pdfs", args=[issued.pk])).content.decode()
        assert "Lampiran untuk diumumkan, F4" in page
        assert "Lampiran lengkap" not in page
        text = squeezed("".join(pages(download(client, "masked"))))
        assert "SITISENDEN" in text
        assert people.nik(1) not in text
        assert disclosures() == []
        with scope.whole_country("tests"):
            full = AnnexPdf.objects.get(version="full")
        assert client.get(reverse("annex_pdf_full", args=[full.pk])).status_code in (403, 404)
        assert ask(client, issued, "masked", paper="a4-across").status_code == 403

    def test_strangers_learn_nothing(self, issued, as_person):
        ask(as_person("rini"), issued)
        client = as_person("boni")
        assert client.get(reverse("annex_pdfs", args=[issued.pk])).status_code == 404
        assert client.get(reverse("annex_pdf_full", args=[rows()[0].pk])).status_code == 404

    def test_a_draft_has_none(self, as_person):
        subsidy = drafts.programme()
        drafts.approve(subsidy, people.worker(1))
        page = ask(as_person("rini"), drafts.draft(subsidy)).content.decode()
        assert "masih rancangan" in page
        assert rows() == []

    def test_what_cannot_be_set_is_told_and_nothing_is_kept(self, issued, as_person, monkeypatch):
        monkeypatch.setattr("enrollment.decrees.annexes.setting.SECONDS", 0.001)
        assert actions.NOT_SET in ask(as_person("rini"), issued).content.decode()
        assert rows() == []


class TestJob:
    def test_a_large_one_is_made_by_a_job(self, issued, by_a_job, as_person):
        client = as_person("rini")
        assert "sedang ditulis" in ask(client, issued).content.decode()
        (annex,) = rows()
        assert (annex.state, annex.total) == ("queued", 2)
        there = reverse("annex_pdf_full", args=[annex.pk])
        assert "masih disiapkan" in client.get(there, follow=True).content.decode()
        assert disclosures() == []
        printing.advance(annex.pk)
        assert "SITISENDEN" in squeezed("".join(pages(download(client))))

    def test_its_bytes_are_those_of_one_made_at_once(self, issued, monkeypatch, as_person):
        client = as_person("rini")
        ask(client, issued)
        now = download(client)
        with scope.whole_country("tests"):
            AnnexPdf.objects.update(state="queued", file="", sha256="", cursor=0)
        monkeypatch.setattr(printing, "ROWS_A_TURN", 1)
        printing.advance(rows()[0].pk)
        assert download(client) == now

    def test_another_worker_takes_over_after_one_dies(
        self, issued, by_a_job, monkeypatch, as_person
    ):
        client = as_person("rini")
        ask(client, issued)
        keep = printing._keep
        monkeypatch.setattr(printing, "_keep", lambda job, file: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            printing.advance(rows()[0].pk)
        assert rows()[0].state == "running"
        monkeypatch.setattr(printing, "_keep", keep)
        printing.advance(rows()[0].pk)
        assert "JUMLAHSELURUHNYA:2orang" in squeezed("".join(pages(download(client))))

    def test_one_that_was_given_up_can_be_asked_for_again(self, issued, by_a_job, as_person):
        client = as_person("rini")
        ask(client, issued)
        with scope.whole_country("tests"):
            AnnexPdf.objects.update(state="refused", message="Berkali-kali terhenti.", attempts=6)
        assert (
            "Berkali-kali" in client.get(reverse("annex_pdfs", args=[issued.pk])).content.decode()
        )
        ask(client, issued)
        printing.advance(rows()[0].pk)
        assert rows()[0].state == "done"

    def test_the_database_lets_none_be_done_without_its_file(self, issued, by_a_job, as_person):
        ask(as_person("rini"), issued)
        broken = pytest.raises(IntegrityError, match="annex_pdf_done_has_its_file")
        with scope.whole_country("tests"), broken, transaction.atomic():
            AnnexPdf.objects.update(state="done")


@pytest.mark.django_db(transaction=True)
@pytest.mark.every
def test_the_queue_writes_it(queue_worker, monkeypatch):
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    decree = drafts.issue(drafts.draft(subsidy))
    monkeypatch.setattr(actions, "SMALL", 0)
    office = people.office("rini")
    with scope.enter(office):
        actions.prepare(decree, version="full", by=office, **LOOK)
    wait_until(lambda: [row.state for row in rows()] == ["done"], 60, "No PDF was written.")


def test_the_dpmd_sees_none(issued, as_person):
    """Row security hides them, even where a page forgot to."""
    ask(as_person("rini"), issued)
    count = "SELECT count(*) FROM enrollment_annexpdf"
    seen = {}
    for name in ("rini", "dewi"):
        with scope.enter(people.office(name)), connection.cursor() as cursor:
            cursor.execute(count)
            seen[name] = cursor.fetchone()[0]
    assert seen == {"rini": 1, "dewi": 0}


class TestCommand:
    def export(self, tmp_path, *arguments, by="rini"):
        people.office(by)
        output, stdout = tmp_path / "lampiran.pdf", StringIO()
        call_command(
            "export_annex", *arguments, "--format", "pdf", output=str(output), by=by, stdout=stdout
        )
        return output, stdout.getvalue()

    @pytest.mark.parametrize("version", ["full", "masked"])
    def test_writes_the_bytes_of_the_page(self, version, issued, tmp_path, as_person):
        masked = ["--masked"] if version == "masked" else []
        output, report = self.export(tmp_path, str(issued.pk), *masked, "--json")
        client = as_person("rini")
        ask(client, issued, version)
        assert output.read_bytes() == download(client, version)
        assert json.loads(report)["sha256"] == hashlib.sha256(output.read_bytes()).hexdigest()
        assert output.stat().st_mode & 0o077 == 0

    def test_a_full_one_is_recorded(self, issued, tmp_path):
        self.export(tmp_path, issued.number)
        (row,) = disclosures()
        assert (row.user.username, row.people) == ("rini", 2)

    def test_writes_a_large_one_without_a_queue(self, issued, by_a_job, tmp_path):
        output, _ = self.export(tmp_path, issued.number, "--paper", "a4-upright")
        assert "SITISENDEN" in squeezed("".join(pages(output.read_bytes())))

    def test_with_placeholders(self, issued, tmp_path):
        output, _ = self.export(tmp_path, issued.number, "--signing", "placeholders")
        assert "${ttd_pengirim}" in pages(output.read_bytes())[-1]

    def test_refuses_who_may_not_open_it(self, issued, tmp_path):
        with pytest.raises(CommandError, match="tidak memegang jabatan yang boleh"):
            self.export(tmp_path, str(issued.pk), by="kartika")
        assert list(tmp_path.iterdir()) == []
        assert rows() == []
