import django.db.models.deletion
from django.db import migrations, models


def without_index(model: str, name: str, to: str, **options: object) -> migrations.AlterField:
    """The foreign key as it is, but for the index of its own."""
    return migrations.AlterField(
        model_name=model,
        name=name,
        field=models.ForeignKey(
            db_index=False,
            on_delete=options.pop("on_delete", django.db.models.deletion.PROTECT),
            to=to,
            **options,
        ),
    )


class Migration(migrations.Migration):
    """Indexes of lists and decrees that repeat the beginning of another are written no longer."""

    dependencies = [("enrollment", "0019_counts_are_kept")]

    operations = [
        migrations.AddIndex(
            model_name="decreeentry",
            index=models.Index(fields=["area"], name="decree_entry_area"),
        ),
        without_index("decreeentry", "area", "villages.area", related_name="+"),
        without_index("decreeentry", "decree", "enrollment.decree", related_name="entries"),
        without_index("decreeentry", "entry", "enrollment.entry", related_name="decree_rows"),
        without_index("entry", "area", "villages.area", related_name="+"),
        without_index("entry", "programme", "enrollment.premiumsubsidy", related_name="entries"),
        without_index(
            "entry",
            "proposal",
            "enrollment.proposal",
            related_name="entries",
            on_delete=django.db.models.deletion.CASCADE,
        ),
        without_index("step", "area", "villages.area", related_name="+"),
    ]
