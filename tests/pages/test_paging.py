"""Pages of long lists: how far they count, and that each row is on one page."""

import pytest

from enrollment import paging
from enrollment.formats import MoreThan, angka
from enrollment.paging import KeysFirst
from enrollment.workers.models import Worker
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db
LIST = "/pekerja/"


@pytest.fixture
def seven(monkeypatch):
    """Seven people, in lists that count four."""
    monkeypatch.setattr(paging, "COUNTED", 4)
    for number in range(7):
        people.worker(number)
    with scope.whole_country("test"):
        yield Worker.objects.order_by("pk")


def test_a_sifted_list_is_counted_so_far_and_its_pages_follow_to_the_end(seven):
    shown, number = [], 1
    while True:
        pages = KeysFirst(seven, 2, sifted=True)
        page = pages.get_page(number)
        shown += page
        assert isinstance(pages.count, MoreThan) is (number < 4)
        if not page.has_next():
            break
        number = page.next_page_number()
    assert shown == list(seven)
    assert number == 4
    assert (page.start_index(), page.end_index(), pages.count) == (7, 7, 7)


def test_each_row_of_a_list_is_on_one_page_in_its_order(seven):
    """Pages in the second half are counted from the end."""
    pages = KeysFirst(seven, 2)
    assert pages.count == 7
    assert [row for number in pages.page_range for row in pages.page(number)] == list(seven)


@pytest.mark.parametrize("number", ["99", "9" * 30, "-1", "0", "x", "", None, "9" * 5000])
def test_any_page_number_leads_to_a_page(seven, number):
    assert list(KeysFirst(seven, 2, sifted=True).get_page(number))


def test_the_list_of_people_says_that_there_are_more(as_person, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 50)
    for number in range(52):
        people.worker(number, name=f"SRI {number}")
    client = as_person("kartika")
    assert "<b>lebih dari 50</b> pekerja" in client.get(LIST, {"q": "sri"}).text
    assert "Baris 51–52 dari 52" in client.get(LIST, {"q": "sri", "page": 2}).text
    assert "<b>52</b> pekerja" in client.get(LIST).text


def test_a_number_that_was_not_counted_to_its_end_is_written_so():
    assert angka(MoreThan(1000)) == "lebih dari 1.000"
