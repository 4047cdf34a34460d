"""An address that takes forms only leads back to a page when it is opened: test_every_answer.py
opens all of them."""

import pytest

from portal.trouble import page_above

pytestmark = pytest.mark.django_db


def test_logging_out_by_address_leads_home(as_person):
    assert as_person("kartika").get("/keluar/").url == "/"


def test_the_page_above_is_the_nearest_there_is():
    assert page_above("/usulan/mulai/x/") == "/usulan/"
    assert page_above("/tidak/ada/") == "/"
    assert page_above("/") == "/"
