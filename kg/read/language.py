"""Whether a text is English, by py3langid; names in other scripts or a short text full of names are no reason to refuse one."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

SAMPLE = 3_000  # characters looked at
SURE = 0.75  # probability another language must have; name-heavy English stays below it, see tests/read

# Words of which only English is full, and their share of the words from which on no model is asked: 1,000 news
# articles all have it, and asking costs ten times as much, and a second for the model. No other language comes near.
ENGLISH = frozenset(("the", "of", "and", "to", "that"))
PLAINLY = 0.08


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def foreign(text: str) -> str | None:
    """The reason to refuse a text that is surely in another language, or None."""
    sample = text[:SAMPLE]
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if sum(word in ENGLISH for word in words) > PLAINLY * len(words):
        return None
    language, probability = _identifier().classify(" ".join(sample.split()))
    if language == "en" or probability < SURE:
        return None
    return f"not English: looks like '{language}' ({probability:.2f})"
