// The first stage: the fields of all documents, at once. Files and their form: generator/publish/search/fields.py.

const version = new URL(import.meta.url).search;
const { keysOf, plain, shardOf, shareOf, variants, withoutFunctionWords, wordsOf } = await import(
  `./search-words.js${version}`
);

const TITLE = 4,
  KEYWORDS = 2,
  SUMMARY = 1;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));
const FIRST_CODE = 0xa1;
const SATURATION = 4;
const LABELS = { column: 4, issuer: 4, unit: 4, theme: 1, audience: 1 };
const LONGEST = 16; // characters of a word that is cut again
const ENOUGH = 0.34; // the share of a query, by weight, that a hit of words must have

const files = new Map();

// A file of the search; one of another build comes from the cache of the browser and is loaded again.
function file(path, wanted) {
  if (!files.has(path)) {
    const get = async (cache) => {
      const response = await fetch(path, { cache });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return response.json();
    };
    const loading = get("default").then((data) => (!wanted || data.version === wanted ? data : get("reload")));
    loading.catch(() => files.delete(path));
    files.set(path, loading);
  }
  return files.get(path);
}

export const general = () => file("fields.json");

// The words of the table that a query may have, with those that they find: they stand in the file of their first pair.
export async function tableOf(keys) {
  const { words, shards, version: build } = await general();
  const needed = [...new Set(keys.map((key) => shardOf(key, shards)))];
  const tables = await Promise.all(needed.map((shard) => file(`pairs/${shard}.json`, build)));
  return new Map([words, ...tables.map((table) => table.words ?? {})].flatMap(Object.entries));
}

function decode(text) {
  const documents = [],
    places = [];
  let number = -1,
    value = 0,
    shift = 0;
  for (const digit of text) {
    const part = VALUES.get(digit);
    value += (part & 31) * 2 ** shift;
    shift += 5;
    if (part & 32) continue;
    number += Math.floor(value / 8) + 1;
    documents.push(number);
    places.push(value & 7);
    value = shift = 0;
  }
  return { documents, places };
}

// The postings of keys, and of the words of the same meaning, which stand in the file of a word's first pair: that one is
// needed anyway. Returns a function; add() loads further keys, knows() says whether a key is loaded.
async function postingsOf(keys, words = []) {
  const { shards, version: build } = await general();
  const loaded = new Map();
  const fileOf = (key) => file(`pairs/${shardOf(key, shards)}.json`, build);
  const take = (key, tables) => {
    const text = tables.find((table) => table && Object.hasOwn(table, key))?.[key];
    loaded.set(key, text === undefined ? { documents: [], places: [] } : decode(text));
  };
  const add = (more) =>
    Promise.all(
      [...new Set(more)]
        .filter((key) => !loaded.has(key))
        .map(async (key) => {
          take(key, [(await fileOf(key)).pairs]);
        }),
    );
  const addOthers = async ({ word, others }) => {
    const [first] = keysOf(word);
    if (!others.length || !first) return;
    const { pairs, beside } = await fileOf(first);
    for (const key of others.flatMap(keysOf)) if (!loaded.has(key)) take(key, [pairs, beside]);
  };
  await add(keys);
  await Promise.all(words.map(addOthers));
  const postings = (key) => loaded.get(key) ?? { documents: [], places: [] };
  return Object.assign(postings, { add, knows: (key) => loaded.has(key) });
}

// What the cards show, by the number of the document.
export async function cardsOf(numbers) {
  const { group, version: build } = await general();
  const cards = new Map();
  await Promise.all(
    numbers.map(async (number) => {
      const { rows } = await file(`cards/${Math.floor(number / group)}.json`, build);
      const [id, address, title, doc = "", index = "", date = "", kind = "", state = "", keywords = "", marks, parts] =
        rows[number % group];
      cards.set(number, {
        ...{ id, address, title, number: doc, index, date, kind, status: state, keywords, marks: marks ?? [] },
        parts: (parts ?? []).map(([name, place, status, marked]) => ({
          title: name,
          address: place,
          status,
          marks: marked,
        })),
      });
    }),
  );
  return cards;
}

// The values of a facet of a document.
export function valuesOf(data, facet, number) {
  const { values, sets, of } = data.facets[facet];
  return sets[of.charCodeAt(number) - FIRST_CODE].map((value) => values[value][0]);
}

