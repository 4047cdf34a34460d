"""``{% table %}``: the one way to write a list; docs/design.md, "A list", shows it.

A column has a heading and the contents of its cells. The table adds the ARIA roles, which are lost
where the rows look like cards on a phone. The first column is the header of each row.
"""

from dataclasses import dataclass

from django import template
from django.template import TemplateSyntaxError
from django.template.base import Node, NodeList, TextNode
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from enrollment.paging import MOST_SORTED, RESORT, SORT
from portal.components import Arguments, content_until, rendered
from portal.templatetags.tags import icon

register = template.Library()

FORM_OF_PAGES = "halaman-lain"
"""The id of the form that `{% pages %}` makes where a list has no address."""
NAME = '<th role="rowheader" scope="row"{}>', "</th>"
CELL = '<td role="cell"{}>', "</td>"


@dataclass(frozen=True)
class Column:
    heading: str
    num: bool
    pick: bool
    total: str
    when: bool
    attributes: str
    sort: str
    classes: frozenset[str]

    @property
    def on_page_only(self):
        return self.pick or "screen-only" in self.classes

    def around(self, naming):
        """The opening and closing tag of its cells; made once for a table, not for each cell."""
        opening, closing = NAME if self is naming else CELL
        return format_html(opening, self.attributes), closing


def table(items, *, caption):
    """The parameters of ``{% table items as item caption="…" %}`` without the name of an item."""
    return items, caption


def column(
    heading="", *, num=False, tight=False, desk_only=False, labelled=False, pick=False,
    total="", when=True, sort="", screen_only=False, wide=False, notes=False,
):  # fmt: skip
    """One column. ``num``: aligned right; ``tight``: on one line; ``desk_only``: not on a card;
    ``labelled``: on a card the heading is shown before the value; ``pick``: holds the checkboxes
    that select rows; ``total``: shown below the column; ``when``: False leaves the column out;
    ``sort``: the name of a sort that the page's list offers; ``screen_only``: has something to
    press, and is neither printed nor in the file; ``wide``: takes the room that is left;
    ``notes``: what comes next stands beside its status.
    """
    classes = {
        "num": num, "tight": tight, "desk-only": desk_only, "pick": pick, "wide": wide,
        "screen-only": screen_only, "notes": notes,
    }  # fmt: skip
    chosen = [name for name, applies in classes.items() if applies]
    attributes = {
        "class": " ".join(chosen),
        "data-label": heading if labelled else "",
    }
    written = format_html_join("", ' {}="{}"', filter(all, attributes.items()))
    return Column(heading, num, pick, total, bool(when), written, sort, frozenset(chosen))


class ColumnNode(Node):
    """The contents of a cell, for the row in the context."""

    def __init__(self, arguments, nodelist):
        self.arguments, self.nodelist = arguments, nodelist

    def render(self, context):
        return rendered(self.nodelist, context)


class TableNode(Node):
    def __init__(self, arguments, name, nodes):
        self.arguments, self.name, self.nodelist = arguments, name, NodeList(nodes)

    def render(self, context):
        items, caption = self.arguments.resolve(context)
        every = [(node, node.arguments.resolve(context)) for node in self.nodelist]
        nodes = [node for node, column in every if column.when]
        columns = [column for _, column in every if column.when]
        if (sheet := context.get("table_for_file")) is not None:
            return fill(sheet, items, columns, (self.cells(nodes, item, context) for item in items))
        naming = next(column for column in columns if not column.pick)
        rows = [self.cells(nodes, item, context) for item in items]
        kept = [at for at, column in enumerate(columns) if has_something(column, at, rows)]
        columns = [columns[at] for at in kept]
        frames = [column.around(naming) for column in columns]
        drawn = {
            "caption": caption,
            "columns": headings(columns, items),
            "rows": (row(frames, [cells[at] for at in kept]) for cells in rows),
            "totals": row(frames, [conditional_escape(column.total) for column in columns]),
            "has_totals": any(column.total for column in columns),
            "stored": getattr(getattr(items, "sorting", None), "stored", ""),
            "most_sorted": MOST_SORTED,
        }
        return context.template.engine.get_template("parts/table.html").render(context.new(drawn))

    def cells(self, nodes, item, context):
        with context.push(**{self.name: item}):
            return [node.render(context) for node in nodes]


