// What the report adds where scripts run: filters, sorting, keys. All of it is readable without.
"use strict";
(function () {
  const $ = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const memory = {
    get(key) { try { return localStorage.getItem("citecheck." + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("citecheck." + key, value); } catch { /* private window */ } },
    kept(key) { try { return sessionStorage.getItem(this.own(key)); } catch { return null; } },
    keep(key, value) { try { sessionStorage.setItem(this.own(key), value); } catch { /* the same */ } },
    own: (key) => `citecheck.${key}${location.pathname.replace(/-\d+(?=\.html$)/, "")}`,  // one for all pages of the queue
  };

  const make = (tag, css, ...children) => {
    const node = document.createElement(tag);
    if (css) { node.className = css; }
    node.append(...children);
    return node;
  };

  // Filters of the queue. Of a queue with several pages, queue.js has the others: read when somebody searches.
  const form = $("[data-filters]");
  if (form) { addFilters(form, $(".queue-table")); }

  function addFilters(form, table) {
    const total = Number(table.dataset.total);
    const fields = all("select, [type=search]", form);
    const fine = form.elements.fine;
    const PORTION = 200;
    let [own, others, most, asked] = [null, null, PORTION, false];

    const record = (tokens, words, more) => ({
      tokens: ` ${tokens} `, get text() {
        const text = words().toLowerCase();
        Object.defineProperty(this, "text", { value: text });
        return text;
      }, ...more,
    });
    const matcher = () => {
      const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = fields.slice(1).map((select) => select.value && ` ${select.value} `).filter(Boolean);
      const fits = (one) => !(fine.checked && /^ s[01] /.test(one.tokens))
        && wanted.every((token) => one.tokens.includes(token)) && words.every((word) => one.text.includes(word));
      return [fits, words.length + wanted.length > 0];
    };
    const apply = () => {
      const [fits, narrowed] = matcher();
      memory.set("fine", fine.checked ? "hide" : "show");
      memory.keep("filters", JSON.stringify(fields.map((field) => field.value)));
      if (!own && !narrowed && !fine.checked) {  // nothing has been hidden yet: no row is touched
        tell(total, total);
        return;
      }
      own = own || all("tr[data-t]", table).map((row) => record(row.dataset.t, () => row.textContent, { row }));
      let shown = 0;
      for (const one of own) {
        const hide = !fits(one);
        if (one.row.hidden !== hide) { one.row.hidden = hide; }
        shown += hide ? 0 : 1;
      }
      if (narrowed && own.length < total) { ask(); }
      const found = narrowed && others ? others.filter(fits) : [];
      list(found);
      const here = !narrowed && own.length < total;
      if (narrowed && own.length < total && !others) { say("Searching all pages of the queue\u2026"); }
      else { tell(shown + found.length, here ? own.length : total, here ? " on this page" : ""); }
      $("[data-empty]").hidden = shown + found.length > 0;
    };
    const say = (words) => { $(".shown", form).textContent = words; };
    const tell = (shown, of, where = "") => say(`${shown === of ? "All" : `${shown.toLocaleString("en")} of`} ${count(of, "statement")}${where}`);
    const ask = () => {
      if (asked) { return; }
      asked = true;
      window.citecheckQueue = ({ names, rows }) => {
        const first = table.dataset.first - 1;
        const telling = (token) => names[token] || "";
        others = rows.map((row, at) => record(row[2], () => [row[0], row[6], row[7], ...row[2].split(" ").map(telling)].join(" "), {
          before: at < first, draw: () => rowOf(row, citecheckOrder.ids[at], names),
        }));
        others.splice(first, own.length);
        apply();
      };
      for (const src of ["order.js", "queue.js"]) { document.head.append(Object.assign(make("script"), { src, async: false })); }
    };
    // What other pages hold stands above and below what this one holds: the order is that of the queue.
    const list = (found) => {
      for (const old of all("tbody.others", table)) { old.remove(); }
      const [before, after] = [make("tbody", "others"), make("tbody", "others")];
      for (const one of found.slice(0, most)) { (one.before ? before : after).append(one.draw()); }
      if (found.length > most) {
        const more = Object.assign(make("button", "", `Show ${Math.min(PORTION, found.length - most)} more`), { type: "button" });
        more.addEventListener("click", () => { most += PORTION; apply(); });
        after.append(make("tr", "", Object.assign(make("td", "", more), { colSpan: 5 })));
      }
      if (before.rows.length) { table.tHead.after(before); }
      if (after.rows.length) { table.append(after); }
    };
    const rowOf = ([words, marked, tokens, labels, renderings, origins, was, is], id, names) => {
      const named = (sort) => tokens.split(" ").filter((token) => token[0] === sort).map((token) => names[token]);
      const rest = (number) => (number > 0 ? ` and ${number} more` : "");
      const [who, outlets, level] = [named("p"), named("a"), tokens.slice(0, 2)];
      const link = Object.assign(make("a", marked ? "quote marked" : "quote", words), { href: `families/${id}.html`, dir: "auto" });
      const cell = make("td", "statement-cell", link, make("span", "by", (who[0] || "no speaker given") + rest(who.length - 1)));
      const side = (text, css) => (text ? make("q", css, text) : make("i", "", "nothing"));
      if (was || is) { cell.append(make("span", "glance reading", side(was, "was"), " \u2192 ", side(is, "is"))); }
      const signs = labels ? labels.split(" ").map((one) => make("span", `label s${one[0]}`, names[`l-${one.slice(1)}`])) : [make("span", "none", "none that matters")];
      const row = make("tr", "", make("td", "", make("span", `sev ${level}`, names[level])), cell, make("td", "labels", ...signs.flatMap((one) => [one, " "])),
        make("td", "in", make("strong", "", renderings), make("span", "sub", outlets.slice(0, 4).join(", ") + rest(outlets.length - 4))),
        make("td", "origins", origins || "not stated"));
      row.dataset.step = "";
      return row;
    };
    const count = (number, one) => `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;

    fine.checked = memory.get("fine") === "hide";
    const kept = JSON.parse(memory.kept("filters") || "[]");
    fields.forEach((field, at) => { if (kept[at]) { field.value = kept[at]; } });
    form.hidden = false;
    const changed = () => { most = PORTION; apply(); };
    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(changed));
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
  // In the report in one file, where every page is a section, each is made ready when it is first shown.
  const made = new Set();
  const makeReady = () => {
    const shown = all(".page").find((page) => page.getClientRects().length) || document.body;
    if (made.has(shown)) { return; }
    made.add(shown);
    for (const table of all("table.renderings", shown)) { addCopying(table.closest("section")); }
    for (const nav of all("nav.stepper", shown)) { addSteps(nav); }
    setTimeout(() => all(".renderings, .queue-table, .conflicts, .rules", shown).forEach(addRoles));
  };
  addEventListener("hashchange", makeReady);

  function addCopying(section) {
    if (made.has(section)) { return; }
    made.add(section);
    const rows = all("tr.rendering", section).map((row) => ({ row, number: row.dataset.step, said: $(".said", row) }));
    for (const one of rows) {
      const plain = one.said.cloneNode(true);
      for (const gone of all("del, summary", plain)) { gone.remove(); }
      one.text = plain.textContent;
      one.drawn = [...one.said.childNodes];
      addTools(one);
    }
    const choice = $("[data-switch]", section);
    if (choice) { addSwitch(choice, rows); }
  }

  function addTools({ row, text }) {
    const get = (selector) => { const found = $(selector, row); return found ? found.textContent.trim() : null; };
    const speaker = () => get(".who a");
    const facts = () => ({
      family: row.closest("table").dataset.family, text, kind: get(".kind"), speaker: speaker(),
      sources: all(".source a", row).map((link) => link.textContent), article: get(".pub"), title: get(".work"),
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
      change.append(text);
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

  // The statements before and after, from order.js; and the same again at the end of the page
  function addSteps(nav) {
    const own = decodeURIComponent(location.pathname).split("/").pop().replace(/\.html$/, "");
    const { ids = [], page = 1 } = window.citecheckOrder || {};
    const at = nav.dataset.stepper === "statement" ? ids.indexOf(own) : -1;
    const step = (rel, id, words) => Object.assign(make("a", "", words), { rel, href: `${id}.html` });
    if (at >= 0) {
      const number = Math.floor(at / page);
      const up = $("a", nav);
      up.textContent = `${(at + 1).toLocaleString("en")} of ${ids.length.toLocaleString("en")} in the queue`;
      up.href = `../index${number ? `-${number + 1}` : ""}.html`;
      up.className = "up";
      if (at > 0) { nav.append(step("prev", ids[at - 1], "Previous")); }
      if (at + 1 < ids.length) { nav.append(step("next", ids[at + 1], "Next")); }
    }
    const end = nav.cloneNode(true);
    end.setAttribute("aria-label", `${nav.getAttribute("aria-label")}, below`);
    nav.parentElement.append(end);
  }

  // Tables that are laid out as blocks stay tables for those who hear them
  function addRoles(table) {
    const roles = { THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
    table.setAttribute("role", "table");
    for (const part of all("thead, tbody, tr, td", table)) { part.setAttribute("role", roles[part.tagName]); }
    for (const head of all("th", table)) { head.setAttribute("role", head.scope === "col" ? "columnheader" : "rowheader"); }
  }
  makeReady();

  // Paper shows what is folded, but for stretches of words that stand in the base above
  addEventListener("beforeprint", () => { for (const fold of all("main details:not(.fold)")) { fold.open = true; } });

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
  const follow = (selector) => { const link = all(selector).find((one) => one.getClientRects().length); if (link) { link.click(); } return link; };
  const search = () => {
    if (form && form.getClientRects().length) { form.elements.q.focus(); } else { follow(".mark"); }
  };
  const keys = {
    j: () => step(1), k: () => step(-1), "[": () => follow("a[rel=prev]"), "]": () => follow("a[rel=next]"),
    "/": search, u: () => follow(".up") || follow(".mark"), "?": help,
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
