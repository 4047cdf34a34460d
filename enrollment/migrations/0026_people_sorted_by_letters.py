import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

from villages.migrations.operations.together import Together


class Migration(migrations.Migration):
    """Lists of people are sorted by the letters of their names, not by small and capital ones."""

    atomic = False  # an index is built while people work

    dependencies = [("enrollment", "0025_registrations")]

    operations = [
        Together(
            [
                AddIndexConcurrently(
                    model_name="worker",
                    index=models.Index(
                        models.F("area"),
                        django.db.models.functions.text.Upper("name"),
                        models.F("id"),
                        include=("agency", "ended_on", "name"),
                        name="worker_sorted",
                    ),
                ),
                RemoveIndexConcurrently(model_name="worker", name="worker_listed"),
                migrations.AlterModelOptions(
                    name="worker",
                    options={
                        "ordering": [
                            "area_id",
                            django.db.models.functions.text.Upper("name"),
                            "pk",
                        ],
                        "verbose_name": "pekerja",
                        "verbose_name_plural": "pekerja",
                    },
                ),
            ]
        ),
    ]
