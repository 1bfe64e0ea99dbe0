// The two stages of the search: the fields of the documents at once, then the full text below them.

const version = new URL(import.meta.url).search;
const [{ firstKeys, numberOf, plain, understand, unquoted, variants }, fields] = await Promise.all(
  ["words", "fields"].map((name) => import(`./search-${name}.js${version}`)),
);

const NEAR = 40,
  CHECKED = 100;

// What is typed, as the stages need it; terms are the words to mark.
export async function questionOf(query, data) {
  const found = numberOf(unquoted(query));
  const [number, within] = found?.whole ? [found, null] : [null, found];
  const table = await fields.tableOf(number ? [] : firstKeys(query, data.stop_words));
  const understood = understand(query, table, data);
  const wanted = plain(query);
  const stripped = understood.runs.map((run) => run.text).join("");
  const answers = wanted
    ? data.pinned.filter(([queries]) =>
        queries
          .map(plain)
          .some(
            (one) =>
              [stripped, wanted].some((text) => text.includes(one)) || (stripped.length > 1 && one.includes(stripped)),
          ),
      )
    : [];
  const terms = [
    unquoted(query),
    ...understood.runs.flatMap(variants),
    ...understood.words.flatMap(({ word, others }) => [word, ...others]),
  ];
  return { query, number, within, ...understood, wanted, answers, terms: [...new Set(terms)].filter(plain) };
}

// The fields: a map document → hit.
export async function firstStage(question) {
  let hits = await (question.number ? fields.withNumber(question.number) : fields.inFields(question));
  if (!hits.size && question.number?.other) hits = await fields.withNumber(question.number.other);
  const cut = question.words.map(({ word }) => word).filter((word) => !question.terms.includes(word));
  question.terms.push(...cut);
  if (question.within) {
    let named = await fields.withNumber(question.within);
    if (!named.size)
      named = await fields.withNumber({ ...question.within, letters: question.within.letters.slice(-3) });
    for (const [number, hit] of named) hits.set(number, { share: 1, ...hits.get(number), ...hit, byWords: true });
  }
  return new Map([...hits].map(([number, hit]) => [number, { ...hit, number, field: hit.enough }]));
}

// A title or a keyword that has the query but for one character.
function nearTo(card, wanted) {
  const characters = [...wanted];
  for (const text of [card.title, card.keywords]) {
    const all = [...plain(text)];
    for (let start = 0; start + characters.length <= all.length; start += 1) {
      const differing = characters.filter((char, place) => all[start + place] !== char).length;
      if (differing === 1) return all.slice(start, start + characters.length).join("");
    }
  }
  return "";
}

// Forgive one wrong character: documents with most pairs of the query in the title, looked at one by one.
async function forgive(question, hits) {
  const wanted = question.runs.map((run) => run.text).join("");
  if (question.number || question.runs.length !== 1 || [...wanted].length < 4) return;
  const least = Math.max(1, [...wanted].length - 3);
  const candidates = [...hits.values()].filter((hit) => hit.near >= least);
  candidates.sort((a, b) => b.near - a.near || b.score - a.score || a.number - b.number);
  const near = candidates.slice(0, NEAR);
  const read = await fields.cardsOf(near.map((hit) => hit.number));
  for (const hit of near) {
    const corrected = nearTo(read.get(hit.number), wanted);
    if (!corrected) continue;
    question.corrected ??= corrected;
    Object.assign(hit, { enough: hit.share > 0, score: hit.score + 20 });
  }
}

// A title may have all pairs of a phrase without having the phrase.
async function check(question, hits, holding) {
  const doubtful = [...hits.values()].filter((hit) => hit.phrase && !hit.byWords && !holding.has(hit.number));
  if (question.number || !doubtful.length || doubtful.length > CHECKED) return;
  const read = await fields.cardsOf(doubtful.map((hit) => hit.number));
  for (const hit of doubtful) {
    const { title: name, number, index, keywords, parts } = read.get(hit.number);
    const texts = [name, number, index, ...keywords.split("、"), ...parts.map((part) => part.title)].map(plain);
    const whole = question.runs.every((run) => variants(run).some((one) => texts.some((part) => part.includes(one))));
    if (!whole) Object.assign(hit, { phrase: false, field: hit.share > 0, enough: hit.share > 0 });
  }
}

// The full text, added to the hits of the fields.
export async function secondStage(question, hits, text) {
  const hit = (number) => {
    if (!hits.has(number)) hits.set(number, { number, score: 0, share: 0, phrase: false, near: 0 });
    return hits.get(number);
  };
  const phrases = [unquoted(question.query)];
  if (question.number && hits.size) {
    for (const card of (await fields.cardsOf([...hits.keys()].slice(0, 3))).values()) {
      if (card.number) phrases.push(card.number);
    }
  } else if (question.runs.length === 1) phrases.push(question.runs[0].text);
  const holding = new Map();
  for (const phrase of new Set(phrases)) {
    // What is left of a question counts where nothing has what was typed.
    if (!question.number && holding.size) break;
    for (const [number, score] of await text.holding(phrase)) holding.set(number, score);
  }
  const most = Math.max(1e-9, ...holding.values());
  for (const [number, score] of holding) {
    const entry = hit(number);
    Object.assign(entry, { phrase: true, enough: true, score: entry.score + (2 * score) / most });
  }
  if (question.number) return;
  await check(question, hits, holding);
  if (![...hits.values()].some((one) => one.phrase)) await forgive(question, hits);
  if (question.words.length === 1 && !question.words[0].others.length) return;
  const shares = await text.withWords(question.words);
  // Where nothing has what was asked, most of its words do.
  const none = ![...hits.values()].some((one) => one.phrase);
  const best = Math.max(0, ...[...shares.values()].map(({ share }) => share));
  const least = none && best < 0.99 ? Math.max(0.5, best - 0.01) : 0.99;
  const top = Math.max(1e-9, ...[...shares.values()].map(({ score }) => score));
  for (const [number, { share, score }] of shares) {
    const entry = hit(number);
    entry.score += share + (3 * score) / top;
    if (share >= least) entry.enough = true;
    entry.all = share >= 0.99;
  }
}
