"""annotate: what stands in an article's text. The only stage with spaCy."""
