"""/pengaturan/ and /pengelola/ in a real browser: under the strict content policy, and accessible.

Each page of the settings is looked at by tests/pages/test_every_page.py; here is what those pages
show only after something was sent.
"""

import pytest
from django.urls import reverse

from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.proposals import making
from tests.villages.test_transfers import AREAS, preview, workbook
from villages.models import User

pytestmark = pytest.mark.django_db
TABLES = ("index", "villages_area_changelist", "enrollment_tariff_add")


@pytest.fixture
def superuser(client):
    user = User.objects.create_superuser("akar")
    client.force_login(user, backend="villages.backends.OfficeHolderBackend")
    return client


@pytest.mark.every
def test_the_platforms_pages_work_under_the_content_policy(superuser, page_at):
    page = page_at(1280, superuser)
    for name in TABLES:
        page.goto(HOME + reverse(f"admin:{name}"))
        assert_quiet(page)
        assert_accessible(page)
        page.complaints.clear()  # about the accessibility checker's own styles


@pytest.mark.parametrize(
    "row", [[people.SENDEN, "Senden Raya", "desa"], [people.SENDEN, "X", "kampung"]]
)
def test_a_preview_and_its_refusal_fit_and_are_accessible(row, as_person, page_at):
    shown = preview(as_person("rini"), "area", workbook(AREAS, row))
    page = page_at(360)
    page.set_content(shown.content.decode())
    assert_accessible(page)


def test_many_quotas_are_changed_in_a_browser(as_person, page_at):
    subsidy = making.programme(village_quota=7)
    page = page_at(360, as_person("rini"))
    page.goto(HOME + reverse("quota_bulk", args=[subsidy.pk]))
    page.get_by_label("Kuota baru").fill("1.000")
    page.get_by_text("semua yang sesuai saringan").click()
    page.get_by_role("button", name="Lihat pratinjau").click()
    page.get_by_role("button", name="Simpan kuota").wait_for()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Simpan kuota").click()
    page.get_by_text("Kuota 157 wilayah diubah").wait_for()
    assert_quiet(page)


def test_the_superuser_finds_an_area_by_typing(superuser, page_at):
    page = page_at(1280, superuser)
    page.goto(HOME + reverse("admin:villages_agency_add"))
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").fill("kampak")
    page.get_by_role("option", name="Kampak").first.click()
    assert page.locator("#id_regency").input_value().startswith(people.TRENGGALEK)
    assert_quiet(page)


def test_an_office_is_handed_over_in_a_browser_without_a_script(as_person, page_at):
    office = people.office("kartika")
    page = page_at(360, as_person("rini"), javascript=False)
    page.goto(HOME + reverse("account_detail", args=[office.user_id]))
    page.get_by_role("link", name="Serahkan jabatan").click()
    page.get_by_label("Nama pengguna penggantinya").fill("kades.baru")
    page.get_by_label("Nama penggantinya").fill("Siti Aminah")
    page.get_by_role("button", name="Serahkan jabatan").click()
    page.get_by_text("diserahkan dari Kartika kepada Siti Aminah").wait_for()
    page.get_by_role("button", name="Ya, buat kode").click()
    page.get_by_role("heading", name="Kode untuk Siti Aminah").wait_for()
