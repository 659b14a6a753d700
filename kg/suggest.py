"""kg suggest: the commonest phrases that no wording covers, as ontology entries to edit.

Read are the open relations of a build (`kg build --open`), so that nothing is parsed again.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.data import bundled
from kg.ontology import Ontology

Row = dict[str, Any]
EXAMPLES = 3
SHARE = 0.1  # a class that fewer of the arguments have is left out of domain and range
PLACES = frozenset(("Place", "Country", "Region", "City", "Facility"))
TERMS, WORDINGS = "terms/suggested.ttl", "wordings/suggested.yaml"
PREFIXES = """@prefix nk: <https://w3id.org/newskg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


class NoSuggestions(Exception):
    """Nothing to suggest, and why."""

    friendly = True


@dataclass(frozen=True, slots=True)
class Example:
    subject: str
    object: str
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One phrase: how often, between what, and the wording that would cover it."""

    phrase: str  # its commonest form in the articles
    forms: tuple[str, ...]  # all of them, commonest first
    kind: str
    predicate: str
    support: str | None
    head: str | None
    subject_roles: tuple[str, ...]
    object_roles: tuple[str, ...]
    count: int
    articles: int
    subjects: tuple[tuple[str, int], ...]  # class, how often; commonest first
    objects: tuple[tuple[str, int], ...]
    examples: tuple[Example, ...]


def suggestions(directory: Path, phrases: Sequence[str] = ()) -> list[Suggestion]:
    """All uncovered phrases (or those given), those of most articles first. Raises NoSuggestions."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in _open_rows(directory):
        groups[_key(row["open"])].append(row)
    wanted = {" ".join(one.casefold().split()) for one in phrases}
    found = [_suggestion(rows) for key, rows in sorted(groups.items()) if not wanted or wanted & _forms(rows)]
    if not found:
        raise NoSuggestions(_why(directory, phrases))
    return sorted(found, key=lambda one: (-one.articles, -one.count, one.phrase, one.kind))


def _open_rows(directory: Path) -> Iterator[Row]:
    path = directory / "facts.jsonl"
    if not path.is_file():
        raise NoSuggestions(f"no facts.jsonl in {directory}: kg build writes it")
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if '"predicate": "relatedTo"' in line and (row := json.loads(line)).get("open"):
                yield row


def _why(directory: Path, phrases: Sequence[str]) -> str:
    report = directory / "build.json"
    options = json.loads(report.read_text(encoding="utf-8"))["options"] if report.is_file() else {}
    if not options.get("open"):
        return f"{directory} was built without open relations; build again with --open (nothing is parsed again)"
    return f"no uncovered phrase {', '.join(map(repr, phrases))}" if phrases else "every clause is covered by a wording"


def _key(said: Row) -> tuple[str, ...]:
    """What one wording covers: a title by whatever preposition, a verb or noun by one."""
    joint = "" if said["kind"] == "titles" else said["object_role"]
    return (said["kind"], said["predicate"], said["support"] or "", said["head"] or "", joint)


def _forms(rows: Iterable[Row]) -> set[str]:
    """What a user may call a phrase: its words in the articles, or its lemmas with the preposition."""
    forms = set()
    for said in (row["open"] for row in rows):
        joint = "" if said["object_role"] in ("object", "indirect", "possessive") else said["object_role"]
        lemmas = (said["support"], said["predicate"], said["head"], joint)
        forms |= {said["phrase"].casefold(), " ".join(filter(None, lemmas))}
    return forms


def _suggestion(rows: Sequence[Row]) -> Suggestion:
    first = rows[0]["open"]
    forms = tuple(words for words, _ in _commonest(row["open"]["phrase"].lower() for row in rows))
    return Suggestion(
        phrase=forms[0],
        forms=forms,
        kind=first["kind"],
        predicate=first["predicate"],
        support=first["support"],
        head=first["head"],
        subject_roles=tuple(role for role, _ in _commonest(row["open"]["subject_role"] for row in rows)),
        object_roles=tuple(role for role, _ in _commonest(row["open"]["object_role"] for row in rows)),
        count=len(rows),
        articles=len({row["article"] for row in rows}),
        subjects=_commonest(row["subject"]["type"] for row in rows),
        objects=_commonest(row["object"]["type"] for row in rows),
        examples=tuple(_examples(rows)),
    )


