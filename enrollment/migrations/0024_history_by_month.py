from django.db import migrations

from villages.migrations.operations.history import BigKeys, ByMonth


class Migration(migrations.Migration):
    """Histories that grow with the number of people are divided by month; all have keys of 64 bits."""

    dependencies = [
        ("enrollment", "0017_who_saw_lists_that_have_gone"),
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
    ]
