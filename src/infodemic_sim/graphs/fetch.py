"""Well-known public networks, downloaded once and checked by what is in them."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from infodemic_sim.errors import GraphFileError, OfflineError, UnknownNameError, did_you_mean
from infodemic_sim.graphs.files import read_graph
from infodemic_sim.writing import writing

TIMEOUT = 30.0
"""Seconds to wait for an answer."""


@dataclass(frozen=True)
class PublicNetwork:
    """Where a network is published, and the digest of the graph that its file must give.

    The digest (``SocialGraph.digest`` of ``read_graph(path, directed=directed)``) does not depend on how the
    file is packed or in which order it lists the ties.
    """

    url: str
    directed: bool
    people: int
    ties: int
    digest: str


NETWORKS = {
    "facebook_combined": PublicNetwork(
        "https://snap.stanford.edu/data/facebook_combined.txt.gz",
        False,
        4_039,
        88_234,
        "def25534fcda68c1f99b11b9908c30bf",
    ),
    "email-Eu-core": PublicNetwork(
        "https://snap.stanford.edu/data/email-Eu-core.txt.gz",
        True,
        1_005,
        24_929,
        "a240369a5b7a303052e1ad54b303c13f",
    ),
    "wiki-Vote": PublicNetwork(
        "https://snap.stanford.edu/data/wiki-Vote.txt.gz",
        True,
        7_115,
        103_689,
        "b78031e115dfd0ef04c1e2813b5ee4b9",
    ),
}
"""Networks by their names in the Stanford Large Network Dataset Collection; ties without self-loops."""


def fetch(name: str, folder: str | Path | None = None, *, url: str | None = None) -> Path:
    """The file of a public network, downloaded unless it is in the folder already.

    Parameters
    ----------
    name : a key of ``NETWORKS``.
    folder : where to keep it; None: a folder of this package in the user's cache.
    url : another place that offers the same file.

    Raises
    ------
    UnknownNameError
        If the network is not known.
    OfflineError
        If nothing answers.
    GraphFileError
        If what arrives, or is in the folder, is not that network.
    UnwritableError
        If it cannot be kept in the folder.
    """
    if name not in NETWORKS:
        raise UnknownNameError(f"There is no public network '{name}'. {did_you_mean(name, NETWORKS)}")
    network = NETWORKS[name]
    kept = _cache() if folder is None else Path(folder)
    path = kept / network.url.rpartition("/")[2]
    if not path.exists():
        _download(name, url or network.url, network, path)
    else:
        _check(path, name, network)
    return path


def _cache() -> Path:
    import pooch

    return Path(pooch.os_cache("infodemic-sim"))


def _download(name: str, url: str, network: PublicNetwork, path: Path) -> None:
    """Into a scratch folder first, so that a broken or wrong file never takes the place."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
            _retrieve(name, url, path.name, scratch)
            _check(Path(scratch) / path.name, name, network)
            os.replace(Path(scratch) / path.name, path)


def _retrieve(name: str, url: str, file_name: str, folder: str) -> None:
    import logging

    import pooch
    import requests

    pooch.get_logger().setLevel(logging.ERROR)
    downloader = pooch.HTTPDownloader(progressbar=False, timeout=TIMEOUT)
    try:
        pooch.retrieve(url, known_hash=None, fname=file_name, path=folder, downloader=downloader)
    except (requests.RequestException, OSError, ValueError) as error:
        reason = type(error).__name__
        raise OfflineError(
            f"'{name}' could not be downloaded from {url} ({reason}); connect, or give a folder that has it."
        ) from None


def _check(path: Path, name: str, network: PublicNetwork) -> None:
    found = read_graph(path, directed=network.directed)
    if found.digest() != network.digest:
        raise GraphFileError(
            f"{path.name}: this is not the network '{name}' ({found!r}); remove it, or name another url."
        )
