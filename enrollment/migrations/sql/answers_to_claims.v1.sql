-- What the Dinas has decided about people whom the caller's village or agency has claimed, until they
-- say that they know: the name as they wrote it, the decision and its reason. The case may lie in
-- another regency, and neither the person nor where they are registered is told. The newest first,
-- at most so many; `of_all` is how many there are.
CREATE OR REPLACE FUNCTION answers_to_claims(most integer)
RETURNS TABLE (public_id uuid, name text, decision text, reason text, decided_at timestamptz, of_all bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    RETURN QUERY
    SELECT c.public_id, c.claimed_values ->> 'name', c.decision::text, c.reason, c.decided_at,
        count(*) OVER ()
    FROM enrollment_duplicatecase c
    WHERE c.claimed_by_id >= low AND c.claimed_by_id < high
        AND c.claimed_agency_id::text IS NOT DISTINCT FROM nullif(agency, '')
        AND c.decision <> '' AND c.claimant_told_at IS NULL
    ORDER BY c.decided_at DESC, c.id DESC LIMIT most;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;
