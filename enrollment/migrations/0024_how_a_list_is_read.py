import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
from django.db import migrations, models

from villages.migrations.operations.columns import AddFields
from villages.migrations.operations.rowbounds import within
from villages.migrations.operations.rowsecurity import RowSecurity
from villages.migrations.operations.triggers import AddTriggers

IN_AREA = within("area_id")


class Migration(migrations.Migration):
    """What an office has said of names of villages, and of rows that are people."""

    dependencies = [
        ("enrollment", "0023_how_long_history_is_kept"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        migrations.CreateModel(
            name="VillageMemory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=210)),
                ("remembered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="villages.office",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.area",
                    ),
                ),
            ],
            options={
                "verbose_name": "ingatan nama desa",
                "verbose_name_plural": "ingatan nama desa",
                "ordering": ["-remembered_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("office", "name"), name="village_memory_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="VillageMemoryEvent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=210)),
                ("remembered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.office",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="enrollment.villagememory",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="villages.area",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        AddFields(
            "import",
            {
                "row_texts": models.JSONField(
                    default=list,
                    help_text="a sheet: what its skipped rows say, masked (`accounts.texts_of`)",
                ),
                "said_people": models.JSONField(
                    default=dict, help_text="sheet → rows that somebody said are people"
                ),
                "villages": models.JSONField(
                    default=dict,
                    help_text="name as written → code: chosen for this list or remembered",
                ),
            },
        ),
        AddTriggers(
            {
                "villagememory": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_villagememoryevent" ("area_id", "id", "name", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remembered_at", "village_id") SELECT new_values."area_id", new_values."id", new_values."name", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."remembered_at", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="411b0fed57f3cb24fd469ed232a448a49971f353",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bc791",
                            referencing="REFERENCING NEW TABLE AS new_values ",
                            table="enrollment_villagememory",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_villagememoryevent" ("area_id", "id", "name", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remembered_at", "village_id") SELECT new_values."area_id", new_values."id", new_values."name", new_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."remembered_at", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                            hash="8798caafd58c3b61454fa8725319280b5b10b9bd",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_becaf",
                            referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                            table="enrollment_villagememory",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "enrollment_villagememoryevent" ("area_id", "id", "name", "office_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remembered_at", "village_id") SELECT old_values."area_id", old_values."id", old_values."name", old_values."office_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."remembered_at", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                            hash="5f31b93f146b379ed8902071396d05c62e4e3bd8",
                            level="STATEMENT",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c9611",
                            referencing="REFERENCING OLD TABLE AS old_values ",
                            table="enrollment_villagememory",
                            when="AFTER",
                        ),
                    ),
                ],
            }
        ),
        RowSecurity("enrollment_villagememory", IN_AREA),
        RowSecurity("enrollment_villagememoryevent", IN_AREA, check="true", append_only=True),
    ]
