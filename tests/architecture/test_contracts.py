"""Import directions, cycles, and what must never be written into the project."""

from __future__ import annotations

import graphlib
import re
import subprocess
import sys

import grimp
import pytest

from tests.architecture.sources import PACKAGES, ROOT, tracked

# put together here so that this file does not hold what it looks for
PACKAGE_HOSTS = re.compile(
    "|".join(
        ("p" + r"ypi\.org", "python" + "hosted", "n" + r"pmjs\.org", "deb" + r"\.debian\.org")
    ),
    re.IGNORECASE,
)
MACHINE_PATHS = re.compile(r"(?<![a-zA-Z])/(?:wo" + r"rk|fa" + r"rm)/|bash" + "_jobs")


def test_import_directions_hold() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as m; m()"]
    done = subprocess.run(
        [*command, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_no_two_modules_import_each_other(package: str) -> None:
    graph = grimp.build_graph(package, cache_dir=None)
    imports = {
        module: graph.find_modules_directly_imported_by(module) - {module}
        for module in graph.modules
    }
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as cycle:
        pytest.fail(" -> ".join(cycle.args[1]), pytrace=False)


def readable(path: str) -> str:
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_names_a_package_host_or_a_path_of_one_machine() -> None:
    found = [
        path
        for path in tracked()
        if PACKAGE_HOSTS.search(text := readable(path)) or MACHINE_PATHS.search(text)
    ]
    assert found == []


def test_every_locked_version_has_a_hash() -> None:
    for path in tracked("requirements/*.txt"):
        text = readable(path)
        pins = re.findall(r"^[a-z0-9][\w.\-]*==", text, re.MULTILINE)
        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
