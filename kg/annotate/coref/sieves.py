"""The sieves over names and nominals. Each takes the chains and joins what its evidence joins."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from kg.annotate.coref.chains import SUFFIXES, Chains
from kg.annotate.entity_lexicon import EntityLexicon
from kg.annotate.parsed import Token
from kg.gazetteer import Entry
from kg.model import Clause

ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
OFTEN = 3  # sentences that call someone by a last name alone before a bearer of it is named
CLOSED = re.compile(r"(?: (?:of|from) [A-Z][\w. ]{1,30})?(?:[,.);]|$)")  # what an apposition ends with
BREAK = re.compile(r"\"|\b(?:not|nor|or|but)\b")
# Classes of things of which a noun without article names none in particular.
COUNTED = frozenset(("Document", "Agreement", "Facility", "Organization", "Company", "Gathering", "Artifact"))
NEAR = 4  # sentences back to which a definite nominal looks for its antecedent


# ---- names ----


def known(chains: Chains) -> None:
    """Names that the gazetteer knows: one key, one thing. An acting capital and a people's adjective are their country."""
    first: dict[str, int] = {}
    foreign = {
        chains.folded(m) for m, one in enumerate(chains.mentions) if one.kind == "name" and _is_foreign(chains, m)
    }
    for m, mention in enumerate(chains.mentions):
        if mention.kind != "name" or chains.folded(m) in foreign:
            continue
        key = _key(chains, m)
        if key is None:
            continue
        chains.keys[chains.root(m)] = key
        if key in first:
            chains.join(first[key], m, "gazetteer", 0.98)
        first.setdefault(key, m)


def _is_foreign(chains: Chains, m: int) -> bool:
    """ "the French Senate", "Kenya's Supreme Court": not the body that is so called where nothing is said."""
    if chains.mentions[m].type != "GovernmentBody":
        return False
    owners = {key for n in range(max(0, m - 2), m + 2) if (key := _owner(chains, n, m))}
    entries = chains.gazetteer.lookup(chains.text(m))
    if entries and chains.written.endswith(" state ", 0, chains.mentions[m].span.start):
        return True  # "the state Senate"
    return bool(owners) and bool(entries) and not any(entry.country in owners for entry in entries)


def _owner(chains: Chains, n: int, m: int) -> str | None:
    """The country whose name or adjective, mention `n`, stands right before mention `m`, or behind it after "in"; a region's own key."""
    if n == m or n >= len(chains.mentions) or chains.kind(n) != "name":
        return None
    first, later = sorted((n, m))
    between = chains.written[chains.mentions[first].span.end : chains.mentions[later].span.start]
    if between not in ((" ", "'s ", "' ") if n < m else (" in ", " of ")):
        return None
    return _key(chains, n) if chains.mentions[n].type in ("Country", "Region") else None


def _key(chains: Chains, m: int) -> str | None:
    name, kind = chains.text(m), chains.mentions[m].type
    half = _half(chains, m) or _around(chains, m)
    if half:
        return half
    adjective = chains.gazetteer.adjective(name)
    if adjective and not chains.gazetteer.named(name):
        return adjective.key if kind in ("Country", "Group", "Region") else None
    capital = chains.gazetteer.capital(name)
    if capital and kind in ("City", "Country") and is_acting(chains, m):
        return capital.key
    entries = [entry for entry in chains.gazetteer.lookup(name) if entry.type == kind]
    return entries[0].key if len(entries) == 1 or (entries and kind in ("Country", "City")) else None


def _around(chains: Chains, m: int) -> str | None:
    """ "Tacoma, Washington", "New York Gov. Ann Lee": the region where a town is called the same."""
    entries = chains.gazetteer.lookup(chains.text(m))
    regions = [entry for entry in entries if entry.type == "Region"]
    if not regions:
        return None
    towns: tuple[Entry, ...] = ()
    if m and chains.written[chains.mentions[m - 1].span.end : chains.mentions[m].span.start] == ", ":
        towns = chains.gazetteer.lookup(chains.text(m - 1)) if chains.mentions[m - 1].type == "City" else ()
    last = chains.words(m)[-1]
    told = last.i + 1 < len(chains.doc) and last.nbor().lower_ in chains.lexicon.of_regions
    if told or _is_seat(chains, m):
        towns = (*towns, *entries)
    countries = {entry.country for entry in towns if entry.type == "City"}
    return next((region.key for region in regions if region.country in countries), None)


