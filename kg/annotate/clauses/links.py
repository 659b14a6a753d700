"""Links between two mentions: possessive, preposition, "Place, Place", demonym or compound before a noun, hyphen compound."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.clauses.draft import Arg, Draft
from kg.annotate.clauses.scene import Scene


def link_drafts(scene: Scene) -> Iterator[Draft]:
    for i in range(len(scene.tree)):
        if scene.at[i] is not None and scene.heads(i):
            yield from _possessives(scene, i)
            yield from _prepositions(scene, i)
            yield from _before(scene, i)
            yield from _place_in_place(scene, i)
    yield from _hyphens(scene)


def _link(scene: Scene, predicate: str, token: int, subject: int, target: int, feature: str = "link") -> Draft:
    args = (Arg("subject", subject), Arg("object", target))
    return Draft("link", predicate, token, token, token, args, (feature,))


def _apart(scene: Scene, left: int, right: int) -> bool:
    return scene.at[left] is not None and scene.at[left] != scene.at[right] and not scene.same_name(left, right)


def _possessives(scene: Scene, i: int) -> Iterator[Draft]:
    tree = scene.tree
    for owner in tree.children(i, "poss"):
        for member in scene.members(owner):
            if _apart(scene, member, i):
                kind = "own" if tree.tag[owner] == "PRP$" else "'s"
                yield _link(scene, kind, tree.child(owner, "case") or owner, member, i, "possessive")


def _prepositions(scene: Scene, i: int) -> Iterator[Draft]:
    tree = scene.tree
    for prep in tree.children(i, "prep"):
        if tree.lower[prep] not in scene.lexicon.link_prepositions:
            continue
        for noun in tree.children(prep, "pobj"):
            members = list(scene.members(noun))
            for member in members[:1] if tree.lower[prep] == "of" else members:
                if _apart(scene, member, i):
                    yield _link(scene, tree.lower[prep], prep, i, member, "attachment")


def _before(scene: Scene, i: int) -> Iterator[Draft]:
    """ "South African lawmakers": demonym; "Hamas fighters": compound."""
    tree = scene.tree
    mention = scene.mention(i)
    for kid in scene.modifiers(i):
        if _apart(scene, kid, i) and mention is not None and (mention.kind == "nominal" or _adjoins(scene, kid, i)):
            kind = "demonym" if tree.pos[kid] == "ADJ" or tree.dep[kid] == "amod" else "compound"
            yield _link(scene, kind, kid, i, kid, kind)
            yield from (
                _link(scene, kind, kid, place, kid, kind) for place in _named_by(scene, i) if _apart(scene, kid, place)
            )


def _named_by(scene: Scene, noun: int) -> Iterator[int]:
    """ "the Nigerian states of [Borno] and [Yobe]": the names of what the noun says."""
    tree, places = scene.tree, scene.lexicon.places
    if scene.type(noun) not in places:
        return
    for prep in tree.children(noun, "prep"):
        for kid in tree.children(prep, "pobj") if tree.lower[prep] == "of" else ():
            yield from (
                one for one in scene.members(kid) if scene.type(one) in places and scene.inside[one] is not None
            )


def _adjoins(scene: Scene, kid: int, name: int) -> bool:
    """ "the Danish [Maritime Authority]": a country's adjective or name right before the name of a body."""
    first = scene.first_of_name(name)
    return (
        first > 0
        and scene.at[first - 1] == scene.at[kid]
        and scene.type(name) in scene.lexicon.bodies
        and scene.type(kid) in scene.lexicon.places
    )


def _place_in_place(scene: Scene, i: int) -> Iterator[Draft]:
    """ "Lyon, France" by pattern: two places with nothing but a comma between."""
    tree = scene.tree
    last = i
    while last + 1 < len(tree) and scene.same_name(i, last + 1):
        last += 1
    outer = last + 2
    if outer >= len(tree) or tree.lower[last + 1] != "," or tree.sentence[outer] != tree.sentence[i]:
        return
    if not scene.same_name(i, i) or not _apart(scene, outer, i) or scene.inside[outer] is None:
        return
    places, end = scene.lexicon.places, outer
    while end + 1 < len(tree) and scene.same_name(outer, end + 1):
        end += 1
    opens = i == 1 or (i > 1 and tree.sentence[i - 2] != tree.sentence[i])
    if opens and tree.tag[i - 1] == "IN" and tree.tag[end + 1 : end + 2] == ("POS",):
        return  # "In Europe, France's shares rose"
    if scene.type(i) in places and scene.type(outer) in places and not _in_list(scene, outer):
        yield _link(scene, ",", last + 1, i, outer, "place-in-place")


def _in_list(scene: Scene, outer: int) -> bool:
    """ "Lyon, Nice and Paris", "Lyon, Nice, Lille and Paris": members of one list, not a place and what it lies in."""
    tree = scene.tree
    last = _end_of_name(scene, outer)
    while (
        tree.lower[last + 1 : last + 2] == (",",)
        and last + 2 < len(tree)
        and scene.type(last + 2) in scene.lexicon.places
    ):
        last = _end_of_name(scene, last + 2)
    after = tree.lower[last + 1 : last + 3]
    return any(word in ("and", "or", "&") for word in after) and after[:1] != (".",)


def _end_of_name(scene: Scene, i: int) -> int:
    last = i
    while last + 1 < len(scene.tree) and scene.same_name(i, last + 1):
        last += 1
    return last


def _hyphens(scene: Scene) -> Iterator[Draft]:
    tree = scene.tree
    for i in range(2, len(tree)):
        if tree.lower[i] in scene.lexicon.hyphen_suffixes and tree.lower[i - 1] == "-" and scene.at[i - 2] is not None:
            noun = _hyphen_head(scene, i)
            if noun is not None and _apart(scene, noun, i - 2):
                yield Draft(
                    "link", f"-{tree.lower[i]}", i, i, i, (Arg("subject", noun), Arg("object", i - 2)), ("hyphen",)
                )


def _hyphen_head(scene: Scene, i: int) -> int | None:
    """The noun a compound describes: by arc, else the next mention within its noun phrase."""
    tree = scene.tree
    up = tree.head[i]
    if up > i and scene.at[up] is not None:
        return up
    for j in range(i + 1, min(i + 6, len(tree))):
        if scene.at[j] is not None and scene.heads(j):
            return j
        if tree.pos[j] not in ("ADJ", "NOUN", "PROPN", "NUM"):
            return None
    return None
