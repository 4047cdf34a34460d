"""A job waits for room as long as it takes: a full disk is no attempt."""

import pytest
from django.db import OperationalError, connection

from enrollment.jobs import actions as jobs
from enrollment.workers.rechecks import actions
from enrollment.workers.rechecks.models import Recheck
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db
RAISED = "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = %s; END $$"


@pytest.mark.parametrize(("code", "goes_on"), [("53100", True), ("40001", False)])
def test_a_job_goes_on_once_there_is_room(monkeypatch, code, goes_on):
    people.worker(1, rt="")
    office = people.office("vera")
    with scope.enter(office):
        job = actions.start(by=office, area=people.TRENGGALEK)

    def full(*_):
        with connection.cursor() as cursor:
            cursor.execute(RAISED, [code])

    with monkeypatch.context() as patch:
        patch.setattr(actions, "write", full)
        for _ in range(jobs.MOST_ATTEMPTS):
            with pytest.raises(OperationalError):
                actions.proceed(job.pk)
    actions.proceed(job.pk)
    with scope.whole_country("test"):
        state = Recheck.objects.get(pk=job.pk).state
    assert state == ("done" if goes_on else "refused")
