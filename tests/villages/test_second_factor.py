"""The second factor: asked at log-in and again for what matters, and nobody gets round it."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.launch.embedded import wait_until
from tests import people
from tests.access import addresses
from tests.decrees import drafts
from tests.villages.second_factor import code_of, device_of, give, later, typed
from tests.waiting import somebody_waits
from villages import scope
from villages.accounts.factor import actions, proof
from villages.accounts.factor.forms import CODE
from villages.accounts.models import AccountRecord, Attempts, RecoveryCode
from villages.models import Regency, User

pytestmark = pytest.mark.django_db
Kind = AccountRecord.Kind
SET_UP, LOGIN_CODE = "/akun/dua-langkah/", "/masuk/kode/"


@pytest.fixture
def amir():
    """The approver, with a second factor."""
    user = people.office("amir").user
    user.paper = give("amir")
    return user


def with_password(user, next_page=""):
    client = Client()
    words = {"username": user.username, "password": people.PASSWORD, "next": next_page}
    assert client.post(reverse("login"), words).url == LOGIN_CODE
    return client


def logged_in(user):
    client = with_password(user)
    assert client.post(LOGIN_CODE, typed(code_of(user))).status_code == 302
    return client


def move_proof_back(client, seconds=3600):
    session = client.session
    session[proof.PROVEN] = int(time.time()) - seconds
    session.save()


def kinds_of(user):
    with scope.identity(user_id=user.pk):
        return list(AccountRecord.objects.filter(user=user).values_list("kind", flat=True))


# --- Logging in in two steps


def test_a_code_follows_the_password_and_leads_to_the_page_that_was_wanted(amir):
    client = with_password(amir, "/usulan/")
    page = client.get(LOGIN_CODE).text
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert client.post(LOGIN_CODE, typed(code_of(amir))).url == "/usulan/"
    assert client.get("/usulan/").status_code == 200


def test_the_password_alone_opens_no_page_and_no_part_of_one(amir):
    """Every address without arguments, as a page, a part of one and something sent."""
    urls = [
        reverse(name, kwargs=address.fixed)
        for name, address in addresses.DECLARED.items()
        if address.of is None and not address.public and not address.ends_session
    ]
    entered = logged_in(amir)
    assert sum(entered.get(url).status_code == 200 for url in urls) > 10
    later(amir)
    client = with_password(amir)
    for url in urls:
        for answer in (
            client.get(url),
            client.get(url, headers={"HX-Request": "true"}),
            client.post(url),
        ):
            led_to = answer.get("Location") or answer.get("HX-Redirect")
            assert led_to.startswith(reverse("login")), url
    assert SESSION_KEY not in client.session


def test_without_the_password_the_code_page_asks_nobody(client, amir):
    assert client.post(LOGIN_CODE, typed(code_of(amir))).url == reverse("login")
    assert SESSION_KEY not in client.session


def test_a_password_that_changed_meanwhile_or_was_long_ago_is_asked_again(amir):
    changed, old = with_password(amir), with_password(amir)
    session = old.session
    session[proof.WAITING] |= {"at": int(time.time()) - proof.PATIENCE - 1}
    session.save()
    assert old.get(LOGIN_CODE).url == reverse("login")
    assert changed.get(LOGIN_CODE).status_code == 200
    with scope.identity(user_id=amir.pk):
        account = User.objects.get(pk=amir.pk)
        account.set_password("lain-sekali-12")
        account.save()
    assert changed.get(LOGIN_CODE).url == reverse("login")


def test_a_code_is_good_once(amir):
    code = code_of(amir)
    first, second = with_password(amir), with_password(amir)
    assert first.post(LOGIN_CODE, typed(code)).status_code == 302
    assert "sudah dipakai" in second.post(LOGIN_CODE, typed(code)).text
    assert SESSION_KEY not in second.session


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "٠١٢٣٤٥", "0" * 40, "1_2_3_4", "a\0b"])
def test_what_is_no_code_is_refused(amir, code):
    client = with_password(amir)
    assert client.post(LOGIN_CODE, typed(code)).status_code == 200
    assert SESSION_KEY not in client.session


def test_a_code_may_be_typed_with_a_space(amir):
    code = code_of(amir)
    client = with_password(amir)
    assert client.post(LOGIN_CODE, typed(f"{code[:3]} {code[3:]}")).status_code == 302


def test_guesses_are_slowed_down_and_the_right_password_does_not_help(amir):
    """Counted with the password, six guesses and one log-in would go on for ever."""
    for _ in range(7):
        client = with_password(amir)
        answer = client.post(LOGIN_CODE, typed("000000"))
        if answer.status_code == 429:
            break
        Attempts.objects.update(free_at=timezone.now())
    answer = with_password(amir).post(LOGIN_CODE, typed("000001"))
    answer = with_password(amir).post(LOGIN_CODE, typed(code_of(amir)))
    assert answer.status_code == 429
    assert "Terlalu banyak percobaan" in answer.text
    Attempts.objects.update(free_at=timezone.now())
    assert with_password(amir).post(LOGIN_CODE, typed(code_of(amir))).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_at_once_use_a_code_once():
    """The second waits for the device's row. The control read it without: to it the code is new."""
    user = people.office("amir").user
    give("amir")
    code = code_of(user)
    started, over, together = Event(), Event(), ThreadPoolExecutor(2)

    def first():
        with transaction.atomic():
            right = actions.is_right(user, code, address=None)
            started.set()
            over.wait(60)
        connection.close()
        return right

    def second():
        started.wait(30)
        control = device_of(user)
        right = actions.is_right(user, code, address=None)
        connection.close()
        return control.last_t == -1, right

    one, two = together.submit(first), together.submit(second)
    try:
        wait_until(somebody_waits, 60, "nobody waits for the open transaction")
    finally:
        over.set()
    assert (one.result(), two.result()) == (True, (True, False))