def _commonest(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _examples(rows: Sequence[Row]) -> Iterator[Example]:
    """Plain sentences about somebody named first, and short ones; one an article as long as there are others."""
    ordered = sorted(rows, key=lambda row: (_doubts(row), len(row["evidence"]["text"]), row["id"]))
    seen: set[str] = set()
    later = []
    for row in ordered:
        later += [row] if row["article"] in seen else []
        seen.add(row["article"])
    chosen = [row for row in ordered if row not in later] + later
    for row in chosen[:EXAMPLES]:
        sentence = " ".join(row["evidence"]["text"].split())
        yield Example(row["subject"]["mention"]["text"], row["object"]["mention"]["text"], sentence, row["source"])


def _doubts(row: Row) -> int:
    named = (row[end]["mention"]["text"][:1].isupper() for end in ("subject", "object"))
    plain = (row["polarity"] == "positive", row["certainty"] == "certain", row["tense"] != "future")
    return sum(not good for good in (*named, *plain))


# ---- as ontology entries ----


@dataclass(frozen=True, slots=True)
class Entry:
    """The two texts that make a relation of a suggestion."""

    name: str
    wording: str
    term: str


def entry(one: Suggestion, taken: frozenset[str]) -> Entry:
    """`taken`: names that the ontology has already."""
    name = _free(_relation_name(one), taken)
    event = None if one.kind == "titles" else _free(_event_name(one), taken)
    roles = ("subject", "object") if event is None else ("agent", _object_role(one))
    return Entry(name, _wording(one, name, event, roles), _term(one, name, event, roles))


def _free(name: str, taken: frozenset[str]) -> str:
    return name if name not in taken else _free(f"{name}2", taken)


def _relation_name(one: Suggestion) -> str:
    """Acts in the past tense, as the ontology has them: "took aim at" tookAimAt."""
    joint = [] if one.object_roles[0] in ("object", "indirect", "possessive") else [one.object_roles[0]]
    if one.kind == "titles":
        words = [one.predicate, *(joint or ["of"])]
    elif one.kind == "nouns":
        words = [*([_past(one.support, one.forms)] if one.support else []), one.predicate, *joint]
    else:
        verb, _, particle = one.predicate.partition(" ")
        words = [_past(verb, one.forms), particle, one.head or "", *joint]
    return _camel(words)


def _event_name(one: Suggestion) -> str:
    joint = "" if one.object_roles[0] in ("object", "indirect", "possessive") else one.object_roles[0]
    name = _camel([one.support or "", one.predicate, one.head or "", joint])
    return name[:1].upper() + name[1:]


def _past(lemma: str, phrases: Iterable[str]) -> str:
    """The verb as it stands in one of the phrases, if that is a past form; else by rule.

    >>> _past("take", ["taking aim at", "took aim at"]), _past("sketch", ["sketching"]), _past("carry", ["carries"])
    ('took', 'sketched', 'carried')
    """
    for stands in (phrase.split()[0] for phrase in phrases):
        if stands != lemma and not stands.endswith(("ing", "s")):
            return stands
    if lemma.endswith("e"):
        return f"{lemma}d"
    return f"{lemma[:-1]}ied" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else f"{lemma}ed"


def _camel(words: Iterable[str]) -> str:
    """
    >>> _camel(["took", "aim", "at"]), _camel(["so-called", "rival", "of"])
    ('tookAimAt', 'soCalledRivalOf')
    """
    parts = ["".join(c if c.isalnum() and c.isascii() else " " for c in word).split() for word in words]
    flat = [part for found in parts for part in found] or ["related"]
    return flat[0] + "".join(part[:1].upper() + part[1:] for part in flat[1:])


def _object_role(one: Suggestion) -> str:
    if one.objects[0][0] in PLACES and one.object_roles[0] not in ("object", "indirect"):
        return "destination"
    return "patient" if one.object_roles[0] in ("object", "indirect") else "recipient"


def _classes(found: Sequence[tuple[str, int]]) -> list[str]:
    total = sum(count for _, count in found)
    return [name for name, count in found if count >= SHARE * total]


def _wording(one: Suggestion, name: str, event: str | None, roles: tuple[str, str]) -> str:
    subject, target = roles
    given = {subject: list(one.subject_roles), target: list(one.object_roles)}
    where = {subject: _classes(one.subjects), target: _classes(one.objects)}
    lines = [f"- relation: {name}" if event is None else f"- event: {event}", f"  {one.kind}: {_list([one.predicate])}"]
    lines += [f"  support: {_list([one.support])}"] if one.support else []
    if one.head:
        given["theme"] = ["object"]
    lines += [f"  roles: {_mapping(given)}", f"  where: {_mapping(where)}"]
    lines += [f"  heads: {_mapping({'theme': [one.head]})}"] if one.head else []
    lines += [f"  need: {_list(given)}"]
    return "\n".join(lines) + "\n"


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(_scalar(word) for word in words)}]"


def _mapping(values: dict[str, list[str]]) -> str:
    return "{" + ", ".join(f"{key}: {_list(words)}" for key, words in values.items()) + "}"


def _scalar(word: str) -> str:
    return word if word.isalpha() else json.dumps(word, ensure_ascii=False)


