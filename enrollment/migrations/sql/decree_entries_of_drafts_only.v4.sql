-- The rows of a decree are added, changed and deleted only while it is a draft or in legal review, whatever scope is
-- entered. Whoever adds a row and whoever issues the decree wait for each other.
-- Those of a village's decree live in that village, and only its own scope, or that of the whole country, writes them.
-- It looks at our tables, whatever temporary ones of their names the session has made.
CREATE OR REPLACE FUNCTION decree_entries_of_drafts_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    scope text[] := ARRAY[current_setting('portal.low', true),
        current_setting('portal.high', true), current_setting('portal.agency', true)];
    refused boolean;
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    PERFORM FROM enrollment_decree
        WHERE id IN (SELECT decree_id FROM touched) ORDER BY id FOR SHARE;
    refused := EXISTS (SELECT FROM touched t WHERE NOT EXISTS (
        SELECT FROM enrollment_decree d WHERE d.id = t.decree_id AND d.state IN ('draft', 'review')
            AND (d.village_id IS NULL OR d.village_id = t.area_id AND scope[1] IN (d.village_id, ''))));
    PERFORM set_config('portal.low', coalesce(scope[1], ''), true),
        set_config('portal.high', coalesce(scope[2], ''), true),
        set_config('portal.agency', coalesce(scope[3], ''), true);
    IF refused THEN
        RAISE EXCEPTION 'The rows of an issued decree can be neither added to, changed nor deleted'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'decree_entries_are_frozen', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END
$$;
