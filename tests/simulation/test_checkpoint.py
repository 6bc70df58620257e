"""A run is saved and continued; whatever else the file holds, one kind of error says so."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from pathlib import Path

import numba
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim.checkpoint import resume, save
from infodemic_sim.errors import CheckpointError, NotWritableError, ParameterError
from infodemic_sim.model_version import MODEL_VERSION
from infodemic_sim.simulation import Run

GRAPH = ids.scale_free(60, mean_degree=6, seed=1)
SCENARIO = ids.Scenario(
    population=ids.Population(graph=GRAPH, providers=0.2, peer_supporters=0.2),
    topics=[ids.Topic(posting=ids.Posting(public=1.0))],
    interventions=[
        ids.AccuracyPrompt(),
        ids.Inoculation(),
        ids.PeerSupport(),
        ids.ProviderCorrection(delay=0.2),
        ids.WarningLabel(),
    ],
    days=2.0,
    warm_up=0.5,
)
OFTEN = settings(
    max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("saved") / "run.npz"
    run = Run(SCENARIO, seed=4, replicate=2)
    for _ in range(30):
        run.step()
    save(run, path)
    return path


@pytest.fixture(scope="module")
def content(saved) -> bytes:
    return saved.read_bytes()


@pytest.mark.parametrize("threads", [1, 2])
def test_it_continues_to_the_same_bits(saved, threads):
    run = resume(SCENARIO, saved, threads=threads)
    assert (run.seed, run.replicate, run.world.step) == (4, 2, 30)
    assert run.finish().table.equals(ids.simulate(SCENARIO, seed=4, replicate=2).table)
    run.close()


@pytest.mark.parametrize("steps", [0, 5, 12, 60])
@pytest.mark.parametrize("cascades", ["none", "sizes", "trees"])
def test_at_any_step_and_with_any_log(steps, cascades, tmp_path):
    some = SCENARIO.but(cascades=cascades)
    run = Run(some, seed=4)
    for _ in range(steps):
        run.step()
    save(run, tmp_path / "run")
    assert resume(some, tmp_path / "run").finish().table.equals(run.finish().table)


def of_kernels(run: Run) -> list[str]:
    """What kernels are compiled for: the kinds of the arrays of feeds and messages."""
    return [str(numba.typeof(given)) for given in (run.runner._feed(0), run.world.state.messages.slots)]


def test_no_kernel_is_compiled_again_for_a_run_that_goes_on_for_changing_ties_or_groups(saved):
    plain = of_kernels(Run(SCENARIO, seed=4))
    assert of_kernels(resume(SCENARIO, saved)) == plain
    grouped = [ids.Platform(spaces=ids.Groups())]
    for changes in ({"ties": ids.ChangingTies()}, {"platforms": grouped}):
        assert of_kernels(Run(SCENARIO.but(**changes), seed=4)) == plain


def test_nothing_else_is_left_in_the_folder(saved):
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_nothing_executable_is_in_the_file(saved):
    with np.load(saved, allow_pickle=False) as file:
        assert all(not file[name].dtype.hasobject for name in file.files)


# --- refused --------------------------------------------------------------------------------------------


def refused(path: Path, some: ids.Scenario = SCENARIO) -> str:
    with pytest.raises(CheckpointError) as caught:
        resume(some, path)
    return str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    assert "does not exist" in refused(tmp_path / "nothing")


def test_a_folder(tmp_path):
    refused(tmp_path)


def test_another_scenario(saved):
    assert "another scenario" in refused(saved, SCENARIO.but(days=3.0))
    assert "another scenario" in refused(saved, SCENARIO.but(interventions=()))


@pytest.mark.parametrize("name", ["array.npy", "pickle", "empty", "text", "zip"])
def test_other_files(name, tmp_path):
    import pickle

    path = tmp_path / name
    if name == "array.npy":
        np.save(path, np.arange(3))
    elif name == "zip":
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("about.npy", b"nothing of the kind")
    else:
        path.write_bytes({"pickle": pickle.dumps({"a": 1}), "empty": b"", "text": b"day,value\n1,2\n"}[name])
    refused(path)


@OFTEN
@given(st.binary(max_size=300))
def test_any_bytes(tmp_path, data):
    path = tmp_path / "run"
    path.write_bytes(data)
    refused(path)


@OFTEN
@given(share=st.floats(0.0, 1.0, exclude_max=True))
def test_any_truncation(tmp_path, content, share):
    path = tmp_path / "run"
    path.write_bytes(content[: int(share * len(content))])
    refused(path)


@OFTEN
@given(st.data())
def test_any_damage(tmp_path, content, data):
    """A few bytes are something else: the run is refused, or what was damaged bore no meaning."""
    spoilt = bytearray(content)
    places = st.one_of(st.integers(0, len(content) - 1), st.integers(len(content) - 4000, len(content) - 1))
    for place in data.draw(st.lists(places, min_size=1, max_size=4)):
        spoilt[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "run"
    path.write_bytes(spoilt)
    try:
        run = resume(SCENARIO, path)
    except CheckpointError:
        return
    assert run.world.step == 30


def test_every_byte_of_the_headers(tmp_path, content):
    """One bit of each byte of the first entry, and of the directory's end, is another."""
    for place in (*range(220), *range(len(content) - 120, len(content))):
        spoilt = bytearray(content)
        spoilt[place] ^= 1 << place % 8
        path = tmp_path / "run"
        path.write_bytes(spoilt)
        with suppress(CheckpointError):
            assert resume(SCENARIO, path).world.step == 30


