// The second stage: the full text, from an index of pairs of characters that Pagefind reads.

const version = new URL(import.meta.url).search;
const { CHAINED, QUOTES, fold, pairs, shareOf } = await import(`./search-words.js${version}`);

// For a single character Pagefind loads only the first file that may hold it; these reach the others.
const PROBES = [..."0一严务合局成时法经行金龥"];
const PREFIX = "pagefind_dcd";

let table = null;
let ready = null;

async function loadedTable() {
  const response = await fetch("texts.json");
  if (!response.ok) throw new Error(`texts.json: ${response.status}`);
  const data = await response.json();
  return { ...data, documents: new Map(data.fragments.map((fragment, number) => [fragment, number])) };
}

function texts() {
  table ??= loadedTable();
  return table;
}

async function loaded() {
  const address = new URL("pagefind/", new URL("./", document.baseURI));
  const program = await import(new URL("pagefind.js", address).href);
  // Pagefind cuts queries by the language of the page; "und" leaves our pairs alone.
  const language = document.documentElement.lang;
  document.documentElement.lang = "und";
  const made = program.createInstance({ basePath: address.pathname, baseUrl: "/" });
  const starting = made.init?.();
  document.documentElement.lang = language;
  await starting;
  return made;
}

function instance() {
  ready ??= loaded();
  return ready;
}

// Load the program and the table at the same time, while the first stage is shown, and what the program asks for next.
export function begin() {
  if (!ready) {
    const load = (name) => fetch(`pagefind/${name}`).catch(() => {});
    load("wasm.unknown.pagefind");
    texts().then(
      ({ index }) => index && load(`pagefind.${index}.pf_meta`),
      () => {},
    );
  }
  for (const loading of [texts(), instance()]) loading.catch(() => {}); // the search says so when it needs them
}

// Search the index; returns a map document → score.
async function pagefind(query) {
  const [{ documents }, program] = await Promise.all([texts(), instance()]);
  const answer = await program.search(query);
  const found = new Map();
  for (const result of answer?.results ?? []) {
    const number = documents.get(result.id);
    if (number !== undefined) found.set(number, result.score);
  }
  return found;
}

// The text of a document from its fragment: title, numbers and text, without the program and the index.
export async function contentOf(number) {
  const { fragments } = await texts();
  const fragment = fragments[number];
  if (!fragment || typeof DecompressionStream === "undefined") return "";
  const response = await fetch(`pagefind/fragment/${fragment}.pf_fragment`);
  if (!response.ok) return "";
  const bytes = new Uint8Array(await response.arrayBuffer());
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const stream = packed
    ? new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
    : new Blob([bytes]).stream();
  const text = await new Response(stream).text();
  return JSON.parse(text.slice(text.startsWith(PREFIX) ? PREFIX.length : 0)).content;
}

const bare = (text) => fold(text).toLowerCase().replace(/\s+/g, "").replace(QUOTES, "");

// Documents whose text holds a phrase as it is. A last character alone stands in the index with its neighbour: search
// what precedes it and look into the texts. What Pagefind does not know it takes for the beginning of another word, so
// the phrase is always in quotation marks.
export async function holding(query) {
  if (!(await texts()).index) return new Map();
  const characters = [...fold(query).replace(/\s+/g, "")];
  if (characters.length === 1 && CHAINED.test(characters[0])) {
    const program = await instance();
    await Promise.all(PROBES.map((probe) => program.preload(characters[0] + probe)));
    return pagefind(characters[0]);
  }
  const phrase = pairs(query, { closing: false });
  if (!phrase) return new Map();
  const lone = / [^ ]$/u.test(phrase) && CHAINED.test(phrase.at(-1));
  const found = await pagefind(`"${lone ? phrase.slice(0, phrase.lastIndexOf(" ")) : phrase}"`);
  if (lone) {
    const wanted = bare(query);
    await Promise.all(
      [...found.keys()].map(async (number) => {
        if (!bare(await contentOf(number)).includes(wanted)) found.delete(number);
      }),
    );
  }
  if (found.size > 1) {
    const scored = await pagefind(phrase);
    for (const number of found.keys()) found.set(number, scored.get(number) ?? 0);
  }
  return found;
}

// Documents whose text holds words of a query: a map document → the share of the words, and how much it is about them.
export async function withWords(words) {
  const { fragments } = await texts();
  const alone = (text) => [...text].length === 1; // half of all texts have it
  const asked = words.filter(({ word }, _, { length }) => length === 1 || !alone(word));
  const found = await Promise.all(
    asked.map(async (word) => {
      const best = new Map();
      const sets = await Promise.all([word.word, ...word.others.slice(0, 4)].map(holding));
      for (const [number, score] of sets.flatMap((set) => [...set])) {
        best.set(number, Math.max(score, best.get(number) ?? 0));
      }
      // What every text has says little.
      return { best, part: shareOf(word), weight: shareOf(word) * Math.log(1 + fragments.length / (best.size + 0.5)) };
    }),
  );
  const [total, all] = ["part", "weight"].map((name) => found.reduce((sum, one) => sum + one[name], 0));
  const shares = new Map();
  for (const { best, part, weight } of found) {
    const most = Math.max(1e-9, ...best.values());
    for (const [number, score] of best) {
      const { share, score: before } = shares.get(number) ?? { share: 0, score: 0 };
      shares.set(number, { share: share + part / total, score: before + ((score / most) * weight) / all });
    }
  }
  return shares;
}
