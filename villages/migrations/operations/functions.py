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
    """Create the function in `path` or replace it.

    Backwards, version N - 1 is brought back, and a first version dropped: but for one that `stays`
    since it replaces a function of a library.
    """

    def __init__(self, path, *, stays=False):
        self.path, self.stays = path, stays
        name, version = path.name.removesuffix(".sql").split(".v")
        if version != "1":
            back = path.with_name(f"{name}.v{int(version) - 1}.sql").read_text()
        else:
            back = RunSQL.noop if stays else f"DROP FUNCTION {name}"
        super().__init__(path.read_text(), back)

    def deconstruct(self):
        return "Function", [self.path], {"stays": self.stays}

    def describe(self):
        return f"Create or replace the function in {self.path.name}"
