"""Made-up papers that grant support: a law, a decree under it, a resolution of a province that holds, one that is over, and a report."""

LAW = """---
id: luat-ho-tro
form: digest
number: "98/2029/QH16"
kind: law
title: "Luật Hợp tác xã kiểu mẫu"
issuer: "Quốc hội"
place: "Việt Nam"
issued_on: "2029-06-20"
---
# Chương I. Quy định chung

## Điều 1. Giải thích từ ngữ
1. Hợp tác xã là tổ chức do ít nhất 06 thành viên chính thức tự nguyện lập ra.
2. Liên hiệp hợp tác xã là tổ chức do ít nhất 04 hợp tác xã tự nguyện lập ra.
3. Tổ hợp tác là tổ chức do ít nhất 03 thành viên tự nguyện lập ra.

# Chương II. Chính sách của Nhà nước

## Điều 5. Tiêu chí hưởng chính sách
1. Hợp tác xã muốn hưởng chính sách phải nộp báo cáo tài chính hằng năm.
2. Tổ hợp tác muốn hưởng chính sách phải đăng ký với cơ quan cấp xã.

## Điều 6. Chính sách đất đai
1. Hợp tác xã, tổ hợp tác và liên hiệp hợp tác xã được miễn tiền thuê đất của Nhà nước trong 03 năm đầu.
2. Luật giao Chính phủ quy định chi tiết việc miễn tiền thuê đất.

## Điều 7. Chính sách trong lĩnh vực nông nghiệp
1. Hợp tác xã nông nghiệp được hỗ trợ 40% phí bảo hiểm nông nghiệp.
"""

DECREE = """---
id: nghi-dinh-ho-tro
form: digest
number: "12/2030/NĐ-CP"
kind: decree
title: "Nghị định chi tiết Luật Hợp tác xã kiểu mẫu"
issuer: "Chính phủ"
place: "Việt Nam"
issued_on: "2030-02-10"
---
# Chương I. Quy định chung

## Điều 2. Đối tượng áp dụng
- Nghị định áp dụng cho hợp tác xã, tổ hợp tác, trừ quỹ tín dụng nhân dân.

# Chương II. Chính sách hỗ trợ

## Điều 3. Hỗ trợ đào tạo
Người của hợp tác xã đi học được hỗ trợ 70% học phí, tối đa 9 triệu đồng mỗi khóa (theo báo chí; mức tin cậy C).

## Điều 4. Hỗ trợ máy móc
- Mức hỗ trợ máy móc chưa rõ.
- Doanh nghiệp mua máy móc được hỗ trợ 20% chi phí.

## Điều 5. Thủ tục
- Hợp tác xã nộp hồ sơ xin hỗ trợ ở Ủy ban nhân dân cấp xã nơi đặt trụ sở.
"""

LOCAL = """---
id: nghi-quyet-ha-giang
form: verbatim
number: "33/2030/NQ-HĐND"
kind: resolution
title: "Nghị quyết quy định chính sách hỗ trợ hợp tác xã nông nghiệp trên địa bàn tỉnh Hà Giang"
issuer: "Hội đồng nhân dân tỉnh Hà Giang"
place: "tỉnh Hà Giang"
issued_on: "2030-07-15"
period: "2030-2035"
---
Điều 1. Phạm vi điều chỉnh
Nghị quyết này quy định chính sách hỗ trợ hợp tác xã nông nghiệp.

Điều 2. Đối tượng áp dụng
Hợp tác xã nông nghiệp có trụ sở trên địa bàn tỉnh.

Điều 3. Hỗ trợ thành lập mới
1. Hỗ trợ 65.000.000 đồng cho mỗi hợp tác xã thành lập mới, thành lập không quá 12 tháng.
2. Hợp tác xã gửi hồ sơ đến Phòng Kinh tế của Ủy ban nhân dân cấp xã để nhận hỗ trợ.

Điều 4. Hỗ trợ lãi suất
1. Hợp tác xã được hỗ trợ 3% lãi suất vay vốn trong 24 tháng.
"""

OVER = """---
id: nghi-quyet-ha-giang-cu
form: digest
number: "10/2024/NQ-HĐND"
kind: resolution
title: "Chính sách hỗ trợ hợp tác xã tỉnh Hà Giang giai đoạn 2024-2029"
issuer: "Hội đồng nhân dân tỉnh Hà Giang"
place: "tỉnh Hà Giang"
issued_on: "2024-07-15"
period: "2024-2029"
---
# Nội dung hỗ trợ
## Mức hỗ trợ
- Tỉnh Hà Giang hỗ trợ mỗi hợp tác xã 15 triệu đồng để làm trụ sở.
"""

REPORT = """---
id: bao-cao-ha-giang
form: digest
number: "5/BC-UBND"
kind: report
title: "Báo cáo kết quả hỗ trợ hợp tác xã năm 2030"
issuer: "Ủy ban nhân dân tỉnh Hà Giang"
place: "tỉnh Hà Giang"
issued_on: "2031-01-05"
---
# Kết quả hỗ trợ
- Tỉnh Hà Giang hỗ trợ hợp tác xã 700 triệu đồng để mua máy.
"""

PAPERS = {"luat-ho-tro.md": LAW, "nghi-dinh-ho-tro.md": DECREE, "nghi-quyet.md": LOCAL, "nghi-quyet-cu.md": OVER, "bao-cao.md": REPORT}
