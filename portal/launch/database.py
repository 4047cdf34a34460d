"""Who may log in to PostgreSQL, and what the application may do there.

Two roles. The owner makes and changes tables (migrations) and never serves a request. The
application's role serves web and worker; row security binds it, and it can neither change,
empty nor switch off the history. Both are ordinary roles: row security does not bind a superuser.
"""

from contextlib import closing, contextmanager

import psycopg2
from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.db import connection as default_connection
from psycopg2 import sql
from psycopg2.extensions import make_dsn, parse_dsn

from portal.launch import tls

OWNER, APPLICATION, DATABASE = "lindungdesa_owner", "lindungdesa_app", "lindungdesa"

PRIVILEGED = """
SELECT r.rolsuper, r.rolbypassrls, EXISTS (
    SELECT FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND pg_has_role(current_user, c.relowner, 'MEMBER')
)
FROM pg_roles r WHERE r.rolname = current_user
"""
OURS = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace
  AND c.relowner = (SELECT relowner FROM pg_class WHERE oid = 'public.django_migrations'::regclass)
  AND NOT EXISTS (
    SELECT FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
  )
"""
"""What the tables' owner has made in `public`. Others may have made something there too, and so may
extensions: it is not ours to give or to take, and an attempt would end `migrate`."""
TABLES = f"{OURS} AND c.relkind IN ('r', 'p')"
WHOLE_TABLES = f"{TABLES} AND NOT c.relispartition"
SEQUENCES = f"{OURS} AND c.relkind = 'S'"
HISTORY_TABLES = f"""{WHOLE_TABLES} AND (
    c.relname = 'pghistory_context'
    OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'pgh_id')
)
"""

ADDED_TO = ("django_admin_log", "villages_accountrecord", "enrollment_removal")
"""Records that are kept like the history."""
COUNTED = ("enrollment_entrycount", "enrollment_peoplecount")
"""Written by triggers alone, which run as the owner."""

ALWAYS_WRITE = """
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""
"""django-pgtrigger lets each session switch triggers off by a setting; its migrations install a
function that reads the setting. Here nobody may."""
TRIGGER_FUNCTIONS = """
SELECT proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
  AND proowner = current_user::regrole
"""


def connect(url):
    """A connection in autocommit mode; use it with closing()."""
    connection = psycopg2.connect(tls.secured(url), connect_timeout=10)
    connection.autocommit = True
    return connection


def bootstrap(admin_url, owner_url, app_url):
    """Create both roles and the database that the two URLs name, or correct their attributes.

    `admin_url` logs in as a superuser, or as a role that may create roles and databases.
    """
    owner, app = parse_dsn(owner_url), parse_dsn(app_url)
    with closing(connect(admin_url)) as admin, admin.cursor() as cursor:
        _role(cursor, owner, "CREATEDB")
        _role(cursor, app, "NOCREATEDB")
        _database(cursor, owner)
    here = make_dsn(tls.secured(admin_url), dbname=owner["dbname"])
    with closing(connect(here)) as admin, admin.cursor() as cursor:
        names = {"owner": sql.Identifier(owner["user"]), "app": sql.Identifier(app["user"])}
        # So that the owner can end the application's sessions, before a restore for example.
        cursor.execute(sql.SQL("GRANT {app} TO {owner}").format(**names))
        # Clusters older than PostgreSQL 15 let everybody create tables in `public`.
        cursor.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
        cursor.execute(sql.SQL("GRANT ALL ON SCHEMA public TO {owner}").format(**names))


def _role(cursor, login, may_create_databases):
    name = sql.Identifier(login["user"])
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [login["user"]])
    if not cursor.rowcount:
        cursor.execute(sql.SQL("CREATE ROLE {}").format(name))
    cursor.execute("SELECT current_user = %s", [login["user"]])
    if cursor.fetchone()[0]:
        return
    rights = f"LOGIN NOCREATEROLE {may_create_databases}"
    cursor.execute(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [login["user"]]
    )
    if cursor.fetchone()[0]:  # only a superuser may change these attributes
        rights += " NOSUPERUSER NOBYPASSRLS"
    cursor.execute(
        sql.SQL("ALTER ROLE {} {} PASSWORD {}").format(
            name, sql.SQL(rights), sql.Literal(login.get("password"))
        )
    )


def _database(cursor, owner):
    names = {"database": sql.Identifier(owner["dbname"]), "owner": sql.Identifier(owner["user"])}
    cursor.execute(
        "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [owner["dbname"]]
    )
    found = cursor.fetchone()
    if found and found[0] == owner["user"]:
        return
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if not cursor.fetchone()[0]:  # others must be a member of the role that is to own it
        cursor.execute(sql.SQL("GRANT {owner} TO CURRENT_USER").format(**names))
    change = "ALTER DATABASE {database} OWNER TO {owner}"
    new = "CREATE DATABASE {database} OWNER {owner} ENCODING 'UTF8' TEMPLATE template0"
    cursor.execute(sql.SQL(change if found else new).format(**names))


