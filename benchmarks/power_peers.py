"""One game, by one of the packages that benchmarks/power.py compares with; JSON in, JSON out.

It is run by the Python that has them, and needs nothing else: no whipcount, no numpy of ours.
Given are `package`, `quota`, `weights` and `least`, the least number of members of a winning
coalition; printed are `seconds` of processor time, the package's import aside, `banzhaf`
(normalised) and `shapley`.
"""

from __future__ import annotations

import importlib
import json
import sys
import time


def main() -> None:
    """Read a game from standard input and print what the package makes of it."""
    game = json.load(sys.stdin)
    package = importlib.import_module(game["package"])
    weights, quota = game["weights"], game["quota"]
    started = time.process_time()
    if game["package"] == "powerindex":
        played = package.Game(quota, list(weights))
        played.calc_banzhaf()
        played.calc_shapley_shubik()
        banzhaf, shapley = played.banzhaf, played.shapley_shubik
    else:  # powerindices changes the list that it is given
        banzhaf = package.compute_pbi(quota, list(weights), game["least"])
        shapley = package.compute_ssi(quota, list(weights), game["least"])
    seconds = time.process_time() - started
    total = float(sum(banzhaf)) or 1.0
    found = {
        "seconds": seconds,
        "banzhaf": [float(one) / total for one in banzhaf],
        "shapley": [float(one) for one in shapley],
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
