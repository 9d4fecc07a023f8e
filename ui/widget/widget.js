// <hoi-dap-htx site="…">: a launcher and a panel to ask in, on any page. Own styles and own elements in a shadow; what stands in the
// element is the fallback that is seen while, or where, this script does not run.
import { WORDS } from "./words.js";
import { Client, Failure } from "./client.js";
import { forgotten, load, save, topic } from "./store.js";
import { answerParts, button, element, icon, sourceParts } from "./answer.js";
import { STYLE } from "./style.js";

const BASE = new URL(import.meta.url).origin;
const LONGEST_HISTORY = 20; // the server takes as many turns
const LONGEST_QUESTION = 1000;
const FULL = "(max-width: 30em), (max-height: 30em)"; // the panel takes the whole screen
const TALL = 9; // lines of the question box before it scrolls

class HoiDapHtx extends HTMLElement {
  static observedAttributes = ["site", "lang", "place", "greeting"];

  #sheet = new CSSStyleSheet();
  #screen = matchMedia(FULL);
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #state = { open: false, turns: [] };
  #waiting = null; // the AbortController of the question being answered
  #opener = null; // the citation whose paragraph is open
  #built = "";

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    this.#sheet.replaceSync(STYLE);
    this.shadowRoot.adoptedStyleSheets = [this.#sheet];
  }

  connectedCallback() {
    this.#screen.addEventListener("change", this.#refit);
    this.#dark.addEventListener("change", this.#theme);
    this.#build();
  }

