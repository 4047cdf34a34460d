"""docker-compose.yml and the Dockerfile are valid, and keep what the documents promise."""

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

from django.urls import reverse
from ruamel.yaml import YAML

from portal import bodies
from portal.launch import logfiles
from tests.databases import BASE

TOOLS = Path(sys.executable).parent


def check(*command):
    result = subprocess.run([TOOLS / command[0], *command[1:]], cwd=BASE, capture_output=True)
    assert result.returncode == 0, (result.stdout + result.stderr).decode()


def compose():
    return YAML(typ="safe").load((BASE / "docker-compose.yml").read_text())


def test_compose_file_follows_the_compose_specification():
    check("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


def test_dockerfile_passes_hadolint():
    check("hadolint", "Dockerfile")


def test_only_prepare_gets_logins_that_own_tables():
    for name, service in compose()["services"].items():
        variables = set(service.get("environment", {}))
        privileged = variables & {"DATABASE_OWNER_URL", "DATABASE_ADMIN_URL"}
        assert bool(privileged) == (name == "prepare"), name


def test_only_the_proxy_is_reachable_from_outside():
    services = compose()["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_postgresqls_log_holds_nobodys_data():
    command = compose()["services"]["db"]["command"]
    logs = [f"--{name}={to}" for name, to in logfiles.POSTGRES.items()]
    assert command == ["postgres", "--jit=off", *logs]


def test_the_log_of_every_service_is_limited():
    for name, service in compose()["services"].items():
        assert service["logging"]["options"].keys() == {"max-size", "max-file"}, name


def test_no_service_has_rights_that_it_does_not_need():
    allowed = {
        "db": {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"},
        "proxy": {"NET_BIND_SERVICE"},
    }
    for name, service in compose()["services"].items():
        assert service["cap_drop"] == ["ALL"], name
        assert set(service.get("cap_add", [])) == allowed.get(name, set()), name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["read_only"] is True, name
        assert not service.get("privileged"), name


def images():
    """Every image that is fetched from elsewhere: of the services, and of ours."""
    from_compose = [service["image"] for service in compose()["services"].values()]
    named = re.findall(r"^FROM (\S+)", (BASE / "Dockerfile").read_text(), re.MULTILINE)
    return {image for image in [*from_compose, *named] if not image.startswith("lindungdesa:")}


def test_images_are_those_that_were_looked_at():
    """`bin/images` writes the digests. Where this was written no registry could be asked, so none
    is made up here: an image stays in the list until somebody has run it, and never comes back."""
    without_digest = {image for image in images() if not re.search("@sha256:[0-9a-f]{64}$", image)}
    assert without_digest == {
        "caddy:2-alpine",
        "postgres:18-bookworm",
        "python:3.11-slim-bookworm",
        "valkey/valkey:9-alpine",
    }


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
    for name in ("import_new", "list_check", "admin:villages_user_import"):
        assert any(fnmatch(reverse(name), pattern) for pattern in uploads), name
    for wanted in ("read_header", "read_body", "write", "idle", "response_header_timeout"):
        assert re.search(rf"\b{wanted} \d+[smh]", caddyfile), wanted


def test_bin_images_writes_the_digests_that_the_registry_gives(tmp_path):
    """With a program in Docker's place: tests ask no registry."""
    for name in ("bin/images", "docker-compose.yml", "Dockerfile"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(BASE / name, tmp_path / name)
    docker = tmp_path / "docker"
    for digit in "ab":  # the second time there are newer images
        docker.write_text(f"#!/bin/sh\necho sha256:{digit * 64}\n")
        docker.chmod(0o755)
        search = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
        subprocess.run([tmp_path / "bin/images"], env=search, check=True, capture_output=True)
        for name in ("docker-compose.yml", "Dockerfile"):
            written = (tmp_path / name).read_text()
            assert re.sub("@sha256:[a-z0-9]{64}", "", written) == re.sub(
                "@sha256:[0-9a-f]{64}", "", (BASE / name).read_text()
            )
            assert written.count(f"@sha256:{digit * 64}") == {"Dockerfile": 2}.get(name, 3)
