"""Save the whole state of a run, and continue it in another process to the same bits."""

from __future__ import annotations

import hashlib
import json
import math
import zipfile
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np

from infodemic_sim.errors import CheckpointError, NotWritableError, OutputExistsError, of_kind
from infodemic_sim.first_world import contacts_of, first_state, graphs_of
from infodemic_sim.graphs.base import SocialGraph
from infodemic_sim.model_version import MODEL_VERSION
from infodemic_sim.randomness import Draws
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import Run, refuse_guests
from infodemic_sim.world.soundness import check_state
from infodemic_sim.world.state import State, flatten, realigned, restore
from infodemic_sim.writing import replacing

FORMAT = 3


def save(run: Run, path: str | Path, *, overwrite: bool = False) -> None:
    """Write a run's state, atomically; the file holds arrays and a little JSON, nothing executable.

    Parameters
    ----------
    overwrite : replace a file that is there already.

    Raises
    ------
    OutputExistsError
        If the file is there and ``overwrite`` is false.
    NotWritableError
        If the scenario holds a part that cannot be written down, so that nothing could check it later,
        or if outside agents take part, whose own memory is not the run's to save.
    UnwritableError
        If the disk is full, or the place is read-only; what stood there still does.
    """
    of_kind("run", run, Run)
    refuse_guests(run, "saved", NotWritableError)
    if Path(path).exists() and not overwrite:
        raise OutputExistsError(f"{path} is there already: choose another name, or overwrite it.")
    about = {
        "format": FORMAT,
        "model": MODEL_VERSION,
        "scenario": run.scenario.digest(),
        "graphs": graphs_digest(run.world.setting.graphs, run.world.setting.contacts),
        "seed": run.seed,
        "replicate": run.replicate,
    }
    arrays = flatten(run.world.state)
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    with replacing(Path(path)) as scratch, scratch.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


class Moment(NamedTuple):
    """Which run was saved, and after how many steps."""

    seed: int
    replicate: int
    step: int


def resume(scenario: Scenario, path: str | Path, *, threads: int = 1) -> Run:
    """The run that was saved, ready for its next step; ``Run.close`` gives its threads back.

    Raises
    ------
    CheckpointError
        If the file is damaged, or was saved from another scenario, on another graph, or by another version.
    """
    of_kind("scenario", scenario, Scenario)
    seed, replicate, _ = moment_of(scenario, path)
    state = state_in(scenario, path)
    return Run(scenario, seed=seed, replicate=replicate, threads=threads, state=state)


def moment_of(scenario: Scenario, path: str | Path) -> Moment:
    """Which moment of which run a file holds, if that run is one of this scenario and this version.

    Raises
    ------
    CheckpointError
        If not.
    """
    arrays, about = _read(Path(path), only=("about", "step"))
    if (about["format"], about["model"]) != (FORMAT, MODEL_VERSION):
        raise CheckpointError(f"{path} was saved by another version: start the run again with this one.")
    if about["scenario"] != scenario.digest():
        raise CheckpointError(
            f"{path} was saved from another scenario: continue it with the one it came from."
        )
    try:
        return Moment(about["seed"], about["replicate"], int(arrays["step"]))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise _damaged(path, error) from None


def state_in(scenario: Scenario, path: str | Path) -> State:
    """The state that a file holds, for a scenario with the same people, topics, platforms and mechanisms.

    Raises
    ------
    CheckpointError
        If the file is damaged, holds something else, or was saved when a graph file had another content.
    """
    arrays, about = _read(Path(path))
    graphs = graphs_of(scenario)
    if about["graphs"] != graphs_digest(graphs, contacts_of(scenario)):
        raise CheckpointError(
            f"{path} was saved on another graph, as a file of the scenario has changed since: put back the "
            "file, or start the run again."
        )
    template = first_state(scenario, graphs, Draws(about["seed"], about["replicate"]))
    try:
        state = _fill(template, arrays)
        if not 0 <= state.step <= scenario.warm_up_steps + scenario.steps:
            raise ValueError("its step lies outside of the run")
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise _damaged(path, error) from None
    return state


def graphs_digest(graphs: tuple[SocialGraph, ...], contacts: SocialGraph | None) -> str:
    """BLAKE2 digest of the ties and columns, identities among them, of all graphs that a run goes over."""
    each = [graph.digest() for graph in graphs] + ([contacts.digest()] if contacts else [])
    return hashlib.blake2b(" ".join(each).encode(), digest_size=16).hexdigest()


def _damaged(path: str | Path, error: Exception) -> CheckpointError:
    return CheckpointError(f"{path} is damaged ({error}): start the run again.")


def _read(path: Path, only: tuple[str, ...] | None = None) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """The arrays of a file, or some of them, and what it says of itself."""
    try:
        _refuse_packed(path)
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files if only is None or name in only}
        about = json.loads(arrays.pop("about").tobytes())
        said = {name: about.get(name) for name in ("model", "graphs")}
        said |= {name: about[name] for name in ("format", "scenario")}
        return arrays, {**_draws_of(about), **said}
    except FileNotFoundError:
        raise CheckpointError(f"{path} does not exist: name a file that a run was saved to.") from None
    except Exception as error:  # a damaged archive can fail in any way
        raise CheckpointError(f"{path} is not a saved run ({error}): start the run again.") from None


def _refuse_packed(path: Path) -> None:
    """Refuse an archive that says more than it holds: ours are not packed, so no array beats its file."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        packed = any(member.compress_type != zipfile.ZIP_STORED for member in members)
        if packed or sum(member.file_size for member in members) > path.stat().st_size:
            raise ValueError("it holds packed arrays, which a saved run never does")
        for member in members:
            with archive.open(member) as opened:
                if _said_size(opened) > member.file_size:
                    raise ValueError(f"{member.filename} says that it is larger than it is")


def _said_size(opened: IO[bytes]) -> int:
    """Bytes of the array whose file begins here, as its header says."""
    version = np.lib.format.read_magic(opened)
    header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, _, dtype = header(opened)
    return math.prod(shape) * dtype.itemsize


def _draws_of(about: dict[str, Any]) -> dict[str, int]:
    """Seed and replicate, which address all draws."""
    numbers = {name: about[name] for name in ("seed", "replicate")}
    for name, number in numbers.items():
        if not isinstance(number, int) or not 0 <= number < 1 << 64:
            raise ValueError(f"its {name} is no whole number")
    return numbers


def _fill(template: State, arrays: dict[str, np.ndarray]) -> State:
    """The saved state: shaped like the first one, but for what grows under names of its own."""
    for name in [path for path in arrays if path.startswith("memories/")]:
        key, field = name.removeprefix("memories/").rsplit("/", 1)
        template.memories.setdefault(key, {})[field] = arrays[name]
    template.records, template.spread, template.health, template.ended = (
        {name.removeprefix(path): values for name, values in arrays.items() if name.startswith(path)}
        for path in ("records/", "spread/", "health/", "ended/")
    )
    state: State = restore(template, arrays)
    if state.people.n != template.people.n or state.lines.shape != template.lines.shape:
        raise ValueError("it holds another number of people")
    check_state(template, state)
    for timelines in state.timelines:
        timelines.line = realigned(timelines.line)
    return state
