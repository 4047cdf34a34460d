"""/pengaturan/: who may open it, which rows they see, and what nobody can reach through it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from enrollment.programmes.models import Quota
from tests import people
from tests.decrees import drafts
from villages import offices, scope
from villages.models import Agency, Area, Office, Regency, Role, User

pytestmark = pytest.mark.django_db

PAGES = (
    "settings", "account_list", "account_new", "account_upload", "account_download", "area_list",
    "area_upload", "area_download", "agency_list", "agency_new", "profile_edit", "limit_edit",
    "retention_list", "tariff_list", "discount_list", "occupation_list", "quota_upload",
    "quota_download",
)  # fmt: skip


def on_office(name, office):
    return reverse(name, args=[office.public_id])


def fresh(office):
    with scope.whole_country("tests"):
        return Office.objects.get(pk=office.pk)


class TestEntering:
    @pytest.mark.parametrize("name", sorted(set(people.NAMES) - {"rini", "boni", "sari"}))
    def test_other_roles_get_403(self, name, as_person):
        client = as_person(name)
        for page in PAGES:
            assert client.get(reverse(page)).status_code == 403, page

    def test_a_regency_admin_opens_every_page_from_the_first(self, as_person):
        rini = as_person("rini")
        first = rini.get(reverse("settings")).text
        for page in PAGES:
            assert rini.get(reverse(page)).status_code == 200, page
            if page.endswith(("_list", "_edit")):
                assert f'href="{reverse(page)}"' in first, page


def test_in_sijunjung_a_head_is_a_wali_nagari(as_person):
    people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
    people.NAMES.setdefault("sari", (Role.REGENCY_ADMIN, people.SIJUNJUNG))
    client = as_person("sari")
    form = client.get(reverse("account_new")).text
    assert "Wali nagari" in form
    assert "Operator nagari" in form


class TestRows:
    """Rini administers Trenggalek, Boni Bojonegoro: each has rows that the other must not see."""

    @pytest.fixture(autouse=True)
    def both(self):
        people.office("kartika")
        people.hold("kades_baureno", Role.VILLAGE_HEAD, people.BAURENO)
        with scope.whole_country("tests"):
            for regency in (people.TRENGGALEK, people.BOJONEGORO):
                Agency.objects.create(regency_id=regency, name=f"Dinas {regency}")
        for regency, village in (
            (people.TRENGGALEK, people.SENDEN),
            (people.BOJONEGORO, people.BAURENO),
        ):
            subsidy = drafts.programme(f"Program {regency}", regency)
            with scope.whole_country("tests"):
                Quota.objects.create(programme=subsidy, area_id=village, people=100)

    OWN_AND_OTHER = {
        "area_list": ("Senden", "Baureno"),
        "profile_edit": ("H. Bupati Trenggalek", "H. Bupati Bojonegoro"),
        "agency_list": ("Dinas 35.03", "Dinas 35.22"),
        "account_list": ("kartika", "kades_baureno"),
    }

    @pytest.mark.parametrize("page", OWN_AND_OTHER)
    def test_lists_show_only_the_own_regency(self, page, as_person):
        own, other = self.OWN_AND_OTHER[page]
        text = as_person("rini").get(reverse(page), {"q": own[:6]}).text
        assert own in text
        assert other not in text
        assert other in as_person("boni").get(reverse(page), {"q": other[:6]}).text

    def test_a_row_of_another_regency_does_not_open(self, as_person):
        client = as_person("rini")
        with scope.whole_country("tests"):
            agency = Agency.objects.get(regency=people.BOJONEGORO)
            stranger = Office.objects.get(user__username="kades_baureno")
        for url in (
            reverse("area_detail", args=[people.BAURENO]),
            reverse("agency_edit", args=[agency.pk]),
            reverse("agency_delete", args=[agency.pk]),
            *(reverse(name, args=[stranger.user_id]) for name in (
                "account_detail", "account_edit", "account_code", "office_give")),
            on_office("office_term", stranger),
            on_office("office_hand_over", stranger),
        ):  # fmt: skip
            answer = client.get(url)
            assert answer.status_code in (302, 404), url  # a form's address leads back
            assert "Baureno" not in answer.content.decode()
            assert client.post(url, {"name": "x"}).status_code in (404, 405), url

    def test_the_profile_is_changed_by_its_own_admin(self, as_person):
        words = {
            "village_word": "desa", "village_head_word": "lurah", "bupati_name": "Bupati Baru",
            "bupati_title": "Bupati", "labour_office": "Dinas", "decree_city": "Trenggalek",
        }  # fmt: skip
        assert as_person("rini").post(reverse("profile_edit"), words).status_code == 302
        with scope.whole_country("tests"):
            assert Regency.objects.get(pk=people.TRENGGALEK).bupati_name == "Bupati Baru"
            assert Regency.objects.get(pk=people.BOJONEGORO).bupati_name != "Bupati Baru"

    def test_a_new_agency_belongs_to_the_own_regency_whatever_is_posted(self, as_person):
        words = {"name": "Dinas Baru", "regency": people.BOJONEGORO}
        as_person("rini").post(reverse("agency_new"), words)
        with scope.whole_country("tests"):
            assert Agency.objects.get(name="Dinas Baru").regency_id == people.TRENGGALEK

    def test_an_agency_has_its_name_alone_and_goes_only_unused(self, as_person):
        rini = as_person("rini")
        twice = rini.post(reverse("agency_new"), {"name": "Dinas 35.03"})
        assert "Sudah ada yang sama" in twice.text
        used = people.office("tani").agency
        answer = rini.post(reverse("agency_delete", args=[used.pk]), follow=True)
        assert "sudah dipakai" in answer.text
        with scope.whole_country("tests"):
            unused = Agency.objects.get(name="Dinas 35.03")
        rini.post(reverse("agency_delete", args=[unused.pk]))
        with scope.whole_country("tests"):
            assert set(Agency.objects.within(people.TRENGGALEK)) == {used}


def test_tariffs_discounts_and_occupations_are_read_and_searched(as_person):
    rini = as_person("rini")
    tariffs = rini.get(reverse("tariff_list"), {"segmen": "BPU", "program": "JKM"}).text
    assert "Rp6.800" in tariffs
    assert "Jaminan Hari Tua (JHT)</th>" not in tariffs
    assert "%" in rini.get(reverse("discount_list")).text
    found = rini.get(reverse("occupation_list"), {"q": "petani"}).text
    assert "Petani tembakau" in found
    assert "Nelayan" not in found
    for page in ("tariff_list", "discount_list", "occupation_list", "retention_list"):
        assert rini.post(reverse(page), {"amount": "1"}).status_code == 405


def first_office(role, area, agency=""):
    return {"jabatan-role": role, "jabatan-area": area, "jabatan-agency": agency,
            "jabatan-starts_on": "2026-01-01"}  # fmt: skip


def new_account(username="kades.baru", **office):
    return {"username": username, "first_name": "Baru", "jabatan-starts_on": "2026-01-01", **office}


class TestAccounts:
    def test_a_regency_admin_creates_a_village_head(self, as_person):
        words = new_account(**first_office("kepala_desa", people.SENDEN))
        answer = as_person("rini").post(reverse("account_new"), words)
        with scope.whole_country("tests"):
            user = User.objects.get(username="kades.baru")
            assert answer.url == reverse("account_code", args=[user.pk])
            assert (user.area_id, user.is_superuser) == (people.TRENGGALEK, False)
            assert not user.has_usable_password()
            assert [office.area_id for office in user.offices.all()] == [people.SENDEN]

    def test_an_account_may_get_its_office_later(self, as_person):
        rini = as_person("rini")
        rini.post(reverse("account_new"), new_account())
        with scope.whole_country("tests"):
            user = User.objects.get(username="kades.baru")
        words = {"role": "operator_desa", "area": people.SENDEN, "starts_on": "01-02-2026"}
        answer = rini.post(reverse("office_give", args=[user.pk]), words, follow=True)
        assert "Operator desa Senden" in answer.text

    @pytest.mark.parametrize(
        ("role", "area", "sentence"),
        [
            ("kepala_desa", people.BAURENO, "Pilih"),
            ("kepala_desa", people.KAMPAK, "pilih wilayahnya"),
            ("kecamatan", people.SENDEN, "pilih kecamatannya"),
            ("verifikator", people.SENDEN, "pilih kabupatennya"),
            ("opd", people.TRENGGALEK, "Hanya peran OPD"),
            ("raja", people.SENDEN, "tidak ada dalam pilihan"),
        ],
    )
    def test_an_office_in_the_wrong_area_is_refused(self, role, area, sentence, as_person):
        people.regency(people.BOJONEGORO)
        words = new_account(**first_office(role, area))
        answer = as_person("rini").post(reverse("account_new"), words)
        assert answer.status_code == 200
        assert sentence in answer.text
        assert 'value="kades.baru"' in answer.text, "nothing typed is lost"
        with scope.whole_country("tests"):
            assert not User.objects.filter(username="kades.baru").exists()

    def test_extra_posted_fields_neither_make_a_superuser_nor_move_an_account(self, as_person):
        more = {"is_superuser": "on", "is_staff": "on", "area": people.BOJONEGORO, "password": "x"}
        rini = as_person("rini")
        rini.post(reverse("account_new"), {**new_account(), **more})
        with scope.whole_country("tests"):
            user = User.objects.get(username="kades.baru")
        rini.post(reverse("account_edit", args=[user.pk]), {**new_account(), **more})
        with scope.whole_country("tests"):
            user.refresh_from_db()
        assert (user.is_superuser, user.is_staff, user.area_id) == (False, False, "35.03")
        assert not user.has_usable_password()

    def test_a_regency_admin_cannot_reach_a_superusers_account(self, as_person):
        with scope.whole_country("tests"):
            root = User.objects.create_superuser("root")
        client = as_person("rini")
        for name in ("account_detail", "account_edit", "account_code", "office_give"):
            assert client.get(reverse(name, args=[root.pk])).status_code == 404
        assert "root" not in client.get(reverse("account_list"), {"q": "oot"}).text

    def test_a_username_taken_in_another_regency_is_reported(self, as_person):
        people.hold("kades_baureno", Role.VILLAGE_HEAD, people.BAURENO)
        answer = as_person("rini").post(reverse("account_new"), new_account("kades_baureno"))
        assert "Nama pengguna ini sudah dipakai" in answer.text

    def test_an_account_is_switched_off_and_found_by_its_state(self, as_person):
        kartika, rini = people.office("kartika").user, as_person("rini")
        words = {"username": "kartika", "first_name": "Kartika"}
        assert rini.post(reverse("account_edit", args=[kartika.pk]), words).status_code == 302
        assert "kartika" in rini.get(reverse("account_list"), {"keadaan": "nonaktif"}).text
        assert "kartika" not in rini.get(reverse("account_list"), {"keadaan": "aktif"}).text

    def test_accounts_are_found_by_name_role_and_state(self, as_person):
        for name in ("kartika", "olan", "vera"):
            people.office(name)
        people.hold("mantan", Role.VILLAGE_HEAD, people.BOGORAN, ends_on=people.TERM)
        rini = as_person("rini")

        def found(**asked):
            page = rini.get(reverse("account_list"), asked).context["page"]
            return {account.username for account in page}

        assert found(q="kart") == {"kartika"}
        assert found(peran="kepala_desa") == {"kartika"}
        assert found(keadaan="tanpa") == {"mantan"}

    def test_the_number_of_queries_does_not_grow_with_the_accounts(self, as_person):
        client = as_person("rini")
        counts = []
        for more in (["vera"], ["amir", "kartika"]):
            for name in more:
                people.office(name)
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse("account_list"))
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestTerms:
    def test_an_office_ends_and_is_not_deleted(self, as_person):
        office = people.office("kartika")
        words = {"starts_on": "2024-01-01", "ends_on": "2026-06-30", "role": "admin_kabupaten",
                 "area": people.BOGORAN}  # fmt: skip
        answer = as_person("rini").post(on_office("office_term", office), words)
        assert answer.url == reverse("account_detail", args=[office.user_id])
        now = fresh(office)
        assert now.ends_on == date(2026, 6, 30)
        assert (now.role, now.area_id) == (Role.VILLAGE_HEAD, people.SENDEN)

    def test_an_end_before_the_beginning_is_refused(self, as_person):
        office = people.office("kartika")
        words = {"starts_on": "2024-01-01", "ends_on": "2023-01-01"}
        answer = as_person("rini").post(on_office("office_term", office), words)
        assert "mendahului tanggal mulainya" in answer.text
        assert fresh(office).ends_on is None


def hand_over(client, office, **typed):
    words = {"holder": "baru", "username": "kades.baru", "name": "Baru", "on": "2026-07-01"}
    return client.post(on_office("office_hand_over", office), words | typed)


class TestHandingOver:
    """One act: the old one ends the day before, the new one begins."""

    def test_to_a_new_account(self, as_person):
        office = people.office("kartika")
        answer = hand_over(as_person("rini"), office)
        with scope.whole_country("tests"):
            new = Office.objects.select_related("user").get(user__username="kades.baru")
        assert answer.url == reverse("account_code", args=[new.user_id])
        assert fresh(office).ends_on == date(2026, 6, 30)
        assert (new.role, new.area_id, new.starts_on, new.ends_on) == (
            Role.VILLAGE_HEAD, people.SENDEN, date(2026, 7, 1), None
        )  # fmt: skip
        assert (new.user.first_name, new.user.area_id) == ("Baru", people.TRENGGALEK)

    def test_an_office_that_has_ended_is_not_handed_over_later(self, as_person):
        office = people.office("vera")
        with scope.whole_country("tests"):
            Office.objects.filter(pk=office.pk).update(ends_on="2026-03-31")
        answer = hand_over(as_person("rini"), office, on="2026-07-01")
        assert "Jabatan ini berakhir 31 Maret 2026" in answer.text
        assert hand_over(as_person("rini"), office, on="2026-04-01").status_code == 302

    def test_nobody_gets_the_same_office_twice(self, as_person):
        office, today = people.office("vera"), timezone.localdate()
        people.office("bima")
        typed = {"holder": "ada", "username": "bima", "on": today}
        assert hand_over(as_person("rini"), office, **typed).status_code == 302
        again = hand_over(as_person("rini"), office, **typed)
        assert "sudah memegang jabatan yang sama" in again.text

    def test_to_an_account_that_is_there(self, as_person):
        office, olan = people.office("kartika"), people.office("olan").user
        today = timezone.localdate()
        answer = hand_over(as_person("rini"), office, holder="ada", username="Olan", on=today)
        assert answer.url == reverse("account_detail", args=[olan.pk])
        assert fresh(office).ends_on == today - timedelta(days=1)
        with scope.whole_country("tests"):
            assert olan.offices.held_on(today).filter(role=Role.VILLAGE_HEAD).count() == 1
        assert as_person("kartika").get("/").status_code == 403, "its access ends at once"

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"on": "2024-01-01"}, "Pilih tanggal yang lebih lambat"),
            ({"on": "2061-01-01"}, "lebih dari setahun lagi"),
            ({"on": "kemarin"}, "Tanggal tidak terbaca"),
            ({"name": ""}, "Isi nama orangnya"),
            ({"username": "olan"}, "sudah dipakai"),
            ({"username": "dua kata"}, "Nama pengguna berisi huruf kecil"),
            ({"holder": "ada", "username": "tidak.ada"}, "Akun itu tidak ada di sini"),
            ({"holder": "ada", "username": "kartika"}, "sudah memegang jabatan ini"),
            ({"holder": "ada", "username": "kades_baureno"}, "Akun itu tidak ada di sini"),
            ({"holder": "x"}, "tidak ada dalam pilihan"),
        ],
    )
    def test_what_is_wrong_is_told_and_neither_half_happens(self, typed, sentence, as_person):
        office = people.office("kartika")
        people.office("olan")
        people.hold("kades_baureno", Role.VILLAGE_HEAD, people.BAURENO)
        answer = hand_over(as_person("rini"), office, **typed)
        assert answer.status_code == 200
        assert sentence in answer.text
        assert fresh(office).ends_on is None
        with scope.whole_country("tests"):
            assert not User.objects.filter(username="kades.baru").exists()

    def test_where_a_successor_is_named_already_nothing_changes(self, as_person):
        office = people.office("kartika")
        with scope.whole_country("tests"):
            Office.objects.filter(pk=office.pk).update(ends_on="2026-12-31")
        people.hold("berikut", Role.VILLAGE_HEAD, people.SENDEN, starts_on=date(2027, 1, 1))
        answer = hand_over(as_person("rini"), office)
        assert "sudah punya kepala" in answer.text
        assert fresh(office).ends_on == date(2026, 12, 31)
        with scope.whole_country("tests"):
            assert not User.objects.filter(username="kades.baru").exists()

    def test_the_act_itself_asks_for_the_right(self):
        office, boni = people.office("kartika"), people.office("boni")
        with pytest.raises(PermissionDenied), scope.enter(boni):
            offices.hand_over(office, to=boni.user, on=date(2026, 7, 1), by=boni)
        assert fresh(office).ends_on is None

    def test_it_is_in_the_history(self, as_person):
        hand_over(as_person("rini"), people.office("kartika"))
        page = as_person("rini").get(reverse("change_list"), {"apa": "jabatan"}).text
        assert "sampai: – → 30 Juni 2026" in page


class TestOneHead:
    """A village has one head at a time; the database sees to it."""

    def test_a_second_head_is_refused_in_words(self, as_person):
        people.office("kartika")
        words = new_account(**first_office("kepala_desa", people.SENDEN))
        answer = as_person("rini").post(reverse("account_new"), words)
        assert "Pakai “Serahkan jabatan”" in answer.text
        with scope.whole_country("tests"):
            assert not User.objects.filter(username="kades.baru").exists()

    def test_a_longer_term_is_refused_in_words(self, as_person):
        office = people.office("kartika")
        with scope.whole_country("tests"):
            Office.objects.filter(pk=office.pk).update(ends_on="2026-06-30")
        people.hold("baru", Role.VILLAGE_HEAD, people.SENDEN, starts_on=date(2026, 7, 1))
        words = {"starts_on": "2024-01-01", "ends_on": ""}
        answer = as_person("rini").post(on_office("office_term", office), words)
        assert "Pakai “Serahkan jabatan”" in answer.text

    def test_no_script_makes_two(self):
        people.office("kartika")
        second = people.office("bagus").user
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError, match="one_head_at_a_time"),
            transaction.atomic(),
        ):
            Office.objects.create(user=second, role=Role.VILLAGE_HEAD, area_id=people.SENDEN)

    def test_the_day_after_another_head_may_begin(self):
        office = people.office("kartika")
        with scope.whole_country("tests"):
            Office.objects.filter(pk=office.pk).update(ends_on="2026-06-30")
            for day, fits in (("2026-06-30", False), ("2026-07-01", True)):
                try:
                    with transaction.atomic():
                        Office.objects.create(
                            user=office.user, role=Role.VILLAGE_HEAD, area_id=people.SENDEN,
                            starts_on=day,
                        )  # fmt: skip
                except IntegrityError:
                    assert not fits
                else:
                    assert fits

    def test_a_village_may_have_several_operators(self):
        people.office("olan")
        people.hold("operator.dua", Role.VILLAGE_OPERATOR, people.SENDEN)


def test_a_village_is_renamed_by_its_regency_and_its_page_leads_to_its_head(as_person):
    client, office = as_person("rini"), people.office("kartika")
    url = reverse("area_detail", args=[people.SENDEN])
    assert on_office("office_hand_over", office) in client.get(url).text
    assert client.post(url, {"name": "Senden Baru", "current": "on"}).status_code == 302
    assert Area.objects.get(pk=people.SENDEN).name == "Senden Baru"


def test_accounts_and_areas_are_sorted_by_the_names_that_they_show(as_person):
    """Without regard to case; an account is found by its name, not by its log-in."""
    for number, name in enumerate(["Zahra", "budi", "Ani", "ayu"]):
        user = people.hold(f"akun{number}", Role.VILLAGE_OPERATOR, people.BOGORAN).user
        with scope.whole_country("tests"):
            User.objects.filter(pk=user.pk).update(first_name=name, last_name="")
    rini = as_person("rini")
    page = rini.get(reverse("account_list")).context["page"]
    shown = [str(account) for account in page]
    assert shown == sorted(shown, key=str.upper) and {"ayu", "Zahra"} <= set(shown)
    page = rini.get(reverse("area_list"), {"urut": "nama"}).context["page"]
    assert [area.name for area in page] == sorted((area.name for area in page), key=str.upper)
