"""The import rule: ui -> bot -> knowledge, ui -> ingest -> knowledge, eval -> bot; knowledge imports none of the others."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "knowledge": set(),
    "ingest": {"knowledge"},
    "bot": {"knowledge"},
    "ui": {"bot", "ingest", "knowledge"},
    "eval": {"bot", "ingest", "knowledge"},  # the report builds its library from papers
}
# The command `htx eval` reaches down to the report, and only when it is called.
LATE = {("ui/cli.py", "eval")}
SOURCES = sorted(path for house in MAY_IMPORT for path in (ROOT / house).rglob("*.py"))


def houses(nodes: Iterator[ast.AST]) -> set[str]:
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute here, so that the house of each can be seen"
            names.add(node.module or "")
    return {name.split(".")[0] for name in names} & MAY_IMPORT.keys()


def outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from outside_functions(node)


def test_every_house_is_there():
    assert {path.relative_to(ROOT).parts[0] for path in SOURCES} == MAY_IMPORT.keys()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_down_only(path: Path):
    house = path.relative_to(ROOT).parts[0]
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    late = {name for file, name in LATE if ROOT / file == path}
    wrong = houses(ast.walk(tree)) - MAY_IMPORT[house] - {house} - late
    assert not wrong, f"{path.relative_to(ROOT)} imports {', '.join(sorted(wrong))}; {house} may import only {', '.join(sorted(MAY_IMPORT[house])) or 'itself'}"
    early = houses(outside_functions(tree)) & late
    assert not early, f"{path.relative_to(ROOT)} imports {', '.join(sorted(early))} at module level; import it inside the command"
