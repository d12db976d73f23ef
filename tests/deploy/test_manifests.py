"""The Dockerfile, the Compose file and the Kubernetes manifests: they say what the code and each other know."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.core
import typer.main
import yaml
from fastapi.routing import APIRoute

from app.cli.commands import app as command_line
from app.http import health
from app.settings import PREFIX, Settings, load_settings

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
KUBERNETES = ROOT / "deploy/kubernetes"
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
#: Variables of other programs in the service's containers.
FOREIGN = {"DOCKER_HOST", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}


def _resources() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every manifest with the file that it is in."""
    for path in sorted(KUBERNETES.rglob("*.yaml")):
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            yield path.relative_to(KUBERNETES).as_posix(), document


RESOURCES = list(_resources())


def _of_kind(kind: str, folder: str = "base/") -> list[dict[str, Any]]:
    return [found for path, found in RESOURCES if found["kind"] == kind and path.startswith(folder)]


def _pods() -> dict[str, dict[str, Any]]:
    """The pods of every deployment and job, by name."""
    made = [*_of_kind("Deployment"), *_of_kind("Job")]
    return {each["metadata"]["name"]: each["spec"]["template"] for each in made}


def _containers() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, pod in _pods().items():
        for container in pod["spec"]["containers"]:
            yield name, container


def _substituted(text: str) -> str:
    """What Compose makes of a value with nothing in the environment."""
    return re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", text)


def _environment() -> Iterator[tuple[str, str, str]]:
    """Where a variable is set for the service, its name and its value."""
    for name, service in COMPOSE["services"].items():
        for variable, value in service.get("environment", {}).items():
            yield f"docker-compose.yml: {name}", variable, _substituted(value)
    yield from _assigned()
    for name, container in _containers():
        for each in container.get("env", []):
            yield f"kubernetes: {name}", each["name"], each["value"]
    for path, found in RESOURCES:
        values: dict[str, str] = found.get("data") or found.get("stringData") or {}
        for variable, value in values.items():
            yield path, variable, value
    for variable, value in re.findall(r"(ALLCLOSE_[A-Z_]+)=(\S+)", DOCKERFILE):
        yield "Dockerfile", variable, value


def _assigned() -> Iterator[tuple[str, str, str]]:
    """What the files of variables set or propose."""
    for file in ("database.example.env", "api.example.env"):
        for line in (ROOT / "deploy/docker" / file).read_text(encoding="utf-8").splitlines():
            if assigned := re.fullmatch(r"#?([A-Z_]+)=(.*)", line):
                yield file, assigned[1], assigned[2]


def _commands() -> Iterator[tuple[str, list[str]]]:
    """Every command that a container starts the service's image with."""
    yield "Dockerfile", yaml.safe_load(re.findall(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)[0])
    for name, service in COMPOSE["services"].items():
        if "command" in service:
            yield f"docker-compose.yml: {name}", [_substituted(part) for part in service["command"]]
    for name, container in _containers():
        yield f"kubernetes: {name}", container["args"]


@pytest.mark.parametrize(("where", "arguments"), [pytest.param(*each, id=each[0]) for each in _commands()])
def test_every_command_exists(where: str, arguments: list[str]) -> None:
    """A container would end as soon as it starts."""
    command: Any = typer.main.get_command(command_line)
    rest = list(arguments)
    while isinstance(command, typer.core.TyperGroup):
        command = command.commands.get(rest.pop(0))
    assert command is not None, f"{where}: there is no command {shlex.join(arguments)}"
    assert not command.make_context("allclose", rest).args


def test_every_variable_is_a_setting_and_every_value_one_of_its() -> None:
    """A container would run with a default that nobody wanted, or refuse to start."""
    for where, variable, value in _environment():
        if variable in FOREIGN:
            continue
        name = variable.removeprefix(PREFIX).lower()
        assert variable.startswith(PREFIX), (where, variable)
        assert name in Settings.model_fields, (where, variable)
        needed = {"smtp_url": {"mail_from": "a@example.edu", "public_url": "https://a.example.edu"}}
        others = {"workers": {"database_url": "postgresql://a@b/c"}} | needed
        load_settings(**{**others.get(name, {}), name: value})


def test_the_database_is_the_one_that_is_made() -> None:
    """The service would ask for a database, or as a user, that is not there."""
    values = {name: value for where, name, value in _environment() if where == "database.example.env"}
    address = f"postgresql://{values['POSTGRES_USER']}:THE-SAME-PASSWORD@postgres/{values['POSTGRES_DB']}"
    assert values["ALLCLOSE_DATABASE_URL"] == address
    assert "postgres" in COMPOSE["services"]
    assert not values["POSTGRES_PASSWORD"]  # PostgreSQL's image refuses to start without one: nobody runs with ours


