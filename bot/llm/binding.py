"""Binding: whether the words, years and figures of a sentence belong together in its paragraphs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.llm.reach import Ground, Reach, plain
from bot.llm.rivals import nearest, rivals_of
from bot.llm.strange import names_in
from bot.llm.wording import FEW, Clause, keys_of, read

_OWN_SHARE = 1 / 3  # of the words of a figure's own clause that must be said with it: a part told without its name would stand for the whole
_SURE = 0.8  # share from which a clause is so plainly meant that words it shares with the clause before need not be repeated
_ANOTHER = re.compile(r"\W*(?:và|còn|nhưng|đồng thời|ngoài ra)\b", re.IGNORECASE)  # begins a statement of its own inside a sentence
_ANOTHER_WORDS = 3  # content words beyond which it may be one
_EITHER = re.compile(r"\W*(?:hoặc|hay)\b", re.IGNORECASE)
_NUMBER_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
# What must not stand in for one another where the evidence has one of them.
_TOPICS = frozenset(w.key for c in read("HTX, THT, liên hiệp HTX, quỹ tín dụng nhân dân").clauses for w in c.words)
# Function words that make something else of the words beside them: a plan, a request, an estimate, an end, a doubt.
_CHANGES = re.compile(
    r"\b(?:không|chưa|chẳng|hết|thôi|còn nữa|sẽ|(?:theo|trong|là|mới|chỉ) kế hoạch(?! của)"
    r"|mục tiêu|chỉ tiêu|phấn đấu|dự kiến|đề nghị|kiến nghị|đề xuất|ước|ước tính)\b",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"\b(?:không|chưa|chẳng|trừ|cấm)\b", re.IGNORECASE)


def unbound(said: Sequence[Clause], grounds: Sequence[Ground], all_said: frozenset[str]) -> list[str]:
    """Words, years and figures of a sentence that do not belong together in its paragraphs."""
    missing: list[str] = []
    held: dict[int, list[Reach]] = {}
    for i, clause in enumerate(said):
        if not clause.figures:
            continue
        held[i], lost = _held(clause, said, grounds, all_said)
        missing += lost
        if _EITHER.match(clause.text) and i - 1 in held and not {r.sentence for r in held[i]} & {r.sentence for r in held[i - 1]}:
            missing.append(clause.text.strip())  # an alternative of another sentence is none of this one's
        if held[i]:
            missing += [*_not_in(clause, held[i], all_said), *_years_wrong(clause, said, held[i], grounds), *_part_for_whole(all_said, held[i])]
    for i, clause in enumerate(said):
        if i in held:
            continue
        if not (clause.words or clause.years):
            if not _bare_holds(said, i, grounds):
                missing.append(clause.text.strip())
            continue
        near = [held[j] for j in (max((j for j in held if j < i), default=-1), min((j for j in held if j > i), default=-1)) if j >= 0]
        found = [[*_not_in(clause, reaches, all_said), *(min((_mixed_years(clause, r) for r in reaches), key=len, default=[]))] for reaches in near]
        if not near or (_ANOTHER.match(clause.text) and len(clause.words) > _ANOTHER_WORDS):
            found.append(_without_figures(clause, grounds))
        missing += sorted(found, key=len)[0]
    return missing


def _bare_holds(said: Sequence[Clause], at: int, grounds: Sequence[Ground]) -> bool:
    """True for a clause of function words that changes nothing ("trong đó"), or that stands beside the same words in a sentence of the evidence."""
    if not said[at].denies and not _CHANGES.search(said[at].text):
        return True
    text = plain(said[at].text).strip()
    beside = keys_of([c for c in said[max(0, at - 1) : at + 2] if c is not said[at]])
    return bool(beside) and any(beside <= keys_of(s) and any(plain(c.text).strip() == text for c in s) for g in grounds for s in g.wording.sentences)


def _holding(clause: Clause, grounds: Sequence[Ground]) -> Iterable[tuple[str, list[Reach]]]:
    """Each figure and day of a clause in words, with the reaches that hold it."""
    for q in clause.quantities:
        yield q.text, [r for g in grounds for r in g.with_figure(quantity=q)]
    for d in clause.dates:
        yield clause.text[d.span[0] - clause.span[0] : d.span[1] - clause.span[0]], [r for g in grounds for r in g.with_figure(date=d)]


def _held(clause: Clause, said: Sequence[Clause], grounds: Sequence[Ground], all_said: frozenset[str]) -> tuple[list[Reach], list[str]]:
    """Where the figures of a clause stand together: the reach of each in one sentence of the evidence; and those for which there is none."""
    each = [(words, reaches) for words, reaches in _holding(clause, grounds)]
    together = frozenset.intersection(*(frozenset(r.sentence for r in reaches) for _, reaches in each))
    if not together:
        return [], [words for words, reaches in each if not reaches] or [words for words, _ in each]

    def unsaid(reach: Reach) -> tuple[int, int]:
        return len(_not_in(clause, [reach], all_said)) + 2 * len(_years_wrong(clause, said, [reach], ())), len(_part_for_whole(all_said, [reach]))

    choices = [[min((r for r in reaches if r.sentence == sentence), key=unsaid) for _, reaches in each] for sentence in sorted(together)]
    best = min(choices, key=lambda chosen: sum(unsaid(r)[0] for r in chosen))
    values = {v for q in clause.quantities for v in q.values()}
    own = [{v for q in r.own.quantities for v in q.values()} for r in best]
    crossed = len(each) > 1 and any(len(r.own.quantities) > 1 and not values <= o for r, o in zip(best, own, strict=True))
    return best, [" - ".join(words for words, _ in each)] if crossed else []


def _not_in(clause: Clause, reaches: Sequence[Reach], all_said: frozenset[str] = frozenset()) -> list[str]:
    """Content words of a clause that are in no reach, stand for a rival there, or are denied in one of the two only."""
    if any(r.verbatim(clause) for r in reaches):
        return []
    missing = []
    for i, word in enumerate(clause.words):
        states = frozenset(s for r in reaches for s in r.words.get(word.key, frozenset()))
        if not states and any(_in_heading(clause, i, r) for r in reaches):
            states = frozenset(s for r in reaches for s in r.above.get(word.key, frozenset()))
        if not states and any(_shared(word.key, all_said, r) or _counted(word.key, r) for r in reaches):
            continue
        if not states:
            missing.append(word.key)
        elif word.negated not in states:
            missing.append(f"{'không ' if word.negated else ''}{word.key} (văn bản {'không phủ định' if word.negated else 'nói không/chưa'})")
    if clause.denies and not any(_DENIAL.search(r.text) for r in reaches):
        missing.append("không/chưa")
    if not clause.denies and any(_denial_lost(clause, nearest(clause, r)) for r in reaches):
        missing.append("lược mất: không/chưa")
    return missing + rivals_of(clause, reaches)


def _denial_lost(clause: Clause, stated: Clause) -> bool:
    """True when all that the evidence denies is said, without the denial."""
    denied = {w.key for w in stated.words if w.negated}
    return stated.denies and bool(denied) and denied <= clause.keys()


def _in_heading(clause: Clause, at: int, reach: Reach) -> bool:
    """True for a word of the headings that stands there beside the same neighbour: a heading's words are not to be had one by one."""
    keys = [w.key for w in clause.words]
    pairs = {(keys[j], keys[j + 1]) for j in (at - 1, at) if 0 <= j < len(keys) - 1}
    if keys[at] in _TOPICS:  # what the whole paper is about, where the sentence names nothing of the kind
        return _TOPICS & reach.above.keys() == {keys[at]} and not any(topic in reach.words for topic in _TOPICS)
    return keys[at] in reach.above and (len(keys) == 1 or bool(pairs & reach.above_pairs))


