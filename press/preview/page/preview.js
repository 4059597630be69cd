// Shows what the session tells: pages as pictures at the screen's own resolution, problems, and where blocks come from.
//
// Pages are kept as elements by their place in the document, each with the key of the picture it shows. Only pictures
// whose key is new and that are near the window are asked for; the old one stays until the new one can be painted.
"use strict";

const $ = (id) => document.getElementById(id);
const GAP = 40; // what lies left and right of a spread, in CSS pixels
const STEP = 1.2;

let state = { pages: [], choices: [], problems: [], blocks: [], choice: "", shown: null, site: null, number: -1 };
let editors = {};
let zoom = Number(remembered("zoom")) || 1;
let isSpread = remembered("spread") !== "no";
let place = null; // of the block that was clicked last
let pages = []; // elements, in order
const near = new IntersectionObserver(
  (entries) => entries.forEach((entry) => { entry.target.isNear = entry.isIntersecting; draw(entry.target); }),
  { root: $("pages"), rootMargin: "100% 0px" },
);

function remembered(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

function remember(name, value) {
  try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ }
}

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

// What is told.

let events;
let tries = 0;

function connect() {
  events = new EventSource("events");
  events.addEventListener("editors", (event) => listEditors(JSON.parse(event.data)));
  events.addEventListener("state", (event) => { tries = 0; show(JSON.parse(event.data)); });
  events.addEventListener("stage", (event) => { state.stage = JSON.parse(event.data).stage; say(); });
  events.addEventListener("problems", (event) => { state.problems = JSON.parse(event.data).problems; showProblems(); });
  events.addEventListener("caret", (event) => showCaret(JSON.parse(event.data)));
  events.addEventListener("stopped", ended);
  events.addEventListener("error", lost);
}

// Some browsers let go of the connection when another program is opened; they come back at once.
function lost() {
  if (events.readyState !== EventSource.CLOSED) say("Connecting again");
  else if (++tries > 3) ended();
  else setTimeout(connect, 500);
}

function ended() {
  events.close();
  say("The preview has ended; run build.py watch again");
  document.documentElement.className = "bad";
}

function listEditors(told) {
  editors = told.editor in told.editors ? told.editors : { own: told.editor, ...told.editors };
  const own = "own" in editors ? "own" : told.editor;
  const known = remembered("editor");
  $("editor").replaceChildren(...Object.keys(editors).map((name) => new Option(name === "none" ? "copy only" : name, name)));
  $("editor").value = !told.isChosen && known in editors ? known : own;
}

