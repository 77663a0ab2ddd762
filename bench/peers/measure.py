"""What the peers share: synthetic data, and windows of time of which the median counts."""

import resource
import statistics
import time

WARMUP_SECONDS = 4.0
WINDOW_SECONDS = 1.0
WINDOWS = 7

# name: (shape of a sample, samples, batch size)
WORKLOADS = {
    "W1": ((784,), 60_000, 100),
    "W2": ((784,), 60_000, 128),
    "W3": ((1, 28, 28), 60_000, 100),
    "W4": ((1, 28, 28), 60_000, 64),
    "W5": ((4096,), 4_096, 256),
    "W6A": ((784,), 60_000, 1),
    "W6B": ((784,), 60_000, 1000),
}


def steady(peer, workload, threads, batch_size, step):
    """Calls step() for a while; prints the median rate of several windows."""
    first = last = step()
    end = time.perf_counter() + WARMUP_SECONDS
    while time.perf_counter() < end:
        step()
    rates = []
    for _ in range(WINDOWS):
        start = time.perf_counter()
        steps = 0
        while time.perf_counter() - start < WINDOW_SECONDS:
            last = step()
            steps += 1
        rates.append(steps * batch_size / (time.perf_counter() - start))
    rate = statistics.median(rates)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{peer} {workload} {threads} samples_per_s={rate:.0f} "
        f"latency_us={1e6 * batch_size / rate:.1f} rss_mb={rss:.0f} "
        f"loss={first:.4f}->{last:.4f} mode=steady",
        flush=True,
    )
