"""Pages of amendments: made, read, searched and taken along."""

from datetime import date

import pytest
from django.urls import reverse

from enrollment.decrees.models import Decree
from enrollment.proposals.models import Entry
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.amendments.making import amended, correct
from tests.leavings import stories
from tests.proposals import making
from villages import scope

pytestmark = pytest.mark.django_db

JUNE = date(2026, 5, 14)


@pytest.fixture
def base(monkeypatch):
    stories.today_is(monkeypatch, stories.MAY)
    subsidy = making.programme()
    making.approved(subsidy, 3)
    making.approved(subsidy, 2, by="bagus", area=people.BOGORAN, first=500)
    return signing.fresh(drafts.issue(drafts.draft(subsidy)))


def entries():
    with scope.whole_country("tests"):
        return list(Entry.objects.select_related("worker").order_by("decree_rows__position"))


def text(response):
    return " ".join(response.content.decode().split())


def test_from_the_page_of_the_decree_to_a_draft(base, as_person):
    stories.left(next(entry for entry in entries() if entry.area_id == people.SENDEN))
    client = as_person("rini")
    page = client.get(reverse("decree_detail", args=[base.pk]))
    new = reverse("amendment_new", args=[base.pk])
    assert new in text(page)
    form = client.get(new)
    assert "Perubahan atas Lampiran Keputusan Bupati Trenggalek Nomor" in text(form)
    given = form.context["form"].initial
    made = client.post(new, {**given, "number": "", "date": ""})
    assert made.status_code == 302, made.context["form"].errors
    with scope.whole_country("tests"):
        draft = Decree.objects.get(amends=base)
    page = text(client.get(reverse("decree_detail", args=[draft.pk])))
    assert "Mengubah lampiran" in page
    assert "4 orang" in page
    assert "Tidak ada yang berubah" not in page
    again = client.post(new, {**given, "number": "", "date": ""})
    assert "sedang dibuat" in text(again)


def test_among_the_decrees_an_amendment_says_what_it_changes(base, as_person):
    """Else it looks like a decree for nobody: whoever leaves is not counted among its people."""
    stories.left(next(entry for entry in entries() if entry.area_id == people.SENDEN))
    amended(base, day=date(2026, 5, 2))
    page = text(as_person("kartika").get(reverse("decree_list")))
    assert page.count("Perubahan atas") == 1
    assert f"Perubahan atas {base.number}" in page


def test_a_village_reads_its_people_with_the_numbers_of_the_whole_list(base, as_person):
    """Who has gone out elsewhere is counted, too."""
    ordered = entries()
    first = ordered[0]
    other = "kartika" if first.area_id != people.SENDEN else "bagus"
    filer = "bagus" if other == "kartika" else "kartika"
    stories.left(first, by=filer)
    amended(base, day=JUNE)
    page = as_person(other).get(reverse("list_in_force", args=[base.pk]))
    numbers = [person.number for person in page.context["page"]]
    positions = [person.position for person in page.context["page"]]
    assert numbers == [position - 1 for position in positions]
    assert page.context["people"] == 4


def test_a_village_with_nobody_in_it_reads_that_it_is_in_force(base, client):
    head = people.hold("siti", people.Role.VILLAGE_HEAD, "35.03.07.2002")
    client.force_login(head.user, backend="villages.backends.OfficeHolderBackend")
    there = reverse("list_in_force", args=[base.pk])
    assert "tidak memuat orang dari wilayah Anda" in text(client.get(there))
    before = text(client.get(there, {"tanggal": "2026-01-01"}))
    assert "tidak ada daftar yang berlaku" in before


def test_the_list_of_a_day_its_search_and_its_workbook(base, as_person):
    first, second, *_ = (entry for entry in entries() if entry.area_id == people.SENDEN)
    correct(first.worker, name="Nama Sangat Baru")
    stories.left(second)
    amended(base, day=JUNE)
    client, address = as_person("rini"), reverse("list_in_force", args=[base.pk])
    today = client.get(address, {"tanggal": "2026-05-14"})
    assert "Nama Sangat Baru" in text(today)
    assert second.worker.name not in text(today)
    before = client.get(address, {"tanggal": "2026-05-13"})
    assert "Nama Sangat Baru" not in text(before)
    assert second.worker.name in text(before)
    found = client.get(address, {"tanggal": "2026-05-14", "q": "Sangat Baru"})
    assert [person.name for person in found.context["page"]] == ["Nama Sangat Baru"]
    assert client.get(address, {"unduh": "xlsx"}).headers["Content-Type"].endswith("sheet")
    assert client.get(address, {"tanggal": "kapan"}).status_code == 200


def test_who_goes_and_who_is_corrected(base, as_person):
    first, second, *_ = (entry for entry in entries() if entry.area_id == people.SENDEN)
    correct(first.worker, name="Nama Sangat Baru", rt="009")
    stories.left(second)
    june = amended(base, day=JUNE)
    page = as_person("rini").get(reverse("amendment_changes", args=[june.pk]))
    assert "Diperbaiki: nama, RT" in text(page)
    assert {one.kind for one in page.context["page"]} == {"out", "corrected"}
    only = as_person("rini").get(reverse("amendment_changes", args=[june.pk]), {"jenis": "out"})
    assert [one.kind for one in only.context["page"]] == ["out"]
    assert second.worker.nik not in text(page)
