"""Makes what is trained, from public corpora; not shipped."""
