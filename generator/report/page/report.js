(function () {
  "use strict";
  function make(tag, text, parent) {
    var element = document.createElement(tag);
    element.textContent = text;
    if (parent) parent.appendChild(element);
    return element;
  }
  function cellText(row, column) {
    return row.cells[column].textContent.trim();
  }
  function parts(row, column, way) {
    var text = cellText(row, column);
    return way === "many" ? text.split("、") : [way === "year" ? text.slice(0, 4) : text];
  }
  function number(text) {
    return /^-?\d+(\.\d+)?$/.test(text) ? parseFloat(text) : null;
  }
  function compare(one, other) {
    if (one === other) return 0;
    if (one === "") return 1;
    if (other === "") return -1;
    var a = number(one),
      b = number(other);
    return a !== null && b !== null ? a - b : one < other ? -1 : 1;
  }
  function equip(table) {
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    var words = rows.map(function (row) {
      return row.textContent.toLowerCase();
    });
    var tools = document.createElement("form");
    tools.className = "tools";
    tools.addEventListener("submit", function (event) {
      event.preventDefault();
    });
    var typed = make("label", "筛选（标题、文号、文件名……）");
    var input = document.createElement("input");
    input.type = "search";
    typed.appendChild(input);
    tools.appendChild(typed);
    var chosen = [];
    heads.forEach(function (head, column) {
      if (!head.hasAttribute("data-choose")) return;
      var way = head.getAttribute("data-choose");
      var values = {};
      rows.forEach(function (row) {
        parts(row, column, way).forEach(function (part) {
          if (part) values[part] = (values[part] || 0) + 1;
        });
      });
      var label = make("label", way === "year" ? "年度" : head.textContent, tools);
      var select = document.createElement("select");
      select.add(new Option("全部", ""));
      Object.keys(values)
        .sort()
        .forEach(function (value) {
          select.add(new Option(value + "（" + values[value] + "）", value));
        });
      label.appendChild(select);
      chosen.push({ column: column, select: select, way: way });
      select.addEventListener("change", filter);
    });
    var told = make("p", "", tools);
    told.setAttribute("role", "status");
    told.className = "said";
    var timer;
    function filter() {
      var wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, place) {
        var fits =
          wanted.every(function (word) {
            return words[place].indexOf(word) >= 0;
          }) &&
          chosen.every(function (one) {
            return !one.select.value || parts(row, one.column, one.way).indexOf(one.select.value) >= 0;
          });
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      told.textContent = "显示 " + shown + " 行，共 " + rows.length + " 行";
    }
    input.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(filter, 120);
    });
    heads.forEach(function (head, column) {
      var button = make("button", head.textContent);
      button.type = "button";
      head.setAttribute("data-label", head.textContent);
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var way = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        heads.forEach(function (other) {
          other.removeAttribute("aria-sort");
        });
        head.setAttribute("aria-sort", way);
        var keyed = rows.map(function (row, place) {
          return [cellText(row, column), place, row];
        });
        keyed.sort(function (one, other) {
          var order = compare(one[0], other[0]);
          var empty = one[0] === "" || other[0] === "";
          return (way === "descending" && !empty ? -order : order) || one[1] - other[1];
        });
        var part = document.createDocumentFragment();
        keyed.forEach(function (item) {
          part.appendChild(item[2]);
        });
        body.appendChild(part);
      });
    });
    filter();
    var frame = table.parentNode;
    frame.parentNode.insertBefore(tools, frame);
  }
  Array.prototype.forEach.call(document.querySelectorAll("table[data-sortable]"), equip);
})();
