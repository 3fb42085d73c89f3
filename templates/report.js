// What the report adds where scripts run: filters, sorting, keys. All of it is readable without.
"use strict";
(function () {
  const $ = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const memory = {
    get(key) { try { return localStorage.getItem("citecheck." + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("citecheck." + key, value); } catch { /* private window */ } },
  };

  // Filters of the queue
  const form = $("[data-filters]");
  if (form) {
    const rows = all("tr[data-t]").map((row) => ({
      row, tokens: new Set(row.dataset.t.split(" ")), get text() {  // read when somebody searches: 2,000 rows are many
        const text = row.textContent.toLowerCase();
        Object.defineProperty(this, "text", { value: text });
        return text;
      },
    }));
    const fine = form.elements.fine;
    fine.checked = memory.get("fine") === "hide";
    const apply = () => {
      const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = all("select", form).map((select) => select.value).filter(Boolean);
      let shown = 0;
      for (const { row, tokens, text } of rows) {
        const hide = (fine.checked && (tokens.has("s0") || tokens.has("s1")))
          || !wanted.every((token) => tokens.has(token)) || !words.every((word) => text.includes(word));
        if (row.hidden !== hide) { row.hidden = hide; }
        shown += hide ? 0 : 1;
      }
      $(".shown", form).textContent = shown === rows.length ? `All ${shown} statement${shown === 1 ? "" : "s"}` : `${shown} of ${rows.length} statement${rows.length === 1 ? "" : "s"}`;
      $("[data-empty]").hidden = shown > 0;
      memory.set("fine", fine.checked ? "hide" : "show");
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    $("[data-clear]").addEventListener("click", () => form.reset());
    apply();
  }

  // Sorting by a column
  for (const table of all("table[data-sortable]")) {
    const heads = all("thead th", table);
    heads.forEach((head, column) => {
      if (!head.dataset.sort) { return; }
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") === "descending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const key = (row) => row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
        const order = (a, b) => key(a).localeCompare(key(b), "en", { numeric: true });
        const body = table.tBodies[0];
        body.append(...[...body.rows].sort((a, b) => (up ? order(a, b) : order(b, a))));
      });
    });
  }

  // Copying a rendering, and reading the renderings against another one
  for (const table of all("table.renderings")) {
    const rows = all("tr.rendering", table).map((row) => ({ row, number: row.dataset.step, said: $(".said", row) }));
    for (const one of rows) {
      const plain = one.said.cloneNode(true);
      for (const gone of all("del, .vh", plain)) { gone.remove(); }
      one.text = plain.textContent;
      one.drawn = [...one.said.childNodes];
      addTools(one);
    }
    const choice = $("[data-switch]", table.parentElement);
    if (choice) { addSwitch(choice, rows); }
  }

  function addTools({ row, text }) {
    const get = (selector) => { const found = $(selector, row); return found ? found.textContent.trim() : null; };
    const speaker = () => get(".who a");
    const facts = () => ({
      family: row.closest("table").dataset.family, text, kind: get(".kind"), speaker: speaker(),
      sources: all(".credit-line a", row).map((link) => link.textContent), article: get(".pub"), title: get(".work"),
      published: (get("time") && $("time", row).getAttribute("datetime")) || null,
    });
    const citation = () => [get(".kind").startsWith("quoted") ? `\u201c${text}\u201d` : text, speaker() || "no speaker given",
      get(".pub"), get(".work"), get("time") || "undated"].join(" \u2014 ");
    const tools = document.createElement("p");
    tools.className = "tools";
    tools.append("Copy");
    for (const [name, make] of [["words", () => text], ["citation", citation], ["JSON", () => JSON.stringify(facts())]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.setAttribute("aria-label", `Copy ${name} of rendering ${row.dataset.step}`);
      button.addEventListener("click", () => copy(make(), button));
      tools.append(" ", button);
    }
    $(".words", row).append(tools);
  }

  function copy(text, button) {
    const name = button.textContent;
    const done = () => { button.textContent = "copied"; setTimeout(() => { button.textContent = name; }, 1500); };
    const byHand = () => {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
      done();
    };
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, byHand); } else { byHand(); }
  }

  function addSwitch(choice, rows) {
    const select = $("select", choice);
    const base = rows.find((one) => one.row.classList.contains("is-base"));
    for (const one of [...rows].sort((a, b) => a.number - b.number)) {
      const name = `${one.number} ${$(".pub", one.row).textContent}${one === base ? ", the base" : ""}`;
      select.append(new Option(name, one.number, one === base, one === base));
    }
    select.addEventListener("change", () => {
      const other = rows.find((one) => one.number === select.value);
      for (const one of rows) {
        one.said.replaceChildren(...(other === base ? one.drawn : one === other ? [one.text] : drawn(other.text, one.text)));
      }
      $(".hint", choice).textContent = other === base ? "" : "Words only: labels and severities stay those against the base.";
    });
    choice.hidden = false;
  }

  // The words of b against a: longest common subsequence of words; plain where either is very long.
  function drawn(a, b) {
    const split = (text) => text.match(/\s+|[\p{L}\p{N}]+(?:[.,'\u2019-][\p{L}\p{N}]+)*|./gsu) || [];
    const [x, y] = [split(a), split(b)];
    if (x.length * y.length > 4e6) { return [b]; }
    const best = Array.from({ length: x.length + 1 }, () => new Uint32Array(y.length + 1));
    for (let i = x.length - 1; i >= 0; i--) {
      for (let j = y.length - 1; j >= 0; j--) {
        best[i][j] = x[i] === y[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
      }
    }
    const made = [];
    const put = (tag, text) => {
      const last = made.at(-1);
      if (last && last.tag === tag) { last.text += text; } else { made.push({ tag, text }); }
    };
    let [i, j] = [0, 0];
    while (i < x.length || j < y.length) {
      if (i < x.length && j < y.length && x[i] === y[j]) { put("", x[i]); i++; j++; }
      else if (j === y.length || (i < x.length && best[i + 1][j] >= best[i][j + 1])) { put("del", x[i]); i++; }
      else { put("ins", y[j]); j++; }
    }
    return made.map(({ tag, text }) => {
      if (!tag) { return document.createTextNode(text); }
      const change = document.createElement(tag);
      change.className = text.trim() ? "s3" : "gap";
      const hint = (words) => { const span = document.createElement("span"); span.className = "vh"; span.textContent = words; return span; };
      if (text.trim()) { change.append(hint(tag === "del" ? "[left out: " : "[put in: "), text, hint("]")); } else { change.append(text); }
      return change;
    });
  }

  // Findings that are settled: remembered by their words, so that a tick survives edits elsewhere and lapses with its own
  const ticks = all("input[data-fingerprint]");
  const settle = () => {
    for (const tick of ticks) { tick.closest(".finding").classList.toggle("is-settled", tick.checked); }
    for (const line of all("[data-settled]")) {
      const own = all("input[data-fingerprint]", line.closest(".draft"));
      line.textContent = `${own.filter((tick) => tick.checked).length} of ${own.length} settled`;
    }
  };
  for (const tick of ticks) {
    tick.checked = memory.get("settled." + tick.dataset.fingerprint) === "yes";
    tick.addEventListener("change", () => {
      memory.set("settled." + tick.dataset.fingerprint, tick.checked ? "yes" : "no");
      settle();
    });
  }
  if (ticks.length) { settle(); }

  // Notes fold on narrow screens
  if (matchMedia("(max-width: 60rem)").matches) {
    for (const notes of all("details.margin")) { notes.open = false; }
  }
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details");
    if (fold) { fold.open = true; target.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  reveal();

  // Keys
  let at = -1;
  const step = (by) => {
    const stops = all("[data-step]").filter((stop) => stop.offsetParent !== null || stop.getClientRects().length);
    if (!stops.length) { return; }
    const current = stops.find((stop) => stop.classList.contains("at"));
    at = current ? stops.indexOf(current) : -1;
    at = Math.min(stops.length - 1, Math.max(0, at + by));
    for (const old of all(".at")) { old.classList.remove("at"); }
    const stop = stops[at];
    stop.classList.add("at");
    const link = $("a[href]", $(".statement-cell, .words", stop) || stop) || $("a[href]", stop);
    if (link) { link.focus({ preventScroll: true }); }
    stop.scrollIntoView({ block: "nearest" });
  };
  const help = () => {
    let box = $("dialog.keys-box");
    if (!box) {
      box = document.createElement("dialog");
      box.className = "keys-box";
      box.setAttribute("aria-label", "Keys");
      const keys = [["j k", "next, previous"], ["Enter", "open"]];
      if ($("a[rel=prev], a[rel=next]")) { keys.push(["[ ]", "previous, next page"]); }
      if ($("a.mark")) { keys.push(["/", "search"], ["u", "up to the queue"]); }
      keys.push(["?", "close"]);
      const list = document.createElement("dl");
      list.className = "keys";
      for (const [key, words] of keys) {
        const line = document.createElement("div");
        const term = document.createElement("dt");
        const about = document.createElement("dd");
        for (const one of key.split(" ")) {
          const cap = document.createElement("kbd");
          cap.textContent = one;
          term.append(cap, " ");
        }
        about.textContent = words;
        line.append(term, about);
        list.append(line);
      }
      box.append(list);
      document.body.append(box);
    }
    if (box.open) { box.close(); } else { box.showModal(); }
  };
  const follow = (selector) => { const link = all(selector).find((one) => one.getClientRects().length); if (link) { link.click(); } };
  const search = () => {
    if (form && form.getClientRects().length) { form.elements.q.focus(); } else { follow(".mark"); }
  };
  const keys = {
    j: () => step(1), k: () => step(-1), "[": () => follow("a[rel=prev]"), "]": () => follow("a[rel=next]"),
    "/": search, u: () => follow(".mark"), "?": help,
  };
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input:not([type=checkbox]), select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (field) {
      if (event.key === "Escape") { field.blur(); }
      return;
    }
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
