"""The full-text index: words as written and folded, syllables and pairs, in tantivy.

Fields: `text` and `context` hold folded terms, `pairs` the neighbouring ones of the text, `written` the syllables with marks.
"""

import time
from collections.abc import Iterable
from pathlib import Path

import tantivy

from knowledge.errors import IndexUnavailable
from knowledge.model import Passage
from knowledge.terms import pairs, terms
from knowledge.text import syllables

# Weights of the fields in a word query, found by eval/tune.py on the development questions of four papers, checked on the fifth.
BOOSTS = {"text": 1.0, "context": 0.45, "pairs": 0.8, "written": 0.25}
_WRITER_BYTES = 50_000_000
_WAIT_SECONDS = 60.0  # longer than the longest paper takes to be written


class Words:
    """Passages by their words. Entries are found by passage id; whether a passage may be shown is the library's to say."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", fast=True)
        builder.add_text_field("version", stored=False, tokenizer_name="raw")
        for name in BOOSTS:
            builder.add_text_field(name, stored=False, tokenizer_name="space", index_option="freq")
        self._schema = builder.build()
        try:
            self._index = tantivy.Index(self._schema, path=str(folder))
        except ValueError as error:
            raise IndexUnavailable(f"the word index in {folder} cannot be opened ({error}); run: htx index rebuild") from error
        self._index.register_tokenizer("space", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        self._searcher = self._index.searcher()

    def add(self, version_key: str, passages: Iterable[Passage]) -> None:
        """Add the entries of one version, older entries of the same version replaced; visible to `search` at once."""
        writer = self._writer()
        writer.delete_documents_by_term("version", version_key)
        for p in passages:
            own = terms(p.text)
            entry = tantivy.Document(id=p.id, version=version_key)
            entry.add_text("text", " ".join(own))
            entry.add_text("pairs", " ".join(pairs(own)))
            entry.add_text("context", " ".join(terms(p.context)))
            entry.add_text("written", " ".join(syllables(p.text)))
            writer.add_document(entry)
        self._finish(writer)

    def remove(self, version_keys: Iterable[str]) -> None:
        """Remove the entries of versions."""
        writer = self._writer()
        for key in version_keys:
            writer.delete_documents_by_term("version", key)
        self._finish(writer)

    def _writer(self) -> "tantivy.IndexWriter":
        """The index's one writer; another thread or process that has it is waited for."""
        deadline = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                return self._index.writer(_WRITER_BYTES, 1)
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise
                if time.monotonic() > deadline:
                    raise IndexUnavailable("another process is writing to the library for too long; wait until it has ended and try again") from error
                time.sleep(0.05)

    def _finish(self, writer: "tantivy.IndexWriter") -> None:
        writer.commit()
        writer.wait_merging_threads()
        self.refresh()

    def refresh(self) -> None:
        """See what other processes have written."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, weighted: dict[str, list[tuple[str, float]]], versions: Iterable[str], limit: int) -> list[tuple[str, float]]:
        """Passage ids with BM25 scores, best first. `weighted` gives terms with weights by field; only `versions` are searched."""
        should = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, term, "freq"), weight * BOOSTS[field]))
            for field, items in weighted.items()
            for term, weight in items
        ]
        if not should:
            return []
        query = tantivy.Query.boolean_query(should)
        allowed = tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, "version", list(versions)), 0.0)
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, allowed)])
        hits = self._searcher.search(query, limit).hits
        return [(self._searcher.doc(address)["id"][0], score) for score, address in hits]

    def frequency(self, field: str, term: str) -> int:
        """In how many entries a term stands."""
        return int(self._searcher.doc_freq(field, term))

    @property
    def size(self) -> int:
        """Number of entries."""
        return int(self._searcher.num_docs)

    def entries(self) -> set[str]:
        """All passage ids in the index."""
        hits = self._searcher.search(tantivy.Query.all_query(), max(1, self.size)).hits
        return {self._searcher.doc(address)["id"][0] for _, address in hits}

    def clear(self) -> None:
        """Remove everything."""
        writer = self._writer()
        writer.delete_all_documents()
        self._finish(writer)
