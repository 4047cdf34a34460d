"""The table of verbs, and that production does what the table says."""

import re
from dataclasses import replace
from itertools import product

import pytest

from enrollment.proposals import decisions, verbs
from enrollment.proposals.models import Entry, Step
from enrollment.proposals.verbs import SIGNED, VERBS, State
from tests import people
from tests.proposals import making
from tests.proposals.asking import of, picks, text
from villages import scope
from villages.permissions import CHECKERS, DINAS, MAY, held_by
from villages.refusals import Refusal

STATES = (
    "draft",
    "checking",
    "submitted",
    "verified",
    "cosigned",
    "approved",
    "returned",
    "rejected",
    "waiting",
)
ALLOWED = {
    ("", "pick"): "draft",
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("draft", "queue"): "waiting",
    ("returned", "queue"): "waiting",
    ("draft", "remove"): "",
    ("waiting", "admit"): "submitted",
    ("waiting", "replace"): "submitted",
    ("waiting", "reject"): "rejected",
    ("checking", "pass"): "submitted",
    ("checking", "return"): "returned",
    ("submitted", "unpass"): "checking",
    ("submitted", "verify"): "verified",
    ("submitted", "return"): "returned",
    ("submitted", "reject"): "rejected",
    ("verified", "approve"): "approved",
    ("cosigned", "approve"): "approved",
    ("verified", "cosign"): "cosigned",
    ("cosigned", "cosign"): "cosigned",
    ("cosigned", "unsign"): "verified",
    ("cosigned", "return"): "returned",
    ("cosigned", "reject"): "rejected",
    ("verified", "return"): "returned",
    ("verified", "reject"): "rejected",
    ("approved", "return"): "returned",
    ("approved", "reject"): "rejected",
    ("returned", "withdraw"): "rejected",
    ("waiting", "withdraw"): "rejected",
    ("verified", "unverify"): "submitted",
    ("approved", "unapprove"): "verified",
    ("submitted", "unadmit"): "waiting",
    ("checking", "unadmit"): "waiting",
    ("returned", "recall"): "submitted",
    ("returned", "recall_q"): "waiting",
    ("rejected", "reopen"): "submitted",
    ("rejected", "requeue"): "waiting",
}
EVERYTHING = set(MAY)
TAKERS = {
    **{"admit": "vera", "unadmit": "vera", "verify": "vera", "unverify": "vera", "recall": "vera"},
    **{"reopen": "vera", "approve": "amir", "unapprove": "amir", "unsign": "ani"},
    **{"remove": "kartika", "withdraw": "kartika", "pass": "karim", "unpass": "karim"},
}
CHECKED = {"pass", "unpass", "return"}
"""Verbs of the kecamatan, with which a list that goes by it is tried."""


