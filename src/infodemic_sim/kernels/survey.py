"""A survey: what people would think of messages if shown them, and whether they would share them."""

from __future__ import annotations

import numpy as np

from infodemic_sim.kernels.compiled import kernel
from infodemic_sim.kernels.persuasion import label_hesitation, reshare_chance, sigmoid, veracity_logit


@kernel
def ask(people, slots, readers, rule, messages, lines):
    """Perceived veracity in logits and chance of resharing, float64[m, k] each; nothing changes.

    Parameters
    ----------
    people : int64[m]. slots : int32[k], messages. Others as ``reading.read_feeds`` takes them.
    """
    logits = np.empty((people.size, slots.size))
    chances = np.empty((people.size, slots.size))
    for i in range(people.size):
        reader = people[i]
        for k in range(slots.size):
            message = messages[slots[k]]
            logit = veracity_logit(readers, rule, lines, reader, message.topic, message.side, message.labels)
            propensity = readers.sharing[reader] * label_hesitation(readers, rule, reader, message.labels)
            logits[i, k] = logit
            inattention = readers.inattention[reader]
            chances[i, k] = reshare_chance(propensity, message.appeal, inattention, sigmoid(logit))
    return logits, chances
