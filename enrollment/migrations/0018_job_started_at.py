from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enrollment", "0017_import_writes_less"),
    ]

    operations = [
        migrations.AddField(
            model_name=model,
            name="started_at",
            field=models.DateTimeField(
                help_text="when a worker first went on with the present phase", null=True
            ),
        )
        for model in ("import", "recheck", "decreeannex")
    ]
