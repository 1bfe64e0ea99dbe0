// The cards of the hits, and the words around what was found.

const version = new URL(import.meta.url).search;
const { QUOTES, fold, plain } = await import(`./search-words.js${version}`);

const CONTEXT = 50;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// A text with the words marked.
function marked(text, terms) {
  const pattern = terms
    .map((term) =>
      fold(term)
        .replace(/\s+/g, "")
        .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
        .replace(QUOTES, QUOTES.source),
    )
    .filter(Boolean)
    .join("|");
  if (!pattern) return [text];
  return text
    .split(new RegExp(`(${pattern})`, "i"))
    .map((part, place) => (place % 2 ? element("mark", { textContent: part }) : part));
}

// The text behind the title and the numbers, which the card shows already.
const textOf = (content) => content.split("\n").slice(2).join("　");

// Fill the excerpt of a card: the words around the first term that the text holds.
export function fill(entry, content, terms) {
  const text = textOf(content);
  const alike = (words) => fold(words).toLowerCase().replace(QUOTES, '"'); // as long as the words
  const lower = alike(text);
  const place = terms.map((term) => lower.indexOf(alike(term).replace(/\s+/g, ""))).find((one) => one >= 0) ?? 0;
  const start = Math.max(0, place - CONTEXT);
  const shown = text.slice(start, start + CONTEXT * 3);
  entry
    .querySelector(".excerpt")
    .replaceChildren(start ? "…" : "", ...marked(shown, terms), start + shown.length < text.length ? "…" : "");
}

// An address from the root of the site; on the portal of a platform it is on another site.
const from = (address) => (/^https?:/.test(address) ? address : `../${address}`);

// The texts that a notice carries, each with its own status: an ended one must not look valid because the notice does.
function partsOf(row, words, badge) {
  const list = element("ul", { className: "carried" });
  for (const part of row.parts) {
    const link = element("a", { href: from(part.address), textContent: part.title });
    const badges = [
      badge(words.statuses[part.status], part.status),
      ...part.marks.map((mark) => badge(words.marks[mark])),
    ];
    list.append(element("li", {}, link, ...badges.flatMap((one) => [" ", one])));
  }
  return list;
}

// A hit as an entry of the list; the space of its excerpt is reserved.
export function card(row, match, terms, words) {
  const badge = (text, state) => {
    const made = element("span", { className: "badge", textContent: text });
    if (state) made.dataset.status = state;
    return made;
  };
  const entry = element("li", {});
  entry.dataset.result = row.id;
  entry.dataset.match = match;
  const link = element("a", { href: from(row.address) }, ...marked(row.title, terms));
  const facts = [words.kinds[row.kind], row.number, row.date]
    .filter(Boolean)
    .map((text) => element("span", { textContent: text }));
  const badges = row.marks.map((mark) => badge(words.marks[mark]));
  const outdated = row.marks.find((mark) => mark === "outdated" || mark === "ended");
  if (outdated) entry.dataset.mark = outdated;
  if (words.statuses[row.status]) badges.unshift(badge(words.statuses[row.status], row.status));
  facts.splice(1, 0, ...badges);
  entry.append(element("h2", {}, link), element("p", { className: "item-facts" }, ...facts));
  if (row.keywords && terms.some((term) => plain(row.keywords).includes(plain(term)))) {
    const keywords = element("span", {}, `${words.keywords}：`, ...marked(row.keywords, terms));
    entry.append(element("p", { className: "item-facts" }, keywords));
  }
  if (row.parts.length) entry.append(partsOf(row, words, badge));
  entry.append(element("p", { className: "excerpt" }));
  return entry;
}