class TestTheTable:
    @pytest.mark.parametrize(("state", "name"), list(product(("", *STATES), VERBS)))
    def test_every_state_and_verb(self, state, name):
        verb = VERBS[name]
        allowed = state in verb.origins(EVERYTHING)
        assert allowed is ((state, name) in ALLOWED)
        if allowed:
            assert verb.to == ALLOWED[state, name]

    def test_verbs_are_offered_only_with_the_permission_and_from_a_state_that_allows_them(self):
        village, dinas, chief = {"proposal.submit"}, {"proposal.verify"}, {"proposal.approve"}

        def names(states, permissions):
            return [verb.name for verb in verbs.for_chosen(states, permissions)]

        assert names({"submitted"}, village) == []
        assert names({"submitted"}, dinas) == ["verify", "unadmit", "return", "reject"]
        assert names({"submitted"}, chief) == []
        assert names({"checking"}, {"proposal.check"}) == ["pass", "return"]
        assert names({"submitted"}, {"proposal.check"}) == ["unpass"]
        assert names({"checking"}, village | chief) == []
        assert names({"checking"}, dinas) == ["unadmit"]
        assert names({"verified"}, chief) == ["approve", "return", "reject"]
        assert names({"verified"}, dinas) == ["unverify"]
        assert names({"approved"}, village | dinas) == []
        assert names({"cosigned"}, chief) == ["approve", "unsign", "return", "reject"]
        assert names({"approved"}, chief) == ["unapprove", "return", "reject"]
        assert names({"returned"}, dinas) == names({"returned"}, chief) == ["recall"]
        assert names({"rejected"}, village) == []
        assert names({"rejected"}, dinas) == names({"rejected"}, chief) == ["reopen"]
        assert names({"draft"}, {"proposal.make"}) == ["remove"]

    def test_a_desk_waits_for_whoever_may_lead_people_on(self):
        assert verbs.waiting_for({"proposal.verify"}) == {"submitted"}
        assert verbs.waiting_for({"proposal.approve"}) == {"verified", "cosigned"}
        for role in CHECKERS:
            assert verbs.waiting_for(held_by(role)) == {"checking"}
        for role in set(people.Role) - CHECKERS - DINAS:
            assert verbs.waiting_for(held_by(role)) == set()

    def test_a_desk_decides_and_takes_back_what_the_table_says(self):
        def names(found):
            return [verb.name for verb in found]

        dinas = {"proposal.verify"}
        assert names(verbs.of_a_desk("submitted", dinas)) == ["verify", "return", "reject"]
        assert names(verbs.of_a_desk("verified", dinas)) == []
        assert names(verbs.undoing("verified", dinas)) == ["unverify"]
        assert names(verbs.undoing("returned", dinas)) == ["recall"]
        assert names(verbs.undoing("submitted", dinas)) == ["unadmit"]
        assert names(verbs.undoing("submitted", {"proposal.approve"})) == []

    def test_what_can_be_taken_back_leads_to_where_the_other_verb_came_from_or_further_back(self):
        taking_back = {verb.undoes: verb for verb in VERBS.values() if verb.undoes}
        assert set(taking_back) == {
            "pass", "admit", "verify", "cosign", "approve", "return", "reject"
        }  # fmt: skip
        for name, verb in taking_back.items():
            assert VERBS[name].to in verb.origins(EVERYTHING)

    def test_handing_in_has_no_button_for_ticked_people(self):
        assert "draft" in VERBS["submit"].origins({"proposal.submit"})
        assert verbs.for_chosen({"draft"}, {"proposal.submit"}) == []

    def test_the_origins_of_a_verb_depend_on_the_permission(self):
        def origins(name, permission):
            return VERBS[name].origins({permission})

        assert origins("return", "proposal.verify") == {"submitted"}
        assert origins("return", "proposal.approve") == {"verified", "cosigned", "approved"}
        assert origins("approve", "proposal.verify") == set()
        assert origins("submit", "proposal.submit") == {"draft", "returned"}

    def test_permissions_and_signatures_are_those_of_the_portal(self):
        assert {permission for verb in VERBS.values() for permission in verb.may} <= set(MAY)
        columns = {field.name for field in Entry._meta.get_fields()}
        signs = {verb.signs for verb in VERBS.values() if verb.signs}
        assert signs == set(SIGNED[State.APPROVED]) and signs <= columns
        assert set(SIGNED) == {*STATES, State.LEFT} == set(State.values)

    def test_no_verb_of_a_list_leads_out_of_the_programme_or_back(self):
        """Who leaves is decided in the room of leavings."""
        for verb in VERBS.values():
            assert State.LEFT not in (verb.to, verb.otherwise), verb.name
            assert all(State.LEFT not in states for states in verb.may.values()), verb.name

    def test_the_signature_of_a_verb_is_kept_in_its_target_state(self):
        for verb in VERBS.values():
            assert not verb.signs or verb.signs in SIGNED[verb.to]

    @pytest.mark.parametrize("role", people.Role)
    def test_history_finds_the_one_verb_between_two_states(self, role):
        ways = [
            (start, to)
            for verb in VERBS.values()
            for start in verb.origins(held_by(role))
            for to in {verb.to, verb.unchecked or verb.to}
        ]
        assert len(ways) == len(set(ways))

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_verbs_that_need_a_reason_are_refused_without_one(self, reason):
        needing = [verb for verb in VERBS.values() if verb.needs_reason]
        assert [verb.name for verb in needing] == ["return", "reject", "withdraw"]
        for verb in needing:
            with pytest.raises(Refusal, match=f"Tulis alasannya: usulan yang {verb.done} harus"):
                verb.checked_reason(reason)

    def test_every_button_has_its_texts_and_every_question_an_answer(self):
        for verb in VERBS.values():
            if verb.chosen:
                assert verb.label and verb.icon and verb.tone
            assert bool(verb.question) <= bool(verb.answer)
            assert verb.needs_reason <= bool(verb.question), "the reason is asked with the question"


LAST_STEPS = {
    "rejected": ("vera", "submitted"),
    "returned": ("vera", "submitted"),
    "submitted": ("karim", "checking"),
}
"""State → who brought somebody there, from which state."""
ADMITTED = {"submitted": ("vera", "waiting"), "checking": ("vera", "waiting")}


def one_in_every_state(subsidy, route="", last_steps=LAST_STEPS):
    """A list of Senden with one person in each state, with the signatures and the last steps it
    needs."""
    proposal = making.draft(subsidy, len(STATES))
    signers = {"submitted_by": "kartika", "verified_by": "vera", "approved_by": "amir"}
    with scope.whole_country("tests"):
        for entry, state in zip(making.entries(proposal), STATES, strict=True):
            signed = {column: people.office(signers[column]).user for column in SIGNED[state]}
            why = {"reason": "x"} if state in ("returned", "rejected") else {}
            came_from = last_steps[state][1] if state in last_steps else ""
            rank = {"rank": 1} if "waiting" in (state, came_from) else {}
            cost = {"cost": making.YEAR} if state == "approved" else {}
            row = Entry.objects.filter(pk=entry.pk)
            if state == State.COSIGNED:
                row.update(state=State.VERIFIED, **signed)
                ani = people.office("ani")
                entry.cosignatures.create(area_id=entry.area_id, user=ani.user, office=ani)
            row.update(state=state, **signed, **why, **rank, **cost)
            if state in last_steps:
                name, start = last_steps[state]
                by, at = people.office(name), row.get().changed_at
                Step.objects.create(
                    entry=entry, area_id=entry.area_id, from_state=start, to_state=state,
                    office=by, name=name, role=by.role, at=at, reason="x",
                )  # fmt: skip
        type(proposal).objects.filter(pk=proposal.pk).update(route=route)
        type(subsidy).objects.filter(pk=subsidy.pk).update(committed=making.YEAR)
        subsidy.quotas.filter(area=people.SENDEN).update(used=5, queued=1)
    return proposal


