"""The page of bands, and what approvers see of each other's signatures."""

import pytest

from enrollment.bands.models import ApprovalBand
from tests import people
from tests.bands.asking import bands, signers, verified
from tests.desk.asking import desk_of, form_of
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.proposals import making
from tests.proposals.asking import acting_on, finish, of, picks, text
from tests.selection import short
from villages import scope

pytestmark = pytest.mark.django_db
BANDS = "/pengaturan/jenjang-persetujuan/"


def kept():
    with scope.whole_country("tests"):
        return list(ApprovalBand.objects.values_list("regency", "amount_from", "approvers"))


class TestSetting:
    def test_the_suggestion_is_taken_over_with_one_press(self, as_person):
        rini = as_person("rini")
        assert "Usulan yang lazim" in text(rini.get(BANDS))
        page = text(rini.post(f"{BANDS}usulan/", follow=True))
        assert kept() == [("35.03", 100_000_000, 2), ("35.03", 1_000_000_001, 3)]
        assert "Usulan yang lazim" not in page
        assert "Rp100.000.000 – Rp1.000.000.000" in page and "Kurang" in page
        assert "Sudah ada jenjang" in text(rini.post(f"{BANDS}usulan/", follow=True))

    def test_bands_are_added_and_removed(self, as_person):
        rini = as_person("rini")
        given = {"amount_from": "250.000.000", "approvers": "2"}
        assert rini.post(BANDS, given).status_code == 302
        assert kept() == [("35.03", 250_000_000, 2)]
        assert "Pagu ini sudah ada di jenjang" in text(rini.post(BANDS, given))
        with scope.whole_country("tests"):
            band = ApprovalBand.objects.get()
        rini.post(f"{BANDS}{band.pk}/hapus/")
        assert kept() == []

    @pytest.mark.parametrize("given", [{"amount_from": "-1"}, {"amount_from": "x"}, {}])
    def test_wrong_amounts_are_refused(self, as_person, given):
        answer = as_person("rini").post(BANDS, {"approvers": "2", **given})
        assert answer.status_code == 200 and kept() == []

    def test_only_the_admin_of_the_regency(self, as_person):
        bands((0, 2))
        with scope.whole_country("tests"):
            band = ApprovalBand.objects.get()
        assert as_person("amir").get(BANDS).status_code == 403
        assert as_person("boni").post(f"{BANDS}{band.pk}/hapus/").status_code == 404
        assert len(kept()) == 1


