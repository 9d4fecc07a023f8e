"""Embeddings: the shipped static model by default (numpy, no torch), or any sentence-transformers model by setting."""

from functools import cache
from pathlib import Path

from langchain_core.embeddings import Embeddings

from knowledge.static_embedding import StaticEmbedding

_SHIPPED = Path(__file__).with_name("embedding_model")


class StaticEmbeddings(Embeddings):
    """The shipped model: trained on Vietnamese law with and without accents (eval/train_embedding.py)."""

    name = "htx-static-2"

    def __init__(self) -> None:
        self.model = StaticEmbedding(_SHIPPED)

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
    return TransformerEmbeddings(folder) if folder else StaticEmbeddings()