def _is_seat(chains: Chains, m: int) -> bool:
    """ "Rep. Ann Lee of New York" """
    before = chains.words(m - 1)[0] if m and chains.mentions[m - 1].kind == "name" else None
    between = chains.written[chains.mentions[m - 1].span.end : chains.mentions[m].span.start] if m else ""
    return (
        before is not None
        and before.i > 0
        and between == " of "
        and before.nbor(-1).lower_ in chains.lexicon.of_regions
    )


def _half(chains: Chains, m: int) -> str | None:
    """ "the North": the country of the article whose name begins so."""
    name = chains.text(m)
    if name not in ("North", "South"):
        return None
    for n, mention in enumerate(chains.mentions):
        if mention.kind == "name" and chains.text(n).startswith(f"{name} "):
            entry = chains.gazetteer.adjective(chains.text(n)) or next(
                iter(chains.gazetteer.lookup(chains.text(n))), None
            )
            if entry and entry.type == "Country":
                return entry.key
    return None


def is_acting(chains: Chains, m: int) -> bool:
    """Whether a capital stands for its government: a subject, a possessor, a partner, not the place where something is."""
    if any(child.dep_ == "det" for child in chains.head(m).children):
        return False  # "another Madrid"
    head = _conjunct_head(chains.head(m))
    if _is_end_of_name(chains.head(m)):
        return False  # "Recycle Beirut"
    if head.dep_ in ("nsubj", "nsubjpass", "poss", "agent"):
        return not _is_town(head, chains.lexicon)
    if head.dep_ in ("pobj", "pcomp") and head.head.pos_ == "ADP":
        preposition = head.head
        if preposition.lower_ in chains.lexicon.city_prepositions:
            return False
        if _on_a_way(preposition):
            return False
        if preposition.lower_ in ("to", "from", "for", "of"):
            governor = preposition.head
            return governor.lemma_.lower() not in chains.lexicon.going and preposition.lower_ != "of"
        return preposition.lower_ in ("by", "with", "against", "between", "on")
    suffering = chains.lexicon.going | chains.lexicon.towns["suffering"]
    return head.dep_ in ("dobj", "iobj", "dative") and head.head.lemma_.lower() not in suffering


def _is_town(head: Token, lexicon: EntityLexicon) -> bool:
    """Whether what is said of a capital is said of a town: "Kyiv was shelled", "Kabul fell", "Paris's streets"."""
    said = head.head.lemma_.lower()
    if head.dep_ == "nsubjpass":
        return said in lexicon.towns["suffering"] | lexicon.towns["hit"]
    if head.dep_ != "poss":
        return said in lexicon.towns["doing"]
    kind = lexicon.heads.get(said)
    if head.head.pos_ == "PROPN" and lexicon.endings.get(said) in (None, "Facility"):
        return True  # "Lima's Plaza Mayor"
    return said in lexicon.towns["owning"] or (kind is not None and kind.one in ("Facility", "City"))


def _is_end_of_name(token: Token) -> bool:
    """Whether a capitalised word that is no title stands before it, as part of one name with it."""
    before = token.nbor(-1) if token.i > token.sent.start else None
    return before is not None and before.dep_ == "compound" and before.head.i == token.i and before.text.istitle()


def _on_a_way(preposition: Token) -> bool:
    """ "from Nice to London": two ends of a way."""
    ends = {preposition.lower_, *(t.lower_ for t in (preposition.head, *preposition.children) if t.dep_ == "prep")}
    return {"from", "to"} <= ends


