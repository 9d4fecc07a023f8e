"""Concepts: the words of a question that carry content, with the wordings that papers use for the same."""

import re
from dataclasses import dataclass, replace
from functools import cache

from bot.question import Concept
from knowledge import compounds, lawnumbers, lexicon, places
from knowledge.model import Place
from knowledge.terms import spanned_terms, terms
from knowledge.text import TOKEN, fold

_LEVEL_WORDS = {"tinh", "huyen", "thanh", "pho", "tp", "xa", "thi", "nam", "giai", "doan", "phuong"}
_LONGEST_STOP, _LONGEST_REWORDING = 4, 4
# Words of the question for the unit it wants; the kind of value wanted says the same and better.
_UNITS = frozenset(
    ["phần trăm", "tiền", "triệu", "tỷ", "tỷ lệ", "tỉ lệ", "số", "tổng", "tổng số", "tổng cộng", "số lượng", "đồng", "ngày", "nghìn", "số tiền", "tỷ trọng"]
)
_UNIT_WEIGHT = 0.3
_HOW_MANY = ("bao", "nhieu")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class _Item:
    term: str
    surface: str
    span: tuple[int, int]


def concepts(plain: str, known: tuple[Place, ...], sure: bool) -> list[Concept]:
    """The concepts of a question in Vietnamese. `sure` says that its marks are the user's own, not restored ones."""
    items = [_Item(term, plain[a:b].lower(), (a, b)) for term, (a, b) in spanned_terms(plain)]
    # Restored marks may spell a place's name wrongly, so places are looked for without marks then.
    dropped = _stops(items) | _slots(plain if sure else fold(plain), items, known)
    found: list[Concept] = []
    i = 0
    while i < len(items):
        size, others = _rewording(items, i, sure)
        if size > 1 and not all(j in dropped for j in range(i, i + size)):
            kept = [items[j] for j in range(i, i + size) if j not in dropped]
            found.append(Concept(tuple(k.term for k in kept), " ".join(k.surface for k in kept), 1.0, others))
            i += size
        elif i in dropped:
            i += 1
        else:
            end = i + 1
            while end < len(items) and end not in dropped and _rewording(items, end, sure)[0] < 2:
                end += 1
            found.extend(_words(items[i:end], sure))
            i = end
    found = [replace(c, weight=_UNIT_WEIGHT) if c.words in _UNITS else c for c in found]
    return list({c.terms: c for c in reversed(found)}.values())[::-1]


def _words(run: list[_Item], sure: bool) -> list[Concept]:
    result = []
    for a, b in compounds.segment([item.term for item in run]):
        _, others = _rewording(run[a:b], 0, sure) if b - a == 1 else (0, ())
        result.append(Concept(tuple(item.term for item in run[a:b]), " ".join(item.surface for item in run[a:b]), 1.0, others))
    return result


@cache
def _rewordings() -> dict[tuple[str, ...], list[tuple[str, tuple[tuple[str, ...], ...]]]]:
    table: dict[tuple[str, ...], list[tuple[str, tuple[tuple[str, ...], ...]]]] = {}
    for key, values in lexicon.load().synonyms.items():
        table.setdefault(terms(key), []).append((key, tuple(dict.fromkeys(terms(v) for v in values))))
    return table


def _rewording(items: list[_Item], start: int, sure: bool) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """(length, other wordings) of the longest everyday phrase at `start`; (0, ()) when there is none."""
    table = _rewordings()
    for size in range(min(_LONGEST_REWORDING, len(items) - start), 0, -1):
        piece = items[start : start + size]
        for key, others in table.get(tuple(item.term for item in piece), ()):
            spoken = " ".join(item.surface for item in piece)
            # With marks restored by guess, a single syllable is too weak to reword by.
            if spoken == key or (not sure and size > 1) or (len(piece) == 1 and piece[0].term in lexicon.load().names):
                return size, others
    return 0, ()


def _stops(items: list[_Item]) -> set[int]:
    """Positions of question and function words, longest phrases first."""
    stop = lexicon.load().question_words
    # "chỉ" and "định" are function words, but not in "chỉ tiêu" and "quyết định".
    inside = {
        j
        for a, b in compounds.segment([item.term for item in items])
        if b - a == 2 and not {items[a].surface, items[b - 1].surface} <= stop  # "đang có" says no more than its parts
        for j in (a, b - 1)
    }
    found: set[int] = set()
    i = 0
    while i < len(items):
        for size in range(_LONGEST_STOP, 0, -1):
            piece = items[i : i + size]
            if len(piece) == size and (size > 1 or i not in inside) and " ".join(item.surface for item in piece) in stop:
                found.update(range(i, i + size))
                i += size
                break
        else:
            if tuple(item.term for item in items[i : i + 2]) == _HOW_MANY:
                found.update((i, i + 1))
            i += 1
    return found


def _slots(plain: str, items: list[_Item], known: tuple[Place, ...]) -> set[int]:
    """Positions of years, document numbers and places that are the place of a paper, with their level words."""
    own = {fold(name) for p in known for name in (p.name, p.parent, places.merged_into(p.province)) if name}
    spans = [n.span for n in lawnumbers.find(plain)] + [m.span() for m in _YEAR.finditer(plain)]
    spans.extend(m.span for m in places.find(plain, known) if fold(m.place.name) in own)
    taken = {i for i, item in enumerate(items) if any(s <= item.span[0] and item.span[1] <= e for s, e in spans)}
    for i in list(taken):
        j = i - 1
        while j >= 0 and (items[j].term in _LEVEL_WORDS):
            taken.add(j)
            j -= 1
        if items[i + 1 : i + 2] and items[i + 1].term == "cu":  # "Bắc Kạn cũ"
            taken.add(i + 1)
    return taken


_COUNTED = re.compile(
    r"\b(?:nhiều|ít)\s+(?!hơn|nhất|tiền|vốn)(?=\w+.{0,60}\bhơn\b)|\b(?:bao nhiêu|mấy|bao nhieu)\s+|\bsố lượng\s+"
    r"|(?:^|\b(?:tổng|còn|về|riêng) )số (?!tiền|vốn|liệu|hiệu|ký|nào|mấy|dư|kinh|\d)(?=\w)"
)


_FROM_TO = re.compile(r"\b(bao nhiêu|mấy)\s+(?:đến|tới)\s+(?:bao nhiêu|mấy)\b", re.IGNORECASE)  # "từ mấy tới mấy người"


def noun_after_quantity(plain: str) -> tuple[str, ...]:
    """What is counted: the one or two terms after "bao nhiêu", "mấy" or "số", () when none."""
    plain = _FROM_TO.sub(r"\1", plain)
    m = _COUNTED.search(plain.lower())
    return terms(" ".join(TOKEN.findall(plain[m.end() :])[:4]))[:2] if m else ()
