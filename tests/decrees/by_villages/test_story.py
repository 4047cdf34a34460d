"""A village names its own people: from draft to issued decree, by its head alone."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from enrollment.coverage.models import Cover
from enrollment.decrees import freezing, issuing
from enrollment.decrees.annex import maker_of
from enrollment.decrees.annexes import actions as annexes
from enrollment.decrees.models import Decree
from enrollment.proposals.models import Proposal
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.annexes.pdfs import pages, squeezed
from tests.decrees.by_villages import own
from villages import scope

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(name, args=arguments)


def text_of(client, name, *arguments):
    answer = client.get(url(name, *arguments))
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def job_of(decree, relation):
    with scope.whole_country("tests"):
        return getattr(decree, relation).latest("created_at").pk


def test_the_whole_way_by_the_pages_of_the_head(as_person):
    """Budget and signatory, draft, frozen, sent, back with a signature, issued."""
    subsidy = own.programme()
    own.approved(subsidy)
    own.approved(subsidy, 2, people.BOGORAN, first=100)
    with scope.whole_country("tests"):
        Proposal.objects.update(submitted_at=timezone.now())
    kartika = as_person("kartika")
    assert "Tetapkan 3 orang dengan keputusan Anda" in text_of(kartika, "home")
    assert "Tetapkan" not in text_of(as_person("rini"), "home"), "it is not the regency's to do"
    kartika = as_person("kartika")
    assert "Pagu Pekerja Rentan Desa 2026 belum diisi" in text_of(kartika, "decree_list")
    kartika.post(
        url("village_budget", subsidy.pk),
        {"ceiling": "20.160.000", "document": own.DOCUMENT, "sure": "1"},
    )
    kartika.post(
        url("signatory_new"),
        {"capacity": "head", "name": own.HEAD, "valid_from": "2024-01-01"},
    )
    assert "Rp20.160.000" in text_of(kartika, "decree_list")
    new = kartika.get(url("decree_new"), {"program": subsidy.pk}).content.decode()
    assert own.DOCUMENT in new, "the village's own regulation is cited"
    told = {"program": subsidy.pk, "title": "Penerima", "legal_basis": own.DOCUMENT}
    kartika.post(url("decree_new"), told)
    with scope.whole_country("tests"):
        decree = Decree.objects.get()
        assert (decree.village_id, decree.people) == (people.SENDEN, 3)
        head = decree.village and own.Signatory.objects.get()
    assert "Bekukan untuk ditandatangani" in text_of(kartika, "decree_detail", decree.pk)
    kartika.post(url("decree_freeze", decree.pk), {"marking": "blank", "signatory": head.pk})
    freezing.advance(job_of(decree, "freezings"))
    drafts.printed(decree)
    for _ in range(2):  # the PDF is made, then sent
        kartika.post(url("decree_send", decree.pk), {"paper": "f4-across", "signing": "ink"})
    assert signing.fresh(decree).state == "sent"
    back = signing.pdf(signing.signed_pdf(signing.sent_pdf(decree)), "kembali.pdf")
    kartika.post(
        url("decree_receive", decree.pk),
        {"file": back, "number": "12/KPTS/2026", "date": "2026-03-17", "signatory": head.pk},
    )
    kartika.post(url("decree_issue", decree.pk))
    issuing.advance(job_of(decree, "issues"))
    issued = signing.fresh(decree)
    assert (issued.state, issued.number) == ("issued", "12/KPTS/2026")
    with scope.whole_country("tests"):
        covers = list(Cover.objects.select_related("source"))
        assert {cover.area_id for cover in covers} == {people.SENDEN}
        assert {str(cover.source.document) for cover in covers} == {
            "Keputusan Kepala Desa Senden Nomor 12/KPTS/2026"
        }
        assert set(decree.steps.values_list("name", flat=True)) == {"Kartika"}


def test_in_sijunjung_it_is_of_the_wali_nagari():
    people.NAMES.setdefault("wali", (people.Role.VILLAGE_HEAD, "13.03.05.2005"))
    people.NAMES.setdefault("sari", (people.Role.REGENCY_ADMIN, people.SIJUNJUNG))
    people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
    sari = people.office("sari")
    subsidy = drafts.programme("APB Nagari", people.SIJUNJUNG, fund_id="apbdes")
    with scope.enter(sari):
        own.actions.let_decide(subsidy, villages=True, by=sari)
    area = people.office("wali").area
    own.approved(subsidy, 2, area.pk)
    own.budget(subsidy, by="wali", document="Peraturan Nagari Nomor 1 Tahun 2026")
    head = own.signatory(by="wali", name="DT. RAJO MUDO", capacity="interim")
    decree = own.issued(subsidy, head, by="wali")
    assert maker_of(decree.header) == f"Wali Nagari {area.name}"
    assert decree.header["village_word"] == "nagari"
    with scope.enter(people.office("wali")):
        pdf = annexes.prepare(
            decree, version="full", paper="f4-across", signing="ink", by=people.office("wali")
        )
        said = squeezed("".join(pages(pdf.file.read())))
    place = area.name.upper().replace(" ", "")
    assert f"KEPUTUSANWALINAGARI{place}" in said
    assert f"Pj.WALINAGARI{place}" in said
    assert "DESA" not in said
