"""The JDIH package and the counts of villages: what is in them, and that no person is."""

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from enrollment.decrees import amending
from enrollment.proposals.models import Entry
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.amendments.making import amended
from tests.decrees.annexes.pdfs import pages, squeezed
from tests.leavings import stories
from tests.proposals import making
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(monkeypatch):
    """Fourteen people of one village and three of another one."""
    stories.today_is(monkeypatch, stories.MAY)
    subsidy = making.programme()
    making.approved(subsidy, 14)
    making.approved(subsidy, 3, by="bagus", area=people.BOGORAN, first=500)
    return signing.fresh(drafts.issue(drafts.draft(subsidy)))


def package(client, decree):
    answer = client.get(reverse("jdih_package", args=[decree.pk]))
    assert answer.headers["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(answer.content))


def counts(client, decree):
    answer = client.get(reverse("village_counts", args=[decree.pk]))
    return list(csv.reader(io.StringIO(answer.content.decode())))


def test_what_is_in_the_package(base, as_person):
    archive = package(as_person("rini"), base)
    assert archive.namelist() == [
        "lampiran-untuk-diumumkan.pdf", "metadata.json", "metadata.xlsx", "jumlah-per-wilayah.csv",
    ]  # fmt: skip
    values = json.loads(archive.read("metadata.json"))
    told = ("jenis", "nomor", "tahun", "judul", "tanggal_penetapan", "status")
    assert [values[name] for name in told] == [
        "Keputusan Bupati", base.number, 2026, base.title, "2026-03-17", "Berlaku",
    ]  # fmt: skip
    pdf = archive.read("lampiran-untuk-diumumkan.pdf")
    assert values["sha256_berkas"] == hashlib.sha256(pdf).hexdigest()
    sheet = load_workbook(io.BytesIO(archive.read("metadata.xlsx"))).active
    assert dict(sheet.values)["nomor"] == base.number
    whole = squeezed(" ".join(pages(pdf)))
    with scope.whole_country("tests"):
        named = list(base.entries.all())
    assert named[0].name in " ".join(" ".join(page.split()) for page in pages(pdf))
    for row in named:
        assert row.nik not in whole
        assert row.kk not in whole


def test_the_status_follows_amendments(base, as_person):
    with scope.whole_country("tests"):
        entry = Entry.objects.filter(area=people.SENDEN).first()
    stories.left(entry)
    june = amended(base, day=stories.MAY)
    client = as_person("rini")
    first = json.loads(package(client, base).read("metadata.json"))
    second = json.loads(package(client, june).read("metadata.json"))
    assert first["status"] == f"Diubah dengan Nomor {june.number}, 15 Mei 2026"
    assert (second["status"], second["mengubah"]) == ("Berlaku", base.number)


def test_a_small_village_is_hidden_and_not_had_by_subtraction(base, as_person):
    table = counts(as_person("rini"), base)
    shown = {line[1]: line[2] for line in table[1:]}
    with scope.whole_country("tests"):
        named = {row.village for row in base.entries.all()}
    assert len(named) == 2
    assert {shown[village] for village in named} == {"<5"}
    assert shown["Jumlah"] == "17"
    everything = "\n".join(map(",".join, table))
    with scope.whole_country("tests"):
        for row in base.entries.all():
            assert row.name not in everything
            assert row.nik not in everything


def test_a_draft_is_not_published(as_person):
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    draft, client = drafts.draft(subsidy), as_person("rini")
    for name in ("jdih_package", "village_counts"):
        answer = client.get(reverse(name, args=[draft.pk]), follow=True)
        assert "sesudah keputusan terbit" in answer.content.decode()


def test_two_versions_of_a_list_give_nobody_away(base, as_person):
    """Who subtracts what is published of an amendment from what is published of its decree learns
    of no village how many go or come: there are no counts of the list in force, and small ones of
    an amendment are hidden."""
    client = as_person("rini")
    before = counts(client, base), json.loads(package(client, base).read("metadata.json"))
    with scope.whole_country("tests"):
        leaver = Entry.objects.filter(area=people.SENDEN).first()
    stories.left(leaver)
    making.approved(base.programme, 2, by="bagus", area=people.BOGORAN, first=900)
    june = amended(base, day=stories.MAY)
    with scope.whole_country("tests"):
        chain = amending.on(june, stories.MAY)
        force = Counter(amending.in_force(chain).values_list("village", flat=True))
        first = Counter(base.entries.values_list("village", flat=True))
    assert force != first and set(force) == set(first)  # there is something to give away
    after = counts(client, base), json.loads(package(client, base).read("metadata.json"))
    assert after[0] == before[0]
    assert {name for name in after[1] if after[1][name] != before[1][name]} == {"status"}
    coming = counts(client, june)
    assert coming[1:] == [["Jumlah seluruhnya", "", "<5", "<5"]]
    page = client.get(reverse("public_decree", args=[june.header["code"]])).content.decode()
    assert not [village for village in force if village in page]
