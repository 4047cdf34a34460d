from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import within
from villages.migrations.operations.rowsecurity import RowSecurity

SQL = Path(__file__).with_name("sql")
REMEMBER = """
CREATE TRIGGER remember_shown_niks AFTER DELETE ON enrollment_importrow
REFERENCING OLD TABLE AS gone_rows FOR EACH STATEMENT EXECUTE FUNCTION remember_shown_niks()
"""


class Migration(migrations.Migration):
    """Who was shown a person in a list that was discarded or has expired is found all the same."""

    dependencies = [("enrollment", "0016_bounds_in_sight")]

    operations = [
        migrations.CreateModel(
            name="ShownNik",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nik", models.CharField(max_length=40)),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="enrollment.import",
                    ),
                ),
            ],
            options={
                "verbose_name": "NIK yang pernah ditampilkan",
                "verbose_name_plural": "NIK yang pernah ditampilkan",
                "constraints": [
                    models.UniqueConstraint(fields=("nik", "job"), name="shown_nik_once")
                ],
            },
        ),
        RowSecurity("enrollment_shownnik", within("area_id"), append_only=True),
        Function(SQL / "remember_shown_niks.v1.sql"),
        migrations.RunSQL(REMEMBER, "DROP TRIGGER remember_shown_niks ON enrollment_importrow"),
        Function(SQL / "documents_naming.v2.sql"),
    ]
