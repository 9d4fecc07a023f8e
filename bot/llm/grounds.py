"""Grounds: whether a sentence that a model wrote is what its paragraphs say - beyond the facts, that these belong to one another.

`prove` finds each figure, place and name somewhere in what is cited. A model may still put a figure of the paragraph beside the wrong year,
office or thing, or turn "đề nghị" into "đã". So each clause is laid beside the clause that holds its figure: every content word, year,
place and unit must be in that clause's reach, be denied there if it is denied here, and keep what tells a plan or a request from a
result. Words are compared as written; nothing is matched by likeness.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from bot.answer import Proof
from bot.draft import Source
from bot.llm.reach import Ground, Reach, holds, plain
from bot.llm.wording import Clause, Wording, read, references
from bot.phrase import place_label
from bot.prove import prove
from knowledge import catalogue, lawnumbers, numbers, places
from knowledge.model import Document, Indicator, Paragraph
from knowledge.text import UPPER, fold, normalize

Rows = Callable[[Document, Paragraph], Sequence[Indicator]]

_OWN_SHARE = 1 / 3  # of the words of a figure's own clause that must be said with it: a part told without its name would stand for the whole
_SURE = 0.8  # share from which a clause is so plainly meant that words it shares with the clause before need not be repeated
_FEW = 2  # content words up to which a clause has no name of its own to repeat
_FIGURE = 3  # words that a shared figure counts for, when the sentence that proves a statement is looked for
_WHOLE = 6  # words beyond which a sentence that stands in the paragraph as it is needs no further looking
_LINK = re.compile(r"https?://|www\.|\]\(|<\s*a\b|\S@\S|\b[\w-]+\.(?:com|vn|net|org|gov|info|io|example|edu)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«]([^”\"»]{3,})[”\"»]")
_ISSUED = re.compile(r"\b(?:(?:được )?(?:ban hành|ký)\s)?(?:(?:vào )?ngày\s)?$", re.IGNORECASE)
_KIND = re.compile(
    r"\b(?:Luật|Nghị định|Nghị quyết|Quyết định|Thông tư|Kế hoạch|Báo cáo|Chỉ thị|Kết luận)(?:\s(?:Hợp tác xã|HTX))?(?:\s(?:năm|số))?\s$", re.IGNORECASE
)
_SPAN = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d(?!\d)")
_ANOTHER = re.compile(r"\W*(?:và|còn|nhưng|đồng thời|ngoài ra)\b", re.IGNORECASE)  # begins a statement of its own inside a sentence
_ANOTHER_WORDS = 3  # content words beyond which it may be one
_EITHER = re.compile(r"\W*(?:hoặc|hay)\b", re.IGNORECASE)
_OR = re.compile(r"\W*(?:và|hoặc|hay)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TWO_YEARS = re.compile(r"\b((?:19|20)\d\d)[\s,;]*(?:và\s)?(?:năm\s)?((?:19|20)\d\d)\b")
_RATIO = re.compile(r"(?<![\d/])\d[\d.]*\s?/\s?\d[\d.]*(?![\d/])")
_DOUBLE = re.compile(r"\b(?:không|chưa)\s+(?:được\s+)?(?:không|chưa)\b", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"(?:Sở|Phòng|Ban|Bộ|Cục|Chi cục|Hội|Liên minh|Ngân hàng|Trung tâm|Trường|Quỹ|Công ty|UBND|HĐND|Ủy ban|Hội đồng|HTX|Hợp tác xã|QTDND)\s"
)
_LEGAL = re.compile(r"(?:Luật|Nghị|Quyết|Thông|Kế|Báo|Chỉ|Kết)\b")  # what a document number is of: the catalogue knows it
_NAME = re.compile(rf"(?:\b{_ORGANISATION.pattern})?[{UPPER}]\w+(?:\s(?:và\s|-\s)?[{UPPER}]\w+)+|\b(?:Sở|Phòng|Bộ|Cục|Chi cục|Liên minh|HTX)\s[{UPPER}]\w+")
_SHORT_FORMS = (("htx", "hợp tác xã"), ("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("qtdnd", "quỹ tín dụng nhân dân"))
_NUMBER_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
# What must not stand in for one another where the evidence has one of them.
_TOPICS = frozenset(w.key for c in read("HTX, THT, liên hiệp HTX, quỹ tín dụng nhân dân").clauses for w in c.words)
_RIVALS = (
    ("HTX", "THT", "liên hiệp HTX", "quỹ tín dụng nhân dân"), ("thành viên", "lao động", "cán bộ"), ("nông nghiệp", "phi nông nghiệp"), ("mới", "cũ"),
    ("tăng", "giảm"), ("trước", "sau"), ("tối đa", "tối thiểu"), ("cao", "thấp"), ("nhiều", "ít"), ("thành lập", "giải thể"),
    ("tốt", "khá", "trung bình", "yếu"), ("đại học", "cao đẳng", "trung cấp", "sơ cấp"), ("doanh thu", "lợi nhuận", "thu nhập", "vốn điều lệ"),
    ("tỉnh", "huyện", "xã", "trung ương"), ("ngày", "tháng", "quý", "năm"), ("phải", "có thể", "khuyến khích", "cấm"), ("kết quả", "mục tiêu"),
    ("đã", "sẽ", "phấn đấu", "dự kiến", "đề nghị"), ("đến nay", "dự kiến"), ("mỗi", "tổng"),
)  # fmt: skip
# What tells a request, a plan, an estimate or a mere possibility; a sentence must keep one of those that its evidence has.
_HEDGES = {
    "requested": re.compile(r"\b(?:đề nghị|kiến nghị|đề xuất|nhu cầu|xin|cần)\b", re.IGNORECASE),
    "planned": re.compile(
        r"\b(?:phấn đấu|mục tiêu|dự kiến|sẽ|chỉ tiêu|định hướng|kế hoạch|nhu cầu|cần|đặt ra|giao|đến (?:hết |cuối )?năm|đạt từ|phải|đề ra|phương hướng)\b",
        re.IGNORECASE,
    ),
    "estimated": re.compile(r"\bước\b(?! mơ| vọng| muốn)", re.IGNORECASE),
    "possible": re.compile(r"\b(?:có thể|xem xét|khuyến khích|ưu tiên|nghiên cứu)\b", re.IGNORECASE),
}
_TO_COME = {"planned": "đây là mục tiêu, kế hoạch", "requested": "đây là đề nghị, nhu cầu"}
_DONE = re.compile(r"\b(?:đã|hiện có|đạt được|thực hiện được)\b", re.IGNORECASE)
_STRIVES = re.compile(r"\b(?:phấn đấu|dự kiến|đề nghị|kiến nghị|đề xuất|mục tiêu|chỉ tiêu|đặt ra|đề ra|kế hoạch)\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:không|chưa|chẳng|trừ|cấm)\b", re.IGNORECASE)


def grounded(text: str, sources: Sequence[Source], rows: Rows, beside: str = "") -> Proof:
    """The proof of a model's sentence against its sources; `missing` names what does not hold, in words that the model can act on.

    `rows` gives the rows of the ledger at a paragraph, which tell a plan from a result. `beside` is as in `prove`.
    """
    text = normalize(text)
    proof = prove(text, sources, beside)
    grounds = [Ground(s, beside, rows(*s)) for s in sources]
    missing = [*proof.missing, *_strange(text, grounds)]
    if not missing:
        masked, all_said = _masked(text, sources), _keys(read(text).clauses)
        missing += _places_wrong(text, grounds)
        for said in read(masked).sentences:
            if not any(_stands_whole(said, g) for g in grounds):
                missing += _unbound(said, grounds, all_said)
        missing += _status_lost(text, read(masked), grounds)
    return Proof(proof.checked, not missing, tuple(dict.fromkeys(missing)))


def quote(text: str, paragraph: Paragraph) -> str:
    """The sentence of a paragraph that shares most words with a statement: what a reader should look at."""
    keys = _keys(read(text).clauses)
    values = {v for q in numbers.quantities(text) for v in q.values()}
    clean = normalize(paragraph.clean)

    def shared(sentence: Sequence[Clause]) -> int:
        stated = {v for c in sentence for q in c.quantities for v in q.values()}
        return len(keys & _keys(sentence)) + _FIGURE * len(values & stated)

    best = max(read(clean).sentences, key=shared, default=())
    return clean[best[0].span[0] : best[-1].span[1]].strip() if best else clean


def _keys(clauses: Iterable[Clause]) -> frozenset[str]:
    return frozenset(w.key for c in clauses for w in c.words)


def _stands_whole(said: Sequence[Clause], ground: Ground) -> bool:
    """True for a sentence that stands in the paragraph as it is, from clause to clause, but for a label that only names the paper."""
    first = next((i for i, c in enumerate(said) if not c.label or c.words or c.figures), 0)
    text = _joined(said[first:])
    return len(text.split()) > _WHOLE and any(
        (tail := _joined(sentence[i:])).startswith(text) and not tail[len(text) : len(text) + 1].isalnum()
        for sentence in ground.wording.sentences
        for i in range(len(sentence))
    )


def _joined(clauses: Sequence[Clause]) -> str:
    return re.sub(r"\W+", " ", plain(" ".join(c.text for c in clauses))).strip()


@lru_cache(maxsize=256)
def _self_words(document: Document) -> re.Pattern[str]:
    """How a paper is named in a sentence: its place, issuer, title and label, longest first."""
    place = document.place
    level = r"(?:(?:tỉnh|huyện|thành phố|tp\.?|thị xã|địa bàn)\s+)?"
    forms = [re.escape(form) for form in (document.title, document.issuer, document.issuer.replace("Ủy ban nhân dân", "UBND"), place_label(document)) if form]
    if place.level != "country":
        parent = rf"(?:\s*[,(]?\s*{level}{re.escape(place.parent)}\)?)?" if place.parent else ""
        forms += [rf"(?:UBND\s+)?{level}{re.escape(place.name)}{parent}"]
    return re.compile("|".join(rf"(?<!\w){normalize(form)}(?!\w)" for form in sorted(forms, key=len, reverse=True)), re.IGNORECASE)


def _masked(text: str, sources: Sequence[Source]) -> str:
    """The sentence with what only names the cited paper blanked, lengths kept."""
    for document, _ in sources:
        for names in (_self_words(document), _subject(document)):
            text = names.sub(lambda m: " " * len(m.group()), text)
        own = {n.key for n in lawnumbers.find(document.number)}
        spans = [(_from_kind(text, n.span[0]), n.span[1]) for n in lawnumbers.find(text) if n.key in own]
        if document.kind == "law" and document.issued_on:
            spans += [m.span() for m in re.finditer(rf"\bLuật (?:Hợp tác xã|HTX)(?: năm)? {document.issued_on[:4]}\b", text)]
        if document.issued_on:
            year, month, day = (int(part) for part in [*document.issued_on.split("-"), "0", "0"][:3])
            for date in [d for d in numbers.dates(text) if (d.year, d.month, d.day) == (year, month, day)]:
                issued = _ISSUED.search(text, 0, date.span[0])
                spans.append((issued.start() if issued else date.span[0], date.span[1]))
        for start, end in spans:
            text = text[:start] + " " * (end - start) + text[end:]
    return text


@lru_cache(maxsize=256)
def _subject(document: Document) -> re.Pattern[str]:
    """The paper's own place as the one who acts or is spoken of: "Huyện còn kiến nghị", "trong tỉnh"."""
    level = {"province": "tỉnh", "district": "huyện|thành phố|thị xã"}.get(document.place.level, "(?!)")
    return re.compile(rf"(?:^|(?<=[.,;:] )|(?<=\b(?:ở) )|(?<=\btại )|(?<=\btrong ))(?:{level})\b", re.IGNORECASE)


