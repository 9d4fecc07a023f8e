"""A small paper of our own words, records of a question set about it, and answers made by hand."""

from bot.answer import Answer, Citation, Proof, Statement
from eval.questions import Case
from knowledge.model import Document, Paragraph, Place

PAPER = """---
id: ke-hoach-meo-vac
number: "77/KH-UBND"
kind: plan
title: "Kế hoạch kinh tế tập thể năm 2031"
issuer: "Ủy ban nhân dân huyện Mèo Vạc"
place: "huyện Mèo Vạc, tỉnh Hà Giang"
issued_on: "2030-11-05"
period: "2031"
---
# I. HIỆN TRẠNG

## 1. Số lượng
- Đến hết tháng 10 năm 2030, huyện Mèo Vạc có 27 hợp tác xã đang hoạt động.
- Các hợp tác xã của huyện Mèo Vạc có 412 thành viên.

# II. MỤC TIÊU NĂM 2031

## 1. Thành lập mới
- Năm 2031, huyện Mèo Vạc phấn đấu thành lập mới 6 hợp tác xã.
"""
COUNT_LINE = PAPER.splitlines().index("- Đến hết tháng 10 năm 2030, huyện Mèo Vạc có 27 hợp tác xã đang hoạt động.") + 1


def record(identifier="q1", **fields):
    """A line of a question set: how many cooperatives the paper counts, but for the fields given."""
    question = {"type": "figure", "question": "Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động?", "history": [], "expects": [["27 htx", "27 hợp tác xã"]]}
    return {"id": identifier, **question, "must_not": [], "doc": "meo-vac.md", "lines": [[COUNT_LINE, COUNT_LINE]], **fields}


DOCUMENT = Document(
    "meo-vac", "Kế hoạch năm 2031", "plan", "77/KH-UBND", "UBND huyện Mèo Vạc", Place("Mèo Vạc", "district", "Hà Giang"), "2030-11-05", (2031, 2031),
    "meo-vac.md", "verbatim", "v1",
)  # fmt: skip


def paragraph(text, line=1, path=("I. Hiện trạng",)):
    return Paragraph(f"p{line}", text, text, path, "", line, "text", "", ((0, len(text)),), ((line, line),))


def answer(*statements, cited=("Huyện có 27 HTX.",), status="answered", notes=()):
    """An answer whose statements all cite the paragraphs `cited`, which stand on the lines 1, 2, …"""
    citations = tuple(Citation(i, DOCUMENT, paragraph(text, i), "") for i, text in enumerate(cited, start=1))
    markers = tuple(c.marker for c in citations)
    made = tuple(Statement(text, markers, Proof((), True)) for text in statements)
    return Answer(status, "\n".join(f"{s} [1]" for s in statements), made, citations, tuple(notes))


def case(**fields):
    """A figure question whose evidence stands on line 1."""
    given = {"id": "q1", "type": "figure", "question": "?", "history": (), "expects": (("27 htx",),), "must_not": (), "documents": ("meo-vac.md",)}
    return Case(**{**given, "lines": {"meo-vac.md": ((1, 1),)}, **fields})


UNANSWERABLE = {"type": "unanswerable", "expects": (), "documents": (), "lines": {}}
