// What pages do besides, where scripts run. Without this file everything still works.
import { initAll } from "/assets/nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

// A load's progress without asking for the whole page again.
const loading = document.getElementById("loading");
if (loading) watchLoading(loading);

async function watchLoading(element) {
  const bar = document.getElementById("loading-bar");
  const words = document.getElementById("loading-words");
  let failures = 0;
  while (failures < 5) {
    await new Promise((resolve) => setTimeout(resolve, 700));
    try {
      const answer = await fetch(element.dataset.state, {
        headers: { accept: "application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const state = await answer.json();
      if (state.next) {
        location.replace(state.next);
        return;
      }
      if (words.textContent !== state.words) words.textContent = state.words;
      if (state.percent === undefined) bar.removeAttribute("value");
      else bar.value = state.percent;
      document.querySelector("label[for=loading-bar]").textContent = state.stage;
      failures = 0;
    } catch {
      failures += 1;
    }
  }
  location.reload();
}

// Which files were chosen, and how much of them has gone over.
const upload = document.getElementById("upload-form");
if (upload) {
  const input = document.getElementById("file");
  const chosen = document.getElementById("chosen");
  input.addEventListener("change", () => {
    chosen.textContent = [...input.files]
      .map((file) => `${file.name} (${size(file.size)})`)
      .join(", ");
  });
  for (const name of ["dragover", "dragleave", "drop"])
    upload.addEventListener(name, (event) => {
      event.preventDefault();
      upload.classList.toggle("start--over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length > 0) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change"));
      }
    });
  upload.addEventListener("submit", (event) => {
    if (input.files.length === 0) return;
    event.preventDefault();
    send(upload);
  });
}

function send(form) {
  const progress = document.getElementById("upload-progress");
  const bar = document.getElementById("upload-bar");
  progress.hidden = false;
  const request = new XMLHttpRequest();
  request.open("POST", form.getAttribute("action"));
  request.setRequestHeader("accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100;
  });
  request.addEventListener("load", () => {
    try {
      location.assign(JSON.parse(request.responseText).next);
    } catch {
      form.submit();
    }
  });
  request.addEventListener("error", () => form.submit());
  request.send(new FormData(form));
}

function size(bytes) {
  const units = ["bytes", "kB", "MB", "GB"];
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

// Closed tables are printed too.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("main details:not([open])")) {
    details.open = true;
    details.dataset.closeAfterPrint = "";
  }
});
addEventListener("afterprint", () => {
  for (const details of document.querySelectorAll("details[data-close-after-print]")) {
    details.open = false;
    delete details.dataset.closeAfterPrint;
  }
});
