"""Attack: text that gives orders to the assistant - typed, said in an earlier turn, hidden in a paper or in its title.

What is missed here is not obeyed either: the built-in way only quotes papers, and a language model's words are shown only when papers
prove them. So this serves a calm refusal in place of an odd answer, and keeps orders out of what a model reads.
"""

import base64
import re
import unicodedata
import zlib
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.text import fold, has_accents, normalize

BUCKETS = 8192
_PIECES = (3, 4, 5)
_SURE, _SURE_UNMARKED = 0.6, 0.9  # likelihood from which a text is taken for an attack; Vietnamese typed without marks reads more alike
_FILE = Path(__file__).with_name("attack.npz")

_SPACED = re.compile(r"\b(?:\w[ \u00a0]){5,}\w\b")
_LEET = str.maketrans("0134578@$", "oieastbas")
_ENCODED = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_HEX = re.compile(r"\b(?:[0-9a-fA-F]{2}){12,}\b")
_SYLLABLES = re.compile(r"\b(?:htx|hop tac|thanh vien|khong|duoc|nhung|cua|huyen|tinh|dang ky|von)\b")  # Vietnamese, where no mark says so
_LEETED = re.compile(r"[a-z][0134578@$]|[0134578@$][a-z]", re.IGNORECASE)


@lru_cache(maxsize=4096)
def commands(text: str) -> bool:
    """True when a text tries to turn its reader, if that is a machine; disguises that a reader can undo are undone."""
    return any(likelihood(form) >= (_SURE if has_accents(form) or not _SYLLABLES.search(fold(form)) else _SURE_UNMARKED) for form in forms(text))


def likelihood(text: str) -> float:
    """How likely a text gives orders to a machine (0..1): a linear model over its pieces of letters, learned by eval/train_attack.py."""
    weights, bias = _model()
    return float(1 / (1 + np.exp(-(weights @ features(text) + bias))))


def features(text: str) -> NDArray[np.float32]:
    """Pieces of 3 to 5 characters within words, folded and - where the text has marks - as written, in BUCKETS hashed buckets, as a vector of length 1."""
    found = np.zeros(BUCKETS, dtype=np.float32)
    for mark, form in (("", fold(text)), ("^", normalize(text).lower() if has_accents(text) else "")):
        for word in form.split():
            edged = f" {word} "
            for size in _PIECES:
                for i in range(len(edged) - size + 1):
                    found[zlib.crc32((mark + edged[i : i + size]).encode(errors="replace")) % BUCKETS] += 1
    length = float(np.linalg.norm(found))
    return found / length if length else found


@cache
def _model() -> tuple[NDArray[np.float32], float]:
    with np.load(_FILE) as stored:
        return stored["weights"].astype(np.float32), float(stored["bias"])


def forms(text: str) -> list[str]:
    """The text without what cannot be seen; also with spaced letters joined, digits for letters read as letters, and what is encoded in it decoded."""
    shown = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    found = [shown, re.sub(r"[_\-]+", " ", shown)]
    if _SPACED.search(shown):
        found.append(_SPACED.sub(lambda m: _joined(m.group()), shown))
    if _LEETED.search(shown):
        found.append(shown.lower().translate(_LEET))
    return [*found, *_decoded(shown)]


def _joined(spaced: str) -> str:
    """Letters typed apart, joined; two blanks part words."""
    return " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", spaced))


def _decoded(text: str) -> list[str]:
    """What stands encoded in a text."""
    found = []
    for pattern, decode in ((_ENCODED, _from_base64), (_HEX, bytes.fromhex)):
        for encoded in pattern.findall(text):
            with suppress(ValueError):  # it was no encoding, or of no text
                found.append(decode(encoded).decode("utf-8"))
    return found


def _from_base64(encoded: str) -> bytes:
    return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
