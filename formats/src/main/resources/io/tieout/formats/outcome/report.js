"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const sides = ["left", "right"];
  const kinds = ["missing", "differs", "duplicate", "ambiguous"];
  const count = new Intl.NumberFormat("en");

  // Everything reaches the page as text: no value of a record is ever read as markup.
  function el(name, options = {}, ...children) {
    const node = name === "svg" || name === "rect" || name === "title"
      ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(options)) {
      if (key === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
      else if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value);
    }
    for (const child of children.flat()) if (child !== undefined && child !== null) node.append(child);
    return node;
  }

  const byId = id => document.getElementById(id);

  // "-1234.50" becomes "-1,234.50" without ever being a floating-point number.
  function money(text) {
    const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(text) || [null, "", text, ""];
    return sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
  }
  const named = code => code === "XXX" ? "" : code;

  function percent(part, whole) {
    if (whole === 0) return "–";
    const tenths = Math.floor(part * 1000 / whole);
    return (tenths / 10).toFixed(1) + " %";
  }

  function headline() {
    const target = byId("headline");
    for (const side of sides) {
      const total = data.records[side];
      target.append(el("div", {class: "figure"}, el("strong", {}, percent(total.matched, total.records)),
        el("span", {}, `${count.format(total.matched)} of ${count.format(total.records)} ${side} records matched`)));
    }
    const breaks = data.breaks.total;
    target.append(el("div", {class: "figure"}, el("strong", {}, count.format(breaks)),
      el("span", {}, breaks === 1 ? "break" : "breaks",
        data.suggested ? `, ${count.format(data.suggested)} suggested matches to review` : "")));
    const first = data.totals.find(total => total.field === data.amount);
    if (first) {
      const same = data.totals.filter(t => t.field === data.amount && t.currency === first.currency);
      for (const total of same) {
        target.append(el("div", {class: "figure"}, el("strong", {}, money(total.breaks)),
          el("span", {}, `${named(total.currency)} ${total.field} in ${total.side} breaks`.trim())));
      }
    }
  }

  const passColours = ["#1d7f5f", "#2f6fb7", "#3f9c9c", "#5b6ee1", "#2aa876", "#4b89c8", "#1c5d99", "#6aa84f"];
  const passColour = index => passColours[index % passColours.length];
  const colour = word => `var(--${word})`;

  function bar(parts, label) {
    const whole = parts.reduce((sum, part) => sum + part.value, 0) || 1;
    const svg = el("svg", {viewBox: "0 0 1000 10", preserveAspectRatio: "none", role: "img", "aria-label": label});
    let x = 0;
    for (const part of parts) {
      if (!part.value) continue;
      const width = Math.max(1000 * part.value / whole, 2);
      const rect = el("rect", {x, y: 0, width, height: 10},
        el("title", {}, `${part.name}: ${count.format(part.value)}`));
      rect.style.fill = part.colour;
      svg.append(rect);
      x += 1000 * part.value / whole;
    }
    return svg;
  }

  function dot(fill) {
    const node = el("span", {class: "dot", "aria-hidden": "true"});
    node.style.background = fill;
    return node;
  }

  function records() {
    const target = byId("records");
    const parts = side => [
      ...data.passes.map((pass, i) => ({name: pass.name, value: pass[side], colour: passColour(i)})),
      ...kinds.map(kind => ({name: kind, value: data.kinds[side][kind], colour: colour(kind)})),
      {name: "rejects", value: data.records[side].rejects, colour: colour("rejects")},
    ];
    const bars = el("div", {class: "bars"});
    for (const side of sides) {
      bars.append(el("span", {}, side), bar(parts(side), `${side} records by pass and kind of break`),
        el("span", {class: "number"}, count.format(data.records[side].records)));
    }
    const rows = data.passes.map((pass, i) => el("tr", {},
      el("td", {}, dot(passColour(i)), pass.name),
      ...["confirmed", "suggested", "ambiguous", "left", "right"].map(name =>
        el("td", {class: "number"}, count.format(pass[name])))));
    for (const kind of [...kinds, "rejects"]) {
      const of = side => kind === "rejects" ? data.records[side].rejects : data.kinds[side][kind];
      if (of("left") + of("right") === 0) continue;
      rows.push(el("tr", {}, el("td", {}, dot(colour(kind)), kind === "rejects" ? "rejected rows" : `breaks: ${kind}`),
        el("td"), el("td"), el("td"), el("td", {class: "number"}, count.format(of("left"))),
        el("td", {class: "number"}, count.format(of("right")))));
    }
    target.append(bars, el("div", {class: "scroll legend"}, el("table", {},
      el("thead", {}, el("tr", {}, el("th", {}, "pass"),
        ...["confirmed", "suggested", "of these tied", "left records", "right records"].map(name =>
          el("th", {class: "number"}, name)))), el("tbody", {}, rows))));
  }

  function kindBars() {
    const target = byId("kinds");
    if (data.breaks.total === 0) {
      target.append(el("p", {}, "There are none."));
      return;
    }
    const number = text => Math.abs(Number(text));
    const group = (title, entries) => {
      const most = Math.max(...entries.map(entry => entry.size), 1e-9);
      const bars = el("div", {class: "bars"});
      for (const entry of entries) {
        const line = bar([{name: entry.name, value: entry.size, colour: colour(entry.kind)},
          {name: "", value: most - entry.size, colour: "transparent"}], `${entry.name}: ${entry.text}`);
        bars.append(el("span", {}, entry.name), line, el("span", {class: "number"}, entry.text));
      }
      target.append(el("h3", {}, title), bars);
    };
    const entries = [];
    for (const side of sides) for (const kind of kinds) {
      const size = data.kinds[side][kind];
      if (size) entries.push({kind, name: `${side}, ${kind}`, size, text: count.format(size)});
    }
    group("Records", entries);
    for (const currency of new Set(data.values.map(value => value.currency))) {
      group(`Value, ${named(currency) || "no currency"} (sum of ${data.amount} without signs)`,
        data.values.filter(value => value.currency === currency).map(value =>
          ({kind: value.kind, name: `${value.side}, ${value.kind}`, size: number(value.sum), text: money(value.sum)})));
    }
  }

  function compareDecimals(a, b) {
    if (a === "" || b === "") return (a !== "") - (b !== "");
    const negative = a.startsWith("-"), other = b.startsWith("-");
    if (negative !== other) return negative ? -1 : 1;
    const [aw, af = ""] = a.replace("-", "").split("."), [bw, bf = ""] = b.replace("-", "").split(".");
    const size = aw.length - bw.length || (aw < bw ? -1 : aw > bw ? 1 : 0)
      || (af.padEnd(20, "0") < bf.padEnd(20, "0") ? -1 : af.padEnd(20, "0") > bf.padEnd(20, "0") ? 1 : 0);
    return negative ? -size : size;
  }

  // A table that sorts by its headers and filters by text and by choices.
  function table(target, rows, columns, choices) {
    let order = null;
    let descending = false;
    const text = el("input", {type: "search", placeholder: "Filter", "aria-label": "Filter"});
    const selects = choices.map(choice => {
      const values = [...new Set(rows.map(choice.of))].sort();
      return el("select", {"aria-label": choice.name}, el("option", {value: ""}, `any ${choice.name}`),
        values.map(value => el("option", {value}, value)));
    });
    const shown = el("output");
    const head = el("tr");
    const body = el("tbody");
    columns.forEach((column, i) => {
      const button = el("button", {type: "button", on: {click: () => {
        descending = order === i ? !descending : false;
        order = i;
        draw();
      }}}, column.name);
      head.append(el("th", {class: column.number ? "number" : null, scope: "col"}, button));
    });
    const searched = rows.map(row => columns.map(column => column.of(row)).join("\u0000").toLowerCase());

    function draw() {
      const wanted = text.value.toLowerCase();
      let visible = rows.map((row, i) => [row, i]).filter(([row, i]) => searched[i].includes(wanted)
        && choices.every((choice, c) => selects[c].value === "" || choice.of(row) === selects[c].value));
      if (order !== null) {
        const column = columns[order];
        const compare = column.number ? compareDecimals
          : (a, b) => a.localeCompare(b, "en", {numeric: true});
        visible.sort(([a], [b]) => compare(column.of(a), column.of(b)) * (descending ? -1 : 1));
      }
      [...head.children].forEach((cell, i) => {
        if (i === order) cell.setAttribute("aria-sort", descending ? "descending" : "ascending");
        else cell.removeAttribute("aria-sort");
      });
      body.replaceChildren(...visible.map(([row]) => line(row)));
      shown.textContent = `${count.format(visible.length)} of ${count.format(rows.length)}`;
    }

    function line(row) {
      return el("tr", {}, columns.map(column => {
        const value = column.show ? column.show(row) : column.of(row);
        return el("td", {class: column.number ? "number" : column.key ? "key" : null}, value);
      }));
    }

    text.addEventListener("input", draw);
    selects.forEach(select => select.addEventListener("change", draw));
    target.append(el("div", {class: "controls"}, text, selects, shown),
      el("div", {class: "scroll"}, el("table", {}, el("thead", {}, head), body)));
    draw();
  }

  function comparison(row) {
    const other = row.side === "left" ? "right" : "left";
    const lines = data.fields.map((field, i) => {
      const differs = row.near && row.fields.includes(field);
      return el("tr", {class: differs ? "differs" : null}, el("th", {scope: "row"}, field),
        el("td", {}, row.own[i]), row.near ? el("td", {}, row.near[i]) : null);
    });
    return el("table", {class: "compare"}, el("thead", {}, el("tr", {}, el("th"), el("th", {}, `${row.side} ${row.key}`),
      row.near ? el("th", {}, `${other} ${row.nearest}`) : null)), el("tbody", {}, lines));
  }

  function breaks() {
    const rows = data.breaks.shown;
    const all = data.breaks.total;
    byId("breaks-note").textContent = rows.length < all
      ? `Showing the ${count.format(rows.length)} ${data.amount ? "largest" : "first"} of ${count.format(all)} breaks; all are in breaks.csv.` : "";
    if (all === 0) {
      byId("breaks").append(el("p", {}, "There are none."));
      return;
    }
    const columns = [
      {name: "side", of: row => row.side},
      {name: "key", of: row => row.key, key: true},
      {name: "kind", of: row => row.kind, show: row => [dot(colour(row.kind)), row.kind]},
      ...(data.amount ? [{name: data.amount, number: true, of: row => row.amount,
        show: row => row.amount === "" ? "" : `${money(row.amount)} ${named(row.currency)}`.trim()}] : []),
      {name: "why", of: row => row.reason, show: why},
      {name: "nearest", of: row => row.nearest, key: true},
    ];
    table(byId("breaks"), rows, columns,
      [{name: "side", of: row => row.side}, {name: "kind", of: row => row.kind}]);
  }

  function why(row) {
    const cell = el("div");
    const button = el("button", {type: "button", class: "plain", "aria-expanded": "false", on: {click: () => {
      const open = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!open));
      if (open) cell.lastChild.remove();
      else cell.append(comparison(row));
    }}}, row.near ? "compare" : "show");
    cell.append(row.reason + " ", button);
    return cell;
  }

  function matches() {
    const rows = data.matches.shown;
    const all = data.matches.total;
    byId("matches-note").textContent = rows.length < all
      ? `Showing ${count.format(rows.length)} of ${count.format(all)} matches, those to review first; all are in matches.csv.` : "";
    if (all === 0) {
      byId("matches").append(el("p", {}, "There are none."));
      return;
    }
    table(byId("matches"), rows, [
      {name: "match", number: true, of: row => String(row.id)},
      {name: "left", of: row => row.left, key: true},
      {name: "right", of: row => row.right, key: true},
      {name: "pass", of: row => row.pass},
      {name: "status", of: row => row.status},
      {name: "of", of: row => row.cardinality},
      {name: "score", number: true, of: row => row.score},
      {name: "differences", of: row => row.differences},
    ], [{name: "pass", of: row => row.pass}, {name: "status", of: row => row.status}]);
  }

  function proof() {
    const target = byId("proof");
    if (data.totals.length) {
      const names = ["in", "matches", "breaks", "rejects"];
      target.append(el("p", {class: "note"}, "What went in is what is in matches, breaks and rejects."),
        el("div", {class: "scroll"}, el("table", {}, el("thead", {}, el("tr", {},
          ["field", "currency", "side"].map(name => el("th", {}, name)),
          names.map(name => el("th", {class: "number"}, name)))),
        el("tbody", {}, data.totals.map(total => el("tr", {}, el("td", {}, total.field),
          el("td", {}, named(total.currency)), el("td", {}, total.side),
          names.map(name => el("td", {class: "number"}, money(total[name])))))))));
    }
    target.append(el("h3", {}, "Sources and digests"), el("div", {class: "scroll"}, el("table", {}, el("tbody", {},
      data.digests.map(digest => el("tr", {}, el("td", {}, digest.name), el("td", {}, digest.what),
        el("td", {class: "digest"}, digest.value)))))));
  }

  function theme() {
    const root = document.documentElement;
    const button = byId("theme");
    const set = dark => {
      root.dataset.theme = dark ? "dark" : "light";
      button.textContent = dark ? "Light" : "Dark";
    };
    const dark = matchMedia("(prefers-color-scheme: dark)");
    set(dark.matches);
    dark.addEventListener("change", event => set(event.matches));
    button.addEventListener("click", () => set(root.dataset.theme !== "dark"));
  }

  theme();
  byId("subject").textContent = data.subject;
  document.title = `Reconciliation: ${data.subject}`;
  headline();
  records();
  kindBars();
  breaks();
  matches();
  proof();
})();
