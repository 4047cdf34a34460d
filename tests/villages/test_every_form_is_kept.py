"""Every form of every page is kept when it arrives without a session, and with an old token.

A module of its own, because what fills the pages stays until its end.
"""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from tests import people
from tests.access.forms import forms_of, led_back
from tests.pages import populated
from tests.pages.walk import addresses
from tests.villages.test_kept_forms import KEPT, TOKEN, Browser
from villages import scope
from villages.accounts import kept
from villages.accounts.models import KeptForm

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOTHING_TYPED = {
    *("logout", "act_as", "kept_form_drop", "sessions_end"),
    *("password_change", "login", "first_password", "factor_set_up"),
}
"""Forms in which nothing is typed that would be lost, or a password or a code."""


@pytest.fixture(scope="module")
def sets(kept_for_module):
    return populated.build()


def typed_forms(browser, sets):
    """(address, form) of each kind of form on the pages of a role, filled in."""
    seen, of_forms = set(), set()
    for name, url in addresses(sets):
        if name in of_forms:
            continue
        page = browser.get(url)
        if led_back(page):
            of_forms.add(name)
        if page.status_code != 200 or page.streaming or b"<html" not in page.content:
            continue
        for form in forms_of(url, page.text):
            to = resolve(urlsplit(form.action).path).view_name
            kind = (to, form.kind)
            if form.method != "post" or form.files or kind in seen or to in NOTHING_TYPED:
                continue
            seen.add(kind)
            form.values.pop(TOKEN)
            form.values = {name: value or "Siti" for name, value in form.values.items()}
            if form.values:  # else it is a button
                yield to, form


@pytest.mark.parametrize(("who", "least"), [("kartika", 12), ("rini", 12), ("vera", 4)])
def test_every_form_of_every_page_is_kept(who, least, sets):
    """Once with the session gone, once with an old token, each form comes back as it was sent."""
    browser, lost = Browser(), []
    browser.log_in(who)
    forms = list(typed_forms(browser, sets))
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
