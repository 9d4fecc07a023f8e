// The little that the page does by itself: suggested questions, copying, sorting, and where the focus goes. Answers are made on the server.
(() => {
  "use strict";
  const box = () => document.querySelector("#question textarea, #question input");
  const ask = (text) => {
    const field = box();
    if (!field) return;
    const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set;
    set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    // The server is told of the new text in the next turn of the event loop.
    setTimeout(() => document.querySelector("#send")?.click(), 30);
  };
  const copied = async (button) => {
    const turn = button.closest("article.turn");
    const answer = turn.querySelector(".answer").cloneNode(true);
    answer.querySelectorAll(".tools, .next, .state, svg, .kept").forEach((part) => part.remove());
    answer.querySelectorAll("sup.cite a").forEach((mark) => { mark.textContent = `[${mark.textContent}]`; });
    answer.querySelectorAll("p, li, tr, h3").forEach((part) => part.append("\n"));
    const at = button.dataset.turn;
    const cards = [...document.querySelectorAll(`[id^="nguon-${at}-"]`)].map((card) => {
      const [title, about] = [card.querySelector("h3"), card.querySelector(".day")].map((part) => part.textContent.trim());
      return `[${title.replace(/^(\d+)\s*/, "$1] ")} · ${about}\n${card.querySelector("a.open").href}`;
    });
    const text = `${turn.querySelector(".asked").textContent.trim()}\n\n${answer.textContent.replace(/\n{2,}/g, "\n").trim()}\n\n${cards.join("\n")}\n`;
    await navigator.clipboard.writeText(text);
    const words = button.textContent;
    button.textContent = "✓";
    setTimeout(() => { button.textContent = words; }, 1500);
  };
  const sorted = (button) => {
    const cell = button.closest("th");
    const table = cell.closest("table");
    const column = [...cell.parentNode.children].indexOf(cell);
    const up = cell.getAttribute("aria-sort") !== "ascending";
    const value = (row) => row.children[column].dataset.value ?? row.children[column].textContent.trim();
    const rows = [...table.tBodies[0].rows].sort((a, b) => {
      const [x, y] = [value(a), value(b)];
      const order = x !== "" && y !== "" && !Number.isNaN(+x) && !Number.isNaN(+y) ? x - y : x.localeCompare(y, "vi");
      return up ? order : -order;
    });
    table.tBodies[0].append(...rows);
    table.querySelectorAll("th").forEach((head) => head.removeAttribute("aria-sort"));
    cell.setAttribute("aria-sort", up ? "ascending" : "descending");
  };
  // Takes back a part of what is talked about: gone at once, told to the page, and the person may type on.
  const drop = (button) => {
    const line = button.closest(".about");
    button.remove();
    if (!line.querySelector("button")) line.remove();
    document.querySelector(`#drop-${button.dataset.kind}`)?.click();
    box()?.focus();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.classList.contains("ask")) ask(button.dataset.ask);
    else if (button?.classList.contains("drop")) drop(button);
    else if (button?.classList.contains("copy")) copied(button);
    else if (button?.classList.contains("sort")) sorted(button);
    const cite = event.target.closest("sup.cite a");
    if (cite) {
      const card = document.querySelector(cite.getAttribute("href"));
      if (!card) return;
      event.preventDefault();
      from = cite;
      card.closest("details")?.setAttribute("open", "");
      document.querySelectorAll(".source.shown").forEach((other) => other.classList.remove("shown"));
      card.classList.add("shown");
      card.scrollIntoView({ block: "nearest" });
      card.focus({ preventScroll: true });
    }
  });
  let from = null; // the citation that led to a source
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !from?.isConnected || !event.target.closest(".source")) return;
    from.focus();
    document.querySelectorAll(".source.shown").forEach((card) => card.classList.remove("shown"));
  });
  // Gradio tells of a lost connection in English; this says it in the words of the page, and what to do.
  const trouble = (lost) => {
    const form = document.querySelector("#form");
    if (lost) document.querySelectorAll("#about button").forEach((part) => { part.disabled = false; }); // the answer they waited for is lost
    let told = document.querySelector("#trouble");
    if (lost && form && !told) {
      told = Object.assign(document.createElement("p"), { id: "trouble", className: "callout", textContent: WORDS.lost });
      told.setAttribute("role", "alert");
      form.prepend(told);
    } else if (!lost) told?.remove();
  };
  addEventListener("offline", () => trouble(true));
  addEventListener("online", () => trouble(false));
  // A new answer gets the focus, once it is whole; while it comes only the progress line speaks.
  let seen = 0;
  let begun = 0;
  const look = () => {
    if (document.querySelector(".toast-wrap .error, .toast-body.error")) trouble(true);
    const turns = document.querySelectorAll("#talk article.turn");
    const last = turns[turns.length - 1];
    const whole = last?.querySelector(".tools");
    const count = turns.length - (whole ? 0 : 1);
    if (count > seen && navigator.onLine) trouble(false);
    if (turns.length > begun && asked) last.scrollIntoView({ block: "start" }); // a model may write for a while
    begun = turns.length;
    if (whole && count > seen && asked) {
      const typing = document.activeElement === box() && box().value; // who types on already is not interrupted
      if (!typing) last.querySelector(".answer").focus({ preventScroll: true });
      last.scrollIntoView({ block: "start" });
    }
    seen = count;
  };
  let asked = false;
  document.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === box()) asked = true; }, true);
  document.addEventListener("click", (event) => { if (event.target.closest("#send, button.ask")) asked = true; }, true);
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
})();
