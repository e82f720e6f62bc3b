// What is nicer with JavaScript; every page works without it.
"use strict";

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

// Dropping files: the field itself takes them; this shows where, and what was dropped.
for (const form of document.querySelectorAll("[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  const button = form.querySelector("button");
  const light = (on) => form.classList.toggle("over", on);
  for (const kind of ["dragenter", "dragover"])
    form.addEventListener(kind, (event) => { event.preventDefault(); light(true); });
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => light(false));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) field.files = event.dataTransfer.files;
  });
  form.addEventListener("submit", () => { button.setAttribute("aria-busy", "true"); });
}

// Unfold what the address points to.
const target = location.hash && document.getElementById(location.hash.slice(1));
if (target && target.tagName === "DETAILS") target.open = true;
const asked = document.querySelector("tr.asked");
if (asked) asked.scrollIntoView({ block: "center" });


// The state of the line, live: the server sends it and the browser comes again by itself.
const line = document.querySelector("[data-events]");
if (line) {
  const source = new EventSource(line.dataset.events);
  source.onmessage = (event) => { if (line.innerHTML !== event.data) line.innerHTML = event.data; };
  addEventListener("pagehide", () => source.close());
}
