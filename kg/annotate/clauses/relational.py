"""Clauses of relational nouns: titles before names, appositions, copulas: who holds which role, of whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.annotate.clauses.draft import Arg, Draft
from kg.annotate.clauses.nouns import modifier_role, modifiers, possessors
from kg.annotate.clauses.scene import Scene
from kg.annotate.clauses.sharing import own_subject, subjects
from kg.annotate.clauses.verbs import is_passive, preposition_args, unique
from kg.model import ClauseKind

_LOOSE = frozenset({"appos", "conj", "npadvmod", "ROOT", "dep", "nmod", "compound", "attr", "advcl"})


def relational_drafts(scene: Scene) -> Iterator[Draft]:
    yield from _titles(scene)
    yield from _appositions(scene)
    yield from _copulas(scene)
    yield from _posts(scene)


# ---- the role phrase --------------------------------------------------------------------------------------------------------------------


def role_noun(scene: Scene, i: int) -> bool:
    return singular(scene, i) in scene.lexicon.roles


def singular(scene: Scene, i: int) -> str:
    """The lemma; of a capitalised plural ("Presidents") too, which the model leaves as it is."""
    word = scene.tree.lemma[i] if scene.tree.pos[i] == "NOUN" else scene.tree.lower[i]
    return word[:-1] if word not in scene.lexicon.roles and word[:-1] in scene.lexicon.roles else word


def role_start(scene: Scene, noun: int) -> int:
    """First token of the role's name: "deputy prime minister", "chief executive", "ex - president" without "ex"."""
    first = noun
    while first > 0 and scene.tree.sentence[first - 1] == scene.tree.sentence[noun]:
        left = first - 1
        if scene.tree.lower[left] == "-" and first > 1 and _belongs(scene, first - 2, noun):
            left = first - 2
        elif not _belongs(scene, left, noun):
            break
        first = left
    return first


def _belongs(scene: Scene, i: int, noun: int) -> bool:
    tree, words = scene.tree, scene.lexicon
    word = tree.lower[i]
    if tree.lower[noun].endswith(".") and not word.endswith("."):
        return False  # "chairman Sen. Falk" has two posts
    if (
        word in words.former
        or word in words.acting
        or word in words.coming
        or word == "-"
        or scene.inside[i] is not None
        or tree.pos[i] == "ADP"
        or (i > 1 and tree.lower[i - 1] == "-" and tree.pos[i - 2] == "NUM")  # "25-year"
    ):
        return False
    if word in words.role_modifiers or (word in words.roles and tree.tag[i] != "NNS"):
        return True
    if tree.tag[i] == "JJ" and i and tree.lower[i - 1] in words.seconds and scene.at[i] is None:
        return True  # "deputy legal director"
    return tree.pos[i] == "NOUN" and tree.dep[i] in ("compound", "nmod") and noun - i < 4


def role_name(scene: Scene, first: int, noun: int) -> tuple[str, int]:
    """The role in lower case, and its last token: "secretary of state" keeps its tail."""
    tree = scene.tree
    words = "".join(tree.lower[i] + " " * (tree.ends[i] < tree.starts[i + 1]) for i in range(first, noun))
    name = words + singular(scene, noun)
    if tree.lower[noun + 1 : noun + 5] == ("-", "in", "-", "law"):
        return f"{name}-in-law", noun + 4
    tail = " ".join(tree.lower[noun + 1 : noun + 3])
    return (f"{name} {tail}".replace(" - ", "-"), noun + 2) if tail in scene.lexicon.role_tails else (name, noun)


@dataclass(frozen=True, slots=True)
class _Left:
    """What stands before a role's name: `first` is the first token of all that belongs to it."""

    first: int
    former: bool = False
    second: str = ""  # "deputy" of "deputy FBI director"
    features: tuple[str, ...] = ()
    args: tuple[Arg, ...] = ()


def _left_of(scene: Scene, start: int) -> _Left:
    """Read leftwards from a role's name, by position: the parser hangs demonyms, bodies and possessors anywhere."""
    left, i, role = _Left(start), start - 1, "modifier"
    while i >= 0 and scene.tree.sentence[i] == scene.tree.sentence[start]:
        step = _step_left(scene, left, i, role)
        if step is None:
            break
        left, i, role = step
    return left


