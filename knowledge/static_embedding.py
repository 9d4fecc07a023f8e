"""A static sentence embedding for Vietnamese that needs only numpy.

A text becomes a set of tokens, each token has one row in a table, the sum of the rows, scaled to
length one, is the vector.  Tokens of a text:

* every syllable without its marks ("dieu" for "điều"), so that a question typed without marks
  lands close to the same question typed with them;
* the syllable with its marks, where it has any;
* every frequent pair of neighbouring syllables, without marks ("hop dong");
* a number as it stands where it is frequent ("2020"), else its shape ("00/0000") and a hash bucket.

The file made by ``train_embedding.py`` holds whole numbers of 4 or 8 bits with one scale per row.

    model = StaticEmbedding("model")           # a folder with embedding.npz and vocab.txt
    vectors = model.encode(["thời hạn nộp thuế"])   # float32, one row of length one per text
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

BUCKETS = 256
"""Hash buckets for syllables and numbers that are not in the vocabulary."""

_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,/\-]\d+)*")
_DIGIT = re.compile(r"\d")
_FOLD = {
    c: unicodedata.normalize("NFD", chr(c))[0] for c in (*range(0xC0, 0x1B5), *range(0x1EA0, 0x1EFA)) if unicodedata.normalize("NFD", chr(c)) != chr(c)
} | {ord("đ"): "d", ord("Đ"): "D"}
# "hoà" and "hòa" are the same syllable: the mark goes on the first of the two vowels.
_OLD = {
    a + b: c + d
    for a, bs, cs, d in (
        ("o", "àáảãạ", "òóỏõọ", "a"),
        ("o", "èéẻẽẹ", "òóỏõọ", "e"),
        ("u", "ỳýỷỹỵ", "ùúủũụ", "y"),
    )
    for b, c in zip(bs, cs, strict=True)
}


def split(text: str) -> list[str]:
    """The syllables and numbers of a text, composed (NFC) and in lower case."""
    return _TOKEN.findall(unicodedata.normalize("NFC", text).lower())


def fold(text: str) -> str:
    """The text without Vietnamese marks."""
    return text.translate(_FOLD)


def canonical(token: str) -> str:
    """One spelling per syllable (place of the tone mark) and per number (no leading zeros)."""
    if token[0].isdigit():
        return (token.lstrip("0") or "0") if token.isdecimal() else token
    if token[-2:] in _OLD and token[-3:-2] != "q":
        return token[:-2] + _OLD[token[-2:]]
    return token


def shape(number: str) -> str:
    """A number's shape: every digit as 0."""
    return _DIGIT.sub("0", number)


def bucket(token: str) -> str:
    """The name of the hash bucket of a token that the vocabulary lacks."""
    return f"<{zlib.crc32(token.encode()) % BUCKETS}>"


class TokenTable:
    """Maps texts to token numbers; the order of ``vocab`` gives the numbers."""

    def __init__(self, vocab: Sequence[str]) -> None:
        self.index = {token: i for i, token in enumerate(vocab)}
        index = self.index
        self._pairs: dict[int, int] = {}
        for token, i in index.items():
            first, blank, second = token.partition(" ")
            if blank:
                self._pairs[index[first] << 20 | index[second]] = i
        self._known: dict[str, tuple[int, int]] = {}

    @property
    def pairs(self) -> dict[int, int]:
        """Token number of each pair, by ``first << 20 | second``."""
        return self._pairs

    def syllable(self, token: str) -> tuple[int, int]:
        """The main number of a token and a second one: form with marks, or bucket; -1 if none."""
        found = self._known.get(token)
        if found is None:
            index, plain = self.index, canonical(token)
            folded = fold(plain)
            if folded in index:
                found = index[folded], index.get(plain, -1) if plain != folded else -1
            elif plain[0].isdigit():
                found = index.get(shape(plain), index["<0>"]), index[bucket(plain)]
            else:
                found = index[bucket(folded)], -1
            if len(self._known) < 100_000:
                self._known[token] = found
        return found

    def ids(self, text: str) -> list[int]:
        """The distinct token numbers of a text."""
        known, pairs, syllable = self._known, self._pairs, self.syllable
        found: set[int] = set()
        last = -1
        for token in split(text):
            main, second = known.get(token) or syllable(token)
            found.add(main)
            found.add(second)
            found.add(pairs.get(last << 20 | main, -1) if last >= 0 else -1)
            last = main
        found.discard(-1)
        return list(found)


