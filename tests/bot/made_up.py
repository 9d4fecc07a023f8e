"""Three short papers of our own words, and how to build a library from them: a district's plan, its neighbour's, and a law."""

from pathlib import Path

from bot.match import Match, match, prepare_question
from bot.question import Question
from bot.statement import Statement, prepare
from bot.weights import Weights
from ingest.pipeline import ingest
from knowledge.library import Library
from knowledge.model import Document, Paragraph, Passage, Place
from knowledge.search import Hit
from knowledge.settings import Settings

MEO_VAC = """---
id: ke-hoach-meo-vac
form: digest
number: "77/KH-UBND"
kind: plan
title: "Kế hoạch phát triển kinh tế tập thể năm 2031"
issuer: "Ủy ban nhân dân huyện Mèo Vạc"
place: "huyện Mèo Vạc, tỉnh Hà Giang"
issued_on: "2030-11-05"
period: "2031"
---
Số: 77/KH-UBND

Mèo Vạc, ngày 05 tháng 11 năm 2030

Kế hoạch này thi hành Luật số 17/2023/QH15 và Nghị quyết số 45/2028/NQ-HĐND ngày 09/12/2028 của HĐND tỉnh Hà Giang quy định chính sách hỗ trợ hợp tác xã.

# I. Hiện trạng kinh tế tập thể năm 2030

## 1. Số lượng hợp tác xã
- Đến hết tháng 10 năm 2030, huyện Mèo Vạc có 27 hợp tác xã đang hoạt động.
- Các hợp tác xã của huyện Mèo Vạc có 412 thành viên và 530 lao động thường xuyên.
- Huyện Mèo Vạc không có liên hiệp hợp tác xã.
- HTX Mật ong Bạc Hà có doanh thu 3,2 tỷ đồng, lợi nhuận 410 triệu đồng trong năm 2030.
- Trong năm 2030 huyện giải thể 03 hợp tác xã do làm ăn thua lỗ kéo dài.

## 2. Vốn và doanh thu
- Doanh thu bình quân của một hợp tác xã là 950 triệu đồng mỗi năm.
- Vốn điều lệ bình quân của một hợp tác xã là 1.200 tỷ đồng.
- Vốn điều lệ của các hợp tác xã thấp nhất là 800 triệu đồng.

## 3. Đánh giá chung
- Qua rà soát, huyện Mèo Vạc có 29 hợp tác xã đang hoạt động.
- Tỷ lệ hợp tác xã hoạt động hiệu quả đạt 62%.

# II. Mục tiêu năm 2031

## 1. Thành lập mới
- Năm 2031, huyện Mèo Vạc phấn đấu thành lập mới 6 hợp tác xã.
- Phấn đấu tỷ lệ hợp tác xã hoạt động hiệu quả năm 2031 đạt 70%.

## 2. Kinh phí hỗ trợ
- Kinh phí bồi dưỡng cán bộ hợp tác xã năm 2031 dự kiến 0,5 tỷ đồng, lấy từ ngân sách huyện.
- Mỗi hợp tác xã mới được hỗ trợ 20 triệu đồng theo Nghị quyết số 45/2028/NQ-HĐND ngày 09/12/2028 của HĐND tỉnh Hà Giang.
- Việc cho vay theo Nghị quyết số 45/2028/NQ-HĐND ngày 11/7/2028 của HĐND tỉnh Tuyên Quang không áp dụng trên địa bàn.

## 3. Giải pháp phát triển thị trường
- Mở gian hàng nông sản tại chợ phiên Khâu Vai.
- Đưa mật ong lên sàn thương mại điện tử.
- Dán tem truy xuất nguồn gốc cho sản phẩm OCOP.

# III. Tổ chức thực hiện

## 1. Phòng Tài chính - Kế hoạch
- Chủ trì tổng hợp, báo cáo tình hình thực hiện kế hoạch trước ngày 15/12/2031.
- Cấp giấy chứng nhận đăng ký hợp tác xã.

## 2. Phòng Nông nghiệp và Môi trường
- Hướng dẫn các hợp tác xã chăn nuôi phòng bệnh cho đàn bò.

Nơi nhận: Sở Tài chính tỉnh Hà Giang; UBND các xã; Lưu: VT.

CHỦ TỊCH

Vừ Mí Nắng
"""