def rewritten(path: Path, content: bytes, **changes: object) -> Path:
    """The saved file with some arrays exchanged, or left out (None)."""
    with np.load(io.BytesIO(content)) as file:
        arrays = {name: file[name] for name in file.files}
    arrays.update({name.replace("__", "/"): value for name, value in changes.items()})
    np.savez(path.with_suffix(".npz"), **{name: value for name, value in arrays.items() if value is not None})
    return path.with_suffix(".npz")


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": None},
        {"about": None},
        {"people__key": None},
        {"people__key": np.arange(59, dtype=np.uint64)},
        {"lines": np.zeros((60, 2, 5))},
        {"step": np.array([1, 2])},
        {"step": np.array("four")},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_arrays_that_lack_or_do_not_fit(changes, tmp_path, content):
    refused(rewritten(tmp_path / "run", content, **changes))


ABOUT = {
    "format": 3,
    "model": MODEL_VERSION,
    "scenario": SCENARIO.digest(),
    "seed": 4,
    "replicate": 2,
}


@pytest.mark.parametrize(
    "about",
    [
        b"{",
        b"[1]",
        b"\xff\xff",
        {**ABOUT, "format": 99},
        {**ABOUT, "seed": "four"},
        {**ABOUT, "seed": None},
        {**ABOUT, "seed": -4},
        {**ABOUT, "replicate": [2]},
        {key: ABOUT[key] for key in ABOUT if key != "replicate"},
    ],
    ids=repr,
)
def test_descriptions_that_make_no_sense(about, tmp_path, content):
    text = about if isinstance(about, bytes) else json.dumps(about).encode()
    refused(rewritten(tmp_path / "run", content, about=np.frombuffer(text, np.uint8)))


@pytest.mark.parametrize(
    "about", [{"format": 1}, {"format": 2}, {"model": MODEL_VERSION - 1}, {"model": None}], ids=repr
)
def test_another_version(about, tmp_path, content):
    text = np.frombuffer(json.dumps({**ABOUT, **about}).encode(), np.uint8)
    assert "by another version" in refused(rewritten(tmp_path / "run", content, about=text))


def test_threads_are_a_parameter_and_no_damage(saved):
    with pytest.raises(ParameterError):
        resume(SCENARIO, saved, threads=0)


def test_what_cannot_be_written_down_cannot_be_saved(tmp_path):
    run = Run(SCENARIO.but(interventions=[lambda world: None]), seed=1)
    with pytest.raises(NotWritableError):
        save(run, tmp_path / "run")
    assert list(tmp_path.iterdir()) == []


def test_a_graph_file_of_other_content_is_refused(tmp_path):
    file = tmp_path / "ties.csv"
    file.write_text("".join(f"{k},{(k + 1) % 20}\n" for k in range(20)), "utf-8")
    some = SCENARIO.but(population=ids.Population(graph=str(file)), interventions=[])
    save(Run(some, seed=1), tmp_path / "run")
    assert resume(some, tmp_path / "run").world.step == 0
    file.write_text("".join(f"{k},{(k + 3) % 20}\n" for k in range(20)), "utf-8")
    assert "was saved on another graph" in refused(tmp_path / "run", some)
    assert ids.simulate(some, seed=1).scenario.digest() == some.digest()


def test_contacts_and_identities_count_too(tmp_path):
    people, contacts = tmp_path / "people.csv", tmp_path / "contacts.csv"
    for path in (people, contacts):
        path.write_text("".join(f"{k},{(k + 1) % 20}\n" for k in range(20)), "utf-8")
    epidemic = ids.Epidemic(contacts=str(contacts), efficacy=0.0, contact_reduction=0.0)
    some = SCENARIO.but(population=ids.Population(graph=str(people)), epidemic=epidemic, interventions=[])
    save(Run(some, seed=1), tmp_path / "run")
    contacts.write_text("".join(f"{k},{(k + 3) % 20}\n" for k in range(20)), "utf-8")
    assert "was saved on another graph" in refused(tmp_path / "run", some)
