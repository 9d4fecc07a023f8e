import csv
import io
import unicodedata
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from sample import make_paper

from knowledge import ledger


@pytest.fixture
def filled(library):
    paper = make_paper()
    first, *others = paper.indicators
    hostile = replace(first, name='=HYPERLINK("x")', years=(2029, 2030), status="actual")
    library.publish(replace(paper, indicators=(hostile, *others)))
    return library


@pytest.mark.parametrize("place", ["huyện Mẫu", "huyen mau", unicodedata.normalize("NFD", "huyện Mẫu"), "tỉnh Ví Dụ", ""])
def test_rows_of_a_place(filled, place):
    assert len(ledger.find(filled, place)) == 3


def test_rows_of_another_place_name_or_year(filled):
    assert ledger.find(filled, "huyện Khác") == []
    assert ledger.find(filled, name="dien tich") == ledger.find(filled, year=2031)
    assert len(ledger.find(filled, name="diện tích trồng")) == 2
    assert [i.years for _, i in ledger.find(filled, year=2029)] == [(2029, 2030)]
    assert ledger.find(filled, year=1999) == []


def test_csv_names_its_sources_and_runs_nothing(filled):
    text = ledger.to_csv(ledger.find(filled))
    assert text.startswith("\ufeff")
    head, first, second, _ = csv.reader(io.StringIO(text[1:]))
    assert tuple(head) == ledger.COLUMNS
    assert first[0] == '\'=HYPERLINK("x")'
    assert second[ledger.COLUMNS.index("Đoạn")] == "mau#I-2"
    assert second[1:4] == ["1.5", "", "ha"]


def test_a_workbook_keeps_numbers_as_numbers(filled):
    sheet = load_workbook(io.BytesIO(ledger.to_xlsx(ledger.find(filled)))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ledger.COLUMNS
    assert rows[1][0] == '\'=HYPERLINK("x")'
    assert rows[2][1] == 1.5
    assert rows[2][-1] == "mau#I-2"
