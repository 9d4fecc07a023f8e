"""Indicators: each figure of a paper as a row of the ledger - what it measures, how much, when, where, done or planned."""

import re
from collections.abc import Iterator

from ingest.measured import Figure, figures
from knowledge import numbers, places
from knowledge.model import Document, Indicator, Paragraph, Place
from knowledge.sentences import statements
from knowledge.tense import planned
from knowledge.text import fold

KINDS = frozenset(["plan", "report", "resolution", "programme", "scheme"])  # papers that set or report figures; in laws they are rules
_CONTEXT_HEADINGS = 2  # headings above a paragraph that still say what its figures are of

_REQUESTED = re.compile(
    r"(?<!chua co )(?<!ca nhan )(?<!to chuc )\b(?:de nghi|kien nghi|de xuat)\b(?! (?:ho tro )?chinh sach)"
    r"|\bnhu cau (?:kinh phi|von|ho tro|vay|dao tao|su dung)\b"
)
_ESTIMATED = re.compile(r"\buoc\b")
_ACHIEVED = re.compile(r"\b(?:vuot|dat|hoan thanh|so voi)\b[^;:.]{0,24}?\b(?:ke hoach|chi tieu|muc tieu)\b")
_DONE = re.compile(r"\bda (?!dang)|\bhien trang\b|\bhien (?:nay|co|tai|dang|huu)\b|\bden nay\b|\bluy ke\b|\btinh den\b|\btrong ky\b")
_RUNNING = re.compile(r"\bđang\b")  # with its marks: "cao đẳng", "đăng ký" fold to the same
_TO_COME = re.compile(r"\b(?:phan dau|muc tieu(?! quoc gia)|chi tieu|du kien|se|ke hoach)\b")
_NOW = re.compile(r"\b(?:hien (?:nay|co|tai|dang|huu|con)|(?<!\d )den nay|thoi diem hien tai|tu dau nam|trong nam|luy ke)\b")
_SINCE = re.compile(r"\btu (?:thang |nam |ngay )?(?:\d{1,2}/){0,2}(20\d\d)(?: den (?:nay|(?:thang |nam |ngay )?(?:\d{1,2}/){0,2}(20\d\d)))?")
# What is done over a time, and not found at its end.
_FLOW = re.compile(r"\b(?:thanh lap|giai the|ho tro|to chuc|vay|ket nap|dao tao|tap huan|boi duong|thu hut|giai ngan|thuong|tham gia|tu van|trong giai doan)\b")
# What a figure is set against, and since when it has grown, is not its own time.
_AGAINST = re.compile(
    r"\b(?:so (?:voi|sanh)|(?:ke )?tu khi|tu ngay ban hanh|nhiem ky"
    r"|(?:ke hoach|chuong trinh|de an|nghi quyet|cong trinh)\b[^,;.()]*giai doan)\b[^,;.()]*"
)
_AT_PLACE = re.compile(r"\b(?:tai|o|tren dia ban)\s+(?:dia ban\s+)?(?:cac\s+)?(?:tinh|huyen|thanh pho|thi xa|xa|phuong|thi tran|tp)\s+$")


def indicators(document: Document, paragraphs: list[Paragraph]) -> list[Indicator]:
    """The rows of a paper in order; none for laws, whose figures are rules and not results or targets."""
    if document.kind not in KINDS:
        return []
    by_anchor = {p.anchor: p for p in paragraphs}
    found: list[Indicator] = []
    for p in paragraphs:
        if p.kind in {"front", "back"}:
            continue
        parent = by_anchor.get(p.parent)
        above = [*p.path[-_CONTEXT_HEADINGS:], *([parent.clean] if parent is not None and parent.clean not in p.path[-1:] else [])]
        for figure, before in _read(p.clean):
            found.append(_row(document, p, above, figure, before, len(found)))
    return found


def _read(text: str) -> Iterator[tuple[Figure, str]]:
    """The figures of a paragraph, each with the sentences before its own."""
    whole = ""  # what the last sentence measured: "Trong đó: …" tells parts of it
    for start, end in statements(text):
        measured = figures(text[start:end], whole)
        for figure in measured:
            yield figure, text[:start]
        if measured:
            whole = measured[0].whole


def _row(document: Document, paragraph: Paragraph, above: list[str], figure: Figure, before: str, position: int) -> Indicator:
    quantity = figure.quantity
    status = _status(figure, paragraph, above)
    return Indicator(
        anchor=paragraph.anchor, position=position, name=figure.name, context=" | ".join(dict.fromkeys([*above, figure.whole])), printed=figure.printed,
        low=quantity.low, high=quantity.high, unit=figure.unit, per=figure.per, bound=quantity.bound,
        years=_years(document, paragraph, above, figure, before, status), place=_place(document, figure), status=status,
    )  # fmt: skip