DONG_VAN = """---
id: ke-hoach-dong-van
form: digest
number: "81/KH-UBND"
kind: plan
title: "Kế hoạch phát triển kinh tế tập thể năm 2031"
issuer: "Ủy ban nhân dân huyện Đồng Văn"
place: "huyện Đồng Văn, tỉnh Hà Giang"
issued_on: "2030-12-02"
period: "2031"
---
Kế hoạch này áp dụng trên địa bàn huyện Đồng Văn.

# I. Hiện trạng kinh tế tập thể năm 2030

## 1. Số lượng hợp tác xã
- Đến hết tháng 10 năm 2030, huyện Đồng Văn có 41 hợp tác xã đang hoạt động.
- Các hợp tác xã của huyện Đồng Văn có 655 thành viên.
- HTX Chè Lũng Phìn có doanh thu 1,8 tỷ đồng trong năm 2030.

# II. Mục tiêu năm 2031

## 1. Thành lập mới
- Năm 2031, huyện Đồng Văn phấn đấu thành lập mới 9 hợp tác xã.
"""

LAW = """---
id: luat-mau
form: digest
number: "99/2029/QH16"
kind: law
title: "Luật Hợp tác xã kiểu mẫu"
issuer: "Quốc hội"
place: "Việt Nam"
issued_on: "2029-06-20"
period: ""
---
# Chương I. Quy định chung

## Điều 1. Giải thích từ ngữ
- Hợp tác xã là tổ chức kinh tế do ít nhất 05 thành viên tự nguyện lập ra để giúp nhau sản xuất, kinh doanh.

## Điều 2. Thành lập
- Hồ sơ đăng ký hợp tác xã được trả lời trong 03 ngày làm việc.
"""

PAPERS = {"meo-vac.md": MEO_VAC, "dong-van.md": DONG_VAN, "luat.md": LAW}


def open_library(folder: Path) -> Library:
    """An empty library of its own folder, whatever the environment of the test run says."""
    papers = folder / "papers"
    papers.mkdir(parents=True, exist_ok=True)
    return Library(Settings(data_dir=folder / "data", papers_dir=papers, database_url="", chroma_url="", embedding_model="", _env_file=None))


def take_in(library: Library, folder: Path, papers: dict[str, str]) -> None:
    """Lay the papers down as files and take them in as a user's would be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in papers.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        report = ingest(library, path)
        assert report.status == "new", report.error


PLACE = Place("Mèo Vạc", "district", "Hà Giang")


def document(**about) -> Document:
    """The plan of Mèo Vạc, with what a test says otherwise."""
    facts = {
        "id": "mau", "title": "Kế hoạch phát triển kinh tế tập thể năm 2031", "kind": "plan", "number": "77/KH-UBND", "issuer": "Ủy ban nhân dân huyện Mèo Vạc",
        "place": PLACE, "issued_on": "2030-11-05", "period": (2031, 2031), "source": "mau.txt", "form": "verbatim", "version": "v1",
    }  # fmt: skip
    return Document(**{**facts, **about})


def paragraph(text: str, path: tuple[str, ...] = (), **about) -> Paragraph:
    facts = {"anchor": "II.1-1", "parent": "II.1", "position": 0, "kind": "item", "label": "", "spans": ((0, len(text)),), "lines": ((1, 1),)}
    return Paragraph(text=text, clean=text, path=path, **{**facts, **about})


def statement(text: str, headings: str = "", anchor: str = "II.1-1", after: str = "") -> Statement:
    return prepare(Passage(f"mau@v1#{anchor}/0", "mau", anchor, text, f"{headings} |  … {after}" if headings else f" … {after}", 0))


def measured(
    question: Question, weights: Weights, text: str, headings: str = "", paper: Document | None = None, anchor: str = "II.1-1", after: str = ""
) -> Match:
    """A made-up statement measured against a question, as the pipeline measures a hit. `weights` must be fresh: they remember statements by id."""
    own = statement(text, headings, anchor, after)
    return match(prepare_question(question, weights), Hit(own.passage, 0.5, 0.5), own, paper or document())
