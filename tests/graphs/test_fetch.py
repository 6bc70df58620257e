"""Downloads, on loopback only: checked by content, kept, refused, offline."""

import functools
import gzip
import http.server
import socket
import threading

import pytest

from infodemic_sim.errors import GraphFileError, OfflineError, UnknownNameError
from infodemic_sim.graphs import NETWORKS, fetch, read_graph
from infodemic_sim.graphs.fetch import PublicNetwork

TIES = b"# a tiny network\n0 1\n1 2\n"


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A web server on loopback that offers right.txt.gz and wrong.txt.gz."""
    monkeypatch.setenv("NO_PROXY", "*")
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "right.txt.gz").write_bytes(gzip.compress(TIES))
    (folder / "wrong.txt.gz").write_bytes(gzip.compress(b"0 1\n"))
    handler = functools.partial(QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture
def tiny(server, tmp_path, monkeypatch):
    path = tmp_path / "tiny.txt"
    path.write_bytes(TIES)
    digest = read_graph(path, directed=True).digest()
    monkeypatch.setitem(NETWORKS, "tiny", PublicNetwork(f"{server}/right.txt.gz", True, 3, 2, digest))
    return server


def test_fetched_once_and_kept(tiny, tmp_path):
    path = fetch("tiny", tmp_path / "kept")
    assert read_graph(path, directed=True).number_of_ties == 2
    assert fetch("tiny", tmp_path / "kept", url="http://127.0.0.1:9/none") == path
    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["right.txt.gz"]


def test_another_network_is_refused_and_not_kept(tiny, tmp_path):
    with pytest.raises(GraphFileError, match="this is not the network 'tiny'"):
        fetch("tiny", tmp_path / "kept", url=f"{tiny}/wrong.txt.gz")
    assert list((tmp_path / "kept").iterdir()) == []


def test_what_is_kept_is_checked_again(tiny, tmp_path):
    (tmp_path / "right.txt.gz").write_bytes(gzip.compress(b"5 6\n"))
    with pytest.raises(GraphFileError, match="this is not the network"):
        fetch("tiny", tmp_path)


@pytest.mark.parametrize("place", ["missing", "dead"])
def test_offline(place, tiny, tmp_path):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))  # nobody listens here, and nobody else can
        dead = f"http://127.0.0.1:{deaf.getsockname()[1]}/right.txt.gz"
        url = f"{tiny}/none.txt.gz" if place == "missing" else dead
        with pytest.raises(OfflineError, match="'tiny' could not be downloaded from"):
            fetch("tiny", tmp_path / "kept", url=url)
    assert list((tmp_path / "kept").iterdir()) == []


def test_unknown_network(tmp_path):
    with pytest.raises(UnknownNameError, match="Did you mean 'wiki-Vote'"):
        fetch("wiki_vote", tmp_path)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("facebook_combined", "facebook_ego_combined"),
        ("email-Eu-core", "email_eu_core"),
        ("wiki-Vote", "wiki_vote"),
    ],
)
def test_digests_are_those_of_the_real_networks(name, file, shared_graphs):
    network = NETWORKS[name]
    graph = read_graph(shared_graphs / f"{file}.txt.gz", directed=network.directed)
    assert (graph.digest(), graph.n, graph.number_of_ties) == (network.digest, network.people, network.ties)
