/* The form of a person: birth date and sex are proposed from the NIK, and what was kept from the
   person before is cleared with one key. Without this file a button asks for the proposal. */
"use strict";

const form = document.querySelector("form[data-from-nik]");

/* Where nothing was typed, or only what was proposed before. */
function fill(name, value) {
  const inputs = [...form.querySelectorAll(`[name=${name}]`)];
  const typed = inputs.find((input) => (input.type === "radio" ? input.checked : input.value));
  const place = inputs[0].closest(".field");
  if (typed && !place.dataset.proposed) return;
  if (inputs.includes(document.activeElement) && inputs[0].type !== "radio") return;
  for (const input of inputs)
    if (input.type === "radio") input.checked = input.value === value;
    else input.value = value ?? "";
  mark(place, value);
}

function mark(place, value) {
  place.querySelector("[data-hint]")?.remove();
  place.classList.toggle("is-proposed", Boolean(value));
  if (!value) return delete place.dataset.proposed;
  place.dataset.proposed = "yes";
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.dataset.hint = "nik";
  hint.setAttribute("role", "status");
  hint.textContent = form.dataset.hint;
  place.querySelector("label, legend").after(hint);
}

let asked = "";
async function propose(nik) {
  const digits = nik.value.replace(/\D/g, "");
  if (digits.length !== 16 || digits === asked) return;
  asked = digits;
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "nik"]) body.set(name, form.elements[name].value);
  try {
    const answer = await fetch(form.dataset.fromNik, { method: "POST", body });
    const found = answer.ok && !answer.redirected ? await answer.json() : {};
    if (asked === digits) ["birth_date", "sex"].forEach((name) => fill(name, found[name]));
  } catch {
    asked = ""; // no connection: whoever types goes on, and is told when sending
  }
}

if (form) {
  form.elements.nik.addEventListener("input", (event) => propose(event.target));
  form.addEventListener("input", ({ target }) => {
    const place = target.closest(".is-proposed, .is-kept");
    if (!place) return;
    place.classList.remove("is-proposed", "is-kept");
    delete place.dataset.proposed;
  });
  /* What is kept is selected on entering its field: typing replaces it, one key clears it. */
  for (const input of form.querySelectorAll(".is-kept input")) {
    input.addEventListener("focus", () => input.select());
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !input.value) return;
      input.value = "";
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
