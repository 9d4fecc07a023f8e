"""The tables of the library's database. JSON columns hold tuples of the model."""

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

STAGED, VISIBLE, RETIRED = "staged", "visible", "retired"


class Base(DeclarativeBase):
    """Root of the tables."""


class VersionRow(Base):
    """One version of a document. Exactly the rows in state "visible" exist for a reader."""

    __tablename__ = "versions"

    key: Mapped[str] = mapped_column(String(400), primary_key=True)  # document id @ version
    document_id: Mapped[str] = mapped_column(String(300), index=True)
    version: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10), index=True)
    title: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(80))
    issuer: Mapped[str] = mapped_column(Text)
    place_name: Mapped[str] = mapped_column(String(120))
    place_level: Mapped[str] = mapped_column(String(20))
    place_parent: Mapped[str] = mapped_column(String(120))
    issued_on: Mapped[str] = mapped_column(String(10))
    period_from: Mapped[int | None]
    period_to: Mapped[int | None]
    source: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(String(10))
    doubts: Mapped[list[str]] = mapped_column(JSON)


class ParagraphRow(Base):
    """A paragraph of one version."""

    __tablename__ = "paragraphs"

    key: Mapped[str] = mapped_column(String(500), primary_key=True)  # version key # anchor
    version_key: Mapped[str] = mapped_column(ForeignKey("versions.key", ondelete="CASCADE"), index=True)
    anchor: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    clean: Mapped[str] = mapped_column(Text)
    path: Mapped[list[str]] = mapped_column(JSON)
    parent: Mapped[str] = mapped_column(String(100))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    label: Mapped[str] = mapped_column(String(60))
    spans: Mapped[list[list[int]]] = mapped_column(JSON)
    lines: Mapped[list[list[int]]] = mapped_column(JSON)
    page: Mapped[int | None]
    doubts: Mapped[list[str]] = mapped_column(JSON)


class PassageRow(Base):
    """A passage of one version; its id is that of its entries in both indexes."""

    __tablename__ = "passages"

    id: Mapped[str] = mapped_column(String(520), primary_key=True)
    version_key: Mapped[str] = mapped_column(ForeignKey("versions.key", ondelete="CASCADE"), index=True)
    anchor: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class MentionRow(Base):
    """A document number named in a paragraph of one version."""

    __tablename__ = "mentions"
    __table_args__ = (Index("mentions_number", "number", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    version_key: Mapped[str] = mapped_column(ForeignKey("versions.key", ondelete="CASCADE"), index=True)
    anchor: Mapped[str] = mapped_column(String(100))
    canonical: Mapped[str] = mapped_column(String(80))
    number: Mapped[int]
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(String(60))  # the issuer's code in the number ("hdnd"), beside `issuer` as written out
    issued_on: Mapped[str] = mapped_column(String(10))
    issuer: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)


class IndicatorRow(Base):
    """A figure of one version. Decimals are kept as text, which every database gives back as it was."""

    __tablename__ = "indicators"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    version_key: Mapped[str] = mapped_column(ForeignKey("versions.key", ondelete="CASCADE"), index=True)
    anchor: Mapped[str] = mapped_column(String(100))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(Text)
    printed: Mapped[str] = mapped_column(Text)
    low: Mapped[str] = mapped_column(String(40))
    high: Mapped[str | None] = mapped_column(String(40))
    unit: Mapped[str] = mapped_column(String(60))
    per: Mapped[str] = mapped_column(String(60))
    bound: Mapped[str] = mapped_column(String(10))
    year_from: Mapped[int | None]
    year_to: Mapped[int | None]
    place_name: Mapped[str] = mapped_column(String(120))
    place_level: Mapped[str] = mapped_column(String(20))
    place_parent: Mapped[str] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(10))


class FeedbackRow(Base):
    """What a user said of an answer. It stands apart from the papers: no version owns it, and nothing tells who said it."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    given_at: Mapped[str] = mapped_column(String(25))  # ISO, UTC
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(10))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    comment: Mapped[str] = mapped_column(Text)
    site: Mapped[str] = mapped_column(String(80))


class SettingRow(Base):
    """Small facts about the library itself: its generation, and which embedding made the vectors."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
