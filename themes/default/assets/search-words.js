// Queries: pairs of characters, words and their synonyms, 文号 in all forms. pairs() cuts as tokens_of() of
// generator/publish/search/tokens.py does; keysOf() and shardOf() as generator/publish/search/keys.py does.

const WIDE = /[０-９Ａ-Ｚａ-ｚ]/g;
const RUN = /([\u3400-\u9fff\u{20000}-\u{3ffff}0-9〇]+)|([A-Za-z\u00c0-\u024f]+)|(\S)|(\s+)/gu;
export const CHAINED = /[\u3400-\u9fff\u{20000}-\u{3ffff}0-9〇]/u;
export const QUOTES = /["'“”‘’„‟「」『』〝〞＂＇`«»]/g;
const OPERATORS = /(?:^|\s)(?:AND|OR|NOT|\+|-)(?=\s|$)|(?:^|\s)[+-](?=\S)|(?:title|intitle|site)[:：]\S*?/g;
const WEAK = 0.3; // how much a word like 办理 counts beside others
const DIGITS = "〇一二三四五六七八九";
const WHICH = new Set(["什么", "哪些", "多少", "哪种", "哪类", "啥"]);
const UNITS = { 十: 10, 百: 100, 千: 1000 };
const FUNCTION_WORDS = new Set(
  "要想让把被给跟和与或就都也还才又吗呢很太最这那我你他她它咱俺个是的了着过对从向往到能会该没",
);

// A text without the characters that join words: 商业秘密被侵犯 has all its words in 侵犯商业秘密.
export const withoutFunctionWords = (text) => [...text].filter((char) => !FUNCTION_WORDS.has(char)).join("");

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

// A number in words: 三十二 is 32.
function counted(text) {
  let sum = 0,
    digit = 0;
  for (const char of text) {
    if (char in UNITS) {
      sum += (digit || 1) * UNITS[char];
      digit = 0;
    } else digit = digit * 10 + DIGITS.indexOf(char);
  }
  return String(sum + digit);
}

// 文号 as people say it: 云岭人社规〔2022〕3号, 2022年3号文, 云岭人社规2022-3, 第3号, 第三号; or an 索引号 or its end; or one among other words.
export function numberOf(query) {
  let text = query.normalize("NFKC").replace(/\s+/g, " ").trim();
  if (/^[\p{L}\p{N}]*\/?\d{4}-\d{4,}$/u.test(text)) {
    const number = text.match(/^([^\d]*)((?:19|20)\d{2})-0*(\d{1,4})$/u); // 云岭人社规2022-1003 is a 文号
    const other = number && { keys: [`#${number[2]}-${number[3]}`], letters: plain(number[1]), whole: true };
    return { keys: [`@${plain(text)}`], letters: "", whole: true, other };
  }
  text = text
    .replace(/零/g, "〇")
    .replace(/[〇一二三四五六七八九]{4}(?=\s*[年\])〕】])/g, (year) =>
      [...year].map((char) => DIGITS.indexOf(char)).join(""),
    )
    .replace(/[〇一二三四五六七八九十百千]+(?=\s*号)/g, counted);
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

// Beside others a character alone says nothing, be it a digit or a letter; one of the table says what its others say.
const isWord = ({ word, others }) => [...plain(word)].length > 1 || others.length > 0;

// 第三十条, 第4号, 2013年, 一百万元: a number and what it counts are one word.
const COUNTED = /(第?[0-9〇零一二三四五六七八九十百千万亿两]+[条款项章节编号年月日届次元])/u;

const segmented = (run) =>
  Intl.Segmenter
    ? [...new Intl.Segmenter("zh", { granularity: "word" }).segment(run)]
        .filter((part) => part.isWordLike)
        .map((part) => part.segment)
    : (run.match(/.{1,2}/gu) ?? []);

// A run of characters cut into words; single characters join their neighbours, but for words of the table (狗).
function cut(run, table) {
  const parts = run.split(COUNTED).flatMap((part, place) => (place % 2 ? [part] : segmented(part)));
  const words = [];
  let single = "";
  for (const part of parts) {
    if ([...part].length === 1 && CHAINED.test(part) && !FUNCTION_WORDS.has(part) && !table.has(part)) {
      single += part;
      continue;
    }
    if ([...single].length > 1) words.push(single);
    if (!FUNCTION_WORDS.has(part)) words.push(part);
    single = "";
  }
  if ([...single].length > 1 || !words.length) words.push(single || run);
  return words.filter(Boolean);
}

// How much a word counts: one that is said again counts more.
export const shareOf = ({ weak, times = 1 }) => (weak ? WEAK : Math.sqrt(times));

// Leave out the words of a question; a word of the table is kept, whatever it has within. What stands around 哪些 belongs
// together (收哪些费 is 收费), and 赔不赔 asks for 赔.
export function withoutStops(text, stopWords, known = []) {
  const stops = [...stopWords].sort((a, b) => b.length - a.length);
  let left = "";
  for (let place = 0; place < text.length; ) {
    const word = known.find((one) => text.startsWith(one, place)) ?? "";
    const stop = stops.find((one) => text.startsWith(one, place)) ?? "";
    left += stop.length > word.length ? (WHICH.has(stop) ? "" : " ") : word || text[place];
    place += Math.max(stop.length, word.length, 1);
  }
  left = left.replace(/(\p{Script=Han})不\1/gu, "$1");
  return plain(left).length > 1 ? left : text; // one character says too little
}

export const runsOf = (text) =>
  text
    .replace(/(\d)[.．](?=\d)/g, "$1")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

export const tidied = (typed) => fold(unquoted(typed).replace(OPERATORS, " ")).toLowerCase();

// The words of runs, each once, with how often it is said.
export function wordsOf(runs) {
  const words = new Map();
  for (const one of runs.flatMap((run) => run.words)) {
    one.times = (words.get(one.word)?.times ?? 0) + 1;
    words.set(one.word, one);
  }
  return [...words.values()];
}

// The keys of a query before its words are known: words of questions are left out, of two characters and more, because
// 了 may belong to a word (丢了).
export const firstKeys = (query, stops) =>
  runsOf(
    withoutStops(
      tidied(query),
      stops.filter((stop) => stop.length > 1),
    ),
  ).flatMap(keysOf);

// A query as runs of words, each word with its alternatives, the words of the same meaning, from a table.
export function understand(typed, table, { stop_words: stopWords, weak_words: weakWords }) {
  const query = unquoted(typed).replace(OPERATORS, " ");
  const known = [...table.keys()].sort((a, b) => b.length - a.length).filter((word) => word.length > 1);
  const weak = new Set(weakWords);
  const runs = [...new Set(runsOf(withoutStops(tidied(typed), stopWords, known)))]; // what is typed twice counts once
  const found = runs.map((run) => {
    const words = [];
    let rest = "";
    const flush = () => {
      if (rest) words.push(...cut(rest, table));
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
    return { text: run, words: words.map((word) => ({ word, others: table.get(word) ?? [], weak: weak.has(word) })) };
  });
  const words = wordsOf(found);
  if (words.every((word) => word.weak)) for (const word of words) word.weak = false;
  const proper = words.filter(isWord);
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
