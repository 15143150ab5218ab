// The preview's own: loads the page again when it was built anew, and shows what is wrong in the sources.
"use strict";
(() => {
  let known = "";
  let bar = null;
  const show = (lines) => {
    if (bar) bar.remove();
    bar = null;
    if (!lines.length) return;
    bar = document.createElement("pre");
    bar.setAttribute("role", "status");
    bar.style.cssText = "position:fixed;inset:auto 0 0;margin:0;padding:.75rem 1rem;max-height:40vh;overflow:auto;" +
      "z-index:99;font:14px/1.5 ui-monospace,monospace;white-space:pre-wrap;background:#5a120c;color:#fff";
    bar.textContent = lines.join("\n");
    document.body.append(bar);
  };
  const source = new EventSource("/_live");
  source.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    if (known && state.build !== known) location.reload();
    known = state.build;
    show(state.trouble);
  });
})();
