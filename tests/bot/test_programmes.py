import made_up
import pytest
import support_papers

from bot import programmes
from bot.profile import COOPERATIVE, FARM, GROUP, UNION
from bot.programmes import BENEFIT, COUNTRYSIDE, FOUNDERS, OFFICE, REQUIREMENT


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    folder = tmp_path_factory.mktemp("support")
    library = made_up.open_library(folder)
    made_up.take_in(library, folder / "in", support_papers.PAPERS)
    found = programmes.read(library.documents().values(), library.paragraphs)
    return lambda role, document="": [p for p in found if p.role == role and p.document.id.startswith(document)]


def one(text, title="Chính sách hỗ trợ", path=("Điều 3. Mức hỗ trợ",), **about):
    """The programme of one made-up paragraph of a decree, None when it is none."""
    document = made_up.document(**{"kind": "decree", "title": title, "place": made_up.Place("Việt Nam", "country"), "period": None, "number": "", **about})
    return next(iter(programmes.read([document], lambda identifier: [made_up.paragraph(text, path)])), None)


def test_benefits_with_whom_they_are_for(read):
    land, insurance = read(BENEFIT, "luat")
    assert (land.kinds, land.field, land.topic) == ({COOPERATIVE, GROUP, UNION}, "", "đất đai")
    assert (insurance.kinds, insurance.field, insurance.amount) == ({COOPERATIVE}, FARM, True)


def test_sources_are_told_apart_from_the_statement(read):
    (training,) = read(BENEFIT, "nghi-dinh")  # what is not known, and what is for enterprises, is nobody's here
    assert training.text.strip().rstrip(".") == "Người của hợp tác xã đi học được hỗ trợ 70% học phí, tối đa 9 triệu đồng mỗi khóa"
    assert training.origin == "theo báo chí; mức tin cậy C"


def test_a_resolution_in_its_own_words(read):
    founding, interest = read(BENEFIT, "nghi-quyet-ha-giang")[:2]
    assert (founding.new, founding.months, founding.field, founding.kinds) == (True, 12, FARM, {COOPERATIVE})
    assert not interest.new


def test_reports_grant_nothing(read):
    assert read(BENEFIT, "bao-cao") == []


def test_what_is_needed_and_where_to_go(read):
    assert [sorted(p.kinds) for p in read(REQUIREMENT)] == [[COOPERATIVE], [GROUP]]
    assert {p.document.id for p in read(OFFICE)} == {"nghi-dinh-ho-tro", "nghi-quyet-ha-giang"}
    assert [p.least for p in read(FOUNDERS)] == [6, 4, 3]


@pytest.mark.parametrize(
    "text",
    [
        "Hợp tác xã được hỗ trợ mức chưa rõ.",
        "Luật giao Chính phủ quy định chi tiết việc hỗ trợ hợp tác xã.",
        "Cá nhân được hỗ trợ 90% phí.",
        "Hợp tác xã Đại Thành được hỗ trợ 120 triệu đồng.",
        "Huyện đã hỗ trợ hợp tác xã 280 triệu đồng.",
        "Hợp tác xã được hưởng các chính sách sau:",
        "Ủy ban nhân dân tỉnh quyết định mức hỗ trợ hợp tác xã.",
    ],
)
def test_sentences_that_grant_nothing(text):
    found = one(text)
    assert found is None or found.role != BENEFIT


def test_places_years_and_fields_are_read_from_the_words():
    found = one("Năm 2030, tỉnh Đồng Tháp hỗ trợ hợp tác xã 30% chi phí máy móc.")
    assert (found.places, found.years) == ({"Đồng Tháp"}, (2030, 2030))
    assert one("Hợp tác xã được vay tối đa 5 tỷ đồng.", "Chính sách tín dụng phục vụ nông nghiệp, nông thôn").field == COUNTRYSIDE
    assert one("Hợp tác xã được hỗ trợ 3 triệu đồng.", path=("Mức năm 2015 (đã hết)",)).over


def test_only_what_a_text_says_of_itself_excepts():
    found = one("Hợp tác xã, trừ quỹ tín dụng nhân dân, được hỗ trợ 3 triệu đồng.")
    assert (found.kinds, found.excepted) == ({COOPERATIVE}, {"quỹ tín dụng nhân dân"})
