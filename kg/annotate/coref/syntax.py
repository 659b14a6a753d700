"""What the sentence's tree says of a pronoun and of what it may stand for: subjects, whose clause is within whose, binding."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.parsed import Token
from kg.annotate.sources import RELATIVES

SUBJECTS = frozenset(("nsubj", "nsubjpass"))
SHARED = frozenset(("conj", "xcomp", "advcl", "acl", "pcomp", "prep"))  # arcs of verbs whose subject another verb has
CLAUSES = frozenset(("ccomp", "advcl", "xcomp", "conj", "relcl", "acl", "pcomp", "parataxis", "csubj"))
OBJECTIVE = frozenset(("him", "her", "them"))
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))


def verb_of(token: Token) -> Token:
    """The verb whose argument a word is, through prepositions and co-ordinations; the word itself where there is none."""
    at = token
    while at.head.i != at.i and at.dep_ in ("prep", "pobj", "agent", "dative", "conj", "pcomp") and not _is_verb(at):
        at = at.head
    return at if at.head.i == at.i or _is_verb(at) else at.head


def _is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX")


def clause_of(token: Token) -> Token:
    """The verb of the innermost clause that holds a word."""
    return next((t for t in token.ancestors if _is_verb(t)), token.sent.root)


def subjects(verb: Token) -> Iterator[Token]:
    """The subject of a verb, its own or one that it shares; the noun that a relative clause is about."""
    at = verb
    for _ in range(5):
        own = next((child for child in at.children if child.dep_ in SUBJECTS), None)
        if own is not None and own.lower_ not in RELATIVES:
            yield own
            return
        if at.dep_ in ("relcl", "acl") or own is not None:
            yield at.head
            return
        if at.dep_ not in SHARED or at.head.i == at.i:
            return
        at = at.head
        if at.pos_ not in ("VERB", "AUX", "ADP", "ADJ"):
            yield at
            return


def place(token: Token) -> str:
    """The grammatical role of a noun phrase; a member of a co-ordination or an apposition has that of the whole."""
    at = token
    while at.dep_ in ("conj", "appos") and at.head.i != at.i:
        at = at.head
    return str(at.dep_)


def same_phrase(one: Token, other: Token) -> bool:
    """Whether two nouns are members of one co-ordination, or one is within the other's phrase."""
    first, second = whole(one), whole(other)
    return first.i == second.i


def joins(pronoun: Token, noun: Token) -> bool:
    """ "the president and his party": a possessor after "and" is what stands before it."""
    owned = pronoun.head
    return owned.dep_ == "conj" and owned.head.i == noun.i


def is_coordinated(token: Token) -> bool:
    """Whether a noun is a member of a co-ordination."""
    return token.dep_ == "conj" or any(child.dep_ == "conj" for child in token.children)


def whole(token: Token) -> Token:
    """The first member of a co-ordination, or what a word stands in apposition to."""
    at = token
    while at.dep_ in ("conj", "appos") and at.head.i != at.i:
        at = at.head
    return at


def governing(pronoun: Token) -> list[int]:
    """The subjects of the clauses that the pronoun's clause is part of, and the nouns of relative clauses around it; nearest first."""
    found: list[int] = []
    at = pronoun
    for above in pronoun.ancestors:
        if at.dep_ in ("relcl", "acl") and above.i < pronoun.i:
            found.append(whole(above).i)
        found.extend(t.i for t in above.children if t.dep_ in SUBJECTS and t.i < pronoun.i and t.i != at.i)
        at = above
    return found


def is_told(noun: Token, pronoun: Token) -> bool:
    """Whether the noun is the object of a verb that governs the pronoun's clause: "told Ann Lee that she"."""
    return noun.dep_ in ("dobj", "dative") and noun.i < pronoun.i and any(a.i == noun.head.i for a in pronoun.ancestors)


