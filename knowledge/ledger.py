"""The ledger: rows of figures by place, name and year, and as a table that names its sources (CSV, XLSX)."""

import csv
import io
from decimal import Decimal

from knowledge import places
from knowledge.library import Library
from knowledge.model import Document, Indicator
from knowledge.places import related
from knowledge.terms import terms

COLUMNS = (
    "Chỉ tiêu", "Giá trị", "Đến", "Đơn vị", "Trên mỗi", "Giới hạn", "Từ năm", "Đến năm", "Địa phương", "Loại số liệu", "Ghi trong văn bản", "Văn bản",
    "Số ký hiệu",
    "Ngày ban hành", "Dạng", "Đoạn",
)  # fmt: skip
STATUS_WORDS = {"actual": "thực hiện", "planned": "chỉ tiêu", "estimated": "ước tính", "requested": "đề nghị"}
_BOUND_WORDS = {"more": "trên", "least": "ít nhất", "less": "dưới", "most": "không quá", "about": "khoảng"}
_FORM_WORDS = {"verbatim": "nguyên văn", "digest": "tóm lược"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so would be run by a spreadsheet, and papers may hold anything

Row = tuple[Document, Indicator]


def find(library: Library, place: str = "", name: str = "", year: int | None = None) -> list[Row]:
    """Rows of a place, whose name or headings hold all words of `name`, that hold for `year`; empty arguments leave a side open."""
    documents = library.documents()
    asked = places.find(place, tuple(d.place for d in documents.values())) if place.strip() else []
    wanted = set(terms(name))
    found = []
    for document_id, row in library.indicators():
        document = documents[document_id]
        if place.strip() and not any(related(mention, document.place) in {"same", "inside"} for mention in asked):
            continue
        if not wanted <= set(terms(f"{row.name} {row.unit} {row.context}")):
            continue
        if year is None or (row.years is not None and row.years[0] <= year <= row.years[1]):
            found.append((document, row))
    return found


def cells(document: Document, row: Indicator) -> tuple[str | int | Decimal | None, ...]:
    """A row under COLUMNS; numbers stay numbers, so that a spreadsheet can count with them."""
    first, last = row.years or (None, None)
    return (
        row.name, row.low, row.high, row.unit, row.per, _BOUND_WORDS.get(row.bound, ""), first, last, row.place.name, STATUS_WORDS[row.status], row.printed,
        document.title, document.number, document.issued_on, _FORM_WORDS.get(document.form, document.form), f"{document.id}#{row.anchor}",
    )  # fmt: skip


def to_csv(rows: list[Row]) -> str:
    """The rows as CSV with a head line. It begins with the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in cells(*row)] for row in rows)
    return "\ufeff" + out.getvalue()


def to_xlsx(rows: list[Row]) -> bytes:
    """The rows as a workbook of one sheet, its head line fixed and filtered."""
    from openpyxl import Workbook  # takes a while to import, and few ask for it

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sổ chỉ tiêu")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{chr(ord('A') + len(COLUMNS) - 1)}{len(rows) + 1}"
    for letter, width in zip("ABCDEFGHIJKLMNOP", (60, 18, 12, 14, 14, 10, 8, 8, 14, 12, 24, 60, 18, 14, 12, 50), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([harmless(cell) for cell in cells(*row)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def harmless(cell: str | int | Decimal | None) -> str | int | Decimal | None:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
