-- Rows of an import go when it is discarded, read again or old. If somebody was shown values of its
-- people in full, the NIKs stay, so that "who saw this person?" still finds it.
CREATE OR REPLACE FUNCTION remember_shown_niks() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO enrollment_shownnik (job_id, area_id, nik)
    SELECT DISTINCT gone.job_id, gone.area_id, gone.nik
    FROM (SELECT DISTINCT job_id FROM gone_rows) jobs
    JOIN gone_rows gone ON gone.job_id = jobs.job_id
    WHERE gone.nik <> '' AND EXISTS (
        SELECT FROM enrollment_disclosure d
        WHERE d.subject = 'import:' || jobs.job_id AND d.why NOT IN ('', 'check')
    )
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
