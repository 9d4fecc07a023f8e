"""Spelling: which language a question is in, chat spelling written out, English turned into the wording of papers."""

import re

from knowledge import lexicon
from knowledge.text import TOKEN, has_accents, normalize

_LONGEST_PHRASE = 6  # words in the longest English entry
_ENGLISH_SHARE = 0.5  # share of the tokens that must be English words
_VIETNAMESE_CUES = frozenset(
    ["cua", "duoc", "bao", "nhieu", "khong", "htx", "huyen", "tinh", "nam", "nhung", "gi", "nao", "la", "thanh", "tai", "may", "bn", "ko"]
)
# "may htx vay ad": at the end of a question "vay" is the particle "vậy", unless a word before it speaks of borrowing.
_CLOSING = re.compile(r"(?<!\bcho)(?<!\bdi)(?<!\bduoc)(?<!\bmuon)(?<!\bxin)(?<!\bde) vay(?=(?: (?:ad|a|nhi|nhe|em|chi|anh|anh chị|ban|bac|ha))?\W*$)")
_ENGLISH_TOKEN = re.compile(r"\d+(?:[.,/-]\d+)*%?|[^\W\d_]+(?:-[^\W\d_]+)*")


def language_of(text: str) -> str:
    """The language of a question, "en" or "vi". Names may keep their marks in an English question."""
    tokens = re.findall(r"[a-zA-Z]+", text.lower())
    if not tokens or has_accents(re.sub(r"\b[A-ZĐ][^\W\d]*", "", text)):
        return "vi"
    table = lexicon.load()
    english = sum(1 for t in tokens if t in table.english_words or t in table.english)
    vietnamese = sum(1 for t in tokens if t in _VIETNAMESE_CUES)
    return "en" if english / len(tokens) >= _ENGLISH_SHARE and english > vietnamese else "vi"


def from_english(text: str) -> str:
    """English turned into the wording of papers, longest phrases first; what no entry has (names, numbers) stays."""
    table, skip = lexicon.load().english, lexicon.load().english_words
    tokens = _ENGLISH_TOKEN.findall(re.sub(r"['’]s\b", "", text))
    result: list[str] = []
    i = 0
    while i < len(tokens):
        for size in range(min(_LONGEST_PHRASE, len(tokens) - i), 0, -1):
            phrase = " ".join(tokens[i : i + size]).lower()
            reading = next((table[form] for form in _forms(phrase) if form in table), None)
            if reading is not None:
                result.append(reading)
                i += size
                break
        else:
            if tokens[i].lower() not in skip:
                result.append(tokens[i])
            i += 1
    return normalize(" ".join(result))


def _forms(phrase: str) -> list[str]:
    """The phrase and its likely base forms: plural, past and -ing endings taken off."""
    forms = [phrase, phrase.replace("-", " ")]
    for ending, instead in (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e")):
        if phrase.endswith(ending) and len(phrase) > len(ending) + 2:
            forms.append(phrase[: -len(ending)] + instead)
    return forms


def spell(text: str) -> str:
    """Chat spelling written out ("bn" -> bao nhiêu); everything else, capitals too, stays as typed."""
    table = lexicon.load().chat
    result, end = [], 0
    for m in TOKEN.finditer(text):
        reading = table.get(m.group()) if m.group().islower() else None
        if reading is not None:
            result.extend([text[end : m.start()], reading])
            end = m.end()
    spelt = "".join([*result, text[end:]])
    return spelt if has_accents(text) else _CLOSING.sub(" vậy", spelt)