def speaks_outside(pronoun: Token) -> bool:
    """Whether no clause with a subject of its own stands above the pronoun's verb."""
    return not any(
        t.dep_ in SUBJECTS and t.i != pronoun.i for above in verb_of(pronoun).ancestors for t in above.children
    )


def bound_apart(noun: Token, pronoun: Token) -> bool:
    """Whether syntax forbids that a plain pronoun is the noun: a fellow argument of its verb, or the noun that it belongs to."""
    if pronoun.dep_ == "poss":
        return _owns(pronoun, noun)
    verb = verb_of(pronoun)
    if pronoun.dep_ in SUBJECTS and pronoun.lower_ in OBJECTIVE:  # "wants him to go"
        verb = verb.head
    elif pronoun.dep_ in SUBJECTS:
        return same_phrase(noun, pronoun)
    if pronoun.dep_ == "pobj" and pronoun.head.head.pos_ in ("NOUN", "PROPN"):
        return any(a.i in (noun.i, whole(noun).i) for a in pronoun.ancestors if a.pos_ in ("NOUN", "PROPN"))
    fellows = {whole(t).i for t in subjects(verb)} | {t.i for t in verb.children if t.i != pronoun.i}
    fellows |= {t.i for p in verb.children if p.dep_ in ("prep", "agent", "dative") for t in p.children}
    top = whole(noun)
    return top.i in fellows or noun.i in fellows or top.i == whole(pronoun).i


def _owns(pronoun: Token, noun: Token) -> bool:
    """ "his" is neither the thing owned nor what stands in apposition to it, nor a noun around it."""
    owned = pronoun.head
    if owned.dep_ == "attr" and noun.i != owned.i and noun.head.i == owned.head.i:
        return True  # "the court was their first concern"
    if noun.i == owned.i or (owned.dep_ == "appos" and noun.i == owned.head.i):
        return True
    return any(
        a.i == noun.i for a in owned.ancestors if not _is_verb(a) and a.dep_ not in SUBJECTS and owned.dep_ == "appos"
    )


def is_fronted(pronoun: Token) -> Token | None:
    """The subject of the main clause, if the pronoun stands before it in an adverbial: "In his speech, Obama …"."""
    root = pronoun.sent.root
    subject = next((t for t in root.children if t.dep_ in SUBJECTS), None)
    if subject is None or subject.i < pronoun.i or (pronoun.dep_ in SUBJECTS and pronoun.head.i == root.i):
        return None
    inside = next((a for a in pronoun.ancestors if a.head.i == root.i), pronoun)
    return subject if inside.dep_ in ("prep", "advcl") else None


def is_copula(verb: Token) -> bool:
    """ "is", "was", also "'s" before a noun or an adjective, which the model gives no lemma."""
    return verb.lemma_ == "be" or (verb.pos_ == "AUX" and any(c.dep_ in ("attr", "acomp") for c in verb.children))


def is_empty_it(token: Token, verbs: frozenset[str]) -> bool:
    """ "it was he who", "made it clear that", "it takes years to": no one is meant, or a clause is. `verbs` have such a subject."""
    verb = token.head
    deps = {child.dep_ for child in verb.children if child.i > verb.i}
    if token.dep_ in SUBJECTS and verb.pos_ == "ADJ" and verb.dep_ in ("ccomp", "xcomp", "oprd"):
        return True  # "deems it necessary"
    if token.dep_ in SUBJECTS and is_copula(verb):
        told = [c for c in verb.children if c.dep_ in ("attr", "acomp") and c.i > verb.i]
        clause = {"ccomp", "xcomp", "advcl", "csubj", "relcl", "acl"}
        return bool(deps & (clause - {"advcl"})) or any(c.dep_ in clause for t in told for c in t.children)
    if token.dep_ in SUBJECTS:
        return bool(deps & {"csubj"}) or (verb.lemma_.lower() in verbs and bool(deps))
    return token.dep_ in ("dobj", "nsubj") and bool({c.dep_ for c in verb.children} & {"ccomp", "oprd"})
