// What does not fit on the page as it stands, in each of these fonts: a list of sentences.
families => families.flatMap(family => {
  const root = document.documentElement;
  const sentences = [];
  const tell = (what, parts) => sentences.push(
    `${what} in ${family}: ${parts.map(part => part.outerHTML.slice(0, 120)).join(" ; ")}`
  );
  root.style.setProperty("--bs-body-font-family", `"${family}"`);

  const excess = root.scrollWidth - innerWidth;
  if (excess > 0) tell(`${excess} px too wide`, [...document.body.querySelectorAll("*")].filter(
    part => part.getBoundingClientRect().right > root.clientWidth + 1
  ));
  const small = [...document.querySelectorAll(
    ".btn, summary, select, textarea, nav a, input:not([type=hidden],[type=checkbox],[type=radio])"
  )].filter(part => part.checkVisibility() && part.getBoundingClientRect().height < 43.5);
  if (small.length) tell("smaller than a thumb", small);

  root.style.removeProperty("--bs-body-font-family");
  return sentences;
})
