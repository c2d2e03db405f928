"""The project's own source files, parsed once."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "ui", "backend", "backend_client", "letters", "resources")
GENERATED = "backend/migrations/versions"


@dataclass(frozen=True)
class Source:
    """One Python file: its path below the root, its lines and its tree."""

    path: str
    lines: int
    tree: ast.Module

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def classes(self) -> Iterator[ast.ClassDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ClassDef):
                yield node

    def imports(self) -> Iterator[str]:
        """Every module imported, also inside functions."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module


def tracked(*patterns: str) -> list[str]:
    """Paths that git tracks or would track, below the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for path in output.splitlines() if (ROOT / path).is_file()]


@cache
def all_sources() -> tuple[Source, ...]:
    return tuple(
        Source(path, text.count("\n") + 1, ast.parse(text))
        for path in tracked("*.py")
        if (text := (ROOT / path).read_text(encoding="utf-8")) is not None
    )


def our_sources() -> tuple[Source, ...]:
    """What ships: the packages without tests, benchmarks and migrations already made."""
    return tuple(
        source
        for source in all_sources()
        if source.path.split("/")[0] in PACKAGES and not source.path.startswith(GENERATED)
    )
