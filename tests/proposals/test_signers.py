"""Who has proposed or checked a person may not sign for them later, from whatever office."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enrollment.proposals import actions, bulk
from enrollment.proposals.models import Entry, LeftOut
from enrollment.routes import actions as routes
from tests import people
from tests.proposals import making
from tests.proposals.asking import of, text
from villages import scope
from villages.models import Role
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def handed_in_again_by(name, proposal):
    """The Dinas returns everybody, and a new head of the village hands them in again."""
    making.act("vera", "return", proposal, reason="Alamat")
    people.leave("kartika")
    head = people.hold(name, Role.VILLAGE_HEAD, people.SENDEN, starts_on=timezone.localdate())
    with scope.enter(head):
        actions.submit(proposal, by=head, unrepaired=True)
    return proposal


@pytest.fixture
def earlier():
    """A list that Kartika proposed and handed in first, and her successor after her."""
    return handed_in_again_by("kasih", making.submitted(making.programme(), 2))


def codes_left_out(job):
    with scope.whole_country("tests"):
        return [row.codes for row in LeftOut.objects.filter(decision=job)]


class TestSigning:
    def test_somebody_else_stands_in_the_column(self, earlier):
        """So the constraints on the columns alone would let Kartika sign."""
        kartika = people.become("kartika", Role.VERIFIER, people.TRENGGALEK)
        rows = making.entries(earlier)
        assert {row.submitted_by.username for row in rows} == {"kasih"}
        assert kartika.user_id not in {row.submitted_by_id for row in rows}

    def test_who_handed_in_first_may_not_verify(self, earlier):
        kartika = people.become("kartika", Role.VERIFIER, people.TRENGGALEK)
        with pytest.raises(Refusal, match="dahulu Anda usulkan"):
            decide(kartika, "verify", earlier)
        assert making.states(earlier) == {"submitted": 2}
        assert making.act("vera", "verify", earlier).done == 2

    def test_who_handed_in_first_may_not_approve(self, earlier):
        making.act("vera", "verify", earlier)
        kartika = people.become("kartika", Role.APPROVER, people.TRENGGALEK)
        with pytest.raises(Refusal, match="dahulu Anda usulkan"):
            decide(kartika, "approve", earlier)
        assert making.act("amir", "approve", earlier).done == 2

    def test_who_put_them_on_the_list_may_not_verify(self):
        proposal = making.draft(making.programme(), 1, by="olan")
        kartika = people.office("kartika")
        with scope.enter(kartika):
            actions.submit(proposal, by=kartika)
        olan = people.become("olan", Role.VERIFIER, people.TRENGGALEK)
        with pytest.raises(Refusal, match="dahulu Anda usulkan"):
            decide(olan, "verify", proposal)

    @pytest.mark.parametrize("role", [Role.VERIFIER, Role.APPROVER])
    def test_who_checked_may_not_sign(self, role):
        proposal = by_kecamatan()
        making.act("karim", "pass", proposal)
        if role == Role.APPROVER:
            making.act("vera", "verify", proposal)
        karim = people.become("karim", role, people.TRENGGALEK)
        with pytest.raises(Refusal, match="atau periksa"):
            decide(karim, "verify" if role == Role.VERIFIER else "approve", proposal)

    def test_who_proposed_may_not_pass_on(self):
        proposal = by_kecamatan()
        making.act("karim", "return", proposal, reason="Alamat")
        people.leave("kartika")
        head = people.hold(
            "kasih", Role.VILLAGE_HEAD, people.SENDEN, starts_on=timezone.localdate()
        )
        with scope.enter(head):
            actions.submit(proposal, by=head, unrepaired=True)
        kartika = people.become("kartika", Role.DISTRICT, people.KAMPAK)
        with pytest.raises(Refusal, match="harus diteruskan orang lain"):
            decide(kartika, "pass", proposal)
        assert making.act("karim", "pass", proposal).done == 2

    @pytest.mark.parametrize("column", ["verified_by", "approved_by"])
    def test_the_database_refuses_it_itself(self, earlier, column):
        user = people.office("kartika").user
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError) as broken,
            transaction.atomic(),
        ):
            Entry.objects.filter(proposal=earlier).update(**{column: user})
        assert "entry_signer_is_not_maker" in str(broken.value.__cause__.diag.constraint_name)

    def test_others_may_and_rows_of_others_are_not_touched(self, earlier):
        other = making.submitted(earlier.programme, 1, by="bagus", area=people.BOGORAN, first=40)
        kartika = people.become("kartika", Role.VERIFIER, people.TRENGGALEK)
        assert decide(kartika, "verify", other).done == 1


def by_kecamatan():
    subsidy = making.programme()
    rini = people.office("rini")
    with scope.enter(rini):
        routes.set_ways(subsidy, desa="kecamatan", kelurahan="langsung", by=rini)
    return making.submitted(subsidy, 2)


def decide(office, verb, proposal):
    people.NAMES[office.user.username] = (office.role, office.area_id)
    return making.act(office.user.username, verb, proposal)


@pytest.fixture(autouse=True)
def names_stay(monkeypatch):
    monkeypatch.setattr(people, "NAMES", dict(people.NAMES))


class TestInBulk:
    def test_they_are_left_out_with_the_reason(self, earlier):
        other = making.submitted(earlier.programme, 3, by="bagus", area=people.BOGORAN, first=40)
        kartika = people.become("kartika", Role.VERIFIER, people.TRENGGALEK)
        job = making.begin(kartika, "verify", earlier.programme)
        bulk.proceed(job.pk)
        assert codes_left_out(job) == [["entry.own"]] * 2
        assert making.states(earlier) == {"submitted": 2}
        assert making.states(other) == {"verified": 3}

    def test_it_asks_once_for_all_rows(self, earlier):
        few = queries_of_verifying(1, first=40)
        many = queries_of_verifying(30, first=60)
        assert many == few


def queries_of_verifying(count, first):
    subsidy = making.programme(name=f"Program {first}")
    proposal = making.submitted(subsidy, count, first=first, by="bagus", area=people.BOGORAN)
    with CaptureQueriesContext(connection) as queries:
        making.act("vera", "verify", proposal)
    return len(queries)


class TestPages:
    def test_the_button_is_not_offered_for_them(self, earlier, as_person):
        page = text(as_person("vera").get(of(earlier)))
        assert 'value="verify"' in page and 'value="return"' in page
        people.become("kartika", Role.VERIFIER, people.TRENGGALEK)
        people.NAMES["kartika"] = (Role.VERIFIER, people.TRENGGALEK)
        page = text(as_person("kartika").get(of(earlier)))
        assert 'value="verify"' not in page and 'value="return"' in page
