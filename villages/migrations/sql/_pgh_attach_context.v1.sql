-- Every row of a history holds its own context (villages.audit), so nothing is upserted. The
-- library's function keeps contexts in a table that the application's role would have to be able to
-- change: that role may only ever add to the audit trail.
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('pghistory.context_id', true), '')::uuid
$$;
