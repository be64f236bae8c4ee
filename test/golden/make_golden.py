"""Numbers for every estimator from independent implementations.

    pip install scipy==1.17.1 statsmodels==0.15.0 lifelines==0.30.3 krippendorff==0.9.0 numpy
    python test/golden/make_golden.py > test/golden/golden.json

Each case: what it tests, where its numbers come from, the relative tolerance, the input, the expected numbers. "numpy"
means: written out here from the formula of the paper named, on purpose by another route than the code under test.
"""
import itertools, json, math, warnings
import numpy as np, scipy, statsmodels, lifelines, krippendorff
from scipy import optimize, special, stats
import statsmodels.api as sm
from statsmodels.stats import proportion, inter_rater, multitest, contingency_tables, power as smpower
from statsmodels.stats.meta_analysis import combine_effects
warnings.filterwarnings("ignore")
rng = np.random.default_rng(20261123)
cases = []

def case(name, source, tolerance, input, **expected):
    def plain(v):
        if isinstance(v, (np.floating, np.integer)): return v.item()
        if isinstance(v, np.ndarray): return v.tolist()
        if isinstance(v, (list, tuple)): return [plain(e) for e in v]
        if isinstance(v, dict): return {k: plain(e) for k, e in v.items()}
        return v
    cases.append({"name": name, "source": source, "tolerance": tolerance, "input": plain(input), "expected": plain(expected)})

# Proportions
for s, n, level in [(0, 10, .95), (3, 10, .95), (20, 100, .95), (100, 100, .95), (1, 1, .9), (997, 1000, .99), (5, 30, .8)]:
    low, high = proportion.proportion_confint(s, n, alpha=1 - level, method="wilson")
    case("wilson", "statsmodels proportion_confint(wilson)", 1e-10, [s, n, level], low=max(0, low) if s else 0, high=high)
    r = stats.binomtest(s, n).proportion_ci(level, "exact")
    case("clopperPearson", "scipy binomtest.proportion_ci(exact)", 1e-10, [s, n, level], low=r.low, high=r.high)
for a, b, c, d in [(3, 20, 9, 25), (0, 30, 4, 30), (56, 70, 48, 80), (10, 10, 0, 10)]:
    low, high = proportion.confint_proportions_2indep(c, d, a, b, method="newcomb", compare="diff")
    case("newcombe", "statsmodels confint_proportions_2indep(newcomb)", 1e-8, [a, b, c, d], value=c / d - a / b, low=low, high=high)
for b, c in [(0, 0), (1, 5), (12, 3), (40, 40), (2, 30), (0, 7)]:
    p = contingency_tables.mcnemar([[5, b], [c, 7]], exact=True).pvalue if b + c else 1
    case("mcnemarExact", "statsmodels mcnemar(exact)", 1e-10, [b, c], p=min(1, p))

# Newcombe (1998) table III of the paper on paired data, method 10: 36 12 2 0 gives 0.0569 to 0.3404 for p1 − p2.
case("newcombePaired", "Newcombe (1998) Statist. Med. 17, 2635, table II", 1e-3, dict(both=36, fromOnly=2, toOnly=12, neither=0), value=.2, low=.0569, high=.3404)

# Means
y = rng.normal(3, 2, 14).round(3)
r = stats.ttest_1samp(y, 0).confidence_interval(.9)
case("meanInterval", "scipy ttest_1samp", 1e-10, dict(y=y, level=.9), value=y.mean(), standardError=stats.sem(y), low=r.low, high=r.high)
g = rng.integers(0, 12, 80); eff = rng.normal(0, 1, 12); v = (eff[g] + rng.normal(0, 1, 80)).round(4)
G, n = len(set(g)), len(v)
fit = sm.OLS(v, np.ones(n)).fit(cov_type="cluster", cov_kwds=dict(groups=g, use_correction=True), use_t=True)
case("clusterMean", "statsmodels OLS cov_type=cluster", 1e-10, dict(values=v, clusters=g), value=fit.params[0], standardError=fit.bse[0], low=fit.conf_int()[0][0], high=fit.conf_int()[0][1])
g2 = rng.integers(0, 9, 80)
from statsmodels.stats.sandwich_covariance import cov_cluster_2groups, cov_cluster
o = sm.OLS(v, np.ones(n)).fit()
def V(groups):
    k = len(np.unique(groups)); return k / (k - 1) * sum((v[groups == a] - v.mean()).sum() ** 2 for a in np.unique(groups)) / n ** 2
