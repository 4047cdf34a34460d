// What does not fit on the page as it stands, in each of these fonts: a list of sentences.
families => {
const breaksAWord = part => {
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (const word of text.data.matchAll(/(?<!\S)\p{L}{2,14}(?=[\s,.:?]|$)/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (range.getClientRects().length > 1) return true;
    }
  }
  return false;
};
return families.flatMap(family => {
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

  const cells = [...document.querySelectorAll(".rows td:is(.tight, :has(.status, .nik))")].filter(
    cell => cell.checkVisibility() && cell.scrollWidth > cell.clientWidth + 1
  );
  if (cells.length) tell("leaves its cell", cells);

  // Words with a fixed wording are short. Longer ones are names, which may break.
  const broken = [...document.querySelectorAll("h1, h2, .btn, .tile-label")].filter(
    part => part.checkVisibility() && breaksAWord(part)
  );
  if (broken.length) tell("a word breaks", broken);

  root.style.removeProperty("--bs-body-font-family");
  return sentences;
});
}
