"""Groups of people: whose they are and what narrows them."""

from __future__ import annotations

from kg.annotate.coref.chains import NEAR, Chains
from kg.annotate.coref.roles import posts_held
from kg.annotate.parsed import Token


def groups(chains: Chains) -> None:
    """Groups of one class, affiliation and restrictions are one; a definite one without affiliation is the nearest before it."""
    first: dict[tuple[str, str, tuple[str, ...], tuple[str, ...]], int] = {}
    recent: dict[tuple[str, tuple[str, ...]], int] = {}
    for m, mention in enumerate(chains.mentions):
        if mention.kind == "pronoun" or chains.type(m) not in ("Group", "ArmedForce") or chains.is_named(m):
            continue
        head, restrictions = group_head(chains, m), group_restrictions(chains, m)
        body, further = affiliation(chains, m), narrowing(chains, m)
        if body is not None:
            identity = (head, chains.key(body) or f"#{chains.root(body)}", restrictions, further)
            if identity in first:
                chains.join(first[identity], m, "group", 0.9, sure=True)
            first.setdefault(identity, m)
            recent[head, restrictions] = m
            continue
        antecedent = recent.get((head, restrictions))
        if (
            antecedent is None
            or not chains.is_definite(m)
            or possessor(chains, m) is not None
            or is_told_apart(chains, m)
            or any(chains.kind(n) == "name" for n in chains.behind(m))
            or chains.core(m)[0].lower_ == "people"
            or not set(further) <= set(narrowing(chains, antecedent))
        ):
            continue
        owners = {owner for word, owner, *_ in first if word == head}  # "the troops" of two armies
        if chains.sentences[m] - chains.sentences[antecedent] <= (NEAR if len(owners) < 2 else 1):
            chains.join(antecedent, m, "head", 0.8, sure=True)


def narrowing(chains: Chains, m: int) -> tuple[str, ...]:
    """Further words that single a group out, of which the lexicon knows no restriction: "young voters", "workers who fled".

    A state's soldiers are one group whatever else is said of them.
    """
    head = chains.head(m)
    if group_head(chains, m) in chains.lexicon.lasting_groups:
        return ()
    names = {t.i for n in chains.inside(m) for t in chains.words(n)}
    words = (t for t in head.children if t.i not in names and not group_restriction(chains, t))
    told = {_narrows(chains, t, m) for t in words}
    if is_counted(chains, m):
        told.add(f"#{m}")
    return tuple(sorted(word for word in told if word))


def is_counted(chains: Chains, m: int) -> bool:
    """ "many Danes", "two million Danes", "half of all Danes": some of them."""
    head, counts = chains.head(m), chains.lexicon.counts
    words = (t for t in head.children if t.lower_ not in ("the", "all"))
    counted = any(t.dep_ in ("nummod", "det") or t.lower_ in counts for t in words)
    part = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "of" else None
    return counted or (part is not None and (part.pos_ == "NUM" or part.text == "%" or part.lemma_.lower() in counts))


def _narrows(chains: Chains, word: Token, m: int) -> str | None:
    if word.dep_ == "amod" and word.i < word.head.i and word.tag_ != "CD":
        return word.lower_ if word.lower_ not in chains.lexicon.counts else None
    return f"#{m}" if _says_which(word) else None


def _says_which(word: Token) -> bool:
    """ "the troops sent to Mali", "Danes with children": a clause or a preposition right behind the noun."""
    behind = word.left_edge.i == word.head.i + 1
    return behind and (word.dep_ in ("acl", "relcl") or (word.dep_ == "prep" and word.lower_ != "of"))


def group_restriction(chains: Chains, token: Token) -> str | None:
    """What a word narrows a group to, where the lexicon has it."""
    known = chains.lexicon.restrictions
    return known.get(token.lower_) or known.get(token.lemma_.lower())


def possessed_groups(chains: Chains) -> None:
    """ "his troops": those of the country whose leader he is, or of the body that the pronoun stands for."""
    top = chains.lexicon.top_roles
    led = {chains.root(one.person): one.country for one in posts_held(chains) if one.role in top and one.country}
    for m, mention in enumerate(chains.mentions):
        if mention.kind != "nominal" or chains.type(m) not in ("Group", "ArmedForce"):
            continue
        owner = possessor(chains, m)
        if owner is None or affiliation(chains, m) is not None:
            continue
        country = chains.key(owner) or led.get(chains.root(owner))
        named = next((n for n in range(len(chains.mentions)) if country and chains.key(n) == country), None)
        if named is not None:
            chains.bodies[m] = named
        twin = _group_of(chains, country, group_head(chains, m), group_restrictions(chains, m), m) if country else None
        if twin is not None:
            chains.join(twin, m, "possessor", 0.75, sure=True)


