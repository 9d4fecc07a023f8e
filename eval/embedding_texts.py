"""The texts that the sentence embedding is trained on and validated with (eval/train_embedding.py).

The folder of the data sets holds ``phapdien``, ``zalo_2021``, ``alqac_2022/2023/2024`` and ``admin_docs``. Kept out of training:
the ``valid`` questions of zalo_2021, every second hand-written question of alqac_2023 (and whatever in the other years reads the
same), vlsp_lter_2023 and xquad_vi.
"""

import gzip
import json
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from knowledge.static_embedding import fold, split

_YEARS = ("alqac_2023", "alqac_2022", "alqac_2024")  # the year with kept questions first, so that the others can be compared with them
_CUT = 300  # words of a piece of unlabelled text
_SAME = 0.8  # share of word pairs from which two questions count as one


@dataclass
class Article:
    """A passage with its heading; ``group`` is the document that it stands in."""

    key: str
    title: str
    text: str
    group: str
    source: str = ""


@dataclass
class Data:
    """Articles, labelled training questions and the questions kept for validation.

    ``labelled`` holds (question, indexes of its articles); ``valid`` by name (questions, keys of the articles of each, corpus).
    """

    articles: list[Article] = field(default_factory=list)
    labelled: list[tuple[str, list[int]]] = field(default_factory=list)
    valid: dict[str, tuple[list[str], list[set[str]], str]] = field(default_factory=dict)


def load(root: Path, extra: Path | None) -> Data:
    """Everything that training and validation need; ``extra`` is a folder of further unlabelled .txt and .md files."""
    data = Data()
    where = _add_articles(data, root)
    kept: set[str] = set()
    questions = _zalo(data, root, where, kept) + _alqac(data, root, where, kept)
    pairs = [set(pairwise(q.split())) for q in kept]
    for text, right in questions:
        mine = set(pairwise(plain(text).split()))
        if all(len(mine & other) < _SAME * min(len(mine), len(other)) for other in pairs if other):
            data.labelled.append((text, right))
    print(f"labelled {len(data.labelled)} of {len(questions)} (the rest too close to validation)")
    loose = [(row["id"], row["text"]) for row in _lines(root / "admin_docs" / "documents.jsonl.gz")]
    if extra is not None:
        files = sorted(p for p in extra.rglob("*") if p.suffix in {".txt", ".md"})
        loose += [(path.stem, path.read_text(encoding="utf-8", errors="replace")) for path in files]
    for name, text in loose:
        words = text.split()
        data.articles += [Article(f"{name}:{at}", "", " ".join(words[at : at + _CUT]), "x" + name) for at in range(0, len(words), _CUT)]
    return data


def plain(text: str) -> str:
    """A question as compared with others: folded, without punctuation."""
    return fold(" ".join(split(text)))


def _add_articles(data: Data, root: Path) -> dict[tuple[str, str], int]:
    """Add the laws; gives the index of each by corpus and key."""
    where: dict[tuple[str, str], int] = {}

    def add(corpus: str, article: Article) -> None:
        where[corpus, article.key] = len(data.articles)
        data.articles.append(article)

    for row in _lines(root / "phapdien" / "articles.jsonl.gz"):
        add("phapdien", Article(row["id"], row["art_title"], row["text"], "p" + row["so"], row["vb_title"]))
    for year in sorted(_YEARS):
        for row in _lines(root / year / "corpus.jsonl.gz"):
            law = row["_id"].split("|")[0]
            title = row["title"].split(" - ", 1)[-1].partition(". ")[2]
            add(year, Article(row["_id"], title, row["text"], year + law, law))
    return where


def _zalo(data: Data, root: Path, where: dict[tuple[str, str], int], kept: set[str]) -> list[tuple[str, list[int]]]:
    """Training questions of zalo_2021; those of validation go to ``data`` and ``kept``."""
    training, questions, right = [], [], []
    for row in _lines(root / "zalo_2021" / "queries.jsonl"):
        if row["split"] == "valid":
            kept.add(plain(row["question"]))
            if row["covered"]:
                questions.append(row["question"])
                right.append(set(row["corpus_ids"]))
        elif row["corpus_ids"]:
            training.append((row["question"], [where["phapdien", key] for key in row["corpus_ids"]]))
    data.valid["zalo"] = (questions, right, "phapdien")
    return training


def _alqac(data: Data, root: Path, where: dict[tuple[str, str], int], kept: set[str]) -> list[tuple[str, list[int]]]:
    """Training questions of the three years; every second one that people wrote in 2023 goes to ``data`` and ``kept``."""
    training: list[tuple[str, list[int]]] = []
    asked: list[str] = []
    wanted: list[set[str]] = []
    for year in _YEARS:
        qrels = _qrels(root / year / "qrels.tsv")
        human = 0
        for row in _lines(root / year / "queries.jsonl.gz"):
            right = [where[year, key] for key in qrels.get(row["_id"], []) if (year, key) in where]
            if not right:
                continue
            human += year == "alqac_2023" and row["split"] != "synthetic"
            if year == "alqac_2023" and row["split"] != "synthetic" and human % 2 == 0:
                kept.add(plain(row["text"]))
                asked.append(row["text"])
                wanted.append({data.articles[i].key for i in right})
            else:
                training.append((row["text"], right))
    data.valid["alqac"] = (asked, wanted, "alqac_2023")
    return training


def _lines(path: Path) -> list[dict[str, Any]]:
    """The records of a .jsonl or .jsonl.gz file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _qrels(path: Path) -> dict[str, list[str]]:
    """Right documents of each question of a BEIR folder."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, score = line.split("\t")
        if int(score) > 0:
            found.setdefault(query, []).append(document)
    return found
