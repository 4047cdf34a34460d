"""/pengaturan/ in a real browser: works under the strict content policy and is accessible."""

import pytest
from django.urls import reverse

from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_quiet
from tests.villages.test_transfers import AREAS, preview, workbook
from villages.models import User

pytestmark = pytest.mark.django_db


def test_pages_work_under_the_content_policy(as_person, page_at):
    client = as_person("rini")
    kartika = people.office("kartika")
    page = page_at(1280, client)
    for name, arguments in {
        "index": [],
        "villages_area_changelist": [],
        "villages_area_import": [],
        "villages_regency_change": [people.TRENGGALEK],
        "villages_user_changelist": [],
        "villages_user_add": [],
        "villages_user_change": [kartika.user_id],
        "enrollment_quota_add": [],
    }.items():
        page.goto(HOME + reverse(f"admin:{name}", args=arguments))
        assert_quiet(page)
        assert_accessible(page)
        page.complaints.clear()  # about the accessibility checker's own styles


def test_a_preview_is_accessible(as_person, page_at):
    shown = preview(
        as_person("rini"), "villages_area", workbook(AREAS, [people.SENDEN, "X", "desa"])
    )
    page = page_at(1280)
    page.set_content(shown.content.decode())
    assert_accessible(page)


def test_the_superuser_finds_an_area_by_typing(client, page_at):
    user = User.objects.create_superuser("akar")
    client.force_login(user, backend="villages.backends.OfficeHolderBackend")
    page = page_at(1280, client)
    page.goto(HOME + reverse("admin:villages_agency_add"))
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").fill("kampak")
    page.get_by_role("option", name="Kampak").first.click()
    assert page.locator("#id_regency").input_value().startswith(people.TRENGGALEK)
    assert_quiet(page)


def test_the_area_of_an_office_is_chosen_from_a_list(as_person, page_at):
    page = page_at(360, as_person("rini"))
    page.goto(HOME + reverse("admin:villages_user_add"))
    page.get_by_text("Tambahkan Jabatan", exact=False).first.click()
    page.locator("#id_offices-0-area").select_option(people.SENDEN)
    assert_quiet(page)
