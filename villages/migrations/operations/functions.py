"""SQL functions, each in a file of its own beside the migrations: `sql/NAME.vN.sql`.

A file is never edited once a released migration runs it: version N + 1 is a new file, run by a
new migration. Where arguments or result change, that migration drops the function first.

Some functions look over the whole country (SECURITY DEFINER), for what an office may not see and
yet must not get wrong: they tell the least that is needed. They enter the scope in their body,
for an owner without a superuser's rights cannot say SET in a function's head, and put the
caller's back at the end; `low`, `high`, `agency` are the caller's own scope, `me` their account.
"""

from django.db.migrations import RunSQL


class Function(RunSQL):
    """Create the function in `path` or replace it; backwards, drop it or bring back version N - 1."""

    def __init__(self, path):
        self.path = path
        name, version = path.name.removesuffix(".sql").split(".v")
        before = path.with_name(f"{name}.v{int(version) - 1}.sql")
        super().__init__(
            path.read_text(),
            before.read_text() if version != "1" else f"DROP FUNCTION {name}",
        )

    def deconstruct(self):
        return "Function", [self.path], {}

    def describe(self):
        return f"Create or replace the function in {self.path.name}"
