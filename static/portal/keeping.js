/* What is typed is not lost: before a form is sent, this asks whether there is a connection and still
   a session, and warns before the session ends. Without this file the server keeps such a form. */
"use strict";

{
  const { who, left } = document.body.dataset;
  const WARN = 5 * 60; // seconds before the end
  const PATIENCE = 20_000; // milliseconds without an answer, after which there is no connection

  /* How long the session lasts and whose it is; null if the server has nothing to say. `atWork`: a
     person asks, so the session goes on. */
  async function state(atWork) {
    const url = atWork ? "/sesi/" : "/sesi/?otomatis=1";
    const answer = await fetch(url, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok ? answer.json() : null;
  }

  const said = (form) => form.querySelector("[data-kept-here]");

  /* Say, where the form is sent, why it was not. */
  function say(form, id, submitter) {
    said(form)?.remove();
    const place = document.createElement("div");
    place.dataset.keptHere = id;
    place.className = "mt-3";
    place.append(document.getElementById(id).content.cloneNode(true));
    const row = submitter?.closest(".actions, .bulk");
    if (row && form.contains(row)) row.before(place);
    else form.append(place);
    place.querySelector("[data-focus]")?.focus();
  }

  function renew(token) {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => (input.value = token));
  }

  /* What keeps a form from being sent now; "" if nothing does. */
  async function obstacle() {
    let now;
    try {
      now = await state(true);
    } catch {
      return "tanpa-sambungan";
    }
    if (!now) return "";
    if (!now.left) return "sudah-keluar";
    if (now.who !== who) return "orang-lain-masuk";
    renew(now.token);
    wait(now.left);
    return "";
  }

  async function ask(form, submitter) {
    form.dataset.asking = "yes";
    const problem = await obstacle();
    delete form.dataset.asking;
    if (problem) return say(form, problem, submitter);
    said(form)?.remove();
    form.dataset.asked = "yes";
    form.requestSubmit(submitter);
  }

  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (!who || event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.asked) return delete form.dataset.asked;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!form.dataset.asking && !form.dataset.sent) ask(form, submitter);
  });

  /* Leaving a form that was begun asks first: the browser's own question. */
  let begun = null;
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form.form");
    if (form?.method === "post") begun = form;
  });
  document.addEventListener("submit", () => (begun = null));
  window.addEventListener("beforeunload", (event) => begun && event.preventDefault());

  /* The end of the session. */
  const end = document.getElementById("sesi-hampir-habis");
  let timer;

  function wait(seconds) {
    clearTimeout(timer);
    end.hidden = true;
    timer = setTimeout(look, Math.max(seconds - WARN, 0) * 1000);
  }

  /* Another tab may have been used meanwhile. */
  async function look() {
    const now = await state(false).catch(() => null);
    if (!now) return (timer = setTimeout(look, 30_000));
    if (now.left > WARN) return wait(now.left);
    const shown = !end.hidden;
    end.hidden = !now.left;
    end.querySelector("[data-when]").textContent = `Tinggal ${Math.max(Math.round(now.left / 60), 1)} menit.`;
    if (now.left && !shown) end.querySelector("[data-stay]").focus();
    if (now.left) timer = setTimeout(look, 30_000);
  }

  async function stay() {
    const now = await state(true).catch(() => null);
    if (now?.left > WARN) return wait(now.left);
    end.querySelector("[data-stay]").hidden = true;
    end.querySelector("[data-no-longer]").hidden = false;
  }

  if (who) {
    wait(Number(left));
    end.querySelector("[data-stay]").addEventListener("click", stay);
    document.addEventListener("visibilitychange", () => document.hidden || look());
  }
}
