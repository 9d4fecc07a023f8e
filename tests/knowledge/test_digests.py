"""The bundled digests against their originals, where those lie beside the repository: every figure from its own section, no sentence copied."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import knowledge
from ingest.read import read
from knowledge.text import normalize

DIGESTS = sorted((Path(knowledge.__file__).parent / "documents").glob("*.md"))
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
ORIGINALS = sorted([*CORPUS.glob("plans/*.txt"), *CORPUS.glob("legal/**/*.txt")])
needs_corpus = pytest.mark.skipif(not ORIGINALS, reason="the original papers do not lie in ../shared/corpus")
COPIED = 10  # words in a row
LEFT = 0.005  # share of a digest's words at which such runs may begin: titles and names that no pattern tells from a sentence
FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")
ARTICLE = re.compile(r"^[#*_\s]*Điều\s+(\d+[a-z]?)\b", re.MULTILINE)
# A sentence that names another text says where its figures are from; the names of texts hold figures of their own.
ELSEWHERE = re.compile(
    r"Luật Hợp tác xã(?: 20\d\d)?[):]|Luật (?:Hợp tác xã )?20|(?:Nghị định|Thông tư|Quyết định) (?:số )?\d|mức tin cậy|tự tính"
    r"|đã hết\)|bản sửa năm|Từ 01/7/2025|20\d\d - 20\d\d"
)
LABEL = re.compile(r"^(\s*[#\-+*]*\s*)(?:\d+\.|[a-zđ]\))\s", re.MULTILINE)
WORD = re.compile(r"\w+(?:[.,/\-]\w+)*")
# Names of organisations, and what follows a document's number: its date, issuer and title.
NAMED = re.compile(
    r"(?:HTX|Hợp tác xã|Công ty|Trường|Khối) [^,;:.()]{0,80}?[A-ZĐ]\w+(?: [A-ZĐ]\w+)*|(?:số )?\d+(?:/\d+)*[-/][A-ZĐ][^,;:.()]*|ngày \d[^,;:.()]*"
)
CLAUSE = re.compile(r"[,;:.()]\s|\s[-–]\s")
QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"")


def figures(text):
    return {figure.lstrip("0") or "0" for figure in FIGURE.findall(text)}


def articles(text):
    cuts = list(ARTICLE.finditer(text))
    found: dict[str, str] = {}
    for start, end in zip(cuts, [*cuts[1:], None], strict=True):
        found[start[1]] = found.get(start[1], "") + text[start.start() : end.start() if end else len(text)]
    return found


def original_of(number):
    """The file of a legal text by its number (17/2023/QH15 -> 17-2023-QH15.txt), None when there is none."""
    return next((path for path in ORIGINALS if normalize(path.stem).lower() == normalize(number).replace("/", "-").lower()), None) if number else None


def sections(path):
    """(digest, original) by article, both without the labels of items; [] when the original is not there."""
    source = read(path)
    original = original_of(str(source.front.get("number") or ""))
    if original is None:
        return []
    theirs = articles(normalize(original.read_text(encoding="utf-8")))
    number, issued = str(source.front["number"]).rpartition("/")[0], "/".join(reversed(str(source.front["issued_on"]).split("-")))
    return [(article, _own(LABEL.sub(r"\1", text), number, issued), theirs.get(article, "")) for article, text in articles(normalize(source.text)).items()]


def _own(text, number, issued):
    """The sentences that speak of this text alone, without its name and its date."""
    spelt = "|".join(re.escape(part) for part in (number, number.partition("/")[2], number.partition("/")[0]) if part)
    named = re.compile(rf"(?:Luật(?: Hợp tác xã)?|Nghị định|Thông tư) (?:số )?(?:{spelt})(?!\d)\S*")
    kept = [sentence for sentence in re.split(r"(?<=[.;])\s|\n", named.sub("", text)) if not ELSEWHERE.search(sentence)]
    return "\n".join(sentence.replace(issued, "").replace(issued.replace("/0", "/"), "") for sentence in kept)


@needs_corpus
@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_each_figure_stands_in_the_same_article_of_the_original(path):
    strange = {number: sorted(figures(own) - figures(theirs)) for number, own, theirs in sections(path) if theirs and figures(own) - figures(theirs)}
    assert not strange, f"{path.name}: figures that the same article of the original does not have: {strange}"


@needs_corpus
@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_no_sentence_is_copied(path):
    grams = _unique()
    copied, size = [], 0
    for line in normalize(read(path).text).splitlines():
        if not line.startswith("#"):
            for clause in CLAUSE.split(NAMED.sub(" ; ", QUOTED.sub(" ; ", line))):  # a list of products or trades is names, no sentence
                size += len(_words(clause))
                copied += [" ".join(run) for run in _runs(_words(clause)) if run in grams and _prose(run)]
    assert len(copied) <= max(6, LEFT * size), f"{path.name}: {len(copied)} runs of {COPIED} words stand in an original, such as: {copied[:9]}"


@cache
def _unique():
    """The runs of words that stand once in all originals: names, titles and set phrases recur, a sentence does not."""
    counts = Counter(run for original in ORIGINALS for run in _runs(_words(normalize(original.read_text(encoding="utf-8")))))
    return {run for run, count in counts.items() if count == 1}


def _words(text):
    return WORD.findall(text)


def _runs(words):
    return [tuple(words[i : i + COPIED]) for i in range(len(words) - COPIED + 1)]


def _prose(run):
    """True when the words of a run are not names or figures for a good part."""
    return sum(word[0].isupper() or word[0].isdigit() for word in run) < COPIED // 3
