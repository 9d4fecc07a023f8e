"""Outline: blocks become paragraphs in a tree built from the numbering, each with a stable anchor."""

import itertools
import re
from dataclasses import dataclass, field

from ingest.blocks import Block
from ingest.clean import clean, strip_marks
from ingest.numbering import ARTICLE, CHAPTER, DASH, DECIMAL, LETTER, PART, PLUS, ROMAN, SECTION, STAR, TEXT, marker
from knowledge.model import Paragraph

_BACK = re.compile(r"^(?:Nơi nhận|NƠI NHẬN|TM\.|T/M|KT\.|K/T|TUQ\.)")
_APPENDIX = re.compile(r"^(phụ lục(?:\s+(?:số\s+)?([\dIVX]+))?)\s*(?:[.:–-]\s*(.*))?$", re.IGNORECASE)
_CLOSING = re.compile(r"\./\.?\s*$")
_TITLE_LINES = 4  # lines under "Phần I" that may belong to its title
_TITLE_WORDS = 40  # a numbered line up to this length with no full stop is a heading
_LABEL_RANK = STAR + 0.5  # a plain line ending in ":" holds the list entries after it
_HASH_RANK = {1: PART, 2: ROMAN, 3: DECIMAL, 4: DECIMAL + 1}


@dataclass
class Node:
    """A block with its place in the tree, before anchors are final."""

    block: Block
    rank: float
    label: str
    part: str
    text: str
    clean: str
    kind: str
    parent: "Node | None" = None
    anchor: str = ""
    hashes: int = 0
    used: dict[str, int] = field(default_factory=dict)

    @property
    def is_label(self) -> bool:
        """A line that only introduces what follows it."""
        return self.clean.endswith(":") or self.kind == "heading" or self.rank == STAR


def outline(found: list[Block]) -> tuple[list[Paragraph], list[str]]:
    """Paragraphs in order, and doubts about the numbering (numbers that stand twice or jump)."""
    root = Node(Block("", [], []), -1, "", "", "", "", "root")
    front, body, back, appendices = _divide(found)
    taken: set[str] = set()
    nodes = [_place(Node(b, TEXT, "", "", b.text, clean(b.text), "front"), root, "0", taken) for b in front]
    doubts: list[str] = []
    nodes.extend(_tree(body, root, taken, doubts))
    nodes.extend(_place(n, root, "z", taken) for n in _back_matter(back))
    for number, appendix in enumerate(appendices, start=1):
        nodes.extend(_appendix(appendix, number, root, taken, doubts))
    return _paragraphs(nodes), doubts


def _appendix(blocks: list[Block], number: int, root: Node, taken: set[str], doubts: list[str]) -> list[Node]:
    head = _APPENDIX.match(strip_marks(blocks[0].text).lstrip("# "))
    label, title = (head[1], head[3] or "") if head else ("", "")
    top = Node(blocks[0], PART, label, f"pl{number}", blocks[0].text.lstrip("# "), clean(title), "heading")
    taken_lines = _take_title(top, blocks[1 : 1 + _TITLE_LINES])
    return [_place(top, root, "", taken), *_tree(blocks[1 + taken_lines :], top, taken, doubts)]


def _tree(body: list[Block], root: Node, taken: set[str], doubts: list[str]) -> list[Node]:
    nodes: list[Node] = []
    stack = [root]
    i = 0
    while i < len(body):
        node = _node(body[i])
        if node.rank in {PART, CHAPTER, SECTION} or (node.rank == ROMAN and node.clean.isupper()):
            i += _take_title(node, body[i + 1 : i + 1 + _TITLE_LINES])
        if node.hashes and not node.label:
            # "##### Tổ hợp tác" stands under the "#### a)" above it, whatever its number of marks is elsewhere.
            node.rank = next((above.rank + 0.25 for above in reversed(stack) if 0 < above.hashes < node.hashes), node.rank)
        _climb(stack, node)
        doubts.extend(_doubts(stack[-1], node))
        nodes.append(_place(node, stack[-1], "", taken))
        if node.rank < TEXT:
            stack.append(node)
        i += 1
    return nodes


