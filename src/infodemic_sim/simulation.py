"""One step, and a run: the first file to read.

A run is a world (what changes) under a scenario (what does not). ``make_world`` makes it, ``Run.step``
moves it on, ``simulate`` does both and takes the measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from infodemic_sim.branching import branched, refuse_another_past
from infodemic_sim.errors import InfodemicError, MissingLeverError, ParameterError, whole
from infodemic_sim.faults import note, noted
from infodemic_sim.first_world import make_world
from infodemic_sim.interruption import ctrl_c_heard, stop_if_asked
from infodemic_sim.interventions.base import in_order
from infodemic_sim.interventions.foreseen import refuse_contradictions
from infodemic_sim.measures.record import Recorder
from infodemic_sim.measures.tidy import Rows
from infodemic_sim.randomness import Draws
from infodemic_sim.result import Result
from infodemic_sim.scenario import Scenario
from infodemic_sim.spread.base import Runner
from infodemic_sim.world.log import empty_folder

if TYPE_CHECKING:
    from infodemic_sim.interventions.base import Intervention
    from infodemic_sim.world import State


def simulate(
    scenario: Scenario,
    *,
    seed: int,
    replicate: int = 0,
    threads: int = 1,
    spool: str | Path | None = None,
) -> Result:
    """Run a scenario once, from the start of its warm-up to its last day.

    Parameters
    ----------
    seed, replicate : with the scenario they fix every draw: equal inputs give equal bits.
    threads : threads that readers are spread over; results do not depend on it.
    spool : empty folder to which the logs of cascades are streamed in blocks; none: kept in memory.

    Returns
    -------
    Result
        Measures by day, platform, topic and subgroup, with all that is needed to run it again.
    """
    with running(scenario, seed=seed, replicate=replicate, threads=threads, spool=spool) as run:
        return run.finish()


def warmed_up(scenario: Scenario, *, seed: int, replicate: int = 0, threads: int = 1) -> State:
    """The state at day 0, before anything is measured or done: equal for all plans, so it can be forked."""
    bare, steps = scenario.but(interventions=()), scenario.warm_up_steps
    return state_after(steps, bare, seed=seed, replicate=replicate, threads=threads)


def state_after(steps: int, scenario: Scenario, *, seed: int, replicate: int = 0, threads: int = 1) -> State:
    """The state after so many steps from the start of the warm-up, to be gone on from or forked."""
    with running(scenario, seed=seed, replicate=replicate, threads=threads) as run:
        for _ in range(steps):
            run.step()
        return run.world.state


@contextmanager
def running(
    scenario: Scenario,
    *,
    seed: int,
    replicate: int = 0,
    threads: int = 1,
    state: State | None = None,
    spool: str | Path | None = None,
) -> Iterator[Run]:
    """A run in progress, whose threads end with the block; ``state`` continues an earlier one."""
    with ctrl_c_heard():
        run = Run(scenario, seed=seed, replicate=replicate, threads=threads, state=state, spool=spool)
        try:
            yield run
        finally:
            run.close()


class Run:
    """A scenario and its world: ``step()`` as often as wanted, ``result()`` at any time."""

    @noted
    def __init__(
        self,
        scenario: Scenario,
        *,
        seed: int,
        replicate: int = 0,
        threads: int = 1,
        state: State | None = None,
        spool: str | Path | None = None,
    ) -> None:
        seed, replicate = whole("seed", seed), whole("replicate", replicate)
        threads = whole("threads", threads, least=1)
        demand_scenario(scenario)
        self.scenario, self.seed, self.replicate = scenario, seed, replicate
        folder = None if spool is None else empty_folder(Path(spool), fresh=state is None)
        self.world = make_world(scenario, Draws(seed, replicate), state, folder)
        self.plan = in_order(scenario.interventions)
        refuse_contradictions(self.plan, scenario.ground)
        for part in self.plan:
            part.who.check(scenario.population, self.world.setting.graphs[0])
        self.runner: Runner = scenario.spread.runner(self.world, threads)
        self.recorder = Recorder(scenario, self.world)
        self.levers, self.mechanisms = scenario.levers, scenario.mechanisms
        self.guests: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return (
            f"<Run of seed {self.seed}, replicate {self.replicate}: day {self.world.day:g} of "
            f"{self.scenario.days:g}>"
        )

    def invite(self, guest: Intervention) -> None:
        """Let an outside agent act among the interventions, in the place of its key; the result tells.

        Raises
        ------
        ParameterError
            If its key is taken, or day 0 has been recorded already, so that its ledger comes too late.
        """
        if self.world.state.records:
            raise ParameterError(f"'{guest.key}' comes too late: invite it before the first step.")
        self.scenario.but(interventions=(*self.plan, guest))
        self.guests = (*self.guests, guest.key)
        self.plan = self.recorder.plan = in_order([*self.plan, guest])

    @noted
    def step(self) -> None:
        """One step: measures are taken, chances return, interventions act, people read and post.

        Raises
        ------
        ParameterError
            If the scenario's days are over.
        """
        stop_if_asked()
        if self.since_day_0 >= self.scenario.steps:
            raise ParameterError(f"the run has ended: its scenario has {self.scenario.days:g} days.")
        world = self.world
        self.observe()
        world.reset()
        for mechanism in self.mechanisms:
            mechanism.prepare(world)
        if self.since_day_0 >= 0:
            self._intervene()
        world.levers.clip()
        self.runner.settle()
        self.runner.advance()
        for mechanism in self.mechanisms:
            mechanism.advance(world)
        self.runner.settle()
        world.state.step += 1
        world.spill()

    def finish(self) -> Result:
        """All steps that are left, and the result."""
        self.to_end()
        return self.result()

    def to_end(self) -> None:
        """All steps that are left."""
        for _ in range(self.world.step, self.scenario.warm_up_steps + self.scenario.steps):
            self.step()

    @noted
    def rows(self) -> Rows:
        """The numbers of the result, and what they stand for; they are there sooner than a table."""
        self.observe()
        return self.recorder.rows()

    @noted
    def result(self) -> Result:
        """The measures so far; those of this moment included, if it is one to record."""
        self.observe()
        forks = tuple(self.world.state.forks.tolist())
        return Result(self.scenario, self.seed, self.replicate, self.recorder.table(), self.guests, forks)

    def fork(self, plan: Scenario, *, threads: int = 1) -> Run:
        """Another run with the same past and the same draws, in which a plan holds from here on.

        This run is not touched. What becomes of interventions is told in ``branching.branched``.

        Raises
        ------
        ParameterError
            If the plan differs in more than interventions, days and primary outcome, or outside agents
            take part, who cannot be in two runs.
        """
        refuse_another_past(self.scenario, plan)
        refuse_guests(self, "forked")
        state = branched(self.world.state, self.scenario.interventions, plan)
        return Run(plan, seed=self.seed, replicate=self.replicate, threads=threads, state=state)

    def close(self) -> None:
        """Give threads back."""
        self.runner.close()

    def _intervene(self) -> None:
        """Interventions and outside agents act in the order of their keys."""
        for intervention in self.plan:
            try:
                intervention.run(self.world, self.world.state.memories[intervention.key])
            except Exception as error:
                note(error, intervention, f" on day {self.world.day:g}")
                raise
        if self.plan and (missing := sorted(self.world.levers.used(besides=self.levers))):
            lacks = self.scenario.lacks(missing[0])
            raise MissingLeverError(f"an intervention moved the lever '{missing[0]}', {lacks}")

    @property
    def since_day_0(self) -> int:
        """Steps since day 0; negative in the warm-up."""
        return self.world.step - self.scenario.warm_up_steps

    def observe(self) -> None:
        """From day 0 on, take the measures; before the first, interventions get their memories."""
        if self.since_day_0 < 0:
            return
        memories = self.world.state.memories
        for intervention in self.plan:
            if intervention.key not in memories:
                try:
                    memories[intervention.key] = intervention.remember(self.world)
                except Exception as error:
                    note(error, intervention, f" on day {self.world.day:g}")
                    raise
        self.recorder.observe()


def demand_scenario(scenario: object) -> None:
    """Refuse what is no scenario, such as the name of a file, or all that a file holds."""
    if not isinstance(scenario, Scenario):
        raise ParameterError(
            f"a Scenario is needed, but got a {type(scenario).__name__}: from a file it is "
            "read_scenario(path).scenario."
        )


def refuse_guests(run: Run, done: str, error: type[InfodemicError] = ParameterError) -> None:
    """Refuse what a run in which outside agents take part cannot have done to it."""
    if run.guests:
        guests = ", ".join(run.guests)
        raise error(
            f"a run with outside agents ({guests}) cannot be {done}, as their memory is not its own: "
            "make them interventions."
        )
