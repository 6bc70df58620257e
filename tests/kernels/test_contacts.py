"""A draw means the same contact wherever people stand, and all contacts are as likely."""

import numpy as np

from infodemic_sim.graphs import erdos_renyi
from infodemic_sim.kernels.contacts import contact, contact_with
from infodemic_sim.spread.contacts import contacts_by_key, ties

GRAPH = erdos_renyi(40, mean_degree=6, directed=True, seed=1)


def test_rows_in_order_of_keys():
    keys = np.random.default_rng(1).permutation(40).astype(np.uint64)
    rows = contacts_by_key(GRAPH, GRAPH.followers(), keys)
    for person in range(40):
        row = rows[GRAPH.indptr[person] : GRAPH.indptr[person + 1]]
        assert sorted(row.tolist()) == GRAPH.followees(person).tolist()
        assert (np.diff(keys[row].astype(np.int64)) > 0).all()


def test_rows_that_are_in_order_stay_as_they_are():
    rows = contacts_by_key(GRAPH, GRAPH.followers(), np.arange(40, dtype=np.uint64))
    assert rows.size == 0
    assert ties(GRAPH, rows).contacts is GRAPH.indices


def test_every_contact_is_as_likely():
    person = int(np.argmax(GRAPH.degrees()))
    row, degree = GRAPH.followees(person), GRAPH.degrees()[person]
    places = ties(GRAPH, np.empty(0, np.int32))
    for place in range(degree):
        for luck in ((place + 1e-9) / degree, (place + 1 - 1e-9) / degree):
            assert contact(places, person, luck) == row[place]
    assert contact(places, person, 1 - 2.0**-53) == row[-1]


def test_contacts_with_a_status():
    person = int(np.argmax(GRAPH.degrees()))
    status = np.zeros(40, np.int8)
    status[GRAPH.followees(person)[::3]] = 2
    places = ties(GRAPH, np.empty(0, np.int32))
    found = [contact_with(places, person, status, 2, np.uint64(k)) for k in range(3000)]
    wanted = GRAPH.followees(person)[::3]
    counts = [found.count(other) for other in wanted]
    share = 1 / len(wanted)
    assert sum(counts) == 3000
    assert max(abs(count / 3000 - share) for count in counts) < 4 * np.sqrt(share * (1 - share) / 3000)