def _divide(found: list[Block]) -> tuple[list[Block], list[Block], list[Block], list[list[Block]]]:
    """Front matter (to the first numbered line), body, back matter (recipients and signatures), the appendices after it."""
    start = next((i for i, b in enumerate(found) if (m := marker(b.text)) and not m.bullet and m.rank < LETTER), None)
    if start is None:
        start = next((i for i, b in enumerate(found) if b.text.startswith("#") or len(b.text) > 80), 0)
    end = next((i for i in range(start + 1, len(found)) if _BACK.match(strip_marks(found[i].text).lstrip("# "))), len(found))
    heads = [i for i in range(end, len(found)) if _APPENDIX.match(strip_marks(found[i].text).lstrip("# "))]
    after = heads[0] if heads else len(found)
    return found[:start], found[start:end], found[end:after], [found[a:b] for a, b in itertools.pairwise([*heads, len(found)])]


def _node(block: Block) -> Node:
    mark = marker(block.text)
    hashes = len(block.text) - len(block.text.lstrip("#"))
    text = block.text.lstrip("# ")
    if mark is None:
        cleaned = clean(text)
        if hashes:
            return Node(block, _HASH_RANK.get(hashes, DECIMAL + 2), "", "", text, cleaned, "heading", hashes=hashes)
        rank = _LABEL_RANK if cleaned.endswith(":") else TEXT
        return Node(block, rank, "", "", text, cleaned, "text")
    cleaned = clean(mark.rest)
    kind = "item" if mark.bullet else "heading"
    if mark.rank in {ARTICLE, LETTER} or mark.rank >= DECIMAL:
        # A line marked as a heading may end in a full stop; one with a second sentence states something.
        stated = re.search(r"\.\s+\S", cleaned) or (not hashes and re.search(r"[.;]$", cleaned))
        long = len(cleaned.split()) > _TITLE_WORDS or stated
        kind = "item" if mark.bullet or (long and mark.rank != ARTICLE) else "heading"
    short = len(cleaned.split()) <= _TITLE_WORDS
    if mark.bullet and (hashes or (short and (cleaned.endswith(":") or (mark.rank == STAR and not re.search(r"[.;:]", cleaned))))):
        kind = "heading"
    return Node(block, mark.rank, mark.label, mark.part, text, cleaned, kind, hashes=hashes)


def _take_title(node: Node, following: list[Block]) -> int:
    """Join the title lines that stand under "Phần I"; gives how many blocks were taken."""
    taken = 0
    for block in following:
        plain = strip_marks(block.text).lstrip("# ")
        if marker(block.text) is not None or not plain or not (plain.isupper() or (not node.clean and len(plain) < 200)):
            break
        node.clean = f"{node.clean} {clean(block.text)}".strip()
        node.text = f"{node.text}\n{block.text}"
        node.block.spans.extend(block.spans)
        node.block.lines.extend(block.lines)
        taken += 1
        if not plain.isupper():
            break
    return taken


def _climb(stack: list[Node], node: Node) -> None:
    """Pop the stack to the node that holds `node`."""
    if node.kind == "text" and _CLOSING.search(node.clean):
        del stack[1:]
        return
    if node.rank >= TEXT or node.rank == _LABEL_RANK:
        # Plain text hangs under the nearest heading or label, not under a list entry with words of its own.
        while stack[-1].rank == _LABEL_RANK or (stack[-1].rank in {STAR, DASH, PLUS} and not stack[-1].is_label):
            stack.pop()
        return
    while len(stack) > 1 and stack[-1].rank >= node.rank:
        stack.pop()


