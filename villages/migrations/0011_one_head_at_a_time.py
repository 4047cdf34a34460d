"""A village has one head at a time. Where two offices overlap, the earlier one ends."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
from django.db import migrations, models

from villages.migrations.operations.together import Together

# Of two heads the one who came later is the present one: that is what had been meant, since nobody
# could hand an office over. Of two who begin on the same day, the later row begins the day after.
# History tells what was changed. Where that cannot be done, since somebody
# was head for that one day, the migration stops and names the village and the two offices.
REPAIR = """
SET LOCAL portal.low = ''; SET LOCAL portal.high = '~';
DO $$
DECLARE
    office villages_office%ROWTYPE;
    ahead villages_office%ROWTYPE;
BEGIN
    FOR office IN
        SELECT * FROM villages_office WHERE role = 'kepala_desa' ORDER BY area_id, starts_on, id
    LOOP
        IF ahead.area_id = office.area_id AND coalesce(ahead.ends_on, 'infinity') >= office.starts_on
        THEN
            IF ahead.starts_on = office.starts_on AND office.ends_on <= office.starts_on THEN
                RAISE EXCEPTION 'Village % has two heads on %: offices % and %. End one of them first.',
                    office.area_id, office.starts_on, ahead.id, office.id;
            ELSIF ahead.starts_on = office.starts_on THEN
                UPDATE villages_office SET ends_on = starts_on WHERE id = ahead.id;
                office.starts_on := office.starts_on + 1;
                UPDATE villages_office SET starts_on = office.starts_on WHERE id = office.id;
            ELSE
                UPDATE villages_office SET ends_on = office.starts_on - 1 WHERE id = ahead.id;
            END IF;
        END IF;
        ahead := office;
    END LOOP;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0010_forms_that_are_kept")]

    operations = [
        migrations.RunSQL(REPAIR, migrations.RunSQL.noop),
        Together(
            [
                migrations.AddConstraint(
                    model_name="office",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "kepala_desa")),
                        expressions=[
                            (django.contrib.postgres.indexes.OpClass("area", "gist_text_ops"), "="),
                            (
                                models.Func(
                                    "starts_on",
                                    "ends_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_upper=True
                                    ),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="one_head_at_a_time",
                        violation_error_message="Pada masa itu wilayah ini sudah punya kepala. Pakai "
                        "“Serahkan jabatan”, atau isi dahulu tanggal akhir jabatan yang lama.",
                    ),
                )
            ]
        ),
    ]
