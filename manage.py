#!/usr/bin/env python3
"""Django's command line. `bin/manage` runs it with the virtual environment and the databases."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line
    from django.db import ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ProgrammingError:
        if is_prepared():
            raise
        sys.exit(
            "The database is not prepared for this version of the portal. "
            "Run this first: bin/manage prepare"
        )


def is_prepared():
    """Whether all migrations are applied. If not, a table or a column may have been missing."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


if __name__ == "__main__":
    main()
