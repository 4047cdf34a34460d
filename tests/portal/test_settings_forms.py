"""Pages of the settings and of a programme's rules are alike: name, width, buttons, way back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.navigation import SETTINGS
from tests.pages.source import on_one_line
from tests.proposals import making

pytestmark = pytest.mark.django_db
FORMS = {
    *("role_pairs", "profile_edit", "limit_edit", "illness_question", "freezes", "reason_list"),
    "self_pay_text",
}
TOMORROW = f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}"
RULES = {
    "jadwal": {"submit_until": TOMORROW},
    "jalur": {"desa": "langsung", "kelurahan": "langsung"},
    "naskah": {"asked": "no", "niks": "masked"},
    "pernyataan": {"weight": "tidak", "months": "12"},
}


def text(answer):
    return on_one_line(answer.content.decode())


def assert_alike(page, back):
    form = page.split('<form class="form panel')[1].split("</form>")[0]
    assert '<button class="btn btn-primary">Simpan</button>' in form
    assert f'<a class="btn btn-link" href="{back}">Batal</a>' in form


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.url_name)
def test_a_setting_is_called_as_its_menu_calls_it_and_its_form_is_like_the_others(
    as_person, setting
):
    rini = as_person("rini")
    answer = rini.get(reverse(setting.url_name))
    if answer.status_code != 200:
        pytest.skip("a page of the platform alone")
    page = text(answer)
    if setting.url_name in FORMS:
        assert f"<h1>{setting.label}</h1>" in page
        assert_alike(page, "/pengaturan/")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_of_a_programme_leads_back_to_it(as_person, rule):
    subsidy, rini = making.programme(), as_person("rini")
    url, back = f"/program/{subsidy.pk}/{rule}/", f"/program/{subsidy.pk}/"
    assert_alike(text(rini.get(url)), back)
    saved = rini.post(url, RULES[rule])
    assert (saved.status_code, saved["Location"]) == (302, back)


@pytest.mark.parametrize(
    ("url", "heading", "typed"),
    [
        (
            "/pengaturan/rangkap/",
            "Hapus",
            {"first": "auditor", "second": "kecamatan", "reason": "Tidak boleh"},
        ),
        ("/pengaturan/alasan/", "Hapus", {"verb_name": "return", "text": "Alamat belum jelas"}),
        (
            "/pengaturan/masa-beku/",
            "Akhiri",
            {"move": "all", "first": TOMORROW, "last": TOMORROW, "reason": "Pemilihan"},
        ),
    ],
)
def test_a_column_of_buttons_is_there_only_with_a_button(as_person, url, heading, typed):
    rini = as_person("rini")
    assert f">{heading}</th>" not in text(rini.get(url))
    assert f">{heading}</th>" in text(rini.post(url, typed, follow=True))
