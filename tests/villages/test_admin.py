"""/pengaturan/: who may open it, which rows they see, and what nobody can reach through it."""

from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrollment.programmes.models import Quota, Tariff
from tests import people
from tests.decrees import drafts
from tests.proposals import making
from villages import scope
from villages.models import Agency, Area, Office, Regency, Role, User

pytestmark = pytest.mark.django_db

TABLES = {
    "villages.Area",
    "villages.RegionRelease",
    "villages.Regency",
    "villages.Agency",
    "villages.User",
    "enrollment.Occupation",
    "enrollment.Tariff",
    "enrollment.TariffDiscount",
    "enrollment.Retention",
    "enrollment.Removal",
    "enrollment.UsageLimit",
    "enrollment.Quota",
}
NATIONAL = ["enrollment_occupation", "enrollment_tariff", "enrollment_tariffdiscount"]


@pytest.fixture
def superuser(client):
    user = User.objects.create_superuser("akar", password=people.PASSWORD)
    client.force_login(user, backend="villages.backends.OfficeHolderBackend")
    return client


def changelist(name):
    return reverse(f"admin:{name}_changelist")


def account_of(name):
    return reverse("admin:villages_user_change", args=[people.office(name).user_id])


def test_there_is_no_table_of_people():
    ours = {model._meta.label for model in admin.site._registry if model._meta.app_label in (
        "villages", "enrollment")}  # fmt: skip
    assert ours == TABLES


class TestEntering:
    @pytest.mark.parametrize("name", sorted(set(people.NAMES) - {"rini", "boni"}))
    def test_other_roles_get_403(self, name, as_person):
        client = as_person(name)
        assert client.get(reverse("admin:index")).status_code == 403
        assert client.get(changelist("villages_user")).status_code == 403

    def test_needs_a_log_in(self, client):
        answer = client.get(changelist("villages_user"), follow=True)
        back = f"{reverse('login')}?next={changelist('villages_user')}"
        assert unquote(answer.redirect_chain[-1][0]) == back

    def test_a_regency_admin_sees_the_tables(self, as_person):
        text = as_person("rini").get(reverse("admin:index")).content.decode()
        assert "Pengaturan LindungDesa" in text
        for name in ("villages_user", "villages_regency", "enrollment_quota"):
            assert changelist(name) in text

    def test_the_superuser_opens_every_table(self, superuser):
        for model in admin.site._registry:
            meta = model._meta
            url = changelist(f"{meta.app_label}_{meta.model_name}")
            assert superuser.get(url).status_code == 200, url

    def test_the_superuser_without_an_office_sees_no_people(self, superuser):
        drafts.approve(subsidy := drafts.programme(), people.worker(1))
        decree = drafts.draft(subsidy)
        assert superuser.get(reverse("decree_detail", args=[decree.pk])).status_code == 403
        assert superuser.get(reverse("decree_list")).status_code == 403


