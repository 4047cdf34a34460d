"""Pages of long tables: how many rows at a time, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy
from django.utils.functional import cached_property

from enrollment.formats import MoreThan

COUNTED = 1_000
"""Rows of a `sifted` list that are counted. A multiple of the rows of any page."""
FARTHEST = 10_000_000
"""More rows than any list has; a page number may be any number that somebody types."""
ROWS = 50
MOST_PRINTED = 1_000
MOST_IN_A_FILE = 10_000
"""Rows that one file holds: a browser waits some seconds for so many."""
MOST_SORTED = 5_000
"""Rows that are sorted for a page. A longer list keeps the order in which an index gives it, and
its page says which one that is."""

SORT, PAGE, PRINT, FILE = "urut", "page", "cetak", "unduh"
"""The parameters of an address that say what is seen of a list, and not which rows it has."""
RESORT = "urutkan"
"""The button of a heading, where forms ask for other pages: its sort, from the first page on."""
SIFT, CLEAR = "saring", "hapus"
"""The buttons of filters that stand in a form with ticks: they apply what is set, or clear it."""
NOT_KEPT = {PAGE, PRINT, FILE, RESORT, "csrfmiddlewaretoken"}


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
        self.reach_to(number)
        return super().validate_number(number)

    def reach_to(self, number):
        """Have a sifted list counted as far as this page."""
        if "count" not in self.__dict__:
            self.reach = max(COUNTED, min(_whole(number) * self.per_page, FARTHEST))

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


@dataclass(frozen=True)
class Sorting:
    """By which column a page is sorted: `key` is one of the sorts that its list offers."""

    key: str = ""
    descending: bool = False
    offered: frozenset[str] = frozenset()
    stored: str = ""
    """Of a list that is too long to be sorted: the order that it keeps, in words."""

    def next_for(self, key: str) -> str:
        """What a press on the heading of `key` asks for: the other way round if it is sorted so."""
        return f"-{key}" if key == self.key and not self.descending else key

    def state_of(self, key: str) -> str:
        """For `aria-sort`; empty for a column by which the page is not sorted."""
        if key != self.key:
            return ""
        return "descending" if self.descending else "ascending"


UNSORTED = Sorting()


class Listed(Page[Any]):
    """A page that knows its address: the parts `pages` and `table` write links from it."""

    def __init__(
        self, page: Page[Any], *, sorting: Sorting = UNSORTED, whole: str = "",
        offers: Collection[str] = (), path: str = "", asked: Mapping[str, str] | None = None,
        posted: Mapping[str, str] | None = None, too_long: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(page.object_list, page.number, page.paginator)
        self.sorting, self.whole, self.offers, self.too_long = sorting, whole, offers, too_long
        self.path, self.asked, self.posted = path, asked or {}, posted or {}

    @property
    def sort(self) -> str:
        """The sort that was asked for, as forms of the page repeat it."""
        return (self.posted or self.asked).get(SORT, "")

    def address(self, **changed: Any) -> str:
        """The address of the list with these parameters changed; None leaves one out."""
        asked = {name: value for name, value in {**self.asked, **changed}.items() if value}
        return f"{self.path}?{urlencode(asked)}"


def listed(
    rows: Any,
    asked: Mapping[str, str],
    *,
    sorts: Mapping[str, Any] | None = None,
    usual: str = "",
    stored: str = "",
    total: int | None = None,
    sifted: bool = False,
    a_page: int = ROWS,
    path: str = "",
    posted: Mapping[str, str] | None = None,
    whole: Collection[str] = (FILE, PRINT),
) -> Listed:
    """The page of a list that an address asks for: a number, a sort, everything to print or for a
    file.

    `sorts`: name → the expressions to order by, without the end that makes an order certain.
    `usual`: the sort of a list that is short enough, if none is asked for; `stored`: the order of
    one that is too long, in words. `path`: of the list, if it is not the address that was called.
    `posted`: what was asked by POST, because it may not stand in an address; such a list has no
    address of its own, so buttons ask for its pages, its sorts and its file.

    `whole`: as what all rows may be asked for. The page keeps these, to write its links; its
    `whole` is FILE or PRINT if all rows were asked for. A list that is `too_long` for a file is
    given page by page instead.
    """
    given = _resorted(asked if posted is None else posted)
    all_for = next((way for way in whole if given.get(way)), "")
    several = {FILE: MOST_IN_A_FILE, PRINT: MOST_PRINTED}.get(all_for, a_page)
    pages = KeysFirst(rows, several, total=total, sifted=sifted)
    number = "1" if all_for == FILE else given.get(PAGE)
    pages.reach_to(number)
    too_long = all_for == FILE and pages.num_pages > 1
    if too_long:
        all_for, pages.per_page = "", a_page
        del pages.num_pages
    sorting = UNSORTED
    if sorts:
        sorting = _sorting(given.get(SORT, ""), sorts, usual, stored, pages.count)
    if sorts and sorting.key:
        pages.object_list = rows.order_by(*_order(sorts[sorting.key], sorting), "pk")
    return Listed(
        pages.get_page(number), sorting=sorting, whole=all_for, offers=whole, path=path,
        asked={} if posted else _kept(given), posted=_kept(given) if posted else {},
        too_long=too_long,
    )  # fmt: skip


def _resorted(given: Mapping[str, str]) -> Mapping[str, str]:
    """What was asked for, with the sort of the heading that was pressed."""
    if not given.get(RESORT):
        return given
    return {**given, SORT: given[RESORT], PAGE: ""}


def _kept(asked: Mapping[str, str]) -> dict[str, str]:
    """What the address of another page of the list repeats."""
    return {name: asked[name] for name in asked if asked[name] and name not in NOT_KEPT}


def _sorting(asked: str, sorts: Mapping[str, Any], usual: str, stored: str, count: int) -> Sorting:
    key, descending = asked.removeprefix("-"), asked.startswith("-")
    if isinstance(count, MoreThan) or count > MOST_SORTED:
        return Sorting(stored=stored)
    if key not in sorts:
        key, descending = usual, False
    return Sorting(key, descending, frozenset(sorts))


def _order(expressions: Any, sorting: Sorting) -> list[OrderBy]:
    """What is unknown comes last, whichever way the rest is sorted."""
    named = [F(each) if isinstance(each, str) else each for each in expressions]
    if sorting.descending:
        return [each.desc(nulls_last=True) for each in named]
    return [each.asc(nulls_last=True) for each in named]
