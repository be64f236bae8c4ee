"""Special functions over their range, to 40 digits with mpmath and cross-checked with SciPy.

    pip install mpmath==1.4.1 scipy==1.17.1 numpy
    python test/golden/make_special.py > test/golden/special.json

Each row is [arguments..., value].
"""
import json
import mpmath as mp
import numpy, scipy
from scipy import special, stats

mp.mp.dps = 60
out = {"versions": {"mpmath": mp.__version__, "scipy": scipy.__version__, "numpy": numpy.__version__}}
f = lambda v: float(v)

def ibeta(x, a, b, y=None):
    """I_x(a, b) by DLMF 8.17.8, a series of positive terms, after the symmetry that makes it short; 0 where fewer than 40 digits are left."""
    x, a, b = mp.mpf(x), mp.mpf(a), mp.mpf(b)
    y = 1 - x if y is None else mp.mpf(y)
    if x > 0.5:
        rest = 1 - ibeta(y, b, a, x)
        return rest if rest > mp.mpf(10) ** -20 else mp.mpf(0)
    front = mp.exp(a * mp.log(x) + b * mp.log(y) - mp.log(a) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b))
    term = total = mp.mpf(1)
    n = 0
    small = mp.mpf(10) ** -58
    while term > total * small:
        term *= (a + b + n) * x / (a + 1 + n)
        total += term
        n += 1
    return front * total

def gammas(a, x):
    """P and Q by DLMF 8.7.1, a series of positive terms; 60 digits so that Q keeps 40."""
    a, x = mp.mpf(a), mp.mpf(x)
    term = total = mp.mpf(1)
    n = 0
    small = mp.mpf(10) ** -75
    while term > total * small:
        n += 1
        term *= x / (a + n)
        total += term
    p = mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * total
    return p, 1 - p

def check(name, value, other, tolerance=1e-6):
    # A blunder in either library would show as a gross difference; SciPy's own error is up to 1e-9 at the edges.
    if value > 1e-290 and abs(other / value - 1) > tolerance:
        raise SystemExit(f"{name}: {value} against {other}")

out["normalCdf"] = []
for z in [-37.5, -30, -20.5, -12, -8, -6, -5, -4.2, -3, -2.5, -1.959963984540054, -1.5, -1, -0.7, -0.3, -1e-3, -1e-8, 0.0,
          1e-8, 1e-3, 0.4, 0.6744897501960817, 1, 1.2815515655446004, 2, 3, 4, 5, 6, 8]:
    v = mp.ncdf(mp.mpf(z)); check("normal", f(v), stats.norm.cdf(z)); out["normalCdf"].append([z, f(v)])

out["normalQuantile"] = []
for p in [1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.4, 0.49, 0.4999999, 0.5,
          0.5000001, 0.6, 0.75, 0.8, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999, 0.99999, 1 - 1e-12]:
    q = mp.mpf(p)
    v = mp.mpf(0) if p == 0.5 else mp.findroot(lambda z: mp.log(mp.ncdf(z) / q), stats.norm.ppf(p))
    check("normal quantile", abs(f(v)), abs(stats.norm.ppf(p))); out["normalQuantile"].append([p, f(v)])

out["logGamma"] = []
for x in [1e-10, 1e-3, 0.1, 0.25, 0.4999, 0.5, 0.75, 0.999999, 1.0, 1.000001, 1.3, 1.4999, 1.5, 1.75, 1.999999, 2.0, 2.0001, 2.4999, 2.6,
          3.3, 5.5, 7, 9.99, 10, 10.5, 33.3, 100, 171.5, 1e3, 12345.6, 1e6, 1e9, 1e15]:
    v = mp.loggamma(mp.mpf(x)); out["logGamma"].append([x, f(v)])
out["logBeta"] = []
for a, b in [(.01, .01), (.5, .5), (1, 1), (2, 3), (.3, 40), (10, 10), (1e-3, 1e5), (500.5, 3.25), (1e4, 1e4), (1e6, 2.5), (12, 1e8)]:
    v = mp.loggamma(mp.mpf(a)) + mp.loggamma(mp.mpf(b)) - mp.loggamma(mp.mpf(a) + mp.mpf(b)); out["logBeta"].append([a, b, f(v)])