def has_something(column, at, rows):
    """False for a column of ticks of which no row has one: nobody is asked to choose them all."""
    return not column.pick or any(cells[at].strip() for cells in rows)


@dataclass(frozen=True)
class Heading:
    """The heading of a column. Where the list can be sorted by it, `sorter` is the opening and
    closing tag of what is pressed for that."""

    column: Column
    sorter: tuple[str, str] | None
    state: str

    @property
    def attributes(self):
        """Its own classes are those that it shares with its cells."""
        shared = " ".join(name for name in ("num", "screen-only") if name in self.column.classes)
        pairs = {"class": shared, "aria-sort": self.state}
        return format_html_join(" ", '{}="{}"', filter(all, pairs.items()))

    @property
    def content(self):
        """Its words, which are pressed where the list can be sorted by it, and the way it is."""
        if not self.sorter:
            return self.column.heading
        arrow = {"ascending": "arrow-up", "descending": "arrow-down"}.get(self.state)
        opening, closing = self.sorter
        return format_html(
            "{}{}{}{}", opening, self.column.heading, icon(arrow, 16) if arrow else "", closing
        )


def headings(columns, items):
    """The heading of each column. It is a link; but a button where a form asks for the pages of the
    list: that around a table with ticks, which keeps them, or that of what may not stand in an
    address (`parts/pages.html`)."""
    sorting = getattr(items, "sorting", None)
    form = "" if any(column.pick for column in columns) else FORM_OF_PAGES
    for column in columns:
        if not sorting or column.sort not in sorting.offered:
            yield Heading(column, None, "")
            continue
        wanted = sorting.next_for(column.sort)
        if items.posted or not form:
            sorter = _button(wanted, items.path or "?", form), mark_safe("</button>")
        else:
            address = items.address(**{SORT: wanted})
            sorter = format_html('<a href="{}">', address), mark_safe("</a>")
        yield Heading(column, sorter, sorting.state_of(column.sort))


def _button(wanted, path, form):
    attributes = {"name": RESORT, "value": wanted, "formaction": path, "form": form}
    written = format_html_join("", ' {}="{}"', filter(all, attributes.items()))
    return format_html("<button{}>", written)


def fill(sheet, items, columns, rows):
    """Give the columns that a file has, and the contents of their cells, to `sheet`."""
    kept = [at for at, column in enumerate(columns) if not column.on_page_only]
    sheet.take(items, [columns[at] for at in kept], ([row[at] for at in kept] for row in rows))
    return ""


def row(frames, contents):
    """The cells of one row, whose contents are HTML."""
    pairs = zip(frames, contents, strict=True)
    cells = [f"{opening}{content}{closing}" for (opening, closing), content in pairs]
    return mark_safe("".join(cells))  # noqa: S308 rendered, so escaped already


@register.tag("column")
def compile_column(parser, token):
    _, *bits = token.split_contents()
    nodelist = content_until(parser, "endcolumn")
    return ColumnNode(Arguments(parser, bits, column), nodelist)


@register.tag("table")
def compile_table(parser, token):
    _, *bits = token.split_contents()
    if len(bits) < 3 or bits[1] != "as":
        raise TemplateSyntaxError("A table is written {% table items as item caption=… %}")
    items, _, name, *bits = bits
    children = [node for node in content_until(parser, "endtable") if not is_blank(node)]
    if not all(isinstance(node, ColumnNode) for node in children):
        raise TemplateSyntaxError("Nothing but columns may stand in a table")
    return TableNode(Arguments(parser, [items, *bits], table), name, children)


def is_blank(node):
    return isinstance(node, TextNode) and not node.s.strip()
