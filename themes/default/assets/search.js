// The search page: what is typed, the hits of both stages (search-stages.js), facets, and the answers of the page.

const version = new URL(import.meta.url).search;
const [{ plain }, fields, { questionOf, firstStage, secondStage }] = await Promise.all(
  ["words", "fields", "stages"].map((name) => import(`./search-${name}.js${version}`)),
);
const loadCards = () => import(`./search-cards.js${version}`);
let text = null; // the second stage, which is loaded behind the first
const withText = async () => {
  text ??= await import(`./search-text.js${version}`);
  return text;
};

const form = document.getElementById("search");
const list = document.getElementById("results");
const status = document.getElementById("search-status");
const showAll = document.getElementById("show-all");
const pinned = document.getElementById("pinned");
const ways = document.getElementById("search-ways");
const words = JSON.parse(form.dataset.words);
const title = document.title;
const FIRST = 10,
  AT_ONCE = 6; // cards of the first stage: a browser loads as many files at a time
const NO_SERIES = "\u00a1",
  SERIES = 0.7; // what each further one of a series keeps of its worth
const FACETS = ["kind", "column", "theme", "audience", "stage", "issuer", "year", "status", "form"];

const say = (message, values = {}) => {
  status.textContent = message.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
};

const matches = (data, wanted, number, except) =>
  FACETS.every((facet) => {
    if (facet === except || !wanted[facet]) return true;
    const values = fields.valuesOf(data, facet, number);
    return wanted[facet] === "in_force" && facet === "status"
      ? values.some((value) => words.in_force.includes(value))
      : values.includes(wanted[facet]);
  });

// Counts behind the choices: how many hits each of them would leave.
function count(data, wanted, numbers) {
  for (const select of form.querySelectorAll(".facets select")) {
    if (!FACETS.includes(select.name)) continue;
    const counts = new Map();
    for (const number of numbers) {
      if (!matches(data, wanted, number, select.name)) continue;
      const values = fields.valuesOf(data, select.name, number);
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
      if (select.name === "status" && values.some((value) => words.in_force.includes(value))) {
        counts.set("in_force", (counts.get("in_force") ?? 0) + 1);
      }
    }
    for (const option of select.options) {
      option.dataset.label ??= option.textContent;
      if (!option.value) continue;
      option.textContent = `${option.dataset.label}（${counts.get(option.value) ?? 0}）`;
      option.hidden = !counts.get(option.value) && select.value !== option.value;
    }
  }
}

function inOrder(data, hits, byDate) {
  const last = (hit) => (data.last[hit.number] === "1" ? 1 : 0);
  const group = (hit) => (hit.phrase ? 0 : 1);
  const worth = (hit) => hit.score + (hit.field ? 3 : 0) + (hit.all ? 3 : 0);
  const relevance = (a, b) =>
    group(a) - group(b) ||
    last(a) - last(b) ||
    Number(b.exact ?? false) - Number(a.exact ?? false) ||
    worth(b) - worth(a);
  hits.sort((a, b) => (byDate ? 0 : relevance(a, b)) || a.number - b.number);
  if (byDate || !data.series) return hits;
  // Titles that differ in their number or year only: the others of a series stand behind what is about as good.
  const seen = new Map();
  for (const hit of hits) {
    const series = data.series[hit.number];
    const place = series === NO_SERIES ? 0 : (seen.get(`${group(hit)}${series}`) ?? 0);
    if (series !== NO_SERIES) seen.set(`${group(hit)}${series}`, place + 1);
    hit.lowered = worth(hit) * SERIES ** place;
  }
  return hits.sort(
    (a, b) =>
      group(a) - group(b) ||
      last(a) - last(b) ||
      Number(b.exact ?? false) - Number(a.exact ?? false) ||
      b.lowered - a.lowered ||
      a.number - b.number,
  );
}

let watcher = null;

// Excerpts of what is on the screen only.
async function watch(entries, shown, terms, fill) {
  await withText();
  watcher?.disconnect();
  const first = [];
  return new Promise((resolve) => {
    watcher = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) {
          if (!isIntersecting) continue;
          watcher.unobserve(target);
          const { number } = shown[entries.indexOf(target)];
          const filling = text
            .contentOf(number)
            .then((content) => content && fill(target, content, terms))
            .catch(() => {}); // the hit stays without its excerpt
          first.push(filling);
        }
        resolve(Promise.all(first));
      },
      { rootMargin: "100px" },
    );
    for (const entry of entries) watcher.observe(entry);
    if (!entries.length) resolve();
  });
}