def states_after(verb, names, proposal):
    """The states of the people of `one_in_every_state` after all `names` have taken the verb."""
    pks = [entry.pk for entry in making.entries(proposal)]
    for name in names:
        making.act(name, verb, proposal, reason="Karena diuji")
    with scope.whole_country("tests"):
        now = dict(Entry.objects.filter(pk__in=pks).values_list("pk", "state"))
    return [now.get(pk, "") for pk in pks]


@pytest.mark.django_db
class TestProduction:
    @pytest.mark.parametrize("verb", [verb.name for verb in VERBS.values() if verb.chosen])
    def test_takes_a_verb_from_the_states_of_the_table_and_from_no_others(self, verb):
        route = "kecamatan" if verb in CHECKED else ""
        last_steps = ADMITTED if verb == "unadmit" else LAST_STEPS
        proposal = one_in_every_state(making.programme(village_quota=10), route, last_steps)
        names = [TAKERS[verb]] if verb in TAKERS else ["karim", "vera", "amir"]
        expected = [ALLOWED.get((state, verb), state) for state in STATES]
        assert expected != list(STATES)
        assert states_after(verb, names, proposal) == expected

    def test_leads_where_the_table_says(self, monkeypatch):
        monkeypatch.setitem(VERBS, "return", replace(VERBS["return"], to=State.REJECTED))
        proposal = making.submitted(making.programme(village_quota=1), 1)
        making.act("vera", "return", proposal, reason="Data keliru")
        assert making.states(proposal) == {"rejected": 1}
        with scope.whole_country("tests"):
            assert Step.objects.latest("pk").to_state == "rejected"
            assert proposal.programme.quotas.get(area=people.SENDEN).used == 0

    def test_begins_where_the_table_says(self, monkeypatch):
        later = {"proposal.verify": {State.RETURNED}}
        monkeypatch.setitem(VERBS, "verify", replace(VERBS["verify"], may=later))
        proposal = making.submitted(making.programme(), 1)
        assert making.act("vera", "verify", proposal).done == 0
        making.act("vera", "return", proposal, reason="Data keliru")
        assert making.act("vera", "verify", proposal).done == 1

    def test_asks_for_the_permission_of_the_table(self, monkeypatch, as_person):
        proposal = making.submitted(making.programme(), 1)
        given = {"act": "verify", "pick": picks(proposal)}
        assert as_person("amir").post(of(proposal, "tindak/"), given).status_code == 403
        chief = {"proposal.approve": {State.SUBMITTED}}
        monkeypatch.setitem(VERBS, "verify", replace(VERBS["verify"], may=chief))
        assert as_person("vera").post(of(proposal, "tindak/"), given).status_code == 403
        assert as_person("amir").post(of(proposal, "tindak/"), given).status_code == 302
        assert making.states(proposal) == {"verified": 1}

    def test_buttons_messages_and_history_use_the_words_of_the_table(self, monkeypatch, as_person):
        words = {"label": "Cocokkan", "done": "dicocokkan", "history": "Sudah dicocokkan"}
        monkeypatch.setitem(VERBS, "verify", replace(VERBS["verify"], **words))
        proposal = making.submitted(making.programme(), 1)
        vera = as_person("vera")
        for address in (of(proposal), f"/usulan/orang/{picks(proposal)[0]}/"):
            assert re.search(r"Cocokkan\s*</button>", text(vera.get(address)))
        given = {"act": "verify", "pick": picks(proposal)}
        answer = vera.post(of(proposal, "tindak/"), given, follow=True)
        assert "1 orang dicocokkan." in text(answer)
        assert "Sudah dicocokkan" in text(vera.get(f"/usulan/orang/{picks(proposal)[0]}/"))

    def test_gives_places_and_money_back_by_the_states_alone(self):
        proposal = making.approved(making.programme(village_quota=2), 2)
        making.act("amir", "reject", proposal, reason="Sudah pindah")
        with scope.whole_country("tests"):
            assert proposal.programme.quotas.get(area=people.SENDEN).used == 0
        assert making.fresh(proposal.programme).committed == 0

    def test_withdraws_and_removes_only_people_of_the_offices_own_list(self):
        subsidy = making.programme()
        theirs = making.draft(subsidy, 1, by="tani")
        own = making.draft(subsidy, 1, first=10)
        kartika = people.office("kartika")
        with scope.enter(kartika):
            everybody = Entry.objects.visible_to(kartika)
            assert everybody.count() == 2
            done = decisions.decide("remove", subsidy, everybody, by=kartika)
        assert done.done == 1
        assert (making.states(theirs), making.states(own)) == ({"draft": 1}, {})
