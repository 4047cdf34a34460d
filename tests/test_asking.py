"""Days that are years away and numbers that leap are asked about, in every form that keeps them."""

from datetime import date

import pytest
from django import forms
from django.urls import reverse

from enrollment.asking import (
    CHOOSE_AGAIN,
    WITHOUT_FILE,
    AsksAboutDays,
    AsksForFile,
    AsksOnce,
)
from enrollment.numbers import AsksAboutLeaps, WholeField, written
from enrollment.programmes.models import Payer
from enrollment.retention.models import Retention
from enrollment.reverification.models import ReverificationRule
from enrollment.statements.models import StatementRule
from tests import people
from tests.proposals import making
from tests.test_numbers import forms_of_the_project
from villages import scope
from villages.models import Office, User

DAYS_ELSEWHERE = {
    "DecreeForm": "impossible days are refused, and months that are over asked about",
    "HandOverForm": "within a year from now, and not before the office began",
    "LegalBasisForm": "asks by a rule of its own: regulations are old",
    "DisclosureFilter": "keeps nothing",
    "InForceForm": "keeps nothing",
    "RevokeForm": "from the day of the newest amendment until today",
    "ReceiveForm": "impossible days are refused",
    "RegistrationForm": "only from the decree's day until today",
    "ReverificationForm": "no day to come, and none before the last minutes",
    "WorkerForm": "a birth date or term is checked by the rules of the person",
}
NUMBERS_ELSEWHERE = {
    "BulkQuotaForm": "a page before it is kept shows what changes and leaps",
    "Entry": "an example of the gallery",
    "LossForm": "keeps nothing",
    "SettleForm": "the number of a row",
    "WhatIfForm": "keeps nothing",
    "GapForm": "keeps nothing",
    "BandForm": "is always a new one",
    "ArrangementForm": "the number of an annex and places of columns, each with bounds",
}
NOT_KEPT = {"ProgrammeForm": {"year", "people"}}
"""Numbers of watched forms that need no question: a year has bounds, a plan is only computed."""


def forms_with(kind):
    return [
        form for form in forms_of_the_project()
        if any(isinstance(field, kind) for field in form.base_fields.values())
    ]  # fmt: skip


def named(form, kind):
    return {name for name, field in form.base_fields.items() if isinstance(field, kind)}


def test_every_day_that_a_form_keeps_is_watched():
    found = forms_with(forms.DateField)
    watched = [form for form in found if issubclass(form, AsksAboutDays)]
    assert len(watched) > 6
    for form in watched:
        assert set(form.days) == named(form, forms.DateField), form
    others = {form.__name__ for form in found if form not in watched}
    assert others - DAYS_ELSEWHERE.keys() == set()


def test_every_number_that_a_form_changes_is_watched():
    found = forms_with(WholeField)
    watched = [form for form in found if issubclass(form, AsksAboutLeaps)]
    assert len(watched) > 4
    for form in watched:
        kept = named(form, WholeField) - NOT_KEPT.get(form.__name__, set())
        assert kept - set(form.leaping) == set(), form
    others = {form.__name__ for form in found if form not in watched}
    assert others - NUMBERS_ELSEWHERE.keys() == set()


def test_no_form_is_sent_again_without_the_file_that_was_chosen():
    """One that needs a file refuses to be sent without it, with what was typed."""
    for form in forms_with(forms.FileField):
        optional = [
            name for name, field in form.base_fields.items()
            if isinstance(field, forms.FileField) and not field.required
        ]  # fmt: skip
        # Pasted rows instead of a file; an example of the gallery.
        kept = issubclass(form, AsksForFile) or form.__name__ in ("UploadForm", "Entry")
        assert not optional or kept, form


@pytest.mark.parametrize("again", [True, False])
def test_a_file_that_was_chosen_before_the_session_ended_is_asked_for_once(again):
    class Sending(AsksForFile):
        file = forms.FileField(required=False)

    form = Sending({WITHOUT_FILE: "1"} if again else {})
    assert form.is_valid() is not again
    assert form.errors.get("file", []) == ([CHOOSE_AGAIN] if again else [])


def test_what_was_asked_is_nothing_that_somebody_filled_in():
    class Asking(AsksOnce):
        name = forms.CharField(required=False)

    assert not Asking({"sure": "asked", "name": ""}, empty_permitted=True,
                      use_required_attribute=False).has_changed()  # fmt: skip


def sent_twice(client, url, typed, question):
    """The first time it is asked about; sent again as the page gives it back, it is kept."""
    asked = client.post(url, typed)
    assert asked.status_code == 200
    assert question in asked.text and "Simpan sekali lagi bila benar" in asked.text
    prefix = "jabatan-" if 'name="jabatan-sure"' in asked.text else ""
    answer = asked.text.split(f'name="{prefix}sure" value="')[1].split('"')[0]
    return client.post(url, {**typed, f"{prefix}sure": answer})


def ends(office):
    with scope.whole_country("tests"):
        return Office.objects.get(pk=office.pk).ends_on


