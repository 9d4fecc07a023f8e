"""The library: one SQL database is the truth, two derived indexes hold words and vectors.

Publishing is last: a version's rows and index entries are written while it is staged, one SQL commit makes it visible and the
version before it retired, and only then are retired entries removed. A crash at any point leaves at worst entries that no
visible version owns; search drops those, and `repair` removes them.
"""

import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import create_engine, delete, event, func, select, update
from sqlalchemy.orm import Session

from knowledge import rows
from knowledge.embedding import embeddings
from knowledge.errors import UnknownDocument, UnknownParagraph
from knowledge.lawnumbers import LawNumber
from knowledge.model import Document, Indicator, Mention, Paper, Paragraph, Passage
from knowledge.schema import RETIRED, VISIBLE, Base, IndicatorRow, MentionRow, ParagraphRow, PassageRow, SettingRow, VersionRow
from knowledge.settings import Settings
from knowledge.text import fold
from knowledge.vectors import Vectors
from knowledge.words import Words

LOOK_AGAIN = 0.25  # seconds between looks at whether another process has changed what is visible
_GENERATION, _EMBEDDING = "generation", "embedding"
Step = Callable[[str], None]


class Library:
    """Papers, their paragraphs and the two indexes over them. One object serves all threads of a process."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(settings.sql_url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _sqlite_pragmas)
        Base.metadata.create_all(self._engine)
        self._lock = threading.Lock()
        self._generation = self._written = -1
        self._looked = 0.0
        self._documents: dict[str, Document] = {}
        self._passages: dict[str, Passage] = {}
        self._paragraphs: dict[str, dict[str, Paragraph]] = {}
        self._indicators: list[tuple[str, Indicator]] | None = None

    @cached_property
    def words(self) -> Words:
        """The word index, opened at first use."""
        return Words(self.settings.data_dir / "words")

    @cached_property
    def vectors(self) -> Vectors:
        """The vector index, opened at first use."""
        return Vectors(self.settings.data_dir / "vectors", self.settings.chroma_url, embeddings(self.settings.embedding_model))

    # -- writing ------------------------------------------------------------------------------------------------------

    def publish(self, paper: Paper, step: Step = lambda name: None) -> bool:
        """Take a paper in, replacing the version before it whole. False when this version is visible already.

        `step` is told each step's name before it is done, so that a test can break off between any two.
        """
        key = rows.version_key(paper.document)
        with self.session() as session:
            row = session.get(VersionRow, key)
            if row is not None and row.state == VISIBLE:
                return False
        step("clear")
        self._forget([key])
        step("rows")
        with self.session() as session:
            session.add(rows.version_row(key, paper))
            session.flush()
            session.add_all(rows.paragraph_row(key, p) for p in paper.paragraphs)
            session.add_all(rows.passage_row(key, p) for p in paper.passages)
            session.add_all(rows.mention_row(key, m) for m in paper.mentions)
            session.add_all(rows.indicator_row(key, i) for i in paper.indicators)
        step("words")
        self.words.add(key, paper.passages)
        step("vectors")
        self.vectors.add(key, paper.passages)
        step("visible")
        with self.session() as session:
            same = VersionRow.document_id == paper.document.id
            session.execute(update(VersionRow).where(same, VersionRow.state == VISIBLE).values(state=RETIRED))
            session.execute(update(VersionRow).where(VersionRow.key == key).values(state=VISIBLE))
            self._advance(session)
        step("sweep")
        with self.session() as session:
            retired = list(session.scalars(select(VersionRow.key).where(VersionRow.document_id == paper.document.id, VersionRow.state == RETIRED)))
        self._forget(retired)
        return True

    def remove(self, document_id: str) -> None:
        """Take a document out. Raises UnknownDocument."""
        document = self.document(document_id)
        with self.session() as session:
            session.execute(update(VersionRow).where(VersionRow.key == rows.version_key(document)).values(state=RETIRED))
            self._advance(session)
        self._forget([rows.version_key(document)])

    def repair(self) -> dict[str, int]:
        """Remove what no visible version owns, add what the indexes lack; gives how many entries of each."""
        with self.session() as session:
            garbage = list(session.scalars(select(VersionRow.key).where(VersionRow.state != VISIBLE)))
            wanted = {row.id: row for row in session.scalars(select(PassageRow).join(VersionRow).where(VersionRow.state == VISIBLE))}
            counts = {"versions removed": len(garbage), "entries removed": 0, "entries added": 0}
        self._forget(garbage)
        for index in (self.words, self.vectors):
            have = index.entries()
            counts["entries removed"] += len(have - wanted.keys())
            counts["entries added"] += len(wanted.keys() - have)
            # Entries go and come by version: one that is too many or missing renews all of its version.
            changed = {identifier.split("#")[0] for identifier in have ^ wanted.keys()}
            index.remove(changed)
            for key in sorted(changed):
                index.add(key, [rows.passage_of(row) for row in wanted.values() if row.version_key == key])
        return counts

    def rebuild(self) -> int:
        """Make both indexes anew from the database, even when they cannot be opened; gives the number of passages."""
        for name, folder in (("words", self.settings.data_dir / "words"), ("vectors", self.settings.data_dir / "vectors")):
            try:
                getattr(self, name).clear()
            except Exception:
                # Whatever is wrong with a derived index, its folder can go: the database is the truth.
                self.__dict__.pop(name, None)
                Vectors.forget_clients()
                shutil.rmtree(folder, ignore_errors=True)
        added = self.repair()["entries added"] // 2
        self._record_embedding()
        return added

    def ensure_embedding(self) -> None:
        """Rebuild the vectors when they were made with another model than the one set."""
        name = embeddings(self.settings.embedding_model).name
        with self.session() as session:
            made = session.get(SettingRow, _EMBEDDING)
        if made is None:
            self._record_embedding()
        elif made.value != name:
            self.rebuild()

    def _record_embedding(self) -> None:
        with self.session() as session:
            session.merge(SettingRow(name=_EMBEDDING, value=embeddings(self.settings.embedding_model).name))

    def _forget(self, keys: Iterable[str]) -> None:
        """Remove versions from both indexes and the database, in that order: rows go last, so nothing is lost track of."""
        keys = list(keys)
        if not keys:
            return
        self.words.remove(keys)
        self.vectors.remove(keys)
        self._looked = 0.0
        with self.session() as session:
            for table in (ParagraphRow, PassageRow, MentionRow, IndicatorRow):
                session.execute(delete(table).where(table.version_key.in_(keys)))
            session.execute(delete(VersionRow).where(VersionRow.key.in_(keys), VersionRow.state != VISIBLE))

    def _advance(self, session: Session) -> None:
        row = session.get(SettingRow, _GENERATION)
        self._written = int(row.value) + 1 if row else 1
        session.merge(SettingRow(name=_GENERATION, value=str(self._written)))
        self._looked = 0.0

    # -- reading ------------------------------------------------------------------------------------------------------

    @property
    def generation(self) -> int:
        """A number that grows with every change of what is visible."""
        with self._engine.connect() as connection:
            value = connection.execute(select(SettingRow.value).where(SettingRow.name == _GENERATION)).scalar()
        return int(value or 0)

    def documents(self) -> dict[str, Document]:
        """All visible documents by id. A digest whose verbatim paper is visible too gives way to it.

        What another process publishes is seen within LOOK_AGAIN seconds.
        """
        if time.monotonic() - self._looked < LOOK_AGAIN:
            return self._documents
        generation = self.generation
        with self._lock:
            if generation != self._generation:
                with self.session() as session:
                    found = [
                        rows.document_of(row) for row in session.scalars(select(VersionRow).where(VersionRow.state == VISIBLE).order_by(VersionRow.document_id))
                    ]
                verbatim = [d for d in found if d.form == "verbatim"]
                self._passages.clear()
                self._paragraphs.clear()
                self._indicators = None
                self._reopen(foreign=self._generation >= 0 and generation != self._written)
                self._documents = {d.id: d for d in found if d.form == "verbatim" or not any(_is_of(d, v) for v in verbatim)}
                self._generation = generation
            self._looked = time.monotonic()
            return self._documents

    def _reopen(self, foreign: bool) -> None:
        """See what was written to the indexes; the embedded Chroma sees what another process wrote only when opened anew."""
        self.words.refresh()
        if foreign and not self.settings.chroma_url:
            self.__dict__.pop("vectors", None)
            Vectors.forget_clients()

    def document(self, document_id: str) -> Document:
        """One visible document. Raises UnknownDocument."""
        try:
            return self.documents()[document_id]
        except KeyError:
            raise UnknownDocument(f"no document {document_id!r}; `htx documents` lists them") from None

    def paragraphs(self, document_id: str) -> list[Paragraph]:
        """All paragraphs of a visible document in order. Raises UnknownDocument."""
        return list(self._of(document_id).values())

    def paragraph(self, document_id: str, anchor: str) -> Paragraph:
        """One paragraph. Raises UnknownDocument or UnknownParagraph."""
        try:
            return self._of(document_id)[anchor]
        except KeyError:
            raise UnknownParagraph(f"document {document_id!r} has no paragraph {anchor!r}; `htx show {document_id}` prints its outline") from None

    def _of(self, document_id: str) -> dict[str, Paragraph]:
        """A document's paragraphs by anchor, read once for each state of the library."""
        key = rows.version_key(self.document(document_id))
        kept = self._paragraphs.get(key)
        if kept is None:
            with self.session() as session:
                kept_rows = session.scalars(select(ParagraphRow).where(ParagraphRow.version_key == key).order_by(ParagraphRow.position))
                kept = self._paragraphs[key] = {row.anchor: rows.paragraph_of(row) for row in kept_rows}
        return kept

    def passages(self, ids: Iterable[str]) -> list[Passage]:
        """Passages by id, in the order asked; ids that no visible version owns are left out."""
        ids = list(ids)
        documents = self.documents()
        missing = [i for i in ids if i not in self._passages]
        if missing:
            visible = {rows.version_key(d) for d in documents.values()}
            with self.session() as session:
                wanted = session.scalars(select(PassageRow).where(PassageRow.id.in_(missing)))
                self._passages.update({row.id: rows.passage_of(row) for row in wanted if row.version_key in visible})
        return [self._passages[i] for i in ids if i in self._passages]

    def all_passages(self, document_id: str) -> list[Passage]:
        """All passages of a visible document in order. Raises UnknownDocument."""
        key = rows.version_key(self.document(document_id))
        with self.session() as session:
            ids = list(session.scalars(select(PassageRow.id).where(PassageRow.version_key == key).order_by(PassageRow.position)))
        return self.passages(ids)

    def mentions(self, number: LawNumber | None = None, document_id: str = "", anchor: str = "") -> list[tuple[str, Mention]]:
        """Mentions in visible documents as (document id, mention), of one number, in one document or one paragraph of it when given."""
        keys = {rows.version_key(d): d.id for d in self.documents().values() if not document_id or d.id == document_id}
        query = select(MentionRow).where(MentionRow.version_key.in_(keys)).order_by(MentionRow.id)
        if anchor:
            query = query.where(MentionRow.anchor == anchor)
        if number is not None:
            query = query.where(MentionRow.number == number.number)
            if number.year:
                query = query.where(MentionRow.year.in_([0, number.year]))
        with self.session() as session:
            found = [(keys[row.version_key], rows.mention_of(row)) for row in session.scalars(query)]
        return [(d, m) for d, m in found if number is None or number.matches(m.number)]

    def indicators(self) -> list[tuple[str, Indicator]]:
        """The ledger: all rows of visible documents as (document id, indicator), by document and place in it; read once for each state of the library."""
        documents = self.documents()
        if self._indicators is None:
            keys = {rows.version_key(d): d.id for d in documents.values()}
            query = select(IndicatorRow).where(IndicatorRow.version_key.in_(keys)).order_by(IndicatorRow.version_key, IndicatorRow.position)
            with self.session() as session:
                self._indicators = [(keys[row.version_key], rows.indicator_of(row)) for row in session.scalars(query)]
        return self._indicators

    def counts(self) -> dict[str, int]:
        """How many documents, paragraphs, passages, mentions and indicators are visible, and entries the indexes hold."""
        with self.session() as session:

            def visible(table: type[Any]) -> int:
                return session.scalar(select(func.count()).select_from(table).join(VersionRow).where(VersionRow.state == VISIBLE)) or 0

            tables = (("paragraphs", ParagraphRow), ("passages", PassageRow), ("mentions", MentionRow), ("indicators", IndicatorRow))
            held = {name: visible(table) for name, table in tables}
            staged = session.scalar(select(func.count()).select_from(VersionRow).where(VersionRow.state != VISIBLE)) or 0
        return {"documents": len(self.documents()), **held, "words": self.words.size, "vectors": self.vectors.size, "unpublished versions": staged}

    def doubts(self, document_id: str) -> list[str]:
        """What ingest doubted about a paper as a whole. Raises UnknownDocument."""
        with self.session() as session:
            row = session.get(VersionRow, rows.version_key(self.document(document_id)))
            return list(row.doubts) if row else []

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A transaction on the database: committed at the end of the block, taken back when it fails."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session


def _is_of(digest: Document, paper: Document) -> bool:
    """True when `digest` restates `paper`: the same kind, place and period, and no other number; national texts by number alone."""
    if digest.number and paper.number and fold(digest.number) != fold(paper.number):
        return False
    if digest.place.level == "country":
        return bool(digest.number) and fold(digest.number) == fold(paper.number)
    same_place = (fold(digest.place.name), digest.place.level) == (fold(paper.place.name), paper.place.level)
    return digest.kind == paper.kind and same_place and digest.period == paper.period


def _sqlite_pragmas(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
