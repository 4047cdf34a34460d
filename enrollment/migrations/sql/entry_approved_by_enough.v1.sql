-- Nobody is approved with fewer signatures than the regency's bands ask for at that moment, nor by
-- somebody who has signed already; who is approved in part has a signature. Who is neither any longer
-- loses them all. Asked once a statement, for the rows whose state is new.
CREATE OR REPLACE FUNCTION entry_approved_by_enough() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    fresh bigint[];
    undone bigint[];
    broken text;
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(c.id) INTO fresh FROM come c WHERE c.state IN ('approved', 'cosigned');
    ELSE
        SELECT array_agg(c.id) FILTER (WHERE c.state IN ('approved', 'cosigned')),
            array_agg(c.id) FILTER (WHERE w.state IN ('approved', 'cosigned')
                AND c.state NOT IN ('approved', 'cosigned', 'left'))
        INTO fresh, undone
        FROM come c JOIN went w ON w.id = c.id
        WHERE (c.state, c.submitted_by_id, c.verified_by_id, c.approved_by_id)
            IS DISTINCT FROM (w.state, w.submitted_by_id, w.verified_by_id, w.approved_by_id);
    END IF;
    IF fresh IS NOT NULL THEN
        SELECT CASE
            WHEN bool_or(s.doubled) THEN 'cosignature_once_a_person'
            WHEN bool_or(s.made) THEN 'cosigner_is_not_maker'
            WHEN bool_or(s.state = 'cosigned' AND s.people = 0) THEN 'entry_cosigned_is_signed'
            WHEN bool_or(s.state = 'approved' AND s.people + 1 < n.needed)
                THEN 'entry_approved_by_enough'
            END INTO broken
        FROM (
            SELECT c.programme_id, c.state, count(k.id) AS people,
                bool_or(k.user_id = c.approved_by_id) AS doubled,
                bool_or(k.user_id IN (c.submitted_by_id, c.verified_by_id)) AS made
            FROM come c LEFT JOIN enrollment_cosignature k ON k.entry_id = c.id
            WHERE c.id = ANY (fresh)
            GROUP BY c.id, c.programme_id, c.state
        ) s JOIN (
            SELECT p.id, approvers_needed(p.id) AS needed
            FROM (SELECT DISTINCT c.programme_id AS id FROM come c) p
        ) n ON n.id = s.programme_id;
    END IF;
    IF broken IS NULL AND undone IS NOT NULL THEN
        DELETE FROM enrollment_cosignature k WHERE k.entry_id = ANY (undone);
    END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION 'Somebody is approved without the signatures that this takes'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = broken, TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
    RETURN NULL;
END
$$;