def quantise(rows: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows as whole numbers (two per byte for 4 bits) and the scale of each row (float16)."""
    top = (1 << (bits - 1)) - 1
    # For 4 bits the largest values are cut off: the scale with the least square error is taken.
    best = np.full(len(rows), np.inf)
    scale = np.zeros(len(rows), np.float16)
    peak = np.abs(rows).max(axis=1)
    for share in (1.0,) if bits == 8 else np.arange(0.5, 1.01, 0.05):
        s = np.maximum(peak * share / top, 1e-6).astype(np.float16)
        wide = s[:, None].astype(np.float32)
        error = ((np.clip(np.rint(rows / wide), -top, top) * wide - rows) ** 2).sum(axis=1)
        better = error < best
        best[better], scale[better] = error[better], s[better]
    whole = np.clip(np.rint(rows / scale[:, None].astype(np.float32)), -top, top).astype(np.int8)
    if bits == 8:
        return whole, scale
    raised = (whole + 8).astype(np.uint8)
    return raised[:, 0::2] << 4 | raised[:, 1::2], scale


def unpack(whole: np.ndarray) -> np.ndarray:
    """The whole numbers of a table, one per int8 cell."""
    if whole.dtype == np.int8:
        return whole
    rows = np.empty((len(whole), whole.shape[1] * 2), np.int8)
    rows[:, 0::2] = whole >> 4
    rows[:, 1::2] = whole & 15
    rows -= 8
    return rows


class StaticEmbedding:
    """The trained table; ``encode`` gives one vector of length one per text (zero if no token)."""

    def __init__(self, folder: str | Path) -> None:
        folder = Path(folder)
        vocab = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        with np.load(folder / "embedding.npz") as file:
            self._rows = unpack(file["rows"])
            self._scale = file["scale"].astype(np.float32)
        self.table = TokenTable(vocab[: len(self._rows)])

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._rows.shape[1])

    def matrix(self) -> np.ndarray:
        """The whole table as float32."""
        table: np.ndarray = self._rows * self._scale[:, None]
        return table

    def encode(self, texts: Iterable[str]) -> np.ndarray:
        """Vectors of the texts, float32, shape (number of texts, dim)."""
        listed = [texts] if isinstance(texts, str) else list(texts)
        out = np.zeros((len(listed), self.dim), np.float32)
        ids, rows, scale = self.table.ids, self._rows, self._scale
        for i, text in enumerate(listed):
            found = ids(text)
            if found:
                vector = scale[found] @ rows[found].astype(np.float32)
                out[i] = vector / max(float(np.sqrt(vector @ vector)), 1e-9)
        return out

    def sentence_transformer(self) -> Any:
        """The same model as a ``SentenceTransformer`` (needs sentence-transformers)."""
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.models import Normalize
        from sentence_transformers.models import StaticEmbedding as Table
        from tokenizers import Tokenizer
        from tokenizers.models import WordLevel

        stand_in = Tokenizer(WordLevel(self.table.index, unk_token="<0>"))  # noqa: S106  # a token of the vocabulary, no secret
        module = Table(stand_in, embedding_weights=self.matrix())
        module.tokenizer = _Tokenizer(self.table)
        return SentenceTransformer(modules=[module, Normalize()], device="cpu")


class _Encoding:
    def __init__(self, ids: list[int]) -> None:
        self.ids = ids


class _Tokenizer:
    """What sentence-transformers asks of a tokenizer for a static embedding."""

    def __init__(self, table: TokenTable) -> None:
        self._table = table

    def no_padding(self) -> None:
        """Nothing to switch off."""

    def get_vocab_size(self) -> int:
        """Number of tokens."""
        return len(self._table.index)

    def encode_batch(self, texts: Sequence[str], **_: object) -> list[_Encoding]:
        """Token numbers of each text."""
        return [_Encoding(self._table.ids(text)) for text in texts]
