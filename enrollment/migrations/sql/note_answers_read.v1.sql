-- The caller's village or agency knows these answers (answers_to_claims): they are not told again.
CREATE OR REPLACE FUNCTION note_answers_read(answers uuid[], OUT noted bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    UPDATE enrollment_duplicatecase c SET claimant_told_at = now()
    WHERE c.public_id = ANY (answers) AND c.claimed_by_id >= low AND c.claimed_by_id < high
        AND c.claimed_agency_id::text IS NOT DISTINCT FROM nullif(agency, '')
        AND c.decision <> '' AND c.claimant_told_at IS NULL;
    GET DIAGNOSTICS noted = ROW_COUNT;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;
