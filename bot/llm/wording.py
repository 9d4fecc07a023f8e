"""Wording: a text cut into sentences and clauses, each with its content words, figures, days and years."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from knowledge import lawnumbers, numbers
from knowledge.numbers import Date, Quantity
from knowledge.terms import spanned_terms
from knowledge.text import UPPER, fold, normalize, sentences

Span = tuple[int, int]

# Words and phrases that carry no fact of their own. What is allowed, due, planned or denied is none of them.
FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "và hoặc hay của cho các những là có được thì mà ở tại theo về với từ đến tới để do bởi vì khi nếu như này đó đây kia ấy cũng còn "
        "thuộc gồm rằng nhằm bằng qua vào ra nên việc sự số mức trong trên nêu ghi cùng ạ nhé vậy đối tức sẽ nữa bạn đều lại đã đặt nhóm khoản",
    )
)
_FUNCTION_PHRASE = re.compile(
    r"\b(?:quy định|địa bàn|địa phương|giai đoạn|cụ thể|ngoài ra|đồng thời|riêng|tương ứng|lần lượt|thời gian|như sau|sau đây|nội dung|văn bản"
    r"|trường hợp|nghĩa là|tuy nhiên|trước đó|sau đó|ngoài đó|theo đó|trong đó|còn lại|áp dụng|như vậy|tức là|một trong|bao gồm|trước hết|đối với"
    r"|con số này|mục tiêu|chỉ tiêu|phấn đấu|dự kiến|đặt ra|đề ra|kế hoạch|đề nghị|kiến nghị|đề xuất|ước tính|ước)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[,:;](?=\s|$)|[()“”\"\[\]…]|\s[-–—]\s|[.!?](?=\s|$)|(?<!không)(?<!chưa)\s(?=(?:và|hoặc|hay|nhưng|còn|trong đó|trong khi|đồng thời|gồm|bao gồm)\s)",
    re.IGNORECASE,
)
_STARTER = re.compile(r"\W*(?:đến|tới|năm|trong|giai đoạn|tại|ở|đối với|với|riêng|từ|tính đến|hiện|theo|nếu|khi|trường hợp)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:không|chưa|chẳng|chả|đừng|ngoại trừ|trừ|no|not)\b", re.IGNORECASE)
# "không quá 5%" is a bound, "không những", "không phân biệt" and "hàng không" deny nothing.
_NO_DENIAL = re.compile(
    r"\b(?:không|chưa)\s(?:quá|dưới|vượt|ít|thấp|nhỏ|nhiều|cao|lớn|kém)\b(?:\s(?:hơn|quá))?"
    r"|\bkhông\s(?:chỉ|những|phân biệt|kể|gian|khí|ngừng|chính thức)\b|\bhàng không\b"
    r"|\bcó\s(?:[^\s]+\s){1,8}?(?:hay\s)?không$|\bhay không\b",
    re.IGNORECASE,
)
FEW = 2  # content words up to which a clause has no name of its own to repeat
_BESIDE = 2  # content words on each side of a year that tell what it is of
_SCOPE = 3  # content words after a negation that it denies
_COMES = re.compile(r"\b(?:không|chưa|nếu|người)\s+đến$", re.IGNORECASE)  # "không đến": the verb, not the preposition
_COMES_LONGEST = 20  # characters that it may take
_OFFICE = re.compile(rf"\b(?:Sở|Phòng|Ban|Bộ|Cục|Hội|Liên minh|Ngân hàng|Trung tâm|Trường|Quỹ|UBND|HĐND|Ủy ban|Hội đồng|HTX|Hợp tác xã|QTDND)\s[{UPPER}]")
_SCOPE_END = re.compile(r"\b(?:thì|mà|nên|nhưng|để|khi|nếu|của|theo|là|có thể)\b", re.IGNORECASE)
_YEAR_WORD = re.compile(r"\bnăm\b(?=\s+(?:19|20)\d\d)|\bngày\b(?=\s+\d)|\btháng\b(?=\s+\d)", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b[Đđ]iều\s+\d+[a-zđ]?\b(?!\s*(?:%|triệu|tỷ))|\b[Kk]hoản\s+\d{1,2}\b(?=\s*(?:[Đđ]iều|và|của|hoặc|[,;.)]|$))"
    r"|\b(?:[Cc]hương|[Mm]ục|[Pp]hụ lục|[Pp]hần)\s+(?:số\s+)?(?:\d{1,2}|[IVXL]+)\b"
    r"|\b[Đđ]iểm\s+[a-zđ]\b(?=\s*(?:khoản|điều|Điều|[,;.)]|$))"
)


@dataclass(frozen=True)
class Word:
    """A content word. `key` is its written form, or the one term of an abbreviation and what it stands for; `negated` under a denial."""

    key: str
    span: Span
    negated: bool


@dataclass(frozen=True)
class Clause:
    """A clause of a sentence. `label` ends in a colon, `starter` opens with a time, a place or a case: it belongs to what follows.

    `parted` from the clause before by a semicolon outside brackets. `year_marks` are its years, each with the content words next to it.
    """

    text: str
    span: Span
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    dates: tuple[Date, ...]
    years: frozenset[int]
    denies: bool
    label: bool = False
    starter: bool = False
    parted: bool = False
    year_marks: tuple[tuple[int, frozenset[str]], ...] = ()

    @property
    def office(self) -> bool:
        """True when it names an office, a body or a cooperative."""
        return bool(_OFFICE.search(self.text))

    @property
    def figures(self) -> bool:
        """True when it holds a figure or a day."""
        return bool(self.quantities or self.dates)

    def keys(self) -> frozenset[str]:
        return frozenset(w.key for w in self.words)


@dataclass(frozen=True)
class Wording:
    """A text read: its sentences as clauses. Spans are offsets in `text`, which is normalized."""

    text: str
    sentences: tuple[tuple[Clause, ...], ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(c for s in self.sentences for c in s)


@lru_cache(maxsize=4096)
def read(text: str) -> Wording:
    """The wording of a text."""
    text = normalize(text)
    quantities, dates = numbers.quantities(text), numbers.dates(text)
    years = numbers.spanned_years(text)
    taken = _taken(text, quantities)
    words = [w for w in _content(text) if not any(a < w[1][1] and w[1][0] < b for a, b in taken)]
    found = []
    for start, end in _sentences(text):
        clauses = []
        for a, b, label in _cut(text, start, end, [q.span for q in quantities] + [d.span for d in numbers.dates(text)]):
            piece = text[a:b]
            if not re.search(r"\w", piece):
                continue
            denials = _denials(piece, a)
            own = tuple(_negated([w for w in words if a <= w[1][0] < b], denials, text))
            clauses.append(
                Clause(
                    piece, (a, b), own, tuple(q for q in quantities if a <= q.span[0] < b), tuple(d for d in dates if a <= d.span[0] < b),
                    frozenset(y for y, at in years if a <= at < b), bool(denials), label, bool(_STARTER.match(piece)), _parted(text, start, a),
                    _year_marks([(y, at) for y, at in years if a <= at < b], words, (start, end)),
                )
            )  # fmt: skip
        if clauses:
            found.append(tuple(_denied_labels(clauses)))
    return Wording(text, tuple(found))


def references(text: str) -> list[str]:
    """Articles, clauses and chapters that a text refers to ("điều 12"), folded."""
    return [re.sub(r"\s+", " ", fold(m.group())).replace("so ", "") for m in _REFERENCE.finditer(normalize(text))]


def _denied_labels(clauses: list[Clause]) -> Iterator[Clause]:
    """The clauses; a label that only "Không có" follows is denied by it."""
    for clause, after in zip_longest(clauses, clauses[1:]):
        denied = clause.label and after is not None and after.denies and not after.words and not after.figures
        yield replace(clause, words=tuple(replace(w, negated=True) for w in clause.words), denies=True) if denied else clause


def _year_marks(years: list[tuple[int, int]], words: list[tuple[str, Span]], sentence: Span) -> tuple[tuple[int, frozenset[str]], ...]:
    """Each year with the content words before ("<nhìn") and after it (">đạt") in its sentence."""
    inside = [w for w in words if sentence[0] <= w[1][0] < sentence[1]]
    before = {at: [f"<{key}" for key, span in inside if span[1] <= at][-_BESIDE:] for _, at in years}
    after = {at: [f">{key}" for key, span in inside if span[0] > at][:_BESIDE] for _, at in years}
    return tuple((year, frozenset([*before[at], *after[at]])) for year, at in years)


def _sentences(text: str) -> list[Span]:
    """Sentences; pieces of one between semicolons stay together."""
    joined: list[Span] = []
    for start, end in sentences(text):
        if joined and text[joined[-1][1] - 1] == ";":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined or [(0, len(text))]


def _parted(text: str, start: int, at: int) -> bool:
    before = text[start:at].rstrip()
    return before.endswith(";") and before.count("(") <= before.count(")")


def _taken(text: str, quantities: Iterable[Quantity]) -> list[Span]:
    """What figures, days, document numbers and references say already."""
    spans = [q.span for q in quantities] + [d.span for d in numbers.dates(text)] + [n.span for n in lawnumbers.find(text)]
    return [*spans, *(m.span() for p in (_YEAR_WORD, _REFERENCE, _NO_DENIAL, _FUNCTION_PHRASE) for m in p.finditer(text))]


def _content(text: str) -> Iterator[tuple[str, Span]]:
    for term, (a, b) in spanned_terms(text):
        written = text[a:b].lower()
        if term[:1].isdigit() or _NOT.fullmatch(written) or (written in FUNCTION_WORDS and not _COMES.search(text[max(0, b - _COMES_LONGEST) : b])):
            continue
        yield (written if fold(written) == term else term), (a, b)


def _cut(text: str, start: int, end: int, whole: list[Span]) -> Iterator[tuple[int, int, bool]]:
    """Spans of the clauses of a sentence, each with whether a colon ends it; nothing is cut inside a figure or a day."""
    begin = start
    for m in _CLAUSE_END.finditer(text, start, end):
        if any(a < m.end() and m.start() < b for a, b in whole) or m.start() < begin:
            continue
        yield begin, m.start(), m.group().startswith(":")
        begin = m.end()
    yield begin, end, False


def _denials(piece: str, offset: int) -> list[int]:
    """Where denials stand in a clause, as offsets in the whole text."""
    harmless = [m.span() for m in _NO_DENIAL.finditer(piece)]
    return [m.end() + offset for m in _NOT.finditer(piece) if not any(a <= m.start() < b for a, b in harmless)]


def _negated(words: list[tuple[str, Span]], denials: list[int], text: str) -> Iterator[Word]:
    denied: set[int] = set()
    for at in denials:
        stop = _SCOPE_END.search(text, at + len(text[at:].split(maxsplit=1)[0]) + 1) if text[at:].strip() else None  # "không để" denies what follows
        inside = [i for i, (_, span) in enumerate(words) if at <= span[0] and (stop is None or span[0] < stop.start())]
        denied |= set(inside[:_SCOPE])
    for i, (key, span) in enumerate(words):
        yield Word(key, span, i in denied)


def keys_of(clauses: Iterable[Clause]) -> frozenset[str]:
    """The content words of clauses."""
    return frozenset(w.key for c in clauses for w in c.words)
