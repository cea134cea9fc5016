// SPDX-License-Identifier: Apache-2.0
// Fields of one letter: a letter that is meant moves on to the next field, so that a sheet is typed in without looking up.
// Space leaves a field empty and moves on; Backspace in an empty field goes back; Enter moves on, and never sends.
// Without this file the Tab key moves on.
export function startLetters(scope) {
  const fields = [...scope.querySelectorAll("input[data-letters]")];
  const move = (from, by) => {
    const next = fields[fields.indexOf(from) + by];
    if (!next) return false;
    next.focus();
    next.select();
    return true;
  };
  for (const field of fields) {
    const meant = () => field.value === "" || field.dataset.letters.includes(field.value.toLowerCase());
    const mark = () => {
      if (meant()) field.removeAttribute("aria-invalid");
      else field.setAttribute("aria-invalid", "true");
    };
    field.addEventListener("focus", () => field.select());
    field.addEventListener("input", () => {
      field.value = field.value.trim().slice(-1).toLowerCase();
      mark();
      if (field.value !== "" && meant()) move(field, 1);
      else field.select();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        if (event.key === " ") field.value = "";
        mark();
        if (move(field, 1) || event.key === " ") event.preventDefault();
      } else if ((event.key === "Backspace" && field.value === "") || event.key === "ArrowLeft") {
        if (move(field, -1)) event.preventDefault();
      } else if (event.key === "ArrowRight") {
        if (move(field, 1)) event.preventDefault();
      }
    });
  }
}
