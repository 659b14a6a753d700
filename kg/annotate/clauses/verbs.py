"""Clauses of verbs: voice undone, arguments by grammatical role, particles, complements."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.clauses.draft import Arg, Draft, Shared
from kg.annotate.clauses.scene import Scene
from kg.annotate.clauses.sharing import antecedent, is_relative_pronoun, own_subject, relative_root, subjects

VERBAL = frozenset({"VERB", "AUX"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def verb_drafts(scene: Scene) -> Iterator[Draft]:
    for i, pos in enumerate(scene.tree.pos):
        if is_predicate(scene, i, pos):
            draft = verb_draft(scene, i)
            if draft.args and not _copular(scene, i):
                yield draft


def _copular(scene: Scene, verb: int) -> bool:
    """ "be" with a predicate noun or adjective is a copula clause and nothing else."""
    return scene.tree.lemma[verb] == "be" and scene.tree.child(verb, "attr", "acomp") is not None


def is_predicate(scene: Scene, i: int, pos: str | None = None) -> bool:
    """A full verb, or "be", "have", "do" where it is not an auxiliary."""
    tree = scene.tree
    if (pos or tree.pos[i]) not in VERBAL or scene.inside[i] is not None or not _is_word(scene, i):
        return False
    if tree.dep[i] in ("aux", "auxpass", "prep", "mark", "case", "compound", "agent"):
        return False
    return not (tree.dep[i] == "amod" and tree.tag[i] not in ("VBN", "VBD"))


def _is_word(scene: Scene, i: int) -> bool:
    """Not a hyphen or the "re" before one."""
    word, after = scene.tree.words[i], scene.tree.words[i + 1 : i + 2]
    return word.strip("'").isalpha() and not (after == ("-",) and len(word) < 4)


def is_passive(scene: Scene, verb: int) -> bool:
    """Also without auxiliary: reduced relatives, "had them arrested", co-ordinated participles, headlines."""
    tree = scene.tree
    if tree.child(verb, "auxpass", "nsubjpass") is not None:
        return True
    if tree.tag[verb] not in ("VBN", "VBD"):
        return False
    if any(tree.lemma[aux] in ("have", "'ve") for aux in tree.children(verb, "aux")):
        return False
    return _bare_passive(scene, verb)


def _bare_passive(scene: Scene, verb: int) -> bool:
    tree = scene.tree
    label, up = tree.dep[verb], tree.head[verb]
    if tree.child(verb, "agent") is not None or label == "amod":
        return True
    if label == "acl":
        return own_subject(scene, verb) is None
    if tree.tag[verb] == "VBN" and label == "advcl":
        return own_subject(scene, verb) is None
    if tree.tag[verb] == "VBN" and label in ("ccomp", "xcomp"):
        return True
    if label == "conj" and own_subject(scene, verb) is None and tree.tag[verb] == "VBN" and up != verb:
        return is_passive(scene, up)
    return _telegraphic(scene, verb)


def _telegraphic(scene: Scene, verb: int) -> bool:
    """ "Ten arrested in Milan": headline and caption leave the auxiliary out."""
    tree = scene.tree
    if tree.block[tree.sentence[verb]] not in ("headline", "caption") or tree.child(verb, "dobj") is not None:
        return False
    return tree.lemma[verb] in scene.lexicon.caption_passives


def verb_draft(scene: Scene, verb: int) -> Draft:
    tree = scene.tree
    passive = is_passive(scene, verb)
    surface = subjects(scene, verb)
    args = [*_surface_args(scene, verb, surface, passive), *_object_args(scene, verb)]
    args += _relative_args(scene, verb, args)
    if any(tree.lower[kid] in scene.lexicon.jointly for kid in tree.kids[verb]):
        args += [Arg("alongside", share.token, True) for share in surface[1:]]
    preps = list(preposition_args(scene, verb))
    args += preps
    args += [Arg(count.role, arg.token, True, feature="relative") for count in args if _number(scene, count)
             for arg in preps if arg.role == "of" and arg.shared]  # fmt: skip
    args += _second_hops(scene, verb)
    args += _complements(scene, verb)
    args += _descriptions(scene, verb)
    particle = tree.child(verb, "prt")
    last = verb if particle is None else particle
    features = _features(scene, verb, passive, surface, args)
    contiguous = last == verb + 1
    return Draft("verb", verb_name(scene, verb), verb, verb, last if contiguous else verb, unique(args), features)


def _descriptions(scene: Scene, verb: int) -> Iterator[Arg]:
    """ "described them as brave", "called them brave": what is said of the object, a word that is no noun."""
    tree = scene.tree
    for kid in tree.kids[verb]:
        if tree.dep[kid] == "oprd" and tree.pos[kid] == "ADJ":
            yield Arg("complement", kid)
        elif kid > verb and tree.pos[kid] in ("ADJ", "ADV") and any(tree.lower[one] == "as" for one in tree.kids[kid]):
            yield Arg("as", kid)
        elif tree.lower[kid] == "as":
            yield from (Arg("as", one) for one in tree.kids[kid] if tree.pos[one] in ("ADJ", "ADV"))


def _number(scene: Scene, arg: Arg) -> bool:
    """A bare number as subject or object: "troops, of whom 600 were killed" are those troops."""
    return arg.role in ("subject", "object") and scene.tree.pos[arg.token] == "NUM"


def verb_name(scene: Scene, verb: int) -> str:
    """The lemma with its particle: "carry out"."""
    particle = scene.tree.child(verb, "prt")
    lemma = scene.tree.lemma[verb]
    fatal = next((kid for kid in scene.tree.children(verb, "conj") if _is_fatal(scene, verb, kid)), None)
    if fatal is not None:
        return f"{lemma} and {scene.tree.lemma[fatal]}"
    idiom = _idiom(scene, verb, lemma)
    if idiom:
        return idiom
    ending = scene.tree.lower[verb + 1 : verb + 2]
    if ending and ending[0] in scene.lexicon.ending:
        return f"{lemma} {ending[0]}"
    return lemma if particle is None else f"{lemma} {scene.tree.lower[particle]}"


def _idiom(scene: Scene, verb: int, lemma: str) -> str | None:
    """ "stabbed him to death", "took her to task": what the preposition and its noun make of the verb."""
    tree = scene.tree
    named = (
        f"{lemma} {tree.lower[prep]} {tree.lower[noun]}"
        for prep in tree.children(verb, "prep", "advmod")
        for noun in tree.children(prep, "pobj")
    )
    return next((name for name in named if name in scene.lexicon.idioms), None)


def _is_fatal(scene: Scene, verb: int, second: int) -> bool:
    tree = scene.tree
    return second == verb + 2 and f"{tree.lemma[verb]} {tree.lemma[second]}" in scene.lexicon.fatal


def unique(args: list[Arg]) -> tuple[Arg, ...]:
    """Without an argument that stands twice under one role."""
    seen: set[tuple[str, int]] = set()
    kept = []
    for arg in args:
        if (arg.role, arg.token) not in seen:
            seen.add((arg.role, arg.token))
            kept.append(arg)
    return tuple(kept)


def _surface_args(scene: Scene, verb: int, surface: tuple[Shared, ...], passive: bool) -> Iterator[Arg]:
    tree = scene.tree
    role = "subject"
    if passive:
        role = "object" if tree.child(verb, "dobj") is None or tree.child(verb, "oprd") is not None else "indirect"
    for share in surface:
        if share.token != verb:
            yield Arg(role, share.token, share.shared, feature=share.feature)
    if passive:
        yield from (Arg("subject", token) for token in _agents(scene, verb))


def _agents(scene: Scene, verb: int) -> Iterator[int]:
    tree = scene.tree
    for prep in tree.children(verb, "agent"):
        for noun in tree.children(prep, "pobj"):
            yield from scene.members(noun)


def _object_args(scene: Scene, verb: int) -> Iterator[Arg]:
    tree = scene.tree
    for kid in tree.children(verb, "dobj", "dative"):
        if tree.dep[kid] == "dative" and tree.pos[kid] == "ADP":
            continue
        role = "object" if tree.dep[kid] == "dobj" else "indirect"
        yield from (Arg(role, token, shared) for token, shared in resolved(scene, kid))
    if tree.child(verb, "dobj") is None and not is_passive(scene, verb):
        yield from _objects_ahead(scene, verb)


def _objects_ahead(scene: Scene, verb: int) -> Iterator[Arg]:
    """ "killed or wounded 20 soldiers": the first verb shares the object of the second if nothing stands between."""
    tree = scene.tree
    second = next((kid for kid in tree.children(verb, "conj") if tree.pos[kid] in VERBAL and kid > verb), None)
    if second is None or any(tree.pos[i] not in ("CCONJ", "ADV", "PUNCT", "PART") for i in tree.between(verb, second)):
        return
    for noun in tree.children(second, "dobj"):
        yield from (Arg("object", token, True, feature="shared-object") for token in scene.members(noun))


def resolved(scene: Scene, token: int) -> Iterator[tuple[int, bool]]:
    """Members of a noun phrase; a relative pronoun is its antecedent (shared)."""
    if is_relative_pronoun(scene, token):
        noun = antecedent(scene, token)
        if noun is not None:
            yield scene.content(noun), True
        return
    yield from ((member, False) for member in scene.members(token) if not _reflexive(scene, member))


def _reflexive(scene: Scene, token: int) -> bool:
    """ "blew themselves up": nobody besides the subject."""
    return scene.tree.pos[token] == "PRON" and scene.tree.lower[token].endswith(("self", "selves"))


def _relative_args(scene: Scene, verb: int, args: list[Arg]) -> Iterator[Arg]:
    """ "the town (that) they seized": the object that stands before a relative clause without pronoun."""
    tree = scene.tree
    if tree.dep[verb] != "relcl" or tree.head[verb] >= verb or own_subject(scene, verb) is None:
        return
    if any(tree.tag[i] in ("WP", "WDT", "WP$", "WRB") for i in tree.between(tree.head[verb], verb)):
        where = next((kid for kid in tree.children(verb, "advmod") if tree.lower[kid] == "where"), None)
        if where is not None:
            yield Arg("in", scene.content(tree.head[verb]), True, feature="relative")
        return
    if not any(arg.role == "object" for arg in args) and tree.tag[verb] in ("VBD", "VBN", "VBZ", "VBP", "VB", "VBG"):
        if is_passive(scene, verb) or _stranded(scene, verb):
            return
        yield Arg("object", scene.content(tree.head[verb]), True, feature="relative")


def _stranded(scene: Scene, verb: int) -> bool:
    tree = scene.tree
    return any(not tree.kids[prep] for prep in tree.children(verb, "prep"))


def preposition_args(scene: Scene, head: int) -> Iterator[Arg]:
    """The noun phrases and gerunds after the prepositions of a verb or noun."""
    tree = scene.tree
    for prep in tree.kids[head]:
        if tree.dep[prep] in ("prep", "dative") and tree.pos[prep] in ("ADP", "SCONJ", "VERB", "ADV", "ADJ", "PART"):
            yield from _phrase_args(scene, prep, tree.lower[prep], 3)


def _phrase_args(scene: Scene, prep: int, role: str, depth: int) -> Iterator[Arg]:
    tree = scene.tree
    for kid in tree.kids[prep]:
        if tree.dep[kid] == "pobj":
            yield from (Arg(role, token, shared) for token, shared in resolved(scene, kid))
            if role == "between" and tree.child(kid, "conj") is None:
                yield from (Arg(role, token, feature="by-pattern") for token in _partner(scene, kid))
        elif tree.dep[kid] in ("prep", "pcomp") and tree.pos[kid] in ("ADP", "SCONJ") and depth:
            yield from _phrase_args(scene, kid, _joined(role, tree.lower[kid]), depth - 1)
        elif tree.dep[kid] == "pcomp" and tree.pos[kid] in VERBAL:
            yield Arg(role, kid, clause=kid)
        elif tree.dep[kid] == "conj" and tree.pos[kid] == "ADP" and depth:
            yield from _phrase_args(scene, kid, tree.lower[kid], depth - 1)


def _partner(scene: Scene, first: int) -> Iterator[int]:
    """ "between X and Y" where the parser hung "and Y" elsewhere: the mention that follows the next "and"."""
    tree = scene.tree
    for i in range(first + 1, min(first + 12, len(tree) - 1)):
        if tree.pos[i] in VERBAL or tree.sentence[i] != tree.sentence[first]:
            return
        if tree.lower[i] == "and":
            found = [j for j in range(i + 1, min(i + 7, len(tree))) if scene.at[j] is not None and scene.heads(j)]
            yield from (j for j in found[:1] if first not in tree.ancestors(j))
            return


def _joined(outer: str, inner: str) -> str:
    """ "out of", "because of", "according to"; "from across" is from."""
    return f"{outer} {inner}" if inner in ("of", "to", "with", "for", "by") else outer


def _second_hops(scene: Scene, verb: int) -> list[Arg]:
    """What hangs on the verb's objects may speak of the verb: "sent troops [to Mali]", "at a ceremony [in Paris]"."""
    tree = scene.tree
    nouns = list(tree.children(verb, "dobj"))
    nouns += [noun for prep in tree.children(verb, "prep", "dative", "agent") for noun in tree.children(prep, "pobj")]
    found = []
    for noun in nouns:
        for arg in preposition_args(scene, noun):
            if arg.role in scene.lexicon.second_hop and arg.clause is None:
                found.append(Arg(arg.role, arg.token, True, feature="second-hop"))
    return found


