"""Questions about a document itself: when, by whom and on what it was issued, when it holds, from the paragraphs that name it."""

import re

from bot.draft import Line
from bot.paper import lines_about as about_paper
from bot.phrase import place_label, shorten
from bot.question import Question
from knowledge import catalogue, lawnumbers
from knowledge.library import Library
from knowledge.model import Mention
from knowledge.terms import terms
from knowledge.text import fold

_ABOUT_IT = frozenset(terms(
    "nghị quyết nghị định quyết định thông tư chỉ thị kết luận công văn kế hoạch chương trình luật số ban hành ngày tháng năm nào ai cơ quan nào do gì về việc "
    "nói nội dung là của văn bản hiệu lực đó này tỉnh huyện hđnd ubnd thủ tướng chính phủ trích yếu tên đầy đủ ra đời ký"
))  # fmt: skip

_ASKS_OF_TEXT = re.compile(r"\b(?:hieu luc|ap dung tu|thong qua|ban hanh|mang so|so may|so hieu|co tu (?:ngay|khi|nam))\b")
_NEWEST = re.compile(r"\bluat (?:htx|hop tac xa )?(?:moi|hien hanh|hien nay)\b|\bluat (?:htx|hop tac xa) (?:moi|hien hanh|hien nay)\b")
_OPENING = 80  # words of a text's own opening that are shown


def lines_of_law(question: Question, library: Library) -> list[Line]:
    """What a national text says of itself in its opening - since when it holds, what it replaces - when that is asked of one; [] when not."""
    said = fold(question.standalone)
    rows = [row for row in catalogue.look_up(question.standalone) if row.national]
    if not rows and _NEWEST.search(said):
        rows = list(catalogue.cooperative_laws()[-1:])
    if len(rows) != 1 or not _ASKS_OF_TEXT.search(said):
        return []
    own = {*_ABOUT_IT, *terms(f"{rows[0].title} hợp tác xã mang thông qua áp dụng từ mới hiện hành")}
    document = next((d for d in library.documents().values() if d.number == rows[0].number), None)
    if document is None or any(t not in own and not t.isdigit() for c in question.concepts for t in c.terms):
        return []
    opening = next((p for p in library.paragraphs(document.id) if p.kind == "front" and len(p.clean.split()) > len(document.title.split())), None)
    if opening is None:
        return []
    issued = f"ban hành ngày {'/'.join(reversed(document.issued_on.split('-')))}. " if document.issued_on.count("-") == 2 else ""
    return [Line(f"{place_label(document)}: {issued}{shorten(opening.clean, _OPENING)}", ((document, opening),), opening.clean)]


def asks_about_instrument(question: Question) -> bool:
    """True when a question names one full document number and asks of nothing but that document."""
    return len(question.numbers) == 1 and not question.numbers[0].partial and all(t in _ABOUT_IT for c in question.concepts for t in c.terms)


def lines_about(question: Question, library: Library) -> list[Line]:
    """A line for each instrument that bears the number (two issuers may share one), the fullest mention of each cited."""
    asked = question.numbers[0]
    groups: dict[tuple[str, str], list[tuple[str, Mention]]] = {}
    mentions = library.mentions(asked)
    dated = {m.issued_on for _, m in mentions if m.issued_on}
    for document_id, mention in mentions:
        if mention.issued_on or not dated:
            groups.setdefault((mention.number.key, mention.issued_on), []).append((document_id, mention))
    lines = []
    for document in library.documents().values():
        own = lawnumbers.find(document.number)
        if own and own[0].key == asked.key:
            lines.extend(about_paper("date", document, library) or about_paper("number", document, library))
    for _, found in sorted(groups.items(), key=lambda g: -len(g[1])):
        document_id, mention = max(found, key=lambda f: (bool(f[1].issuer), bool(f[1].title), len(f[1].issuer), len(f[1].title)))
        document = library.document(document_id)
        paragraph = library.paragraph(document_id, mention.anchor)
        parts = [f"{lawnumbers.kind_word(asked.kind)} số {mention.number.canonical}"]
        if mention.issued_on:
            parts.append(f"ban hành ngày {'/'.join(reversed(mention.issued_on.split('-')))}")
        if mention.issuer:
            parts.append(f"của {mention.issuer}")
        text = " ".join(parts) + (f", {mention.title}" if mention.title else "")
        if not (mention.issued_on or mention.issuer or mention.title):
            continue  # a bare number tells nothing
        lines.append(Line(f"{text}.", ((document, paragraph),), mention.title or mention.number.canonical))
    return lines