case("twoWayClusterMean", "numpy, Cameron–Gelbach–Miller", 1e-10, dict(values=v, a=g, b=g2), standardError=math.sqrt(V(g) + V(g2) - V(g * 100 + g2)))
arm = rng.integers(0, 2, 80)
fit = sm.OLS(v, np.column_stack([np.ones(n), arm])).fit(cov_type="cluster", cov_kwds=dict(groups=g, use_correction=True), use_t=True)
case("clusterDifference", "statsmodels OLS cov_type=cluster, its (n−1)/(n−k) taken out", 1e-10, dict(values=v, clusters=g, arm=arm), value=fit.params[1], standardError=fit.bse[1] / math.sqrt((n - 1) / (n - 2)))
X = np.column_stack([np.ones(n), rng.normal(0, 1, n), rng.normal(5, 2, n)]).round(4)
fit = sm.OLS(v, X).fit(cov_type="cluster", cov_kwds=dict(groups=g, use_correction=True), use_t=True)
case("clusterRegression", "statsmodels OLS cov_type=cluster", 1e-9, dict(rows=X, y=v, clusters=g), coefficients=fit.params, errors=fit.bse, p=fit.pvalues, lows=fit.conf_int()[:, 0], rSquared=fit.rsquared)
d = rng.normal(.4, 1, 11).round(3)
r = stats.permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf)
case("signFlip", "scipy permutation_test(samples), all patterns", 1e-12, d, p=r.pvalue)
p = np.array([.001, .008, .039, .041, .042, .06, .074, .205, .212, .216, .222, .251, .269, .275, .34, .341, .384, .569, .594, .696, .762, .94, .942, .975, .986])
case("holm", "statsmodels multipletests", 1e-12, p, adjusted=multitest.multipletests(p, method="holm")[1])
case("benjaminiHochberg", "statsmodels multipletests", 1e-12, p, adjusted=multitest.multipletests(p, method="fdr_bh")[1])
case("quantile", "numpy quantile (type 7)", 1e-12, dict(y=y, p=[0, .1, .37, .5, .9, 1]), values=[np.quantile(y, q) for q in [0, .1, .37, .5, .9, 1]])
r = stats.quantile_test(y, q=0, p=.5).confidence_interval(.95)
case("quantileInterval", "scipy quantile_test", 1e-12, dict(y=y, p=.5), low=r.low, high=r.high)

# Bootstrap: BCa of a mean against SciPy within Monte Carlo error
sk = rng.lognormal(0, 1, 25).round(4)
r = stats.bootstrap((sk,), np.mean, n_resamples=60000, method="BCa", random_state=1).confidence_interval
q = stats.bootstrap((sk,), np.mean, n_resamples=60000, method="percentile", random_state=1).confidence_interval
case("bootstrap", "scipy bootstrap, 60,000 resamples (Monte Carlo error)", .02, sk, bcaLow=r.low, bcaHigh=r.high, low=q.low, high=q.high)

# Repeats
ks = [(4, 0), (4, 1), (4, 2), (6, 5), (8, 8), (5, 3)]
for k in [1, 2, 3, 4]:
    brute = lambda n, c, all_: np.mean([(all if all_ else any)(i < c for i in combo) for combo in itertools.combinations(range(n), k)])
    case("passAtK", "numpy, every subset of k listed", 1e-12, dict(tasks=ks, k=k), at=np.mean([brute(n, c, False) for n, c in ks]), hat=np.mean([brute(n, c, True) for n, c in ks]))