def _from_kind(text: str, number: int) -> int:
    """Where the words begin that say what a document number is of ("Luật Hợp tác xã số ")."""
    before = _KIND.search(text, 0, number)
    return before.start() if before else number


def _strange(text: str, grounds: Sequence[Ground]) -> list[str]:
    """Links, quotations, periods, names, references and laws of the sentence that stand in none of its paragraphs."""
    evidence = [plain(f"{g.text} | {g.above} | {g.document.title} | {g.document.issuer} | {g.document.number}") for g in grounds]
    missing = [m.group() for m in _LINK.finditer(text) if not any(plain(m.group()) in e for e in evidence)]
    missing += [q for q in _QUOTED.findall(text) if not any(plain(q).strip(" .,;:…") in e for e in evidence)]
    missing += [m.group() for m in _DOUBLE.finditer(text)]
    spans = {re.sub(r"\s", "", m.group()).replace("–", "-") for e in evidence for m in _SPAN.finditer(e)}
    spans |= {f"{first}-{last}" for g in grounds if g.document.period for first, last in [g.document.period] if first < last}
    missing += [m.group() for m in _SPAN.finditer(text) if re.sub(r"\s", "", m.group()).replace("–", "-") not in spans]
    pairs = {m.groups() for e in evidence for m in _TWO_YEARS.finditer(e)}
    missing += [m.group() for m in _TWO_YEARS.finditer(plain(text)) if m.groups() not in pairs and not _SPAN.search(m.group())]
    ratios = {re.sub(r"\s", "", m.group()) for e in evidence for m in _RATIO.finditer(e)}
    missing += [m.group() for m in _RATIO.finditer(text) if re.sub(r"\s", "", m.group()) not in ratios and not _dated(text, m.start())]
    missing += [said for g in grounds for said in _other_title(text, g.document)]
    labels = " | ".join(f"khoản {label} | điểm {label}" for g in grounds if (label := g.paragraph.label.strip(" .)")))
    refers = fold(" | ".join([*evidence, labels]))
    missing += [r for r in references(text) if not holds(refers, r)]
    known = {row.name for g in grounds for row in catalogue.look_up(f"{g.text} {g.above} {g.document.number}")}
    missing += [row.name for row in catalogue.look_up(text) if row.name not in known and row.national]
    unnamed = _masked(text, [(g.document, g.paragraph) for g in grounds])
    return missing + [name for name in _names(unnamed) if not _is_named(name, evidence)]


