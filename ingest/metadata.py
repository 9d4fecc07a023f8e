"""What a paper is: number, kind, title, issuer, place, date and period, from its front matter or its first and last lines."""

import re
from collections import Counter

from ingest.read import Source
from knowledge import lawnumbers, numbers, places
from knowledge.model import Document, Paragraph, Place
from knowledge.text import UPPER, fold, normalize, slug

_NUMBER_LINE = re.compile(r"^(?:Số|SỐ)\s?:\s*(.{0,40})")
_NUMBER_IN_TITLE = re.compile(r"^(.{3,40}?) số\s*:?\s*(\d[^\s:,]*)\s*[:.]\s*(.*)$", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"cơ quan ban hành:\s*([^;]+);\s*ngày ban hành:\s*([\d/]+)", re.IGNORECASE)
_ISSUER = re.compile(
    r"\b((?i:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Liên minh (?:HTX|Hợp tác xã)|Huyện ủy|Tỉnh ủy|Thành ủy))"
    rf"\s+((?i:tỉnh|huyện|thành phố|thị xã|TP\.?))(?:\s+([{UPPER}]\w*(?:\s[{UPPER}]\w*){{0,2}}))?"
    r"(\s+(?:xây dựng|ban hành|báo cáo|yêu cầu|quyết nghị))?"
)
_NATIONAL = {
    "quốc hội": "Quốc hội", "chính phủ": "Chính phủ", "thủ tướng chính phủ": "Thủ tướng Chính phủ",
}  # fmt: skip
_MINISTRY = re.compile(rf"^(?:BỘ|NGÂN HÀNG NHÀ NƯỚC|Bộ [{UPPER}]|Ngân hàng Nhà nước)")
_FULL = {"ubnd": "Ủy ban nhân dân", "hđnd": "Hội đồng nhân dân", "liên minh htx": "Liên minh Hợp tác xã", "tp": "thành phố"}
_HEAD, _TAIL = 12, 4  # paragraphs at the head and the tail that may tell who issued the paper
_LEVEL = {"tỉnh": "province", "huyện": "district", "thành phố": "district", "thị xã": "district", "tp": "district", "tp.": "district"}


def metadata(source: Source, paragraphs: list[Paragraph]) -> Document:
    """The Document of a source. What the paper does not tell stays empty; a front matter wins over what is read."""
    front = source.front
    head = [p for p in paragraphs if p.kind == "front"] or paragraphs[:_HEAD]
    tail = [p for p in paragraphs if p.kind != "back"][-_TAIL:]
    number, kind, title = _title(head)
    dateline = next((d for p in head if (d := _dateline(p.clean))), ("", ""))
    stated = next((m for p in head if (m := _SOURCE_LINE.search(p.clean))), None)
    issuer, place = _issuer(head, tail, dateline[0], paragraphs)
    issued_on = dateline[1]
    if stated:
        issuer, place, issued_on = stated[1].strip(), places.COUNTRY, _iso(stated[2])
    text = lambda key, default: normalize(str(front.get(key) or "")) or default  # noqa: E731
    if front.get("place"):
        place = _stated_place(text("place", ""))
    title = text("title", title or source.name)
    kind = text("kind", kind or lawnumbers.kind_of(title) or "other")
    period = _period(text("period", "") or title, kind)
    return Document(
        id=slug(text("id", source.name.rsplit(".", 1)[0])),
        title=title,
        kind=kind,
        number=text("number", number),
        issuer=text("issuer", issuer),
        place=place,
        issued_on=text("issued_on", issued_on),
        period=period,
        source=source.name,
        form=text("form", "verbatim"),
        version=source.version,
    )


def _title(head: list[Paragraph]) -> tuple[str, str, str]:
    number = kind = title = ""
    for i, p in enumerate(head):
        line = _NUMBER_LINE.match(p.clean)
        found = lawnumbers.find(p.clean)
        if line and found and not number:
            number, kind = found[0].canonical, found[0].kind
        in_title = _NUMBER_IN_TITLE.match(p.clean)
        if in_title and lawnumbers.kind_of(p.clean) and i < 3:
            named = lawnumbers.find(f"{in_title[1]} số {in_title[2]}")
            return (named[0].canonical if named else in_title[2]), lawnumbers.kind_of(p.clean), f"{in_title[1]} {in_title[3]}".strip()
        if not title and lawnumbers.kind_of(p.clean) and not found:
            words = [p.clean]
            for later in head[i + 1 : i + 4]:
                if re.match(r"(?:Thực hiện (?:Công văn|Nghị|Kế hoạch|Quyết)|Căn cứ|Trên cơ sở|Số:|Cơ quan)", later.clean) or len(later.clean) > 220 or later.clean.endswith("."):
                    break
                words.append(later.clean)
            title, kind = " ".join(words), kind or lawnumbers.kind_of(p.clean)
    if title.isupper() or title.split(" ")[0].isupper():
        first = re.match(rf"[{UPPER} ]+(?=\s|$)", title)
        title = title[: first.end()].capitalize() + title[first.end() :] if first else title
    return number, kind, title


