"""An offer: the programmes found for a profile as lines - how many first, then those of the place, those of the country, what is needed, where to go."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.draft import Line
from bot.eligible import HOLDS, OVER, UNSURE, Found, applies, for_kind, is_local, lacking, state
from bot.profile import COOPERATIVE, CREDIT, FARM, GROUP, UNION, Profile, months_old
from bot.programmes import COUNTRYSIDE, FOUNDERS, OFFICE, REQUIREMENT, Programme
from knowledge import lawnumbers
from knowledge.places import CITIES, PlaceMention, merged_into
from knowledge.text import fold

_OF_A_TOPIC = 2  # statements on one kind of support: what is given first, then another sum
_OF_A_PAPER = 3  # statements of one local paper
_REQUIREMENTS = 2
_OFFICES = 2
_LEVELS = {"province": "tỉnh", "district": "huyện", "commune": "xã"}
_IN_FULL = 6  # statements without a sum that are told in full
_BRIEF = 30  # words of a statement that names no sum
_TO_WHOM = re.compile(r"(Nhà nước hỗ trợ )?(?:(?:,| và|, và)? ?(?:[Hh]ợp tác xã|[Tt]ổ hợp tác|[Ll]iên hiệp hợp tác xã)(?: nông nghiệp)?)+ (?=(được|đều)?)")
_UNTIL = re.compile(r"\bhạn\b|trước ngày|chậm nhất|đến hết")
_STATES = {
    HOLDS: "Riêng ở {where}:",
    UNSURE: "Riêng ở {where}, chưa rõ còn áp dụng hay không, hãy hỏi lại cơ quan ban hành:",
    OVER: "Riêng ở {where}, đã hết, nay không áp dụng:",
}
_WHY = {"field": "chỉ dành cho {field}", "age": "chỉ dành cho tổ chức mới thành lập"}


@dataclass(frozen=True)
class Offer:
    """The lines of a list, and the programmes that they show."""

    lines: tuple[Line, ...]
    shown: tuple[Programme, ...]


def offer(found: Found, programmes: Sequence[Programme], profile: Profile, day: datetime.date) -> Offer:
    """The lines that tell a person what there is for them."""
    local = _by_paper(found.local, profile, day)
    national = _by_topic(found.national, profile)
    shown = [p for group in (*local, *national) for p in group]
    needed = _needed(programmes, shown, profile, day)
    offices = _offices(programmes, shown, profile, day)
    lines = [Line(_lead(local, national, profile, day), (), ""), *_founders(programmes, profile, day)]
    for state_, heading in _STATES.items():
        of_state = [p for group in local for p in group if state(p, day) == state_]
        lines += _section(heading.format(where=where(profile.place)), of_state, profile)
    lines += _section("Chung cả nước, có nêu mức:", [p for group in national if group[0].amount for p in group], profile)
    bare = [p for group in national if not group[0].amount for p in group]
    lines += _section("Chung cả nước, văn bản không nêu mức:", [_brief(p) for p in bare[:_IN_FULL]], profile)
    lines += _besides(bare[_IN_FULL:])
    if needed or offices:
        lines += [Line("\nCần gì, nộp ở đâu:", (), ""), *(_line(p, "Chưa rõ còn áp dụng" if state(p, day) == UNSURE else "") for p in (*needed, *offices))]
    lines += _not_theirs(found, {group[0].topic for group in national})
    lines += _silent(national, offices)
    return Offer(tuple(lines), tuple(dict.fromkeys((*shown, *needed, *offices))))


def _section(heading: str, programmes: Sequence[Programme], profile: Profile) -> list[Line]:
    """A heading with the programmes under it, [] when there are none. What is for one field says so to those who have not told theirs."""
    if not programmes:
        return []
    labels = ["" if is_local(p) else _label(p, profile) for p in programmes]
    return [Line(f"\n{heading}", (), ""), *(_line(p, label) for p, label in zip(programmes, labels, strict=True))]


def _label(programme: Programme, profile: Profile) -> str:
    """The kind of support, with the field it is confined to where the person's own is not known to be that."""
    told = programme.field in {"", profile.field} or programme.field in programme.topic or (programme.field == COUNTRYSIDE and profile.field == FARM)
    return _title(programme.topic) + ("" if told else f" ({programme.field})")


def _besides(programmes: Sequence[Programme]) -> list[Line]:
    """The last programmes by their kinds alone: a phone has no room for all in full, and the citations have their words."""
    if not programmes:
        return []
    text = f"Ngoài ra có hỗ trợ về: {'; '.join(p.topic for p in programmes)}."
    return [Line(text, tuple((p.document, p.paragraph) for p in programmes), programmes[0].paragraph.clean, bullet=True)]


def _brief(programme: Programme) -> Programme:
    """A programme that states no sum, in fewer words: what matters is that there is such support."""
    said = programme.text.split()
    if len(said) <= _BRIEF:
        return programme
    head = " ".join(said[:_BRIEF])
    at = max(head.rfind(mark) for mark in (", ", "; ", " và "))
    return replace(programme, text=f"{head[:at] if at > len(head) // 2 else head} …")


