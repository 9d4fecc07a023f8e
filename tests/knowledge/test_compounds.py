import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.compounds import association, segment


@pytest.mark.parametrize("pair", [("don", "vi"), ("tham", "gia"), ("ho", "ngheo")])
def test_words_of_two_syllables_are_known(pair):
    assert association(*pair) > 0


def test_chance_neighbours_are_no_word():
    assert association("la", "don") == 0
    assert association("x", "y") == 0


def test_words_stay_together():
    items = ["cac", "don", "vi", "tham", "gia"]
    assert [tuple(items[a:b]) for a, b in segment(items)] == [("cac",), ("don", "vi"), ("tham", "gia")]


@given(st.lists(st.sampled_from(["don", "vi", "tham", "gia", "ho", "ngheo", "5", "x"])))
def test_segments_cover_all_items_in_order(items):
    spans = segment(items)
    assert [i for a, b in spans for i in range(a, b)] == list(range(len(items)))
    assert all(1 <= b - a <= 2 for a, b in spans)
