"""Embeddings: the shipped static model by default (numpy, no torch), or any sentence-transformers model by setting."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from langchain_core.embeddings import Embeddings

from knowledge.static_embedding import StaticEmbedding

_SHIPPED = Path(__file__).with_name("embedding_model")


class StaticEmbeddings(Embeddings):
    """The shipped model: trained on Vietnamese law with and without accents (eval/train_embedding.py)."""

    name = "htx-static-2"

    def __init__(self, folder: Path = _SHIPPED) -> None:
        self.model = StaticEmbedding(folder)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.model.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class TransformerEmbeddings(Embeddings):
    """A sentence-transformers model from a folder; imported when first used, since the import takes seconds."""

    def __init__(self, folder: str) -> None:
        from sentence_transformers import SentenceTransformer

        self.name = Path(folder).name
        self._model = SentenceTransformer(folder, local_files_only=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._model.encode(texts, normalize_embeddings=True).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


@cache
def embeddings(folder: str = "") -> StaticEmbeddings | TransformerEmbeddings:
    """The embeddings to use; `folder` names a sentence-transformers model, empty the shipped one."""
    return TransformerEmbeddings(folder) if folder else StaticEmbeddings(_static[-1])


_static = [_SHIPPED]


@contextmanager
def instead(folder: Path) -> Iterator[None]:
    """Another static model in place of the shipped one inside this; what was embedded before is not embedded again."""
    _static.append(folder)
    embeddings.cache_clear()
    try:
        yield
    finally:
        _static.pop()
        embeddings.cache_clear()
