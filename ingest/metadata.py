"""What a paper is: number, kind, title, issuer, place, date and period, from its front matter or its first and last lines."""

import re
from collections import Counter
from itertools import pairwise

from ingest.read import Source
from knowledge import lawnumbers, lexicon, numbers, places
from knowledge.model import Document, Paragraph, Place
from knowledge.text import TOKEN, UPPER, fold, normalize, slug

_NUMBER_LINE = re.compile(r"^(?:(?:Luật|Nghị quyết|Pháp lệnh) )?số\s?:\s*(.{0,40})", re.IGNORECASE)
_NUMBER_IN_TITLE = re.compile(r"^(.{3,40}?) số\s*:?\s*(\d[^\s:,]*)\s*[:.]\s*(.*)$", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"cơ quan ban hành:\s*([^;]+);\s*ngày ban hành:\s*([\d/]+)", re.IGNORECASE)
_ISSUER = re.compile(
    r"\b((?i:UBND|Ủy ban nhân dân|HĐND|Hội đồng nhân dân|Liên minh (?:HTX|Hợp tác xã)|Huyện ủy|Tỉnh ủy|Thành ủy))"
    rf"\s+((?i:tỉnh|huyện|thành phố|thị xã|TP\.?))(?:\s+([{UPPER}]\w*(?:\s[{UPPER}]\w*){{0,2}}))?"
    r"(\s+(?:xây dựng|ban hành|báo cáo|yêu cầu|quyết nghị))?"
)
_OF = re.compile(r"\s+của\s")
_BODY = re.compile(r"(?:Ủy ban nhân dân|Hội đồng nhân dân)(?=\s)")
_NATIONAL = {
    "quốc hội": "Quốc hội", "chính phủ": "Chính phủ", "thủ tướng chính phủ": "Thủ tướng Chính phủ",
}  # fmt: skip
_MINISTRY = re.compile(rf"^(?:BỘ|NGÂN HÀNG NHÀ NƯỚC|Bộ [{UPPER}]|Ngân hàng Nhà nước)")
_FULL = {
    "ubnd": "Ủy ban nhân dân", "hđnd": "Hội đồng nhân dân", "liên minh htx": "Liên minh Hợp tác xã", "tp": "thành phố",
    "liên minh hợp tác xã": "Liên minh Hợp tác xã",
}  # fmt: skip
# The end of a number tells who issued the text, whatever else is written about it.
_ISSUER_OF_NUMBER = {"cp": "Chính phủ", "ttg": "Thủ tướng Chính phủ"}
_TITLE_END = re.compile(r"(?:Thực hiện (?:Công văn|Nghị|Kế hoạch|Quyết)|Căn cứ|Trên cơ sở|Số:|Cơ quan|Ủy ban nhân dân|Hội đồng nhân dân)")
_LONGEST_TITLE_LINE = 220  # characters; a longer line is the first sentence of the paper
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
        issuer, place, issued_on = stated[1].strip(" ?"), places.COUNTRY, _iso(stated[2])
    known = next(iter(lawnumbers.find(number)), None)
    if known is not None and (known.issuer in _ISSUER_OF_NUMBER or known.issuer.startswith("qh")):
        issuer, place = _ISSUER_OF_NUMBER.get(known.issuer, "Quốc hội"), places.COUNTRY
    if stated and known is not None and known.year and not issued_on.startswith(str(known.year)):
        # The year is part of the number; a date of another year is that of a text named beside it.
        issued_on = next((_date(d) for p in head for d in numbers.dates(p.clean) if d.year == known.year and d.day and _OF.match(p.clean, d.span[1])), "")

    def text(key: str, default: str) -> str:
        return normalize(str(front.get(key) or "")) or default

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
            rest = re.sub(rf"^{re.escape(in_title[1])} số [^:]*:\s*", "", in_title[3])
            return (named[0].canonical if named else in_title[2]), lawnumbers.kind_of(p.clean), f"{in_title[1]} {rest}".strip()
        if not title and lawnumbers.kind_of(p.clean) and not found:
            words = [p.clean]
            for later in head[i + 1 : i + 4]:
                if _TITLE_END.match(later.clean) or len(later.clean) > _LONGEST_TITLE_LINE or later.clean.endswith("."):
                    break
                words.append(later.clean)
            title, kind = " ".join(words), kind or lawnumbers.kind_of(p.clean)
    capitals = re.match(rf"(?:[{UPPER}\d–,.()-]+(?:\s|$))+", title)
    return number, kind, (_sentence_case(capitals.group()) + title[capitals.end() :] if capitals else title)


