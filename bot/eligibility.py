"""Eligibility: the step of the pipeline that answers "what support is there for us?" - a few short questions, then the list."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot import dialogue, eligible
from bot.answer import Answer, Citation, Note
from bot.assemble import Citations, proven
from bot.offer import Offer, offer, where, who
from bot.phrase import place_label
from bot.profile import COOPERATIVE, CREDIT, FARM, GROUP, OTHER, UNION, Profile
from bot.programmes import BENEFIT, Programme
from knowledge.model import Document, Place
from knowledge.places import related

_SKIPPING = "Không biết, bỏ qua"
_PLACES = 4  # places offered to choose from; more would not fit a phone
_NAMED = 3  # papers named in a note
_QUESTIONS = {
    "place": "Bạn ở tỉnh hoặc huyện nào? Có nơi có thêm hỗ trợ riêng.",
    "kind": "Tổ chức của bạn thuộc loại nào?",
    "field": "Bạn làm nông nghiệp hay ngành khác?",
    "age": "Tổ chức của bạn thành lập khi nào?",
}
_CHOICES = {
    "kind": (COOPERATIVE, GROUP, UNION, CREDIT),
    "field": (FARM, OTHER),
    "age": ("mới thành lập", "chưa thành lập", "đã hoạt động lâu năm"),
}


def step(turns: Sequence[str], read: Callable[[], tuple[Programme, ...]], places: tuple[Place, ...], day: datetime.date) -> Answer | None:
    """The answer to the last of the user's turns when it belongs to a dialogue about support, None when it does not.

    `read` gives the programmes of the library, asked for only when the turns are such a dialogue: reading them takes a while the first
    time. `places` are those its papers are of. A library without programmes has no such dialogue.
    """

    def question(profile: Profile) -> str:
        return dialogue.next_slot(profile, lambda slot: eligible.matters(slot, read(), profile, day))

    current = dialogue.follow(turns, places, day, question)
    known = read() if current is not None else ()
    if current is None or not any(p.role == BENEFIT for p in known):
        return None
    if current.waiting:
        return _asking(current.waiting, current.profile, known, day)
    found = eligible.find(known, current.profile, day)
    return replace(_listing(offer(found, known, current.profile, day), known, current.profile, places, day), holds_on=day.isoformat())


def _asking(slot: str, profile: Profile, known: Sequence[Programme], day: datetime.date) -> Answer:
    """One short question with its choices."""
    if slot == "place":
        local = dict.fromkeys(place_label(p.document) for p in known if p.role == BENEFIT and p.document.place.level == "province")
        choices = tuple(local)[:_PLACES]
    else:
        choices = tuple(choice[0].upper() + choice[1:] for choice in _CHOICES[slot])
    told = _told(profile, day)
    text = f"{f'Đã ghi nhận: {told}. ' if told else ''}{_QUESTIONS[slot]}"
    return Answer("clarify", text, suggestions=(*choices, _SKIPPING))


def _told(profile: Profile, day: datetime.date) -> str:
    tells = profile.tells
    organisation = who(profile, day) if tells & {"kind", "field", "age"} else ""
    return ", ".join(filter(None, [organisation, f"{profile.people} người" if profile.people else "", f"ở {where(profile.place)}" if profile.place else ""]))


def _listing(said: Offer, known: Sequence[Programme], profile: Profile, places: Sequence[Place], day: datetime.date) -> Answer:
    citations = Citations()
    statements, shown, _ = proven(said.lines, citations)
    notes = _notes(said, known, citations.all, profile, places, day)
    text = "\n".join(shown) + "".join(f"\nLưu ý: {n.text}" for n in notes if n.kind == "caution")
    status = "answered" if statements else "not_found"
    return Answer(status, text, tuple(statements), tuple(citations.all), tuple(notes), _next(profile))


def _next(profile: Profile) -> tuple[str, ...]:
    kind = GROUP if profile.kind != GROUP else COOPERATIVE
    field = OTHER if profile.field == FARM else FARM
    return (f"Nếu là {kind} thì sao?", f"Nếu làm {field} thì sao?")


def _notes(said: Offer, known: Sequence[Programme], cited: Sequence[Citation], profile: Profile, places: Sequence[Place], day: datetime.date) -> list[Note]:
    notes: list[Note] = []
    markers = {(c.document.id, c.paragraph.anchor): c.marker for c in cited}
    second_hand = sorted({markers[key] for p in said.shown if p.origin for key in [(p.document.id, p.paragraph.anchor)] if key in markers})
    if second_hand:
        share = f"{len(second_hand)} trong {len(cited)} đoạn dẫn"
        text = f"{share} theo bản tóm tắt của cơ quan nhà nước hoặc báo chí, không phải toàn văn; hãy đối chiếu văn bản gốc."
        notes.append(Note("caution", text, tuple(second_hand)))
    near = [p for p in known if p.role == BENEFIT and eligible.is_local(p) and eligible.applies(profile.place, p)]
    if profile.place is not None and not near:
        of_place = any(related(profile.place, place) in {"same", "part"} for place in places)
        silent = "Văn bản trong thư viện không nêu" if of_place else "Thư viện chưa có văn bản nào nêu"
        notes.append(Note("scope", f"{silent} hỗ trợ riêng của {where(profile.place)}; danh sách là quy định chung của cả nước."))
    if profile.place is None:
        notes.append(Note("scope", "Chưa biết bạn ở đâu nên chưa xét hỗ trợ riêng của địa phương."))
    notes += _left_out(known, day)
    return notes


def _left_out(known: Sequence[Programme], day: datetime.date) -> list[Note]:
    """What papers of the whole country were left out because they are over, or are not known to hold."""
    states: dict[Document, set[str]] = {}
    for programme in known:
        if programme.role == BENEFIT and not eligible.is_local(programme):
            states.setdefault(programme.document, set()).add(eligible.state(programme, day))
    notes = []
    for state, why in ((eligible.OVER, "đã hết hiệu lực hoặc hết giai đoạn"), (eligible.UNSURE, "chưa rõ còn hiệu lực hay không")):
        papers = sorted((d for d, of_paper in states.items() if of_paper == {state}), key=lambda d: d.issued_on, reverse=True)
        if papers:
            names = ", ".join(place_label(d) for d in papers[:_NAMED]) + (", …" if len(papers) > _NAMED else "")
            notes.append(Note("expired", f"Không tính vì {why}: {names}."))
    return notes