def _step_left(scene: Scene, left: _Left, i: int, role: str) -> tuple[_Left, int, str] | None:
    tree, words = scene.tree, scene.lexicon
    word = tree.lower[i]
    if role == "modifier" and word in words.former:
        return replace(left, first=i, former=True), i - 1, role
    if role == "modifier" and word in words.seconds:
        return replace(left, first=i, second=word), i - 1, role
    if role == "modifier" and word in words.acting:
        return replace(left, first=i, features=(*left.features, "acting")), i - 1, role
    if role == "modifier" and word in words.coming:
        return replace(left, first=i, features=(*left.features, "coming")), i - 1, role
    if word == "-" and i and tree.lower[i - 1] in words.former | words.acting:
        return left, i - 1, role
    if tree.tag[i] == "POS" and role == "modifier":
        return left, i - 1, "possessive"
    if tree.tag[i] == "PRP$" and role == "modifier":
        return replace(left, first=i, args=(*left.args, Arg("possessive", i))), -1, role
    return _name_left(scene, left, i, role)


def _name_left(scene: Scene, left: _Left, i: int, role: str) -> tuple[_Left, int, str] | None:
    """A mention before the role; a plain adjective is passed over."""
    tree = scene.tree
    if scene.inside[i] is not None or (scene.at[i] is not None and tree.pos[i] in ("ADJ", "PROPN")):
        first, side = scene.first_of_name(i), scene.side(i)
        if side is not None:
            return left, side - 1, role
        top = _top(scene, first) if scene.inside[i] is not None else i
        args = (*left.args, Arg(modifier_role(scene, top) if role == "modifier" else role, top))
        return replace(left, first=first, args=args), -1 if role == "possessive" else first - 1, "modifier"
    if tree.tag[i] == "JJ" and role == "modifier" and scene.at[i] is None:
        return left, i - 1, role
    if role == "modifier" and i > 1 and tree.lower[i - 1] == "-" and scene.at[i] is None and scene.at[i - 2] is None:
        return left, i - 3, role  # "state-owned"
    return None


def _role(scene: Scene, kind: ClauseKind, noun: int, holders: list[Arg], args: list[Arg], support: int | None = None,
          signs: tuple[str, ...] = ()) -> Draft:  # fmt: skip
    start = role_start(scene, noun)
    name, end = role_name(scene, start, noun)
    left = _left_of(scene, start)
    name = f"{left.second} {name}" if left.second else name
    taken = {arg.token for arg in holders}
    found = [
        arg
        for arg in (*args, *left.args)
        if arg.token not in taken and not (arg.role == "of" and noun < arg.token <= end)
    ]
    last = max([end, *(_last(scene, arg.token) for arg in found if arg.token > end and not arg.shared)])
    first = left.first if kind == "title" else min(left.first, scene.phrase(noun)[0])
    signs += ("counterpart",) if name.endswith("counterpart") else ()
    everything = unique([*holders, *found, Arg("title", noun, first=first, last=last)])
    return Draft(kind, name, noun, start, end, everything, (kind, *signs, *left.features), support, left.former)


def _last(scene: Scene, token: int) -> int:
    """Last token of the name headed here."""
    last = token
    while last + 1 < len(scene.tree) and scene.same_name(token, last + 1):
        last += 1
    return last


def role_args(scene: Scene, noun: int, but: int | None = None) -> list[Arg]:
    """Whose, of what, where: the arguments a role noun has besides its holder."""
    before = [replace(arg, role=modifier_role(scene, arg.token)) for arg in modifiers(scene, noun)]
    found = [*possessors(scene, noun), *before, *preposition_args(scene, noun)]
    return [arg for arg in found if arg.token != but and not (but is not None and scene.same_name(arg.token, but))]


# ---- titles -----------------------------------------------------------------------------------------------------------------------------


def title_pairs(scene: Scene) -> Iterator[tuple[int, int]]:
    """(role noun, head of the name) for each name with a role right before it."""
    seen: set[int] = set()
    for i, index in enumerate(scene.inside):
        if index is not None and index not in seen:
            seen.add(index)
            role, name = _role_before(scene, i, index), _top(scene, i)
            if role is not None and not _of_several(scene, role, name):
                yield role, name


def _of_several(scene: Scene, role: int, name: int) -> bool:
    """ "the judges Lula has named": a plural before one name is no title, but the noun of a clause about it."""
    tree = scene.tree
    if tree.tag[role] not in ("NNS", "NNPS") or tree.lower[role] == singular(scene, role):
        return False
    return tree.child(name, "conj", "cc") is None and tree.dep[name] in ("nsubj", "nsubjpass")


