"""The trained tagger: a small encoder that reads words, and what makes statements of it."""
