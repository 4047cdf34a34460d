"""The pages on which a list is frozen, sent, taken back signed, and issued."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enrollment.decrees import actions, freezing
from enrollment.decrees.models import Decree
from enrollment.decrees.signatories.models import Signatory
from enrollment.schedules import actions as schedules
from enrollment.workers.models import Disclosure
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.test_order import TestWhileIssuingRests as Rests
from tests.decrees.test_order import dies, written
from tests.selection import short
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def subsidy():
    made = drafts.programme()
    drafts.approve(made, *(people.worker(number) for number in range(2)))
    return made


@pytest.fixture
def draft(subsidy):
    return signing.unnumbered(subsidy)


def url(name, row):
    return reverse(name, args=[row.pk])


def page(client, decree):
    return client.get(url("decree_detail", decree)).content.decode()


def primary_buttons(text):
    """Those that stand on the page at once: neither in a question's sheet nor in closed filters."""
    return re.findall(r'<(?:a|summary)\s+class="btn btn-primary"', text)


def test_the_whole_way_by_its_pages(draft, as_person):
    rini = as_person("rini")
    assert "Bekukan untuk ditandatangani" in page(rini, draft)
    rini.post(url("decree_review", draft))
    assert "Telaah hukum" in page(rini, draft) and signing.fresh(draft).in_review
    rini.post(url("decree_freeze", draft), {"marking": "srikandi", "signatory": ""})
    text = page(rini, draft)
    assert "Membekukan daftar" in text and "Hentikan" in text
    with scope.whole_country("tests"):
        job = draft.freezings.get()
    freezing.advance(job.pk)
    drafts.printed(draft)
    assert "Kirim untuk ditandatangani" in page(rini, draft)
    rini.post(url("decree_send", draft), {**LOOK, "file": signing.pdf()})
    assert "Unggah yang bertanda tangan" in page(rini, draft)
    answer = rini.post(url("decree_receive", draft), came_back(draft), follow=True)
    assert "Sama persis dengan yang dikirim" in answer.content.decode()
    rini.post(url("decree_issue", draft))
    drafts.go_on(draft)
    text = page(rini, draft)
    assert "2 orang ditetapkan" in text and signing.NUMBER in text
    for words in ("telaah hukum", "Kembali bertanda tangan", "Dikirim untuk ditandatangani"):
        assert words in text


LOOK = {"paper": "f4-across", "signing": "placeholders"}


def came_back(decree, **values):
    content = signing.signed_pdf(signing.sent_pdf(decree))
    return {
        "file": SimpleUploadedFile("kembali.pdf", content),
        "number": signing.NUMBER, "date": "17-03-2026", "signatory": "",
    } | values  # fmt: skip


@pytest.mark.parametrize("state", ["draft", "review", "ready", "sent", "returned"])
def test_each_state_has_one_primary_button(state, draft, as_person):
    to(draft, state)
    assert len(primary_buttons(page(as_person("rini"), draft))) == 1


def to(draft, state):
    rini = people.office("rini")
    if state == "review":
        with scope.enter(rini):
            actions.give_to_review(draft, by=rini)
    if state in ("ready", "sent", "returned"):
        signing.freeze(draft)
    if state in ("sent", "returned"):
        signing.send(draft, signing.pdf())
    if state == "returned":
        signing.receive(draft)


@pytest.mark.parametrize("state", short(["ready", "draft", "sent", "returned"]))
@pytest.mark.parametrize("who", ["kartika", "karim", "bima"])
def test_before_it_is_issued_others_do_not_see_it(state, who, draft, as_person):
    to(draft, state)
    assert as_person(who).get(url("decree_detail", draft)).status_code == 404
    assert as_person("audi").get(url("decree_detail", draft)).status_code == 200


class TestFiles:
    @pytest.fixture
    def signed(self, draft):
        signing.send(signing.freeze(draft), signing.pdf())
        signing.receive(draft)
        with scope.whole_country("tests"):
            return draft.files.get(kind="signed")

    def test_both_hashes_stand_on_the_page(self, draft, signed, as_person):
        text = page(as_person("rini"), draft)
        with scope.whole_country("tests"):
            hashes = list(draft.files.values_list("sha256", flat=True))
        assert len(hashes) == 3
        assert all(one in text for one in hashes)

    def test_giving_one_out_is_recorded(self, draft, signed, as_person):
        answer = as_person("vera").get(url("decree_file", signed))
        assert b"".join(answer.streaming_content).startswith(signing.sent_pdf(draft))
        with scope.whole_country("tests"):
            record = Disclosure.objects.get(why="annex")
        assert (record.people, record.subject, record.kind) == (2, f"decree:{draft.pk}", "export")

    @pytest.mark.parametrize(("who", "answer"), [("kartika", 404), ("karim", 404), ("audi", 403)])
    def test_nobody_without_the_right_gets_one(self, who, answer, draft, signed, as_person):
        drafts.issue(signing.fresh(draft))
        assert as_person(who).get(url("decree_file", signed)).status_code == answer
        with scope.whole_country("tests"):
            assert not Disclosure.objects.filter(why="annex").exists()


