import json

import made_up

from bot.answer import NOTE_KINDS, STATUSES, Answer, Citation, Note, Proof, Statement

CITED = Citation(1, made_up.document(), made_up.paragraph("Có 27 hợp tác xã.", ("I. Hiện trạng",)), "27 hợp tác xã")
ANSWER = Answer(
    "answered", "Có 27 hợp tác xã. [1]", (Statement("Có 27 hợp tác xã.", (1,), Proof(("27",), True)),), (CITED,), (Note("scope", "…", (1,)),), ("Thế còn?",),
    timings_ms={"search": 1.23456},
)  # fmt: skip


def test_the_answer_s_json_holds_the_fields_of_the_contract():
    data = json.loads(json.dumps(ANSWER.to_json("q1"), ensure_ascii=False))
    assert set(data) == {"id", "status", "answer", "statements", "citations", "notes", "figures", "about", "suggestions", "holds_on", "mode", "timings_ms"}
    assert data["statements"] == [{"text": "Có 27 hợp tác xã.", "citations": [1], "proof": {"checked": ["27"], "ok": True}}]
    assert data["notes"] == [{"kind": "scope", "text": "…", "citations": [1]}]
    assert data["timings_ms"] == {"search": 1.23}


def test_a_citation_s_json_holds_the_fields_of_the_contract():
    data = CITED.to_json()
    assert set(data) == {
        "marker", "document_id", "number", "title", "issuer", "issued_on", "form", "source", "anchor", "path", "text", "quote", "page", "url",
    }  # fmt: skip
    assert data["text"] == "Có 27 hợp tác xã."
    assert data["url"] == "/documents/mau#II.1-1"


def test_no_identifier_no_id():
    assert "id" not in ANSWER.to_json()


def test_statuses_and_kinds_of_notes_are_those_of_the_design():
    assert STATUSES == ("answered", "partial", "not_found", "clarify", "out_of_scope", "refused", "error")
    assert NOTE_KINDS == ("conflict", "expired", "amended", "caution", "scope")
