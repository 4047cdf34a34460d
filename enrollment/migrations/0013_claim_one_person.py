from django.db import migrations

# As `open_duplicate_cases` does for an import, for one person that a village enters by hand: the
# village learns nothing, the Dinas of the regency in which the person is registered sees both.
# Only a village within the caller's own scope can claim anybody.
CLAIM = """
CREATE FUNCTION claim_registered_person(claimed_nik text, village text, agency_claiming bigint,
    typed jsonb) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    IF NOT (village COLLATE "C" >= low AND village COLLATE "C" < high) THEN
        RETURN;
    END IF;
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    INSERT INTO enrollment_duplicatecase (
        regency_id, worker_id, claimed_by_id, claimed_agency_id, claimed_values,
        created_at, decision, reason
    )
    SELECT left(w.area_id, 5), w.id, village, agency_claiming, typed, now(), '', ''
    FROM enrollment_worker w
    WHERE w.nik = claimed_nik AND left(w.area_id, 5) = left(village, 5)
        AND NOT (w.ended_on IS NULL AND EXISTS (
            SELECT FROM enrollment_duplicatecase d
            WHERE d.worker_id = w.id AND d.claimed_by_id = village AND d.decision = 'stay'
        ))
    ON CONFLICT DO NOTHING;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0012_quota_without_limit")]

    operations = [
        migrations.RunSQL(CLAIM, "DROP FUNCTION claim_registered_person(text, text, bigint, jsonb)")
    ]
