"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const sides = ["left", "right"];
  const kinds = ["missing", "differs", "duplicate", "ambiguous"];
  const NO_CURRENCY = "XXX";
  const CURRENCIES_AT_ONCE = 6;
  const FILTER_FROM = 8;

  const integer = new Intl.NumberFormat("en");
  const count = number => integer.format(number);
  const counted = (number, one, many) => `${count(number)} ${number === 1 ? one : many}`;
  const byId = id => document.getElementById(id);
  const drawn = new Set(["svg", "rect", "title"]);

  // Everything reaches the page as text: no value of a record is ever read as markup.
  function el(name, attributes = {}, ...children) {
    const node = drawn.has(name) ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "onclick") node.addEventListener("click", value);
      else if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value);
    }
    node.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null));
    return node;
  }

  // Text of the sources in a line of its own direction, so that it cannot turn its neighbours around.
  const quoted = text => el("bdi", {}, text);
  const dot = kind => el("span", {class: `dot ${kind}`, "aria-hidden": "true"});

  // Amounts come as text and stay text; they never become floating-point numbers, which would lose digits.
  // "-1234.50" is shown as "−1,234.50".
  function grouped(amount) {
    const [, sign, whole, rest] = /^(-?)(\d+)(.*)$/.exec(amount);
    return (sign ? "\u2212" : "") + whole.replace(/\B(?=(\d{3})+$)/g, ",") + rest;
  }
  const decimals = amount => amount.includes(".") ? amount.length - amount.indexOf(".") - 1 : 0;
  const code = currency => currency === NO_CURRENCY ? "" : currency;

  // Blanks as wide as the missing decimals keep the decimal points of a column below each other.
  function aligned(amount, currency, most, withCurrency) {
    const missing = most - decimals(amount);
    const blanks = (most > 0 && missing === most ? "\u2008" : "") + "\u2007".repeat(missing);
    return [grouped(amount) + blanks, withCurrency ? el("span", {class: "currency"}, code(currency)) : null];
  }

  // A decimal as a whole number of 10^-20, which is exact; control totals have at most 18 decimals.
  function exact(decimal) {
    const [whole, fraction = ""] = decimal.replace("-", "").split(".");
    const size = BigInt(whole + fraction.padEnd(20, "0"));
    return decimal.startsWith("-") ? -size : size;
  }
  const byNumber = (a, b) => a < b ? -1 : a > b ? 1 : 0;
  const byText = (a, b) => a.localeCompare(b, "en", {numeric: true});

  // Rounded down: a side with a break left is never said to be matched to 100 %.
  function percent(part, whole) {
    if (whole === 0) return "\u2013";
    return `${(Math.floor(part * 1000 / whole) / 10).toFixed(1)} %`;
  }
  const share = (part, whole) => whole === 0 || part === 0 ? 0 : Math.max(100 * part / whole, .4);

  function bar(label, parts) {
    const svg = el("svg", {role: "img", "aria-label": label}, el("title", {}, label),
      el("rect", {class: "track", width: "100%", height: "100%"}));
    let x = 0;
    for (const [kind, width] of parts) {
      if (width > 0) svg.append(el("rect", {class: kind, x: `${x}%`, width: `${width}%`, height: "100%"}));
      x += width;
    }
    return svg;
  }

  // A table whose headers sort it (down, up, and back to its own order) and that filters by words and by choices.
  // column: name, of(row) for filter and sort; show(row) for the cell, compare(rowA, rowB) up; group(row) is kept together.
  function table(target, what, rows, columns, {choices = [], detail = null} = {}) {
    let order = -1, descending = false;
    const words = el("input", {type: "search", placeholder: `Filter ${what}`, "aria-label": `Filter ${what}`});
    const selects = choices.map(choice => {
      const values = [...new Set(rows.map(choice.of))].sort(byText);
      return values.length < 2 ? null : el("select", {"aria-label": `${choice.name} of ${what}`},
        el("option", {value: ""}, `any ${choice.name}`), values.map(value => el("option", {value: `=${value}`}, value)));
    });
    const shown = el("output");
    const head = el("tr", {}, detail ? el("th", {scope: "col"}, el("span", {})) : null);
    const body = el("tbody");
    const headers = columns.map((column, i) => {
      const header = el("th", {scope: "col", class: column.number ? "number" : null},
        el("button", {type: "button", title: column.hint, onclick: () => sort(i)}, column.name));
      head.append(header);
      return header;
    });
    const searched = rows.map(row => columns.map(column => column.of(row)).join("\u0000").toLowerCase());

    function sort(i) {
      if (order !== i) [order, descending] = [i, false];
      else if (!descending) descending = true;
      else order = -1;
      draw();
    }

    function comparison(column) {
      const compare = column.compare || ((a, b) => byText(column.of(a), column.of(b)));
      return (a, b) => {
        const emptyA = column.of(a) === "", emptyB = column.of(b) === "";
        return emptyA - emptyB || (emptyA ? 0 : (column.group ? byText(column.group(a), column.group(b)) : 0)
          || compare(a, b) * (descending ? -1 : 1));
      };
    }

    function draw() {
      const wanted = words.value.trim().toLowerCase();
      const visible = rows.filter((row, i) => searched[i].includes(wanted)
        && choices.every((choice, c) => !selects[c] || selects[c].value === "" || selects[c].value === `=${choice.of(row)}`));
      if (order >= 0) visible.sort(comparison(columns[order]));
      headers.forEach((header, i) => {
        if (i === order) header.setAttribute("aria-sort", descending ? "descending" : "ascending");
        else header.removeAttribute("aria-sort");
      });
      body.replaceChildren(...visible.map(line));
      shown.textContent = `${count(visible.length)} of ${count(rows.length)}`;
    }

    function line(row) {
      const tr = el("tr", {}, detail ? el("td", {}, opener(row)) : null, columns.map(column =>
        el("td", {class: column.number ? "number" : column.kind}, column.show ? column.show(row) : column.of(row))));
      return tr;
    }

    function opener(row) {
      const button = el("button", {type: "button", class: "open", "aria-expanded": "false", "aria-label": detail.label(row),
        onclick: () => {
          const open = button.getAttribute("aria-expanded") === "true";
          button.setAttribute("aria-expanded", String(!open));
          button.textContent = open ? "+" : "\u2212";
          const tr = button.closest("tr");
          if (open) tr.nextSibling.remove();
          else tr.after(el("tr", {class: "detail"}, el("td", {colspan: columns.length + 1}, detail.show(row))));
        }}, "+");
      return button;
    }

    words.addEventListener("input", draw);
    selects.forEach(select => select && select.addEventListener("change", draw));
    if (rows.length >= FILTER_FROM) target.append(el("div", {class: "controls"}, words, selects, shown));
    target.append(el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": `Table of ${what}`},
      el("table", {}, el("thead", {}, head), body)));
    draw();
  }

  // Amounts of several currencies stay apart, in the order of their codes: across currencies they do not compare.
  function amountColumn(name, rows, of, currency, several) {
    const most = Math.max(0, ...rows.map(row => decimals(of(row))));
    return {name, number: true, of, hint: several ? "Sorts within each currency" : null,
      show: row => of(row) === "" ? "" : aligned(of(row), currency(row), most, true),
      group: currency, compare: (a, b) => byNumber(exact(of(a)), exact(of(b)))};
  }
  const countColumn = (name, of) => ({name, number: true, of: row => String(of(row)),
    show: row => of(row) === 0 ? "\u2013" : count(of(row)), compare: (a, b) => of(a) - of(b)});

  const ofOneCurrency = (rows, currency) => new Set(rows.map(currency).filter(each => each !== "")).size < 2;

  function headline() {
    const breaks = data.breaks.total, suggested = data.suggested;
    const rejects = data.records.left.rejects + data.records.right.rejects;
    const open = [];
    if (breaks) open.push(counted(breaks, "break", "breaks"));
    if (suggested) open.push(counted(suggested, "suggested match", "suggested matches"));
    if (rejects) open.push(counted(rejects, "rejected row", "rejected rows"));
    const list = open.length < 2 ? open.join("") : `${open.slice(0, -1).join(", ")} and ${open.at(-1)}`;
    byId("verdict").textContent = open.length === 0 ? "Everything ties out."
      : `Not tied out: ${list} ${open.length === 1 && /^1 /.test(list) ? "is" : "are"} open.`;
    byId("verdict").className = open.length === 0 ? "tied" : "open-items";
    const figure = (value, ...text) => byId("headline").append(
      el("div", {class: "figure"}, el("strong", {}, value), el("span", {}, ...text)));
    for (const side of sides) {
      const total = data.records[side];
      figure(percent(total.matched, total.records), `${count(total.matched)} of ${count(total.records)} ${side} records matched`);
    }
    const ofSide = side => kinds.reduce((sum, kind) => sum + data.kinds[side][kind], 0);
    figure(count(breaks), breaks === 1 ? "break" : "breaks", ` (${count(ofSide("left"))} left, ${count(ofSide("right"))} right)`);
    figure(count(suggested), suggested === 1 ? "suggested match to review" : "suggested matches to review");
    openAmounts();
  }

  function openAmounts() {
    const totals = data.totals.filter(total => total.field === data.amount && !/^[-0.]*$/.test(total.breaks));
    const currencies = [...new Set(totals.map(total => total.currency))];
    if (currencies.length === 0) return;
    const most = Math.max(...totals.map(total => decimals(total.breaks)));
    const cell = (currency, side) => {
      const total = totals.find(each => each.currency === currency && each.side === side);
      return el("td", {class: "number"}, total ? aligned(total.breaks, currency, most, false) : "\u2013");
    };
    const rest = currencies.length - CURRENCIES_AT_ONCE;
    byId("headline").append(el("div", {class: "figure wide"}, el("table", {},
      el("thead", {}, el("tr", {}, el("th", {scope: "col"}, quoted(data.amount), " in breaks"),
        sides.map(side => el("th", {scope: "col", class: "number"}, side)))),
      el("tbody", {}, currencies.slice(0, CURRENCIES_AT_ONCE).map(currency => el("tr", {},
        el("td", {}, code(currency) || "no currency"), sides.map(side => cell(currency, side)))))),
    rest > 0 ? el("span", {}, `and ${counted(rest, "currency", "currencies")} more, below`) : null));
  }

  function passes() {
    const target = byId("passes");
    const stacked = ["matched", ...kinds, "rejected"];
    const of = (side, part) => part === "matched" ? data.records[side].matched
      : part === "rejected" ? data.records[side].rejects : data.kinds[side][part];
    const rows = side => data.records[side].records + data.records[side].rejects;
    const stack = el("div", {class: "stack"});
    for (const side of sides) {
      const said = stacked.filter(part => of(side, part)).map(part => `${count(of(side, part))} ${part}`).join(", ");
      stack.append(el("span", {}, side), bar(`${side}: ${said || "no records"}`,
        stacked.map(part => [part, rows(side) ? 100 * of(side, part) / rows(side) : 0])),
      el("span", {class: "number"}, count(rows(side))));
    }
    target.append(stack, el("ul", {class: "legend"}, stacked.filter(part => of("left", part) + of("right", part))
      .map(part => el("li", {}, dot(part), part))));
    table(target, "passes", data.passes.map((pass, i) => ({...pass, number: i})), [
      {name: "pass", kind: "name", of: row => row.name, show: row => quoted(row.name), compare: (a, b) => byText(a.name, b.name)},
      {name: "share of records, left above right", kind: "bars", of: row => String(row.left + row.right),
        compare: (a, b) => a.left + a.right - b.left - b.right,
        show: row => sides.map(side => bar(`${row.name}, ${side}: ${count(row[side])} of ${count(data.records[side].records)} records`,
          [[side, share(row[side], data.records[side].records)]]))},
      countColumn("left records", row => row.left),
      countColumn("right records", row => row.right),
      countColumn("confirmed", row => row.confirmed),
      countColumn("suggested", row => row.suggested),
      countColumn("of these tied", row => row.ambiguous),
    ]);
  }

  function kindBars() {
    const target = byId("kinds");
    if (data.breaks.total === 0) {
      target.append(el("p", {}, "There are none."));
      return;
    }
    const panel = (title, entries) => {
      const most = Math.max(...entries.map(entry => entry.size));
      return el("div", {}, el("h3", {}, title), el("div", {class: "lines"}, entries.map(entry => [
        el("span", {}, dot(entry.kind), `${entry.kind}, ${entry.side}`),
        bar(`${entry.kind}, ${entry.side}: ${entry.said}`, [[entry.kind, share(entry.size, most)]]),
        el("span", {class: "number"}, entry.text)])));
    };
    const counts = kinds.flatMap(kind => sides.map(side => ({kind, side, size: data.kinds[side][kind]})))
      .filter(entry => entry.size).map(entry => ({...entry, text: count(entry.size), said: count(entry.size)}));
    // A panel for each currency, with a scale of its own: bars of two currencies must not invite comparison.
    const values = [...new Set(data.values.map(value => value.currency))].map(currency => {
      const of = data.values.filter(value => value.currency === currency);
      const most = Math.max(...of.map(value => decimals(value.sum)));
      const entries = kinds.flatMap(kind => sides.map(side => of.find(value => value.kind === kind && value.side === side)))
        .filter(value => value).map(value => ({kind: value.kind, side: value.side,
          // Only the length of a bar is rounded, never a figure.
          size: Number(value.sum), text: aligned(value.sum, currency, most, true), said: `${grouped(value.sum)} ${code(currency)}`}));
      return panel(`Value in ${code(currency) || "no currency"}`, entries);
    });
    target.append(el("div", {class: "panels"}, panel("Number", counts), values.slice(0, CURRENCIES_AT_ONCE - 1)));
    const more = values.slice(CURRENCIES_AT_ONCE - 1);
    if (more.length) target.append(el("details", {}, el("summary", {}, `${counted(more.length, "currency", "currencies")} more`),
      el("div", {class: "panels"}, more)));
    if (values.length) target.append(el("p", {class: "note"}, "Value is the sum of ", quoted(data.amount), " without signs",
      values.length > 1 ? "; each currency has a scale of its own." : "."));
  }

  function side(row, other) {
    return other ? (row.side === "left" ? "right" : "left") : row.side;
  }

  function comparison(row) {
    return el("table", {class: "compare"}, el("thead", {}, el("tr", {}, el("td"),
      el("th", {scope: "col"}, `${side(row)} `, quoted(row.key)),
      row.near ? el("th", {scope: "col"}, `${side(row, true)} `, quoted(row.nearest)) : null)),
    el("tbody", {}, data.fields.map((field, i) => el("tr", {class: row.near && row.differ.includes(i) ? "differs" : null},
      el("th", {scope: "row"}, quoted(field)), el("td", {}, quoted(row.own[i])), row.near ? el("td", {}, quoted(row.near[i])) : null))));
  }

  function breaks() {
    const rows = data.breaks.shown, all = data.breaks.total, target = byId("breaks");
    if (all === 0) {
      target.append(el("p", {}, "There are none."));
      return;
    }
    const several = !ofOneCurrency(rows, row => row.currency);
    const notes = [];
    if (rows.length < all) notes.push(`The ${count(rows.length)} ${data.amount ? "largest" : "first"} of ${count(all)}; all are in breaks.csv.`);
    if (several) notes.push("Amounts are compared within a currency only" + (rows.length < all
      ? ": each currency gives its largest in turn." : "; the largest of each come first."));
    if (notes.length) target.append(el("p", {class: "note", id: "breaks-note"}, notes.join(" ")));
    table(target, "breaks", rows, [
      {name: "side", kind: "word", of: row => row.side},
      {name: "key", kind: "key", of: row => row.key, show: row => quoted(row.key)},
      {name: "kind", kind: "word", of: row => row.kind, show: row => [dot(row.kind), row.kind]},
      ...(data.amount ? [amountColumn(data.amount, rows, row => row.amount, row => row.currency, several)] : []),
      {name: "why", kind: "long", of: row => row.reason},
      {name: "nearest", kind: "key", of: row => row.nearest || "", show: row => quoted(row.nearest || "")},
    ], {
      choices: [{name: "side", of: row => row.side}, {name: "kind", of: row => row.kind},
        {name: "currency", of: row => code(row.currency)}],
      detail: {label: row => row.near ? `Compare ${row.key} with ${row.nearest}` : `Show ${row.key}`, show: comparison},
    });
  }

  function matches() {
    const rows = data.matches.shown, all = data.matches.total, target = byId("matches");
    if (all === 0) {
      target.append(el("p", {}, "There are none."));
      return;
    }
    if (rows.length < all) target.append(el("p", {class: "note", id: "matches-note"},
      `${count(rows.length)} of ${count(all)}, those to review first; all are in matches.csv.`));
    const pass = row => data.passes[row.pass].name;
    table(target, "matches", rows, [
      {name: "match", number: true, of: row => String(row.id), compare: (a, b) => a.id - b.id},
      {name: "left", kind: "key", of: row => row.left, show: row => quoted(row.left)},
      {name: "right", kind: "key", of: row => row.right, show: row => quoted(row.right)},
      {name: "pass", kind: "name", of: pass, show: row => quoted(pass(row))},
      {name: "status", kind: "word", of: row => row.status},
      {name: "records", kind: "word", of: row => row.cardinality},
      {name: "score", number: true, of: row => row.score, compare: (a, b) => byNumber(exact(a.score), exact(b.score)),
        show: row => row.score + (row.score.includes(".") ? "" : "\u2008") + "\u2007".repeat(4 - decimals(row.score))},
      {name: "differences", kind: "long", of: row => row.differences},
    ], {choices: [{name: "pass", of: pass}, {name: "status", of: row => row.status}]});
  }

  function totals() {
    const target = byId("totals"), rows = data.totals;
    const records = sides.map(side => {
      const total = data.records[side];
      return `${side}: ${count(total.records + total.rejects)} rows = ${count(total.matched)} matched`
        + ` + ${count(total.records - total.matched)} in breaks + ${count(total.rejects)} rejected`;
    });
    target.append(el("p", {class: "note"}, "What went in is what is in matches, breaks and rejects. ", records.join("; "), "."));
    if (rows.length === 0) return;
    const several = !ofOneCurrency(rows, row => row.currency);
    table(target, "control totals", rows, [
      {name: "field", kind: "name", of: row => row.field, show: row => quoted(row.field)},
      {name: "side", kind: "word", of: row => row.side},
      ...["in", "matches", "breaks", "rejects"].map(name =>
        amountColumn(name, rows, row => row[name], row => row.currency, several)),
    ], {choices: [{name: "currency", of: row => code(row.currency)}, {name: "side", of: row => row.side}]});
  }

  function digests() {
    byId("digests").append(el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of digests"},
      el("table", {}, el("thead", {}, el("tr", {}, ["", "name", "SHA-256"].map(name => el("th", {scope: "col"}, name)))),
        el("tbody", {}, data.digests.map(digest => el("tr", {}, el("td", {class: "word"}, digest.name),
          el("td", {class: "key"}, quoted(digest.what)), el("td", {class: "digest"}, digest.value)))))));
  }

  function theme() {
    const root = document.documentElement, button = byId("theme");
    const preferred = matchMedia("(prefers-color-scheme: dark)");
    const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : preferred.matches;
    const name = () => { button.textContent = isDark() ? "Light" : "Dark"; };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      name();
    });
    preferred.addEventListener("change", name);
    button.hidden = false;
    name();
  }

  const file = path => path.split(/[\\/]/).at(-1);
  const [left, right, plan] = ["left", "right", "plan"].map(name => file(data.digests.find(digest => digest.name === name).what));
  byId("subject").append(quoted(left), " against ", quoted(right), ", by ", quoted(plan));
  document.title = `Reconciliation: ${left} against ${right}`;
  theme();
  headline();
  passes();
  kindBars();
  breaks();
  matches();
  totals();
  digests();
})();
