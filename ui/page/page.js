// The question page. Answers are put in as text nodes only, never as HTML; the turns before are kept in memory and nowhere else.
"use strict";

const LONGEST_HISTORY = 20; // the API takes as many turns
const SLOWEST = 60000; // milliseconds after which waiting is given up
const LONG = 700; // characters from which a paragraph is shown around its quote
const AROUND = 220;
const STATUSES = {
  partial: "Trả lời được một phần", not_found: "Không tìm thấy", clarify: "Cần nói rõ hơn",
  out_of_scope: "Ngoài phạm vi", refused: "Không thực hiện", error: "Có lỗi",
};
const NOTES = { conflict: "Không thống nhất", expired: "Đã hết thời kỳ", amended: "Đã sửa đổi", caution: "Cẩn trọng", scope: "Phạm vi" };

const talk = document.getElementById("talk");
const form = document.getElementById("ask");
const box = document.getElementById("question");
const send = document.getElementById("send");
const again = document.getElementById("again");
let turns = [];
let asked = 0;
let talkNumber = 0; // grows with "start again", so that a late answer of the talk before is dropped

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content.filter((part) => part !== null && part !== ""));
  return made;
}

async function ask(question) {
  if (send.disabled) return;
  const talkNow = talkNumber;
  const turn = ++asked;
  document.getElementById("welcome").hidden = true;
  again.hidden = false;
  send.disabled = true;
  const card = element("article", "card", element("p", "waiting", "Đang tra văn bản"));
  const heading = element("h2", "asked", question);
  talk.append(heading, card);
  heading.scrollIntoView({ block: "start" });
  try {
    const answer = await fetchAnswer(question, turns.slice(-LONGEST_HISTORY));
    if (talkNow !== talkNumber) return;
    turns.push(question);
    card.replaceChildren(...answerParts(answer, turn));
  } catch (problem) {
    if (talkNow !== talkNumber) return;
    const retry = () => { heading.remove(); card.remove(); ask(question); };
    card.replaceChildren(...failure(problem.message, retry));
  } finally {
    if (talkNow === talkNumber) send.disabled = false;
  }
  heading.scrollIntoView({ block: "start" });
}

async function fetchAnswer(question, history) {
  let response;
  try {
    response = await fetch("/api/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ question, history }),
      signal: AbortSignal.timeout(SLOWEST),
    });
  } catch (problem) {
    throw new Error(problem.name === "TimeoutError"
      ? "Máy chủ trả lời quá lâu. Hãy thử lại, hoặc hỏi ngắn hơn."
      : "Không kết nối được máy chủ. Hãy kiểm tra mạng hoặc máy chủ rồi thử lại.");
  }
  const said = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(said.detail || "Máy chủ gặp lỗi. Hãy thử lại sau ít phút.");
  return said;
}

function failure(message, retry) {
  return [element("span", "status error", "Có lỗi"), element("p", "", message), element("div", "suggestions", button("Thử lại", retry))];
}

function answerParts(answer, turn) {
  const known = new Set(answer.citations.map((c) => c.marker));
  const parts = [];
  if (STATUSES[answer.status]) parts.push(element("span", `status ${answer.status}`, STATUSES[answer.status]));
  // A note that the text repeats is shown once, as a note.
  const repeated = new Set(answer.notes.map((n) => `Lưu ý: ${n.text}`));
  const said = blocks(answer.answer.split("\n").filter((line) => !repeated.has(line.trim())), turn, known);
  if (said.length) said[0].classList.add("conclusion");
  parts.push(...said);
  const proof = proofLine(answer.statements);
  if (proof) parts.push(proof);
  for (const note of answer.notes) {
    parts.push(element("p", "note", element("strong", "", `${NOTES[note.kind] || "Lưu ý"}: `), ...inline(note.text, turn, known)));
  }
  if (answer.holds_on) parts.push(element("p", "meta", `Trả lời theo văn bản áp dụng đến ngày ${answer.holds_on.split("-").reverse().join("/")}`));
  if (answer.citations.length) {
    parts.push(element("p", "label", answer.status === "not_found" ? "Nội dung gần nhất" : "Nguồn"));
    parts.push(element("ul", "sources", ...byPaper(answer.citations).map((cited) => source(cited, turn))));
  }
  if (answer.suggestions.length) {
    const label = answer.status === "clarify" ? "Chọn hoặc gõ câu trả lời" : "Có thể hỏi tiếp";
    parts.push(element("p", "label", label), element("div", "suggestions", ...answer.suggestions.map((next) => button(next, () => ask(next)))));
  }
  return parts;
}

function button(words, pressed, className = "") {
  const made = element("button", className, words);
  made.type = "button";
  made.addEventListener("click", pressed);
  return made;
}

function proofLine(statements) {
  const proven = statements.filter((s) => s.proof.ok);
  if (!proven.length) return null;
  const all = [...new Set(proven.flatMap((s) => s.proof.checked))];
  const checked = all.filter((one) => !all.some((other) => other !== one && other.includes(one))); // "2024" says no more beside "10/6/2024"
  const shown = checked.slice(0, 8).join(" · ") + (checked.length > 8 ? " …" : "");
  return element("p", "proof", checked.length ? `✓ Đã đối chiếu với đoạn trích: ${shown}` : "✓ Lấy từ đoạn trích dưới đây");
}

