"""The server answers its own page and nobody else."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import httpx2
import psutil
import pytest
from starlette.testclient import TestClient

from infodemic_sim.dashboard.bundle import PAGE
from infodemic_sim.dashboard.pairs import Pairs
from infodemic_sim.dashboard.server import MOST_BYTES, Server
from infodemic_sim.dashboard.serving import LOOPBACK, listening
from infodemic_sim.errors import ParameterError
from infodemic_sim.scenario_file import write_scenario
from tests.dashboard.small import CHOICES, TOWN
from tests.sweeps.processes import hears_ctrl_c, workers_of

PORT = 8123


@pytest.fixture(scope="module")
def server():
    return Server(TOWN, PORT)


@pytest.fixture(scope="module")
def client(server):
    with TestClient(server.application(), base_url=f"http://127.0.0.1:{PORT}") as found:
        yield found


@pytest.fixture
def token(server):
    return {"X-Token": server.token}


def test_the_page_and_its_files_are_served(client):
    assert '<div id="page">' in client.get("/").text
    for path in PAGE.iterdir():
        answer = client.get(f"/assets/{path.name}")
        assert answer.status_code == 200
        assert "'unsafe" not in answer.headers["content-security-policy"]
    assert client.get("/assets/page.js").headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "name", ["..%2Fserver.py", "%2e%2e/server.py", "nothing.js", "../../errors.py", "%00", "page.js%00"]
)
def test_no_other_file_is(client, name):
    assert client.get(f"/assets/{name}").status_code == 404


def test_a_run_is_told_line_by_line(client, token):
    answer = client.post("/run", json=CHOICES, headers=token)
    kinds = [json.loads(line)["kind"] for line in answer.text.splitlines()]
    assert [kinds[kinds[0] == "news"], kinds[-1]] == [
        "network",
        "done",
    ]  # news of the compiler, at a first use
    assert client.post("/report", json=CHOICES, headers=token).text.startswith("<!doctype html>")
    assert "warning_label" in client.post("/yaml", json=CHOICES, headers=token).text
    assert client.get("/form", headers=token).json()["chosen"] == ["warning_label"]


REQUESTS = [("GET", "/form"), ("POST", "/run"), ("POST", "/yaml"), ("POST", "/report")]


@pytest.mark.parametrize(("method", "path"), REQUESTS)
@pytest.mark.parametrize("sent", [{}, {"X-Token": ""}, {"X-Token": "guessed"}, {"X-Token": "é".encode()}])
def test_who_has_no_token_is_refused(client, method, path, sent):
    answer = client.request(method, path, json=CHOICES if method == "POST" else None, headers=sent)
    assert answer.status_code == 403
    assert "infodemic app" in answer.text


@pytest.mark.parametrize(("method", "path"), [*REQUESTS, ("GET", "/"), ("GET", "/assets/page.js")])
@pytest.mark.parametrize(
    "sent",
    [
        {"Host": "evil.example"},
        {"Host": f"evil.example:{PORT}"},
        {"Host": "127.0.0.1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": f"https://127.0.0.1:{PORT}"},
    ],
)
def test_other_names_and_sites_are_refused(client, token, method, path, sent):
    """A name that an attacker's DNS points here, or a page of another site."""
    answer = client.request(method, path, headers={**token, **sent})
    assert answer.status_code == 403


def test_other_methods_are_refused(client, token):
    assert client.get("/run", headers=token).status_code == 405
    assert client.delete("/form", headers=token).status_code == 405


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no json", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[]", "mapping"),
        (b"x" * (MOST_BYTES + 1), "more than"),
    ],
)
def test_what_is_no_choice_is_refused_in_one_sentence(client, token, content, words):
    for path in ("/run", "/yaml", "/report"):
        answer = client.post(path, content=content, headers=token)
        assert answer.status_code == 422
        assert words in answer.text
        assert "\n" not in answer.text


def test_tokens_differ_from_start_to_start():
    assert len({Server(TOWN, PORT).token for _ in range(5)}) == 5


def test_only_this_machine_can_reach_it_and_at_once():
    with listening(0) as door:
        assert door.getsockname()[0] == LOOPBACK == "127.0.0.1"
        socket.create_connection(door.getsockname(), timeout=600).close()


def test_a_port_that_is_taken_is_refused():
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        with pytest.raises(ParameterError, match="try another"):
            listening(other.getsockname()[1])


def test_a_port_that_is_none_is_refused():
    with pytest.raises(ParameterError, match="try another"):
        listening(70_000)


def left_at(kind, server, choices):
    """What was told of a run to a page that is closed when it hears of something of this kind."""
    asked = [{"type": "http.request", "body": json.dumps(choices).encode()}]
    heard, closed = [], asyncio.Event()

    async def receive():
        if asked:
            return asked.pop()
        await closed.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        heard.extend(json.loads(line)["kind"] for line in message.get("body", b"").splitlines())
        if kind in heard:
            closed.set()

    headers = [(b"host", f"127.0.0.1:{PORT}".encode()), (b"x-token", server.token.encode())]
    scope = {"type": "http", "method": "POST", "path": "/run", "headers": headers, "query_string": b""}
    with ThreadPoolExecutor(1) as apart:  # this thread may have a browser's loop
        apart.submit(asyncio.run, server.application()(scope, receive, send)).result()
    return heard


def test_of_a_run_that_is_stopped_no_worker_goes_on():
    """Neither with the pair that it is making, nor with those that wait: the next run has new ones."""
    before = set(workers_of(os.getpid()))
    with Pairs(1) as pairs:
        server = Server(TOWN, PORT, pairs)
        heard = left_at("network", server, {**CHOICES, "values": {"days": 300.0}, "replicates": 50})
        assert "done" not in heard
        assert set(workers_of(os.getpid())) == before
        assert left_at("done", server, CHOICES)[-1] == "done"
        assert len(set(workers_of(os.getpid())) - before) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_it_ends_with_its_workers_and_without_a_word(tmp_path, number, code):
    file = write_scenario(TOWN, tmp_path / "town.yaml")
    command = [sys.executable, "-m", "infodemic_sim", "app", str(file), "--no-browser", "--workers", "1"]
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=hears_ctrl_c
    )
    try:
        where, token = re.search(r"(http://\S+)/#(\S+)", server.stdout.readline()).groups()
        with httpx2.Client(trust_env=False, timeout=600) as asking:  # past any proxy
            answer = asking.post(f"{where}/run", json=CHOICES, headers={"X-Token": token})
        assert '"kind":"done"' in answer.text
        children = psutil.Process(server.pid).children(recursive=True)
        assert children
        server.send_signal(number)
        _, said = server.communicate(timeout=600)
    finally:
        server.kill()
        server.communicate()
    assert (server.returncode, said) == (code, "")
    gone, alive = psutil.wait_procs(children, timeout=600)
    assert not alive
    assert len(gone) == len(children)