def _complements(scene: Scene, verb: int) -> Iterator[Arg]:
    tree = scene.tree
    for kid in tree.children(verb, "ccomp", "xcomp", "acomp", "attr", "oprd"):
        if tree.pos[kid] in VERBAL:
            low, high = tree.edges(kid)
            yield Arg("complement", kid, clause=kid, first=low, last=high)
        elif tree.lemma[verb] != "be":
            yield from (Arg("complement", token) for token in scene.members(kid))


def _features(scene: Scene, verb: int, passive: bool, surface: tuple[Shared, ...], args: list[Arg]) -> tuple[str, ...]:
    tree = scene.tree
    names = ["passive" if passive else "active"]
    if tree.dep[verb] == "amod":
        names.append("adjectival")
    if relative_root(scene, verb) == verb:
        names.append("relative-clause")
    names += [arg.feature for arg in args if arg.feature]
    names += _suspicions(scene, verb, surface)
    return tuple(dict.fromkeys(names))


def _suspicions(scene: Scene, verb: int, surface: tuple[Shared, ...]) -> list[str]:
    tree = scene.tree
    finite = tree.tag[verb] in FINITE or any(tree.tag[i] in FINITE for i in tree.children(verb, "aux", "auxpass"))
    signs = []
    if finite and not surface and tree.child(verb, "csubj", "expl") is None:
        signs.append("finite-without-subject")
    if len(list(tree.children(verb, "nsubj", "nsubjpass"))) > 1:
        signs.append("two-subjects")
    root = next(reversed(list(tree.ancestors(verb))), verb)
    if tree.pos[root] not in VERBAL and tree.block[tree.sentence[verb]] == "body":
        signs.append("root-no-verb")
    return [*signs, "parse-suspect"] if signs else []