# Survival
from lifelines import KaplanMeierFitter, ExponentialFitter, WeibullFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import restricted_mean_survival_time
T = np.ceil(rng.weibull(1.4, 60) * 20); C = np.ceil(rng.exponential(30, 60)); t = np.minimum(T, C); e = T <= C
km = KaplanMeierFitter().fit(t, e); ci = km.confidence_interval_
at = sorted(set(t[e]))[:-1]
case("kaplanMeier", "lifelines KaplanMeierFitter", 1e-8, dict(t=t, e=e, at=at), survival=[km.survival_function_.loc[a].iloc[0] for a in at], low=[ci.loc[a].iloc[0] for a in at], high=[ci.loc[a].iloc[1] for a in at], median=km.median_survival_time_)
grp = rng.integers(0, 3, 60); t3 = t + 4 * (grp == 2)
r = multivariate_logrank_test(t3, grp, e)
case("logRank", "lifelines multivariate_logrank_test", 1e-8, dict(t=t3, e=e, g=grp), chiSquared=r.test_statistic, p=r.p_value)
from statsmodels.duration.survfunc import survdiff
r = survdiff(t3, e.astype(int), grp); case("logRank", "statsmodels survdiff", 1e-8, dict(t=t3, e=e, g=grp), chiSquared=r[0], p=r[1])
m = restricted_mean_survival_time(km, t=20)
def rmst_var(tau):
    ts = sorted(set(t[e & (t < tau)])); S = 1; out = []
    for a in ts:
        nrisk, dead = (t >= a).sum(), ((t == a) & e).sum(); S *= 1 - dead / nrisk; out.append((a, S, nrisk, dead))
    edges = [o[0] for o in out] + [tau]
    areas = [sum(out[j][1] * (edges[j + 1] - edges[j]) for j in range(i, len(out))) for i in range(len(out))]
    return sum(A * A * o[3] / (o[2] * (o[2] - o[3])) for A, o in zip(areas, out))
case("restrictedMean", "lifelines restricted_mean_survival_time; variance numpy (Greenwood)", 1e-6, dict(t=t, e=e, horizon=20), value=m, standardError=math.sqrt(rmst_var(20)))
ex = ExponentialFitter().fit(t, e)
dead, T_ = int(e.sum()), t.sum()
case("exponentialFit", "lifelines ExponentialFitter; Garwood from scipy chi2", 1e-6, dict(t=t, e=e), value=1 / ex.lambda_, low=stats.chi2.ppf(.025, 2 * dead) / 2 / T_, high=stats.chi2.ppf(.975, 2 * dead + 2) / 2 / T_, logLikelihood=ex.log_likelihood_)
w = WeibullFitter().fit(t, e)
nll = lambda q: -(e * (q[1] + (math.exp(q[1]) - 1) * np.log(t) - math.exp(q[1]) * q[0]) - (t / math.exp(q[0])) ** math.exp(q[1])).sum()
opt = optimize.minimize(nll, [math.log(w.lambda_), math.log(w.rho_)], method="Nelder-Mead", options=dict(xatol=1e-12, fatol=1e-13))
h = 1e-4; H = np.array([[(nll(opt.x + h * (a + b)) - nll(opt.x + h * (a - b)) - nll(opt.x + h * (b - a)) + nll(opt.x - h * (a + b))) / (4 * h * h) for b in np.eye(2)] for a in np.eye(2)])
se = np.sqrt(np.diag(np.linalg.inv(H)))
case("weibullFit", "lifelines WeibullFitter refined by scipy minimize; errors from numerical curvature", 1e-5, dict(t=t, e=e), scale=math.exp(opt.x[0]), shape=math.exp(opt.x[1]), logScaleError=se[0], logShapeError=se[1], logLikelihood=-opt.fun)
case("weibullFit", "lifelines WeibullFitter", 1e-4, dict(t=t, e=e), scale=w.lambda_, shape=w.rho_, logLikelihood=w.log_likelihood_)

# Horizon: the penalised objective minimised by scipy
for seed, a0, b0 in [(1, 3, -.7), (2, -1, -.4), (3, 6, -.9)]:
    r_ = np.random.default_rng(seed); x = r_.uniform(-3, 10, 90); yy = (r_.random(90) < special.expit(a0 + b0 * x)).astype(float); yy[:5] = r_.random(5).round(2)
    ww = r_.uniform(.2, 2, 90); ww /= ww.sum(); mins = 2 ** x
    obj = lambda q: q[1] ** 2 / 2 + 10 * (ww * (np.logaddexp(0, q[0] + q[1] * x) - yy * (q[0] + q[1] * x))).sum()
    jac = lambda q: np.array([0, q[1]]) + 10 * np.array([(ww * (special.expit(q[0] + q[1] * x) - yy)).sum(), (ww * (special.expit(q[0] + q[1] * x) - yy) * x).sum()])
    o = optimize.minimize(obj, [0, 0], jac=jac, method="BFGS", options=dict(gtol=1e-12))
    case("horizonFit", "scipy minimize(BFGS) of METR's objective", 1e-7, dict(minutes=mins, scores=yy, weights=ww), a=o.x[0], b=o.x[1], h50=2 ** (-o.x[0] / o.x[1]), h80=2 ** ((math.log(4) - o.x[0]) / o.x[1]))