def _told_to_them(text: str) -> str:
    """A statement without the organisations it opens with: the list is for them, and a phone has no room to say it each time."""
    opening = _TO_WHOM.match(text)
    if not opening or not (opening[1] or opening[2]):
        return text
    return f"{'hỗ trợ ' if opening[1] else ''}{text[opening.end() :].removeprefix('đều ')}"


def where(mention: PlaceMention | None) -> str:
    """A place as a person calls it, with the province it lies in or was merged into ("huyện Văn Quan, tỉnh Lạng Sơn")."""
    if mention is None:
        return ""
    place = mention.place
    level = "thành phố" if fold(place.name) in CITIES else _LEVELS.get(mention.said or place.level, "")
    name = f"{level} {place.name}".strip()
    if place.parent and place.parent != place.name:
        name += f", tỉnh {place.parent}"
    later = merged_into(place.province)
    return f"{name} (nay thuộc {later})" if later and later != place.province else name


def who(profile: Profile, day: datetime.date) -> str:
    """The organisation as the profile has it ("hợp tác xã nông nghiệp mới thành lập")."""
    parts = [profile.kind or "tổ chức kinh tế tập thể", profile.field if profile.kind != CREDIT else ""]
    age = months_old(profile, day)
    parts.append(
        "mới thành lập"
        if profile.new
        else f"thành lập năm {profile.founded}"
        if profile.founded
        else "đã hoạt động lâu"
        if age is None and profile.new is False
        else ""
    )
    return " ".join(filter(None, parts))


def _lead(local: Sequence[Sequence[Programme]], national: Sequence[Sequence[Programme]], profile: Profile, day: datetime.date) -> str:
    at = f" ở {where(profile.place)}" if profile.place else ""
    own = len({(p.document.id, p.topic) for group in local for p in group if state(p, day) == HOLDS})
    total = f"Có {len(national) + own} loại hỗ trợ" if national or own else "Chưa thấy hỗ trợ nào"
    said = f"{total} cho {who(profile, day)}{at} (tính đến ngày {day.day}/{day.month}/{day.year})"
    if own:
        return f"{said}: {own} riêng của địa phương, {len(national)} chung cả nước."
    return f"{said}, đều là chung cả nước; chưa thấy hỗ trợ riêng nào của địa phương chắc chắn còn hiệu lực." if profile.place else f"{said}."


def _founders(programmes: Sequence[Programme], profile: Profile, day: datetime.date) -> list[Line]:
    """The number of people beside the least number that the law in force asks for."""
    if profile.people is None:
        return []
    kind = profile.kind or COOPERATIVE
    rule = _least(programmes, kind, day)
    if rule is None:
        return [Line(f"Số người: bạn có {profile.people}; văn bản trong thư viện không nêu số thành viên tối thiểu của {kind}.", (), "")]
    short = rule.least - profile.people
    counted = "Số hợp tác xã" if kind == UNION else "Số người"
    said = f"{counted}: bạn có {profile.people}, " + ("đủ mức tối thiểu của luật:" if short <= 0 else f"còn thiếu {short} so với mức tối thiểu của luật:")
    lines = [Line(said, (), ""), _line(rule, "")]
    other = _least(programmes, GROUP, day) if short > 0 and kind == COOPERATIVE else None
    if other is not None and profile.people >= other.least:
        lines += [Line("Với số người này có thể lập tổ hợp tác trước:", (), ""), _line(other, "")]
    return lines


def _least(programmes: Iterable[Programme], kind: str, day: datetime.date) -> Programme | None:
    """The rule on the least number of founders of a kind: of a law rather than of what details it."""
    rules = [p for p in programmes if p.role == FOUNDERS and fold(p.text).startswith(fold(kind)) and state(p, day) == HOLDS]
    return min(rules, key=lambda p: p.document.kind != "law", default=None)


def _by_paper(local: Iterable[Programme], profile: Profile, day: datetime.date) -> list[list[Programme]]:
    """Local benefits by paper, those that hold first, the most telling ones of each."""
    papers: dict[str, list[Programme]] = {}
    for programme in local:
        papers.setdefault(programme.document.id, []).append(programme)
    groups = [sorted(sorted(group, key=lambda p: _rank(p, profile))[:_OF_A_PAPER], key=lambda p: p.paragraph.position) for group in papers.values()]
    order = [HOLDS, UNSURE, OVER]
    return sorted(groups, key=lambda group: order.index(state(group[0], day)))


def _by_topic(national: Iterable[Programme], profile: Profile) -> list[list[Programme]]:
    """Benefits of the whole country by kind of support: the most telling one of each, and one more where it states another sum."""
    topics: dict[str, list[Programme]] = {}
    for programme in sorted(national, key=lambda p: _rank(p, profile)):
        chosen = topics.setdefault(programme.topic, [])
        if not chosen or (len(chosen) < _OF_A_TOPIC and programme.amount and not _same_sums(programme, chosen)):
            chosen.append(programme)
    return sorted(topics.values(), key=lambda group: not group[0].amount)


