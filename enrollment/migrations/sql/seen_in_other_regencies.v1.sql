-- Who saw a person of the caller's area in other areas, where the person lived before: what was shown
-- of the person, of a document that names them, and of the places they were in; the newest first, at
-- most `most`. Of anybody else it tells nothing.
CREATE OR REPLACE FUNCTION seen_in_other_regencies(
    person bigint, since timestamptz, until timestamptz, most integer
)
RETURNS TABLE (
    at timestamptz, kind text, why text, who text, role text, place text, subject text, people integer
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    known boolean := EXISTS (
        SELECT FROM enrollment_worker w
        WHERE w.id = person AND w.area_id >= low AND w.area_id < high
    );
    niks text[];
    ids bigint[];
    places text[];
    documents text[];
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    IF known THEN
        SELECT array_agg(DISTINCT e.nik), array_agg(DISTINCT e.area_id) INTO niks, places
        FROM enrollment_workerevent e WHERE e.pgh_obj_id = person;
        SELECT array_agg(DISTINCT e.pgh_obj_id) INTO ids
        FROM enrollment_workerevent e WHERE e.nik = ANY (niks);
        documents := ARRAY(SELECT documents_naming(niks, ids));
        places := ARRAY(
            SELECT DISTINCT left(lived, length) FROM unnest(places) lived, unnest('{5,8,13}'::int[]) length
        );
        RETURN QUERY
        SELECT d.at, d.kind::text, d.why::text,
            coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username)::text,
            coalesce(o.role, '')::text, coalesce(a.name, '')::text, d.subject::text, d.people::integer
        FROM enrollment_disclosure d
        JOIN villages_user u ON u.id = d.user_id
        LEFT JOIN villages_office o ON o.id = d.office_id
        LEFT JOIN villages_area a ON a.code = o.area_id
        WHERE (d.area_id < low OR d.area_id >= high)
            AND (since IS NULL OR d.at >= since) AND (until IS NULL OR d.at < until)
            AND (d.worker_id = ANY (ids) OR d.subject = ANY (documents)
                OR d.worker_id IS NULL AND d.area_id = ANY (places))
        ORDER BY d.at DESC LIMIT most;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;