function say(instead) {
  const errors = state.problems.filter((problem) => problem.severity === "error").length;
  const built = `${state.site ? state.site.pages : state.pages.length} pages, built in ${state.seconds < 10 ? state.seconds : Math.round(state.seconds)} s`;
  $("said").textContent = instead
    || (state.stage ? `Building – ${state.stage}` : null)
    || (state.refused ? `${count(errors, "problem")}${state.shown ? "; the pages are as they were before" : ""}` : null)
    || (state.number ? built : "Building");
  $("said").title = $("said").textContent;
  const mood = instead || state.stage || !state.number ? "busy" : state.refused ? "bad" : "good";
  document.documentElement.className = mood;
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function show(told) {
  const isOther = told.shown !== state.shown;
  const isNew = told.number !== state.number;
  const anchor = isOther ? null : topPage();
  state = told;
  document.title = `${told.refused ? "✗ " : ""}${told.title} – ${told.shown || told.choice}`;
  $("choice").replaceChildren(...told.choices.map((name) => new Option(name, name, false, name === told.choice)));
  $("pages").hidden = Boolean(told.site);
  document.querySelectorAll(".of-pages").forEach((each) => { each.hidden = Boolean(told.site); });
  document.querySelectorAll(".of-site").forEach((each) => { each.hidden = !told.site; });
  $("site").hidden = !told.site;
  $("pdf").textContent = told.site ? "Open" : "PDF";
  $("pdf").title = told.site ? "Open this page by itself" : "Open the PDF";
  layPages(isOther);
  if (isOther) $("pages").scrollTop = 0; else keep(anchor);
  if (isNew && !isOther) showChange(told.changed); // and not again for a browser that comes, or comes back
  if (told.site) showSite(isOther, isNew && !told.refused, isNew && !isOther ? told.blocks : []);
  else $("pdf").href = "document.pdf";
  showProblems();
  say();
  where();
}

// Pages.

function layPages(isOther) {
  const told = state.pages;
  if (isOther) {
    pages.forEach((page) => near.unobserve(page));
    pages = [];
  }
  pages.splice(told.length).forEach((page) => { near.unobserve(page); page.remove(); });
  told.forEach(({ key, size }, index) => {
    const page = pages[index] || (pages[index] = newPage(index + 1));
    if (page.key !== key) {
      page.key = key;
      page.blocks = null;
      unmark(page);
    }
    page.size = size;
  });
  $("pages").replaceChildren(...(told.length ? spreads() : [make("p", "", emptyText())]));
  resize();
  pages.forEach((page) => { near.observe(page); draw(page); });
}

function emptyText() {
  return state.refused ? "Nothing could be built yet. Mend what stands below; the pages come by themselves." : "The first build is running.";
}

function newPage(number) {
  const page = make("div", "page");
  page.number = number;
  page.id = `page-${number}`;
  const image = make("img");
  image.alt = `Page ${number}`;
  image.draggable = false;
  page.append(image);
  page.addEventListener("pointermove", (event) => point(page, event));
  page.addEventListener("pointerleave", () => unmark(page));
  page.addEventListener("click", (event) => pick(page, event));
  return page;
}

// The first page stands on the right, as in a bound copy.
function spreads() {
  const rows = [];
  if (!isSpread) return pages.map((page) => row([page]));
  rows.push(row([blank(pages[0]), pages[0]]));
  for (let i = 1; i < pages.length; i += 2) {
    rows.push(row(pages[i + 1] ? [pages[i], pages[i + 1]] : [pages[i], blank(pages[i])]));
  }
  return rows;
}

function row(content) {
  const element = make("div", "spread");
  element.append(...content);
  return element;
}

function blank(page) {
  const element = make("div", "page blank");
  element.size = page.size;
  return element;
}

function resize() {
  if (!pages.length) return;
  const room = $("pages").clientWidth - GAP;
  const widest = Math.max(...pages.map((page) => page.size[0]));
  const scale = (room / (widest * (isSpread ? 2 : 1))) * zoom;
  const most = isSpread ? 6.5 * zoom : 5.5 * zoom; // pixels to the millimetre: a wide window shows no giants
  const perMm = Math.min(scale, Math.max(most, 1));
  $("pages").querySelectorAll(".page").forEach((page) => {
    page.style.width = `${Math.round(page.size[0] * perMm)}px`;
    page.style.height = `${Math.round(page.size[1] * perMm)}px`;
  });
}

function draw(page) {
  if (!page.isNear || !page.key || !page.isConnected) return;
  const width = Math.round(page.offsetWidth * devicePixelRatio);
  const wanted = `picture/${page.number}?key=${page.key}&width=${width}`;
  if (page.wanted === wanted || !width) return;
  page.wanted = wanted;
  const next = new Image();
  next.src = wanted;
  next.decode().then(
    () => { if (page.wanted === wanted) { page.querySelector("img").src = wanted; page.dataset.key = page.key; } },
    () => { if (page.wanted === wanted) page.wanted = null; }, // it looks otherwise by now, which is told in a moment
  );
}

// Where we are.

function topPage() {
  const top = $("pages").getBoundingClientRect().top;
  const page = pages.find((each) => each.getBoundingClientRect().bottom > top + 40);
  return page ? { key: page.key, number: page.number, share: (top - page.getBoundingClientRect().top) / page.offsetHeight } : null;
}

// After the pages were laid anew: what stood at the top stands there, also where pages before it have come or gone.
function keep(anchor) {
  if (!anchor) return;
  const same = pages.filter((page) => page.key === anchor.key);
  same.sort((a, b) => Math.abs(a.number - anchor.number) - Math.abs(b.number - anchor.number));
  const page = same[0] || pages[Math.min(anchor.number, pages.length) - 1];
  if (!page) return;
  const top = $("pages").getBoundingClientRect().top;
  $("pages").scrollTop += page.getBoundingClientRect().top - top + anchor.share * page.offsetHeight;
}

function isVisible(page) {
  const window_ = $("pages").getBoundingClientRect();
  const it = page.getBoundingClientRect();
  return it.bottom > window_.top + 60 && it.top < window_.bottom - 60;
}

function showChange(changed) {
  const those = changed.map((number) => pages[number - 1]).filter(Boolean);
  if (those.length && !those.some(isVisible)) those[0].scrollIntoView({ block: "start" });
  those.forEach((page) => {
    page.classList.remove("changed");
    void page.offsetWidth; // the animation begins again
    page.classList.add("changed");
  });
}

function current() {
  const view = $("pages").getBoundingClientRect();
  const middle = view.top + view.height / 2;
  return pages.find((page) => page.getBoundingClientRect().bottom > middle) || pages[pages.length - 1];
}

function where() {
  const page = current();
  $("of").textContent = pages.length ? `of ${pages.length}` : "";
  if (document.activeElement !== $("number")) $("number").value = page ? page.number : "";
}

function go(number) {
  const page = pages[Math.max(1, Math.min(number, pages.length)) - 1];
  if (page) page.parentElement.scrollIntoView({ block: "start" });
}

function turn(by) {
  const rows = [...$("pages").querySelectorAll(".spread")];
  const page = current();
  if (!page) return;
  const index = rows.indexOf(page.parentElement) + by;
  const target = rows[Math.max(0, Math.min(index, rows.length - 1))];
  target.scrollIntoView({ block: "start" });
}

function rescale(value) {
  const anchor = topPage();
  zoom = Math.max(0.3, Math.min(value, 5));
  remember("zoom", zoom);
  resize();
  keep(anchor);
  pages.forEach(draw);
}

function setSpread(value) {
  const anchor = topPage();
  isSpread = value;
  remember("spread", value ? "yes" : "no");
  $("spread").setAttribute("aria-pressed", value);
  layPages(false);
  keep(anchor);
  where();
}

// Blocks, and the lines they come from.

async function blocksOf(page) {
  if (!page.blocks) {
    page.blocks = fetch(`blocks/${page.number}?key=${page.key}`).then((answer) => (answer.ok ? answer.json() : []), () => []);
  }
  return page.blocks;
}

async function blockAt(page, event) {
  const frame = page.getBoundingClientRect();
  const x = ((event.clientX - frame.left) / frame.width) * page.size[0];
  const y = ((event.clientY - frame.top) / frame.height) * page.size[1];
  const blocks = await blocksOf(page);
  return blocks.find(({ extent: [left, top, right, bottom] }) => left <= x && x <= right && top <= y && y <= bottom);
}

async function point(page, event) {
  const block = await blockAt(page, event);
  if (page.marked === block) return;
  unmark(page);
  if (!block || !page.matches(":hover")) return;
  page.marked = block;
  page.append(rectangle(page, block.extent, "block"));
  page.title = block.place;
}

function unmark(page) {
  page.querySelectorAll(".block:not(.caret)").forEach((each) => each.remove());
  page.marked = undefined;
  page.title = "";
}

function rectangle(page, [left, top, right, bottom], className) {
  const element = make("div", className);
  const [width, height] = page.size;
  element.style.left = `${(left / width) * 100}%`;
  element.style.top = `${(top / height) * 100}%`;
  element.style.width = `${((right - left) / width) * 100}%`;
  element.style.height = `${((bottom - top) / height) * 100}%`;
  return element;
}

async function pick(page, event) {
  const block = await blockAt(page, event);
  $("source").hidden = !block;
  if (block) openSource(block);
}

function openSource(block) {
  place = block.place;
  $("open").textContent = block.place;
  const address = addressOf(block);
  if (address) {
    $("open").href = address;
    $("open").click();
  } else {
    $("open").removeAttribute("href");
    copy();
  }
}

function addressOf({ file, line, column }) {
  const pattern = editors[$("editor").value];
  if (!pattern || !file) return null;
  const path = encodeURI(file).replace(/[?#&]/g, encodeURIComponent);
  return pattern.replace("{path}", pattern.includes("file/{path}") ? path.replace(/^\//, "") : path)
    .replace("{line}", line).replace("{column}", column);
}

async function copy() {
  if (!place) return;
  try {
    await navigator.clipboard.writeText(place);
    $("copy").textContent = "Copied";
  } catch {
    $("copy").textContent = "Not allowed";
  }
  setTimeout(() => { $("copy").textContent = "Copy"; }, 1500);
}

function showCaret({ page: number, extent, block }) {
  if (block) {
    reveal([block], "caret");
    return;
  }
  const page = pages[number - 1];
  if (!page) return;
  page.querySelectorAll(".caret").forEach((each) => each.remove());
  const mark = rectangle(page, extent, "block caret");
  page.append(mark);
  const view = $("pages").getBoundingClientRect();
  const it = mark.getBoundingClientRect();
  if (it.top < view.top + 20 || it.bottom > view.bottom - 20) mark.scrollIntoView({ block: "center" });
  mark.addEventListener("animationend", () => mark.remove());
}

// The web edition: its own pages in a frame. They are loaded again when they have changed, and stay where they were read.

const MARKS = { changed: "224 155 20", caret: "224 155 20", under: "26 95 168" };
let wanted = null; // what is to be shown when the page has come: blocks and the kind of mark, and how far it was read

const windowOfSite = () => $("site").contentWindow;
const fileShown = () => windowOfSite().location.pathname.split("/").pop();

function showSite(isOther, isNew, blocks) {
  if (isOther) load("index.html", {});
  else if (isNew) {
    wanted = { blocks, kind: "changed", top: windowOfSite().scrollY };
    windowOfSite().location.reload();
  }
}

function load(file, then) {
  wanted = then;
  windowOfSite().location.replace(new URL(`web/${file}`, location.href));
}

function reveal(blocks, kind) {
  const page = windowOfSite().document;
  const found = blocks.map(({ at }) => page.querySelector(`[data-at="${CSS.escape(at)}"]`)).filter(Boolean);
  if (!found.length && blocks.length && fileShown() !== blocks[0].file) load(blocks[0].file, { blocks, kind });
  found.forEach((each) => { for (let fold = each; (fold = fold.parentElement && fold.parentElement.closest("details"));) fold.open = true; });
  const isSeen = (each) => { const it = each.getBoundingClientRect(); return it.bottom > 20 && it.top < windowOfSite().innerHeight - 20; };
  if (found.length && !found.some(isSeen)) found[0].scrollIntoView({ block: found[0].offsetHeight > windowOfSite().innerHeight ? "start" : "center" });
  found.forEach((each) => flash(each, kind));
}

function flash(element, kind) {
  element.dataset.mark = kind;
  const colour = MARKS[kind];
  const shown = { outline: `3px solid rgb(${colour})`, outlineOffset: "4px", backgroundColor: `rgb(${colour} / 28%)` };
  const gone = { outline: `3px solid rgb(${colour} / 0%)`, outlineOffset: "4px" };
  element.animate([shown, { ...shown, offset: 0.4 }, gone], 1800).finished.then(() => { delete element.dataset.mark; }, () => {});
}

function siteCame() {
  const page = windowOfSite().document;
  if (!$("site").contentDocument || !page.body || windowOfSite().location.href === "about:blank") return;
  $("pdf").href = windowOfSite().location.href;
  // Other hosts are no part of the edition, and the policy of this page lets none in.
  page.querySelectorAll("a[href]").forEach((link) => { if (link.origin !== location.origin) Object.assign(link, { target: "_blank", rel: "noopener" }); });
  page.addEventListener("click", pickOnSite);
  page.addEventListener("pointerover", ({ target }) => outline(target, `1px solid rgb(${MARKS.under} / 55%)`));
  page.addEventListener("pointerout", ({ target }) => outline(target, ""));
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
    if (["w", "c", "e", "Escape"].includes(event.key)) KEYS[event.key]();
  });
  const then = wanted;
  wanted = null;
  if (!then) return;
  if (then.top !== undefined) windowOfSite().scrollTo({ top: then.top, behavior: "instant" });
  if (then.blocks) reveal(then.blocks, then.kind);
}

function outline(target, value) {
  const element = target.closest("[data-at]");
  if (element) Object.assign(element.style, { outline: value, outlineOffset: value && "3px" });
}

// A link leads where it leads; all else opens the line that it comes from.
function pickOnSite(event) {
  const element = event.target.closest("[data-at]");
  if (event.target.closest("a, button, summary, input, label") || !windowOfSite().getSelection().isCollapsed) return;
  const [whole, file, line, column] = (element && element.dataset.at.match(/^(.*?):(\d+)(?::(\d+))?$/)) || [];
  $("source").hidden = !whole;
  if (whole) openSource({ place: whole, file: `${state.site.project}/${file}`, line, column: column || 1 });
}

function setWidth(value) {
  $("site").style.flex = value ? `0 1 ${value}px` : "";
  $("width").value = value;
  remember("width", value);
}

// Problems.

function showProblems() {
  const errors = state.problems.filter((problem) => problem.severity === "error");
  // What was built although it has an error is a draft: a statement in it waits to be read again.
  const others = state.problems.filter((problem) => !state.refused || problem.severity !== "error");
  $("errors").hidden = !state.refused;
  $("errors-head").textContent = `${count(errors.length, "problem")} to mend`;
  $("errors").querySelector("ol").replaceChildren(...errors.map(entry));
  $("warn").hidden = !others.length;
  $("warn").textContent = count(others.length, "warning");
  $("warnings").querySelector("ol").replaceChildren(...others.map(entry));
  if (!others.length) setWarnings(false);
}

function entry(problem) {
  const item = make("li");
  const link = make(problem.file ? "a" : "span", "place", problem.place);
  const address = addressOf(problem);
  if (address) link.href = address;
  item.append(showing(problem), link, make("span", "rule", problem.rule), make("p", "what", problem.what), make("p", "mend", problem.mend));
  return item;
}

// A button that scrolls to what is printed of a problem's line, if anything of its file is.
function showing({ place: problemPlace }) {
  const button = make("button", "show", "show");
  button.title = "Show on the page";
  const [, file, line] = problemPlace.match(/^(.*?)(?::(\d+))?(?::\d+)?$/);
  button.hidden = !state.shown || !line;
  button.addEventListener("click", async () => {
    const answer = await fetch("caret", { method: "POST", body: new URLSearchParams({ file, line }) });
    if (answer.ok) return;
    button.textContent = "not printed here";
    button.disabled = true;
  });
  return button;
}

function setWarnings(isOpen) {
  if ($("warnings").hidden === !isOpen) return;
  const anchor = topPage();
  $("warnings").hidden = !isOpen;
  $("warn").setAttribute("aria-expanded", isOpen);
  resize();
  keep(anchor);
  pages.forEach(draw);
}

// What the user does.

$("choice").addEventListener("change", () => {
  fetch("choose", { method: "POST", body: new URLSearchParams({ choice: $("choice").value }) }).catch(() => {});
  $("pages").focus();
});
$("editor").addEventListener("change", () => {
  remember("editor", $("editor").value);
  showProblems();
});
$("back").addEventListener("click", () => turn(-1));
$("on").addEventListener("click", () => turn(1));
$("smaller").addEventListener("click", () => rescale(zoom / STEP));
$("larger").addEventListener("click", () => rescale(zoom * STEP));
$("fit").addEventListener("click", () => rescale(1));
$("spread").addEventListener("click", () => setSpread(!isSpread));
$("warn").addEventListener("click", () => setWarnings($("warnings").hidden));
$("status").addEventListener("click", () => { $("errors").hidden = !state.refused; });
$("hide").addEventListener("click", () => { $("errors").hidden = true; });
$("copy").addEventListener("click", copy);
$("site").addEventListener("load", siteCame);
$("width").addEventListener("change", () => setWidth($("width").value));
$("number").addEventListener("change", () => { go(Number($("number").value) || 1); $("pages").focus(); });
$("pages").addEventListener("scroll", where, { passive: true });

const KEYS = {
  ArrowLeft: () => turn(-1), PageUp: () => turn(-1), ArrowRight: () => turn(1), PageDown: () => turn(1),
  Home: () => go(1), End: () => go(pages.length),
  "+": () => rescale(zoom * STEP), "=": () => rescale(zoom * STEP), "-": () => rescale(zoom / STEP), 0: () => rescale(1),
  ArrowUp: () => $("pages").scrollBy(0, -60), ArrowDown: () => $("pages").scrollBy(0, 60),
  s: () => setSpread(!isSpread), w: () => { if (!$("warn").hidden) setWarnings($("warnings").hidden); }, c: copy,
  e: () => { $("errors").hidden = !state.refused || !$("errors").hidden; },
  Escape: () => { $("errors").hidden = true; $("source").hidden = true; setWarnings(false); },
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

let waiting = 0;
let last = null; // where we were before the window began to change its size
new ResizeObserver(() => {
  last = last || topPage();
  clearTimeout(waiting);
  resize();
  keep(last);
  waiting = setTimeout(() => { last = null; pages.forEach(draw); where(); }, 120);
}).observe($("pages"));
matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => pages.forEach(draw));

if (remembered("spread") === null && innerWidth < 900) isSpread = false;
$("spread").setAttribute("aria-pressed", isSpread);
setWidth(remembered("width") || "");
say();
$("pages").focus();
connect();
