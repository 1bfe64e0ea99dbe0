// Shows what holds today for single clauses: on a later day the mark and the notice of a clause are those of that day.
{
  const now = new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10); // in Beijing
  for (const added of document.querySelectorAll("[data-added-from]")) added.hidden = added.dataset.addedFrom > now;
  for (const note of document.querySelectorAll("[data-mark-turns]")) {
    const turn = JSON.parse(note.dataset.markTurns)
      .filter(([first]) => first <= now)
      .pop();
    if (!turn) continue;
    const summary = note.querySelector("summary");
    for (const old of summary.querySelectorAll(".badge[data-mark]")) old.remove();
    const badge = Object.assign(document.createElement("span"), { className: "badge", textContent: turn[2] });
    badge.dataset.mark = note.dataset.mark = turn[1];
    summary.append(" ", badge);
  }
  for (const place of document.querySelectorAll("[data-clause-of]")) {
    const periods = [...place.children];
    const current = periods.filter((one) => (one.dataset.first ?? "") <= now).pop();
    if (!current?.dataset.first) continue;
    for (const one of periods) if (one !== current) one.remove();
    current.hidden = !current.dataset.state;
    if (current.dataset.state) current.dataset.notice = current.dataset.laterClause;
    delete current.dataset.laterClause;
    const clause = document.getElementById(place.dataset.clauseOf);
    for (const old of clause.querySelectorAll(".clause-badge")) old.remove();
    delete clause.dataset.clauseStatus;
    delete clause.dataset.partial;
    if (current.dataset.state) {
      clause.dataset.clauseStatus = current.dataset.state;
      if ("partial" in current.dataset) clause.dataset.partial = "";
      const badge = Object.assign(document.createElement("span"), {
        className: "badge clause-badge",
        textContent: current.dataset.label,
      });
      clause.prepend(badge, " ");
    }
    for (const time of document.querySelectorAll("time[data-as-of]")) {
      if (time.dateTime >= now) continue;
      const [year, month, day] = now.split("-").map(Number);
      time.dateTime = now;
      time.textContent = `${year}年${month}月${day}日`;
    }
  }
}
