-- As open_duplicate_cases, for one person whom a village enters by hand, or whose NIK it gives to
-- somebody. The village learns no more than that, and the regency that holds the person gets a record
-- of it; only a village within the caller's own scope can claim anybody. An import that is undone
-- withdraws no case that somebody has claimed by hand.
CREATE OR REPLACE FUNCTION claim_registered_person(
    claimed_nik text, village text, agency_claiming bigint, typed jsonb,
    asking bigint, place text, came_from inet
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    me text := current_setting('portal.user', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    IF village COLLATE "C" >= low AND village COLLATE "C" < high THEN
        INSERT INTO enrollment_duplicatecase AS c (
            regency_id, worker_id, claimed_by_id, claimed_agency_id, brought_by, claimed_values,
            created_at, decision, reason
        )
        SELECT left(w.area_id, 5), w.id, village, agency_claiming, NULL, typed, now(), '', ''
        FROM enrollment_worker w
        WHERE w.nik = claimed_nik AND NOT (
            w.ended_on IS NULL AND EXISTS (
                SELECT FROM enrollment_duplicatecase d
                WHERE d.worker_id = w.id AND d.claimed_by_id = village AND d.decision = 'stay'
            ))
        ON CONFLICT (worker_id, claimed_by_id) WHERE decision = '' DO UPDATE
            SET brought_by = NULL;
        INSERT INTO enrollment_disclosure (
            at, kind, why, user_id, office_id, area_id, worker_id, subject, people, origin, network
        )
        SELECT now(), 'told', 'check', o.user_id, o.id, w.area_id, w.id, 'duplicate:' || w.public_id,
            1, place, came_from
        FROM enrollment_worker w JOIN villages_office o ON o.id = asking AND o.user_id::text = me
        WHERE w.nik = claimed_nik;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;
