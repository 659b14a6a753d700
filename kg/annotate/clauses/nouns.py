"""Clauses of event nouns: "Lula's letter to Modi", "paid tribute to", "talks between X and Y"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.clauses.draft import Arg, Draft, Shared
from kg.annotate.clauses.scene import Scene
from kg.annotate.clauses.sharing import subjects
from kg.annotate.clauses.verbs import VERBAL, is_passive, preposition_args, resolved, unique


def noun_drafts(scene: Scene) -> Iterator[Draft]:
    for i, pos in enumerate(scene.tree.pos):
        if pos == "NOUN" and scene.tree.dep[i] != "compound" and scene.tree.lemma[i] not in scene.lexicon.measures:
            draft = noun_draft(scene, i)
            if draft is not None:
                yield draft


def noun_draft(scene: Scene, noun: int) -> Draft | None:
    tree = scene.tree
    args = [*possessors(scene, noun), *modifiers(scene, noun)]
    args += [arg for arg in preposition_args(scene, noun) if not scene.same_name(noun, arg.token)]
    args += _dedicated(scene, noun)
    args += _hops(scene, args)
    args += _captioned(scene, noun, args)
    support = support_of(scene, noun)
    if support is not None:
        args += _of_support(scene, noun, support)
        args += _received(scene, noun, support)
    settled = any(arg.role in ("possessive", "by", "between", "subject") for arg in args)
    args = [*([] if settled else _agents(scene, noun, support)), *args]
    if not args and not (support is not None and tree.dep[noun] in ("dobj", "nsubjpass")):
        return None  # nobody takes part, and no verb has it for its object
    features = ["nominal", *(arg.feature for arg in args if arg.feature)]
    if (
        support is not None
        and tree.lemma[support] in scene.lexicon.light
        and tree.dep[noun] in ("dobj", "nsubjpass", "conj")
    ):
        features.append("light-verb")
    return Draft("noun", tree.lemma[noun], noun, noun, noun, unique(args), tuple(dict.fromkeys(features)), support)


def _dedicated(scene: Scene, noun: int) -> Iterator[Arg]:
    """ "a ceremony honoring the dead": as a preposition would say it."""
    tree = scene.tree
    for verb in tree.children(noun, "acl"):
        if tree.lower[verb] in scene.lexicon.dedicated:
            yield from (
                Arg(tree.lower[verb], token) for kid in tree.children(verb, "dobj") for token in scene.members(kid)
            )


def support_of(scene: Scene, noun: int) -> int | None:
    """The verb whose object (also of a passive) or subject the noun is, or whose prepositional phrase it stands in."""
    tree = scene.tree
    head = noun
    while tree.dep[head] == "conj" and tree.head[head] != head:
        head = tree.head[head]
    label, up = tree.dep[head], tree.head[head]
    if label == "pobj":
        up = tree.head[up]
    if up == head or tree.pos[up] not in VERBAL:
        return None
    return up if label in ("dobj", "nsubjpass", "nsubj", "pobj", "attr") else None


def possessors(scene: Scene, noun: int) -> Iterator[Arg]:
    tree = scene.tree
    for kid in tree.children(noun, "poss"):
        yield from (Arg("possessive", token, shared) for token, shared in resolved(scene, kid))


def modifiers(scene: Scene, noun: int) -> Iterator[Arg]:
    """ "the Russian attack", "the Alaska summit": a mention before the noun."""
    return (Arg("modifier", kid) for kid in scene.modifiers(noun) if not scene.same_name(kid, noun))


def modifier_role(scene: Scene, token: int) -> str:
    """The party before a post ("a Labour senator") is a role of its own: the post is not in it."""
    return "party" if scene.type(token) == "PoliticalParty" else "modifier"


def _agents(scene: Scene, noun: int, support: int | None) -> list[Arg]:
    """Who acts where the noun does not say: the subject of its light verb, or of the verb it accompanies."""
    if support is None:
        return []
    tree, words = scene.tree, scene.lexicon
    label = tree.dep[noun]
    if tree.lemma[support] in words.light and label in ("dobj", "conj"):
        return [_agent(share, None) for share in _acting(scene, support)]
    if label == "pobj" and f"{tree.lemma[support]} {tree.lower[tree.head[noun]]}" in words.entering:
        return [_agent(share, None) for share in _acting(scene, support)]
    if label == "pobj" and tree.lemma[noun] in words.own_acts and _accompanies(scene, noun):
        return [_agent(share, "governing-subject") for share in _acting(scene, support)]
    return []


def _captioned(scene: Scene, noun: int, args: list[Arg]) -> list[Arg]:
    """ "NAME meeting with families" without a verb: a caption, read as a noun; the name does it."""
    tree = scene.tree
    if tree.dep[noun] != "ROOT" or not tree.lower[noun].endswith("ing") or tree.child(noun, "det") is not None:
        return []
    before = [arg for arg in args if arg.role == "modifier" and scene.inside[noun - 1] is not None]
    return [Arg("subject", arg.token, feature="caption") for arg in before if scene.same_name(arg.token, noun - 1)]


def _hops(scene: Scene, args: list[Arg]) -> list[Arg]:
    """What hangs on a name after the noun may speak of the noun: "talks with Lula [in Quito]"."""
    found = []
    for arg in args:
        if arg.role in scene.lexicon.second_hop and arg.clause is None and scene.inside[arg.token] is not None:
            inner = preposition_args(scene, arg.token)
            found += [
                Arg(hop.role, hop.token, True, feature="second-hop")
                for hop in inner
                if hop.role in scene.lexicon.second_hop
            ]
    return found


def _of_support(scene: Scene, noun: int, support: int) -> list[Arg]:
    """The prepositional phrases of a light verb belong to its noun: "paid tribute [to X]", "the summit took place [in Y]"."""
    tree, words = scene.tree, scene.lexicon
    light = tree.lemma[support] in words.light | words.converse and tree.dep[noun] in ("dobj", "nsubjpass")
    if not light and not (tree.lemma[support] in words.happening and tree.dep[noun] == "nsubj"):
        return []
    phrases = preposition_args(scene, support)
    return [
        Arg(arg.role, arg.token, True, feature="support-arguments")
        for arg in phrases
        if arg.clause is None and arg.token != noun
    ]


def _received(scene: Scene, noun: int, support: int) -> list[Arg]:
    """ "received a call from X": who received it is `to`, and nobody is `subject`."""
    if scene.tree.lemma[support] not in scene.lexicon.converse or scene.tree.dep[noun] != "dobj":
        return []
    return [Arg("to", share.token, True, feature="converse") for share in _acting(scene, support)]


def _accompanies(scene: Scene, noun: int) -> bool:
    """ "during a visit to Chad", "after talks with Lula", but not "after the meeting": that may be anybody's."""
    tree, words = scene.tree, scene.lexicon
    if tree.lower[tree.head[noun]] not in words.own_act_prepositions:
        return False
    own = {arg.role for arg in preposition_args(scene, noun)}
    if tree.lemma[noun] in words.mutual:
        return "with" in own
    known = any(tree.lower[kid] in ("the", "this", "that") for kid in tree.children(noun, "det"))
    return not known or not own.isdisjoint(("to", "with"))


def _acting(scene: Scene, verb: int) -> list[Shared]:
    """Who acts in a clause; of a passive its by-phrase alone."""
    if not is_passive(scene, verb):
        return list(subjects(scene, verb))
    tree = scene.tree
    agents = [noun for prep in tree.children(verb, "agent") for noun in tree.children(prep, "pobj")]
    return [Shared(token) for noun in agents for token in scene.members(noun)]


def _agent(share: Shared, feature: str | None) -> Arg:
    return Arg("subject", share.token, True, feature=feature)
