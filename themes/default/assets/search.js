// Search. Text: pairs of characters as a phrase in Pagefind's index. Everything else: one table.
// pairs() must cut as generator/publish/search.py does.

const form = document.getElementById("search");
const list = document.getElementById("results");
const status = document.getElementById("search-status");
const showAll = document.getElementById("show-all");
const words = JSON.parse(form.dataset.words);
const FIRST = 10,
  CONTEXT = 50;
const WIDE = /[０-９Ａ-Ｚａ-ｚ]/g;
const RUN = /([\u3400-\u9fff\u{20000}-\u{3ffff}0-9〇]+)|([A-Za-z\u00c0-\u024f]+)|(\S)|(\s+)/gu;
const CHAINED = /[\u3400-\u9fff\u{20000}-\u{3ffff}0-9〇]/u;
// For a single character Pagefind loads only the first chunk that may hold it; these reach the others.
const QUOTES = /["'“”‘’„‟「」『』〝〞＂＇`«»]/g;
const NUMBER = /\d{4}\D{1,2}\s*\d+\s*号|\/\d{4}-\d+/;
const PROBES = [..."0一严务合局成时法经行金龥"];

const fold = (text) => text.replace(WIDE, (char) => char.normalize("NFKC"));

// A query without the quotation marks and blanks around it: whoever types "放管服" means the words, whatever marks the text has.
const unquoted = (query) => query.replace(/^[\s"'“”‘’„‟「」『』〝〞＂＇`«»]+|[\s"'“”‘’„‟「」『』〝〞＂＇`«»]+$/g, "");

function pairs(text, { closing }) {
  const tokens = [];
  const parts = [...fold(text).matchAll(RUN)].filter((part) => !part[4]);
  parts.forEach(([, run, word], index) => {
    if (word) tokens.push(word);
    if (!run) return;
    const characters = [...run];
    const last = !closing && index === parts.length - 1 && characters.length > 1;
    characters.forEach((char, place) => {
      const next = characters[place + 1] ?? "";
      if (next || !last) tokens.push(char + next);
    });
  });
  return tokens.join(" ");
}

// A text back from its pairs: the first character of each, and marks as they stood.
function unpair(content) {
  let text = "",
    latin = false;
  for (const token of content.split(" ")) {
    const [first, second] = [...token];
    const chained = first && CHAINED.test(first);
    if (!chained && latin && text) text += " ";
    text += chained && second && CHAINED.test(second) ? first : token;
    latin = !chained;
  }
  return text;
}

// 文号 whatever its brackets, width and blanks; titles without marks.
const plain = (text) =>
  fold(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

// One key for all ways of writing a 文号: 公告2026年第05号 and 公告〔2026〕5号.
const numberKey = (text) =>
  plain(text)
    .replace(/(\d{4})(?:年第?|第)0*(?=\d)/g, "$1")
    .replace(/第0*(?=\d)/g, "");

const loaded = { table: null, instances: [] };

async function load() {
  if (loaded.table) return;
  const response = await fetch("documents.json");
  if (!response.ok) throw new Error(`documents.json: ${response.status}`);
  const data = await response.json();
  const rows = data.rows.map(
    ([id, address, title, number, index, date, kind, column, state, fragment, marks, parts]) => ({
      id,
      address,
      title,
      number,
      index,
      date,
      kind,
      column,
      status: state,
      fragment,
      marks: marks ?? [],
      parts: (parts ?? []).map(([name, place, status, marked]) => ({
        title: name,
        address: place,
        status,
        marks: marked,
        key: plain(name),
      })),
      key: plain(title),
      numberKey: numberKey(number),
      indexKey: plain(index),
    }),
  );
  const base = new URL("./", document.baseURI);
  const addresses = data.bundles.map((name) => new URL(`${name}/`, base));
  if (addresses.length) {
    // Each bundle has its own copy of the program: two indexes in one corrupt its memory (Pagefind 1.5.2).
    const programs = await Promise.all(addresses.map((address) => import(new URL("pagefind.js", address).href)));
    // Pagefind cuts queries by the language of the page; "und" leaves our pairs alone.
    const language = document.documentElement.lang;
    document.documentElement.lang = "und";
    loaded.instances = addresses.map(({ pathname }, number) =>
      programs[number].createInstance({ basePath: pathname, baseUrl: "/" }),
    );
    const ready = loaded.instances.map((instance) => instance.init?.());
    document.documentElement.lang = language;
    await Promise.all(ready);
  }
  const byFragment = new Map(rows.filter((row) => row.fragment).map((row) => [row.fragment, row]));
  loaded.table = { rows, byFragment };
}

// Search every bundle; returns a map row → { score, result }.
async function pagefind(query) {
  const found = new Map();
  await Promise.all(
    loaded.instances.map(async (instance, number) => {
      const answer = await instance.search(query);
      for (const result of answer?.results ?? []) {
        const row = loaded.table.byFragment.get(`${number}:${result.id}`);
        if (row) found.set(row, { score: result.score, result });
      }
    }),
  );
  return found;
}

// A last character alone stands in the index with its neighbour: search what precedes it and look into the texts.
async function checked(query, phrase) {
  const bare = (text) => text.toLowerCase().replace(/\s+/g, "").replace(QUOTES, "");
  const wanted = bare(fold(query));
  const found = await pagefind(`"${phrase}"`);
  await Promise.all(
    [...found].map(async ([row, { result }]) => {
      const { content } = await result.data();
      if (!bare(unpair(content)).includes(wanted)) found.delete(row);
    }),
  );
  return found;
}

async function inText(query) {
  const characters = [...fold(query).replace(/\s+/g, "")];
  if (characters.length === 1 && CHAINED.test(characters[0])) {
    await Promise.all(
      loaded.instances.flatMap((instance) => PROBES.map((probe) => instance.preload(characters[0] + probe))),
    );
    return { found: await pagefind(characters[0]), exact: true };
  }
  const phrase = pairs(query, { closing: false });
  if (!phrase) return { found: new Map(), exact: true };
  const lone = / [^ ]$/u.test(phrase) && CHAINED.test(phrase.at(-1));
  const exact = lone ? await checked(query, phrase.slice(0, phrase.lastIndexOf(" "))) : await pagefind(`"${phrase}"`);
  if (exact.size) {
    const scored = await pagefind(phrase);
    for (const [row, hit] of exact) hit.score = scored.get(row)?.score ?? hit.score;
    return { found: exact, exact: true };
  }
  if (!CHAINED.test(fold(query))) return { found: new Map(), exact: true }; // Pagefind would take parts of a Latin word
  if (NUMBER.test(fold(query))) return { found: new Map(), exact: true }; // a 文号 is found whole or not at all
  const parts = Intl.Segmenter
    ? [...new Intl.Segmenter("zh", { granularity: "word" }).segment(query)]
        .filter((part) => part.isWordLike)
        .map((part) => part.segment)
    : query.split(/\s+/);
  const long = parts.filter((part) => [...part].length > 1);
  if (!long.length) return { found: new Map(), exact: true };
  return {
    found: await pagefind(long.map((part) => pairs(part, { closing: false })).join(" ")),
    exact: false,
    parts: long,
  };
}

function rank(row, key, score) {
  let weight = score;
  if (row.key === key || row.numberKey === numberKey(key) || row.indexKey === key) weight += 1e6;
  else if (row.parts.some((part) => part.key === key)) weight += 5e4;
  else if (row.key.includes(key)) weight += 1e4 * (key.length / Math.max(row.key.length, 1) + 1);
  if (["repealed", "expired", "ended"].includes(row.status)) weight *= 0.25;
  return weight;
}

async function find(typed) {
  const query = unquoted(typed);
  const key = plain(query);
  const { found, exact, parts } = await inText(query);
  const hits = new Map();
  const decimal = /\d[^\p{L}\p{N}\s]\d/u.test(query) && !NUMBER.test(fold(query)); // the mark in 4.0 counts
  const numbered = !decimal && (key.length > 3 || /\D/.test(key));
  for (const row of loaded.table.rows) {
    const named_by = (one) => (decimal ? one.title.includes(fold(query)) : one.key.includes(key));
    const titled = named_by(row) || row.parts.some(named_by);
    const named =
      key && (titled || (numbered && (row.numberKey.includes(numberKey(key)) || row.indexKey.includes(key))));
    if (named) hits.set(row, { row, score: 0, result: null });
  }
  const named = hits.size > 0;
  if (exact || !named) {
    for (const [row, { score, result }] of found) hits.set(row, { row, score, result });
  }
  const terms = exact || named ? [query.trim()] : parts;
  return {
    hits: [...hits.values()].map((hit) => ({ ...hit, weight: rank(hit.row, key, hit.score) })),
    exact: exact || named,
    terms,
  };
}

// The text behind the title and the numbers, which the card shows already.
function textOf(row, content) {
  let text = unpair(content);
  for (const part of [row.title, row.number, row.index]) text = without(text, plain(part));
  return text.replace(/([\u3400-\u9fff）」』》”。；：？！])\.(?=.)/gu, "$1　");
}

// A text without what it begins with, marks and blanks aside.
function without(text, start) {
  const characters = [...start],
    rest = [...text];
  let place = 0;
  for (const char of characters) {
    while (place < rest.length && !plain(rest[place])) place += 1;
    if (plain(rest[place] ?? "") !== char) return text;
    place += 1;
  }
  return characters.length
    ? rest
        .slice(place)
        .join("")
        .replace(/^[^\p{L}\p{N}《〈“（(]+/u, "")
    : text;
}

function excerpt(row, content, terms) {
  const text = textOf(row, content);
  const alike = (words) => fold(words).toLowerCase().replace(QUOTES, '"'); // as long as the words
  const lower = alike(text);
  const places = terms.map((term) => lower.indexOf(alike(term).replace(/\s+/g, ""))).filter((place) => place >= 0);
  const start = Math.max(0, (places.length ? Math.min(...places) : 0) - CONTEXT);
  const shown = text.slice(start, start + CONTEXT * 3);
  const paragraph = document.createElement("p");
  const pattern = terms
    .map((term) =>
      fold(term)
        .replace(/\s+/g, "")
        .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
        .replace(QUOTES, QUOTES.source),
    )
    .filter(Boolean)
    .join("|");
  if (start) paragraph.append("…");
  for (const part of pattern ? shown.split(new RegExp(`(${pattern})`, "i")) : [shown]) {
    if (part && pattern && new RegExp(`^(?:${pattern})$`, "i").test(part)) {
      const mark = document.createElement("mark");
      mark.textContent = part;
      paragraph.append(mark);
    } else paragraph.append(part);
  }
  if (start + CONTEXT * 3 < text.length) paragraph.append("…");
  return paragraph;
}

function card({ row }) {
  const entry = document.createElement("li");
  entry.dataset.result = row.id;
  const heading = document.createElement("h2");
  const link = document.createElement("a");
  link.href = `../${row.address}`;
  link.textContent = row.title;
  heading.append(link);
  const facts = document.createElement("p");
  facts.className = "item-facts";
  const fact = (text, name, state) => {
    if (!text) return;
    const span = document.createElement("span");
    span.textContent = text;
    if (name) span.className = name;
    if (state) span.dataset.status = state;
    facts.append(span);
  };
  fact(words.kinds[row.kind]);
  fact(words.statuses[row.status], "badge", row.status);
  for (const mark of row.marks) fact(words.marks[mark], "badge");
  fact(row.number);
  fact(row.date);
  entry.append(heading, facts);
  if (row.parts.length) entry.append(partsOf(row));
  return entry;
}

// The texts that a notice carries, each with its own status: an ended one must not look valid because the notice does.
function partsOf(row) {
  const list = document.createElement("ul");
  list.className = "carried";
  for (const part of row.parts) {
    const line = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: `../${part.address}`, textContent: part.title });
    line.append(link);
    const badge = (text, state) => {
      const mark = Object.assign(document.createElement("span"), { className: "badge", textContent: text });
      if (state) mark.dataset.status = state;
      line.append(" ", mark);
    };
    badge(words.statuses[part.status], part.status);
    for (const mark of part.marks) badge(words.marks[mark]);
    list.append(line);
  }
  return list;
}

async function fill(entry, hit, terms) {
  if (!hit.result || entry.dataset.filled) return;
  entry.dataset.filled = "yes";
  try {
    const data = await hit.result.data();
    entry.append(excerpt(hit.row, data.content, terms));
  } catch {
    /* the hit stands without its excerpt */
  }
}

const say = (text) => {
  status.textContent = text;
};
let asked = 0;

async function run() {
  const turn = ++asked;
  const parameters = new URLSearchParams(location.search);
  const query = (parameters.get("q") ?? "").trim();
  for (const field of form.elements) if (field.name) field.value = parameters.get(field.name) ?? "";
  list.replaceChildren();
  list.dataset.total = "0";
  showAll.hidden = true;
  const wanted = (name) => parameters.get(name) || "";
  const filtered = ["kind", "column", "year", "status"].some(wanted);
  if (!query && !filtered) {
    list.dataset.state = "idle";
    say(words.start);
    return;
  }
  list.dataset.state = "busy";
  say(words.searching);
  try {
    await load();
    const { hits, exact, terms } = query
      ? await find(query)
      : { hits: loaded.table.rows.map((row) => ({ row, weight: 0, result: null })), exact: true, terms: [] };
    if (turn !== asked) return;
    const kept = hits.filter(
      ({ row }) =>
        (!wanted("kind") || row.kind === wanted("kind")) &&
        (!wanted("column") || row.column === wanted("column")) &&
        (!wanted("year") || row.date.startsWith(wanted("year"))) &&
        (!wanted("status") || row.status === wanted("status")),
    );
    const newest = (a, b) => b.row.date.localeCompare(a.row.date) || a.row.id.localeCompare(b.row.id);
    kept.sort(wanted("sort") === "date" || !query ? newest : (a, b) => b.weight - a.weight || newest(a, b));
    const all = wanted("limit") === "all";
    const shown = all ? kept : kept.slice(0, FIRST);
    const entries = shown.map((hit) => card(hit));
    list.replaceChildren(...entries);
    list.dataset.total = String(kept.length);
    say(
      !kept.length
        ? words.none
        : (exact ? words.found : words.found_words).replace("{count}", kept.length).replace("{query}", query),
    );
    showAll.hidden = all || kept.length <= FIRST;
    await Promise.all(entries.slice(0, FIRST).map((entry, place) => fill(entry, shown[place], terms)));
    if (turn !== asked) return;
    const watcher = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) {
          if (isIntersecting) {
            watcher.unobserve(target);
            fill(target, shown[entries.indexOf(target)], terms);
          }
        }
      },
      { rootMargin: "200px" },
    );
    entries.slice(FIRST).forEach((entry) => watcher.observe(entry));
    list.dataset.state = "done";
  } catch (error) {
    if (turn !== asked) return;
    console.error(error);
    list.dataset.state = "failed";
    say(words.failed);
  }
}

function go(parameters) {
  for (const [name, value] of [...parameters]) if (!value) parameters.delete(name);
  history.pushState(null, "", `?${parameters}`);
  run();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(new URLSearchParams(new FormData(form)));
});
form.addEventListener("change", (event) => {
  if (event.target.tagName === "SELECT") go(new URLSearchParams(new FormData(form)));
});
showAll.addEventListener("click", () => {
  const parameters = new URLSearchParams(location.search);
  parameters.set("limit", "all");
  go(parameters);
});
addEventListener("popstate", run);
run();
