import tomllib

import made
import pytest

from eval import dialogues
from eval.dialogues import PROGRAMMES, Result, load, report, run

TABLES = {
    "over": ["cu"], "unsure": [], "bases": {"htx": ["moi", "cu"]}, "programmes": {"moi": ["meo-vac#p1"], "cu": ["meo-vac#p2"], "khac": ["meo-vac#p3"]},
    "beside": {"founders": ["meo-vac#p4"]},
}  # fmt: skip
LIST = "Có 1 loại hỗ trợ cho hợp tác xã.\n\nChung cả nước:\n- Mới. [1]\n\nRiêng ở đây, đã hết:\n- Cũ. [2]\n\nCần gì:\n- Số người. [4]"


class Assistant:
    """Gives the answers that a test lays down, turn by turn."""

    def __init__(self, *texts, statuses=()):
        made_up = [made.answer("x", cited=tuple("abcd"), status=s) for s in statuses or ["answered"] * len(texts)]
        self.answers = [type(a)(a.status, text, a.statements, a.citations) for a, text in zip(made_up, texts, strict=True)]

    def ask(self, turn, history):
        return self.answers[len(history)]


def dialogue(**fields):
    return {"id": "x", "set": "build", "turns": ["?"], "final": "answered", "must": ["@htx"], "must_not": ["khac"], **fields}


def test_a_right_list():
    found = run(Assistant(LIST), dialogue(), TABLES)
    assert (found.met, found.right, found.wrong, found.faults) == ({"moi", "cu"}, 2, (), ())


def test_what_is_over_must_be_marked():
    assert run(Assistant(LIST.replace("đã hết", "nay")), dialogue(), TABLES).faults == ("cu not marked",)


def test_wrong_and_lacking_programmes():
    found = run(Assistant(LIST.replace("[1]", "[3]")), dialogue(), TABLES)
    assert found.lacking == {"moi"}
    assert "must not" in found.wrong[0]


def test_questions_are_counted():
    asked = Assistant("?", LIST, statuses=["clarify", "answered"])
    assert run(asked, dialogue(turns=["a", "b"], asked=1), TABLES).faults == ()
    assert run(asked, dialogue(turns=["a", "b"], asked=0), TABLES).faults == ("1 questions",)


@pytest.mark.parametrize(("text", "faults"), [("27 HTX. [1]", ()), (LIST, ("answered as a part of a dialogue",))])
def test_a_fact_is_no_dialogue(text, faults):
    assert run(Assistant(text), dialogue(final="-", must=[]), TABLES).faults == faults


def test_the_report_counts():
    lines = report([Result("a", "build", frozenset(["moi"]), frozenset(["cu"]), 1, ("w",), ())])
    assert "precision 1/2 = 0.500; recall 1/2 = 0.500" in lines[0]
    assert "0 without a fault" in lines[0]


def test_the_files_name_one_another():
    tables = tomllib.loads(PROGRAMMES.read_text("utf-8"))
    known = set(tables["programmes"])
    assert {name for names in tables["bases"].values() for name in names} <= known
    for entry in load():
        assert dialogues._names([*entry["must"], *entry["must_not"], *entry.get("may", [])], tables) <= known
    assert len({entry["id"] for entry in load()}) == len(load())
