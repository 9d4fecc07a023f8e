"""Tests of the tuning: what belongs together comes nearer, and what shares a paragraph is never told apart."""

import numpy as np

from eval import tune_embedding
from eval.tune_embedding import Known, Pairs
from knowledge.embedding import StaticEmbeddings

WORDS = ("mật ong", "chè xanh", "xe tải", "tín dụng", "điện mặt trời", "thợ nề")
KNOWN = Known(
    [f"{how} {word} thì hỏi ai?" for word in WORDS for how in ("bán", "mua")],
    [(("paper", word),) for word in WORDS for _ in range(2)],
    {("paper", word): [f"Phụ trách số {i} lo việc này."] for i, word in enumerate(WORDS)},
)


def test_askings_come_near_their_paragraphs():
    model = StaticEmbeddings().model
    pairs = Pairs(KNOWN, model.table, seed=0)
    start = model.matrix()
    tuned = tune_embedding.tune(pairs, start, rounds=12)

    def nearness(table):
        def vector(text):
            summed = table[model.table.ids(text)].sum(0)
            return summed / np.linalg.norm(summed)

        return np.mean([vector(text) @ vector(KNOWN.texts[keys[0]][0]) for text, keys in zip(KNOWN.askings, KNOWN.answered_by, strict=True)])

    assert nearness(tuned) > nearness(start)


def test_two_askings_of_one_paragraph_are_no_negatives():
    pairs = Pairs(KNOWN, StaticEmbeddings().model.table, seed=0)
    *_, shared = pairs.sides(range(4))
    assert shared.tolist() == [[False, True, False, False], [True, False, False, False], [False, False, False, True], [False, False, True, False]]


def test_what_is_known_of_the_bundled_papers():
    national, everything = tune_embedding.known(local=False), tune_embedding.known()
    assert 0 < len(national.askings) < len(everything.askings)
    assert set(national.askings) <= set(everything.askings)