def _titles(scene: Scene) -> Iterator[Draft]:
    for role, name in title_pairs(scene):
        yield _title(scene, role, name)


def _top(scene: Scene, first: int) -> int:
    """The token of a name whose head stands outside it."""
    index = scene.inside[first]
    i = first
    while i < len(scene.tree) and scene.inside[i] == index:
        if scene.inside[scene.tree.head[i]] != index or scene.tree.head[i] == i:
            return i
        i += 1
    return first


def _role_before(scene: Scene, first: int, index: int) -> int | None:
    tree = scene.tree
    if role_noun(scene, first) and first + 1 < len(tree) and scene.inside[first + 1] == index and first > 0:
        return first if tree.lower[first] in scene.lexicon.roles and scene.mentions[index].type == "Person" else None
    role = first - 1
    if role > 1 and tree.lower[role] in ("elect", "designate") and tree.lower[role - 1] == "-":
        role -= 2
    if role < 0 or tree.sentence[role] != tree.sentence[first] or scene.inside[role] is not None:
        return None
    if scene.mentions[index].type != "Person" and _is_modifier(scene, _top(scene, first), role):
        return None
    if role_noun(scene, role) and (tree.pos[role] in ("NOUN", "PROPN") or _capital_adjective(scene, role)):
        return role
    label, governor = tree.dep[role], tree.head[role]
    if tree.pos[role] == "NOUN" and label in ("compound", "nmod", "amod") and scene.inside[governor] == index:
        return role
    return None


def _capital_adjective(scene: Scene, role: int) -> bool:
    """ "Major Silva" read as an adjective, not "major [brands]"."""
    return scene.tree.pos[role] == "ADJ" and scene.tree.words[role][:1].isupper()


def _is_modifier(scene: Scene, name: int, role: int) -> bool:
    """ "assistant U.S. attorney", "middle-income Americans": the name belongs to a noun after it, or the word to a hyphen."""
    tree = scene.tree
    return tree.dep[name] in ("compound", "amod", "nmod") or tree.lower[role - 1 if role else 0] == "-"


def _title(scene: Scene, role: int, name: int) -> Draft:
    tree = scene.tree
    plural = tree.tag[role] in ("NNS", "NNPS") or tree.lower[role] != singular(scene, role)
    holders = list(scene.members(name)) if plural else [scene.content(name)]
    after = [arg for arg in preposition_args(scene, name) if arg.role in ("of", "from")]
    return _role(scene, "title", role, [Arg("subject", token) for token in holders], after)


# ---- appositions ------------------------------------------------------------------------------------------------------------------------


def _appositions(scene: Scene) -> Iterator[Draft]:
    tree = scene.tree
    paired: set[int] = set()
    for i, label in enumerate(tree.dep):
        if label == "appos" and tree.head[i] != i:
            for role, holder in _sides(scene, tree.head[i], i):
                paired.add(role)
                other = _of_the_next(scene, role, holder) or _titles_next(scene, role, holder)
                if other or _is_denied(scene, role) or _is_as(scene, role):
                    continue
                yield _apposition(scene, role, holder)
    for role, holder in _by_pattern(scene):
        if role not in paired:
            yield _apposition(scene, role, holder, ("by-pattern",))


def _is_denied(scene: Scene, role: int) -> bool:
    """ "a pundit, not a strategist" """
    first, words = scene.phrase(role)[0], scene.tree.lower
    denials = (i for i in range(max(0, first - 1), role) if words[i] == "not")
    return any(words[i + 1] not in scene.lexicon.additive for i in denials)


def _is_as(scene: Scene, role: int) -> bool:
    """ "his heir as leader, Ann Lee": not the leader."""
    first = scene.phrase(role)[0]
    return first > 0 and scene.tree.lower[first - 1] == "as"


def _sides(scene: Scene, head: int, kid: int) -> Iterator[tuple[int, int]]:
    """(role noun, holder) of the two sides of an apposition."""
    names = _is_name(scene, head), _is_name(scene, kid)
    if names == (True, True) or scene.tree.pos[head] == "PRON" or scene.tree.pos[kid] == "PRON":
        return
    if names[0]:
        pairs = [(kid, head)]
    elif names[1]:
        pairs = [(head, member) for member in scene.members(kid)]
    else:
        pairs = [(kid, head)]
    yield from (pair for pair in pairs if _may_hold(scene, *pair))


