// SPDX-License-Identifier: Apache-2.0
// Comfort only: every page works without this file.
import {
  Button,
  CharacterCount,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  SkipLink,
  createAll,
} from "nhsuk-frontend";
import { startKeeping } from "./keeping.js";
import { startLetters } from "./letters.js";

// What nhsuk-frontend's parts look for before they start.
document.body.classList.add("js-enabled", "nhsuk-frontend-supported");

function start(scope) {
  startKeeping(scope);
  startLetters(scope);
  createAll(Button, { preventDoubleClick: true }, { scope });
  for (const Part of [CharacterCount, ErrorSummary, NotificationBanner, PasswordInput, SkipLink]) {
    createAll(Part, undefined, { scope });
  }
  for (const button of scope.querySelectorAll(".cairn-print")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

start(document);
// Parts that htmx brings in later.
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) start(event.detail.elt);
});

// Paper has no way to open a chart's table, so it is printed open.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll(".cairn-chart details:not([open])")];
  for (const details of opened) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

// The menus of the header close when somebody goes on elsewhere, or presses Escape.
const menus = () => document.querySelectorAll(".cairn-header details[open]");
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Says that the visit will end soon, and keeps it alive at the press of a button.
const warning = document.querySelector(".cairn-time-warning");
if (warning) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    warning.hidden = true;
    timer = setTimeout(() => (warning.hidden = false), Number(warning.dataset.afterSeconds) * 1000);
  };
  warning.querySelector("button").addEventListener("click", async () => {
    const answer = await fetch("/", { method: "HEAD", redirect: "manual" }).catch(() => null);
    if (answer) wait();
  });
  document.addEventListener("htmx:afterRequest", wait);
  wait();
}
