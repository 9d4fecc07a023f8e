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

// By kind, of how many of the earliest turns a person has taken it back. A turn's `forgot` was marked when it was the newest.
export function forgotten(turns) {
  const counts = {};
  turns.forEach((turn, i) => (turn.forgot || []).forEach((kind) => { counts[kind] = i + 1; }));
  return counts;
}

// What a follow-up would take over: [kind, words] of place, time and subject.
export function topic(turns) {
  const at = turns.findLastIndex((turn) => turn.answer.status !== "refused"); // a turn that gave orders is as if not said
  const about = at >= 0 && turns[at].answer.about;
  if (!about) return [];
  const gone = forgotten(turns);
  const years = [...about.years].sort();
  const run = years.length > 2 && years.at(-1) - years[0] === years.length - 1;
  const said = { place: about.places.join(", "), time: run ? `${years[0]}–${years.at(-1)}` : years.join(", "), subject: about.subject && `“${about.subject}”` };
  return Object.entries(said).filter(([kind, words]) => words && !(gone[kind] > at));
}
