// Files that are dropped on any page, whole folders too, or chosen: each is sent by itself with its progress.
"use strict";

const place = document.querySelector("[data-take-in]");
if (place) {
  const light = (on) => document.body.classList.toggle("dropping", on);
  document.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    light(true);
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) light(false); });
  document.addEventListener("drop", async (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    light(false);
    send(await within(event.dataTransfer));
  });
  for (const form of document.querySelectorAll("[data-drop]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send([...form.querySelector("[name=files]").files]);
    });
    for (const more of form.querySelectorAll("[data-more]")) more.addEventListener("change", () => send([...more.files]));
  }
}

// All files of what was dropped; of folders those inside. What begins with a point is the system's own.
async function within(data) {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return [...data.files];
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}
async function walk(entry, found) {
  if (entry.name.startsWith(".")) return;
  if (entry.isFile) return void found.push(await new Promise((done, failed) => entry.file(done, failed)));
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return;
    for (const one of some) await walk(one, found);
  }
}

// One after the other: the case takes one in at a time.
async function send(files) {
  if (!files.length) return;
  const box = document.createElement("section");
  box.className = "card coming";
  box.setAttribute("role", "status");
  const list = box.appendChild(document.createElement("ul"));
  document.body.append(box);
  const rows = files.map((file) => row(list, file));
  const back = new URLSearchParams();
  let failed = false;
  for (const [number, file] of files.entries()) {
    const said = await one(file, rows[number]);
    if (said.kind) back.append(said.kind, said.number);
    else failed = true;
  }
  if (!failed) location.assign(`/inbox/?${back}`);
  else close(box, back);
}
function row(list, file) {
  const item = list.appendChild(document.createElement("li"));
  item.textContent = file.name;
  const bar = item.appendChild(document.createElement("progress"));
  bar.max = file.size || 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  return item;
}
function close(box, back) {
  const link = box.appendChild(document.createElement("a"));
  link.href = `/inbox/?${back}`;
  link.textContent = document.body.dataset.goOn;
  link.setAttribute("role", "button");
}
function one(file, item) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const bar = item.querySelector("progress");
    const ended = (words) => { bar.remove(); item.append(`: ${words}`); };
    const most = Number(place.dataset.most);
    if (file.size > most) {
      ended(place.dataset.tooLarge);
      return void done({});
    }
    request.upload.onprogress = (event) => { bar.value = event.loaded; };
    request.onload = () => {
      let said = {};
      try { said = JSON.parse(request.responseText); } catch { said = { words: place.dataset.failed }; }
      ended(said.words);
      done(said);
    };
    request.onerror = () => { ended(place.dataset.failed); done({}); };
    const form = new FormData();
    form.append("files", file, file.webkitRelativePath || file.name);
    request.open("POST", place.dataset.takeIn);
    request.setRequestHeader("X-CSRFToken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    request.send(form);
  });
}