def test_ports_and_probes_are_those_of_the_service() -> None:
    """Nobody would reach it, or a healthy one be restarted for ever."""
    port = Settings.model_fields["port"].default
    assert f"EXPOSE {port}" in DOCKERFILE
    assert [_substituted(each) for each in COMPOSE["services"]["api"]["ports"]] == [f"127.0.0.1:8000:{port}"]
    paths = {route.path for route in health.probes.routes if isinstance(route, APIRoute)}
    containers = dict(_containers())
    api, worker = containers["api"], containers["worker"]
    assert [each["containerPort"] for each in api["ports"]] == [port]
    told = {each["name"]: each.get("value") for each in worker["env"]}
    assert told["ALLCLOSE_HOST"] == "0.0.0.0"
    assert [str(each["containerPort"]) for each in worker["ports"]] == [told["ALLCLOSE_WORKER_PORT"]]
    for container in (api, worker):
        for probe, path in (("startupProbe", "/healthz"), ("livenessProbe", "/healthz"), ("readinessProbe", "/readyz")):
            asked = container[probe]["httpGet"]
            assert (asked["path"], asked["port"]) == (path, container["ports"][0]["name"])
            assert path in paths
    assert "'/healthz'" in DOCKERFILE
    [service] = _of_kind("Service")
    assert [each["targetPort"] for each in service["spec"]["ports"]] == [api["ports"][0]["name"]]


def test_stops_are_waited_for() -> None:
    """Attempts that could be finished in time would be judged once more, and the process be killed while it closes."""
    values = {variable: value for where, variable, value in _environment() if where == "base/config.yaml"}
    grace = float(values["ALLCLOSE_GRACE_SECONDS"])
    for name in ("api", "worker"):
        assert _pods()[name]["spec"]["terminationGracePeriodSeconds"] >= grace + 10
        waited = float(COMPOSE["services"][name]["stop_grace_period"].removesuffix("s"))
        assert waited >= Settings.model_fields["grace_seconds"].default + 10
    # The shell form would leave the signal to a shell.
    assert re.search(r"^ENTRYPOINT \[", DOCKERFILE, re.MULTILINE)


def test_nobody_is_root_but_where_it_is_said() -> None:
    """A fault of ours would be one of the whole machine's."""
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE) == ["10001:10001"]
    roots = {name for name, service in COMPOSE["services"].items() if service.get("user") == "root"}
    assert roots == {"docker-filter", "sandbox-image"}
    for name, service in COMPOSE["services"].items():
        if name != "postgres":
            assert (service["cap_drop"], service["read_only"]) == (["ALL"], True), name
            assert service["security_opt"] == ["no-new-privileges:true"]
    for name, pod in _pods().items():
        spec = pod["spec"]
        assert spec["automountServiceAccountToken"] is False, name
        assert (spec["securityContext"]["runAsNonRoot"], spec["securityContext"]["runAsUser"]) == (True, 10001)
        for container in spec["containers"]:
            inside = container["securityContext"]
            assert inside["allowPrivilegeEscalation"] is False
            assert inside["readOnlyRootFilesystem"] is True
            assert inside["capabilities"] == {"drop": ["ALL"]}
            profile = inside.get("seccompProfile", spec["securityContext"].get("seccompProfile"))
            assert profile["type"] == ("Unconfined" if name == "worker" else "RuntimeDefault")


def test_only_the_filter_and_the_builder_see_the_docker_socket() -> None:
    """A worker that learners' code got out into would be root on the host."""
    for name, service in COMPOSE["services"].items():
        mounted = any("docker.sock}" in str(volume) for volume in service.get("volumes", []))
        assert mounted == (name in {"docker-filter", "sandbox-image"}), name
        assert "privileged" not in service
    assert COMPOSE["services"]["docker-filter"]["network_mode"] == "none"
    assert COMPOSE["services"]["sandbox-image"]["profiles"] == ["setup"]
    folder = COMPOSE["services"]["worker"]["environment"]["DOCKER_HOST"].removeprefix("unix://")
    assert f"bind unix@{folder} " in (ROOT / "deploy/docker/haproxy.cfg").read_text(encoding="utf-8")
    shared = {volume for name in ("worker", "docker-filter") for volume in COMPOSE["services"][name]["volumes"]}
    assert f"docker-filtered:{Path(folder).parent}" in shared


