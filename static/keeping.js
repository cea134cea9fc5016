// SPDX-License-Identifier: Apache-2.0
// Pages that save themselves: each change is sent as it is made, again and again where the network is away, and nobody
// goes on before what they typed has arrived. Without this file the buttons save.
const pause = 700;
const between_tries = 4000;

function keeper(box) {
  const form = box.querySelector("form");
  const status = box.querySelector(".cairn-keeping");
  if (!form || !status) return;
  let timer;
  let changed = 0;
  let kept = 0;
  let leaving = false;

  function tell(what) {
    status.textContent = what ? status.dataset[what] : "";
    status.classList.toggle("cairn-keeping--waiting", what === "waiting" || what === "over");
  }

  // True once all that was typed is kept.
  async function keep() {
    clearTimeout(timer);
    const about = changed;
    const body = new URLSearchParams(new FormData(form));
    body.set("act", "keep");
    let answer;
    try {
      answer = await fetch(box.dataset.keeps, { method: "POST", body, headers: { Accept: "application/json" }, keepalive: true });
    } catch {
      answer = null;
    }
    if (answer && answer.ok) {
      const { state } = await answer.json();
      const field = form.querySelector("input[name=state]");
      if (field) field.value = state;
      kept = Math.max(kept, about);
      tell(kept === changed ? "kept" : "");
      if (kept < changed) timer = setTimeout(keep, pause);
      return kept === changed;
    }
    // 4xx: trying again would not help. The button shows what is wrong.
    if (answer && answer.status < 500 && answer.status !== 429) {
      tell(answer.status === 409 || answer.status === 410 ? "over" : "");
      return true;
    }
    tell("waiting");
    timer = setTimeout(keep, between_tries);
    return false;
  }

  form.addEventListener("input", () => {
    changed += 1;
    tell("");
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  });
  form.addEventListener("submit", async (event) => {
    if (leaving || changed === kept) return;
    event.preventDefault();
    const by = event.submitter;
    if (!(await keep())) return;
    leaving = true;
    form.requestSubmit(by);
  });
  window.addEventListener("online", () => {
    if (kept < changed) keep();
  });
  window.addEventListener("pageshow", () => (leaving = false)); // come back to, as it was
  window.addEventListener("pagehide", () => {
    if (kept < changed && !leaving) keep();
  });
}

// A chosen answer lets go when it is chosen again: nothing is compulsory.
function letGo(box) {
  for (const radio of box.querySelectorAll("input[type=radio]")) {
    let was = false;
    const label = box.querySelector(`label[for="${CSS.escape(radio.id)}"]`);
    for (const part of [radio, label]) part?.addEventListener("pointerdown", () => (was = radio.checked));
    radio.addEventListener("click", () => {
      if (!was) return;
      was = false;
      radio.checked = false;
      const empty = document.createElement("input");
      Object.assign(empty, { type: "hidden", name: radio.name, value: "" });
      radio.after(empty);
      radio.dispatchEvent(new Event("input", { bubbles: true }));
    });
    radio.addEventListener("change", () => {
      for (const empty of box.querySelectorAll(`input[type=hidden][name="${CSS.escape(radio.name)}"]`)) empty.remove();
    });
  }
}

// No more than so many: the others wait until one is let go, and the count is told.
function limit(box) {
  const most = Number(box.dataset.most);
  const boxes = [...box.querySelectorAll("input[type=checkbox]")];
  const told = box.querySelector(".cairn-chosen");
  const look = () => {
    const chosen = boxes.filter((one) => one.checked).length;
    const full = chosen >= most;
    for (const one of boxes) one.disabled = full && !one.checked;
    if (told) told.textContent = (full ? told.dataset.full : told.dataset.told).replace("{n}", chosen);
  };
  box.addEventListener("change", look);
  look();
}

export function startKeeping(scope) {
  for (const box of scope.querySelectorAll("[data-keeps]")) {
    keeper(box);
    letGo(box);
  }
  for (const box of scope.querySelectorAll(".cairn-choose")) limit(box);
}
