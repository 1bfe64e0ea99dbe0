// Shows what holds today. A page whose status changes on a known later day carries that day, the status and a hidden
// notice; nothing is fetched, and without this script the page says for which day it was made.
const DAY = 10; // of "2027-01-01T…"
const today = new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, DAY); // in Beijing
const [year, month, dayOfMonth] = today.split("-").map(Number);
const todayText = `${year}年${month}月${dayOfMonth}日`;
// The words of a status or of a mark, as they stand beside a title.
function badge(words, name, value) {
  const element = Object.assign(document.createElement("span"), { className: "badge", textContent: words });
  element.dataset[name] = value;
  return element;
}
// The day of the status line: the reader's, once the line is what holds on it.
function showDay() {
  for (const time of document.querySelectorAll("time[data-as-of]")) {
    if (time.dateTime >= today) continue;
    time.dateTime = today;
    time.textContent = todayText;
  }
}
for (const left of document.querySelectorAll("[data-closes], [data-line-closes]")) {
  // the days that are left to comment, the last one included
  const days = Math.round((Date.parse(left.dataset.closes ?? left.dataset.lineCloses) - Date.parse(today)) / 86400000);
  if (days < 0) left.remove();
  else left.firstElementChild.textContent = days ? left.dataset.left.replace("{count}", days) : left.dataset.last;
  if (!left.hidden) showDay();
}
for (const ways of document.querySelectorAll("[data-open-until]")) {
  // after the end nothing invites to comment
  if (ways.dataset.openUntil >= today) continue;
  ways.remove();
  for (const note of document.querySelectorAll("[data-after-end]")) note.hidden = false;
}
for (const steps of document.querySelectorAll(".stepper")) {
  const reached = [...steps.querySelectorAll("[data-day]")].filter((step) => step.dataset.day <= today);
  for (const step of reached) step.dataset.reached = "";
  if (!reached.length) continue;
  steps.querySelector("[aria-current]")?.removeAttribute("aria-current");
  reached.at(-1).setAttribute("aria-current", "step");
}
for (const place of document.querySelectorAll("[data-turns]")) turnOf(place);

for (const place of document.querySelectorAll("[data-badge-turns]")) {
  // what stands beside the title of another document
  const turn = JSON.parse(place.dataset.badgeTurns)
    .filter(([first]) => first <= today)
    .pop();
  if (!turn) continue;
  place.replaceChildren(...turn[1].flatMap(([name, value, words]) => [" ", badge(words, name, value)]));
}

// The running head on paper, and the day of the status at its end.
function onPaper(place, turn) {
  const state = place.querySelector(".running-state");
  if (state) state.textContent = [turn.label, ...(turn.marks ?? [])].join("，");
  const asOf = place.querySelector(".paper-day");
  if (asOf) asOf.textContent = todayText;
}

// A document, or a text that it carries: each has its own days.
function turnOf(place) {
  const turn = JSON.parse(place.dataset.turns)
    .filter((one) => one.first <= today)
    .pop();
  if (!turn) return;
  for (const section of place.querySelectorAll(".notices")) {
    if (section.closest("[data-part], article") !== place) continue;
    if ((section.dataset.first ?? "") !== turn.first) {
      section.remove();
      continue;
    }
    for (const notice of section.querySelectorAll("[data-later-notice]")) {
      notice.dataset.notice = notice.dataset.laterNotice;
      delete notice.dataset.laterNotice;
    }
    section.hidden = false;
  }
  showDay();
  showMark(place, turn);
  if (!turn.state) return;
  showLine(place, turn);
  place.dataset.status = turn.state;
  const part = place.dataset.part;
  if (!part) onPaper(place, turn);
  const fact = place.querySelector(part ? ".part-facts .badge[data-status]" : ".facts dd[data-status]");
  if (fact) {
    fact.dataset.status = turn.state;
    fact.textContent = [turn.label, ...(part ? [] : (turn.marks ?? []))].join("，");
  }
  const term = part || !turn.term ? null : place.querySelector("dd[data-term]");
  if (term) term.textContent = turn.term;
  const head = place.querySelector(part ? ".part-facts" : "h1");
  for (const old of head.querySelectorAll(part ? ".badge[data-mark]" : ".badge")) old.remove();
  if (turn.mark && !part) head.append(badge(turn.mark, "status", turn.state));
  for (const words of turn.marks ?? []) head.append(badge(words, "mark", ""));
  for (const line of part ? document.querySelectorAll(`[data-part-line="${part}"]`) : []) {
    const state = line.querySelector(".badge[data-status]");
    state.textContent = turn.label;
    state.dataset.status = turn.state;
    for (const old of line.querySelectorAll(".badge[data-mark]")) old.remove();
    for (const words of turn.marks ?? []) line.append(" ", badge(words, "mark", ""));
  }
}

// The words of the status line from that day on; the days left to comment belong to an open consultation only.
function showLine(place, turn) {
  const line = turn.line && place.querySelector("[data-status-line]");
  if (!line) return;
  line.dataset.status = turn.state;
  const state = Object.assign(document.createElement("strong"), { textContent: turn.line[0] });
  line.querySelector(".line-words").replaceChildren(state, ...turn.line.slice(1).map((piece) => ` · ${piece}`));
  const left = line.querySelector(".line-left");
  if (left) left.hidden = turn.state !== "open";
}

// The state of an interpretation: older than an amendment, or of what has ended.
function showMark(place, turn) {
  if (place.dataset.kind !== "interpretation") return;
  for (const old of place.querySelectorAll("h1 .badge[data-mark]")) old.remove();
  if (!turn.interpretation) return;
  const [mark, words] = turn.interpretation;
  place.querySelector("h1").append(badge(words, "mark", mark));
}
