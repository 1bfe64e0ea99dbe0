// Shows what holds today. A page whose status changes on a known later day carries that day, the status and a hidden
// notice; nothing is fetched, and without this script the page says for which day it was made.
const DAY = 10; // of "2027-01-01T…"
const today = new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, DAY); // in Beijing
const article = document.querySelector("article[data-turns]");
for (const left of document.querySelectorAll("[data-closes]")) { // the days that are left to comment, the last one included
  const days = Math.round((Date.parse(left.dataset.closes) - Date.parse(today)) / 86400000);
  if (days < 0) left.remove();
  else left.firstElementChild.textContent = days ? left.dataset.left.replace("{count}", days) : left.dataset.last;
}
const turn = JSON.parse(article.dataset.turns).filter((one) => one.first <= today).pop();
if (turn) {
  for (const section of article.querySelectorAll(".notices")) {
    if ((section.dataset.first ?? "") !== turn.first) { section.remove(); continue; }
    for (const notice of section.querySelectorAll("[data-later-notice]")) {
      notice.dataset.notice = notice.dataset.laterNotice;
      delete notice.dataset.laterNotice;
    }
    section.hidden = false;
  }
  if (turn.state) {
    article.dataset.status = turn.state;
    const fact = article.querySelector(".facts dd[data-status]");
    if (fact) { fact.dataset.status = turn.state; fact.textContent = turn.label; }
    article.querySelector("h1 .badge")?.remove();
    if (turn.mark) {
      const badge = Object.assign(document.createElement("span"), { className: "badge", textContent: turn.mark });
      badge.dataset.status = turn.state;
      article.querySelector("h1").append(badge);
    }
  }
}