class TestWhatComesBack:
    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"number": ""}, "Isi nomor pada naskah."),
            ({"date": ""}, "Isi tanggal pada naskah."),
            ({"date": "17-03-1999"}, "terlalu awal"),
            ({"file": SimpleUploadedFile("a.pdf", b"bukan")}, "bukan PDF atau foto"),
            ({"file": ""}, "Pilih berkasnya."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_nothing(self, values, sentence, draft, as_person):
        signing.send(signing.freeze(draft))
        answer = as_person("rini").post(url("decree_receive", draft), came_back(draft, **values))
        assert sentence in answer.content.decode()
        assert signing.fresh(draft).is_sent

    def test_a_number_of_another_decree_is_told_at_its_field(self, subsidy, draft, as_person):
        signing.send(signing.freeze(draft))
        drafts.approve(subsidy, people.worker(9))
        drafts.draft(subsidy, number=signing.NUMBER)
        answer = as_person("rini").post(url("decree_receive", draft), came_back(draft))
        assert actions.NUMBER_TAKEN in str(answer.context["form"].errors["number"])
        with scope.whole_country("tests"):
            assert not draft.files.filter(kind="signed").exists()


def test_opening_again_asks_why(draft, as_person):
    signing.freeze(draft)
    rini = as_person("rini")
    answer = rini.post(url("decree_open_again", draft), {"reason": ""}, follow=True)
    assert "Tulis alasannya" in answer.content.decode()
    answer = rini.post(url("decree_open_again", draft), {"reason": "Salah judul"}, follow=True)
    assert "Salah judul" in answer.content.decode()
    assert signing.fresh(draft).is_draft


def test_freezing_is_stopped_by_a_button(draft, as_person):
    signing.begin_to_freeze(draft)
    answer = as_person("rini").post(url("decree_stop", draft), follow=True)
    assert "Dihentikan" in answer.content.decode()
    assert signing.fresh(draft).state == Decree.State.DRAFT


def test_who_died_while_it_is_frozen_is_told(draft, as_person):
    signing.freeze(draft)
    rini = as_person("rini")
    assert "meninggal atau pindah" not in page(rini, draft)
    dies(draft)
    assert "1 orang meninggal atau pindah sesudah daftar dibekukan" in page(rini, draft)


class TestSignatories:
    VALUES = {
        "capacity": "interim", "name": "Dr. ADI PRASETYO, M.Si.", "rank": "Pembina Utama Muda",
        "nip": "197001011995031001", "valid_from": "2026-01-01", "valid_until": "2026-12-31",
    }  # fmt: skip

    def test_is_added_and_stands_in_the_annex(self, draft, as_person):
        as_person("rini").post(reverse("signatory_new"), self.VALUES)
        with scope.whole_country("tests"):
            made = Signatory.objects.get()
        assert made.regency_id == people.TRENGGALEK
        signing.freeze(draft, signatory=made)
        with scope.whole_country("tests"):
            text = written(draft.annexes.get())
        assert "Pj. BUPATI TRENGGALEK" in text
        assert "NIP. 197001011995031001" in text and "Pembina Utama Muda" in text

    def test_a_term_that_ends_before_it_begins_is_refused(self, as_person):
        values = self.VALUES | {"valid_until": "2025-12-31"}
        answer = as_person("rini").post(reverse("signatory_new"), values)
        assert "berakhir sebelum mulai" in answer.content.decode()
        with scope.whole_country("tests"):
            assert not Signatory.objects.exists()

    @pytest.mark.parametrize("who", ["vera", "kartika", "audi"])
    def test_others_may_not(self, who, as_person):
        assert as_person(who).get(reverse("signatory_list")).status_code == 403


def test_a_freeze_is_said_on_the_page_until_the_decree_is_issued(subsidy, as_person):
    draft = drafts.draft(subsidy)
    assert "Masa beku" not in page(as_person("rini"), draft)
    for step in (lambda: None, lambda: signing.freeze(draft)):
        step()
        rests = Rests().rest()
        found = page(as_person("rini"), draft)
        assert "Penerbitan keputusan berhenti sampai" in found
        assert "Pemilihan kepala daerah" in found
        assert "Masa beku" not in page(as_person("amir"), draft)
        thawed(rests)
    signing.send(signing.fresh(draft))
    signing.receive(draft)
    drafts.issue(signing.fresh(draft))
    Rests().rest()
    assert "Masa beku" not in page(as_person("rini"), draft)


def thawed(rests):
    rini = people.office("rini")
    with scope.enter(rini):
        schedules.thaw(rests, by=rini)
