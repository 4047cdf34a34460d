"""The history's triggers of many models at once."""

from django.db.migrations.operations.base import Operation
from pgtrigger.migrations import AddTrigger


class AddTriggers(Operation):
    """As `pgtrigger.migrations.AddTrigger`, for all of `triggers`: model name → its triggers.

    One operation a trigger would have Django build its models anew for each of them, which took
    longer than all of the SQL. Here it builds none: later operations read a model's triggers from
    the state, and only the table of a new model is made with those of the model.
    """

    def __init__(self, triggers):
        self.triggers = triggers
        self.operations = [
            AddTrigger(name, trigger) for name, added in triggers.items() for trigger in added
        ]

    def deconstruct(self):
        return "AddTriggers", [self.triggers], {}

    def state_forwards(self, app_label, state):
        for name, added in self.triggers.items():
            options = state.models[app_label, name].options
            options["triggers"] = [*options.get("triggers", []), *added]

    def database_forwards(self, *arguments):
        for operation in self.operations:
            operation.database_forwards(*arguments)

    def database_backwards(self, *arguments):
        for operation in reversed(self.operations):
            operation.database_backwards(*arguments)

    def describe(self):
        return f"Create the history's triggers of {', '.join(self.triggers)}"