def _doubts(parent: Node, node: Node) -> list[str]:
    if not node.part or node.rank > DECIMAL + 2:
        return []
    doubts = []
    where = f"{parent.anchor}: " if parent.anchor else ""
    if parent.used.get(node.part):
        doubts.append(f"{where}có hai mục cùng đánh số {node.label}")
    last = re.search(r"\d+$", node.part)
    before = parent.used.get("#last", 0)
    if last and node.rank >= DECIMAL:
        value = int(last.group())
        if before and value > before + 1:
            doubts.append(f"{where}đánh số nhảy từ {before} đến {value}")
        parent.used["#last"] = value
    return doubts


def _place(node: Node, parent: Node, prefix: str, taken: set[str]) -> Node:
    """Give the node its parent and anchor: numbered ones by their number, others by their order."""
    node.parent = parent
    base = parent.anchor or prefix
    if node.part:
        part = node.part.rsplit(".", 1)[-1] if parent.part and node.part.startswith(f"{parent.part}.") else node.part
        parent.used[node.part] = parent.used.get(node.part, 0) + 1
        wanted = ".".join(filter(None, [base, part]))
    else:
        key = f"-{prefix}"
        count = parent.used[key] = parent.used.get(key, 0) + 1
        wanted = f"{base or 'x'}-{count}"
    same = itertools.count(2)
    node.anchor = wanted
    while node.anchor in taken:
        node.anchor = f"{wanted}~{next(same)}"
    taken.add(node.anchor)
    return node


def _back_matter(back: list[Block]) -> list[Node]:
    """Recipients and signatures, each as one node."""
    groups: list[list[Block]] = []
    for block in back:
        plain = strip_marks(block.text).lstrip("# ")
        starts = _BACK.match(plain) and not (groups and _kind_of_back(groups[-1]) == _kind_of_back([block]))
        if starts or not groups:
            groups.append([block])
        elif _kind_of_back(groups[-1]) == "recipients" and not re.match(r"[-+(*]", plain) and not plain.startswith("Lưu") and not plain.endswith((":", ";")):
            signed = next((g for g in groups if _kind_of_back(g) == "signature"), None)
            if signed is None:
                groups.append([block])
            else:
                signed.append(block)
        else:
            groups[-1].append(block)
    nodes = []
    for group in groups:
        whole = Block("\n".join(b.text for b in group), [s for b in group for s in b.spans], [n for b in group for n in b.lines])
        nodes.append(Node(whole, TEXT, "", "", whole.text, clean(whole.text), "back"))
    return nodes


def _kind_of_back(group: list[Block]) -> str:
    return "recipients" if strip_marks(group[0].text).lstrip("# ").lower().startswith("nơi nhận") else "signature"


def title_of(node: Node) -> str:
    """The heading's words: to the first colon of a run-in heading, at most the title length."""
    words = node.clean.split(":")[0] if node.kind == "item" or len(node.clean.split()) > _TITLE_WORDS else node.clean.rstrip(" :.")
    if len(words.split()) > _TITLE_WORDS:
        words = " ".join(words.split()[:_TITLE_WORDS]) + "…"
    label = node.label if node.rank in {PART, CHAPTER, SECTION, ARTICLE} or node.label.endswith(")") else f"{node.label}." if node.part else ""
    return f"{label}{'.' if node.rank in {PART, CHAPTER, SECTION, ARTICLE} and words else ''} {words}".strip()


def _paragraphs(nodes: list[Node]) -> list[Paragraph]:
    parents = {id(n.parent) for n in nodes}
    result = []
    for position, node in enumerate(nodes):
        path: list[str] = []
        above = node.parent
        while above is not None and above.kind != "root":
            path.append(title_of(above))
            above = above.parent
        kind = node.kind if node.kind != "heading" or id(node) in parents else "item"
        lines = [(n, n) for n in node.block.lines]
        result.append(
            Paragraph(
                anchor=node.anchor, text=node.text, clean=node.clean or node.label, path=tuple(reversed(path)),
                parent=node.parent.anchor if node.parent else "", position=position, kind=kind, label=node.label,
                spans=tuple(node.block.spans), lines=tuple(lines),
            )
        )  # fmt: skip
    return result
