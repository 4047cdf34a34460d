"""The HTML of a page as tests read it."""


def on_one_line(html):
    """Without line breaks and indents: where a template breaks its lines says nothing."""
    return " ".join(html.split())