days, h50 = np.array([0, 50, 100, 220, 260, 400, 500.]), np.array([3, 2, 9, 8, 30, 25, 110.])
keep = [0, 2, 4, 6]; r = stats.linregress(days[keep], np.log(h50[keep])); tt = stats.t.ppf(.975, 2)
case("horizonTrend", "scipy linregress on the state of the art", 1e-9, dict(days=days, minutes=h50), doublingDays=math.log(2) / r.slope, low=math.log(2) / (r.slope + tt * r.stderr), high=math.log(2) / (r.slope - tt * r.stderr), stateOfTheArt=keep)

# Lines and ranks
xs = rng.normal(0, 1, 22).round(1); ys = (1.3 * xs + rng.normal(0, 1, 22)).round(1)
r = stats.theilslopes(ys, xs, .95)
case("theilSen", "scipy theilslopes", 1e-9, dict(x=xs, y=ys), slope=r.slope, intercept=r.intercept, low=r.low_slope, high=r.high_slope)
case("spearman", "scipy spearmanr; Bonett–Wright interval numpy", 1e-9, dict(x=xs, y=ys), value=(rho := stats.spearmanr(xs, ys).statistic), low=math.tanh(math.atanh(rho) - stats.norm.ppf(.975) * math.sqrt((1 + rho ** 2 / 2) / 19)))
case("kendall", "scipy kendalltau (b); Fieller interval numpy", 1e-9, dict(x=xs, y=ys), value=(tau := stats.kendalltau(xs, ys).statistic), low=math.tanh(math.atanh(tau) - stats.norm.ppf(.975) * math.sqrt(.437 / 18)))

# Pairwise strengths: direct maximum likelihood with scipy, errors from numerical curvature
contests = [["A", "B", 12, 5, 4], ["A", "C", 9, 8, 3], ["B", "C", 7, 10, 6], ["C", "D", 11, 4, 2], ["A", "D", 15, 3, 1], ["B", "D", 6, 6, 5]]
names = "ABCD"
def nll_pair(model, q):
    b = np.append(q[:3], -q[:3].sum()); out = 0
    for a_, b_, wa, wb, ti in contests:
        i, j = names.index(a_), names.index(b_); pi, pj = math.exp(b[i]), math.exp(b[j])
        if model == "Bradley–Terry": out -= wa * math.log(pi / (pi + pj)) + wb * math.log(pj / (pi + pj))
        elif model == "Davidson":
            nu = math.exp(q[3]); den = pi + pj + nu * math.sqrt(pi * pj)
            out -= wa * math.log(pi / den) + wb * math.log(pj / den) + ti * math.log(nu * math.sqrt(pi * pj) / den)
        else:
            th = math.exp(q[3])
            if th <= 1: return 1e9
            out -= wa * math.log(pi / (pi + th * pj)) + wb * math.log(pj / (pj + th * pi)) + ti * math.log((th * th - 1) * pi * pj / (pi + th * pj) / (pj + th * pi))
    return out
for model in ["Bradley–Terry", "Davidson", "Rao–Kupper"]:
    k = 3 if model == "Bradley–Terry" else 4
    f = lambda q: nll_pair(model, q)
    o = optimize.minimize(f, [0, 0, 0, .5][:k], method="Nelder-Mead", options=dict(xatol=1e-11, fatol=1e-13, maxiter=20000, maxfev=20000))
    H = np.array([[(f(o.x + 1e-3 * (a + b)) - f(o.x + 1e-3 * (a - b)) - f(o.x + 1e-3 * (b - a)) + f(o.x - 1e-3 * (a + b))) / 4e-6 for b in np.eye(k)] for a in np.eye(k)])
    cov = np.linalg.inv(H)[:3, :3]; full = np.vstack([np.eye(3), -np.ones(3)]); C4 = full @ cov @ full.T
    cs = [c if model != "Bradley–Terry" else c[:4] + [0] for c in contests]
    case("strengths", "scipy minimize of the likelihood; errors from numerical curvature", 1e-5, dict(contests=cs, model=model), values=list(full @ o.x[:3]), errors=np.sqrt(np.diag(C4)), logLikelihood=-o.fun, **({} if k == 3 else dict(tie=math.exp(o.x[3]))))

