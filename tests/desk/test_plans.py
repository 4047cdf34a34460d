"""How many rows the desk looks at: no more in a regency than in a village."""

import pytest
from django.db import connection, transaction
from django.utils import timezone

from enrollment.desk.line import Line
from enrollment.proposals.models import Entry, Proposal
from enrollment.workers.models import Worker
from tests import databases, people
from tests.desk.asking import programme_desk
from tests.plans import rows_looked_at
from tests.proposals import making
from tests.proposals.asking import text
from villages import scope
from villages.models import Area

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
VILLAGES, PEOPLE = 40, 100
MOST = 20 * PEOPLE
"""Rows that one statement may look at: some villages', not those of 40."""

WORKERS = """
INSERT INTO enrollment_worker (area_id, nik, name, birth_date, sex, kk)
SELECT village, '3503070101' || lpad(n::text, 6, '0'), 'ORANG ' || n,
    date '1965-01-01' + n %% 9000, 'L', lpad((n / 4)::text, 16, '3')
FROM (SELECT n, (%(villages)s::text[])[1 + n %% %(count)s] AS village
      FROM generate_series(1, %(people)s) n) each
"""
ENTRIES = """
INSERT INTO enrollment_entry (proposal_id, programme_id, worker_id, area_id, state, reason, cost,
    submitted_by_id, verified_by_id, changed_at)
SELECT p.id, p.programme_id, w.id, w.area_id, 'verified', '', 0, %(maker)s, %(verifier)s, now()
FROM enrollment_worker w JOIN enrollment_proposal p ON p.area_id = w.area_id
"""


@pytest.fixture
def regency():
    """4,000 people of 40 villages, all verified but for some of the last village and one of the
    first: whoever looks for who is next must not pass the others by."""
    subsidy, kartika = making.programme(), people.office("kartika")
    with scope.whole_country("tests"), connection.cursor() as cursor:
        villages = Area.objects.within(people.TRENGGALEK).villages().filter(current=True)
        codes = list(villages.order_by("pk").values_list("pk", flat=True)[:VILLAGES])
        Proposal.objects.bulk_create(
            Proposal(
                programme=subsidy, area_id=code, created_by=kartika, submitted_at=timezone.now()
            )
            for code in codes
        )
        values = {"villages": codes, "count": VILLAGES, "people": VILLAGES * PEOPLE}
        cursor.execute(WORKERS, values)
        signers = {"maker": kartika.user_id, "verifier": people.office("vera").user_id}
        cursor.execute(ENTRIES, signers)
        first, last = (Entry.objects.filter(area=codes[at]).order_by("pk") for at in (0, -1))
        waiting = [*first.values_list("pk", flat=True)[:1], *last.values_list("pk", flat=True)[:9]]
        Entry.objects.filter(pk__in=waiting).update(state="submitted", verified_by=None)
    with databases.owner(connection.settings_dict["NAME"]) as owner, owner.cursor() as cursor:
        cursor.execute("ANALYZE")
    return subsidy, waiting


def test_the_next_is_found_without_passing_the_others_by(regency):
    subsidy, waiting = regency
    with scope.enter(people.office("vera")):
        first, last = (Entry.objects.get(pk=waiting[at]) for at in (0, -1))
        line = Line(subsidy, None, {}, people.office("vera"))
        with rows_looked_at() as looked:
            assert [row.pk for row in line.first(1)] == waiting[:1]
            assert [row.pk for row in line.around(first, 0, 5).behind] == waiting[1:6]
            assert line.around(last, 2, 12).behind == []
            assert line.after_the_last(last).pk == waiting[0]
            assert line.around(first, 5, 0).before == []
    assert max(looked)[0] <= 3 * PEOPLE, max(looked)


def test_no_statement_of_the_page_looks_at_a_whole_regency(regency, as_person):
    subsidy, _ = regency
    with scope.enter(people.office("vera")):
        assert Worker.objects.count() == VILLAGES * PEOPLE
    vera = as_person("vera")
    with transaction.atomic(), rows_looked_at() as looked:
        page = text(vera.get(programme_desk(subsidy)))
    assert "10 menunggu" in page and "Sekeluarga" in page
    assert max(looked)[0] <= MOST, max(looked)