  // A move within the page takes an element out and puts it in again at once: only what stays out is stopped.
  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#screen.removeEventListener("change", this.#refit);
      this.#dark.removeEventListener("change", this.#theme);
      this.#waiting?.abort();
    });
  }

  attributeChangedCallback(name, before, now) {
    if (this.isConnected && before !== now) this.#build();
  }

  open() { this.#show(true); }

  close() { this.#hide(); }

  get #words() { return WORDS[this.lang === "en" ? "en" : "vi"]; }

  get #framed() { return this.getAttribute("mode") === "frame"; }

  get #key() { return `hoi-dap-htx:${this.getAttribute("site") || ""}`; }

  // Makes the launcher and the panel, anew when an attribute that they show has changed.
  #build() {
    const wanted = JSON.stringify([this.#key, ...HoiDapHtx.observedAttributes.map((name) => this.getAttribute(name)), this.#framed]);
    if (wanted === this.#built) return void this.#restore();
    this.#waiting?.abort();
    this.#built = wanted;
    this.#state = load(this.#key);
    const words = this.#words;
    this.client = new Client(BASE, this.getAttribute("site") || "", words);
    this.launch = button("launch", words.launch, () => (this.dialog.open ? this.#hide() : this.#show(true)), icon("chat"), element("span", "", words.launch));
    this.launch.setAttribute("aria-haspopup", "dialog");
    this.launch.hidden = this.#framed;
    this.log = element("div", "log");
    this.log.tabIndex = -1;
    this.source = element("div", "log");
    this.paragraph = element("div", "view", button("backward", words.back, () => this.#closeSource(), icon("back"), element("span", "", words.back)), this.source);
    this.paragraph.hidden = true;
    this.status = element("p", "hidden");
    this.status.setAttribute("role", "status");
    this.heading = element("h2", "", words.title);
    this.heading.id = "title";
    this.heading.tabIndex = -1;
    this.again = button("tool", words.again, () => this.#startAgain(), icon("again"));
    const shut = button("tool", words.close, () => this.#hide(), icon("close"));
    shut.hidden = this.#framed;
    this.about = element("div", "about");
    this.about.setAttribute("role", "group");
    this.about.setAttribute("aria-label", words.about);
    this.talk = element("div", "view", this.log, this.about, this.#form(words));
    this.dialog = element("dialog", this.#framed ? "panel framed" : "panel", element("div", "head", this.heading, this.again, shut), this.talk, this.paragraph, this.status);
    this.dialog.setAttribute("aria-labelledby", "title");
    this.dialog.lang = this.lang === "en" ? "en" : "vi";
    this.launch.lang = this.dialog.lang;
    this.dialog.addEventListener("keydown", (event) => this.#escape(event));
    this.dialog.addEventListener("cancel", (event) => { event.preventDefault(); this.#back(); });
    this.shadowRoot.replaceChildren(this.launch, this.dialog);
    this.#welcome();
    for (const turn of this.#state.turns) this.#restoreTurn(turn);
    this.#tellAbout();
    this.#restore();
  }

  // Shows the panel again where it was open on the page before; on a small screen only where the page itself did not change.
  #restore() {
    this.#theme();
    const was = this.dialog.open;
    if (was) this.dialog.removeAttribute("open");
    if (this.#framed || was || (this.#state.open && !this.#screen.matches)) this.#show(false);
    else this.launch.setAttribute("aria-expanded", "false");
  }

  #form(words) {
    this.box = element("textarea");
    Object.assign(this.box, { id: "box", rows: 1, maxLength: LONGEST_QUESTION, placeholder: words.hint, enterKeyHint: "send", autocomplete: "off" });
    this.box.addEventListener("input", () => this.#fit());
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { // composing: the Enter that ends a Telex or VNI syllable
        event.preventDefault();
        form.requestSubmit();
      }
    });
    const label = element("label", "hidden", words.label);
    label.htmlFor = "box";
    const form = element("form", "", label, this.box, this.send = button("send", words.send, () => {}, icon("send")));
    this.send.type = "submit";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const question = this.box.value.trim();
      if (!question || this.#waiting) return;
      this.box.value = "";
      this.#fit();
      this.#ask(question);
    });
    return form;
  }

  #welcome() {
    const words = this.#words;
    const place = (this.getAttribute("place") || "").trim();
    const examples = place ? [words.ofPlace(place), ...words.examples] : words.examples;
    this.log.replaceChildren(element("div", "welcome",
      element("p", "greeting", this.getAttribute("greeting") || words.greeting),
      element("p", "label", words.try),
      element("div", "chips", examples.map((example) => button("chip", example, () => this.#ask(example)))),
    ));
    this.again.hidden = true;
  }

  get #answered() { return this.#state.turns.filter((turn) => turn.answer).slice(-LONGEST_HISTORY); }

  // What a follow-up would take over, each part with a button that takes it back; not while an answer is on its way.
  #tellAbout() {
    const words = this.#words;
    const parts = topic(this.#answered).map(([kind, said]) => {
      const told = element("span", "said", said);
      told.lang = "vi";
      const made = button(`drop ${kind}`, words.forget(said), () => this.#drop(kind, said), told, element("span", "", "×"));
      made.disabled = Boolean(this.#waiting);
      return made;
    });
    this.about.replaceChildren(element("span", "meta", `${words.about}:`), element("span", "parts", parts));
    this.about.hidden = !parts.length;
  }

  #drop(kind, said) {
    const last = this.#answered.at(-1);
    last.forgot = [...(last.forgot || []), kind];
    this.#keep(this.#state.open);
    this.#tellAbout();
    this.status.textContent = this.#words.forgot(said);
    this.box.focus();
  }

  #show(focus) {
    const before = document.activeElement;
    this.#theme();
    if (!this.dialog.open) {
      if (this.#framed || !this.#screen.matches) this.dialog.show();
      else this.dialog.showModal(); // the rest of the page is out of reach while the panel covers it
    }
    this.launch.setAttribute("aria-expanded", "true");
    if (focus) {
      if (matchMedia("(pointer: coarse)").matches) this.heading.focus(); // a keyboard on the screen would hide the examples
      else this.box.focus();
    } else if (before && before !== this && before !== document.body) {
      before.focus({ preventScroll: true }); // show() moves the focus; a page that was only loaded keeps it
    } else {
      this.shadowRoot.activeElement?.blur();
    }
    this.#keep(true);
  }

  #hide() {
    if (this.#framed) return;
    if (this.dialog.open) this.dialog.close();
    this.launch.setAttribute("aria-expanded", "false");
    this.launch.focus();
    this.#keep(false);
  }

  #keep(open) {
    this.#state.open = open;
    save(this.#key, this.#state);
  }

  // The screen has become small or large while the panel was open.
  #refit = () => {
    if (!this.dialog.open || this.#framed) return;
    const focused = this.shadowRoot.activeElement;
    this.dialog.close();
    this.#show(false);
    focused?.focus();
  };

  #escape(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    this.#back();
  }

  #back() {
    if (this.paragraph.hidden) this.#hide();
    else this.#closeSource();
  }

  async #ask(question) {
    if (this.#waiting) return;
    const waiting = this.#waiting = new AbortController();
    const words = this.#words;
    const before = this.#answered;
    const history = before.map((turn) => turn.question);
    const [turn, body] = this.#addTurn(question);
    const line = element("p", "waiting", words.wait);
    body.append(line);
    this.status.textContent = words.wait;
    this.send.disabled = true;
    this.#tellAbout();
    const told = (event, data) => {
      if (event === "status" && data.documents) line.textContent = words.waitIn(data.documents);
      else if (event === "status" && data.step === "replaced") body.replaceChildren(line); // what was told early does not hold
      else if (event === "statement") line.before(element("p", body.children.length > 1 ? "" : "conclusion", data.text));
    };
    try {
      const place = (this.getAttribute("place") || "").slice(0, 80);
      const answer = await this.client.ask({ question, history, forgotten: forgotten(before), place }, told, waiting.signal);
      if (this.#waiting !== waiting) return;
      this.#state.turns.push({ question, answer });
      this.#fill(body, this.#state.turns.at(-1));
      this.status.textContent = words.said(answer.citations.length);
    } catch (problem) {
      if (this.#waiting !== waiting || !this.log.contains(turn)) return;
      const message = problem instanceof Failure ? problem.message : waiting.signal.aborted ? words.stopped : words.server;
      this.#failed(turn, body, question, message);
    } finally {
      if (this.#waiting === waiting) this.#finish(turn, body);
    }
  }

  #finish(turn, body) {
    this.#waiting = null;
    this.send.disabled = false;
    this.#tellAbout();
    this.#keep(this.#state.open);
    if (!this.dialog.open || !this.paragraph.hidden || !this.log.contains(turn)) return;
    this.#reveal(turn);
    const typing = this.shadowRoot.activeElement === this.box && this.box.value; // a person who types on is not interrupted
    if (!typing && this.shadowRoot.activeElement) body.focus({ preventScroll: true });
  }

  #failed(turn, body, question, message) {
    const retry = () => { if (!this.#waiting) { turn.remove(); this.#ask(question); } };
    body.replaceChildren(element("p", "state error", this.#words.failed), element("p", "", message), element("div", "chips", button("chip", this.#words.retry, retry)));
    this.status.textContent = message;
  }

  #addTurn(question) {
    this.log.querySelector(".welcome")?.remove();
    this.again.hidden = false;
    const body = element("section", "answer");
    body.tabIndex = -1;
    body.setAttribute("role", "group");
    body.setAttribute("aria-label", `${this.#words.answer} ${this.log.children.length + 1}`); // names that differ, so that each can be found
    const turn = element("article", "turn", element("h3", "asked", question), body);
    this.log.append(turn);
    this.#reveal(turn);
    return [turn, body];
  }

  #restoreTurn(turn) {
    const [element_, body] = this.#addTurn(turn.question);
    try {
      this.#fill(body, turn);
    } catch { // kept by another version of this script
      element_.remove();
    }
  }

  #reveal(turn) {
    this.log.scrollTop = turn.offsetTop - this.log.offsetTop;
  }

  #fill(body, turn) {
    const acts = { cite: (citation, opener) => this.#openSource(citation, opener), ask: (next) => this.#ask(next) };
    body.replaceChildren(...answerParts(turn.answer, this.#words, acts));
    if (turn.answer.status !== "error") body.append(this.#judge(turn));
  }

  // Thumbs up or down; down asks for the reasons. What was said once is not asked again.
  #judge(turn) {
    const words = this.#words;
    const thanks = () => element("p", "meta", words.thanks);
    const place = element("div", "judge");
    if (turn.judged) return element("div", "judge", thanks());
    const tell = async (verdict, reasons, comment) => {
      try {
        await this.client.feedback({ question: turn.question, answer: turn.answer.answer.slice(0, 10000), verdict, reasons, comment });
        turn.judged = verdict;
        this.#keep(this.#state.open);
        place.replaceChildren(thanks());
        this.status.textContent = words.thanks;
        (place.parentElement ?? this.heading).focus({ preventScroll: true });
      } catch (problem) {
        const message = problem instanceof Failure ? problem.message : words.server;
        place.querySelector(".error")?.remove();
        place.append(element("p", "error", message));
        this.status.textContent = message;
      }
    };
    const down = button("tool", words.down, () => {
      const open = place.querySelector("form");
      down.setAttribute("aria-expanded", String(!open));
      if (open) open.remove();
      else {
        place.append(this.#reasons(words, (reasons, comment) => tell("down", reasons, comment)));
        place.querySelector("input").focus();
      }
    }, icon("down"));
    down.setAttribute("aria-expanded", "false");
    place.append(button("tool", words.up, () => tell("up", [], ""), icon("up")), down);
    return place;
  }

  #reasons(words, tell) {
    const fields = Object.entries(words.reasons).map(([key, said]) => {
      const check = element("input");
      Object.assign(check, { type: "checkbox", value: key });
      return element("label", "check", check, said);
    });
    const comment = element("textarea");
    Object.assign(comment, { rows: 2, maxLength: 1000 });
    const submit = button("chip", words.tell, () => {});
    submit.type = "submit";
    const form = element("form", "reasons", element("fieldset", "", element("legend", "", words.why), fields), element("label", "comment", words.more, comment), submit);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      tell([...form.querySelectorAll("input:checked")].map((check) => check.value), comment.value.trim());
    });
    return form;
  }

  async #openSource(citation, opener) {
    this.#opener = opener;
    const show = (more) => this.source.replaceChildren(...sourceParts(citation, more, this.#words, BASE));
    show(null);
    this.talk.hidden = true;
    this.paragraph.hidden = false;
    this.source.scrollTop = 0;
    this.paragraph.querySelector("button").focus();
    this.status.textContent = `${this.#words.source} ${citation.marker}: ${citation.title}`;
    // The paragraph came with the answer; what stands around it, and what became of the paper, is added when it can be had.
    const more = await this.client.paragraph(citation.document_id, citation.anchor).catch(() => null);
    if (more && this.#opener === opener && !this.paragraph.hidden) show(more);
  }

  #closeSource() {
    this.paragraph.hidden = true;
    this.talk.hidden = false;
    this.#opener?.focus();
    this.#opener = null;
  }

  #startAgain() {
    this.#waiting?.abort();
    this.#waiting = null;
    this.send.disabled = false;
    this.#state.turns = [];
    this.#tellAbout();
    if (!this.paragraph.hidden) this.#closeSource();
    this.#welcome();
    this.status.textContent = "";
    this.#keep(this.#state.open);
    this.box.focus();
  }

  #fit() {
    this.box.rows = 1;
    while (this.box.scrollHeight > this.box.clientHeight && this.box.rows < TALL) this.box.rows++;
  }

  // Words on the site's accent colour are black or white, and the accent is used for words only where it can be read.
  #theme = () => {
    const [accent, surface] = [getComputedStyle(this.launch).backgroundColor, getComputedStyle(this.dialog).backgroundColor].map(light);
    if (accent === null || surface === null) return;
    this.toggleAttribute("data-dark-ink", contrast(accent, 0) > contrast(accent, 1));
    this.toggleAttribute("data-pale", contrast(accent, surface) < 4.5);
  };
}

// The relative luminance of a computed colour, null when it is not written as rgb.
function light(colour) {
  const parts = /^rgba?\((\d+), (\d+), (\d+)/.exec(colour);
  if (!parts) return null;
  const [r, g, b] = parts.slice(1).map((part) => {
    const c = Number(part) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

// A browser without these keeps the fallback that the page gives.
if ("adoptedStyleSheets" in Document.prototype && window.HTMLDialogElement && !customElements.get("hoi-dap-htx")) customElements.define("hoi-dap-htx", HoiDapHtx);
