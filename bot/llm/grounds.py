"""Grounds: whether a sentence that a model wrote is what its paragraphs say - beyond the facts, that these belong to one another.

`prove` finds each figure, place and name somewhere in what is cited. A model may still put a figure of the paragraph beside the wrong year,
office or thing, or turn "đề nghị" into "đã". So each clause is laid beside the clause that holds its figure: every content word, year,
place and unit must be in that clause's reach, be denied there if it is denied here, and keep what tells a plan or a request from a
result. Words are compared as written; nothing is matched by likeness.
"""

import re
from collections.abc import Callable, Sequence

from bot.answer import Proof
from bot.draft import Source
from bot.llm.anchors import out_of_place
from bot.llm.binding import unbound
from bot.llm.hedges import status_lost
from bot.llm.naming import masked
from bot.llm.reach import Ground, plain, said_in
from bot.llm.strange import places_wrong, strange
from bot.llm.wording import Clause, keys_of, read
from bot.prove import prove
from knowledge import numbers
from knowledge.model import Document, Indicator, Paragraph
from knowledge.text import normalize

Rows = Callable[[Document, Paragraph], Sequence[Indicator]]

_FIGURE = 3  # words that a shared figure counts for, when the sentence that proves a statement is looked for
_WHOLE = 6  # words beyond which a sentence that stands in the paragraph as it is needs no further looking


def grounded(text: str, sources: Sequence[Source], rows: Rows, beside: str = "") -> Proof:
    """The proof of a model's sentence against its sources; `missing` names what does not hold, in words that the model can act on.

    `rows` gives the rows of the ledger at a paragraph, which tell a plan from a result. `beside` is as in `prove`.
    """
    text = normalize(text)
    proof = prove(text, sources, beside)
    grounds = [Ground(s, beside, rows(*s)) for s in sources]
    missing = [*proof.missing, *strange(text, grounds)]
    if not missing:
        unnamed, all_said = masked(text, sources), said_in(read(text).clauses)
        missing += places_wrong(text, grounds)
        for said in read(unnamed).sentences:
            if not any(_stands_whole(said, g) for g in grounds):
                missing += unbound(said, grounds, all_said)
        missing += out_of_place(unnamed, grounds)
        missing += status_lost(text, read(unnamed), grounds)
    return Proof(proof.checked, not missing, tuple(dict.fromkeys(missing)))


def quote(text: str, paragraph: Paragraph) -> str:
    """The sentence of a paragraph that shares most words with a statement: what a reader should look at."""
    keys = keys_of(read(text).clauses)
    values = {v for q in numbers.quantities(text) for v in q.values()}
    clean = normalize(paragraph.clean)

    def shared(sentence: Sequence[Clause]) -> int:
        stated = {v for c in sentence for q in c.quantities for v in q.values()}
        return len(keys & keys_of(sentence)) + _FIGURE * len(values & stated)

    best = max(read(clean).sentences, key=shared, default=())
    return clean[best[0].span[0] : best[-1].span[1]].strip() if best else clean


def _stands_whole(said: Sequence[Clause], ground: Ground) -> bool:
    """True for a sentence that stands in the paragraph as it is, from clause to clause, but for a label that only names the paper."""
    first = next((i for i, c in enumerate(said) if not c.label or c.denies or c.words or c.figures), 0)
    text = _joined(said[first:])
    return len(text.split()) > _WHOLE and any(
        (tail := _joined(sentence[i:])).startswith(text) and not tail[len(text) : len(text) + 1].isalnum()
        for sentence in ground.wording.sentences
        for i in range(len(sentence))
    )


def _joined(clauses: Sequence[Clause]) -> str:
    return re.sub(r"\W+", " ", plain(" ".join(c.text for c in clauses))).strip()
