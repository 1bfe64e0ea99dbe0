(function () {
  "use strict";
  var root = document.documentElement;
  var PAGE = 100;
  function make(tag, text, parent) {
    var element = document.createElement(tag);
    element.textContent = text;
    if (parent) parent.appendChild(element);
    return element;
  }
  function list(found) {
    return Array.prototype.slice.call(found);
  }
  function words(text) {
    return text.toLowerCase().split(/\s+/).filter(Boolean);
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
  // One long table: what its rows say, which of them fit, and how many are laid out. Rows behind the first page are
  // in a noscript, whose text no browser with scripts has parsed: they become elements when they are shown.
  function Table(element) {
    var table = this;
    this.element = element;
    this.name = element.getAttribute("data-paged");
    this.heads = list(element.tHead.rows[0].cells);
    this.body = element.tBodies[0];
    this.limit = PAGE;
    this.columns = {};
    this.heads.forEach(function (head, place) {
      var key = head.getAttribute("data-key");
      if (key) table.columns[key] = place;
    });
    this.rows = list(this.body.rows).map(function (row, place) {
      return { place: place, element: row, html: row.outerHTML, fits: true };
    });
    var rest = document.getElementById("rest-" + this.name);
    var text = rest ? rest.textContent : "";
    if (rest) {
      text
        .slice(text.indexOf("<tbody>") + 7, text.lastIndexOf("</tbody>"))
        .split("</tr>")
        .slice(0, -1)
        .forEach(function (html) {
          table.rows.push({ place: table.rows.length, element: null, html: html + "</tr>", fits: true });
        });
    }
    this.order = this.rows.slice();
  }
  var ENTITIES = { "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'", "&amp;": "&" };
  function plainText(html) {
    return html
      .replace(/<[^>]*>/g, "")
      .replace(/&(?:lt|gt|amp|#34|#39);/g, function (name) {
        return ENTITIES[name];
      })
      .trim();
  }
  Table.prototype.cell = function (place, column) {
    var row = this.rows[place];
    var cell, path;
    if (!row.cells) row.cells = row.html.split(/<t[dh](?=[ >])/).slice(1);
    if (!row.values) row.values = [];
    if (row.values[column] === undefined) {
      cell = row.cells[column];
      path = / data-path="([^"]*)"/.exec(cell.slice(0, cell.indexOf(">")));
      row.values[column] = plainText(path ? path[1] : cell.slice(cell.indexOf(">") + 1));
    }
    return row.values[column];
  };
  Table.prototype.text = function (place) {
    var row = this.rows[place];
    if (row.text === undefined) row.text = plainText(row.html.replace(/<\/t[dh]>/g, " ")).toLowerCase();
    return row.text;
  };
  function elementOf(row) {
    var template;
    if (!row.element) {
      template = document.createElement("template");
      template.innerHTML = row.html;
      row.element = template.content.querySelector("tr");
    }
    return row.element;
  }
  Table.prototype.show = function (all) {
    var fitting = this.order.filter(function (row) {
      return row.fits;
    });
    var listed = all === true ? fitting : fitting.slice(0, this.limit);
    var part = document.createDocumentFragment();
    listed.forEach(function (row) {
      part.appendChild(elementOf(row));
    });
    this.body.textContent = "";
    this.body.appendChild(part);
    var rest = listed.length < fitting.length ? "，先列 " + listed.length + " 行" : "";
    this.status.textContent = "显示 " + fitting.length + " 行，共 " + this.rows.length + " 行" + rest;
    this.more.hidden = listed.length === fitting.length;
  };
  Table.prototype.addMore = function () {
    var table = this;
    var frame = this.element.parentNode;
    this.more = document.createElement("p");
    [
      ["再列 " + 2 * PAGE + " 行", 2 * PAGE],
      ["全部列出", Infinity],
    ].forEach(function (way) {
      var button = make("button", way[0], table.more);
      button.type = "button";
      button.addEventListener("click", function () {
        table.limit += way[1];
        table.show();
      });
    });
    this.more.className = "more";
    frame.parentNode.insertBefore(this.more, frame.nextSibling);
    this.status = make("p", "");
    this.status.className = "said";
    this.status.setAttribute("role", "status");
  };
  Table.prototype.addSorting = function () {
    var table = this;
    this.heads.forEach(function (head, column) {
      var button = make("button", head.textContent);
      button.type = "button";
      head.setAttribute("data-label", head.textContent);
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        table.heads.forEach(function (other) {
          other.removeAttribute("aria-sort");
        });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        table.order.sort(function (one, other) {
          var a = table.cell(one.place, column),
            b = table.cell(other.place, column);
          var order = compare(a, b);
          return (down && a !== "" && b !== "" ? -order : order) || one.place - other.place;
        });
        table.show();
      });
    });
  };
  function start() {
    var form = document.querySelector(".scope");
    var note = form.querySelector("[role=note]");
    var paged = list(document.querySelectorAll("table[data-paged]")).map(function (element) {
      return new Table(element);
    });
    var tables = {};
    paged.forEach(function (table) {
      tables[table.name] = table;
      table.addMore();
    });
    var plain = list(document.querySelectorAll("table:not([data-paged]) th[data-key=unit]")).map(function (head) {
      return list(head.closest("table").tBodies[0].rows);
    });
    // The documents have filters of their own, which the others do not answer.
    var own = [];
    var tools = document.createElement("form");
    tools.className = "tools";
    var documents = tables.documents;
    var typed = document.createElement("input");
    typed.type = "search";
    make("label", "筛选（标题、文号、文件名……）", tools).appendChild(typed);
    documents.heads.forEach(function (head, column) {
      var way = head.getAttribute("data-choose");
      if (!way) return;
      var counts = {};
      documents.rows.forEach(function (_row, place) {
        parts(documents.cell(place, column), way).forEach(function (part) {
          if (part) counts[part] = (counts[part] || 0) + 1;
        });
      });
      var select = document.createElement("select");
      select.add(new Option("全部", ""));
      Object.keys(counts)
        .sort()
        .forEach(function (value) {
          select.add(new Option(value + "（" + counts[value] + "）", value));
        });
      make("label", head.textContent, tools).appendChild(select);
      own.push({ column: column, select: select, way: way, key: head.textContent });
      select.addEventListener("change", changed);
    });
    function parts(text, way) {
      return way === "many" ? text.split("、") : [text];
    }
    documents.addSorting();
    paged.forEach(function (table) {
      var frame = table.element.parentNode;
      var place = table === documents ? tools : frame.parentNode;
      if (table === documents) tools.appendChild(table.status);
      else place.insertBefore(table.status, frame);
    });
    documents.element.parentNode.parentNode.insertBefore(tools, documents.element.parentNode);
    var fields = list(form.querySelectorAll("[name]"));
    function value(name) {
      return form.elements[name].value;
    }
    // What is chosen is in the address, so that it can be kept and sent; the section, too.
    var section = "";
    function toAddress() {
      var pairs = fields.map(function (field) {
        return [field.name, field.value];
      });
      pairs.push(["text", typed.value], ["at", section]);
      own.forEach(function (one) {
        pairs.push([one.key, one.select.value]);
      });
      var hash = pairs
        .filter(function (pair) {
          return pair[1];
        })
        .map(function (pair) {
          return encodeURIComponent(pair[0]) + "=" + encodeURIComponent(pair[1]);
        })
        .join("&");
      try {
        history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
      } catch (_error) {
        location.hash = hash; // a browser that keeps the address of a file as it is
      }
    }
    function fromAddress() {
      var hash = location.hash.slice(1);
      if (hash.indexOf("=") < 0) {
        section = hash;
        return;
      }
      var chosen = {};
      hash.split("&").forEach(function (pair) {
        var cut = pair.indexOf("=");
        try {
          chosen[decodeURIComponent(pair.slice(0, cut))] = decodeURIComponent(pair.slice(cut + 1));
        } catch (_error) {
          return; // an address that was cut off
        }
      });
      fields.forEach(function (field) {
        set(field, chosen[field.name]);
      });
      typed.value = chosen.text || "";
      own.forEach(function (one) {
        set(one.select, chosen[one.key]);
      });
      section = chosen.at || "";
      if (section && document.getElementById(section)) document.getElementById(section).scrollIntoView();
    }
    function set(field, wanted) {
      field.value = wanted || "";
      if (field.selectedIndex < 0) field.selectedIndex = 0; // a value that this report does not have
    }
    function apply() {
      var wanted = words(value("q"));
      var unit = value("unit"),
        year = value("year"),
        rule = value("rule"),
        level = value("level");
      var paths = rule || level ? {} : null;
      function filter(table, more) {
        var c = table.columns;
        var place;
        for (place = 0; place < table.rows.length; place++) {
          table.rows[place].fits =
            (!unit || table.cell(place, c.unit) === unit) &&
            (!year || c.year === undefined || table.cell(place, c.year).slice(0, 4) === year) &&
            (!more || more(place)) &&
            wanted.every(function (word) {
              return table.text(place).indexOf(word) >= 0;
            });
        }
        table.show();
      }
      var found = tables.findings;
      if (found) {
        filter(found, function (place) {
          return (
            (!rule || found.cell(place, found.columns.rule) === rule) &&
            (!level || found.cell(place, found.columns.level).slice(0, level.length) === level)
          );
        });
        if (paths) {
          found.rows.forEach(function (_row, place) {
            if (found.rows[place].fits) paths[found.cell(place, found.columns.path)] = true;
          });
        }
      }
      filter(tables.agenda);
      var written = words(typed.value);
      filter(documents, function (place) {
        return (
          (!paths || paths[documents.cell(place, documents.columns.path)]) &&
          own.every(function (one) {
            var chosen = one.select.value;
            return !chosen || parts(documents.cell(place, one.column), one.way).indexOf(chosen) >= 0;
          }) &&
          written.every(function (word) {
            return documents.text(place).indexOf(word) >= 0;
          })
        );
      });
      plain.forEach(function (rows) {
        rows.forEach(function (row) {
          row.hidden = !!unit && row.cells[0].textContent.trim() !== unit;
        });
      });
      root.classList.toggle("one-unit", !!unit);
      form.querySelector(".print").textContent = unit ? "打印这个单位" : "打印";
      note.hidden = !unit;
      note.textContent = unit ? "打印时只有" + unit + "的问题、日程和文件，没有全站的各节。" : "";
      root.setAttribute("data-ready", String(Number(root.getAttribute("data-ready")) + 1));
    }
    function changed() {
      paged.forEach(function (table) {
        table.limit = PAGE;
      });
      apply();
      toAddress();
    }
    var timer;
    function later() {
      clearTimeout(timer);
      timer = setTimeout(changed, 60);
    }
    [form, tools].forEach(function (one) {
      one.addEventListener("submit", function (event) {
        event.preventDefault();
      });
    });
    form.addEventListener("change", changed);
    form.elements.q.addEventListener("input", later);
    typed.addEventListener("input", later);
    form.addEventListener("reset", function () {
      setTimeout(function () {
        tools.reset();
        changed();
      });
    });
    form.querySelector(".print").addEventListener("click", function () {
      window.print();
    });
    document.addEventListener("click", function (event) {
      var link = event.target.closest ? event.target.closest('a[href^="#"]') : null;
      var target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!target) return;
      event.preventDefault();
      section = target.id;
      target.scrollIntoView();
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
      toAddress();
    });
    window.addEventListener("beforeprint", function () {
      paged.forEach(function (table) {
        table.show(true);
      });
    });
    window.addEventListener("afterprint", function () {
      paged.forEach(function (table) {
        table.show();
      });
    });
    window.addEventListener("hashchange", function () {
      fromAddress();
      apply();
    });
    form.hidden = false;
    fromAddress();
    apply();
    warm(tables.findings ? [tables.findings, documents] : [documents]);
  }
  // Read the rows that are not elements yet while nobody waits, so that the first filter answers at once.
  function warm(tables) {
    var work = [];
    tables.forEach(function (table) {
      var place;
      for (place = 0; place < table.rows.length; place += 100) work.push([table, place]);
    });
    function step() {
      var next = work.shift();
      var table, place, key;
      if (!next) return;
      table = next[0];
      for (place = next[1]; place < Math.min(next[1] + 100, table.rows.length); place++) {
        table.text(place);
        for (key in table.columns) table.cell(place, table.columns[key]);
      }
      setTimeout(step, 20);
    }
    setTimeout(step, 200);
  }
  document.addEventListener("DOMContentLoaded", start);
})();
