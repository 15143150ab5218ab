"use strict";
(() => {
  const form = document.getElementById("filter");
  const findings = [...document.querySelectorAll(".finding")];
  const groups = [...document.querySelectorAll("details.group")];
  const severities = [...document.querySelectorAll("section.severity")];
  const words = new Map();

  const wordsOf = (finding) => {
    if (!words.has(finding)) words.set(finding, finding.textContent.toLowerCase());
    return words.get(finding);
  };

  const openTarget = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const group = target && target.closest("details.group");
    if (group && !group.open) {
      group.open = true;
      target.scrollIntoView();
    }
  };

  const showOnly = () => {
    const wanted = new FormData(form);
    const text = wanted.get("text").trim().toLowerCase();
    const chosen = ["severity", "clause", "agent"].filter((name) => wanted.get(name));
    let shown = 0;
    for (const finding of findings) {
      const fits = chosen.every((name) => finding.dataset[name] === wanted.get(name));
      finding.hidden = !(fits && (!text || wordsOf(finding).includes(text)));
      shown += finding.hidden ? 0 : 1;
    }
    const active = chosen.length > 0 || text !== "";
    for (const group of groups) {
      const some = group.querySelector(".finding:not([hidden])") !== null;
      group.hidden = active && !some;
      if (active && some) group.open = true;
    }
    for (const severity of severities) {
      severity.hidden = active && severity.querySelector("details.group:not([hidden])") === null;
    }
    document.getElementById("nothing").hidden = shown > 0;
    const output = form.querySelector("output");
    output.textContent = output.dataset.text.replace("{shown}", shown.toLocaleString(document.documentElement.lang));
  };

  addEventListener("hashchange", openTarget);
  openTarget();
  if (!form) return;
  form.hidden = false;
  form.addEventListener("input", showOnly);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(showOnly));
  for (const button of form.querySelectorAll("[data-open]")) {
    button.addEventListener("click", () => {
      for (const group of groups) group.open = button.dataset.open === "yes";
    });
  }
  showOnly();
})();
