"""``{% navigation as nav %}``: what the frame of a page needs to know about who acts where."""

from django import template

from portal import navigation as rules

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context):
    """Return user, acting_as, place, office, offices, items, first, more, here_in_more.

    `offices` are those to choose from: (office, title, whether it acts now); none for who has one.
    A page may bring its own as ``nav`` (the gallery does).
    """
    if "nav" in context:
        return context["nav"]
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"place": "Perlindungan pekerja rentan", "items": []}
    return frame(request, user)


def frame(request, user):
    office, regency = request.office, request.regency
    offices = [(one, regency.title_of(one), one.pk == office.pk) for one in request.offices]
    items = rules.menu(office, request.path)
    first, more = rules.split(items)
    return {
        "user": str(user),
        "office": office,
        "acting_as": regency.title_of(office) if office else "Pengelola sistem",
        "offices": offices if len(offices) > 1 else [],
        "place": str(regency) if office else "Perlindungan pekerja rentan",
        "items": items,
        "first": first,
        "more": more,
        "here_in_more": any(item["here"] for item in more),
    }
