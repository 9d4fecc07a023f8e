import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import blocks
from ingest.outline import outline

PLAN = """\
Số: 12/KH-UBND
KẾ HOẠCH
Phát triển kinh tế tập thể năm 2026
**Phần thứ nhất**
**ĐÁNH GIÁ**
**NĂM 2025**
I. TÌNH HÌNH
1. Số lượng
1.1. Về HTX
Huyện có 5 HTX.
- Nông nghiệp: 3 HTX.
+ Trồng chè: 2 HTX.
- Các loại khác:
+ Vận tải: 1 HTX.
1.2. Về THT: Huyện chưa có THT nào.
2. Vốn
a) Vốn điều lệ
*** Của HTX:**
Tổng vốn 3 tỷ đồng.
** Của THT:* không có.
b) Vốn vay
Cụ thể như sau:
- Ngân hàng: 1 tỷ đồng.
Vay thêm khi cần.
Phần thứ hai
KẾ HOẠCH NĂM 2026
## I. MỤC TIÊU
1. Thành lập mới 02 HTX.
2. Củng cố 01 HTX.
Trên đây là kế hoạch năm 2026./.
**Nơi nhận:**
*Bản điện tử:*
- UBND tỉnh;
- Lưu: VT.
**KT. CHỦ TỊCH**
**PHÓ CHỦ TỊCH**
**Lê Thị Mẫu**
"""
LAW = """\
QUỐC HỘI
Luật số: 99/2030/QH20
LUẬT
MẪU
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Luật này quy định về mẫu.
Điều 2. Giải thích
1. Mẫu là bản đầu tiên.
2. Người làm mẫu gồm:
a) Người vẽ;
b) Người cắt, trong đó:
- Cắt tay;
- Cắt máy.
Chương II
Mục 1. VẼ
Điều 3. Quyền
Người vẽ có quyền quy định tại Điều 2
Luật này.
Mục 2. CẮT
Điều 4. Hiệu lực
1. Có hiệu lực từ ngày 01/01/2031.
"""
DIGEST = """\
Căn cứ: kế hoạch số 12/KH-UBND.
# Phần thứ nhất. ĐÁNH GIÁ
## I. TÌNH HÌNH
### 1. Số lượng
#### a) Về số lượng
##### Hợp tác xã
- Huyện có 5 HTX.
##### Tổ hợp tác
- Huyện chưa có THT.
#### b) Về vốn
- Vốn 3 tỷ đồng.
## II. MỤC TIÊU
"""


def read(text):
    return outline(blocks(text))


def tree(text):
    paragraphs, _ = read(text)
    return {p.lines[0][0]: (p.anchor, p.kind) for p in paragraphs}


def by_anchor(text):
    return {p.anchor: p for p in read(text)[0]}


def test_a_plan_becomes_a_tree_of_its_numbers():
    assert tree(PLAN) == {
        1: ("0-1", "front"), 2: ("0-2", "front"), 3: ("0-3", "front"), 4: ("p1", "heading"), 7: ("p1.I", "heading"), 8: ("p1.I.1", "heading"),
        9: ("p1.I.1.1", "heading"), 10: ("p1.I.1.1-1", "text"), 11: ("p1.I.1.1-2", "item"), 12: ("p1.I.1.1-2-1", "item"), 13: ("p1.I.1.1-3", "heading"),
        14: ("p1.I.1.1-3-1", "item"), 15: ("p1.I.1.2", "item"), 16: ("p1.I.2", "heading"), 17: ("p1.I.2.a", "heading"), 18: ("p1.I.2.a-1", "heading"),
        19: ("p1.I.2.a-1-1", "text"), 20: ("p1.I.2.a-2", "item"), 21: ("p1.I.2.b", "heading"), 22: ("p1.I.2.b-1", "text"), 23: ("p1.I.2.b-1-1", "item"),
        24: ("p1.I.2.b-2", "text"), 25: ("p2", "heading"), 27: ("p2.I", "heading"), 28: ("p2.I.1", "item"), 29: ("p2.I.2", "item"), 30: ("x-1", "text"),
        31: ("z-1", "back"), 35: ("z-2", "back"),
    }  # fmt: skip


def test_paths_hold_the_headings_above_with_their_numbers():
    found = by_anchor(PLAN)
    assert found["p1.I.1.1-2-1"].path == ("Phần thứ nhất. ĐÁNH GIÁ NĂM 2025", "I. TÌNH HÌNH", "1. Số lượng", "1.1. Về HTX", "Nông nghiệp")
    assert found["p1.I.1.2"].path == ("Phần thứ nhất. ĐÁNH GIÁ NĂM 2025", "I. TÌNH HÌNH", "1. Số lượng")
    assert found["p1.I.2.a-1-1"].path[-2:] == ("a) Vốn điều lệ", "Của HTX")
    assert found["p1.I.2.b-1-1"].parent == "p1.I.2.b-1"
    assert found["0-1"].path == found["z-1"].path == ()


def test_a_title_over_several_lines_is_one_paragraph():
    part = by_anchor(PLAN)["p1"]
    assert (part.label, part.clean, [a for a, _ in part.lines]) == ("Phần thứ nhất", "ĐÁNH GIÁ NĂM 2025", [4, 5, 6])


def test_recipients_and_signature_are_told_apart():
    found = by_anchor(PLAN)
    assert found["z-1"].clean == "Nơi nhận: Bản điện tử: - UBND tỉnh; - Lưu: VT."
    assert found["z-2"].clean == "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Mẫu"