def _shared(key: str, all_said: frozenset[str], reach: Reach) -> bool:
    """True for a word that stands before a figure's clause in its sentence, when that clause itself is plainly the one meant."""
    own = reach.own.keys()
    rival_said = any(word.startswith("=") and word in all_said for word in reach.earlier)  # then its words are told of that figure
    return key in reach.earlier and not rival_said and bool(own) and len(own & all_said) >= _SURE * len(own)


def _counted(key: str, reach: Reach) -> bool:
    """True for a number in words that the clause has in digits."""
    value = _NUMBER_WORDS.get(key)
    return value is not None and any(q.low == value for q in reach.own.quantities)


def _years_wrong(clause: Clause, said: Sequence[Clause], reaches: Sequence[Reach], grounds: Sequence[Ground]) -> list[str]:
    """Years said with a figure that are not those nearest to it in the evidence."""
    years = clause.years or next((c.years for c in [*reversed(said[: said.index(clause)]), *said] if c.years and not c.figures), frozenset())
    if clause.years and reaches and all(_mixed_years(clause, r) for r in reaches):
        return _mixed_years(clause, reaches[0])
    for reach in reaches:
        nearest = next((level for level in reach.years if level), frozenset())
        if years <= nearest or (years & reach.years[0] and years <= frozenset().union(*reach.years[:2])):
            return []
        if not nearest and years <= _years_of_rows(clause, grounds):
            return []
    return [str(y) for y in sorted(years)]