def _conjunct_head(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def same_name(chains: Chains) -> None:
    """The same words as a name are the same thing; of a couple, "Dr Falk" and "Mrs Falk" are two, and "Falk" is left to the next sieve."""
    first: dict[tuple[str | None, ...], int] = {}
    couples = _couples(chains)
    for m, mention in enumerate(chains.mentions):
        if mention.kind == "name" and len(chains.text(m)) > 1 and not (chains.key(m) or "").startswith("country/"):
            form = chains.folded(m)
            family_, couple = _is_family(chains, m), form in couples
            called = (chains.titled(m), _title(chains, m)) if couple else (None, None)
            name = (form, "family" if family_ else None, *called)
            if name in first:
                chains.join(first[name], m, "exact", 0.97)
            first.setdefault(name, m)


def _is_family(chains: Chains, m: int) -> bool:
    """ "the Falk brothers", "the Falk family": none of those called so alone."""
    head = chains.head(m)
    kind = chains.lexicon.heads.get(head.head.lemma_.lower())
    several = head.head.lower_ == "family" or (head.head.tag_ == "NNS" and kind is not None and kind.kind == "relative")
    return head.dep_ in ("compound", "nmod", "poss") and head.head.i == chains.words(m)[-1].i + 1 and several


def _is_kin(chains: Chains, m: int) -> bool:
    """ "her husband, Scott": who is so introduced by one name is called by the first."""
    relatives = (
        n
        for n in chains.chain(m)
        if chains.kind(n) == "nominal" and chains.mentions[n].span.end + 2 >= chains.mentions[m].span.start
    )
    heads = (chains.lexicon.heads.get(chains.head(n).lemma_.lower()) for n in relatives if n < m)
    return " " not in chains.text(m) and any(head is not None and head.kind == "relative" for head in heads)


def _couples(chains: Chains) -> frozenset[str]:
    """Last names that people of different first names, in this article, share."""
    given: dict[str, set[str]] = defaultdict(set)
    for m, mention in enumerate(chains.mentions):
        words = chains.folded(m).split() if mention.kind == "name" and chains.type(m) == "Person" else []
        if len(words) > 1 and words[-1] not in SUFFIXES:
            given[words[-1]].add(words[0])
    return frozenset(last for last, firsts in given.items() if len(firsts) > 1)


def acronyms(chains: Chains) -> None:
    """ "International Atomic Energy Agency (IAEA)": initials of a name, behind it in brackets or alone where one name fits."""
    long = [m for m, one in enumerate(chains.mentions) if one.kind == "name" and " " in chains.text(m)]
    for m, mention in enumerate(chains.mentions):
        short = chains.text(m).replace(".", "")
        if mention.kind != "name" or not (2 <= len(short) <= 7 and short.isupper()) or chains.key(m):
            continue
        fitting = {chains.root(n) for n in long if short in _initials(chains.text(n)) and n != m}
        if len(fitting) == 1:
            chains.join(fitting.pop(), m, "acronym", 0.9, sure=True)


def _initials(name: str) -> set[str]:
    words = name.replace("-", " ").split()
    return {"".join(w[0] for w in words if w[0].isupper()), "".join(w[0].upper() for w in words)}


def partial_names(chains: Chains) -> None:
    """ "Merkel" after "Angela Merkel", "the Post" after "The Washington Post": a part of one longer name of the article."""
    full: dict[str, list[int]] = defaultdict(list)
    for m, mention in enumerate(chains.mentions):
        words = chains.folded(m).split()
        if mention.kind == "name" and " " in chains.text(m) and chains.type(m) == "Person":
            for word in _parts(words):
                full[word].append(m)
    for m, mention in enumerate(chains.mentions):
        named = (
            mention.kind == "name" and chains.key(m) is None and not _is_family(chains, m) and not _is_kin(chains, m)
        )
        if named and chains.type(m) in ("Person", "Organization", "City"):
            _join_part(chains, m, full.get(chains.folded(m), []))


def _parts(words: list[str]) -> set[str]:
    """What a person of that name may be called in short; "John Doe" is not the short name of "John Doe Jr"."""
    if words[-1] in SUFFIXES:
        return {words[0], " ".join(words[1:]), *words[-2:-1]}
    return {words[0], words[-1], " ".join(words[1:]), " ".join(words[:-1])}


def _join_part(chains: Chains, m: int, candidates: list[int]) -> None:
    """The one person of that part of a name; of several the one spoken of before, by the last name first."""
    word = chains.folded(m)
    roots = sorted({chains.root(n) for n in candidates})
    if not roots or chains.root(m) in roots:
        return  # nobody is so called, or it is known already who is
    by_last = [
        r
        for r in roots
        if any(chains.folded(n).endswith(f" {word}") for n in chains.chain(r) if chains.kind(n) == "name")
    ]
    pool = [r for r in by_last or roots if r < chains.root(m) or not _is_junior(chains, r)]
    pool = [r for r in pool if {chains.sex(r), chains.sex(m)} - {None} != {"male", "female"}]
    pool = [r for r in pool if not _is_known_before(chains, m, r) and not _is_named_behind(chains, m, r)]
    pool = [r for r in pool if _is_so_titled(chains, r, _title(chains, m))] or pool
    before = [r for r in pool if r < m]
    if len(pool) == 1:
        chains.join(pool[0], m, "partial-name", 0.93, sure=True)
    elif before:
        often = max(before, key=lambda r: (sum(1 for n in chains.chain(r) if n < m), -r))
        if often == max(before, key=lambda r: max(n for n in chains.chain(r) if n < m)):
            chains.join(often, m, "partial-name", 0.75, sure=True)


def _title(chains: Chains, m: int) -> str | None:
    """The word right before a name, if it is one that stands before names and tells more than the sex: "Dr."."""
    first, known = chains.words(m)[0], chains.lexicon
    word = first.nbor(-1).lower_ if first.i and chains.kind(m) == "name" else ""
    tells = word in known.titles or word in known.honorifics
    return word if tells and word not in known.male and word not in known.female else None


def _is_so_titled(chains: Chains, root: int, title: str | None) -> bool:
    """ "Dr. Ann Lee … Bo Lee … Dr. Lee … Lee": by a title whoever has it, without one whoever is never called by one and the last name."""
    if title:
        return any(_title(chains, n) == title for n in chains.chain(root))
    return not any(_title(chains, n) and len(chains.words(n)) == 1 for n in chains.chain(root))


def _is_named_behind(chains: Chains, m: int, root: int) -> bool:
    """ "President Falk came with Ann Falk": nobody is called by a part of the name first and in full later in the sentence."""
    whole = {chains.sentences[n]: n for n in chains.chain(root) if chains.kind(n) == "name" and " " in chains.text(n)}
    return any(n < whole.get(chains.sentences[n], n) for n in chains.chain(m))


def _is_known_before(chains: Chains, m: int, root: int) -> bool:
    """Whether the article, past its headline, calls somebody so again and again before it names this bearer of the name."""
    before = {chains.sentences[n] for n in chains.chain(m) if n < root and chains.sentences[n]}
    return len(before) >= OFTEN and chains.sentences[root] - min(before) >= OFTEN


def _is_junior(chains: Chains, root: int) -> bool:
    """Whether one is known by a name with a suffix: who is called by the last name alone before is likely the other one."""
    return any(
        chains.folded(n).split()[-1:] in (["jr"], ["sr"]) for n in chains.chain(root) if chains.kind(n) == "name"
    )


# ---- apposition, title, copula ----


def appositions(chains: Chains) -> None:
    """A name and the noun phrase that says who it is: in apposition, as predicate, side by side, or after "of"."""
    for clause in chains.clauses:
        if clause.kind in ("apposition", "title", "copula") and clause.polarity == "positive" and not clause.former:
            _join_predicate(chains, clause)
    for m, mention in enumerate(chains.mentions):
        if mention.kind == "nominal" and mention.number != "plural":
            _join_beside(chains, m)


def _join_predicate(chains: Chains, clause: Clause) -> None:
    subjects = [a.mention for a in clause.arguments if a.role == "subject" and a.mention is not None]
    nominal = next(
        (m for m, one in enumerate(chains.mentions) if one.kind == "nominal" and one.head.overlaps(clause.trigger)),
        None,
    )
    if len(subjects) != 1 or nominal is None or chains.mentions[nominal].number == "plural":
        return
    subject, told = chains.mentions[subjects[0]], chains.mentions[nominal]
    if subject.kind == "nominal" and (subject.type, subject.number) != (told.type, told.number):
        return  # "the army, the courts", "allies, opposition": a list
    # "Ann Lee, a clerk and two guards were hurt"
    listed = any(t.dep_ == "conj" and t.tag_ in ("NNS", "NNPS") for t in chains.head(nominal).children)
    other = listed or told.head.of(chains.written) == "source"
    if _is_broken(chains, clause, subjects[0]) or (clause.kind == "apposition" and other):
        return
    if clause.certainty == "certain" and clause.tense != "future":
        chains.join(subjects[0], nominal, clause.kind, 0.92)


def _is_broken(chains: Chains, clause: Clause, subject: int) -> bool:
    """'"… the thief," his son said', "Ann Lee, not the president": side by side, but not the same."""
    span, told = chains.mentions[subject].span, clause.trigger
    between = chains.written[min(span.end, told.end) : max(span.start, told.start)]
    two = told.start < span.start and " and " in between  # "our governor and Ann Lee"
    return clause.kind == "apposition" and (two or BREAK.search(between) is not None)


def _join_beside(chains: Chains, m: int) -> None:
    """ "the news agency Xinhua"; "a witness, Ann Lee,"; "a town called Larvik"; "the town of Larvik"."""
    mention, text = chains.mentions[m], chains.written
    for n in range(m + 1, min(m + 5, len(chains.mentions))):
        other = chains.mentions[n]
        if other.kind != "name" or chains.gazetteer.adjective(chains.text(n)):
            continue
        if mention.span.covers(other.span):
            between = text[mention.head.end : other.span.start]
            if (
                between in (" of ", " of the ")
                and other.span.end == mention.span.end
                and chains.head(m).lemma_.lower() in chains.lexicon.named_by_of
                and _is_place(chains, n)
            ):
                chains.join(m, n, "of-name", 0.9, sure=chains.mentions[m].type != "Facility")
            continue
        between = text[mention.span.end : other.span.start]
        closed = CLOSED.match(text, other.span.end) is not None
        titled = (
            between[:2] == ", " and between[2:] == f"{_written_title(chains, n)} "
        )  # "a Socialist, Sen. Ann Lee of Ohio,"
        if titled and closed:
            between = ", "
        if between == ", " and _is_in_list(chains, m, n):
            return
        if between in (" ", ' "', " known as ", " named ", " called ") or (between == ", " and closed):
            chains.join(m, n, "apposition", 0.88)
        return


def _is_in_list(chains: Chains, m: int, n: int) -> bool:
    """ "the press, the green movement, Greenpeace, universities": things side by side, of which none says what another is."""
    start, end = chains.mentions[m].span.start, chains.mentions[n].span.end
    commas = chains.written[start - 2 : start] == ", " and chains.written[end : end + 1] == ","
    return commas and chains.type(n) != "Person"


def _written_title(chains: Chains, m: int) -> str | None:
    first = chains.words(m)[0]
    return first.nbor(-1).text if _title(chains, m) else None


def _is_place(chains: Chains, m: int) -> bool:
    return chains.mentions[m].type in ("City", "Region", "Country", "Facility", "Place")


# ---- roles ----


def roles(chains: Chains) -> None:
    """ "the Norwegian president", "the minister": the one person of the article who is said to hold such a post."""
    held = _held(chains)
    for m, mention in enumerate(chains.mentions):
        if mention.kind != "nominal" or mention.type != "Person" or mention.number == "plural" or chains.is_named(m):
            continue
        if chains.is_definite(m):
            holder = _holder(chains, m, held)
            if holder is not None:
                chains.join(holder, m, "role", 0.85)


class Held(NamedTuple):
    """A post that the article says somebody holds: its noun, the key of its country, the mention of the person."""

    role: str
    country: str | None
    person: int
    of_body: bool  # of a body that is no country: "the president of the club"


def _held(chains: Chains) -> list[Held]:
    """In text order."""
    found = []
    for clause in chains.clauses:
        if clause.kind not in ("apposition", "title", "copula") or clause.polarity == "negative" or clause.former:
            continue
        if clause.kind == "copula" and (clause.certainty != "certain" or clause.tense == "future"):
            continue
        person = next((a.mention for a in clause.arguments if a.role == "subject" and a.mention is not None), None)
        if person is None or chains.type(person) != "Person" or _is_broken(chains, clause, person):
            continue
        bodies = [
            a.mention for a in clause.arguments if a.role in ("modifier", "of", "possessive") and a.mention is not None
        ]
        countries = [chains.key(b) for b in bodies if (chains.key(b) or "").startswith("country/")]
        role = _role_class(chains, clause.predicate)
        found.append(Held(role, countries[0] if countries else None, person, bool(bodies) and not countries))
    return found


def _role_class(chains: Chains, noun: str) -> str:
    """The noun of the highest office; a "majority leader" is no leader, but a "foreign minister" is a minister."""
    words = noun.split() or [noun]
    high = noun in chains.lexicon.top_roles or words[-1] in chains.lexicon.top_roles
    return noun if high or words[0] in chains.lexicon.seconds else words[-1]


def _role_of(chains: Chains, m: int) -> str:
    """The role noun of a nominal with the words that make it another post: "majority leader", "vice president"."""
    head = chains.head(m)
    before = [t.lower_ for t in chains.core(m) if t.i < head.i and t.text.islower() and t.dep_ in ("compound", "amod")]
    narrow = [word for word in before if word in chains.lexicon.title_modifiers or word in chains.lexicon.narrowing]
    return _role_class(chains, " ".join([*narrow, head.lemma_.lower()]))


def _same_role(chains: Chains, one: str, other: str, one_of_country: bool, other_of_country: bool) -> bool:
    """Whether two role nouns may be one post: a country's "leader" fits any high office there, "pope" no president."""
    top, offices = chains.lexicon.top_roles, chains.lexicon.offices
    if one == other or not {one, other} <= top:
        return one == other
    ours, theirs = [{n for n, office in enumerate(offices) if word in office} for word in (one, other)]
    if ours and theirs:
        return bool(ours & theirs)
    return one_of_country and (bool(theirs) or other_of_country)


def _holder(chains: Chains, m: int, held: list[Held]) -> int | None:
    if any(ORDINAL.fullmatch(token.lower_) or token.lower_ in chains.lexicon.yet_to_come for token in chains.core(m)):
        return None  # "the 41st president", "the next president" is seldom the one spoken of
    role = _role_of(chains, m)
    bodies = chains.inside(m) + chains.behind(m)
    countries = {chains.key(n) for n in bodies if (chains.key(n) or "").startswith("country/")}
    if role == "counterpart":
        peers = {chains.root(one.person): one.person for one in held if one.country in countries}
        return next(iter(peers.values())) if len(peers) == 1 else None
    named = (n for n in bodies if n in chains.behind(m) or chains.kind(n) == "name")
    if not countries and any(chains.kind(n) != "pronoun" for n in named):
        return None  # "the president of the club", "the club's president": a body that no title names
    alike = [one for one in held if _same_role(chains, one.role, role, one.country is not None, bool(countries))]
    fitting = [one for one in alike if not countries or one.country in countries]
    if countries:
        roots = {chains.root(one.person) for one in fitting}
        return fitting[0].person if len(roots) == 1 else None
    # "the president" is a club's only where the club's president has just been spoken of
    reach = {one.person: 1 if one.of_body and role in chains.lexicon.top_roles else 3 * NEAR for one in fitting}
    before = [p for p in reach if p < m and chains.sentences[m] - _last(chains, p, m) <= reach[p]]
    holder = _clear(chains, before, m)
    return None if holder is None or _is_met_behind(chains, m, holder) else holder


def _is_met_behind(chains: Chains, m: int, person: int) -> bool:
    """ "The senator, who had opposed Falk": somebody else than who is named later in the sentence."""
    later = (n for n in chains.chain(person) if n > m and chains.sentences[n] == chains.sentences[m])
    return any(
        chains.kind(n) == "name" and chains.head(n).dep_ in ("dobj", "pobj", "nsubj", "nsubjpass") for n in later
    )


def _clear(chains: Chains, holders: list[int], m: int) -> int | None:
    """The one holder of a post, or of several the one who is spoken of last and twice as often as any other."""
    by_root = {chains.root(p): p for p in holders}
    if len(by_root) < 2:
        return holders[-1] if holders else None
    often = {root: sum(1 for n in chains.chain(root) if n < m) for root in by_root}
    first, second = sorted(often, key=lambda root: (-often[root], root))[:2]
    latest = max(by_root, key=lambda root: (_last(chains, by_root[root], m), -root))
    return by_root[first] if often[first] >= 2 * often[second] and latest == first else None


def _last(chains: Chains, person: int, m: int) -> int:
    """The sentence in which the person was last spoken of before mention `m`."""
    return max((chains.sentences[n] for n in chains.chain(person) if n < m), default=-1)


# ---- groups ----


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
            or _is_told_apart(chains, m)
            or any(chains.kind(n) == "name" for n in chains.behind(m))
            or chains.core(m)[0].lower_ == "people"
            or not set(further) <= set(narrowing(chains, antecedent))
        ):
            continue
        if chains.sentences[m] - chains.sentences[antecedent] <= 2 * NEAR:
            chains.join(antecedent, m, "head", 0.8, sure=True)


