/* The desk: letters press the buttons and links of the page, which also work without this file. */
"use strict";

const OFF = "meja-tanpa-tombol";
const FIELDS = "input, textarea, select, [contenteditable]";
const keys = document.getElementById("meja-tombol");
const use = document.getElementById("meja-pakai");
const cut = document.getElementById("meja-terputus");
const desk = () => document.getElementById("meja");
const person = () => desk().querySelector("[data-desk-person]") ?? desk();
const sheet = () => desk().querySelector("[data-sheet][open]");

/* Some browsers let no page store anything. */
const stored = {
  get off() { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } },
  set off(yes) { try { yes ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* only for this page */ } },
};

/* What a new desk needs: its keys are shown, and reading begins at the person. */
function ready() {
  showKeys();
  if (matchMedia("(max-width: 63.99rem)").matches) desk().querySelector("[data-beside]")?.removeAttribute("open");
  person().focus({ preventScroll: true });
}

const showKeys = () => desk().querySelectorAll(".js-only").forEach((part) => (part.hidden = !use.checked));

/* What a key presses. While reasons are shown, no letter decides: it may be meant for the text. */
function pressed(key) {
  const open = sheet();
  if (!open) return /^[a-z]$/.test(key) && desk().querySelector(`[data-key="${key}"]`);
  if (key === "0") return open.querySelector("[data-own]");
  if (/^[1-9]$/.test(key)) return open.querySelectorAll("[data-reason]")[Number(key) - 1];
  return key === open.querySelector("summary").dataset.key && open.querySelector("summary");
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || keys.open) return;
  if (event.key === "Escape" && sheet()?.contains(target)) return leave(sheet());
  if (!use.checked || event.repeat || target.matches(FIELDS)) return;
  if (event.key === "?" && (desk().contains(target) || target === document.body)) {
    event.preventDefault();
    return help();
  }
  if (!desk().contains(target) || desk().classList.contains("htmx-request")) return;
  const part = pressed(event.key.toLowerCase());
  if (!part) return;
  event.preventDefault();
  // Among other people a letter may have been meant for one of them.
  if (target.closest("[data-others]")) return person().focus();
  if (part.matches("[data-own]")) part.focus();
  else part.click();
});

function leave(open) {
  open.open = false;
  open.querySelector("summary").focus();
}

/* A sheet of reasons takes the focus and gives it back, and one is open at a time. */
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.("[data-sheet]")) return;
  if (!target.open) {
    const lost = document.activeElement === document.body || target.contains(document.activeElement);
    return lost && leave(target);
  }
  desk().querySelectorAll("[data-sheet][open]").forEach((other) => other === target || (other.open = false));
  if (!target.contains(document.activeElement) || document.activeElement.matches("summary"))
    target.querySelector("[data-reason], [data-own]")?.focus();
}, true);

/* The dialog of the keys says what the page offers now. */
function help() {
  const rows = [...desk().querySelectorAll("[data-key]")].map((part) => [part.dataset.key.toUpperCase(), words(part)]);
  rows.push(["1–9", "pilih alasan"], ["0", "tulis alasan sendiri"], ["Esc", "tutup alasan"], ["?", "tombol cepat"]);
  keys.querySelector("[data-keys]").replaceChildren(...rows.map(row));
  keys.showModal();
}

const words = (part) => part.innerText.replace(/\s+\S?\s*$/, "").trim();

function row([key, text]) {
  const place = document.createElement("div");
  place.innerHTML = "<dt><kbd></kbd></dt><dd></dd>";
  place.querySelector("kbd").textContent = key;
  place.lastChild.textContent = text;
  return place;
}

document.querySelectorAll("[data-help]").forEach((button) => button.addEventListener("click", help));
keys.querySelector("[data-close]").addEventListener("click", () => keys.close());
keys.addEventListener("close", () => person().focus());
use.checked = !stored.off;
use.addEventListener("change", () => {
  stored.off = !use.checked;
  showKeys();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (target.id !== "meja") return;
  // A log-in page instead of a desk: what stands here stays.
  if (!xhr.responseText.includes('id="meja"')) {
    event.detail.shouldSwap = false;
    return failed();
  }
  cut.hidden = true;
});
let current = desk();
document.addEventListener("htmx:afterSwap", () => {
  if (desk() === current) return;
  current = desk();
  ready();
  // What was done, and below it the next person, stand at the top of the screen.
  document.getElementById("meja-kabar").scrollIntoView();
});

/* Nothing has been decided: the buttons may be pressed again. */
function failed() {
  cut.hidden = false;
  for (const form of desk().querySelectorAll("form")) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }
}
for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(failure, failed);

ready();
