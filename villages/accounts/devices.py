"""A browser and its device in words, from what it says of itself."""

BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
"""A mark in the name → the browser. Most also claim to be those further down."""
SYSTEMS = [
    ("Android", "HP Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "komputer Windows"),
    ("Macintosh", "komputer Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "komputer Linux"),
]


def in_words(user_agent: str) -> str:
    """`Chrome di HP Android`."""
    browser = _first(BROWSERS, user_agent, "Peramban lain")
    return f"{browser} di {_first(SYSTEMS, user_agent, 'perangkat lain')}"


def _first(marks: list[tuple[str, str]], text: str, otherwise: str) -> str:
    return next((word for mark, word in marks if mark in text), otherwise)
