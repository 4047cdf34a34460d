import pytest

from tests import people

pytestmark = pytest.mark.django_db


def test_the_list_shows_the_villages_people(as_person):
    people.worker(1, name="SITI AMINAH")
    people.worker(2, people.BOGORAN, name="RAHASIA")
    answer = as_person("kartika").get("/pekerja/")
    assert answer.status_code == 200
    assert "SITI AMINAH" in answer.text
    assert "RAHASIA" not in answer.text


def test_form_saves(as_person):
    client = as_person("kartika")
    assert client.get("/pekerja/baru/").status_code == 200
    answer = client.post("/pekerja/baru/", {"nik": people.nik(1), "name": "SITI"}, follow=True)
    assert "SITI tersimpan" in answer.text
