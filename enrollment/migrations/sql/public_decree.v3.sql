-- As the second version; a village's own decree names the village.
CREATE OR REPLACE FUNCTION public_decree(asked text)
RETURNS TABLE (
    regency text, head text, number text, day date, title text, people integer, total bigint,
    seal text, balance jsonb, ordinal smallint, revoked_by text, revoked_on date, chain jsonb,
    files jsonb
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    RETURN QUERY
    SELECT (d.header->>'regency_word') || ' ' || (d.header->>'regency'),
        concat_ws(' ', d.header->>'head_title', d.header->>'village'),
        d.number::text, d.date, d.title::text, d.people, d.total, d.sha256::text,
        d.header->'balance', d.ordinal, r.number::text, r.date,
        (
            SELECT jsonb_agg(jsonb_build_object('number', c.number, 'day', c.date,
                'ordinal', c.ordinal, 'code', coalesce(c.header->>'code', b.code)) ORDER BY c.ordinal)
            FROM enrollment_decree c
            LEFT JOIN LATERAL (
                SELECT g.code FROM enrollment_decreecode g WHERE g.decree_id = c.id
                ORDER BY g.given_at DESC, g.code LIMIT 1
            ) b ON true
            WHERE c.state IN ('issued', 'revoking', 'revoked')
                AND (c.id = base.id OR c.amends_id = base.id)
        ),
        (
            SELECT jsonb_agg(jsonb_build_object('kind', f.kind, 'form', f.form, 'sha256', f.sha256)
                ORDER BY f.place, f.form, f.sha256)
            FROM (
                SELECT 1 AS place, 'signed' AS kind, s.ending::text AS form, s.sha256 FROM (
                    SELECT * FROM enrollment_decreefile s
                    WHERE s.decree_id = d.id AND s.kind = 'signed' AND s.seal = d.sha256
                    ORDER BY s.at DESC, s.id LIMIT 1) s
                UNION ALL
                SELECT 2, 'sent', s.ending, s.sha256 FROM enrollment_decreefile s
                WHERE s.decree_id = d.id AND s.kind = 'sent' AND s.seal = d.sha256
                UNION ALL
                SELECT CASE p.version WHEN 'masked' THEN 3 ELSE 4 END, p.version,
                    'pdf ' || p.paper, p.sha256
                FROM enrollment_annexpdf p
                WHERE p.decree_id = d.id AND p.state = 'done' AND p.issued
                UNION ALL
                SELECT CASE x.version WHEN 'masked' THEN 3 ELSE 4 END, x.version, 'xlsx', x.sha256
                FROM enrollment_decreeannex x WHERE x.decree_id = d.id AND x.state = 'done'
            ) f
        )
    FROM enrollment_decreecode k
    JOIN enrollment_decree d ON d.id = k.decree_id
    JOIN enrollment_decree base ON base.id = coalesce(d.amends_id, d.id)
    LEFT JOIN enrollment_decreerevocation r ON r.decree_id = base.id
        AND base.state IN ('revoking', 'revoked')
    WHERE k.code = asked AND coalesce(d.header->>'code', k.code) = k.code
        AND d.state IN ('issued', 'revoking', 'revoked');
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;
