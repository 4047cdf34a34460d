"""``{% navigation as nav %}``: what the frame of a page shows about the person and the office; and
``{% help_here as help %}``: where its guide is."""

import time

from django import template

from portal import bodies, helping
from portal import navigation as rules
from villages.accounts import kept, limits

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context):
    """Return user, acting_as, place, office, offices, items, first, more, here_in_more.

    `offices` are those to choose from: (office, title, whether it is acting); empty for a person
    with one office. A page may have its own ``nav`` in the context (the gallery does).
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
    offices = [(held, regency.title_of(held), held.pk == office.pk) for held in request.offices]
    items = rules.menu(office, request.path)
    first, more = rules.split(items)
    return {
        "short_of_room": not bodies.has_room(0),
        "user": str(user),
        "session": {
            "left": limits.left(request.session, int(time.time())),
            "who": kept.who(request),
        },
        "office": office,
        "acting_as": regency.title_of(office) if office else "Pengelola sistem",
        "offices": offices if len(offices) > 1 else [],
        "place": str(regency) if office else "Perlindungan pekerja rentan",
        "items": items,
        "first": first,
        "more": more,
        "here_in_more": any(item["here"] for item in more),
    }


@register.simple_tag(takes_context=True)
def help_here(context):
    """The address of the chapter of a guide that helps on this page; "" in the file of a list."""
    request = context.get("request")
    found = getattr(request, "resolver_match", None)
    if found is None or "table_for_file" in context or not request.user.is_authenticated:
        return ""
    return helping.chapter_for(found.view_name, request.office)
