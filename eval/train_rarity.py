"""How rare each term and pair is in Vietnamese law at large: weights for the words of a question.

    python -m eval.train_rarity DATASETS OUTPUT

A word that is rare in the library but common elsewhere ("giữa", "hồi") says little about what is asked; this table tells it
from one that is rare everywhere. OUTPUT gets one folded term or pair a line with its inverse document frequency over the
lines of phapdien, scaled to 0..99; what is not listed is as rare as can be.
"""

import gzip
import json
import math
import sys
from collections import Counter
from pathlib import Path

from knowledge.terms import pairs, terms

_MIN_COUNT = 25
_KEPT = 92  # entries above this are as good as unknown and left out


def main(datasets: Path, output: Path) -> None:
    """Count lines, score and write."""
    counts: Counter[str] = Counter()
    total = 0
    with gzip.open(datasets / "phapdien/articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            if i % 3:  # a third of the articles is enough for frequencies
                continue
            for part in str(json.loads(line).get("text") or "").split("\n"):
                found = terms.__wrapped__(part)
                if found:
                    total += 1
                    counts.update({t for t in (*found, *pairs(found)) if not t[0].isdigit()})
    scored = {t: round(99 * math.log(total / c) / math.log(total)) for t, c in counts.items() if c >= _MIN_COUNT}
    output.write_text("".join(f"{t} {s}\n" for t, s in sorted(scored.items()) if s <= _KEPT and ("_" not in t or s <= 75)), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
