"""How rightly speakers are named: the gold, how it was made (GUIDELINES.md), and its scorer."""
