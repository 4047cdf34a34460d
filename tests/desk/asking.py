"""Helpers for the addresses and the forms of the desk."""

from lxml import html

HIDDEN = ".//input[@type='hidden']"


def desk_of(proposal, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/usulan/{proposal.pk}/meja/" + (f"?{query}" if query else "")


def programme_desk(programme, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"/usulan/program/{programme.pk}/meja/" + (f"?{query}" if query else "")


def form_of(page, act):
    """The hidden fields of the form on the page that takes the verb `act`."""
    for form in html.document_fromstring(page).xpath("//form"):
        values = {field.get("name"): field.get("value", "") for field in form.xpath(HIDDEN)}
        if values.get("act") == act:
            return {name: values[name] for name in values if name != "csrfmiddlewaretoken"}
    raise AssertionError(f"The page has no form for {act}.")
