"use strict";
/* Filters without a server. What is chosen stands in the address (#clause=…&agent=…), so that it can be sent. */
(() => {
  const form = document.getElementById("filter");
  const cases = [...document.querySelectorAll(".case")];
  const words = new Map();
  const OF_FINDING = ["severity", "clause", "agent", "standing"];
  const OF_CASE = ["team", "channel"];

  const wordsOf = (one) => {
    if (!words.has(one)) words.set(one, one.textContent.toLowerCase());
    return words.get(one);
  };

  const unfold = (one, text) => {
    for (const rest of one.querySelectorAll(".rest > details")) {
      if (rest.textContent.toLowerCase().includes(text)) rest.open = true;
    }
  };

  const openTarget = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = name && document.getElementById(name);
    const folded = target && target.closest("details");
    if (folded && !folded.open) {
      folded.open = true;
      target.scrollIntoView();
    }
  };

  if (!form) {
    addEventListener("hashchange", openTarget);
    openTarget();
    return;
  }

  const chosen = () => {
    const wanted = new FormData(form);
    return [...wanted].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
  };

  const showOnly = () => {
    const wanted = chosen();
    const text = (wanted.find(([name]) => name === "text") || ["", ""])[1].toLowerCase();
    const ofFinding = wanted.filter(([name]) => OF_FINDING.includes(name));
    const ofCase = wanted.filter(([name]) => OF_CASE.includes(name));
    let shown = 0;
    for (const one of cases) {
      const findings = [...one.querySelectorAll(".finding")];
      const fitting = findings.filter((each) => ofFinding.every(([name, value]) => each.dataset[name] === value));
      for (const each of findings) each.classList.toggle("other", !fitting.includes(each));
      const fits = fitting.length > 0 && ofCase.every(([name, value]) => one.dataset[name] === value);
      one.hidden = !(fits && (!text || wordsOf(one).includes(text)));
      shown += one.hidden ? 0 : 1;
      if (text.length > 2 && !one.hidden) unfold(one, text);
    }
    document.getElementById("nothing").hidden = shown > 0;
    const output = form.querySelector("output");
    output.textContent = output.dataset.text.replace("{shown}", shown.toLocaleString(document.documentElement.lang));
  };

  const keepInAddress = () => {
    const address = new URLSearchParams(chosen()).toString();
    history.replaceState(null, "", address ? `#${address}` : location.pathname + location.search);
  };

  const readAddress = () => {
    const hash = location.hash.slice(1);
    if (!hash.includes("=")) {
      openTarget();
      return false;
    }
    const told = new URLSearchParams(hash);
    for (const field of form.elements) {
      if (!field.name) continue;
      field.value = told.get(field.name) || "";
      if (field.selectedIndex === -1) {
        field.append(new Option(told.get(field.name), told.get(field.name), false, true));
      }
    }
    showOnly();
    return true;
  };

  const arrive = () => {
    if (!readAddress()) return;
    document.getElementById("cases").scrollIntoView();
    const first = cases.find((one) => !one.hidden);
    if (first) first.open = true;
  };

  const walk = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const summary = event.target.closest(".case > summary");
    if (!step || !summary || event.ctrlKey || event.metaKey || event.altKey) return;
    const visible = cases.filter((one) => !one.hidden);
    const next = visible[visible.indexOf(summary.parentElement) + step];
    if (!next) return;
    event.preventDefault();
    next.querySelector("summary").focus();
  };

  form.hidden = false;
  form.addEventListener("input", () => { showOnly(); keepInAddress(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { showOnly(); keepInAddress(); }));
  for (const button of form.querySelectorAll("[data-open]")) {
    button.addEventListener("click", () => {
      for (const one of cases) if (!one.hidden) one.open = button.dataset.open === "yes";
    });
  }
  form.elements.text.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.target.value = "";
    showOnly();
    keepInAddress();
  });
  document.getElementById("cases").addEventListener("keydown", walk);
  for (const link of document.querySelectorAll("a[data-filter]")) link.href = `#${link.dataset.filter}`;
  addEventListener("hashchange", arrive);
  showOnly();
  arrive();
})();
