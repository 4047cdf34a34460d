"""Who may be on a list, and which step may follow which."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from enrollment.coverage.rules import period
from enrollment.proposals import rules
from enrollment.proposals.models import EntryState
from enrollment.proposals.rules import Candidate, Criteria, age_on, eligibility
from villages.permissions import MAY
from villages.refusals import Refusal

COVER = period(date(2026, 1, 1), 12)
SITI = Candidate(birth_date=date(1980, 8, 17), occupation="tani")
OPEN = Criteria(cover=COVER)


def codes(candidate=SITI, criteria=OPEN, **named):
    return [found.code for found in eligibility(candidate, criteria, **named)]


def only(candidate=SITI, criteria=OPEN, **named):
    (found,) = eligibility(candidate, criteria, **named)
    return found.code, found.message


def test_nothing_stands_against_a_person_who_fits():
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

    def test_the_limit_is_the_programmes(self):
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

    def test_an_unknown_birth_date_is_a_gap_and_no_age(self):
        unborn = replace(SITI, birth_date=None, gaps=("birth_date.missing",))
        assert codes(unborn, replace(OPEN, minimum_age=17)) == ["data.incomplete"]

    def test_born_on_a_leap_day(self):
        born = date(2000, 2, 29)
        assert age_on(date(2026, 2, 28), born) == 25
        assert age_on(date(2026, 3, 1), born) == 26


def test_who_has_died_or_moved_is_refused_whatever_else_holds():
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


@pytest.mark.parametrize("answer", ["", "NAMA_BEDA", "TIDAK_DITEMUKAN", "MENINGGAL"])
def test_only_the_registrys_yes_counts_as_a_match(answer):
    criteria = replace(OPEN, match_required=True)
    assert codes(replace(SITI, match_answer=answer), criteria) == ["match.required"]
    assert codes(replace(SITI, match_answer="SESUAI"), criteria) == []


def test_the_hundred_and_first_finds_the_quota_full():
    criteria = replace(OPEN, quota=100)
    assert codes(criteria=criteria, places_taken=99) == []
    code, sentence = only(criteria=criteria, places_taken=100)
    assert code == "quota.full"
    assert "100 orang" in sentence
    assert codes(criteria=replace(OPEN, quota=0)) == ["quota.full"]


def test_everything_wrong_is_said_at_once():
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
        match_required=True,
        quota=1,
    )
    assert codes(person, criteria, places_taken=1) == [
        "data.incomplete",
        "age.over_limit",
        "membership.active",
        "coverage.double",
        "occupation.not_covered",
        "registry.required",
        "consent.missing",
        "match.required",
        "quota.full",
    ]


STATES = ("draft", "submitted", "verified", "approved", "returned", "rejected", "waiting")
VERBS = ("submit", "queue", "admit", "verify", "approve", "return", "reject", "withdraw")
ALLOWED = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("draft", "queue"): "waiting",
    ("returned", "queue"): "waiting",
    ("waiting", "admit"): "submitted",
    ("waiting", "reject"): "rejected",
    ("submitted", "verify"): "verified",
    ("submitted", "return"): "returned",
    ("submitted", "reject"): "rejected",
    ("verified", "approve"): "approved",
    ("verified", "return"): "returned",
    ("verified", "reject"): "rejected",
    ("approved", "return"): "returned",
    ("approved", "reject"): "rejected",
    ("returned", "withdraw"): "rejected",
    ("waiting", "withdraw"): "rejected",
}


@pytest.mark.parametrize(("state", "verb"), list(product(STATES, VERBS)))
def test_every_state_and_verb(state, verb):
    if (state, verb) in ALLOWED:
        assert rules.next_state(state, verb, reason="RT keliru") == ALLOWED[state, verb]
    else:
        with pytest.raises(Refusal, match=r"jadi tidak dapat .+\. Muat ulang"):
            rules.next_state(state, verb, reason="RT keliru")


def test_a_refusal_says_what_is_and_what_cannot_be():
    with pytest.raises(Refusal, match="Usulan ini sudah ditolak, jadi tidak dapat dikembalikan"):
        rules.next_state("rejected", "return", reason="terlambat")


@pytest.mark.parametrize("verb", ["return", "reject"])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_sending_back_needs_a_reason(verb, reason):
    with pytest.raises(Refusal, match="Tulis alasannya"):
        rules.next_state("submitted", verb, reason=reason)


def test_the_step_that_does_not_exist_is_refused_before_a_reason_is_asked():
    with pytest.raises(Refusal, match="sudah ditolak"):
        rules.next_state("rejected", "return")


def test_each_verb_is_offered_to_who_may_take_it_and_where_it_leads_somewhere():
    village, dinas, chief = {"proposal.submit"}, {"proposal.verify"}, {"proposal.approve"}
    assert rules.verbs_from("draft", village) == ["submit", "queue"]
    assert rules.verbs_from("submitted", village) == []
    assert rules.verbs_from("submitted", dinas) == ["verify", "return", "reject"]
    assert rules.verbs_from("submitted", chief) == []
    assert rules.verbs_from("verified", chief) == ["approve", "return", "reject"]
    assert rules.verbs_from("verified", dinas) == []
    assert rules.verbs_from("approved", village | dinas) == []
    assert rules.verbs_from("approved", chief) == ["return", "reject"]
    assert rules.verbs_from("rejected", village | dinas | chief) == []


def test_states_and_permissions_are_those_of_the_portal():
    assert set(STATES) == set(EntryState.values)
    assert {state for state, _ in rules.MOVES} | {m.to for m in rules.MOVES.values()} == set(STATES)
    assert {step.permission for step in rules.MOVES.values()} <= MAY.keys()


def test_where_a_verb_may_be_taken_from_depends_on_who_asks():
    assert rules.states_before("return", {"proposal.verify"}) == {"submitted"}
    assert rules.states_before("return", {"proposal.approve"}) == {"verified", "approved"}
    assert rules.states_before("approve", {"proposal.verify"}) == set()
    assert rules.states_before("submit", {"proposal.submit"}) == {"draft", "returned"}