def test_in_sijunjung_a_head_is_a_wali_nagari(as_person):
    people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
    people.NAMES.setdefault("sari", (Role.REGENCY_ADMIN, people.SIJUNJUNG))
    client = as_person("sari")
    form = client.get(reverse(ADD)).content.decode()
    assert "Wali nagari" in form
    assert "Operator nagari" in form
    own_names = ("LindungDesa", "_desa", "Desa Kampung Baru")  # the last is a nagari's real name
    for page in (form, client.get(changelist("villages_area")).content.decode()):
        for name in own_names:
            page = page.replace(name, "")
        assert "desa" not in page.lower()


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
        "villages_area": ("Senden", "Baureno"),
        "villages_regency": ("H. Bupati Trenggalek", "H. Bupati Bojonegoro"),
        "villages_agency": ("Dinas 35.03", "Dinas 35.22"),
        "villages_user": ("kartika", "kades_baureno"),
        "enrollment_quota": ("Program 35.03", "Program 35.22"),
    }

    @pytest.mark.parametrize("table", OWN_AND_OTHER)
    def test_lists_show_only_the_own_regency(self, table, as_person):
        own, other = self.OWN_AND_OTHER[table]
        asked = {"q": "en"} if table == "villages_area" else {}
        text = as_person("rini").get(changelist(table), asked).content.decode()
        assert own in text
        assert other not in text
        asked = {"q": "baureno"} if table == "villages_area" else {}
        assert other in as_person("boni").get(changelist(table), asked).content.decode()

    def test_a_row_of_another_regency_does_not_open(self, as_person):
        client = as_person("rini")
        with scope.whole_country("tests"):
            agency = Agency.objects.get(regency=people.BOJONEGORO)
            quota = Quota.objects.get(area=people.BAURENO)
            stranger = User.objects.get(username="kades_baureno")
        for table, pk in {
            "villages_area": people.BAURENO,
            "villages_regency": people.BOJONEGORO,
            "villages_agency": agency.pk,
            "villages_user": stranger.pk,
            "enrollment_quota": quota.pk,
        }.items():
            for page in ("change", "history"):
                url = reverse(f"admin:{table}_{page}", args=[pk])
                answer = client.get(url)
                assert (answer.status_code, answer["Location"]) == (302, reverse("admin:index"))

    def test_areas_of_other_regencies_are_not_suggested(self, as_person):
        asked = {"app_label": "villages", "model_name": "office", "field_name": "area"}
        url = reverse("admin:autocomplete")
        found = as_person("rini").get(url, {**asked, "term": "baureno"}).json()["results"]
        assert found == []
        found = as_person("boni").get(url, {**asked, "term": "baureno"}).json()["results"]
        assert {area["id"][:5] for area in found} == {people.BOJONEGORO}

    def test_the_profile_is_changed_by_its_own_admin(self, as_person):
        client = as_person("rini")
        url = reverse("admin:villages_regency_change", args=[people.TRENGGALEK])
        words = {
            "village_word": "desa", "village_head_word": "lurah", "bupati_name": "Bupati Baru",
            "bupati_title": "Bupati", "labour_office": "Dinas", "decree_city": "Trenggalek",
        }  # fmt: skip
        assert client.post(url, words).status_code == 302
        with scope.whole_country("tests"):
            assert Regency.objects.get(pk=people.TRENGGALEK).bupati_name == "Bupati Baru"

    def test_a_new_agency_belongs_to_the_own_regency_whatever_is_posted(self, as_person):
        url = reverse("admin:villages_agency_add")
        as_person("rini").post(url, {"name": "Dinas Baru", "regency": people.BOJONEGORO})
        with scope.whole_country("tests"):
            assert Agency.objects.get(name="Dinas Baru").regency_id == people.TRENGGALEK

    @pytest.mark.parametrize("table", NATIONAL)
    def test_regencies_can_only_read_national_tables(self, table, as_person, superuser):
        assert superuser.get(reverse(f"admin:{table}_add")).status_code == 200
        client = as_person("rini")
        assert client.get(changelist(table)).status_code == 200
        assert client.get(reverse(f"admin:{table}_add")).status_code == 403
        if table == "enrollment_tariff":
            pk = Tariff.objects.first().pk
            url = reverse(f"admin:{table}_change", args=[pk])
            assert client.get(url).status_code == 200
            assert client.post(url, {"source": "palsu"}).status_code == 403
            assert client.post(reverse(f"admin:{table}_delete", args=[pk])).status_code == 403


NO_OFFICES = {"offices-TOTAL_FORMS": "0", "offices-INITIAL_FORMS": "0"}


def one_office(role, area, agency="", **more):
    return {
        "offices-TOTAL_FORMS": "1",
        "offices-INITIAL_FORMS": "0",
        "offices-0-role": role,
        "offices-0-area": area,
        "offices-0-agency": agency,
        "offices-0-starts_on": "2026-01-01",
        **more,
    }


def new_account(username="kades.baru", **offices):
    return {"username": username, "first_name": "Baru", **(offices or NO_OFFICES)}


ADD = "admin:villages_user_add"


