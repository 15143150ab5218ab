// Makes a readable page handier. Nothing here is needed to read.
"use strict";
(() => {
  const words = document.body.dataset;
  const find = (id) => document.getElementById(id);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (name, values = {}, ...children) => {
    const element = Object.assign(document.createElement(name), values);
    element.append(...children);
    return element;
  };

  // ---- saying and copying
  const toast = make("p", { className: "toast" });
  toast.setAttribute("role", "status");
  document.body.append(toast);
  let hiding = 0;

  const say = (text) => {
    toast.textContent = text;
    toast.classList.add("shown");
    clearTimeout(hiding);
    hiding = setTimeout(() => toast.classList.remove("shown"), 3500);
  };

  // Pages opened over plain http have no clipboard; there a selected text area is copied instead.
  const copyOldWay = (text) => {
    const area = make("textarea", { className: "off-screen", value: text });
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

  // ---- quick replies: fields to fill in once for the whole page, and one tap to copy
  // Fields are made when their reply comes near: browsers lay out the whole of a section to look at a new field.
  const filled = new Map();
  const fieldName = (field) => field.dataset.name;

  const fit = (field) => {
    field.size = Math.max((field.value || field.placeholder).length, 2);
  };

  const share = (changed) => {
    filled.set(fieldName(changed), changed.value);
    for (const field of all("input.field")) {
      if (field !== changed && fieldName(field) === fieldName(changed)) field.value = changed.value;
      fit(field);
    }
  };

  const makeField = (span) => {
    const placeholder = span.textContent;
    const name = placeholder.slice(1, -1).trim();
    const field = make("input", { className: "field", type: "text", placeholder, autocomplete: "off" });
    field.dataset.name = name.toLowerCase();
    field.value = filled.get(fieldName(field)) ?? "";
    field.setAttribute("aria-label", words.field.replace("{name}", name));
    field.addEventListener("input", () => share(field));
    fit(field);
    span.replaceWith(field);
  };

  const makeFields = (reply) => all("span.field", reply).forEach(makeField);

  const textOf = (template) =>
    [...template.childNodes].map((node) => (node.value === undefined ? node.textContent : node.value.trim() || node.placeholder)).join("");

  const copyReply = (reply) => {
    makeFields(reply);
    const template = reply.querySelector(".template");
    const open = all("input.field", template).filter((field) => !field.value.trim()).map(fieldName);
    const told = open.length ? words.empty.replace("{names}", [...new Set(open)].join(", ")) : words.copied;
    copy(textOf(template), told);
  };

  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        makeFields(target);
      }
    },
    { rootMargin: "100% 0px" },
  );
  for (const reply of all(".reply")) {
    const button = make("button", { type: "button", textContent: words.copy });
    button.setAttribute("aria-label", `${words.copy}: ${reply.querySelector("b").textContent}`);
    button.addEventListener("click", () => copyReply(reply));
    reply.querySelector("figcaption").append(button);
    near.observe(reply);
  }

  const sift = find("_sift");
  if (sift) {
    const input = find("_filter");
    const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const replies = all(".reply").map((reply) => [reply, plain(reply.textContent)]);
    const choose = () => {
      const wanted = plain(input.value).split(/\s+/).filter(Boolean);
      let count = 0;
      for (const [reply, text] of replies) {
        const section = plain(reply.parentElement.querySelector("h2").textContent);
        reply.hidden = !wanted.every((word) => text.includes(word) || section.includes(word));
        count += !reply.hidden;
      }
      for (const group of all(".group")) group.hidden = !group.querySelector(".reply:not([hidden])");
      find("_sifted").textContent = sift.dataset.found.replace("{count}", count);
    };
    sift.hidden = false;
    input.addEventListener("input", choose);
    choose();
  }

  // ---- permalinks, versions, dates
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".text > .number");
    if (link) copy(link.href, words.linkCopied);
  });

  const placeAsked = () => {
    const asked = location.hash.slice(1);
    try {
      return decodeURIComponent(asked);
    } catch {
      return asked;
    }
  };
  const fatesOf = (link) => new Map(Object.entries(JSON.parse(link.dataset.gone)));
  const switches = all(".switcher [data-gone]").map((link) => [link, fatesOf(link), link.getAttribute("href")]);
  const follow = () => {
    const place = placeAsked();
    const known = place && !place.startsWith("_") && find(place);
    for (const [link, gone, address] of switches) {
      link.href = known ? `${address}#${encodeURIComponent(place)}` : address;
      link.parentElement.querySelector(".fate")?.remove();
      const fate = known && gone.get(place);
      if (fate) link.after(" ", make("span", { className: "fate", textContent: `#${place}: ${fate}` }));
    }
  };
  if (switches.length) {
    follow();
    addEventListener("hashchange", follow);
  }

  // A place that the page does not have would leave the reader at its top without a word.
  const lost = make("p", { className: "banner" });
  lost.setAttribute("role", "status");
  const seek = () => {
    const place = placeAsked();
    lost.remove();
    if (!words.lost || !place || find(place)) return;
    lost.textContent = words.lost.replace("{place}", () => place);
    find("_main").querySelector(".masthead").after(lost);
    scrollTo(0, 0);
  };
  seek();
  addEventListener("hashchange", seek);

  const now = Date.now();
  for (const banner of all("[data-until]")) banner.hidden = Date.parse(banner.dataset.until) <= now;
  for (const day of all("[data-due]")) {
    if (Date.parse(day.dataset.due) < now) day.append(" ", make("span", { className: "late", textContent: words.late }));
  }

  // ---- light or dark: as the system says, until the reader chooses the other; the choice is remembered
  const system = matchMedia("(prefers-color-scheme: dark)");
  const look = document.documentElement.dataset;
  const shade = find("_shade");
  const seen = () => look.theme ?? (system.matches ? "dark" : "light");
  const press = () => shade.setAttribute("aria-pressed", seen() === "dark");
  const choose = (wanted) => {
    const isSystems = wanted === (system.matches ? "dark" : "light");
    if (isSystems) delete look.theme;
    else look.theme = wanted;
    try {
      if (isSystems) localStorage.removeItem("sopgen-theme");
      else localStorage.setItem("sopgen-theme", wanted);
    } catch {
      // it holds for this page
    }
    press();
  };
  if (shade) {
    shade.addEventListener("click", () => choose(seen() === "dark" ? "light" : "dark"));
    system.addEventListener("change", press);
    press();
  }

  // ---- terms: what one means, without leaving the line
  const hint = make("div", { className: "hint", id: "_hint" });
  hint.setAttribute("popover", "auto");
  hint.setAttribute("role", "note");

  const FAR = 60; // CSS pixels to scroll before an explanation no longer belongs to its line
  let opened = 0;

  const explain = (link) => {
    const row = find(link.hash.slice(1));
    const meaning = row.cells ? [...row.cells].slice(1).map((cell) => cell.textContent).join(" · ") : row.textContent;
    const term = row.cells ? row.cells[0].textContent : "";
    hint.replaceChildren(
      make("p", {}, make("b", { textContent: term }), " ", meaning),
      make("p", { className: "more" }, make("a", { href: link.hash, textContent: words.definition })),
    );
    link.after(hint);
    hint.showPopover();
    opened = scrollY;
    const place = link.getBoundingClientRect();
    const box = hint.getBoundingClientRect();
    const below = place.bottom + 8 + box.height < innerHeight;
    hint.style.left = `${Math.max(12, Math.min(place.left, innerWidth - box.width - 12))}px`;
    hint.style.top = `${below ? place.bottom + 8 : Math.max(8, place.top - box.height - 8)}px`;
  };

  if (hint.showPopover) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a.term");
      if (!link || event.ctrlKey || event.metaKey || !find(link.hash.slice(1))) return;
      event.preventDefault();
      explain(link);
    });
    const leave = () => Math.abs(scrollY - opened) > FAR && hint.matches(":popover-open") && hint.hidePopover();
    addEventListener("scroll", leave, { passive: true });
  }

  // ---- search: its script and its index are loaded when it is used first
  const root = words.root;
  const dialog = find("_search");
  const load = (name) =>
    new Promise((done, failed) => {
      const script = make("script", { src: `${root}assets/${name}` });
      script.addEventListener("load", done);
      script.addEventListener("error", failed);
      document.head.append(script);
    });

  let searching = null;
  const openSearch = () => {
    if (!dialog.open) dialog.showModal();
    find("_query").select();
    searching ??= load("search-index.js")
      .then(() => load("search.js"))
      .catch(() => {
        dialog.querySelector(".told").textContent = dialog.dataset.failed;
        searching = null;
      });
  };

  const button = find("_find");
  if (button && !dialog?.showModal) button.hidden = true;
  if (dialog?.showModal) {
    button.addEventListener("click", openSearch);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("keydown", (event) => event.key === "Escape" && dialog.close());
    document.addEventListener("keydown", (event) => {
      const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
      const isAsked = event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isAsked || dialog.open) return;
      event.preventDefault();
      openSearch();
    });
  }

  // ---- on paper everything is open
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = all("details.control:not([open]), details.flow:not([open])");
    for (const each of unfolded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of unfolded) each.open = false;
  });

  // ---- installed and offline, where the site is served
  if (dialog && location.protocol.startsWith("http")) {
    document.head.append(make("link", { rel: "manifest", href: `${root}manifest.webmanifest` }));
    const keep = () => navigator.serviceWorker?.register(`${root}sw.js`).catch(() => {});
    const later = window.requestIdleCallback ?? setTimeout; // what is being read comes first
    if (document.readyState === "complete") later(keep);
    else addEventListener("load", () => later(keep));
  }

  // ---- the contents
  const contents = find("_contents");
  if (!contents) return;
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
  });

  const lines = new Map(all("a", contents).map((line) => [line.hash.slice(1), line]));
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
    const place = find(id);
    if (place) watcher.observe(place);
  }
})();
