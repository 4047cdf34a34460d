import django.db.models.functions.text
from django.db import migrations, models

SMALL = "UPDATE villages_user SET username = lower(username) WHERE username <> lower(username)"


class Migration(migrations.Migration):
    """Phones begin a name with a capital; two accounts that differ in nothing else are one."""

    dependencies = [("villages", "0006_second_factor")]

    operations = [
        migrations.RunSQL(
            f"SET LOCAL portal.low = ''; SET LOCAL portal.high = '~'; {SMALL}",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("username", django.db.models.functions.text.Lower("username"))),
                name="username_in_small_letters",
                violation_error_message="Nama pengguna ditulis dengan huruf kecil.",
            ),
        ),
    ]
