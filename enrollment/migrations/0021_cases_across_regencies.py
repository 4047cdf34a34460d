from django.db import migrations

from villages.rowsecurity import looking_everywhere

CLAIMED = (
    "kk name birth_place birth_date sex address hamlet rt rw occupation_text phone mother_name"
).split()
VALUES = ", ".join(f"'{name}', r.{name}" for name in CLAIMED)
CASE = """
    INSERT INTO enrollment_duplicatecase (
        regency_id, worker_id, claimed_by_id, claimed_agency_id, claimed_values,
        created_at, decision, reason
    )"""
SETTLED = """
    w.ended_on IS NULL AND EXISTS (
        SELECT FROM enrollment_duplicatecase d
        WHERE d.worker_id = w.id AND d.claimed_by_id = {village} AND d.decision = 'stay'
    )"""
# The regency in which the person is registered keeps the record, so its Dinas decides, whether
# the other village lies in it or not.
OPEN_CASES = looking_everywhere(
    "open_duplicate_cases(import uuid) RETURNS void",
    f"""{CASE}
    SELECT left(w.area_id, 5), w.id, r.village_id, i.agency_id, jsonb_build_object({VALUES}),
        now(), '', ''
    FROM enrollment_import i
    JOIN enrollment_importrow r ON r.job_id = i.id
    JOIN enrollment_worker w ON w.nik = r.nik
    WHERE i.id = import AND 'duplicate.elsewhere' = ANY (r.codes)
        AND NOT ({SETTLED.format(village="r.village_id")})
    ON CONFLICT DO NOTHING;
    """,  # noqa: S608, our own column names
)
CLAIM = looking_everywhere(
    "claim_registered_person(claimed_nik text, village text, agency_claiming bigint, typed jsonb)"
    " RETURNS void",
    f"""
    IF village COLLATE "C" >= low AND village COLLATE "C" < high THEN
    {CASE}
    SELECT left(w.area_id, 5), w.id, village, agency_claiming, typed, now(), '', ''
    FROM enrollment_worker w
    WHERE w.nik = claimed_nik AND NOT ({SETTLED.format(village="village")})
    ON CONFLICT DO NOTHING;
    END IF;
    """,  # noqa: S608
)
# Row security lets a Dinas write people into its own regency only. Of a case that an office of
# this regency has decided, held by the caller, the person alone may leave it.
MOVE = looking_everywhere(
    "move_claimed_person(decided bigint) RETURNS void",
    """
    UPDATE enrollment_worker w
    SET area_id = c.claimed_by_id, agency_id = c.claimed_agency_id,
        ended_on = NULL, ended_reason = '', ended_document = '', updated_at = clock_timestamp()
    FROM enrollment_duplicatecase c JOIN villages_office o ON o.id = c.decided_by_id
    WHERE c.id = decided AND c.decision = 'move' AND w.id = c.worker_id
        AND w.area_id = c.was_in_id AND left(w.area_id, 5) = c.regency_id
        AND c.regency_id >= low AND c.regency_id < high
        AND left(o.area_id, 5) = c.regency_id AND o.user_id::text = me;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'case % does not move anybody', decided;
    END IF;
    """,
)


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0020_import_undone_safely")]

    operations = [
        migrations.RunSQL([OPEN_CASES, CLAIM], migrations.RunSQL.noop),
        migrations.RunSQL(MOVE, "DROP FUNCTION move_claimed_person(bigint)"),
    ]
