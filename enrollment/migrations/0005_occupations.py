from django.db import migrations

from enrollment.workers.occupations import OCCUPATIONS


def add_occupations(apps, schema_editor):
    occupation = apps.get_model("enrollment", "Occupation")
    occupation.objects.using(schema_editor.connection.alias).bulk_create(
        [
            occupation(key=key, name=name, aliases=list(aliases), registry_code=code)
            for key, name, aliases, code in OCCUPATIONS
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    """The kinds of work to start with; from then on an administrator keeps them."""

    dependencies = [("enrollment", "0004_recheck_place")]

    operations = [migrations.RunPython(add_occupations, migrations.RunPython.noop)]
