/* What pages do that need not be done: search, the place kept, a citation copied, the section marked in the contents.
   Everything can be read without it. Nothing is sent anywhere; the place stays in the reader's own browser. */
"use strict";

const KEY = `place ${document.body.dataset.publication}`;
const MOST_HITS = 50;
const AROUND = 90;

function kept(value) {
  try {
    if (value === undefined) return JSON.parse(localStorage.getItem(KEY));
    localStorage.setItem(KEY, JSON.stringify(value));
  } catch {
    /* The reader lets pages keep nothing. */
  }
  return null;
}

// The place: the last heading that has come up past the upper third of the window.

function watchPlace() {
  const main = document.querySelector("main.chapter, main.whole-report");
  const titles = main ? [...main.querySelectorAll(":is(h1, h2, h3, h4):not(.notes-head)")] : [];
  if (!document.body.matches(".part-section, .part-whole") || !titles.length) return;
  const ways = [...document.querySelectorAll("#contents li li a")];
  let waiting = false;
  const settle = () => {
    waiting = false;
    const edge = innerHeight / 3;
    const passed = titles.filter((title) => title.getBoundingClientRect().top < edge);
    const title = passed[passed.length - 1];
    const home = title && title.closest("section[id], article[id], main[id]");
    const here = title && title.closest(".chapter > section.section");
    for (const way of ways) {
      if (here && way.hash === `#${here.id}`) way.setAttribute("aria-current", "location");
      else way.removeAttribute("aria-current");
    }
    if (home && scrollY > 0) {
      const file = location.pathname.split("/").pop();
      kept({ address: `${file}#${home.id}`, title: title.innerText.replace(/\s+/g, " ").trim() });
    }
  };
  addEventListener("scroll", () => {
    if (!waiting) setTimeout(settle, 200);
    waiting = true;
  }, { passive: true });
  settle();
}

function offerPlace() {
  const place = kept();
  const offer = document.querySelector("[data-script=resume]");
  if (!offer || !place || !/^[\w-]+\.html#[\w-]+$/.test(place.address)) return;
  offer.querySelector("a").href = place.address;
  offer.querySelector("[data-place]").textContent = place.title;
  offer.hidden = false;
}

// A citation copied; where the browser does not let us, it is marked, so that the reader can.

function offerCopy() {
  const button = document.querySelector("[data-script=copy]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const citation = document.querySelector("[data-citation]");
    const said = document.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(citation.innerText.replace(/\s+/g, " ").trim());
      said.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(citation);
      said.textContent = button.dataset.failed;
    }
  });
}

// Search: the index is a script of ours, loaded when somebody searches.

const plain = (words) => words.toLowerCase().replace(/\u00ad/g, "").replace(/\u00a0/g, " ");

function look(index, asked) {
  const words = plain(asked).match(/[\p{L}\p{N}.-]+/gu) || [];
  if (!words.length) return [];
  const hits = [];
  index.forEach((entry, order) => {
    const title = entry.plainTitle;
    const text = entry.plainText;
    let worth = 0;
    for (const word of words) {
      const inTitle = title.includes(word);
      const first = text.indexOf(word);
      if (!inTitle && first < 0) return;
      worth += (inTitle ? 10 : 0) + (first < 0 ? 0 : 1) + (isWord(title, word) || isWord(text, word) ? 3 : 0);
    }
    if (words.length > 1 && `${title} ${text}`.includes(words.join(" "))) worth += 8;
    hits.push({ entry, worth, order, words });
  });
  return hits.sort((a, b) => b.worth - a.worth || a.order - b.order);
}

function isWord(text, word) {
  const at = text.indexOf(word);
  const letter = /[\p{L}\p{N}]/u;
  return at >= 0 && !letter.test(text[at - 1] || " ") && !letter.test(text[at + word.length] || " ");
}

function marked(text, words) {
  const low = plain(text);
  const found = document.createDocumentFragment();
  const first = Math.max(0, Math.min(...words.map((word) => low.indexOf(word)).filter((at) => at >= 0)));
  const begin = Number.isFinite(first) && first > AROUND ? low.indexOf(" ", first - AROUND) + 1 : 0;
  const rest = text.indexOf(" ", begin + 3 * AROUND);
  const end = rest < 0 ? text.length : rest;
  if (begin) found.append("… ");
  let at = begin;
  while (at < end) {
    const next = words.map((word) => [low.indexOf(word, at), word.length]).filter(([place]) => place >= 0 && place < end);
    if (!next.length) break;
    const [place, length] = next.sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
    found.append(text.slice(at, place));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(place, place + length);
    found.append(mark);
    at = place + length;
  }
  found.append(text.slice(at, end), end < text.length ? " …" : "");
  return found;
}

function show(hits, asked) {
  const list = document.querySelector("[data-hits]");
  const said = document.querySelector("[data-found]");
  list.replaceChildren(...hits.slice(0, MOST_HITS).map(({ entry, words }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = entry.address;
    link.append(marked(entry.title, words));
    const where = document.createElement("p");
    where.className = "where";
    where.textContent = entry.page;
    const text = document.createElement("p");
    text.append(marked(entry.text, words));
    item.append(link, ...(entry.page === entry.title ? [] : [where]), text);
    return item;
  }));
  const { none, one, many, more } = said.dataset;
  const count = hits.length === 1 ? one : `${hits.length} ${many}`;
  said.textContent = !asked.trim() ? "" : !hits.length ? none : hits.length > MOST_HITS ? `${count}. ${more}` : count;
}

function search() {
  if (!document.body.matches(".part-search")) return;
  document.querySelector("[data-without-script]").hidden = true;
  const field = document.getElementById("site.words");
  const loaded = new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = "search-index.js";
    script.onload = () => done(window.searchIndex.map(([address, page, title, text]) => (
      { address, page, title, text, plainTitle: plain(title), plainText: plain(text) })));
    script.onerror = failed;
    document.head.append(script);
  });
  const answer = async () => {
    const asked = field.value;
    const index = await loaded;
    if (asked === field.value) show(look(index, asked), asked);
  };
  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", answer);
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
    answer();
  });
  field.focus();
  answer();
}

// What a link leads to is to be seen, also in what is folded.

function unfold() {
  const place = location.hash && document.getElementById(location.hash.slice(1));
  const folded = place && place.closest("details");
  if (folded) folded.open = true;
}

watchPlace();
offerPlace();
offerCopy();
search();
unfold();
addEventListener("hashchange", unfold);