def _same_sums(programme: Programme, chosen: Iterable[Programme]) -> bool:
    own = {q.values() for q in programme.quantities}
    return any(own == {q.values() for q in other.quantities} for other in chosen)


def _rank(programme: Programme, profile: Profile) -> tuple[object, ...]:
    """The more telling the smaller: with a sum, for what was told of the person, "được hỗ trợ" rather than how it is paid for, a decree before the law."""
    lower = programme.text.lower()
    return (
        "được" not in lower and "hỗ trợ" not in lower,
        2 - programme.amount - programme.money,
        not (programme.new and (profile.new or profile.founded is not None)),
        not (programme.field and programme.field == profile.field),
        len(programme.kinds) > 1 and profile.kind not in lower,
        programme.document.kind == "law",
        programme.paragraph.position,
    )


def _needed(programmes: Sequence[Programme], shown: Sequence[Programme], profile: Profile, day: datetime.date) -> list[Programme]:
    """What one must fulfil, from the papers shown: the sentence that sums it up, and what a new founding may lean on."""
    papers = {p.document.id for p in shown}
    kind = profile.kind or COOPERATIVE
    fitting = [
        p
        for p in programmes
        if p.role == REQUIREMENT and p.document.id in papers and for_kind(p, kind) and state(p, day) == HOLDS and not lacking(p, profile, day)
    ]
    general = [p for p in fitting if not p.new]
    general.sort(key=lambda p: (p.document.kind == "law", not fold(p.text).startswith(fold(kind)), p.paragraph.position))
    general = [p for p in general if p.document.id == general[0].document.id]  # a decree and the law that it details say the same twice
    young = [p for p in fitting if p.new and months_old(profile, day) is not None]
    return [*general[: _REQUIREMENTS - bool(young)], *young[:1]]


def _offices(programmes: Sequence[Programme], shown: Sequence[Programme], profile: Profile, day: datetime.date) -> list[Programme]:
    """Where to go, from the papers shown and from the place's own on a kind of support that is shown."""
    papers, topics = {p.document.id for p in shown}, {p.topic for p in shown}
    fitting = [p for p in programmes if p.role == OFFICE and for_kind(p, profile.kind or COOPERATIVE) and not lacking(p, profile, day)]
    national = [p for p in fitting if not is_local(p) and p.document.id in papers and state(p, day) == HOLDS]
    local = [p for p in fitting if is_local(p) and applies(profile.place, p) and p.topic in topics and state(p, day) in {HOLDS, UNSURE}]
    by_paper = {p.document.id: p for p in reversed(national)}
    return [*sorted(by_paper.values(), key=lambda p: p.topic in topics)][:_OFFICES] + local[:1]


def _not_theirs(found: Found, shown: set[str]) -> list[Line]:
    """One line on what was left out because of the field or the age, by its kinds of support."""
    lines = []
    for reason in ("field", "age"):
        theirs = [p for why, p in reversed(found.others) if why == reason and (is_local(p) or p.topic not in shown)]
        left = {_paper(p) if is_local(p) else p.topic: p for p in theirs}
        if left:
            why = _WHY[reason].format(field=next(iter(left.values())).field or FARM)
            text = f"\nKhông tính vì {why}: {', '.join(left)}."
            lines.append(Line(text, tuple((p.document, p.paragraph) for p in left.values()), next(iter(left.values())).text))
    return lines


def _silent(national: Sequence[Sequence[Programme]], offices: Sequence[Programme]) -> list[Line]:
    """One line on what the papers leave open beside sums: days and offices."""
    said = []
    if not any(_UNTIL.search(p.text) for p in (*offices, *(p for group in national for p in group))):
        said.append("hạn nộp hồ sơ")
    if not offices:
        said.append("nơi nộp")
    return [Line(f"\nVăn bản không nêu: {'; '.join(said)}.", (), "")] if said and national else []


def _line(programme: Programme, label: str) -> Line:
    text = programme.text.strip().rstrip(".;")
    period = programme.document.period
    if period and is_local(programme) and programme.years is None and str(period[1]) not in text:
        text += f" (giai đoạn {period[0]}-{period[1]})" if period[0] != period[1] else f" (năm {period[0]})"
    if label:
        text = f"{label}: {_told_to_them(text)}"
    return Line(text if text.endswith("…") else f"{text}.", ((programme.document, programme.paragraph),), programme.paragraph.clean, bullet=True)


def _title(topic: str) -> str:
    return topic[0].upper() + topic[1:]


def _paper(programme: Programme) -> str:
    """A paper by kind and number, of its place ("nghị quyết 01/2022/NQ-HĐND")."""
    number = programme.document.number
    kind = next((lawnumbers.kind_word(read.kind) for read in lawnumbers.find(number)), "")
    return f"{kind.lower()} {number}".strip() or programme.document.title
