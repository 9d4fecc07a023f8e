import json

import numpy as np
import pytest
from made import UNANSWERABLE, case, record

from bot.match import FEATURES
from bot.pipeline import Assistant
from bot.slots import SLOTS
from eval import train_answerable, train_ranker
from eval.papers import build
from eval.questions import load
from eval.train_ranker import Asked

NAMES = (*FEATURES, *SLOTS)


def asked(first):
    """Five candidates of which the one with the most of the first feature is right."""
    values = np.zeros((5, len(NAMES)), np.float32)
    values[:, 0] = np.linspace(0, 1, 5)[::-1] if first else np.linspace(0, 1, 5)
    right = values[:, 0] == 1
    return Asked(case(), values, right, right)


def test_the_ranker_learns_what_tells_the_right_one():
    none = Asked(case(), np.ones((2, len(NAMES)), np.float32), np.zeros(2, bool), np.zeros(2, bool))
    weights = train_ranker.fit([asked(True), asked(False), none])
    assert weights[0] > 1
    assert weights[1:] == pytest.approx(0)


def test_the_answerability_model_learns_what_tells_the_unanswerable():
    rng = np.random.default_rng(0)
    values = rng.random((60, len(train_answerable.NAMES)))
    at = train_answerable.NAMES.index("value_open")
    rows = [train_answerable.Row(case(**({} if v[at] < 0.5 else UNANSWERABLE)), v, True) for v in values]
    weights, bias = train_answerable.fit(rows)
    scores = values @ weights + bias
    answerable = values[:, at] < 0.5
    assert weights[at] < 0
    assert scores[answerable].mean() > scores[~answerable].mean()
    left_out = train_answerable.out_of_fold(rows, np.arange(60) % 5)
    assert left_out[answerable].mean() > left_out[~answerable].mean()


def test_rows_of_a_library(papers, tmp_path, write):
    assistant = Assistant(build(tmp_path / "data", papers))
    cases = load(write(record(), record("q2", type="unanswerable", question="Huyện Mèo Vạc trồng chè thế nào?", expects=[], doc=None, lines=[])))
    ranked = train_ranker.rows(assistant, cases)
    assert [a.case.id for a in ranked] == ["q1"]
    assert ranked[0].values.shape == (len(ranked[0].right), len(NAMES))
    assert ranked[0].right.sum() == 1
    assert [row.case.id for row in train_answerable.rows(assistant, cases)] == ["q1", "q2"]


def test_parts_of_the_weights_are_replaced(tmp_path):
    path = tmp_path / "weights.json"
    train_ranker.write(path, {"rank": {"words": 1.0}, "slots": {}})
    train_ranker.write(path, {"rank": {"words": 2.0}})
    assert json.loads(path.read_text(encoding="utf-8")) == {"rank": {"words": 2.0}, "slots": {}}
