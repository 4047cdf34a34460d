"""What the database itself refuses once a decree is issued, as migration operations.

These are plain triggers and not django-pgtrigger's, which any session can switch off with
`SET pgtrigger.ignore`: a signed list must withstand SQL typed in the application's own login.
The functions run as their owner with every row in view, so that nobody escapes them by entering
a scope in which the decree cannot be seen.
"""

from django.db.migrations import RunSQL

_FUNCTION = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET portal.low = '' SET portal.high = '~'
SET portal.agency = '' AS $$
BEGIN
    {body}
    RETURN NULL;
END $$
"""
_REFUSE = """
    RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation',
        CONSTRAINT = '{constraint}', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
"""

_DECREE = _FUNCTION.format(
    name="decree_refuse_change",
    body=_REFUSE.format(
        says="An issued decree can be neither changed nor deleted",
        constraint="decree_issued_is_frozen",
    ),
)
_ENTRIES = _FUNCTION.format(
    name="decree_entries_of_drafts_only",
    # The lock makes whoever adds a row and whoever issues the decree wait for each other.
    body="""
    PERFORM FROM enrollment_decree WHERE id IN (SELECT decree_id FROM touched)
        ORDER BY id FOR SHARE;
    IF EXISTS (
        SELECT FROM touched t WHERE NOT EXISTS (
            SELECT FROM enrollment_decree d WHERE d.id = t.decree_id AND d.state = 'draft'))
    THEN"""
    + _REFUSE.format(
        says="The rows of an issued decree can be neither added to, changed nor deleted",
        constraint="decree_entries_are_frozen",
    )
    + "END IF;",
)
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
    """The approval of everybody in a decree is kept whatever scope the one who takes it back is
    in: so far the trigger on entries saw only decrees that its caller saw."""
    function = "ALTER FUNCTION entry_in_decree_stays_approved()"
    return RunSQL(
        f"{function} SECURITY DEFINER SET search_path = public, pg_temp"
        " SET portal.low = '' SET portal.high = '~' SET portal.agency = ''",
        f"{function} SECURITY INVOKER RESET ALL",
    )
