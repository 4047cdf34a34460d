-- A step of a decree begins where the decree stands and where its last step ended, and only the moves
-- below exist (enrollment/decrees/states.py has the same with their words; a test compares). A list
-- that is opened again tells why. Steps of two people cannot cross: the decree is held.
-- A decree is revoked as a whole, with its amendments, by a document; not while one is being made.
-- A list that came back with a file that differs from what was sent, or that nobody has signed, is
-- issued only with a reason (enrollment/decrees/signing/rules.py has the same; a test compares).
CREATE OR REPLACE FUNCTION decree_step_is_next() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    present text;
    sealed text;
    ended text;
    proved text;
BEGIN
    SELECT state, sha256 INTO present, sealed FROM enrollment_decree
        WHERE id = NEW.decree_id FOR NO KEY UPDATE;
    SELECT to_state INTO ended FROM enrollment_decreestep
        WHERE decree_id = NEW.decree_id ORDER BY id DESC LIMIT 1;
    IF present IS DISTINCT FROM NEW.from_state OR coalesce(ended, present) IS DISTINCT FROM present
        OR NOT EXISTS (
            SELECT FROM (VALUES
                ('draft', 'review', false),
                ('draft', 'freezing', false),
                ('draft', 'issuing', false),
                ('draft', 'withdrawn', false),
                ('review', 'draft', true),
                ('review', 'freezing', false),
                ('review', 'issuing', false),
                ('review', 'withdrawn', false),
                ('freezing', 'ready', false),
                ('freezing', 'draft', false),
                ('ready', 'sent', false),
                ('ready', 'returned', false),
                ('ready', 'draft', true),
                ('sent', 'returned', false),
                ('sent', 'draft', true),
                ('returned', 'issuing', false),
                ('returned', 'draft', true),
                ('issuing', 'issued', false),
                ('issuing', 'draft', false),
                ('issuing', 'returned', false),
                ('issued', 'revoking', true),
                ('revoking', 'revoked', false)
            ) legal (from_state, to_state, needs_reason)
            WHERE (legal.from_state, legal.to_state) = (NEW.from_state, NEW.to_state)
                AND (NEW.reason <> '' OR NOT legal.needs_reason)
        )
        OR NEW.to_state = 'returned' AND NOT EXISTS (
            SELECT FROM enrollment_decreefile f
            WHERE f.decree_id = NEW.decree_id AND f.kind = 'signed' AND f.seal = sealed
        )
        OR NEW.to_state = 'revoking' AND (
            EXISTS (SELECT FROM enrollment_decree d
                WHERE d.id = NEW.decree_id AND d.amends_id IS NOT NULL)
            OR EXISTS (SELECT FROM enrollment_decree a
                WHERE a.amends_id = NEW.decree_id AND a.state NOT IN ('issued', 'withdrawn'))
            OR NOT EXISTS (SELECT FROM enrollment_decreerevocation r
                WHERE r.decree_id = NEW.decree_id)
        )
    THEN
        RAISE EXCEPTION 'A decree does not move from % to % now', NEW.from_state, NEW.to_state
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decree_step_is_next',
                TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    IF NEW.from_state = 'returned' AND NEW.to_state = 'issuing' AND btrim(NEW.reason) = '' THEN
        SELECT f.proof INTO proved FROM enrollment_decreefile f
            WHERE f.decree_id = NEW.decree_id AND f.kind = 'signed' AND f.seal = sealed
            ORDER BY f.at DESC, f.id LIMIT 1;
        IF proved IN ('differs', 'unsigned') THEN
            RAISE EXCEPTION 'A decree whose signed file differs is issued with a reason'
                USING ERRCODE = 'integrity_constraint_violation',
                    CONSTRAINT = 'decree_differs_with_reason',
                    TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
        END IF;
    END IF;
    RETURN NEW;
END
$$;