def narrowing(chains: Chains, m: int) -> tuple[str, ...]:
    """Further words that single a group out, of which the lexicon knows no restriction: "young voters", "workers who fled".

    A state's soldiers are one group whatever else is said of them.
    """
    if group_head(chains, m) in chains.lexicon.lasting_groups:
        return ()
    head = chains.head(m)
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
    """ "the troops sent to Mali": a clause right behind the noun."""
    return word.dep_ in ("acl", "relcl") and word.left_edge.i == word.head.i + 1


def group_restriction(chains: Chains, token: Token) -> str | None:
    """What a word narrows a group to, where the lexicon has it."""
    known = chains.lexicon.restrictions
    return known.get(token.lower_) or known.get(token.lemma_.lower())


def possessed_groups(chains: Chains) -> None:
    """ "his troops": those of the country whose leader he is, or of the body that the pronoun stands for."""
    top = chains.lexicon.top_roles
    led = {chains.root(one.person): one.country for one in _held(chains) if one.role in top and one.country}
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
        if same and group_head(chains, n) == head and group_restrictions(chains, n) == restrictions:
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


# ---- definite nominals ----


def heads(chains: Chains) -> None:
    """ "the agency" after "the space agency" or after a name that ends so: same head word, no modifier of its own that contradicts."""
    recent: dict[str, list[int]] = defaultdict(list)
    for m, mention in enumerate(chains.mentions):
        if mention.kind == "pronoun" or chains.type(m) in ("Group", "ArmedForce"):
            continue
        word = (
            chains.words(m)[-1].lower_ if mention.kind == "name" and chains.words(m) else chains.head(m).lemma_.lower()
        )
        definite = mention.kind == "nominal" and chains.is_definite(m) and possessor(chains, m) is None
        if definite and not _is_any(chains, m) and not chains.is_named(m) and not _is_told_apart(chains, m):
            antecedent = _nearest(chains, [n for n in reversed(recent[word]) if _may_be(chains, n, m)])
            if antecedent is not None:
                chains.join(antecedent, m, "head", 0.75)
        nothing = mention.kind != "name" and (_is_bare_noun(chains, m) or _is_any(chains, m) or _is_denied(chains, m))
        if not nothing:
            recent[word].append(m)


