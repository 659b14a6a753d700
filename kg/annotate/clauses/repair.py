"""Arcs that are known to be wrong in a known shape are set right before the rules read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.annotate.clauses.relational import title_pairs
from kg.annotate.clauses.scene import Scene
from kg.annotate.clauses.tree import Tree

Changes = dict[int, tuple[int, str]]
_STRAY = frozenset({"appos", "conj", "npadvmod", "dep", "nmod", "oprd"})
_AUXILIARY = frozenset({"aux", "auxpass", "advmod", "neg"})
_VERBAL = ("VERB", "AUX")


def repair(scene: Scene) -> Scene:
    """The scene over a repaired tree; `Tree.attach` refuses a change that would close a circle."""
    for rule in (
        _name_after_date,
        _name_and_participle,
        _noun_before_verb,
        _reported_relative,
        _title_before_name,
        _conjunct_of_one_form,
        _particle,
        _clause_after_and,
    ):
        for changes in list(rule(scene)):
            scene = replace(scene, tree=_applied(scene.tree, changes))
    return scene


def _applied(tree: Tree, changes: Changes) -> Tree:
    """Participles that become verbs by their new arc are verbs by part of speech too."""
    verbs = {i for i, (_, label) in changes.items() if label in ("ccomp", "acl") and tree.tag[i] == "VBG"}
    pos = tuple("VERB" if i in verbs else pos for i, pos in enumerate(tree.pos))
    return replace(tree.attach(changes), pos=pos)


def _name_after_date(scene: Scene) -> Iterator[Changes]:
    """ "In March [NAME] sent", "On 2 May [NAME] met": date and name read as one noun; the name is who acts."""
    tree = scene.tree
    for prep in range(len(tree) - 2):
        name, verb = tree.child(prep, "pobj"), tree.head[prep]
        if tree.dep[prep] != "prep" or name is None or not prep < name < verb or scene.inside[name] is None:
            continue
        date = min(i for i in range(prep, name + 1) if i == name or scene.same_name(i, name)) - 1
        if date > prep and _is_date(scene, date) and _lacks_subject(scene, verb):
            moved = {kid: (date, tree.dep[kid]) for kid in tree.kids[name] if prep < kid < date}
            yield {name: (verb, _subject_label(tree, verb)), date: (prep, "pobj"), **moved}


def _is_date(scene: Scene, token: int) -> bool:
    """A month, a day of the week or a year, which is no part of a name here."""
    tree = scene.tree
    named = tree.lower[token] in scene.lexicon.calendar or (tree.lower[token].isdigit() and len(tree.lower[token]) == 4)
    return named and scene.inside[token] is None


def _subject_label(tree: Tree, verb: int) -> str:
    return "nsubjpass" if tree.child(verb, "auxpass") is not None else "nsubj"


def _name_and_participle(scene: Scene) -> Iterator[Changes]:
    """ "showed [NAME] [pinning] medals" read as one noun phrase: the name does it to what follows."""
    tree = scene.tree
    for i in range(1, len(tree)):
        if tree.tag[i] != "VBG" or tree.dep[i] not in ("amod", "compound") or scene.inside[i] is not None:
            continue
        noun, name = tree.head[i], _name_head(scene, i - 1)
        if noun > i and name is not None and tree.head[name] in (noun, i):
            yield _pried_apart(scene, noun, i, name)


def _name_head(scene: Scene, i: int) -> int | None:
    """The head token of the name that ends at `i`."""
    if scene.inside[i] is None:
        return None
    while i > 0 and scene.same_name(i, scene.tree.head[i]) and scene.tree.head[i] != i:
        i = scene.tree.head[i]
    return i


def _pried_apart(scene: Scene, noun: int, participle: int, name: int) -> Changes:
    tree = scene.tree
    changes: Changes = {name: (participle, "nsubj"), noun: (participle, "dobj")}
    up, label = tree.head[noun], tree.dep[noun]
    if up == noun:
        changes[participle] = (participle, "ROOT")
    else:
        changes[participle] = (
            up,
            "ccomp" if label in ("dobj", "ccomp", "nsubj") and tree.pos[up] in _VERBAL else label,
        )
    for kid in tree.kids[noun]:
        if kid < name:
            changes[kid] = (name, tree.dep[kid])
        elif kid > noun and tree.dep[kid] == "prep":
            changes[kid] = (participle, "prep")
    return dict(sorted(changes.items(), key=lambda item: item[0] != participle))


def _noun_before_verb(scene: Scene) -> Iterator[Changes]:
    """ "In Lyon, [the minister] met": a noun right before a finite verb without subject, hung on the place before it."""
    tree = scene.tree
    for verb in range(len(tree)):
        if tree.pos[verb] not in _VERBAL or not _lacks_subject(scene, verb):
            continue
        noun = _noun_ending_before(scene, verb)
        if noun is not None:
            yield {noun: (verb, _subject_label(tree, verb))}


def _reported_relative(scene: Scene) -> Iterator[Changes]:
    """ "the man [who] police say [killed] six": the pronoun is the subject of the verb that is said."""
    tree = scene.tree
    for verb in [i for i, label in enumerate(tree.dep) if label == "relcl"]:
        pronoun, said = tree.child(verb, "nsubj"), tree.child(verb, "ccomp", "xcomp")
        if pronoun is None or said is None or tree.tag[pronoun] not in ("WP", "WDT"):
            continue
        speakers = [kid for kid in tree.children(verb, "nsubj") if pronoun < kid < verb]
        if speakers and tree.child(said, "nsubj", "nsubjpass") is None and tree.tag[said] != "VB" and said > verb:
            yield {said: (tree.head[verb], "relcl"), pronoun: (said, "nsubj"), verb: (said, "parataxis")}


def _lacks_subject(scene: Scene, verb: int) -> bool:
    tree = scene.tree
    if tree.dep[verb] == "acl" and tree.tag[verb] in ("VBN", "VBD"):
        return tree.child(verb, "dobj") is not None and tree.child(verb, "aux", "auxpass", "agent") is None
    if tree.dep[verb] not in ("ROOT", "ccomp", "parataxis", "advcl"):
        return False
    if tree.child(verb, "nsubj", "nsubjpass", "csubj", "csubjpass", "expl") is not None:
        return False
    return any(tree.tag[i] in ("VBD", "VBZ", "VBP", "MD") for i in (verb, *tree.children(verb, "aux", "auxpass")))


def _noun_ending_before(scene: Scene, verb: int) -> int | None:
    tree = scene.tree
    i = verb - 1
    while i > 0 and tree.head[i] == verb and tree.dep[i] in _AUXILIARY:
        i -= 1
    if i < 0 or tree.pos[i] not in ("NOUN", "PROPN", "PRON") or tree.sentence[i] != tree.sentence[verb]:
        return None
    noun = i
    while tree.dep[noun] in ("compound", "nmod") and tree.head[noun] != noun and scene.same_name(noun, tree.head[noun]):
        noun = tree.head[noun]
    first = scene.phrase(noun)[0]
    opened = first > 0 and tree.lower[first - 1] == ","
    return noun if opened and tree.dep[noun] in _STRAY and tree.head[noun] < noun else None


def _clause_after_and(scene: Scene) -> Iterator[Changes]:
    """ "admitted the raid and President NAME thanked": object and next subject drawn into one noun phrase."""
    tree = scene.tree
    for verb in range(len(tree)):
        up, subject = tree.head[verb], tree.child(verb, "nsubj", "nsubjpass")
        if (
            tree.dep[verb] != "ccomp"
            or subject is None
            or not up < subject < verb
            or tree.child(up, "dobj") is not None
        ):
            continue
        noun = next((kid for kid in tree.children(subject, "nmod", "compound") if tree.pos[kid] == "NOUN"), None)
        if noun is not None and tree.lower[noun + 1] == "and" and not scene.same_name(noun, subject):
            changes: Changes = {noun: (up, "dobj"), verb: (up, "conj")}
            changes |= {kid: (noun, tree.dep[kid]) for kid in tree.kids[subject] if kid < noun}
            changes |= dict.fromkeys(tree.children(noun, "conj"), (subject, "compound"))
            yield changes


def _particle(scene: Scene) -> Iterator[Changes]:
    """ "shot down the drone": a listed particle is none of the prepositions."""
    tree = scene.tree
    for prep in range(1, len(tree)):
        verb = tree.head[prep]
        if tree.dep[prep] == "prep" and f"{tree.lemma[verb]} {tree.lower[prep]}" in scene.lexicon.phrasal:
            noun = tree.child(prep, "pobj")
            if noun is not None and tree.child(verb, "dobj") is None:
                yield {prep: (verb, "prt"), noun: (verb, "dobj")}


def _conjunct_of_one_form(scene: Scene) -> Iterator[Changes]:
    """ "saw X pinning medals and meeting families": a bare -ing form or infinitive goes with one before it, not with a finite verb."""
    tree = scene.tree
    for verb in range(len(tree)):
        up = tree.head[verb]
        if tree.dep[verb] != "conj" or tree.tag[verb] not in ("VBG", "VB") or tree.tag[up] not in ("VBD", "VBZ", "VBP"):
            continue
        if tree.child(verb, "aux", "auxpass", "nsubj", "nsubjpass") is not None or tree.child(up, "aux") is not None:
            continue
        twins = [
            kid
            for kid in tree.children(up, "ccomp", "xcomp", "advcl")
            if tree.tag[kid] == tree.tag[verb] and kid < verb
        ]
        if twins:
            yield {verb: (twins[-1], "conj")}


def _title_before_name(scene: Scene) -> Iterator[Changes]:
    """ "met her counterpart NAME": where the role took the arc, the name gets it and the role hangs on the name."""
    tree = scene.tree
    for role, name in title_pairs(scene):
        if (
            tree.head[name] == role
            or tree.dep[name] in ("npadvmod", "dep")
            or (tree.dep[name] == "dobj" and tree.head[name] == tree.head[role])
        ):
            up = tree.head[role]
            if role < name and up not in (name, role):
                yield {name: (up, tree.dep[role]), role: (name, "compound")}