def test_workers_reach_the_database_alone() -> None:
    """Whoever got out of a worker would stand in the operator's network."""
    assert COMPOSE["services"]["worker"]["networks"] == ["database"]
    assert COMPOSE["networks"]["database"]["internal"] is True
    policies = {each["metadata"]["name"]: each["spec"] for each in _of_kind("NetworkPolicy")}
    assert policies["nothing"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    reached = [rule["ports"] for rule in policies["database"]["egress"]]
    assert {port["port"] for ports in reached for port in ports} == {53, 5432}
    chosen = policies["api"]["podSelector"]["matchLabels"]
    assert chosen.items() <= _pods()["api"]["metadata"]["labels"].items()
    assert not chosen.items() <= _pods()["worker"]["metadata"]["labels"].items()
    for where in ("docker-compose.yml: worker", "kubernetes: worker"):
        variables = {name: value for place, name, value in _environment() if place == where}
        assert variables["ALLCLOSE_WEBHOOK_SENDERS"] == "0", where


def test_workers_have_no_secret_but_the_database() -> None:
    """Whoever got out of a worker could send mails in the operator's name; and a secret be committed."""
    for name in ("postgres", "worker", "sandbox-image"):
        assert COMPOSE["services"][name]["env_file"] == "deploy/docker/database.env"
    first, second = COMPOSE["services"]["api"]["env_file"]
    assert (first, second["path"]) == ("deploy/docker/database.env", "deploy/docker/api.env")
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {f"/{first}", f"/{second['path']}", "/deploy/kubernetes/**/secret.yaml"} <= set(ignored)
    for file in ("database.example.env", "api.example.env"):
        assert (ROOT / "deploy/docker" / file).exists()


def test_a_machine_for_workers_changes_workers_alone() -> None:
    """It would start a second database there."""
    other = yaml.safe_load((ROOT / "deploy/docker/worker-host.yml").read_text(encoding="utf-8"))
    assert other == {"services": {"worker": {"networks": ["outside"]}}}
    assert "outside" in COMPOSE["networks"]


def test_what_is_referred_to_is_there() -> None:
    """A pod would wait for ever for what nobody makes, or a budget guard nothing."""
    for folder in ("base", "gvisor"):
        named = yaml.safe_load((KUBERNETES / folder / "kustomization.yaml").read_text(encoding="utf-8"))
        wanted = [*named["resources"], *(patch["path"] for patch in named.get("patches", []))]
        for name in wanted:
            assert (KUBERNETES / folder / name).exists(), name
        files = {path.name for path in (KUBERNETES / folder).glob("*.yaml")} - {"kustomization.yaml"}
        assert files - {"secret.example.yaml"} == {name for name in wanted if name.endswith(".yaml")}
    maps = {each["metadata"]["name"] for each in _of_kind("ConfigMap")}
    secrets = {each["metadata"]["name"] for each in _of_kind("Secret")}
    for name, container in _containers():
        assert container["image"] == "allclose"
        for source in container["envFrom"]:
            assert source.get("configMapRef", {"name": "allclose"})["name"] in maps
            assert source.get("secretRef", {"name": "allclose"})["name"] in secrets
        volumes = {volume["name"] for volume in _pods()[name]["spec"]["volumes"]}
        assert {mount["name"] for mount in container["volumeMounts"]} <= volumes
        assert "/data" in {mount["mountPath"] for mount in container["volumeMounts"]}
    for budget in _of_kind("PodDisruptionBudget"):
        labels = _pods()[budget["metadata"]["name"]]["metadata"]["labels"]
        assert budget["spec"]["selector"]["matchLabels"].items() <= labels.items()
    [runtime] = _of_kind("RuntimeClass", "gvisor/")
    [patch] = _of_kind("Deployment", "gvisor/")
    assert patch["spec"]["template"]["spec"]["runtimeClassName"] == runtime["metadata"]["name"]


def test_compose_services_depend_on_what_is_there_and_healthy() -> None:
    """A service would start before what it needs, or never."""
    for name, service in COMPOSE["services"].items():
        for other, condition in service.get("depends_on", {}).items():
            assert condition == {"condition": "service_healthy"}
            assert "test" in COMPOSE["services"][other]["healthcheck"], name
        for volume in service.get("volumes", []):
            source = _substituted(volume).split(":")[0]
            if not source.startswith(("/", ".")):
                assert source in COMPOSE["volumes"]
        assert set(service.get("networks", [])) <= COMPOSE["networks"].keys()


def test_the_memory_of_a_worker_suffices_for_its_slots() -> None:
    """The node would kill a worker for what every problem may ask for."""
    [worker] = [container for name, container in _containers() if name == "worker"]
    values = {each["name"]: each["value"] for each in worker["env"]}
    slots = int(worker["args"][worker["args"].index("--slots") + 1])
    gib = int(worker["resources"]["limits"]["memory"].removesuffix("Gi"))
    # Each slot has a process for hostile code and one that evaluates, with a problem's whole memory each.
    assert slots * 2 * int(values["ALLCLOSE_MAX_MEMORY_MB"]) + 1024 <= gib * 1024
