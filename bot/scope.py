"""Scope: the papers that a person wants to ask - of one place, one kind, or about one year; empty is all."""

from dataclasses import dataclass

from knowledge.model import Document
from knowledge.text import fold


@dataclass(frozen=True)
class Scope:
    """Filters on papers: `place` by its name, `kind` as in Document.kind, `year` within a paper's period, of its date when it has none."""

    place: str = ""
    kind: str = ""
    year: int = 0

    def allows(self, document: Document) -> bool:
        """True when a paper is within all filters."""
        of_place = not self.place or fold(document.place.name) == fold(self.place)
        return of_place and (not self.kind or document.kind == self.kind) and (not self.year or self._of_year(document))

    def _of_year(self, document: Document) -> bool:
        if document.period is not None:
            return document.period[0] <= self.year <= document.period[1]
        return document.issued_on[:4] == str(self.year)


ALL = Scope()
