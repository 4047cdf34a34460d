"""Why somebody left stays with the leaving: kecamatan and DPMD, who read lists, never see it."""

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from tests import people
from tests.decrees import drafts
from tests.leavings import stories
from tests.proposals import making
from tests.routes.test_ways import by_way
from villages import scope

pytestmark = pytest.mark.django_db
SECRET = "Kena stroke"
OWN = {"enrollment_leaving", "enrollment_leavingevent"}


@pytest.fixture(autouse=True)
def in_may(monkeypatch):
    stories.today_is(monkeypatch, stories.MAY)


def tables_with(words):
    """The tables of which a row has these words anywhere."""
    found = set()
    with scope.whole_country("tests"), connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if table.startswith(("enrollment_", "villages_")) and model._meta.managed:
                cursor.execute(
                    f"SELECT EXISTS (SELECT FROM {table} t WHERE t::text LIKE %s)",
                    [f"%{words}%"],
                )
                found |= {table} if cursor.fetchone()[0] else set()
    return found


@pytest.mark.parametrize("reason", ["withdrew", "died"])
def test_the_words_stand_in_no_other_table(reason):
    proposal = stories.decreed(2)
    leaving = stories.filed(making.entries(proposal)[0], reason=reason, words=SECRET)
    with scope.whole_country("tests"):
        type(leaving).objects.filter(pk=leaving.pk).update(
            document="a", document_kind="pdf", document_name=f"{SECRET}.pdf"
        )
    stories.do("amir", stories.actions.approve, leaving)
    assert tables_with(SECRET) == OWN


@pytest.mark.parametrize("name", ["karim", "dewi"])
def test_the_page_of_the_person_says_that_they_left_and_not_why(as_person, name):
    people.office(name)
    wave = by_way(desa="dpmd")
    proposal = making.submitted(wave, 2)
    making.act("dewi", "pass", proposal)
    making.act("vera", "verify", proposal)
    making.act("amir", "approve", proposal)
    drafts.issue(drafts.draft(making.fresh(wave)))
    entry = making.entries(proposal)[0]
    leaving = stories.left(entry, reason="withdrew", words=SECRET)
    page = as_person(name).get(reverse("entry_detail", args=[entry.public_id])).text
    assert "Keluar dari program" in page
    assert SECRET not in page and "Mengundurkan" not in page
    own = as_person("kartika").get(reverse("leaving_detail", args=[leaving.public_id])).text
    assert SECRET in own and "Mengundurkan" in own
