"""Who is meant where a verb has no subject of its own: co-ordination, control, participles, relatives, infinitives after nouns."""

from __future__ import annotations

from kg.annotate.clauses.draft import Shared
from kg.annotate.clauses.scene import Scene

RELATIVE_TAGS = frozenset({"WP", "WDT", "WP$"})
_DEPTH = 12


def is_relative_pronoun(scene: Scene, token: int) -> bool:
    """ "who", "which", "that" that stand for a noun before them (not "who came is unknown")."""
    tree = scene.tree
    word = tree.lower[token]
    if tree.tag[token] not in RELATIVE_TAGS and word != "that":
        return False
    return relative_root(scene, token) is not None


def relative_root(scene: Scene, token: int) -> int | None:
    """The verb of the relative clause around a token, if it stands in one before another clause begins."""
    tree = scene.tree
    for up in (token, *tree.ancestors(token)):
        if tree.dep[up] == "relcl":
            return up
        if tree.dep[up] in ("ccomp", "advcl", "ROOT", "parataxis"):
            return None
    return None


def antecedent(scene: Scene, pronoun: int) -> int | None:
    """The noun a relative pronoun stands for: the arc's, unless type, number or distance speak against it."""
    tree = scene.tree
    verb = relative_root(scene, pronoun)
    if verb is None or tree.head[verb] == verb:
        return None
    arc = tree.head[verb]
    if arc >= pronoun:
        return None
    candidates = [*_nouns_around(scene, arc), arc, *_nouns_between(scene, arc, pronoun)]
    fitting = [noun for noun in candidates if _fits(scene, noun, pronoun, verb)]
    return arc if not fitting or arc in fitting else fitting[-1]


def _nouns_around(scene: Scene, arc: int) -> list[int]:
    """The nouns whose prepositional phrase the arc's noun stands in, outermost first: "pilots of Qantas who"."""
    tree = scene.tree
    found: list[int] = []
    while tree.dep[arc] == "pobj" and tree.dep[tree.head[arc]] == "prep":
        arc = tree.head[tree.head[arc]]
        if tree.pos[arc] not in ("NOUN", "PROPN"):
            break
        found.insert(0, arc)
    return found


def _nouns_between(scene: Scene, left: int, right: int) -> list[int]:
    tree = scene.tree
    return [i for i in tree.between(left, right) if tree.pos[i] in ("NOUN", "PROPN") and tree.dep[i] != "compound"]


def _fits(scene: Scene, noun: int, pronoun: int, verb: int) -> bool:
    kind, word = scene.type(noun), scene.tree.lower[pronoun]
    if word in ("who", "whom", "whose") and kind and kind not in scene.lexicon.people:
        return word == "whose"
    if word == "which" and kind == "Person":
        return False
    return _agrees(scene, noun, verb)


def _agrees(scene: Scene, noun: int, verb: int) -> bool:
    tree = scene.tree
    mention = scene.mention(noun)
    plural = mention.number == "plural" if mention and mention.number else tree.tag[noun] in ("NNS", "NNPS")
    plural = plural or tree.child(noun, "conj") is not None
    finite = [i for i in (verb, *tree.children(verb, "aux", "auxpass")) if tree.tag[i] in ("VBZ", "VBP")]
    finite += [i for i in tree.children(verb, "aux", "auxpass") if tree.lower[i] in ("was", "were")]
    if not finite:
        return True
    singular_form = tree.tag[finite[0]] == "VBZ" or tree.lower[finite[0]] == "was"
    return singular_form != plural


def subjects(scene: Scene, verb: int) -> tuple[Shared, ...]:
    """The surface subjects of a verb (the sufferer of a passive), members of a coordination each."""
    return _subjects(scene, verb, _DEPTH)


def own_subject(scene: Scene, verb: int) -> int | None:
    """Of two subjects before the verb the nearer one: the first is mostly a stray noun of time or a heading."""
    tree = scene.tree
    found = [kid for kid in tree.children(verb, "nsubj", "nsubjpass") if tree.lower[kid] != "there"]
    before = [kid for kid in found if kid < verb]
    return before[-1] if before else next(iter(found), None)


