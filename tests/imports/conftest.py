"""Lists handed in for a test."""

import pytest

from enrollment.imports import actions
from tests import people as invented
from tests.imports import lists
from villages import scope


@pytest.fixture
def handed_in(workbook):
    """`handed_in("kartika", row, …)` gives an import of these rows, read."""

    def hand_in(who, *rows, area=None):
        path = workbook({"Lembar": [lists.HEADINGS, *rows]})
        by = invented.office(who)
        with scope.enter(by), path.open("rb") as file:
            job = actions.receive(by=by, file=file, filename=path.name, area=area)
        actions.advance(job.pk)
        return lists.current(job)

    return hand_in
