// Wears the look that the reader has chosen, before anything is drawn; without a choice, the system's stays.
"use strict";
try {
  const chosen = localStorage.getItem("sopgen-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // no memory is allowed here
}
