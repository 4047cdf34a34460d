"""The pages of lists, as their users see them."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enrollment.proposals import decisions
from enrollment.proposals.models import Entry
from tests import people
from tests.proposals import making
from villages import scope

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def of(proposal, tail=""):
    return f"/usulan/{proposal.pk}/{tail}"


def programme_of(proposal, tail=""):
    return f"/usulan/program/{proposal.programme_id}/{tail}"


def picks(proposal, count=None):
    return [str(row.public_id) for row in making.entries(proposal)[:count]]


class TestDrawingUp:
    def test_a_list_is_begun_once(self, as_person):
        subsidy = making.programme()
        olan = as_person("olan")
        first = olan.post(f"/usulan/mulai/{subsidy.pk}/")
        assert olan.post(f"/usulan/mulai/{subsidy.pk}/").url == first.url
        assert "Daftar masih kosong" in text(olan.get(first.url))

    def test_not_for_a_programme_that_is_closed(self, as_person):
        subsidy = making.programme(opened=False, by="rini")
        assert as_person("kartika").post(f"/usulan/mulai/{subsidy.pk}/").status_code == 404
        proposal = making.draft(making.programme(name="Lain"), 1)
        rini = as_person("rini")
        rini.post(f"/program/{proposal.programme_id}/tutup/")
        answer = text(as_person("kartika").get(of(proposal)))
        assert "tidak sedang dibuka" in answer
        assert "Ajukan ke Dinas" not in answer
        refused = as_person("kartika").post(of(proposal, "ajukan/"), follow=True)
        assert "Hubungi Dinas" in text(refused)

    def test_what_is_missing_is_said_for_each(self, as_person):
        proposal = making.draft(making.programme(), 0)
        people.worker(1, findings=["rt.missing", "mother_name.missing"])
        people.worker(2)
        answer = text(as_person("olan").get(of(proposal, "pilih/")))
        assert "RT kosong, Nama ibu kandung kosong" in answer
        assert "Memenuhi syarat" in answer

    def test_ticked_people_are_added_and_no_nik_is_whole(self, as_person):
        proposal = making.draft(making.programme(), 0)
        workers = [people.worker(n) for n in range(3)]
        olan = as_person("olan")
        page = text(olan.get(of(proposal, "pilih/")))
        assert workers[0].nik not in page and "350307******0001" in page
        ticked = [str(worker.public_id) for worker in workers[:2]] + ["nonsense"]
        answer = olan.post(of(proposal, "pilih/"), {"pick": ticked}, follow=True)
        assert "2 orang masuk daftar" in text(answer)
        assert "Pekerja 2" in text(olan.get(of(proposal, "pilih/")))
        assert making.states(proposal) == {"draft": 2}

    def test_all_who_fit_within_the_search(self, as_person):
        proposal = making.draft(making.programme(), 0)
        people.worker(1, name="Siti Aminah")
        people.worker(2, name="Siti Kosong", findings=["rt.missing"])
        people.worker(3, name="Budi")
        as_person("olan").post(of(proposal, "pilih/"), {"everybody": "1", "q": "siti"})
        assert [row.worker.name for row in making.entries(proposal)] == ["Siti Aminah"]

    def test_nothing_ticked_says_what_to_do(self, as_person):
        proposal = making.draft(making.programme(), 0)
        people.worker(1)
        answer = as_person("olan").post(of(proposal, "pilih/"), {}, follow=True)
        assert "Centang orangnya lebih dahulu" in text(answer)

    def test_the_cost_of_the_list(self, as_person):
        proposal = making.draft(making.programme(), 3)
        assert "Rp604.800" in text(as_person("olan").get(of(proposal)))

    def test_taking_off(self, as_person):
        proposal = making.draft(making.programme(), 3)
        given = {"act": "remove", "pick": picks(proposal, 1), "status": "semua"}
        answer = as_person("olan").post(of(proposal, "tindak/"), given, follow=True)
        assert "1 orang dihapus dari daftar" in text(answer)
        assert making.states(proposal) == {"draft": 2}


class TestHandingIn:
    def test_the_head_hands_in_and_the_operator_cannot(self, as_person):
        proposal = making.draft(making.programme(), 2)
        olan = as_person("olan")
        assert olan.post(of(proposal, "ajukan/")).status_code == 403
        page = text(olan.get(of(proposal)))
        assert of(proposal, "ajukan/") not in page
        assert "Yang mengajukan: kepala desa" in page
        kartika = as_person("kartika")
        assert of(proposal, "ajukan/") in text(kartika.get(of(proposal)))
        answer = kartika.post(of(proposal, "ajukan/"), follow=True)
        assert "2 orang diajukan ke Dinas" in text(answer)

    def test_the_full_quota_and_the_incomplete_are_told(self, as_person):
        proposal = making.draft(making.programme(village_quota=1), 2)
        making.draft(proposal.programme, 1, first=10, findings=["rt.missing"])
        answer = text(as_person("kartika").post(of(proposal, "ajukan/"), follow=True))
        assert "1 orang diajukan ke Dinas" in answer
        assert "Kuota penuh: 1 orang masuk daftar tunggu" in answer
        assert "1 orang belum dapat diajukan" in answer
        assert "Nomor tunggu 1" in answer

    def test_an_agency_hands_in_its_own(self, as_person):
        proposal = making.draft(making.programme(), 2, by="tani")
        answer = as_person("tani").post(of(proposal, "ajukan/"), follow=True)
        assert "2 orang diajukan ke Dinas" in text(answer)

    def test_returned_mended_handed_in_again(self, as_person):
        proposal = making.submitted(making.programme(), 2)
        given = {"act": "return", "pick": picks(proposal, 1), "reason_return": "RT keliru"}
        as_person("vera").post(of(proposal, "tindak/"), given)
        kartika = as_person("kartika")
        page = text(kartika.get(of(proposal)))
        assert "“RT keliru”" in page and "Perbaiki data" in page
        kartika.post(of(proposal, "ajukan/"))
        assert making.states(proposal) == {"submitted": 2}
        history = text(kartika.get(f"/usulan/orang/{picks(proposal, 1)[0]}/"))
        assert "“RT keliru”" in history and "Vera, Verifikator Dinas" in history
        assert history.count("Diajukan</b>") == 2


class TestDeciding:
    def test_in_bulk_by_ticks_and_by_all(self, as_person):
        proposal = making.submitted(making.programme(), 5)
        vera = as_person("vera")
        answer = vera.post(
            of(proposal, "tindak/"), {"act": "verify", "pick": picks(proposal, 2)}, follow=True
        )
        assert "2 orang diverifikasi" in text(answer)
        vera.post(of(proposal, "tindak/"), {"act": "verify", "all": "1"})
        assert making.states(proposal) == {"verified": 5}
        answer = as_person("amir").post(
            programme_of(proposal, "tindak/"), {"act": "approve", "all": "1"}, follow=True
        )
        assert "5 orang disetujui" in text(answer)

    def test_all_means_what_was_on_the_page_and_not_what_came_since(self, as_person):
        subsidy = making.programme()
        proposal = making.submitted(subsidy, 2)
        shown = timezone.now().isoformat()
        making.submitted(subsidy, 1, first=10)
        given = {"act": "verify", "all": "1", "seen": shown}
        as_person("vera").post(of(proposal, "tindak/"), given)
        assert making.states(proposal) == {"verified": 2, "submitted": 1}

    def test_a_missing_reason_is_asked_for_and_the_ticks_stay(self, as_person):
        proposal = making.submitted(making.programme(), 2)
        chosen = picks(proposal, 1)
        answer = as_person("vera").post(
            of(proposal, "tindak/"), {"act": "return", "pick": chosen, "reason_return": " "}
        )
        assert "Tulis alasannya" in text(answer)
        assert text(answer).count("data-pick checked") == 1
        assert making.states(proposal) == {"submitted": 2}

    def test_over_the_budget_nothing_is_approved_and_the_page_says_how_many_fit(self, as_person):
        proposal = making.verified(making.programme(people_paid=2), 3)
        amir = as_person("amir")
        assert "cukup untuk <b>2</b> orang lagi" in text(amir.get(of(proposal)))
        answer = text(
            amir.post(of(proposal, "tindak/"), {"act": "approve", "pick": picks(proposal)})
        )
        assert "cukup untuk 2 orang, sedangkan yang dipilih 3 orang (Rp604.800)" in answer
        assert answer.count("data-pick checked") == 3
        assert making.states(proposal) == {"verified": 3}

    def test_maker_and_checker_in_one_account_get_a_sentence(self, as_person):
        proposal = making.submitted(making.programme(), 1)
        second = people.hold("kartika", people.Role.VERIFIER, people.TRENGGALEK)
        kartika = as_person("kartika")
        kartika.post("/jabatan/", {"office": str(second.public_id)})
        answer = kartika.post(of(proposal, "tindak/"), {"act": "verify", "pick": picks(proposal)})
        assert "tidak boleh memverifikasi" in text(answer)

    def test_a_role_sees_first_what_waits_for_it(self, as_person):
        proposal = making.submitted(making.programme(), 2)
        making.act("vera", decisions.verify, proposal, pks=[making.entries(proposal)[0].pk])
        assert "Pekerja 1" in text(as_person("vera").get(of(proposal)))
        assert "Pekerja 0" not in text(as_person("vera").get(of(proposal)))
        assert "Pekerja 0" in text(as_person("amir").get(of(proposal)))
        assert "Pekerja 1" not in text(as_person("amir").get(of(proposal)))

    def test_the_verifier_sees_warnings(self, as_person):
        proposal = making.submitted(making.programme(), 1, findings=["nik.sex_mismatch"])
        assert "Jenis kelamin beda dengan NIK" in text(as_person("vera").get(of(proposal)))

    @pytest.mark.parametrize(
        ("who", "act"),
        [
            ("vera", "approve"),
            ("amir", "verify"),
            ("kartika", "verify"),
            ("kartika", "return"),
            ("olan", "withdraw"),
            ("karim", "verify"),
            ("rini", "approve"),
            ("audi", "reject"),
            ("vera", "submit"),
            ("vera", "nonsense"),
            ("vera", ""),
        ],
    )
    def test_nobody_does_what_is_not_theirs(self, as_person, who, act):
        proposal = making.submitted(making.programme(), 1)
        given = {"act": act, "pick": picks(proposal), "reason": "x"}
        assert as_person(who).post(of(proposal, "tindak/"), given).status_code == 403
        assert making.states(proposal) == {"submitted": 1}


class TestSubmissions:
    def test_n_of_157(self, as_person):
        subsidy = making.programme()
        making.submitted(subsidy, 1)
        making.draft(subsidy, 1, by="bagus", first=10, area=people.BOGORAN)
        making.submitted(subsidy, 1, by="tani", first=20)
        vera = as_person("vera")
        page = text(vera.get(f"/usulan/program/{subsidy.pk}/"))
        assert "1 dari 157 sudah mengajukan" in page
        assert "Dinas Pertanian" in page
        assert "<b>1</b> dari 157" in text(vera.get("/usulan/"))
        came = text(vera.get(f"/usulan/program/{subsidy.pk}/?pengajuan=sudah"))
        assert "Senden" in came and "Bogoran" not in came
        missing = text(
            vera.get(f"/usulan/program/{subsidy.pk}/?pengajuan=belum&kecamatan=35.03.07")
        )
        assert "Bogoran" in missing and "Senden" not in missing

    def test_a_district_sees_its_own_villages_and_changes_nothing(self, as_person):
        proposal = making.submitted(making.programme(), 1)
        karim = as_person("karim")
        assert "1 dari 7 sudah mengajukan" in text(karim.get(programme_of(proposal)))
        page = text(karim.get(of(proposal)))
        assert "Pekerja 0" in page
        assert 'name="act"' not in page

    def test_nonsense_in_the_address_is_no_error(self, as_person):
        subsidy = making.programme()
        vera = as_person("vera")
        for query in ("kecamatan=x", "pengajuan=x", "page=x", "page=-1", "q=%00"):
            answer = vera.get(f"/usulan/program/{subsidy.pk}/?{query}")
            assert answer.status_code == 200, query
        for query in ("status=x", "wilayah=x", "page=9999", "q=%00"):
            answer = vera.get(f"/usulan/program/{subsidy.pk}/orang/?{query}")
            assert answer.status_code == 200, query


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
        assert vino.post(programme_of(proposal, "tindak/"), {"act": "verify"}).status_code == 404
        assert vino.post(f"/usulan/mulai/{proposal.programme_id}/").status_code == 404
        assert "KENARI" not in text(vino.get("/usulan/"))

    def test_picks_of_a_neighbours_list_do_nothing(self, as_person, proposal):
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
    def test_who_sees_a_list_does_not_therefore_draw_it_up(self, as_person, who):
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
    def test_who_has_handed_in_is_for_the_regency_and_the_district(self, as_person, who):
        proposal = making.submitted(making.programme(), 1)
        assert as_person(who).get(programme_of(proposal)).status_code == 403

    def test_what_only_takes_post(self, as_person):
        proposal = making.draft(making.programme(), 1)
        kartika = as_person("kartika")
        for address in (
            of(proposal, "ajukan/"), of(proposal, "tindak/"), programme_of(proposal, "tindak/"),
            f"/usulan/mulai/{proposal.programme_id}/",
        ):  # fmt: skip
            assert kartika.get(address).status_code == 405


def queries(client, address):
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize(
    ("who", "tail"),
    [("kartika", ""), ("kartika", "pilih/"), ("vera", ""), ("amir", "?status=semua")],
)
def test_a_list_takes_as_many_queries_for_three(as_person, who, tail):
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


def test_overviews_take_as_many_queries_for_three(as_person):
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
    subsidy = making.programme(by="admin_sijunjung", village_quota=2, fund="apbdes")
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
            for name in ("LindungDesa", "Desa Kampung Baru"):  # the latter's name in Kepmendagri
                shown = shown.replace(name, "")
            assert "nagari" in shown.lower(), (who, address)
            assert "desa" not in shown.lower(), (who, address)
