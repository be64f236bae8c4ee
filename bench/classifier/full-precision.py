"""Embeds texts with the full-precision weights of all-MiniLM-L6-v2, by numpy alone, and compares them with embeddings of
the int8 file. Reads one JSON document from stdin: {"weights": path of model.safetensors, "rows": [{"ids": [...],
"embedding": [...]}, ...]}; prints the cosines' mean, 5% quantile and least.
"""

import functools
import json
import math
import struct
import sys

import numpy as np

asked = json.load(sys.stdin)
with open(asked["weights"], "rb") as file:
    raw = file.read()
size = struct.unpack("<Q", raw[:8])[0]
head = json.loads(raw[8 : 8 + size])


@functools.cache
def tensor(name):
    entry = head[name] if name in head else head["bert." + name]
    start, end = entry["data_offsets"]
    return np.frombuffer(raw[8 + size + start : 8 + size + end], dtype="<f4").reshape(entry["shape"]).astype(np.float64)


def norm(x, name):
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12) * tensor(name + ".weight") + tensor(name + ".bias")


def dense(x, name):
    return x @ tensor(name + ".weight").T + tensor(name + ".bias")


erf = np.frompyfunc(math.erf, 1, 1)


def embed(ids):
    x = tensor("embeddings.word_embeddings.weight")[ids]
    x = x + tensor("embeddings.position_embeddings.weight")[: len(ids)] + tensor("embeddings.token_type_embeddings.weight")[0]
    x = norm(x, "embeddings.LayerNorm")
    for layer in range(6):
        at = f"encoder.layer.{layer}."
        q, k, v = (dense(x, at + "attention.self." + part).reshape(len(ids), 12, 32) for part in ("query", "key", "value"))
        scores = np.einsum("ihd,jhd->hij", q, k) / math.sqrt(32)
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        mixed = np.einsum("hij,jhd->ihd", weights, v).reshape(len(ids), 384)
        x = norm(x + dense(mixed, at + "attention.output.dense"), at + "attention.output.LayerNorm")
        inner = dense(x, at + "intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / math.sqrt(2)).astype(np.float64))
        x = norm(x + dense(inner, at + "output.dense"), at + "output.LayerNorm")
    mean = x.mean(0)
    return mean / np.linalg.norm(mean)


cosines = np.array([float(embed(row["ids"]) @ np.array(row["embedding"])) for row in asked["rows"]])
print(json.dumps({"texts": len(cosines), "mean": cosines.mean(), "q05": float(np.quantile(cosines, 0.05)), "least": cosines.min()}))
