"""Every page of every role that works daily, asked for once and looked at in four ways.

A place is called on it what its regency calls it; each list can be printed and taken along; each
form on it is kept when it arrives without a session or with an old token; and an address that takes
forms only leads back to a page.

A module of its own, because what fills the pages stays until its end.
"""

import re
import zlib
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from tests import people
from tests.access.forms import forms_of, led_back
from tests.pages import populated
from tests.pages.walk import addresses
from tests.selection import EVERY, short
from tests.villages.test_kept_forms import KEPT, TOKEN, Browser
from villages import scope
from villages.accounts import kept
from villages.accounts.models import KeptForm

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@dataclass(frozen=True)
class Answer:
    """What an address answered to a role."""

    name: str
    url: str
    status: int
    leads_to: str
    led_back: bool
    packed: bytes
    """Packed, since a role is answered a few hundred times."""

    @property
    def text(self):
        """The HTML, "" of anything else."""
        return zlib.decompress(self.packed).decode()

    @property
    def page(self):
        """The HTML of a whole page that opens, "" of anything else."""
        text = self.text if self.status == 200 else ""
        return text if "<html" in text else ""


def asked(client, url, name):
    answer = client.get(url)
    is_html = not answer.streaming and "html" in answer.get("Content-Type", "")
    return Answer(
        name, url, answer.status_code, answer.get("Location", ""), led_back(answer),
        zlib.compress(answer.content if is_html else b"", level=1),
    )  # fmt: skip


@pytest.fixture(scope="module")
def sets(kept_for_module):
    """A regency whose villages are nagari, with something on every page."""
    profile = people.regency(people.TRENGGALEK)
    profile.village_word, profile.village_head_word = "nagari", "wali nagari"
    with scope.whole_country("test"):
        profile.save()
    return populated.build()


@pytest.fixture(scope="module")
def asked_before():
    return {}


@pytest.fixture
def answers_to(sets, asked_before, as_person):
    """`answers_to(who)`: of every address, with all rows, but only until it shows a list of names
    (with EVERY=1 with all of them); a process asks once."""

    def answers(who):
        if who not in asked_before:
            asked_before[who] = list(asked_by(as_person(who)))
        return asked_before[who]

    def asked_by(client):
        shown = set()
        for name, url in addresses(sets):
            if EVERY or name not in shown:
                answer = asked(client, url, name)
                yield answer
                if A_LIST.search(answer.page) and NAMED.search(answer.page):
                    shown.add(name)

    return answers


# Words

DESA = re.compile(r"\b(?:[Kk]epala )?[Dd]esa(?:nya)?\b|\b[Kk]ades\b|\bAPBDes\b")
"""In capitals it is quoted from a sheet, as it was typed there."""
HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1>|<!--.*?-->", re.DOTALL)
SHOWN = re.compile(r'\b(?:placeholder|title|aria-label|alt|content|data-label)="([^"]*)"')
WHERE_IT_IS_SET = {"profile_edit": {"desa", "kepala desa"}}
"""The page on which a regency chooses its words names the law's own."""


def words_of(html):
    """What a page says to somebody who sees or hears it."""
    html = HIDDEN.sub(" ", html)
    return unescape(" ".join([re.sub(r"<[^>]*>", " ", html), *SHOWN.findall(html)]))


@pytest.mark.parametrize("who", short(["rini", "kartika", "vera", "bima"], keep=2))
def test_no_page_says_desa_where_villages_are_nagari(who, answers_to):
    said, shown = set(), 0
    for answer in answers_to(who):
        words = words_of(answer.page)
        shown += bool(words)
        allowed = WHERE_IT_IS_SET.get(answer.name, ())
        said |= {
            (answer.name, answer.url, _around(words, found))
            for found in DESA.finditer(words)
            if found[0].lower() not in allowed
        }
    assert shown > 5
    assert not said, "\n".join(map(" | ".join, sorted(said)))


def _around(words, found):
    return " ".join(words[max(found.start() - 40, 0) : found.end() + 40].split())


# Lists

ROLES = ("rini", "kartika", "vera", "audi")
NO_LISTS = {
    "account": "the devices of one's own account",
    "account_detail": "the offices of one account",
    "area_detail": "who holds an office in one area",
    "settings": "what can be set up",
    "role_pairs": "a setting: which roles exclude each other, changed here",
    "approval_bands": "a setting: how many approvers, in two or three rows changed here",
    "home": "sums that link to their lists",
    "worker_detail": "one person",
    "proposal_list": "sums of each programme that link to their lists",
    "bulk_detail": "sums that link to their lists",
    "recheck_detail": "sums; its people have a file of their own",
    "quota_bulk": "a form; the list is quota_list",
    "import_mend": "rows to be corrected here; they have a file of their own",
    "import_differences": "a choice for each person",
    "renewal_gap": "sums of a simulation",
    "renewal_notes": "a letter for each person, all of them to be printed",
    "legal_bases": "the regulations of one programme, put in order here; the programme shows them",
}
"""Addresses whose tables or pages are no lists that anybody prints or takes along → what they are.
"""
A_LIST = re.compile(r'<table class="rows"|<nav class="pages"')
PAPER, FILE, OWN_FILE = "cetak=1", "unduh=xlsx", re.compile(r'href="[^"]*/unduh/')
"""Links to print all rows, to take them along, and to a workbook that can be uploaded again
(villages/settings/uploads.py)."""


def test_every_list_can_be_printed_and_taken_along(answers_to):
    whole, less = set(), {}
    for who in ROLES:
        for answer in answers_to(who):
            text = answer.text if answer.status == 200 else ""
            if answer.name in whole | less.keys() or not A_LIST.search(text):
                continue
            offered = PAPER in text and (FILE in text or OWN_FILE.search(text))
            whole.add(answer.name) if offered else less.setdefault(answer.name, answer.url)
    assert less.keys() == NO_LISTS.keys(), less
    assert {"change_list", "retention_list", "agency_list", "duplicate_list"} <= whole