def _is_told_apart(chains: Chains, m: int) -> bool:
    """ "the school she went to", "whose owners": what stands behind or before the noun says which one is meant, so that it need not be
    the one spoken of before.
    """
    return any(_says_which(word) or word.lower_ == "whose" for word in chains.head(m).children)


def _is_denied(chains: Chains, m: int) -> bool:
    """ "it is not a good bill": no bill."""
    head = chains.head(m)
    return head.dep_ == "attr" and any(child.dep_ == "neg" for child in head.head.children)


def _is_any(chains: Chains, m: int) -> bool:
    """ "either party", "every court", "what authority": no one of them."""
    return any(
        t.lower_ in ("either", "neither", "each", "every", "any", "no", "what", "which", "whatever")
        for t in chains.head(m).children
    )


def _is_bare_noun(chains: Chains, m: int) -> bool:
    """ "in high school", "by Peruvian law", "ousted as president of the bank": no single thing, no one."""
    head = chains.head(m)
    lone = head.tag_ == "NN" and not any(t.dep_ in ("det", "poss", "nummod", "appos") for t in head.children)
    return lone and (chains.type(m) in COUNTED or (chains.type(m) == "Person" and not chains.is_named(m)))


def _nearest(chains: Chains, candidates: list[int]) -> int | None:
    """The last of them, unless another thing is spoken of in the same sentence as well ("one court … another court … the court")."""
    if not candidates:
        return None
    first = candidates[0]
    rivals = (n for n in candidates if chains.root(n) != chains.root(first))
    return None if any(chains.sentences[n] == chains.sentences[first] for n in rivals) else first


