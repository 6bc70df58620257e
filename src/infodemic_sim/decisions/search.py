"""Which portfolios are tried: all of them if they are few, else those that NSGA-II asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from infodemic_sim.decisions.bench import Bench
from infodemic_sim.decisions.budget import Standing
from infodemic_sim.decisions.decision import Decision
from infodemic_sim.decisions.portfolio import Choice, belongs
from infodemic_sim.errors import ParameterError
from infodemic_sim.study.shown import number

if TYPE_CHECKING:
    import optuna

GENERATION = 24
"""Portfolios that are asked for together, at most; a quarter of all trials where these are few."""
PATIENCE = 20
"""Generations without a portfolio that is new, after which the search ends."""
OUT = -1e30
"""Every objective of a portfolio over budget: any that is within beats it [Deb2002]."""


def searched(decision: Decision, bench: Bench) -> list[Choice]:
    """The portfolios that were tried, without that of nothing; their runs are on the bench.

    Each intervention alone comes first. Where all portfolios are no more than ``trials``, all are tried.

    Raises
    ------
    ParameterError
        If no intervention alone is within the budget, or a search needs Optuna and it is not installed.
    """
    portfolio, scenario = decision.portfolio, decision.scenario
    few = portfolio.number(scenario) <= decision.trials
    optuna = None if few else optuna_or_refusal()
    alone = portfolio.alone(scenario)
    first = alone[: decision.trials]
    bench.measure(first)
    refuse_too_small_a_budget(decision, bench, first, untried=len(alone) - len(first))
    if optuna is None:
        found = list(portfolio.choices(scenario))
        bench.measure(found)
        return found
    return _evolved(decision, bench, first)


def refuse_too_small_a_budget(decision: Decision, bench: Bench, alone: list[Choice], untried: int) -> None:
    """Refuse a budget that lets nobody buy even one intervention, as far as they were tried."""
    budget = decision.budget
    spent = {choice: bench.measured[choice].spent for choice in alone if choice in bench.measured}
    if not spent:
        raise ParameterError(f"no intervention can be run: {next(iter(bench.failed.values()))}")
    if any(budget.standing(each) == "within" for each in spent.values()):
        return
    cheapest = min(spent, key=lambda choice: budget.excess(spent[choice]))
    most = budget.spent(spent[cheapest])
    raise ParameterError(
        f"the budget of {budget.said()} is below what any intervention that was tried alone may spend: the "
        f"nearest to it, '{cheapest.name}', may cost {number(most['cost'].high)} and take "
        f"{number(most['staff_minutes'].high / 60.0)} staff hours: "
        f"{_remedy(len(alone), untried, budget.standing(spent[cheapest]))}."
    )


def _remedy(tried: int, untried: int, nearest: Standing) -> str:
    """What to do about a budget within which nothing is."""
    if untried:
        return f"allow {tried + untried:,} trials, so that the {untried:,} not tried yet are, too"
    if nearest == "unclear":
        return "ask for more replicates, which tell more surely what it spends, or raise the budget"
    return "raise the budget, or offer something cheaper"


def _evolved(decision: Decision, bench: Bench, first: list[Choice]) -> list[Choice]:
    """Portfolios found by NSGA-II, generation by generation; the same seed asks for the same ones."""
    import optuna

    space = Space(decision)
    size = max(4, min(GENERATION, decision.trials // 4))
    with quiet():
        sampler = optuna.samplers.NSGAIISampler(population_size=size, seed=decision.seed % 2**32)
        study = optuna.create_study(directions=["maximize"] * len(decision.objectives), sampler=sampler)
        for choice in first:
            study.enqueue_trial(space.values(choice))
        found, idle = dict.fromkeys(first), 0
        while idle < PATIENCE and len(found) < decision.trials:
            asked = [(trial, space.choice(trial)) for trial in (study.ask() for _ in range(size))]
            new = list(dict.fromkeys(c for _, c in asked if c.bought and c not in found))
            idle = 0 if new else idle + 1
            new = new[: decision.trials - len(found)]
            found |= dict.fromkeys(new)
            bench.measure(new)
            for trial, choice in asked:
                if choice in found or not choice.bought:
                    study.tell(trial, fitness(decision, bench, choice))
    return list(found)


def fitness(decision: Decision, bench: Bench, choice: Choice) -> list[float]:
    """Mean gains; over budget less than any of these, and the less the more is over."""
    if not choice.bought:
        return [0.0] * len(decision.objectives)
    found = bench.measured.get(choice)
    if found is None:
        return [1e9 * OUT] * len(decision.objectives)
    if excess := decision.budget.excess(found.spent):
        return [OUT * (1.0 + excess)] * len(decision.objectives)
    return [float(mean) for mean in found.means]


class Space:
    """Portfolios as the optimiser sees them: a switch for each intervention, a place for each setting."""

    def __init__(self, decision: Decision) -> None:
        scenario = decision.scenario
        self.keys = decision.portfolio.keys(scenario)
        self.levels = {
            path: decision.portfolio.levels(scenario, path) for path in decision.portfolio.settings
        }

    def choice(self, trial: optuna.Trial) -> Choice:
        """What the optimiser asks for; settings of what is not bought do not count."""
        bought = tuple(key for key in self.keys if trial.suggest_categorical(key, [False, True]))
        places = {
            path: trial.suggest_int(path, 0, len(values) - 1) if len(values) > 1 else 0
            for path, values in self.levels.items()
        }
        return self._made(bought, lambda path: places[path])

    def values(self, choice: Choice) -> dict[str, Any]:
        """The other way round; what is not bought is at its first values."""
        settings = dict(choice.settings)
        switches: dict[str, Any] = {key: key in choice.bought for key in self.keys}
        places = {
            path: values.index(settings[path]) if path in settings else 0
            for path, values in self.levels.items()
            if len(values) > 1
        }
        return {**switches, **places}

    def _made(self, bought: tuple[str, ...], place: Callable[[str], int]) -> Choice:
        paths = [path for key in bought for path in self.levels if belongs(path, key)]
        return Choice(bought, tuple((path, self.levels[path][place(path)]) for path in paths))


def optuna_or_refusal() -> Any:
    """The library that searches.

    Raises
    ------
    ParameterError
        If it is not installed.
    """
    try:
        import optuna
    except ImportError:
        raise ParameterError(
            "there are more portfolios than trials, and Optuna, which searches among them, is not installed: "
            'pip install "infodemic-sim[decisions]", or allow more trials.'
        ) from None
    return optuna


@contextmanager
def quiet() -> Iterator[None]:
    """Optuna says nothing while the block lasts."""
    import optuna

    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    try:
        yield
    finally:
        optuna.logging.set_verbosity(before)