NAMED = re.compile(r"<th[^>]*>\s*(?:<a[^>]*>\s*)?Nama\b")
SORTED = re.compile(r'[?&;]urut=|name="urutkan"')
NOT_SORTED = {
    "import_rows": "in the order of the sheet, beside which it is read",
    "decree_detail": "in the order of the annex",
    "list_in_force": "in the order of the annex",
    "duplicate_list": "cases of two people each, the oldest first",
    "fund_list": "the few funds of the regulations, in their order",
    "reason_list": "in the order in which they are offered",
}
"""Lists with names that nobody sorts → why."""


def test_every_list_with_names_is_sorted_by_the_columns_that_people_sort_by(answers_to):
    sorts, not_sorted = set(), {}
    for who in ROLES:
        for answer in answers_to(who):
            text = answer.text if answer.status == 200 else ""
            if answer.name in sorts | NO_LISTS.keys() or not NAMED.search(text):
                continue
            sorts.add(answer.name) if SORTED.search(text) else not_sorted.setdefault(
                answer.name, answer.url
            )
    less = {name: url for name, url in not_sorted.items() if name not in sorts}
    assert less.keys() == NOT_SORTED.keys(), less
    assert {"account_list", "renewal_gap_people", "programme_people"} <= sorts


# Forms

NOTHING_TYPED = {
    *("logout", "act_as", "kept_form_drop", "sessions_end"),
    *("password_change", "login", "first_password", "factor_set_up"),
}
"""Forms in which nothing is typed that would be lost, or a password or a code."""


def typed_forms(answers):
    """(address, form) of each kind of form on the pages of a role, filled in."""
    seen = set()
    for answer in answers:
        for form in forms_of(answer.url, answer.page):
            to = resolve(urlsplit(form.action).path).view_name
            kind = (to, form.kind)
            if form.method != "post" or form.files or kind in seen or to in NOTHING_TYPED:
                continue
            seen.add(kind)
            form.values.pop(TOKEN)
            form.values = {name: value or "Siti" for name, value in form.values.items()}
            if form.values:  # else it is a button
                yield to, form


@pytest.mark.parametrize(
    ("who", "least"), short([("rini", 12), ("kartika", 12), ("vera", 4)], keep=2)
)
def test_every_form_of_every_page_is_kept(who, least, answers_to):
    """Once with the session gone, once with an old token, each form comes back as it was sent."""
    forms = list(typed_forms(answers_to(who)))
    browser, lost = Browser(), []
    browser.log_in(who)
    for some in in_groups(forms, of=kept.MOST):
        token = browser.token_at(KEPT)
        browser.lose_session()
        send(browser, some, token)
        browser.log_in(who)
        lost += not_kept(browser, who, some)
        send(browser, some, token)
        lost += not_kept(browser, who, some)
    assert lost == []
    assert len(forms) >= least


def in_groups(forms, of):
    return (forms[first : first + of] for first in range(0, len(forms), of))


def send(browser, forms, token):
    for _, form in forms:
        browser.post(form.action, form.values | {TOKEN: token})


def not_kept(browser, who, forms):
    """Where those of the forms lead that do not come back as they were sent. All are dropped."""
    again = [form.values for form in forms_of(KEPT, browser.get(KEPT).text)]
    with scope.identity(user_id=people.office(who).user_id):
        KeptForm.objects.all().delete()
    return [
        to for to, form in forms if not any(form.values.items() <= one.items() for one in again)
    ]


# Addresses that take forms only


@pytest.mark.parametrize("who", short(["rini", "kartika", "vera"]))
def test_no_address_answers_with_a_bare_405(who, answers_to, as_person):
    answers = answers_to(who)
    client, led, opened = as_person(who), {}, set()
    for answer in answers:
        name = answer.name
        assert answer.status != 405, name
        if name in opened and not EVERY:
            continue
        if answer.led_back:
            page = client.get(answer.leads_to, follow=True)
            there = page.redirect_chain[-1][0] if page.redirect_chain else answer.leads_to
            if led.get(name, (0,))[0] != 200:  # of rows that the role does not see, nothing is
                led[name] = page.status_code, resolve(there).view_name
        if 200 in (answer.status, led.get(name, (0,))[0]):
            opened.add(name)
    assert {"proposal_submit", "proposal_act", "worker_unmask", "sessions_end"} <= led.keys()
    assert led["proposal_submit"] == (200, "proposal_detail")
    assert led["worker_unmask"] == (200, "worker_detail")
    assert led["proposal_start"] == (200, "proposal_list")
    assert led["sessions_end"] == (200, "account")
    # Where a page may not be opened by a role, it says so in words.
    assert {status for status, _ in led.values()} <= ({200} if who == "rini" else {200, 403, 404})


@pytest.mark.parametrize("who", short(["kartika", "vera"]))
def test_who_has_a_button_is_led_back_to_a_page_that_is_theirs(who, answers_to, as_person):
    """As after a log-in: the address of the button is opened, by whoever was given the button."""
    client, tried, wrong = as_person(who), set(), []
    for answer in answers_to(who):
        for path in {urlsplit(form.action).path for form in forms_of(answer.url, answer.page)}:
            name = resolve(path).view_name
            if name in tried or name == "logout":
                continue
            tried.add(name)
            if (status := client.get(path, follow=True).status_code) != 200:
                wrong.append((name, path, status))
    assert wrong == []
    assert len(tried) > 10