def _mixed_years(clause: Clause, reach: Reach) -> list[str]:
    """Years of a clause that the evidence, which names several, has beside other words."""
    if len({year for year, _ in reach.year_marks}) < 2:
        return []
    stated = {year for year, _ in reach.year_marks}
    return [str(y) for y, keys in clause.year_marks if keys and y in stated and not any((y, key) in reach.year_marks for key in keys)]


def _years_of_rows(clause: Clause, grounds: Sequence[Ground]) -> frozenset[int]:
    """The years that the ledger gives for the figures of a clause whose paragraph and headings name none."""
    values = {q.low for q in clause.quantities}
    return frozenset(y for g in grounds for row in g.rows if row.low in values and row.years for y in row.years)


def _part_for_whole(all_said: frozenset[str], reaches: Sequence[Reach]) -> list[str]:
    """A figure said without what it is of: too few of the words of its own clause are said with it."""
    for reach in reaches:
        own = reach.own.keys()
        if len(own) <= FEW or len(own & all_said) >= _OWN_SHARE * len(own):
            return []
    return [f"số liệu này là của: {reaches[0].own.text.strip()}"]


def _without_figures(clause: Clause, grounds: Sequence[Ground]) -> list[str]:
    """What of a clause without figures no one sentence of a paragraph says; a name in it binds it to the name's own clause."""
    names = names_in(clause.text)
    reaches = [r for g in grounds for r in ([r for name in names for r in g.with_name(name)] if names else g.sentences())]
    bare = _unnamed(clause, names)
    most = max((len(bare.keys() & r.words.keys()) for r in reaches), default=0)
    found = [
        [*_not_in(bare, [r]), *_years_wrong(clause, [clause], [r], ())]
        for r in reaches
        if len(bare.keys() & r.words.keys()) == most  # a sentence that is nearer than others is the one that must hold
    ]
    return min(found, key=len) if found else [w.key for w in clause.words] or [clause.text.strip()]


def _unnamed(clause: Clause, names: Sequence[str]) -> Clause:
    """The clause without the words of names, which were looked for as a whole."""
    spans = [(clause.span[0] + m.start(), clause.span[0] + m.end()) for n in names for m in re.finditer(re.escape(n), clause.text)]
    return replace(clause, words=tuple(w for w in clause.words if not any(a <= w.span[0] < b for a, b in spans)))