# Agreement
r1 = rng.integers(0, 3, 60); r2 = np.where(rng.random(60) < .7, r1, rng.integers(0, 3, 60)); r3 = np.where(rng.random(60) < .6, r1, rng.integers(0, 3, 60))
k = inter_rater.cohens_kappa(np.histogram2d(r1, r2, bins=3)[0])
case("cohenKappa", "statsmodels cohens_kappa", 1e-9, dict(a=r1, b=r2), value=k.kappa, standardError=k.std_kappa, low=k.kappa_low)
table = inter_rater.aggregate_raters(np.column_stack([r1, r2, r3]))[0]
case("fleissKappa", "statsmodels fleiss_kappa", 1e-10, table, value=inter_rater.fleiss_kappa(table))
data = np.column_stack([r1, r2, r3]).astype(float)[:30]; data[rng.random(data.shape) < .2] = np.nan
for metric in ["nominal", "ordinal", "interval"]:
    case("krippendorffAlpha", "krippendorff.alpha", 1e-10, dict(items=[[None if math.isnan(c) else c for c in row] for row in data], metric=metric), value=krippendorff.alpha(reliability_data=data.T, level_of_measurement=metric))
truth = rng.integers(0, 2, 40); acc = [.9, .8, .7, .6]
verd = [[i, r, int(truth[i] if rng.random() < acc[r] else 1 - truth[i])] for i in range(40) for r in range(4) if rng.random() < .9]
lab = sorted({v_[2] for v_ in verd}, key=[v_[2] for v_ in verd].index)
N = np.zeros((40, 4, 2))
for i, r, l in verd: N[i, r, lab.index(l)] += 1
post = N.sum(1) / N.sum((1, 2))[:, None]
for _ in range(20000):
    prev = post.mean(0); conf = np.einsum("it,irl->rtl", post, N); conf /= conf.sum(2, keepdims=True)
    lp = np.log(prev) + np.einsum("irl,rtl->it", N, np.log(np.maximum(conf, 1e-100))); ll = special.logsumexp(lp, axis=1).sum(); post = special.softmax(lp, axis=1)
case("dawidSkene", "numpy, EM of Dawid and Skene (1979)", 1e-3, verd, prevalence=list(prev), logLikelihood=ll, accuracy=[float((prev * np.diag(conf[r])).sum()) for r in range(4)])

# Beta-binomial, Best-of-N
units = [[int(rng.binomial(n_, rng.beta(2, 5))), int(n_)] for n_ in rng.integers(3, 30, 40)]
c_, n_ = np.array(units).T
nb = lambda q: -(special.betaln(np.exp(q[0]) + c_, np.exp(q[1]) + n_ - c_) - special.betaln(np.exp(q[0]), np.exp(q[1]))).sum()
o = optimize.minimize(nb, [0, 0], method="Nelder-Mead", options=dict(xatol=1e-11, fatol=1e-13))
al, be = np.exp(o.x)
case("betaBinomial", "scipy minimize of the likelihood", 1e-5, units, alpha=al, beta=be, logLikelihood=-o.fun)
case("successWithin", "scipy betaln", 1e-8, dict(alpha=1.7, beta=8.2, n=[1, 10, 1000]), values=[1 - math.exp(special.betaln(1.7, 8.2 + k_) - special.betaln(1.7, 8.2)) for k_ in [1, 10, 1000]])
Ns, asr = np.array([1, 3, 10, 30, 100, 300]), np.array([.04, .09, .21, .38, .6, .75])
r = stats.linregress(np.log(Ns), np.log(-np.log(asr)))
fit = sm.OLS(np.log(-np.log(asr)), sm.add_constant(np.log(Ns))).fit().get_prediction([[1, math.log(1000)]]).summary_frame(alpha=.05)
case("bestOfN", "scipy linregress, statsmodels prediction", 1e-8, dict(n=Ns, rate=asr, at=1000), a=math.exp(r.intercept), b=-r.slope, value=math.exp(-math.exp(fit["mean"].iloc[0])), low=math.exp(-math.exp(fit["obs_ci_upper"].iloc[0])), high=math.exp(-math.exp(fit["obs_ci_lower"].iloc[0])))
# Strata: the posterior by brute-force sums on a fine grid
st = [[4, 5], [3, 5], [5, 5], [2, 5], [1, 5], [3, 5], [0, 5]]
ms, rs = (np.arange(400) + .5) / 400, (np.arange(400) + .5) / 400
M, R = np.meshgrid(ms, rs, indexing="ij"); A, B = M * (1 / R - 1), (1 - M) * (1 / R - 1)
L = sum(special.betaln(A + s, B + n_ - s) - special.betaln(A, B) for s, n_ in st); W = np.exp(L - L.max()); W /= W.sum()
case("partialPooling", "scipy, 160,000-point grid", 3e-3, st, values=[float((W * (A + s) / (A + B + n_)).sum()) for s, n_ in st], mean=float((W * M).sum()),
     lows=[float(optimize.brentq(lambda q: (W * special.betainc(A + s, B + n_ - s, q)).sum() - .025, 1e-6, 1 - 1e-6)) for s, n_ in st[:3]])

