"""The HTML of a page as tests read it."""


def on_one_line(html):
    """The HTML without line breaks and indents, since they do not change what a page shows."""
    return " ".join(html.split())