# --- Recovery codes


def test_a_recovery_code_logs_in_once_and_is_recorded(amir):
    code = amir.paper[0]
    assert with_password(amir).post(LOGIN_CODE, typed(code.lower())).status_code == 302
    assert with_password(amir).post(LOGIN_CODE, typed(code)).status_code == 200
    assert kinds_of(amir).count(Kind.RECOVERY_USED) == 1
    assert actions.recovery_codes_left(amir) == 9


def test_recovery_codes_are_kept_as_digests_and_end_when_new_ones_are_made(amir):
    with scope.identity(user_id=amir.pk):
        kept = [str(vars(row)) for row in RecoveryCode.objects.all()]
    assert len(kept) == len(amir.paper) == 10
    assert not any(code in row for code in amir.paper for row in kept)
    client = logged_in(amir)
    url = reverse("recovery_codes")
    assert "Buat kode pemulihan baru?" in client.get(url).text
    new = client.post(url).context["codes"]
    assert not any(code in client.get(url).text for code in new), "shown once"
    assert with_password(amir).post(LOGIN_CODE, typed(amir.paper[0])).status_code == 200
    assert with_password(amir).post(LOGIN_CODE, typed(new[0])).status_code == 302


# --- Setting up


def test_setting_up_takes_a_right_code_and_ends_the_other_sessions(as_person):
    user = people.office("kartika").user
    elsewhere = Client()
    elsewhere.force_login(user)
    client = as_person("kartika")
    page = client.get(SET_UP)
    assert page.context["picture"].startswith("data:image/svg+xml")
    assert page.context["secret"] in page.text
    assert "Kode tidak cocok" in client.post(SET_UP, typed("000000")).text
    assert not actions.is_on(user)
    codes = client.post(SET_UP, typed(code_of(user))).context["codes"]
    assert len(set(codes)) == 10
    assert actions.is_on(user)
    assert client.get("/pekerja/").status_code == 200
    assert elsewhere.get("/pekerja/").status_code == 302
    assert Kind.FACTOR_ON in kinds_of(user)


def test_the_secret_is_shown_until_the_first_code_and_never_again(as_person):
    user = people.office("kartika").user
    client = as_person("kartika")
    secret = client.get(SET_UP).context["secret"]
    assert client.get(SET_UP).context["secret"] == secret
    client.post(SET_UP, typed(code_of(user)))
    answer = client.get(SET_UP)
    assert answer.url == reverse("account")
    assert secret not in client.get(answer.url).text


def test_a_secret_that_another_session_has_seen_is_not_set_up(as_person):
    """Else whoever had the password for a while would keep the codes after it has changed."""
    user = people.office("kartika").user
    others = Client()
    others.force_login(user)
    seen = others.get(SET_UP).context["secret"]
    client = as_person("kartika")
    assert client.get(SET_UP).context["secret"] != seen
    shown = others.post(SET_UP, typed(code_of(user)))
    assert "Kode tidak cocok" in shown.text, "the other session is shown a new one, too"
    client.get(SET_UP)
    assert "Kode pemulihan Anda" in client.post(SET_UP, typed(code_of(user))).text


def test_no_scope_shows_secrets_or_recovery_codes_of_others(amir):
    tables = (type(device_of(amir)), RecoveryCode)
    with scope.identity(user_id=amir.pk):
        assert all(table.objects.exists() for table in tables), "there is something to see"
    with scope.whole_country("tests"):
        assert not any(table.objects.exists() for table in tables)
    for name in ("rini", "kartika"):
        with scope.enter(people.office(name)):
            assert not any(table.objects.exists() for table in tables)
            assert not any(table.objects.all().delete()[0] for table in tables)


