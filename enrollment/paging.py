"""Pages of long tables."""

from django.core.paginator import Page, Paginator


class KeysFirst(Paginator):
    """Takes the keys of a page's rows from the table alone, and only then these rows with all that
    is joined to them.

    With both in one statement PostgreSQL, which expects few rows behind row security, joins a whole
    regency before it takes the page from it.
    `total` is how many rows there are, where that is known without counting them.
    """

    def __init__(self, rows, per_page, *, total=None):
        super().__init__(rows, per_page)
        if total is not None:
            self.count = total

    def page(self, number):
        number = self.validate_number(number)
        begin = (number - 1) * self.per_page
        end = min(begin + self.per_page, self.count)
        keys = list(self.object_list.values_list("pk", flat=True)[begin:end])
        rows = self.object_list.filter(pk__in=keys) if keys else []
        return Page(list(rows), number, self)
