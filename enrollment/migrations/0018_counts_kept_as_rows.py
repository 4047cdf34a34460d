import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from villages.migrations.operations.rowbounds import of_agency, within
from villages.migrations.operations.rowsecurity import RowSecurity

OWN = f"{within('area_id')} AND {of_agency('agency_id')}"


def names(model, related_name="+", **options):
    """A column that names a row of another table and is checked by nothing: it is copied."""
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name=related_name,
        to=model,
        **options,
    )


def number():
    return (
        "id",
        models.BigAutoField(
            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
        ),
    )


class Migration(migrations.Migration):
    """Tables for the numbers that pages show, and on an entry whether its person has gone."""

    dependencies = [
        ("enrollment", "0017_who_saw_lists_that_have_gone"),
        ("villages", "0008_bounds_in_sight"),
    ]

    operations = [
        migrations.CreateModel(
            name="EntryCount",
            fields=[
                number(),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("verified", "Diverifikasi"),
                            ("approved", "Disetujui"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("waiting", "Daftar tunggu"),
                        ],
                        max_length=10,
                    ),
                ),
                ("gone", models.BooleanField()),
                ("decree_id", models.UUIDField(null=True)),
                ("people", models.IntegerField()),
                ("cost", models.BigIntegerField()),
                ("folded", models.BooleanField(db_default=False, default=False)),
                ("programme", names("enrollment.premiumsubsidy", "counts")),
                ("proposal", names("enrollment.proposal", "counts")),
                ("agency", names("villages.agency", null=True)),
                ("area", names("villages.area")),
            ],
            options={
                "verbose_name": "jumlah orang dalam usulan",
                "verbose_name_plural": "jumlah orang dalam usulan",
                "indexes": [
                    models.Index(fields=["programme", "area"], name="entry_count_programme"),
                    models.Index(fields=["area", "state"], name="entry_count_area"),
                    models.Index(fields=["proposal", "state"], name="entry_count_proposal"),
                    models.Index(
                        condition=models.Q(
                            ("state", "approved"),
                            models.Q(("gone", True), ("decree_id", None), _connector="OR"),
                        ),
                        fields=["area"],
                        name="entry_count_undecreed",
                    ),
                    models.Index(
                        condition=models.Q(("folded", False)),
                        fields=["proposal"],
                        name="entry_count_new",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PeopleCount",
            fields=[
                number(),
                ("ended", models.BooleanField()),
                (
                    "findings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
                ("people", models.IntegerField()),
                ("folded", models.BooleanField(db_default=False, default=False)),
                ("agency", names("villages.agency", null=True)),
                ("area", names("villages.area")),
            ],
            options={
                "verbose_name": "jumlah pekerja",
                "verbose_name_plural": "jumlah pekerja",
                "indexes": [
                    models.Index(fields=["area"], name="people_count_area"),
                    models.Index(
                        condition=models.Q(("folded", False)),
                        fields=["area"],
                        name="people_count_new",
                    ),
                ],
            },
        ),
        RowSecurity("enrollment_entrycount", OWN),
        RowSecurity("enrollment_peoplecount", OWN),
        pgtrigger.migrations.RemoveTrigger(model_name="entry", name="update_update"),
        migrations.AddField(
            model_name="entry",
            name="gone",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("gone", True)), fields=["area"], name="entry_gone"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="entry",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_entryevent" ("approved_by_id", "area_id", "changed_at", "cost", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposal_id", "public_id", "rank", "reason", "state", "submitted_by_id", "verified_by_id", "worker_id") SELECT new_values."approved_by_id", new_values."area_id", new_values."changed_at", new_values."cost", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."programme_id", new_values."proposal_id", new_values."public_id", new_values."rank", new_values."reason", new_values."state", new_values."submitted_by_id", new_values."verified_by_id", new_values."worker_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."approved_by_id" IS DISTINCT FROM (new_values."approved_by_id") OR old_values."area_id" IS DISTINCT FROM (new_values."area_id") OR old_values."changed_at" IS DISTINCT FROM (new_values."changed_at") OR old_values."cost" IS DISTINCT FROM (new_values."cost") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."programme_id" IS DISTINCT FROM (new_values."programme_id") OR old_values."proposal_id" IS DISTINCT FROM (new_values."proposal_id") OR old_values."public_id" IS DISTINCT FROM (new_values."public_id") OR old_values."rank" IS DISTINCT FROM (new_values."rank") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."submitted_by_id" IS DISTINCT FROM (new_values."submitted_by_id") OR old_values."verified_by_id" IS DISTINCT FROM (new_values."verified_by_id") OR old_values."worker_id" IS DISTINCT FROM (new_values."worker_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8290fa6f25b6a3fc7592d95af08181ff6c2d58fc",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a998c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="enrollment_entry",
                    when="AFTER",
                ),
            ),
        ),
    ]