def test_the_platforms_pages_do_not_have_the_secrets(client):
    user = User.objects.create_superuser("akar")
    client.force_login(user, backend="villages.backends.OfficeHolderBackend")
    page = client.get(reverse("admin:index")).text
    assert "Pengguna" in page
    assert "TOTP" not in page
    assert client.get("/pengelola/otp_totp/totpdevice/").status_code == 404


def test_removing_it_takes_a_code_and_the_recovery_codes_end_too(amir):
    client = logged_in(amir)
    move_proof_back(client)
    later(amir)
    url = reverse("factor_off")
    assert "sekali lagi" in client.post(url).text
    assert actions.is_on(amir)
    client.post(url, typed(code_of(amir)))
    client.post(url)
    assert not actions.is_on(amir)
    assert actions.recovery_codes_left(amir) == 0
    assert Kind.FACTOR_OFF in kinds_of(amir)


# --- Who must have it


@pytest.mark.parametrize("name", ["amir", "rini", "bima", "audi"])
def test_in_production_these_roles_reach_nothing_before_it_is_set_up(as_person, settings, name):
    client = as_person(name)
    assert client.get("/").status_code == 200
    settings.SECOND_FACTOR_REQUIRED = True
    for url in ("/", "/program/", "/pengaturan/", "/lepas-dua-langkah/"):
        assert client.get(url).url == SET_UP
        assert client.post(url).url == SET_UP
    part = client.get("/usulan/", headers={"HX-Request": "true"})
    assert (part["HX-Redirect"], part.content) == (SET_UP, b"")
    assert client.get("/akun/").status_code == client.get("/kata-sandi/").status_code == 200
    client.get(SET_UP)
    client.post(SET_UP, typed(code_of(people.office(name).user)))
    assert client.get("/").status_code == 200


def test_an_office_that_must_have_it_counts_whichever_the_person_acts_in(as_person, settings):
    from villages.models import Role

    settings.SECOND_FACTOR_REQUIRED = True
    client = as_person("vera")
    assert client.get("/").status_code == 200
    people.become("vera", Role.APPROVER, people.TRENGGALEK)
    assert client.get("/").url == SET_UP