class TestAccounts:
    def test_a_regency_admin_creates_a_village_head(self, as_person):
        words = new_account(**one_office("kepala_desa", people.SENDEN))
        answer = as_person("rini").post(reverse(ADD), words)
        with scope.whole_country("tests"):
            user = User.objects.get(username="kades.baru")
            assert answer.url == reverse("admin:auth_user_password_change", args=[user.pk])
            assert (user.area_id, user.is_superuser) == (people.TRENGGALEK, False)
            assert not user.has_usable_password()
            assert [office.area_id for office in user.offices.all()] == [people.SENDEN]

    @pytest.mark.parametrize(
        ("role", "area", "sentence"),
        [
            ("kepala_desa", people.BAURENO, "Pilih"),
            ("kepala_desa", people.KAMPAK, "pilih wilayahnya"),
            ("kecamatan", people.SENDEN, "pilih kecamatannya"),
            ("verifikator", people.SENDEN, "pilih kabupatennya"),
            ("opd", people.TRENGGALEK, "Hanya peran OPD"),
        ],
    )
    def test_an_office_in_the_wrong_area_is_refused(self, role, area, sentence, as_person):
        people.regency(people.BOJONEGORO)
        answer = as_person("rini").post(reverse(ADD), new_account(**one_office(role, area)))
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
        with scope.whole_country("tests"):
            assert not User.objects.filter(username="kades.baru").exists()

    def test_extra_posted_fields_neither_make_a_superuser_nor_move_an_account(self, as_person):
        more = {"is_superuser": "on", "is_staff": "on", "area": people.BOJONEGORO}
        as_person("rini").post(reverse(ADD), {**new_account(), **more})
        with scope.whole_country("tests"):
            user = User.objects.get(username="kades.baru")
        assert (user.is_superuser, user.is_staff, user.area_id) == (False, False, "35.03")

    def test_a_regency_admin_cannot_reach_a_superusers_account(self, as_person):
        with scope.whole_country("tests"):
            root = User.objects.create_superuser("root")
        client = as_person("rini")
        for url in (
            reverse("admin:villages_user_change", args=[root.pk]),
            reverse("admin:auth_user_password_change", args=[root.pk]),
        ):
            assert client.get(url).status_code in (302, 404)
        assert "root" not in client.get(changelist("villages_user")).content.decode()

    def test_a_username_taken_in_another_regency_is_reported(self, as_person):
        people.hold("kades_baureno", Role.VILLAGE_HEAD, people.BAURENO)
        answer = as_person("rini").post(reverse(ADD), new_account("kades_baureno"))
        assert "Nama pengguna ini sudah dipakai" in answer.content.decode()

    def test_offices_end_and_are_not_deleted(self, as_person):
        office = people.office("kartika")
        words = {
            "username": "kartika", "first_name": "Kartika", "is_active": "on",
            **one_office("kepala_desa", people.SENDEN),
            "offices-INITIAL_FORMS": "1", "offices-0-id": office.pk, "offices-0-DELETE": "on",
            "offices-0-user": office.user_id, "offices-0-ends_on": "2026-06-30",
        }  # fmt: skip
        assert as_person("rini").post(account_of("kartika"), words).status_code == 302
        with scope.whole_country("tests"):
            assert str(Office.objects.get(pk=office.pk).ends_on) == "2026-06-30"

    def test_an_account_of_one_regency_gets_no_office_in_another(self, superuser):
        """Otherwise its regency's admin could set its password and act in the other one."""
        people.regency(people.BOJONEGORO)
        office = people.office("bima")
        words = {
            "username": "bima", "first_name": "Bima", "is_active": "on",
            "area": people.TRENGGALEK, **one_office("bpjs", people.BOJONEGORO),
        }  # fmt: skip
        answer = superuser.post(account_of("bima"), words)
        assert "minta pengelola sistem" in answer.content.decode()
        answer = superuser.post(account_of("bima"), words | {"area": ""})
        assert answer.status_code == 302
        with scope.whole_country("tests"):
            assert Office.objects.filter(user=office.user).count() == 2

    def test_the_number_of_queries_does_not_grow_with_the_accounts(self, as_person):
        client = as_person("rini")
        counts = []
        for more in (["vera"], ["amir", "kartika"]):
            for name in more:
                people.office(name)
            with CaptureQueriesContext(connection) as queries:
                client.get(changelist("villages_user"))
            counts.append(len(queries))
        assert counts[0] == counts[1]


def test_a_village_is_renamed_by_its_regency(as_person):
    client = as_person("rini")
    url = reverse("admin:villages_area_change", args=[people.SENDEN])
    words = {"name": "Senden Baru", "current": "on"}
    assert client.post(url, words).status_code == 302
    assert Area.objects.get(pk=people.SENDEN).name == "Senden Baru"


def test_places_taken_while_a_quota_is_edited_are_told_in_words(as_person, monkeypatch):
    subsidy = making.programme(village_quota=9)
    making.submitted(subsidy, 3)
    with scope.whole_country("tests"):
        quota = Quota.objects.get(programme=subsidy, area=people.SENDEN)
    monkeypatch.setattr(Quota, "validate_constraints", lambda *given, **options: None)
    url = reverse("admin:enrollment_quota_change", args=[quota.pk])
    answer = as_person("rini").post(
        url, {"programme": subsidy.pk, "area": people.SENDEN, "people": 2}, follow=True
    )
    assert "di bawah jumlah orang yang sudah diusulkan" in answer.content.decode()
    with scope.whole_country("tests"):
        quota.refresh_from_db()
    assert (quota.people, quota.used) == (9, 3)
