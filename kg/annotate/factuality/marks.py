"""What a clause says of itself, and what one scope makes of another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.model import Certainty, Polarity, Tense

CERTAINTY: tuple[Certainty, ...] = ("certain", "probable", "possible")
PROBABLE, POSSIBLE = 1, 2


@dataclass(frozen=True, slots=True)
class Marks:
    """What a clause says of itself."""

    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    tense: Tense = "past"
    features: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """`doubt` indexes certain, probable, possible; `tense` None: a form that has none of its own."""

    negative: bool = False
    doubt: int = 0
    tense: Tense | None = None
    features: tuple[str, ...] = ()

    def under(self, outer: State) -> State:
        """This state within another's scope: negations cancel, the greater doubt stands, the own tense goes first."""
        return State(
            self.negative != outer.negative,
            max(self.doubt, outer.doubt),
            self.tense or outer.tense,
            tuple(dict.fromkeys(self.features + outer.features)),
        )


PLAIN = State()


def applied(effect: str, governor: State) -> State:
    """What an effect makes of a thing under a governor in this state."""
    tense = governor.tense
    if effect == "reported":
        doubt = POSSIBLE if governor.negative else governor.doubt
        return State(doubt=doubt, features=governor.features)
    if effect == "implicative":
        return governor
    if effect == "negative":
        return replace(governor, negative=True, doubt=max(governor.doubt, POSSIBLE if governor.negative else 0))
    if effect == "negation":
        return replace(governor, negative=True, doubt=POSSIBLE)
    if effect == "unlikely":
        return State(True, max(PROBABLE, governor.doubt), tense)
    if effect == "denied":
        return State(doubt=POSSIBLE, tense=tense, features=("denied",))
    ahead: Tense | None = "future" if effect in ("future", "expected") or tense != "past" else tense
    doubt = {"possible": POSSIBLE, "probable": PROBABLE, "expected": PROBABLE}.get(effect, 0)
    if effect == "probable":
        ahead = tense
    return State(governor.negative, max(doubt, governor.doubt), ahead, governor.features)
