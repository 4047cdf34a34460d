"""What the database itself guarantees about cover and what pays it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from enrollment.coverage.models import Cover, CoverSource
from enrollment.decrees.models import Decree
from tests import people
from tests.decrees import drafts
from villages import scope

pytestmark = pytest.mark.django_db
YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def test_a_cover_needs_a_source():
    worker = people.worker(1)
    whose = {"worker": worker, "area_id": worker.area_id, "months": YEAR}
    with scope.enter(people.office("rini")):
        with pytest.raises(IntegrityError, match="source_id"), transaction.atomic():
            Cover.objects.create(**whose)
        source = CoverSource.objects.create(regency_id=people.TRENGGALEK, name="A", document="B")
        assert Cover.objects.create(**whose, source=source).pk


def test_a_source_can_be_neither_changed_nor_deleted():
    people.cover(people.worker(1), *YEAR, paid_by="CSR")
    with scope.enter(people.office("rini")):
        source = CoverSource.objects.get(name="CSR")
        with pytest.raises(Exception, match="protected"):
            source.delete()
        assert CoverSource.objects.update(name="APBD") == 0
        assert CoverSource.objects.all()._raw_delete("default") == 0
        assert CoverSource.objects.get() == source


def test_another_regency_cannot_add_a_source():
    with scope.enter(people.office("boni")):
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            CoverSource.objects.create(regency_id=people.TRENGGALEK, name="A", document="B")
        assert CoverSource.objects.create(regency_id=people.BOJONEGORO, name="A", document="B").pk


def test_whoever_sees_a_cover_sees_what_pays_it():
    """The regency to which a person has moved sees no decree, but does see what pays."""
    people.cover(people.worker(1, area=people.BAURENO), *YEAR, paid_by="CSR")
    moved = people.worker(2)
    people.cover(moved, *YEAR, paid_by="DBHCHT")
    with scope.whole_country("tests"):
        moved.area_id = people.BAURENO
        moved.save()
    with scope.enter(people.office("boni")):
        names = Cover.objects.order_by("worker").values_list("source__name", flat=True)
        assert list(names) == ["CSR", "DBHCHT"]


def test_an_issued_decree_has_the_source_of_its_covers():
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    with scope.enter(people.office("rini")):
        draft = drafts.draft(subsidy)
        with (
            pytest.raises(IntegrityError, match="decree_issued_is_whole"),
            transaction.atomic(),
        ):
            Decree.objects.update(
                state="issued", sha256="0" * 64, issued_by=people.office("rini"), cover_source=None
            )
        drafts.issue(draft)
        assert Cover.objects.get().source.decree == draft