# Detectors
sc = np.concatenate([rng.normal(1, 1, 30), rng.normal(0, 1, 50)]).round(1); pos = np.arange(80) < 30
psi = lambda a, b: (a > b) + .5 * (a == b)
P = psi(sc[:30, None], sc[None, 30:]); auc = P.mean(); var = P.mean(1).var(ddof=1) / 30 + P.mean(0).var(ddof=1) / 50
case("auroc", "numpy, DeLong by the double sum; value also scipy mannwhitneyu", 1e-10, dict(scores=sc, positive=pos), value=stats.mannwhitneyu(sc[:30], sc[30:]).statistic / 1500, standardError=math.sqrt(var))
case("precisionAt", "Bayes' rule by hand: .8·.02/(.8·.02 + .05·.98)", 1e-12, [40, 50, 5, 100, .02], value=.8 * .02 / (.8 * .02 + .05 * .98))
fa = rng.random(120) < .3; fb = np.where(rng.random(120) < .5, fa, rng.random(120) < .3)
tb = np.array([[(~fa & ~fb).sum(), (~fa & fb).sum()], [(fa & ~fb).sum(), (fa & fb).sum()]])
mi = sum(tb[i, j] / 120 * math.log2(tb[i, j] * 120 / tb[i].sum() / tb[:, j].sum()) for i in (0, 1) for j in (0, 1))
case("jointFailure", "scipy pearsonr, chi2_contingency(log-likelihood); numpy", 1e-9, dict(a=fa, b=fb), phi=stats.pearsonr(fa, fb).statistic, bits=mi, p=stats.chi2_contingency(tb, correction=False, lambda_="log-likelihood").pvalue, joint=(fa & fb).mean(), independent=fa.mean() * fb.mean(), ratio=(fa & fb).mean() / (fa.mean() * fb.mean()))

# Variance components, 2 crossed factors with repeats, from the textbook two-way table
a_, b_, r_ = 6, 4, 3
cube = rng.normal(0, 1, (a_, 1, 1)) + rng.normal(0, .5, (1, b_, 1)) + rng.normal(0, .7, (a_, b_, 1)) + rng.normal(0, .4, (a_, b_, r_))
mA, mB, mAB, m0 = cube.mean((1, 2)), cube.mean((0, 2)), cube.mean(2), cube.mean()
MSA, MSB = b_ * r_ * ((mA - m0) ** 2).sum() / (a_ - 1), a_ * r_ * ((mB - m0) ** 2).sum() / (b_ - 1)
MSAB = r_ * ((mAB - mA[:, None] - mB[None] + m0) ** 2).sum() / ((a_ - 1) * (b_ - 1)); MSE = ((cube - mAB[:, :, None]) ** 2).sum() / (a_ * b_ * (r_ - 1))
flat = [(float(cube[i, j, l]), i, j) for i in range(a_) for j in range(b_) for l in range(r_)]
case("varianceComponents", "numpy, expected mean squares of the two-way random model", 1e-9, dict(values=[f_[0] for f_ in flat], a=[f_[1] for f_ in flat], b=[f_[2] for f_ in flat]), a=(MSA - MSAB) / (b_ * r_), b=(MSB - MSAB) / (a_ * r_), ab=(MSAB - MSE) / r_, residual=MSE)