def _status(figure: Figure, paragraph: Paragraph, above: list[str]) -> str:
    """One of knowledge.model.STATUSES: what the clause says, then the sentence, then the parent line and the headings."""
    own, sentence = fold(figure.clause), fold(figure.sentence)
    headings = fold(" | ".join([*paragraph.path, *above[-1:]]))
    near = fold(above[-1]) if above else ""
    if _REQUESTED.search(own):
        return "requested"
    if _ESTIMATED.search(own):
        return "estimated"
    if _ACHIEVED.search(own):
        return "actual"
    if _TO_COME.search(own):
        return "planned"
    if _DONE.search(own) or _RUNNING.search(figure.clause.lower()):
        return "actual"
    if (_REQUESTED.search(sentence) or _REQUESTED.search(near)) and not _DONE.search(sentence):
        return "requested"
    if _ESTIMATED.search(near):
        return "estimated"
    return "planned" if planned(sentence, headings) and not _DONE.search(sentence) and not _ACHIEVED.search(sentence) else "actual"


def _years(document: Document, paragraph: Paragraph, above: list[str], figure: Figure, before: str, status: str) -> tuple[int, int] | None:
    """The year or period that a figure is of: its clause's, its sentence's, an earlier sentence's, the headings', the paper's."""
    reported = _reported(document, paragraph)
    last = reported[1] if reported and status == "actual" else 9999  # what is done lies not ahead
    sentence = _own_time(figure.sentence)
    since = _SINCE.search(fold(figure.sentence))
    if since and reported and (since[2] or "den nay" in since[0]):
        return int(since[1]), min(int(since[2] or reported[1]), last)
    for said in (_last_time(_own_time(figure.clause), last), _nearest_time(sentence, figure.at, last)):
        if said is not None:
            return said
        if _NOW.search(fold(figure.clause)) or (_NOW.search(fold(figure.sentence)) and not _times(sentence, last)):
            return reported
    earlier = _last_time(_own_time(_SINCE.sub(" ", fold(before))), last)
    if earlier is not None:
        return earlier
    for title in reversed([*paragraph.path, *above[_CONTEXT_HEADINGS:]]):
        said = _last_time(_own_time(title), last)
        if said is not None:
            return said if status != "actual" or said[0] == said[1] or _FLOW.search(fold(figure.sentence)) else (said[1], said[1])
    return document.period if status in {"planned", "requested"} else reported


def _own_time(text: str) -> str:
    """The folded text with the times blanked that are not its own; lengths kept."""
    folded = fold(text)
    for m in _AGAINST.finditer(folded):
        text = text[: m.start()] + " " * (m.end() - m.start()) + text[m.end() :]
    return text


def _last_time(text: str, last: int) -> tuple[int, int] | None:
    """The last year or period that a text names, none that ends after `last`."""
    times = _times(text, last)
    return times[-1][1] if times else None


def _nearest_time(text: str, at: int, last: int) -> tuple[int, int] | None:
    """The time named last before a place in the text, or else first after it."""
    times = _times(text, last)
    earlier = [time for place, time in times if place < at]
    return earlier[-1] if earlier else times[0][1] if times else None


def _times(text: str, last: int) -> list[tuple[int, tuple[int, int]]]:
    """Years and periods up to `last` with their places in a text, in order."""
    spanned = numbers.spanned_periods(text)
    found = [(span[0], period) for period, span in spanned]
    years = numbers.spanned_years(text, of_instruments=False)
    found += [(at, (year, year)) for year, at in years if not any(a <= at < b for _, (a, b) in spanned)]
    return sorted(time for time in found if time[1][1] <= last)


def _reported(document: Document, paragraph: Paragraph) -> tuple[int, int] | None:
    """The year whose state a paper finds: that of its headings when one is named, else that of the paper."""
    for title in reversed(paragraph.path):
        years = numbers.years(title, of_instruments=False)
        if len(set(years)) == 1:
            return years[0], years[0]
    year = int(document.issued_on[:4]) if document.issued_on else 0
    if not year and document.period:
        year = document.period[1] if document.kind == "report" else document.period[0] - 1
    return (year, year) if year else None


def _place(document: Document, figure: Figure) -> Place:
    """The place of a figure: the paper's, unless the clause names another after "tại", "ở", "trên địa bàn"."""
    folded = fold(figure.clause)
    for mention in places.find(figure.clause):
        if mention.said and _AT_PLACE.search(folded, 0, mention.span[0]) and fold(mention.place.name) != fold(document.place.name):
            return mention.place
    return document.place
