"""Whatever a script sends to whatever address and parameter: never a server error.

The forms and links of every page are read as a script would read them. Each is sent with every
field hostile at once, and with one field hostile and the others as the page meant, so that a value
that is checked late is reached too. A run sends some of the values in each form, in turns;
EVERY=1 sends all of them in every field.
"""

import itertools

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from tests.access.addresses import DECLARED
from tests.access.forms import Form, forms_of, led_back
from tests.pages import populated
from tests.pages.walk import addresses
from tests.selection import EVERY
from villages.parameters import RefuseNul

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

VALUES = {
    "NUL": "a\0b",
    "long": "A" * 300,
    "very long": "9" * 70_000,
    "huge": str(10**30),
    "negative": "-1",
    "not a number": "nan",
    "infinite": "1e400",
    "last day": "9999-12-31",
    "no day": "0000-00-00",
    "first day": "0001-01-01",
    "line breaks": "a\r\nSet-Cookie: b=c\r\n\r\n",
    "formula": "=1+1",
    "markup": "<script>alert(1)</script>{{ 7*7 }}",
    "percent": "%s %(a)s %00 \\ ' \" --",
    "right to left": "\u202e\u200b\ufeff",
    "digits of another script": "١٢٣٤",
    "an id of nothing": "00000000-0000-0000-0000-000000000000",
}
NOT_UTF_8 = {"Latin": b"\xff\xfe", "cut": b"\xe2\x82", "half a pair": b"\xed\xa0\x80"}
HOSTILE = VALUES | NOT_UTF_8
STEPS = ["%00", "9" * 30, "%FF"]
"""Of a path."""
FILE_NAMES = [
    "a\r\nX: y.xlsx",
    "A" * 300 + ".xlsx",
    "../../etc/passwd",
    "\0.xlsx",
    "",
    ".",
    "=1.csv",
]
HEADERS = (
    "HX-Request", "HX-Current-URL", "HX-Target", "Referer", "User-Agent", "Accept-Language",
    "Accept", "Content-Type", "Cookie", "X-Forwarded-For", "X-Forwarded-Proto",
    "If-Modified-Since", "Range", "X-CSRFToken",
)  # fmt: skip
PARTS = ("import", "proposal", "programme", "worker", "")
"""Beginnings of addresses, "" for all others: test processes share these parts."""
WHO = ("rini", "kartika", *(("vera", "amir", "bima", "audi", "karim", "tani") if EVERY else ()))


@pytest.fixture(scope="module")
def sets(kept_for_module):
    return populated.build()


@pytest.fixture
def client_of(as_person):
    def client(name):
        found = as_person(name)
        found.raise_request_exception = False
        return found

    return client


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part or "others")
def test_no_value_in_any_form_is_a_server_error(part, sets, client_of):
    """Each form as the first of `WHO` who sees it."""
    urls = list(addresses(sets, of=lambda name: part_of(name) == part))
    attacked, wrong = set(), []
    for name in WHO:
        client = client_of(name)
        forms = {form.kind: form for form in found(client, urls) if form.kind not in attacked}
        attacked |= forms.keys()
        wrong += [(name, *fault) for fault in faults(client, forms.values())]
    assert len(attacked) > 3, "the forms of the pages were not found"
    assert wrong == []


def test_no_value_in_an_address_is_a_server_error(sets, client_of):
    """Parts of the path, which Django gives to the view after a converter has accepted them."""
    client = client_of("rini")
    wrong, kinds = [], itertools.cycle(STEPS)
    for name, address in DECLARED.items():
        if address.of is None or address.ends_session:
            continue
        url = next((url for _, url in addresses(sets, of=name.__eq__)), None)
        if url is None:  # nothing on the pages has such an address
            continue
        steps = url.strip("/").split("/")
        for at in range(len(steps)):
            for value in itertools.islice(kinds, len(STEPS) if EVERY else 1):
                path = "/" + "/".join([*steps[:at], value, *steps[at + 1 :]]) + "/"
                wrong += [path for ask in (client.get, client.post) if ask(path).status_code >= 500]
    assert wrong == []


def test_no_header_is_a_server_error(client_of):
    client = client_of("kartika")
    wrong = []
    kinds = itertools.cycle([*VALUES.values(), "ÿþ"])
    for header in HEADERS:
        for value in itertools.islice(kinds, len(VALUES) if EVERY else 3):
            sent = value.replace("\r\n", " ")[:8000].encode()
            headers = {header: sent.decode("latin-1")}  # as a web server hands over its bytes
            for send in (client.get, client.post):
                if (status := send(reverse("worker_list"), headers=headers).status_code) >= 500:
                    wrong.append((header, value[:20], status))
    assert wrong == []


def test_the_attack_finds_an_address_that_takes_everything(client_of, monkeypatch):
    """The control."""
    monkeypatch.setattr(RefuseNul, "__call__", lambda door, request: door.get_response(request))
    form = Form(reverse("import_template"), "get", {"wilayah": ""})
    assert ("/impor/templat/", "NUL", 500) in faults(client_of("rini"), [form])


def part_of(name):
    return next(part for part in PARTS if name.startswith(part))


def found(client, urls):
    """The forms of those pages that open: of each address with one row, with EVERY=1 with all."""
    done = set()
    for name, url in urls:
        if name in done:
            continue
        answer = client.get(url)
        if led_back(answer):
            done.add(name)
        elif answer.status_code == 200 and not answer.streaming and b"<form" in answer.content:
            if not EVERY:
                done.add(name)
            yield from forms_of(url, answer.content.decode())


def faults(client, forms):
    """(action, field, value) of whatever was answered with a server error; nothing is kept."""
    kinds = itertools.cycle(HOSTILE)
    for form in forms:
        if "keluar" in form.action:
            continue
        for what, values in attacks(form, kinds):
            with transaction.atomic():
                status = send(client, form, values)
                transaction.set_rollback(True)
            if status >= 500:
                yield form.action, what, status


def attacks(form, kinds):
    """(what is wrong, the values to send) for each way in which the form is abused."""
    for kind in itertools.islice(kinds, len(HOSTILE) if EVERY else 1):
        yield kind, dict.fromkeys(form.values, HOSTILE[kind])
    names = sorted(form.values)
    for at, name in enumerate(names):
        for kind in itertools.islice(kinds, len(HOSTILE) if EVERY else at % 5 == 1):
            yield f"{name}: {kind}", form.values | {name: HOSTILE[kind]}
        if EVERY or at % 8 == 0:
            yield f"{name}: missing", {k: v for k, v in form.values.items() if k != name}
    for name, filename in itertools.product(form.files, FILE_NAMES):
        yield f"{name}: {filename!r}", form.values | {name: upload(filename)}


def upload(filename):
    file = SimpleUploadedFile("x", b"nik;nama\n1;A\n")
    file._name = filename  # past the cleaning of names that the class does itself
    return file


def send(client, form, values):
    if form.method == "get":
        return client.get(form.action, values).status_code
    return client.post(form.action, values).status_code
