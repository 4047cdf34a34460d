"""Several new columns of a table at once."""

from django.db.migrations.operations import AddField
from django.db.migrations.operations.base import Operation


class AddFields(Operation):
    """As `AddField`, for all of `fields`: name → field. Django then builds its models anew once, not
    for each of them."""

    def __init__(self, model_name, fields):
        self.model_name, self.fields = model_name, fields
        self.operations = [AddField(model_name, name, field) for name, field in fields.items()]

    def deconstruct(self):
        return "AddFields", [self.model_name, self.fields], {}

    def state_forwards(self, app_label, state):
        state.models[app_label, self.model_name].fields |= self.fields
        state.reload_model(app_label, self.model_name, delay=True)

    def database_forwards(self, *arguments):
        for operation in self.operations:
            operation.database_forwards(*arguments)

    def database_backwards(self, *arguments):
        for operation in reversed(self.operations):
            operation.database_backwards(*arguments)

    def describe(self):
        return f"Add {', '.join(self.fields)} to {self.model_name}"
