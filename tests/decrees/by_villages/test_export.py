"""The command that writes an annex to a file, where villages number their own decrees."""

import pytest
from django.core.management import CommandError, call_command

from enrollment.workers.models import Disclosure
from tests import people
from tests.decrees import drafts
from tests.decrees.by_villages import own
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(tmp_path):
    def write(decree, by, *more):
        output = tmp_path / f"{by}.out"
        people.office(by)
        call_command("export_annex", decree, *more, output=str(output), by=by, verbosity=0)
        return output.read_bytes()

    return write


def given():
    with scope.whole_country("tests"):
        return Disclosure.objects.filter(kind="export").count()


def test_a_number_of_two_decrees_names_neither(story, written):
    own.budget(story.subsidy, by="bagus")
    own.signatory(by="bagus", name="H. BAGUS")
    draft = drafts.draft(story.subsidy, by="bagus", number=story.decree.number)
    other = drafts.issue(draft, by="bagus")
    drafts.printed(other)
    with pytest.raises(CommandError, match="sebut UUID-nya"):
        written(story.decree.number, "rini")
    assert given() == 0
    assert written(str(story.decree.pk), "rini") != written(str(other.pk), "rini")
    assert written(story.decree.number, "bagus") == written(str(other.pk), "rini")


def test_its_head_has_all_of_it_written(story, written):
    assert written(str(story.decree.pk), "kartika") == written(str(story.decree.pk), "rini")
    for form in (["--format", "pdf"], ["--format", "docx"], ["--letter"]):
        assert written(str(story.decree.pk), "kartika", *form)


def test_who_may_not_is_told_so(story, written):
    """The Dinas reads the workbook, and has no new file of a village's decree made."""
    for by, form in (("rini", ["--format", "pdf"]), ("audi", [])):
        with pytest.raises(CommandError, match="tidak memegang jabatan yang boleh"):
            written(str(story.decree.pk), by, *form)
    for by in ("bagus", "karim"):
        with pytest.raises(CommandError, match=r"tidak memegang|tidak ditemukan"):
            written(str(story.decree.pk), by)
    assert given() == 0
