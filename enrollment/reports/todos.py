"""What a home page asks of the person who opens it."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """A thing to do: as the part `todo` shows it. `count` stands in place of the icon `mark`."""

    title: str
    text: str = ""
    url: str = ""
    link: str = ""
    count: int | None = None
    mark: str = "bell"
    tone: str = "attention"


def calm(title: str, text: str) -> Todo:
    """What stands where there is nothing to do."""
    return Todo(title=title, text=text, mark="check", tone="good")


NOTHING = calm("Tidak ada yang menunggu Anda", "Yang baru akan muncul di sini.")


def address(name: str, *args: object, **query: object) -> str:
    """The address of a page, sifted by `query`."""
    return reverse(name, args=args, query=query or None)