def test_recipients_that_stand_within_the_signature():
    text = "1. Thực hiện.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNơi nhận:\n- Các xã;\n- Lưu: VT.\nLê Thị Mẫu\n"
    found = by_anchor(text)
    assert found["z-1"].clean == "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Lê Thị Mẫu"
    assert found["z-2"].clean == "Nơi nhận: - Các xã; - Lưu: VT."


def test_a_law_becomes_articles_with_clauses_and_points():
    assert {a: k for a, k in tree(LAW).values() if not a.startswith("0")} == {
        "c1": "heading", "c1.d1": "heading", "c1.d1-1": "text", "c1.d2": "heading", "c1.d2.1": "item", "c1.d2.2": "heading", "c1.d2.2.a": "item",
        "c1.d2.2.b": "heading", "c1.d2.2.b-1": "item", "c1.d2.2.b-2": "item", "c2": "heading", "c2.m1": "heading", "c2.m1.d3": "heading", "c2.m1.d3-1": "text",
        "c2.m2": "heading", "c2.m2.d4": "heading", "c2.m2.d4.1": "item",
    }  # fmt: skip
    found = by_anchor(LAW)
    assert found["c1.d2.2.b-1"].path == ("Chương I. QUY ĐỊNH CHUNG", "Điều 2. Giải thích", "2. Người làm mẫu gồm", "b) Người cắt, trong đó")
    assert found["c2.m1.d3-1"].clean == "Người vẽ có quyền quy định tại Điều 2 Luật này."


def test_headings_of_a_digest_without_a_number_stand_under_those_with_one():
    assert [p.anchor for p in read(DIGEST)[0]] == [
        "0-1", "p1", "p1.I", "p1.I.1", "p1.I.1.a", "p1.I.1.a-1", "p1.I.1.a-1-1", "p1.I.1.a-2", "p1.I.1.a-2-1", "p1.I.1.b", "p1.I.1.b-1", "p1.II",
    ]  # fmt: skip


def test_markdown_without_numbers_follows_its_marks():
    paragraphs, _ = read("# Kế hoạch\n## Mục tiêu\nCó 5 HTX.\n## Giải pháp\n### Về vốn\n- Vay.\n")
    assert [(p.anchor, len(p.path)) for p in paragraphs] == [("x-1", 0), ("x-1-1", 1), ("x-1-1-1", 2), ("x-1-2", 1), ("x-1-2-1", 2), ("x-1-2-1-1", 3)]


def test_capital_letters_hold_roman_numbers():
    assert list(by_anchor("A. ĐÁNH GIÁ\nI. Kết quả\n1. Vốn\nB. KẾ HOẠCH\nI. Mục tiêu\nI.1. Vốn\n")) == ["A", "A.I", "A.I.1", "B", "B.I", "B.I.1"]


def test_appendices_after_the_signature_have_their_own_tree():
    text = "1. Thực hiện.\nNơi nhận:\n- Lưu: VT.\nPHỤ LỤC I\nCHỈ TIÊU\n1. Số HTX: 5.\nPhụ lục II: Vốn\nI. Ngân sách\n"
    found = by_anchor(text)
    assert list(found) == ["1", "z-1", "pl1", "pl1.1", "pl2", "pl2.I"]
    assert found["pl1"].clean == "CHỈ TIÊU"
    assert found["pl2.I"].path == ("Phụ lục II. Vốn",)


def test_a_section_number_that_stands_twice_and_a_jump_are_doubted_and_anchors_stay_apart():
    paragraphs, doubts = read("I. TÌNH HÌNH\n1. Số HTX: 5.\n1. Số THT: 2.\n- Dùng nước.\n4. Vốn.\n")
    assert [p.anchor for p in paragraphs] == ["I", "I.1", "I.1~2", "I.1~2-1", "I.4"]
    assert doubts == ["I: có hai mục cùng đánh số 1", "I: đánh số nhảy từ 1 đến 4"]


def test_a_whole_numbering_is_not_doubted():
    assert read(PLAN)[1] == read(LAW)[1] == []


@pytest.mark.parametrize("text", ["", "\n", "Chỉ một dòng.", "- a\n- b", "# ", "| a | b |\n| - | - |", "Nơi nhận:\n- A;"])
def test_odd_papers(text):
    paragraphs, _ = read(text)
    assert "".join("".join(p.text.split()) for p in paragraphs).replace("#", "") == "".join(text.split()).replace("#", "")


@given(st.lists(st.sampled_from([*PLAN.splitlines(), *LAW.splitlines(), *DIGEST.splitlines(), "", "0. Mở đầu", "1.1. Vốn", "PHỤ LỤC", "12", "chữ thường"])))
def test_any_order_of_lines_keeps_every_line_once_and_gives_unique_anchors(lines):
    text = "\n".join(lines)
    paragraphs, _ = read(text)
    assert len({p.anchor for p in paragraphs}) == len(paragraphs)
    held = sorted(n for p in paragraphs for first, last in p.lines for n in range(first, last + 1))
    assert len(held) == len(set(held))
    assert held == [n for n, line in enumerate(lines, start=1) if line not in {"", "12"}] or any(lines.count(line) >= 3 for line in lines)
    assert all(p.parent in {"", *(q.anchor for q in paragraphs)} for p in paragraphs)