def _dated(text: str, at: int) -> bool:
    """True inside a day or a document number."""
    return any(a <= at < b for a, b in [d.span for d in numbers.dates(text)] + [n.span for n in lawnumbers.find(text)])


def _other_title(text: str, document: Document) -> list[str]:
    """The paper's title said with other years than its own."""
    if not _YEAR.search(document.title):
        return []
    pattern = _YEAR.sub(r"(?:19|20)\\d\\d", re.escape(normalize(document.title)).replace("\\-", "-"))
    return [m.group() for m in re.finditer(pattern, text, re.IGNORECASE) if plain(m.group()) != plain(document.title)]


def _names(text: str) -> list[str]:
    """Names written large; the first word of a sentence is written large for another reason."""
    found = []
    for m in _NAME.finditer(text):
        opens = not re.search(r"\w", text[: m.start()]) or re.search(r"[.!?:]\s*$", text[: m.start()])
        name = m.group().partition(" ")[2] if opens and not _ORGANISATION.match(m.group()) else m.group()
        if (" " in name or not opens) and not _LEGAL.match(name):
            found.append(name)
    return found


def _is_named(name: str, evidence: Sequence[str]) -> bool:
    """True when a name stands in the evidence as written; abbreviations of what it is may be written out."""
    forms = [plain(name)]
    for short, full in _SHORT_FORMS:
        forms += [f.replace(short, full) for f in forms] + [f.replace(full, short) for f in forms]
    if any(holds(e, f) for e in evidence for f in forms):
        return True
    parts = name.split(" và ")
    return len(parts) > 1 and all(_is_named(part, evidence) for part in parts)


