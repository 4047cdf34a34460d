/* What makes the pages pleasant. Everything works without this file. */
"use strict";

const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

/* A second click on a button that already works is not sent again. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
});

/* Coming back with the browser's back button: the form may be sent again. */
window.addEventListener("pageshow", () => {
  each("form[data-sent]", (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
});

/* Menus close on Escape and on a click elsewhere. */
document.addEventListener("click", (event) => {
  each("details[data-menu][open]", (menu) => menu.contains(event.target) || (menu.open = false));
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  each("details[data-menu][open]", (menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

/* Ticked rows: one box for all of them, and how many there are. */
const boxes = (form) => [...form.querySelectorAll("[data-pick]")];
function count(form) {
  const all = boxes(form);
  const here = all.filter((box) => box.checked).length;
  const everybody = form.querySelector("[name=all]");
  const picked = here + form.querySelectorAll("[data-elsewhere]").length;
  form.querySelectorAll("[data-pick-count]").forEach((place) => (place.textContent = everybody?.checked ? "Semua" : picked));
  form.querySelectorAll("[data-pick-all]").forEach((box) => {
    box.checked = here > 0 && here === all.length;
    box.indeterminate = here > 0 && here < all.length;
  });
}
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (!form) return;
  if (event.target.matches("[data-pick-all]")) boxes(form).forEach((box) => (box.checked = event.target.checked));
  if (event.target.matches("[data-pick], [data-pick-all], [name=all]")) count(form);
});
each("form:has([data-pick-count])", count);

/* Where a form was refused, start reading at what is wrong. */
window.addEventListener("pageshow", () => each("[data-focus]", (place) => place.focus()));
each("[data-print]", (button) => button.addEventListener("click", () => window.print()));
each(".js-only", (part) => (part.hidden = false));
each(".no-js-only", (part) => (part.hidden = true));
