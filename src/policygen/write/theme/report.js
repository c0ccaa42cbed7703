// What a change report does beyond being read: two sides, filters, keys. Without it everything is there, inline.
"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

  const root = document.documentElement;
  const clauses = all("article.clause[data-kinds]");
  const items = [...clauses, ...all("#names tr[id]")]; // the rows are clauses in which only names differ
  const parts = all("section.changes");
  const names = ["first", "second"].map((side) => words(document.querySelector(`thead .${side}`)));
  const state = { view: "", kind: new Set(), section: "", names: true, keys: true, at: "" };

  const kinds = (item) => (item.dataset.kinds || "names-only").split(" ");
  const section = (item) => (item.matches("tr") ? `section-${item.id.split(".")[0]}` : item.closest("section").id);
  const wanted = (item) =>
    (!state.kind.size || kinds(item).some((kind) => state.kind.has(kind))) &&
    (!state.section || section(item) === state.section) &&
    (state.names || kinds(item).some((kind) => kind !== "names-only"));
  const shown = () => items.filter((item) => !item.hidden);

  // --- Two sides: the words of both, copied once for each, the other's taken out -------------------------------

  const emptied = "li, p, tr, thead, tbody, table, caption, ul, ol, h4, pre, blockquote, .aside, .pair, .scroll";
  const side = (blocks, which, other, change, alone) => {
    const made = make("div", { class: `side ${which}`, role: "group", "aria-label": names[which === "first" ? 0 : 1] });
    made.append(...blocks.map((block) => block.cloneNode(true)));
    for (const gone of all(`${other}, .${change}`, made)) gone.remove();
    for (const one of all(emptied, made).reverse()) if (!words(one)) one.remove();
    for (const one of all("[id]", made)) one.removeAttribute("id");
    for (const one of all(".scroll", made)) one.setAttribute("aria-label", `${made.ariaLabel}: ${one.ariaLabel}`);
    if (which === "first") for (const fact of all(".fact", made)) fact.textContent = fact.dataset.first;
    const none = alone ? "Not in this policy." : "Not told at this depth.";
    if (!words(made)) made.append(make("p", { class: "quiet none" }, none));
    made.prepend(make("p", { class: "whose" }, make("span", { class: `shape ${which}` }, made.ariaLabel)));
    return made;
  };
  const split = (run, alone) => {
    const both = make("div", { class: "both" });
    run[0].before(both);
    both.append(...run);
    both.after(make("div", { class: "two" }, side(run, "first", "ins", "inserted", alone),
      side(run, "second", "del", "deleted", alone)));
  };
  const splitAll = () => {
    for (const clause of clauses) {
      const alone = kinds(clause).some((kind) => kind === "added" || kind === "removed");
      let run = [];
      for (const block of [...clause.children, null]) {
        const body = block && !block.matches("h3, h4, .remark");
        if (body) run.push(block);
        else if (run.length) { split(run, alone); run = []; }
      }
    }
  };

  // --- The tools -----------------------------------------------------------------------------------------------

  const button = (label, act, ...before) => {
    const made = make("button", { type: "button" }, ...before, label);
    made.addEventListener("click", act);
    return made;
  };
  const group = (label, ...children) =>
    make("div", { role: "group", "aria-label": label, class: "choices" }, ...children);
  const change = (how) => () => { how(); draw(); note(); };

  const inline = button("Inline", change(() => { state.view = ""; }));
  const sides = button("Side by side", change(() => { state.view = "sides"; }));
  const status = make("p", { role: "status" });
  const steps = make("section", { class: "steps", "aria-label": "View and steps" },
    group("View", inline, sides), group("Go to", button("Previous", () => step(-1)), button("Next", () => step(1))),
    status);

  const tags = {};
  for (const clause of clauses) {
    all(":scope > .remark > .shape", clause).slice(0, kinds(clause).length).forEach((tag, at) => {
      tags[kinds(clause)[at]] ??= tag;
    });
  }
  const choices = new Map();
  for (const kind of new Set(items.flatMap(kinds))) {
    const many = items.filter((item) => kinds(item).includes(kind)).length;
    const label = make("span", { class: tags[kind] ? tags[kind].className : "shape names" },
      `${tags[kind] ? words(tags[kind]) : "names only"} ${many}`);
    choices.set(kind, button("", change(() => {
      if (!state.kind.delete(kind)) state.kind.add(kind);
    }), label));
  }
  const select = make("select", { id: "section-choice" }, make("option", { value: "" }, "All sections"),
    ...parts.map((part) => make("option", { value: part.id }, words(part.querySelector("h2")))));
  select.addEventListener("change", change(() => { state.section = select.value; }));
  const matters = button("Leave out names", change(() => { state.names = !state.names; }));
  const everything = button("Show all", change(() => { state.kind.clear(); state.section = ""; state.names = true; }));
  const letters = button("Letter keys", change(() => { state.keys = !state.keys; }));
  const tools = make("section", { class: "tools", "aria-label": "Filters and keys" },
    group("Show only", make("span", { "aria-hidden": "true", class: "what" }, "Show only"), ...choices.values()),
    make("div", { class: "choices" }, make("label", { for: "section-choice", class: "what" }, "Section"), select,
      matters, everything),
    make("div", { class: "choices keys" }, letters, make("p", { class: "remark" },
      "n or j: next difference. p or k: previous. s: side by side or inline. m: leave out names or show them.")));

  // --- What is shown -------------------------------------------------------------------------------------------

  const pressed = (one, holds) => one.setAttribute("aria-pressed", String(holds));
  let ready = false;
  function draw() {
    const two = state.view === "sides";
    if (two && !ready) { splitAll(); ready = true; }
    root.classList.toggle("sides", two);
    for (const item of items) item.hidden = !wanted(item);
    const narrowed = state.kind.size > 0 || state.section !== "";
    for (const part of parts) part.hidden = narrowed && all("article.clause", part).every((clause) => clause.hidden);
    const about = { settings: ["set-differently"], "one-only": ["added", "removed"] };
    for (const [id, of] of Object.entries(about)) {
      const part = document.getElementById(id);
      if (part) part.hidden = narrowed && (state.section !== "" || !of.some((kind) => state.kind.has(kind)));
    }
    const naming = document.getElementById("names");
    if (naming) naming.hidden = !state.names || (narrowed && all("tr[id]", naming).every((row) => row.hidden));
    for (const line of all(".toc li")) line.hidden = document.querySelector(line.dataset.to).closest("section").hidden;
    pressed(inline, !two);
    pressed(sides, two);
    for (const [kind, one] of choices) pressed(one, state.kind.has(kind));
    pressed(matters, !state.names);
    pressed(letters, state.keys);
    select.value = state.section;
    everything.hidden = !narrowed && state.names;
    const many = shown().length;
    status.textContent = `${many} of ${items.length} clause${items.length === 1 ? "" : "s"} shown`;
  }

  function step(way) {
    const open = shown();
    const top = parseFloat(getComputedStyle(items[0]).scrollMarginTop) + 4;
    const here = open.findIndex((item) => item.id === state.at);
    const below = open.findIndex((item) => item.getBoundingClientRect().top > top);
    const from = way > 0 ? (below < 0 ? open.length : below) : (below < 0 ? open.length : below) - 1;
    const next = open[here < 0 ? from : here + way];
    if (!next) {
      status.textContent = way > 0 ? "No difference after this one" : "No difference before this one";
      return;
    }
    go(next);
    note();
  }

  function go(item) {
    state.at = item.id;
    for (const one of items) one.classList.toggle("here", one === item);
    const head = item.querySelector("h3, th");
    head.tabIndex = -1;
    head.focus({ preventScroll: true });
    item.scrollIntoView();
  }

  // --- The view as a link --------------------------------------------------------------------------------------

  function note() {
    const said = [
      state.view && `view=${state.view}`, state.kind.size && `kind=${[...state.kind].join(",")}`,
      state.section && `section=${state.section.replace("section-", "")}`, !state.names && "names=no",
      !state.keys && "keys=no", state.at && `at=${state.at}`,
    ];
    history.replaceState(null, "", `#${said.filter(Boolean).join("&")}`);
  }
  function read() {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (hash && !hash.includes("=")) { // a link to a place: show it, whatever was filtered out
      const place = document.getElementById(hash);
      if (place && place.closest("[hidden]")) { everything.click(); place.scrollIntoView(); }
      return;
    }
    const said = new URLSearchParams(hash);
    state.view = said.get("view") === "sides" ? "sides" : "";
    state.kind = new Set((said.get("kind") || "").split(",").filter((kind) => choices.has(kind)));
    const chosen = `section-${said.get("section")}`;
    state.section = parts.some((part) => part.id === chosen) ? chosen : "";
    state.names = said.get("names") !== "no";
    state.keys = said.get("keys") !== "no";
    draw();
    const item = items.find((one) => one.id === said.get("at") && !one.hidden);
    if (item) go(item);
  }

  document.addEventListener("keydown", (event) => {
    if (!state.keys || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const acts = { n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1),
      s: () => (state.view ? inline : sides).click(), m: () => matters.click() };
    if (Object.hasOwn(acts, event.key)) { acts[event.key](); event.preventDefault(); }
  });
  window.addEventListener("hashchange", read);

  if (items.length) {
    document.getElementById("found").after(tools, steps);
    draw();
    read();
  }
})();
