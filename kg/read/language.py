"""Whether a text is English, by py3langid; names in other scripts or a short text full of names are no reason to refuse one."""

from __future__ import annotations

from functools import cache
from typing import Any

SAMPLE = 3_000  # characters looked at
SURE = 0.75  # probability another language must have; name-heavy English stays below it, see tests/read


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def foreign(text: str) -> str | None:
    """The reason to refuse a text that is surely in another language, or None."""
    language, probability = _identifier().classify(" ".join(text[:SAMPLE].split()))
    if language == "en" or probability < SURE:
        return None
    return f"not English: looks like '{language}' ({probability:.2f})"
