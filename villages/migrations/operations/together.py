"""Several operations as one."""

from itertools import groupby

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation

INDEPENDENT = (CreateModel, AddField, AddIndex, AddConstraint)
"""Kinds of operations of which several in a row never depend on each other's columns."""


class Together(Operation):
    """Do `operations`, of which none depends on what another one makes of a model's fields.

    Django builds its models anew after each operation, which takes longer than the SQL; here it
    builds them once, and not at all where only indexes, constraints or the order of rows change: for
    these the later operations read the state and not the models. Each operation sees the models as
    they are before the first one and after the last one.
    """

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        return "Together", [self.operations], {}

    def state_forwards(self, app_label, state):
        changed, before = set(), {key: dict(model.fields) for key, model in state.models.items()}
        state.reload_model = lambda app, model, delay=False: changed.add((app, model))
        state.reload_models = lambda models, delay=True: changed.update(models)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        del state.reload_model, state.reload_models
        new = changed - before.keys()
        altered = [key for key in changed - new if before[key] != state.models[key].fields]
        state.reload_models(altered)
        if new and "apps" in state.__dict__:  # nothing refers to them yet, so all others stay
            with state.apps.bulk_update():
                state.apps.render_multiple([state.models[key] for key in new])

    def database_forwards(self, *arguments):
        for operation in self.operations:
            operation.database_forwards(*arguments)

    def database_backwards(self, *arguments):
        for operation in reversed(self.operations):
            operation.database_backwards(*arguments)

    def describe(self):
        return "; ".join(operation.describe() for operation in self.operations)


def in_runs(operations):
    """The same operations, with each run of one of the INDEPENDENT kinds as one."""
    runs = [(kind, list(run)) for kind, run in groupby(operations, type)]
    return [
        operation
        for kind, run in runs
        for operation in ([Together(run)] if kind in INDEPENDENT and len(run) > 1 else run)
    ]
