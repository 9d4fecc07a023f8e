"""A small paper of our own words, and settings of a folder, for the tests of the library."""

from decimal import Decimal

from knowledge.lawnumbers import find
from knowledge.model import Document, Indicator, Mention, Paper, Paragraph, Passage, Place
from knowledge.settings import Settings


def make_paper(document_id="mau", version="v1", words=("chè", "vải", "lúa"), **about):
    """A paper of one heading and one paragraph for each word."""
    facts = {"number": "12/KH-UBND", "kind": "plan", "form": "verbatim", "place": Place("Mẫu", "district", "Ví Dụ"), "period": (2031, 2031), **about}
    document = Document(
        id=document_id, title="Kế hoạch mẫu", issuer="UBND huyện Mẫu", issued_on="2030-12-01", source=f"{document_id}.txt", version=version, **facts
    )  # fmt: skip
    paragraphs = [Paragraph("I", "I. Trồng trọt", "Trồng trọt", (), "", 0, "heading", "I", ((0, 13),), ((1, 1),))]
    for i, word in enumerate(words, start=1):
        text = f"Huyện trồng {word} theo Nghị quyết số 0{i}/2030/NQ-HĐND."
        spans, lines = ((20 * i, 20 * i + 9), (500, 520)), ((i + 1, i + 1), (50, 50))
        paragraphs.append(Paragraph(f"I-{i}", text, text, ("I. Trồng trọt",), "I", i, "text", "", spans, lines, 3, ("nghi",)))
    own = paragraphs[1:]
    mentions = [Mention(p.anchor, find(find(p.clean)[0].canonical)[0], "2030-01-02", "HĐND tỉnh Ví Dụ", "") for p in own]
    passages = [Passage(f"{document_id}@{version}#{p.anchor}/0", document_id, p.anchor, p.clean, "I. Trồng trọt", i) for i, p in enumerate(own)]
    indicators = [
        Indicator(p.anchor, i, "diện tích trồng", "Trồng trọt", "1,5 ha", Decimal("1.5"), None, "ha", "năm", "more", (2031, 2031), document.place, "planned")
        for i, p in enumerate(own)
    ]
    return Paper(document, tuple(paragraphs), tuple(mentions), tuple(passages), tuple(indicators), ("I: đánh số nhảy",))


def settings_for(folder):
    return Settings(data_dir=folder, database_url="", chroma_url="", embedding_model="", _env_file=None)
