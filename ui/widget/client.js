// Talks with the server: a short-lived session token, questions answered as server-sent events, paragraphs, feedback.
const SLOWEST = 60000; // milliseconds without a word after which waiting is given up
const EARLY = 30000; // a token this near to its end is renewed

export class Failure extends Error {} // its message is for the person who asks

export class Client {
  constructor(base, site, words) {
    Object.assign(this, { base, site, words });
    this.token = "";
    this.until = 0;
  }

  // The answer to a question; `told(event, data)` hears of each event as it comes.
  async ask(body, told, signal) {
    const response = await this.call("chat", { body, signal, accept: "text/event-stream" });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let answer = null;
    let rest = "";
    try {
      for (;;) {
        const { done, value } = await within(reader.read(), this.words.slow);
        if (done) break;
        rest += value;
        const events = rest.split("\n\n");
        rest = events.pop();
        for (const event of events) {
          const [name, data] = parse(event);
          if (name === "answer") answer = data;
          else if (name === "error") throw new Failure(this.said(500, data));
          else if (name) told(name, data);
        }
      }
    } catch (problem) {
      reader.cancel().catch(() => {});
      throw problem instanceof Failure || signal.aborted ? problem : new Failure(this.words.cut);
    }
    if (!answer) throw new Failure(this.words.cut);
    return answer;
  }

  async paragraph(document, anchor, signal) {
    return (await this.call(`paragraph?${new URLSearchParams({ document, anchor })}`, { signal })).json();
  }

  async feedback(body) {
    await (await this.call("feedback", { body })).json();
  }

  // A call with a token; a token that is over is renewed once. Throws Failure.
  async call(path, { body, signal, accept = "application/json" }) {
    for (let again = false; ; again = true) {
      const token = await this.session(again, signal);
      const response = await this.fetch(path, { body, signal, headers: { Accept: accept, Authorization: `Bearer ${token}` } });
      if (response.ok) return response;
      if (response.status !== 401 || again) throw new Failure(this.said(response.status, await response.json().catch(() => ({}))));
    }
  }

  async session(renew, signal) {
    if (renew || Date.now() > this.until) {
      const response = await this.fetch("session", { body: { site: this.site }, signal, headers: {} });
      const said = await response.json().catch(() => ({}));
      if (!response.ok) throw new Failure(this.said(response.status, said));
      this.token = said.token;
      this.until = Date.now() + said.expires_in * 1000 - EARLY;
    }
    return this.token;
  }

  async fetch(path, { body, signal, headers }) {
    try {
      return await within(fetch(`${this.base}/embed/${path}`, {
        method: body ? "POST" : "GET",
        headers: body ? { ...headers, "Content-Type": "application/json" } : headers,
        body: body && JSON.stringify(body),
        signal,
        credentials: "omit",
        cache: "no-store",
      }), this.words.slow);
    } catch (problem) {
      throw problem instanceof Failure || (signal && signal.aborted) ? problem : new Failure(this.words.offline);
    }
  }

  said(status, problem) {
    const own = this.words.problems; // none in Vietnamese: the server's words say more
    return own ? own[status] || this.words.server : problem.detail || this.words.server;
  }
}

function parse(event) {
  let [name, data] = ["", ""];
  for (const line of event.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    else if (line.startsWith("data: ")) data += line.slice(6);
  }
  return [name, data ? JSON.parse(data) : {}];
}

function within(promise, message) {
  let timer;
  const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Failure(message)), SLOWEST); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
