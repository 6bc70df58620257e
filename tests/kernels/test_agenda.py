"""The agenda gives out people in the order of time, whatever is put in, brought forward or taken out."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from infodemic_sim.kernels.agenda import new_agenda, put, take, waiting

KEYS = np.array([7, 3, 9, 1, 5, 2, 8, 4], np.uint64)
DEED = st.tuples(st.integers(0, 7), st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])) | st.none()


@given(st.lists(DEED, max_size=60))
@settings(max_examples=100, deadline=None)
def test_against_looking_at_all(deeds):
    agenda, known = new_agenda(KEYS), {}
    for deed in [*deeds, *[None] * 8]:
        if deed is None:
            if known:
                first = min(known, key=lambda person: (known[person], KEYS[person]))
                assert (take(agenda), agenda.due[first]) == (first, known.pop(first))
        else:
            person, time = deed
            assert put(agenda, person, time) == (time < known.get(person, 2.0))
            known[person] = min(time, known.get(person, 2.0))
        assert agenda.size[0] == len(known)
        assert {person for person in range(8) if waiting(agenda, person)} == set(known)


def test_what_memory_holds_does_no_harm():
    agenda = new_agenda(KEYS)
    agenda.heap[:] = np.arange(8)
    agenda.place[:] = np.arange(8)
    assert not any(waiting(agenda, person) for person in range(8))
    put(agenda, 3, 0.5)
    assert [person for person in range(8) if waiting(agenda, person)] == [3]
