"""What the tools of the MCP server find, as text that a model or a person reads. Words of papers stand between quotation marks."""

from typing import Any

from knowledge.ledger import STATUS_WORDS
from ui.tools_shapes import Answered, FoundParagraph, FoundParagraphs, Indicators, KnownInstruments, WholeParagraph
from ui.words import DIGEST, HOLDS_ON, NOTES, STATUSES, date

_INDENT = "    "


def answer(given: Answered) -> str:
    """The status, the answer with its markers, notes, sources and what may be asked next."""
    parts = [f"Trạng thái: {given['status']} ({STATUSES[given['status']]})", "", given["answer"]]
    notes = [f"{NOTES[note['kind']]}: {note['text']}" for note in given["notes"] if note["text"] not in given["answer"]]
    parts += ["", *notes] if notes else []
    if given["holds_on"]:
        parts += ["", f"{HOLDS_ON} {date(given['holds_on'])}"]
    if given["citations"]:
        parts += ["", "Nguồn"]
    for c in given["citations"]:
        parts.append(f"[{c['marker']}] {_about(c['title'], c['number'], c['issuer'], c['issued_on'], c['form'])}")
        parts += [f"{_INDENT}“{c['quote']}”"] if c["quote"] else []
        parts.append(f"{_INDENT}{_spot(c['document_id'], c['anchor'], c['url'])}")
    if given["suggestions"]:
        head = "Hỏi lại người dùng, các lựa chọn" if given["status"] == "clarify" else "Có thể hỏi tiếp"
        parts += ["", head, *(f"- {said}" for said in given["suggestions"])]
    return "\n".join(parts)


def paragraphs(given: FoundParagraphs) -> str:
    """The paragraphs, numbered, each with its paper and where it stands."""
    found = given["paragraphs"]
    if not found:
        return "Không tìm thấy đoạn nào; hãy dùng từ khác hoặc bỏ bớt bộ lọc."
    return "\n\n".join(f"{rank}. {_paragraph(p)}" for rank, p in enumerate(found, 1))


def _paragraph(p: FoundParagraph) -> str:
    head = " · ".join(filter(None, (_about(p["title"], p["number"], p["issuer"], p["issued_on"], p["form"]), p["place"], p["validity"])))
    lines = [head, *([f"{_INDENT}{' › '.join(p['path'])}"] if p["path"] else []), f"{_INDENT}“{p['text']}”"]
    return "\n".join([*lines, f"{_INDENT}{_spot(p['document_id'], p['anchor'], p['url'])}"])


def whole_paragraph(p: WholeParagraph) -> str:
    """The paragraph between its neighbours, with its paper, doubts and whether it holds."""
    lines = [_about(p["title"], p["number"], p["issuer"], p["issued_on"], p["form"]), *p["path"]]
    for name, words in (("Đoạn trước", p["before"]), ("Đoạn này", p["text"]), ("Đoạn sau", p["after"])):
        lines += ["", f"{name}: “{words}”"] if words else []
    lines += ["", *(f"Cần xem lại: {doubt}" for doubt in p["doubts"]), *([f"Hiệu lực: {p['validity']}"] if p["validity"] else [])]
    return "\n".join([*lines, _spot(p["document_id"], p["anchor"], p["url"])])


def instrument(given: KnownInstruments) -> str:
    """The rows of the catalogue, then the paragraphs that name the number."""
    lines = [f"Số ký hiệu {given['number']}"]
    for row in given["instruments"]:
        days = [f"ban hành {date(row['issued_on'])}" if row["issued_on"] else "", f"áp dụng từ {date(row['in_force_from'])}" if row["in_force_from"] else ""]
        lines += ["", " · ".join(filter(None, (row["title"], row["number"], row["issuer"], *days)))]
        lines += [f"{_INDENT}{row['fate'] or 'Danh mục không ghi văn bản này bị sửa đổi hay thay thế.'}"]
        lines += [f"{_INDENT}Ghi chú: {row['note']}"] if row["note"] else []
    if not given["instruments"]:
        lines += ["", "Danh mục không có văn bản này; dưới đây là các đoạn nhắc đến nó."]
    shown, total = len(given["mentions"]), given["mentions_total"]
    lines += ["", f"{total} đoạn trong thư viện nhắc đến số này{f', dưới đây là {shown} đoạn đầu' if shown < total else ''}."]
    for m in given["mentions"]:
        lines += ["", f"{m['document']}: “{m['text']}”", f"{_INDENT}{_spot(m['document_id'], m['anchor'], m['url'])}"]
    return "\n".join(lines)


def indicators(given: Indicators) -> str:
    """The rows, one in a line, with how many there are."""
    rows = given["indicators"]
    if not rows:
        return "Không có chỉ tiêu nào khớp; hãy bỏ bớt bộ lọc hoặc dùng ít từ hơn trong name."
    cut = f"; dưới đây là {len(rows)} dòng đầu, thu hẹp bộ lọc để xem phần còn lại" if len(rows) < given["total"] else ""
    return "\n".join([f"{given['total']} chỉ tiêu{cut}.", *map(_indicator, rows)])


def _indicator(row: dict[str, Any]) -> str:
    years = "–".join(dict.fromkeys(map(str, row["years"] or ())))
    head = " · ".join(filter(None, (row["name"], row["printed"], years, row["place"], STATUS_WORDS[row["status"]])))
    return f"- {head} ({_spot(row['document_id'], row['anchor'], row['url'])})"


def _about(title: str, number: str, issuer: str, issued_on: str, form: str) -> str:
    return " · ".join(filter(None, (title, f"số {number}" if number else "", issuer, date(issued_on), DIGEST if form == "digest" else "")))


def _spot(document_id: str, anchor: str, url: str) -> str:
    return f"document_id: {document_id}, anchor: {anchor}, url: {url}"
