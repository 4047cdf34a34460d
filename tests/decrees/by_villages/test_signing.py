"""The signed list of a village comes back: who signed, and under which number."""

import pytest
from django.urls import reverse

from enrollment.decrees.moving import NO_SIGNATORY
from tests.decrees import drafts, signing
from tests.decrees.by_villages import own

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned():
    subsidy, head = own.ready()
    decree = signing.freeze(own.unnumbered(subsidy), by="kartika", signatory=head)
    decree = signing.send(decree, by="kartika")
    signing.receive(decree, signatory=head, by="kartika")
    return signing.fresh(decree)


def test_whoever_signed_stays_named_when_another_file_comes(returned):
    back = signing.signed_pdf(signing.sent_pdf(returned), "Orang Lain")
    with pytest.raises(own.Refusal, match=NO_SIGNATORY):
        signing.receive(returned, back, by="kartika")
    signing.receive(returned, back, signatory=returned.signatory, by="kartika")


def test_a_number_that_the_village_has_used_is_told_at_its_field(returned, as_person):
    own.approved(returned.programme, 1, first=50)
    drafts.draft(returned.programme, by="kartika", number="7/2026")
    back = signing.signed_pdf(signing.sent_pdf(returned), "Orang Lain")
    answer = as_person("kartika").post(
        reverse("decree_receive", args=[returned.pk]),
        {
            "file": signing.pdf(back), "number": "7/2026", "date": "2026-03-17",
            "signatory": returned.signatory_id,
        },
    )  # fmt: skip
    assert answer.context["form"].errors == {"number": [own.decrees.NUMBER_TAKEN_HERE]}


def test_the_number_of_an_amendment_too(story, as_person):
    own.approved(story.subsidy, 1, first=60)
    answer = as_person("kartika").post(
        reverse("amendment_new", args=[story.decree.pk]),
        {
            "number": story.decree.number, "date": "2026-03-18", "title": "Perubahan",
            "legal_basis": own.DOCUMENT,
        },
    )  # fmt: skip
    assert answer.context["form"].errors == {"number": [own.decrees.NUMBER_TAKEN_HERE]}
