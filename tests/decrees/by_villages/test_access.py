"""Every address of a decree, called on a village's decree by every kind of office: its head moves
it, the regency reads it, and for a kecamatan or another village it does not exist."""

import pytest
from django.urls import reverse

from enrollment.workers.models import Disclosure
from tests import people
from tests.access.addresses import DECLARED, DECREE
from tests.decrees import drafts
from villages import scope

pytestmark = pytest.mark.django_db

ADDRESSES = [name for name, address in DECLARED.items() if address == DECREE]
MOVES = {
    "decree_change", "decree_refresh", "decree_issue", "decree_review", "decree_freeze",
    "decree_stop", "decree_open_again", "decree_discard", "decree_send", "decree_receive",
    "decree_revoke", "annex_again", "amendment_new",
}  # fmt: skip
PRINTS = {"jdih_package"}
"""The file is made where there is none, which only the village may have done."""


def answers(client, name, decree):
    """The status of a POST without data, and of a GET where the address is a page."""
    address = reverse(name, args=[decree.pk])
    seen = {client.get(address).status_code} - {302, 405}
    posted = client.post(address).status_code
    return seen | ({posted} - {405})


def test_the_addresses_are_those_of_decrees():
    assert len(ADDRESSES) > 25
    assert set(ADDRESSES) >= MOVES | PRINTS


@pytest.mark.parametrize("who", ["bagus", "karim", "boni", "olan", "tani", "dewi"])
def test_for_others_it_does_not_exist(who, story, as_person):
    client = as_person(who)
    for name in ADDRESSES:
        assert answers(client, name, story.decree) <= {404, 403}, name
        if who in ("bagus", "karim", "boni"):
            assert answers(client, name, story.decree) == {404}, "403 would tell that it is there"
    assert str(story.decree.pk) not in client.get(reverse("decree_list")).content.decode()


@pytest.mark.parametrize("who", ["rini", "vera", "audi", "bima"])
def test_the_regency_reads_and_never_moves_it(who, story, as_person):
    client = as_person(who)
    for name in sorted(MOVES | PRINTS):
        assert answers(client, name, story.decree) == {403}, name
    assert client.get(reverse("decree_detail", args=[story.decree.pk])).status_code == 200
    assert str(story.decree.pk) in client.get(reverse("decree_list")).content.decode()


BY_BPJS = {
    *("decree_register", "registration_undo", "registration", "registration_people"),
    *("registration_defaults", "registration_refused"),
}
"""What the branch and the regency do once it is issued."""


def test_its_head_may_do_all_of_it(story, as_person):
    client = as_person("kartika")
    for name in sorted(set(ADDRESSES) - BY_BPJS):
        assert not answers(client, name, story.decree) & {403, 404}, name


def test_the_head_still_gets_no_full_annex_of_the_regencys_decree(as_person, story):
    """The new right is about the village's own decrees alone."""
    subsidy = drafts.programme("Dari kabupaten")
    drafts.approve(subsidy, people.worker(900))
    decree = drafts.issue(drafts.draft(subsidy))
    drafts.printed(decree)
    full = [reverse(name, args=[decree.pk]) for name in ("annex_full", "annex_word_full")]
    rini = as_person("rini")
    assert {rini.get(address).status_code for address in full} == {200}
    kartika = as_person("kartika")
    assert {kartika.get(address).status_code for address in full} == {403}
    assert kartika.get(reverse("annex_masked", args=[decree.pk])).status_code == 200
    for name in sorted(MOVES):
        assert answers(kartika, name, decree) == {403}, name


def test_files_of_it_are_given_to_head_and_dinas_alone(story, as_person):
    with scope.whole_country("tests"):
        kept = list(story.decree.files.all())
        pdf = story.decree.pdfs.get()
    addresses = [reverse("decree_file", args=[one.pk]) for one in kept]
    addresses.append(reverse("annex_pdf_full", args=[pdf.pk]))
    addresses.append(reverse("annex_full", args=[story.decree.pk]))
    for who, status in (("kartika", 200), ("rini", 200), ("bagus", 404),
                        ("karim", 404), ("boni", 404)):  # fmt: skip
        client = as_person(who)
        assert {client.get(one).status_code for one in addresses} == {status}, who
    with scope.whole_country("tests"):
        given = Disclosure.objects.filter(why="annex", user__username="kartika")
        assert given.count() == len(addresses)
