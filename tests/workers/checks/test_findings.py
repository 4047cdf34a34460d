"""The findings: every code with its severity, and a sentence that says what to do."""

import re

import pytest

from enrollment.workers.checks.findings import CODES, Finding, Severity, finding

VOCABULARY = {
    Severity.ERROR: """nik.missing nik.format nik.excel_damaged nik.date nik.serial
        nik.placeholder name.missing birth_date.invalid village.unknown village.ambiguous
        duplicate.in_file person.ended duplicate.elsewhere""",
    Severity.GAP: """birth_date.missing sex.missing address.missing rt.missing
        occupation.missing mother_name.missing""",
    Severity.WARNING: """nik.region_unknown nik.birth_date_mismatch nik.sex_mismatch
        duplicate.similar kk.format kk.excel_damaged phone.format occupation.unmapped
        sex.unknown kk.renewal rt.unread status.unclear
        village.differs row.struck income.unread work_said_on.unread decile.unread
        term_start.unread term_end.unread term_end.early work.ill_unread""",
    Severity.REFUSAL: """worker.ended worker.moved age.over_limit age.under_minimum
        membership.active coverage.double occupation.not_covered registry.required consent.missing
        data.incomplete jht.required family.limit statement.missing
        reverification.missing""",
    Severity.NOTICE: """proposal.elsewhere left.elsewhere age.no_return arrears.unpaid kind.changed
        statement.incomplete work.too_ill position.doubled position.ends""",
    Severity.GONE: "approval.withdraw approval.drafted approval.frozen approval.decreed",
}


def example(code):
    return finding(code, **dict.fromkeys(CODES[code].needs, "7"))


def test_exactly_these_codes_exist_with_these_severities():
    expected = {code: sev for sev, codes in VOCABULARY.items() for code in codes.split()}
    assert {code: entry.severity for code, entry in CODES.items()} == expected


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_complete_and_contains_no_nik(code):
    message = example(code).message
    assert message[0].isupper() and message.endswith(".")
    assert not re.search(r"[{}]|\d{16}", message)


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_names_the_village_unit(code):
    """It is a nagari in Sijunjung and a gampong in Aceh: the word depends on the regency."""
    assert not re.search(r"\b(desa|kades|kelurahan|nagari)\b", example(code).message.lower())


def test_every_code_has_a_label_of_its_own():
    labels = [entry.label for entry in CODES.values()]
    assert len(set(labels)) == len(labels)
    assert CODES["nik.excel_damaged"].label == "NIK rusak oleh Excel"


@pytest.mark.parametrize("code", ["nik.excel_damaged", "kk.excel_damaged"])
def test_the_sentence_about_excel_damage_says_what_to_do(code):
    assert "angka ini rusak oleh Excel, ketik ulang sebagai teks" in finding(code).message


def test_a_village_learns_no_more_than_that_the_person_is_registered():
    assert "sudah terdaftar, diteruskan ke Dinas" in finding("duplicate.elsewhere").message
    assert not CODES["duplicate.elsewhere"].needs


def test_values_are_inserted_into_the_sentence():
    found = finding("nik.format", digits=15)
    assert "15 angka" in found.message
    assert found.as_dict() == {
        "code": "nik.format",
        "field": "nik",
        "severity": "error",
        "message": found.message,
    }


def test_a_letter_in_a_nik_may_be_named_or_not():
    """Findings that were stored before letters were named have no value for it."""
    named = finding("nik.format", digits=15, letter=" dan huruf O di tempat ke-7")
    assert "terbaca 15 angka dan huruf O di tempat ke-7." in named.message
    assert "terbaca 15 angka." in finding("nik.format", digits=15).message


def test_a_finding_needs_a_known_code_and_exactly_its_values():
    with pytest.raises(TypeError, match="digits"):
        finding("nik.format")
    with pytest.raises(TypeError):
        finding("rt.missing", rt="003")
    with pytest.raises(KeyError):
        finding("nik.odd")


def test_a_finding_is_immutable_and_shared_if_it_has_no_values():
    with pytest.raises(AttributeError):
        finding("rt.missing").code = "rw.missing"
    assert finding("rt.missing") is finding("rt.missing")
    assert finding("rt.missing") == Finding("rt.missing", "rt")
    assert finding("nik.format", digits=15) == finding("nik.format", digits=15)
    assert finding("nik.format", digits=15) != finding("nik.format", digits=14)
