"""Two people of one name and birth date are shown by name, and told apart once for all."""

import pytest

from enrollment.workers import twins
from enrollment.workers.models import ToldApart
from enrollment.workers.rechecks import actions as rechecks
from tests import people
from tests.workers.asking import COMPLETE, NEW, as_shown, everybody, url
from villages import scope

pytestmark = pytest.mark.django_db
SIMILAR = "duplicate.similar"


def entering(number, **more):
    return COMPLETE | {"nik": people.nik(number), **more}


def test_who_is_similar_is_named_and_linked_and_no_nik_is_shown(as_person):
    other = people.worker(1, name="Siti Aminah")
    page = as_person("kartika").post(NEW, entering(2)).text
    assert "Siti Aminah</b> adalah orang lain" in page
    assert f'href="{url(other)}"' in page and other.nik not in page


def test_somebody_of_another_village_is_not_named(as_person):
    people.worker(1, people.BOGORAN, name="Siti Aminah", address="Rahasia")
    answer = as_person("kartika").post(NEW, entering(2))
    assert answer.status_code == 302


def test_who_is_told_apart_is_never_asked_about_again(as_person):
    other = people.worker(1, name="Siti Aminah", findings=[SIMILAR])
    client = as_person("kartika")
    answer = client.post(NEW, entering(2, orang_lain=str(other.public_id)))
    assert answer.status_code == 302
    new = next(person for person in everybody() if person.pk != other.pk)
    assert new.findings == [] and everybody(pk=other.pk)[0].findings == []
    shown = as_shown(client, new)
    assert client.post(url(new, "ubah/"), shown | {"rt": "009"}).status_code == 302
    assert "Mirip orang lain" not in client.get(url(new, "ubah/")).text
    office = people.office("vera")
    with scope.enter(office):
        assert ToldApart.objects.get().office == people.office("kartika")
        rechecks.proceed(rechecks.start(by=office, area=people.TRENGGALEK).pk)
    assert [person.findings for person in everybody()] == [[], []]


def test_one_of_two_is_not_enough(as_person):
    first, second = (people.worker(number, name="Siti Aminah") for number in (1, 3))
    client = as_person("kartika")
    page = client.post(NEW, entering(2, orang_lain=str(first.public_id)))
    assert page.status_code == 200 and "Periksa dahulu" in page.text
    both = [str(first.public_id), str(second.public_id)]
    assert client.post(NEW, entering(2, orang_lain=both)).status_code == 302


def test_a_third_person_of_the_name_is_asked_about_all_the_same():
    first, second = (people.worker(number, name="Siti Aminah") for number in (1, 2))
    office = people.office("vera")
    with scope.enter(office):
        twins.tell_apart(first, [second], by=office)
    people.worker(3, name="SITI AMINAH")
    with scope.enter(office):
        rechecks.proceed(rechecks.start(by=office, area=people.TRENGGALEK).pk)
    assert [person.findings for person in everybody()] == [[SIMILAR]] * 3


def test_a_registered_person_is_told_apart_in_the_form_of_either(as_person):
    first = people.worker(1, name="Siti Aminah", findings=[SIMILAR])
    second = people.worker(2, name="Siti Aminah", findings=[SIMILAR])
    client = as_person("olan")
    shown = as_shown(client, second)
    assert "adalah orang lain" in client.get(url(second, "ubah/")).text
    client.post(url(second, "ubah/"), shown | {"orang_lain": str(first.public_id)})
    assert [person.findings for person in everybody()] == [[], []]


def test_a_warning_that_only_the_dinas_can_explain_stays(as_person):
    """The village does not see the other one, so it has nobody to tell the person apart from."""
    people.worker(1, people.BOGORAN, name="Siti Aminah")
    here = people.worker(2, name="Siti Aminah", findings=[SIMILAR])
    client = as_person("olan")
    client.post(url(here, "ubah/"), as_shown(client, here) | {"rt": "009"})
    assert everybody(pk=here.pk)[0].findings == [SIMILAR]


def test_a_pair_is_seen_by_who_sees_both():
    first, second = people.worker(1, name="A"), people.worker(2, people.BOGORAN, name="A")
    with scope.enter(people.office("vera")):
        twins.tell_apart(first, [second], by=people.office("vera"))
        assert ToldApart.objects.count() == 1
    with scope.enter(people.office("olan")):
        assert ToldApart.objects.count() == 0
