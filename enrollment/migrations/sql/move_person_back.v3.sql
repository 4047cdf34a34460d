-- Undo a decision that moved a person: they are again where and as the case says (`before`). Says what
-- has been built on the decision meanwhile, and then changes nothing: '' nothing, 'changed' somebody
-- changed or ended them, 'left' they left a programme, 'listed' they were put on a list, 'claimed' another village names them. No
-- more is told, for the person may lie in another regency. Only an office of the regency that
-- decided, held by the caller, may ask. Putting somebody on a list holds the person too, so it comes
-- before this or after it.
CREATE OR REPLACE FUNCTION move_person_back(decided bigint, asking bigint, OUT built text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    low text := current_setting('portal.low', true);
    high text := current_setting('portal.high', true);
    agency text := current_setting('portal.agency', true);
    me text := current_setting('portal.user', true);
    the enrollment_duplicatecase;
    person enrollment_worker;
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    SELECT c.* INTO the
    FROM enrollment_duplicatecase c JOIN villages_office o ON o.id = asking
    WHERE c.id = decided AND c.decision = 'move' AND c.before <> '{}'
        AND c.regency_id >= low AND c.regency_id < high
        AND left(o.area_id, 5) = c.regency_id AND o.user_id::text = me
    FOR UPDATE OF c;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'case % moves nobody back', decided;
    END IF;
    SELECT w.* INTO person FROM enrollment_worker w WHERE w.id = the.worker_id FOR UPDATE;
    built := CASE
        WHEN person.area_id <> the.claimed_by_id OR person.updated_at <> the.decided_at THEN 'changed'
        WHEN EXISTS (
            SELECT FROM enrollment_entry e WHERE e.worker_id = person.id
                AND e.state NOT IN ('rejected', 'left') AND e.changed_at > the.decided_at
        ) THEN 'listed'
        -- What a decree has named and paid for since stays with the village that they left.
        WHEN EXISTS (
            SELECT FROM enrollment_entry e WHERE e.worker_id = person.id
                AND e.state = 'left' AND e.changed_at > the.decided_at
        ) THEN 'left'
        WHEN EXISTS (
            SELECT FROM enrollment_duplicatecase d WHERE d.worker_id = person.id
                AND d.id <> the.id AND d.created_at > the.decided_at
        ) THEN 'claimed'
        ELSE '' END;
    IF built = '' THEN
        UPDATE enrollment_worker w
        SET area_id = the.was_in_id, agency_id = (the.before ->> 'agency')::bigint,
            kk = the.before ->> 'kk', address = the.before ->> 'address',
            hamlet = the.before ->> 'hamlet', rt = the.before ->> 'rt', rw = the.before ->> 'rw',
            findings = ARRAY(SELECT jsonb_array_elements_text(the.before -> 'findings')),
            ended_on = (the.before ->> 'ended_on')::date,
            ended_reason = the.before ->> 'ended_reason',
            ended_document = the.before ->> 'ended_document', updated_at = clock_timestamp()
        WHERE w.id = person.id;
    END IF;
    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),
        set_config('portal.agency', agency, true);
END
$$;
