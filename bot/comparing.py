"""Comparing words: whether a question compares, adds up, or holds a result against a target (matched on folded text)."""

import re

from knowledge.text import fold, normalize

_COMPARES = re.compile(
    r"\bso (?:voi|sanh|giup)\b|\b(?:nhieu|it|cao|thap|lon|nho|dong|chat) hon\b|\bhon kem\b|\bhon (?:bao nhieu|may|toi thieu)\b|\bchenh\b"
    r"|\bhon (?=\w+ (?:\w+ ){0,4}bao nhieu)|\b(?:tang|giam|them|bot|siet)\b.*\b(?:bao nhieu|khong|chua|may|the nao)\b|\btang hay giam\b"
    r"|\bcong (?:lai|hai|ca)\b|\bgop lai\b|\bxep\b.*\btheo\b|\b(?:nhieu|cao|it|thap|lon|dong)(?: \w+){1,4} nhat\b|\bkhac nhau\b|\bsang moc\b"
    r"|\b(?:nhieu|cao|thap|dong) nhat\b|\b(?:noi|dau|dia phuong|huyen|tinh|xa|ben) (?:nao )?.{0,40}\bit nhat\b"
)
_REACHED = re.compile(
    r"\b(?:da |co )?(?<!thue )(?<!giao )(?<!tien )(?<!dung )(?<!manh )(?<!lo )"
    r"dat\b.{0,60}\b(?:chua|khong)\b|\bdu chua\b|\bvuot\b.{0,30}\b(?:chua|khong|bao nhieu)\b"
    r"|\b(?:dang|hien|moi|thuc te)\b.{0,60}\b(?:chi tieu|muc tieu|ke hoach)\b.{0,40}\b(?:them|nua|thieu|hon)\b"
    r"|\bcon (?:thieu|kem|cach)\b|\bthieu (?:\w+ ){0,2}(?:bao nhieu|may)\b"
)
_EVERYWHERE = re.compile(r"\b(?:cac|tung|moi|nam|bon|ba|nhung|may) (?:noi|dia phuong|huyen tinh|tinh huyen)\b|\b(?:noi|dia phuong) nao\b|\bo dau\b")
_TARGET = re.compile(r"\b(?:chi tieu|muc tieu|ke hoach|moc|dat ra|de ra)\b")
_SUM = re.compile(r"\b(?:cong|gop|gom|tong)\b.{0,24}\b(?:lai|ca|hai)\b|\b(?:cong lai|tong cong|tat ca la)\b")
_TIMES_OVER = re.compile(r"\bgap (?:\w+ )?(?:may|bao nhieu)\b|\b(?:may|bao nhieu) lan\b")
_PUT_TOGETHER = re.compile(r"\b(?:cong (?:don |vao|voi|them)|gop|gom (?:lai|chung)|cong \w+.{0,40}\b(?:voi|lai|va)\b)")
# Words that may set figures side by side, and may not: whether two rows of the ledger answer such a question is for them to tell (bot.pairs).
_BESIDE = re.compile(
    r"\bhon\b(?! (?:nua|het))|\bgap (?:\w+ )?(?:may|bao nhieu|doi|ba|nhieu|\d+)\b|\b(?:thua|kem|lech|cach nhau|nhinh|nhich|tut|hut|ngang|bang nhau)\b"
    r"|\b(?:co|lieu) (?:\w+ ){0,6}(?:bang|vuot|giong|khop)\b|="
    r"|\b(?:ai|ben nao|noi nao|cho nao|dau|khoan nao|loai nao|nam nao|huyen nao|tinh nao) (?:\w+ ){0,4}(?:hon|nhat|chot)\b"
)
_PERHAPS = re.compile(
    r"\b(?:len|xuong|con|thanh|toi|tru) (?:\w+ ){0,3}(?:bao nhieu|may)\b|\b(?:bao nhieu|may)\b.*\b(?:bao nhieu|may)\b"
    r"|\b(?:len|di len|tang) hay (?:xuong|di xuong|giam)\b|\bgiam hay tang\b|\b(?:du|kip|toi|cham|khop) (?:\w+ ){0,6}(?:chua|khong)\b"
    r"|\bchiem (?:bao|may)\b|\bcon (?:sot|lai|du)\b"
)


def _plain(text: str) -> str:
    # "đạt" and "gấp" measure, "đất" and "gặp" do not, and look the same without marks.
    return fold(normalize(text).lower().replace("đất", "ddat").replace("gặp", "ggap"))


def compares(text: str) -> bool:
    """True when a question sets things side by side by its words."""
    plain = _plain(text)
    return bool(_COMPARES.search(plain)) or reached(text) or sums(text)


def may_compare(text: str) -> bool:
    """True when a question may set figures side by side: `compares`, and wordings that also say other things."""
    return sets_beside(text) or bool(_PERHAPS.search(_plain(text)))


def sets_beside(text: str) -> bool:
    """True when a question sets one thing beside another, be it named in an earlier turn."""
    return compares(text) or bool(_BESIDE.search(_plain(text)))


def reached(text: str) -> bool:
    """True when a question asks whether a result reaches what was set."""
    return bool(_REACHED.search(_plain(text)))


def targets(text: str) -> bool:
    """True when a question speaks of what was set."""
    return bool(_TARGET.search(_plain(text)))


def everywhere(text: str) -> bool:
    """True when a question asks of all places, or which of them."""
    return bool(_EVERYWHERE.search(_plain(text)))


def sums(text: str) -> bool:
    """True when a question adds things up."""
    plain = _plain(text)
    return bool(_SUM.search(plain) or _PUT_TOGETHER.search(plain))


def times_over(text: str) -> bool:
    """True when a question asks how many times one thing is the other."""
    return bool(_TIMES_OVER.search(_plain(text)))
