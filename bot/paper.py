"""Questions about a paper itself: when it was issued, under which number, who signed it, to whom it went."""

import re

from bot.draft import Line
from bot.phrase import place_label
from bot.question import Question
from knowledge.library import Library
from knowledge.model import Document, Paragraph
from knowledge.terms import terms
from knowledge.text import TOKEN, fold, words

_ASKS = {
    "signer": re.compile(
        r"\b(?:ai|nguoi|ong nao|ba nao|lanh dao nao|vi nao)\b.{0,30}\bky\b|\bky ten\b|\bdo ai ky\b|\bdung ten ky\b|\bnguoi ky\b|\bwho signed\b|\bsigned by wh"
    ),
    "number": re.compile(
        r"\b(?:so hieu|so ky hieu|ky hieu|mang so|so (?:may|bao nhieu|gi|nao)|van ban so|danh so)\b|\bnumber of the (?:plan|report|document)\b"
    ),
    "date": re.compile(
        r"\bde ngay\b|\b(?:ngay|khi|hom|luc|thoi gian|thang|bao gio|when)\b.{0,14}\b(?:nao|may|gio|ban hanh|ky|ra)\b"
        r"|\b(?:ban hanh|ra doi|ky|ra)\b.{0,40}\b(?:ngay|khi|hom|luc|bao gio)\b|\bwhen (?:was|were|is)\b.{0,60}\b(?:issued|signed)\b"
    ),
    "recipients": re.compile(r"\bnoi nhan\b|\bgui (?:cho|toi|den|di)\b.{0,20}\b(?:nao|ai|dau)\b|\bgui (?:ai|dau)\b"),
}
_OWN_WORDS = frozenset(
    TOKEN.findall(
        "kế hoạch báo cáo văn bản bản này phát triển kinh tế tập thể hợp tác xã ubnd ủy ban nhân dân liên minh ban hành ngày tháng năm ký ai người "
        "tên đứng chức vụ giữ là khi hôm ra đánh đề số hiệu mang gửi cho nơi nhận gì giai đoạn tổng kết tình hình hành động thực hiện chiến lược "
        "huyện tỉnh thành phố kttt htx cơ quan của nào phó ông bà vị lãnh đạo"
    )
)
_SAYS_WHO = re.compile(r"nguoi ky\b")
_OWN_TERMS = frozenset(terms(" ".join(_OWN_WORDS)))


def asks_about_paper(question: Question) -> str:
    """What a question asks of the paper itself ("signer", "number", "date", "recipients"), "" when it asks for something in it."""
    folded = fold(question.standalone if question.language == "vi" else f"{question.asked} {question.standalone}")  # English question words are not translated
    if not re.search(r"\b(?:ke hoach|bao cao|van ban|chuong trinh|nghi quyet|quyet dinh|plan|report)\b", folded):
        return ""
    kind = next((name for name, pattern in _ASKS.items() if pattern.search(folded)), "")
    if not kind or (kind == "date" and question.wants not in {"", "date"}):
        return ""
    if question.accented:  # "sơ kết" is not "số" and "kết"
        foreign = any(fold(word) not in _OWN_TERMS or word not in _OWN_WORDS for c in question.concepts for word in c.words.split())
    else:
        foreign = any(t not in _OWN_TERMS for c in question.concepts for t in c.terms)
    return "" if foreign else kind


def lines_about(kind: str, document: Document, library: Library) -> list[Line]:
    """The line that answers, from what ingest read and the paragraph it stands in; [] when the paper does not say."""
    paragraphs = library.paragraphs(document.id)
    where = place_label(document)
    title = f"{document.title} của {document.issuer}"
    if kind == "signer":
        signature = next((p for p in paragraphs if p.kind == "back" and not fold(p.clean).startswith("noi nhan")), None)
        if signature is None or not _named(signature):
            return []
        said = signature.clean[0].lower() + signature.clean[1:] if _SAYS_WHO.match(fold(signature.clean)) else f"người ký là {signature.clean}."
        return [Line(f"{where}: {said}", ((document, signature),), signature.clean)]
    if kind == "recipients":
        to = next((p for p in paragraphs if p.kind == "back" and fold(p.clean).startswith("noi nhan")), None)
        return [Line(f"{where}: {to.clean}", ((document, to),), to.clean)] if to else []
    front = [p for p in paragraphs if p.kind == "front" and words(p.clean) < 16]
    if kind == "number" and document.number:
        stated = next((p for p in front if fold(p.clean).startswith("so")), None)
        return [Line(f"{where}: {title} mang số {document.number}.", ((document, stated),), stated.clean)] if stated else []
    if kind == "date" and document.issued_on:
        dated = next((p for p in front if re.search(r"\bnam \d{4}$", fold(p.clean).rstrip("."))), None)
        parts = document.issued_on.split("-")
        when = f"ngày {'/'.join(reversed(parts))}" if len(parts) == 3 else f"tháng {'/'.join(reversed(parts))} (văn bản không ghi rõ ngày)"
        return [Line(f"{where}: {title} ban hành {when}.", ((document, dated),), dated.clean)] if dated else []
    return []


def _named(signature: Paragraph) -> bool:
    """True when a person's name stands under the signature, not only the office; a digest says so in words."""
    if _SAYS_WHO.match(fold(signature.clean)):
        return True
    last = signature.text.strip().splitlines()[-1].strip("* _")
    return not last.isupper() and 2 <= len(last.split()) <= 5
