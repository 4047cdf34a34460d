"""Helpers for tests of the pages about people."""

from enrollment.workers.models import Worker
from villages import scope

LIST, NEW = "/pekerja/", "/pekerja/baru/"
COMPLETE = {
    "name": "SITI AMINAH",
    "birth_place": "Trenggalek",
    "birth_date": "1-1-1980",
    "sex": "L",
    "mother_name": "SUMI",
    "address": "Jl. Melati 3",
    "rt": "2",
    "rw": "1",
    "occupation": "Petani",
}


def url(worker, end=""):
    return f"/pekerja/{worker.public_id}/{end}"


def everybody(**lookup):
    with scope.whole_country("test"):
        return list(Worker.objects.filter(**lookup))


def names(client, **query):
    """The names on the only page of the list, whose number must agree with them."""
    page = client.get(LIST, query).context["page"]
    assert page.paginator.count == len(page)
    return [worker.name for worker in page]


def as_shown(client, worker):
    """What the browser would post if the form were opened and saved unchanged."""
    form = client.get(url(worker, "ubah/")).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", False)}
