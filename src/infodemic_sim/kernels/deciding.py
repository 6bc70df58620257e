"""What people do about what they believe: intentions and decisions."""

from __future__ import annotations

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.draws import absorb, uniform
from infodemic_sim.kernels.persuasion import belief, sigmoid

UNDECIDED, FOR, AGAINST = 0, 1, -1


@kernel
def intentions(lines, topic, leaning, takes_part, out):
    """Intention of each person, sigma(b + leaning), written into float64[n]; 0 where none is formed."""
    for person in range(out.size):
        out[person] = sigmoid(belief(lines, person, topic) + leaning) if takes_part[person] else 0.0


@kernel
def decide(intention, keys, takes_part, chance, again, when, inclined, choice):
    """People who decide in this step do so by their intention; written into int8[n].

    Parameters
    ----------
    chance, again : that the undecided decide, and that those who refused decide once more.
    when, inclined : addresses of the draws of this step, and of those that a person keeps.
    """
    for person in range(choice.size):
        if not takes_part[person] or choice[person] == FOR:
            continue
        due = chance if choice[person] == UNDECIDED else again
        if due > 0.0 and uniform(absorb(when, keys[person])) < due:
            agrees = uniform(absorb(inclined, keys[person])) < intention[person]
            choice[person] = FOR if agrees else AGAINST
