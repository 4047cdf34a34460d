"""Who may not open or change a list: strangers, and people without permission."""

import uuid

import pytest

from tests import people
from tests.proposals import making
from tests.proposals.asking import acting_on, of, picks, programme_of, text

pytestmark = pytest.mark.django_db


class TestStrangers:
    @pytest.fixture
    def proposal(self):
        return making.submitted(making.programme(name="KENARI"), 1, name="KENARI SENDEN")

    @pytest.mark.parametrize("who", ["bagus", "tani", "boni", "vino"])
    def test_get_404_and_no_name(self, as_person, proposal, who):
        client = as_person(who)
        entry = f"/usulan/orang/{picks(proposal)[0]}/"
        for address in (of(proposal), of(proposal, "pilih/"), entry):
            assert client.get(address).status_code == 404
        for tail in ("pilih/", "ajukan/", "tindak/"):
            answer = client.post(of(proposal, tail), {"act": "verify", "pick": picks(proposal)})
            assert answer.status_code == 404
        for address in ("/usulan/", programme_of(proposal, "orang/")):
            assert "KENARI SENDEN" not in text(client.get(address))
        assert making.states(proposal) == {"submitted": 1}

    def test_another_regency_sees_no_programme_either(self, as_person, proposal):
        vino = as_person("vino")
        for tail in ("", "orang/"):
            assert vino.get(programme_of(proposal, tail)).status_code == 404
        assert vino.post(acting_on(proposal), {"act": "verify"}).status_code == 404
        assert vino.post(f"/usulan/mulai/{proposal.programme_id}/").status_code == 404
        assert "KENARI" not in text(vino.get("/usulan/"))

    def test_ticking_people_of_another_list_does_nothing(self, as_person, proposal):
        mine = making.submitted(proposal.programme, 1, by="bagus", first=20, area=people.BOGORAN)
        given = {"act": "withdraw", "pick": picks(proposal), "reason": "x"}
        as_person("bagus").post(of(mine, "tindak/"), given)
        assert making.states(proposal) == {"submitted": 1}

    def test_ids_that_do_not_exist(self, as_person):
        vera = as_person("vera")
        nobody = uuid.uuid4()
        for address in (f"/usulan/{nobody}/", f"/usulan/orang/{nobody}/"):
            assert vera.get(address).status_code == 404


class TestRights:
    @pytest.mark.parametrize("who", ["vera", "amir", "rini", "audi", "karim"])
    def test_seeing_a_list_does_not_allow_changing_it(self, as_person, who):
        proposal = making.draft(making.programme(), 1)
        client = as_person(who)
        assert client.get(of(proposal)).status_code == 200
        assert client.get(of(proposal, "pilih/")).status_code == 403
        assert client.post(of(proposal, "pilih/"), {"everybody": "1"}).status_code == 403
        assert client.post(of(proposal, "ajukan/")).status_code == 403
        assert client.post(f"/usulan/mulai/{proposal.programme_id}/").status_code == 403

    def test_bpjs_sees_no_lists(self, as_person):
        proposal = making.submitted(making.programme(), 1)
        bima = as_person("bima")
        for address in (
            "/usulan/", of(proposal), programme_of(proposal), programme_of(proposal, "orang/"),
            f"/usulan/orang/{picks(proposal)[0]}/",
        ):  # fmt: skip
            assert bima.get(address).status_code == 403

    @pytest.mark.parametrize("who", ["kartika", "tani"])
    def test_only_regency_and_district_see_which_villages_have_handed_in(self, as_person, who):
        proposal = making.submitted(making.programme(), 1)
        assert as_person(who).get(programme_of(proposal)).status_code == 403

    def test_get_is_refused_where_only_post_is_allowed(self, as_person):
        proposal = making.draft(making.programme(), 1)
        kartika = as_person("kartika")
        for address in (
            of(proposal, "ajukan/"), of(proposal, "tindak/"), acting_on(proposal),
            f"/usulan/mulai/{proposal.programme_id}/",
        ):  # fmt: skip
            assert kartika.get(address).status_code == 302
