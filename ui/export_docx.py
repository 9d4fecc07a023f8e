"""The Word form of an export: A4, headings, a table of figures, numbered sources with links inside the paper and to the reader."""

import io
import re
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ui import words
from ui.export import CAREFUL, SOURCES, TITLE, Block, Section, Sheet, Source

_FONT = "Times New Roman"  # as official papers are set
_GREEN, _SOFT = RGBColor(0x0B, 0x6B, 0x3A), RGBColor(0x59, 0x63, 0x5C)
_LINK = "Link"  # name and id of the style of links
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")  # XML holds none of these


def document(made: Sheet) -> bytes:
    """The paper as the bytes of a .docx file."""
    paper = Document()
    _set_up(paper)
    paper.add_heading(TITLE, level=0)
    if made.day:
        _soft(paper.add_paragraph(), f"{words.HOLDS_ON} {made.day}.")
    for section in made.sections:
        _section(paper, section)
    if made.sources:
        paper.add_heading(SOURCES, level=1)
        for source in made.sources:
            _source(paper, source)
    for told in filter(None, (made.left_out, CAREFUL)):
        _soft(paper.add_paragraph(), told)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _set_up(paper: Paper) -> None:
    """A4, fonts, colours and language, page numbers, and what the file says of itself."""
    page = paper.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(30), Mm(20), Mm(20), Mm(20)
    for name, size in (("Normal", 13), ("Title", 20), ("Heading 1", 15), ("List Bullet", 13)):
        style = paper.styles[name]
        style.font.size = Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme would win over the name
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        for attribute in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{attribute}"), _FONT)
        if name != "Normal" and name != "List Bullet":
            style.font.color.rgb = _GREEN
    language = _element("w:lang", {"w:val": "vi-VN"})
    paper.styles["Normal"].element.get_or_add_rPr().append(language)
    link = paper.styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = _GREEN, True
    about = paper.core_properties
    about.title, about.author, about.language, about.comments = TITLE, "Trợ lý HTX", "vi-VN", ""
    foot = page.footer.paragraphs[0]
    foot.add_run("Trang ")
    run = foot.add_run()
    for part in ("begin", "", "end"):
        run._r.append(_element("w:fldChar", {"w:fldCharType": part}) if part else _element("w:instrText", {}, "PAGE"))


def _section(paper: Paper, section: Section) -> None:
    paper.add_heading(_legal(section.question), level=1)
    if section.day:
        _soft(paper.add_paragraph(), f"{words.HOLDS_ON} {section.day}.")
    for block in section.blocks:
        _block(paper, block)
    if section.table:
        head, *rows = section.table
        table = paper.add_table(rows=1, cols=len(head), style="Table Grid")
        for cell, name in zip(table.rows[0].cells, head, strict=True):
            cell.paragraphs[0].add_run(name).bold = True
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader", {"w:val": "true"}))  # said again on each page
        for row in rows:
            cells = table.add_row().cells
            for cell, told in zip(cells[:-1], row[:-1], strict=True):
                cell.paragraphs[0].add_run(_legal(told))
            _marker(cells[-1].paragraphs[0], int(row[-1]), raised=False)
        paper.add_paragraph()
    for note in section.notes:
        _block(paper, note)


def _block(paper: Paper, block: Block) -> None:
    paragraph = paper.add_paragraph(style="List Bullet" if block.kind == "item" else None)
    if block.lead:
        paragraph.add_run(f"{block.lead}: ").bold = True
    for i, piece in enumerate(block.pieces):
        run = paragraph.add_run(_legal(piece.text))
        run.bold = True if block.kind == "conclusion" and i == 0 else None
        run.italic = True if block.kind in {"status", "note"} else None
        for number in piece.markers:
            _marker(paragraph, number)


def _source(paper: Paper, source: Source) -> None:
    """A source: number and title (where the markers lead), what it is, where in it, the paragraph and the link."""
    head = paper.add_paragraph()
    head.paragraph_format.keep_with_next = True
    name = f"nguon_{source.number}"
    head._p.append(_element("w:bookmarkStart", {"w:id": str(source.number), "w:name": name}))
    head.add_run(f"[{source.number}] {_legal(source.title)}").bold = True
    head.add_run(f" ({source.form})")
    head._p.append(_element("w:bookmarkEnd", {"w:id": str(source.number)}))
    _soft(paper.add_paragraph(), _legal("\n".join(filter(None, (source.about, source.path)))))
    quoted = paper.add_paragraph(_legal(source.text))
    quoted.paragraph_format.left_indent = Mm(8)
    link = paper.add_paragraph()
    to = paper.part.relate_to(source.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _linked(link, "Mở trong văn bản", {"r:id": to})


def _marker(paragraph: Paragraph, number: int, *, raised: bool = True) -> None:
    """The number of a source, raised, as a link to it inside the paper."""
    _linked(paragraph, f"[{number}]", {"w:anchor": f"nguon_{number}"}).font.superscript = raised or None


def _linked(paragraph: Paragraph, said: str, to: dict[str, str]) -> Run:
    link = _element("w:hyperlink", to)
    run = paragraph.add_run(said)
    run._r.get_or_add_rPr().style = _LINK  # by its id: to look a style up by name takes a millisecond each time
    link.append(run._r)
    paragraph._p.append(link)
    return run


def _soft(paragraph: Paragraph, said: str) -> None:
    run = paragraph.add_run(said)
    run.font.size, run.font.color.rgb = Pt(11), _SOFT


def _element(name: str, attributes: dict[str, str], text: str = "") -> Any:
    made: Any = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    if text:
        made.text = text
    return made


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
