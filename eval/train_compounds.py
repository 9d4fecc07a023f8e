"""Find the two-syllable words of Vietnamese by the association of neighbouring syllables in a large text.

    python -m eval.train_compounds DATASETS OUTPUT

DATASETS holds phapdien/articles.jsonl.gz and admin_docs/documents.jsonl.gz. OUTPUT gets one folded pair a line with its
normalised pointwise mutual information (Bouma 2009) in hundredths: the words that `knowledge/compounds.py` segments by.
"""

import gzip
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from knowledge.terms import terms

_MIN_COUNT = 15  # rarer pairs are mostly names and slips
_MIN_NPMI = 0.22  # below this most pairs are chance neighbours ("của các")


def texts(folder: Path) -> Iterator[str]:
    """All texts of the two collections."""
    for name in ("phapdien/articles.jsonl.gz", "admin_docs/documents.jsonl.gz"):
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield str(json.loads(line).get("text") or "")


def main(datasets: Path, output: Path) -> None:
    """Count, score and write."""
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for text in texts(datasets):
        for line in text.split("\n"):
            found = [t for t in terms.__wrapped__(line) if not t[0].isdigit()]
            single.update(found)
            double.update(pairwise(found))
    total = sum(single.values())
    scored = []
    for (a, b), count in double.items():
        if count < _MIN_COUNT:
            continue
        together = count / total
        npmi = math.log(together / (single[a] / total * single[b] / total)) / -math.log(together)
        if npmi >= _MIN_NPMI:
            scored.append((f"{a} {b}", round(npmi * 100)))
    output.write_text("".join(f"{pair} {score}\n" for pair, score in sorted(scored)), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
