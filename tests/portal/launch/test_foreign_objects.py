"""`migrate` where somebody else has made tables, views, functions and extensions in `public`."""

import os
from contextlib import closing

import pytest
from django.conf import settings
from psycopg2.extensions import parse_dsn

from portal.launch import database, embedded
from tests import databases

pytestmark = [pytest.mark.usefixtures("django_db_setup"), pytest.mark.slow]

OF_OTHERS = """
CREATE EXTENSION pg_stat_statements;
CREATE TABLE stock (id serial PRIMARY KEY, pgh_id integer);
CREATE VIEW stock_seen AS SELECT * FROM stock;
CREATE MATERIALIZED VIEW stock_counted AS SELECT count(*) FROM stock;
CREATE FUNCTION pgtrigger_of_others() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE stock_by_month (at date) PARTITION BY RANGE (at);
CREATE TABLE stock_of_other_months PARTITION OF stock_by_month DEFAULT;
"""
RIGHTS = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname ~ '^stock'
  AND CASE relkind
    WHEN 'i' THEN false
    WHEN 'S' THEN has_sequence_privilege(%(app)s, oid, 'USAGE, SELECT, UPDATE')
    ELSE has_table_privilege(%(app)s, oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
  END
"""


@pytest.fixture
def superuser():
    """The superuser's URL of the tests' own server."""
    server = embedded.Postgres(settings.PORTAL_DATA, throwaway=True)
    if parse_dsn(os.environ["DATABASE_URL"])["host"] != str(server.socket_folder):
        pytest.skip("The tests were given a server, of which they have no superuser.")
    return server.url


@pytest.fixture
def shared(superuser, database_name):
    """`(name, cursor)`: a database of the portal that others use too, and their cursor there."""
    name = f"{database_name}_shared"
    databases.clone(name)
    with closing(database.connect(databases.at(superuser, name))) as others:
        yield name, others.cursor()
    with databases.owner() as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)


def test_migrate_leaves_what_others_have_made_alone(shared):
    name, cursor = shared
    cursor.execute(OF_OTHERS)
    result = databases.manage(name, "migrate", "--verbosity=0")
    assert result.returncode == 0, result.stderr
    app = parse_dsn(os.environ["DATABASE_URL"])["user"]
    cursor.execute(RIGHTS, {"app": app})
    assert cursor.fetchall() == []
    cursor.execute("SELECT has_table_privilege(%s, 'enrollment_worker', 'INSERT')", [app])
    assert cursor.fetchone() == (True,)


def test_a_table_of_the_portal_that_another_role_has_made_is_refused_by_name(shared):
    name, cursor = shared
    cursor.execute("ALTER TABLE enrollment_worker OWNER TO CURRENT_USER")
    result = databases.manage(name, "migrate", "--verbosity=0")
    assert result.returncode == 1
    assert "do not belong to the role in DATABASE_OWNER_URL: enrollment_worker." in result.stderr