def _places_wrong(text: str, grounds: Sequence[Ground]) -> list[str]:
    """Places named that no paragraph is of or names itself; and silence on which of several places is meant."""
    local = [g for g in grounds if g.document.place.level != "country"]
    named = [m.place.name for m in places.find(text, tuple(g.document.place for g in local))]
    of_papers = {fold(g.document.place.name) for g in local}
    told = of_papers & {fold(n) for n in named}
    stated = plain(" | ".join(f"{g.text} {g.above}" for g in grounds))
    wrong = [n for n in named if fold(n) not in of_papers and not holds(stated, plain(n)) and not told]
    return [*wrong, "nơi (các đoạn dẫn là của nhiều nơi)"] if len(of_papers) > 1 and not told else wrong


def _unbound(said: Sequence[Clause], grounds: Sequence[Ground], all_said: frozenset[str]) -> list[str]:
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
        if i in held or not (clause.words or clause.years):
            continue
        near = [held[j] for j in (max((j for j in held if j < i), default=-1), min((j for j in held if j > i), default=-1)) if j >= 0]
        found = [[*_not_in(clause, reaches, all_said), *(min((_mixed_years(clause, r) for r in reaches), key=len, default=[]))] for reaches in near]
        if not near or (_ANOTHER.match(clause.text) and len(clause.words) > _ANOTHER_WORDS):
            found.append(_without_figures(clause, grounds))
        missing += sorted(found, key=len)[0]
    return missing


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
    if not clause.denies and any(_denial_lost(clause, _nearest(clause, r)) for r in reaches):
        missing.append("lược mất: không/chưa")
    return missing + _rivals(clause, reaches)


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
    return key in reach.earlier and bool(own) and len(own & all_said) >= _SURE * len(own)


def _counted(key: str, reach: Reach) -> bool:
    """True for a number in words that the clause has in digits."""
    value = _NUMBER_WORDS.get(key)
    return value is not None and any(q.low == value for q in reach.own.quantities)


