"""The README is correct: its commands, files, log-ins and packages exist, and none is missing."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from enrollment.demo.accounts import PASSWORD

BASE = Path(__file__).resolve().parents[2]
README = (BASE / "README.md").read_text()
DOCS = [
    BASE / "README.md",
    BASE / "CONTRIBUTING.md",
    *sorted((BASE / "docs").glob("*.md")),
    *sorted((BASE / "docs" / "decisions").glob("*.md")),
]
COMMANDS = re.findall(r"^bin/manage (\w+) ?((?:[^\n\\]|\\\n)*)", README, re.M)


def test_programs_that_are_named_can_be_run():
    named = {name for path in DOCS for name in re.findall(r"(?<![\w/])bin/(\w+)", path.read_text())}
    assert {"run", "test", "manage"} <= named
    for name in named:
        assert (BASE / "bin" / name).stat().st_mode & 0o111, name


@pytest.mark.parametrize(("name", "line"), COMMANDS, ids=[name for name, _ in COMMANDS])
def test_a_command_accepts_its_arguments_in_the_readme(name, line):
    arguments = line.replace("\\\n", " ").split()
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    parser.parse_args(arguments)
    for argument in arguments:
        if argument.startswith("tests/"):
            assert (BASE / argument).is_file()


def test_every_command_of_the_project_is_documented():
    ours = {path.stem for path in BASE.glob("*/management/commands/[a-z]*.py")}
    documented = "\n".join(path.read_text() for path in DOCS)
    assert [name for name in ours if name not in documented] == []


def test_every_top_level_folder_has_its_line():
    listed = subprocess.run(["git", "ls-files"], cwd=BASE, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    folders = {name.split("/")[0] for name in listed.stdout.splitlines() if "/" in name}
    assert {f for f in folders if f"`{f}/`" not in README} == set()
    assert {f for f in re.findall(r"^\| .*?`([\w.]+)/`", README, re.M) if f not in folders} == set()


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_files_that_are_named_exist(document):
    named = re.findall(r"`([\w./-]+\.(?:py|txt|in|yml|html|css|js|xlsx))`", document.read_text())
    tops = [top for top in BASE.iterdir() if top.name not in {".venv", ".git", "var"}]
    tree = "\n".join(str(path) for top in tops for path in [top, *top.rglob("*.*")])
    missing = {name for name in named if not re.search(rf"/{re.escape(name)}$", tree, re.M)}
    assert missing - {"demo-logins.txt"} == set()  # written by bin/run


@pytest.mark.parametrize("file", ["requirements.in", "requirements-dev.in"])
def test_every_package_has_its_reason(file):
    pinned = re.findall(r"^([\w-]+)(?:\[\w+\])?==", (BASE / file).read_text(), re.M)
    table = README.split(f"`{file}`:")[1].split("\n\n")[1]
    assert re.findall(r"^\| ([\w-]+) \| .{10,}", table, re.M) == pinned


def test_the_demo_password_is_in_the_readme():
    assert f"`{PASSWORD}`" in README