def _may_hold(scene: Scene, role: int, holder: int) -> bool:
    """A common noun or listed role; of a person only what names persons, unless a comma stands between."""
    if scene.tree.pos[role] != "NOUN" and not role_noun(scene, role):
        return False
    if scene.mention(role) is None and scene.tree.child(role, "nummod") is not None:
        return False
    if role_noun(scene, role) and scene.mention(holder) is not None and scene.tree.pos[holder] == "NOUN":
        return scene.type(holder) in scene.lexicon.people
    left, right = sorted((role, holder))
    if scene.type(holder) == "Person" and not role_noun(scene, role) and scene.type(role) not in scene.lexicon.people:
        return "," in scene.tree.lower[left:right]
    return scene.tree.pos[holder] in ("NOUN", "PROPN")


def _is_name(scene: Scene, i: int) -> bool:
    mention = scene.mention(i)
    return mention is not None and mention.kind == "name"


def _apposition(scene: Scene, role: int, holder: int, signs: tuple[str, ...] = ()) -> Draft:
    listed = ("suspect-conjunct",) if scene.tree.dep[holder] == "conj" and scene.tree.head[role] == holder else ()
    holder = _last_member(scene, role, _town(scene, role, holder))
    return _role(
        scene, "apposition", role, [Arg("subject", holder)], role_args(scene, role, holder), signs=signs + listed
    )


def _town(scene: Scene, role: int, holder: int) -> int:
    """The town of "Allen, Texas, a suburb", where the arc leads to the region that only says where it lies."""
    first = scene.first_of_name(holder) if _is_name(scene, holder) else 0
    if first < 2 or scene.tree.lower[first - 1] != "," or scene.inside[first - 2] is None:
        return holder
    before = _top(scene, scene.first_of_name(first - 2))
    places = scene.type(before) == "City" and scene.type(holder) in ("City", "Region", "Country")
    return before if places and scene.type(role) not in ("Region", "Country") else holder


def _last_member(scene: Scene, role: int, holder: int) -> int:
    """The second of "Lunde and Nilsen, the governor, will come", where the arc leads to the first."""
    comma = scene.phrase(role)[0] - 1
    if (
        comma < 1
        or scene.tree.lower[comma] != ","
        or scene.inside[comma - 1] is None
        or scene.tree.tag[role] in ("NNS", "NNPS")
    ):
        return holder
    before = _top(scene, scene.first_of_name(comma - 1))
    return before if scene.tree.dep[before] == "conj" and scene.tree.head[before] == holder else holder


def _by_pattern(scene: Scene) -> Iterator[tuple[int, int]]:
    """ "NAME, the ROLE of ORG," whatever the arcs say, if the role phrase is closed by a comma or the sentence's end."""
    tree = scene.tree
    for i, word in enumerate(tree.lower):
        if word != "," or i == 0 or i + 1 >= len(tree) or scene.inside[i - 1] is None:
            continue
        role = _role_after(scene, i + 1)
        holder = _top(scene, scene.first_of_name(i - 1))
        if role is None or scene.type(holder) != "Person" or not _closed(scene, role):
            continue
        if not _of_the_next(scene, role, holder):
            yield role, holder


def _of_the_next(scene: Scene, role: int, holder: int) -> bool:
    """ "according to Lunde, the head of the party, Nilsen, resigned": the post is that of the name which follows it."""
    tree = scene.tree
    if holder > role or holder == 0 or tree.pos[tree.head[_top(scene, scene.first_of_name(holder))]] != "ADP":
        return False
    last = max([role, *(tree.edges(kid)[1] for kid in tree.children(role, "prep"))])
    name = last + 2
    if name + 1 >= len(tree) or tree.lower[last + 1] != "," or scene.inside[name] is None:
        return False
    end = _last(scene, name)
    return scene.type(_top(scene, name)) == "Person" and tree.lower[end + 1 : end + 2] == (",",)


def _titles_next(scene: Scene, role: int, holder: int) -> bool:
    """ "to Senator Lunde, Chairman of the Justice Committee Nilsen": the title of the name right behind it."""
    tree = scene.tree
    name = max([role, *(tree.edges(kid)[1] for kid in tree.children(role, "prep") if kid > role)]) + 1
    if holder > role or name >= len(tree) or scene.inside[name] is None or scene.inside[name] == scene.inside[name - 1]:
        return False
    return scene.type(_top(scene, name)) == "Person"


