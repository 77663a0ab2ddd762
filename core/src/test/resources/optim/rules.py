#!/usr/bin/env python3
"""Makes rules.json: where optimizers are after 6 steps, in plain Python floats.

Each rule is written down a second time, one number at a time, from its paper or from the
algorithm box in PyTorch's documentation, independently of the Java code that is tested with it.
Run:  python3 rules.py > rules.json
"""
import json
import math

START = [1.5, -2.0, 0.3]
STEPS = 6


def gradient(theta, t):
    """Of a bent bowl that moves a little, so that no two steps are alike."""
    return [2 * (x - 0.1 * t) + 0.3 * math.sin(3 * x) * (i + 1) for i, x in enumerate(theta)]


def run(rule):
    theta = list(START)
    state = [dict() for _ in theta]
    for t in range(1, STEPS + 1):
        g = gradient(theta, t)
        theta = [rule(theta[i], g[i], state[i], t) for i in range(len(theta))]
    return theta


def adagrad(x, g, s, t, lr=0.1, eps=1e-10):
    s["sum"] = s.get("sum", 0.0) + g * g
    return x - lr * g / (math.sqrt(s["sum"]) + eps)


def adadelta(x, g, s, t, lr=1.0, rho=0.9, eps=1e-6):
    v = rho * s.get("v", 0.0) + (1 - rho) * g * g
    dx = math.sqrt(s.get("u", 0.0) + eps) / math.sqrt(v + eps) * g
    s["v"], s["u"] = v, rho * s.get("u", 0.0) + (1 - rho) * dx * dx
    return x - lr * dx


def rmsprop(x, g, s, t, lr=0.01, alpha=0.99, eps=1e-8, momentum=0.0, centered=False):
    v = s["v"] = alpha * s.get("v", 0.0) + (1 - alpha) * g * g
    if centered:
        a = s["a"] = alpha * s.get("a", 0.0) + (1 - alpha) * g
        v = v - a * a
    b = s["b"] = momentum * s.get("b", 0.0) + g / (math.sqrt(v) + eps)
    return x - lr * b


def adam(x, g, s, t, lr=0.1, b1=0.9, b2=0.999, eps=1e-8, l2=0.0, decay=0.0, amsgrad=False):
    x = x * (1 - lr * decay)
    g = g + l2 * x
    m = s["m"] = b1 * s.get("m", 0.0) + (1 - b1) * g
    v = s["v"] = b2 * s.get("v", 0.0) + (1 - b2) * g * g
    if amsgrad:
        v = s["max"] = max(s.get("max", 0.0), v)
    return x - lr * (m / (1 - b1**t)) / (math.sqrt(v / (1 - b2**t)) + eps)


def adamax(x, g, s, t, lr=0.1, b1=0.9, b2=0.999, eps=1e-8):
    m = s["m"] = b1 * s.get("m", 0.0) + (1 - b1) * g
    u = s["u"] = max(b2 * s.get("u", 0.0), abs(g) + eps)
    return x - lr * m / ((1 - b1**t) * u)


def nadam(x, g, s, t, lr=0.1, b1=0.9, b2=0.999, eps=1e-8, psi=0.004):
    now = b1 * (1 - 0.5 * 0.96 ** (t * psi))
    after = b1 * (1 - 0.5 * 0.96 ** ((t + 1) * psi))
    product = s["p"] = s.get("p", 1.0) * now
    m = s["m"] = b1 * s.get("m", 0.0) + (1 - b1) * g
    v = s["v"] = b2 * s.get("v", 0.0) + (1 - b2) * g * g
    m_hat = after * m / (1 - product * after) + (1 - now) * g / (1 - product)
    return x - lr * m_hat / (math.sqrt(v / (1 - b2**t)) + eps)


def radam(x, g, s, t, lr=0.1, b1=0.9, b2=0.9, eps=1e-8):
    m = s["m"] = b1 * s.get("m", 0.0) + (1 - b1) * g
    v = s["v"] = b2 * s.get("v", 0.0) + (1 - b2) * g * g
    m_hat = m / (1 - b1**t)
    rho_inf = 2 / (1 - b2) - 1
    rho = rho_inf - 2 * t * b2**t / (1 - b2**t)
    if rho > 5:
        length = math.sqrt(1 - b2**t) / (math.sqrt(v) + eps)
        r = math.sqrt(
            (rho - 4) * (rho - 2) * rho_inf / ((rho_inf - 4) * (rho_inf - 2) * rho)
        )
        return x - lr * m_hat * r * length
    return x - lr * m_hat


