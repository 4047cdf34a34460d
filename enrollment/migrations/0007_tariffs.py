from dataclasses import asdict

from django.db import migrations

from enrollment.programmes.tariffs import DEFAULT_DISCOUNTS, DEFAULT_TARIFFS


def add_tariffs(apps, schema_editor):
    tables = {"Tariff": DEFAULT_TARIFFS, "TariffDiscount": DEFAULT_DISCOUNTS}
    owner = schema_editor.connection.alias
    for name, lines in tables.items():
        model = apps.get_model("enrollment", name)
        model.objects.using(owner).bulk_create([model(**asdict(line)) for line in lines])


class Migration(migrations.Migration):
    """The contribution table to start with; from then on an administrator keeps it."""

    dependencies = [("enrollment", "0006_waiting_list")]

    operations = [migrations.RunPython(add_tariffs, migrations.RunPython.noop)]
