from django.db import migrations

# A village may not see another one's people, yet must not register them a second time. These
# functions look over the whole country and tell the least that is needed. They enter the scope
# themselves: an owner without a superuser's rights cannot say SET in a function's head.
SEE_ALL = """
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
"""
SEE_AS_BEFORE = """
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
"""
DEFINER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
NIKS_REGISTERED = f"""
CREATE FUNCTION niks_registered(niks text[]) RETURNS SETOF text ROWS 1000 {DEFINER} AS $$
DECLARE {SEE_ALL}
    RETURN QUERY SELECT nik::text FROM enrollment_worker WHERE nik = ANY (niks);
    {SEE_AS_BEFORE}
END
$$
"""  # noqa: S608, nothing but the two blocks above
CLAIMED = (
    "kk name birth_place birth_date sex address hamlet rt rw occupation_text phone mother_name"
).split()
VALUES = ", ".join(f"'{name}', r.{name}" for name in CLAIMED)
OPEN_CASES = f"""
CREATE FUNCTION open_duplicate_cases(import uuid) RETURNS void {DEFINER} AS $$
DECLARE {SEE_ALL}
    INSERT INTO enrollment_duplicatecase (
        regency_id, worker_id, claimed_by_id, claimed_agency_id, claimed_values,
        created_at, decision, reason
    )
    SELECT left(w.area_id, 5), w.id, r.village_id, i.agency_id, jsonb_build_object({VALUES}),
        now(), '', ''
    FROM enrollment_import i
    JOIN enrollment_importrow r ON r.job_id = i.id
    JOIN enrollment_worker w ON w.nik = r.nik
    WHERE i.id = import AND 'duplicate.elsewhere' = ANY (r.codes)
        AND left(w.area_id, 5) = left(r.village_id, 5)
        AND NOT (w.ended_on IS NULL AND EXISTS (
            SELECT FROM enrollment_duplicatecase d
            WHERE d.worker_id = w.id AND d.claimed_by_id = r.village_id AND d.decision = 'stay'
        ))
    ON CONFLICT DO NOTHING;
    {SEE_AS_BEFORE}
END
$$
"""  # noqa: S608, our own column names
FOLLOW = """
CREATE FUNCTION worker_takes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE enrollment_workersource SET area_id = NEW.area_id WHERE worker_id = NEW.id;
    UPDATE enrollment_membership SET area_id = NEW.area_id WHERE worker_id = NEW.id;
    UPDATE enrollment_cover SET area_id = NEW.area_id WHERE worker_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER worker_takes_along AFTER UPDATE OF area_id ON enrollment_worker
FOR EACH ROW WHEN (OLD.area_id IS DISTINCT FROM NEW.area_id) EXECUTE FUNCTION worker_takes_along()
"""


class Migration(migrations.Migration):
    """What an import asks about people whom its village cannot see; moving one takes all along."""

    dependencies = [("enrollment", "0010_imports_staging")]

    operations = [
        migrations.RunSQL(NIKS_REGISTERED, "DROP FUNCTION niks_registered(text[])"),
        migrations.RunSQL(OPEN_CASES, "DROP FUNCTION open_duplicate_cases(uuid)"),
        migrations.RunSQL(FOLLOW, "DROP FUNCTION worker_takes_along() CASCADE"),
    ]
