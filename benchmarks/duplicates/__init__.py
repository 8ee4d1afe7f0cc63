"""How well copies of articles and reports of utterances are found, on stories of our own."""