// Lines to paragraphs, lists ("- ") and tables ("| a | b |").
function blocks(lines, turn, known) {
  const made = [];
  let list = null;
  let table = null;
  for (const raw of lines) {
    const line = raw.trim();
    const item = /^[-•+*]\s+(.*)$/.exec(line);
    const row = /^\|(.*)\|\s*(?:\[|$)/.test(line) ? line.replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim()) : null;
    if (!item) list = null;
    if (!row) table = null;
    if (item) {
      if (!list) made.push(list = element("ul"));
      list.append(element("li", "", ...inline(item[1], turn, known)));
    } else if (row) {
      if (row.every((cell) => /^:?-+:?$/.test(cell))) continue;
      const first = !table;
      if (first) made.push(element("div", "scroll", table = element("table")));
      table.append(element("tr", "", ...row.map((cell) => element(first ? "th" : "td", "", ...inline(cell, turn, known)))));
    } else if (line) {
      made.push(element("p", "", ...inline(line, turn, known)));
    }
  }
  return made;
}

// Text with "[1]" made a link to its source; other square brackets stay as they are.
function inline(text, turn, known) {
  return text.split(/(\s*\[\d+\])/).map((part) => {
    const marker = /^\s*\[(\d+)\]$/.exec(part);
    if (!marker || !known.has(Number(marker[1]))) return part;
    const link = element("a", "", marker[1]);
    link.href = `#nguon-${turn}-${marker[1]}`;
    link.setAttribute("aria-label", `Nguồn ${marker[1]}`);
    return element("sup", "", link);
  });
}

// Citations in their order, those of one paper that follow one another together.
function byPaper(citations) {
  const groups = [];
  for (const citation of citations) {
    const last = groups.at(-1);
    if (last && last[0].document_id === citation.document_id) last.push(citation);
    else groups.push([citation]);
  }
  return groups;
}

function source(citations, turn) {
  const [paper] = citations;
  const date = (paper.issued_on || "").split("-").reverse().map(Number).join("/");
  const about = [paper.number && `Số ${paper.number}`, paper.issuer, paper.issued_on && `${date.split("/").length === 3 ? "ngày " : ""}${date}`];
  const title = element("h3", "", paper.title);
  if (paper.form === "digest") title.append(" ", element("span", "tag", "tóm lược"));
  let above = "";
  const cited = citations.map((citation) => {
    const path = nearest(citation.path);
    const heading = path && path !== above ? element("p", "path", path) : null;
    above = path;
    const link = element("a", "open", "Mở trong văn bản");
    if (citation.url.startsWith("/documents/")) link.href = citation.url;
    const item = element("div", "cited", element("span", "number", String(citation.marker)), heading, ...quoted(plain(citation.text), plain(citation.quote)), link);
    item.id = `nguon-${turn}-${citation.marker}`;
    return item;
  });
  return element("li", "source", title, element("p", "meta", about.filter(Boolean).join(" · ")), ...cited);
}

// The last headings above a paragraph; all of them stand in the paper itself.
function nearest(path) {
  const shown = path.slice(-2).map((heading) => (heading.length > 110 ? `${heading.slice(0, heading.lastIndexOf(" ", 110))}…` : heading));
  return (path.length > 2 ? "… › " : "") + shown.join(" › ");
}

// The source's marks for bold and headings are no part of its words.
function plain(text) {
  return (text || "").split("\n").map((line) => line.replace(/^[#>\s]+|\\?[*_`]+|<\/?(?:sub|sup|b|i|u|br)\s*\/?>/g, "").trim()).filter(Boolean).join("\n");
}

function quoted(text, quote) {
  const place = find(text, quote);
  const block = element("blockquote");
  const show = (from, to) => {
    const [a, b] = place || [from, from];
    block.replaceChildren(from > 0 ? "… " : "", text.slice(from, a), place ? element("mark", "", text.slice(a, b)) : "", text.slice(b, to), to < text.length ? " …" : "");
  };
  if (text.length <= LONG) {
    show(0, text.length);
    return [block];
  }
  const [a, b] = place || [0, AROUND];
  const from = a > AROUND ? text.indexOf(" ", a - AROUND) + 1 : 0;
  const to = b + AROUND < text.length ? text.lastIndexOf(" ", b + AROUND) : text.length;
  show(Math.min(from, a), Math.max(to, b));
  if (from === 0 && to === text.length) return [block];
  const more = button("Xem cả đoạn", () => { show(0, text.length); more.remove(); }, "plain");
  return [block, more];
}

// Where the quote stands in the text: letters and digits count, spaces and signs do not.
function find(text, quote) {
  const letters = (s) => [...s].reduce((found, c) => {
    if (/[\p{L}\p{N}]/u.test(c)) { found.words += c.toLowerCase().length === c.length ? c.toLowerCase() : c; for (let k = 0; k < c.length; k++) found.at.push(found.end + k); }
    found.end += c.length;
    return found;
  }, { words: "", at: [], end: 0 });
  const [whole, part] = [letters(text), letters(quote)];
  const start = part.words ? whole.words.indexOf(part.words) : -1;
  if (start < 0) return null;
  const end = whole.at[start + part.words.length - 1] + 1;
  return [whole.at[start], end + /^[.,;:!?)%”"]*/.exec(text.slice(end))[0].length];
}

function fit() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = box.value.trim();
  if (!question || send.disabled) return;
  box.value = "";
  fit();
  ask(question);
});
box.addEventListener("input", fit);
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { // composing: the Enter that ends a Telex or VNI syllable
    event.preventDefault();
    form.requestSubmit();
  }
});
for (const example of document.querySelectorAll("#examples button")) example.addEventListener("click", () => ask(example.textContent));
again.addEventListener("click", () => {
  talkNumber++;
  turns = [];
  talk.replaceChildren();
  send.disabled = false;
  again.hidden = true;
  document.getElementById("welcome").hidden = false;
  box.focus();
});
fetch("/api/documents").then((r) => r.json()).then(({ documents }) => {
  document.getElementById("count").textContent = ` (${documents.length})`;
}).catch(() => {});
if (matchMedia("(min-width: 48rem)").matches) box.focus(); // on a phone the keyboard would hide the examples
