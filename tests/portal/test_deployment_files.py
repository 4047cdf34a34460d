"""docker-compose.yml and the Dockerfile are valid, and keep what the documents promise."""

import inspect
import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.urls import reverse
from ruamel.yaml import YAML

from portal import bodies
from portal.launch import logfiles, storages
from tests.databases import BASE

TOOLS = Path(sys.executable).parent


def check(*command):
    result = subprocess.run([TOOLS / command[0], *command[1:]], cwd=BASE, capture_output=True)
    assert result.returncode == 0, (result.stdout + result.stderr).decode()


ONE, SEVERAL = "docker-compose.yml", "deploy/several-machines.yml"
DOCKERFILES = ("Dockerfile", "deploy/pgbouncer/Dockerfile")
each_compose_file = pytest.mark.parametrize("file", [ONE, SEVERAL])


def compose(file=ONE):
    return YAML(typ="safe").load((BASE / file).read_text())


@each_compose_file
def test_compose_file_follows_the_compose_specification(file):
    check("check-jsonschema", "--builtin-schema", "vendor.compose-spec", file)


@pytest.mark.parametrize("file", DOCKERFILES)
def test_dockerfile_passes_hadolint(file):
    check("hadolint", file)


@each_compose_file
def test_only_prepare_gets_logins_that_own_tables(file):
    for name, service in compose(file)["services"].items():
        variables = set(service.get("environment", {}))
        privileged = variables & {"DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"}
        assert bool(privileged) == (name == "prepare"), name


def test_only_the_proxy_is_reachable_from_outside():
    services = compose()["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_of_several_machines_only_the_proxy_is_reachable_from_everywhere():
    for name, service in compose(SEVERAL)["services"].items():
        private = [port.startswith("${PRIVATE_ADDRESS") for port in service.get("ports", [])]
        assert all(private) != (name == "proxy"), name


def test_on_several_machines_web_alone_goes_through_the_pooler():
    services = compose(SEVERAL)["services"]
    addresses = {
        name: re.match(r"\$\{(\w+)", service["environment"]["DATABASE_URL"])[1]
        for name, service in services.items()
        if "DATABASE_URL" in service["environment"]
    }
    direct = dict.fromkeys(("prepare", "worker", "beat"), "DATABASE_URL")
    assert addresses == {"web": "DATABASE_POOLED_URL", **direct}


def test_on_several_machines_all_find_the_same_files_and_sessions():
    services = compose(SEVERAL)["services"]
    portal = {name: services[name]["environment"] for name in ("web", "worker", "beat", "prepare")}
    shared = {"SECRET_KEY", "REDIS_URL", "FILES_S3_BUCKET", *storages.NEEDED}
    for name, variables in portal.items():
        assert shared <= variables.keys(), name
        given = {key for key in variables if key.startswith("FILES_S3_")}
        assert given == set(re.findall(r"FILES_S3_\w+", inspect.getsource(storages))), name


@pytest.mark.parametrize("file", [ONE, SEVERAL])
def test_every_service_starts_the_same_program_on_one_machine_and_on_several(file):
    for name in ("prepare", "worker", "beat"):
        assert compose(file)["services"][name]["command"] == compose()["services"][name]["command"]


def test_postgresqls_log_holds_nobodys_data():
    command = compose()["services"]["db"]["command"]
    assert {f"--{name}={to}" for name, to in logfiles.POSTGRES.items()} <= set(command)


@each_compose_file
def test_the_log_of_every_service_is_limited(file):
    for name, service in compose(file)["services"].items():
        assert service["logging"]["options"].keys() == {"max-size", "max-file"}, name


@each_compose_file
def test_no_service_has_rights_that_it_does_not_need(file):
    allowed = {
        "db": {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"},
        "proxy": {"NET_BIND_SERVICE"},
    }
    for name, service in compose(file)["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert set(service.get("cap_add", [])) == allowed.get(name, set()), name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["read_only"] is True, name
        assert not service.get("privileged"), name


def images():
    """Every image that is fetched from elsewhere: of the services, and of ours."""
    services = [
        service for file in (ONE, SEVERAL) for service in compose(file)["services"].values()
    ]
    text = "\n".join((BASE / file).read_text() for file in DOCKERFILES)
    named = [*(service["image"] for service in services), *re.findall(r"(?m)^FROM (\S+)", text)]
    return {image for image in named if not image.startswith("lindungdesa")}


def test_every_image_is_pinned_to_its_content():
    """What a name stands for changes; `bin/images` renews the digests."""
    found = images()
    assert len(found) == 5
    assert all(re.search("@sha256:[0-9a-f]{64}$", image) for image in found), found


def test_the_proxy_lets_through_what_web_takes_and_no_more():
    """And not the larger bodies to other addresses, which web would refuse as well."""
    caddyfile = (BASE / "deploy/Caddyfile").read_text()
    sizes = dict(re.findall(r"request_body @(\w+) \{\s+max_size (\w+)", caddyfile))
    largest_form = max(bodies.LARGER.values())
    assert sizes == {
        "upload": f"{bodies.UPLOAD // 2**20}MiB",
        "form": f"{largest_form // 2**10}KiB",
    }
    uploads = re.search("@upload path (.*)", caddyfile)[1].split()
    for name in ("import_new", "list_check", "account_upload", "quota_upload"):
        assert any(fnmatch(reverse(name), pattern) for pattern in uploads), name
    for wanted in ("read_header", "read_body", "write", "idle", "response_header_timeout"):
        assert re.search(rf"\b{wanted} \d+[smh]", caddyfile), wanted


def test_bin_images_writes_the_digests_that_the_registry_gives(tmp_path):
    """With a program in Docker's place: tests ask no registry."""
    for name in ("bin/images", ONE, SEVERAL, *DOCKERFILES):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(BASE / name, tmp_path / name)
    docker = tmp_path / "docker"
    for digit in "ab":  # the second time there are newer images
        docker.write_text(f"#!/bin/sh\necho sha256:{digit * 64}\n")
        docker.chmod(0o755)
        search = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
        subprocess.run([tmp_path / "bin/images"], env=search, check=True, capture_output=True)
        for name in (ONE, SEVERAL, *DOCKERFILES):
            written = (tmp_path / name).read_text()
            assert re.sub("@sha256:[a-z0-9]{64}", "", written) == re.sub(
                "@sha256:[0-9a-f]{64}", "", (BASE / name).read_text()
            )
            named = {ONE: 3, SEVERAL: 1, "Dockerfile": 2, "deploy/pgbouncer/Dockerfile": 1}
            assert written.count(f"@sha256:{digit * 64}") == named[name]
