"""The pages of leavings: who sees what, from the to-do to the decision."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enrollment.decrees import actions as decrees
from enrollment.leavings import actions
from enrollment.leavings.models import Leaving
from enrollment.workbooks.scans import LARGEST_SCAN
from enrollment.workers.models import Disclosure, Worker
from tests import people
from tests.leavings import stories
from tests.leavings.test_actions import ended
from tests.proposals import making
from tests.proposals.papers import signing
from tests.reports import reading
from tests.schedules.test_actions import freeze, lift
from tests.villages import second_factor
from tests.villages.test_second_factor import logged_in, move_proof_back
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
GIVEN = {"reason": "moved", "on": "03-05-2026", "words": "Ikut suami"}


@pytest.fixture(autouse=True)
def in_may(monkeypatch):
    stories.today_is(monkeypatch, stories.MAY)


@pytest.fixture
def entry():
    return making.entries(stories.decreed(2))[0]


def text(answer):
    return " ".join(answer.content.decode().split())


def only():
    with scope.whole_country("tests"):
        return Leaving.objects.select_related("decree_row").get()


def new(client, entry, file=None, **values):
    given = GIVEN | values | ({"file": file} if file else {})
    return client.post(f"/orang-keluar/baru/{entry.public_id}/", given)


def pdf(content=PDF, name="surat.pdf"):
    return SimpleUploadedFile(name, content, content_type="text/html")


def test_from_the_list_to_the_decision(entry, as_person):
    olan = as_person("olan")
    form, listed = f"/orang-keluar/baru/{entry.public_id}/", f"/usulan/orang/{entry.public_id}/"
    assert form in text(olan.get(listed))
    page = new(olan, entry).url
    said = text(olan.get(page))
    assert "Rp117.600" in said and "7 bulan: Juni–Desember 2026" in said
    assert "paling lambat untuk Agustus 2026" in said
    assert f"{page}kirim/" not in said and "membacanya, lalu mengirimnya" in said
    kartika = as_person("kartika")
    assert "Kirim 1 catatan keluar" in text(kartika.get("/"))
    kartika.post(f"{page}kirim/")
    amir = as_person("amir")
    assert "Putuskan keluarnya 1 orang" in text(amir.get("/"))
    amir.post(f"{page}setujui/")
    assert making.fresh(entry).state == "left"
    assert "1 orang sudah keluar" in text(amir.get(f"/keputusan/{only().decree_row.decree_id}/"))
    said = text(as_person("kartika").get(page))
    assert "Mei 2026" in said and "Rp117.600" in said and "Setujui keluarnya" not in said
    assert "Catatan keluarnya" in text(kartika.get(listed))


def test_who_died_is_a_thing_to_do_that_opens_the_filled_form(entry, as_person):
    ended(entry)
    for name in ("kartika", "vera", "amir"):
        home = text(as_person(name).get("/"))
        assert "Catat keluarnya 1 orang" in home
        assert f"/orang-keluar/baru/{entry.public_id}/" in home
    form = text(as_person("kartika").get(f"/orang-keluar/baru/{entry.public_id}/"))
    assert 'value="02-05-2026"' in form
    assert entry.worker.name in text(as_person("amir").get("/orang-keluar/perlu/"))
    stories.filed(entry, reason="died", on=date(2026, 5, 2))
    assert "Catat keluarnya" not in text(as_person("kartika").get("/"))


def test_the_next_of_the_waiting_list_is_offered_the_place(as_person):
    proposal = stories.decreed(2, village_quota=2)
    making.submitted(proposal.programme, 1, first=40)
    assert making.states(proposal) == {"approved": 2, "waiting": 1}
    assert "Ada tempat kosong" not in text(as_person("kartika").get("/"))
    stories.left(making.entries(proposal)[0])
    assert "Ada tempat kosong untuk 1 orang" in text(as_person("kartika").get("/"))


@pytest.mark.parametrize(
    ("name", "status"),
    [("bagus", 404), ("karim", 404), ("tani", 404), ("bima", 403), ("boni", 404), ("audi", 200),
     ("rini", 200), ("olan", 200), ("vera", 200)],
)  # fmt: skip
def test_who_sees_a_leaving_and_its_document(entry, as_person, name, status):
    new(as_person("kartika"), entry, pdf())
    client = as_person(name)
    for part in ("", "dokumen/"):
        assert client.get(f"/orang-keluar/{only().public_id}/{part}").status_code == status, part


class TestRefusedByBpjs:
    """Months that have gone count as never paid: the page says so where BPJS has the people."""

    WARNING = "Bulan yang sudah dibayar akan dianggap tidak pernah dibayar"

    def page(self, entry, client, reason="refused"):
        leaving = stories.filed(entry, by="vera", reason=reason)
        return text(client.get(f"/orang-keluar/{leaving.public_id}/"))

    def registered(self, entry):
        bima = people.office("bima")
        with scope.enter(bima):
            decree = entry.decree_rows.get().decree
            decrees.register(decree, by=bima, on=decree.date, today=stories.MAY)

    def test_of_a_registered_decree(self, entry, as_person):
        self.registered(entry)
        said = self.page(entry, as_person("amir"))
        assert self.WARNING in said
        assert "bulannya sudah berjalan: Januari–Mei 2026." in said

    def test_not_before_bpjs_has_registered_it(self, entry, as_person):
        assert self.WARNING not in self.page(entry, as_person("amir"))

    def test_nor_for_another_reason(self, entry, as_person):
        self.registered(entry)
        assert self.WARNING not in self.page(entry, as_person("amir"), reason="moved")

    def test_nor_before_the_first_month(self, entry, as_person, monkeypatch):
        self.registered(entry)
        with scope.whole_country("tests"):
            leaving = stories.filed(entry, by="vera", reason="refused", on=date(2025, 12, 2))
        stories.today_is(monkeypatch, date(2025, 12, 20))
        page = as_person("amir").get(f"/orang-keluar/{leaving.public_id}/")
        assert self.WARNING not in text(page)


def test_it_says_for_whom_the_place_is_only_where_somebody_waits(as_person):
    proposal = stories.decreed(2, village_quota=2)
    leaving = stories.filed(making.entries(proposal)[0])
    vera = as_person("vera")
    url = f"/orang-keluar/{leaving.public_id}/"
    assert "1, belum ada yang menunggu" in text(vera.get(url))
    making.submitted(proposal.programme, 1, first=40)  # both places are taken
    assert "1, untuk yang berikutnya di daftar tunggu" in text(vera.get(url))


def test_the_thing_to_do_counts_what_its_list_shows(as_person):
    """The Dinas has prepared one and a village another: each office sends its own."""
    entries = making.entries(stories.decreed(3))
    stories.prepared(entries[0], by="vera")
    stories.prepared(entries[1], by="kartika")
    vera = as_person("vera")
    assert "Disiapkan" in text(vera.get("/orang-keluar/?status=prepared"))
    todos = reading.todos(vera.get("/").content.decode())
    (todo,) = [todo for todo in todos if todo.title.startswith("Kirim")]
    page = vera.get(todo.url).content.decode()
    assert (todo.number, reading.total(page)) == (1, 1)
    assert reading.total(vera.get("/orang-keluar/?status=prepared").content.decode()) == 2


class TestTheDocument:
    def test_it_is_a_download_of_its_own_bytes_and_each_is_recorded(self, entry, as_person):
        new(as_person("kartika"), entry, pdf(name="../surat kematian.pdf"))
        leaving = only()
        answer = as_person("audi").get(f"/orang-keluar/{leaving.public_id}/dokumen/")
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Type"] == "application/pdf"  # not what the browser had said
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        with scope.whole_country("tests"):
            seen = Disclosure.objects.filter(subject=f"leaving:{leaving.public_id}").get()
        assert (seen.kind, seen.why, seen.worker_id) == ("export", "leaving", entry.worker_id)

    def test_who_has_a_second_factor_is_asked_for_a_code_first(self, entry, as_person):
        new(as_person("kartika"), entry, pdf())
        address = f"/orang-keluar/{only().public_id}/dokumen/"
        second_factor.give("audi")
        client = logged_in(people.office("audi").user)
        assert client.get(address).streaming  # a code was given a moment ago
        move_proof_back(client)
        answer = client.get(address)
        assert not answer.streaming and "Kode" in text(answer)
        with scope.whole_country("tests"):
            assert Disclosure.objects.filter(why="leaving").count() == 1

    def test_its_name_on_the_disk_says_nothing(self, entry, as_person):
        new(as_person("kartika"), entry, pdf())
        kept = only().document.name
        assert kept.startswith("leavings/") and "surat" not in kept

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"<html><script>alert(1)</script>", "bukan PDF atau foto"),
            (PDF[:-7], "rusak atau terpotong"),
            (b"MZ" + PDF, "bukan PDF atau foto"),
            (b"", "kosong (0 byte)"),
            (PDF[:-6] + b"\0" * LARGEST_SCAN + b"%%EOF", "lebih besar dari 12 MB"),
        ],
    )
    def test_anything_else_is_refused_with_a_sentence(self, entry, as_person, content, said):
        answer = new(as_person("kartika"), entry, pdf(content, "surat.pdf"))
        assert said in text(answer)
        with scope.whole_country("tests"):
            assert not Leaving.objects.exists()

    def test_photos_are_taken_with_what_a_phone_writes_behind_them(self, entry, as_person):
        photo = signing.JPEG + b"SEFT" * 100
        new(as_person("kartika"), entry, pdf(photo, "IMG_1.pdf"))
        assert only().document_kind == "jpg"

    @pytest.mark.parametrize(
        ("content", "taken"),
        [
            (signing.HEIC, True),
            (signing.JPEG, True),
            (signing.JPEG + b"\1" * 90_000, True),  # the mark of the end lies far before it
            (signing.JPEG[:-2] + b"\1" * 90_000, False),
            (signing.PNG, True),
            (signing.PNG[:-8], False),
            (signing.JPEG + b"\0" * 7 * 2**20, True),
            (b"GIF89a" + b"\0" * 2000, False),
        ],
    )
    def test_a_photo_that_is_taken_as_a_scan_of_papers_is_taken_here(
        self, entry, as_person, content, taken
    ):
        """People photograph both with one phone; a rule of its own would refuse half of them."""
        proposal = making.draft(making.programme(name="Nelayan"), 1, first=70)
        paper, _ = signing.make(proposal)
        try:
            as_a_scan = bool(signing.scan(paper, signing.file(content, "IMG_1.HEIC")))
        except Refusal:
            as_a_scan = False
        new(as_person("kartika"), entry, pdf(content, "IMG_1.HEIC"))
        with scope.whole_country("tests"):
            as_a_document = Leaving.objects.exists()
        assert (as_a_scan, as_a_document) == (taken, taken)

    def test_a_heic_is_given_out_as_one(self, entry, as_person):
        new(as_person("kartika"), entry, pdf(signing.HEIC, "IMG_1"))
        answer = as_person("audi").get(f"/orang-keluar/{only().public_id}/dokumen/")
        assert answer["Content-Type"] == "image/heic"
        assert ".heic" in answer["Content-Disposition"]


class TestRowSecurity:
    """Whoever leaves and why is seen by the village and the regency, whatever SQL is sent."""

    @pytest.mark.parametrize(
        ("name", "seen"),
        [("kartika", 1), ("vera", 1), ("audi", 1), ("karim", 0), ("tani", 0), ("bagus", 0),
         ("boni", 0)],
    )  # fmt: skip
    def test_of_the_table(self, entry, name, seen):
        stories.filed(entry)
        with scope.enter(people.office(name)):
            assert Leaving.objects.count() == seen
            model = Leaving.events.rel.related_model
            assert bool(model.objects.count()) == bool(seen)


def test_the_list_is_sorted_by_its_columns(as_person):
    """Without regard to case, as all lists are; those out of sight come last."""
    first, second = making.entries(stories.decreed(2))
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=first.worker_id).update(name="ZULKIFLI")
        Worker.objects.filter(pk=second.worker_id).update(name="abdul")
    stories.filed(second)
    stories.filed(first)

    def names(**asked):
        page = as_person("vera").get("/orang-keluar/", asked).context["page"]
        return [leaving.entry.person.name for leaving in page]

    assert names(urut="nama") == names(urut="wilayah") == ["abdul", "ZULKIFLI"]
    assert names(urut="-nama") == ["ZULKIFLI", "abdul"]
    assert "urut=alasan" in as_person("vera").get("/orang-keluar/").text


class TestSearching:
    """As other lists: by name in the address, by the digits of the NIK that are shown by POST."""

    def found(self, answer):
        return [row.pk for row in answer.context["page"]]

    def test_leavings(self, as_person):
        first, second = making.entries(stories.decreed(2))
        stories.filed(first)
        leaving, url = stories.filed(second), "/orang-keluar/"
        vera = as_person("vera")
        assert len(self.found(vera.get(url))) == 2
        by_name = vera.post(url, {"q": second.worker.name.lower()}, follow=True)
        assert by_name.redirect_chain and self.found(by_name) == [leaving.pk]
        assert self.found(vera.get(url, {"q": "siapa ini"})) == []
        assert "Tidak ada yang cocok" in vera.get(url, {"q": "siapa ini"}).text
        self.by_digits(vera, url, second.worker.nik)

    def test_who_has_to_leave(self, as_person):
        entries, url = making.entries(stories.decreed(2)), "/orang-keluar/perlu/"
        for entry in entries:
            ended(entry)
        vera = as_person("vera")
        assert len(self.found(vera.get(url))) == 2
        found = vera.get(url, {"q": entries[1].worker.name})
        assert self.found(found) == [entries[1].pk]
        self.by_digits(vera, url, entries[1].worker.nik)

    def by_digits(self, client, url, nik):
        """More digits than are shown find no fewer people, so nobody can try out the rest."""
        assert len(self.found(client.post(url, {"q": nik[:6]}))) == 2
        wrong = f"{nik[:-1]}{(int(nik[-1]) + 1) % 10}"
        answer = client.post(url, {"q": wrong})
        assert len(self.found(answer)) == 2
        assert wrong not in answer.text and "hanya enam angka pertama" in answer.text
        assert self.found(client.post(url, {"q": "357801"})) == []
        assert client.get(url, {"q": nik}).url == url


def test_a_freeze_is_said_to_whose_step_it_stops(entry, as_person, monkeypatch):
    """The village reads that filing rests, the approver that deciding does."""
    prepared = stories.prepared(entry)
    there = reverse("leaving_detail", args=[prepared.public_id])
    assert "Masa beku" not in text(as_person("kartika").get(there))
    rests = freeze("submit", first=stories.MAY, last=stories.MAY)
    assert "Pengajuan berhenti sampai 15 Mei 2026: Tutup buku." in text(
        as_person("kartika").get(there)
    )
    assert "Masa beku" not in text(as_person("amir").get(there))
    with pytest.raises(Refusal, match="Tutup buku"):
        stories.do("kartika", actions.file, prepared)
    lift(rests)
    stories.do("kartika", actions.file, prepared)
    freeze("approve", first=stories.MAY, last=stories.MAY)
    assert "Persetujuan berhenti sampai 15 Mei 2026" in text(as_person("amir").get(there))
    assert "Masa beku" not in text(as_person("kartika").get(there))
