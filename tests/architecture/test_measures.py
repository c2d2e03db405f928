"""Files, functions and classes stay small enough to be read at once."""

from __future__ import annotations

import ast
import statistics

from tests.architecture.sources import Source, all_sources, our_sources

BANNED_NAMES = {"utils", "helpers", "common", "base", "misc", "manager", "handler", "handlers"}


def length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def ninth_decile(values: list[int]) -> float:
    return statistics.quantiles(values, n=10)[8] if len(values) > 1 else 0


def test_no_file_is_longer_than_400_lines() -> None:
    assert [f"{s.path} ({s.lines})" for s in all_sources() if s.lines > 400] == []


def test_nine_files_of_ten_are_shorter_than_250_lines() -> None:
    assert ninth_decile([source.lines for source in our_sources()]) <= 250


def test_no_function_is_longer_than_50_lines() -> None:
    assert [
        f"{source.path}:{function.lineno} {function.name} ({length(function)})"
        for source in all_sources()
        for function in source.functions()
        if length(function) > 50
    ] == []


def test_nine_functions_of_ten_are_shorter_than_25_lines() -> None:
    lengths = [length(function) for source in our_sources() for function in source.functions()]
    assert ninth_decile(lengths) <= 25


def test_no_class_has_more_than_20_methods() -> None:
    def methods(node: ast.ClassDef) -> int:
        return sum(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body)

    assert [
        f"{source.path}:{node.lineno} {node.name} ({methods(node)})"
        for source in our_sources()
        for node in source.classes()
        if methods(node) > 20
    ] == []


def test_every_module_begins_with_one_plain_sentence() -> None:
    def first_line(source: Source) -> str:
        return (ast.get_docstring(source.tree) or "").split("\n")[0]

    assert [
        source.path for source in all_sources() if not first_line(source).rstrip().endswith(".")
    ] == []


def test_no_module_hides_behind_an_empty_name() -> None:
    assert [
        source.path
        for source in all_sources()
        if set(source.module.split(".")[-1].split("_")) & BANNED_NAMES
    ] == []


def test_blind_excepts_are_rare() -> None:
    blind = [
        f"{source.path}:{node.lineno}"
        for source in our_sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    ]
    lines = sum(source.lines for source in our_sources())
    assert len(blind) <= max(1, lines * 0.2 / 1000), blind


def test_nothing_is_left_for_later() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" * 3, "Not" + "ImplementedError")
    from tests.architecture.sources import ROOT

    assert [
        f"{source.path}: {mark}"
        for source in all_sources()
        for mark in marks
        if mark in (ROOT / source.path).read_text(encoding="utf-8")
        and not source.path.startswith("tests/architecture")
    ] == []
