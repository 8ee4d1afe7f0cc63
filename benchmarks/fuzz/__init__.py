"""The readers, fuzzed: what any bytes make of them. `python -m benchmarks.fuzz READER`."""
