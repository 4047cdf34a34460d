"""Forms that ask once more about something unlikely (`enrollment.asking`)."""


def sure_of(answer):
    """What a form that asked is sent again with; empty if it did not ask."""
    form = answer.context and answer.context.get("form")
    return (form["sure"].value() or "") if form and "sure" in form.fields else ""


def insist(client, url, typed, **options):
    """Send a form, and once more if it asks; the last answer."""
    answer = client.post(url, typed, **options)
    sure = sure_of(answer)
    return client.post(url, {**typed, "sure": sure}, **options) if sure else answer
