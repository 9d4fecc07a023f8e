// The conversation, kept in the browser's tab and nowhere else.
const MOST_TURNS = 12; // of full answers; an answer with its paragraphs has some 10 KB

export function load(key) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key));
    return { open: Boolean(kept.open), turns: Array.isArray(kept.turns) ? kept.turns.filter((turn) => typeof turn.question === "string") : [] };
  } catch { // nothing kept, not readable, or storage is forbidden in this frame
    return { open: false, turns: [] };
  }
}

export function save(key, { open, turns }) {
  for (let most = MOST_TURNS; most >= 0; most = most > 1 ? Math.floor(most / 2) : most - 1) {
    try {
      sessionStorage.setItem(key, JSON.stringify({ open, turns: most ? turns.slice(-most) : [] }));
      return;
    } catch { /* full: keep fewer turns */ }
  }
}
