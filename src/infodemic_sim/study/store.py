"""Results as files: each appears whole or not at all, and equal results give equal bytes."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.errors import InfodemicError, OutputExistsError, ResultFileError
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.comparison import Comparison, categorised
from infodemic_sim.study.effects import FULL_CODEBOOK
from infodemic_sim.study.provenance import provenance

if TYPE_CHECKING:
    import pandas as pd

RUNS, EFFECTS, CODEBOOK, PROVENANCE = "runs.parquet", "effects.csv", "codebook.csv", "provenance.json"
DEEDS, WORTH = "interventions.csv", "cost_per_averted.csv"
RUNS_CSV = "runs.csv"
OBSERVED = "observed.csv"
FIGURES_AND_REPORT = ("comparison.png", "comparison.svg", "observed.png", "observed.svg", "report.html")
FILES = (RUNS, RUNS_CSV, EFFECTS, DEEDS, WORTH, OBSERVED, CODEBOOK, PROVENANCE, *FIGURES_AND_REPORT)


def write_tables(
    comparison: Comparison, out: Path, *, csv: bool = False, overwrite: bool = False
) -> list[Path]:
    """Write runs, effects, deeds, what they cost, codebook and provenance to a folder; the paths written.

    Parameters
    ----------
    csv : also write the runs as CSV.

    Raises
    ------
    OutputExistsError
        If the folder holds results and ``overwrite`` is false.
    """
    refuse_to_overwrite(out, overwrite)
    out.mkdir(parents=True, exist_ok=True)
    tables = {
        EFFECTS: comparison.effects(),
        DEEDS: comparison.deeds(),
        WORTH: comparison.worth(),
        CODEBOOK: codebook_table(),
    }
    if csv:
        tables[RUNS_CSV] = comparison.runs
    write_parquet(comparison.runs, out / RUNS)
    for name, table in tables.items():
        write_text(out / name, table.to_csv(index=False, lineterminator="\n"))
    write_text(out / PROVENANCE, json.dumps(provenance(comparison), indent=2, ensure_ascii=False) + "\n")
    return [out / name for name in (RUNS, *tables, PROVENANCE)]


def refuse_to_overwrite(out: Path, overwrite: bool = False) -> None:
    """Nothing, unless the folder holds results and nobody said that they may go."""
    found = [name for name in FILES if (out / name).exists()]
    if found and not overwrite:
        raise OutputExistsError(
            f"{out}: the folder holds results already ({found[0]}); give another folder or say overwrite."
        )
    if out.exists() and not out.is_dir():
        raise OutputExistsError(f"{out}: a file of that name is in the way; give another folder.")


def codebook_table() -> pd.DataFrame:
    """Every measure with formula, unit, denominator, what is better, and source."""
    import pandas as pd

    return pd.DataFrame(FULL_CODEBOOK)


def write_parquet(runs: pd.DataFrame, path: Path) -> None:
    """A table as Parquet, its rows in their order."""
    import duckdb

    plain = runs.astype({name: object for name in runs.columns if runs[name].dtype == "category"})
    with replacing(path) as scratch, duckdb.connect(config={"threads": 1}) as database:
        database.register("runs", plain)
        database.execute(f"COPY (SELECT * FROM runs) TO {quoted(scratch)} (FORMAT parquet, COMPRESSION zstd)")


def read_parquet(path: Path) -> pd.DataFrame:
    """A table that ``write_parquet`` wrote, its rows in their order."""
    import duckdb

    with duckdb.connect(config={"threads": 1}) as database:
        return database.execute(f"SELECT * FROM read_parquet({quoted(path)})").df()


def load(folder: Path) -> Comparison:
    """The comparison in a folder, see ``Comparison.load``."""
    import duckdb

    try:
        said = json.loads((folder / PROVENANCE).read_text(encoding="utf-8"))
        runs = categorised(read_parquet(folder / RUNS))
        names, finished = tuple(said["plans"]), tuple(said["finished"])
        return Comparison(
            *(names, _plans(said), said["seed"], said["replicates"], finished, said["primary"], runs),
            **{"until": said.get("until"), "reached": said.get("until_reached", False)},
            draws=said.get("draws"),
            fork=said.get("fork"),
        )
    except (OSError, ValueError, KeyError, TypeError, duckdb.Error) as error:
        if isinstance(error, InfodemicError):
            raise
        reason = type(error).__name__
        raise ResultFileError(f"{folder}: the folder holds no results that can be read ({reason}).") from None


def _plans(said: dict[str, Any]) -> dict[str, Scenario]:
    """Scenarios of the plans that could be written down."""
    written = {name: plan["scenario"] for name, plan in said["plans"].items()}
    return {name: Scenario(**data) for name, data in written.items() if isinstance(data, dict)}


def write_text(path: Path, text: str) -> None:
    """A text file, at once or not at all."""
    with replacing(path) as scratch:
        scratch.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name beside the path to write to; the file takes its place when the block ends well."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def quoted(path: Path) -> str:
    """A path as a text in SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