def _subjects(scene: Scene, verb: int, depth: int) -> tuple[Shared, ...]:
    own = own_subject(scene, verb)
    if own is not None:
        return _own(scene, own)
    if depth == 0 or scene.tree.child(verb, "csubj", "csubjpass", "expl") is not None:
        return ()
    return tuple(_marked(share, how) for share, how in _borrowed(scene, verb, depth - 1))


def _marked(share: Shared, how: str) -> Shared:
    return Shared(share.token, how, True)


def _own(scene: Scene, own: int) -> tuple[Shared, ...]:
    if is_relative_pronoun(scene, own):
        noun = antecedent(scene, own)
        if noun is None:
            return ()
        return (Shared(scene.content(noun), "relative", True),)
    tokens = (*_torn_off(scene, own), *scene.members(own))
    return tuple(Shared(token, "coordinated-subject" if len(tokens) > 1 else None) for token in tokens)


def _torn_off(scene: Scene, own: int) -> tuple[int, ...]:
    """ "X and Y met" where the parser made two subjects of X and Y."""
    tree = scene.tree
    others = [kid for kid in tree.children(tree.head[own], "nsubj", "nsubjpass") if kid < own]
    return tuple(
        member for kid in others if "and" in tree.lower[kid + 1 : own] for member in scene.members(kid) if member != own
    )


def _borrowed(scene: Scene, verb: int, depth: int) -> list[tuple[Shared, str]]:
    tree = scene.tree
    up, label = tree.head[verb], tree.dep[verb]
    if up == verb:
        return []
    if tree.pos[up] in ("ADJ", "ADV") and label in ("xcomp", "ccomp", "advcl"):
        found = _subjects(scene, tree.head[up], depth) if _bare(scene, verb) else ()
        return [(share, "control") for share in found if tree.lower[share.token] != "it"]
    if label == "conj":
        return [(share, "coordination") for share in _subjects(scene, up, depth)]
    if label in ("xcomp", "ccomp"):
        return _controlled(scene, verb, up, depth)
    if label == "advcl":
        return _adverbial(scene, verb, up, depth)
    if label == "dobj" and tree.tag[verb] == "VBG":
        return [(share, "control") for share in _subjects(scene, up, depth)]
    if label in ("acl", "relcl"):
        return _of_noun(scene, verb, up, depth)
    if label == "pcomp":
        return _gerund(scene, up, depth)
    return []


def _adverbial(scene: Scene, verb: int, up: int, depth: int) -> list[tuple[Shared, str]]:
    """ "sent troops to V": the troops; other participles and infinitives: the subject of the main verb."""
    tree = scene.tree
    if not _bare(scene, verb):
        return []
    sent = tree.child(up, "dobj", "nsubjpass")
    if tree.tag[verb] == "VB" and sent is not None and sent < verb and tree.lemma[up] in scene.lexicon.sending:
        able = [token for token in scene.members(sent) if scene.type(token) in scene.lexicon.actors]
        if able:
            return [(Shared(token), "purpose-control") for token in able]
    if (
        tree.lemma[verb] in scene.lexicon.resultative
        and verb > up
        and tree.child(up, "nsubjpass", "auxpass") is not None
    ):
        agents = [noun for prep in tree.children(up, "agent") for noun in tree.children(prep, "pobj")]
        return [(Shared(token), "participle") for noun in agents for token in scene.members(noun)]
    return [(share, "participle") for share in _subjects(scene, up, depth)]


def _bare(scene: Scene, verb: int) -> bool:
    """A participle or infinitive: a finite adverbial clause without subject is a broken parse."""
    tree = scene.tree
    forms = (verb, *tree.children(verb, "aux", "auxpass"))
    return not any(tree.tag[i] in ("VBZ", "VBP", "VBD", "MD") for i in forms) or tree.tag[verb] in ("VBN", "VBD")


def _controlled(scene: Scene, verb: int, up: int, depth: int) -> list[tuple[Shared, str]]:
    """ "urged X to V": X; "promised X to V": who promised; "wants to V": who wants."""
    tree = scene.tree
    if not _bare(scene, verb):
        return []
    patient = tree.child(up, "dobj", "dative")
    if patient is not None and tree.dep[patient] == "dative" and tree.pos[patient] == "ADP":
        patient = tree.child(patient, "pobj")
    if patient is not None and patient < verb and tree.lemma[up] not in scene.lexicon.subject_control:
        return [(Shared(token), "control") for token in scene.members(patient)]
    called = _prepositional_controller(scene, verb, up)
    if called is not None:
        return [(Shared(token), "control") for token in scene.members(called)]
    return [(share, "control") for share in _subjects(scene, up, depth)]