def _sentence_case(text: str) -> str:
    """Capitals made small, but for the first letter, names of places and abbreviations."""
    small = text.capitalize()
    for mention in places.find(text):
        start, end = mention.span
        if fold(text[start:end]) == fold(mention.place.name):
            small = small[:start] + mention.place.name + small[end:]
    for m in TOKEN.finditer(small):
        if fold(m.group()) in lexicon.expansions():
            small = small[: m.start()] + m.group().upper() + small[m.end() :]
    return small


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
    return next((_date(d) for d in numbers.dates(text)), "")


def _date(date: numbers.Date) -> str:
    return f"{date.year}-{date.month:02d}-{date.day:02d}"


_OWN_LEVEL = re.compile(
    r"\b(?:toàn|trong|địa bàn|của|ủy ban nhân dân|hội đồng nhân dân|ubnd|hđnd) (tỉnh|huyện|thành phố|thị xã)\b(?! \w*[A-ZĐ])", re.IGNORECASE
)


def _issuer(head: list[Paragraph], tail: list[Paragraph], dateline: str, paragraphs: list[Paragraph]) -> tuple[str, Place]:
    votes: Counter[tuple[str, str, str]] = Counter()
    # The name of an office may go over two lines: "ỦY BAN NHÂN DÂN / HUYỆN …".
    lines = [(2, text) for text in (*(p.clean for p in head), *(f"{a.clean} {b.clean}" for a, b in pairwise(head) if a.clean.isupper()))]
    for weight, text in [*lines, *((3, p.clean) for p in tail)]:
        for m in _ISSUER.finditer(text):
            name = _sentence_case_of_name(m[3] or dateline.split(". ")[-1])
            if name:
                body, level = _FULL.get(m[1].lower(), m[1].capitalize()), _FULL.get(m[2].lower().rstrip("."), m[2].lower())
                acts = 4 if m[4] else 1  # "UBND huyện X ban hành …" is said of the issuer alone
                votes[(body, level, name)] += weight * acts * (2 if dateline.endswith(name) and dateline else 1)
    for p in head:
        national = next((v for k, v in _NATIONAL.items() if p.clean.lower() == k), None)
        if national or _MINISTRY.match(p.clean):
            return national or p.clean.capitalize(), places.COUNTRY
    if not votes:
        for p in head:  # "Ủy ban nhân dân tỉnh bắc kạn": capitals lost
            body_alone = _BODY.match(p.clean)
            if body_alone and (named := places.find(p.clean)):
                level_words = p.clean[body_alone.end() : named[0].span[0]].strip()
                return f"{body_alone.group()} {level_words} {named[0].place.name}", _with_parent(named[0].place, paragraphs)
        spoken_of = _most_named(paragraphs)
        if spoken_of is not None:
            return "", _with_parent(spoken_of, paragraphs)
        return "", places.COUNTRY
    (body, level, name), _ = votes.most_common(1)[0]
    level_name = _LEVEL.get(level, "province")
    known = places.find(f"{level} {name}")
    if known and known[0].place.level == "province" and level == "thành phố" and fold(name) in places.CITIES:
        level_name = "province"
    return f"{body} {level} {name}", _with_parent(Place(name, level_name), paragraphs)


def _most_named(paragraphs: list[Paragraph]) -> Place | None:
    """The place that a paper without an issuer is most about: the one named most of the level it speaks of ("toàn tỉnh", "UBND huyện")."""
    levels: Counter[str] = Counter(_LEVEL.get(m[1].lower(), "province") for p in paragraphs for m in _OWN_LEVEL.finditer(p.clean))
    named: Counter[Place] = Counter(mention.place for p in paragraphs for mention in places.find(p.clean) if mention.place.level != "commune")
    if not named:
        return None
    level = levels.most_common(1)[0][0] if levels else ""
    return max(named, key=lambda place: (place.level == level, named[place]))


def _sentence_case_of_name(name: str) -> str:
    return " ".join(s.capitalize() for s in name.split(" ")) if name.isupper() else name


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
    """A place as a front matter states it: "huyện Ba Tơ, tỉnh Quảng Ngãi" -> district with its province; "Việt Nam" -> the country."""
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