# Power
case("powerTwoProportions", "statsmodels power_proportions_2indep", 2e-3, [.3, .5, 90], power=proportion.power_proportions_2indep(.2, .3, 90).power)
case("powerPaired", "statsmodels TTestPower", 1e-6, dict(difference=.1, tasks=40, repeats=3, betweenTasks=.2, withinTask=.4), power=smpower.TTestPower().power(.1 / math.sqrt(.04 + 2 * .16 / 3), 40, .05))
case("powerPaired", "statsmodels TTestPower", 1e-5, dict(difference=1.2, tasks=5, repeats=1, betweenTasks=1, withinTask=0), power=smpower.TTestPower().power(1.2, 5, .05))
lo, hi = stats.binom.ppf(.025, 50, .1), 0
reject = [k_ for k_ in range(51) if stats.binom.cdf(k_, 50, .1) <= .025 or stats.binom.sf(k_ - 1, 50, .1) <= .025]
case("powerOneRate", "scipy binom, rejection region listed", 1e-9, [.25, .1, 50], power=sum(stats.binom.pmf(k_, 50, .25) for k_ in reject))
case("powerLogRank", "scipy, Schoenfeld's formula", 1e-9, [1.8, 100], power=stats.norm.cdf(math.log(1.8) * 5 - stats.norm.ppf(.975)) + stats.norm.cdf(-math.log(1.8) * 5 - stats.norm.ppf(.975)))

# Pooling of studies
ye, se_ = np.array([.12, .35, .5, -.1, .28, .9]), np.array([.1, .12, .2, .15, .08, .3])
r = combine_effects(ye, se_ ** 2, method_re="iterated", use_t=True)
# Hartung–Knapp with its factor kept at 1 or above
w_ = 1 / (se_ ** 2 + r.tau2); mu = (w_ * ye).sum() / w_.sum(); hk = max(1, (w_ * (ye - mu) ** 2).sum() / 5); seh = math.sqrt(hk / w_.sum()); tq = stats.t.ppf(.975, 5)
case("randomEffects", "statsmodels combine_effects(iterated: Paule–Mandel); Hartung–Knapp numpy", 1e-5, dict(values=ye, errors=se_), tauSquared=r.tau2, value=r.mean_effect_re, q=r.q, iSquared=r.i2, standardError=seh, low=mu - tq * seh, predictionLow=mu - stats.t.ppf(.975, 4) * math.sqrt(r.tau2 + seh ** 2))
case("inverseVariance", "statsmodels combine_effects(fixed)", 1e-9, dict(values=ye, errors=se_), value=r.mean_effect_fe, standardError=r.sd_eff_w_fe)

# Horizons with published errors: the variance of the slope as (X'X)⁻¹X'DX(X'X)⁻¹, what is beyond the errors from traces
r, tt = stats.linregress(days[keep], np.log(h50[keep])), stats.t.ppf(.975, 2)
for err in ([.35, .2, .3, .4, .25, .3, .5], [.01, .02, .01, .03, .02, .02, .01]):
    ek = np.array(err)[keep]; Xh = np.column_stack([np.ones(4), days[keep]]); iv = np.linalg.inv(Xh.T @ Xh); Mh = np.eye(4) - Xh @ iv @ Xh.T
    yh = np.log(h50[keep]); t2 = max(0, (yh @ Mh @ yh - np.trace(Mh @ np.diag(ek ** 2))) / np.trace(Mh))
    sh = math.sqrt((iv @ Xh.T @ np.diag(ek ** 2 + t2) @ Xh @ iv)[1, 1])
    case("horizonTrend", "numpy, sandwich with a moment estimate of the spread beyond the errors", 1e-8, dict(days=days, minutes=h50, errors=err), doublingDays=math.log(2) / r.slope, low=math.log(2) / (r.slope + tt * sh), **(dict(high=math.log(2) / (r.slope - tt * sh)) if r.slope > tt * sh else {}))

