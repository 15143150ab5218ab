// The search: loaded with its index when it is used first. Words are cut to their possible roots, in the index and
// in the query by the same rules, so "membalas", "dibalas" and "balasan" meet in "balas".
"use strict";
(() => {
  const { sops, places } = self.sopgenIndex;
  const dialog = document.getElementById("_search");
  const input = document.getElementById("_query");
  const list = document.getElementById("_results");
  const told = dialog.querySelector(".told");
  const words = dialog.dataset;
  const root = document.body.dataset.root;
  const help = told.textContent;
  const SHOWN = 20;
  const SHORTEST = 3;
  const TITLE_WEIGHT = 2.5;

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const WORD = /[\p{L}\p{N}]+/gu;

  // ---- roots: each candidate with the number of affixes that were taken off
  const PREFIXES = [
    [/^meny(?=[aiueo])/, ["s"]], [/^peny(?=[aiueo])/, ["s"]],
    [/^meng(?=[aiueo])/, ["", "k"]], [/^peng(?=[aiueo])/, ["", "k"]], [/^menge/, [""]], [/^penge/, [""]],
    [/^meng(?=[^aiueo])/, [""]], [/^peng(?=[^aiueo])/, [""]],
    [/^mem(?=[aiueo])/, ["p", ""]], [/^pem(?=[aiueo])/, ["p", ""]],
    [/^mem(?=[^aiueo])/, [""]], [/^pem(?=[^aiueo])/, [""]],
    [/^men(?=[aiueo])/, ["t", "n"]], [/^pen(?=[aiueo])/, ["t", "n"]],
    [/^men(?=[^aiueo])/, [""]], [/^pen(?=[^aiueo])/, [""]],
    [/^me(?=[lrwynm])/, [""]], [/^pe(?=[lrwynm])/, [""]], [/^pe(?=[^aiueo])/, [""]],
    [/^ber/, [""]], [/^bel(?=ajar)/, [""]], [/^be(?=[^aiueo])/, [""]],
    [/^per/, [""]], [/^ter/, [""]], [/^di/, [""]], [/^ke/, [""]], [/^se/, [""]],
  ];
  const SUFFIXES = [[/(?:lah|kah|tah|pun)$/], [/(?:nya|ku|mu)$/], [/(?:kan|an|i)$/]];

  const strip = (found, cut) => {
    for (const [word, cost] of [...found]) {
      for (const shorter of cut(word)) {
        if (shorter.length >= SHORTEST && !(found.get(shorter) <= cost + 1)) found.set(shorter, cost + 1);
      }
    }
  };

  const unprefixed = (word) =>
    PREFIXES.flatMap(([pattern, starts]) => (pattern.test(word) ? starts.map((start) => word.replace(pattern, start)) : []));

  const indonesian = (word) => {
    const found = new Map([[word, 0]]);
    for (const [pattern] of SUFFIXES) strip(found, (each) => (pattern.test(each) ? [each.replace(pattern, "")] : []));
    strip(found, unprefixed);
    strip(found, unprefixed);
    return found;
  };

  const unsuffixed = (word) => {
    const cut = [];
    if (word.endsWith("ies") || word.endsWith("ied")) cut.push(`${word.slice(0, -3)}y`);
    const match = /^(.+?)(?:s|es|ed|ing|er|ers|ion|ions|ment|ments|ly)$/.exec(word);
    for (const end of ["ers", "ions", "ments", "es", "ed", "ing", "er", "ion", "ment", "ly", "s"]) {
      if (!match || !word.endsWith(end)) continue;
      const stem = word.slice(0, -end.length);
      cut.push(stem);
      if (end !== "s" && end !== "ly") cut.push(`${stem}e`);
      if (/([^aeiouls])\1$/.test(stem)) cut.push(stem.slice(0, -1));
    }
    return cut;
  };

  const english = (word) => {
    const found = new Map([[word, 0]]);
    strip(found, unsuffixed);
    return found;
  };

  const known = { id: new Map(), en: new Map() };
  const rootsOf = (word, language) => {
    const cache = known[language] ?? known.en;
    if (!cache.has(word)) cache.set(word, (cache === known.id ? indonesian : english)(word));
    return cache.get(word);
  };

  // ---- the index: word -> places with weights, root -> words
  const vocabulary = new Map();
  const lengths = places.map(([, , title, text]) => (title.length + text.length) / 6);
  const usual = lengths.reduce((sum, each) => sum + each, 0) / Math.max(lengths.length, 1);
  const byRoot = new Map();
  const note = (text, place, weight, language) => {
    for (const word of plain(text).match(WORD) ?? []) {
      if (!vocabulary.has(word)) vocabulary.set(word, new Map());
      const weights = vocabulary.get(word);
      if (!weights.size || !weights.has(place)) {
        for (const [stem, cost] of rootsOf(word, language)) {
          if (!byRoot.has(stem)) byRoot.set(stem, new Map());
          byRoot.get(stem).set(word, cost);
        }
      }
      weights.set(place, (weights.get(place) ?? 0) + weight);
    }
  };
  places.forEach(([sop, , title, text], place) => {
    const language = sops[sop][2];
    note(title, place, TITLE_WEIGHT, language);
    note(text, place, 1, language);
  });

  const isNear = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false;
    let start = 0;
    while (start < one.length && one[start] === other[start]) start += 1;
    let end = 0;
    const most = Math.min(one.length, other.length) - start;
    while (end < most && one.at(-1 - end) === other.at(-1 - end)) end += 1;
    return Math.max(one.length, other.length) - start - end <= 1;
  };

  // Words of the index that a word of the query may mean, each with how sure that is (1: the word itself).
  const meant = (word, isLast) => {
    const found = new Map();
    const add = (other, strength) => found.set(other, Math.max(found.get(other) ?? 0, strength));
    for (const language of ["id", "en"]) {
      for (const [stem, cost] of rootsOf(word, language)) {
        for (const [other, otherCost] of byRoot.get(stem) ?? []) add(other, 1 / (1 + 0.3 * (cost + otherCost)));
      }
    }
    if (vocabulary.has(word)) add(word, 1);
    if (isLast && word.length > 1) {
      for (const other of vocabulary.keys()) if (other.startsWith(word)) add(other, 0.9 * (word.length / other.length) ** 0.5);
    }
    if (!found.size && word.length > 3) {
      for (const other of vocabulary.keys()) if (isNear(word, other)) add(other, 0.3);
    }
    return found;
  };

  const search = (query) => {
    const asked = plain(query).match(WORD) ?? [];
    const scores = new Map();
    const hits = new Set();
    asked.forEach((word, at) => {
      const best = new Map();
      for (const [other, strength] of meant(word, at === asked.length - 1)) {
        hits.add(other);
        const weights = vocabulary.get(other);
        const rarity = Math.log(1 + places.length / weights.size);
        for (const [place, weight] of weights) {
          const damping = 1.2 * (0.4 + 0.6 * (lengths[place] / usual));
          const value = strength * rarity * (weight / (weight + damping));
          if (value > (best.get(place) ?? 0)) best.set(place, value);
        }
      }
      for (const [place, value] of best) {
        const [count, sum] = scores.get(place) ?? [0, 0];
        scores.set(place, [count + 1, sum + value]);
      }
    });
    const ranked = [...scores].sort(([a, [n, s]], [b, [m, t]]) => m - n || t - s || a - b);
    const most = ranked.length ? ranked[0][1][0] : 0;
    return { found: ranked.filter(([, [count]]) => count === most).map(([place]) => place), hits };
  };

  // ---- showing
  const marked = (text, hits) => {
    const parts = [];
    let done = 0;
    for (const match of text.matchAll(WORD)) {
      if (!hits.has(plain(match[0]))) continue;
      parts.push(text.slice(done, match.index), Object.assign(document.createElement("mark"), { textContent: match[0] }));
      done = match.index + match[0].length;
    }
    return [...parts, text.slice(done)];
  };

  const excerpt = (text, hits) => {
    const first = [...text.matchAll(WORD)].find((match) => hits.has(plain(match[0])));
    const from = first && first.index > 90 ? text.indexOf(" ", first.index - 60) + 1 : 0;
    const cut = text.slice(from, from + 190);
    return `${from ? "… " : ""}${cut}${from + 190 < text.length ? " …" : ""}`;
  };

  const line = (place, hits) => {
    const [sop, anchor, title, text] = places[place];
    const [name, address, language] = sops[sop];
    const link = document.createElement("a");
    link.href = root + address + (anchor ? `#${encodeURIComponent(anchor)}` : "");
    const head = document.createElement("b");
    head.append(...marked(title, hits));
    const where = Object.assign(document.createElement("span"), { className: "where", textContent: anchor ? name : "" });
    const said = Object.assign(document.createElement("span"), { className: "excerpt" });
    said.append(...marked(excerpt(text, hits), hits));
    link.append(head, where, said);
    const item = Object.assign(document.createElement("li"), { lang: language });
    item.append(link);
    return item;
  };

  const more = (found, hits) => {
    const count = found.length - SHOWN;
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "further",
      textContent: words.more.replace("{count}", count),
    });
    button.addEventListener("click", () => {
      list.lastChild.remove();
      list.append(...found.slice(SHOWN).map((place) => line(place, hits)));
      told.textContent = words.found.replace("{count}", found.length);
      links()[SHOWN].focus();
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  };

  const counted = (count) => {
    if (count === 1) return words.foundOne;
    return (count > SHOWN ? words.foundSome : words.found).replace("{count}", count).replace("{shown}", SHOWN);
  };

  const show = () => {
    const query = input.value.trim();
    if (!query) {
      list.replaceChildren();
      told.textContent = help;
      return;
    }
    const { found, hits } = search(query);
    list.replaceChildren(...found.slice(0, SHOWN).map((place) => line(place, hits)));
    if (found.length > SHOWN) list.append(more(found, hits));
    told.textContent = found.length ? counted(found.length) : words.none.replace("{query}", query);
  };

  const links = () => [...list.querySelectorAll("a")];
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [input, ...list.querySelectorAll("a, button")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter?.value === "close" && event.submitter === document.activeElement) return;
    event.preventDefault();
    links()[0]?.click();
  });
  list.addEventListener("click", (event) => event.target.closest("a") && dialog.close());
  input.addEventListener("input", show);
  show();
})();