def _role_after(scene: Scene, i: int) -> int | None:
    tree = scene.tree
    for noun in range(i, min(i + 7, len(tree))):
        if tree.sentence[noun] != tree.sentence[i] or tree.pos[noun] in (
            "VERB",
            "AUX",
            "PRON",
            "ADP",
            "CCONJ",
            "PUNCT",
        ):
            return None
        if role_noun(scene, noun) and tree.dep[noun] in _LOOSE and tree.tag[noun] != "NNS":
            following = noun + 1 < len(tree) and tree.pos[noun + 1] in ("NOUN", "PROPN")
            return None if following else noun
    return None


def _closed(scene: Scene, role: int) -> bool:
    tree = scene.tree
    if tree.child(role, "cc", "conj") is not None:
        return False
    last = max([role, *(tree.edges(kid)[1] for kid in tree.children(role, "prep"))])
    return last + 1 >= len(tree) or tree.lower[last + 1] in (",", ".", ";", "-", ")", "--")


# ---- copula -----------------------------------------------------------------------------------------------------------------------------


def _copulas(scene: Scene) -> Iterator[Draft]:
    tree = scene.tree
    for verb, lemma in enumerate(tree.lemma):
        if lemma in scene.lexicon.copulas and tree.pos[verb] in ("AUX", "VERB"):
            for kid in tree.children(verb, "attr", "acomp", "oprd"):
                yield from _copula(scene, verb, kid)


def _copula(scene: Scene, verb: int, kid: int) -> Iterator[Draft]:
    tree = scene.tree
    holders = [Arg("subject", share.token, share.shared, feature=share.feature) for share in subjects(scene, verb)]
    if not holders:
        return
    if tree.pos[kid] == "ADJ":
        args = [*holders, *preposition_args(scene, kid), *preposition_args(scene, verb)]
        yield Draft("copula", tree.lemma[kid], kid, kid, kid, unique(args), ("copula", "adjective"), verb)
    elif _is_name(scene, kid):
        own = own_subject(scene, verb)
        if own is not None and tree.pos[own] == "NOUN":
            yield _role(scene, "copula", own, [Arg("subject", kid)], role_args(scene, own, kid), verb, ("inverted",))
    elif tree.pos[kid] in ("NOUN", "PROPN"):
        args = [*role_args(scene, kid), *preposition_args(scene, verb)]
        for role in _roles_joined(scene, kid):
            yield _role(scene, "copula", role, holders, args if role == kid else role_args(scene, role), verb)


def _roles_joined(scene: Scene, noun: int) -> Iterator[int]:
    """ "is chairman and chief executive of": each role."""
    yield noun
    for kid in scene.tree.children(noun, "conj"):
        if scene.tree.pos[kid] in ("NOUN", "PROPN") and not _is_name(scene, kid):
            yield from _roles_joined(scene, kid)


def _posts(scene: Scene) -> Iterator[Draft]:
    """ "serves as", "was appointed (as)", "named her ROLE": a role under another verb than the copula."""
    tree = scene.tree
    for role in range(len(tree)):
        verb = _post_verb(scene, role)
        if verb is None:
            continue
        holders = list(_post_holders(scene, verb))
        if holders and role not in [arg.token for arg in holders]:
            left = tree.lemma[verb] in scene.lexicon.leaving
            draft = _role(scene, "copula", role, holders, role_args(scene, role), verb, ("post",))
            yield replace(draft, former=draft.former or left)


def _post_holders(scene: Scene, verb: int) -> Iterator[Arg]:
    """ "named X ROLE": X; "X serves as ROLE", "X was named ROLE", "X replaced Y as ROLE": X."""
    tree, words = scene.tree, scene.lexicon
    patient = tree.child(verb, "dobj")
    if patient is not None and tree.lemma[verb] not in words.replacing:
        yield from (Arg("subject", token) for token in scene.members(patient))
    elif is_passive(scene, verb) or tree.lemma[verb] not in words.becoming:
        yield from (Arg("subject", share.token, True) for share in subjects(scene, verb))


def _post_verb(scene: Scene, role: int) -> int | None:
    tree = scene.tree
    if tree.pos[role] not in ("NOUN", "PROPN") or not role_noun(scene, role):
        return None
    up = tree.head[role]
    if tree.dep[role] == "pobj" and tree.lower[up] == "as":
        verb = tree.head[up]
        return verb if tree.lemma[verb] in scene.lexicon.becoming | scene.lexicon.as_role else None
    if tree.dep[role] == "oprd" and tree.lemma[up] in scene.lexicon.becoming:
        return up
    return None
