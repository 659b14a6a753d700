"""Who says so: sources, cues and contents of quotations and indirect speech."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.data import Folder
from kg.model import Attribution, Mention


class AttributionFinder:
    """Finds attributions with the cues of `wordings/cues.yaml`."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def __call__(self, doc: Doc, mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
        return ()
