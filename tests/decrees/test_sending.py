"""The PDF that goes out to be signed, and issuing what came back: of which list, and why."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from enrollment.decrees import actions
from enrollment.decrees.annexes import actions as annexes
from enrollment.decrees.annexes import printing
from enrollment.decrees.annexes.models import AnnexLook, AnnexPdf
from enrollment.decrees.models import DecreeStep
from enrollment.decrees.signing.rules import NEED_REASON
from enrollment.decrees.states import State
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.annexes.pdfs import pages, squeezed
from tests.decrees.test_order import act
from tests.selection import short
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

LOOK = {"paper": "a4-across", "signing": "placeholders"}


@pytest.fixture
def draft():
    subsidy = drafts.programme()
    drafts.approve(subsidy, *(people.worker(number) for number in range(2)))
    return signing.unnumbered(subsidy)


@pytest.fixture
def by_a_job(monkeypatch):
    """Every list counts as large."""
    monkeypatch.setattr(annexes, "SMALL", 0)


def prepare(decree, **look):
    rini = people.office("rini")
    values = {"version": "full", "paper": "f4-across", "signing": "ink"} | look
    with scope.enter(rini):
        return annexes.prepare(decree, by=rini, **values)


def kept(annex):
    with scope.whole_country("tests"):
        return AnnexPdf.objects.get(pk=annex.pk)


def photo_of(size):
    """A JPEG that is whole, with so many bytes of a picture."""
    return b"\xff\xd8\xff\xda\x00\x02" + b"f" * size + b"\xff\xd9"


def text_of(content):
    return squeezed("".join(pages(content)))


class TestWhatGoesOut:
    def test_leaves_number_and_date_open_as_it_will_be_signed(self, draft):
        signing.send(signing.freeze(draft), **LOOK)
        text = text_of(signing.sent_pdf(draft))
        assert "${nomor_naskah}" in text and "${ttd_pengirim}" in text
        assert people.nik(0) in text and "....." not in text

    def test_names_who_signs_in_their_capacity(self, draft):
        who = signing.signatory(
            capacity="on_behalf", name="Drs. EDI, M.Si.", rank="Pembina", nip="196808171994031001"
        )
        signing.send(signing.freeze(draft, signatory=who))
        assert (
            "a.n.BUPATITRENGGALEKSEKRETARISDAERAH,Drs.EDI,M.Si.PembinaNIP196808171994031001"
            in text_of(signing.sent_pdf(draft))
        )

    def test_is_the_pdf_that_was_made_and_not_made_anew(self, draft):
        frozen = signing.freeze(draft)
        before = prepare(frozen).file.read()
        signing.send(frozen)
        assert signing.sent_pdf(draft) == before

    def test_the_choice_is_remembered_for_the_regency(self, draft, as_person):
        signing.freeze(draft)
        rini = as_person("rini")
        address = reverse("decree_send", args=[draft.pk])
        assert rini.get(address).context["form"]["paper"].value() == "f4-across"
        rini.post(address, LOOK)
        with scope.whole_country("tests"):
            look = AnnexLook.objects.get(regency=people.TRENGGALEK)
        assert {"paper": look.paper, "signing": look.signing} == LOOK

    def test_a_large_one_is_written_by_a_job_first(self, draft, by_a_job, as_person):
        signing.freeze(draft)
        rini, address = as_person("rini"), reverse("decree_send", args=[draft.pk])
        assert "Naskah lengkap" not in rini.get(address).content.decode()
        page = rini.post(address, LOOK, follow=True).content.decode()
        assert "PDF sedang dibuat" in page and "A4 mendatar" in page and "hx-trigger" in page
        assert signing.fresh(draft).is_ready
        with scope.whole_country("tests"):
            job = draft.pdfs.get()
        printing.advance(job.pk)
        page = rini.get(address).content.decode()
        assert "PDF siap" in page and "Naskah lengkap" in page
        rini.post(address, LOOK)
        assert signing.fresh(draft).is_sent
        assert signing.sent_pdf(draft) == kept(job).file.read()

    def test_the_workbook_is_still_there(self, draft, as_person):
        signing.send(signing.freeze(draft))
        page = as_person("rini").get(reverse("decree_detail", args=[draft.pk])).content.decode()
        assert reverse("annex_full", args=[draft.pk]) in page

    def test_after_issuing_the_pdf_of_an_ink_decree_has_number_and_date(self, draft):
        signing.send(signing.freeze(draft))
        sent = text_of(signing.sent_pdf(draft))
        assert squeezed(signing.NUMBER) not in sent
        signing.receive(draft, photo_of(2000))
        issued = drafts.issue(signing.fresh(draft))
        text = text_of(prepare(issued).file.read())
        assert squeezed(signing.NUMBER) in text and "17Maret2026" in text
        assert text_of(signing.sent_pdf(draft)) == sent, "what was sent stays"

    def test_what_is_published_waits_for_the_decree(self, draft):
        with pytest.raises(Refusal, match="sesudah keputusan diterbitkan"):
            prepare(signing.freeze(draft), version="masked")


class TestOfWhichList:
    def test_opened_again_its_pdfs_are_gone(self, draft):
        frozen = signing.freeze(draft)
        prepare(frozen)
        act(actions.open_again, draft, reason="Salah")
        with scope.whole_country("tests"):
            assert not AnnexPdf.objects.exists()
        with pytest.raises(Refusal, match="masih rancangan"):
            prepare(signing.fresh(draft))

    @pytest.mark.every
    def test_one_asked_for_before_issuing_is_not_finished_after_it(self, draft, by_a_job):
        signing.send_now(signing.freeze(draft))
        asked = prepare(draft)
        signing.receive(draft)
        drafts.issue(signing.fresh(draft))
        printing.advance(asked.pk)
        assert (kept(asked).state, bool(kept(asked).file)) == ("refused", False)
        assert "Buat lagi" in kept(asked).message
        again = prepare(signing.fresh(draft))
        printing.advance(again.pk)
        assert (again.pk != asked.pk, kept(again).state) == (True, "done"), "the control"

    @pytest.mark.parametrize("attack", short(["seal = 'palsu'", "issued = true", "state = 'done'"]))
    def test_the_database_takes_none_of_another_state(self, draft, by_a_job, attack):
        signing.send_now(signing.freeze(draft))
        asked = prepare(draft)
        if attack.startswith("state"):
            signing.receive(draft)
            drafts.issue(signing.fresh(draft))
        with (
            pytest.raises(IntegrityError, match="list as it is now"),
            scope.whole_country("tests"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE enrollment_annexpdf SET {attack}")
        assert kept(asked).state == "queued"


class TestIssuing:
    def differing(self, draft):
        signing.send(signing.freeze(draft))
        signing.receive(draft, signing.signed_pdf(signing.letter("LAIN")))
        return signing.fresh(draft)

    def test_what_differs_is_refused_without_a_reason(self, draft):
        returned = self.differing(draft)
        with pytest.raises(Refusal, match="Ganti berkasnya, atau tulis alasannya"):
            drafts.begin(returned)
        assert signing.fresh(draft).is_returned

    def test_what_nobody_signed_too(self, draft):
        signing.send(signing.freeze(draft))
        signing.receive(draft, signing.sent_pdf(draft))
        with pytest.raises(Refusal, match="belum bertanda tangan"):
            drafts.begin(signing.fresh(draft))

    @pytest.mark.every
    def test_a_better_file_needs_none(self, draft):
        self.differing(draft)
        signing.receive(draft, number="baru/1")
        assert drafts.issue(signing.fresh(draft)).is_issued

    @pytest.mark.every
    def test_with_a_reason_it_is_issued_and_the_reason_kept(self, draft, as_person):
        self.differing(draft)
        rini = as_person("rini")
        page = rini.get(reverse("decree_detail", args=[draft.pk])).content.decode()
        assert "Terbitkan dengan alasan" in page and "Berbeda dari yang dikirim" in page
        assert "utuh; akarnya tidak dikenal portal ini" in page and signing.SIGNER in page
        issue = reverse("decree_issue", args=[draft.pk])
        rini.post(issue, {"reason": "   "})
        assert signing.fresh(draft).is_returned
        rini.post(issue, {"reason": "Halaman dipindai ulang Bagian Hukum"})
        drafts.go_on(draft)
        assert signing.fresh(draft).is_issued
        page = rini.get(reverse("decree_detail", args=[draft.pk])).content.decode()
        assert "Halaman dipindai ulang Bagian Hukum" in page

    def test_the_database_asks_for_it_itself(self, draft):
        returned = self.differing(draft)
        with scope.enter(people.office("rini")):
            self.step(returned, "x")  # the control
        with (
            scope.enter(people.office("rini")),
            pytest.raises(IntegrityError, match="issued with a reason"),
        ):
            self.step(returned, " ")

    @staticmethod
    def step(decree, reason):
        with transaction.atomic():
            DecreeStep.objects.create(
                decree=decree, regency_id=decree.regency_id, from_state=State.RETURNED,
                to_state=State.ISSUING, reason=reason, office=people.office("rini"), name="x",
            )  # fmt: skip
            transaction.set_rollback(True)

    def test_the_database_knows_the_same_proofs(self):
        with scope.whole_country("tests"), connection.cursor() as cursor:
            cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'decree_step_is_next'")
            (source,) = cursor.fetchone()
        (listed,) = re.findall(r"proved IN \(([^)]*)\)", source)
        assert set(re.findall(r"'(\w+)'", listed)) == set(NEED_REASON)


class TestSize:
    @pytest.mark.parametrize(("megabytes", "taken"), [(40, True), (65, False)])
    def test_this_form_takes_the_largest_regency(self, draft, megabytes, taken):
        """An ordinary scan has at most 12 MB; the annex of the largest regency up to 34."""
        signing.send(signing.freeze(draft))
        photo = photo_of(megabytes * 2**20)
        if taken:
            assert signing.receive(draft, photo).size > 12 * 2**20
            return
        with pytest.raises(Refusal, match="lebih besar dari 64 MB"):
            signing.receive(draft, photo)


def test_a_day_out_of_term_is_told_with_the_file(draft):
    who = signing.signatory(valid_until=date(2026, 3, 16))
    signing.send(signing.freeze(draft))
    with pytest.raises(Refusal, match="berakhir 16 Maret 2026"):
        signing.receive(draft, signatory=who)