def _term(one: Suggestion, name: str, event: str | None, roles: tuple[str, str]) -> str:
    words = _spaced(name)
    example = one.examples[0]
    lines = [] if event is None else [_event_term(event, example)]
    lines += [f"nk:{name} a nk:Relation, owl:ObjectProperty ;", f"    rdfs:label {_literal(words)} ;"]
    lines += [
        f"    schema:domainIncludes {_terms(one.subjects)} ;",
        f"    schema:rangeIncludes {_terms(one.objects)} ;",
    ]
    if event is not None:
        lines += [f"    nk:ofEvent nk:{event} ;", f"    nk:subjectRole nk:{roles[0]} ;"]
        lines += [f"    nk:objectRole nk:{roles[1]} ;"]
    triple = f"{example.subject} | {name} | {example.object}"
    lines += [
        f"    skos:definition {_literal(f'The subject {words} the object. (Say it better.)')} ;",
        f"    skos:example {_literal(example.sentence)} ;",
        f"    nk:exampleTriple {_literal(triple)} .",
    ]
    return "\n".join(lines) + "\n"


def _event_term(event: str, example: Example) -> str:
    words = _spaced(event)
    return (
        f"nk:{event} a owl:Class ;\n    rdfs:label {_literal(words)} ;\n    rdfs:subClassOf nk:Event ;\n"
        f"    skos:definition {_literal(f'Somebody does this: {words}. (Say it better.)')} ;\n"
        f"    skos:example {_literal(example.sentence)} .\n"
    )


def _terms(found: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"nk:{name}" for name in _classes(found))


def _spaced(name: str) -> str:
    """
    >>> _spaced("tookAimAt")
    'took aim at'
    """
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# ---- output ----


def run(directory: Path, top: int, phrases: Sequence[str] = (), form: str = "text", into: Path | None = None) -> str:
    """The suggestions as text, CSV or JSON. With `into` their entries are also written into that ontology folder."""
    found = suggestions(directory, phrases)[:top]
    entries = list(_entries(found))
    said = _write(into, found, entries) if into else ""
    if form == "json":
        return (
            json.dumps([_row(s, e) for s, e in zip(found, entries, strict=True)], ensure_ascii=False, indent=1) + "\n"
        )
    if form == "csv":
        return _table(found, entries)
    return said + "\n".join(_shown(n, *pair) for n, pair in enumerate(zip(found, entries, strict=True), 1))


def _entries(found: Iterable[Suggestion]) -> Iterator[Entry]:
    ontology = Ontology.load(bundled())
    taken = frozenset((*ontology.relations, *ontology.classes))
    for one in found:
        made = entry(one, taken)
        taken |= {made.name, _event_name(one)}
        yield made


def _comments(one: Suggestion) -> list[str]:
    ends = (", ".join(f"{name} {count}" for name, count in end[:4]) for end in (one.subjects, one.objects))
    lines = [f'# "{one.phrase}": {one.count} times in {one.articles} articles; {" -> ".join(ends)}']
    return lines + [f"#   {e.subject} … {e.object} ({e.source}): {e.sentence}" for e in one.examples]


def _shown(number: int, one: Suggestion, made: Entry) -> str:
    head, *rest = _comments(one)
    lines = [f"# {number}. {head[2:]}", *rest, f"# wording, under `frames:` of {WORDINGS}", made.wording]
    return "\n".join([*lines, f"# term, in {TERMS}", made.term])


def _write(into: Path, found: Sequence[Suggestion], entries: Sequence[Entry]) -> str:
    """Both files, new; raises NoSuggestions where one is there already, so that no edit is lost."""
    there = [name for name in (TERMS, WORDINGS) if (into / name).exists()]
    if there:
        raise NoSuggestions(f"{into / there[0]} is there already; rename it, or give another folder")
    notes = ["\n".join(_comments(one)) for one in found]
    wordings = "\n".join(f"{note}\n{made.wording}" for note, made in zip(notes, entries, strict=True))
    for name, text in (
        (TERMS, PREFIXES + "\n" + "\n".join(made.term for made in entries)),
        (WORDINGS, f"frames:\n{wordings}"),
    ):
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (into / name).write_text(text, encoding="utf-8")
    return f"# written: {into / WORDINGS}, {into / TERMS}. Edit them, then: kg build ... --ontology {into}\n\n"


def _row(one: Suggestion, made: Entry) -> Row:
    return {
        "phrase": one.phrase,
        "kind": one.kind,
        "predicate": one.predicate,
        "support": one.support,
        "head": one.head,
        "subject_roles": list(one.subject_roles),
        "object_roles": list(one.object_roles),
        "count": one.count,
        "articles": one.articles,
        "subject_types": dict(one.subjects),
        "object_types": dict(one.objects),
        "examples": [{"subject": e.subject, "object": e.object, "sentence": e.sentence, "source": e.source} for e in one.examples],
        "relation": made.name,
        "wording": made.wording,
        "term": made.term,
    }  # fmt: skip


def _table(found: Sequence[Suggestion], entries: Sequence[Entry]) -> str:
    out = io.StringIO()
    columns = ("phrase", "kind", "count", "articles", "subject_types", "object_types", "relation", "example", "source")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for one, made in zip(found, entries, strict=True):
        ends = (" | ".join(f"{name} {count}" for name, count in end) for end in (one.subjects, one.objects))
        first = one.examples[0]
        writer.writerow((one.phrase, one.kind, one.count, one.articles, *ends, made.name, first.sentence, first.source))
    return out.getvalue()