@pytest.mark.django_db
class TestOffices:
    FAR = {"starts_on": "2024-01-01", "ends_on": "2062-12-31"}
    QUESTION = "31 Desember 2062?"

    def test_the_end_of_a_term(self, as_person):
        office = people.office("kartika")
        url = f"/pengaturan/jabatan/{office.public_id}/masa/"
        rini = as_person("rini")
        kept = rini.post(url, {"starts_on": "2024-01-01", "ends_on": "2032-01-01"})
        assert kept.status_code == 302 and ends(office) == date(2032, 1, 1)
        assert rini.post(url, self.FAR).status_code == 200
        assert ends(office) == date(2032, 1, 1)
        assert sent_twice(rini, url, self.FAR, self.QUESTION).status_code == 302
        assert ends(office) == date(2062, 12, 31)

    def test_an_office_for_an_account(self, as_person):
        url = f"/pengaturan/akun/{people.office('kartika').user_id}/jabatan/"
        given = {"role": "operator_desa", "area": people.BOGORAN, **self.FAR}
        assert sent_twice(as_person("rini"), url, given, self.QUESTION).status_code == 302

    def test_the_first_office_of_a_new_account_which_may_still_be_left_out(self, as_person):
        url, rini = "/pengaturan/akun/baru/", as_person("rini")
        who = {"username": "baru.bogoran", "first_name": "Baru"}
        first = {"jabatan-role": "operator_desa", "jabatan-area": people.BOGORAN,
                 "jabatan-starts_on": "2026-01-01", "jabatan-ends_on": "2062-12-31"}  # fmt: skip
        assert sent_twice(rini, url, who | first, self.QUESTION).status_code == 302
        left_out = {"username": "lain.bogoran", "first_name": "Lain", "jabatan-sure": "asked",
                    "jabatan-starts_on": "2026-01-01"}  # fmt: skip
        assert rini.post(url, left_out).status_code == 302


@pytest.mark.django_db
def test_who_signs(as_person):
    typed = {"capacity": "head", "name": "Drs. H. Sutrisno", "valid_from": "2025-02-20"}
    rini, url = as_person("rini"), "/pengaturan/penandatangan/baru/"
    far = typed | {"valid_until": "2300-02-20"}
    assert sent_twice(rini, url, far, "20 Februari 2300?").status_code == 302
    usual = typed | {"valid_until": "2030-02-20"}
    assert rini.post(url, usual).status_code == 302


@pytest.mark.django_db
def test_an_agreement_with_bpjs(as_person):
    programme = making.programme()
    url = f"/program/{programme.pk}/dana/"
    typed = {"agreement_from": "2206-01-01", "agreement_until": "2206-12-31", "refund": "belum"}
    assert sent_twice(as_person("rini"), url, typed, "1 Januari 2206?").status_code == 302
    with scope.whole_country("tests"):
        assert Payer.objects.get(programme=programme).agreement_from.year == 2206


@pytest.mark.django_db
def test_months_that_leap_tenfold(as_person):
    programme, rini = making.programme(), as_person("rini")
    url = f"/program/{programme.pk}/pernyataan/"
    typed = {"weight": "peringatan", "months": "1"}
    assert sent_twice(rini, url, typed, "Dari 12 menjadi 1?").status_code == 302
    url = f"/program/{programme.pk}/verifikasi-ulang/aturan/"
    assert rini.post(url, {"months": "24"}).status_code == 302
    assert sent_twice(rini, url, {"months": "2"}, "Dari 24 menjadi 2?").status_code == 302
    with scope.whole_country("tests"):
        assert StatementRule.objects.get(pk=programme.pk).months == 1
        assert ReverificationRule.objects.get(pk=programme.pk).months == 2


@pytest.mark.django_db
class TestOfAProgramme:
    @pytest.mark.parametrize(
        ("name", "typed", "question"),
        [
            ("months", "1", "Dari 12 menjadi 1?"),
            ("minimum_age", "1", "Dari 17 menjadi 1?"),
            ("maximum_age", "660", "Dari 65 menjadi 660?"),
            ("family_limit", "20", "Dari 1 menjadi 20?"),
        ],
    )
    def test_its_small_numbers_are_asked_about_too(self, as_person, name, typed, question):
        programme = making.programme(opened=False, family_limit=1)
        rini, url = as_person("rini"), f"/program/{programme.pk}/ubah/"
        form = rini.get(url).context["form"]
        given = {field: form[field].value() for field in form.fields}
        given = {field: value for field, value in given.items() if value not in (None, "", False)}
        answer = rini.post(url, given | {name: typed, "save": "1"})
        assert question in answer.text and "Simpan sekali lagi" in answer.text
        assert getattr(making.fresh(programme), name) == getattr(programme, name)


@pytest.mark.django_db
class TestOnThePagesOfThePlatform:
    @pytest.fixture
    def root(self, client):
        user = User.objects.create_superuser("akar")
        client.force_login(user, backend="villages.backends.OfficeHolderBackend")
        return client

    def test_how_long_data_is_kept(self, root):
        kept = Retention.objects.order_by("days").first()
        url = reverse("admin:enrollment_retention_change", args=[kept.pk])
        typed = {"kind": kept.kind, "days": str(kept.days * 11)}
        question = f"Dari {written(kept.days)} menjadi {written(kept.days * 11)}?"
        assert sent_twice(root, url, typed, question).status_code == 302
        assert Retention.objects.get(pk=kept.pk).days == kept.days * 11

    def test_a_quota(self, root):
        programme = making.programme(village_quota=1000)
        with scope.whole_country("tests"):
            quota = programme.quotas.first()
        url = reverse("admin:enrollment_quota_change", args=[quota.pk])
        typed = {"programme": str(programme.pk), "area": quota.area_id, "people": "1"}
        answer = sent_twice(root, url, typed, "Dari 1.000 menjadi 1?")
        assert answer.status_code == 302 and making.fresh(quota).people == 1