def _prepositional_controller(scene: Scene, verb: int, up: int) -> int | None:
    """ "called on X to V", "appealed to X to V", "waited for X to V"."""
    tree = scene.tree
    for prep in tree.children(up, "prep"):
        if prep < verb and f"{tree.lemma[up]} {tree.lower[prep]}" in scene.lexicon.prepositional_control:
            return tree.child(prep, "pobj")
    return None


def _of_noun(scene: Scene, verb: int, noun: int, depth: int) -> list[tuple[Shared, str]]:
    tree = scene.tree
    if tree.dep[verb] == "relcl" and tree.tag[verb] not in ("VBG", "VBN", "VB"):
        return []
    if tree.tag[verb] == "VB":
        return _infinitive(scene, verb, noun, depth)
    return [(Shared(scene.content(noun)), "reduced")]


def _infinitive(scene: Scene, verb: int, noun: int, depth: int) -> list[tuple[Shared, str]]:
    """ "Lula's plan to V": Lula; "the first leader to V": the leader; "soldiers to V": they."""
    if scene.tree.lemma[noun] in scene.lexicon.infinitive_nouns:
        return [(share, "infinitive-noun") for share in holders(scene, noun, depth)]
    if scene.type(noun) in scene.lexicon.actors:
        return [(Shared(scene.content(noun)), "infinitive-relative")]
    return [(share, "infinitive-noun") for share in holders(scene, noun, depth)]


def holders(scene: Scene, noun: int, depth: int = _DEPTH) -> list[Shared]:
    """Whose plan, decision, role it is: the possessor, else the subject of the verb that the noun completes."""
    tree = scene.tree
    possessor = tree.child(noun, "poss")
    if possessor is not None:
        return [Shared(token) for token in scene.members(possessor)]
    by = next((kid for kid in tree.children(noun, "prep") if tree.lower[kid] == "by"), None)
    agent = None if by is None else tree.child(by, "pobj")
    if agent is not None:
        return [Shared(token) for token in scene.members(agent)]
    governor = tree.head[noun]
    if tree.dep[noun] == "pobj" and tree.lower[governor] in ("in", "with", "under", "as"):
        governor = tree.head[governor]
    if depth and tree.dep[noun] in ("dobj", "attr", "pobj") and tree.pos[governor] in ("VERB", "AUX"):
        return list(_subjects(scene, governor, depth - 1))
    return []


def _bearers(scene: Scene, patient: int) -> list[int]:
    """Who is meant by a praised or blamed thing: "the courage of the crew" is the crew's."""
    tree = scene.tree
    people = [token for token in scene.members(patient) if scene.type(token) in scene.lexicon.actors]
    if people:
        return people
    of = next((kid for kid in tree.children(patient, "prep") if tree.lower[kid] == "of"), None)
    owner = tree.child(patient, "poss") if of is None else tree.child(of, "pobj")
    return list(scene.members(patient if owner is None else owner))


def _gerund(scene: Scene, prep: int, depth: int) -> list[tuple[Shared, str]]:
    """ "accused X of V-ing": X; "after V-ing, Y did": Y; "X's role in V-ing": X."""
    tree = scene.tree
    up = tree.head[prep]
    if up == prep:
        return []
    if tree.dep[prep] in ("prep", "pcomp") and tree.pos[up] == "ADP":
        return _gerund(scene, up, depth - 1) if depth > 0 else []
    if tree.dep[up] == "dobj" and tree.lemma[tree.head[up]] in scene.lexicon.object_gerund:
        return [(Shared(token), "gerund") for token in _bearers(scene, up)]
    if tree.pos[up] in ("NOUN", "PROPN"):
        return [(share, "gerund") for share in holders(scene, up, depth)]
    patient = tree.child(up, "dobj")
    if patient is not None and patient < prep and tree.lemma[up] in scene.lexicon.object_gerund:
        return [(Shared(token), "gerund") for token in _bearers(scene, patient)]
    return [(share, "gerund") for share in _subjects(scene, up, depth)]
