"""No compiled loop follows a number of a saved run that leads out of its arrays."""

from __future__ import annotations

import errno
import io
import json
from pathlib import Path

import numpy as np
import pytest

import infodemic_sim as ids
from infodemic_sim.checkpoint import resume, save
from infodemic_sim.errors import CheckpointError, UnwritableError
from infodemic_sim.simulation import Run

SCENARIO = ids.Scenario(
    population=ids.Population(graph=ids.scale_free(60, mean_degree=6, seed=1), providers=0.2),
    topics=[ids.Topic(posting=ids.Posting(public=1.0))],
    interventions=[ids.Inoculation(), ids.PeerSupport()],
    days=2.0,
    warm_up=0.5,
)
EACH = np.iinfo(np.int32).max
CHANGED = {
    "a post of no message": ("timelines/0/line", lambda a: set_(a, (0, 0, 0), EACH)),
    "a post below the first": ("timelines/0/line", lambda a: set_(a, (0, 0, 0), -1)),
    "a post of no topic": ("timelines/0/line", lambda a: set_(a, (0, 0, 3), 4 * 200)),
    "a head outside of its timeline": ("timelines/0/head", lambda a: set_(a, 3, 127)),
    "a negative head": ("timelines/0/head", lambda a: set_(a, 3, -1)),
    "an author who is nobody": ("messages/slots", lambda a: field(a, "author", 60)),
    "a topic that is none": ("messages/slots", lambda a: field(a, "topic", 9)),
    "a source that is none": ("messages/slots", lambda a: field(a, "source", 5)),
    "a correction by nobody": ("messages/slots", lambda a: field(a, "correction", -2)),
    "a free slot outside": ("messages/free", lambda a: set_(a, 0, EACH)),
    "a free slot twice": ("messages/free", lambda a: set_(a, 0, a[1])),
    "weights of other slots": ("messages/weight", lambda a: a[:-1]),
    "a table outside of the pool": ("seen/start", lambda a: set_(a, 5, 1 << 40)),
    "a table before the pool": ("seen/start", lambda a: set_(a, 5, -1)),
    "a table of any size": ("seen/bits", lambda a: set_(a, 5, 63)),
    "a full table": ("seen/pool", lambda a: np.ones_like(a)),
    "a message that nobody wrote": ("seen/pool", lambda a: set_(a, 0, EACH)),
    "a pool that is shorter": ("seen/pool", lambda a: a[:10]),
    "something behind the tables": ("seen/pool", lambda a: np.append(a, np.int32(1))),
    "another count": ("seen/count", lambda a: a + 1),
    "a role that is none": ("people/role", lambda a: set_(a, 0, 99)),
    "fewer people": ("people/trust", lambda a: a[:-1]),
    "traits of another kind": ("people/activity", lambda a: a.astype(np.float64)),
    "new messages outside": ("fresh", lambda a: np.array([EACH], np.int32)),
    "watched by nobody": ("watched", lambda a: np.array([[60, 0, 0]], np.int64)),
    "a step beyond the end": ("step", lambda a: np.array(10**18)),
    "a step before the start": ("step", lambda a: np.array(-1)),
    "a step of two": ("step", lambda a: np.array([1, 2])),
}


def set_(array: np.ndarray, place: object, value: int) -> np.ndarray:
    array[place] = value
    return array


def field(array: np.ndarray, name: str, value: int) -> np.ndarray:
    array[name][0] = value
    return array


@pytest.fixture(scope="module")
def arrays(tmp_path_factory: pytest.TempPathFactory) -> dict[str, np.ndarray]:
    path = tmp_path_factory.mktemp("saved") / "run"
    run = Run(SCENARIO, seed=4)
    for _ in range(30):
        run.step()
    save(run, path)
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def written(path: Path, arrays: dict[str, np.ndarray]) -> Path:
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    path.write_bytes(content.getvalue())
    return path


@pytest.mark.parametrize("kind", CHANGED)
def test_states_that_cannot_be(kind: str, arrays: dict[str, np.ndarray], tmp_path: Path) -> None:
    name, change = CHANGED[kind]
    resume(SCENARIO, written(tmp_path / "same", arrays)).step()
    changed = {**arrays, name: change(arrays[name].copy())}
    with pytest.raises(CheckpointError, match="is damaged") as refusal:
        resume(SCENARIO, written(tmp_path / "run", changed))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("seed", [1 << 64, 10**400])
def test_seeds_that_are_none(seed: int, arrays: dict[str, np.ndarray], tmp_path: Path) -> None:
    about = json.loads(arrays["about"].tobytes()) | {"seed": seed}
    changed = {**arrays, "about": np.frombuffer(json.dumps(about).encode(), np.uint8)}
    with pytest.raises(CheckpointError, match="its seed is no whole number"):
        resume(SCENARIO, written(tmp_path / "run", changed))


def test_a_save_that_fails_leaves_what_stood_and_nothing_else(tmp_path: Path, monkeypatch) -> None:
    def full(file, **_: object) -> None:
        file.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    run = Run(SCENARIO, seed=np.int64(4))
    save(run, tmp_path / "run.npz")
    before = (tmp_path / "run.npz").read_bytes()
    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(
        UnwritableError, match=r"run\.npz: this cannot be written \(No space left on device\)"
    ):
        save(run, tmp_path / "run.npz", overwrite=True)
    assert (tmp_path / "run.npz").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["run.npz"]
    assert resume(SCENARIO, tmp_path / "run.npz").seed == 4