def lion(x, g, s, t, lr=0.01, b1=0.9, b2=0.99, decay=0.1):
    m = s.get("m", 0.0)
    c = b1 * m + (1 - b1) * g
    s["m"] = b2 * m + (1 - b2) * g
    return x - lr * ((c > 0) - (c < 0) + decay * x)


def momentum(x, g, s, t, lr=0.1, mu=0.9, nesterov=False):
    """PyTorch's form; the rate is constant, so that Keras's and the book's is the same."""
    b = s["b"] = mu * s["b"] + g if "b" in s else g
    return x - lr * (g + mu * b if nesterov else b)


def lamb(lr=0.1, b1=0.9, b2=0.999, eps=1e-6, decay=0.1):
    """Not number by number: the trust ratio is of the whole parameter."""
    theta, m, v = list(START), [0.0] * 3, [0.0] * 3
    for t in range(1, STEPS + 1):
        g = gradient(theta, t)
        m = [b1 * a + (1 - b1) * b for a, b in zip(m, g)]
        v = [b2 * a + (1 - b2) * b * b for a, b in zip(v, g)]
        u = [
            a / (1 - b1**t) / (math.sqrt(b / (1 - b2**t)) + eps) + decay * x
            for a, b, x in zip(m, v, theta)
        ]
        norm = lambda values: math.sqrt(sum(value * value for value in values))
        theta = [x - lr * norm(theta) / norm(u) * d for x, d in zip(theta, u)]
    return theta


def lbfgs(lr=0.3, memory=3):
    """torch.optim.LBFGS(max_iter=1) without a line search, with a full matrix H."""
    theta = list(START)
    pairs, g_before, step = [], None, None
    dot = lambda a, b: sum(p * q for p, q in zip(a, b))
    for t in range(1, STEPS + 1):
        g = gradient(theta, t)
        if g_before is not None:
            y = [p - q for p, q in zip(g, g_before)]
            if dot(step, y) > 1e-10:
                pairs = (pairs + [(step, y)])[-memory:]
        scale = dot(*pairs[-1]) / dot(pairs[-1][1], pairs[-1][1]) if pairs else 1.0
        h = [[scale * (i == j) for j in range(3)] for i in range(3)]
        for s, y in pairs:  # the BFGS formula for the inverse
            rho = 1 / dot(s, y)
            left = [[(i == j) - rho * s[i] * y[j] for j in range(3)] for i in range(3)]
            h = [
                [
                    sum(left[i][a] * h[a][b] * left[j][b] for a in range(3) for b in range(3))
                    + rho * s[i] * s[j]
                    for j in range(3)
                ]
                for i in range(3)
            ]
        length = lr * min(1.0, 1 / sum(map(abs, g))) if t == 1 else lr
        step = [-length * dot(row, g) for row in h]
        theta, g_before = [x + d for x, d in zip(theta, step)], g
    return theta


print(
    json.dumps(
        {
            "momentum": run(momentum),
            "nesterov": run(lambda x, g, s, t: momentum(x, g, s, t, nesterov=True)),
            "adagrad": run(adagrad),
            "adadelta": run(adadelta),
            "rmsprop": run(rmsprop),
            "rmsprop centered with momentum": run(
                lambda x, g, s, t: rmsprop(x, g, s, t, momentum=0.9, centered=True)
            ),
            "adam": run(adam),
            "adam with coupled decay": run(lambda x, g, s, t: adam(x, g, s, t, l2=0.2)),
            "adam with decoupled decay": run(lambda x, g, s, t: adam(x, g, s, t, decay=0.2)),
            "amsgrad": run(lambda x, g, s, t: adam(x, g, s, t, b2=0.5, amsgrad=True)),
            "adamax": run(adamax),
            "nadam": run(nadam),
            "radam": run(radam),
            "lion": run(lion),
            "lamb": lamb(),
            "lbfgs": lbfgs(),
        },
        indent=1,
    )
)
