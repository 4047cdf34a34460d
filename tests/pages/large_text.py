"""A page with its text at one and a half and at twice its size, as phones and browsers allow."""

USUAL = 16  # px
LARGE = (24, 32)
OUT_OF_REACH = """size => {
  if (getComputedStyle(document.documentElement).fontSize !== `${size}px`)
    return ["the text has another size"];
  const beyond = part =>
    part.checkVisibility() && part.getBoundingClientRect().right > innerWidth + 1;
  const wide = document.documentElement.scrollWidth > innerWidth
    ? [...document.body.querySelectorAll("*")].filter(beyond) : [];
  const menu = [...document.querySelectorAll(".nav-foot a, .nav-side a")].filter(beyond);
  return [
    ...wide.map(part => part.outerHTML.slice(0, 120)),
    ...menu.map(part => `${part.textContent.trim()} of the menu`),
  ];
}"""


def misfits_with_large_text(page):
    """What makes the page scroll sideways, and what of the menu cannot be reached, at the width
    that it has."""
    misfits = []
    try:
        for size in LARGE:
            set_text(page, size)
            found = page.evaluate(OUT_OF_REACH, size)
            misfits += [f"with text of {size} px: {part}" for part in found]
    finally:
        set_text(page, USUAL)
    return misfits


def set_text(page, size):
    """As somebody chooses it in the settings of the browser."""
    page.devtools.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
