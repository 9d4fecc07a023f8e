from made_up import statement


def test_a_rare_word_weighs_more_than_a_common_one(weights):
    assert weights.of(("mat", "ong")) > weights.of(("htx",))


def test_an_unknown_phrase_has_a_weight_and_is_unseen(weights):
    assert 0 < weights.of(("xyzzy",)) <= 1.2
    assert not weights.seen(("xyzzy",))
    assert not weights.seen(("htx", "xyzzy"))


def test_a_phrase_of_the_papers_is_seen(weights):
    assert weights.seen(("htx",))
    assert weights.seen(("mat", "ong"))
    assert not weights.seen(("ong", "mat"))


def test_the_share_of_a_statement_that_is_spoken_of(weights):
    own = statement("Mật ong Bạc Hà", anchor="weights-1")
    assert weights.spoken_of(own, frozenset()) == 0
    assert weights.spoken_of(own, frozenset(own.terms)) == 1
    assert 0 < weights.spoken_of(own, frozenset(["mat", "ong"])) < 1