function weightOf(places, length) {
  const norm = 0.7 + 0.3 * (length / 20);
  return (places & TITLE ? 6 / norm : 0) + (places & KEYWORDS ? 6 : 0) + (places & SUMMARY ? 3 : 0);
}

const idf = (count, documents) => Math.log(1 + (count - documents + 0.5) / (documents + 0.5));

// Where all keys are: a map document → the places that they have in common, and the sum of their scores.
function together(keys, postings, data) {
  const found = new Map();
  keys.forEach((key, position) => {
    const { documents, places } = postings(key);
    const rarity = idf(data.count, documents.length);
    documents.forEach((number, index) => {
      const weight = weightOf(places[index], data.lengths.charCodeAt(number) - FIRST_CODE);
      const entry = found.get(number) ?? { places: 7, keys: 0, score: 0 };
      if (!position || entry.keys === position) entry.places &= places[index];
      entry.keys += 1;
      entry.score += (rarity * weight) / (weight + SATURATION);
      found.set(number, entry);
    });
  });
  for (const entry of found.values()) if (entry.keys < keys.length) entry.places = 0;
  return found;
}

// Documents whose column, office, theme or audience has a word in its name.
function labelled(word, data) {
  const found = new Map();
  for (const [facet, weight] of Object.entries(LABELS)) {
    const { values, sets, of } = data.facets[facet];
    const named = values.map(([value, label]) => plain(label ?? value).includes(word));
    if (!named.includes(true)) continue;
    const marked = sets.map((set) => set.some((value) => named[value]));
    const numbers = [...of].flatMap((code, number) => (marked[code.charCodeAt(0) - FIRST_CODE] ? [number] : []));
    const score = (idf(data.count, numbers.length) * weight) / (weight + SATURATION);
    for (const number of numbers) found.set(number, (found.get(number) ?? 0) + score);
  }
  return found;
}

// What a word has of words of titles and keywords, the longest first: 河长制查 has 河长制.
function partsOf(word, named) {
  const characters = [...word];
  for (let length = characters.length; length > 1; length -= 1) {
    for (let start = 0; start + length <= characters.length; start += 1) {
      const part = characters.slice(start, start + length).join("");
      if (!named(part)) continue;
      const [before, after] = [characters.slice(0, start), characters.slice(start + length)];
      return [...partsOf(before.join(""), named), part, ...partsOf(after.join(""), named)];
    }
  }
  return [];
}

// Words are cut by a dictionary, or where others end; one that no document has is cut again by what the titles have.
function cutAgain(question, postings, data) {
  const named = (text) => [...together(keysOf(text), postings, data).values()].some(({ places }) => places & ~SUMMARY);
  const again = ({ word, others }) => {
    if (others.length || word.length > LONGEST) return null;
    if ([...together(keysOf(word), postings, data).values()].some(({ places }) => places)) return null;
    const parts = partsOf(word, named);
    return parts.length ? parts.map((part) => ({ word: part, others: [], weak: false })) : null;
  };
  const cut = new Map(question.words.map((word) => [word.word, again(word)]));
  if (![...cut.values()].some(Boolean)) return;
  for (const run of question.runs) run.words = run.words.flatMap((word) => cut.get(word.word) ?? [word]);
  const words = new Set(question.words.flatMap((word) => cut.get(word.word) ?? [word]).map(({ word }) => word));
  question.words = wordsOf(question.runs).filter(({ word }) => words.has(word));
}

