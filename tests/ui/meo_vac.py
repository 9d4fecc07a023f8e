"""A small paper of our own words, as the tests of the doors take it in."""

PAPER = """---
id: ke-hoach-meo-vac
form: digest
number: "77/KH-UBND"
kind: plan
title: "Kế hoạch kinh tế tập thể năm 2031"
issuer: "Ủy ban nhân dân huyện Mèo Vạc"
place: "huyện Mèo Vạc, tỉnh Hà Giang"
issued_on: "2030-11-05"
period: "2031"
---
Kế hoạch này thi hành Luật số 17/2023/QH15 về hợp tác xã.

# I. HIỆN TRẠNG

## 1. Số lượng
- Đến hết tháng 10 năm 2030, huyện Mèo Vạc có 27 hợp tác xã đang hoạt động.
- Các hợp tác xã của huyện Mèo Vạc có 412 thành viên.
- Ghi chú thử: <script>alert("x")</script> & <b>đậm</b> [1].

# II. MỤC TIÊU NĂM 2031

## 1. Thành lập mới
- Năm 2031, huyện Mèo Vạc phấn đấu thành lập mới 6 hợp tác xã.
"""