def possessed(chains: Chains) -> None:
    """ "his wife … his wife" of one man; "our country" is the speaker's: the one whose post he holds."""
    first: dict[tuple[str, int, frozenset[str]], int] = {}
    homes = _homes(chains)
    for m, mention in enumerate(chains.mentions):
        owner = possessor(chains, m) if mention.kind == "nominal" and mention.number != "plural" else None
        if owner is None or len(chains.chain(owner)) < 2:
            continue
        word, owned = chains.head(m).lemma_.lower(), modifiers(chains, m)
        if word in chains.lexicon.homelands and chains.root(owner) in homes:
            chains.join(homes[chains.root(owner)], m, "homeland", 0.8)
        own = (word, chains.root(owner), owned - {chains.head(owner).lower_})
        if own in first and chains.type(m) not in ("Group", "ArmedForce"):
            chains.join(first[own], m, "possessor", 0.8)
        first.setdefault(own, m)


def _homes(chains: Chains) -> dict[int, int]:
    """Person -> a mention of the country that all posts said of him are of."""
    found: dict[int, set[str]] = defaultdict(set)
    for one in _held(chains):
        if one.country:
            found[chains.root(one.person)].add(one.country)
    first = {key: min(chains.chain(root)) for root, key in chains.keys.items()}
    return {person: first[min(keys)] for person, keys in found.items() if len(keys) == 1 and min(keys) in first}


