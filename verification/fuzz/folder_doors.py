"""Doors for folders and files that the package writes, in which somebody has changed something.

Of a folder, the first byte of an input says which file it takes the place of. With the highest bit set, the
rest is a table in CSV that is written as Parquet, so that well-formed files with odd contents are met, too.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import duckdb
import numpy as np

import infodemic_sim as ids
from infodemic_sim.calibration import Posterior, read_posterior
from infodemic_sim.calibration.running import calibrate
from infodemic_sim.checkpoint import resume, save
from infodemic_sim.graphs.columns import categories
from infodemic_sim.graphs.raw import json_object
from infodemic_sim.graphs.storage import open_saved
from infodemic_sim.report.page import report_html
from infodemic_sim.report.study_page import study_html
from infodemic_sim.simulation import Run
from infodemic_sim.study.comparison import Comparison, categorised
from infodemic_sim.study.provenance import runs_digest
from infodemic_sim.study.store import PROVENANCE, RUNS, write_tables
from infodemic_sim.study.written import quoted, read_parquet
from infodemic_sim.sweeps.results import Results
from infodemic_sim.sweeps.status import status
from verification.fuzz.doors import Door, refused_well
from verification.fuzz.text_doors import sound, tiny

TABLE = 128


def folder_door(
    make: Callable[[Path], None], use: Callable[[Path], object]
) -> tuple[Callable[[Path], Callable[[bytes], None]], Callable[[Path], Iterator[bytes]]]:
    """The door of a folder that ``make`` fills, and its files as first inputs."""

    def opened(folder: Path) -> Callable[[bytes], None]:
        whole = made(folder)
        files, copy = files_of(whole), folder / "copy"

        def door(content: bytes) -> None:
            if content:
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(whole, copy)
                if put(copy / files[content[0] % TABLE % len(files)], content):
                    refused_well(lambda: use(copy))

        return door

    def made(folder: Path) -> Path:
        whole = folder / "whole"
        if not whole.exists():
            make(whole)
        return whole

    def seeds(folder: Path) -> Iterator[bytes]:
        whole = made(folder)
        for number, name in enumerate(files_of(whole)):
            yield bytes([number]) + (whole / name).read_bytes()
            if name.suffix == ".parquet":
                yield bytes([TABLE + number]) + as_csv(whole / name)

    return opened, seeds


def files_of(whole: Path) -> list[Path]:
    """All files of a folder, in a fixed order, by their paths in it."""
    return sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file())


def put(path: Path, content: bytes) -> bool:
    """Put what an input says in the place of a file; whether it could be."""
    if content[0] < TABLE or path.suffix != ".parquet":
        path.write_bytes(content[1:])
        return True
    table = path.with_suffix(".csv")
    table.write_bytes(content[1:])
    try:
        with duckdb.connect(config={"threads": 1}) as database:
            database.execute(
                f"COPY (SELECT * FROM read_csv({quoted(table)}, header = true)) TO {quoted(path)} "
                "(FORMAT parquet)"
            )
    except (duckdb.Error, UnicodeDecodeError):
        return False  # no table
    finally:
        table.unlink()
    return True


def as_csv(path: Path) -> bytes:
    """The first rows of a Parquet file."""
    with duckdb.connect(config={"threads": 1}) as database:
        table = database.execute(f"SELECT * FROM read_parquet({quoted(path)}) LIMIT 60").df()
    return table.to_csv(index=False).encode()


def make_graph(folder: Path) -> None:
    """A saved graph with weights, labels and columns."""
    column = {"age": np.arange(5.0), "place": categories(["a", "b", "a", "", "c"])}
    ids.SocialGraph.from_ties(
        [0, 1, 2], [1, 2, 3], 5, False, weights=[1.0, 0.5, 2.0], attributes=column, labels=np.arange(5) * 7
    ).save(folder)


def use_graph(folder: Path) -> None:
    """Whatever opens is safe to walk over."""
    graph = open_saved(folder)
    sound(graph)
    graph.followers().degrees()


def make_comparison(folder: Path) -> None:
    """A comparison of two plans."""
    plans = {"today": tiny().but(interventions=()), "label": tiny()}
    write_tables(ids.compare(plans, replicates=2, seed=1, workers=1), folder)


def use_comparison(folder: Path) -> None:
    """Tables and the report; who changes runs can change their digest as well."""
    with suppress(duckdb.Error, ValueError, KeyError, TypeError, OSError):
        said = json_object(folder / PROVENANCE)
        said["runs_digest"] = runs_digest(categorised(read_parquet(folder / RUNS)))
        (folder / PROVENANCE).write_text(json.dumps(said), encoding="utf-8")
    comparison = Comparison.load(folder)
    comparison.effects()
    comparison.worth()
    report_html(comparison)


def make_sweep(folder: Path) -> None:
    """A study of two plans at two points."""
    grid = ids.Grid(parameters={"interventions.warning_label.recall": [0.1, 0.9]})
    plans = {"today": (), "label": ("warning_label",)}
    ids.sweep(ids.Study(scenario=tiny(), plans=plans, design=grid, replicates=2, seed=3), folder, workers=1)


def use_sweep(folder: Path) -> None:
    """How far it is, and its report."""
    status(folder)
    results = Results(folder)
    results.failures()
    study_html(results)


def make_calibration(folder: Path) -> None:
    """A finished calibration."""
    from tests.calibration.small import SMALL

    calibrate(SMALL, folder, workers=1)


def use_calibration(folder: Path) -> None:
    """What is known after it."""
    posterior: Posterior = read_posterior(folder)
    posterior.summary()
    posterior.check()
    posterior.draws(3, 1)
    str(posterior.unfinished)


def checkpoint(folder: Path) -> Callable[[bytes], None]:
    """A saved run; what is no archive takes the place of numbers of the array that its first byte names.

    What interventions remember is theirs to judge, so it stays as it is: in an archive made for it, a number
    there can still stop a step with an error of numpy's.
    """
    path, whole = folder / "run.npz", saved_run(folder)
    with np.load(io.BytesIO(whole), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    names = sorted(name for name in arrays if not name.startswith("memories/"))

    def door(content: bytes) -> None:
        path.write_bytes(content if zipfile.is_zipfile(io.BytesIO(content)) else changed(content))
        refused_well(lambda: resume(tiny(), path).step())

    def changed(content: bytes) -> bytes:
        name = names[(content or b"\0")[0] % len(names)]
        old = arrays[name].tobytes()
        new = (content[1:] + old)[: len(old)]
        array = np.frombuffer(new, arrays[name].dtype).reshape(arrays[name].shape)
        buffer = io.BytesIO()
        np.savez(buffer, allow_pickle=False, **{**arrays, name: array})
        return buffer.getvalue()

    return door


def saved_run(folder: Path) -> bytes:
    """A run of the tiny scenario, saved after three steps."""
    run = Run(tiny(), seed=4)
    for _ in range(3):
        run.step()
    save(run, folder / "first.npz", overwrite=True)
    return (folder / "first.npz").read_bytes()


def checkpoint_seeds(folder: Path) -> Iterator[bytes]:
    """The archive, and the beginning of each array."""
    whole = saved_run(folder)
    yield whole
    with np.load(io.BytesIO(whole), allow_pickle=False) as file:
        for number, name in enumerate(sorted(name for name in file.files if "memories/" not in name)):
            yield bytes([number]) + file[name].tobytes()[:64]


DOORS = {
    "saved_graph": Door(*folder_door(make_graph, use_graph)),
    "comparison": Door(*folder_door(make_comparison, use_comparison)),
    "sweep": Door(*folder_door(make_sweep, use_sweep)),
    "calibration": Door(*folder_door(make_calibration, use_calibration)),
    "checkpoint": Door(checkpoint, checkpoint_seeds),
}
