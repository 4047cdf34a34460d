// Compares a file with the hashes on the page, here in the browser: the file is sent nowhere.
(() => {
  const place = document.querySelector("[data-compare]");
  if (!place || !window.crypto || !window.crypto.subtle) return;
  const input = place.querySelector("input");
  const shown = (name) => place.querySelector(`[data-${name}]`);
  const known = new Map();
  for (const one of document.querySelectorAll("[data-known]")) {
    known.set(one.dataset.known, one.querySelector("dt").textContent);
  }
  let asked = 0;

  function show(name) {
    for (const one of ["busy", "same", "differs", "unreadable"]) shown(one).hidden = one !== name;
  }

  async function compare(file) {
    const mine = ++asked;
    show("busy");
    let answer = "unreadable";
    let what = "";
    try {
      const seal = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      const digits = Array.from(new Uint8Array(seal), (byte) => byte.toString(16).padStart(2, "0")).join("");
      what = known.get(digits) || "";
      answer = what ? "same" : "differs";
    } catch {
      // it was moved or deleted since, or is too large for this device
    }
    if (mine !== asked) return; // another file was chosen meanwhile
    for (const name of place.querySelectorAll("[data-name]")) name.textContent = file.name;
    place.querySelector("[data-what]").textContent = what;
    show(answer);
  }

  place.hidden = false;
  input.addEventListener("change", () => input.files.length && compare(input.files[0]));
  // A file dropped beside the frame would be opened by the browser in the place of this page.
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => event.preventDefault());
  }
  document.addEventListener("dragover", () => place.classList.add("over"));
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) place.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    place.classList.remove("over");
    if (event.dataTransfer.files.length) compare(event.dataTransfer.files[0]);
  });
})();
