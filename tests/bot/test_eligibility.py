import datetime

import made_up
import pytest
import support_papers
from fastapi.testclient import TestClient

from bot.api import create_app
from bot.history import user_turns
from bot.pipeline import Assistant
from bot.prove import prove

START = "HTX em ở tỉnh Hà Giang được hỗ trợ gì?"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dialogue")
    library = made_up.open_library(folder)
    made_up.take_in(library, folder / "in", {**support_papers.PAPERS, "dong-van.md": made_up.DONG_VAN})
    return Assistant(library, today=lambda: datetime.date(2031, 3, 1))


@pytest.fixture(scope="module")
def say(assistant):
    return lambda *turns: assistant.ask(turns[-1], turns[:-1])


def under(answer, word):
    """The lines of the answer under the heading that holds a word."""
    found, inside = [], False
    for line in answer.text.split("\n"):
        if line.startswith("- ") and inside:
            found.append(line)
        elif line.strip() and not line.startswith("- "):
            inside = word in line
    return found


def test_one_question_at_a_time_with_choices(say):
    answer = say(START)
    assert answer.status == "clarify"
    assert answer.text.count("?") == 1
    assert {"Nông nghiệp", "Phi nông nghiệp"} < set(answer.suggestions)
    assert answer.citations == ()


def test_the_list_local_and_national(say):
    answer = say(START, "nông nghiệp", "mới lập")
    assert answer.status == "answered"
    assert answer.text.startswith("Có 5 loại hỗ trợ cho hợp tác xã nông nghiệp mới thành lập ở tỉnh Hà Giang")
    assert ["65.000.000 đồng" in line for line in under(answer, "Riêng ở tỉnh Hà Giang") if "15 triệu" not in line] == [True, False]
    assert all("(giai đoạn 2030-2035)" in line for line in under(answer, "Riêng ở tỉnh Hà Giang (nay thuộc Tuyên Quang):"))
    assert "Văn bản không nêu: hạn nộp hồ sơ." in answer.text
    assert any("40%" in line for line in under(answer, "Chung cả nước"))
    assert any("Ủy ban nhân dân cấp xã" in line for line in under(answer, "nộp ở đâu"))


def test_every_statement_is_proven_by_what_it_cites(say):
    answer = say(START, "nông nghiệp", "mới lập")
    sources = {c.marker: (c.document, c.paragraph) for c in answer.citations}
    for statement in answer.statements:
        assert statement.proof.ok
        assert prove(statement.text, [sources[m] for m in statement.citations]).ok


def test_what_is_over_is_never_shown_as_in_force(say):
    answer = say(START, "nông nghiệp", "mới lập")
    (line,) = [line for line in answer.text.split("\n") if "15 triệu đồng" in line]
    assert line in under(answer, "đã hết, nay không áp dụng")


def test_another_field_is_not_theirs_and_told_so(say):
    answer = say(START, "du lịch")
    assert answer.status == "answered"
    assert "65.000.000" not in answer.text
    assert "40%" not in answer.text
    assert "Không tính vì chỉ dành cho nông nghiệp" in answer.text


def test_an_old_one_does_not_get_what_is_for_new_ones(say):
    answer = say("HTX nông nghiệp của tôi ở Hà Giang lập năm 2020 được hỗ trợ gì?")
    assert "65.000.000" not in answer.text
    assert any("3% lãi suất" in line for line in under(answer, "Riêng ở"))


def test_a_group_gets_its_own(say):
    answer = say("tổ hợp tác nuôi ong của em ở Hà Giang được hỗ trợ gì, em có 2 người?")
    assert "còn thiếu 1" in answer.text
    assert "ít nhất 03 thành viên" in answer.text
    assert "đăng ký với cơ quan cấp xã" in answer.text
    assert "9 triệu đồng" not in answer.text


def test_the_number_of_people_is_set_against_the_law_of_the_library(say):
    answer = say("Tôi có 7 người, muốn lập hợp tác xã nông nghiệp ở Hà Giang, được hỗ trợ gì?")
    assert "bạn có 7, đủ" in answer.text
    assert "ít nhất 06 thành viên" in answer.text


def test_a_place_without_papers_gets_the_country_s(say):
    answer = say("HTX trồng sen của tôi ở Cần Thơ, mới lập, được hỗ trợ gì?")
    assert answer.status == "answered"
    assert "scope" in {n.kind for n in answer.notes}
    assert "Riêng ở" not in answer.text


def test_never_more_than_three_questions(say):
    turns = ["Nhóm mình có được hỗ trợ gì không?"]
    asked = 0
    while say(*turns).status == "clarify":
        asked += 1
        turns.append("không biết")
    assert asked <= 3
    assert say(*turns).status == "answered"


@pytest.mark.parametrize(
    "history",
    [[START, "nông nghiệp"], [{"role": "user", "content": START}, {"role": "assistant", "content": "Bạn làm gì?"}, {"role": "user", "content": "nông nghiệp"}]],
    ids=["strings", "roles"],
)
def test_history_in_both_forms(assistant, history):
    assert assistant.ask("mới lập", user_turns(history)).text == assistant.ask("mới lập", (START, "nông nghiệp")).text


def test_over_http(assistant):
    client = TestClient(create_app(assistant))
    asked = client.post("/api/chat", json={"question": START, "history": []}).json()
    assert (asked["status"], asked["statements"], asked["citations"]) == ("clarify", [], [])
    assert "Nông nghiệp" in asked["suggestions"]
    told = client.post("/api/chat", json={"question": "Nông nghiệp", "history": [START]}).json()
    assert told["status"] == "clarify"  # some of it is for new ones only
    listed = client.post("/api/chat", json={"question": "mới thành lập", "history": [START, {"role": "user", "content": "Nông nghiệp"}]}).json()
    assert listed["status"] == "answered"
    assert all(s["proof"]["ok"] and s["citations"] for s in listed["statements"])


def test_a_fact_and_another_question_are_answered_as_ever(say):
    assert "41 hợp tác xã" in say("Huyện Đồng Văn có bao nhiêu hợp tác xã đang hoạt động?").text
    assert "41 hợp tác xã" in say(START, "Huyện Đồng Văn có bao nhiêu hợp tác xã đang hoạt động?").text


def test_without_any_programme_there_is_no_dialogue(tmp_path):
    library = made_up.open_library(tmp_path)
    made_up.take_in(library, tmp_path / "in", {"dong-van.md": made_up.DONG_VAN})
    assert Assistant(library).ask(START).status != "clarify"
