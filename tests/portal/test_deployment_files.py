"""docker-compose.yml and the Dockerfile are valid, and keep what the documents promise."""

import subprocess
import sys
from pathlib import Path

from ruamel.yaml import YAML

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
    assert command == ["postgres", *(f"--{name}={to}" for name, to in logfiles.POSTGRES.items())]


def test_the_log_of_every_service_is_limited():
    for name, service in compose()["services"].items():
        assert service["logging"]["options"].keys() == {"max-size", "max-file"}, name
