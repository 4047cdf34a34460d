"""The checks before a commit: those of CI, with the pinned tools and without downloads."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.databases import BASE

TOOLS = Path(sys.executable).parent
CONFIG = BASE / ".pre-commit-config.yaml"
TOOL = re.compile(r"(?:-m |\.venv/bin/)(ruff \w+|djangofmt(?: check)?|mypy)")


def hooks():
    repos = YAML(typ="safe").load(CONFIG.read_text())["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    return repos[0]["hooks"]


def test_every_check_runs_a_tool_of_the_virtual_environment():
    for hook in hooks():
        assert hook["language"] == "system"
        folder, name = os.path.split(hook["entry"].split()[0])
        assert folder == ".venv/bin"
        assert (TOOLS / name).exists(), name


def test_the_checks_of_ci_are_among_them():
    tools_of_ci = set(TOOL.findall((BASE / ".ci/run").read_text()))
    assert {"ruff check", "ruff format"} <= tools_of_ci
    assert tools_of_ci - {name for hook in hooks() for name in TOOL.findall(hook["entry"])} == set()


@pytest.fixture
def commit(tmp_path):
    """Run the checks over files in a repository of their own."""
    (tmp_path / ".venv").symlink_to(TOOLS.parent)
    for name in (".pre-commit-config.yaml", "pyproject.toml"):
        (tmp_path / name).write_text((BASE / name).read_text())
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment["PRE_COMMIT_HOME"] = str(tmp_path / ".git" / "pre-commit")
    environment["SKIP"] = "types"  # mypy checks the whole project, which is not here

    def run(*command):
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True
        )

    def checked(name, text):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        run("git", "add", "--all", "--", ":!.venv")
        return run(TOOLS / "pre-commit", "run", "--all-files")

    run("git", "init", "--quiet")
    return checked


@pytest.mark.parametrize(
    ("name", "text"), [("clean.py", "ANSWER = 42\n"), ("templates/clean.html", "<p>42</p>\n")]
)
def test_a_clean_file_may_be_committed(commit, name, text):
    result = commit(name, text)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("faulty.py", "print(undefined)\n", "Undefined name"),
        ("crooked.py", "ANSWER=42\n", "files were modified"),
        ("templates/open.html", "<p>42</div>\n", "expected close tag"),
        ("templates/crooked.html", "<p\n>42</p>\n", "files were modified"),
    ],
)
def test_a_faulty_file_is_rejected(commit, name, text, complaint):
    result = commit(name, text)
    assert result.returncode == 1
    assert complaint in result.stdout
