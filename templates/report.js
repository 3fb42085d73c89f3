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
      row, tokens: new Set(row.dataset.t.split(" ")), text: row.textContent.toLowerCase(),
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
        row.hidden = hide;
        shown += hide ? 0 : 1;
      }
      $(".shown", form).textContent = shown === rows.length ? `All ${shown} statements` : `${shown} of ${rows.length} statements`;
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
    const current = $(".at");
    at = current ? stops.indexOf(current) : -1;
    at = Math.min(stops.length - 1, Math.max(0, at + by));
    if (current) { current.classList.remove("at"); }
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
      const keys = [["j k", "next, previous"], ["Enter", "open"], ["[ ]", "previous, next page"], ["/", "search"], ["u", "up to the queue"], ["?", "close"]];
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
  const follow = (selector) => { const link = $(selector); if (link) { link.click(); } };
  const search = () => {
    if (form) { form.elements.q.focus(); } else { follow(".mark"); }
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