async function show(data, question, parameters, hits, final, current) {
  const wanted = Object.fromEntries(FACETS.map((name) => [name, parameters.get(name) ?? ""]));
  const enough = [...hits.values()].filter((hit) => hit.enough);
  const kept = enough.filter((hit) => matches(data, wanted, hit.number));
  const all = parameters.get("limit") === "all";
  const byDate = parameters.get("sort") === "date" || !question;
  inOrder(data, kept, byDate);
  const candidates = kept.slice(0, final ? FIRST * 2 : AT_ONCE); // all of them: one waiting time for the cards
  if (question && !byDate && !question.number) {
    for (const [number, { title: name }] of await fields.cardsOf(candidates.map((hit) => hit.number))) {
      hits.get(number).exact = plain(name) === question.wanted;
    }
    inOrder(data, kept, byDate);
  }
  const shown = all ? kept : kept.slice(0, final ? FIRST : AT_ONCE);
  const [read, cards] = await Promise.all([fields.cardsOf(shown.map((hit) => hit.number)), loadCards()]);
  if (!current()) return;
  count(
    data,
    wanted,
    enough.map((hit) => hit.number),
  );
  const terms = question ? question.terms : [];
  const entries = shown.map((hit) => cards.card(read.get(hit.number), hit.phrase ? "phrase" : "words", terms, words));
  const focused = document.activeElement?.closest?.("[data-result]")?.dataset.result;
  list.replaceChildren(...entries);
  if (focused)
    entries
      .find((entry) => entry.dataset.result === focused)
      ?.querySelector("a")
      .focus();
  list.dataset.total = String(kept.length);
  showAll.hidden = all || kept.length <= FIRST;
  const phrases = kept.filter((hit) => hit.phrase).length;
  const values = { count: kept.length, phrase: phrases, rest: kept.length - phrases, query: question?.query };
  const corrected = question?.corrected ? `${words.read_as.replace("{query}", question.corrected)}。` : "";
  if (!kept.length) say(final ? words.none : words.searching, values);
  else if (!final) say(words.searching_text, values);
  else if (phrases === kept.length || !question) say(corrected + words.found, values);
  else say(corrected + (phrases ? words.found_both : corrected ? words.more_words : words.found_words), values);
  ways.hidden = Boolean(kept.length) || !final;
  if (!final) return;
  await watch(entries, shown, terms, cards.fill);
}

function answer(question) {
  pinned.hidden = !question?.answers.length;
  pinned.replaceChildren(words.pinned);
  const seen = new Set();
  for (const [, address, name] of question?.answers ?? []) {
    if (seen.has(address) || seen.size === 3) continue;
    seen.add(address);
    const outside = /^https?:/.test(address);
    pinned.append(
      Object.assign(document.createElement("a"), { href: outside ? address : `../${address}`, textContent: name }),
    );
  }
}

let asked = 0;

async function run({ keep = false } = {}) {
  const turn = ++asked;
  const current = () => turn === asked;
  const parameters = new URLSearchParams(location.search);
  const query = (parameters.get("q") ?? "").trim();
  for (const field of form.elements) if (field.name) field.value = parameters.get(field.name) ?? "";
  document.title = query ? `${query} - ${title}` : title;
  if (!keep) list.replaceChildren();
  list.dataset.total = "0";
  showAll.hidden = true;
  ways.hidden = true;
  if (!query && !FACETS.some((name) => parameters.get(name))) {
    list.dataset.state = "idle";
    answer(null);
    say(words.start);
    return;
  }
  list.dataset.state = "busy";
  say(words.searching);
  try {
    const data = await fields.general();
    const question = query ? await questionOf(query, data) : null;
    if (!current()) return;
    answer(question);
    if (question) {
      loadCards().catch(() => {}); // beside the pairs; the search says so when it needs them
      const hits = question.wanted ? await firstStage(question) : new Map();
      if (question.wanted) {
        await show(data, question, parameters, hits, false, current);
        if (!current()) return;
        await withText();
        if (data.full_text) text.begin();
        await secondStage(question, hits, text);
        if (question.corrected) question.terms.unshift(question.corrected);
      }
      await show(data, question, parameters, hits, true, current);
    } else {
      const hits = new Map(
        Array.from({ length: data.count }, (_, number) => [number, { number, enough: true, score: 0 }]),
      );
      await show(data, null, parameters, hits, true, current);
    }
    if (current()) list.dataset.state = "done";
  } catch (error) {
    if (!current()) return;
    console.error(error);
    list.dataset.state = "failed";
    say(words.failed);
    ways.hidden = false;
  }
}

function go(parameters, options) {
  for (const [name, value] of [...parameters]) if (!value) parameters.delete(name);
  history.pushState(null, "", `?${parameters}`);
  return run(options);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(new URLSearchParams(new FormData(form)));
});
form.addEventListener("change", (event) => {
  if (event.target.tagName === "SELECT") go(new URLSearchParams(new FormData(form)));
});
showAll.addEventListener("click", async () => {
  const parameters = new URLSearchParams(location.search);
  parameters.set("limit", "all");
  const next = list.children.length;
  await go(parameters, { keep: true });
  list.children[next]?.querySelector("a").focus({ preventScroll: true });
});
addEventListener("popstate", () => run());
run();
