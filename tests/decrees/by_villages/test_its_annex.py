"""The annex of a village's decree: arranged as the regency has said, in the village's own words."""

import pytest

from enrollment.decrees.arrangement.models import AnnexArrangement
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.annexes.pdfs import pages, squeezed
from tests.decrees.by_villages import own
from villages import scope

pytestmark = pytest.mark.django_db
WORDS = {
    "headline": "DAFTAR DARI KABUPATEN", "opening": "Bupati menetapkan mereka.", "numeral": 3,
    "second_title": "Kepala Dinas", "second_name": "SRI DINAS", "second_nip": "19700101",
}  # fmt: skip
TABLE = {"columns": ["name", "nik", "village"], "grouping": "none", "sums": "whole"}


@pytest.fixture
def arranged():
    with scope.whole_country("tests"):
        AnnexArrangement.objects.create(
            regency_id=people.TRENGGALEK, titles={"name": "Penerima"}, **TABLE, **WORDS
        )


def said(decree, by):
    signing.send(decree, by=by)
    return squeezed("".join(pages(signing.sent_pdf(decree))))


def test_the_table_is_the_regencys_and_its_words_and_signer_are_not(arranged):
    subsidy, head = own.ready()
    decree = signing.freeze(own.unnumbered(subsidy), by="kartika", signatory=head)
    kept = decree.header["arrangement"]
    assert {name: kept[name] for name in TABLE} == TABLE
    assert kept["titles"] == {"name": "Penerima"}
    assert not any(kept.get(name) for name in WORDS)
    shown = said(decree, "kartika")
    assert "Penerima" in shown and "LAMPIRANIII" not in shown
    for words in ("DAFTARDARIKABUPATEN", "Bupatimenetapkan", "SRIDINAS"):
        assert words not in shown


def test_control_a_list_of_the_regency_has_all_of_it(arranged):
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    decree = signing.freeze(signing.unnumbered(subsidy))
    assert {name: decree.header["arrangement"][name] for name in WORDS} == WORDS
    shown = said(decree, "rini")
    for words in ("LAMPIRANIII", "DAFTARDARIKABUPATEN", "Bupatimenetapkan", "SRIDINAS"):
        assert words in shown
