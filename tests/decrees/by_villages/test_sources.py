"""What is written beside each paid month of a person: which village's decree pays it."""

import pytest

from enrollment.coverage.models import CoverSource
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.by_villages import own
from villages import scope
from villages.models import Area

pytestmark = pytest.mark.django_db


def issued(subsidy, by, number):
    own.signatory(by=by, name=f"H. {by.upper()}")
    return signing.fresh(drafts.issue(drafts.draft(subsidy, by=by, number=number), by=by))


def test_two_villages_of_one_name_may_use_one_number():
    subsidy, _ = own.ready()
    own.budget(subsidy, by="bagus")
    with scope.whole_country("tests"):
        Area.objects.filter(pk=people.BOGORAN).update(name="Senden")
    first, second = (issued(subsidy, by, "5/2026") for by in ("kartika", "bagus"))
    with scope.whole_country("tests"):
        texts = [str(one.cover_source.document) for one in (first, second)]
    assert texts == ["Keputusan Kepala Desa Senden Nomor 5/2026"] * 2
    assert first.cover_source_id != second.cover_source_id


def test_a_long_number_leaves_no_room_for_the_name():
    subsidy, _ = own.ready()
    decree = issued(subsidy, "kartika", "9" * 100)
    with scope.whole_country("tests"):
        assert decree.cover_source.document == f"Keputusan Nomor {'9' * 100}"


def test_one_of_the_regency_that_was_refused_is_taken_again():
    """Control: what an earlier attempt left is no decree's, and serves the next one."""
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    decree = drafts.draft(subsidy)
    with scope.whole_country("tests"):
        left = CoverSource.objects.create(
            regency_id=people.TRENGGALEK, name=str(subsidy),
            document=f"Keputusan Nomor {decree.number}",
        )  # fmt: skip
    assert drafts.issue(decree).cover_source_id == left.pk
