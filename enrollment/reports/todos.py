"""The things to do that a home page lists for the person who opens it."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """A thing to do, shown by the component `todo`; `count` replaces the icon `mark`.
    `question`: its button asks this and then does it, instead of leading to a page."""

    title: str
    text: str = ""
    url: str = ""
    link: str = ""
    count: int | None = None
    mark: str = "bell"
    tone: str = "attention"
    question: str = ""


def calm(title: str, text: str) -> Todo:
    """The entry that is shown when there is nothing to do."""
    return Todo(title=title, text=text, mark="check", tone="good")


NOTHING = calm("Tidak ada yang menunggu Anda", "Yang baru akan muncul di sini.")


def address(name: str, *args: object, **query: object) -> str:
    """The address of a page, filtered by `query`."""
    return reverse(name, args=args, query=query or None)
