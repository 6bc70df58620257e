"""``infodemic list``: what a scenario can be made of, every parameter, and every source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from infodemic_sim.catalog.declared import all_declarations, parameter_row
from infodemic_sim.cli.showing import show as show_rows
from infodemic_sim.codebook import CODEBOOK
from infodemic_sim.errors import UnknownNameError, did_you_mean
from infodemic_sim.interventions import BUILT_IN, GROUP, Intervention
from infodemic_sim.params import ASSUMED, Part, declarations
from infodemic_sim.platforms.presets import PRESETS, declarations_of
from infodemic_sim.plugins import of_others
from infodemic_sim.scenario_file.kinds import BY_NAME, Kind
from infodemic_sim.sources import keys_of, sources

Row = dict[str, Any]


def show(what: str, *, as_json: bool) -> None:
    """Print one list.

    Raises
    ------
    UnknownNameError
        If there is no such list.
    """
    known = BY_NAME | OTHERS
    if what not in known:
        raise UnknownNameError(f"'{what}' cannot be listed. {did_you_mean(what, known)}")
    rows = OTHERS[what]() if what in OTHERS else kind_rows(BY_NAME[what])
    show_rows(rows, title=what, as_json=as_json)


def kind_rows(kind: Kind) -> list[Row]:
    """The parts of a kind: the built-in ones, then those that installed packages offer."""
    return [_part_row(name, part) for name, part in (kind.by_type() | kind.of_others()).items()]


def _part_row(name: str, part: type[Part]) -> Row:
    declared = list(declarations(part))
    keys = {key: None for row in declared for key in keys_of(row.source)}
    return {
        "type": name,
        "meaning": (part.__doc__ or "").strip().split("\n")[0],
        "parameters": [row.name for row in declared],
        "sources": list(keys),
    }


def intervention_rows() -> list[Row]:
    """The catalogue of interventions, then those of installed packages; rules stand in the manual."""
    from infodemic_sim.catalog.interventions import catalogue, entry

    others = of_others(BUILT_IN, GROUP, Intervention).items()
    entries = [*catalogue(), *(entry(part)._replace(type=name) for name, part in others)]
    return [{name: value for name, value in each._asdict().items() if name != "rule"} for each in entries]


def measure_rows() -> list[Row]:
    """The codebook."""
    return [measure._asdict() for measure in CODEBOOK]


def parameter_rows() -> list[Row]:
    """Every parameter of every built-in part."""
    return [parameter_row(row) for row in all_declarations()]


def source_rows() -> list[Row]:
    """Every source, how many parameters and measures rest on it, and how many numbers on none."""
    declared = [key for row in all_declarations() for key in keys_of(row.source)]
    used = Counter([*declared, *(key for measure in CODEBOOK for key in keys_of(measure.source))])
    found = [
        {"key": key, "used by": used[key], "reference": str(source)} for key, source in sources().items()
    ]
    none = {"key": ASSUMED, "used by": used[ASSUMED], "reference": "no published value: assumed, to be swept"}
    return [*found, none]


def preset_rows() -> list[Row]:
    """Presets of platforms, and what each says otherwise than a plain platform."""
    return [_preset_row(name) for name in PRESETS]


def _preset_row(name: str) -> Row:
    rows = list(declarations_of(name))
    return {
        "preset": name,
        "meaning": (PRESETS[name].__doc__ or "").split("\n")[0],
        "parameters": [f"{row.name}={row.default}" for row in rows],
        "sources": list(dict.fromkeys(key for row in rows for key in keys_of(row.source) if key != ASSUMED)),
    }


OTHERS: dict[str, Callable[[], list[Row]]] = {
    "interventions": intervention_rows,
    "measures": measure_rows,
    "parameters": parameter_rows,
    "platforms": preset_rows,
    "sources": source_rows,
}
