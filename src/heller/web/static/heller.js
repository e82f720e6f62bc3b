// What is nicer with JavaScript; every page works without it.
"use strict";

for (const one of document.querySelectorAll("[data-script]")) one.hidden = false;

// Progress of the dossier: the part of the page that changes is fetched until nothing runs any more.
const state = document.getElementById("state");
async function follow() {
  while (state.querySelector("[data-running]")) {
    await new Promise((done) => setTimeout(done, 400));
    try {
      const answer = await fetch("/dossier/progress", { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      state.innerHTML = await answer.text();
    } catch {
      return; // Heller was ended
    }
  }
}
if (state) follow();

// The state of the line, live: the server sends it and the browser comes again by itself.
const line = document.querySelector("[data-events]");
if (line) {
  const source = new EventSource(line.dataset.events);
  source.onmessage = (event) => { if (line.innerHTML !== event.data) line.innerHTML = event.data; };
  addEventListener("pagehide", () => source.close());
}

// The menu closes where one clicks elsewhere, and with Escape.
const menu = document.querySelector(".all");
if (menu) {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") menu.open = false; });
}

// Going through a list by keys: j on, k back, x ticks, Enter opens; never while something is typed.
const rows = [...document.querySelectorAll("[data-row]")];
let at = -1;
function go(to) {
  if (!rows.length) return;
  rows[at]?.classList.remove("at");
  at = Math.min(Math.max(to, 0), rows.length - 1);
  rows[at].classList.add("at");
  rows[at].scrollIntoView({ block: "center" });
}
if (rows.length)
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input:not([type=checkbox]), textarea, select, a, button, summary")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") go(at + 1);
    else if (event.key === "k") go(at - 1);
    else if (event.key === "x" && at >= 0) rows[at].querySelector("input[type=checkbox]")?.click();
    else if (event.key === "Enter" && at >= 0) {
      const opened = rows[at].querySelector("details");
      opened.open = !opened.open;
      if (opened.open) opened.querySelector("input:not([type=hidden]), select")?.focus();
    } else return;
    event.preventDefault();
  });

// Unfold what the address points to.
const target = location.hash && document.getElementById(location.hash.slice(1));
if (target) {
  if (target.tagName === "DETAILS") target.open = true;
  target.querySelector("details")?.setAttribute("open", "");
}
const asked = document.querySelector("tr.asked");
if (asked) asked.scrollIntoView({ block: "center" });

// Sliders show their effect at once: the part of the page that changes is fetched.
const sliders = document.querySelector("[data-at-once]");
if (sliders) {
  let waiting = 0;
  sliders.addEventListener("input", (event) => {
    event.target.closest(".slider").querySelector("output").textContent = `${event.target.value} %`;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const address = `/worlds/?${new URLSearchParams(new FormData(sliders))}`;
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.getElementById("effect").replaceWith(page.getElementById("effect"));
    }, 250);
  });
}
