"""The history of the demo's people begins when their records say so."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection
from django.utils import timezone

from enrollment.demo import history
from enrollment.workers.models import Worker
from tests import people
from villages import scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def first_event(worker):
    with scope.whole_country("tests"):
        return worker.events.get(pgh_label="insert").pgh_created_at


def test_people_are_registered_when_their_record_says_so_and_the_history_is_protected_again():
    long_ago = timezone.now() - timedelta(days=90)
    worker = people.worker(1, created_at=long_ago)
    assert first_event(worker) > long_ago
    history.backdate()
    assert first_event(worker) == long_ago
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'enrollment_workerevent'"
        )
        assert cursor.fetchone() == (True,)
    events = Worker.events.rel.related_model.objects
    with pytest.raises(ProgrammingError, match="permission denied"), scope.whole_country("tests"):
        events.update(pgh_created_at=timezone.now())


def test_without_the_owners_login_it_stays_as_the_triggers_wrote_it(settings):
    settings.DATABASE_OWNER = None
    worker = people.worker(1, created_at=timezone.now() - timedelta(days=90))
    before = first_event(worker)
    history.backdate()
    assert first_event(worker) == before
