"""All pages of lists: as many queries for three rows as for one, and the regency's words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrollment.proposals.models import Entry
from tests import people
from tests.proposals import making
from tests.proposals.asking import of, picks, programme_of, text
from villages import scope

pytestmark = pytest.mark.django_db


def queries(client, address):
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize(
    ("who", "tail"),
    [("kartika", ""), ("kartika", "pilih/"), ("vera", ""), ("amir", "?status=semua")],
)
def test_a_list_takes_as_many_queries_for_three_people_as_for_one(as_person, who, tail):
    subsidy = making.programme()
    client = as_person(who)
    counts = []
    for number in (1, 3):
        findings = ["rt.missing", "nik.sex_mismatch"]
        proposal = making.draft(subsidy, number, first=number * 10, findings=findings)
        for each in range(number):
            people.worker(100 + number * 10 + each, findings=findings)
        with scope.whole_country("tests"):
            Entry.objects.update(state="submitted" if who == "vera" else "returned", reason="x")
        counts.append(queries(client, of(proposal, tail)))
    assert counts[0] == counts[1]


def test_overviews_take_as_many_queries_for_three_rows_as_for_one(as_person):
    vera = as_person("vera")
    counts = []
    for number in range(3):
        proposal = making.submitted(making.programme(name=f"P{number}"), 1, first=number)
        for other in range(number):
            making.submitted(
                proposal.programme, 1, by="bagus", first=50 + 10 * number + other,
                area=people.BOGORAN,
            )  # fmt: skip
        addresses = ("/usulan/", programme_of(proposal), programme_of(proposal, "orang/"))
        counts.append([queries(vera, address) for address in addresses])
    assert counts[0] == counts[2]


def test_in_sijunjung_nothing_is_called_a_desa(as_person):
    people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
    lalan = "13.03.04.2001"
    for name, role, area in (
        ("wali", people.Role.VILLAGE_HEAD, lalan),
        ("operator_sijunjung", people.Role.VILLAGE_OPERATOR, lalan),
        ("verifikator_sijunjung", people.Role.VERIFIER, people.SIJUNJUNG),
        ("admin_sijunjung", people.Role.REGENCY_ADMIN, people.SIJUNJUNG),
    ):
        people.NAMES[name] = (role, area)
    subsidy = making.programme(by="admin_sijunjung", village_quota=2, fund_id="apbdes")
    proposal = making.submitted(subsidy, 3, by="wali", area=lalan)
    making.draft(subsidy, 1, by="wali", area=lalan, first=20)
    entry = f"/usulan/orang/{picks(proposal)[0]}/"
    shared = ["/usulan/", of(proposal), entry, "/program/", f"/program/{subsidy.pk}/"]
    regency = [programme_of(proposal), programme_of(proposal, "orang/"),
               f"/program/{subsidy.pk}/kuota/"]  # fmt: skip
    pages = {
        "wali": [*shared, of(proposal, "pilih/")],
        "operator_sijunjung": [*shared, of(proposal, "pilih/")],
        "verifikator_sijunjung": [*shared, *regency],
        "admin_sijunjung": [*shared, *regency, "/program/baru/", f"/program/{subsidy.pk}/ubah/"],
    }
    for who, addresses in pages.items():
        client = as_person(who)
        for address in addresses:
            shown = text(client.get(address))
            # The latter is the name in Kepmendagri, the last one the address of a guide.
            for name in ("LindungDesa", "Desa Kampung Baru", "/bantuan/kepala-desa/"):
                shown = shown.replace(name, "")
            assert "nagari" in shown.lower(), (who, address)
            assert "desa" not in shown.lower(), (who, address)
