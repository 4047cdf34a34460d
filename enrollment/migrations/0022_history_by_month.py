from django.db import migrations

from villages.migrations.operations.history import BigKeys, ByMonth

# A person who has gone is found by NIK, and it is the last event that counts: without its order in
# the index PostgreSQL may read whole months backwards for it.
PERSONS = """
DROP INDEX workerevent_nik;
CREATE INDEX workerevent_nik ON enrollment_workerevent (nik, pgh_id DESC);
"""
AS_BEFORE = """
DROP INDEX workerevent_nik;
CREATE INDEX workerevent_nik ON enrollment_workerevent (nik);
"""


class Migration(migrations.Migration):
    """Histories that grow with the number of people are divided by month; all have keys of 64 bits."""

    dependencies = [
        ("enrollment", "0021_fewer_indexes"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        BigKeys(
            "enrollment_bulkdecisionevent",
            "enrollment_columnmemoryevent",
            "enrollment_decreeevent",
            "enrollment_duplicatecaseevent",
            "enrollment_importevent",
            "enrollment_premiumsubsidyevent",
            "enrollment_proposalevent",
            "enrollment_quotaevent",
            "enrollment_recheckevent",
            "enrollment_retentionevent",
            "enrollment_tariffdiscountevent",
            "enrollment_tariffevent",
            "enrollment_usagelimitevent",
        ),
        ByMonth("enrollment_coverevent"),
        ByMonth("enrollment_entryevent"),
        ByMonth("enrollment_membershipevent"),
        ByMonth("enrollment_workerevent"),
        ByMonth("enrollment_workersourceevent"),
        migrations.RunSQL(PERSONS, AS_BEFORE),
    ]