def _dateline(text: str) -> tuple[str, str] | None:
    """("Ba Tơ", "2024-07-22") from "Ba Tơ, ngày 22 tháng 7 năm 2024"; the day may be missing."""
    m = re.match(r"^(?:(.{2,40}?),\s*)?ngày\s*(?P<d>\d{0,2})\s*tháng\s*(?P<m>\d{0,2})\s*năm\s*(?P<y>\d{4})\.?$", text, re.IGNORECASE)
    if not m:
        return None
    parts = [m["y"]]
    if m["m"]:
        parts.append(f"{int(m['m']):02d}")
        if m["d"]:
            parts.append(f"{int(m['d']):02d}")
    return (m[1] or ""), "-".join(parts)


def _iso(text: str) -> str:
    found = numbers.dates(text)
    return f"{found[0].year}-{found[0].month:02d}-{found[0].day:02d}" if found else ""


def _issuer(head: list[Paragraph], tail: list[Paragraph], dateline: str, paragraphs: list[Paragraph]) -> tuple[str, Place]:
    votes: Counter[tuple[str, str, str]] = Counter()
    for weight, group in ((2, head), (3, tail)):
        for p in group:
            for m in _ISSUER.finditer(p.clean):
                name = m[3] or dateline.split(". ")[-1]
                if name:
                    body, level = _FULL.get(m[1].lower(), m[1]), _FULL.get(m[2].lower().rstrip("."), m[2].lower())
                    acts = 4 if m[4] else 1  # "UBND huyện X ban hành …" is said of the issuer alone
                    votes[(body, level, name)] += weight * acts * (2 if dateline.endswith(name) and dateline else 1)
    for p in head:
        national = next((v for k, v in _NATIONAL.items() if p.clean.lower() == k), None)
        if national or _MINISTRY.match(p.clean):
            return national or p.clean.capitalize(), places.COUNTRY
    if not votes:
        found = places.find(" ".join(p.clean for p in head))
        if found:
            return "", _with_parent(max(found, key=lambda f: bool(f.said)).place, paragraphs)
        return "", places.COUNTRY
    (body, level, name), _ = votes.most_common(1)[0]
    level_name = _LEVEL.get(level, "province")
    known = places.find(f"{level} {name}")
    if known and known[0].place.level == "province" and level == "thành phố" and fold(name) in places.CITIES:
        level_name = "province"
    return f"{body} {level} {name}", _with_parent(Place(name, level_name), paragraphs)


def _with_parent(place: Place, paragraphs: list[Paragraph]) -> Place:
    """A district's province: from the gazetteer, else the province the paper names most."""
    if place.level != "district" or place.parent:
        return place
    counts: Counter[str] = Counter()
    for p in paragraphs:
        for mention in places.find(p.clean):
            if mention.said == "province":
                counts[mention.place.name] += 1
            if fold(mention.place.name) == fold(place.name) and mention.place.level == "district" and mention.place.parent:
                counts[mention.place.parent] += 2
    return Place(place.name, place.level, counts.most_common(1)[0][0] if counts else "")


def _stated_place(text: str) -> Place:
    """ "huyện Ba Tơ, tỉnh Quảng Ngãi" -> district with its province; "Việt Nam" -> the country."""
    if fold(text) in {"viet nam", "ca nuoc", "toan quoc"}:
        return places.COUNTRY
    found = places.find(text)
    if not found:
        return places.COUNTRY
    first = found[0]
    level = first.said or first.place.level
    parent = next((f.place.name for f in found[1:] if f.place.level == "province"), first.place.parent)
    return Place(first.place.name, level, "" if level == "province" else parent)


def _period(title: str, kind: str) -> tuple[int, int] | None:
    """The years a paper is for. A single year counts for papers that plan or report; in a law's title it is a date."""
    periods = numbers.periods(title)
    if periods:
        return periods[-1]
    years = numbers.years(title) if kind in {"plan", "report", "programme", "directive"} else []
    return (years[-1], years[-1]) if years else None