class TestSigning:
    def test_pages_say_how_many_and_who(self, as_person):
        proposal = verified(1)
        making.act("amir", "approve", proposal)
        said = "1 dari 2 persetujuan: Amir"
        entry = f"/usulan/orang/{picks(proposal)[0]}/"
        for name in ("ani", "kartika", "vera"):
            browser = as_person(name)
            assert said in text(browser.get(f"{of(proposal)}?status=semua"))
            assert said in text(browser.get(entry))
        assert said in text(as_person("ani").get(desk_of(proposal)))

    def test_the_message_does_not_call_a_first_signature_an_approval(self, as_person):
        proposal = verified(2)
        given = {"act": "approve", "pick": picks(proposal)}
        page = text(as_person("amir").post(of(proposal, "tindak/"), given, follow=True))
        assert "2 orang disetujui sebagian" in page and "2 orang disetujui." not in page
        given["seen"] = ""
        page = text(as_person("ani").post(of(proposal, "tindak/"), given, follow=True))
        assert "2 orang disetujui." in page

    def test_the_list_offers_what_this_approver_may_still_sign(self, as_person):
        proposal = verified(2)
        first, second = making.entries(proposal)
        making.act("amir", "approve", proposal, pks=[first.pk])
        amir = text(as_person("amir").get(of(proposal)))
        assert second.worker.name in amir and first.worker.name not in amir
        assert "perlu persetujuan 2 penyetuju" in amir
        ani = text(as_person("ani").get(of(proposal)))
        assert first.worker.name in ani and second.worker.name in ani

    def test_the_own_signature_is_offered_to_be_taken_back_and_not_again(self, as_person):
        proposal = verified(1)
        making.act("amir", "approve", proposal)
        entry = f"/usulan/orang/{picks(proposal)[0]}/"
        amir, ani = (text(as_person(name).get(entry)) for name in ("amir", "ani"))
        assert 'value="approve"' not in amir and 'value="unsign"' in amir
        assert 'value="approve"' in ani and 'value="unsign"' not in ani

    def test_the_home_page_tells_who_may_still_sign(self, as_person):
        proposal = verified(3)
        making.act("amir", "approve", proposal)
        assert "Lengkapi persetujuan 3 orang" in text(as_person("ani").get("/"))
        assert "Lengkapi persetujuan" not in text(as_person("amir").get("/"))

    def test_everybody_in_bulk(self, as_person):
        proposal = verified(3)
        making.act("amir", "approve", proposal, pks=[making.entries(proposal)[0].pk])
        given = {"act": "approve", "all": "1", "status": "to_approve"}
        as_person("amir").post(acting_on(proposal), given)
        finish()
        assert signers(proposal) == [["amir"]] * 3
        page = text(as_person("ani").post(acting_on(proposal), given, follow=True))
        finish()
        assert making.states(proposal) == {"approved": 3} and "Setujui" in page

    def test_a_proposer_does_not_see_the_approvers_filter(self, as_person):
        proposal = verified(1)
        assert "to_approve" not in text(as_person("kartika").get(of(proposal)))
        assert "to_approve" in text(as_person("amir").get(of(proposal)))


class TestTheDesk:
    def test_shows_only_whom_this_approver_may_still_sign_for(self, as_person):
        proposal = verified(2)
        first, second = making.entries(proposal)
        making.act("amir", "approve", proposal, pks=[first.pk])
        page = text(as_person("amir").get(desk_of(proposal)))
        assert second.worker.name in page and first.worker.name not in page
        page = text(as_person("amir").get(desk_of(proposal, status="cosigned")))
        assert first.worker.name not in page
        page = text(as_person("ani").get(desk_of(proposal, status="cosigned")))
        assert first.worker.name in page

    def test_signs_goes_on_and_takes_back(self, as_person):
        proposal = verified(2)
        amir = as_person("amir")
        form = form_of(amir.get(desk_of(proposal)).content.decode(), "approve")
        page = text(amir.post(desk_of(proposal), form, follow=True))
        assert "disetujui sebagian" in page
        assert signers(proposal) == [["amir"], []]
        page = text(amir.post(desk_of(proposal), {"act": "undo"}, follow=True))
        assert "batal disetujui sebagian" in page
        assert making.states(proposal) == {"verified": 2} and signers(proposal) == [[], []]

    def test_does_not_offer_to_sign_twice(self, as_person):
        proposal = verified(1)
        making.act("amir", "approve", proposal)
        page = text(as_person("amir").get(desk_of(proposal, orang=picks(proposal)[0])))
        assert "1 dari 2 persetujuan" in page
        with pytest.raises(AssertionError):
            form_of(page, "approve")


@pytest.mark.parametrize("width", short([360, 1280]))
def test_the_pages_in_a_browser(page_at, as_person, width):
    proposal = verified(3)
    making.act("amir", "approve", proposal, pks=[making.entries(proposal)[0].pk])
    people.office("anto")
    seen = {
        "rini": [BANDS],
        "ani": ["/", of(proposal), desk_of(proposal), f"/usulan/orang/{picks(proposal)[0]}/"],
        "amir": [f"{of(proposal)}?status=cosigned", f"/usulan/orang/{picks(proposal)[0]}/"],
    }
    for name, addresses in seen.items():
        page = page_at(width, as_person(name))
        for address in addresses:
            page.goto(f"{HOME}{address}")
            assert_accessible(page)
            assert_fits(page)
            assert_quiet(page)
