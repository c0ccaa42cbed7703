// What a page does beyond being read: the list of contents folds on a telephone, says where the reader is, and is
// searched. Without it the list stands open, and leads everywhere.
"use strict";
(() => {
  const nav = document.querySelector(".contents");
  const list = nav.querySelector("details");
  const lines = [...nav.querySelectorAll(".toc li")].map((line) => {
    const link = line.querySelector("a");
    return { line, link, target: document.getElementById(link.hash.slice(1)), isSection: line.matches(".level-2") };
  }).filter((one) => one.target);
  let section = null;
  for (const one of lines) {
    if (one.isSection) section = one;
    one.section = section || one;
  }

  // --- Folding: open beside the text, shut above it ------------------------------------------------------------

  const wide = matchMedia("(min-width: 62rem)");
  const fold = () => { list.open = wide.matches; };
  wide.addEventListener("change", fold);
  fold();
  nav.classList.add("folds"); // only the section that one reads shows its clauses, where all stand beside it

  // --- Where the reader is: the last place of the list that has come to the top --------------------------------

  const inSight = new Set();
  let here = lines[0], hasGone = false;
  // Whoever goes through the list by keyboard is not to lose a line from under the focus, until they go to its place.
  const isHeld = () => !hasGone && nav.querySelector(":focus-visible");
  const mark = () => {
    here = lines.findLast((one) => inSight.has(one.target)) || here;
    for (const one of lines) {
      if (one === here) one.link.setAttribute("aria-current", "true");
      else one.link.removeAttribute("aria-current");
    }
    if (!isHeld()) show();
  };
  const show = () => {
    for (const one of lines) one.line.classList.toggle("near", one.section === here.section);
    const box = here.line.getBoundingClientRect(), room = nav.getBoundingClientRect();
    if (box.top < room.top || box.bottom > room.bottom) nav.scrollTop += box.top - room.top - room.height / 3;
  };
  const watch = new IntersectionObserver((seen) => {
    for (const one of seen) {
      if (one.isIntersecting) inSight.add(one.target);
      else inSight.delete(one.target);
    }
    mark();
  }, { rootMargin: "0px 0px -85% 0px" });
  for (const one of lines) watch.observe(one.target);
  addEventListener("hashchange", () => { hasGone = true; mark(); });
  nav.addEventListener("focusin", () => { hasGone = false; });
  nav.addEventListener("focusout", (event) => { if (!nav.contains(event.relatedTarget)) show(); });
  mark();

  // --- Search: every word typed stands in the title or the text, whatever its case and accents -----------------

  const search = nav.querySelector(".search");
  if (!search) return;
  const field = search.querySelector("input"), status = search.querySelector("[role=status]");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’']/g, "'");
  const texts = new Map();
  const textOf = (one) => {
    if (!texts.has(one)) {
      const own = one.target.cloneNode(true);
      for (const clause of own.querySelectorAll("article.clause")) clause.remove(); // they have lines of their own
      texts.set(one, plain(`${one.line.textContent} ${own.textContent}`));
    }
    return texts.get(one);
  };
  const find = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const hits = words.length ? lines.filter((one) => words.every((word) => textOf(one).includes(word))) : [];
    const sections = new Set(hits.map((one) => one.section));
    nav.classList.toggle("searching", words.length > 0);
    for (const one of lines) {
      one.line.classList.toggle("hit", hits.includes(one));
      one.line.hidden = words.length > 0 && !hits.includes(one) && !sections.has(one);
    }
    status.textContent = words.length ? status.dataset.found.replace("{number}", hits.length) : "";
    if (words.length) list.open = true;
    else fold();
    return hits;
  };
  field.addEventListener("input", find);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const [first] = find();
    if (first) first.link.focus();
  });
  list.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) list.open = false; // the reader has gone there
  });
  search.hidden = false;
})();