@contextmanager
def as_owner():
    """Log in as the owner of the tables within the block: for migrations, never for requests."""
    application = default_connection.settings_dict
    default_connection.close()
    default_connection.settings_dict = {**application, **settings.DATABASE_OWNER}
    try:
        yield
    finally:
        default_connection.close()
        default_connection.settings_dict = application


def grant(app):
    """Give the application's role its rights on every table. Run by `migrate`, each time.

    To be called as the owner. History can be read and added to, counts can be read; nothing can be
    truncated.
    """
    with default_connection.cursor() as cursor:
        _refuse_tables_of_others(cursor)
        commands = [*_rights(sql.Identifier(app), cursor), *_triggers_of_our_tables(cursor)]
        # Sent as one message, so as one transaction: the role is never without its rights.
        cursor.execute(sql.SQL("; ").join(commands).as_string(cursor.connection))


def _refuse_tables_of_others(cursor):
    """A table of a model that another role has made would be left without rights unnoticed."""
    models = default_connection.introspection.django_table_names(only_existing=True)
    if others := sorted({*models} - {*_listed(cursor, TABLES)}):
        raise ImproperlyConfigured(FOREIGN.format(", ".join(others)))


FOREIGN = (
    "These tables of the portal do not belong to the role in DATABASE_OWNER_URL: {}. "
    "Give them to it (ALTER TABLE … OWNER TO …), then run migrate again."
)


def _rights(role, cursor):
    """None on a part of a divided history: it is reached through the whole, whose row policies
    hold then."""
    listed = {
        name: sql.SQL(", ").join(map(sql.Identifier, _listed(cursor, query)))
        for name, query in {"all": TABLES, "whole": WHOLE_TABLES, "sequences": SEQUENCES}.items()
    }
    statements = [
        "GRANT USAGE ON SCHEMA public TO {role}",
        "REVOKE ALL ON {all} FROM {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON {whole} TO {role}",
        "GRANT USAGE, SELECT ON SEQUENCE {sequences} TO {role}",
        "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    ]
    commands = [sql.SQL(statement).format(role=role, **listed) for statement in statements]
    present = {*_listed(cursor, TABLES)}
    revoke = sql.SQL("REVOKE UPDATE, DELETE ON {table} FROM {role}")
    for name in {*_listed(cursor, HISTORY_TABLES), *(present & {*ADDED_TO, *COUNTED})}:
        commands.append(revoke.format(table=sql.Identifier(name), role=role))
    revoke = sql.SQL("REVOKE INSERT ON {table} FROM {role}")
    for name in present & set(COUNTED):
        commands.append(revoke.format(table=sql.Identifier(name), role=role))
    return commands


def _triggers_of_our_tables(cursor):
    """What triggers write is written whatever a session sets and whatever temporary tables of its
    own it has made; and nobody puts their functions, some of which act as the owner, on such a
    table, where rows and types may be anything."""
    functions = _listed(cursor, TRIGGER_FUNCTIONS)
    fix = sql.SQL("ALTER FUNCTION {}() SET search_path = public, pg_temp")
    keep = sql.SQL("REVOKE EXECUTE ON FUNCTION {}() FROM PUBLIC")
    # Our own functions say themselves where they look; those of the history are a library's.
    history = [name for name in functions if name.startswith("pgtrigger_")]
    return [
        sql.SQL(ALWAYS_WRITE),
        *(fix.format(sql.Identifier(name)) for name in history),
        *(keep.format(sql.Identifier(name)) for name in functions),
    ]


def _listed(cursor, query):
    cursor.execute(query)
    return [name for (name,) in cursor.fetchall()]


def privileges(connection) -> list[str]:
    """The rights by which this login could bypass row security; there should be none."""
    with connection.cursor() as cursor:
        cursor.execute(PRIVILEGED)
        found = cursor.fetchone()
    names = ("a superuser", "allowed to bypass row security", "an owner of the tables")
    return [name for name, held in zip(names, found, strict=True) if held]


def refuse_privileged_login():
    """Raise ImproperlyConfigured when web or worker could bypass row security."""
    try:
        held = privileges(default_connection)
    except OperationalError as error:
        raise ImproperlyConfigured(f"{tls.sentence(error)}{error}") from error
    if held:
        raise ImproperlyConfigured(f"The login in DATABASE_URL is {' and '.join(held)}. {REMEDY}")


REMEDY = (
    "Row security would not bind it. Give the application's role in DATABASE_URL and the "
    "owner's in DATABASE_OWNER_URL (docs/operations.md)."
)


def check_login(databases=None, **_):
    """A Django system check, run by `check --database default`; migrate runs it as the owner."""
    if not databases or default_connection.settings_dict is not settings.DATABASES["default"]:
        return []
    held = privileges(default_connection)
    return [
        Error(f"The login in DATABASE_URL is {name}.", hint=REMEDY, id="portal.E001")
        for name in held
    ]
