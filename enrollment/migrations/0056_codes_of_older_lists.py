import secrets
from pathlib import Path

from django.db import migrations

from villages.migrations.operations.functions import Function

SQL = Path(__file__).with_name("sql")
ALPHABET, LENGTH = "ACDEFGHJKMNPQRTVWXY34679", 10
EVERYWHERE = """
SELECT set_config('portal.low', '', true), set_config('portal.high', '~', true),
    set_config('portal.agency', '', true)
"""
NOWHERE = "SELECT set_config('portal.high', '', true)"
PUBLISHED = ("issued", "revoking", "revoked")


def give_codes(apps, schema_editor):
    """A code for each decree that was issued before there were codes. It stands beside the list: the
    sealed header stays as it is, and so do all files. Whoever is drawn twice draws again."""
    schema_editor.execute(EVERYWHERE)
    given = apps.get_model("enrollment", "DecreeCode")
    older = apps.get_model("enrollment", "Decree").objects.filter(
        state__in=PUBLISHED, header__code__isnull=True, codes=None
    )
    taken = set(given.objects.values_list("code", flat=True))
    rows = []
    for decree, regency in older.values_list("pk", "regency_id"):
        code = _drawn()
        while code in taken:
            code = _drawn()
        taken.add(code)
        rows.append(given(code=code, decree_id=decree, regency_id=regency))
    given.objects.bulk_create(rows)
    schema_editor.execute(NOWHERE)


def _drawn():
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class Migration(migrations.Migration):
    """Anybody can look up a decree that was issued before there were codes."""

    dependencies = [
        ("enrollment", "0054_amendments_and_the_public_page"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Function(SQL / "public_decree.v2.sql"),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
    ]
