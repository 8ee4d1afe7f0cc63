"""Write down which of the gold's statements are found now: `python -m tests.attribution.record`.

Names and numbers alone; no text of a corpus.
"""

from __future__ import annotations

import json

from tests.attribution.scoring import POLNEAR, RECORD, measured_on_our_own, measured_on_polnear


def main() -> None:
    """Write the record; that of PolNeAR stays where the corpus isn't here."""
    record = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    record["own"] = measured_on_our_own().found
    if POLNEAR.exists():
        record["polnear"] = measured_on_polnear().found
    rows = [
        f'"{name}": {{\n' + ",\n".join(f'"{k}": {v}' for k, v in found.items()) + "\n}"
        for name, found in record.items()
    ]
    RECORD.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