def sent_groups(chains: Chains) -> None:
    """ "Norway deployed 800 soldiers": a state's forces, where nothing says whose else they are."""
    for clause in chains.clauses:
        if clause.kind != "verb" or clause.predicate.split()[0] not in chains.lexicon.own_forces:
            continue
        senders = [a.mention for a in clause.arguments if a.role == "subject" and a.mention is not None]
        for sent in (a.mention for a in clause.arguments if a.role == "object" and a.mention is not None):
            if (
                len(senders) == 1
                and _is_bare_force(chains, sent)
                and (chains.key(senders[0]) or "").startswith("country/")
            ):
                _belongs(chains, sent, senders[0])


def _is_bare_force(chains: Chains, m: int) -> bool:
    bare = chains.kind(m) == "nominal" and affiliation(chains, m) is None and possessor(chains, m) is None
    return bare and chains.type(m) == "Group" and group_head(chains, m) == "soldier"


def _belongs(chains: Chains, m: int, body: int) -> None:
    """The group is of the body, and one with the group of that body, class and restrictions that is spoken of elsewhere."""
    chains.bodies[m] = body
    twin = _group_of(chains, chains.key(body) or "", group_head(chains, m), group_restrictions(chains, m), m)
    if twin is not None:
        chains.join(twin, m, "sender", 0.7, sure=True)


def _group_of(chains: Chains, country: str, head: str, restrictions: tuple[str, ...], m: int) -> int | None:
    for n, mention in enumerate(chains.mentions):
        if n == m or mention.kind != "nominal" or chains.type(n) not in ("Group", "ArmedForce"):
            continue
        body = affiliation(chains, n)
        body = chains.bodies.get(n) if body is None else body
        same = body is not None and chains.key(body) == country
        alike = group_head(chains, n) == head and group_restrictions(chains, n) == restrictions
        if same and alike and narrowing(chains, n) == narrowing(chains, m):
            return n
    return None


def group_head(chains: Chains, m: int) -> str:
    """The class of the head word: soldiers and troops are one."""
    word = chains.head(m)
    head = chains.lexicon.heads.get(word.lemma_.lower()) or chains.lexicon.heads.get(word.lower_)
    return (head.group if head and head.group else None) or word.lemma_.lower()


def group_restrictions(chains: Chains, m: int) -> tuple[str, ...]:
    """What narrows the group: adjectives and participles beside the head, or the verb of its relative clause."""
    head = chains.head(m)
    words = [t for t in head.children if t.dep_ in ("amod", "acl") or (t.dep_ == "relcl" and _is_theirs(t))]
    told = {group_restriction(chains, t) for t in words}
    told |= {t.lower_ for t in head.children if _is_kind(chains, t, head)}
    return tuple(sorted(word for word in told if word))


def _is_kind(chains: Chains, token: Token, head: Token) -> bool:
    """ "finance ministers", "border guards": a common noun right before the head says which ones, unless the lexicon has both as one."""
    if token.dep_ != "compound" or token.i >= head.i or not token.text.islower() or token.pos_ != "NOUN":
        return False
    together = f"{token.lower_} {head.lemma_.lower()}"
    return together not in chains.lexicon.heads and token.lower_ not in chains.lexicon.no_kind


def _is_theirs(verb: Token) -> bool:
    """Whether it is the group that the relative clause is about: "who died", not "of whom 600 died"."""
    subject = next((t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and subject.tag_ in ("WP", "WDT")


def affiliation(chains: Chains, m: int) -> int | None:
    """The country or body that a group, government or agency is of: a demonym or a possessor before its head; none of several."""
    names = (n for n in chains.inside(m) if chains.kind(n) == "name" and chains.head(n).i < chains.head(m).i)
    places = {chains.root(n): n for n in names if chains.type(n) in ("Country", "Region")}
    if places:
        return next(iter(places.values())) if len(places) == 1 else None
    for n in chains.inside(m):
        if chains.kind(n) == "name" and chains.head(n).dep_ in ("poss", "compound"):
            return n
    return None


def possessor(chains: Chains, m: int) -> int | None:
    """The mention of a possessive pronoun before the head."""
    return next((n for n in chains.inside(m) if chains.kind(n) == "pronoun"), None)


def is_told_apart(chains: Chains, m: int) -> bool:
    """ "the school she went to", "whose owners": what stands behind or before the noun says which one is meant, so that it need not be
    the one spoken of before.
    """
    return any(_says_which(word) or word.lower_ == "whose" for word in chains.head(m).children)
