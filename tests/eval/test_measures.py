import pytest
from made import DOCUMENT, UNANSWERABLE, answer, case, paragraph

from eval.metrics import by_type, measures, shown_wrong
from eval.retrieval import MEASURES, retrieval

REFUSED = answer(status="not_found", cited=())
PAIRS = [
    (case(id="a"), answer("Có 27 HTX")),
    (case(id="b"), answer("Có 30 HTX")),  # wrong, and its figure is in no source
    (case(id="c", lines={"meo-vac.md": ((9, 9),)}), answer("Có 27 HTX")),  # right by a paragraph that is no evidence
    (case(id="d", type="support"), REFUSED),
    (case(id="e", **UNANSWERABLE), REFUSED),
    (case(id="f", **UNANSWERABLE), answer("Có 27 HTX")),
]


def test_measures():
    found = measures(PAIRS)
    assert found == {
        "right": 0.5, "proven": 0.25, "cited": 0.5, "cited_first": 0.5, "refused": 0.5, "false_refusals": 0.25, "shown_wrong": 1.0, "words": 4.0,
    }  # fmt: skip


def test_without_the_papers_citations_are_not_measured():
    found = measures(PAIRS, by_evidence=False)
    assert found["right"] == 0.5
    assert found["proven"] is found["cited"] is found["cited_first"] is None


def test_nothing_to_measure_is_none_not_zero():
    found = measures(PAIRS[4:])
    assert found["right"] is found["false_refusals"] is found["words"] is None
    assert found["refused"] == 0.5


def test_by_type():
    found = by_type(PAIRS)
    assert list(found) == ["figure", "support", "unanswerable"]
    assert found["figure"] == {"questions": 3.0, "right": pytest.approx(2 / 3), "cited": pytest.approx(2 / 3)}
    assert found["unanswerable"] == {"questions": 2.0, "right": 0.5, "cited": None}


def test_what_must_not_be_said_counts_as_shown_wrong():
    assert shown_wrong(case(must_not=("27 htx",)), answer("Có 27 HTX"))
    assert not shown_wrong(case(must_not=("27 htx",)), answer("Có 27 HTX", status="not_found"))


class OnePaper:
    """A library of one document."""

    def documents(self):
        return {DOCUMENT.id: DOCUMENT}

    def paragraphs(self, document_id):
        return [paragraph(f"đoạn {i}", i) for i in range(1, 13)]


def test_retrieval():
    pytest.importorskip("ir_measures")
    order = {"first": [1, 2], "third": [3, 3, 2, 1], "late": [*range(2, 13), 1], "never": []}

    def ranked(question, history):
        return [(DOCUMENT, paragraph("", line)) for line in order[question]]

    cases = [case(id=q, question=q) for q in order]
    left_out = [case(id="x", question="x", **UNANSWERABLE), case(id="y", question="y", type="compare")]
    found = retrieval([*cases, *left_out], ranked, OnePaper())
    assert found == {"P@1": 0.25, "Success@5": 0.5, "RR@10": pytest.approx((1 + 1 / 3) / 4)}
    assert retrieval(left_out, ranked, OnePaper()) == dict.fromkeys(MEASURES)
