"use strict";
(() => {
  const one = (query, from = document) => from.querySelector(query);
  const all = (query, from = document) => [...from.querySelectorAll(query)];
  const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const table = one(".grid table"), dialog = one("dialog"), filters = one(".filters");
  const heads = [...table.tHead.rows[0].cells].slice(1), names = heads.map((head) => head.textContent);
  const sought = heads.map((head) => `${head.title} ${head.dataset.layers}`.toLowerCase());
  const rows = all("tbody tr[id]", table);
  let shown = heads.map(() => true), current = null;

  // --- Cells are buttons; one at a time stands in the order of the Tab key. --------------------------------
  // A row gets its buttons when it comes near the view: tens of thousands at once would be slow.
  function arm(row) {
    if (row.dataset.armed) return;
    row.dataset.armed = "yes";
    for (const cell of row.cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.tabIndex = -1;
      button.append(cell.textContent);
      cell.replaceChildren(button);
    }
  }

  const watch = new IntersectionObserver((seen) => {
    for (const entry of seen) if (entry.isIntersecting) arm(entry.target);
  }, { rootMargin: "200px" });
  for (const row of rows) watch.observe(row);

  function enter(cell, focus) {
    if (current) current.firstChild.tabIndex = -1;
    current = cell;
    if (!cell) return;
    arm(cell.parentNode);
    cell.firstChild.tabIndex = 0;
    if (focus) cell.firstChild.focus();
  }

  function next(cell, down, right) {
    const seen = rows.filter((row) => row.offsetParent);
    const at = seen.indexOf(cell.parentNode) + down;
    const columns = [0, ...shown.flatMap((is, place) => (is ? [place + 1] : []))];
    const to = columns.indexOf(cell.cellIndex) + right;
    const row = seen[Math.max(0, Math.min(at, seen.length - 1))];
    return row.cells[columns[Math.max(0, Math.min(to, columns.length - 1))]];
  }

  table.addEventListener("keydown", (event) => {
    const far = 1e6, keys = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1],
      Home: [0, -far], End: [0, far], PageDown: [10, 0], PageUp: [-10, 0] };
    const move = keys[event.key], cell = event.target.closest("tbody tr[id] > *");
    if (!move || !cell || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    enter(next(cell, ...move), true);
  });

  table.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    enter(button.parentNode, false);
    tell(button.parentNode);
  });

  // --- The dialog: what one cell, or all of a clause, is about. ---------------------------------------------
  const letter = (cell) => (/^[A-Z]+/.exec(cell.textContent) || [""])[0];
  const having = (row, which) => names.filter((_, place) => letter(row.cells[place + 1]) === which);

  function section(words, row) {
    const copy = words.cloneNode(true);
    one(".of", copy).textContent = having(row, copy.dataset.letter).join(", ");
    return copy;
  }

  function tell(cell) {
    const row = cell.parentNode, place = cell.cellIndex - 1, which = place < 0 ? "" : letter(cell);
    const words = document.getElementById(`words-${row.id}`);
    const told = !words ? [] : all("section", words).filter((one) => place < 0 || one.dataset.letter === which);
    const notes = !words ? [] : all("li[data-of]", words).filter((note) => place < 0 || note.dataset.of.split(" ").includes(`${place}`));
    const list = document.createElement("ul");
    for (const note of notes) {
      const item = make("li", note.textContent);
      const whose = note.dataset.of.split(" ");
      if (whose.length > 1) item.append(" ", Object.assign(make("span", whose.map((of) => names[of]).join(", ")), { className: "quiet" }));
      list.append(item);
    }
    one("h2", dialog).textContent = row.cells[0].textContent;
    const body = one("div", dialog);
    body.replaceChildren();
    if (place >= 0) body.append(Object.assign(make("p", `${names[place]}: ${cell.textContent}`), { className: "lead" }));
    if (notes.length) body.append(list);
    body.append(...told.map((each) => section(each, row)));
    if (!words || !all("section", words).length) body.append(make("p", "All who have this clause tell it in the same words."));
    if (!told.length && place >= 0) {
      const alike = names.filter((_, at) => at !== place && row.cells[at + 1].textContent === cell.textContent);
      if (alike.length) body.append(make("p", `The same holds for: ${alike.join(", ")}.`));
    }
    dialog.showModal();
    one("h2", dialog).focus();
    dialog.scrollTop = 0;
  }

  // --- Filters -------------------------------------------------------------------------------------------
  const narrow = matchMedia("(max-width: 36rem)");

  function has(cell, kind) {
    if (kind === "a") return /^[A-Z]+$/.test(cell.textContent);
    if (kind === "x") return cell.textContent === "–";
    return cell.classList.contains(kind);
  }

  function filter() {
    const chosen = one("#section").value, kind = one("#kind").value, text = one("#name").value.trim().toLowerCase();
    const before = shown, only = Number(one("#body").value);
    shown = sought.map((words, place) => (narrow.matches ? place === only : words.includes(text)));
    one(".grid").classList.toggle("one", narrow.matches);
    const turned = shown.flatMap((is, place) => (is === before[place] ? [] : [place + 1]));
    for (const place of turned) {
      table.tHead.rows[0].cells[place].hidden = !shown[place - 1];
      for (const row of rows) row.cells[place].hidden = !shown[place - 1];
    }
    const columns = shown.flatMap((is, place) => (is ? [place + 1] : []));
    table.style.setProperty("--columns", columns.length);
    let clauses = 0;
    for (const group of table.tBodies) {
      let any = false;
      group.rows[0].cells[0].colSpan = columns.length + 1;
      for (const row of [...group.rows].slice(1)) {
        const fits = (!chosen || group.dataset.section === chosen)
          && (!kind || columns.some((place) => has(row.cells[place], kind)));
        row.hidden = !fits;
        clauses += fits;
        any = any || fits;
      }
      group.hidden = !any;
    }
    table.dataset.kind = kind;
    one("[role=status]", filters).textContent = `${clauses} of ${rows.length} clauses, ${columns.length} of ${heads.length} organisations`;
    enter(rows.find((row) => !row.hidden)?.cells[0] || null, false);
  }

  narrow.addEventListener("change", filter);
  let wait = 0;
  filters.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(filter, 120);
  });
  filters.hidden = one(".keys").hidden = false;
  filter();
})();
