"""The words of the project as types. All are immutable; text is NFC; spans are character offsets in the source text."""

from dataclasses import dataclass, field
from decimal import Decimal

from knowledge.lawnumbers import LawNumber


@dataclass(frozen=True)
class Place:
    """An administrative place. `level` is "country", "province", "district" or "commune"; `parent` is the province's name."""

    name: str
    level: str
    parent: str = ""

    @property
    def province(self) -> str:
        return self.name if self.level == "province" else self.parent


@dataclass(frozen=True)
class Document:
    """An official paper. Dates are ISO, perhaps without day ("2021-04") or empty; `period` is (first, last) year or None.

    `form` is "verbatim" or "digest"; `digest` (the hash) tells one version of the source from another.
    """

    id: str
    title: str
    kind: str
    number: str
    issuer: str
    place: Place
    issued_on: str
    period: tuple[int, int] | None
    source: str
    form: str
    version: str

    @property
    def label(self) -> str:
        """How a person names the paper: kind, number or title's time, issuer."""
        from_number = f" {self.number}" if self.number else ""
        return f"{self.title}{f' (số{from_number})' if from_number else ''} – {self.issuer}"


@dataclass(frozen=True)
class Paragraph:
    """The smallest citable unit.

    `text` is as in the source (page breaks joined); `clean` is what search and answers use; `path` holds the headings above
    it; `parent` is the anchor of the node it hangs under; `spans` are its places in the source text, two or more when a page
    break cuts it; `lines` the 1-based lines of those; `kind` is "text", "heading", "item", "front" or "back".
    """

    anchor: str
    text: str
    clean: str
    path: tuple[str, ...]
    parent: str
    position: int
    kind: str
    label: str
    spans: tuple[tuple[int, int], ...]
    lines: tuple[tuple[int, int], ...]
    page: int | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A document number named in a paragraph, with the date and issuer that stand beside it ("" when none)."""

    anchor: str
    number: LawNumber
    issued_on: str
    issuer: str
    title: str


@dataclass(frozen=True)
class Indicator:
    """A row of the ledger: one figure of a paper with what it measures, when, where, and whether it is done or planned.

    `name` is what the figure measures in the paper's words, `context` the words around that tell it from its neighbours (the
    whole that it is a part of, the parent line, the nearest heading). Money is in đồng, `high` is the end of a range, `unit` the
    noun counted, "%" or "đồng", `per` what stands after a stroke ("năm", "người/tháng"), `bound` as in knowledge.numbers.Quantity.
    `years` are first and last year, equal for a single one, None when the paper does not tell. `status` is one of STATUSES.
    """

    anchor: str
    position: int
    name: str
    context: str
    printed: str
    low: Decimal
    high: Decimal | None
    unit: str
    per: str
    bound: str
    years: tuple[int, int] | None
    place: Place
    status: str


STATUSES = ("actual", "planned", "estimated", "requested")


@dataclass(frozen=True)
class Passage:
    """What is indexed: one to a few sentences of a paragraph with its heading context."""

    id: str
    document_id: str
    anchor: str
    text: str
    context: str
    position: int


@dataclass(frozen=True)
class Paper:
    """A paper read whole: what ingest hands to the library."""

    document: Document
    paragraphs: tuple[Paragraph, ...]
    mentions: tuple[Mention, ...]
    passages: tuple[Passage, ...]
    indicators: tuple[Indicator, ...] = ()
    doubts: tuple[str, ...] = field(default=())
