/* The grid of bad rows: a row is sent when the focus leaves it; Enter and the arrows go from row to
   row. Without this file each row has its button. */
"use strict";

const rowOf = (part) => part.closest?.("[data-row]");
const inputsOf = (row) => [...row.querySelectorAll("input:not([type=hidden])")];
const visible = (row) => inputsOf(row).filter((input) => input.checkVisibility());
const changed = (row) => inputsOf(row).some((input) => input.value !== input.defaultValue);
const textOf = (row) => inputsOf(row).map((input) => input.value).join("\n");
const unsent = document.getElementById("belum-terkirim");

document.addEventListener("focusout", (event) => {
  const row = rowOf(event.target);
  if (row && !row.contains(event.relatedTarget) && changed(row)) row.querySelector("form").requestSubmit();
});

/* The same column of the next row, or the first open cell there, or the row itself. */
function go(row, input, down) {
  const next = down ? row.nextElementSibling : row.previousElementSibling;
  if (!next) return changed(row) && row.querySelector("form").requestSubmit();
  const same = visible(next).find((other) => other.name === input.name);
  (same ?? visible(next)[0] ?? next).focus();
}

document.addEventListener("keydown", (event) => {
  const row = rowOf(event.target);
  const input = event.target;
  if (!row || !(input === row || input.matches("input")) || event.isComposing) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Escape") input.value = input.defaultValue;
  if (!["Enter", "ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  go(row, input, event.key !== "ArrowUp" && !event.shiftKey);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const row = rowOf(event.detail.elt);
  if (row) row.sent = textOf(row);
});

/* A row may be sent again: the answer has come, or none will. */
function release(row) {
  const form = row.querySelector("form");
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

let held; // the row that is replaced while it has the focus
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  const row = rowOf(target);
  if (!row) return;
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html").getElementById(row.id);
  unsent.hidden = Boolean(answer);
  if (answer && textOf(row) === row.sent) return (held = row.contains(document.activeElement) && row.id);
  // A log-in page instead of the row, or more was typed meanwhile: what stands here stays.
  event.detail.shouldSwap = false;
  release(row);
  if (!answer) return;
  row.querySelector("[name=seen]").value = answer.querySelector("[name=seen]").value;
  if (!row.contains(document.activeElement)) row.querySelector("form").requestSubmit();
});

document.addEventListener("htmx:afterSettle", () => {
  const row = held && document.getElementById(held);
  if (row && !row.contains(document.activeElement)) (visible(row)[0] ?? row).focus();
  held = null;
});

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const row = rowOf(event.detail.target);
  if (row && (changed(row) || row.contains(document.activeElement))) event.detail.shouldSwap = false;
});

/* After logging in again in another tab the page has a token of the session before. */
async function renewed() {
  const answer = await fetch("/sesi/", { cache: "no-store" }).catch(() => null);
  const { token } = answer?.ok ? await answer.json() : {};
  if (token)
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  return Boolean(token);
}

document.addEventListener("htmx:responseError", async (event) => {
  const form = rowOf(event.detail.elt)?.querySelector("form");
  if (!form || event.detail.xhr.status !== 403 || form.dataset.renewed || !(await renewed())) return;
  form.dataset.renewed = "yes";
  form.requestSubmit();
});

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"])
  document.addEventListener(failure, (event) => {
    const row = rowOf(event.detail.elt);
    if (!row) return;
    unsent.hidden = false;
    release(row);
  });
