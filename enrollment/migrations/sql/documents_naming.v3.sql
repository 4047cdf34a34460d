-- The documents that name a person, as far as the caller sees them: lists with one of these NIKs (also
-- those whose rows were deleted after somebody was shown them), and decrees with one of these people: also
-- amendments that take them out or correct them.
-- Named as disclosures name them (`Disclosure.subject`).
CREATE OR REPLACE FUNCTION documents_naming(niks text[], people bigint[]) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT 'import:' || i.id FROM enrollment_import i
    WHERE EXISTS (
        SELECT FROM enrollment_importrow r WHERE r.job_id = i.id AND r.nik = ANY (niks)
    )
    UNION
    SELECT 'import:' || s.job_id FROM enrollment_shownnik s WHERE s.nik = ANY (niks)
    UNION
    SELECT 'decree:' || d.decree_id FROM enrollment_entry e
    JOIN enrollment_decreeentry d ON d.entry_id = e.id
    WHERE e.worker_id = ANY (people)
    UNION
    SELECT 'decree:' || c.decree_id FROM enrollment_entry e
    JOIN enrollment_decreeentry d ON d.entry_id = e.id
    JOIN enrollment_decreechange c ON c.row_id = d.id
    WHERE e.worker_id = ANY (people)
$$;
