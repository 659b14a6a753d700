"""Pronouns: by agreement, syntax and salience, or left alone. A wrong antecedent costs more than none."""

from __future__ import annotations

from kg.annotate.coref.chains import Chains, family

BACK = 2  # sentences
FIRST_PERSON = frozenset(("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"))
SECOND_PERSON = frozenset(("you", "your", "yours", "yourself"))
POSSESSIVE = frozenset(("his", "her", "its", "their", "my", "our"))
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
LEAST = 1.5  # score below which no antecedent is taken
CLEAR = 0.75  # lead of the best over the second best


def resolve_pronouns(chains: Chains) -> None:
    """In text order, so that an earlier pronoun carries its antecedent on."""
    for m, mention in enumerate(chains.mentions):
        if mention.kind != "pronoun":
            continue
        word = chains.head(m).lower_
        if word in FIRST_PERSON:
            speaker = _speaker(chains, m)
            if speaker is not None:
                chains.join(speaker, m, "speaker", 0.9, sure=True)
        elif word not in SECOND_PERSON:
            _third_person(chains, m, word)


def _speaker(chains: Chains, m: int) -> int | None:
    """Whose quoted words hold the pronoun: the last link of the chain that can say I or we."""
    mention, found = chains.mentions[m], None
    for attribution in chains.attributions:
        if not any(quote.covers(mention.span) for quote in attribution.quotes) or len(attribution.source_mentions) != 1:
            continue
        source = attribution.source_mentions[0]
        if source is not None and (mention.number == "plural" or family(chains.type(source)) == "person"):
            found = source
    return found


def _third_person(chains: Chains, m: int, word: str) -> None:
    scored = sorted(((_score(chains, n, m, word), -n, n) for n in _candidates(chains, m, word)), reverse=True)
    best_of: dict[int, float] = {}
    for score, _, n in scored:
        best_of.setdefault(chains.root(n), score)
    ranked = sorted(best_of.values(), reverse=True)
    if not ranked or ranked[0] < LEAST or (len(ranked) > 1 and ranked[0] - ranked[1] < CLEAR):
        return
    chains.join(scored[0][2], m, "pronoun", round(min(0.9, 0.5 + ranked[0] / 12), 3), sure=True)


def _candidates(chains: Chains, m: int, word: str) -> list[int]:
    """Mentions before the pronoun, near enough, that agree with it and that syntax allows."""
    found = []
    for n in range(m - 1, -1, -1):
        if chains.sentences[m] - chains.sentences[n] > BACK:
            break
        if chains.mentions[n].span.covers(chains.mentions[m].span) or chains.root(n) == chains.root(m):
            continue
        if _agrees(chains, n, m, word) and _allowed(chains, n, m, word):
            found.append(n)
    return found


def _agrees(chains: Chains, n: int, m: int, word: str) -> bool:
    mention, kind = chains.mentions[n], chains.type(n)
    if mention.kind == "pronoun" and len(chains.chain(n)) == 1:
        return False
    if _is_adjective(chains, n):
        return False
    if word in ("he", "him", "his", "himself", "she", "her", "hers", "herself"):
        sex = "male" if word.startswith("h") and word not in ("her", "hers", "herself") else "female"
        return kind == "Person" and mention.number != "plural" and chains.sex(n) in (None, sex)
    if word in ("it", "its", "itself"):
        return family(kind) not in ("person", "group", "place") and mention.number != "plural"
    plural = mention.number == "plural" or kind == "Group"
    return plural and family(kind) in ("group", "organization", "person", "country", "thing")


def _is_adjective(chains: Chains, n: int) -> bool:
    """A demonym before a noun is no antecedent: "the Polish minister … it"."""
    return (
        chains.kind(n) == "name"
        and bool(chains.gazetteer.adjective(chains.text(n)))
        and chains.head(n).dep_ in ("amod", "compound", "nmod")
    )


def _allowed(chains: Chains, n: int, m: int, word: str) -> bool:
    """Binding: a plain pronoun is not another argument of its own verb; "his" is not the thing it owns."""
    head, other = chains.head(m), chains.head(n)
    if word in REFLEXIVE:
        return other.dep_ in ("nsubj", "nsubjpass") and chains.sentences[n] == chains.sentences[m]
    if word in POSSESSIVE and head.dep_ == "poss":
        return head.head.i != other.i
    return not (other.head.i == _verb(head) and other.i != head.i)


def _verb(head: object) -> int:
    """The verb whose argument a pronoun is, through a preposition."""
    token = head.head  # type: ignore[attr-defined]
    while token.dep_ in ("prep", "agent", "dative") and token.head.i != token.i:
        token = token.head
    return int(token.i)


def _score(chains: Chains, n: int, m: int, word: str) -> float:
    """Salience: subjects, names, nearness, how often the thing was spoken of; parallel position."""
    head, back = chains.head(n), chains.sentences[m] - chains.sentences[n]
    score = 3.0 - 1.25 * back
    score += 1.25 if head.dep_ in ("nsubj", "nsubjpass") else 0.0
    score += 0.5 if head.dep_ in ("nsubj", "nsubjpass") and chains.head(m).dep_ in ("nsubj", "nsubjpass") else 0.0
    score += 0.4 if chains.is_named(n) else 0.0
    score += min(0.6, 0.15 * sum(1 for one in chains.chain(n) if one < m))
    score -= 0.75 if head.dep_ in ("pobj", "poss", "compound") else 0.0
    return score + (0.5 if chains.sex(n) and word not in ("it", "its", "they", "their", "them") else 0.0)
