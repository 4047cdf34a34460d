-- Delete records of logging in and out that are older than `before`, at most `most` of them;
-- returns how many. The application may not delete records, so this is the owner's, whom the
-- policy `old_log_ins` keeps from the last 90 days and from every other kind of record.
CREATE OR REPLACE FUNCTION forget_log_ins(before timestamptz, most integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone integer;
BEGIN
    DELETE FROM villages_accountrecord WHERE id IN (
        SELECT id FROM villages_accountrecord
        WHERE kind IN ('masuk', 'keluar') AND at < before
        LIMIT most
    );
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;