// Hits of the fields: a map document → { score, phrase, near }; near are the pairs in the title, for wrong characters.
export async function inFields(question) {
  const { runs } = question;
  const data = await general();
  const postings = await postingsOf(
    [...question.words.map(({ word }) => word), ...runs.map(({ text }) => text)].flatMap(keysOf),
    question.words,
  );
  cutAgain(question, postings, data);
  const { words } = question;
  const alternatives = words.map(({ word, others }) => [word, ...others]);
  // Pairs that join a word of the same meaning with its neighbour are loaded where a title has all others of the phrase.
  const possible = (keys) => {
    const known = keys.filter(postings.knows);
    if (known.length === keys.length) return true;
    return [...together(known, postings, data).values()].some(({ places }) => places & (TITLE | KEYWORDS));
  };
  const written = runs.map((run) =>
    variants(run)
      .map(keysOf)
      .filter((keys, place) => !place || possible(keys)),
  );
  await postings.add(written.flat(2));
  const hits = new Map();
  const hit = (number) => {
    if (!hits.has(number)) hits.set(number, { score: 0, phrase: false, share: 0, near: 0 });
    return hits.get(number);
  };
  let total = 0;
  for (const [position, texts] of alternatives.entries()) {
    const counts = shareOf(words[position]);
    const best = new Map(); // document → [score, whole]
    const titled = new Set();
    texts.forEach((text, place) => {
      const keys = keysOf(text);
      const factor = place ? 0.9 : 1;
      for (const [number, { places, score }] of together(keys, postings, data)) {
        const [before, whole] = best.get(number) ?? [0, false];
        if (places & (TITLE | KEYWORDS)) titled.add(number);
        best.set(number, [Math.max(before, score * factor * (places ? 1 : 0.5)), whole || places > 0]);
      }
      if ([...text].length < 2) return;
      for (const [number, score] of labelled(text, data)) {
        const [before] = best.get(number) ?? [0];
        best.set(number, [before + score * factor, true]);
      }
    });
    const whole = [...best.values()].filter(([, complete]) => complete).length;
    const weight = counts * (whole ? idf(data.count, whole) + 0.1 : 1);
    total += weight;
    for (const number of titled) hit(number).named = (hit(number).named ?? 0) + 1;
    for (const [number, [score, complete]] of best) {
      hit(number).score += score * counts;
      if (complete) hit(number).share += weight;
    }
  }
  runs.forEach((run, place) => {
    // Pairs that join two words: words that follow each other say more than words apart.
    const inside = new Set(run.words.flatMap(({ word }) => keysOf(word)));
    const joints = keysOf(run.text).filter((key) => !inside.has(key));
    for (const [number, { score }] of together(joints, postings, data))
      if (hits.has(number)) hit(number).score += score * 0.3;
    for (const [variant, keys] of written[place].entries()) {
      for (const [number, { places, keys: seen }] of together(keys, postings, data)) {
        if (places & (TITLE | KEYWORDS)) {
          const entry = hit(number);
          entry.phrases = (entry.phrases ?? new Set()).add(place);
          if (!variant) entry.typed = (entry.typed ?? new Set()).add(place);
          entry.titled ||= Boolean(places & TITLE);
        }
        if (seen > hit(number).near) hit(number).near = seen;
      }
    }
  });
  // Words of the same meaning, where no title and no keyword has what was typed.
  for (const name of ["typed", "phrases"]) {
    if ([...hits.values()].some((entry) => entry.phrase)) break;
    for (const entry of hits.values()) entry.phrase = entry[name]?.size === runs.length;
  }
  // Where no title and no keyword has the phrase, those that have all its words come first.
  const lengthOf = (text) => withoutFunctionWords(text).length;
  const covered = runs.every((run) => lengthOf(run.words.map(({ word }) => word).join("")) === lengthOf(run.text));
  const byWords =
    covered &&
    words.length > 1 &&
    words.every(({ word }) => !/^\d+$/.test(word)) &&
    ![...hits.values()].some((entry) => entry.phrase);
  for (const entry of hits.values()) {
    if (byWords && entry.named === words.length) entry.phrase = entry.byWords = true;
    entry.share = total ? entry.share / total : 0;
    entry.enough = entry.phrase || (entry.share > 0 && entry.share >= ENOUGH);
    if (entry.phrase) entry.score += entry.titled ? 3 : 2;
  }
  return hits;
}

// Documents of a 文号 or 索引号, the letters before the year included.
export async function withNumber({ keys, letters }) {
  const before = keysOf(letters);
  const postings = await postingsOf([...keys, ...before]);
  const hits = new Map();
  for (const key of keys) {
    for (const number of postings(key).documents) hits.set(number, { score: 10, phrase: true, enough: true, near: 0 });
  }
  for (const key of before) {
    const { documents, places } = postings(key);
    const having = new Set(documents.filter((_, index) => places[index] & TITLE));
    for (const number of hits.keys()) if (!having.has(number)) hits.delete(number);
  }
  return hits;
}