# Ratios of two clustered arms
rr = np.random.default_rng(20261201); ng = 90; gg = rr.integers(0, 12, ng); at = rr.integers(0, 2, ng)
yt = np.exp(rr.normal(4, .6, ng) + .2 * at + rr.normal(0, .3, 12)[gg]).round(3)
fit = sm.OLS(np.log(yt), np.column_stack([np.ones(ng), at])).fit(cov_type="cluster", cov_kwds=dict(groups=gg, use_correction=True), use_t=True)
se_ = fit.bse[1] / math.sqrt((ng - 1) / (ng - 2)); tq = stats.t.ppf(.975, min(len(np.unique(gg[at == a_])) for a_ in (0, 1)) - 1)
case("geometricRatio", "statsmodels OLS of logarithms cov_type=cluster, its (n−1)/(n−k) taken out", 1e-9, dict(values=yt, clusters=gg, arm=at), value=math.exp(fit.params[1]), low=math.exp(fit.params[1] - tq * se_), high=math.exp(fit.params[1] + tq * se_))
yb = (rr.random(ng) < np.where(at == 1, .5, .25)).astype(float)
fit = sm.GLM(yb, np.column_stack([np.ones(ng), at]), family=sm.families.Poisson()).fit(cov_type="cluster", cov_kwds=dict(groups=gg, use_correction=False), tol=1e-14, maxiter=200)
se_ = fit.bse[1] * math.sqrt(len(np.unique(gg)) / (len(np.unique(gg)) - 1))
case("shareRatio", "statsmodels GLM Poisson(log) cov_type=cluster, times G/(G−1)", 1e-7, dict(values=yb, clusters=gg, arm=at), value=math.exp(fit.params[1]), low=math.exp(fit.params[1] - tq * se_), high=math.exp(fit.params[1] + tq * se_))
# No event in the second arm, rows on their own: Korn–Graubard bounds (na − 1 effective rows) into the roots of Donner and Zou's quadratics
xa, na, nb = 7, 25, 30
pa = xa / na; la = stats.beta.ppf(.025, pa * (na - 1), (1 - pa) * (na - 1) + 1); ub = 1 - .025 ** (1 / nb)
case("shareRatio", "numpy roots of the MOVER quadratic, scipy beta", 1e-8, dict(values=[1.] * xa + [0.] * (na - xa) + [0.] * nb, clusters=list(range(na + nb)), arm=[0] * na + [1] * nb), value=0, low=0, high=max(np.roots([la * (2 * pa - la), 0, -ub ** 2]).real))
# Corrected shares and ratios: plain Monte Carlo of what the estimator draws evenly
def arcs(v_, l_, u_, z_):
    f_ = lambda q: np.arcsin(np.sqrt(np.clip(q, 0, 1)))
    return np.sin(np.clip(f_(v_) + z_ / stats.norm.ppf(.975) * np.where(z_ < 0, f_(v_) - f_(l_), f_(u_) - f_(v_)), 0, np.pi / 2)) ** 2
mc = np.random.default_rng(7); N_ = 2_000_000; za, zb = mc.standard_normal(N_), mc.standard_normal(N_)
sens, spec = mc.beta(80.5, 20.5, N_), mc.beta(180.5, 20.5, N_)
ra, rb, corr = (.25, .19, .32), (.4, .31, .5), .3
pa = np.clip((arcs(*rb, za) + spec - 1) / (sens + spec - 1), 0, 1)
case("correctedShare", "numpy, 2,000,000 draws", 1e-2, dict(read=rb, sensitivity=[80, 100], specificity=[180, 200]), value=(.4 - .1) / (.8 + .9 - 1), low=np.quantile(pa, .025), high=np.quantile(pa, .975))
q1, q2 = arcs(*ra, za) + spec - 1, arcs(*rb, corr * za + math.sqrt(1 - corr ** 2) * zb) + spec - 1
qq = np.where(q1 > 0, np.maximum(0, q2) / np.where(q1 > 0, q1, 1), np.inf)
case("correctedRatio", "numpy, 2,000,000 draws", 2e-2, {"from": ra, "to": rb, "specificity": [180, 200], "correlation": corr}, value=(.4 - .1) / (.25 - .1), low=np.quantile(qq, .025), high=np.quantile(qq, .975))

print(json.dumps(dict(versions=dict(numpy=np.__version__, scipy=scipy.__version__, statsmodels=statsmodels.__version__, lifelines=lifelines.__version__, krippendorff="0.9.0"), cases=cases)).replace('{"name"', '\n{"name"'))
