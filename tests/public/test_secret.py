"""Hashes that anybody may read cannot confirm a guess about a person: a list has a secret."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from enrollment.decrees.annex import write_annex
from enrollment.decrees.header import annex_header
from enrollment.decrees.rules import snapshot_sha256
from tests import people
from tests.decrees import drafts, opened, signing
from tests.decrees.annexes.pdfs import pdf
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def listed(kept_for_module):
    """An issued decree that names one person, with its files, and its only row."""
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    decree = drafts.issue(signing.signed(signing.unnumbered(subsidy)))
    drafts.printed(decree)
    decree = signing.fresh(decree)
    with scope.whole_country("tests"):
        row = decree.entries.get()
    return decree, row


def shown(decree):
    return Client().get(f"/k/{decree.header['code']}/").content.decode()


def guesses(row):
    """NIKs that differ in their last digit, as somebody tries who knows all the rest."""
    for digit in range(10):
        row.nik = row.nik[:-1] + str(digit)
        yield row


def workbook(header, row):
    out = BytesIO()
    write_annex(out, header, [row])
    return sha256(out.getvalue()).hexdigest()


MADE = {
    "seal": lambda decree, header, row: snapshot_sha256([row], header),
    "workbook": lambda decree, header, row: workbook(
        annex_header(decree, header, signed=False),
        row,  # it was made when the list was frozen
    ),
}


@pytest.mark.parametrize("what", MADE)
class TestGuessing:
    def found(self, listed, what, header):
        """Whether one of the guesses has a hash that stands on the public page."""
        decree, row = listed
        page = shown(decree)
        nik = row.nik
        try:
            return any(MADE[what](decree, header, guess) in page for guess in guesses(row))
        finally:
            row.nik = nik

    def test_who_knows_everything_but_the_nik_and_the_secret_finds_nothing(self, listed, what):
        decree, _ = listed
        known = {name: value for name, value in decree.header.items() if name != "salt"}
        assert self.found(listed, what, decree.header)  # with the secret the guess is confirmed
        for tried in (known, known | {"salt": ""}, known | {"salt": "00" * 16}):
            assert not self.found(listed, what, tried)


class TestSecret:
    def test_it_stands_on_no_page_and_in_no_file(self, listed, as_person):
        decree, _ = listed
        secret = decree.header["salt"]
        assert len(secret) == 32
        assert secret not in shown(decree)
        for name in ("rini", "audi", "kartika"):
            answer = as_person(name).get(reverse("decree_detail", args=[decree.pk]))
            assert answer.status_code == 200
            assert secret not in answer.content.decode()
        header = annex_header(decree)
        assert header.salt == secret
        with ZipFile(BytesIO(opened.annex(header=header))) as book:
            kept = [book.read(name) for name in book.namelist()]
        with pikepdf.open(BytesIO(pdf(header=header, masked=True))) as document:
            kept += [
                thing.read_bytes()
                for thing in document.objects
                if isinstance(thing, pikepdf.Stream)
            ]
        assert len(kept) > 20
        assert not any(secret.encode() in data for data in kept)

    def test_the_name_of_a_published_file_does_not_give_away_that_of_another(self, listed):
        header = annex_header(listed[0])
        names = {header.identity("pdf", version) for version in ("full", "masked")}
        assert len(names) == 2
        assert header.identity("pdf", "full") != replace(header, salt="").identity("pdf", "full")

    def test_each_list_has_its_own(self, listed):
        decree, _ = listed
        other = drafts.programme("Lain")
        drafts.approve(other, people.worker(2))
        again = signing.freeze(signing.unnumbered(other))
        assert again.header["salt"] != decree.header["salt"]
