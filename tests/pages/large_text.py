"""A page with its text at one and a half and at twice its size, as phones and browsers allow."""

from tests.pages.browser import FONT_FAMILIES

USUAL = 16  # px
LARGE = (24, 32)
OUT_OF_REACH = """([size, families]) => {
  const root = document.documentElement;
  if (getComputedStyle(root).fontSize !== `${size}px`) return ["the text has another size"];
  const shown = selector => [...document.querySelectorAll(selector)]
    .filter(part => part.checkVisibility());
  const beyond = part => part.getBoundingClientRect().right > innerWidth + 1;
  const leaves = part => part.scrollWidth > part.clientWidth + 1;
  const look = () => {
    const excess = root.scrollWidth - innerWidth;
    const wide = [...shown("body *").filter(beyond), ...shown("dd, p, li, h1, h2").filter(leaves)];
    const menu = shown(".nav-foot a, .nav-side a").filter(beyond);
    return [
      ...excess > 0 ? [`${excess} px too wide`] : [],
      ...(excess > 0 ? wide : []).map(part => part.outerHTML.slice(0, 120)),
      ...menu.map(part => `${part.textContent.trim()} of the menu`),
    ];
  };
  const misfits = families.flatMap(family => {
    root.style.setProperty("--bs-body-font-family", `"${family}"`);
    const folded = shown("details:not([open], [data-sheet])");
    const found = look();
    folded.forEach(part => { part.open = true });
    found.push(...look());
    folded.forEach(part => { part.open = false });
    for (const sheet of shown("details[data-sheet]:not([open])")) {
      sheet.open = true;  // of these one at a time
      found.push(...look());
      sheet.open = false;
    }
    return found.map(misfit => `in ${family}: ${misfit}`);
  });
  root.style.removeProperty("--bs-body-font-family");
  return [...new Set(misfits)];
}"""
"""Of a page as it stands, and with everything unfolded that can be, in each of these fonts."""


def misfits_with_large_text(page):
    """What makes the page scroll sideways, and what of the menu cannot be reached, at the width
    that it has."""
    misfits = []
    try:
        for size in LARGE:
            set_text(page, size)
            found = page.evaluate(OUT_OF_REACH, [size, FONT_FAMILIES])
            misfits += [f"with text of {size} px: {part}" for part in found]
    finally:
        set_text(page, USUAL)
    return misfits


def set_text(page, size):
    """As somebody chooses it in the settings of the browser."""
    page.devtools.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