def test_the_platform_must_have_it_too(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    chief = User.objects.create_superuser("kepala", password=people.PASSWORD)
    client.force_login(chief)
    assert client.get("/pengaturan/").url == SET_UP
    client.get(SET_UP)
    assert "Kode pemulihan Anda" in client.post(SET_UP, typed(code_of(chief))).text
    assert client.get("/pengaturan/").status_code == 200
    later(chief)
    assert logged_in(chief).get("/pengaturan/").status_code == 200


def test_a_regency_asks_it_of_all_its_offices(as_person):
    people.office("kartika")
    assert as_person("kartika").get("/").status_code == 200
    with scope.whole_country("tests"):
        Regency.objects.filter(pk=people.TRENGGALEK).update(second_factor=True)
    assert as_person("kartika").get("/").url == SET_UP
    assert as_person("vino").get("/").status_code == 200
    assert as_person("kartika").post("/keluar/").status_code == 200


def test_the_admin_asks_it_of_all_in_the_settings(as_person):
    client = as_person("rini")
    url = reverse("profile_edit")
    form = client.get(url).context["form"]
    words = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert client.post(url, words | {"second_factor": "on"}).status_code == 302
    assert client.get("/").url == SET_UP


# --- Asked again


def test_the_code_field_of_the_forms_is_the_one_that_is_looked_for():
    assert typed("1") == {CODE: "1"}


def test_accounts_are_changed_after_a_code_and_what_was_typed_goes_on_from_there():
    rini, kartika = people.office("rini").user, people.office("kartika").user
    give("rini")
    client = logged_in(rini)
    url = reverse("account_edit", args=[kartika.pk])
    page = client.get(url)
    assert page.status_code == 200, "just logged in: not asked"
    form = page.context["form"]
    words = {name: form[name].value() or "" for name in form.fields} | {"is_active": "on"}
    words["first_name"] = "Kartika Dewi"
    move_proof_back(client)
    asked = client.post(url, words)
    assert "Kode dari HP, sekali lagi" in asked.text
    with scope.whole_country("tests"):
        assert User.objects.get(pk=kartika.pk).first_name == "Kartika"
    later(rini)
    carried = dict(asked.context["hidden"])
    assert carried["first_name"] == "Kartika Dewi"
    wrong = client.post(url, carried | typed("000000"))
    assert dict(wrong.context["hidden"]) == carried, "a wrong code loses nothing"
    assert client.post(url, carried | typed(code_of(rini))).status_code == 302
    with scope.whole_country("tests"):
        assert User.objects.get(pk=kartika.pk).first_name == "Kartika Dewi"


@pytest.mark.parametrize(
    "name",
    ["account_new", "account_upload", "account_edit", "account_code", "office_give", "office_term",
     "office_hand_over", "profile_edit"],
)  # fmt: skip
def test_pages_that_change_accounts_ask_before_they_open(name):
    rini, kartika = people.office("rini").user, people.office("kartika").user
    give("rini")
    client = logged_in(rini)
    office = people.office("kartika").public_id
    arguments = {"account_edit": [kartika.pk], "account_code": [kartika.pk],
                 "office_give": [kartika.pk], "office_term": [office],
                 "office_hand_over": [office]}  # fmt: skip
    url = reverse(name, args=arguments.get(name, []))
    move_proof_back(client)
    asked = client.get(url, headers={"Referer": "http://testserver/pengaturan/"})
    assert "sekali lagi" in asked.text
    assert 'href="http://testserver/pengaturan/">Kembali' in asked.text
    later(rini)
    answer = client.post(url, dict(asked.context["hidden"]) | typed(code_of(rini)), follow=True)
    assert answer.status_code == 200
    assert "sekali lagi" not in answer.text


def test_a_page_that_fails_after_the_code_leaves_nothing_proven():
    """Its transaction takes the code back, which would be good for ever, without a record."""
    rini = people.office("rini").user
    paper = give("rini")
    client = logged_in(rini)
    move_proof_back(client)
    carried = typed(paper[0]) | {proof.SENT: "1"}
    url = reverse("reset_ask")
    assert client.post(url, carried, query_params={"akun": "tidak-ada"}).status_code == 404
    assert actions.recovery_codes_left(rini) == 10
    assert "sekali lagi" in client.get(reverse("recovery_codes")).text
    assert client.post(reverse("recovery_codes"), carried).context["codes"]
    assert Kind.RECOVERY_USED in kinds_of(rini)


def test_a_file_is_chosen_once_more_and_the_page_says_so():
    user = people.office("rini").user
    give("rini")
    client = logged_in(user)
    url = reverse("account_upload")
    move_proof_back(client)
    later(user)
    file = SimpleUploadedFile("akun.xlsx", b"PK")
    asked = client.post(url, {"file": file})
    assert "Hanya berkasnya yang perlu Anda pilih sekali lagi" in asked.text
    again = client.post(url, dict(asked.context["hidden"]) | typed(code_of(user)))
    assert again.url == url
    assert "sekali lagi" not in client.get(url).text


def test_who_has_no_second_factor_is_not_asked(as_person):
    url = reverse("account_new")
    assert "sekali lagi" not in as_person("rini").get(url).text


def test_a_foreign_page_is_not_offered_as_the_way_back():
    rini = people.office("rini").user
    give("rini")
    client = logged_in(rini)
    move_proof_back(client)
    url = reverse("account_new")
    asked = client.get(url, headers={"Referer": "https://jahat.example/"})
    assert "sekali lagi" in asked.text
    assert "jahat.example" not in asked.text


def asked_by(client, user, url, method="get", **words):
    """Send while the proof is old; then give the code. Returns the last answer."""
    move_proof_back(client)
    later(user)
    asked = getattr(client, method)(url, words)
    assert "Kode dari HP, sekali lagi" in asked.text
    return client.post(url, dict(asked.context["hidden"]) | typed(code_of(user)))


def test_a_decree_is_issued_after_a_code():
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    draft = drafts.draft(subsidy)
    user = people.office("rini").user
    give("rini")
    client = logged_in(user)
    url = reverse("decree_issue", args=[draft.pk])
    move_proof_back(client)
    assert client.post(url).status_code == 200
    with scope.whole_country("tests"):
        assert not draft.issues.exists(), "the question alone issues nothing"
    assert asked_by(client, user, url, "post").url == reverse("decree_detail", args=[draft.pk])
    with scope.whole_country("tests"):
        assert draft.issues.exists()


def test_lists_with_full_niks_are_downloaded_after_a_code(amir):
    """The full annex and the returned workbook; no record says that anything was shown before."""
    client = logged_in(amir)
    for name in ("annex_full", "import_returned"):
        url = reverse(name, args=["00000000-0000-0000-0000-000000000000"])
        move_proof_back(client)
        assert "sekali lagi" in client.get(url).text
        assert asked_by(client, amir, url).url == url
        assert client.get(url).status_code == 404
