"""Indexes of many foreign keys in one operation."""

from django.db.migrations.operations.base import Operation


class WithoutIndexes(Operation):
    """Foreign keys, a list of names a model, lose the index of their own.

    Django's AlterField builds most models again for each field; this one builds them once.
    """

    def __init__(self, fields):
        self.fields = fields

    def state_forwards(self, app_label, state):
        for model, names in self.fields.items():
            known = state.models[app_label, model].fields
            known |= {name: _without_index(known[name]) for name in names}
        state._relations = None  # made anew from the fields when they are asked for
        state.reload_models({(app_label, model) for model in self.fields})

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model, names in self.fields.items():
            before, after = (
                state.apps.all_models[app_label][model] for state in (from_state, to_state)
            )
            for name in names:
                fields = (each._meta.get_field(name) for each in (before, after))
                schema_editor.alter_field(before, *fields)

    database_backwards = database_forwards

    def describe(self):
        return f"Remove indexes of foreign keys of {', '.join(self.fields)}"


def _without_index(field):
    _, _, args, kwargs = field.deconstruct()
    return type(field)(*args, **{**kwargs, "db_index": False})
