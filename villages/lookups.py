"""Conditions written so that PostgreSQL finds a good plan for them."""

from django.db.models import Exists


class ExistsByIndex(Exists):
    """EXISTS that is asked row by row, each time through an index.

    Without OFFSET 0, PostgreSQL may turn EXISTS into a join, and chooses how to join by its
    statistics. Soon after thousands of rows have come, these still say that there are none: then
    it compares every row with every other.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"
