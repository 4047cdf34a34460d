"""The forms of a page, as a script finds them that wants to send something else than the page
meant."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from portal.trouble import NOT_OPENED

FIELDS = ("input", "select", "textarea", "button")


@dataclass
class Form:
    action: str
    method: str
    values: dict = field(default_factory=dict)
    """Field → the value that the page would send."""
    files: set = field(default_factory=set)
    """Fields that take files."""

    @property
    def kind(self):
        """The same for the same form about other rows."""
        return self.method, frozenset(self.values), frozenset(self.files)


def led_back(answer):
    """Whether the address that was opened takes forms only, and so leads to a page above it."""
    told = getattr(answer.wsgi_request, "_messages", None)
    return bool(told) and any(message.message == NOT_OPENED for message in told._queued_messages)


def forms_of(url, html):
    """The forms of a page, and a form for the parameters that its links carry."""
    reader = _Reader(url)
    reader.feed(html)
    return [*reader.forms, *reader.links.values()]


class _Reader(HTMLParser):
    def __init__(self, url):
        super().__init__()
        self.url, self.forms, self.links, self.select, self.inside = url, [], {}, None, None

    def handle_starttag(self, tag, pairs):
        given = dict(pairs)
        if tag == "form":
            action = urljoin(self.url, given.get("action") or self.url)
            self.inside = Form(action, given.get("method", "get").lower())
            self.forms.append(self.inside)
        elif tag == "a":
            self._link(given.get("href") or "")
        elif self.inside is None:
            return
        elif tag == "option" and self.select:
            if "selected" in given or not self.inside.values[self.select]:
                self.inside.values[self.select] = given.get("value", "")
        elif tag in FIELDS and given.get("name"):
            self._field(tag, given)

    def _field(self, tag, given):
        name = given["name"]
        if given.get("type") == "file":
            self.inside.files.add(name)
        elif given.get("type") not in ("checkbox", "radio") or "checked" in given:
            self.inside.values[name] = given.get("value", "")
        else:
            self.inside.values.setdefault(name, "")
        self.select = name if tag == "select" else None

    def _link(self, href):
        parts = urlsplit(urljoin(self.url, href))
        if parts.query and not parts.netloc:
            form = self.links.setdefault(parts.path, Form(parts.path, "get"))
            form.values |= dict(parse_qsl(parts.query, keep_blank_values=True))

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = self.select = None
