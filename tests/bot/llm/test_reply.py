import json
import unicodedata

import pytest

from bot.llm.reply import Reply, Said, questions_of, statements_of

TWO = {"statements": [{"text": "Một câu.", "ids": ["k1"]}, {"text": "Câu “hai” có {ngoặc}.", "ids": ["k2", "k3"]}]}
SAID = [Said("Một câu.", ("k1",)), Said("Câu “hai” có {ngoặc}.", ("k2", "k3"))]
PLAIN = json.dumps(TWO, ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        json.dumps(TWO),
        f"```json\n{PLAIN}\n```",
        f"Đây là câu trả lời:\n{PLAIN}\nHết.",
        f'<think>hmm {{"statements": []}}</think>{PLAIN}',
        f'hmm {{"statements": []}}</think>{PLAIN}',
        json.dumps(TWO, indent=2),
    ],
)
def test_statements_are_read_whatever_stands_around_them(text):
    assert statements_of(text) == SAID


def test_a_statement_is_given_when_the_next_one_begins_and_only_once():
    reply, given = Reply(), []
    for i, letter in enumerate(PLAIN):
        given += [(i, said) for said in reply.hear(letter)]
    assert [said for _, said in given] == SAID[:1]
    assert given[0][0] < len(PLAIN) - 20  # before the whole reply is there
    assert list(reply.end()) == SAID[1:]
    assert list(reply.end()) == []


def test_text_is_taken_as_it_is_proven_and_can_be_sent_on():
    texts = [unicodedata.normalize("NFD", "Hoà Bình có hai."), "nửa \ud83d", " hai\n dòng "]
    reply = json.dumps({"statements": [{"text": text, "ids": ["k"]} for text in texts], "questions": texts})
    assert [said.text for said in statements_of(reply)] == questions_of(reply) == ["Hòa Bình có hai.", "nửa ?", "hai dòng"]


@pytest.mark.parametrize("cut", range(1, len(PLAIN) - 3, 7))
def test_a_statement_that_was_cut_off_is_none(cut):
    assert all(said in SAID for said in statements_of(PLAIN[:cut]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "không có gì",
        "{",
        "[]",
        "null",
        '{"statements": null}',
        '{"statements": "x"}',
        '{"answers": []}',
        "{" * 5000,
        "[" * 5000,
        '{"a":' * 3000,
        "\x00{]}",
        '{"statements": [1, null, "x"]}',
    ],
)
def test_what_is_no_reply_states_nothing(text):
    assert [said for said in statements_of(text) if said.text] == []


def test_a_statement_of_another_shape_has_no_source():
    text = json.dumps(
        {
            "statements": [
                {"text": "a"},
                {"text": ["b"], "ids": ["k1"]},
                {"text": "c", "ids": "k1"},
                {"text": "d", "ids": [1, "k2"]},
                {"text": "e" * 5000, "ids": ["k1"]},
            ]
        }
    )
    assert statements_of(text) == [Said("a", ()), Said("", ("k1",)), Said("c", ("k1",)), Said("d", ("k2",)), Said("", ("k1",))]


def test_line_breaks_inside_a_statement_are_blanks():
    assert statements_of(json.dumps({"statements": [{"text": "một\n\n hai\t", "ids": []}]}))[0].text == "một hai"


def test_questions():
    assert questions_of('{"questions": ["Ba Tơ có mấy HTX?", "", 3]}') == ["Ba Tơ có mấy HTX?"]
    assert questions_of('{"questions": ["Ba Tơ') == []
    assert questions_of("x") == []
