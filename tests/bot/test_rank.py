from dataclasses import replace

import pytest

from bot import rank as ranking
from bot.match import FEATURES
from bot.rank import LOOKED_AT, confidence, first, rank
from bot.slots import SLOTS

QUESTION = "Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động?"


@pytest.fixture
def matches(measure):
    texts = ["Đưa mật ong lên sàn.", "Huyện Mèo Vạc có 27 hợp tác xã đang hoạt động.", "Huyện có 412 thành viên."]
    return [measure(QUESTION, text, anchor=f"I-{i}") for i, text in enumerate(texts)]


def test_the_statement_that_answers_comes_first(matches):
    assert "27" in first(matches)[0].statement.passage.text


def test_scores_fall(matches):
    scores = [m.score for m in rank(matches, lambda m: {})]
    assert scores == sorted(scores, reverse=True)


def test_an_open_slot_costs_its_place(matches):
    best = first(matches)[0]
    ranked = rank(matches, lambda m: dict.fromkeys(SLOTS, 0.0) | {"value_open": 1000.0 if m.hit == best.hit else 0.0})
    assert ranked[0].hit != best.hit


def test_slots_are_looked_at_for_the_foremost_only(measure):
    seen = []
    rank([measure(QUESTION, f"Huyện có {i} hợp tác xã.", anchor=f"I-{i}") for i in range(LOOKED_AT + 3)], lambda m: seen.append(m) or {})
    assert len(seen) == LOOKED_AT


def test_no_matches():
    assert rank([], lambda m: {}) == []
    assert confidence([], {}) == 0.0


def test_confidence_is_a_chance(matches):
    ranked = rank(matches, lambda m: {})
    assert 0 <= confidence(ranked, {}) <= 1
    assert 0 <= confidence([replace(ranked[0], score=10**9)], {}) <= 1


def test_there_is_a_weight_for_every_feature_and_only_for_known_slots():
    weights = ranking._weights()
    assert set(weights["rank"]) == set(FEATURES)
    assert set(weights["slots"]) <= set(SLOTS)
