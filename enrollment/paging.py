"""Pages of long tables."""

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from enrollment.formats import MoreThan

COUNTED = 1_000
"""Rows of a `sifted` list that are counted. A multiple of the rows of any page."""
FARTHEST = 10_000_000
"""More rows than any list has; a page number may be any number that somebody types."""


class KeysFirst(Paginator):
    """Takes the keys of a page's rows from the table alone, and only then these rows with all that
    is joined to them.

    With both in one statement PostgreSQL, which expects few rows behind row security, joins a whole
    regency before it takes the page from it.

    `sifted`: a search or a filter without an index left these rows, so that counting them all
    would look at a whole regency. They are counted as far as COUNTED or the page asked for.
    `total`: how many rows there are, where that is known without counting them.
    """

    def __init__(self, object_list, per_page, *, total=None, sifted=False):
        super().__init__(object_list, per_page)
        self.sifted, self.reach = sifted, COUNTED
        if total is not None:
            self.count = total

    @cached_property
    def count(self):
        """The number of rows, or the `MoreThan` of them that were counted."""
        if not self.sifted:
            return self.object_list.count()
        rows = self.object_list.order_by()[: self.reach + 1].count()
        return MoreThan(self.reach) if rows > self.reach else rows

    @cached_property
    def num_pages(self):
        return super().num_pages + isinstance(self.count, MoreThan)

    def validate_number(self, number):
        if self.sifted and "count" not in self.__dict__:
            self.reach = max(COUNTED, min(_whole(number) * self.per_page, FARTHEST))
        return super().validate_number(number)

    def page(self, number):
        number = self.validate_number(number)
        keys = list(self._keys((number - 1) * self.per_page)) if self.count else []
        rows = self.object_list.filter(pk__in=keys) if keys else []
        return Page(list(rows), number, self)

    def _keys(self, begin):
        """Of the rows of the page that begins there, counted from the nearer end of the list."""
        keys, end = self.object_list.values_list("pk", flat=True), begin + self.per_page
        if isinstance(self.count, MoreThan) or 2 * begin < self.count:
            return keys[begin:end]
        return keys.reverse()[max(self.count - end, 0) : self.count - begin]


def _whole(number):
    try:
        return int(number)
    except (TypeError, ValueError):
        return 1
