"""Questions about a document by its number: when, by whom and on what it was issued, from the paragraphs that name it."""

from bot.draft import Line
from bot.paper import lines_about as about_paper
from bot.question import Question
from knowledge import lawnumbers
from knowledge.library import Library
from knowledge.model import Mention
from knowledge.terms import terms

_ABOUT_IT = frozenset(terms(
    "nghị quyết nghị định quyết định thông tư chỉ thị kết luận công văn kế hoạch chương trình luật số ban hành ngày tháng năm nào ai cơ quan nào do gì về việc "
    "nói nội dung là của văn bản hiệu lực đó này tỉnh huyện hđnd ubnd thủ tướng chính phủ trích yếu tên đầy đủ ra đời ký"
))  # fmt: skip


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
