// Copies the citation or the link of a document; where the address names a clause, those of the clause.
const CLAUSE = /第[〇零一二三四五六七八九十百千万0-9]+条(?:之[一二三四五六七八九十]+)?$/;
for (const tools of document.querySelectorAll(".document-tools")) {
  const { citation, address, copied, failed } = tools.dataset;
  const status = tools.querySelector("[role=status]");
  const buttons = tools.querySelectorAll("[data-tool]");
  const mistake = tools.querySelector("[data-mistake]");
  const form = mistake?.href;
  // the anchor that the reader has opened, and the name of its clause
  const place = () => {
    let anchor = "";
    try {
      anchor = decodeURIComponent(location.hash.slice(1));
    } catch {
      /* an address cut in the middle of a character names no place */
    }
    const known = anchor && document.getElementById(anchor);
    const clause = (known && anchor.match(CLAUSE)?.[0]) || "";
    return { hash: known ? `#${encodeURIComponent(anchor)}` : "", clause, text: clause && textWith(known) };
  };
  const texts = {
    cite: ({ hash, clause, text }) => `${citation}${text}${clause}\n${address}${clause && hash}`,
    link: ({ hash }) => `${address}${hash}`,
  };
  const show = () => {
    const { hash, clause } = place();
    status.textContent = "";
    for (const button of buttons) {
      button.dataset.label ??= button.textContent;
      const label = button.dataset.clauseLabel.replace("{clause}", clause);
      button.textContent = clause ? label : button.dataset.label;
    }
    if (mistake) mistake.href = form + encodeURIComponent(hash);
  };
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = texts[button.dataset.tool](place());
      status.textContent = "";
      status.textContent = (await copy(text)) ? copied : failed.replace("{text}", text);
    });
  }
  addEventListener("hashchange", show);
  show();
}

// The title of the text that a clause is in, where a notice carries several.
function textWith(clause) {
  const before = (one) => one.compareDocumentPosition(clause) & Node.DOCUMENT_POSITION_FOLLOWING;
  const part = [...document.querySelectorAll("[data-part]")].filter(before).pop();
  const title = part && document.querySelector(`[data-part-line="${part.dataset.part}"] a`)?.textContent;
  return title ? `《${title.replaceAll("《", "〈").replaceAll("》", "〉")}》` : "";
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // sites without https, old browsers
  }
}

function copyBySelection(text) {
  const focused = document.activeElement;
  const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    /* the browser has no such command */
  }
  area.remove();
  focused?.focus();
  return done;
}