@cache
def _rival_keys() -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    """The rivals, each with its content words (none where it is all function words)."""
    return tuple(tuple((p.lower(), tuple(w.key for c in read(p).clauses for w in c.words)) for p in rivals) for rivals in _RIVALS)


def _rivals(clause: Clause, reaches: Sequence[Reach]) -> list[str]:
    """Words that stand where the evidence has their rival ("tổ hợp tác" for "hợp tác xã", "giảm" for "tăng")."""
    own = [c for r in reaches for c in ((r.own, _nearest(clause, r)) if clause.figures else (_nearest(clause, r),))]
    missing = []
    for rivals in _rival_keys():
        said = {m for m in rivals if _has(clause, *m)}
        stated = {m for m in rivals if any(_has(c, *m) for c in own)}
        if stated:  # "hợp tác xã hoặc tổ hợp tác": what is joined is stated as well
            stated |= {m for m in said if any(_joined_to(c, r, m) for r in reaches for c in own)}
        if said and stated and not said & stated:
            missing += [phrase for phrase, _ in said]
    return missing


def _joined_to(clause: Clause, reach: Reach, phrase: tuple[str, tuple[str, ...]]) -> bool:
    """True when the clause goes on from one that has the phrase ("… hoặc …")."""
    at = reach.clauses.index(clause) if clause in reach.clauses else 0
    return at > 0 and bool(_OR.match(clause.text)) and _has(reach.clauses[at - 1], *phrase)


def _nearest(clause: Clause, reach: Reach) -> Clause:
    """The clause in reach that shares most words with one."""
    return max(reach.clauses, key=lambda c: len(c.keys() & clause.keys()))


def _has(clause: Clause, phrase: str, keys: tuple[str, ...]) -> bool:
    own = [w.key for w in clause.words]
    return any(tuple(own[i : i + len(keys)]) == keys for i in range(len(own) - len(keys) + 1)) if keys else holds(plain(clause.text), phrase)


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
        if len(own) <= _FEW or len(own & all_said) >= _OWN_SHARE * len(own):
            return []
    return [f"số liệu này là của: {reaches[0].own.text.strip()}"]


def _without_figures(clause: Clause, grounds: Sequence[Ground]) -> list[str]:
    """What of a clause without figures no one sentence of a paragraph says; a name in it binds it to the name's own clause."""
    names = _names(clause.text)
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


def _status_lost(text: str, said: Wording, grounds: Sequence[Ground]) -> list[str]:
    """A plan, request, estimate or possibility told as a fact, or a result told as a plan."""
    missing: list[str] = []
    for clause in said.clauses:
        for value in {q.low for q in clause.quantities}:
            statuses = {row.status for g in grounds for row in g.rows if row.low == value}
            status = statuses.pop() if len(statuses) == 1 else ""
            if status in _TO_COME and (not _HEDGES[status].search(text) or _DONE.search(clause.text)):
                missing.append(_TO_COME[status])
            if status == "actual" and _STRIVES.search(clause.text):
                missing.append("đây là kết quả, không phải kế hoạch")
    stated = " | ".join(f"{g.text} | {g.above} | {g.document.title}" for g in grounds)
    known = {row.status for g in grounds for row in g.rows}
    for pattern, also, what in ((_DONE, {"actual"}, "đã"), (_STRIVES, _TO_COME.keys(), "mục tiêu, kế hoạch")):
        if pattern.search(text) and not pattern.search(stated) and not known & also:
            missing.append(f"{what} (văn bản không nói vậy)")
    if re.search(r"\bsẽ\b", text) and not re.search(r"\bsẽ\b", stated) and (known == {"actual"} or _DONE.search(stated)):
        missing.append("sẽ (văn bản không nói vậy)")
    keys = _keys(said.clauses)
    for status in ("requested", "possible", "estimated"):
        told = [c for g in grounds for c in g.wording.clauses if _mostly(c, keys)]
        hedged = [c.text.strip() for c in told if _HEDGES[status].search(c.text)]
        if hedged and len(hedged) == len(told) and not _HEDGES[status].search(text):
            missing.append(f"lược mất: {hedged[0]}")
        if status == "estimated" and _HEDGES[status].search(text) and not _HEDGES[status].search(stated) and "estimated" not in known:
            missing.append("ước (văn bản không nói vậy)")
    return missing


def _mostly(clause: Clause, keys: frozenset[str]) -> bool:
    """True when a clause of the evidence is what the sentence tells: most of its words are said."""
    own = clause.keys()
    return len(own) > _FEW and len(own & keys) >= len(own) / 2
