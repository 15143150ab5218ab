// Makes a readable page handier: copy buttons, links to clauses, the place in the contents. Nothing needs it.
"use strict";
(() => {
  const words = document.body.dataset;
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.setAttribute("role", "status");
  document.body.append(toast);
  let hiding = 0;

  const say = (text) => {
    toast.textContent = text;
    toast.classList.add("shown");
    clearTimeout(hiding);
    hiding = setTimeout(() => toast.classList.remove("shown"), 2500);
  };

  // Pages opened over plain http have no clipboard; there a selected text area is copied instead.
  const copyOldWay = (text) => {
    const area = document.createElement("textarea");
    area.className = "off-screen";
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };

  const copy = async (text, told) => {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = copyOldWay(text);
    }
    say(done ? told : words.failed);
  };

  for (const reply of document.querySelectorAll(".reply")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.copy;
    button.setAttribute("aria-label", `${words.copy}: ${reply.querySelector("b").textContent}`);
    button.addEventListener("click", () => copy(reply.querySelector(".template").textContent, words.copied));
    reply.querySelector("figcaption").append(button);
  }

  for (const link of document.querySelectorAll(".text > .number")) {
    link.addEventListener("click", () => copy(link.href, words.linkCopied));
  }

  const contents = document.getElementById("_contents");
  if (!contents) return;
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
  });

  const lines = new Map();
  for (const line of contents.querySelectorAll("a")) lines.set(line.hash.slice(1), line);
  const mark = (id) => {
    for (const [other, line] of lines) {
      if (other === id) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
    }
  };
  const watcher = new IntersectionObserver(
    (seen) => {
      for (const each of seen) if (each.isIntersecting) mark(each.target.id);
    },
    { rootMargin: "-15% 0px -80% 0px" },
  );
  for (const id of lines.keys()) {
    const place = document.getElementById(id);
    if (place) watcher.observe(place);
  }
})();
