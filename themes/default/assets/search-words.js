// Queries: pairs of characters, words and their synonyms, 文号 in all forms. pairs() cuts as tokens_of() of
// generator/publish/search/tokens.py does; keysOf() and shardOf() as generator/publish/search/keys.py does.

const WIDE = /[０-９Ａ-Ｚａ-ｚ]/g;
const RUN = /([\u3400-\u9fff\u{20000}-\u{3ffff}0-9〇]+)|([A-Za-z\u00c0-\u024f]+)|(\S)|(\s+)/gu;
export const CHAINED = /[\u3400-\u9fff\u{20000}-\u{3ffff}0-9〇]/u;
export const QUOTES = /["'“”‘’„‟「」『』〝〞＂＇`«»]/g;
const OPERATORS = /(?:^|\s)(?:AND|OR|NOT|\+|-)(?=\s|$)|(?:^|\s)[+-](?=\S)|(?:title|intitle|site)[:：]\S*?/g;
const WEAK = 0.3; // how much a word like 办理 counts beside others
const DIGITS = "〇一二三四五六七八九";

export const fold = (text) => text.replace(WIDE, (char) => char.normalize("NFKC"));

// A query without the quotation marks and blanks around it: whoever types "放管服" means the words, whatever marks the text has.
export const unquoted = (query) =>
  query.replace(/^[\s"'“”‘’„‟「」『』〝〞＂＇`«»]+|[\s"'“”‘’„‟「」『』〝〞＂＇`«»]+$/g, "");

export function pairs(text, { closing }) {
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

// Letters and digits only: titles without marks, 文号 whatever its brackets, width and blanks.
export const plain = (text) =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

// The keys of a text in the files of pairs; a single character is its own key.
export function keysOf(text) {
  const keys = [];
  for (const part of plain(text).match(/[a-z\u00c0-\u024f]+|[^a-z\u00c0-\u024f]+/g) ?? []) {
    if (/[a-z\u00c0-\u024f]/.test(part[0])) keys.push(part);
    else {
      const characters = [...part];
      if (characters.length === 1) keys.push(part);
      for (let place = 0; place + 1 < characters.length; place += 1)
        keys.push(characters[place] + characters[place + 1]);
    }
  }
  return keys;
}

export function shardOf(key, count) {
  let value = 0;
  for (const char of key) value = (value * 31 + char.codePointAt(0)) & 0xffffff;
  return value % count;
}

// 文号 as people say it: 云岭人社规〔2022〕3号, 2022年3号文, 云岭人社规2022-3, 第3号; or an 索引号 or its end; or one among other words.
export function numberOf(query) {
  let text = query.normalize("NFKC").replace(/\s+/g, " ").trim();
  const index = text.match(/^[\p{L}\p{N}]*\/?\d{4}-\d{4,}$/u);
  if (index) return { keys: [`@${plain(text)}`], letters: "", whole: true };
  text = text.replace(/[〇零一二三四五六七八九]{4}(?=年)/g, (year) =>
    [...year.replace(/零/g, "〇")].map((char) => DIGITS.indexOf(char)).join(""),
  );
  const full = text.match(
    /^([^\d]*?)[\s[【(〔]*((?:19|20)\d{2})[\]】)〕]*\s*年?\s*[-－—–/]?\s*(?:第\s*)?0*(\d{1,4})\s*(号)?(?:文件?|公告|令)?$/u,
  );
  const letters = (part) => plain(part.replace(/第$/, "").trim().split(" ").at(-1));
  if (full && (full[4] || letters(full[1]) || /文件?$/.test(text))) {
    if (/年\s*\d+$/.test(text)) return null;
    return { keys: [`#${full[2]}-${Number(full[3])}`], letters: letters(full[1]), whole: true };
  }
  const serial = text.match(/^([^\d]*?)第?\s*0*(\d{1,4})\s*号(?:文件?|公告|令|通知)?$/u);
  if (serial) return { keys: [`#${Number(serial[2])}`], letters: letters(serial[1]), whole: true };
  const within = text.match(
    /([\p{Script=Han}]*?)\s*[[(〔【]?\s*((?:19|20)\d{2})\s*[\])〕】]?\s*年?\s*第?\s*0*(\d{1,4})\s*号/u,
  );
  if (!within) return null;
  return { keys: [`#${within[2]}-${Number(within[3])}`], letters: letters(within[1]), whole: false };
}

// Beside others a character alone says nothing, be it a digit or a letter.
const isWord = (text) => [...plain(text)].length > 1;

// 第三十条, 第4号, 2013年, 一百万元: a number and what it counts are one word.
const COUNTED = /(第?[0-9〇零一二三四五六七八九十百千万亿两]+[条款项章节编号年月日届次元])/u;

const segmented = (run) =>
  Intl.Segmenter
    ? [...new Intl.Segmenter("zh", { granularity: "word" }).segment(run)]
        .filter((part) => part.isWordLike)
        .map((part) => part.segment)
    : (run.match(/.{1,2}/gu) ?? []);

// A run of characters cut into words; single characters join their neighbours.
function cut(run) {
  const parts = run.split(COUNTED).flatMap((part, place) => (place % 2 ? [part] : segmented(part)));
  const words = [];
  let single = "";
  for (const part of parts) {
    if ([...part].length === 1 && CHAINED.test(part)) {
      single += part;
      continue;
    }
    if ([...single].length > 1) words.push(single);
    words.push(part);
    single = "";
  }
  if ([...single].length > 1 || !words.length) words.push(single);
  return words.filter(Boolean);
}

// How much a word counts.
export const shareOf = (word) => (word.weak ? WEAK : 1);

// Leave out the words of a question; a word of the table is kept, whatever it has within.
export function withoutStops(text, stopWords, known = []) {
  const stops = [...stopWords].sort((a, b) => b.length - a.length);
  let left = "";
  for (let place = 0; place < text.length; ) {
    const word = known.find((one) => text.startsWith(one, place)) ?? "";
    const stop = stops.find((one) => text.startsWith(one, place)) ?? "";
    left += stop.length > word.length ? " " : word || text[place];
    place += Math.max(stop.length, word.length, 1);
  }
  return plain(left).length > 1 ? left : text; // one character says too little
}

export const runsOf = (text) =>
  text
    .replace(/(\d)[.．](?=\d)/g, "$1")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

export const tidied = (typed) => fold(unquoted(typed).replace(OPERATORS, " ")).toLowerCase();

// A query as runs of words, each word with its alternatives: the words of the same meaning.
export function understand(typed, { synonyms, broader, stop_words: stopWords, weak_words: weakWords }) {
  const query = unquoted(typed).replace(OPERATORS, " ");
  const groups = new Map();
  for (const group of synonyms) {
    for (const word of group.map(plain)) {
      groups.set(word, [...(groups.get(word) ?? []), ...group.map(plain).filter((other) => other !== word)]);
    }
  }
  for (const [narrow, wide] of broader) {
    for (const word of narrow.map(plain)) groups.set(word, [...(groups.get(word) ?? []), ...wide.map(plain)]);
  }
  // What only others find is a word, too: it is not cut.
  for (const word of broader.flatMap(([, wide]) => wide.map(plain))) if (!groups.has(word)) groups.set(word, []);
  const known = [...groups.keys()].sort((a, b) => b.length - a.length);
  const weak = new Set(weakWords);
  const runs = [...new Set(runsOf(withoutStops(tidied(typed), stopWords, known)))]; // what is typed twice counts once
  const found = runs.map((run) => {
    const words = [];
    let rest = "";
    const flush = () => {
      if (rest) words.push(...cut(rest));
      rest = "";
    };
    for (let place = 0; place < run.length; ) {
      const word = known.find((one) => run.startsWith(one, place));
      if (word) {
        flush();
        words.push(word);
        place += word.length;
      } else {
        rest += run[place];
        place += 1;
      }
    }
    flush();
    return { text: run, words: words.map((word) => ({ word, others: groups.get(word) ?? [], weak: weak.has(word) })) };
  });
  const words = [...new Map(found.flatMap((run) => run.words).map((one) => [one.word, one])).values()];
  if (words.every((word) => word.weak)) for (const word of words) word.weak = false;
  const proper = words.filter(({ word }) => isWord(word));
  return { query, runs: found, words: proper.length ? proper : words };
}

// The ways of writing a run with the words of the same meaning, the typed one first.
export function variants(run) {
  const texts = [run.text];
  for (const { word, others } of run.words) {
    for (const other of others.slice(0, 5)) if (texts.length < 8) texts.push(run.text.replace(word, other));
  }
  return [...new Set(texts)];
}