out["betaCdf"] = []
for a, b in [(.05, .05), (.5, .5), (.5, 2), (1, 1), (1, 30), (2, 3), (7, .3), (10, 1), (25, 76), (76, 25), (100.5, 900.25), (.5, 5000),
             (2000, 3000), (30000, 12), (100000, 100000)]:
    m, s = a / (a + b), (a * b / ((a + b) ** 2 * (a + b + 1))) ** .5
    for x in sorted({1e-12, 1e-3, .2, .5, .9, .999, m, max(1e-9, m - 6 * s), max(1e-9, m - 2 * s), min(1 - 1e-9, m + s), min(1 - 1e-9, m + 4 * s)}):
        v = f(ibeta(x, a, b))
        if v < 1e-290 or not v <= 1: continue
        o = float(special.betainc(a, b, x)); check(f"beta {a} {b} {x}", v, o, 1e-6)
        out["betaCdf"].append([x, a, b, v])

out["gammaCdf"] = []; out["gammaTail"] = []
for a in [.05, .5, 1, 1.5, 2, 5, 10.5, 50, 100, 1000, 2e4]:
    for x in sorted({1e-8, a * .01, a * .5, a, a + a ** .5, a + 5 * a ** .5, max(1e-9, a - 3 * a ** .5), a * 2, a * 4}):
        with mp.workdps(80):
            lo, hi = map(f, gammas(a, x))
        if hi < 1e-35: hi = 0.0
        if lo > 1e-290: check("gamma", lo, special.gammainc(a, x)); out["gammaCdf"].append([x, a, lo])
        if hi > 1e-290: check("gamma tail", hi, special.gammaincc(a, x), 1e-5); out["gammaTail"].append([x, a, hi])

out["tCdf"] = []; out["tQuantile"] = []
def tcdf(t, df):
    t, df = mp.mpf(t), mp.mpf(df)
    half = ibeta(df / (df + t * t), df / 2, mp.mpf(1) / 2, t * t / (df + t * t)) / 2
    return half if t < 0 else 1 - half
for df in [.5, 1, 2, 3, 4.7, 9, 19, 30, 99, 999, 20000]:
    for t in [-50, -10, -4, -2.5, -1, -.3, -1e-4, .2, 1.5, 3, 8]:
        v = f(tcdf(t, df))
        if v > 1e-290: check("t", v, stats.t.cdf(t, df)); out["tCdf"].append([t, df, v])
    for p in [1e-12, 1e-6, .001, .005, .025, .05, .2, .45, .499999, .75, .9, .975, .995, .9999]:
        g = stats.t.ppf(p, df)
        v = f(mp.findroot(lambda t: mp.log(tcdf(t, df) / mp.mpf(p)), (g * (1 - 1e-7), g * (1 + 1e-7)), tol=1e-40, maxsteps=12, verify=False))
        check("t quantile", abs(v), abs(g)); out["tQuantile"].append([p, df, v])

def root(cdf, p):
    """The u with cdf(u) = p: bisection to 1e-3, then secant steps on the logarithm. (SciPy's own beta.ppf(1e-8, .5, .5) is wrong.)"""
    low, high, p = mp.mpf(-400), mp.mpf(60), mp.mpf(p)
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (middle, high) if cdf(middle) < p else (low, middle)
    return mp.findroot(lambda u: mp.log(cdf(u) / p), (low, high), tol=1e-40, maxsteps=12, verify=False)

out["betaQuantile"] = []
for a, b in [(.5, .5), (.5, 3), (1, 10), (2, 3), (3, 98), (25, 76), (100, 1), (400, 600), (5000, 20)]:
    for p in [1e-8, .001, .025, .05, .3, .5, .9, .975, .999]:
        v = f(1 / (1 + mp.exp(-root(lambda u: ibeta(1 / (1 + mp.exp(-u)), a, b), p))))
        check("beta quantile", p, special.betainc(a, b, v)); out["betaQuantile"].append([p, a, b, v])

out["gammaQuantile"] = []
for a in [.1, .5, 1, 2.5, 10, 100, 5000]:
    for p in [1e-8, .001, .025, .05, .3, .5, .9, .975, .999]:
        # Where x is far above a the series would need all its digits: P there is 1 for this purpose.
        v = f(mp.exp(root(lambda u: gammas(a, mp.exp(u))[0] if mp.exp(u) < 4 * a + 50 else mp.mpf(1), p)))
        check("gamma quantile", p, special.gammainc(a, v)); out["gammaQuantile"].append([p, a, v])

print(json.dumps(out, indent=None).replace("]], ", "]],\n").replace("], [", "],\n["))
