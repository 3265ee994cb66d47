"""Writes Goldens/classification.jsonl and regression.jsonl with scikit-learn's values."""
import json
import pathlib

import numpy as np
from sklearn import metrics as m
from sklearn.utils.class_weight import compute_class_weight

folder = pathlib.Path(__file__).parent / "Goldens"
rng = np.random.default_rng(0)
with open(folder / "classification.jsonl", "w") as out:
    for case in range(12):
        classes, n = (2 if case < 4 else int(rng.integers(3, 6))), int(rng.integers(8, 60))
        scores = np.round(rng.normal(size=(n, classes)), 1)
        target = rng.choice(classes, size=n, p=np.arange(1, classes + 1) / (classes * (classes + 1) / 2))
        target[:classes] = np.arange(classes)
        if case % 3 == 0:
            scores[:, classes - 1] -= 9  # a class that is never predicted
        scores += np.arange(classes) * 1e-3  # no ties between classes
        found = scores.argmax(1)
        labels = list(range(classes))
        row = {"scores": scores.ravel().tolist(), "targets": target.tolist(), "classes": classes,
               "confusion": m.confusion_matrix(target, found, labels=labels).ravel().tolist(),
               "accuracy": m.accuracy_score(target, found),
               "top2": m.top_k_accuracy_score(target, scores if classes > 2 else scores[:, 1], k=2, labels=labels) if classes > 2 else 1.0,
               "weights": compute_class_weight("balanced", classes=np.arange(classes), y=target).tolist()}
        for name, function in (("precision", m.precision_score), ("recall", m.recall_score), ("f1", m.f1_score)):
            for average in ("micro", "macro", "weighted") + (("binary",) if classes == 2 else ()):
                row[f"{name}_{average}"] = float(function(target, found, average=average, zero_division=0))
            row[f"{name}_none"] = function(target, found, average=None, zero_division=0).tolist()
        if classes == 2:
            row["auc"] = float(m.roc_auc_score(target, scores[:, 1]))
        else:
            # scikit-learn wants rows that add up to 1; areas of columns only need their order.
            for average in ("macro", "weighted"):
                areas = [m.roc_auc_score(target == c, scores[:, c]) for c in labels]
                share = np.bincount(target) if average == "weighted" else np.ones(classes)
                row[f"auc_{average}"] = float(np.average(areas, weights=share))
        out.write(json.dumps(row) + "\n")
with open(folder / "regression.jsonl", "w") as out:
    for case in range(4):
        n, width = 20, 1 + case % 2 * 2
        target = rng.normal(size=(n, width))
        found = target + rng.normal(size=(n, width)) * 0.5
        out.write(json.dumps({
            "found": found.ravel().tolist(), "targets": target.ravel().tolist(), "width": width,
            "mae": m.mean_absolute_error(target, found), "mse": m.mean_squared_error(target, found),
            "r2": m.r2_score(target, found)}) + "\n")
