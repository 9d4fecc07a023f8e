"""The vector index: passages by meaning, in Chroma (embedded, or a server by URL) through langchain."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from knowledge.errors import IndexUnavailable
from knowledge.model import Passage

_COLLECTION = "passages"
_BATCH = 2000  # entries a call; Chroma's own limit is above 5,000


class Vectors:
    """Passages by their vectors. Entries carry the version key; whether a passage may be shown is the library's to say."""

    def __init__(self, folder: Path, url: str, embeddings: Embeddings) -> None:
        quiet = ChromaSettings(anonymized_telemetry=False)
        try:
            if url:
                host, _, port = url.removeprefix("http://").removeprefix("https://").rstrip("/").partition(":")
                client = chromadb.HttpClient(host=host, port=int(port or 8000), ssl=url.startswith("https"), settings=quiet)
            else:
                folder.mkdir(parents=True, exist_ok=True)
                client = chromadb.PersistentClient(str(folder), settings=quiet)
            self._store = Chroma(collection_name=_COLLECTION, client=client, embedding_function=embeddings, collection_metadata={"hnsw:space": "cosine"})
            self._client, self._collection = client, client.get_collection(_COLLECTION)
        except Exception as error:  # chromadb raises errors of many kinds, some of them pyo3 panics' relatives
            raise IndexUnavailable(f"the vector index at {url or folder} cannot be opened ({error}); run: htx index rebuild") from error
        self._embeddings = embeddings

    @staticmethod
    def forget_clients() -> None:
        """Close the embedded clients of this process, so that the next one reads its files anew."""
        SharedSystemClient.clear_system_cache()

    def add(self, version_key: str, passages: Sequence[Passage]) -> None:
        """Add the entries of one version; entries with the same ids are replaced."""
        for start in range(0, len(passages), _BATCH):
            batch = passages[start : start + _BATCH]
            self._store.add_texts([f"{p.text} {p.context}" for p in batch], [{"version": version_key}] * len(batch), [p.id for p in batch])

    def remove(self, version_keys: Iterable[str]) -> None:
        """Remove the entries of versions."""
        for key in version_keys:
            self._store.delete(where={"version": key})

    def search(self, question: str, versions: Sequence[str], limit: int) -> list[tuple[str, float]]:
        """Passage ids with cosine similarity, best first, from `versions` only (all when empty)."""
        where: Any = {"version": {"$in": list(versions)}} if versions else None
        vector = np.asarray(self._embeddings.embed_query(question), dtype=np.float32)
        # Straight to the collection: the store would fetch texts too, which takes longer than the search itself.
        found = self._collection.query(query_embeddings=vector.reshape(1, -1), n_results=limit, where=where, include=["distances"])
        distances = (found["distances"] or [[]])[0]
        return [(identifier, 1.0 - distance) for identifier, distance in zip(found["ids"][0], distances, strict=True)]

    @property
    def size(self) -> int:
        """Number of entries."""
        return len(self.entries())

    def entries(self) -> set[str]:
        """All passage ids in the index."""
        return set(self._store.get(include=[])["ids"])

    def clear(self) -> None:
        """Remove everything."""
        self._store.reset_collection()
        self._collection = self._client.get_collection(_COLLECTION)
