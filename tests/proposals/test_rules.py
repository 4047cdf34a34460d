"""Who may be on a list."""

from dataclasses import replace
from datetime import date

import pytest

from enrollment.coverage.rules import period
from enrollment.proposals.rules import Candidate, Criteria, age_on, eligibility

COVER = period(date(2026, 1, 1), 12)
SITI = Candidate(birth_date=date(1980, 8, 17), occupation="tani")
OPEN = Criteria(cover=COVER)


def codes(candidate=SITI, criteria=OPEN):
    return [found.code for found in eligibility(candidate, criteria)]


def only(candidate=SITI, criteria=OPEN):
    (found,) = eligibility(candidate, criteria)
    return found.code, found.message


def test_an_eligible_person_has_no_findings():
    assert codes() == []


class TestAge:
    @pytest.mark.parametrize(
        ("born", "found"),
        [
            (date(1961, 1, 1), ["age.over_limit"]),  # 65 on the first day of cover
            (date(1961, 1, 2), []),  # 65 on the second day
            (date(1950, 6, 1), ["age.over_limit"]),
        ],
    )
    def test_the_limit_counts_on_the_first_day_of_cover(self, born, found):
        assert codes(replace(SITI, birth_date=born)) == found

    def test_the_limit_comes_from_the_programme(self):
        older = replace(SITI, birth_date=date(1961, 1, 1))
        assert codes(older, replace(OPEN, age_limit=66)) == []
        assert codes(older, replace(OPEN, age_limit=None)) == []
        assert "65 tahun" in only(older)[1]

    def test_the_minimum(self):
        criteria = replace(OPEN, minimum_age=17)
        assert codes(replace(SITI, birth_date=date(2009, 1, 1)), criteria) == []
        code, sentence = only(replace(SITI, birth_date=date(2009, 1, 2)), criteria)
        assert code == "age.under_minimum"
        assert "16 tahun" in sentence
        assert "17 tahun" in sentence

    def test_an_unknown_birth_date_gives_no_age_finding(self):
        unborn = replace(SITI, birth_date=None, gaps=("birth_date.missing",))
        assert codes(unborn, replace(OPEN, minimum_age=17)) == ["data.incomplete"]

    def test_born_on_a_leap_day(self):
        born = date(2000, 2, 29)
        assert age_on(date(2026, 2, 28), born) == 25
        assert age_on(date(2026, 3, 1), born) == 26


def test_people_who_died_or_moved_are_always_refused():
    assert codes(replace(SITI, ended=True)) == ["worker.ended"]


def test_gaps_are_named_in_words():
    code, sentence = only(replace(SITI, gaps=("rt.missing", "mother_name.missing")))
    assert code == "data.incomplete"
    assert "RT kosong, Nama ibu kandung kosong" in sentence


def test_an_active_member_is_refused():
    member = replace(SITI, memberships=((date(2024, 3, 1), None),))
    assert codes(member) == ["membership.active"]
    left = replace(SITI, memberships=((date(2024, 3, 1), date(2025, 12, 31)),))
    assert codes(left) == []


def test_months_paid_by_another_programme_are_named():
    covered = replace(SITI, covers=(period(date(2025, 10, 1), 5),))
    code, sentence = only(covered)
    assert code == "coverage.double"
    assert "Januari–Februari 2026" in sentence
    assert codes(replace(SITI, covers=(period(date(2025, 1, 1), 12),))) == []


def test_a_trader_on_a_tobacco_programme_is_refused_with_the_reason():
    tobacco = replace(
        OPEN, occupations={"tembakau": "Petani tembakau", "buruh-rokok": "Buruh pabrik rokok"}
    )
    code, sentence = only(replace(SITI, occupation="dagang"), tobacco)
    assert code == "occupation.not_covered"
    assert "Buruh pabrik rokok, Petani tembakau" in sentence
    assert codes(replace(SITI, occupation="tembakau"), tobacco) == []


def test_one_of_the_registries_is_enough():
    criteria = replace(OPEN, registries=frozenset({"DTSEN", "P3KE"}))
    code, sentence = only(replace(SITI, registries=frozenset({"Damisda"})), criteria)
    assert code == "registry.required"
    assert "DTSEN atau P3KE" in sentence
    assert codes(replace(SITI, registries=frozenset({"P3KE", "Damisda"})), criteria) == []


def test_consent_where_the_programme_asks_for_it():
    assert codes(SITI, replace(OPEN, consent_required=True)) == ["consent.missing"]
    assert codes(replace(SITI, consented=True), replace(OPEN, consent_required=True)) == []


def test_all_findings_are_reported_at_once():
    person = Candidate(
        birth_date=date(1940, 1, 1),
        gaps=("rt.missing",),
        memberships=((None, None),),
        covers=(COVER,),
        occupation="dagang",
    )
    criteria = Criteria(
        cover=COVER,
        occupations={"tani": "Petani"},
        registries=frozenset({"DTSEN"}),
        consent_required=True,
    )
    assert codes(person, criteria) == [
        "data.incomplete",
        "age.over_limit",
        "membership.active",
        "coverage.double",
        "occupation.not_covered",
        "registry.required",
        "consent.missing",
    ]
