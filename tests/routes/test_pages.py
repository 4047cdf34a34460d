"""The pages of ways and of checking, in a browser."""

import pytest

from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.proposals import making
from tests.routes.test_ways import by_way

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_who_checks(page_at, as_person, width):
    subsidy = by_way(desa="dpmd", kelurahan="kecamatan")
    proposal = making.submitted(subsidy, 3)
    making.act("dewi", "return", proposal, pks=[making.entries(proposal)[0].pk], reason="Alamat")
    seen = {
        "rini": [f"/program/{subsidy.pk}/jalur/", "/pengaturan/rangkap/"],
        "dewi": [
            "/",
            f"/usulan/{proposal.pk}/",
            f"/usulan/program/{subsidy.pk}/orang/",
            "/usulan/",
        ],
        "vera": [f"/usulan/program/{subsidy.pk}/?q=Senden"],
        "kartika": ["/"],
    }
    for name, addresses in seen.items():
        page = page_at(width, as_person(name))
        for address in addresses:
            page.goto(f"{HOME}{address}")
            assert_accessible(page)
            assert_fits(page)
            assert_quiet(page)
