"""New choices of many fields at once."""

from django.db.migrations import SeparateDatabaseAndState


class NewChoices(SeparateDatabaseAndState):
    """Alter fields in nothing but what Django knows of them: the database has no choices.

    After each single change Django would build all related models anew, which takes a second for a
    few fields. So the built models are forgotten first, and built once when they are needed.
    """

    def __init__(self, fields):
        super().__init__(state_operations=fields)

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)

    def deconstruct(self):
        return "NewChoices", [self.state_operations], {}

    def describe(self):
        return "New choices of fields"
