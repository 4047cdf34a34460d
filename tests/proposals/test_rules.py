"""Who may be on a list."""

from dataclasses import replace
from datetime import date

import pytest

from enrollment.coverage.rules import Kind, month_after, period
from enrollment.programmes import registries
from enrollment.programmes.registries import Named
from enrollment.proposals.rules import Candidate, Criteria, age_on, eligibility, judge

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
    criteria = replace(OPEN, registries=registries.read("DTSEN desil 1–4, 2026-I\nP3KE"))
    code, sentence = only(replace(SITI, registries=(Named("Damisda"),)), criteria)
    assert code == "registry.required"
    assert "DTSEN desil 1–4, 2026-I atau P3KE" in sentence
    assert codes(replace(SITI, registries=(Named("Damisda"), Named("P3KE"))), criteria) == []


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (Named("DTSEN", "2026-I", 1), []),
        (Named("dtsen", "2026-i", 4), []),
        (Named("DTSEN", "2026-I", 5), ["registry.required"]),
        (Named("DTSEN", "2026-I"), ["registry.required"]),
        (Named("DTSEN", "2025-II", 1), ["registry.required"]),
    ],
)
def test_a_registry_may_ask_for_decile_and_period(named, found):
    criteria = replace(OPEN, registries=registries.read("DTSEN desil 1–4, 2026-I"))
    assert codes(replace(SITI, registries=(named,)), criteria) == found


def test_at_most_so_many_of_a_family():
    criteria = replace(OPEN, family_limit=2)
    assert codes(replace(SITI, family=1), criteria) == []
    code, sentence = only(replace(SITI, family=2), criteria)
    assert code == "family.limit"
    assert "sudah ada 2 orang" in sentence and "paling banyak 2 orang" in sentence
    assert codes(replace(SITI, family=9)) == []


def test_who_employs_others_needs_jht():
    criteria = replace(OPEN, need_jht=frozenset({"employer"}))
    assert codes(replace(SITI, occupation="employer"), criteria) == ["jht.required"]
    assert codes(SITI, criteria) == []


class TestNewOrContinuing:
    """Somebody born on 20 March 1961 is 65 on 20 March 2026."""

    OLD = replace(SITI, birth_date=date(1961, 3, 20))

    @pytest.mark.parametrize(
        ("last", "first", "kind", "against", "notices"),
        [
            (None, "2026-03", "baru", [], []),
            (None, "2026-04", "baru", ["age.over_limit"], []),
            ("2026-03", "2026-04", "lanjut", [], ["age.no_return"]),
            ("2026-01", "2026-04", "lanjut", [], ["age.no_return", "arrears.unpaid"]),
            ("2025-12", "2026-04", "baru", ["age.over_limit"], []),
        ],
    )
    def test_age_limits_bind_the_new_alone(self, last, first, kind, against, notices):
        found = self.judged(last, first)
        assert found.kind == kind
        assert [one.code for one in found.against] == against
        assert [one.code for one in found.notices] == notices

    def test_arrears_are_named_with_months_and_rupiah(self):
        sentence = self.judged("2026-01", "2026-04").notices[1].message
        assert "Iuran Februari–Maret 2026 belum dibayar: 16.800 × 2 = Rp33.600." in sentence

    def test_who_is_65_reads_that_a_gap_would_end_it_for_ever(self):
        sentence = self.judged("2026-03", "2026-04").notices[0].message
        assert "65 tahun" in sentence and "tidak dapat mendaftar lagi untuk selamanya" in sentence

    def test_a_membership_counts_until_the_month_of_its_last_day(self):
        criteria = replace(OPEN, cover=period(date(2026, 4, 1), 9))
        member = replace(self.OLD, memberships=((date(2020, 1, 1), date(2026, 1, 31)),))
        assert judge(member, criteria).kind is Kind.CONTINUING
        left = replace(self.OLD, memberships=((date(2020, 1, 1), date(2025, 12, 31)),))
        assert judge(left, criteria).kind is Kind.NEW

    def judged(self, last, first):
        covers = ()
        if last:
            after = month_after(date.fromisoformat(f"{last}-01"))
            covers = ((date(2025, 1, 1), after),)
        criteria = Criteria(
            cover=period(date.fromisoformat(f"{first}-01"), 9), price=lambda month: 16_800
        )
        return judge(replace(self.OLD, covers=covers), criteria)


def test_consent_where_the_programme_asks_for_it():
    assert codes(SITI, replace(OPEN, consent_required=True)) == ["consent.missing"]
    assert codes(replace(SITI, consented=True), replace(OPEN, consent_required=True)) == []


def test_all_findings_are_reported_at_once():
    person = Candidate(
        birth_date=date(1940, 1, 1),
        gaps=("rt.missing",),
        memberships=((date(2026, 5, 1), None),),
        covers=(COVER,),
        occupation="dagang",
    )
    criteria = Criteria(
        cover=COVER,
        occupations={"tani": "Petani"},
        registries=registries.read("DTSEN"),
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
