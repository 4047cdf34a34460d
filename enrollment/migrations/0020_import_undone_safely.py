from django.db import migrations

from villages.rowsecurity import looking_everywhere

# An office takes its import back, but may not see every list its people are on. These functions
# look for it and touch no more than drafts: whoever was handed in stays (and the foreign key of
# `enrollment_entry` would let nobody be deleted who is on a list).
ON_LISTS = looking_everywhere(
    "people_on_lists(import uuid, OUT handed_in bigint, OUT drafts bigint)",
    """
    SELECT count(DISTINCT e.worker_id) FILTER (WHERE e.state <> 'draft'),
        count(DISTINCT e.worker_id) FILTER (WHERE e.state = 'draft' AND w.brought_by = import)
    INTO handed_in, drafts
    FROM enrollment_import i
    JOIN enrollment_entry e ON e.area_id >= i.area_id AND e.area_id < i.area_id || '/'
    JOIN enrollment_worker w ON w.id = e.worker_id
    WHERE i.id = import AND (w.brought_by = import OR w.id IN (
        SELECT r.worker_id FROM enrollment_importrow r
        WHERE r.job_id = import AND r.worker_id IS NOT NULL AND r.changes <> '{}' AND r.outcome = ''
            AND r.severity <> 'error' AND coalesce(r.overwrite, i.update_existing)
    ));
    """,
)
HOLDING = looking_everywhere(
    "what_holds_people(import uuid, people bigint[]) RETURNS TABLE (worker bigint, holder text)",
    """
    RETURN QUERY
    SELECT held.id, CASE WHEN held.handed_in THEN 'listed' ELSE 'held' END
    FROM (
        SELECT w.id, EXISTS (
            SELECT FROM enrollment_entry e WHERE e.worker_id = w.id AND e.state <> 'draft'
        ) AS handed_in
        FROM enrollment_worker w WHERE w.id = ANY (people) AND w.brought_by = import
    ) held
    WHERE held.handed_in
        OR EXISTS (SELECT FROM enrollment_membership m WHERE m.worker_id = held.id)
        OR EXISTS (SELECT FROM enrollment_cover c WHERE c.worker_id = held.id)
        OR EXISTS (SELECT FROM enrollment_duplicatecase d WHERE d.worker_id = held.id);
    """,
)
# Locking waits for whoever is handing the same rows in at this moment: then they are no drafts.
DROP = looking_everywhere(
    "drop_from_drafts(import uuid, people bigint[]) RETURNS void",
    """
    IF NOT EXISTS (
        SELECT FROM enrollment_import i WHERE i.id = import AND i.phase = 'undo'
            AND i.area_id >= low AND i.area_id < high
    ) THEN
        RAISE EXCEPTION 'import % is not being taken back by this office', import;
    END IF;
    PERFORM FROM enrollment_entry e JOIN enrollment_worker w ON w.id = e.worker_id
    WHERE w.id = ANY (people) AND w.brought_by = import AND e.state = 'draft'
    ORDER BY e.id FOR UPDATE OF e;
    DELETE FROM enrollment_step s USING enrollment_entry e, enrollment_worker w
    WHERE s.entry_id = e.id AND e.worker_id = w.id AND w.id = ANY (people)
        AND w.brought_by = import AND e.state = 'draft';
    DELETE FROM enrollment_entry e USING enrollment_worker w
    WHERE e.worker_id = w.id AND w.id = ANY (people) AND w.brought_by = import
        AND e.state = 'draft';
    """,
)
UNDO = [
    "DROP FUNCTION people_on_lists(uuid)",
    "DROP FUNCTION what_holds_people(uuid, bigint[])",
    "DROP FUNCTION drop_from_drafts(uuid, bigint[])",
]


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0019_import_undone")]

    operations = [migrations.RunSQL([ON_LISTS, HOLDING, DROP], UNDO)]
