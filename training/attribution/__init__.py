"""Makes the trained tagger's weights from PolNeAR; see docs/attribution.md."""
