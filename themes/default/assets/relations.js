// Filters the table of all relations: what was chosen stands in the address, so that a view can be passed on.
// Without this script the page is the table in pages.
const form = document.getElementById("relations-form");
if (form) {
  const names = ["kind", "year", "status", "unit"];
  const body = document.querySelector("#relations-table tbody");
  const pager = document.querySelector(".pager");
  const status = document.getElementById("relations-status");
  const first = [...body.rows];
  let table;
  const headings = [...document.querySelectorAll("#relations-table thead th")].map((heading) => heading.textContent);
  const cell = (row, text, address) => {
    const place = row.insertCell();
    place.dataset.label = headings[place.cellIndex];
    if (!address) {
      place.textContent = text;
      return place;
    }
    const link = document.createElement("a");
    link.href = address.includes("://") ? address : form.dataset.root + address;
    link.textContent = text;
    place.append(link);
    return place;
  };
  const mark = ([name, value, words]) => {
    const badge = document.createElement("span");
    badge.className = "badge";
    badge.dataset[name] = value;
    badge.textContent = words;
    return [" ", badge];
  };
  const fits = (wanted, [kind, source, target]) => {
    const [, , day, , units] = table.documents[source];
    return (
      (!wanted.kind || kind === wanted.kind) &&
      (!wanted.year || day.startsWith(wanted.year)) &&
      (!wanted.unit || units.includes(wanted.unit)) &&
      (!wanted.status || (typeof target === "number" && table.documents[target][3] === wanted.status))
    );
  };
  const show = async () => {
    const wanted = Object.fromEntries(names.map((name) => [name, form.elements[name]?.value ?? ""]));
    const filtered = Object.values(wanted).some(Boolean);
    if (pager) pager.hidden = filtered;
    if (!filtered) {
      body.replaceChildren(...first);
      status.textContent = "";
      return;
    }
    try {
      table ??= await (await fetch(form.dataset.table)).json();
    } catch {
      status.textContent = form.dataset.failed;
      return;
    }
    const found = table.rows.filter((row) => fits(wanted, row));
    const shown = found.slice(0, Number(form.dataset.most)).map(([kind, source, target, clause]) => {
      const [title, address, day, , , , badges] = table.documents[source];
      const [name, place, , state, , marks] =
        typeof target === "number" ? table.documents[target] : [target, "", "", "", [], []];
      const row = document.createElement("tr");
      cell(row, day);
      cell(row, title, address).append(...badges.flatMap(mark));
      cell(row, table.kinds[kind]);
      cell(row, name, place).append(clause ? "　" + form.dataset.clause.replace("{clause}", clause) : "");
      cell(row, [table.statuses[state] ?? "", ...marks].join("，"));
      return row;
    });
    body.replaceChildren(...shown);
    status.textContent = form.dataset.found.replace("{count}", found.length).replace("{shown}", shown.length);
  };
  const read = () => {
    const asked = new URLSearchParams(location.search);
    for (const name of names) {
      const select = form.elements[name];
      if (select) select.value = asked.get(name) ?? "";
      if (select && select.selectedIndex < 0) select.value = "";
    }
    return show();
  };
  form.addEventListener("change", () => {
    const chosen = new URLSearchParams(
      names.map((name) => [name, form.elements[name]?.value]).filter(([, value]) => value),
    );
    history.replaceState(null, "", chosen.size ? `?${chosen}` : location.pathname);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  read();
}