def _may_be(chains: Chains, antecedent: int, m: int) -> bool:
    ours, theirs = modifiers(chains, m), modifiers(chains, antecedent)
    near = chains.sentences[m] - chains.sentences[antecedent] <= NEAR
    same_number = chains.mentions[m].number == chains.mentions[antecedent].number or chains.kind(antecedent) == "name"
    apart = chains.mentions[m].span.overlaps(chains.mentions[antecedent].span)
    owned = owner(chains, m) <= owner(chains, antecedent)  # "the report … Ann Lee's report" are two
    others = chains.mentions[m].number == "plural" and "other" in theirs - ours  # "in other states … the states"
    fits = (
        ours <= theirs and not others and chains.compatible(antecedent, m) and not _is_overtaken(chains, antecedent, m)
    )
    return near and same_number and not apart and owned and fits and not _is_of_club(chains, antecedent, m)


def _is_of_club(chains: Chains, antecedent: int, m: int) -> bool:
    """Whether "the president" would be that of a club or another country, spoken of some sentences ago."""
    high = chains.kind(antecedent) == "nominal" and chains.head(m).lemma_.lower() in chains.lexicon.top_roles
    bodies = (*chains.behind(antecedent), *owner(chains, antecedent)) if high else ()
    return chains.sentences[m] - chains.sentences[antecedent] > 1 and bool(bodies)


def _is_overtaken(chains: Chains, antecedent: int, m: int) -> bool:
    """Whether another place of that kind is named since: "the state" behind Oregon is no longer the state before it."""
    kinds = {"Country", "Region"} if chains.type(m) in ("Country", "Region") else {chains.type(m)} & {"City"}
    since = (n for n in range(antecedent + 1, m) if chains.kind(n) == "name" and chains.type(n) in kinds)
    return any(chains.root(n) != chains.root(antecedent) for n in since)


def owner(chains: Chains, m: int) -> frozenset[int]:
    """Whose a nominal says a thing is, as chains: "Ann Lee's report", "the government's report"."""
    return frozenset(chains.root(n) for n in chains.inside(m) if chains.head(n).dep_ == "poss")


def modifiers(chains: Chains, m: int) -> frozenset[str]:
    """What a nominal says besides its head: adjectives, compounds, possessors, in lower case."""
    head = chains.head(m)
    return frozenset(
        t.lower_ for t in chains.core(m) if t.i != head.i and t.pos_ in ("ADJ", "NOUN", "PROPN", "PRON", "VERB")
    )
