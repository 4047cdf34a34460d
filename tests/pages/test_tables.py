"""`{% table %}`: roles, headings, what a card shows, columns that only some users see."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError

PEOPLE = [{"name": "SITI <AMINAH>", "cost": 5}, {"name": "JOKO", "cost": 7}]


def table(columns, **context):
    text = f"{{% table people as person caption='Orang' %}}{columns}{{% endtable %}}"
    return re.sub(r"\s+", " ", Template(text).render(Context({"people": PEOPLE, **context})))


NAME = "{% column 'Nama' %}{{ person.name }}{% endcolumn %}"


def test_roles_are_written_out():
    html = table(NAME + "{% column 'Biaya' %}{{ person.cost }}{% endcolumn %}")
    for role, count in {
        "table": 1, "rowgroup": 2, "row": 3, "columnheader": 2, "rowheader": 2, "cell": 2,
    }.items():  # fmt: skip
        assert html.count(f'role="{role}"') == count, role


def test_the_first_column_names_the_row():
    html = table(NAME + "{% column 'Biaya' %} {{ person.cost }} {% endcolumn %}")
    assert '<th role="rowheader" scope="row">JOKO</th><td role="cell">7</td>' in html
    assert "SITI &lt;AMINAH&gt;" in html


def test_a_card_repeats_the_heading_where_asked():
    labelled = "{% column 'Biaya' labelled=True num=True %}{{ person.cost }}{% endcolumn %}"
    assert '<td role="cell" class="num" data-label="Biaya">7</td>' in table(NAME + labelled)
    assert '<th class="num" role="columnheader" scope="col">Biaya</th>' in table(NAME + labelled)
    assert "data-label" not in table(NAME)


def test_column_options_become_css_classes():
    html = table(NAME + "{% column 'Lahir' tight=True desk_only=True %}1975{% endcolumn %}")
    assert '<td role="cell" class="tight desk-only">1975</td>' in html


def test_a_column_may_be_left_out():
    area = "{% column 'Wilayah' when=wide %}Senden{% endcolumn %}"
    assert "Wilayah" in table(NAME + area, wide=True)
    without = table(NAME + area, wide=False)
    assert "Wilayah" not in without and "Senden" not in without


def test_totals_are_shown_in_the_table_foot():
    foot = "<tfoot"
    assert foot not in table(NAME)
    html = table(
        "{% column 'Nama' total='Semua' %}{{ person.name }}{% endcolumn %}"
        "{% column 'Biaya' total=12 labelled=True %}{{ person.cost }}{% endcolumn %}"
    )
    assert (
        '<th role="rowheader" scope="row">Semua</th>'
        '<td role="cell" data-label="Biaya">12</td>' in html.split(foot)[1]
    )


def test_boxes_select_rows_and_the_name_remains_the_row_heading():
    pick = "{% column pick=True when=may %}{% pick person.cost person.name %}{% endcolumn %}"
    html = table(pick + NAME, may=True)
    assert html.count("data-pick-all") == 1
    assert html.count('name="pick"') == 2
    assert '<td role="cell" class="pick">' in html
    assert '<th role="rowheader" scope="row">JOKO</th>' in html
    assert "data-pick" not in table(pick + NAME, may=False)


def test_where_no_row_can_be_ticked_nobody_is_asked_to_choose_them_all():
    """In each row the box depends on what may be done with it."""
    tick = "{% if person.cost > least %}{% pick person.cost person.name %}{% endif %}"
    pick = f"{{% column pick=True %}}{tick}{{% endcolumn %}}"
    html = table(pick + NAME, least=5)
    assert html.count("data-pick-all") == 1
    assert html.count('role="columnheader"') == 2 and html.count('<td role="cell"') == 2
    html = table(pick + NAME, least=9)
    assert "data-pick" not in html and '<td role="cell"' not in html
    assert html.count('role="columnheader"') == 1 and html.count('role="rowheader"') == 2


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("{% column 'Nama' nmu=True %}x{% endcolumn %}", "unexpected keyword argument 'nmu'"),
        ("<tr></tr>", "Nothing but columns"),
        ("{% if a %}{% column 'Nama' %}x{% endcolumn %}{% endif %}", "Nothing but columns"),
    ],
)
def test_a_table_takes_only_columns_with_known_parameters(columns, message):
    with pytest.raises(TemplateSyntaxError, match=message):
        table(columns)


@pytest.mark.parametrize("text", ["{% table %}{% endtable %}", "{% table a b c %}{% endtable %}"])
def test_a_table_must_name_its_rows_and_variable(text):
    with pytest.raises(TemplateSyntaxError, match="A table is written"):
        Template(text)


def test_a_table_has_a_caption():
    with pytest.raises(TemplateSyntaxError, match="caption"):
        Template("{% table people as person %}{% endtable %}")


NUMBER = re.compile(
    r"\{% column ([^%]*)%\}\s*\{\{[^{}]*\|(?:angka|rupiah) \}\}\s*\{% endcolumn %\}"
)


def test_a_column_of_numbers_is_one_in_the_file_too():
    """Its texts become numbers, which can be added up, only where the column says `num`."""
    columns = [
        (path.name, options)
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for options in NUMBER.findall(path.read_text())
    ]
    assert len(columns) > 10
    assert [column for column in columns if "num=True" not in column[1]] == []
