-- Make the part of `history` that takes the events of all months without a part of their own.
CREATE OR REPLACE FUNCTION make_history_others(history text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM make_history_part(history, history || '_others');
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I DEFAULT', history, history || '_others');
END
$$;
