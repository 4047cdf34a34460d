import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from villages.migrations.operations.rowsecurity import USER, RowSecurity

OWN = f"user_id::text = {USER}"
OLD = "kept_at < now() - interval '30 minutes'"


class Migration(migrations.Migration):
    """Forms that arrived without a session. Each account sees its own; what is old may be tidied away
    by anybody."""

    dependencies = [
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptForm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("content", models.BinaryField()),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_forms",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "isian yang tertahan",
                "verbose_name_plural": "isian yang tertahan",
                "ordering": ["-kept_at"],
            },
        ),
        RowSecurity("villages_keptform", f"{OWN} OR {OLD}", check=OWN),
    ]
