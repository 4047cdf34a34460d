"""What a desk makes of steps and verbs, on plain values."""

from types import SimpleNamespace

import pytest

from enrollment.desk import rules
from enrollment.proposals import verbs
from enrollment.proposals.verbs import VERBS, State
from tests import people
from villages.permissions import held_by


def step(before, after, role):
    return SimpleNamespace(from_state=before, to_state=after, role=role)


HEAD, VERIFIER, APPROVER = (
    people.Role.VILLAGE_HEAD,
    people.Role.VERIFIER,
    people.Role.APPROVER,
)
PICKED = step("", "draft", HEAD)
HANDED_IN = step("draft", "submitted", HEAD)
RETURNED = step("submitted", "returned", VERIFIER)
AGAIN = step("returned", "submitted", HEAD)
VERIFIED = step("submitted", "verified", VERIFIER)
UNVERIFIED = step("verified", "submitted", VERIFIER)
RECALLED = step("returned", "submitted", VERIFIER)
SENT_BACK = step("verified", "returned", APPROVER)


class TestSinceWhenChangesAreNews:
    @pytest.mark.parametrize(
        ("past", "looked"),
        [
            ([PICKED], None),
            ([PICKED, HANDED_IN], HANDED_IN),
            ([PICKED, HANDED_IN, RETURNED, AGAIN], RETURNED),
            ([PICKED, HANDED_IN, VERIFIED], VERIFIED),
            ([PICKED, HANDED_IN, VERIFIED, SENT_BACK, AGAIN], SENT_BACK),
        ],
    )
    def test_is_the_last_decision_of_an_office_else_the_first_handing_in(self, past, looked):
        assert rules.last_look(past) is looked

    @pytest.mark.parametrize(
        "undone", [[VERIFIED, UNVERIFIED], [RETURNED, RECALLED], [VERIFIED, UNVERIFIED] * 2]
    )
    def test_what_was_taken_back_does_not_count(self, undone):
        assert rules.last_look([PICKED, HANDED_IN, *undone]) is HANDED_IN
        assert rules.last_look([PICKED, HANDED_IN, RETURNED, AGAIN, *undone]) is RETURNED


class TestKeys:
    @pytest.mark.parametrize("role", people.Role)
    @pytest.mark.parametrize("state", State)
    def test_every_decision_has_a_letter_of_its_own(self, role, state):
        decisions = verbs.of_a_desk(state, held_by(role))
        keys = rules.keys_of(decisions)
        assert len(set(keys.values())) == len(decisions)
        assert not set(keys.values()) & rules.RESERVED
        assert all(len(key) == 1 for key in keys.values())

    def test_are_the_first_letters_of_the_labels(self):
        decisions = verbs.of_a_desk("submitted", {"proposal.verify"})
        assert rules.keys_of(decisions) == {"verify": "v", "return": "k", "reject": "t"}

    def test_the_next_letter_is_taken_where_the_first_is_not_free(self):
        first, second = VERBS["reject"], VERBS["withdraw"]  # Tolak, Tarik
        assert rules.keys_of([first, second]) == {"reject": "t", "withdraw": "a"}
