"""An address that takes forms only leads back to a page when it is opened."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from portal.trouble import page_above
from tests.access.forms import forms_of, led_back
from tests.pages import populated
from tests.pages.walk import addresses
from tests.selection import EVERY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sets(kept_for_module):
    return populated.build()


@pytest.mark.slow
@pytest.mark.parametrize("who", ["kartika", "rini", "vera"] if EVERY else ["kartika", "rini"])
def test_no_address_answers_with_a_bare_405(who, sets, as_person):
    client, led, opened = as_person(who), {}, set()
    for name, url in addresses(sets):
        if name in opened and not EVERY:
            continue
        answer = client.get(url)
        assert answer.status_code != 405, name
        if led_back(answer):
            page = client.get(answer.url, follow=True)
            there = page.redirect_chain[-1][0] if page.redirect_chain else answer.url
            if led.get(name, (0,))[0] != 200:  # of rows that the role does not see, nothing is
                led[name] = page.status_code, resolve(there).view_name
        if 200 in (answer.status_code, led.get(name, (0,))[0]):
            opened.add(name)
    assert {"proposal_submit", "proposal_act", "worker_unmask", "sessions_end"} <= led.keys()
    assert led["proposal_submit"] == (200, "proposal_detail")
    assert led["worker_unmask"] == (200, "worker_detail")
    assert led["proposal_start"] == (200, "proposal_list")
    assert led["sessions_end"] == (200, "account")
    # Where a page may not be opened by a role, it says so in words.
    assert {status for status, _ in led.values()} <= ({200} if who == "rini" else {200, 403, 404})


@pytest.mark.slow
@pytest.mark.parametrize("who", ["kartika", "vera"])
def test_who_has_a_button_is_led_back_to_a_page_that_is_theirs(who, sets, as_person):
    """As after a log-in: the address of the button is opened, by whoever was given the button."""
    client, tried, wrong = as_person(who), set(), []
    for _, url in addresses(sets):
        page = client.get(url)
        if page.status_code != 200 or page.streaming or b"<html" not in page.content:
            continue
        for path in {urlsplit(form.action).path for form in forms_of(url, page.text)}:
            name = resolve(path).view_name
            if name in tried or name == "logout":
                continue
            tried.add(name)
            if (status := client.get(path, follow=True).status_code) != 200:
                wrong.append((name, path, status))
    assert wrong == []
    assert len(tried) > 10


def test_logging_out_by_address_leads_home(as_person):
    assert as_person("kartika").get("/keluar/").url == "/"


def test_the_page_above_is_the_nearest_there_is():
    assert page_above("/usulan/mulai/x/") == "/usulan/"
    assert page_above("/tidak/ada/") == "/"
    assert page_above("/") == "/"
