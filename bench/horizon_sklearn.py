"""The same fits by scikit-learn, for the bench: METR's weighted logistic over nested bootstrap replicates.

Reads {"runs": [[agent, task, family, minutes, score], ...], "replicates": n} from standard input and prints
{"version", "ms", "replicates", "h50": {agent: minutes}} (ms is for the fits of the replicates alone, without the drawing; h50 from the whole data).
"""

import json
import sys
import time

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

LAMBDA = 0.1


def fit(x, y, w):
    if y.min() == y.max():
        return None
    model = LogisticRegression(C=1 / LAMBDA)
    model.fit(x.reshape(-1, 1), y, sample_weight=w)
    return 2 ** (-model.intercept_[0] / model.coef_[0][0])


def main():
    given = json.load(sys.stdin)
    runs = np.array(given["runs"], dtype=float)
    agent, task, family, minutes, score = runs.T
    x = np.log2(minutes)
    agents = np.unique(agent)
    tasks_of = {f: np.unique(task[family == f]) for f in np.unique(family)}
    rows_of = {}
    for index, key in enumerate(zip(agent, task)):
        rows_of.setdefault(key, []).append(index)
    rows_of = {key: np.array(rows) for key, rows in rows_of.items()}
    weight = np.empty(len(runs))
    for a in agents:
        own = agent == a
        for t in np.unique(task[own]):
            rows = rows_of[(a, t)]
            weight[rows] = 1 / (len(rows) * np.sqrt(len(tasks_of[family[rows[0]]])))
        weight[own] /= weight[own].sum()
    whole = {int(a): fit(x[agent == a], score[agent == a], weight[agent == a]) for a in agents}
    random = np.random.default_rng(1)
    families = np.array(sorted(tasks_of))
    spent = 0.0
    for _ in range(given["replicates"]):
        drawn = [t for f in random.choice(families, len(families)) for t in random.choice(tasks_of[f], len(tasks_of[f]))]
        for a in agents:
            rows = np.concatenate([random.choice(rows_of[(a, t)], len(rows_of[(a, t)])) for t in drawn])
            w = weight[rows]
            x_drawn, y_drawn, w_drawn = x[rows], score[rows], w / w.sum()
            started = time.perf_counter()
            fit(x_drawn, y_drawn, w_drawn)
            spent += time.perf_counter() - started
    ms = spent * 1000
    json.dump({"version": sklearn.__version__, "ms": ms, "replicates": given["replicates"], "h50": whole}, sys.stdout)


main()
