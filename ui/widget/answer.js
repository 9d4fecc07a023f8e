// An answer as elements. Text is put in as text only, never as HTML.
export function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content.flat().filter((part) => part !== null && part !== undefined && part !== ""));
  return made;
}

// Words of the papers and of answers are Vietnamese, whatever the language of the screen.
function vietnamese(...elements) {
  for (const one of elements) one.lang = "vi";
  return elements;
}

export function button(className, label, pressed, ...content) {
  const made = element("button", className, ...(content.length ? content : [label]));
  made.type = "button";
  if (content.length) made.setAttribute("aria-label", label);
  made.addEventListener("click", pressed);
  return made;
}

const SHAPES = {
  chat: "M4 5h16v11H9l-5 4zM8 9h8M8 12h5",
  close: "M6 6l12 12M18 6L6 18",
  again: "M5 12a7 7 0 1 0 2-5M7 3v4h4",
  back: "M19 12H5M11 6l-6 6 6 6",
  up: "M7 11v9H4v-9zM7 11l4-8c2 0 3 1 2 6h6l-1 9c0 1-1 2-2 2H7",
  down: "M7 13V4H4v9zM7 13l4 8c2 0 3-1 2-6h6l-1-9c0-1-1-2-2-2H7",
  send: "M5 12h14M13 6l6 6-6 6",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", width: "24", height: "24", "aria-hidden": "true", focusable: "false" })) svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

// The parts of an answer: conclusion first, then lists and tables, notes, sources, what to ask next.
export function answerParts(answer, words, { cite, ask }) {
  const known = new Map(answer.citations.map((c) => [c.marker, c]));
  const marked = (text) => inline(text, known, words, cite);
  const repeated = new Set(answer.notes.map((n) => `Lưu ý: ${n.text}`)); // the text says it again for those who see text only
  const said = blocks(answer.answer.split("\n").filter((line) => !repeated.has(line.trim())), marked);
  if (said.length) said[0].classList.add("conclusion");
  const parts = words.statuses[answer.status] ? [element("p", "state", words.statuses[answer.status])] : [];
  parts.push(...vietnamese(...said), proofLine(answer.statements, words));
  for (const note of answer.notes) parts.push(element("p", "note", element("strong", "", `${words.notes[note.kind] || words.note}: `), marked(note.text)));
  if (answer.holds_on) parts.push(element("p", "meta", `${words.holds} ${date(answer.holds_on)}`));
  if (answer.citations.length) {
    parts.push(element("p", "label", answer.status === "not_found" ? words.nearest : words.sources));
    parts.push(element("ul", "sources", answer.citations.map((c) => element("li", "", sourceButton(c, words, cite)))));
  }
  if (answer.suggestions.length) {
    parts.push(element("p", "label", answer.status === "clarify" ? words.choose : words.next));
    parts.push(element("div", "chips", vietnamese(...answer.suggestions.map((next) => button("chip", next, () => ask(next))))));
  }
  return parts.filter(Boolean);
}

function sourceButton(citation, words, cite) {
  const where = [citation.number && `${words.number} ${citation.number}`, nearest(citation.path)].filter(Boolean).join(" · ");
  const made = element("button", "source", element("span", "marker", String(citation.marker)), element("span", "", vietnamese(element("b", "", citation.title)), where && element("small", "", where)));
  made.type = "button";
  made.addEventListener("click", () => cite(citation, made));
  return made;
}

function proofLine(statements, words) {
  const proven = statements.filter((s) => s.proof.ok);
  if (!proven.length) return null;
  const all = [...new Set(proven.flatMap((s) => s.proof.checked))];
  const told = all.filter((one) => !all.some((other) => other !== one && other.includes(one))); // "2024" says no more beside "10/6/2024"
  return element("p", "proof", told.length ? `${words.proven}${told.slice(0, 6).join(" · ")}${told.length > 6 ? " …" : ""}` : words.taken);
}

// Lines to paragraphs, lists ("- ") and tables ("| a | b |").
function blocks(lines, marked) {
  const made = [];
  let [list, table] = [null, null];
  for (const raw of lines) {
    const line = raw.trim();
    const item = /^[-•+*]\s+(.*)$/.exec(line);
    const row = /^\|(.*)\|\s*(?:\[|$)/.test(line) ? line.replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim()) : null;
    if (!item) list = null;
    if (!row) table = null;
    if (item) {
      if (!list) made.push(list = element("ul"));
      list.append(element("li", "", marked(item[1])));
    } else if (row && row.some((cell) => !/^:?-+:?$/.test(cell))) {
      const first = !table;
      if (first) {
        made.push(element("div", "wide", table = element("table")));
        made.at(-1).tabIndex = 0; // scrolled sideways by keyboard
      }
      table.append(element("tr", "", row.map((cell) => element(first ? "th" : "td", "", marked(cell)))));
    } else if (line && !row) {
      made.push(element("p", "", marked(line)));
    }
  }
  return made;
}

// Text with "[1]" made a button that opens its source; other square brackets stay as they are.
function inline(text, known, words, cite) {
  return text.split(/(\s*\[\d+\])/).map((part) => {
    const marker = /^\s*\[(\d+)\]$/.exec(part);
    const citation = marker && known.get(Number(marker[1]));
    if (!citation) return part;
    const made = button("cite", `${words.source} ${marker[1]}: ${citation.title}`, () => cite(citation, made), marker[1]);
    return element("sup", "", made);
  });
}

// A cited paragraph: the paper it is from, the text with the proving words marked, and, once `more` is read, what stands around it.
export function sourceParts(citation, more, words, base) {
  const about = [
    citation.number && `${words.number} ${citation.number}`, citation.issuer, citation.issued_on && `${words.dated} ${date(citation.issued_on)}`,
    citation.page && `${words.page} ${citation.page}`,
  ];
  const link = element("a", "open", words.open, element("span", "hidden", ` ${words.newTab}`));
  if (/^\/documents\//.test(citation.url)) link.href = base + citation.url;
  link.target = "_blank";
  link.rel = "noopener";
  const around = (label, text) => text && element("details", "", element("summary", "", label), element("p", "quoted", text));
  const quote = element("blockquote", "quoted", highlighted(plain(citation.text), plain(citation.quote)));
  return [
    element("p", "tags", element("span", `tag ${citation.form}`, words[citation.form] || citation.form)),
    ...vietnamese(element("h3", "", citation.title)),
    element("p", "meta", about.filter(Boolean).join(" · ")),
    ...vietnamese(quote),
    ...(more ? more.doubts : []).map((doubt) => element("p", "note", doubt)),
    more && more.validity && element("p", "note", more.validity),
    citation.path.length ? element("p", "path", words.place, citation.path.map(plain).join(" › ")) : null,
    more && around(words.before, more.before),
    more && around(words.after, more.after),
    citation.form === "digest" && element("p", "meta", words.digestNote),
    element("p", "", link),
  ].filter(Boolean);
}

function highlighted(text, quote) {
  const place = find(text, quote);
  return place ? [text.slice(0, place[0]), element("mark", "", text.slice(...place)), text.slice(place[1])] : [text];
}

// Where the quote stands in the text: letters and digits count, spaces and signs do not.
function find(text, quote) {
  const letters = (s) => {
    const found = { words: "", at: [] };
    for (const m of s.matchAll(/[\p{L}\p{N}\p{M}]/gu)) {
      const low = m[0].toLowerCase();
      const one = low.length === m[0].length ? low : m[0];
      found.words += one;
      for (let k = 0; k < one.length; k++) found.at.push(m.index + k);
    }
    return found;
  };
  const [whole, part] = [letters(text), letters(quote)];
  const start = part.words ? whole.words.indexOf(part.words) : -1;
  if (start < 0) return null;
  const end = whole.at[start + part.words.length - 1] + 1;
  return [whole.at[start], end + /^[.,;:!?)%”"]*/.exec(text.slice(end))[0].length];
}

// Text without the marks of headings and of bold type that stand in scanned papers.
function plain(text) {
  return text.split("\n").map((line) => line.replace(/^\s*#+\s*/, "").replaceAll("**", "").trim()).filter(Boolean).join("\n");
}

function nearest(path) {
  return path.length ? plain(path.at(-1)) : "";
}

function date(iso) {
  return iso.split("-").reverse().map((part) => String(Number(part))).join("/");
}
