-- The rows of issued decrees, as far as the caller sees them, that pay nothing for whom they name:
-- they had gone when a signed list was issued, or have left since without a month that stays. The
-- rule is nowhere else. It has no search_path of its own, so that PostgreSQL plans it as part of the
-- query that asks, like a view; therefore every table is named with its schema.
CREATE OR REPLACE FUNCTION rows_not_paid()
RETURNS TABLE (entry_id bigint, worker_id bigint, decree_id uuid)
LANGUAGE sql STABLE AS $$
    SELECT r.entry_id, e.worker_id, d.id
    FROM public.enrollment_decreeentry r
    JOIN public.enrollment_decree d ON d.id = r.decree_id
    JOIN public.enrollment_entry e ON e.id = r.entry_id
    WHERE d.state = 'issued' AND NOT EXISTS (
        SELECT FROM public.enrollment_cover c
        WHERE c.worker_id = e.worker_id AND c.source_id = d.cover_source_id
    )
$$;
