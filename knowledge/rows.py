"""Rows: the model's types as rows of the database and back."""

from decimal import Decimal

from knowledge.lawnumbers import LawNumber
from knowledge.model import Document, Indicator, Mention, Paper, Paragraph, Passage, Place
from knowledge.schema import STAGED, IndicatorRow, MentionRow, ParagraphRow, PassageRow, VersionRow


def version_key(document: Document) -> str:
    """What names one version in the database and in both indexes."""
    return f"{document.id}@{document.version}"


def version_row(key: str, paper: Paper) -> VersionRow:
    """The row of a version that is being taken in."""
    d = paper.document
    return VersionRow(
        key=key, document_id=d.id, version=d.version, state=STAGED, title=d.title, kind=d.kind, number=d.number, issuer=d.issuer,
        place_name=d.place.name, place_level=d.place.level, place_parent=d.place.parent, issued_on=d.issued_on,
        period_from=d.period[0] if d.period else None, period_to=d.period[1] if d.period else None, source=d.source, form=d.form,
        doubts=list(paper.doubts),
    )  # fmt: skip


def document_of(row: VersionRow) -> Document:
    """The document of a row."""
    period = (row.period_from, row.period_to) if row.period_from is not None and row.period_to is not None else None
    return Document(
        id=row.document_id, title=row.title, kind=row.kind, number=row.number, issuer=row.issuer,
        place=Place(row.place_name, row.place_level, row.place_parent), issued_on=row.issued_on, period=period, source=row.source,
        form=row.form, version=row.version,
    )  # fmt: skip


def paragraph_row(key: str, p: Paragraph) -> ParagraphRow:
    """The row of a paragraph."""
    return ParagraphRow(
        key=f"{key}#{p.anchor}", version_key=key, anchor=p.anchor, text=p.text, clean=p.clean, path=list(p.path), parent=p.parent,
        position=p.position, kind=p.kind, label=p.label, spans=[list(s) for s in p.spans], lines=[list(s) for s in p.lines], page=p.page,
        doubts=list(p.doubts),
    )  # fmt: skip


def paragraph_of(row: ParagraphRow) -> Paragraph:
    """The paragraph of a row."""
    return Paragraph(
        anchor=row.anchor, text=row.text, clean=row.clean, path=tuple(row.path), parent=row.parent, position=row.position, kind=row.kind,
        label=row.label, spans=tuple((a, b) for a, b in row.spans), lines=tuple((a, b) for a, b in row.lines), page=row.page,
        doubts=tuple(row.doubts),
    )  # fmt: skip


def passage_row(key: str, p: Passage) -> PassageRow:
    """The row of a passage."""
    return PassageRow(id=p.id, version_key=key, anchor=p.anchor, text=p.text, context=p.context, position=p.position)


def passage_of(row: PassageRow) -> Passage:
    """The passage of a row."""
    return Passage(row.id, row.version_key.rsplit("@", 1)[0], row.anchor, row.text, row.context, row.position)


def mention_row(key: str, m: Mention) -> MentionRow:
    """The row of a mention."""
    return MentionRow(
        version_key=key, anchor=m.anchor, canonical=m.number.canonical, number=m.number.number, year=m.number.year, kind=m.number.kind,
        body=m.number.issuer, issued_on=m.issued_on,
        issuer=m.issuer, title=m.title,
    )  # fmt: skip


def mention_of(row: MentionRow) -> Mention:
    """The mention of a row."""
    return Mention(
        row.anchor, LawNumber(row.number, row.year, row.kind, row.body, row.canonical, (0, len(row.canonical))), row.issued_on, row.issuer, row.title
    )


def indicator_row(key: str, i: Indicator) -> IndicatorRow:
    """The row of an indicator."""
    return IndicatorRow(
        version_key=key, anchor=i.anchor, position=i.position, name=i.name, context=i.context, printed=i.printed, low=str(i.low),
        high=None if i.high is None else str(i.high), unit=i.unit, per=i.per, bound=i.bound, year_from=i.years[0] if i.years else None,
        year_to=i.years[1] if i.years else None, place_name=i.place.name, place_level=i.place.level, place_parent=i.place.parent, status=i.status,
    )  # fmt: skip


def indicator_of(row: IndicatorRow) -> Indicator:
    """The indicator of a row."""
    years = (row.year_from, row.year_to) if row.year_from is not None and row.year_to is not None else None
    return Indicator(
        anchor=row.anchor, position=row.position, name=row.name, context=row.context, printed=row.printed, low=Decimal(row.low),
        high=None if row.high is None else Decimal(row.high), unit=row.unit, per=row.per, bound=row.bound, years=years,
        place=Place(row.place_name, row.place_level, row.place_parent), status=row.status,
    )  # fmt: skip
