-- Make the part of `history` that takes the events of `month`, in the time of Jakarta, and move there
-- what the part of the other months holds of it. Readers of the history wait until the transaction
-- ends; writers do not, for they need the part of the present month only.
CREATE OR REPLACE FUNCTION make_history_month(history text, month date) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET timezone = 'Asia/Jakarta' AS $$
DECLARE
    part text := history || to_char(month, '_YYYY_MM');
    low timestamptz := date_trunc('month', month);
    high timestamptz := low + interval '1 month';
BEGIN
    PERFORM make_history_part(history, part);
    EXECUTE format(
        'WITH moved AS ('
        '    DELETE FROM %I WHERE pgh_created_at >= $1 AND pgh_created_at < $2 RETURNING *'
        ') INSERT INTO %I SELECT * FROM moved',
        history || '_others', part
    ) USING low, high;
    EXECUTE format(
        'ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', history, part, low, high
    );
END
$$;
