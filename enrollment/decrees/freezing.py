"""What the database itself refuses once a decree is issued, as migration operations.

These are plain triggers and not django-pgtrigger's, which any session can switch off with
`SET pgtrigger.ignore`: a signed list must withstand SQL typed in the application's own login.
Each looks with every row in view, so that nobody escapes by entering a scope in which the decree
cannot be seen.
"""

from django.db.migrations import RunSQL

_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    scope text[] := ARRAY[current_setting('portal.low', true),
        current_setting('portal.high', true), current_setting('portal.agency', true)];
    refused boolean;
BEGIN
    PERFORM set_config('portal.low', '', true), set_config('portal.high', '~', true),
        set_config('portal.agency', '', true);
    {lock}
    refused := EXISTS ({broken});
    PERFORM set_config('portal.low', coalesce(scope[1], ''), true),
        set_config('portal.high', coalesce(scope[2], ''), true),
        set_config('portal.agency', coalesce(scope[3], ''), true);
    IF refused THEN
        RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = '{constraint}', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
    END IF;
    RETURN NEW;
END $$
"""
_ENTRIES = _FUNCTION.format(
    name="decree_entries_of_drafts_only",
    # Whoever adds a row and whoever issues the decree wait for each other.
    lock="""PERFORM FROM enrollment_decree
        WHERE id IN (SELECT decree_id FROM touched) ORDER BY id FOR SHARE;""",
    broken="""SELECT FROM touched t WHERE NOT EXISTS (
        SELECT FROM enrollment_decree d WHERE d.id = t.decree_id AND d.state = 'draft')""",
    says="The rows of an issued decree can be neither added to, changed nor deleted",
    constraint="decree_entries_are_frozen",
)
_APPROVAL = _FUNCTION.format(
    name="entry_in_decree_stays_approved",
    lock="",
    broken="SELECT FROM enrollment_decreeentry named WHERE named.entry_id = OLD.id",
    says="A person whom a decree names stays approved",
    constraint="entry_in_decree_stays_approved",
)
_DECREE = """
CREATE FUNCTION decree_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An issued decree can be neither changed nor deleted'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decree_issued_is_frozen',
            TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END $$
"""
_ENTRY_TRIGGERS = {
    "decree_entry_added": ("INSERT", "NEW"),
    "decree_entry_changed": ("UPDATE", "OLD"),
    "decree_entry_moved": ("UPDATE", "NEW"),
    "decree_entry_deleted": ("DELETE", "OLD"),
}


def decrees():
    """An issued decree can be neither changed nor deleted."""
    return RunSQL(
        [
            _DECREE,
            "CREATE TRIGGER decree_issued_is_frozen BEFORE UPDATE OR DELETE ON enrollment_decree"
            " FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION decree_refuse_change()",
        ],
        [
            "DROP TRIGGER decree_issued_is_frozen ON enrollment_decree",
            "DROP FUNCTION decree_refuse_change()",
        ],
    )


def decree_entries():
    """Rows are added, changed and deleted only while their decree is a draft."""
    return RunSQL(
        [
            _ENTRIES,
            *(
                f"CREATE TRIGGER {name} AFTER {event} ON enrollment_decreeentry"
                f" REFERENCING {which} TABLE AS touched FOR EACH STATEMENT"
                " EXECUTE FUNCTION decree_entries_of_drafts_only()"
                for name, (event, which) in _ENTRY_TRIGGERS.items()
            ),
        ],
        [
            *(f"DROP TRIGGER {name} ON enrollment_decreeentry" for name in _ENTRY_TRIGGERS),
            "DROP FUNCTION decree_entries_of_drafts_only()",
        ],
    )


def approvals():
    """The approval of everybody in a decree is kept, also against somebody in whose scope the
    decree's rows are not seen."""
    return RunSQL(_APPROVAL, RunSQL.noop)
